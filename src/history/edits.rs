//! Which entries the new texts of a page are edits of.
//!
//! An edited item says other words than before, so it is known by all else: the same places and role, a text that
//! has enough in common ([`Words::common`]), a time that agrees or is dated anew, and the spot on the page from which
//! its old text is gone. The less of this speaks for an edit, the more the texts must have in common ([`RULES`]).

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, params};

use super::similarity::Words;
use super::wording::Wording;
use super::{Error, role_number};
use crate::entry::Sighting;

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

/// The most old wordings of one place that a page is compared with, and the most that one text is.
const MOST_WORDINGS: i64 = 4_000;
const MOST_LIKELY: usize = 16;

/// On so many earlier pages the spot of an old text is looked for.
const EARLIER_PAGES: i64 = 3;

/// Gives each unknown sighting the entry that it is an edit of, if any. The likest pair first, each once.
pub(super) fn find(
    db: &Connection,
    at: i64,
    sightings: &[Sighting<'_, '_>],
    found: &mut [Option<i64>],
) -> Result<(), Error> {
    let mut page = Page { db, at, places: HashMap::new(), pages: HashMap::new(), found };
    page.places =
        page.found.iter().enumerate().filter_map(|(place, entry)| Some(((*entry)?, place))).collect();
    let mut matches = Vec::new();
    for (key, places) in unknown(sightings, page.found) {
        let candidates = page.candidates(&key, sightings, &places)?;
        let index = Index::of(&candidates);
        for place in places {
            let sighting = &sightings[place];
            let words = Words::of(Wording::of(sighting).texts());
            for at in index.likely(&words) {
                matches.extend(page.compare(&candidates[at], sighting, &words, place)?);
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

/// The unknown sightings by the places and the role that an entry of theirs must have.
fn unknown(sightings: &[Sighting<'_, '_>], found: &[Option<i64>]) -> BTreeMap<(String, i64), Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, sighting) in sightings.iter().enumerate().filter(|(place, _)| found[*place].is_none()) {
        let key = (sighting.places.join("\n"), role_number(sighting.item.role));
        groups.entry(key).or_default().push(place);
    }
    groups
}

/// A sighting and an entry that can be one story.
struct Match {
    times: Times,
    spot: Spot,
    common: f64,
    place: usize,
    entry: i64,
}

/// An entry that may have become what the page now says.
struct Candidate {
    entry: i64,
    window: Option<(i64, i64)>,
    links: Vec<String>,
    wordings: Vec<Words>,
}

/// The page that is being read, beside the earlier ones.
struct Page<'p> {
    db: &'p Connection,
    at: i64,
    found: &'p [Option<i64>],
    /// Where each known entry stands.
    places: HashMap<i64, usize>,
    /// The entries of earlier pages, in their order.
    pages: HashMap<i64, Vec<i64>>,
}

impl Page<'_> {
    fn candidates(
        &self,
        (names, role): &(String, i64),
        sightings: &[Sighting<'_, '_>],
        places: &[usize],
    ) -> Result<Vec<Candidate>, Error> {
        let windows = || places.iter().map(|place| bounds(&sightings[*place]));
        let from = windows().map(|window| window.map_or(self.at, |(from, _)| from)).min().unwrap_or(self.at);
        let to = windows().map(|window| window.map_or(self.at, |(_, to)| to)).max().unwrap_or(self.at);
        let mut query = self.db.prepare_cached(
            "SELECT entry.id, earliest, latest, headline, kicker, dateline, agencies, paragraphs, link
             FROM entry JOIN wording ON wording.entry = entry.id
             WHERE places = ?1 AND role = ?2 AND sort BETWEEN ?3 AND ?4
             ORDER BY sort DESC, entry.id, wording.id LIMIT ?5",
        )?;
        let mut rows = query.query(params![names, role, from - NEARBY, to + NEARBY, MOST_WORDINGS])?;
        let mut candidates: Vec<Candidate> = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = row.get(0)?;
            if self.places.contains_key(&entry) {
                continue;
            }
            if candidates.last().is_none_or(|last| last.entry != entry) {
                let latest: Option<i64> = row.get(2)?;
                let earliest = row.get::<_, Option<i64>>(1)?.unwrap_or(i64::MIN);
                let window = latest.map(|latest| (earliest, latest));
                candidates.push(Candidate { entry, window, links: Vec::new(), wordings: Vec::new() });
            }
            let wording = Wording::read(row, 3)?;
            if let Some(candidate) = candidates.last_mut() {
                candidate.wordings.push(Words::of(wording.texts()));
                candidate.links.extend(wording.link);
            }
        }
        Ok(candidates)
    }

    fn compare(
        &mut self,
        candidate: &Candidate,
        sighting: &Sighting<'_, '_>,
        words: &Words,
        place: usize,
    ) -> Result<Option<Match>, Error> {
        let by_common = |a: &&Words, b: &&Words| a.common(words).total_cmp(&b.common(words));
        let Some(likest) = candidate.wordings.iter().max_by(by_common) else { return Ok(None) };
        let common = likest.common(words);
        let seen = self.seen(candidate.entry)?;
        let Some(times) = times(candidate.window, bounds(sighting), seen.first > self.at) else {
            return Ok(None);
        };
        let spot = self.spot(candidate.entry, &seen, place)?;
        let link = sighting.link.as_ref().map(url::Url::as_str);
        let other_link = link.is_some_and(|link| candidate.links.iter().all(|known| known != link))
            && !candidate.links.is_empty();
        let rule = RULES.iter().find(|rule| (rule.spot, rule.times) == (spot, times));
        let holds = |rule: &&Rule| {
            let needed = if other_link { rule.other_link } else { rule.common };
            let lately = likest.len().min(words.len()) >= WORDS && seen.apart <= RECENT;
            common >= needed && (rule.alike == 0.0 || (likest.alike(words) >= rule.alike && lately))
        };
        Ok(rule.filter(holds).map(|_| Match { times, spot, common, place, entry: candidate.entry }))
    }

    /// On which pages an entry stood, the nearest ones before this first.
    fn seen(&self, entry: i64) -> Result<Seen, Error> {
        let mut seen = Seen { pages: Vec::new(), apart: i64::MAX, first: i64::MAX };
        for (order, limit) in
            [("< ?2 ORDER BY sighting.at DESC", EARLIER_PAGES), (">= ?2 ORDER BY sighting.at", 1)]
        {
            let mut query = self.db.prepare_cached(&format!(
                "SELECT capture, sighting.at FROM wording JOIN sighting ON sighting.wording = wording.id
                 WHERE wording.entry = ?1 AND sighting.at {order} LIMIT ?3"
            ))?;
            let mut rows = query.query(params![entry, self.at, limit])?;
            while let Some(row) = rows.next()? {
                let at: i64 = row.get(1)?;
                seen.pages.push(row.get(0)?);
                seen.apart = seen.apart.min((at - self.at).abs());
                seen.first = seen.first.min(at);
            }
        }
        Ok(seen)
    }

    /// The best that any of the pages on which an entry stood says of its spot.
    fn spot(&mut self, entry: i64, seen: &Seen, place: usize) -> Result<Spot, Error> {
        let mut best = Spot::Gone;
        let mut told = false;
        for page in &seen.pages {
            if !self.pages.contains_key(page) {
                let entries = self.entries_of(*page)?;
                self.pages.insert(*page, entries);
            }
            let earlier = self.pages.get(page).map_or(&[][..], Vec::as_slice);
            if let Some(spot) = self.spot_beside(entry, earlier, place) {
                best = best.max(spot);
                told = true;
            }
        }
        Ok(if told { best } else { Spot::Unknown })
    }

    /// What one earlier page says; nothing where this one has nothing of it.
    fn spot_beside(&self, entry: i64, earlier: &[i64], place: usize) -> Option<Spot> {
        let at = earlier.iter().position(|known| *known == entry)?;
        let (above, below) = (&earlier[..at], &earlier[at + 1..]);
        let stands = |neighbour: Option<&i64>, here: Option<usize>| {
            let there = neighbour.and_then(|neighbour| self.places.get(neighbour));
            there.is_some() && there.copied() == here
        };
        let beside = [
            (stands(above.last(), place.checked_sub(1)), above.is_empty()),
            (stands(below.first(), Some(place + 1)), below.is_empty() || place + 1 == self.found.len()),
        ];
        let same =
            beside.iter().all(|(stands, free)| *stands || *free) && beside.iter().any(|(stands, _)| *stands);
        let left = |entries: &[i64]| entries.iter().any(|entry| self.places.contains_key(entry));
        match () {
            () if same => Some(Spot::Same),
            () if left(below) => Some(Spot::Due),
            () if left(above) => Some(Spot::Gone),
            () => None,
        }
    }

    fn entries_of(&self, page: i64) -> Result<Vec<i64>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT wording.entry FROM sighting JOIN wording ON wording.id = sighting.wording
             WHERE capture = ?1 ORDER BY place",
        )?;
        let entries = query.query_map([page], |row| row.get(0))?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}

