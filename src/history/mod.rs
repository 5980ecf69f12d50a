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
mod schema;
mod shelf;
mod similarity;
mod source;
mod state;
mod store;
mod story;
mod tally;
mod trust;
mod wording;

use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha1::{Digest, Sha1};

use crate::entry::Sighting;
use crate::resolve::Instant;
use crate::wire::item::Role;
use store::Store;

pub use import::Imported;
pub use observation::Observation;
pub use query::{Detail, Revision, Seen, Stats};
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
        "is damaged ({0}); restore a copy, or move it away and begin anew with \"wirefeed history import\""
    )]
    Damaged(String),
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
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
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
}

/// Some captures that are kept together, or not at all.
#[derive(Debug)]
pub struct Batch<'h> {
    store: Store<'h>,
    /// The earliest and the latest capture that was taken in.
    span: Option<(i64, i64)>,
}

impl History {
    /// Opens a history; where there is none, one is begun.
    pub fn open(path: &Path) -> Result<Self, Error> {
        schema::open(path, true).map(|connection| Self { connection })
    }

    /// Opens a history that is there.
    pub fn existing(path: &Path) -> Result<Self, Error> {
        schema::open(path, false).map(|connection| Self { connection })
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
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
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
        self.store
            .db
            .prepare_cached("INSERT OR IGNORE INTO channel (id, title, link) VALUES (1, ?1, ?2)")?
            .execute(params![title, link])?;
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

/// A stored time.
fn instant(seconds: i64) -> Instant {
    DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default().with_timezone(&Amsterdam)
}

/// The stored numbers of the roles; the smaller one wins where an item plays several.
fn role_number(role: Role) -> i64 {
    match role {
        Role::Item => 0,
        Role::Lead => 1,
        Role::Ticker => 2,
    }
}

fn role(number: i64) -> Role {
    match number {
        0 => Role::Item,
        1 => Role::Lead,
        _ => Role::Ticker,
    }
}
