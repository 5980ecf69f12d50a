//! JSON Feed 1.1.

use std::io::{self, Write};

use serde::Serialize;

use crate::resolve::rfc3339;
use crate::{entry, feed};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    authors: Vec<Author<'a>>,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

pub(super) fn write(feed: &feed::Feed, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: feed.link.as_deref(),
        feed_url: feed.self_url.as_deref(),
        description: feed.subtitle.as_deref(),
        authors: vec![Author { name: &feed.author, url: None }],
        language: &feed.language,
        items: feed.entries.iter().map(item).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn item(entry: &entry::Entry) -> Item<'_> {
    Item {
        id: entry.id.urn().to_string(),
        url: entry.link.as_deref(),
        title: &entry.title,
        content_html: &entry.content,
        date_published: entry.published.map(rfc3339),
        date_modified: rfc3339(entry.updated),
        authors: entry
            .agencies
            .iter()
            .map(|agency| Author { name: &agency.name, url: agency.home })
            .collect(),
        tags: entry.places.iter().chain(&entry.sections).map(String::as_str).collect(),
    }
}
