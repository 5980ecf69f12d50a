//! The tables, their versions, and which files are refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags, TransactionBehavior, params};

use super::capture::{self, Telling};
use super::{Error, seal, sound};

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
    seals,
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

/// Seals and the ledger (see seal.rs); captures are counted by a small index.
fn seals(db: &Connection) -> Result<(), Error> {
    sound::check(db)?;
    for table in seal::TABLES {
        db.execute_batch(&format!("ALTER TABLE {} ADD COLUMN seal INTEGER", table.name))?;
    }
    db.execute_batch(
        "CREATE TABLE ledger (
            name TEXT PRIMARY KEY,          -- a table, or what is counted in one
            rows INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        DROP INDEX capture_stale;
        CREATE INDEX capture_at ON capture (at);",
    )?;
    sound::seal_all(db)
}

/// What is called a file is one, whatever a database would make of its name: `:memory:` and `file:…` too.
pub(super) fn file(path: &Path) -> Result<PathBuf, Error> {
    if fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir()) {
        return Err(Error::NoFile);
    }
    Ok(if path.is_absolute() { path.to_owned() } else { Path::new(".").join(path) })
}

/// Opens a history to write to it; a file that is not there, or empty, becomes one where `create` allows it, and else
/// is none. Whether it was begun here.
pub(super) fn open(path: &Path, create: bool) -> Result<(Connection, bool), Error> {
    let is_begun = create && identity(path).is_none();
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let mut connection = taught(Connection::open_with_flags(path, flags)?)?;
    if let Err(error) = patiently(&mut connection, |connection| prepare(connection, create)) {
        if is_begun {
            _ = take_back(&mut connection, path);
        }
        return Err(error);
    }
    connection.pragma_update(None, "synchronous", "full")?;
    Ok((equipped(connection)?, is_begun))
}

/// Opens a history to read it. Nothing is written to it, and it needs not to be writable.
pub(super) fn read(path: &Path) -> Result<Connection, Error> {
    let shared = || -> Result<Connection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        patiently(&mut connection, |connection| is_history(connection, false))?;
        Ok(connection)
    };
    let mut connection = shared().or_else(|error| match error {
        Error::NotOpened | Error::ReadOnly if path.is_file() => {
            let connection = aside(path)?;
            is_history(&connection, false)?;
            Ok(connection)
        }
        error => Err(error),
    })?;
    if version(&connection)? < VERSIONS.len() {
        connection = copy(&connection)?;
    }
    let connection = equipped(taught(connection)?)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Opens a copy of a history, which is gone when it is closed: whoever may only read can work on it.
pub(super) fn lent(path: &Path) -> Result<Connection, Error> {
    equipped(copy(&read(path)?)?)
}

/// A copy in a temporary file of the database's own, brought to this version.
fn copy(connection: &Connection) -> Result<Connection, Error> {
    let mut copy = temporary()?;
    Backup::new(connection, &mut copy)?.run_to_completion(i32::MAX, PAUSE, None)?;
    migrate(&mut copy)?;
    Ok(copy)
}

/// An empty database in a file that is gone when it is closed.
pub(super) fn temporary() -> Result<Connection, Error> {
    taught(Connection::open("")?)
}

/// Teaches a connection what the statements here need.
fn taught(connection: Connection) -> Result<Connection, Error> {
    seal::teach(&connection)?;
    // Every reference is made by the code beside it; to look each one up again costs a third.
    connection.pragma_update(None, "foreign_keys", false)?;
    Ok(connection)
}

/// Opens a file beside which nothing can be written, as the log of a database and its index would have to be. Nobody
/// who writes has it open, or that index would be there and could be read.
pub(super) fn aside(path: &Path) -> Result<Connection, Error> {
    let filled = |end: &str| fs::metadata(beside(path, end)).is_ok_and(|data| data.len() > 0);
    if filled("-journal") {
        return Err(Error::Unfinished);
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    // A log is read with an index in memory, which needs the whole file, and the locks that are not to be had.
    let (how, is_logged) =
        if filled("-wal") { ("mode=ro&vfs=unix-none", true) } else { ("mode=ro&immutable=1", false) };
    let connection = Connection::open_with_flags(address(path, how), flags)?;
    if is_logged {
        // Its end is not the end of the log.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "locking_mode", "exclusive")?;
    }
    Ok(connection)
}

/// The name of a file that stands beside the database.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A path as an address, with what is asked of the database.
fn address(path: &Path, how: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let path = path.as_os_str().as_encoded_bytes().iter();
    let path = path.map(|byte| match byte {
        byte if plain(*byte) => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("file:{}?{how}", path.collect::<String>())
}

/// Works on what another process may be opening or closing: `SQLite` itself waits for nobody where one begins or ends
/// the write-ahead log.
fn patiently(
    connection: &mut Connection,
    work: impl Fn(&mut Connection) -> Result<(), Error>,
) -> Result<(), Error> {
    connection.busy_timeout(Duration::ZERO)?;
    let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
    while let Err(error) = work(connection) {
        if tries == 0 || !is_busy(&error) {
            return Err(error);
        }
        tries -= 1;
        std::thread::sleep(PAUSE);
    }
    Ok(connection.busy_timeout(PATIENCE)?)
}

/// Makes a connection ready, if all rows are there.
fn equipped(connection: Connection) -> Result<Connection, Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    // In KiB: the pages that a capture touches stay at hand.
    connection.pragma_update(None, "cache_size", -32_768)?;
    let snapshot = connection.unchecked_transaction()?;
    seal::is_complete(&snapshot)?;
    drop(snapshot);
    seal::guard(&connection)?;
    Ok(connection)
}

/// Removes a history that was begun and got nothing, unless somebody else has it open.
pub(super) fn take_back(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let is_empty = |db: &Connection| -> Result<bool, Error> {
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let held =
            || db.prepare("SELECT 1 FROM main.capture UNION ALL SELECT 1 FROM main.source")?.exists([]);
        Ok(tables == 0 || !held()?)
    };
    connection.busy_timeout(Duration::ZERO)?;
    // The log goes only where nobody else has it open.
    if !is_empty(connection)? || connection.pragma_update(None, "journal_mode", "delete").is_err() {
        return Ok(());
    }
    let alone = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    if is_empty(&alone)? {
        // What cannot be removed is an empty history.
        _ = fs::remove_file(path);
    }
    Ok(())
}

/// What tells a file from one that stands in its place later.
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    let data = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt;
        (data.dev(), data.ino())
    };
    #[cfg(not(unix))]
    let identity = (0, u64::from(data.is_file()));
    Some(identity)
}

