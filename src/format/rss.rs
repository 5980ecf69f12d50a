//! RSS 2.0, with Dublin Core for the authors and Atom for the feed's own address.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::LazyLock;

use chrono::format::{Item as Pattern, StrftimeItems};
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::{Category, Channel, Guid, Item};

use super::{GENERATOR, PLACE_SCHEME, SECTION_SCHEME};
use crate::note::Note;
use crate::{entry, feed, resolve};

/// RSS 2.0 requires the channel's link.
pub(super) fn notes(feed: &feed::Feed) -> Option<Note> {
    let message =
        "the page's address is not known, so the RSS channel links to the feed's id; give it with --source";
    feed.link.is_none().then(|| Note::general(message))
}

pub(super) fn write(feed: &feed::Feed, out: &mut dyn Write) -> io::Result<()> {
    let stylesheet = super::stylesheet(feed);
    if stylesheet.is_empty() {
        channel(feed).write_to(&mut *out).map_err(io::Error::other)?;
        return out.write_all(b"\n");
    }
    // The crate writes no processing instruction.
    let whole = channel(feed).write_to(Vec::new()).map_err(io::Error::other)?;
    let declaration = memchr::memmem::find(&whole, b"?>").map_or(0, |at| at + 2);
    let (declaration, rest) = whole.split_at(declaration);
    for part in [declaration, b"\n", stylesheet.as_bytes(), rest, b"\n"] {
        out.write_all(part)?;
    }
    Ok(())
}

fn channel(feed: &feed::Feed) -> Channel {
    let this = feed.self_url.as_ref().map(|href| Link {
        href: href.to_string(),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    });
    let namespaces = [("atom", "http://www.w3.org/2005/Atom"), ("dc", "http://purl.org/dc/elements/1.1/")];
    Channel {
        title: feed.title.clone(),
        // RSS wants a link: where no page is known, the feed's name stands in for it.
        link: feed.link.as_ref().map_or_else(|| feed.id.urn().to_string(), ToString::to_string),
        description: feed.subtitle.clone().unwrap_or_else(|| feed.title.clone()),
        language: Some(feed.language.clone()),
        last_build_date: Some(date(feed.updated)),
        generator: Some(format!("{GENERATOR} {}", env!("CARGO_PKG_VERSION"))),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        atom_ext: this.map(|link| AtomExtension { links: vec![link] }),
        items: feed.entries.iter().map(|entry| item(entry, &feed.author)).collect(),
        namespaces: namespaces
            .iter()
            .map(|(prefix, uri)| ((*prefix).to_owned(), (*uri).to_owned()))
            .collect::<BTreeMap<_, _>>(),
        ..Channel::default()
    }
}

fn item(entry: &entry::Entry, author: &str) -> Item {
    let places = entry.places.iter().map(|place| category(place, PLACE_SCHEME));
    let sections = entry.sections.iter().map(|section| category(section, SECTION_SCHEME));
    let mut creators: Vec<_> = entry.agencies.iter().map(|agency| agency.name.to_string()).collect();
    if creators.is_empty() {
        creators.push(author.to_owned());
    }
    Item {
        title: Some(entry.title.clone()),
        link: entry.link.as_ref().map(ToString::to_string),
        description: Some(entry.content.clone()),
        categories: places.chain(sections).collect(),
        guid: Some(Guid { value: entry.id.urn().to_string(), permalink: false }),
        // Readers show an item without a date as of now.
        pub_date: Some(date(entry.published.unwrap_or(entry.updated))),
        dublin_core_ext: Some(DublinCoreExtension { creators, ..DublinCoreExtension::default() }),
        ..Item::default()
    }
}

fn category(name: &str, domain: &str) -> Category {
    Category { name: name.to_owned(), domain: Some(domain.to_owned()) }
}

/// RFC 822 5.1 with the four-digit year of RFC 1123.
fn date(time: resolve::Instant) -> String {
    // Its pattern is read once, not for each item.
    static ITEMS: LazyLock<Vec<Pattern<'static>>> =
        LazyLock::new(|| StrftimeItems::new("%a, %d %b %Y %H:%M:%S %z").collect());
    time.format_with_items(ITEMS.iter()).to_string()
}
