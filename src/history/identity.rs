//! Which entry a sighting belongs to: the one with its link or its text, the one it is an edit of, or a new one.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{Error, edits, role_number};
use crate::entry::Sighting;

/// The row of each sighting's entry, in the sightings' order; new entries are inserted.
pub(super) fn entries(db: &Connection, at: i64, sightings: &[Sighting<'_, '_>]) -> Result<Vec<i64>, Error> {
    let mut found = Vec::with_capacity(sightings.len());
    let mut known = Vec::with_capacity(sightings.len());
    for sighting in sightings {
        let by_link = sighting.link_id.map(|id| by_key(db, id)).transpose()?.flatten();
        let by_text = by_key(db, sighting.text_id)?;
        known.push(by_text.is_some() && (by_link.is_some() || sighting.link_id.is_none()));
        found.push(by_link.or(by_text));
    }
    part(db, sightings, &mut found)?;
    if found.contains(&None) {
        edits::find(db, at, sightings, &mut found)?;
    }
    let mut entries = Vec::with_capacity(found.len());
    for ((sighting, found), known) in sightings.iter().zip(found).zip(known) {
        let entry = match found {
            Some(entry) => entry,
            None => new(db, sighting, sighting.id())?,
        };
        if !known {
            remember(db, sighting, entry)?;
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn by_key(db: &Connection, id: Uuid) -> Result<Option<i64>, Error> {
    let mut query = db.prepare_cached("SELECT entry FROM key WHERE uuid = ?1")?;
    Ok(query.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
}

/// An entry is found again by all that its sightings were found by.
fn remember(db: &Connection, sighting: &Sighting<'_, '_>, entry: i64) -> Result<(), Error> {
    for id in [Some(sighting.text_id), sighting.link_id].into_iter().flatten() {
        if by_key(db, id)?.is_none() {
            db.prepare_cached("INSERT INTO key (uuid, entry) VALUES (?1, ?2)")?
                .execute(params![id.as_bytes(), entry])?;
        }
    }
    Ok(())
}

/// Begins an entry; what is derived follows with its first sighting.
fn new(db: &Connection, sighting: &Sighting<'_, '_>, id: Uuid) -> Result<i64, Error> {
    db.prepare_cached(
        "INSERT INTO entry (uuid, places, role, wording, oldest, sort, updated) VALUES (?1, ?2, ?3, 0, 0, 0, 0)",
    )?
    .execute(params![id.as_bytes(), sighting.places.join("\n"), role_number(sighting.item.role)])?;
    Ok(db.last_insert_rowid())
}

/// Two wordings of one entry on one page are two items: the younger one becomes an entry of its own, with all
/// its sightings.
fn part(db: &Connection, sightings: &[Sighting<'_, '_>], found: &mut [Option<i64>]) -> Result<(), Error> {
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
            ages.push((first_seen(db, entry, sightings[at].text_id)?, at));
        }
        // The story that was there first keeps the entry; what was never seen is the youngest.
        ages.sort_unstable_by_key(|(first, at)| (first.is_none(), *first, *at));
        for (first, at) in ages.into_iter().skip(1) {
            let sighting = &sightings[at];
            let free = |id: &Uuid| -> Result<bool, Error> {
                let mut query = db.prepare_cached("SELECT 1 FROM entry WHERE uuid = ?1")?;
                Ok(!query.exists([id.as_bytes()])?)
            };
            let mut id = sighting.text_id;
            while !free(&id)? {
                id = crate::entry::next_id(id);
            }
            let parted = new(db, sighting, id)?;
            found[at] = Some(parted);
            let text = sighting.text_id.as_bytes();
            for id in [Some(sighting.text_id), sighting.link_id].into_iter().flatten() {
                db.prepare_cached("UPDATE key SET entry = ?1 WHERE uuid = ?2")?
                    .execute(params![parted, id.as_bytes()])?;
            }
            if first.is_some() {
                db.prepare_cached("UPDATE wording SET entry = ?1 WHERE entry = ?2 AND text_id = ?3")?
                    .execute(params![parted, entry, text])?;
                db.prepare_cached(
                    "INSERT INTO section SELECT ?1, name, first FROM section WHERE entry = ?2",
                )?
                .execute([parted, entry])?;
                super::state::derive(db, entry)?;
            }
        }
    }
    Ok(())
}

/// The earliest capture in which an entry had a text.
fn first_seen(db: &Connection, entry: i64, text: Uuid) -> Result<Option<i64>, Error> {
    let mut query = db.prepare_cached("SELECT min(first) FROM wording WHERE entry = ?1 AND text_id = ?2")?;
    Ok(query.query_row(params![entry, text.as_bytes()], |row| row.get(0))?)
}
