//! Which entries the new texts of a page are edits of.
//!
//! An edited item says other words than before, so it is known by all else: the same places and role, a text that
//! has enough in common ([`Words::common`]), a time that agrees or is dated anew, and the spot on the page from which
//! its old text is gone. The less of this speaks for an edit, the more the texts must have in common ([`RULES`]).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Error;
use super::capture::Moment;
use super::observation::Observed;
use super::similarity::Words;
use super::store::Store;
use super::story::Version;
use crate::link;

/// What the page says of the spot of an old text that is gone from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    /// Everything that is left of the earlier page stood above it: it scrolled off.
    Gone,
    /// Nothing is left of the earlier page.
    Unknown,
    /// What stood below it is still there: it would be, too.
    Due,
    /// The new text stands between the same neighbours.
    Same,
}

/// How the times of an old and a new text go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Times {
    /// The new one is later: it was dated anew.
    Apart,
    /// One of them has none.
    Unknown,
    /// They can be one.
    Meet,
}

/// What an edit and its old text must have in common, from 0 to 1.
struct Rule {
    spot: Spot,
    times: Times,
    common: f64,
    /// The same where the page links both, and to different addresses.
    other_link: f64,
    /// The texts are [`Words::alike`] by so much, and what a page had lately ([`RECENT`], [`WORDS`]).
    alike: f64,
}

const NEVER: f64 = 2.0;

const fn rule(spot: Spot, times: Times, common: f64, other_link: f64) -> Rule {
    Rule { spot, times, common, other_link, alike: 0.0 }
}

const fn recent(spot: Spot, times: Times) -> Rule {
    Rule { alike: 0.5, ..rule(spot, times, 0.85, NEVER) }
}

/// No rule takes less in common.
const LEAST: f64 = 0.3;

const RULES: &[Rule] = &[
    rule(Spot::Same, Times::Meet, 0.3, 0.5),
    rule(Spot::Same, Times::Unknown, 0.5, 0.75),
    rule(Spot::Same, Times::Apart, 0.75, NEVER),
    rule(Spot::Due, Times::Meet, 0.5, 0.75),
    rule(Spot::Due, Times::Unknown, 0.6, NEVER),
    rule(Spot::Due, Times::Apart, 0.75, NEVER),
    rule(Spot::Unknown, Times::Meet, 0.75, NEVER),
    recent(Spot::Unknown, Times::Unknown),
    recent(Spot::Unknown, Times::Apart),
    recent(Spot::Gone, Times::Meet),
    recent(Spot::Gone, Times::Unknown),
    recent(Spot::Gone, Times::Apart),
];

/// An edit is looked for among the entries published so near to it, in seconds.
const NEARBY: i64 = 24 * 60 * 60;

/// What scrolled off and comes back in other words was on a page so lately, in seconds, and has so many words.
const RECENT: i64 = 4 * 60 * 60;
const WORDS: usize = 7;

/// The most entries of one place that a text is compared with, and the texts of a page in all; of them the likest that
/// are looked at closely.
const MOST: usize = 4_000;
const MOST_COMPARED: usize = 16_000_000;
const LIKELY: usize = 16;

/// On so many earlier pages the spot of an old text is looked for.
const EARLIER_PAGES: usize = 3;

