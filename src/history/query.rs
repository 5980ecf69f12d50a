//! What a person asks of a history.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::seal::{self, SOURCE};
use super::wording::{Wording, lines};
use super::{Error, History, Time, capture, instant, trust};
use crate::entry::Entry;
use crate::resolve::Instant;

/// All that is known of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// As a feed shows it.
    pub entry: Entry,
    /// What it has said, the earliest first.
    pub revisions: Vec<Revision>,
    /// Where it was seen, the earliest first.
    pub seen: Vec<Seen>,
}

/// One thing that an entry has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The earliest capture that has it.
    pub first: Instant,
    /// What it said.
    pub wording: Wording,
}

/// One page on which an entry stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The capture.
    pub at: Instant,
    /// Its place on the page, from 1.
    pub place: i64,
    /// The number of its revision, from 1.
    pub revision: usize,
    /// The first and the last second that the page allows.
    pub window: Option<(Instant, Instant)>,
    /// The page came from a cache: its lower bounds are not believed.
    pub stale: bool,
    /// What the page allows and what is known exclude each other.
    pub conflict: bool,
}

/// What a history holds, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    /// Pages taken in.
    pub captures: u64,
    /// The first and the last of them.
    pub between: Option<(Instant, Instant)>,
    /// Entries.
    pub entries: u64,
    /// Entries with more than one wording.
    pub edited: u64,
    /// Sightings.
    pub sightings: u64,
    /// Entries by the day (in Amsterdam) of their publication.
    pub days: BTreeMap<String, u64>,
    /// Entries by place.
    pub places: BTreeMap<String, u64>,
    /// Entries by the code of an agency.
    pub agencies: BTreeMap<String, u64>,
}

