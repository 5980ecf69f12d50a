//! Every item ever seen, in an embedded database: ids and times that last, items that stay.
//!
//! What an entry shows is a function of its sightings, whatever the order in which they came (`state`); which
//! entry a sighting belongs to is decided once, when it comes (`identity`).

mod capture;
mod edits;
mod feed;
mod identity;
mod import;
mod observation;
mod query;
mod salvage;
mod schema;
mod seal;
mod shelf;
mod similarity;
mod sound;
mod source;
mod state;
mod store;
mod story;
mod tally;
mod trust;
mod wording;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Europe::Amsterdam;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha1::{Digest, Sha1};

use crate::entry::Sighting;
use crate::resolve::Instant;
use crate::wire::item::Role;
use seal::CHANNEL;
use store::Store;

pub use import::Imported;
pub use observation::Observation;
pub use query::{Detail, Revision, Seen, Stats};
pub use salvage::{Salvaged, Saved};
pub use shelf::{Kind, Shelf};
pub use source::{Said, Source};
pub use tally::Tally;
pub use wording::Wording;

/// What stops the work on a history. Nothing of it is then changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is a database of something else.
    #[error("is a database, but not a history of wirefeed; name another file")]
    Foreign,
    /// A later wirefeed wrote it.
    #[error(
        "was written by a newer wirefeed (version {found}; this one knows up to {known}); update wirefeed"
    )]
    Newer {
        /// The version of the database.
        found: usize,
        /// The latest that is known here.
        known: usize,
    },
    /// The file is no database.
    #[error("is no database; name another file, or move it away to begin anew")]
    NoDatabase,
    /// Parts of the file are not what was written.
    #[error(
        "is damaged ({0}); restore a copy, save what is whole with \"wirefeed history salvage OLD NEW\", or begin anew with \"wirefeed history import\""
    )]
    Damaged(String),
    /// It is a pipe, a device or a socket.
    #[error("is a pipe, a device or a socket; name a file")]
    NoFile,
    /// It may be read, and is to be written.
    #[error(
        "may only be read, or stands where nothing can be written; make it and its folder writable, or work on a copy"
    )]
    ReadOnly,
    /// A change of it was not ended, and cannot be ended without writing.
    #[error("was left in the middle of a change; open it once where it and its folder may be written")]
    Unfinished,
    /// The file that was opened is no longer the one of that name.
    #[error("was moved, replaced or removed while it was open; nothing was kept, so run this again")]
    Moved,
    /// What is to be begun is there.
    #[error("is there already; name a file that is not")]
    There,
    /// Nothing can be saved.
    #[error("holds nothing that is whole; restore a copy, or begin anew with \"wirefeed history import\"")]
    NothingWhole,
    /// The new file cannot be begun.
    #[error("cannot be begun: {0}")]
    New(std::io::Error),
    /// The file is not there and cannot be made, or may not be read and written.
    #[error("cannot be opened")]
    NotOpened,
    /// What the database says.
    #[error("{0}")]
    Database(rusqlite::Error),
    /// The template of the content does not work.
    #[error("the template of the content: {0}")]
    Template(#[from] minijinja::Error),
    /// A feed that cannot be taken over.
    #[error("{0}")]
    Feed(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NoDatabase,
            Some(rusqlite::ErrorCode::CannotOpen) => Self::NotOpened,
            Some(rusqlite::ErrorCode::ReadOnly) => Self::ReadOnly,
            // What is asked here is asked rightly: a table or a column is not there, or a row cannot be.
            Some(
                rusqlite::ErrorCode::DatabaseCorrupt
                | rusqlite::ErrorCode::Unknown
                | rusqlite::ErrorCode::ConstraintViolation
                | rusqlite::ErrorCode::TypeMismatch
                | rusqlite::ErrorCode::TooBig,
            ) => Self::Damaged(error.to_string()),
            None if matches!(
                error,
                rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::Utf8Error(..)
                    | rusqlite::Error::QueryReturnedNoRows
            ) =>
            {
                Self::Damaged(error.to_string())
            }
            _ => Self::Database(error),
        }
    }
}

/// A history, open.
#[derive(Debug)]
pub struct History {
    connection: Connection,
    /// The file that is written to, and what tells it from another; none of a copy, or where nothing is written.
    file: Option<(PathBuf, Option<(u64, u64)>)>,
    /// It was not there before.
    is_begun: bool,
}

impl Drop for History {
    fn drop(&mut self) {
        if let Some((path, _)) = self.file.as_ref().filter(|_| self.is_begun) {
            // An empty history does no harm.
            _ = schema::take_back(&mut self.connection, path);
        }
    }
}

/// Some captures that are kept together, or not at all.
#[derive(Debug)]
pub struct Batch<'h> {
    store: Store<'h>,
    /// The earliest and the latest capture that was taken in.
    span: Option<(i64, i64)>,
}

