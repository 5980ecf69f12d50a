//! Atom 1.0 (RFC 4287).

use std::collections::BTreeMap;
use std::io::{self, Write};

use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{
    Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig,
};

use chrono::Datelike;
use quick_xml::events::Event;
use uuid::Uuid;

use super::{GENERATOR, PLACE_SCHEME, SECTION_SCHEME};
use crate::link::Uri;
use crate::wire::item::Role;
use crate::{entry, feed, page, parallel, resolve};

const BARE: WriteConfig = WriteConfig { write_document_declaration: false, indent_size: None };

const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const START: &[u8] = b"<entry xmlns=\"http://www.w3.org/2005/Atom\">";
const INSIDE: &[u8] = b"<entry>";
const END: &[u8] = b"</feed>";

/// So many entries are held as bytes before they are written, and so many of them in one buffer.
const AT_ONCE: usize = 8_192;
const IN_A_BUFFER: usize = 64;

/// An entry takes about so many bytes beside its content, which is there escaped twice.
const ROOM: usize = 1_536;

/// Writes the frame of the feed, and in front of its end each entry: no model of them all is ever alive.
pub(super) fn write(feed: &feed::Feed, out: &mut dyn Write) -> io::Result<()> {
    let frame = frame(feed).write_with_config(Vec::new(), BARE).map_err(io::Error::other)?;
    let head = frame.strip_suffix(END).ok_or_else(|| io::Error::other("the feed has no end"))?;
    out.write_all(DECLARATION)?;
    out.write_all(super::stylesheet(feed).as_bytes())?;
    out.write_all(head)?;
    for entries in feed.entries.chunks(AT_ONCE) {
        for bytes in parallel::runs(entries, IN_A_BUFFER, bytes) {
            out.write_all(&bytes?)?;
        }
    }
    out.write_all(b"\n")?;
    out.write_all(END)?;
    out.write_all(b"\n")
}

fn bytes(entries: &[entry::Entry]) -> io::Result<Vec<u8>> {
    let room = entries.iter().map(|entry| entry.content.len() + ROOM).sum();
    let mut bytes = Vec::with_capacity(room);
    // One model for all of them: its strings keep their room.
    let mut model = Entry { content: Some(Content::default()), ..Entry::default() };
    for entry in entries {
        fill(&mut model, entry);
        bytes.push(b'\n');
        let start = bytes.len();
        model.write_with_config(&mut bytes, BARE).map_err(io::Error::other)?;
        // Alone an entry declares its namespace; in the feed it has the feed's.
        if bytes[start..].starts_with(START) {
            bytes.splice(start..start + START.len(), INSIDE.iter().copied());
        }
    }
    Ok(bytes)
}

fn frame(feed: &feed::Feed) -> Feed {
    let alternate = feed.link.as_ref().map(|href| link(href, "alternate", "text/html"));
    let this = feed.self_url.as_ref().map(|href| link(href, "self", "application/atom+xml"));
    let placement = &feed.placement;
    let further = placement.links.iter().map(|(rel, href)| link(href, rel, media_type(rel)));
    let (namespaces, extensions) = if placement.archive { archive() } else { Default::default() };
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
        links: alternate.into_iter().chain(this).chain(further).collect(),
        namespaces,
        extensions,
        subtitle: feed.subtitle.clone().map(Text::plain),
        lang: Some(feed.language.clone()),
        ..Feed::default()
    }
}

/// What a further link leads to: all of RFC 5005 lead to feeds, the page a feed is made of is none.
fn media_type(rel: &str) -> &'static str {
    if rel == "via" { "text/html" } else { "application/atom+xml" }
}

/// `fh:archive` (RFC 5005 4) and its namespace.
fn archive() -> (BTreeMap<String, String>, ExtensionMap) {
    let mark = Extension { name: "fh:archive".to_owned(), ..Extension::default() };
    let marks = BTreeMap::from([("archive".to_owned(), vec![mark])]);
    let namespace = "http://purl.org/syndication/history/1.0".to_owned();
    (BTreeMap::from([("fh".to_owned(), namespace)]), BTreeMap::from([("fh".to_owned(), marks)]))
}

