//! The article that a page is about: its `<h1>` with a time and paragraphs, without the lists beside it.

use super::find::Record;
use super::signals::{Signals, Unit, words};
use super::{around, data, times};
use crate::page::Page;
use crate::wire::beside::{self, is_aside};
use crate::wire::dateline::{self, Before};
use crate::wire::item::{Item, Paragraph, Role};
use crate::wire::stamp::{self, Stamp};
use crate::wire::{furniture, headline};

/// An article has more text, in bytes; a page of contacts and the like has a heading and less.
const LEAST_TEXT: usize = 100;

/// Finds the lead, and takes what stands in it from the records.
pub(super) fn find<'p>(page: &'p Page, signals: &Signals<'p>, records: &mut Vec<Record>) -> Option<Item<'p>> {
    let tree = signals.tree;
    let nodes = u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
    let lists: Vec<(u32, u32)> = listed(records).collect();
    let is_listed = |at: u32| inside(&lists, at).is_some();
    let title = (0..nodes)
        .find(|at| tree.node(*at).rank() == Some(1) && is_headline(signals, *at) && !is_listed(*at))?;
    let around = body(signals, title, &lists)?;
    let end = end(signals, title, around);
    let lead = Lead { signals, lists: &lists, title, around, end };
    let item = lead.item(page)?;
    records.retain(|record| {
        record.list.is_some()
            || record.first() < around
            || record.first() >= end
            || record.first() > title + 400
            || record.unit == Unit::Link
    });
    Some(item)
}

/// Whether a heading can be an article's: two words or more that name no list, and no link to elsewhere.
fn is_headline(signals: &Signals<'_>, at: u32) -> bool {
    let text = signals.tree.text(at);
    signals.is_title(at)
        && words(text) >= 2
        && !around::is_section(text)
        && signals.heading_link(at).is_none()
}

/// The parts of the records that stand in lists, in the page's order.
fn listed(records: &[Record]) -> impl Iterator<Item = (u32, u32)> {
    records.iter().filter(|record| record.list.is_some()).flat_map(|record| record.parts.iter().copied())
}

/// The part that a node stands in.
fn inside(parts: &[(u32, u32)], at: u32) -> Option<(u32, u32)> {
    let last = parts.partition_point(|part| part.0 <= at).checked_sub(1)?;
    parts.get(last).copied().filter(|part| at < part.1)
}

/// The innermost element around a heading that holds the text of its article. Each paragraph is looked at once.
fn body(signals: &Signals<'_>, title: u32, lists: &[(u32, u32)]) -> Option<u32> {
    let tree = signals.tree;
    let mut found = paragraphs(signals, title, tree.node(0).end, lists).peekable();
    let mut text = 0;
    tree.ancestors(title).find(|around| {
        let end = tree.node(*around).end;
        while let Some(at) = found.next_if(|at| *at < end) {
            text += tree.node(at).length();
        }
        text >= LEAST_TEXT
    })
}

/// The paragraphs and subheads behind a heading, but for those of records and of what stands beside the text.
fn paragraphs<'s>(
    signals: &'s Signals<'_>,
    title: u32,
    end: u32,
    lists: &'s [(u32, u32)],
) -> impl Iterator<Item = u32> + 's {
    let tree = signals.tree;
    let mut next = tree.node(title).end;
    std::iter::from_fn(move || {
        while next < end {
            let at = next;
            let node = tree.node(at);
            if let Some(part) = inside(lists, at) {
                next = part.1.max(at + 1);
            } else if node.is_furniture() || ASIDE.contains(&node.name()) {
                next = node.end.max(at + 1);
            } else if TEXT.contains(&node.name()) && node.is_shown() && !signals.has_lines(at) {
                next = node.end.max(at + 1);
                return Some(at);
            } else {
                next = at + 1;
            }
        }
        None
    })
}

/// Elements that hold the text of an article, and those beside it.
const TEXT: &[&str] = &["p", "blockquote", "h2", "h3", "h4", "h5", "h6", "li"];
const ASIDE: &[&str] = &["aside", "figure", "figcaption", "form", "nav", "footer", "button", "table"];

/// Where an article ends: with its element, or at the heading of what else there is to read.
fn end(signals: &Signals<'_>, title: u32, around: u32) -> u32 {
    let tree = signals.tree;
    let end = tree.node(around).end;
    let other = |at: &u32| {
        let text = tree.text(*at);
        tree.node(*at).rank().is_some() && around::is_section(text)
    };
    (tree.node(title).end..end).find(other).unwrap_or(end)
}

struct Lead<'s, 'p> {
    signals: &'s Signals<'p>,
    lists: &'s [(u32, u32)],
    title: u32,
    around: u32,
    end: u32,
}

impl<'p> Lead<'_, 'p> {
    fn item(&self, page: &'p Page) -> Option<Item<'p>> {
        let tree = self.signals.tree;
        let mut item = Item {
            line: tree.node(self.title).line,
            role: Role::Lead,
            headline: Some(furniture::without_credit(tree.text(self.title))),
            ..Item::default()
        };
        self.text(&mut item);
        self.times(&mut item);
        item.stamp = item.stamp.take().or_else(|| stamp::of_page(page.published.as_deref()?));
        item.modified = item.modified.take().or_else(|| {
            stamp::of_page(page.modified.as_deref()?).map(|stamp| Stamp { modified: true, ..stamp })
        });
        let told = item.stamp.is_some()
            || !item.machine.is_empty()
            || item.dateline.is_some()
            || data::of_lead(page, &item).is_some();
        (told && !item.paragraphs.is_empty()).then_some(item)
    }

    fn text(&self, item: &mut Item<'p>) {
        let tree = self.signals.tree;
        let found: Vec<u32> = paragraphs(self.signals, self.title, self.end, self.lists).collect();
        let last = found.iter().rposition(|at| tree.node(*at).rank().is_none() && words(tree.text(*at)) >= 8);
        for at in found.iter().take(last.map_or(0, |last| last + 1)) {
            let text = tree.text(*at);
            if self.signals.is_stamp(*at) || is_aside(text) || furniture::effect(text).is_some() {
                continue;
            }
            if let Some(credits) = beside::credits(text) {
                item.credits.extend(credits);
                continue;
            }
            let subhead = tree.node(*at).rank().is_some() && headline::is_short(text);
            item.paragraphs.push(Paragraph { text, subhead });
        }
        if let Some(first) = item.paragraphs.first_mut()
            && let Some((dateline, body)) = dateline::split(first.text, Before::Other)
        {
            item.dateline = Some(dateline);
            first.text = body;
        }
        item.paragraphs.retain(|paragraph| !paragraph.text.is_empty());
    }

    /// The times near the heading: in front of the text or behind it, and in no record.
    fn times(&self, item: &mut Item<'p>) {
        let tree = self.signals.tree;
        let stamps = self.signals.stamps_in(self.around, self.end).iter().copied();
        let free = |at: &u32| !tree.node(*at).is_furniture() && inside(self.lists, *at).is_none();
        for at in stamps.filter(free).take(4) {
            times::take_parts(item, tree, at);
        }
    }
}
