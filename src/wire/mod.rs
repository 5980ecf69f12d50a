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
pub mod rubric;
pub mod section;
pub mod sentence;
mod settle;
pub mod stamp;

use crate::note::Note;
use crate::page::Page;
use item::{Item, Role};

/// Reads the items off a page, in its order, with what was odd about it. Linear in the page's size.
pub fn items<'p>(page: &'p Page<'_>) -> (Vec<Item<'p>>, Vec<Note>) {
    let (pieces, too_many) = piece::split(&page.blocks);
    let (mut items, mut notes) = assemble::items(&settle::settle(pieces));
    notes.extend(too_many);
    let ages = stamp::hours_are_ages(items.iter().filter_map(|item| Some(&item.stamp.as_ref()?.time)));
    for stamp in items.iter_mut().filter_map(|item| item.stamp.as_mut()) {
        stamp.time = stamp.time.settled(ages);
    }
    // What a page says of itself, it says of its article.
    if let Some(lead) = items.iter_mut().find(|item| item.role == Role::Lead) {
        lead.stamp = lead.stamp.take().or_else(|| stamp::of_page(page.published.as_deref()?));
    }
    (items, notes)
}
