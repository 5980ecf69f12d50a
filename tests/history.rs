//! A history of a site of which the truth is known, and what must hold of any history.
#![expect(clippy::unwrap_used, clippy::disallowed_macros, reason = "a test may stop, and tells its figures")]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/generate.rs"]
#[expect(dead_code, reason = "only the numbers are needed here")]
mod generate;
#[path = "support/site.rs"]
mod site;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use chrono::Duration;
use site::{Capture, Instant, Rates, Site};
use uuid::Uuid;
use wirefeed::content::Amount;
use wirefeed::entry::Entry;
use wirefeed::feed::Selection;
use wirefeed::history::{Batch, History, digest};
use wirefeed::{Options, tell};

fn apply(batch: &mut Batch<'_>, page: &str, at: Instant) -> bool {
    let (applied, _) = tell(page.as_bytes(), &at, &Options::default(), |told| {
        batch.apply(told.captured, digest(page.as_bytes(), None), told.sightings).unwrap()
    })
    .unwrap();
    applied
}

fn apply_all<'c>(history: &mut History, captures: impl IntoIterator<Item = &'c Capture>) {
    let mut batch = history.begin().unwrap();
    for capture in captures {
        apply(&mut batch, &capture.page, capture.at);
    }
    batch.commit().unwrap();
}

fn all(history: &History) -> Vec<Entry> {
    history.entries(&Selection { ticker: true, ..Selection::default() }, Amount::Full).unwrap()
}

fn new(folder: &Path, name: &str) -> History {
    History::open(&folder.join(name)).unwrap()
}

/// What the history made of the site, beside the truth.
#[derive(Debug, Default, PartialEq, Eq)]
struct Figures {
    lost: usize,
    doubled: usize,
    merged: usize,
    outside: usize,
    moved: usize,
    disordered: usize,
    edits: usize,
    edits_matched: usize,
    twins: usize,
    twins_merged: usize,
    median: i64,
    most: i64,
}

fn figures(rates: Rates, folder: &Path) -> Figures {
    let site = Site::new(rates);
    let mut history = new(folder, &format!("site-{}.db", rates.seed));
    let mut figures = Figures::default();
    let mut before: HashMap<Uuid, Instant> = HashMap::new();
    for captures in site.captures.chunks(60) {
        apply_all(&mut history, captures);
        for entry in all(&history) {
            let published = entry.published.unwrap();
            let old = before.insert(entry.id, published);
            let allowed = |window: wirefeed::resolve::Window| {
                window.earliest <= published && published <= window.latest
            };
            let stays = |old: Instant| {
                entry.window.is_none_or(|window| !(window.earliest <= old && old <= window.latest))
            };
            if old.is_some_and(|old| old != published && !stays(old)) || !entry.window.is_none_or(allowed) {
                figures.moved += 1;
            }
        }
    }
    let entries = all(&history);
    let mut owners: HashMap<String, HashSet<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for revision in history.show(entry.id).unwrap().unwrap().revisions {
            owners.entry(revision.wording.paragraphs).or_default().insert(at);
        }
    }
    let mut stories_of: HashMap<usize, HashSet<usize>> = HashMap::new();
    let mut entry_of: HashMap<usize, usize> = HashMap::new();
    let mut wordings: HashMap<usize, HashSet<usize>> = HashMap::new();
    for (story, wording) in site.captures.iter().flat_map(|capture| &capture.shown) {
        wordings.entry(*story).or_default().insert(*wording);
    }
    let mut errors = Vec::new();
    for (number, shown) in &wordings {
        let story = &site.stories[*number];
        let mut found = HashSet::new();
        for wording in shown {
            found.extend(owners.get(&story.wordings[*wording].2).into_iter().flatten());
        }
        figures.lost += usize::from(found.is_empty());
        figures.doubled += usize::from(found.len() > 1);
        if shown.len() > 1 {
            figures.edits += 1;
            figures.edits_matched += usize::from(found.len() == 1);
        }
        for at in &found {
            stories_of.entry(*at).or_default().insert(*number);
            entry_of.insert(*number, *at);
            let entry = &entries[*at];
            let window = entry.window;
            let outside = window.is_some_and(|window| {
                !(window.earliest <= story.published && story.published <= window.latest)
            });
            figures.outside += usize::from(outside);
            if outside {
                println!("story {number} of {} outside {window:?}: {:?}", story.published, history.show(entry.id).unwrap().unwrap().seen);
            }
            errors.push((entry.published.unwrap() - story.published).num_seconds().abs());
        }
    }
    figures.merged = stories_of.values().filter(|stories| stories.len() > 1).count();
    for (number, story) in site.stories.iter().enumerate() {
        let Some((twin, entry)) = story.twin_of.zip(entry_of.get(&number)) else { continue };
        figures.twins += 1;
        figures.twins_merged += usize::from(entry_of.get(&twin) == Some(entry));
    }
    figures.disordered = disordered(&site, &entries, &entry_of);
    errors.sort_unstable();
    figures.median = errors[errors.len() / 2];
    figures.most = errors[errors.len() * 95 / 100];
    println!(
        "seed {}: {} captures, {} stories seen, {} entries; {figures:?}",
        rates.seed,
        site.captures.len(),
        wordings.len(),
        entries.len()
    );
    figures
}

/// How many neighbours of one age, on the page that had both first, stand the other way round without need.
fn disordered(site: &Site, entries: &[Entry], entry_of: &HashMap<usize, usize>) -> usize {
    let mut seen = HashSet::new();
    let mut count = 0;
    for capture in &site.captures {
        let new: Vec<_> = capture.shown.iter().map(|(story, _)| seen.insert(*story)).collect();
        for at in 1..capture.shown.len() {
            let both = new[at - 1] && new[at] && capture.ages[at - 1] == capture.ages[at];
            let [Some(above), Some(below)] = [at - 1, at].map(|at| entry_of.get(&capture.shown[at].0)) else {
                continue;
            };
            let forced = entries[*above].window.zip(entries[*below].published);
            let forced = forced.is_some_and(|(window, below)| window.latest < below);
            count += usize::from(both && above > below && !forced);
        }
    }
    count
}

#[test]
fn thirty_days_of_a_site_are_what_they_were() {
    let folder = folder::folder("thirty-days");
    for seed in [1] {
        let figures = figures(Rates { seed, ..Rates::default() }, &folder);
        let wrong = [
            figures.lost,
            figures.doubled,
            figures.merged,
            figures.outside,
            figures.moved,
            figures.disordered,
        ];
        assert_eq!(wrong, [0; 6], "{figures:?}");
        assert_eq!(figures.twins_merged, 0);
        assert!(figures.edits > 200 && figures.edits_matched * 100 >= figures.edits * 99, "{figures:?}");
        assert!(figures.twins > 30);
    }
}
