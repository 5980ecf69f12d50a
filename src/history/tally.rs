//! What a capture brought, in numbers.

use rusqlite::params;
use serde::Serialize;

use super::{Batch, Error};

/// How many entries came and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Entries that were not known.
    pub new: u64,
    /// Known ones that now say something else.
    pub edited: u64,
}

/// What a history held at a moment; see [`Batch::tally`].
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    entry: i64,
    wording: i64,
}

impl Batch<'_> {
    /// Marks what is held now.
    pub fn mark(&self) -> Result<Mark, Error> {
        let last = |table: &str| -> Result<i64, Error> {
            let query = format!("SELECT coalesce(max(id), 0) FROM {table}");
            Ok(self.transaction.query_row(&query, [], |row| row.get(0))?)
        };
        Ok(Mark { entry: last("entry")?, wording: last("wording")? })
    }

    /// What has come since a mark.
    pub fn tally(&self, mark: Mark) -> Result<Tally, Error> {
        let count = |query: &str| -> Result<u64, Error> {
            let count: i64 =
                self.transaction.query_row(query, params![mark.entry, mark.wording], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        Ok(Tally {
            new: count("SELECT count(*) FROM entry WHERE id > ?1 AND ?2 = ?2")?,
            edited: count(
                "SELECT count(*) FROM wording CROSS JOIN entry ON entry.id = wording.entry
                 WHERE wording.id > ?2 AND entry.id <= ?1 AND entry.wording = wording.id",
            )?,
        })
    }
}
