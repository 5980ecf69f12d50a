//! What is known of the addresses that pages are fetched from: by what a server knows its page again, when it may be
//! asked again, and what the page says of itself.

use rusqlite::{Connection, OptionalExtension, params};

use super::seal::{self, SOURCE};
use super::{Batch, Error, History, Time};
use crate::fetch::Validators;
use crate::resolve::Instant;

/// What a page said of itself the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The section of its first header, else of its first item.
    pub section: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub link: Option<String>,
}

/// An address that pages are fetched from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// What to ask with.
    pub validators: Validators,
    /// No request before this moment.
    pub due: Option<Instant>,
    /// What its page says of itself.
    pub said: Said,
}

impl History {
    /// What is known of an address, as the user gives it.
    pub fn source(&self, address: &str) -> Result<Option<Source>, Error> {
        source(&self.connection, address)
    }

    /// Keeps before when a server wants no request.
    pub fn rest(&mut self, address: &str, due: Instant) -> Result<(), Error> {
        let db = self.write()?;
        db.prepare_cached(
            "INSERT INTO main.source (address, answered, due) VALUES (?1, '', ?2)
             ON CONFLICT DO UPDATE SET due = excluded.due",
        )?
        .execute(params![address, due.timestamp()])?;
        SOURCE.seal(&db, "address = ?1", [address])?;
        seal::note(&db)?;
        Ok(db.commit()?)
    }
}

impl Batch<'_> {
    /// Keeps what an address answered, together with what its page told: the one is never known without the other.
    pub fn remember(&self, address: &str, source: &Source) -> Result<(), Error> {
        remember(&self.store.db, address, source)
    }
}

fn source(db: &Connection, address: &str) -> Result<Option<Source>, Error> {
    let mut query = db.prepare_cached(
        "SELECT answered, etag, modified, due, section, title, link FROM source WHERE address = ?1",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Source {
            validators: Validators { address: row.get(0)?, etag: row.get(1)?, modified: row.get(2)? },
            due: row.get::<_, Option<Time>>(3)?.map(|time| time.0),
            said: Said { section: row.get(4)?, title: row.get(5)?, link: row.get(6)? },
        })
    };
    Ok(query.query_row([address], read).optional()?)
}

fn remember(db: &Connection, address: &str, source: &Source) -> Result<(), Error> {
    // Nothing new is nothing to wait for the disk for.
    if self::source(db, address)?.as_ref() == Some(source) {
        return Ok(());
    }
    let Source { validators, due, said } = source;
    db.prepare_cached(&SOURCE.put())?.execute(params![
        address,
        validators.address,
        validators.etag,
        validators.modified,
        due.map(|due| due.timestamp()),
        said.section,
        said.title,
        said.link
    ])?;
    Ok(())
}
