//! A history to a folder that any static host serves: feeds for readers, pages for people, archives for those who come
//! late. What is made anew follows from what changed.

mod archive;
mod channel;
mod compress;
pub mod config;
mod folder;
mod gate;
pub mod host;
mod landing;
mod opml;
mod sift;
mod slug;
mod templates;
mod words;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use std::{io, iter};

use chrono::{Duration as Span, NaiveDate};
use serde::Serialize;
use sha1::{Digest, Sha1};
use url::Url;
use uuid::Uuid;

use crate::content::{Amount, Renderer};
use crate::entry::Entry;
use crate::feed::{Channel, Feed, Selection};
use crate::format::FORMATS;
use crate::history::{self, History, Kind, Said, Shelf};
use crate::note::Note;
use crate::parallel;
use crate::resolve::Instant;
use archive::Archives;
use channel::Channels;
use folder::{Compared, Folder, Manifest};
use host::Host;
use sift::Edition;
use templates::{MISSING, Templates};

pub use folder::Changes;
pub use words::{LANGUAGES, Language};

/// A site to publish.
#[derive(Debug, Clone)]
pub struct Site {
    /// The folder that is served.
    pub folder: PathBuf,
    /// Where manifest and drafts are kept, on the same file system [default: `.NAME.wirefeed` beside the folder].
    pub state: Option<PathBuf>,
    /// Its address, with a slash at its end.
    pub url: Url,
    /// The page that the news comes from.
    pub source: Option<Url>,
    /// What the page says of itself.
    pub said: Said,
    /// What the user says of the feeds; `self_url` is not heeded.
    pub channel: Channel,
    /// Which entries the feeds take.
    pub selection: Selection,
    /// How much of each text they hold.
    pub amount: Amount,
    /// For what there are feeds besides the main one.
    pub kinds: Vec<Kind>,
    /// A place, agency or section has feeds from so many entries on.
    pub at_least: usize,
    /// Compressed files beside the others.
    pub compress: bool,
    /// The hosts whose files are written.
    pub hosts: Vec<&'static Host>,
    /// Search engines may list the pages.
    pub index: bool,
    /// The language of the pages.
    pub language: Language,
    /// A folder with templates that take the place of the built-in ones.
    pub templates: Option<PathBuf>,
    /// Publishes what the gate would hold back, and over files that are not ours.
    pub force: bool,
    /// For how long another run in the same folder is waited for.
    pub wait: Duration,
}

/// What came of publishing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Nothing had to be done.
    pub unchanged: bool,
    /// How many entries the main feed holds; none where it was not made anew.
    pub entries: Option<usize>,
    /// The files.
    #[serde(flatten)]
    pub changes: Changes,
    /// What pages said that could not be published.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

/// What stops publishing. The folder is then as it was, or each of its files is old or new and whole, and the next run
/// brings it to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The new feeds are not as they should be.
    #[error("the new files were not published, as they have faults ({}); --force publishes them", .0.join("; "))]
    Gate(Vec<String>),
    /// Nothing to publish.
    #[error("the history holds no entry that is asked for; nothing was published")]
    Empty,
    /// Another run is at work, still after so many seconds.
    #[error(
        "{0}: another wirefeed is publishing here, still after {1} s; try again when it is done, or wait longer with --wait"
    )]
    Locked(PathBuf, u64),
    /// Something of somebody else is in the way.
    #[error("{0}: was not written by wirefeed; move it away, or say --force to write over it")]
    Foreign(PathBuf),
    /// Another site's manifest stands where this one's is to be.
    #[error("{0}: holds the state of {1}, which is still there; name a folder for each with --state")]
    Shared(PathBuf, PathBuf),
    /// A path that cannot be used.
    #[error("{0}: {1}")]
    Unfit(PathBuf, &'static str),
    /// The disk.
    #[error("{0}: {1}")]
    Disk(PathBuf, io::Error),
    /// The history.
    #[error("the history: {0}")]
    History(#[from] history::Error),
    /// A template does not work.
    #[error("a template: {0:#}")]
    Template(#[from] minijinja::Error),
}

impl Error {
    fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        |error| Self::Disk(path.to_owned(), error)
    }
}

/// Brings the folder of a site up to date. `now` closes days.
pub fn publish(history: &mut History, site: &Site, now: Instant) -> Result<Report, Error> {
    let options = folder::Options { compress: site.compress, force: site.force, wait: site.wait };
    let folder = Folder::open(&site.folder, site.state.as_deref(), options)?;
    let revision = history.shelve()?;
    let templates = Templates::load(site.templates.as_deref())?;
    let made_with = made_with(site, &templates);
    // Another history, or an older copy of it, counts its revisions in another way.
    let known = history.hash_of(folder.manifest.revision)?;
    let is_known = known.is_some() && known == folder.manifest.history;
    let renew = !folder.is_sound || !is_known || folder.manifest.made_with != made_with;
    let closed_to = archive::closed_to(now, folder.manifest.closed_to.as_deref());
    let is_closing = folder.manifest.closed_to.as_deref() != Some(closed_to.as_str());
    if !renew && !is_closing && folder.manifest.revision == revision {
        return Ok(Report { unchanged: true, ..Report::default() });
    }
    let manifest = Manifest {
        made_with,
        revision,
        history: history.hash_of(revision)?,
        closed_to: Some(closed_to),
        ..folder.manifest.clone()
    };
    let renderer = Renderer::with(site.amount, templates.entry())?;
    let shelves = &history.shelves()?;
    let mut work = Work { history, site, shelves, renderer, templates, is_known, renew, now, manifest };
    let entries = work.run(&folder)?;
    let (changes, notes) = folder.finish(work.manifest)?;
    let unchanged = changes.written.is_empty() && changes.removed.is_empty();
    Ok(Report { unchanged, entries: Some(entries), changes, notes })
}

/// So many entries are in memory together.
const ENTRIES_AT_ONCE: usize = 1_000;

/// One run.
struct Work<'w> {
    history: &'w History,
    site: &'w Site,
    shelves: &'w [Shelf],
    renderer: Renderer,
    templates: Templates,
    /// The history is the one that the folder was made from.
    is_known: bool,
    /// Everything is made anew, whether or not it changed.
    renew: bool,
    now: Instant,
    /// What will be known when all is done.
    manifest: Manifest,
}