impl History {
    /// Everything about one entry; none where the id is not known.
    pub fn show(&self, id: Uuid) -> Result<Option<Detail>, Error> {
        let Some((row, entry)) = self.find(id)? else { return Ok(None) };
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT id, first, {} FROM wording WHERE entry = ?1 ORDER BY first, digest",
            Wording::COLUMNS
        ))?;
        let wordings: Vec<(i64, Revision)> = query
            .query_map([row], |row| {
                let Time(first) = row.get(1)?;
                Ok((row.get(0)?, Revision { first, wording: Wording::read(row, 2)? }))
            })?
            .collect::<Result<_, _>>()?;
        let known: HashMap<_, _> = wordings.iter().zip(1..).map(|((id, _), number)| (*id, number)).collect();
        let seen = self.seen(row, &known)?;
        Ok(Some(Detail {
            entry,
            revisions: wordings.into_iter().map(|(_, revision)| revision).collect(),
            seen,
        }))
    }

    /// Where an entry was seen, by its wordings with their numbers.
    fn seen(&self, entry: i64, wordings: &HashMap<i64, usize>) -> Result<Vec<Seen>, Error> {
        let mut query = self.connection.prepare_cached("SELECT earliest, latest FROM entry WHERE id = ?1")?;
        let (earliest, latest): (Option<i64>, Option<i64>) =
            query.query_row([entry], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut span: Option<(i64, i64)> = None;
        let mut query = self.connection.prepare_cached("SELECT since, until FROM wording WHERE id = ?1")?;
        for wording in wordings.keys() {
            let (since, until): (i64, i64) =
                query.query_row([wording], |row| Ok((row.get(0)?, row.get(1)?)))?;
            span = Some(span.map_or((since, until), |(from, to)| (from.min(since), to.max(until))));
        }
        let mut seen = Vec::new();
        let (from, to) = span.unwrap_or((0, -1));
        capture::between(&self.connection, from, to, |(at, _), capture| {
            let at = instant(at)?;
            for (place, told) in (1..).zip(&capture.told) {
                let Some(&revision) = wordings.get(&told.wording) else { continue };
                let window = match told.window() {
                    Some((earliest, latest)) => Some((instant(earliest)?, instant(latest)?)),
                    None => None,
                };
                let conflict = told.earliest.zip(latest).is_some_and(|(from, latest)| from > latest)
                    || told.latest.zip(earliest).is_some_and(|(to, earliest)| to < earliest);
                seen.push(Seen {
                    at,
                    place,
                    revision,
                    window,
                    stale: capture.stale == trust::CACHED,
                    conflict,
                });
            }
            Ok(())
        })?;
        Ok(seen)
    }

    /// What the history holds, in numbers.
    pub fn stats(&self) -> Result<Stats, Error> {
        let count = |query: &str| -> Result<u64, Error> {
            Ok(self.connection.query_row(query, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
        };
        let between = self.connection.query_row("SELECT min(at), max(at) FROM capture", [], |row| {
            Ok(row.get::<_, Option<Time>>(0)?.zip(row.get::<_, Option<Time>>(1)?))
        })?;
        let mut stats = Stats {
            captures: count("SELECT count(*) FROM capture")?,
            between: between.map(|(Time(first), Time(last))| (first, last)),
            entries: count("SELECT count(*) FROM entry")?,
            edited: count("SELECT count(*) FROM (SELECT 1 FROM wording GROUP BY entry HAVING count(*) > 1)")?,
            ..Stats::default()
        };
        capture::between(&self.connection, i64::MIN, i64::MAX, |_, capture| {
            stats.sightings += u64::try_from(capture.told.len()).unwrap_or_default();
            Ok(())
        })?;
        let mut query = self
            .connection
            .prepare("SELECT sort, places, agencies FROM entry JOIN wording ON wording.id = entry.wording")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let Time(sort) = row.get(0)?;
            let day = sort.format("%Y-%m-%d").to_string();
            *stats.days.entry(day).or_default() += 1;
            let columns = [(&mut stats.places, 1), (&mut stats.agencies, 2)];
            for (counts, column) in columns {
                for name in lines(&row.get::<_, String>(column)?) {
                    *counts.entry(name.to_owned()).or_default() += 1;
                }
            }
        }
        Ok(stats)
    }

    /// Forgets the entries that no page has had since a moment, and the captures that nothing is left of. How many
    /// entries that were.
    pub fn prune(&mut self, before: Instant) -> Result<usize, Error> {
        let before = before.timestamp();
        let transaction = self.write()?;
        let db = &transaction;
        db.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS old (entry INTEGER PRIMARY KEY); DELETE FROM old;",
        )?;
        let count = db.execute(
            "INSERT INTO old SELECT entry FROM wording GROUP BY entry HAVING max(until) < ?1",
            [before],
        )?;
        forget_sightings(db, before)?;
        db.execute_batch(
            "INSERT OR IGNORE INTO main.dirty (entry, seal) SELECT entry, seal(entry) FROM old;
             DELETE FROM main.wording WHERE entry IN old;
             DELETE FROM main.key WHERE entry IN old;
             DELETE FROM main.section WHERE entry IN old;
             DELETE FROM main.entry WHERE id IN old;
             UPDATE main.source SET etag = NULL, modified = NULL;",
        )?;
        SOURCE.seal(db, "true", [])?;
        seal::note(db)?;
        transaction.commit()?;
        if count > 0 {
            seal::unguard(&self.connection)?;
            self.connection.execute_batch("VACUUM")?;
            seal::guard(&self.connection)?;
        }
        Ok(count)
    }
}

/// Forgets what the captures before a moment told of the entries that are `old`.
fn forget_sightings(db: &Connection, before: i64) -> Result<(), Error> {
    let mut query = db.prepare("SELECT id FROM wording WHERE entry IN old")?;
    let old: HashSet<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut changed = Vec::new();
    let mut gone = 0;
    capture::between(db, i64::MIN, before, |moment, mut capture| {
        let told = capture.told.len();
        capture.told.retain(|told| !old.contains(&told.wording));
        gone += told - capture.told.len();
        if capture.told.len() < told || capture.told.is_empty() {
            changed.push((moment, capture));
        }
        Ok(())
    })?;
    seal::note_sightings(db, -i64::try_from(gone).unwrap_or(i64::MAX))?;
    for (moment, capture) in changed {
        if capture.told.is_empty() {
            db.prepare_cached("DELETE FROM main.capture WHERE at = ?1 AND digest = ?2")?
                .execute(params![moment.0, moment.1])?;
        } else {
            capture::keep(db, moment, &capture)?;
        }
    }
    Ok(())
}
