//! What an entry shows, as a function of its sightings.
//!
//! - An upper bound is always true: a page may be old, but it is of no time after its capture.
//! - A lower bound is true only if the page was fresh. Of a capture that came from a cache ([`trust`](super::trust))
//!   none counts.
//! - Lower bounds are taken from the oldest wording alone: a corrected text may have been dated anew.
//! - `published` is the reading of the earliest capture that gives one, moved to the nearest moment inside the window.
//! - The wording shown is the one that came last on a fresh page. An older capture brings none back; a page that
//!   tells of something newer than the change does: the change was taken back.
//! - `updated` is when that wording came, or when the page dated the story anew.

use std::collections::HashMap;

use super::capture::{Capture, Moment, Telling};
use super::observation::Observed;
use super::store::Store;
use super::story::{State, Story, Version};
use super::{Error, trust};

/// Keeps what a page told, `entries` being the entries of its items, and derives what follows of them.
pub(super) fn take(
    store: &mut Store<'_>,
    moment: Moment,
    items: Vec<Observed>,
    entries: &[i64],
) -> Result<(), Error> {
    let (at, _) = moment;
    let mut capture = Capture { stale: trust::FRESH, told: Vec::with_capacity(items.len()) };
    let mut unsure = Vec::new();
    for (item, &entry) in items.into_iter().zip(entries) {
        let Observed { window, published, updated, role, .. } = item;
        let (wording, known) = wording(store, at, item, entry)?;
        let (earliest, latest) = window.unzip();
        let telling = Telling { wording, earliest, latest, published, updated };
        capture.told.push(telling);
        if !(known && narrow(store, entry, role, at, &telling)?) {
            let story = store.story(entry)?;
            story.role = story.role.min(role);
            unsure.push((entry, wording));
        }
    }
    store.put(moment, capture);
    let (mut entries, wordings): (Vec<_>, Vec<_>) = unsure.into_iter().unzip();
    entries.extend(trust::suspect(store, moment, &wordings)?);
    derive_all(store, entries)
}

/// Derives each of some entries once.
pub(super) fn derive_all(store: &mut Store<'_>, mut entries: Vec<i64>) -> Result<(), Error> {
    entries.sort_unstable();
    entries.dedup();
    entries.into_iter().try_for_each(|entry| derive(store, entry))
}

/// The wording of an item, and whether it was there before, first seen in an earlier capture.
fn wording(store: &mut Store<'_>, at: i64, item: Observed, entry: i64) -> Result<(i64, bool), Error> {
    let digest = item.digest;
    let story = store.story(entry)?;
    item.sections.iter().for_each(|section| story.stood_in(section, at));
    let Some(version) = story.said(&digest) else {
        let id = store.next_wording();
        let mut version = Version::new(id, digest, item.text_id, at, item.wording);
        version.see(at);
        store.give(entry, version)?;
        return Ok((id, false));
    };
    let known = (version.id, at > version.first);
    story.linked |= version.see_again(at, item.wording.link.as_deref());
    Ok(known)
}

/// The everyday case, in one step: a text that is known, seen again later, with a time that agrees. `false` where
/// it is another case. What it keeps is what [`derive`] would.
fn narrow(store: &mut Store<'_>, entry: i64, role: i64, at: i64, telling: &Telling) -> Result<bool, Error> {
    let story = store.story(entry)?;
    let state = &mut story.state;
    if state.wording != telling.wording || story.role > role {
        return Ok(false);
    }
    if state.oldest != telling.wording {
        let state = *state;
        return adds_nothing(store, at, telling, state);
    }
    let Some((from, to)) = telling.window() else { return Ok(true) };
    // Without a lower bound the first captures were not believed.
    let (Some(earliest), Some(latest), Some(published), Some(reading), Some(read_at)) =
        (state.earliest, state.latest, state.published, state.reading, state.read_at)
    else {
        return Ok(false);
    };
    if from > latest || to < earliest || at <= read_at || state.updated != published {
        return Ok(false);
    }
    let (earliest, latest) = (earliest.max(from), latest.min(to));
    (state.earliest, state.latest) = (Some(earliest), Some(latest));
    let moved = reading.clamp(earliest, latest);
    if moved != published {
        (state.published, state.updated, state.sort) = (Some(moved), moved, moved);
    }
    Ok(true)
}

/// Whether a later wording, seen again, leaves all as it is: it gives no lower bound, and its upper one is known.
fn adds_nothing(store: &mut Store<'_>, at: i64, telling: &Telling, state: State) -> Result<bool, Error> {
    const LATELY: i64 = 3 * 60 * 60;
    let Some((from, to)) = telling.window() else { return Ok(true) };
    let doubtful = store.sightings(telling.wording)?.into_iter().any(|((seen, _), told)| {
        (at - LATELY..=at).contains(&seen) && told.latest.is_some_and(|latest| latest < from)
    });
    Ok(!doubtful && state.latest.is_some_and(|latest| to >= latest) && at > state.updated)
}

