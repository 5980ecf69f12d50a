//! `wirefeed convert`: a page in, a feed out.

use std::cell::Cell;
use std::iter;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use url::Url;

use super::captures::{self, Dated};
use super::fetching::{self, Asked, Fetched};
use super::input::{self, Captured};
use super::{Failure, output, terminal};
use crate::content::Amount;
use crate::feed::{self, Channel, Feed, Selection, Source};
use crate::fetch::Page;
use crate::format::{FORMATS, Format};
use crate::history::{self, Batch, History, Observation};
use crate::note::Note;
use crate::page;
use crate::parallel;
use crate::publish::config::web_address;
use crate::resolve::Instant;
use crate::{Error, Options, Told};

/// So many pages are kept together: a power cut takes back no more, and the disk is waited for once.
const PAGES_AT_ONCE: usize = 1_000;

/// Turns a page into a feed
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wirefeed convert https://example.nl/nieuws --output atom.xml\n  wirefeed convert page.html --source https://example.nl/nieuws --output atom.xml\n  wirefeed convert page.html --history news.db --output atom.xml\n  wirefeed convert captures/ --captured-from name --history news.db --output atom.xml"
)]
pub(super) struct Convert {
    /// The page: its address, a file with text or HTML, or - for standard input; several files, or folders, with
    /// --captured-from
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,
    #[command(flatten)]
    reading: input::Reading,
    /// Keeps every item ever seen in this file, and makes the feed from all of them; created where it is not there
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Takes the time of each capture from the file's name or its modification time; for many pages at once
    #[arg(long, value_name = "WHAT", requires = "history", conflicts_with = "captured_at")]
    captured_from: Option<captures::From>,
    /// The feed's format [default: by the name of --output: rss.xml or *.rss RSS, *.json JSON, anything else Atom]
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: Option<String>,
    /// Writes the feed to a file, only if that changes it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whom the site may turn to, where a page is fetched; part of the user agent
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    #[command(flatten)]
    channel: ChannelArguments,
    #[command(flatten)]
    selection: SelectionArguments,
    /// How much of each text the feed holds; to republish it is the publisher's duty to have permission
    #[arg(long, value_name = "AMOUNT", default_value = "full")]
    content: Content,
    /// Fails with exit code 1 and writes nothing if there is any note
    #[arg(long)]
    strict: bool,
    /// Tells no notes but those of what was not read or was left out
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Feed")]
struct ChannelArguments {
    /// The page's address: resolves its links, and is the feed's link
    #[arg(long, value_name = "URL", value_parser = web_address)]
    source: Option<Url>,
    /// The address at which the feed will stand
    #[arg(long, value_name = "URL", value_parser = web_address)]
    self_url: Option<Url>,
    /// The feed's title [default: the page's section, its title, or its file name]
    #[arg(long)]
    title: Option<String>,
    /// The feed's subtitle
    #[arg(long)]
    subtitle: Option<String>,
    /// The feed's language
    #[arg(long, value_name = "TAG", default_value = "nl", value_parser = language)]
    language: String,
    /// The author of items without an agency [default: the source's host, or the title]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

#[derive(Args)]
#[command(next_help_heading = "Selection")]
pub(super) struct SelectionArguments {
    /// Only the newest N entries [default: all of a page, 200 of a history]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only entries from this place; may be given several times
    #[arg(long, value_name = "CITY", num_args = 1..)]
    place: Vec<String>,
    /// Only entries of this agency, by code or name; may be given several times
    #[arg(long, value_name = "CODE", num_args = 1..)]
    agency: Vec<String>,
    /// Leaves the lead article out
    #[arg(long)]
    no_lead: bool,
    /// Adds the lines of the ticker as entries of their own
    #[arg(long)]
    ticker: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Content {
    Full,
    Excerpt,
    Title,
}

/// A feed from a history has so many entries, where nothing else is said.
const FROM_HISTORY: usize = 200;

impl Convert {
    pub(super) fn run(self) -> Result<(), Failure> {
        self.tell("arguments", &self.channel.notes())?;
        if let (Some(history), Some(output)) = (&self.history, &self.output)
            && output::is_same_file(history, output)
        {
            let name = output.display();
            return Err(Failure::Broken(format!(
                "{name}: is given as --history and as --output; name two files"
            )));
        }
        match (&self.history, self.captured_from, self.pages.as_slice()) {
            (Some(history), Some(from), _) => self.many(history, from),
            (_, _, [page]) => self.one(page),
            _ => Err(Failure::Broken(
                "several pages need --history FILE and --captured-from name or mtime".to_owned(),
            )),
        }
    }

