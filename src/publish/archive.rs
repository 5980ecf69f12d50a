//! Archives after RFC 5005: one an Amsterdam day, closed 48 hours after its end, and never changed but for the link to
//! the next one.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::folder::Folder;
use super::sift::{self, Edition};
use super::{ENTRIES_AT_ONCE, Error, Site, Work, before, channel};
use crate::entry::Entry;
use crate::feed::{Feed, Selection};
use crate::format::{self, FORMATS};
use crate::history::{Kind, Shelf};
use crate::link::Uri;
use crate::parallel;
use crate::resolve::{self, Instant};

/// So many days after its own, a day is closed: at the end of 10 February plus 48 hours the 13th begins.
const OPEN: i64 = 3;

/// What stands in front of the first entry of a document of ours.
const ENTRY: &[u8] = b"\n<entry>";

/// The archives as they will be.
pub(super) struct Archives {
    /// The days with an archive, earliest first.
    days: Vec<String>,
    /// The first moment that no archive holds.
    pub(super) open_since: Instant,
}

/// The last day that is closed. What was closed once stays closed, whatever a clock says later.
pub(super) fn closed_to(now: Instant, before_now: Option<&str>) -> String {
    let day = before(now.date_naive(), OPEN).format("%Y-%m-%d").to_string();
    before_now.filter(|closed| **closed > *day).map_or(day, str::to_owned)
}

/// The address of a day's archive.
pub(super) fn address(site: &Site, day: &str) -> Uri {
    channel::address(site, &path(day))
}

fn path(day: &str) -> String {
    format!("archief/{day}.xml")
}

impl Archives {
    /// Closes the days that are due, notes what came too late for its own, and keeps the rest.
    pub(super) fn bring_up(work: &mut Work<'_>, folder: &Folder) -> Result<Self, Error> {
        let closed_to = work.manifest.closed_to.clone().unwrap_or_default();
        let closed_before = folder.manifest.closed_to.clone();
        note_late(work, folder, closed_before.as_deref())?;
        let mut closing = Vec::new();
        for shelf in days(work) {
            let is_due =
                shelf.name <= closed_to && closed_before.as_ref().is_none_or(|before| shelf.name > *before);
            if is_due && shelf.entries > 0 {
                closing.push(shelf.name.clone());
            }
        }
        let late = work.manifest.late.values().filter(|day| **day <= closed_to).cloned();
        closing.extend(late);
        let mut closed = BTreeSet::new();
        for day in closing {
            // One entry tells whether there is any.
            if !entries(work, &day, Some(1))?.is_empty() {
                work.manifest.archives.insert(day.clone());
                closed.insert(day);
            }
        }
        let days: Vec<String> = work.manifest.archives.iter().cloned().collect();
        let mut written = Vec::new();
        for (at, day) in days.iter().enumerate() {
            let place = Place {
                day,
                previous: at.checked_sub(1).and_then(|at| days.get(at)).map(String::as_str),
                next: days.get(at + 1).map(String::as_str),
            };
            if closed.contains(day) || !keep(work, folder, &place)? {
                written.push(place);
            }
        }
        write(work, folder, written)?;
        work.manifest.late.retain(|_, day| *day > closed_to);
        let open = NaiveDate::parse_from_str(&closed_to, "%Y-%m-%d").ok().map(|day| before(day, -1));
        let open_since = open.and_then(|day| day.and_hms_opt(0, 0, 0)).and_then(resolve::local);
        Ok(Self { days, open_since: open_since.unwrap_or(work.now) })
    }

    /// The day of the latest one.
    pub(super) fn latest(&self) -> Option<&str> {
        self.days.last().map(String::as_str)
    }
}

/// An archive among the others.
struct Place<'a> {
    day: &'a str,
    previous: Option<&'a str>,
    next: Option<&'a str>,
}

fn days<'w>(work: &Work<'w>) -> impl Iterator<Item = &'w Shelf> + use<'w> {
    work.shelves.iter().filter(|shelf| shelf.kind == Kind::Day)
}

/// What came or changed after its day was closed goes to the archive of today, and until then stands in the main feed.
fn note_late(work: &mut Work<'_>, folder: &Folder, closed_before: Option<&str>) -> Result<(), Error> {
    let Some(closed) = closed_before else { return Ok(()) };
    let since = folder.manifest.revision;
    let mut late: Vec<Uuid> = Vec::new();
    if work.is_known {
        for shelf in days(work).filter(|shelf| shelf.name.as_str() <= closed && shelf.changed > since) {
            late.extend(work.history.changed_on(shelf, since)?);
        }
    } else {
        late = beyond_archives(work, folder, closed)?;
    }
    // A clock that went back must not open what is closed.
    let open =
        NaiveDate::parse_from_str(closed, "%Y-%m-%d").map_or(work.now.date_naive(), |day| before(day, -1));
    let today = work.now.date_naive().max(open).format("%Y-%m-%d").to_string();
    work.manifest.late.extend(late.into_iter().map(|id| (id.to_string(), today.clone())));
    Ok(())
}

