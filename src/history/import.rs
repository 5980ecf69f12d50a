//! A history begun from a feed that wirefeed published: a lost database is no lost history.

use chrono::Timelike;
use rusqlite::params;

use super::wording::Wording;
use super::{Error, History, role_number};
use crate::entry::{self, Author, Entry};
use crate::feed::Feed;
use crate::resolve::Instant;
use crate::wire::agency;

/// How many entries were taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Those that are new.
    pub new: usize,
    /// Those that the history has already: nothing of them is changed.
    pub known: usize,
}

impl History {
    /// Takes the entries of a feed over, with their ids and times. `digest` tells the feed from others.
    pub fn import(&mut self, feed: &Feed, digest: [u8; 20]) -> Result<Imported, Error> {
        let mut imported = Imported::default();
        let times = feed.entries.iter().map(|entry| entry.published.unwrap_or(entry.updated));
        // Before every capture that can follow: what the feed says of a time is the first reading.
        let Some(at) = times.min().map(|time| time.timestamp()) else { return Ok(imported) };
        let batch = self.begin()?;
        let db = &batch.transaction;
        db.execute(
            "INSERT OR IGNORE INTO capture (at, digest, stale) VALUES (?1, ?2, 0)",
            params![at, digest],
        )?;
        let capture: i64 = db.query_row(
            "SELECT id FROM capture WHERE at = ?1 AND digest = ?2",
            params![at, digest],
            |row| row.get(0),
        )?;
        for (place, entry) in (0i64..).zip(&feed.entries) {
            if db.prepare_cached("SELECT 1 FROM key WHERE uuid = ?1")?.exists([entry.id.as_bytes()])? {
                imported.known += 1;
                continue;
            }
            imported.new += 1;
            let row = insert(db, entry, at)?;
            db.prepare_cached("INSERT INTO sighting VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6, ?7)")?.execute(
                params![
                    row.wording,
                    capture,
                    at,
                    place,
                    entry.published.and_then(latest),
                    entry.published.map(|time| time.timestamp()),
                    entry.updated.timestamp()
                ],
            )?;
            super::state::derive(db, row.entry)?;
        }
        batch.name(&feed.title, feed.link.as_deref())?;
        batch.commit()?;
        Ok(imported)
    }
}

/// The last second that a published moment stands for: of an age it is the latest one, of a printed minute the first.
/// Noon may stand for a whole day, and says nothing.
fn latest(published: Instant) -> Option<i64> {
    const MINUTE: i64 = 59;
    let noon = (published.hour(), published.minute(), published.second()) == (12, 0, 0);
    (!noon).then(|| published.timestamp() + MINUTE)
}

struct Inserted {
    entry: i64,
    wording: i64,
}

fn insert(db: &rusqlite::Connection, entry: &Entry, at: i64) -> Result<Inserted, Error> {
    let wording = wording(entry);
    let text_id = entry::text_id(&wording.item(), &entry.places);
    db.prepare_cached(
        "INSERT INTO entry (uuid, places, role, wording, oldest, sort, updated) VALUES (?1, ?2, ?3, 0, 0, 0, 0)",
    )?
    .execute(params![entry.id.as_bytes(), entry.places.join("\n"), role_number(entry.role)])?;
    let row = db.last_insert_rowid();
    for id in [entry.id, text_id] {
        db.prepare_cached("INSERT OR IGNORE INTO key (uuid, entry) VALUES (?1, ?2)")?
            .execute(params![id.as_bytes(), row])?;
    }
    // In the feed's order.
    for (first, section) in (at..).zip(&entry.sections) {
        db.prepare_cached("INSERT OR IGNORE INTO section (entry, name, first) VALUES (?1, ?2, ?3)")?
            .execute(params![row, section, first])?;
    }
    // What pages said before the feed's last change brings no old wording back.
    let wording = wording.insert(db, row, text_id, entry.updated.timestamp())?;
    Ok(Inserted { entry: row, wording })
}

/// What an entry's content says, read back from the HTML of `templates/entry.html`.
fn wording(entry: &Entry) -> Wording {
    let mut paragraphs: Vec<String> =
        entry.content.split("</p>").flat_map(|part| part.split("</h3>")).filter_map(paragraph).collect();
    let sourced = !entry.places.is_empty() || !entry.agencies.is_empty();
    let dateline = if sourced { paragraphs.pop() } else { None };
    let codes =
        entry.agencies.iter().map(|agency| code(agency, dateline.as_deref())).collect::<Vec<_>>().join("\n");
    let mut wording = Wording {
        headline: None,
        kicker: None,
        dateline,
        agencies: codes,
        paragraphs: paragraphs.join("\n"),
        link: entry.link.clone(),
    };
    if entry::title(&wording.item()) != entry.title {
        wording.headline = Some(entry.title.clone());
    }
    wording
}

/// The code of an agency as the dateline prints it: some have several.
fn code<'a>(agency: &'a Author, dateline: Option<&'a str>) -> &'a str {
    let mut words = dateline.unwrap_or_default().split(|c: char| !c.is_alphanumeric());
    let of_agency = |word: &&str| agency::find(word).is_some_and(|row| row.name == agency.name);
    words.find(of_agency).unwrap_or(&agency.code)
}

/// The text of a paragraph or, behind a tab, of a subhead.
fn paragraph(html: &str) -> Option<String> {
    let (tag, text) = html.trim().strip_prefix('<')?.split_once('>')?;
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| if tag == "h3" { format!("\t{text}") } else { text })
}