/// Where an entry was seen.
struct Seen {
    pages: Vec<i64>,
    /// How far its nearest sighting is, in seconds.
    apart: i64,
    /// The earliest of the sightings that were looked at.
    first: i64,
}

fn bounds(sighting: &Sighting<'_, '_>) -> Option<(i64, i64)> {
    sighting.window.map(|window| (window.earliest.timestamp(), window.latest.timestamp()))
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

/// Finds the candidates that share pairs of words with a text.
struct Index {
    by_pair: HashMap<u64, Vec<usize>>,
}

impl Index {
    fn of(candidates: &[Candidate]) -> Self {
        let mut by_pair: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            for pair in candidate.wordings.iter().flat_map(Words::pairs) {
                let holders = by_pair.entry(pair).or_default();
                if holders.last() != Some(&at) {
                    holders.push(at);
                }
            }
        }
        Self { by_pair }
    }

    /// Those that share the most pairs, which are few where all texts of a place are alike.
    fn likely(&self, words: &Words) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for at in words.pairs().filter_map(|pair| self.by_pair.get(&pair)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let mut likely: Vec<_> = shared.into_iter().collect();
        likely.sort_unstable_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        likely.into_iter().take(MOST_LIKELY).map(|(at, _)| at).collect()
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
    }
}
