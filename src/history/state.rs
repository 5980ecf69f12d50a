//! What an entry shows, as a function of its sightings.
//!
//! - An upper bound is always true: a page may be old, but it is of no time after its capture.
//! - A lower bound is true only if the page was fresh. A capture on which some text is younger than another capture
//!   allows came from a cache (or the site began to count anew): none of its lower bounds counts.
//! - Lower bounds are taken from the oldest wording alone: a corrected text may have been dated anew.
//! - `published` is the reading of the earliest capture that gives one, moved to the nearest moment inside the window.
//! - The wording shown is the one that was first seen last: an older capture, or a page from a cache, brings none back.

use rusqlite::{Connection, OptionalExtension, params};

use super::wording::Wording;
use super::{Error, role_number};
use crate::entry::Sighting;

/// Stores the sightings of a capture, `entries` being their entries, and derives what follows of them.
pub(super) fn take(
    db: &Connection,
    capture: i64,
    at: i64,
    sightings: &[Sighting<'_, '_>],
    entries: &[i64],
) -> Result<(), Error> {
    let mut unsure = Vec::new();
    for (place, (sighting, &entry)) in (0i64..).zip(sightings.iter().zip(entries)) {
        sections(db, at, sighting, entry)?;
        let (wording, known) = wording(db, at, sighting, entry)?;
        let seconds = |time: Option<crate::resolve::Instant>| time.map(|time| time.timestamp());
        let seen = Times {
            earliest: seconds(sighting.window.map(|window| window.earliest)),
            latest: seconds(sighting.window.map(|window| window.latest)),
            published: seconds(sighting.published),
        };
        db.prepare_cached("INSERT INTO sighting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
            params![
                wording,
                capture,
                at,
                place,
                seen.earliest,
                seen.latest,
                seen.published,
                sighting.updated.timestamp()
            ],
        )?;
        let role = role_number(sighting.item.role);
        if !(known && narrow(db, entry, wording, role, at, seen)?) {
            db.prepare_cached("UPDATE entry SET role = min(role, ?2) WHERE id = ?1")?
                .execute([entry, role])?;
            unsure.push((entry, wording));
        }
    }
    let mut entries: Vec<i64> = Vec::new();
    for (entry, wording) in unsure {
        entries.push(entry);
        entries.extend(distrust(db, wording)?);
    }
    entries.sort_unstable();
    entries.dedup();
    entries.into_iter().try_for_each(|entry| derive(db, entry))
}

/// What one sighting says of the time of publication.
#[derive(Clone, Copy)]
struct Times {
    earliest: Option<i64>,
    latest: Option<i64>,
    published: Option<i64>,
}

fn sections(db: &Connection, at: i64, sighting: &Sighting<'_, '_>, entry: i64) -> Result<(), Error> {
    for section in &sighting.sections {
        let known = db
            .prepare_cached("SELECT 1 FROM section WHERE entry = ?1 AND name = ?2 AND first <= ?3")?
            .exists(params![entry, section, at])?;
        if known {
            continue;
        }
        db.prepare_cached(
            "INSERT INTO section (entry, name, first) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET first = excluded.first WHERE excluded.first < first",
        )?
        .execute(params![entry, section, at])?;
    }
    Ok(())
}

/// The row of a sighting's wording, and whether it was there before, first seen in an earlier capture.
fn wording(db: &Connection, at: i64, sighting: &Sighting<'_, '_>, entry: i64) -> Result<(i64, bool), Error> {
    let wording = Wording::of(sighting);
    let digest = wording.digest();
    let known: Option<(i64, i64)> = db
        .prepare_cached("SELECT id, first FROM wording WHERE entry = ?1 AND digest = ?2")?
        .query_row(params![entry, digest], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((id, first)) = known {
        if at < first {
            db.prepare_cached("UPDATE wording SET first = ?1, link = coalesce(?2, link) WHERE id = ?3")?
                .execute(params![at, wording.link, id])?;
        } else if wording.link.is_some() {
            db.prepare_cached("UPDATE wording SET link = ?1 WHERE id = ?2 AND link IS NULL")?
                .execute(params![wording.link, id])?;
        }
        return Ok((id, at > first));
    }
    Ok((wording.insert(db, entry, sighting.text_id, at)?, false))
}

/// The everyday case, in one step: a text that is known, seen again later, with a time that agrees. `false` where
/// it is another case. What it stores is what [`derive`] would.
fn narrow(db: &Connection, entry: i64, wording: i64, role: i64, at: i64, seen: Times) -> Result<bool, Error> {
    let mut query = db.prepare_cached(
        "SELECT earliest, latest, published, reading, read_at, updated FROM entry
         WHERE id = ?1 AND wording = ?2 AND oldest = ?2 AND role <= ?3",
    )?;
    let known = query.query_row([entry, wording, role], |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
    });
    let Some(known) = known.optional()? else { return Ok(false) };
    let (Some(from), Some(to)) = (seen.earliest, seen.latest) else { return Ok(true) };
    // Without a lower bound the first captures were not believed.
    let [Some(earliest), Some(latest), Some(published), Some(reading), Some(read_at), Some(updated)] = known
    else {
        return Ok(false);
    };
    if from > latest || to < earliest || at <= read_at || updated != published {
        return Ok(false);
    }
    let (narrowed_from, narrowed_to) = (earliest.max(from), latest.min(to));
    if (narrowed_from, narrowed_to) == (earliest, latest) {
        return Ok(true);
    }
    let moved = reading.clamp(narrowed_from, narrowed_to);
    if moved == published {
        db.prepare_cached("UPDATE entry SET earliest = ?2, latest = ?3 WHERE id = ?1")?.execute([
            entry,
            narrowed_from,
            narrowed_to,
        ])?;
    } else {
        db.prepare_cached(
            "UPDATE entry SET earliest = ?2, latest = ?3, published = ?4, updated = ?4, sort = ?4 WHERE id = ?1",
        )?
        .execute([entry, narrowed_from, narrowed_to, moved])?;
    }
    Ok(true)
}