impl Work<'_> {
    fn run(&mut self, folder: &Folder) -> Result<usize, Error> {
        let channels = Channels::of(self.site, self.shelves, |shelf| self.is_enough(shelf))?;
        let relinked = self.relinked(folder, &channels)?;
        let archives = Archives::bring_up(self, folder)?;
        let main = self.main(&archives)?;
        if main.is_empty() {
            return Err(Error::Empty);
        }
        let feed = channels.main.feed(self.site, Vec::new(), self.now);
        folder.put("opml.xml", opml::opml(self.site, &channels, &feed).into_bytes())?;
        let latest_archive = archives.latest();
        let first = Job { channel: &channels.main, entries: main, latest_archive };
        let mut changed = Vec::new();
        for channel in &channels.others {
            let is_changed =
                channel.changed > folder.manifest.revision || relinked.contains(&channel.shelf.id);
            if self.renew || is_changed || !channel.paths().iter().all(|path| folder.keep(path)) {
                changed.push(channel);
            }
        }
        let count = self.make(folder, &channels, first, changed.into_iter())?;
        if count == 0 {
            return Err(folder.nothing_is_left("atom.xml"));
        }
        self.fixed(folder)?;
        Ok(count)
    }

    /// Whether a shelf holds enough entries that the selection takes for feeds of its own.
    fn is_enough(&self, shelf: &Shelf) -> Result<bool, Error> {
        let selection = &self.site.selection;
        let enough = self.site.at_least.min(selection.limit.unwrap_or(usize::MAX));
        // Lines of the ticker have a section, and neither place nor agency.
        let is_taken = selection.places.is_empty() && selection.agencies.is_empty() && !selection.no_lead;
        if shelf.entries < enough || (is_taken && shelf.kind != Kind::Section) {
            return Ok(shelf.entries >= enough);
        }
        let first = Selection { limit: Some(enough), ..selection.clone() };
        Ok(self.history.on_shelf(shelf, &first, &self.renderer)?.len() >= enough)
    }

    /// The shelves whose pages have a link more or less: they share an entry with a channel that came or went.
    fn relinked(&self, folder: &Folder, channels: &Channels<'_>) -> Result<HashSet<i64>, Error> {
        let mut relinked = HashSet::new();
        if self.renew {
            return Ok(relinked);
        }
        let was_there = |channel: &&channel::Channel<'_>| {
            folder.manifest.files.contains_key(&format!("{}index.html", channel.folder))
        };
        let came = channels.others.iter().filter(|channel| !was_there(channel));
        let went = channels.missing.iter().filter(was_there);
        for channel in came.chain(went) {
            relinked.extend(self.history.beside(channel.shelf)?);
        }
        Ok(relinked)
    }

    /// The entries that stand in no archive, and others up to the limit.
    fn main(&self, archives: &Archives) -> Result<Vec<Entry>, Error> {
        let selection = &self.site.selection;
        let mut entries = self.history.since(archives.open_since, selection, &self.renderer)?;
        self.add(self.manifest.late.keys(), selection, &mut entries)?;
        Ok(entries)
    }

    /// Adds the entries with these ids that are not among others yet.
    fn add<'i>(
        &self,
        ids: impl Iterator<Item = &'i String>,
        selection: &Selection,
        entries: &mut Vec<Entry>,
    ) -> Result<(), Error> {
        let there: HashSet<Uuid> = entries.iter().map(|entry| entry.id).collect();
        for id in ids.filter_map(|id| Uuid::try_parse(id).ok()).filter(|id| !there.contains(id)) {
            entries.extend(self.history.entry_of(id, selection, &self.renderer)?);
        }
        Ok(())
    }

    /// Makes the files of channels, some at once; meanwhile the entries of the next ones are read. How many entries the
    /// first one has in the end.
    fn make<'c>(
        &self,
        folder: &Folder,
        channels: &Channels<'c>,
        first: Job<'c>,
        others: impl Iterator<Item = &'c channel::Channel<'c>>,
    ) -> Result<usize, Error> {
        let (site, templates, now) = (self.site, &self.templates, self.now);
        let of_main = AtomicUsize::new(0);
        let jobs = iter::once(Ok(first)).chain(others.map(|channel| self.read(channel)));
        parallel::stream(
            jobs,
            |job| job.entries.len(),
            ENTRIES_AT_ONCE,
            |job| {
                let is_main = job.channel.folder.is_empty();
                let (files, entries) = job.files(folder, site, templates, channels, now)?;
                if is_main {
                    of_main.store(entries, Ordering::Relaxed);
                }
                parallel::map_large(files, |file| folder.take(file)).into_iter().collect()
            },
        )?;
        Ok(of_main.into_inner())
    }

    /// Reads the entries of a channel.
    fn read<'c>(&self, channel: &'c channel::Channel<'c>) -> Result<Job<'c>, Error> {
        let entries = self.history.on_shelf(channel.shelf, &self.site.selection, &self.renderer)?;
        Ok(Job { channel, entries, latest_archive: None })
    }

    /// The files that do not follow from the news.
    fn fixed(&self, folder: &Folder) -> Result<(), Error> {
        for (name, text) in self.templates.fixed(self.site)? {
            let put = if name == MISSING { Folder::offer } else { Folder::put };
            put(folder, name, text.into_bytes())?;
        }
        // Browsers ask for it where they show a feed.
        folder.offer("favicon.ico", include_bytes!("../../templates/favicon.ico").to_vec())?;
        let mut paths = HashSet::new();
        for host in self.site.hosts.iter().filter(|host| paths.insert(host.path)) {
            let (path, text) = host.file(self.site.url.path())?;
            folder.put(path, text.into_bytes())?;
        }
        Ok(())
    }
}

