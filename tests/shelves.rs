//! The shelves of a history hold what a search through all of it finds, however it came to be.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at what it did not expect")]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/generate.rs"]
#[expect(dead_code, reason = "only the numbers are needed here")]
mod generate;
#[path = "support/site.rs"]
#[expect(dead_code, reason = "the truth is compared elsewhere")]
mod site;

use std::collections::BTreeMap;

use site::{Rates, Site};
use uuid::Uuid;
use wirefeed::content::{Amount, Renderer};
use wirefeed::entry::Entry;
use wirefeed::feed::Selection;
use wirefeed::history::{History, Kind, digest};
use wirefeed::{Options, tell};

/// What is searched: all entries, with the tickers.
fn all() -> Selection {
    Selection { ticker: true, ..Selection::default() }
}

fn names(kind: Kind, entry: &Entry) -> Vec<String> {
    match kind {
        Kind::Day => {
            vec![entry.published.unwrap_or(entry.updated).date_naive().format("%Y-%m-%d").to_string()]
        }
        Kind::Section => entry.sections.iter().map(ToString::to_string).collect(),
        Kind::Place => entry.places.iter().map(ToString::to_string).collect(),
        Kind::Agency => entry.agencies.iter().map(|agency| agency.name.to_string()).collect(),
    }
}

#[track_caller]
fn compare(history: &History) {
    let everything = history.entries(&all(), Amount::Title).unwrap();
    let mut expected: BTreeMap<(Kind, String), Vec<Uuid>> = BTreeMap::new();
    for kind in [Kind::Day, Kind::Section, Kind::Place, Kind::Agency] {
        for entry in &everything {
            let mut names = names(kind, entry);
            names.sort();
            names.dedup();
            for name in names {
                expected.entry((kind, name)).or_default().push(entry.id);
            }
        }
    }
    let renderer = Renderer::new(Amount::Title).unwrap();
    let mut found = BTreeMap::new();
    for shelf in history.shelves().unwrap() {
        let entries = history.on_shelf(&shelf, &all(), &renderer).unwrap();
        assert_eq!(entries.len(), shelf.entries, "{shelf:?}");
        if !entries.is_empty() {
            found.insert(
                (shelf.kind, shelf.name),
                entries.into_iter().map(|entry| entry.id).collect::<Vec<_>>(),
            );
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn shelves_hold_what_a_search_finds() {
    let path = folder::folder("shelves").join("news.db");
    let site = Site::new(Rates { days: 6, seed: 11, ..Rates::default() });
    let mut history = History::open(&path).unwrap();
    let mut revision = 0;
    for (number, captures) in site.captures.chunks(40).enumerate() {
        let before = history.shelves().unwrap();
        let mut batch = history.begin().unwrap();
        for capture in captures {
            let bytes = capture.page.as_bytes();
            let told = tell(bytes, &capture.at, &Options::default(), |told| {
                batch.apply(told.captured, digest(bytes, None), &told.sightings).unwrap();
            });
            told.unwrap();
        }
        batch.commit().unwrap();
        let next = history.shelve().unwrap();
        assert!(next > revision, "capture {number} changed something");
        revision = next;
        assert_eq!(history.shelve().unwrap(), revision, "nothing is left to do");
        // What is said to be unchanged is.
        for shelf in history.shelves().unwrap().iter().filter(|shelf| shelf.changed < revision) {
            assert!(before.contains(shelf), "{shelf:?}");
        }
        compare(&history);
    }
    let half = site.captures[site.captures.len() / 2].at;
    assert!(history.prune(half).unwrap() > 0);
    history.shelve().unwrap();
    compare(&history);
}
