//! Which records are news: what one says by itself, and what the others of its list and its page say of it.

use std::collections::{HashMap, HashSet};

use super::around::Around;
use super::find::Record;
use super::href::host_of;
use super::read::Reader;
use super::signals::{Signals, Unit, words};
use crate::page::Page;
use crate::wire::item::Item;
use crate::wire::stamp::Time;

/// The items of records, in the page's order. Records that are no news by any reading make none.
pub(super) fn items<'p>(
    page: &Page,
    signals: &Signals<'p>,
    records: &[Record],
    around: &Around<'p>,
    led: bool,
) -> Vec<Item<'p>> {
    let read = records.iter().filter_map(|record| Some((record, Reader { signals, around, record }.item()?)));
    let mut read: Vec<_> = read.collect();
    let timed = read.iter().any(|(_, item)| is_timed(item));
    let lists = lists(&read);
    let timed = timed || !signals.stamps.is_empty();
    // Below an article stand comments: a name, a time, a text that leads nowhere.
    read.retain(|(record, item)| {
        !led || record.unit != Unit::Stamp || item.link.is_some() || item.dateline.is_some()
    });
    let own = own_host(page, &read);
    read.retain(|(_, item)| {
        is_timed(item) || own.is_none_or(|own| host(item).is_none_or(|host| host == own))
    });
    unnumber(&mut read);
    disbelieve(&mut read);
    read.retain(|(record, item)| is_timed(item) || speaks(record, item, &lists, timed));
    read.into_iter().map(|(_, item)| item).collect()
}

/// The host to which most records lead, where nearly all of them do: those that lead elsewhere and tell no time are not
/// the site's news. Empty where addresses name no host.
fn own_host<'p>(page: &'p Page, read: &[(&Record, Item<'p>)]) -> Option<&'p str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let said = page.link.as_deref().and_then(host_of);
    let hosts = read
        .iter()
        .filter(|(_, item)| item.link.is_some())
        .map(|(_, item)| host(item).or(said).unwrap_or_default());
    let mut all = 0;
    for host in hosts {
        all += 1;
        *counts.entry(host).or_default() += 1;
    }
    let (host, count) = counts.into_iter().max_by_key(|(host, count)| (*count, std::cmp::Reverse(*host)))?;
    (count * 5 >= all * 4).then_some(host)
}

fn host<'p>(item: &Item<'p>) -> Option<&'p str> {
    item.link.and_then(host_of)
}

/// Forgets a time for machines that stands on many records whose prints differ: when the page was made.
fn disbelieve(read: &mut [(&Record, Item<'_>)]) {
    const MANY: usize = 3;
    let mut prints: HashMap<Time, HashSet<&str>> = HashMap::new();
    for (_, item) in read.iter() {
        for time in &item.machine {
            prints.entry(*time).or_default().extend(item.stamp.as_ref().map(|stamp| stamp.printed));
        }
    }
    let lies = |time: &Time| prints.get(time).is_some_and(|prints| prints.len() >= MANY);
    for (_, item) in read.iter_mut() {
        item.machine.retain(|time| !lies(time));
    }
}

/// Takes the numbers off the headlines of a list that is numbered from 1.
fn unnumber(read: &mut [(&Record, Item<'_>)]) {
    const FEWEST: usize = 3;
    let mut from = 0;
    while from < read.len() {
        let list = read[from].0.list;
        let end = (from + 1..read.len()).find(|at| read[*at].0.list != list).unwrap_or(read.len());
        let run = &mut read[from..end];
        let bare = |number: usize, text: &str| {
            text.strip_prefix(&number.to_string())
                .map(|rest| text.len() - rest.trim_start_matches(['.', ')', ' ']).len())
                .filter(|at| text[..*at].ends_with([' ', '.', ')']))
        };
        let numbered = list.is_some()
            && run.len() >= FEWEST
            && (1..)
                .zip(run.iter())
                .all(|(number, (_, item))| item.headline.is_some_and(|text| bare(number, text).is_some()));
        if numbered {
            for (number, (_, item)) in (1..).zip(run) {
                item.headline = item.headline.map(|text| &text[bare(number, text).unwrap_or_default()..]);
            }
        }
        from = end;
    }
}

/// Whether a record tells a time.
pub(super) fn is_timed(item: &Item<'_>) -> bool {
    item.stamp.is_some() || !item.machine.is_empty()
}

/// Of each list its members, their words, and whether any tells a time.
fn lists(read: &[(&Record, Item<'_>)]) -> HashMap<u32, (usize, usize, bool)> {
    let mut lists = HashMap::new();
    for (record, item) in read {
        let Some(list) = record.list else { continue };
        let (members, said, timed) = lists.entry(list).or_insert((0, 0, false));
        *members += 1;
        *said += item.headline.map_or(0, words).min(12);
        *timed |= is_timed(item);
    }
    lists
}

/// Whether a record without a time is news: others of its list tell theirs, or its list is one of headlines.
fn speaks(record: &Record, item: &Item<'_>, lists: &HashMap<u32, (usize, usize, bool)>, timed: bool) -> bool {
    // Linked headings are news sooner than links.
    let fewest = if timed && record.unit == Unit::LinkedHeading { 2 } else { 3 };
    let Some((members, said, among)) = record.list.and_then(|list| lists.get(&list)) else {
        let headed =
            matches!(record.unit, Unit::LinkedHeading) && item.headline.is_some_and(|text| words(text) >= 3);
        return timed
            && item.link.is_some()
            && (headed
                || (!item.paragraphs.is_empty() && item.headline.is_some_and(|text| words(text) >= 4)));
    };
    *among || (*members >= fewest && *said >= members * 4)
}

/// Whether a record is news: it leads to a text of its own or tells one, and its time or its list speak for it.
pub(super) fn is_news(record: &Record, item: &Item<'_>, furniture: bool) -> bool {
    let timed = item.stamp.is_some() || !item.machine.is_empty();
    let listed = record.list.is_some();
    let words = item.headline.map_or(0, words);
    let tells = !item.paragraphs.is_empty();
    match record.unit {
        Unit::LinkedHeading => timed || (!furniture && item.link.is_some() && (tells || words >= 3)),
        // Beside news stand opening hours, the weather, a poll.
        Unit::Heading if !listed && item.link.is_none() => {
            item.stamp.as_ref().is_some_and(|stamp| !stamp.is_clock()) && (words >= 4 || tells)
        }
        Unit::Heading => timed || (item.link.is_some() && listed && !furniture),
        Unit::Stamp => {
            (words >= 2 || tells)
                && if timed { listed || tells || item.link.is_some() } else { listed && item.link.is_some() }
        }
        Unit::Link => {
            (timed && (tells || words >= if listed { 2 } else { 4 }))
                || (listed && !furniture && words >= 4 && item.link.is_some())
        }
    }
}

/// Whether a text is a price and nothing more: what has one and no time is for sale.
pub(super) fn is_price(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let money = text.contains('€') || text.to_ascii_lowercase().contains("euro");
    let cents = text.rsplit_once(',').is_some_and(|(_, cents)| {
        cents == "-" || (cents.len() == 2 && cents.bytes().all(|byte| byte.is_ascii_digit()))
    });
    (1..=7).contains(&digits) && text.len() <= 24 && words(text) <= 4 && (money || cents)
}
