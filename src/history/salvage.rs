//! What is whole of a damaged history, in a new one.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use sha1::{Digest, Sha1};

use super::capture::{self, Telling};
use super::seal::{self, SIGHTINGS, TABLES};
use super::{Error, History, schema, sound, trust};

/// What was saved of something, and what is known to be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Saved {
    /// So much is in the new history.
    pub kept: u64,
    /// At least so much was in the old one besides.
    pub lost: u64,
}

/// What came of saving a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Salvaged {
    /// Entries.
    pub entries: Saved,
    /// What entries have said.
    pub revisions: Saved,
    /// Pages taken in.
    pub captures: Saved,
    /// Where entries were seen.
    pub sightings: Saved,
}

/// What is saved; all else is made anew of it. The first column leads the table's key.
const SAVED: &[&str] = &["capture", "entry", "wording", "sighting", "key", "section", "channel", "source"];

/// What is made anew.
const DERIVED: &[&str] = &["stand", "shelf", "revision", "dirty"];

/// The version whose tables still have their form.
const FORM: usize = 4;

impl History {
    /// Writes all whole entries of a damaged history to a new one, with their ids, times and revisions. The old file
    /// is only read.
    pub fn salvage(old: &Path, new: &Path) -> Result<Salvaged, Error> {
        let new = schema::file(new)?;
        if new.symlink_metadata().is_ok() {
            return Err(Error::There);
        }
        let (source, version) = schema::damaged(&schema::file(old)?)?;
        let mut db = schema::temporary()?;
        schema::bring(&mut db, version)?;
        let transaction = db.transaction()?;
        for table in SAVED {
            copy(&source, &transaction, table)?;
        }
        transaction.commit()?;
        if version < FORM {
            schema::bring(&mut db, FORM)?;
        }
        let transaction = db.transaction()?;
        let salvaged = weed(&source, &transaction, version > FORM)?;
        transaction.commit()?;
        schema::migrate(&mut db)?;
        sound::seal_all(&db)?;
        if salvaged.entries.kept == 0 {
            return Err(Error::NothingWhole);
        }
        schema::keep(&db, &new)?;
        Ok(salvaged)
    }
}