/// One sighting with what is needed of its capture.
struct Seen {
    moment: Moment,
    trust: i64,
    told: Telling,
}

/// Derives all that an entry shows from its sightings.
pub(super) fn derive(store: &mut Store<'_>, entry: i64) -> Result<(), Error> {
    let seen = seen(store, entry)?;
    let Some(first) = seen.first() else { return Ok(()) };
    let Some(shown) = shown(store, entry, &seen)? else { return Ok(()) };
    let latest = seen.iter().filter_map(|seen| seen.told.latest).min();
    let oldest = first.told.wording;
    let bounds = seen.iter().filter(|seen| seen.told.wording == oldest && seen.trust != trust::CACHED);
    let earliest = bounds.filter_map(|seen| seen.told.earliest).filter(|from| Some(*from) <= latest).max();
    let read = seen.iter().find_map(|seen| Some((seen.told.published?, seen.moment.0)));
    let reading = read.map(|(reading, _)| reading);
    let published = reading.map(|reading| {
        let reading = latest.map_or(reading, |latest| reading.min(latest));
        earliest.map_or(reading, |earliest| reading.max(earliest))
    });
    let sort = published.unwrap_or(first.told.updated);
    let anew = seen.iter().find(|seen| seen.trust == trust::DATED_ANEW && seen.told.earliest > latest);
    let changes = [shown.since, shown.printed, anew.map(|seen| seen.moment.0)];
    let updated = changes.into_iter().flatten().fold(sort, i64::max);
    let read_at = read.map(|(_, at)| at);
    let wording = shown.wording;
    store.story(entry)?.state =
        State { wording, oldest, sort, earliest, latest, published, reading, read_at, updated };
    Ok(())
}

/// The sightings of an entry, earliest first, whatever the order in which they came.
fn seen(store: &mut Store<'_>, entry: i64) -> Result<Vec<Seen>, Error> {
    let told = store.sightings_of(entry)?.into_iter();
    let trust = |moment| store.capture(moment).map_or(trust::FRESH, |capture| capture.stale);
    Ok(told.map(|(moment, told)| Seen { moment, trust: trust(moment), told }).collect())
}

/// The wording that an entry shows.
struct Shown {
    wording: i64,
    /// Since which capture; none where it never showed another.
    since: Option<i64>,
    /// The change that the page printed with it.
    printed: Option<i64>,
}

/// The wording that came last, reading the sightings from the earliest on. A wording counts from its own `first`,
/// which an imported feed may set later than the sighting.
fn shown(store: &mut Store<'_>, entry: i64, sightings: &[Seen]) -> Result<Option<Shown>, Error> {
    let versions = counts_as(store.story(entry)?);
    let group = |seen: &Seen| {
        let wording = seen.told.wording;
        versions.get(&wording).copied().unwrap_or((wording, seen.moment.0))
    };
    let mut timeline: Vec<_> =
        sightings.iter().map(|seen| (seen.moment.0.max(group(seen).1), seen)).collect();
    timeline.sort_by_key(|(at, _)| *at);
    let mut shown: Option<Shown> = None;
    let mut since = i64::MIN;
    let mut before = Vec::new();
    for (at, seen) in timeline {
        let (wording, _) = group(seen);
        let cached = seen.trust == trust::CACHED && shown.is_some();
        if cached || shown.as_ref().is_some_and(|shown| shown.wording == wording) {
            continue;
        }
        let again = before.contains(&wording);
        if again && youngest(store, seen.moment).is_none_or(|youngest| youngest <= since) {
            continue;
        }
        let told = &seen.told;
        let printed = told.published.filter(|published| told.updated > *published).map(|_| told.updated);
        shown = Some(Shown { wording, since: shown.map(|_| at), printed });
        since = at;
        before.push(wording);
    }
    Ok(shown)
}

/// The latest moment before which a page cannot have been made: it tells of something published then.
fn youngest(store: &Store<'_>, moment: Moment) -> Option<i64> {
    store.capture(moment)?.told.iter().filter_map(|told| told.earliest).max()
}

/// Each wording of an entry with the one that it counts as, and since when. One without a headline counts as the one
/// with the same text that has one.
fn counts_as(story: &Story) -> HashMap<i64, (i64, i64)> {
    let mut versions: Vec<_> = story.versions.iter().collect();
    versions.sort_by_key(|version| (version.first, version.digest));
    let is_titled = |version: &Version| version.wording.headline.is_some();
    let counts_as = |version: &&Version| {
        let mut titled = versions.iter().filter(|other| other.text_id == version.text_id && is_titled(other));
        let titled = titled.next().filter(|_| !is_titled(version));
        (version.id, (titled.map_or(version.id, |titled| titled.id), version.first))
    };
    versions.iter().map(counts_as).collect()
}