/// Gives each unknown item the entry that it is an edit of, if any. The likest pair first, each once.
pub(super) fn find(
    store: &mut Store<'_>,
    at: i64,
    items: &[Observed],
    found: &mut [Option<i64>],
) -> Result<(), Error> {
    let places = found.iter().enumerate().filter_map(|(place, entry)| Some(((*entry)?, place))).collect();
    let mut page = Page { store, at, places, pages: HashMap::new(), length: found.len() };
    let mut matches = Vec::new();
    for ((names, role), places) in unknown(items, found) {
        let windows = || places.iter().map(|place| items[*place].window);
        let from = windows().map(|window| window.map_or(at, |(from, _)| from)).min().unwrap_or(at);
        let to = windows().map(|window| window.map_or(at, |(_, to)| to)).max().unwrap_or(at);
        let most = (MOST_COMPARED / places.len().max(1)).min(MOST);
        let gone = &page.places;
        let near = page.store.newest(&names, (from - NEARBY, to + NEARBY), most, |entry, story| {
            story.role == role && !gone.contains_key(&entry)
        })?;
        for place in places {
            let item = &items[place];
            let words = Words::of(item.wording.texts());
            for entry in page.store.likest(&near, &words, LIKELY) {
                matches.extend(page.compare(entry, item, &words, place)?);
            }
        }
    }
    matches.sort_by(|a, b| {
        let rank = |pair: &Match| (pair.times, pair.spot);
        rank(b)
            .cmp(&rank(a))
            .then(b.common.total_cmp(&a.common))
            .then((a.place, a.entry).cmp(&(b.place, b.entry)))
    });
    let mut taken = HashSet::new();
    for pair in matches {
        if found[pair.place].is_none() && taken.insert(pair.entry) {
            found[pair.place] = Some(pair.entry);
        }
    }
    Ok(())
}

/// The unknown items by the places and the role that an entry of theirs must have.
fn unknown(items: &[Observed], found: &[Option<i64>]) -> BTreeMap<(String, i64), Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate().filter(|(place, _)| found[*place].is_none()) {
        groups.entry((item.places.clone(), item.role)).or_default().push(place);
    }
    groups
}

/// An item and an entry that can be one story.
struct Match {
    times: Times,
    spot: Spot,
    common: f64,
    place: usize,
    entry: i64,
}

/// The page that is being read, beside the earlier ones.
struct Page<'p, 'h> {
    store: &'p mut Store<'h>,
    at: i64,
    /// Where each known entry stands.
    places: HashMap<i64, usize>,
    pages: HashMap<Moment, Earlier>,
    /// How many items it has.
    length: usize,
}

impl Page<'_, '_> {
    fn compare(
        &mut self,
        entry: i64,
        item: &Observed,
        words: &Words,
        place: usize,
    ) -> Result<Option<Match>, Error> {
        let story = self.store.story(entry)?;
        let wordings = story.versions.iter().map(Version::words);
        let likest = wordings.map(|known| (known.common(words), known)).max_by(|a, b| a.0.total_cmp(&b.0));
        // What no rule takes is not looked up.
        let Some((common, likest)) = likest.filter(|(common, _)| *common >= LEAST) else { return Ok(None) };
        let window = story.state.latest.map(|latest| (story.state.earliest.unwrap_or(i64::MIN), latest));
        let alike = likest.alike(words);
        let length = likest.len().min(words.len());
        let link = item.wording.link.as_deref();
        let mut links =
            story.versions.iter().filter_map(|version| version.wording.link.as_deref()).peekable();
        let other_link =
            links.peek().is_some() && link.is_some_and(|link| links.all(|known| !link::is_same(known, link)));
        let seen = self.seen(entry)?;
        let Some(times) = times(window, item.window, seen.first > self.at) else {
            return Ok(None);
        };
        let spot = self.spot(entry, &seen, place)?;
        let rule = RULES.iter().find(|rule| (rule.spot, rule.times) == (spot, times));
        let holds = |rule: &&Rule| {
            let needed = if other_link { rule.other_link } else { rule.common };
            let lately = length >= WORDS && seen.apart <= RECENT;
            common >= needed && (rule.alike == 0.0 || (alike >= rule.alike && lately))
        };
        Ok(rule.filter(holds).map(|_| Match { times, spot, common, place, entry }))
    }

    /// On which pages an entry stood, the nearest ones before this first.
    fn seen(&mut self, entry: i64) -> Result<Seen, Error> {
        let mut seen = Seen { pages: Vec::new(), apart: i64::MAX, first: i64::MAX };
        let pages: Vec<_> = self.store.sightings_of(entry)?.into_iter().map(|(moment, _)| moment).collect();
        let (earlier, later) = pages.split_at(pages.partition_point(|(at, _)| *at < self.at));
        // Pages of several sections may be of the same second.
        let next = later.iter().take_while(|(at, _)| later.first().is_some_and(|(first, _)| at == first));
        let nearest = earlier.iter().rev().take(EARLIER_PAGES).chain(next);
        for (at, digest) in nearest.copied() {
            seen.pages.push((at, digest));
            seen.apart = seen.apart.min((at - self.at).abs());
            seen.first = seen.first.min(at);
        }
        Ok(seen)
    }

