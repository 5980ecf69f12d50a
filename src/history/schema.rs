//! The tables, their versions, and which files are refused.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::Error;
use super::capture::{self, Capture, Telling};

/// `wfhi`: what says of a file that it is a history.
const APPLICATION: i32 = 0x7766_6869;

/// How long another process is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two tries to open what another process is opening or closing.
const PAUSE: Duration = Duration::from_millis(20);

type Step = fn(&Connection) -> Result<(), Error>;

/// What brings a database from each version to the next; a new version is a new row.
const VERSIONS: &[Step] = &[
    |db| Ok(db.execute_batch(ENTRIES)?),
    |db| Ok(db.execute_batch(SHELVES)?),
    |db| {
        db.execute_batch(CAPTURES)?;
        pack_sightings(db)?;
        Ok(db.execute_batch("DROP TABLE sighting; DROP TABLE old_capture;")?)
    },
    |db| Ok(db.execute_batch(REVISIONS)?),
];

const ENTRIES: &str = "
    -- A page that was read. `at` and all other times: seconds since 1970, UTC.
    CREATE TABLE capture (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        digest BLOB NOT NULL,           -- of the page's bytes and address
        stale INTEGER NOT NULL,         -- an age on it is too young: 1 it came from a cache, 2 one story was dated anew
        UNIQUE (at, digest)
    ) STRICT;
    -- All but id and role is derived from the sightings.
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        uuid BLOB NOT NULL UNIQUE,
        places TEXT NOT NULL,           -- one a line
        role INTEGER NOT NULL,
        wording INTEGER NOT NULL,       -- the one shown
        oldest INTEGER NOT NULL,        -- the one whose ages count from the first publication
        sort INTEGER NOT NULL,          -- published, else the capture that first saw it
        earliest INTEGER,
        latest INTEGER,
        published INTEGER,
        reading INTEGER,                -- what the earliest capture says of `published`
        read_at INTEGER,                -- that capture
        updated INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX entry_sort ON entry (sort DESC, reading DESC, uuid);
    CREATE INDEX entry_place ON entry (places, sort);
    -- What the entry has said, one row for every revision.
    CREATE TABLE wording (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry,
        digest BLOB NOT NULL,           -- of headline, dateline and text
        text_id BLOB NOT NULL,
        first INTEGER NOT NULL,         -- the earliest capture that has it
        headline TEXT,
        kicker TEXT,
        dateline TEXT,
        agencies TEXT NOT NULL,         -- codes, one a line
        paragraphs TEXT NOT NULL,       -- one a line; a tab in front of a subhead
        link TEXT,
        UNIQUE (entry, digest)
    ) STRICT;
    CREATE TABLE sighting (
        wording INTEGER NOT NULL REFERENCES wording,
        capture INTEGER NOT NULL REFERENCES capture,
        at INTEGER NOT NULL,            -- of the capture
        place INTEGER NOT NULL,         -- on the page, from 0
        earliest INTEGER,
        latest INTEGER,
        published INTEGER,
        updated INTEGER NOT NULL,
        PRIMARY KEY (wording, at, capture)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sighting_capture ON sighting (capture);
    -- By what an entry is found again: ids over its links and over its texts.
    CREATE TABLE key (
        uuid BLOB PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX key_entry ON key (entry);
    -- What the feed was called first: pages of several sections must not rename it in turns.
    CREATE TABLE channel (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        title TEXT NOT NULL,
        link TEXT
    ) STRICT;
    CREATE TABLE section (
        entry INTEGER NOT NULL REFERENCES entry,
        name TEXT NOT NULL,
        first INTEGER NOT NULL,
        PRIMARY KEY (entry, name)
    ) STRICT, WITHOUT ROWID;
";

const SHELVES: &str = "
    -- What is known of an address that pages are fetched from.
    CREATE TABLE source (
        address TEXT PRIMARY KEY,       -- as the user gives it
        answered TEXT NOT NULL,         -- the one that answered, behind all redirects
        etag TEXT,
        modified TEXT,
        due INTEGER,                    -- no request before
        section TEXT,                   -- what the page says of itself
        title TEXT,
        link TEXT
    ) STRICT, WITHOUT ROWID;
    -- Entries by what they have in common (see shelf.rs).
    CREATE TABLE shelf (
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        name TEXT NOT NULL,
        entries INTEGER NOT NULL,
        changed INTEGER NOT NULL,       -- the last revision of the shelves that changed it
        UNIQUE (kind, name)
    ) STRICT;
    CREATE TABLE stand (
        shelf INTEGER NOT NULL REFERENCES shelf,
        sort INTEGER NOT NULL,          -- of the entry
        entry INTEGER NOT NULL,
        changed INTEGER NOT NULL,       -- the revision of the shelves in which it last changed
        PRIMARY KEY (shelf, sort, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stand_entry ON stand (entry);
    -- What has to be put on the shelves again. In a trigger the conflict clause of the statement that fires it
    -- counts, so the triggers look for themselves.
    CREATE TABLE dirty (entry INTEGER PRIMARY KEY) STRICT;
    INSERT INTO dirty SELECT id FROM entry;
    CREATE TRIGGER entry_new AFTER INSERT ON entry BEGIN
        INSERT INTO dirty SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM dirty WHERE entry = new.id);
    END;
    CREATE TRIGGER entry_changed AFTER UPDATE OF places, role, wording, sort, published, reading, updated ON entry
    WHEN (old.places, old.role, old.wording, old.sort, old.published, old.reading, old.updated)
        IS NOT (new.places, new.role, new.wording, new.sort, new.published, new.reading, new.updated) BEGIN
        INSERT INTO dirty SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM dirty WHERE entry = new.id);
    END;
    CREATE TRIGGER entry_gone AFTER DELETE ON entry BEGIN
        INSERT INTO dirty SELECT old.id WHERE NOT EXISTS (SELECT 1 FROM dirty WHERE entry = old.id);
    END;
    CREATE TRIGGER section_new AFTER INSERT ON section BEGIN
        INSERT INTO dirty SELECT new.entry WHERE NOT EXISTS (SELECT 1 FROM dirty WHERE entry = new.entry);
    END;
    CREATE TRIGGER section_earlier AFTER UPDATE OF first ON section BEGIN
        INSERT INTO dirty SELECT new.entry WHERE NOT EXISTS (SELECT 1 FROM dirty WHERE entry = new.entry);
    END;
    CREATE TRIGGER wording_linked AFTER UPDATE OF link ON wording WHEN old.link IS NOT new.link BEGIN
        INSERT INTO dirty SELECT new.entry WHERE NOT EXISTS (SELECT 1 FROM dirty WHERE entry = new.entry);
    END;
";

const REVISIONS: &str = "
    -- What the shelves held at the latest revisions: a hash of what changed in it, and of the hash before.
    CREATE TABLE revision (
        number INTEGER PRIMARY KEY,
        hash BLOB NOT NULL
    ) STRICT;
    -- The next revision has the hash of all.
    INSERT OR IGNORE INTO dirty SELECT id FROM entry;
";

/// One row for all that a capture told; no index that is not asked.
const CAPTURES: &str = "
    DROP TRIGGER entry_new;
    DROP TRIGGER entry_changed;
    DROP TRIGGER entry_gone;
    DROP TRIGGER section_new;
    DROP TRIGGER section_earlier;
    DROP TRIGGER wording_linked;
    DROP INDEX key_entry;
    DROP INDEX entry_sort;
    CREATE INDEX entry_sort ON entry (sort, reading);
    ALTER TABLE capture RENAME TO old_capture;
    CREATE TABLE capture (
        at INTEGER NOT NULL,
        digest BLOB NOT NULL,           -- of the page's bytes and address
        stale INTEGER NOT NULL,         -- an age on it is too young: 1 it came from a cache, 2 one story was dated anew
        told BLOB NOT NULL,             -- its sightings (see capture.rs)
        PRIMARY KEY (at, digest)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX capture_stale ON capture (at) WHERE stale <> 0;
    ALTER TABLE wording RENAME TO old_wording;
    CREATE TABLE wording (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry,
        digest BLOB NOT NULL,           -- of headline, dateline and text
        text_id BLOB NOT NULL,
        first INTEGER NOT NULL,         -- since which capture it counts
        since INTEGER NOT NULL,         -- the first capture that has it
        until INTEGER NOT NULL,         -- the last one
        headline TEXT,
        kicker TEXT,
        dateline TEXT,
        agencies TEXT NOT NULL,         -- codes, one a line
        paragraphs TEXT NOT NULL,       -- one a line; a tab in front of a subhead
        link TEXT
    ) STRICT;
    INSERT INTO wording SELECT old_wording.id, entry, digest, text_id, first, min(at), max(at), headline, kicker,
        dateline, agencies, paragraphs, link
        FROM old_wording JOIN sighting ON sighting.wording = old_wording.id GROUP BY old_wording.id;
    DROP TABLE old_wording;
    CREATE INDEX wording_entry ON wording (entry);
";

/// Opens a history; a file that is not there, or empty, becomes one where `create` allows it, and else is none.
pub(super) fn open(path: &Path, create: bool) -> Result<Connection, Error> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let mut connection = Connection::open_with_flags(path, flags)?;
    // Every reference is made by the code beside it; to look each one up again costs a third.
    connection.pragma_update(None, "foreign_keys", false)?;
    // SQLite itself waits for no other process where one begins or ends the write-ahead log.
    connection.busy_timeout(Duration::ZERO)?;
    let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
    while let Err(error) = prepare(&mut connection, create) {
        if tries == 0 || !is_busy(&error) {
            return Err(error);
        }
        tries -= 1;
        std::thread::sleep(PAUSE);
    }
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "synchronous", "full")?;
    // In KiB: the pages that a capture touches stay at hand.
    connection.pragma_update(None, "cache_size", -32_768)?;
    Ok(connection)
}

/// Makes a database what this version needs, if it is ours.
fn prepare(connection: &mut Connection, create: bool) -> Result<(), Error> {
    // Before anything is changed: is it ours?
    let fresh = {
        let snapshot = connection.unchecked_transaction()?;
        is_fresh(&snapshot)?
    };
    // Who only asks begins no history in a file that happens to be empty.
    if fresh && !create {
        return Err(Error::NoDatabase);
    }
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        connection.pragma_update(None, "journal_mode", "wal")?;
    }
    if fresh || version(connection)? < VERSIONS.len() {
        migrate(connection)?;
    }
    Ok(())
}