/// Marks the captures in which a text is younger than another capture allows; the entries that saw them.
fn distrust(db: &Connection, wording: i64) -> Result<Vec<i64>, Error> {
    let mut query = db.prepare_cached(
        "SELECT capture FROM sighting JOIN capture ON capture.id = capture
         WHERE wording = ?1 AND stale = 0
           AND earliest > (SELECT min(latest) FROM sighting WHERE wording = ?1)",
    )?;
    let captures: Vec<i64> = query.query_map([wording], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut entries = Vec::new();
    for capture in captures {
        db.prepare_cached("UPDATE capture SET stale = 1 WHERE id = ?1")?.execute([capture])?;
        let mut query = db.prepare_cached(
            "SELECT entry FROM sighting JOIN wording ON wording.id = wording WHERE capture = ?1",
        )?;
        let seen: Vec<i64> = query.query_map([capture], |row| row.get(0))?.collect::<Result<_, _>>()?;
        entries.extend(seen);
    }
    Ok(entries)
}

/// One sighting with what is needed of its capture.
struct Row {
    wording: i64,
    at: i64,
    stale: bool,
    times: Times,
    updated: i64,
}

/// Derives all that an entry shows from its sightings.
pub(super) fn derive(db: &Connection, entry: i64) -> Result<(), Error> {
    let rows = rows(db, entry)?;
    let shown = shown(db, entry)?;
    let (Some(first), Some(group)) = (rows.first(), shown) else { return Ok(()) };
    let latest = rows.iter().filter_map(|row| row.times.latest).min();
    let oldest = first.wording;
    let bounds = rows.iter().filter(|row| row.wording == oldest && !row.stale);
    let earliest = bounds.filter_map(|row| row.times.earliest).filter(|from| Some(*from) <= latest).max();
    let read = rows.iter().find_map(|row| Some((row.times.published?, row.at)));
    let reading = read.map(|(reading, _)| reading);
    let published = reading.map(|reading| {
        let reading = latest.map_or(reading, |latest| reading.min(latest));
        earliest.map_or(reading, |earliest| reading.max(earliest))
    });
    let base = published.unwrap_or(first.updated);
    let of_shown = rows.iter().find(|row| group.members.contains(&row.wording));
    let updated = match of_shown {
        Some(row) if group.members.contains(&oldest) => {
            // A change that the page prints itself.
            let printed = row.times.published.filter(|published| row.updated > *published);
            printed.map_or(base, |_| row.updated.max(base))
        }
        Some(row) => row.at.max(base),
        None => base,
    };
    db.prepare_cached(
        "UPDATE entry SET wording = ?2, oldest = ?3, sort = ?4, earliest = ?5, latest = ?6, published = ?7,
         reading = ?8, read_at = ?9, updated = ?10 WHERE id = ?1",
    )?
    .execute(params![
        entry,
        group.shown,
        oldest,
        base,
        earliest,
        latest,
        published,
        reading,
        read.map(|(_, at)| at),
        updated
    ])?;
    Ok(())
}

/// The sightings of an entry, earliest first, whatever the order in which they came.
fn rows(db: &Connection, entry: i64) -> Result<Vec<Row>, Error> {
    let mut query = db.prepare_cached(
        "SELECT sighting.wording, sighting.at, stale, sighting.earliest, sighting.latest, published, updated
         FROM wording JOIN sighting ON sighting.wording = wording.id JOIN capture ON capture.id = capture
         WHERE wording.entry = ?1 ORDER BY sighting.at, capture.digest",
    )?;
    let rows = query.query_map([entry], |row| {
        let times = Times { earliest: row.get(3)?, latest: row.get(4)?, published: row.get(5)? };
        Ok(Row { wording: row.get(0)?, at: row.get(1)?, stale: row.get(2)?, times, updated: row.get(6)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The wording that an entry shows, and those that count as the same.
struct Group {
    shown: i64,
    members: Vec<i64>,
}

/// The wording that was first seen last. One without a headline counts as the one with the same text that has one.
fn shown(db: &Connection, entry: i64) -> Result<Option<Group>, Error> {
    let mut query = db.prepare_cached(
        "SELECT id, text_id, first, headline IS NOT NULL FROM wording WHERE entry = ?1 ORDER BY first, digest",
    )?;
    let wordings: Vec<(i64, [u8; 16], i64, bool)> = query
        .query_map([entry], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let stands_for = |(id, text, _, headline): &(i64, [u8; 16], i64, bool)| {
        let titled = wordings.iter().find(|other| other.1 == *text && other.3);
        titled.filter(|_| !headline).map_or(*id, |titled| titled.0)
    };
    let mut groups: Vec<(i64, Group)> = Vec::new();
    for wording in &wordings {
        let shown = stands_for(wording);
        match groups.iter_mut().find(|(_, group)| group.shown == shown) {
            Some((_, group)) => group.members.push(wording.0),
            None => groups.push((wording.2, Group { shown, members: vec![wording.0] })),
        }
    }
    // The rows come in the order of their first capture, and so do the groups.
    Ok(groups.pop().map(|(_, group)| group))
}
