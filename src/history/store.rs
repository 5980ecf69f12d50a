//! What a batch works on: the entries and captures that it touches, read when they are first asked for, and written
//! when it ends. The same entries stand on page after page; to look each up again in the database would cost more than
//! all the rest.

use std::cmp::Reverse;
use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::Error;
use super::capture::{self, Capture, Moment, Telling};
use super::seal::{self, DIRTY, ENTRY, KEY, SECTION, WORDING};
use super::similarity::Words;
use super::story::{Kept, Section, State, Story, Version};
use super::wording::Wording;

/// A transaction, and what it has in memory. No page has a say in the numbers of rows, so they need no slow hash.
#[derive(Debug)]
pub(super) struct Store<'h> {
    pub(super) db: Transaction<'h>,
    stories: FxHashMap<i64, Story>,
    /// Which entry each wording is of.
    owners: FxHashMap<i64, i64>,
    /// By what entries are found again; none of what is known to find nothing.
    keys: HashMap<Uuid, Option<i64>>,
    new_keys: Vec<Uuid>,
    new_ids: HashSet<Uuid>,
    captures: BTreeMap<Moment, Capture>,
    new_captures: BTreeSet<Moment>,
    new_sightings: usize,
    /// In which of the captures in memory each wording was seen, and at which place there.
    seen: FxHashMap<i64, Vec<(Moment, usize)>>,
    /// The days of which all captures are in memory, and a span of them without a gap.
    days: HashSet<i64>,
    whole: Option<(i64, i64)>,
    neighbours: HashMap<String, Neighbours>,
    last_story: i64,
    last_wording: i64,
}

/// The entries in memory that have the same places.
#[derive(Debug, Default)]
struct Neighbours {
    stories: Vec<i64>,
    /// The days of which all are here.
    days: HashSet<i64>,
}

/// The most entries of one place and day that are read.
const MOST_READ: i64 = 20_000;

const DAY: i64 = 24 * 60 * 60;

impl<'h> Store<'h> {
    pub(super) fn new(db: Transaction<'h>) -> Result<Self, Error> {
        let last = |table: &str| -> Result<i64, Error> {
            let query = format!("SELECT coalesce(max(id), 0) FROM main.{table}");
            Ok(db.prepare_cached(&query)?.query_row([], |row| row.get(0))?)
        };
        let (last_story, last_wording) = (last("entry")?, last("wording")?);
        Ok(Self {
            db,
            stories: FxHashMap::default(),
            owners: FxHashMap::default(),
            keys: HashMap::new(),
            new_keys: Vec::new(),
            new_ids: HashSet::new(),
            captures: BTreeMap::new(),
            new_captures: BTreeSet::new(),
            new_sightings: 0,
            seen: FxHashMap::default(),
            days: HashSet::new(),
            whole: None,
            neighbours: HashMap::new(),
            last_story,
            last_wording,
        })
    }

    /// An entry.
    pub(super) fn story(&mut self, id: i64) -> Result<&mut Story, Error> {
        match self.stories.entry(id) {
            Occupied(story) => Ok(story.into_mut()),
            Vacant(place) => {
                let story = read_story(&self.db, id)?;
                self.owners.extend(story.versions.iter().map(|version| (version.id, id)));
                self.neighbours.entry(story.places.clone()).or_default().stories.push(id);
                Ok(place.insert(story))
            }
        }
    }

    /// A new entry, which nothing was seen of yet.
    pub(super) fn begin(&mut self, uuid: Uuid, places: &str, role: i64) -> i64 {
        self.last_story += 1;
        let story = Story {
            uuid,
            places: places.to_owned(),
            role,
            state: State::default(),
            versions: Vec::new(),
            sections: Vec::new(),
            linked: false,
            kept: None,
        };
        self.new_ids.insert(uuid);
        self.neighbours.entry(story.places.clone()).or_default().stories.push(self.last_story);
        self.stories.insert(self.last_story, story);
        self.last_story
    }

    /// A new wording of an entry, or one that was another's.
    pub(super) fn give(&mut self, entry: i64, version: Version) -> Result<(), Error> {
        self.owners.insert(version.id, entry);
        self.story(entry)?.versions.push(version);
        Ok(())
    }

    /// The number of a new wording.
    pub(super) fn next_wording(&mut self) -> i64 {
        self.last_wording += 1;
        self.last_wording
    }

