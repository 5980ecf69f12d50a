//! What a page says of its news in data for machines: the times of items by their address, and the items themselves where
//! the page shows none.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::page::data::Datum;
use crate::page::{Page, address};
use crate::wire::agency;
use crate::wire::dateline::{self, Before, Credit};
use crate::wire::item::{Item, Paragraph, Role};
use crate::wire::stamp::{self, Stamp, Time};

/// Adds the times and the agencies that data tells of items.
pub(super) fn add<'p>(page: &'p Page, items: &mut [Item<'p>]) {
    let by_name: HashMap<Cow<'_, str>, &Datum> =
        page.data.iter().rev().filter_map(|datum| Some((name(datum.url.as_deref()?), datum))).collect();
    for item in items {
        let own = match item.role {
            Role::Lead => of_lead(page, item),
            _ => item.link.and_then(|link| {
                by_name
                    .get(&name(link))
                    .copied()
                    .filter(|datum| datum.url.as_deref().is_some_and(|url| leads(link, url)))
            }),
        };
        if let Some(datum) = own {
            tell(item, datum);
        }
    }
}

/// What data says of the article that the page is about: the one with its headline, else the only one.
pub(super) fn of_lead<'p>(page: &'p Page, item: &Item<'p>) -> Option<&'p Datum> {
    let dated = || page.data.iter().filter(|datum| datum.published.is_some());
    let same = dated().find(|datum| datum.headline.as_deref() == item.headline);
    let only = || dated().next().filter(|_| dated().count() == 1);
    same.or_else(only)
}

fn tell<'p>(item: &mut Item<'p>, datum: &'p Datum) {
    let published = datum.published.as_deref().and_then(stamp::machine).map(Time::from);
    if let Some(time) = published.filter(|time| !item.machine.contains(time)) {
        item.machine.insert(0, time);
    }
    if item.modified.is_none() {
        item.modified = datum
            .modified
            .as_deref()
            .filter(|modified| Some(*modified) != datum.published.as_deref())
            .and_then(changed);
    }
    if item.dateline.as_ref().is_none_or(|line| line.agencies.is_empty()) && item.credits.is_empty() {
        item.credits = credits(datum);
    }
}

fn changed(printed: &str) -> Option<Stamp<'_>> {
    stamp::machine(printed).map(|time| Stamp { modified: true, ..Stamp::new(printed, time.into(), 0) })
}

fn credits(datum: &Datum) -> Vec<Credit<'_>> {
    let words = datum.authors.iter().flat_map(|name| name.split(['/', ',', ' ']));
    let found =
        words.filter_map(|code| agency::find(code).map(|agency| Credit { code, agency: Some(agency) }));
    let mut credits: Vec<Credit<'_>> = Vec::new();
    for credit in found {
        if credits.iter().all(|known| known.name() != credit.name()) {
            credits.push(credit);
        }
    }
    credits
}

/// The items of a page that shows none and tells them in its data: drawn by a script.
pub(super) fn items(page: &Page) -> Vec<Item<'_>> {
    let told = page
        .data
        .iter()
        .filter(|datum| datum.headline.is_some() && (datum.url.is_some() || datum.published.is_some()));
    told.map(|datum| {
        let mut item = Item {
            line: datum.line,
            headline: datum.headline.as_deref(),
            link: datum.url.as_deref(),
            section: datum.section.as_deref(),
            ..Item::default()
        };
        if let Some(text) = datum.text.as_deref() {
            let dated = dateline::split(text, Before::Other);
            let body = dated.as_ref().map_or(text, |(_, body)| body);
            item.paragraphs.push(Paragraph { text: body, subhead: false });
            item.dateline = dated.map(|(dateline, _)| dateline);
        }
        tell(&mut item, datum);
        item
    })
    .collect()
}

/// An address without its scheme, host and fragment.
fn path(link: &str) -> &str {
    let link = link.split('#').next().unwrap_or(link).trim().trim_end_matches('/');

    (link.split_once("//").map_or(link, |(_, behind)| behind.find('/').map_or("", |at| &behind[at..]))) as _
}

/// The last part of an address, without what only tells where a reader came from.
fn name(link: &str) -> Cow<'_, str> {
    let path = path(link);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    match address::without(query, |pair| address::is_tracking(pair) || address::may_track(pair)) {
        query if query.is_empty() => Cow::Borrowed(last),
        query => format!("{last}?{query}").into(),
    }
}

/// Whether a link, which may be relative, can lead to an address.
fn leads(link: &str, url: &str) -> bool {
    let folder =
        |link: &str| path(link).split('?').next().unwrap_or_default().trim_end_matches('/').to_owned();
    folder(url).ends_with(folder(link).trim_start_matches(['.', '/']))
}