/// The entries of closed days that no archive has, or only as they were before: what another history changed, its
/// revisions do not tell.
fn beyond_archives(work: &Work<'_>, folder: &Folder, closed: &str) -> Result<Vec<Uuid>, Error> {
    let mut archived: HashMap<Uuid, Instant> = HashMap::new();
    for day in &folder.manifest.archives {
        let archive = folder.read_own(&path(day)).and_then(|bytes| format::read_atom(&bytes).ok());
        for entry in archive.into_iter().flat_map(|feed| feed.entries) {
            let latest = archived.entry(entry.id).or_insert(entry.updated);
            *latest = entry.updated.max(*latest);
        }
    }
    let selection = Selection { limit: None, ..work.site.selection.clone() };
    let mut beyond = Vec::new();
    for shelf in days(work).filter(|shelf| shelf.name.as_str() <= closed) {
        for entry in work.history.on_shelf(shelf, &selection, &work.renderer)? {
            if archived.get(&entry.id).is_none_or(|time| *time < entry.updated) {
                beyond.push(entry.id);
            }
        }
    }
    Ok(beyond)
}

/// What a day's archive holds: its own entries, or the newest so many, and those that came too late for theirs.
fn entries(work: &Work<'_>, day: &str, limit: Option<usize>) -> Result<Vec<Entry>, Error> {
    let selection = Selection { limit, ..work.site.selection.clone() };
    let mut entries = match days(work).find(|shelf| shelf.name == day) {
        Some(shelf) => work.history.on_shelf(shelf, &selection, &work.renderer)?,
        None => Vec::new(),
    };
    let late = work.manifest.late.iter().filter(|(_, of)| *of == day).map(|(id, _)| id);
    work.add(late, &selection, &mut entries)?;
    Ok(entries)
}

/// Writes archives whole, many at once.
fn write(work: &Work<'_>, folder: &Folder, places: Vec<Place<'_>>) -> Result<(), Error> {
    let (site, now) = (work.site, work.now);
    let archives = places.into_iter().map(|place| Ok((entries(work, place.day, None)?, place)));
    parallel::stream(
        archives,
        |(entries, _)| entries.len(),
        ENTRIES_AT_ONCE,
        |(entries, place)| {
            let mut feed = frame(site, now, &place, entries);
            let make =
                |feed: &mut Feed| Ok(vec![(path(place.day), super::bytes(feed, &FORMATS[0], &site.folder)?)]);
            let plain = || channel::Channel::main().plain(site, now);
            let edition = Edition { feed: &mut feed, formats: &FORMATS[..1], files: &make, plain: &plain };
            sift::files(folder, edition)?.into_iter().try_for_each(|file| folder.take(file))
        },
    )
}

/// Keeps an archive that is closed, or links it to its new neighbour; `false` where it was lost, or may not be published.
fn keep(work: &Work<'_>, folder: &Folder, place: &Place<'_>) -> Result<bool, Error> {
    let path = path(place.day);
    let is_linked = place.next.is_none_or(|next| folder.manifest.archives.contains(next));
    if !work.renew && is_linked && folder.keep(&path) {
        return Ok(true);
    }
    let Some(old) = folder.read_own(&path) else { return Ok(false) };
    let Some(document) = relink(work, place, &old)? else { return Ok(false) };
    let file = folder.compare(path, document)?;
    // One that was forced upon us is made anew, without what is wrong with it.
    if folder.judge(&file).is_err() {
        return Ok(false);
    }
    folder.take(file)?;
    Ok(true)
}

/// The same entries, to the byte, behind a new head.
fn relink(work: &Work<'_>, place: &Place<'_>, old: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let Some(body) = memchr::memmem::find(old, ENTRY) else { return Ok(None) };
    let (head, body) = old.split_at(body);
    let Some(updated) = updated(head) else { return Ok(None) };
    let mut feed = frame(work.site, work.now, place, Vec::new());
    feed.updated = updated;
    let empty = super::bytes(&feed, &FORMATS[0], &work.site.folder)?;
    let end = b"\n</feed>\n";
    Ok(empty.strip_suffix(end).map(|head| [head, body].concat()))
}

/// When the feed with this head last changed.
fn updated(head: &[u8]) -> Option<Instant> {
    let text = std::str::from_utf8(head).ok()?;
    let (_, rest) = text.split_once("<updated>")?;
    let (printed, _) = rest.split_once("</updated>")?;
    chrono::DateTime::parse_from_rfc3339(printed).ok().map(|time| resolve::capture(&time))
}

/// An archive is a document of the main feed, with its id.
fn frame(site: &Site, now: Instant, place: &Place<'_>, entries: Vec<Entry>) -> Feed {
    let main = channel::Channel::main();
    let mut feed = main.feed(site, entries, now);
    feed.self_url = Some(address(site, place.day));
    feed.placement.archive = true;
    feed.placement.stylesheet = Some("../feed.css".to_owned());
    feed.placement.links = channel::links(site);
    feed.placement.links.push(("current", channel::address(site, "atom.xml")));
    let neighbours = [("prev-archive", place.previous), ("next-archive", place.next)];
    let linked = neighbours.into_iter().filter_map(|(rel, day)| Some((rel, address(site, day?))));
    feed.placement.links.extend(linked);
    feed
}