fn fill(model: &mut Entry, entry: &entry::Entry) {
    set(&mut model.title.value, &entry.title);
    model.id = entry.id.urn().to_string();
    model.updated = date(entry.updated);
    model.published = entry.published.map(date);
    model.links = entry.link.iter().map(|href| link(href, "alternate", "text/html")).collect();
    model.authors.resize_with(entry.agencies.len(), Person::default);
    for (author, agency) in model.authors.iter_mut().zip(&entry.agencies) {
        set(&mut author.name, &agency.name);
        set_some(&mut author.uri, agency.home);
    }
    model.categories.resize_with(entry.places.len() + entry.sections.len(), Category::default);
    let places = entry.places.iter().map(|place| (place, PLACE_SCHEME));
    let sections = entry.sections.iter().map(|section| (section, SECTION_SCHEME));
    for (category, (name, scheme)) in model.categories.iter_mut().zip(places.chain(sections)) {
        // Many readers show the term and not the label.
        set(&mut category.term, name);
        set_some(&mut category.label, Some(name));
        set_some(&mut category.scheme, Some(scheme));
    }
    let content = model.content.get_or_insert_default();
    set_some(&mut content.value, Some(&entry.content));
    set_some(&mut content.content_type, Some("html"));
}

fn set(text: &mut String, to: &str) {
    text.clear();
    text.push_str(to);
}

fn set_some(text: &mut Option<String>, to: Option<&str>) {
    match to {
        Some(to) => set(text.get_or_insert_default(), to),
        None => *text = None,
    }
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

/// No feed of ours is nested deeper; the crate recurses, and would end the process on one that is.
const DEEPEST: usize = 32;

pub(super) fn read(bytes: &[u8]) -> Result<feed::Feed, String> {
    check_depth(bytes)?;
    if let Some(c) = String::from_utf8_lossy(bytes).chars().find(|c| page::is_forbidden(*c)) {
        return Err(format!("holds the character U+{:04X}, which no feed may", u32::from(c)));
    }
    let feed = Feed::read_from(bytes).map_err(|error| format!("is no Atom feed: {error}"))?;
    let author = feed.authors.first().map(|author| author.name.clone()).unwrap_or_default();
    let entries =
        feed.entries.iter().map(|entry| read_entry(entry, &author)).collect::<Result<Vec<_>, _>>()?;
    Ok(feed::Feed {
        id: uuid(&feed.id)?,
        title: feed.title.value.clone(),
        subtitle: feed.subtitle.as_ref().map(|text| text.value.clone()),
        link: href(&feed.links, "alternate"),
        self_url: href(&feed.links, "self"),
        language: feed.lang.clone().unwrap_or_default(),
        author,
        updated: instant(&feed.updated)?,
        placement: feed::Placement::default(),
        entries,
    })
}

fn check_depth(bytes: &[u8]) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|error| format!("is no XML: {error}"))? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_) => return Err("has a document type, which no feed of wirefeed has".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("is nested deeper than {DEEPEST} elements"));
        }
    }
}

fn read_entry(entry: &Entry, feed_author: &str) -> Result<entry::Entry, String> {
    let of_scheme = |scheme: &str| {
        let matching = entry.categories.iter().filter(|category| category.scheme.as_deref() == Some(scheme));
        matching.map(|category| category.term.clone()).collect::<Vec<_>>()
    };
    let authors = entry.authors.iter().filter(|author| author.name != feed_author || author.uri.is_some());
    let content = entry.content.as_ref().and_then(|content| content.value.clone());
    Ok(entry::Entry {
        id: uuid(&entry.id)?,
        title: entry.title.value.clone(),
        link: href(&entry.links, "alternate"),
        published: entry.published.as_ref().map(instant).transpose()?,
        updated: instant(&entry.updated)?,
        window: None,
        places: of_scheme(PLACE_SCHEME),
        sections: of_scheme(SECTION_SCHEME),
        agencies: authors.map(|author| entry::Author::named(&author.name)).collect(),
        content: content.ok_or_else(|| format!("entry {} has no content", entry.id))?,
        role: Role::Item,
    })
}

fn uuid(id: &str) -> Result<Uuid, String> {
    let read = id.strip_prefix("urn:uuid:").and_then(|id| Uuid::try_parse(id).ok());
    read.ok_or_else(|| {
        format!(
            "holds the id \"{}\"; expected a feed of wirefeed, with urn:uuid ids",
            crate::note::quote(id, 80)
        )
    })
}

/// A moment that every format can write.
fn instant(time: &FixedDateTime) -> Result<resolve::Instant, String> {
    let years = resolve::YEARS;
    let instant = resolve::capture(time);
    let sound = years.contains(&instant.year());
    sound.then_some(instant).ok_or_else(|| {
        format!("holds a date of the year {}; expected {} to {}", instant.year(), years.start(), years.end())
    })
}

/// An address on the web; a feed may hold others, which are not taken over.
fn href(links: &[Link], rel: &str) -> Option<Uri> {
    let link = links.iter().find(|link| link.rel == rel)?;
    crate::link::resolve(&link.href, None).as_ref().map(Uri::from)
}
