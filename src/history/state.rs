//! What an entry shows, as a function of its sightings.
//!
//! - An upper bound is always true: a page may be old, but it is of no time after its capture.
//! - A lower bound is true only if the page was fresh. Of a capture that came from a cache ([`trust`](super::trust))
//!   none counts.
//! - Lower bounds are taken from the oldest wording alone: a corrected text may have been dated anew.
//! - `published` is the reading of the earliest capture that gives one, moved to the nearest moment inside the window.
//! - The wording shown is the one that came last on a fresh page. An older capture brings none back; a page that
//!   tells of something newer than the change does: the change was taken back.
//! - `updated` is when that wording came, or when the page dated the story anew.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::wording::Wording;
use super::{Error, role_number, trust};
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
        entries.extend(trust::suspect(db, wording)?);
    }
    derive_all(db, entries)
}

/// Derives each of some entries once.
pub(super) fn derive_all(db: &Connection, mut entries: Vec<i64>) -> Result<(), Error> {
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
        "SELECT earliest, latest, published, reading, read_at, updated, oldest = ?2 FROM entry
         WHERE id = ?1 AND wording = ?2 AND role <= ?3",
    )?;
    let known = query.query_row([entry, wording, role], |row| {
        Ok(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?], row.get(6)?))
    });
    let Some((known, is_oldest)): Option<([Option<i64>; 6], bool)> = known.optional()? else {
        return Ok(false);
    };
    if !is_oldest {
        return adds_nothing(db, wording, at, seen, known);
    }
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

/// Whether a later wording, seen again, leaves all as it is: it gives no lower bound, and its upper one is known.
fn adds_nothing(
    db: &Connection,
    wording: i64,
    at: i64,
    seen: Times,
    [_, latest, .., updated]: [Option<i64>; 6],
) -> Result<bool, Error> {
    const LATELY: i64 = 3 * 60 * 60;
    let (Some(from), Some(to)) = (seen.earliest, seen.latest) else { return Ok(true) };
    let mut query = db.prepare_cached(
        "SELECT 1 FROM sighting WHERE wording = ?1 AND at BETWEEN ?2 - ?4 AND ?2 AND latest < ?3",
    )?;
    let doubtful = query.exists(params![wording, at, from, LATELY])?;
    Ok(!doubtful && latest.is_some_and(|latest| to >= latest) && updated.is_some_and(|updated| at > updated))
}

/// One sighting with what is needed of its capture.
struct Row {
    wording: i64,
    capture: i64,
    at: i64,
    trust: i64,
    times: Times,
    updated: i64,
}

/// Derives all that an entry shows from its sightings.
pub(super) fn derive(db: &Connection, entry: i64) -> Result<(), Error> {
    let rows = rows(db, entry)?;
    let Some(first) = rows.first() else { return Ok(()) };
    let Some(shown) = shown(db, entry, &rows)? else { return Ok(()) };
    let latest = rows.iter().filter_map(|row| row.times.latest).min();
    let oldest = first.wording;
    let bounds = rows.iter().filter(|row| row.wording == oldest && row.trust != trust::CACHED);
    let earliest = bounds.filter_map(|row| row.times.earliest).filter(|from| Some(*from) <= latest).max();
    let read = rows.iter().find_map(|row| Some((row.times.published?, row.at)));
    let reading = read.map(|(reading, _)| reading);
    let published = reading.map(|reading| {
        let reading = latest.map_or(reading, |latest| reading.min(latest));
        earliest.map_or(reading, |earliest| reading.max(earliest))
    });
    let base = published.unwrap_or(first.updated);
    let anew = rows.iter().find(|row| row.trust == trust::DATED_ANEW && row.times.earliest > latest);
    let updated =
        [shown.since, shown.printed, anew.map(|row| row.at)].into_iter().flatten().fold(base, i64::max);
    db.prepare_cached(
        "UPDATE entry SET wording = ?2, oldest = ?3, sort = ?4, earliest = ?5, latest = ?6, published = ?7,
         reading = ?8, read_at = ?9, updated = ?10 WHERE id = ?1",
    )?
    .execute(params![
        entry,
        shown.wording,
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
        "SELECT sighting.wording, capture, sighting.at, stale, sighting.earliest, sighting.latest, published, updated
         FROM wording JOIN sighting ON sighting.wording = wording.id JOIN capture ON capture.id = capture
         WHERE wording.entry = ?1 ORDER BY sighting.at, capture.digest",
    )?;
    let rows = query.query_map([entry], |row| {
        let times = Times { earliest: row.get(4)?, latest: row.get(5)?, published: row.get(6)? };
        Ok(Row {
            wording: row.get(0)?,
            capture: row.get(1)?,
            at: row.get(2)?,
            trust: row.get(3)?,
            times,
            updated: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The wording that an entry shows.
struct Shown {
    wording: i64,
    /// Since which capture; none where it never showed another.
    since: Option<i64>,
    /// The change that the page printed with it.
    printed: Option<i64>,
}

/// The wording that came last, reading the sightings from the earliest on. A wording counts from its own `first`,
/// which an imported feed may set later than the sighting.
fn shown(db: &Connection, entry: i64, rows: &[Row]) -> Result<Option<Shown>, Error> {
    let wordings = wordings(db, entry)?;
    let group = |row: &Row| wordings.get(&row.wording).copied().unwrap_or((row.wording, row.at));
    let mut timeline: Vec<_> = rows.iter().map(|row| (row.at.max(group(row).1), row)).collect();
    timeline.sort_by_key(|(at, _)| *at);
    let mut shown: Option<Shown> = None;
    let mut since = i64::MIN;
    let mut seen = Vec::new();
    for (at, row) in timeline {
        let (wording, _) = group(row);
        let cached = row.trust == trust::CACHED && shown.is_some();
        if cached || shown.as_ref().is_some_and(|shown| shown.wording == wording) {
            continue;
        }
        let again = seen.contains(&wording);
        if again && youngest(db, row.capture)?.is_none_or(|youngest| youngest <= since) {
            continue;
        }
        let printed = row.times.published.filter(|published| row.updated > *published).map(|_| row.updated);
        shown = Some(Shown { wording, since: shown.map(|_| at), printed });
        since = at;
        seen.push(wording);
    }
    Ok(shown)
}

/// The latest moment before which a page cannot have been made: it tells of something published then.
fn youngest(db: &Connection, capture: i64) -> Result<Option<i64>, Error> {
    let mut query = db.prepare_cached("SELECT max(earliest) FROM sighting WHERE capture = ?1")?;
    Ok(query.query_row([capture], |row| row.get(0))?)
}

/// Each wording of an entry with the one that it counts as, and that one's `first`. One without a headline counts as
/// the one with the same text that has one.
fn wordings(db: &Connection, entry: i64) -> Result<HashMap<i64, (i64, i64)>, Error> {
    let mut query = db.prepare_cached(
        "SELECT id, text_id, first, headline IS NOT NULL FROM wording WHERE entry = ?1 ORDER BY first, digest",
    )?;
    let wordings: Vec<(i64, [u8; 16], i64, bool)> = query
        .query_map([entry], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let counts_as = |(id, text, first, headline): &(i64, [u8; 16], i64, bool)| {
        let titled = wordings.iter().find(|other| other.1 == *text && other.3);
        let shown = titled.filter(|_| !headline).map_or(*id, |titled| titled.0);
        (*id, (shown, *first))
    };
    Ok(wordings.iter().map(counts_as).collect())
}
