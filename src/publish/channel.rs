//! The feeds of a site: the main one, and one for each place, agency and section that has enough.

use url::Url;

use super::{Error, Site, slug};
use crate::entry::Entry;
use crate::feed::{self, Feed, Source};
use crate::history::{Kind, Said, Shelf};
use crate::link::Uri;
use crate::resolve::Instant;

/// The files of a channel in the order of the formats, with their media types.
pub(super) const FILES: &[(&str, &str)] = &[
    ("atom.xml", "application/atom+xml"),
    ("rss.xml", "application/rss+xml"),
    ("feed.json", "application/feed+json"),
];

/// A kind of shelf that has channels.
pub(super) struct Row {
    pub(super) kind: Kind,
    /// The folder of its channels.
    folder: &'static str,
    /// The key of its heading among the words.
    pub(super) heading: &'static str,
    /// There are channels only from so many different ones on.
    distinct: usize,
}

/// The kinds, in the order in which pages and lists show them. A new one is a row.
pub(super) const ROWS: &[Row] = &[
    Row { kind: Kind::Section, folder: "rubriek", heading: "sections", distinct: 2 },
    Row { kind: Kind::Place, folder: "plaats", heading: "places", distinct: 1 },
    Row { kind: Kind::Agency, folder: "persbureau", heading: "agencies", distinct: 1 },
];

/// One set of feeds with its page.
pub(super) struct Channel<'s> {
    /// Its place, agency or section; empty for the main one.
    pub(super) name: String,
    /// Empty, or `plaats/kyiv/`.
    pub(super) folder: String,
    /// When it last changed.
    pub(super) changed: i64,
    pub(super) shelf: &'s Shelf,
}

/// All channels of a site.
pub(super) struct Channels<'s> {
    pub(super) main: Channel<'s>,
    pub(super) others: Vec<Channel<'s>>,
    /// Those that there are not, or not any more.
    pub(super) missing: Vec<Channel<'s>>,
}

impl<'s> Channels<'s> {
    /// `is_enough` says whether there are enough entries for a channel.
    pub(super) fn of(
        site: &Site,
        shelves: &'s [Shelf],
        is_enough: impl Fn(&Shelf) -> Result<bool, Error>,
    ) -> Result<Self, Error> {
        let (mut others, mut missing) = (Vec::new(), Vec::new());
        for row in ROWS.iter().filter(|row| site.kinds.contains(&row.kind)) {
            // In the order in which the history met them, so that no name ever takes another one's address.
            let mut of_kind: Vec<&Shelf> = shelves.iter().filter(|shelf| shelf.kind == row.kind).collect();
            of_kind.sort_by_key(|shelf| shelf.id);
            let is_choice = of_kind.iter().filter(|shelf| shelf.entries > 0).count() >= row.distinct;
            let slugs = slug::slugs(of_kind.iter().map(|shelf| shelf.name.as_str()));
            for (shelf, slug) in of_kind.into_iter().zip(slugs) {
                let is_there = is_choice && is_enough(shelf)?;
                let channel = Channel {
                    name: shelf.name.clone(),
                    folder: format!("{}/{slug}/", row.folder),
                    changed: shelf.changed,
                    shelf,
                };
                if is_there { &mut others } else { &mut missing }.push(channel);
            }
        }
        Ok(Self { main: Channel::main(), others, missing })
    }

    /// Those of a kind, by their names.
    pub(super) fn of_kind(&self, kind: Kind) -> Vec<&Channel<'s>> {
        let mut channels: Vec<_> = self.others.iter().filter(|channel| channel.shelf.kind == kind).collect();
        channels.sort_by_cached_key(|channel| (channel.name.to_lowercase(), channel.name.clone()));
        channels
    }

    /// The one for a place, agency or section.
    pub(super) fn find(&self, kind: Kind, name: &str) -> Option<&Channel<'s>> {
        self.others.iter().find(|channel| channel.shelf.kind == kind && channel.name == name)
    }
}

impl Channel<'_> {
    pub(super) fn main() -> Self {
        const NONE: &Shelf = &Shelf { id: 0, kind: Kind::Day, name: String::new(), entries: 0, changed: 0 };
        Self { name: String::new(), folder: String::new(), changed: 0, shelf: NONE }
    }

    /// The paths of its files.
    pub(super) fn paths(&self) -> Vec<String> {
        let names = FILES.iter().map(|(name, _)| *name).chain(["index.html"]);
        names.map(|name| format!("{}{name}", self.folder)).collect()
    }

    /// The way from its folder to the site's.
    pub(super) fn up(&self) -> String {
        "../".repeat(self.folder.matches('/').count())
    }

    /// Its feed; format and place of the document are not decided yet.
    pub(super) fn feed(&self, site: &Site, entries: Vec<Entry>, now: Instant) -> Feed {
        // The feed's id is made of it, as it is spelled.
        let atom = resolved(site, &format!("{}atom.xml", self.folder));
        let channel = feed::Channel { self_url: Some(atom), ..site.channel.clone() };
        let source = Source {
            section: site.said.section.as_deref(),
            title: site.said.title.as_deref(),
            link: site.source.as_ref(),
            name: site.url.host_str().unwrap_or_default(),
        };
        let mut feed = feed::feed(&channel, source, entries, now);
        if !self.name.is_empty() {
            feed.title = format!("{}: {}", feed.title, self.name);
        }
        feed.link = Some(address(site, &self.folder));
        feed
    }

    /// Its feed without entries, and without what a page says of itself or of the channel.
    pub(super) fn plain(&self, site: &Site, now: Instant) -> Feed {
        let slug = self.folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let channel = Channel { name: slug.to_owned(), folder: self.folder.clone(), ..*self };
        channel.feed(&Site { said: Said::default(), ..site.clone() }, Vec::new(), now)
    }
}

/// Where else the entries are found: at their source.
pub(super) fn links(site: &Site) -> Vec<(&'static str, Uri)> {
    site.source.iter().map(|source| ("via", Uri::from(source))).collect()
}

/// The address of a path in the folder.
pub(super) fn address(site: &Site, path: &str) -> Uri {
    Uri::from(&resolved(site, path))
}

fn resolved(site: &Site, path: &str) -> Url {
    // A path of ours is one of any site: plain names of ASCII with slashes between them.
    site.url.join(path).unwrap_or_else(|_| site.url.clone())
}