/// Whether another process stands in the way, for now.
fn is_busy(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
    )
}

/// Whether a database is still empty. One of another program, or of a newer version, is refused.
fn is_fresh(connection: &Connection) -> Result<bool, Error> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (application != 0 || tables > 0) {
        return Err(Error::Foreign);
    }
    let version = version(connection)?;
    if version > VERSIONS.len() {
        return Err(Error::Newer { found: version, known: VERSIONS.len() });
    }
    Ok(tables == 0)
}

fn version(connection: &Connection) -> Result<usize, Error> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    for step in VERSIONS.iter().skip(version(&transaction)?) {
        step(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", u32::try_from(VERSIONS.len()).unwrap_or(u32::MAX))?;
    transaction.commit()?;
    Ok(())
}

/// Brings the sightings of each capture into its row.
fn pack_sightings(db: &Connection) -> Result<(), Error> {
    let mut query = db.prepare("SELECT id, at, digest, stale FROM old_capture ORDER BY at, digest")?;
    let mut sightings = db.prepare(
        "SELECT wording, earliest, latest, published, updated FROM sighting WHERE capture = ?1 ORDER BY place",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let told = sightings.query_map([row.get::<_, i64>(0)?], |row| {
            Ok(Telling {
                wording: row.get(0)?,
                earliest: row.get(1)?,
                latest: row.get(2)?,
                published: row.get(3)?,
                updated: row.get(4)?,
            })
        })?;
        let told = told.collect::<Result<_, _>>()?;
        capture::keep(db, (row.get(1)?, row.get(2)?), &Capture { stale: row.get(3)?, told })?;
    }
    Ok(())
}
