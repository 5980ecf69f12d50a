//! Records that lead to one address are one item: a card and its line in a list of what is most read.

use std::collections::HashMap;

use crate::wire::item::{Item, Role};

/// The items, those with one link as one: where the first of them stands, in its fullest wording, with all sections.
pub(super) fn by_link<'p>(items: impl Iterator<Item = Item<'p>>) -> Vec<Item<'p>> {
    let mut merged: Vec<Item<'p>> = Vec::new();
    let mut known: HashMap<&'p str, usize> = HashMap::new();
    for item in items {
        let Some(link) = item.link.map(bare).filter(|_| item.role == Role::Item) else {
            merged.push(item);
            continue;
        };
        if let Some(first) = known.get(link).and_then(|at| merged.get_mut(*at)) {
            join(first, item);
        } else {
            known.insert(link, merged.len());
            merged.push(item);
        }
    }
    merged
}

/// An address without what only names a place in it.
fn bare(link: &str) -> &str {
    link.split('#').next().unwrap_or(link).trim()
}

fn join<'p>(first: &mut Item<'p>, mut second: Item<'p>) {
    if wording(&second) > wording(first) {
        std::mem::swap(first, &mut second);
        first.line = first.line.min(second.line);
    }
    let sections = first.section.into_iter().chain(first.sections.iter().copied());
    let mut further: Vec<_> = second.section.into_iter().chain(second.sections).collect();
    let known: Vec<_> = sections.collect();
    further.retain(|section| !known.contains(section));
    if first.section.is_none() && !further.is_empty() {
        first.section = Some(further.remove(0));
    }
    first.sections.extend(further);
    first.stamp = first.stamp.take().or(second.stamp);
    first.modified = first.modified.take().or(second.modified);
    first.machine.extend(second.machine);
    first.headline = first.headline.or(second.headline);
    if first.credits.is_empty() && first.dateline.is_none() {
        first.credits = second.credits;
    }
}

/// How much an item tells.
fn wording(item: &Item<'_>) -> (usize, usize) {
    let text = item.paragraphs.iter().map(|paragraph| paragraph.text.len()).sum();
    (text, item.headline.map_or(0, str::len))
}
