//! Which entry a sighting belongs to: the one with its link or its text, the one it is an edit of, or a new one.

use std::collections::HashMap;

use uuid::Uuid;

use super::observation::Observed;
use super::store::Store;
use super::story::Section;
use super::{Error, edits};

/// The row of each item's entry, in the page's order; new entries are begun.
pub(super) fn entries(store: &mut Store<'_>, at: i64, items: &[Observed]) -> Result<Vec<i64>, Error> {
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        let by_link = item.link_id.map(|id| store.by_key(id)).transpose()?.flatten();
        found.push(match by_link {
            Some(entry) => Some(entry),
            None => store.by_key(item.text_id)?,
        });
    }
    part(store, items, &mut found)?;
    if found.contains(&None) {
        edits::find(store, at, items, &mut found)?;
    }
    let mut entries = Vec::with_capacity(found.len());
    for (item, found) in items.iter().zip(found) {
        let entry = match found {
            Some(entry) => entry,
            None => begin(store, item.id(), item)?,
        };
        // An entry is found again by all that it was ever found by.
        for id in item.keys() {
            if store.by_key(id)?.is_none() {
                store.set_key(id, entry);
            }
        }
        entries.push(entry);
    }
    Ok(entries)
}

/// Two wordings of one entry on one page are two items: the younger one becomes an entry of its own, with all
/// its sightings.
fn part(store: &mut Store<'_>, items: &[Observed], found: &mut [Option<i64>]) -> Result<(), Error> {
    let mut groups: HashMap<i64, Vec<usize>> = HashMap::new();
    for (at, entry) in found.iter().enumerate() {
        if let Some(entry) = entry {
            groups.entry(*entry).or_default().push(at);
        }
    }
    let mut shared: Vec<_> = groups.into_iter().filter(|(_, members)| members.len() > 1).collect();
    shared.sort_unstable();
    for (entry, members) in shared {
        let mut ages = Vec::new();
        for at in members {
            ages.push((store.story(entry)?.first_said(items[at].text_id), at));
        }
        // The story that was there first keeps the entry; what was never seen is the youngest.
        ages.sort_unstable_by_key(|(first, at)| (first.is_none(), *first, *at));
        for (_, at) in ages.into_iter().skip(1) {
            found[at] = Some(leave(store, entry, &items[at])?);
        }
    }
    Ok(())
}

/// Begins an entry with an id, or the next one that no other has: one that parted from it may have been forgotten.
fn begin(store: &mut Store<'_>, mut id: Uuid, item: &Observed) -> Result<i64, Error> {
    while store.is_taken(id)? {
        id = crate::entry::next_id(id);
    }
    Ok(store.begin(id, &item.places, item.role))
}

/// Makes an entry of its own of what a sighting says, and of all that an entry said in the same words.
fn leave(store: &mut Store<'_>, entry: i64, item: &Observed) -> Result<i64, Error> {
    let parted = begin(store, item.text_id, item)?;
    for id in item.keys() {
        store.set_key(id, parted);
    }
    let story = store.story(entry)?;
    let versions = story.take_out(item.text_id);
    if !versions.is_empty() {
        let sections = story.sections.clone();
        store.story(parted)?.sections.extend(sections.into_iter().map(Section::anew));
        for version in versions {
            store.give(parted, version)?;
        }
        super::state::derive(store, entry)?;
    }
    Ok(parted)
}
