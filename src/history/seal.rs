//! By what it is noticed that a row is not what was written, or is not there.
//!
//! Each row has a seal, a checksum of its columns; the ledger knows how many rows each table has. Whoever reads goes
//! through a view that has the table's name and stops at a broken seal: no query can forget to look. Whoever writes
//! names the table itself, `main.entry`.

use flate2::Crc;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params};

use super::Error;

/// A table whose rows are sealed.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// All of them but the seal, the key first.
    pub(super) columns: &'static str,
}

pub(super) const CAPTURE: Table = Table { name: "capture", columns: "at, digest, stale, told" };
pub(super) const ENTRY: Table = Table {
    name: "entry",
    columns: "id, uuid, places, role, wording, oldest, sort, earliest, latest, published, reading, read_at, updated",
};
pub(super) const WORDING: Table = Table {
    name: "wording",
    columns: "id, entry, digest, text_id, first, since, until, headline, kicker, dateline, agencies, paragraphs, link",
};
pub(super) const KEY: Table = Table { name: "key", columns: "uuid, entry" };
pub(super) const SECTION: Table = Table { name: "section", columns: "entry, name, first" };
pub(super) const CHANNEL: Table = Table { name: "channel", columns: "id, title, link" };
pub(super) const SOURCE: Table =
    Table { name: "source", columns: "address, answered, etag, modified, due, section, title, link" };
pub(super) const SHELF: Table = Table { name: "shelf", columns: "id, kind, name, entries, changed" };
pub(super) const STAND: Table = Table { name: "stand", columns: "shelf, sort, entry, changed" };
pub(super) const DIRTY: Table = Table { name: "dirty", columns: "entry" };
pub(super) const REVISION: Table = Table { name: "revision", columns: "number, hash" };

pub(super) const TABLES: &[&Table] =
    &[&CAPTURE, &ENTRY, &WORDING, &KEY, &SECTION, &CHANNEL, &SOURCE, &SHELF, &STAND, &DIRTY, &REVISION];

/// The line of the ledger that counts the sightings: what was lost with a capture is in no other place.
pub(super) const SIGHTINGS: &str = "sighting";

impl Table {
    /// Writes a row, in the place of one with the same key; its parameters are the columns.
    pub(super) fn put(&self) -> String {
        let marks: Vec<_> = (1..=self.columns.split(", ").count()).map(|at| format!("?{at}")).collect();
        let marks = marks.join(", ");
        let Self { name, columns } = self;
        format!("INSERT OR REPLACE INTO main.{name} ({columns}, seal) VALUES ({marks}, seal({marks}))")
    }

    /// Seals the rows that a condition takes, as they are.
    pub(super) fn seal(&self, db: &Connection, which: &str, values: impl Params) -> Result<(), Error> {
        let Self { name, columns } = self;
        let query = format!("UPDATE main.{name} SET seal = seal({columns}) WHERE {which}");
        db.prepare_cached(&query)?.execute(values)?;
        Ok(())
    }

    /// Looks at every row.
    fn look(&self, db: &Connection) -> Result<(), Error> {
        let mut query = db.prepare(&format!("SELECT seal, {} FROM main.{}", self.columns, self.name))?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        let mut checksum = Checksum::default();
        while let Some(row) = rows.next()? {
            for at in 1..columns {
                checksum.take(row.get_ref(at)?);
            }
            if row.get_ref(0)? != ValueRef::Integer(checksum.seal()) {
                return Err(Error::Damaged(broken(self.name)));
            }
        }
        Ok(())
    }
}

fn broken(table: &str) -> String {
    format!("a row of \"{table}\" is not as it was written")
}

/// Lets a connection seal rows, and look at seals.
pub(super) fn teach(db: &Connection) -> Result<(), Error> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function(c"seal", -1, flags, |context| Ok(sealed(context, 0)))?;
    // The table, the seal, the columns.
    db.create_scalar_function(c"whole", -1, flags, |context| {
        if context.get_raw(1) == ValueRef::Integer(sealed(context, 2)) {
            return Ok(true);
        }
        let why = broken(context.get_raw(0).as_str()?);
        Err(rusqlite::Error::UserFunctionError(why.into()))
    })?;
    Ok(())
}