/// Copies the rows of a table that can be read.
fn copy(source: &Connection, db: &Connection, table: &str) -> Result<(), Error> {
    let columns = |db: &Connection| -> Result<Vec<String>, Error> {
        let mut query = db.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        Ok(query.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let there = columns(source).unwrap_or_default();
    let columns: Vec<_> = columns(db)?.into_iter().filter(|column| there.contains(column)).collect();
    let Some(key) = columns.first() else { return Ok(()) };
    let marks: Vec<_> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
    let columns = columns.join(", ");
    let mut insert =
        db.prepare(&format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({})", marks.join(", ")))?;
    let select = format!("SELECT {columns} FROM {table}");
    Reader { source, select, key }.read(|row| {
        // What does not fit is not whole.
        _ = insert.execute(params_from_iter(row));
    });
    Ok(())
}

/// Takes out what is not whole, and makes anew what follows of the rest.
fn weed(source: &Connection, db: &Connection, is_sealed: bool) -> Result<Salvaged, Error> {
    let [entries, revisions, captures] = there(db)?;
    for table in TABLES.iter().filter(|_| is_sealed) {
        let broken = format!("DELETE FROM main.{} WHERE seal IS NOT seal({})", table.name, table.columns);
        db.execute(&broken, [])?;
    }
    let mut weeds = 1;
    while weeds > 0 {
        weeds = 0;
        for rule in sound::ENTRIES {
            weeds += db.execute(&format!("DELETE FROM main.{} WHERE {}", rule.table, rule.broken), [])?;
        }
    }
    for table in DERIVED {
        db.execute(&format!("DELETE FROM main.{table}"), [])?;
    }
    let pages = clear(db)?;
    // What an entry is found by, where that was lost.
    db.execute_batch(
        "INSERT OR IGNORE INTO main.key (uuid, entry) SELECT text_id, entry FROM main.wording;
         INSERT OR IGNORE INTO main.key (uuid, entry) SELECT uuid, id FROM main.entry;
         INSERT INTO main.dirty (entry) SELECT id FROM main.entry;",
    )?;
    let saved = |name: &str, there: u64, kept: u64| {
        let noted = seal::noted(source, name).ok().flatten().and_then(|rows| u64::try_from(rows).ok());
        Saved { kept, lost: noted.unwrap_or(there).max(there).saturating_sub(kept) }
    };
    let [entries_kept, revisions_kept, captures_kept] = there(db)?;
    let salvaged = Salvaged {
        entries: saved("entry", entries, entries_kept),
        revisions: saved("wording", revisions, revisions_kept),
        captures: saved("capture", captures, captures_kept),
        sightings: saved(SIGHTINGS, pages.there, pages.kept),
    };
    stand_in(db, &pages.seen)?;
    Ok(salvaged)
}

/// How many entries, revisions and captures there are, or are spoken of.
fn there(db: &Connection) -> Result<[u64; 3], Error> {
    let count = |query: &str| -> Result<u64, Error> {
        let query = format!("SELECT count(*) FROM ({query})");
        Ok(db.query_row(&query, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    };
    Ok([
        count(
            "SELECT id FROM main.entry UNION SELECT entry FROM main.wording
             UNION SELECT entry FROM main.key UNION SELECT entry FROM main.section",
        )?,
        count(
            "SELECT id FROM main.wording UNION SELECT wording FROM main.entry UNION SELECT oldest FROM main.entry",
        )?,
        count("SELECT 1 FROM main.capture")?,
    ])
}

/// What the captures tell.
#[derive(Default)]
struct Pages {
    there: u64,
    kept: u64,
    /// The first and the last that tells each wording.
    seen: HashMap<i64, (i64, i64)>,
}

/// Takes out of the captures what they tell of entries that are lost.
fn clear(db: &Connection) -> Result<Pages, Error> {
    let mut query = db.prepare("SELECT id FROM main.wording")?;
    let known: HashSet<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut pages = Pages::default();
    let mut change = db.prepare("UPDATE main.capture SET told = ?3 WHERE at = ?1 AND digest = ?2")?;
    let mut remove = db.prepare("DELETE FROM main.capture WHERE at = ?1 AND digest = ?2")?;
    let mut query = db.prepare("SELECT at, digest, told FROM main.capture")?;
    let rows = query.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, capture::told(row, 0, 2).ok()))
    })?;
    // All at once: what is read must not change meanwhile.
    for (at, digest, told) in rows.collect::<Result<Vec<_>, _>>()? {
        let Some(mut told) = told else {
            remove.execute(params![at, digest])?;
            continue;
        };
        let count = told.len();
        told.retain(|told| known.contains(&told.wording));
        for told in &told {
            let (first, last) = pages.seen.entry(told.wording).or_insert((at, at));
            (*first, *last) = ((*first).min(at), (*last).max(at));
        }
        if told.len() < count {
            change.execute(params![at, digest, capture::pack(at, &told)])?;
        }
        pages.there += u64::try_from(count).unwrap_or_default();
        pages.kept += u64::try_from(told.len()).unwrap_or_default();
    }
    Ok(pages)
}

/// Puts something in the place of the lost captures that first and last told a wording: what an entry shows follows of
/// what was told of it, and is to stay.
fn stand_in(db: &Connection, seen: &HashMap<i64, (i64, i64)>) -> Result<(), Error> {
    let mut query = db.prepare(
        "SELECT wording.id, since, until, oldest, earliest, latest, reading, sort
         FROM main.wording AS wording JOIN main.entry AS entry ON entry.id = wording.entry ORDER BY wording.id",
    )?;
    let mut pages: BTreeMap<i64, Vec<Telling>> = BTreeMap::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (wording, since, until): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (first, last) = seen.get(&wording).map_or((None, None), |(from, to)| (Some(*from), Some(*to)));
        let bare = Telling { wording, earliest: None, latest: None, published: None, updated: since };
        if first != Some(since) {
            let is_oldest = row.get::<_, i64>(3)? == wording;
            let full = || -> rusqlite::Result<_> {
                let [earliest, latest, published] = [row.get(4)?, row.get(5)?, row.get(6)?];
                Ok(Telling { wording, earliest, latest, published, updated: row.get(7)? })
            };
            pages.entry(since).or_default().push(if is_oldest { full()? } else { bare });
        }
        if last != Some(until) && (until != since || first == Some(since)) {
            pages.entry(until).or_default().push(Telling { updated: until, ..bare });
        }
    }
    let mut insert =
        db.prepare("INSERT INTO main.capture (at, digest, stale, told) VALUES (?1, ?2, ?3, ?4)")?;
    for (at, told) in pages {
        let told = capture::pack(at, &told);
        let digest: [u8; 20] = Sha1::new_with_prefix("salvaged").chain_update(&told).finalize().into();
        insert.execute(params![at, digest, trust::FRESH, told])?;
    }
    Ok(())
}

