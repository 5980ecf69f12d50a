//! The words of a wire page. No clock, no feed.

pub mod age;
pub mod agency;
mod assemble;
pub mod beside;
pub mod clock;
mod cursor;
pub mod dateline;
pub mod day;
mod facts;
mod furniture;
mod glue;
mod headline;
pub mod item;
pub mod mojibake;
pub mod moment;
mod number;
mod piece;
pub mod place;
mod records;
pub mod rubric;
pub mod section;
pub mod sentence;
mod settle;
pub mod stamp;

use crate::note::Note;
use crate::page::{Block, Body, Page};
use item::{Item, Role};

/// Reads the items off a page, in its order, with what was odd about it. Linear in the page's size.
pub fn items(page: &Page) -> (Vec<Item<'_>>, Vec<Note>) {
    if let Body::Html(tree) = &page.body {
        let (items, notes) = records::items(page, tree);
        if !items.is_empty() {
            return (items, notes);
        }
    }
    let (mut items, notes) = grammar(&page.blocks());
    if matches!(page.body, Body::Html(_)) && !is_wire(&items) {
        return (Vec::new(), notes);
    }
    // What a page says of itself, it says of its article.
    if let Some(lead) = items.iter_mut().find(|item| item.role == Role::Lead) {
        lead.stamp = lead.stamp.take().or_else(|| stamp::of_page(page.published.as_deref()?));
    }
    (items, notes)
}

/// Whether lines of HTML that stand in no records are a wire's: a dateline says so, or several ages or dates. A page of
/// contacts has opening hours.
fn is_wire(items: &[Item<'_>]) -> bool {
    let sure = |item: &&Item<'_>| item.stamp.as_ref().is_some_and(|stamp| !stamp.is_clock());
    items.iter().any(|item| item.dateline.is_some()) || items.iter().filter(sure).count() > 1
}

/// Reads lines as the wire sets them.
fn grammar<'p>(blocks: &[Block<'p>]) -> (Vec<Item<'p>>, Vec<Note>) {
    let (pieces, too_many) = piece::split(blocks);
    let (mut items, mut notes) = assemble::items(&settle::settle(pieces));
    notes.extend(too_many);
    for item in &mut items {
        let Some(stamp) = &mut item.stamp else { continue };
        item.section = stamp.label.or(item.section);
        item.credits = std::mem::take(&mut stamp.credits);
    }
    (items, notes)
}