    /// The best that any of the pages on which an entry stood says of its spot.
    fn spot(&mut self, entry: i64, seen: &Seen, place: usize) -> Result<Spot, Error> {
        let mut best = Spot::Gone;
        let mut told = false;
        for page in &seen.pages {
            if !self.pages.contains_key(page) {
                let earlier = self.earlier(*page)?;
                self.pages.insert(*page, earlier);
            }
            let earlier = self.pages.get(page);
            if let Some(spot) = earlier.and_then(|earlier| self.spot_beside(entry, earlier, place)) {
                best = best.max(spot);
                told = true;
            }
        }
        Ok(if told { best } else { Spot::Unknown })
    }

    fn earlier(&mut self, page: Moment) -> Result<Earlier, Error> {
        let told = self.store.capture(page).map_or(Vec::new(), |capture| capture.told.clone());
        let entries = told.iter().map(|told| self.store.owner(told.wording));
        let entries: Vec<i64> = entries.collect::<Result<_, _>>()?;
        let places = entries.iter().enumerate().map(|(at, entry)| (*entry, at)).collect();
        let left = |entry: &i64| self.places.contains_key(entry);
        let (first, last) = (entries.iter().position(left), entries.iter().rposition(left));
        Ok(Earlier { entries, places, left: first.zip(last) })
    }

    /// What one earlier page says; nothing where this one has nothing of it.
    fn spot_beside(&self, entry: i64, earlier: &Earlier, place: usize) -> Option<Spot> {
        let at = *earlier.places.get(&entry)?;
        let (above, below) = (at.checked_sub(1), at + 1);
        let stands = |neighbour: Option<usize>, here: Option<usize>| {
            let neighbour = neighbour.and_then(|at| earlier.entries.get(at));
            let there = neighbour.and_then(|neighbour| self.places.get(neighbour));
            there.is_some() && there.copied() == here
        };
        let ends = below == earlier.entries.len() || place + 1 == self.length;
        let beside = [
            (stands(above, place.checked_sub(1)), above.is_none()),
            (stands(Some(below), Some(place + 1)), ends),
        ];
        let same =
            beside.iter().all(|(stands, free)| *stands || *free) && beside.iter().any(|(stands, _)| *stands);
        let (first, last) = earlier.left?;
        match () {
            () if same => Some(Spot::Same),
            () if last > at => Some(Spot::Due),
            () if first < at => Some(Spot::Gone),
            () => None,
        }
    }
}

/// An earlier page.
struct Earlier {
    /// In its order.
    entries: Vec<i64>,
    places: HashMap<i64, usize>,
    /// The first and the last of them that is on this page, too.
    left: Option<(usize, usize)>,
}

/// Where an entry was seen.
struct Seen {
    pages: Vec<Moment>,
    /// How far its nearest sighting is, in seconds.
    apart: i64,
    /// The earliest of the sightings that were looked at.
    first: i64,
}

/// How the times of an entry and of a sighting go together; none where they are no edit's. `older`: the page is older
/// than all that is known of the entry.
fn times(entry: Option<(i64, i64)>, sighting: Option<(i64, i64)>, older: bool) -> Option<Times> {
    let (Some((earliest, latest)), Some((from, to))) = (entry, sighting) else { return Some(Times::Unknown) };
    match () {
        () if from <= latest && earliest <= to => Some(Times::Meet),
        () if (from > latest) != older => Some(Times::Apart),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spot_and_time_has_one_rule() {
        for spot in [Spot::Gone, Spot::Unknown, Spot::Due, Spot::Same] {
            for times in [Times::Apart, Times::Unknown, Times::Meet] {
                let rules = RULES.iter().filter(|rule| (rule.spot, rule.times) == (spot, times));
                assert_eq!(rules.count(), 1, "{spot:?} {times:?}");
            }
        }
        assert!(RULES.iter().all(|rule| rule.common.min(rule.other_link) >= LEAST));
    }
}
