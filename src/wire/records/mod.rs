//! Pages that show their news in records: cards, rows, list items. No item crosses the border of one.

mod around;
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
    let lead = lead::find(page, &signals, &mut records);
    let around = around::Around::of(&signals, &records);
    let items = lead.into_iter().chain(read::items(&signals, &records, &around));
    (merge::by_link(items), Vec::new())
}
