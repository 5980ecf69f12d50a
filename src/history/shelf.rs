//! Entries by day, section, place and agency, and since when: what a publisher has to make anew follows from it,
//! whatever the history holds besides.
//!
//! Who writes or forgets an entry notes it (`dirty`); [`History::shelve`] puts those alone on their shelves.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha1::{Digest, Sha1};
use uuid::Uuid;

use super::seal::{self, REVISION, SHELF, STAND};
use super::wording::lines;
use super::{Error, History, Time, feed};
use crate::content::Renderer;
use crate::entry::Entry;
use crate::feed::Selection;
use crate::resolve::Instant;
use crate::wire::agency;

/// What the entries of a shelf have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The day in Amsterdam, `2026-02-10`.
    Day,
    /// The section of the page.
    Section,
    /// A place of the dateline.
    Place,
    /// An agency of the dateline, by its name.
    Agency,
}

/// The kinds in the order of their stored numbers.
const KINDS: [Kind; 4] = [Kind::Day, Kind::Section, Kind::Place, Kind::Agency];

/// The entries of one day, section, place or agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Its row; a shelf that came later has a larger one.
    pub id: i64,
    /// What they have in common.
    pub kind: Kind,
    /// Which one.
    pub name: String,
    /// How many stand here.
    pub entries: usize,
    /// The revision that last changed anything here.
    pub changed: i64,
}

/// So many of the latest revisions are known by their hash.
const REVISIONS: i64 = 1_000;

/// Newest first, as in [`feed`].
const NEWEST: &str = "ORDER BY stand.sort DESC, reading DESC, uuid";

impl History {
    /// Puts what has changed since the last time on its shelves. The number of the last revision that changed
    /// anything; it grows, and starts anew with another history: [`History::hash_of`] tells them apart.
    pub fn shelve(&mut self) -> Result<i64, Error> {
        let last = |db: &Connection| -> Result<i64, Error> {
            Ok(db.query_row("SELECT coalesce(max(changed), 0) FROM shelf", [], |row| row.get(0))?)
        };
        if !self.connection.prepare_cached("SELECT 1 FROM dirty LIMIT 1")?.exists([])? {
            return last(&self.connection);
        }
        let transaction = self.write()?;
        let db = &transaction;
        let revision = last(db)? + 1;
        let mut query = db.prepare("SELECT entry FROM dirty")?;
        let dirty: Vec<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        drop(query);
        let mut shelves = Shelves::default();
        let mut hash = Sha1::new_with_prefix(hash_of(db, revision - 1)?.unwrap_or_default());
        for entry in dirty {
            shelves.take_off(db, entry)?;
            shelves.put(db, entry, revision)?;
            take_in(db, entry, &mut hash)?;
        }
        db.execute(&REVISION.put(), params![revision, &hash.finalize()[..]])?;
        db.execute("DELETE FROM main.revision WHERE number <= ?1", [revision - REVISIONS])?;
        for (id, difference) in &shelves.differences {
            db.prepare_cached("UPDATE main.shelf SET changed = ?2, entries = entries + ?3 WHERE id = ?1")?
                .execute([id, &revision, difference])?;
            SHELF.seal(db, "id = ?1", [id])?;
        }
        db.execute("DELETE FROM main.dirty", [])?;
        seal::note(db)?;
        transaction.commit()?;
        Ok(revision)
    }

    /// What tells a revision of this history from one with the same number of another history, or of a copy that went
    /// another way; none where it is not known (any more).
    pub fn hash_of(&self, revision: i64) -> Result<Option<Vec<u8>>, Error> {
        hash_of(&self.connection, revision)
    }