/// A channel that is made anew.
struct Job<'w> {
    channel: &'w channel::Channel<'w>,
    entries: Vec<Entry>,
    latest_archive: Option<&'w str>,
}

impl Job<'_> {
    /// Its feeds and its page, judged, and how many entries they have.
    fn files(
        self,
        folder: &Folder,
        site: &Site,
        templates: &Templates,
        channels: &Channels<'_>,
        now: Instant,
    ) -> Result<(Vec<Compared>, usize), Error> {
        let channel = self.channel;
        let previous = self.latest_archive.map(|day| ("prev-archive", archive::address(site, day)));
        let make = |feed: &mut Feed| {
            let mut files = Vec::new();
            for ((name, _), format) in channel::FILES.iter().zip(FORMATS) {
                let path = format!("{}{name}", channel.folder);
                feed.self_url = Some(channel::address(site, &path));
                feed.placement.stylesheet = Some(format!("{}feed.css", channel.up()));
                feed.placement.links = channel::links(site);
                feed.placement.links.extend(previous.clone());
                files.push((path, bytes(feed, format, &site.folder)?));
            }
            Ok(files)
        };
        let mut feed = channel.feed(site, self.entries, now);
        let plain = || channel.plain(site, now);
        let edition = Edition { feed: &mut feed, formats: FORMATS, files: &make, plain: &plain };
        let mut files = sift::files(folder, edition)?;
        let page = landing::page(site, templates, channels, channel, &feed)?;
        files.push(folder.compare(format!("{}index.html", channel.folder), page.into_bytes())?);
        Ok((files, feed.entries.len()))
    }
}

/// An entry of most formats takes less beside its content, in bytes.
const ROOM: usize = 1_024;

/// A feed in a format.
fn bytes(feed: &Feed, format: &crate::format::Format, folder: &Path) -> Result<Vec<u8>, Error> {
    let room = feed.entries.iter().map(|entry| entry.content.len() + ROOM).sum();
    let mut bytes = Vec::with_capacity(room);
    format.write(feed, &mut bytes).map_err(Error::at(folder))?;
    Ok(bytes)
}

/// What else than the news decides on the files.
fn made_with(site: &Site, templates: &Templates) -> String {
    let mut hash = Sha1::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    // Where the folder stands and how it is written changes no file.
    let site =
        Site { folder: PathBuf::new(), state: None, force: false, wait: Duration::ZERO, ..site.clone() };
    hash.update(format!("{site:?}"));
    hash.update(templates.digest());
    hash.finalize().iter().fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"))
}

/// The day so many days before another one.
fn before(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_signed(Span::days(days)).unwrap_or(day)
}
