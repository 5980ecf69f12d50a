//! Turns a Dutch news-wire page into a feed: bytes → page → items → resolved → entries → feed → files.
//!
//! ```
//! let page = "KYIV (ANP/RTR) - Het is rustig in de stad.\n12 minuten geleden\n";
//! let captured = chrono::DateTime::parse_from_rfc3339("2026-02-10T14:05:00+01:00")?;
//! let (feed, notes) = wirefeed::convert(page.as_bytes(), &captured, &wirefeed::Options::default())?;
//! assert_eq!(feed.entries[0].places, ["Kyiv"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(feature = "cli")]
pub mod cli;
pub mod content;
pub mod entry;
pub mod feed;
pub mod fetch;
pub mod format;
pub mod history;
pub mod link;
pub mod note;
pub mod page;
mod parallel;
pub mod publish;
pub mod resolve;
mod settings;
pub mod validate;
pub mod wire;
pub mod xml;

use chrono::{DateTime, TimeZone};
use url::Url;

use content::Amount;
use entry::Sighting;
use feed::{Channel, Feed, Selection, Source};
use link::Addresses;
use note::Note;
use page::{Markup, Page};
use resolve::Instant;

/// How a page is turned into a feed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How its bytes are read.
    pub markup: Markup,
    /// The charset that the transport named, if any.
    pub charset: Option<String>,
    /// The page's address.
    pub source: Option<Url>,
    /// What to call the page where it does not say, such as the stem of its file.
    pub name: String,
    /// How much of each text the feed holds.
    pub amount: Amount,
    /// Which entries it takes.
    pub selection: Selection,
    /// What the user says of the feed.
    pub channel: Channel,
}

/// What stops a conversion.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing on the page is a news item.
    #[error(
        "no news item was found on the page; expected a dateline such as \"KYIV (ANP) - …\" or texts with their ages. See what was read with \"wirefeed inspect\""
    )]
    NoItems,
    /// The selection leaves none of so many items.
    #[error(
        "none of the {0} item(s) on the page is one that was asked for with --place, --agency, --limit, --no-lead, or without --ticker"
    )]
    NothingSelected(usize),
    /// The page is too large.
    #[error("the page has {0} bytes; at most {max} are read", max = page::MAX_BYTES)]
    TooLarge(usize),
    /// The page has too many lines.
    #[error("the page has more than {max} lines; no page of news has", max = page::MAX_BLOCKS)]
    TooManyLines,
    /// The template of the content does not work.
    #[error("the template of the content: {0}")]
    Template(#[from] minijinja::Error),
}

/// Turns a page, captured at a given moment, into a feed. Same page and capture, same feed.
pub fn convert<Z: TimeZone>(
    bytes: &[u8],
    captured: &DateTime<Z>,
    options: &Options,
) -> Result<(Feed, Vec<Note>), Error> {
    let (feed, notes) = tell(bytes, captured, options, |told| feed_of(told, options))?;
    Ok((feed?, notes))
}

/// Makes a feed of what one page tells.
pub fn feed_of(told: Told<'_>, options: &Options) -> Result<Feed, Error> {
    let entries = options.selection.apply(entry::entries(told.sightings, options.amount)?)?;
    Ok(feed::feed(&options.channel, told.source, entries, told.captured))
}

/// What a page tells, to make a feed of or to keep in a [`history`].
#[derive(Debug)]
pub struct Told<'a> {
    /// When it was captured.
    pub captured: Instant,
    /// What it says of itself.
    pub source: Source<'a>,
    /// What was odd on it.
    pub notes: &'a [Note],
    /// Its items, in its order; at least one.
    pub sightings: Vec<Sighting<'a, 'a>>,
}

/// Reads a page, captured at a given moment, and hands on what it tells.
pub fn tell<Z: TimeZone, T>(
    bytes: &[u8],
    captured: &DateTime<Z>,
    options: &Options,
    hand_on: impl FnOnce(Told<'_>) -> T,
) -> Result<(T, Vec<Note>), Error> {
    let captured = resolve::capture(captured);
    let (page, mut notes) = read(bytes, options.markup, options.charset.as_deref())?;
    let (items, oddities) = wire::items(&page);
    notes.extend(oddities);
    let addresses = Addresses::of(&page, options.source.as_ref());
    let (sightings, oddities) = entry::sightings(&items, captured, &addresses);
    notes.extend(oddities);
    if sightings.is_empty() {
        return Err(Error::NoItems);
    }
    let source = Source::of(&page, &items, &addresses, &options.name);
    notes.sort();
    let handed = hand_on(Told { captured, source, notes: &notes, sightings });
    parallel::give_up(items);
    Ok((handed, notes))
}

/// Reads a page into its lines, garbled letters repaired. `charset` is what the transport said, if anything.
pub fn read(bytes: &[u8], markup: Markup, charset: Option<&str>) -> Result<(Page, Vec<Note>), Error> {
    if bytes.len() > page::MAX_BYTES {
        return Err(Error::TooLarge(bytes.len()));
    }
    let mut page = page::read(bytes, markup, charset);
    if page.is_too_long() {
        return Err(Error::TooManyLines);
    }
    let mut notes = std::mem::take(&mut page.notes);
    notes.extend(wire::mojibake::repair(&mut page));
    Ok((page, notes))
}