/// Whether a database is a history that can be read, or an empty one where one may `begin`.
fn is_history(connection: &Connection, begin: bool) -> Result<(), Error> {
    // Asked once, in one snapshot: another process may begin it in between.
    let snapshot = connection.unchecked_transaction()?;
    // Who only asks begins no history in a file that happens to be empty.
    if is_fresh(&snapshot)? && !begin { Err(Error::NoDatabase) } else { Ok(()) }
}

/// Makes a database what this version needs, if it is ours.
fn prepare(connection: &mut Connection, create: bool) -> Result<(), Error> {
    // Before anything is changed: is it ours?
    is_history(connection, create)?;
    if connection.is_readonly(MAIN_DB)? {
        return Err(Error::ReadOnly);
    }
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        connection.pragma_update(None, "journal_mode", "wal")?;
    }
    if version(connection)? < VERSIONS.len() {
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

pub(super) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    bring(connection, VERSIONS.len())
}

/// Brings a database to a version.
pub(super) fn bring(connection: &mut Connection, to: usize) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    for step in VERSIONS.iter().take(to).skip(version(&transaction)?) {
        step(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", u32::try_from(to).unwrap_or(u32::MAX))?;
    transaction.commit()?;
    Ok(())
}

/// Opens what may be left of a history, and its version. Not a byte of it changes.
pub(super) fn damaged(path: &Path) -> Result<(Connection, usize), Error> {
    // Where the index of the log is there, somebody has it open.
    let connection = if beside(path, "-shm").exists() {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(path, flags)?
    } else {
        aside(path)?
    };
    connection.busy_timeout(PATIENCE)?;
    // Files that are too short and tables that are not as they say are then read as far as they go.
    connection.pragma_update(None, "writable_schema", true)?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION {
        return Err(Error::Foreign);
    }
    match version(&connection)? {
        found if found > VERSIONS.len() => Err(Error::Newer { found, known: VERSIONS.len() }),
        version => Ok((connection, version)),
    }
}

/// Writes a database to a file that is not there, or leaves none.
pub(super) fn keep(db: &Connection, path: &Path) -> Result<(), Error> {
    fs::File::create_new(path).map_err(Error::New)?;
    let write = || -> Result<(), Error> {
        let mut file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        Backup::new(db, &mut file)?.run_to_completion(i32::MAX, PAUSE, None)?;
        Ok(())
    };
    write().inspect_err(|_| _ = fs::remove_file(path))
}

/// Brings the sightings of each capture into its row.
fn pack_sightings(db: &Connection) -> Result<(), Error> {
    let mut query = db.prepare("SELECT id, at, digest, stale FROM old_capture ORDER BY at, digest")?;
    let mut sightings = db.prepare(
        "SELECT wording, earliest, latest, published, updated FROM sighting WHERE capture = ?1 ORDER BY place",
    )?;
    let mut insert = db.prepare("INSERT INTO capture (at, digest, stale, told) VALUES (?1, ?2, ?3, ?4)")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let at = row.get(1)?;
        let told = sightings.query_map([row.get::<_, i64>(0)?], |row| {
            Ok(Telling {
                wording: row.get(0)?,
                earliest: row.get(1)?,
                latest: row.get(2)?,
                published: row.get(3)?,
                updated: row.get(4)?,
            })
        })?;
        let told: Vec<_> = told.collect::<Result<_, _>>()?;
        let [digest, stale]: [rusqlite::types::Value; 2] = [row.get(2)?, row.get(3)?];
        insert.execute(params![at, digest, stale, capture::pack(at, &told)])?;
    }
    Ok(())
}