    /// All shelves, by kind and name.
    pub fn shelves(&self) -> Result<Vec<Shelf>, Error> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id, kind, name, entries, changed FROM shelf ORDER BY kind, name")?;
        let mut rows = query.query([])?;
        let mut shelves = Vec::new();
        while let Some(row) = rows.next()? {
            shelves.push(Shelf {
                id: row.get(0)?,
                kind: kind(row.get(1)?)?,
                name: row.get(2)?,
                entries: usize::try_from(row.get::<_, u32>(3)?).unwrap_or(usize::MAX),
                changed: row.get(4)?,
            });
        }
        Ok(shelves)
    }

    /// The entries of a shelf that a selection takes, newest first.
    pub fn on_shelf(
        &self,
        shelf: &Shelf,
        selection: &Selection,
        renderer: &Renderer,
    ) -> Result<Vec<Entry>, Error> {
        let query = format!(
            "SELECT {} FROM stand CROSS JOIN entry ON entry.id = stand.entry
             CROSS JOIN wording ON wording.id = entry.wording WHERE stand.shelf = ?1 {NEWEST}",
            feed::COLUMNS
        );
        let mut query = self.connection.prepare_cached(&query)?;
        let mut rows = query.query([shelf.id])?;
        let limit = selection.limit.unwrap_or(usize::MAX);
        let mut entries = Vec::new();
        while entries.len() < limit
            && let Some(row) = rows.next()?
        {
            push(row, selection, renderer, &mut entries)?;
        }
        Ok(entries)
    }

    /// Every entry since a moment, and older ones until there are as many as the selection's limit; newest first.
    pub fn since(
        &self,
        since: Instant,
        selection: &Selection,
        renderer: &Renderer,
    ) -> Result<Vec<Entry>, Error> {
        let mut query = self.connection.prepare_cached(&feed::select(feed::NEWEST))?;
        let mut rows = query.query([])?;
        let limit = selection.limit.unwrap_or(usize::MAX);
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let sort: i64 = row.get(feed::SORT)?;
            if sort < since.timestamp() && entries.len() >= limit {
                break;
            }
            push(row, selection, renderer, &mut entries)?;
        }
        Ok(entries)
    }

    /// One entry; none where the history has forgotten it, or the selection does not take it.
    pub fn entry_of(
        &self,
        id: Uuid,
        selection: &Selection,
        renderer: &Renderer,
    ) -> Result<Option<Entry>, Error> {
        let mut query = self.connection.prepare_cached(&feed::select("WHERE uuid = ?1"))?;
        let mut rows = query.query([id.as_bytes()])?;
        let mut entries = Vec::new();
        if let Some(row) = rows.next()? {
            push(row, selection, renderer, &mut entries)?;
        }
        Ok(entries.pop())
    }

    /// The shelves on which an entry of this one stands too, and it itself.
    pub fn beside(&self, shelf: &Shelf) -> Result<Vec<i64>, Error> {
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT other.shelf FROM stand JOIN stand AS other ON other.entry = stand.entry
             WHERE stand.shelf = ?1",
        )?;
        let shelves = query.query_map([shelf.id], |row| row.get(0))?;
        Ok(shelves.collect::<Result<_, _>>()?)
    }

    /// The entries that came to a shelf, or changed there, after a revision.
    pub fn changed_on(&self, shelf: &Shelf, after: i64) -> Result<Vec<Uuid>, Error> {
        let mut query = self.connection.prepare_cached(
            "SELECT uuid FROM stand JOIN entry ON entry.id = stand.entry
             WHERE stand.shelf = ?1 AND stand.changed > ?2 ORDER BY uuid",
        )?;
        let ids = query.query_map([shelf.id, after], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

fn hash_of(db: &Connection, revision: i64) -> Result<Option<Vec<u8>>, Error> {
    let mut query = db.prepare_cached("SELECT hash FROM revision WHERE number = ?1")?;
    Ok(query.query_row([revision], |row| row.get(0)).optional()?)
}

/// Takes what an entry shows into a hash; of one that was forgotten its number alone.
fn take_in(db: &Connection, entry: i64, hash: &mut Sha1) -> Result<(), Error> {
    hash.update(entry.to_le_bytes());
    let mut query = db.prepare_cached(
        "SELECT uuid, role, sort, reading, published, updated, digest, link,
             (SELECT group_concat(name, char(10)) FROM section WHERE section.entry = entry.id)
         FROM entry JOIN wording ON wording.id = entry.wording WHERE entry.id = ?1",
    )?;
    let mut rows = query.query([entry])?;
    let Some(row) = rows.next()? else { return Ok(()) };
    for column in 0..row.as_ref().column_count() {
        match row.get_ref(column)? {
            ValueRef::Null => hash.update(b"-"),
            ValueRef::Integer(number) => hash.update(number.to_le_bytes()),
            ValueRef::Real(number) => hash.update(number.to_le_bytes()),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                hash.update(bytes.len().to_le_bytes());
                hash.update(bytes);
            }
        }
    }
    Ok(())
}

fn push(
    row: &Row<'_>,
    selection: &Selection,
    renderer: &Renderer,
    entries: &mut Vec<Entry>,
) -> Result<(), Error> {
    let entry = History::entry(row, renderer)?;
    if selection.takes(&entry) {
        entries.push(entry);
    }
    Ok(())
}

/// The shelves that are touched, each with how many entries it gains.
#[derive(Default)]
struct Shelves {
    known: BTreeMap<(Kind, String), i64>,
    differences: BTreeMap<i64, i64>,
}

impl Shelves {
    fn take_off(&mut self, db: &Connection, entry: i64) -> Result<(), Error> {
        let mut query = db.prepare_cached("SELECT shelf FROM stand WHERE entry = ?1")?;
        let shelves: Vec<i64> = query.query_map([entry], |row| row.get(0))?.collect::<Result<_, _>>()?;
        db.prepare_cached("DELETE FROM main.stand WHERE entry = ?1")?.execute([entry])?;
        for shelf in shelves {
            *self.differences.entry(shelf).or_default() -= 1;
        }
        Ok(())
    }

    /// Puts an entry where it belongs now. One that was forgotten belongs nowhere.
    fn put(&mut self, db: &Connection, entry: i64, revision: i64) -> Result<(), Error> {
        let mut query = db.prepare_cached(
            "SELECT sort, sort, places, agencies FROM entry JOIN wording ON wording.id = entry.wording
             WHERE entry.id = ?1",
        )?;
        let row = query.query_row([entry], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        });
        let Some((sort, Time(day), places, agencies)) = row.optional()? else { return Ok(()) };
        let mut names: BTreeSet<(Kind, String)> = BTreeSet::new();
        names.insert((Kind::Day, day.format("%Y-%m-%d").to_string()));
        names.extend(lines(&places).map(|place| (Kind::Place, place.to_owned())));
        names.extend(lines(&agencies).map(|code| (Kind::Agency, agency_name(code))));
        let mut query = db.prepare_cached("SELECT name FROM section WHERE entry = ?1")?;
        let sections = query.query_map([entry], |row| row.get(0))?;
        for section in sections {
            names.insert((Kind::Section, section?));
        }
        for name in names {
            let shelf = self.shelf(db, name)?;
            db.prepare_cached(&STAND.put())?.execute([shelf, sort, entry, revision])?;
            *self.differences.entry(shelf).or_default() += 1;
        }
        Ok(())
    }

    fn shelf(&mut self, db: &Connection, name: (Kind, String)) -> Result<i64, Error> {
        if let Some(id) = self.known.get(&name) {
            return Ok(*id);
        }
        let number = number(name.0);
        // Sealed when the entries that it gains are counted.
        db.prepare_cached(
            "INSERT OR IGNORE INTO main.shelf (kind, name, entries, changed) VALUES (?1, ?2, 0, 0)",
        )?
        .execute(params![number, name.1])?;
        let id = db
            .prepare_cached("SELECT id FROM main.shelf WHERE kind = ?1 AND name = ?2")?
            .query_row(params![number, name.1], |row| row.get(0))?;
        self.known.insert(name, id);
        Ok(id)
    }
}

fn agency_name(code: &str) -> String {
    agency::find(code).map_or_else(|| code.to_owned(), |row| row.name.to_owned())
}

fn number(kind: Kind) -> i64 {
    let at = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
    i64::try_from(at).unwrap_or_default()
}

fn kind(number: i64) -> Result<Kind, Error> {
    let kind = usize::try_from(number).ok().and_then(|at| KINDS.get(at));
    kind.copied().ok_or_else(|| Error::Damaged(format!("{number} is no kind of shelves")))
}