    fn one(&self, page: &Path) -> Result<(), Failure> {
        if let Some(address) = fetching::address(page) {
            return self.fetched(&address?);
        }
        let Captured { name, bytes, at, stem } = self.reading.read(page, self.quiet)?;
        let options = self.options(stem);
        let made = crate::tell(&bytes, &at, &options, |told| {
            self.tell(&name, told.notes)?;
            match &self.history {
                Some(history) => {
                    let digest = history::digest(&bytes, options.source.as_ref());
                    keep(history, &options, &told, digest, None)
                }
                None => crate::feed_of(told, &options).map_err(|error| failure(&name, &error)),
            }
        });
        let (feed, _) = made.map_err(|error| failure(&name, &error))?;
        self.write(&feed?, &name)
    }

    /// Converts a page from the web.
    fn fetched(&self, address: &Url) -> Result<(), Failure> {
        let asked = Asked { contact: self.contact.as_deref(), captured_at: self.reading.captured_at() };
        let Some(path) = &self.history else {
            let page = fetching::fetch(address, asked)?;
            return self.convert_fetched(address, &page);
        };
        let broken = |error: history::Error| Failure::history(path, &error);
        let mut history = History::open(path).map_err(broken)?;
        match fetching::fetch_known(address, asked, &mut history, &broken)? {
            Fetched::Page(page) => self.convert_fetched(address, &page),
            Fetched::NotDue(due) if self.output.is_some() => {
                fetching::tell_rest(address, due);
                Ok(())
            }
            // The feed is what it was; whoever reads standard output wants it all the same.
            Fetched::NotModified | Fetched::NotDue(_) => self.known(address, path, &history),
        }
    }

    fn convert_fetched(&self, address: &Url, page: &Page) -> Result<(), Failure> {
        let name = fetching::shown(address);
        let mut options = self.options(address.host_str().unwrap_or_default().to_owned());
        options.charset.clone_from(&page.charset);
        options.source = options.source.or_else(|| page.validators.shown());
        let made = crate::tell(&page.bytes, &page.captured, &options, |told| {
            self.tell(&name, &[&page.notes, told.notes].concat())?;
            let Some(path) = &self.history else {
                return crate::feed_of(told, &options).map_err(|error| failure(&name, &error));
            };
            let digest = history::digest(&page.bytes, options.source.as_ref());
            keep(path, &options, &told, digest, Some((address, page)))
        });
        let (feed, _) = made.map_err(|error| failure(&name, &error))?;
        self.write(&feed?, &name)
    }

    /// The feed of what the history holds of an address.
    fn known(&self, address: &Url, path: &Path, history: &History) -> Result<(), Failure> {
        let broken = |error: history::Error| Failure::history(path, &error);
        let name = fetching::shown(address);
        let mut options = self.options(address.host_str().unwrap_or_default().to_owned());
        let known = history.source(address.as_str()).map_err(broken)?.unwrap_or_default();
        options.source =
            options.source.or_else(|| known.said.link.as_deref().and_then(|link| Url::parse(link).ok()));
        let source = Source {
            section: known.said.section.as_deref(),
            title: known.said.title.as_deref(),
            link: options.source.as_ref(),
            name: &options.name,
        };
        let told = Told { captured: fetching::now(), source, notes: &[], sightings: Vec::new() };
        self.write(&feed_from(history, path, &options, &told)?, &name)
    }