impl History {
    /// Opens a history; where there is none, one is begun. It goes again where nothing is kept in it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::to_write(path, true)
    }

    /// Opens a history that is there, to write to it.
    pub fn existing(path: &Path) -> Result<Self, Error> {
        Self::to_write(path, false)
    }

    /// Opens a history that is there, and may be no more than readable. Nothing can be written to it.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let connection = schema::read(&schema::file(path)?)?;
        Ok(Self { connection, file: None, is_begun: false })
    }

    /// Opens a history that is there; of one that may only be read a copy, which is gone in the end.
    pub fn existing_or_copy(path: &Path) -> Result<Self, Error> {
        match Self::existing(path) {
            Err(Error::ReadOnly | Error::NotOpened) => {
                let connection = schema::lent(&schema::file(path)?)?;
                Ok(Self { connection, file: None, is_begun: false })
            }
            history => history,
        }
    }

    fn to_write(path: &Path, create: bool) -> Result<Self, Error> {
        let path = schema::file(path)?;
        let (connection, is_begun) = schema::open(&path, create)?;
        let identity = schema::identity(&path);
        Ok(Self { connection, file: Some((path, identity)), is_begun })
    }

    /// Whether every row is as it was written; reads all of it. What is missing is noticed without.
    pub fn check(&self) -> Result<(), Error> {
        let snapshot = self.connection.unchecked_transaction()?;
        seal::is_whole(&snapshot)
    }

    /// What the feed was called first, and the page that it was made from.
    pub fn channel(&self) -> Result<Option<(String, Option<String>)>, Error> {
        let mut query = self.connection.prepare_cached("SELECT title, link FROM channel")?;
        Ok(query.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Begins to write. Others who write are waited for, for a minute.
    pub fn begin(&mut self) -> Result<Batch<'_>, Error> {
        Ok(Batch { store: Store::new(self.write()?)?, span: None })
    }

    /// What is written from here on is kept together, or not at all.
    fn write(&mut self) -> Result<Transaction<'_>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match &self.file {
            Some((path, identity)) if schema::identity(path) != *identity => Err(Error::Moved),
            _ => Ok(transaction),
        }
    }
}

impl Batch<'_> {
    /// Takes in what one page told at one moment. `digest` tells pages of the same moment apart (see [`digest`]).
    /// A page that was taken in before changes nothing, which is `false`.
    pub fn apply(
        &mut self,
        at: Instant,
        digest: [u8; 20],
        sightings: &[Sighting<'_, '_>],
    ) -> Result<bool, Error> {
        self.take(Observation::of(at, digest, sightings))
    }

    /// Takes in what one page told. A page that was taken in before changes nothing, which is `false`.
    pub fn take(&mut self, page: Observation) -> Result<bool, Error> {
        let Observation { at, digest, items } = page;
        if self.store.knows((at, digest))? {
            return Ok(false);
        }
        let entries = identity::entries(&mut self.store, at, &items)?;
        state::take(&mut self.store, (at, digest), items, &entries)?;
        let (from, to) = self.span.unwrap_or((at, at));
        self.span = Some((from.min(at), to.max(at)));
        Ok(true)
    }

    /// Keeps what the feed is called, if it has no name yet.
    pub fn name(&self, title: &str, link: Option<&str>) -> Result<(), Error> {
        let db = &self.store.db;
        if !db.prepare_cached("SELECT 1 FROM channel")?.exists([])? {
            db.prepare_cached(&CHANNEL.put())?.execute(params![1, title, link])?;
        }
        Ok(())
    }

    /// Keeps what was taken in, on the disk.
    pub fn commit(mut self) -> Result<(), Error> {
        if let Some((from, to)) = self.span {
            let changed = trust::settle(&mut self.store, from, to)?;
            state::derive_all(&mut self.store, changed)?;
        }
        self.store.commit()
    }
}

/// What tells a page from others of the same moment.
pub fn digest(bytes: &[u8], source: Option<&url::Url>) -> [u8; 20] {
    let mut hash = Sha1::new_with_prefix(bytes);
    hash.update([0]);
    hash.update(source.map_or("", |url| url.as_str()));
    hash.finalize().into()
}

/// A stored time that RFC 3339 (5.6) can write: of the years 0 to 9999.
#[derive(Debug, Clone, Copy)]
struct Time(Instant);

impl FromSql for Time {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let seconds = i64::column_result(value)?;
        instant(seconds).map(Self).map_err(|_| FromSqlError::OutOfRange(seconds))
    }
}

fn instant(seconds: i64) -> Result<Instant, Error> {
    let time = DateTime::<Utc>::from_timestamp(seconds, 0).map(|time| time.with_timezone(&Amsterdam));
    time.filter(|time| (0..=9999).contains(&time.year()))
        .ok_or_else(|| Error::Damaged(format!("{seconds} is no time")))
}

/// The stored numbers of the roles; the smaller one wins where an item plays several.
const ROLES: [Role; 3] = [Role::Item, Role::Lead, Role::Ticker];

fn role_number(role: Role) -> i64 {
    let at = ROLES.iter().position(|known| *known == role).unwrap_or_default();
    i64::try_from(at).unwrap_or_default()
}

fn role(number: i64) -> Result<Role, Error> {
    let role = usize::try_from(number).ok().and_then(|at| ROLES.get(at));
    role.copied().ok_or_else(|| Error::Damaged(format!("{number} is no role")))
}
