//! What a person asks of a history.

use std::collections::BTreeMap;

use rusqlite::params;
use uuid::Uuid;

use super::wording::{Wording, lines};
use super::{Error, History, instant};
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
                Ok((row.get(0)?, Revision { first: instant(row.get(1)?), wording: Wording::read(row, 2)? }))
            })?
            .collect::<Result<_, _>>()?;
        let mut query = self.connection.prepare_cached(
            "SELECT sighting.wording, sighting.at, place, sighting.earliest, sighting.latest, stale = 1,
             coalesce(sighting.earliest > entry.latest, 0) OR coalesce(sighting.latest < entry.earliest, 0)
             FROM entry JOIN wording ON wording.entry = entry.id
             JOIN sighting ON sighting.wording = wording.id JOIN capture ON capture.id = capture
             WHERE entry.id = ?1 ORDER BY sighting.at, capture.digest",
        )?;
        let seen = query
            .query_map([row], |row| {
                let wording: i64 = row.get(0)?;
                let known = wordings.iter().position(|(id, _)| *id == wording);
                let bounds = row.get::<_, Option<i64>>(3)?.zip(row.get::<_, Option<i64>>(4)?);
                Ok(Seen {
                    at: instant(row.get(1)?),
                    place: row.get::<_, i64>(2)? + 1,
                    revision: known.map_or(0, |at| at + 1),
                    window: bounds.map(|(earliest, latest)| (instant(earliest), instant(latest))),
                    stale: row.get(5)?,
                    conflict: row.get(6)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(Some(Detail {
            entry,
            revisions: wordings.into_iter().map(|(_, revision)| revision).collect(),
            seen,
        }))
    }

    /// What the history holds, in numbers.
    pub fn stats(&self) -> Result<Stats, Error> {
        let count = |query: &str| -> Result<u64, Error> {
            Ok(self.connection.query_row(query, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
        };
        let between = self.connection.query_row("SELECT min(at), max(at) FROM capture", [], |row| {
            Ok(row.get::<_, Option<i64>>(0)?.zip(row.get::<_, Option<i64>>(1)?))
        })?;
        let mut stats = Stats {
            captures: count("SELECT count(*) FROM capture")?,
            between: between.map(|(first, last)| (instant(first), instant(last))),
            entries: count("SELECT count(*) FROM entry")?,
            edited: count("SELECT count(*) FROM (SELECT 1 FROM wording GROUP BY entry HAVING count(*) > 1)")?,
            sightings: count("SELECT count(*) FROM sighting")?,
            ..Stats::default()
        };
        let mut query = self
            .connection
            .prepare("SELECT sort, places, agencies FROM entry JOIN wording ON wording.id = entry.wording")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let day = instant(row.get(0)?).format("%Y-%m-%d").to_string();
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
        let batch = self.begin()?;
        let db = &batch.transaction;
        db.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS old (entry INTEGER PRIMARY KEY); DELETE FROM old;",
        )?;
        let count = db.execute(
            "INSERT INTO old SELECT wording.entry FROM wording JOIN sighting ON sighting.wording = wording.id
             GROUP BY wording.entry HAVING max(sighting.at) < ?1",
            params![before.timestamp()],
        )?;
        db.execute_batch(
            "DELETE FROM sighting WHERE wording IN (SELECT id FROM wording WHERE entry IN old);
             DELETE FROM wording WHERE entry IN old;
             DELETE FROM key WHERE entry IN old;
             DELETE FROM section WHERE entry IN old;
             DELETE FROM entry WHERE id IN old;
             DELETE FROM capture WHERE id NOT IN (SELECT capture FROM sighting);",
        )?;
        batch.commit()?;
        if count > 0 {
            self.connection.execute_batch("VACUUM")?;
        }
        Ok(count)
    }
}