    /// Takes many pages into the history, earliest first. A bad one is named and left out.
    fn many(&self, path: &Path, from: captures::From) -> Result<(), Failure> {
        let (pages, bad) = captures::dated(&self.pages, from);
        let progress = terminal::progress(pages.len());
        let skipped = Cell::new(0);
        let skip = |why: &Failure| {
            progress.suspend(|| why.tell());
            skipped.set(skipped.get() + 1);
        };
        for why in bad {
            skip(&Failure::Refused(why));
        }
        let broken = |error: history::Error| Failure::history(path, &error);
        let take = |pages: &mut dyn Iterator<Item = Result<Observed, Failure>>| {
            let mut last = None;
            let mut good = pages.filter_map(|page| {
                progress.inc(1);
                let told = |page: Observed| self.tell(&page.name, &page.notes).map(|()| page);
                page.and_then(told).inspect_err(skip).ok()
            });
            // Pages without items begin no history.
            while let Some(first) = good.next() {
                let mut history = History::open(path).map_err(broken)?;
                let mut batch = history.begin().map_err(broken)?;
                for page in iter::once(first).chain(good.by_ref().take(PAGES_AT_ONCE - 1)) {
                    batch.take(page.observation).map_err(broken)?;
                    batch.name(&page.title, page.link.as_deref()).map_err(broken)?;
                    last = Some((page.name, page.bytes, page.at));
                }
                batch.commit().map_err(broken)?;
            }
            Ok(last)
        };
        let last = parallel::ahead(&captures::parts(&pages), |page| self.observe(page), take)?;
        progress.finish_and_clear();
        if let Some((name, bytes, at)) = last {
            let history = History::existing(path).map_err(broken)?;
            let options = self.options_of(Path::new(&name));
            let make = |told: Told<'_>| feed_from(&history, path, &options, &told);
            let made = crate::tell(&bytes, &at, &options, make);
            let (feed, _) = made.map_err(|error| failure(&name, &error))?;
            self.write(&feed?, &name)?;
        }
        match skipped.get() {
            0 => Ok(()),
            skipped => Err(Failure::Refused(format!("{skipped} page(s) were left out; the others are kept"))),
        }
    }

    /// Reads one of many pages.
    fn observe(&self, page: &Dated) -> Result<Observed, Failure> {
        let name = page.path.display().to_string();
        let (bytes, _) = input::read_file(&page.path)?;
        let options = self.options_of(&page.path);
        let digest = history::digest(&bytes, options.source.as_ref());
        let observed = crate::tell(&bytes, &page.at, &options, |told| {
            let observation = Observation::of(told.captured, digest, &told.sightings);
            (observation, told.source.title(), told.source.link.map(Url::to_string))
        });
        let ((observation, title, link), notes) = observed.map_err(|error| failure(&name, &error))?;
        Ok(Observed { name, at: page.at, bytes, notes, observation, title, link })
    }

    /// Writes the feed, with what its format lacks as notes.
    fn write(&self, feed: &Feed, name: &str) -> Result<(), Failure> {
        let format = self.format();
        let notes: Vec<_> = format.notes(feed).into_iter().collect();
        self.tell(name, &notes)?;
        output::write(self.output.as_deref(), &|out| format.write(feed, out))
    }

    /// Tells the notes; with `--strict` any of them stops the command.
    fn tell(&self, name: &str, notes: &[Note]) -> Result<(), Failure> {
        terminal::notes(name, notes, self.quiet);
        match notes.len() {
            count if count > 0 && self.strict => Err(Failure::Refused(format!(
                "{name}: {count} note(s), and --strict allows none; nothing was written"
            ))),
            _ => Ok(()),
        }
    }

    fn format(&self) -> &'static Format {
        let by_name = || {
            let name = self.output.as_ref().and_then(|path| path.file_name());
            Format::of_file(&name.unwrap_or_default().to_string_lossy())
        };
        self.format.as_deref().and_then(Format::named).unwrap_or_else(by_name)
    }

    fn options_of(&self, page: &Path) -> Options {
        self.options(page.file_stem().unwrap_or_default().to_string_lossy().into_owned())
    }

