//! Pages that show their news in records: cards, rows, list items. No item crosses the border of one.

mod around;
mod atoms;
mod data;
mod find;
mod href;
mod lead;
mod merge;
mod news;
mod read;
mod signals;
mod times;
mod title;

use crate::note::Note;
use crate::page::Page;
use crate::page::tree::Tree;
use crate::wire::item::{Item, Role};
use signals::Signals;

/// The items of a page of HTML, in its order, with what was odd about them: its article, the records that it shows, else
/// what its data tells, else what stands in its lines.
pub(super) fn items<'p>(page: &'p Page, tree: &'p Tree) -> (Vec<Item<'p>>, Vec<Note>) {
    let signals = Signals::of(tree);
    let mut records = find::records(&signals);
    let lead = lead::find(page, &signals, &mut records);
    let around = around::Around::of(&signals, &records);
    let mut items = news::items(page, &signals, &records, &around, lead.is_some());
    if let Some(lead) = &lead {
        items.retain(|item| item.headline != lead.headline);
    }
    let before = if lead.is_none() && !items.is_empty() { before(&signals, &records) } else { Vec::new() };
    let items = lead.into_iter().chain(before).chain(items);
    let mut items = merge::by_link(items);
    data::add(page, &mut items);
    if items.is_empty() {
        items = data::items(page);
    }
    if items.is_empty() || datelines(tree, &records) > 0 {
        let (lines, notes) = crate::wire::grammar(&page.blocks());
        let more = dated(&lines) > dated(&items) || (items.is_empty() && is_wire(&lines));
        if more {
            return (lines, notes);
        }
    }
    (items, Vec::new())
}

/// How many items have a dateline with agencies.
fn dated(items: &[Item<'_>]) -> usize {
    items.iter().filter(|item| item.dateline.as_ref().is_some_and(|line| !line.agencies.is_empty())).count()
}

/// How many datelines with agencies may stand in front of records, behind them and between them: brackets with capitals
/// in front of a dash.
fn datelines(tree: &Tree, records: &[find::Record]) -> usize {
    let text = tree.text.as_bytes();
    let dash = |rest: &[u8]| {
        [&b" - "[..], b" \xe2\x80\x93 ", b" \xe2\x80\x94 "].iter().any(|dash| rest.starts_with(dash))
    };
    let code = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'/';
    let inside = |at: usize| {
        let behind = records.partition_point(|record| tree.place(record.first()) <= at);
        behind
            .checked_sub(1)
            .and_then(|last| records.get(last))
            .is_some_and(|record| at < tree.place(record.end()))
    };
    let closed = memchr::memchr_iter(b')', text).filter(|at| dash(&text[at + 1..]) && !inside(*at));
    closed.filter(|at| text[..*at].iter().rev().find(|byte| !code(byte)) == Some(&b'(')).count()
}

/// Whether lines of HTML that stand in no records are a wire's: a dateline says so, or several ages or dates. A page of
/// contacts has opening hours.
fn is_wire(items: &[Item<'_>]) -> bool {
    let sure = |item: &&Item<'_>| item.stamp.as_ref().is_some_and(|stamp| !stamp.is_clock());
    items.iter().any(|item| item.dateline.is_some()) || items.iter().filter(sure).count() > 1
}

/// What the wire's lines in front of the first list tell: an article with its dateline, and a ticker.
fn before<'p>(signals: &Signals<'p>, records: &[find::Record]) -> Vec<Item<'p>> {
    let timed = |record: &&find::Record| !signals.stamps_in(record.first(), record.end()).is_empty();
    let first = records.iter().find(timed);
    let Some(first) = first else { return Vec::new() };
    let (mut items, _) = crate::wire::grammar(&signals.tree.lines_before(first.first()));
    items.retain(|item| match item.role {
        Role::Ticker => true,
        _ => item.dateline.as_ref().is_some_and(|line| !line.agencies.is_empty()),
    });
    items
}
