//! Pages that show their news in records: cards, rows, list items. No item crosses the border of one.

mod around;
mod data;
mod find;
mod lead;
mod merge;
mod read;
mod signals;

use crate::note::Note;
use crate::page::Page;
use crate::page::tree::Tree;
use crate::wire::item::Item;
use signals::Signals;

/// The items of the records that a page shows, in its order, with what was odd about them. None where it shows none.
pub(super) fn items<'p>(page: &'p Page, tree: &'p Tree) -> (Vec<Item<'p>>, Vec<Note>) {
    let signals = Signals::of(tree);
    let mut records = find::records(&signals);
    if std::env::var("WF_DEBUG").is_ok() {
        for record in &records {
            eprintln!("{:?} list {:?} parts {:?} line {}: {}", record.unit, record.list, record.parts, tree.node(record.first()).line, tree.between(record.first(), record.end()).chars().take(150).collect::<String>());
        }
    }
    let lead = lead::find(page, &signals, &mut records);
    let around = around::Around::of(&signals, &records);
    let mut items = read::items(page, &signals, &records, &around);
    if lead.is_some() {
        // Below an article stand comments: a name, a time, a text that leads nowhere.
        items.retain(|item| item.link.is_some() || item.headline.is_none_or(|name| signals::words(name) > 3));
    }
    let items = lead.into_iter().chain(items);
    let mut items = merge::by_link(items);
    data::add(page, &mut items);
    if items.is_empty() {
        items = data::items(page);
    }
    (items, Vec::new())
}
