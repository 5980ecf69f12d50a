//! What must hold of every history, whichever version wrote it: what has no seals yet is judged by this, and of what is
//! damaged the rest that it holds of is saved.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::seal::{self, SIGHTINGS, TABLES};
use super::{Error, capture};

/// A row that cannot be.
pub(super) struct Rule {
    pub(super) table: &'static str,
    /// A condition of SQL, true of what cannot be.
    pub(super) broken: &'static str,
}

const fn rule(table: &'static str, broken: &'static str) -> Rule {
    Rule { table, broken }
}

/// What an entry needs to be shown. Times: from the year 0 to 9999, which RFC 3339 (5.6) can write.
pub(super) const ENTRIES: &[Rule] = &[
    rule("wording", "NOT EXISTS (SELECT 1 FROM main.entry AS of WHERE of.id = wording.entry)"),
    rule("wording", "length(digest) <> 20 OR length(text_id) <> 16 OR since > until"),
    rule("wording", "min(first, since) < -62167219200 OR max(first, until) > 253402210799"),
    rule("entry", "NOT EXISTS (SELECT 1 FROM main.wording AS shown WHERE shown.id = entry.wording)"),
    rule("entry", "NOT EXISTS (SELECT 1 FROM main.wording AS old WHERE old.id = entry.oldest)"),
    rule("entry", "length(uuid) <> 16 OR role NOT IN (0, 1, 2)"),
    rule("entry", "sort <> published OR updated < sort"),
    rule("entry", "earliest > latest OR (latest IS NULL AND earliest IS NOT NULL)"),
    rule("entry", "(reading IS NULL) <> (read_at IS NULL)"),
    rule("entry", "published IS NOT max(coalesce(earliest, -1e15), min(coalesce(latest, 1e15), reading))"),
    rule(
        "entry",
        "min(sort, coalesce(earliest, sort)) < -62167219200
         OR max(updated, coalesce(latest, updated), coalesce(read_at, updated)) > 253402210799",
    ),
    rule("section", "NOT EXISTS (SELECT 1 FROM main.entry AS of WHERE of.id = section.entry)"),
    rule("key", "length(uuid) <> 16 OR NOT EXISTS (SELECT 1 FROM main.entry AS of WHERE of.id = key.entry)"),
    rule("capture", "length(digest) <> 20 OR stale NOT IN (0, 1, 2)"),
    rule("capture", "at NOT BETWEEN -62167219200 AND 253402210799"),
    rule("source", "due NOT BETWEEN -62167219200 AND 253402210799"),
];

/// What else there must be.
const OTHERS: &[Rule] = &[
    rule("wording", "NOT EXISTS (SELECT 1 FROM main.capture WHERE at = since)"),
    rule("wording", "NOT EXISTS (SELECT 1 FROM main.capture WHERE at = until)"),
    rule("shelf", "kind NOT IN (0, 1, 2, 3)"),
    rule(
        "entry",
        "NOT EXISTS (SELECT 1 FROM main.dirty WHERE dirty.entry = entry.id)
         AND NOT EXISTS (SELECT 1 FROM main.stand WHERE stand.entry = entry.id)",
    ),
    rule(
        "stand",
        "NOT EXISTS (SELECT 1 FROM main.dirty WHERE dirty.entry = stand.entry)
         AND NOT EXISTS (SELECT 1 FROM main.entry WHERE entry.id = stand.entry)",
    ),
    rule("stand", "NOT EXISTS (SELECT 1 FROM main.shelf WHERE shelf.id = stand.shelf)"),
    rule("shelf", "entries <> (SELECT count(*) FROM main.stand WHERE stand.shelf = shelf.id)"),
];

/// Whether a history without seals is whole, as far as it can be seen.
pub(super) fn check(db: &Connection) -> Result<(), Error> {
    for Rule { table, broken } in ENTRIES.iter().chain(OTHERS) {
        if db.prepare(&format!("SELECT 1 FROM main.{table} WHERE {broken}"))?.exists([])? {
            return Err(Error::Damaged(format!("a row of \"{table}\" lacks another, or cannot be")));
        }
    }
    texts(db)?;
    let mut known = db.prepare("SELECT 1 FROM main.wording WHERE id = ?1")?;
    let mut query = db.prepare("SELECT at, told FROM main.capture")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        for told in capture::told(row, 0, 1)? {
            if !known.exists([told.wording])? {
                return Err(Error::Damaged("a capture tells what no entry says".to_owned()));
            }
        }
    }
    Ok(())
}

/// Texts that are none.
fn texts(db: &Connection) -> Result<(), Error> {
    for table in TABLES {
        let mut query = db.prepare(&format!("SELECT {} FROM main.{}", table.columns, table.name))?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            for at in 0..columns {
                if let ValueRef::Text(bytes) = row.get_ref(at)? {
                    std::str::from_utf8(bytes)
                        .map_err(|_| Error::Damaged(format!("a text of \"{}\" is none", table.name)))?;
                }
            }
        }
    }
    Ok(())
}

/// Seals all that is there, and counts it.
pub(super) fn seal_all(db: &Connection) -> Result<(), Error> {
    for table in TABLES {
        table.seal(db, "true", [])?;
    }
    let mut sightings = 0;
    let mut query = db.prepare("SELECT at, told FROM main.capture")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        sightings += i64::try_from(capture::told(row, 0, 1)?.len()).unwrap_or(i64::MAX);
    }
    db.execute("INSERT OR REPLACE INTO main.ledger (name, rows) VALUES (?1, ?2)", (SIGHTINGS, sightings))?;
    seal::note(db)
}
