//! A history begun from a feed that wirefeed published: a lost database is no lost history.

use chrono::Timelike;

use super::capture::Telling;
use super::store::Store;
use super::story::Version;
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
        let mut batch = self.begin()?;
        let store = &mut batch.store;
        // A feed that was taken over before may have more now that it has been forgotten.
        store.read_captures(at, at)?;
        let mut capture = store.capture((at, digest)).cloned().unwrap_or_default();
        let mut new = Vec::new();
        for entry in &feed.entries {
            if store.by_key(entry.id)?.is_some() {
                imported.known += 1;
                continue;
            }
            imported.new += 1;
            let (row, wording) = insert(store, entry, at)?;
            new.push(row);
            capture.told.push(Telling {
                wording,
                earliest: None,
                latest: entry.published.and_then(latest),
                published: entry.published.map(|time| time.timestamp()),
                updated: entry.updated.timestamp(),
            });
        }
        if imported.new > 0 {
            store.put((at, digest), capture);
        }
        super::state::derive_all(store, new)?;
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

/// The rows of a new entry and of its wording.
fn insert(store: &mut Store<'_>, entry: &Entry, at: i64) -> Result<(i64, i64), Error> {
    let wording = wording(entry);
    let text_id = entry::text_id(&wording.item(), &entry.places);
    let row = store.begin(entry.id, &entry.places.join("\n"), role_number(entry.role));
    for id in [entry.id, text_id] {
        if store.by_key(id)?.is_none() {
            store.set_key(id, row);
        }
    }
    // In the feed's order.
    for (first, section) in (at..).zip(&entry.sections) {
        store.story(row)?.stood_in(section, first);
    }
    // What pages said before the feed's last change brings no old wording back.
    let first = entry.updated.timestamp();
    let mut version = Version::new(store.next_wording(), wording.digest(), text_id, first, wording);
    version.see(at);
    let id = version.id;
    store.give(row, version)?;
    Ok((row, id))
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
        link: entry.link.as_deref().map(str::to_owned),
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