/// Puts the views that look at seals in front of the tables.
pub(super) fn guard(db: &Connection) -> Result<(), Error> {
    for Table { name, columns } in TABLES {
        db.execute_batch(&format!(
            "CREATE TEMP VIEW {name} AS SELECT {columns} FROM main.{name} WHERE whole('{name}', seal, {columns})"
        ))?;
    }
    Ok(())
}

/// Takes the views away, where the database itself names its tables.
pub(super) fn unguard(db: &Connection) -> Result<(), Error> {
    TABLES.iter().try_for_each(|table| Ok(db.execute_batch(&format!("DROP VIEW temp.{}", table.name))?))
}

/// Notes how many rows there are, before they are kept on the disk.
pub(super) fn note(db: &Connection) -> Result<(), Error> {
    let mut query = db.prepare_cached("INSERT OR REPLACE INTO ledger (name, rows) VALUES (?1, ?2)")?;
    for table in TABLES {
        query.execute((table.name, count(db, table)?))?;
    }
    Ok(())
}

/// Notes that sightings came, or went.
pub(super) fn note_sightings(db: &Connection, difference: i64) -> Result<(), Error> {
    db.prepare_cached("UPDATE ledger SET rows = rows + ?2 WHERE name = ?1")?
        .execute((SIGHTINGS, difference))?;
    Ok(())
}

/// Whether all rows are there.
pub(super) fn is_complete(db: &Connection) -> Result<(), Error> {
    for table in TABLES {
        let there = count(db, table)?;
        match noted(db, table.name)? {
            Some(noted) if noted == there => {}
            Some(noted) => {
                let message = format!("\"{}\" has {there} rows, and {noted} were written", table.name);
                return Err(Error::Damaged(message));
            }
            None => return Err(Error::Damaged(format!("nobody knows how many rows \"{}\" had", table.name))),
        }
    }
    Ok(())
}

/// Whether every row is as it was written; reads all of it.
pub(super) fn is_whole(db: &Connection) -> Result<(), Error> {
    TABLES.iter().try_for_each(|table| table.look(db))
}

/// How many rows of something there should be.
pub(super) fn noted(db: &Connection, name: &str) -> Result<Option<i64>, Error> {
    let mut query = db.prepare_cached("SELECT rows FROM main.ledger WHERE name = ?1")?;
    Ok(query.query_row([name], |row| row.get(0)).optional()?)
}

fn count(db: &Connection, table: &Table) -> Result<i64, Error> {
    let mut query = db.prepare_cached(&format!("SELECT count(*) FROM main.{}", table.name))?;
    Ok(query.query_row([], |row| row.get(0))?)
}

/// The checksum of a row, value by value. One buffer serves many rows.
#[derive(Default)]
struct Checksum {
    bytes: Vec<u8>,
}

impl Checksum {
    fn take(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.bytes.push(0),
            ValueRef::Integer(number) => self.push(1, &number.to_le_bytes()),
            ValueRef::Real(number) => self.push(2, &number.to_le_bytes()),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                let kind = if matches!(value, ValueRef::Text(_)) { 3 } else { 4 };
                self.push(kind, &u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
                self.bytes.extend(bytes);
            }
        }
    }

    fn push(&mut self, kind: u8, bytes: &[u8]) {
        self.bytes.push(kind);
        self.bytes.extend(bytes);
    }

    /// The seal of the row; the next one can begin.
    fn seal(&mut self) -> i64 {
        let mut crc = Crc::new();
        crc.update(&self.bytes);
        self.bytes.clear();
        i64::from(crc.sum())
    }
}

/// The seal of the values that a function is called with, from one of them on.
fn sealed(context: &Context<'_>, from: usize) -> i64 {
    let mut checksum = Checksum::default();
    (from..context.len()).for_each(|at| checksum.take(context.get_raw(at)));
    checksum.seal()
}
