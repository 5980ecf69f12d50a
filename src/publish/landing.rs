//! The page of a channel, for people: `templates/index.html`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

use super::channel::{self, Channel, Channels, FILES, ROWS};
use super::templates::Templates;
use super::{Error, Site};
use crate::entry::Entry;
use crate::feed::Feed;
use crate::format::FORMATS;
use crate::history::Kind;
use crate::link::Uri;
use crate::resolve::{Instant, rfc3339};

/// Something that leads elsewhere, where there is an elsewhere.
#[derive(Serialize)]
struct Link<'a> {
    name: &'a str,
    href: Option<String>,
    count: usize,
}

/// A format that the channel can be followed in.
#[derive(Serialize)]
struct Format {
    name: &'static str,
    href: &'static str,
    media_type: &'static str,
    /// For the field to copy from.
    address: String,
}

/// The entries of one day.
#[derive(Serialize)]
struct Day<'a> {
    name: String,
    date: String,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    title: &'a str,
    link: Option<&'a str>,
    /// `14:05`; none where it is not known.
    time: Option<String>,
    datetime: String,
    places: Vec<Link<'a>>,
    agencies: Vec<Link<'a>>,
    sections: Vec<Link<'a>>,
    content: Value,
}

/// A heading with the channels below it.
#[derive(Serialize)]
struct Filter<'a> {
    key: &'static str,
    heading: &'a str,
    links: Vec<Link<'a>>,
}

/// Renders the page of a channel, of which `feed` is the feed.
pub(super) fn page(
    site: &Site,
    templates: &Templates,
    channels: &Channels<'_>,
    channel: &Channel<'_>,
    feed: &Feed,
) -> Result<String, Error> {
    let up = channel.up();
    let context = context! {
        lang => site.language.tag(),
        content_lang => feed.language.as_str(),
        words => site.language.words(),
        title => feed.title.as_str(),
        subtitle => feed.subtitle.as_deref(),
        name => channel.name.as_str(),
        canonical => channel::address(site, &channel.folder).to_string(),
        source => site.source.as_ref().map(|source| Uri::from(source).to_string()),
        index => site.index,
        up => up.as_str(),
        formats => Serde(formats(site, channel)),
        filters => Serde(filters(site, channels, channel)),
        updated => moment(site, feed.updated),
        updated_at => rfc3339(feed.updated),
        days => Serde(days(site, channels, feed, &up)),
        version => env!("CARGO_PKG_VERSION"),
    };
    templates.page("index.html", context)
}

fn formats(site: &Site, channel: &Channel<'_>) -> Vec<Format> {
    let format =
        |((href, media_type), format): (&(&'static str, &'static str), &crate::format::Format)| Format {
            name: format.title,
            href,
            media_type,
            address: channel::address(site, &format!("{}{href}", channel.folder)).to_string(),
        };
    FILES.iter().zip(FORMATS).map(format).collect()
}

/// The main page leads to all others; those lead back, or each would change with every other one.
fn filters<'a>(site: &Site, channels: &'a Channels<'_>, channel: &Channel<'_>) -> Vec<Filter<'a>> {
    if !channel.folder.is_empty() {
        return Vec::new();
    }
    let words = site.language.words();
    let filter = |row: &channel::Row| {
        let link = |channel: &&'a Channel<'_>| Link {
            name: &channel.name,
            href: Some(channel.folder.clone()),
            count: channel.shelf.entries,
        };
        let links: Vec<_> = channels.of_kind(row.kind).iter().map(link).collect();
        Filter { key: row.heading, heading: words.get(row.heading).copied().unwrap_or_default(), links }
    };
    ROWS.iter().map(filter).filter(|filter| !filter.links.is_empty()).collect()
}

/// The entries by day, newest first, up to the limit; each day once, however they are sorted.
fn days<'a>(site: &Site, channels: &Channels<'_>, feed: &'a Feed, up: &str) -> Vec<Day<'a>> {
    let mut days: BTreeMap<NaiveDate, Vec<Item<'a>>> = BTreeMap::new();
    for entry in feed.entries.iter().take(site.selection.limit.unwrap_or(usize::MAX)) {
        let date = entry.published.unwrap_or(entry.updated).date_naive();
        days.entry(date).or_default().push(item(channels, entry, up));
    }
    let day =
        |(date, items): (NaiveDate, _)| Day { name: site.language.date(date), date: date.to_string(), items };
    days.into_iter().rev().map(day).collect()
}

fn item<'a>(channels: &Channels<'_>, entry: &'a Entry, up: &str) -> Item<'a> {
    let link = |kind: Kind, name: &'a str| Link {
        name,
        href: channels.find(kind, name).map(|channel| format!("{up}{}", channel.folder)),
        count: 0,
    };
    Item {
        id: format!("b-{}", entry.id),
        title: &entry.title,
        link: entry.link.as_deref(),
        time: entry.published.map(|time| time.format("%H:%M").to_string()),
        datetime: rfc3339(entry.published.unwrap_or(entry.updated)),
        places: entry.places.iter().map(|place| link(Kind::Place, place)).collect(),
        agencies: entry.agencies.iter().map(|agency| link(Kind::Agency, &agency.name)).collect(),
        sections: entry.sections.iter().map(|section| link(Kind::Section, section)).collect(),
        // Made by the template of the content, which escapes.
        content: Value::from_safe_string(entry.content.clone()),
    }
}

fn moment(site: &Site, time: Instant) -> String {
    format!("{}, {}", site.language.date(time.date_naive()), time.format("%H:%M"))
}