    fn options(&self, name: String) -> Options {
        let limit = self.history.as_ref().map(|_| FROM_HISTORY);
        Options {
            markup: self.reading.markup(),
            charset: None,
            source: self.channel.source.clone(),
            name,
            amount: match self.content {
                Content::Full => Amount::Full,
                Content::Excerpt => Amount::Excerpt,
                Content::Title => Amount::Title,
            },
            selection: Selection { limit: self.selection.limit.or(limit), ..self.selection.selection() },
            channel: Channel {
                title: self.channel.title.clone(),
                subtitle: self.channel.subtitle.clone(),
                self_url: self.channel.self_url.clone(),
                language: Some(self.channel.language.clone()),
                author: self.channel.author.clone(),
            },
        }
    }
}

impl ChannelArguments {
    /// What of the arguments a feed must not hold.
    fn notes(&self) -> Vec<Note> {
        let given = [("--title", &self.title), ("--subtitle", &self.subtitle), ("--author", &self.author)];
        let forbidden =
            |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains(page::is_forbidden));
        let note = |name| Note::general(format!("{name} holds control characters, which were left out"));
        given.iter().filter(|(_, text)| forbidden(text)).map(|(name, _)| note(*name)).collect()
    }
}

impl SelectionArguments {
    pub(super) fn selection(&self) -> Selection {
        Selection {
            places: self.place.clone(),
            agencies: self.agency.clone(),
            no_lead: self.no_lead,
            ticker: self.ticker,
            limit: self.limit,
        }
    }
}

/// One of many pages, read.
struct Observed {
    name: String,
    at: Instant,
    bytes: Vec<u8>,
    notes: Vec<Note>,
    observation: Observation,
    title: String,
    link: Option<String>,
}

/// Takes a page into the history, with what is known of its address where it was fetched, and makes the feed of that.
fn keep(
    path: &Path,
    options: &Options,
    told: &Told<'_>,
    digest: [u8; 20],
    fetched: Option<(&Url, &Page)>,
) -> Result<Feed, Failure> {
    let broken = |error: history::Error| Failure::history(path, &error);
    let mut history = History::open(path).map_err(broken)?;
    let mut batch = history.begin().map_err(broken)?;
    batch.apply(told.captured, digest, &told.sightings).map_err(broken)?;
    call(&batch, told).map_err(broken)?;
    if let Some((address, page)) = fetched {
        batch.remember(address.as_str(), &fetching::source(page, &told.source)).map_err(broken)?;
    }
    batch.commit().map_err(broken)?;
    feed_from(&history, path, options, told)
}

fn call(batch: &Batch<'_>, told: &Told<'_>) -> Result<(), history::Error> {
    batch.name(&told.source.title(), told.source.link.map(Url::as_str))
}

/// Makes the feed of a history, which is called as its first page said.
fn feed_from(history: &History, path: &Path, options: &Options, told: &Told<'_>) -> Result<Feed, Failure> {
    let entries = history
        .entries(&options.selection, options.amount)
        .map_err(|error| Failure::history(path, &error))?;
    if entries.is_empty() {
        return Err(failure(&path.display().to_string(), &Error::NothingSelected(told.sightings.len())));
    }
    let channel = history.channel().map_err(|error| Failure::history(path, &error))?;
    let (title, link) = channel.map_or((None, None), |(title, link)| (Some(title), link));
    let link = link.and_then(|link| Url::parse(&link).ok());
    let source = Source {
        section: title.as_deref().or(told.source.section),
        link: link.as_ref().or(told.source.link),
        ..told.source
    };
    Ok(feed::feed(&options.channel, source, entries, told.captured))
}

pub(super) fn failure(name: &str, error: &Error) -> Failure {
    let message = format!("{name}: {error}");
    match error {
        Error::NoItems | Error::NothingSelected(_) => Failure::Refused(message),
        Error::TooLarge(_) | Error::TooManyLines | Error::Template(_) => Failure::Broken(message),
    }
}

/// The form of a language tag (RFC 5646 2.1): a language of two to eight letters, then subtags.
fn language(text: &str) -> Result<String, String> {
    let part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = text.split('-').next().unwrap_or_default();
    let formed =
        text.split('-').all(part) && first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    formed.then(|| text.to_owned()).ok_or_else(|| "expected a language tag such as nl or en-GB".to_owned())
}
