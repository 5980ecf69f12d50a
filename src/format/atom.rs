//! Atom 1.0 (RFC 4287).

use std::io::{self, Write};

use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig,
};

use super::{GENERATOR, PLACE_SCHEME, SECTION_SCHEME};
use crate::{entry, feed, parallel, resolve};

const BARE: WriteConfig = WriteConfig { write_document_declaration: false, indent_size: None };

const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const START: &[u8] = b"<entry xmlns=\"http://www.w3.org/2005/Atom\">";
const END: &[u8] = b"</feed>";

/// So many entries are held as bytes before they are written.
const AT_ONCE: usize = 10_000;

/// Writes the frame of the feed, and in front of its end each entry: no model of them all is ever alive.
pub(super) fn write(feed: &feed::Feed, out: &mut dyn Write) -> io::Result<()> {
    let frame = frame(feed).write_with_config(Vec::new(), BARE).map_err(io::Error::other)?;
    let head = frame.strip_suffix(END).ok_or_else(|| io::Error::other("the feed has no end"))?;
    out.write_all(DECLARATION)?;
    out.write_all(head)?;
    for entries in feed.entries.chunks(AT_ONCE) {
        for bytes in parallel::map(entries, bytes) {
            out.write_all(&bytes?)?;
        }
    }
    out.write_all(b"\n")?;
    out.write_all(END)?;
    out.write_all(b"\n")
}

fn bytes(entry: &entry::Entry) -> io::Result<Vec<u8>> {
    let alone = model(entry).write_with_config(Vec::new(), BARE).map_err(io::Error::other)?;
    // Alone an entry declares its namespace; in the feed it has the feed's.
    let inside = alone.strip_prefix(START);
    Ok([if inside.is_some() { &b"\n<entry>"[..] } else { b"\n" }, inside.unwrap_or(&alone)].concat())
}

fn frame(feed: &feed::Feed) -> Feed {
    let alternate = feed.link.as_ref().map(|href| link(href, "alternate", "text/html"));
    let this = feed.self_url.as_ref().map(|href| link(href, "self", "application/atom+xml"));
    Feed {
        title: Text::plain(feed.title.clone()),
        id: feed.id.urn().to_string(),
        updated: date(feed.updated),
        authors: vec![Person { name: feed.author.clone(), ..Person::default() }],
        generator: Some(Generator {
            value: GENERATOR.to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            ..Generator::default()
        }),
        links: alternate.into_iter().chain(this).collect(),
        subtitle: feed.subtitle.clone().map(Text::plain),
        lang: Some(feed.language.clone()),
        ..Feed::default()
    }
}

fn model(entry: &entry::Entry) -> Entry {
    let author = |author: &entry::Author| Person {
        name: author.name.clone(),
        uri: author.home.map(str::to_owned),
        ..Person::default()
    };
    let places = entry.places.iter().map(|place| category(place, PLACE_SCHEME));
    let sections = entry.sections.iter().map(|section| category(section, SECTION_SCHEME));
    Entry {
        title: Text::plain(entry.title.clone()),
        id: entry.id.urn().to_string(),
        updated: date(entry.updated),
        authors: entry.agencies.iter().map(author).collect(),
        categories: places.chain(sections).collect(),
        links: entry.link.iter().map(|href| link(href, "alternate", "text/html")).collect(),
        published: entry.published.map(date),
        content: Some(Content {
            value: Some(entry.content.clone()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn category(name: &str, scheme: &str) -> Category {
    // Many readers show the term and not the label.
    Category { term: name.to_owned(), scheme: Some(scheme.to_owned()), label: Some(name.to_owned()) }
}

fn link(href: &str, rel: &str, media_type: &str) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

fn date(time: resolve::Instant) -> FixedDateTime {
    time.fixed_offset()
}