    /// The entry that a wording is of.
    pub(super) fn owner(&mut self, wording: i64) -> Result<i64, Error> {
        match self.owners.entry(wording) {
            Occupied(owner) => Ok(*owner.get()),
            Vacant(place) => {
                let mut query = self.db.prepare_cached("SELECT entry FROM wording WHERE id = ?1")?;
                Ok(*place.insert(query.query_row([wording], |row| row.get(0))?))
            }
        }
    }

    /// The entry that is found by the id of a link or a text.
    pub(super) fn by_key(&mut self, key: Uuid) -> Result<Option<i64>, Error> {
        match self.keys.entry(key) {
            Occupied(entry) => Ok(*entry.get()),
            Vacant(place) => {
                let mut query = self.db.prepare_cached("SELECT entry FROM key WHERE uuid = ?1")?;
                Ok(*place.insert(query.query_row([key.as_bytes()], |row| row.get(0)).optional()?))
            }
        }
    }

    pub(super) fn set_key(&mut self, key: Uuid, entry: i64) {
        self.keys.insert(key, Some(entry));
        self.new_keys.push(key);
    }

    /// Whether an entry has this id.
    pub(super) fn is_taken(&self, uuid: Uuid) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached("SELECT 1 FROM entry WHERE uuid = ?1")?;
        Ok(self.new_ids.contains(&uuid) || query.exists([uuid.as_bytes()])?)
    }

    /// Whether a page was taken in before.
    pub(super) fn knows(&self, moment: Moment) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached("SELECT 1 FROM capture WHERE at = ?1 AND digest = ?2")?;
        Ok(self.captures.contains_key(&moment) || query.exists(params![moment.0, moment.1])?)
    }

    /// A capture, if it is in memory.
    pub(super) fn capture(&self, moment: Moment) -> Option<&Capture> {
        self.captures.get(&moment)
    }

    /// Puts a capture where it belongs, in the place of one that told the same, or the beginning of it.
    pub(super) fn put(&mut self, moment: Moment, capture: Capture) {
        let known = self.captures.get(&moment).map_or(0, |capture| capture.told.len());
        note_seen(&mut self.seen, moment, &capture, known);
        self.new_sightings += capture.told.len().saturating_sub(known);
        self.new_captures.insert(moment);
        self.captures.insert(moment, capture);
    }

    /// Reads the captures of a span of seconds, where they are not in memory.
    pub(super) fn read_captures(&mut self, from: i64, to: i64) -> Result<(), Error> {
        let (from, to) = (from.div_euclid(DAY), to.div_euclid(DAY));
        let (first, last) = self.whole.unwrap_or((from, from - 1));
        if from > to || (first <= from && to <= last) {
            return Ok(());
        }
        for day in from..=to {
            if self.days.insert(day) {
                let (known, seen) = (&mut self.captures, &mut self.seen);
                capture::between(&self.db, day * DAY, day * DAY + DAY - 1, |moment, capture| {
                    known.entry(moment).or_insert_with(|| {
                        note_seen(seen, moment, &capture, 0);
                        capture
                    });
                    Ok(())
                })?;
            }
        }
        let apart = to + 1 < first || last + 1 < from;
        self.whole = Some(if apart { (from, to) } else { (first.min(from), last.max(to)) });
        Ok(())
    }

    /// The captures of a span of seconds that something speaks against.
    pub(super) fn doubtful(&mut self, from: i64, to: i64) -> Result<Vec<Moment>, Error> {
        // The index of those alone would lead past one whose judgement is damaged.
        let mut query =
            self.db.prepare_cached("SELECT 1 FROM capture WHERE at BETWEEN ?1 AND ?2 AND +stale <> 0")?;
        let here = || self.captures.range(capture::span(from, to)).any(|(_, capture)| capture.stale != 0);
        if !here() && !query.exists([from, to])? {
            return Ok(Vec::new());
        }
        drop(query);
        self.read_captures(from, to)?;
        let doubtful = self.captures.range(capture::span(from, to)).filter(|(_, capture)| capture.stale != 0);
        Ok(doubtful.map(|(moment, _)| *moment).collect())
    }

    /// Where a wording was seen, the earliest first.
    pub(super) fn sightings(&mut self, wording: i64) -> Result<Vec<(Moment, Telling)>, Error> {
        let owner = self.owner(wording)?;
        let Some((from, to)) = self.story(owner)?.version(wording).map(|version| version.seen) else {
            return Ok(Vec::new());
        };
        self.read_captures(from, to)?;
        let seen = self.seen.get(&wording).map_or(&[][..], Vec::as_slice);
        let told = seen
            .iter()
            .filter_map(|(moment, place)| Some((*moment, *self.captures.get(moment)?.told.get(*place)?)));
        let mut told: Vec<_> = told.collect();
        told.sort_unstable_by_key(|(moment, _)| *moment);
        Ok(told)
    }

    /// Where an entry was seen in any wording, the earliest first.
    pub(super) fn sightings_of(&mut self, entry: i64) -> Result<Vec<(Moment, Telling)>, Error> {
        let wordings: Vec<_> = self.story(entry)?.versions.iter().map(|version| version.id).collect();
        let mut told = Vec::new();
        for wording in wordings {
            told.extend(self.sightings(wording)?);
        }
        told.sort_unstable_by_key(|(moment, _)| *moment);
        Ok(told)
    }

    /// The newest of the entries with these places that were published in a span of seconds and are wanted.
    pub(super) fn newest(
        &mut self,
        places: &str,
        (from, to): (i64, i64),
        most: usize,
        wanted: impl Fn(i64, &Story) -> bool,
    ) -> Result<Vec<i64>, Error> {
        self.meet(places, from, to)?;
        let known = self.neighbours.get(places).map_or(&[][..], |neighbours| &neighbours.stories);
        let sort = |entry: &i64| {
            let story = self.stories.get(entry)?;
            let is_wanted = (from..=to).contains(&story.state.sort) && wanted(*entry, story);
            is_wanted.then_some((Reverse(story.state.sort), *entry))
        };
        let mut newest: Vec<_> = known.iter().filter_map(sort).collect();
        if newest.len() > most {
            newest.sort_unstable();
            newest.truncate(most);
        }
        Ok(newest.into_iter().map(|(_, entry)| entry).collect())
    }

    /// Those of some entries that have the most pairs of words in common with a text.
    pub(super) fn likest(&self, entries: &[i64], words: &Words, most: usize) -> Vec<i64> {
        let shared = |entry: &i64| {
            let versions = self.stories.get(entry)?.versions.iter();
            let shared = versions.map(|version| version.words().shared(words)).max()?;
            (shared > 0).then_some((Reverse(shared), *entry))
        };
        let mut likest: Vec<_> = entries.iter().filter_map(shared).collect();
        likest.sort_unstable();
        likest.truncate(most);
        likest.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Reads the entries of a place that were published on the days of a span of seconds.
    fn meet(&mut self, places: &str, from: i64, to: i64) -> Result<(), Error> {
        let neighbours = self.neighbours.get(places);
        let is_known = |day: &i64| neighbours.is_some_and(|neighbours| neighbours.days.contains(day));
        let days = from.div_euclid(DAY)..=to.div_euclid(DAY);
        let missing: Vec<_> = days.filter(|day| !is_known(day)).collect();
        for day in missing {
            self.neighbours.entry(places.to_owned()).or_default().days.insert(day);
            let mut query = self.db.prepare_cached(
                "SELECT id FROM entry WHERE places = ?1 AND sort BETWEEN ?2 AND ?3 ORDER BY sort DESC LIMIT ?4",
            )?;
            let span = params![places, day * DAY, day * DAY + DAY - 1, MOST_READ];
            let ids: Vec<i64> = query.query_map(span, |row| row.get(0))?.collect::<Result<_, _>>()?;
            drop(query);
            ids.into_iter().try_for_each(|id| self.story(id).map(drop))?;
        }
        Ok(())
    }

    /// How many entries are new, and how many others show a wording that is new.
    pub(super) fn count_new(&self) -> (usize, usize) {
        let shows_new = |story: &&Story| {
            let shown = story.version(story.state.wording);
            story.kept.is_some() && shown.is_some_and(|version| version.kept == Kept::Nothing)
        };
        let new = self.stories.values().filter(|story| story.kept.is_none()).count();
        (new, self.stories.values().filter(shows_new).count())
    }

    /// Writes what has changed, and keeps it on the disk.
    pub(super) fn commit(self) -> Result<(), Error> {
        let mut stories: Vec<_> = self.stories.iter().collect();
        stories.sort_unstable_by_key(|(id, _)| **id);
        for (id, story) in stories {
            write_story(&self.db, *id, story)?;
        }
        let mut query = self.db.prepare_cached(&KEY.put())?;
        for key in &self.new_keys {
            query.execute(params![key.as_bytes(), self.keys.get(key).copied().flatten()])?;
        }
        drop(query);
        for moment in &self.new_captures {
            if let Some(capture) = self.captures.get(moment) {
                capture::keep(&self.db, *moment, capture)?;
            }
        }
        seal::note_sightings(&self.db, i64::try_from(self.new_sightings).unwrap_or(i64::MAX))?;
        seal::note(&self.db)?;
        Ok(self.db.commit()?)
    }
}

