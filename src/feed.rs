//! A channel and its newest entries, before any format.

use url::Url;
use uuid::Uuid;

use crate::Error;
use crate::entry::{self, Entry};
use crate::link::{Addresses, Uri};
use crate::page::{self, Page};
use crate::resolve::Instant;
use crate::wire::item::{Item, Role};

/// A feed, before any format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// UUID version 5 over the feed's own address, else the page's, else the title.
    pub id: Uuid,
    /// Plain text, never empty.
    pub title: String,
    /// Plain text.
    pub subtitle: Option<String>,
    /// The page that the feed was made from.
    pub link: Option<Uri>,
    /// Where the feed itself will stand.
    pub self_url: Option<Uri>,
    /// A language tag (BCP 47).
    pub language: String,
    /// The author of entries without an agency.
    pub author: String,
    /// The latest `updated` of its entries.
    pub updated: Instant,
    /// Where its document stands among others.
    pub placement: Placement,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// Where a feed's document stands among others, and how a browser shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placement {
    /// A CSS stylesheet for browsers, relative to the document.
    pub stylesheet: Option<String>,
    /// An archive, which will not change (RFC 5005 4).
    pub archive: bool,
    /// Further links: relation and address.
    pub links: Vec<(&'static str, Uri)>,
}

/// What a user can say of a feed.
#[derive(Debug, Clone, Default)]
pub struct Channel {
    /// Else the page's section, its title, or its name.
    pub title: Option<String>,
    /// Plain text.
    pub subtitle: Option<String>,
    /// Where the feed will stand; absolute.
    pub self_url: Option<Url>,
    /// A language tag; `nl` where none is given.
    pub language: Option<String>,
    /// Else the host of the page, else the title.
    pub author: Option<String>,
}

/// Which entries a feed takes.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only entries from one of these places; all where none is given. Compared without regard to case.
    pub places: Vec<String>,
    /// Only entries of one of these agencies, by code or name; all where none is given.
    pub agencies: Vec<String>,
    /// Leaves the lead article out.
    pub no_lead: bool,
    /// Takes the lines of the ticker as well.
    pub ticker: bool,
    /// The newest so many.
    pub limit: Option<usize>,
}

impl Selection {
    /// The entries that are asked for, in their order. None at all is an error: an empty feed would take the
    /// place of a good one.
    pub fn apply(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, Error> {
        let found = entries.len();
        let limit = self.limit.unwrap_or(usize::MAX);
        let chosen: Vec<_> = entries.into_iter().filter(|entry| self.takes(entry)).take(limit).collect();
        match (found, chosen.len()) {
            (0, _) => Err(Error::NoItems),
            (_, 0) => Err(Error::NothingSelected(found)),
            _ => Ok(chosen),
        }
    }

    pub(crate) fn takes(&self, entry: &Entry) -> bool {
        let role = match entry.role {
            Role::Item => true,
            Role::Lead => !self.no_lead,
            Role::Ticker => self.ticker,
        };
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        let place = |wanted: &String| entry.places.iter().any(|place| same(place, wanted));
        let agency = |wanted: &String| {
            entry.agencies.iter().any(|agency| same(&agency.code, wanted) || same(&agency.name, wanted))
        };
        role && (self.places.is_empty() || self.places.iter().any(place))
            && (self.agencies.is_empty() || self.agencies.iter().any(agency))
    }
}

/// What the page says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// The section of its first header, else of its first item.
    pub section: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
    /// Its address.
    pub link: Option<&'a Url>,
    /// Its name where it has none of the above, such as the stem of its file.
    pub name: &'a str,
}

impl<'a> Source<'a> {
    /// What a feed of the page is called where nobody says otherwise.
    pub fn title(&self) -> String {
        let titles = [self.section, self.title, Some(self.name)].into_iter().flatten().map(clean);
        titles.into_iter().find(|title| !title.is_empty()).unwrap_or_else(|| "wirefeed".to_owned())
    }

    /// What a page says of itself; `name` stands for it where it says nothing.
    pub fn of(page: &'a Page, items: &[Item<'a>], addresses: &'a Addresses, name: &'a str) -> Self {
        let section = items.iter().filter(|item| item.role != Role::Ticker).find_map(|item| item.section);
        Self { section, title: page.title.as_deref(), link: addresses.page.as_ref(), name }
    }
}

/// Makes a feed of a page's entries. `captured` dates a feed that the selection left empty.
pub fn feed(channel: &Channel, source: Source<'_>, entries: Vec<Entry>, captured: Instant) -> Feed {
    let given = |text: &Option<String>| text.as_deref().map(clean).filter(|text| !text.is_empty());
    let title = given(&channel.title).unwrap_or_else(|| source.title());
    let host = source.link.and_then(Url::host_str).map(|host| host.trim_start_matches("www.").to_owned());
    let self_url = channel.self_url.as_ref();
    let id = entry::feed_id(self_url.or(source.link).map_or(&title, |url| url.as_str()));
    Feed {
        id,
        subtitle: given(&channel.subtitle),
        link: source.link.map(Uri::from),
        self_url: self_url.map(Uri::from),
        language: given(&channel.language).unwrap_or_else(|| "nl".to_owned()),
        author: given(&channel.author).or(host).unwrap_or_else(|| title.clone()),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(captured),
        title,
        placement: Placement::default(),
        entries,
    }
}

/// One line of plain text without characters that a feed must not hold.
fn clean(text: &str) -> String {
    let legal: String = text.chars().filter(|c| !page::is_forbidden(*c)).collect();
    legal.split_whitespace().collect::<Vec<_>>().join(" ")
}
