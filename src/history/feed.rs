//! The entries of a feed, from the history.

use rusqlite::Row;
use uuid::Uuid;

use super::wording::{Wording, lines};
use super::{Error, History, Time, role};
use crate::content::{Amount, Renderer};
use crate::entry::{self, Entry};
use crate::feed::Selection;
use crate::link::Uri;
use crate::resolve::Window;

/// What is read of an entry and the wording it shows; its sections one a line, in the order in which it was seen there.
pub(super) const COLUMNS: &str = "entry.id, uuid, places, role, earliest, latest, published, updated,
    headline, kicker, dateline, agencies, paragraphs, link, entry.sort, (SELECT group_concat(name, char(10))
    FROM (SELECT name FROM section WHERE section.entry = entry.id ORDER BY first, name))";

/// The number of the column that entries are sorted by.
pub(super) const SORT: usize = 14;

/// Entries with the wording they show.
pub(super) fn select(which: &str) -> String {
    format!("SELECT {COLUMNS} FROM entry JOIN wording ON wording.id = entry.wording {which}")
}

/// Newest first. Those of one moment stand as the page had them that told of them first.
pub(super) const NEWEST: &str = "ORDER BY sort DESC, reading DESC, uuid";

impl History {
    /// The entries that are asked for, newest first; one without a time stands at the capture that first saw it.
    pub fn entries(&self, selection: &Selection, amount: Amount) -> Result<Vec<Entry>, Error> {
        let renderer = Renderer::new(amount)?;
        let limit = selection.limit.unwrap_or(usize::MAX);
        let mut query = self.connection.prepare_cached(&select(NEWEST))?;
        let mut rows = query.query([])?;
        let mut entries = Vec::new();
        while entries.len() < limit
            && let Some(row) = rows.next()?
        {
            let entry = Self::entry(row, &renderer)?;
            if selection.takes(&entry) {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// One entry, with its row.
    pub(super) fn find(&self, id: Uuid) -> Result<Option<(i64, Entry)>, Error> {
        let renderer = Renderer::new(Amount::Full)?;
        let mut query = self.connection.prepare_cached(&select("WHERE uuid = ?1"))?;
        let mut rows = query.query([id.as_bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some((row.get(0)?, Self::entry(row, &renderer)?)))
    }

    pub(super) fn entry(row: &Row<'_>, renderer: &Renderer) -> Result<Entry, Error> {
        let wording = Wording::read(row, 8)?;
        let item = wording.item();
        let window = match [row.get(4)?, row.get(5)?] {
            [Some(Time(earliest)), Some(Time(latest))] => Some(Window { earliest, latest }),
            _ => None,
        };
        let (published, Time(updated)) = (row.get::<_, Option<Time>>(6)?.map(|time| time.0), row.get(7)?);
        Ok(Entry {
            id: Uuid::from_bytes(row.get(1)?),
            title: entry::title(&item),
            published,
            updated,
            window,
            places: lines(&row.get::<_, String>(2)?).map(str::to_owned).collect(),
            sections: lines(&row.get::<_, Option<String>>(15)?.unwrap_or_default())
                .map(str::to_owned)
                .collect(),
            agencies: entry::authors(&item),
            content: renderer.html(&item)?,
            role: role(row.get(3)?)?,
            link: wording.link.as_deref().map(Uri::of),
        })
    }
}