/// Reads a table around its damaged pages.
struct Reader<'r> {
    source: &'r Connection,
    select: String,
    key: &'r str,
}

/// So many ranges of a table are tried again in halves.
const TRIES: usize = 20_000;

impl Reader<'_> {
    /// From both ends, and what is left between the two in halves, the largest first.
    fn read(&self, mut take: impl FnMut(Vec<Value>)) {
        let spread = Spread::of(self.key);
        let mut ranges = VecDeque::from([(u64::MIN, u64::MAX)]);
        for _ in 0..TRIES {
            let Some((mut from, mut to)) = ranges.pop_front() else { return };
            let Err(last) = self.run(spread, "ASC", (from, to), &mut take) else { continue };
            from = last.unwrap_or(from);
            let Err(first) = self.run(spread, "DESC", (from, to), &mut take) else { continue };
            to = first.unwrap_or(to);
            if from < to && spread != Spread::Whole {
                let middle = from + (to - from) / 2;
                ranges.extend([(from, middle), (middle + 1, to)]);
            }
        }
    }

    /// Reads a range in one direction; the error, where that did not come to its end, is the key that it came to.
    fn run(
        &self,
        spread: Spread,
        direction: &str,
        (from, to): (u64, u64),
        take: &mut impl FnMut(Vec<Value>),
    ) -> Result<(), Option<u64>> {
        let mut last = None;
        let mut run = || -> Result<(), rusqlite::Error> {
            let Self { select, key, .. } = self;
            let range = if spread == Spread::Whole {
                "?1 = ?1 AND ?2 = ?2".to_owned()
            } else {
                format!("{key} BETWEEN ?1 AND ?2")
            };
            let query = format!("{select} WHERE {range} ORDER BY {key} {direction}");
            let mut query = self.source.prepare_cached(&query)?;
            let columns = query.column_count();
            let mut rows = query.query(params![spread.bound(from, 0), spread.bound(to, u8::MAX)])?;
            while let Some(row) = rows.next()? {
                let values: Result<Vec<Value>, _> = (0..columns).map(|at| row.get(at)).collect();
                last = row.get(0).ok().and_then(|key| spread.place(&key)).or(last);
                // A text that is none is not whole.
                if let Ok(values) = values {
                    take(values);
                }
            }
            Ok(())
        };
        let read = run();
        read.map_err(|_| last)
    }
}

/// How the keys of a table are spread, to read a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spread {
    Numbers,
    Ids,
    /// Few rows, which have no order of numbers.
    Whole,
}

impl Spread {
    fn of(key: &str) -> Self {
        match key {
            "uuid" => Self::Ids,
            "address" => Self::Whole,
            _ => Self::Numbers,
        }
    }

    /// The key at a place of all that there can be; of an id its first eight bytes, the others being `rest`.
    fn bound(self, place: u64, rest: u8) -> Value {
        match self {
            Self::Numbers => Value::Integer((place ^ (1 << 63)).cast_signed()),
            Self::Ids => Value::Blob([place.to_be_bytes(), [rest; 8]].concat()),
            Self::Whole => Value::Integer(0),
        }
    }

    fn place(self, key: &Value) -> Option<u64> {
        match (self, key) {
            (Self::Numbers, Value::Integer(number)) => Some(number.cast_unsigned() ^ (1 << 63)),
            (Self::Ids, Value::Blob(id)) => Some(u64::from_be_bytes(*id.first_chunk()?)),
            _ => None,
        }
    }
}