/// Notes where the wordings of a capture were seen, from a place on.
fn note_seen(
    seen: &mut FxHashMap<i64, Vec<(Moment, usize)>>,
    moment: Moment,
    capture: &Capture,
    from: usize,
) {
    for (place, told) in capture.told.iter().enumerate().skip(from) {
        seen.entry(told.wording).or_default().push((moment, place));
    }
}

fn read_story(db: &Connection, id: i64) -> Result<Story, Error> {
    let mut query = db.prepare_cached(
        "SELECT uuid, places, role, wording, oldest, sort, earliest, latest, published, reading, read_at, updated
         FROM entry WHERE id = ?1",
    )?;
    let mut story = query.query_row([id], |row| {
        let role = row.get(2)?;
        let state = read_state(row)?;
        Ok(Story {
            uuid: Uuid::from_bytes(row.get(0)?),
            places: row.get(1)?,
            role,
            state,
            versions: Vec::new(),
            sections: Vec::new(),
            linked: false,
            kept: Some((role, state)),
        })
    })?;
    let mut query = db.prepare_cached(&format!(
        "SELECT id, digest, text_id, first, since, until, {} FROM wording WHERE entry = ?1",
        Wording::COLUMNS
    ))?;
    let versions = query.query_map([id], |row| {
        let text_id = Uuid::from_bytes(row.get(2)?);
        let mut version =
            Version::new(row.get(0)?, row.get(1)?, text_id, row.get(3)?, Wording::read(row, 6)?);
        (version.seen, version.kept) = ((row.get(4)?, row.get(5)?), Kept::All);
        Ok(version)
    })?;
    story.versions = versions.collect::<Result<_, _>>()?;
    let mut query = db.prepare_cached("SELECT name, first FROM section WHERE entry = ?1")?;
    let sections =
        query.query_map([id], |row| Ok(Section { name: row.get(0)?, first: row.get(1)?, kept: true }))?;
    story.sections = sections.collect::<Result<_, _>>()?;
    let State { wording, oldest, .. } = story.state;
    if [wording, oldest].iter().any(|wording| story.version(*wording).is_none()) {
        return Err(Error::Damaged("an entry says what is not there".to_owned()));
    }
    Ok(story)
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<State> {
    Ok(State {
        wording: row.get(3)?,
        oldest: row.get(4)?,
        sort: row.get(5)?,
        earliest: row.get(6)?,
        latest: row.get(7)?,
        published: row.get(8)?,
        reading: row.get(9)?,
        read_at: row.get(10)?,
        updated: row.get(11)?,
    })
}

fn write_story(db: &Connection, id: i64, story: &Story) -> Result<(), Error> {
    for version in story.versions.iter().filter(|version| version.kept != Kept::All) {
        write_version(db, id, version)?;
    }
    for section in story.sections.iter().filter(|section| !section.kept) {
        db.prepare_cached(&SECTION.put())?.execute(params![id, section.name, section.first])?;
    }
    if story.differs() {
        db.prepare_cached(&DIRTY.put())?.execute([id])?;
    }
    if story.kept == Some((story.role, story.state)) {
        return Ok(());
    }
    let state = &story.state;
    db.prepare_cached(&ENTRY.put())?.execute(params![
        id,
        story.uuid.as_bytes(),
        story.places,
        story.role,
        state.wording,
        state.oldest,
        state.sort,
        state.earliest,
        state.latest,
        state.published,
        state.reading,
        state.read_at,
        state.updated,
    ])?;
    Ok(())
}

fn write_version(db: &Connection, entry: i64, version: &Version) -> Result<(), Error> {
    let (since, until) = version.seen;
    let Wording { headline, kicker, dateline, agencies, paragraphs, link } = &version.wording;
    db.prepare_cached(&WORDING.put())?.execute(params![
        version.id,
        entry,
        version.digest,
        version.text_id.as_bytes(),
        version.first,
        since,
        until,
        headline,
        kicker,
        dateline,
        agencies,
        paragraphs,
        link
    ])?;
    Ok(())
}
