//! A history of a site of which the truth is known, and what must hold of any history.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_macros,
    reason = "a test may stop, and tells its figures"
)]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/generate.rs"]
#[expect(dead_code, reason = "only the numbers are needed here")]
mod generate;
#[path = "support/site.rs"]
#[expect(dead_code, reason = "files are named where the command is tested")]
mod site;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use site::{Capture, Instant, Rates, Site};
use uuid::Uuid;
use wirefeed::content::Amount;
use wirefeed::entry::Entry;
use wirefeed::feed::Selection;
use wirefeed::history::{Batch, History, digest};
use wirefeed::{Options, tell};

fn apply(batch: &mut Batch<'_>, page: &str, at: Instant) -> bool {
    let (applied, _) = tell(page.as_bytes(), &at, &Options::default(), |told| {
        batch.apply(told.captured, digest(page.as_bytes(), None), &told.sightings).unwrap()
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
        // Of a story that no page had before it was dated anew, no page tells the first date.
        let truth = story.redated.filter(|_| !shown.contains(&0)).unwrap_or(story.published);
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
            let outside =
                window.is_some_and(|window| !(window.earliest <= truth && story.published <= window.latest));
            figures.outside += usize::from(outside);
            errors.push((entry.published.unwrap() - truth).num_seconds().abs());
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
    for seed in [1, 2] {
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

fn at(text: &str) -> Instant {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    wirefeed::resolve::local(local).unwrap()
}

/// Applies pages of 10 February 2026, each with its time of day; what the entries then are, newest first.
fn after(name: &str, pages: &[(&str, &str)]) -> (History, Vec<Entry>) {
    let mut history = new(&folder::folder(name), "history.db");
    for (time, page) in pages {
        let mut batch = history.begin().unwrap();
        apply(&mut batch, page, at(&format!("2026-02-10 {time}")));
        batch.commit().unwrap();
    }
    let entries = all(&history);
    (history, entries)
}

fn clock(time: Instant) -> String {
    time.format("%H:%M:%S").to_string()
}

const BRIDGE: &str = "URK (ANP) - De brug over de haven is dicht. Het verkeer rijdt om langs de dijk.\n";
const EDITED: &str = "URK (ANP) - De brug over de haven is weer open. Het verkeer rijdt om langs de dijk.\n";
const OTHER: &str = "URK (ANP) - De vissers hebben een walvis gezien. Het dier zwom bij de vuurtoren.\n";
const QUIET: &str = "URK (ANP) - In de haven is het stil. De vloot ligt voor anker.\n";
const NEW: &str = "GOES (ANP) - De tunnel gaat open. Het verkeer mag er weer door.\n";

#[test]
fn each_sighting_narrows_the_window() {
    let pages =
        [("12:00", format!("{BRIDGE}1 uur geleden\n")), ("12:20", format!("{BRIDGE}1 uur geleden\n"))];
    let pages: Vec<_> = pages.iter().map(|(time, page)| (*time, page.as_str())).collect();
    let (_, entries) = after("narrow", &pages);
    let window = entries[0].window.unwrap();
    assert_eq!((clock(window.earliest), clock(window.latest)), ("10:20:01".into(), "11:00:00".into()));
    assert_eq!(entries.len(), 1);
    // The earliest capture's reading stays where no window excludes it.
    assert_eq!(clock(entries[0].published.unwrap()), "11:00:00");
    let (_, entries) = after("narrow-back", &[pages[1], pages[0]]);
    assert_eq!(clock(entries[0].published.unwrap()), "11:00:00");
}

#[test]
fn a_window_that_excludes_the_first_reading_moves_it_no_further_than_it_must() {
    let page = |age: &str| format!("{BRIDGE}{age} geleden\n");
    let (_, entries) = after("moved", &[("12:00", &page("1 uur")), ("12:30", &page("2 uur"))]);
    assert_eq!(clock(entries[0].published.unwrap()), "10:30:00");
    assert_eq!(entries[0].updated, entries[0].published.unwrap());
}

#[test]
fn a_page_from_a_cache_is_found_out() {
    let page = |age: &str| format!("{BRIDGE}{age} minuten geleden\n");
    // The second page is half an hour old, and so tells the age of half an hour ago.
    let (history, entries) =
        after("cache", &[("12:00", &page("5")), ("12:30", &page("5")), ("12:40", &page("45"))]);
    assert_eq!(clock(entries[0].published.unwrap()), "11:55:00");
    let detail = history.show(entries[0].id).unwrap().unwrap();
    assert_eq!(detail.seen.iter().map(|seen| seen.stale).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(detail.seen.iter().map(|seen| seen.conflict).collect::<Vec<_>>(), [false, true, false]);
    // The same where the page from the cache comes first: its own window is the wrong one.
    let (_, entries) = after("cache-first", &[("12:30", &page("5")), ("12:40", &page("45"))]);
    assert_eq!(clock(entries[0].published.unwrap()), "11:55:00");
}

#[test]
fn an_edit_keeps_id_and_time() {
    let first = format!("{BRIDGE}5 minuten geleden\n");
    let second = format!("{EDITED}15 minuten geleden\n");
    let (history, entries) = after("edit", &[("12:00", &first), ("12:10", &second)]);
    assert_eq!(entries.len(), 1);
    assert!(entries[0].content.contains("weer open") && entries[0].title.contains("weer open"));
    assert_eq!(clock(entries[0].published.unwrap()), "11:55:00");
    assert_eq!(clock(entries[0].updated), "12:10:00");
    let (_, alone) = after("edit-alone", &[("12:00", &first)]);
    assert_eq!(entries[0].id, alone[0].id);
    let revisions = history.show(entries[0].id).unwrap().unwrap().revisions;
    assert_eq!(revisions.len(), 2);
    assert!(revisions[0].wording.paragraphs.contains("is dicht"));
    // An older page brings no old wording back, in whatever order it comes.
    let third = ("12:20", format!("{BRIDGE}15 minuten geleden\n"));
    let (_, entries) = after("edit-cache", &[("12:10", &second), ("12:00", &first), (third.0, &third.1)]);
    assert_eq!(entries.len(), 1);
    assert!(entries[0].content.contains("weer open"));
    assert_eq!(clock(entries[0].updated), "12:10:00");
}

#[test]
fn a_story_that_is_dated_anew_stays_one() {
    let first = format!("{BRIDGE}5 minuten geleden\n");
    let second = "URK (ANP) - De brug over de haven is dicht. Het verkeer rijdt nu om langs de dijk.\n2 minuten geleden\n";
    let (_, entries) = after("redated", &[("12:00", &first), ("12:30", second)]);
    assert_eq!(entries.len(), 1);
    assert_eq!(clock(entries[0].published.unwrap()), "11:55:00");
    assert_eq!(clock(entries[0].updated), "12:30:00");
}

#[test]
fn a_story_that_is_dated_anew_in_the_same_words_is_updated() {
    let page = |items: &[(&str, &str)]| {
        items.iter().map(|(text, age)| format!("{text}{age} geleden\n")).collect::<Vec<_>>().concat()
    };
    let pages = [
        ("12:00", page(&[(OTHER, "5 minuten"), (QUIET, "20 minuten"), (BRIDGE, "50 minuten")])),
        (
            "12:20",
            page(&[(BRIDGE, "1 minuut"), (NEW, "4 minuten"), (OTHER, "25 minuten"), (QUIET, "40 minuten")]),
        ),
        ("12:40", page(&[(BRIDGE, "21 minuten"), (NEW, "24 minuten"), (OTHER, "45 minuten")])),
    ];
    let pages: Vec<_> = pages.iter().map(|(time, page)| (*time, page.as_str())).collect();
    let (history, entries) = after("dated-anew", &pages);
    let of = |words: &str| entries.iter().find(|entry| entry.content.contains(words)).unwrap();
    let bridge = of("brug");
    assert_eq!(
        (clock(bridge.published.unwrap()), clock(bridge.updated)),
        ("11:10:00".into(), "12:20:00".into())
    );
    // The page is fresh all the same: what it says of others counts.
    let window = of("tunnel").window.unwrap();
    assert_eq!((clock(window.earliest), clock(window.latest)), ("12:15:01".into(), "12:16:00".into()));
    let seen = history.show(bridge.id).unwrap().unwrap().seen;
    assert_eq!(
        seen.iter().map(|seen| (seen.stale, seen.conflict)).collect::<Vec<_>>(),
        [(false, false), (false, true), (false, true)]
    );
}

#[test]
fn a_correction_that_is_taken_back_is_gone() {
    let pages = [
        ("12:00", format!("{BRIDGE}5 minuten geleden\n")),
        ("12:10", format!("{EDITED}15 minuten geleden\n")),
        ("12:30", format!("{OTHER}5 minuten geleden\n{BRIDGE}35 minuten geleden\n")),
    ];
    let pages: Vec<_> = pages.iter().map(|(time, page)| (*time, page.as_str())).collect();
    let (_, entries) = after("taken-back", &pages);
    let bridge = entries.iter().find(|entry| entry.content.contains("is dicht")).unwrap();
    assert_eq!((entries.len(), clock(bridge.updated)), (2, "12:30:00".into()));
    let (_, backward) = after("taken-back-backward", &[pages[2], pages[1], pages[0]]);
    assert_eq!(backward, entries);
}

#[test]
fn yesterdays_story_in_like_words_is_another_one() {
    let sentence = |day: &str, count: &str| {
        format!("URK (ANP) - Bij een botsing op de dijk zijn {day} {count} mensen gewond geraakt.")
    };
    let first = format!("{}\n5 minuten geleden\n", sentence("dinsdag", "drie"));
    let second = format!("{} De weg is dicht.\n5 minuten geleden\n", sentence("woensdag", "negen"));
    let mut history = new(&folder::folder("yesterday"), "history.db");
    for (time, page) in [("2026-02-10 07:30", first), ("2026-02-11 03:30", second)] {
        let mut batch = history.begin().unwrap();
        apply(&mut batch, &page, at(time));
        batch.commit().unwrap();
    }
    assert_eq!(all(&history).len(), 2);
}

#[test]
fn a_short_text_is_known_by_its_spot() {
    let page = |text: &str, ages: [&str; 3]| {
        format!(
            "{OTHER}{} minuten geleden\n{text}{} minuten geleden\n{QUIET}{} minuten geleden\n",
            ages[0], ages[1], ages[2]
        )
    };
    let pages = [
        ("12:00", page("URK (ANP) - De schipper vreest een lange storm.\n", ["5", "9", "20"])),
        ("12:10", page("URK (ANP) - De visser vreest een korte storm.\n", ["15", "19", "30"])),
    ];
    let pages: Vec<_> = pages.iter().map(|(time, page)| (*time, page.as_str())).collect();
    let (_, entries) = after("spot", &pages);
    assert_eq!(entries.len(), 3);
    assert!(
        entries.iter().any(|entry| entry.content.contains("De visser") && clock(entry.updated) == "12:10:00")
    );
}

#[test]
fn two_versions_on_one_page_are_two_items() {
    let first = format!("{BRIDGE}5 minuten geleden\n");
    let second = format!("{EDITED}15 minuten geleden\n");
    let both = format!("{EDITED}25 minuten geleden\n{BRIDGE}25 minuten geleden\n");
    let pages = [("12:00", first.as_str()), ("12:10", &second), ("12:20", &both), ("12:30", &both)];
    let (history, entries) = after("versions", &pages);
    assert_eq!(entries.len(), 2);
    for entry in &entries {
        assert_eq!(history.show(entry.id).unwrap().unwrap().revisions.len(), 1);
    }
    let (_, alone) = after("version", &[("12:00", &first)]);
    assert!(entries.iter().any(|entry| entry.id == alone[0].id && entry.content.contains("is dicht")));
}

/// A page of items from one place, the newest first.
fn page_of(place: &str, items: &[(&str, &str)]) -> String {
    let item = |(text, age): &(&str, &str)| format!("{place} (ANP) - {text}\n{age} geleden\n");
    format!("Meer uit Binnenland\n{}", items.iter().map(item).collect::<String>())
}

const TAX: &str =
    "De minister van Financiën wil de belasting op auto's voorlopig niet invoeren vanwege onrust.";
const TAXED: &str =
    "De minister van Financiën wil de belasting op auto's voorlopig niet invoeren vanwege twijfel.";

#[test]
fn a_batch_may_leap_over_days() {
    let other = "Het kabinet onderzoekt een lange tunnel onder de polder bij de grens.";
    let another = "De rechtbank wijst een schadevergoeding af voor een stuk uit een klooster.";
    let pages = [
        ("2026-02-15 12:00", page_of("DEN HAAG", &[(TAX, "2 uur")])),
        ("2026-02-10 12:00", page_of("DEN HAAG", &[(other, "2 uur")])),
        ("2026-02-20 12:00", page_of("DEN HAAG", &[(another, "2 uur")])),
        ("2026-02-20 13:00", page_of("DEN HAAG", &[(another, "3 uur"), (TAXED, "5 dagen")])),
    ];
    let count = |name: &str, batches: &[&[usize]]| {
        let mut history = new(&folder::folder(name), "history.db");
        for batch_of in batches {
            let mut batch = history.begin().unwrap();
            for (time, page) in batch_of.iter().map(|page| &pages[*page]) {
                apply(&mut batch, page, at(time));
            }
            batch.commit().unwrap();
        }
        all(&history).len()
    };
    assert_eq!(count("leap-one-by-one", &[&[0], &[1], &[2], &[3]]), 3);
    assert_eq!(count("leap", &[&[0], &[1, 2, 3]]), 3);
}

#[test]
fn a_part_that_was_forgotten_can_come_back() {
    let mut history = new(&folder::folder("part-again"), "history.db");
    let above = |age: &str| {
        format!(
            "Meer uit Binnenland\nURK (ANP) - Een schipper heeft een kudde schapen gered.\n{age} geleden\n"
        )
    };
    let item = |text: &str, age: &str| format!("DEN HAAG (ANP) - {text}\n{age} geleden\n");
    let below =
        |age: &str| format!("PARIJS (ANP) - De president heeft een akkoord gesloten.\n{age} geleden\n");
    for (time, page) in [
        ("2026-02-15 14:00", above("2 uur") + &item(TAXED, "3 uur") + &below("4 uur")),
        // An older page brings the earlier wording.
        ("2026-02-15 13:00", above("1 uur") + &item(TAX, "2 uur") + &below("3 uur")),
        // They are two items after all.
        ("2026-02-15 15:00", above("3 uur") + &item(TAXED, "4 uur") + &item(TAX, "4 uur") + &below("5 uur")),
        ("2026-02-18 15:00", above("3 dagen") + &item(TAX, "3 dagen")),
    ] {
        apply_all_of(&mut history, &page, time);
    }
    assert_eq!(all(&history).len(), 4);
    assert_eq!(history.prune(at("2026-02-17 00:00")).unwrap(), 2);
    let again = above("5 dagen") + &item(TAX, "5 dagen") + &item(TAXED, "5 dagen");
    apply_all_of(&mut history, &again, "2026-02-20 15:00");
    assert_eq!(all(&history).len(), 3);
}

fn apply_all_of(history: &mut History, page: &str, time: &str) {
    let mut batch = history.begin().unwrap();
    apply(&mut batch, page, at(time));
    batch.commit().unwrap();
}

#[test]
fn an_edit_is_found_among_very_many_items_of_one_place() {
    let text = |number: usize, end: &str| {
        format!(
            "De politie onderzoekt in de haven zaak {number} van straat {} en dat duurt {end}.",
            number * 7
        )
    };
    let page = |end: &str| {
        let texts: Vec<_> =
            (0..1_200).map(|number| text(number, if number == 1_199 { end } else { "lang" })).collect();
        page_of("DEN HAAG", &texts.iter().map(|text| (text.as_str(), "1 uur")).collect::<Vec<_>>())
    };
    let mut history = new(&folder::folder("very-many"), "history.db");
    apply_all_of(&mut history, &page("lang"), "2026-02-15 12:00");
    apply_all_of(&mut history, &page("kort"), "2026-02-15 12:10");
    assert_eq!(all(&history).len(), 1_200);
}

#[test]
fn another_story_from_the_same_place_is_no_edit() {
    let page = format!("{OTHER}15 minuten geleden\n");
    let (_, entries) =
        after("no-edit", &[("12:00", &format!("{BRIDGE}5 minuten geleden\n")), ("12:10", &page)]);
    assert_eq!(entries.len(), 2);
}

#[test]
fn a_headline_that_changes_is_an_edit_and_one_that_is_missing_is_none() {
    let page = |headline: &str, age: &str| format!("{headline}\n\n{BRIDGE}\n{age} minuten geleden\n\n");
    let pages = [
        ("12:00", page("Brug dicht", "5")),
        ("12:10", page("", "15")),
        ("12:20", page("Brug over haven dicht", "25")),
        ("12:30", page("Brug dicht", "35")),
    ];
    let pages: Vec<_> = pages.iter().map(|(time, page)| (*time, page.as_str())).collect();
    let (_, entries) = after("headline-missing", &pages[..2]);
    assert_eq!((entries.len(), entries[0].title.as_str()), (1, "Brug dicht"));
    assert_eq!(entries[0].updated, entries[0].published.unwrap());
    let (_, entries) = after("headline", &pages);
    assert_eq!((entries.len(), entries[0].title.as_str()), (1, "Brug over haven dicht"));
    assert_eq!(clock(entries[0].updated), "12:20:00");
}

#[test]
fn an_item_of_two_sections_has_both() {
    let page = |section: &str, age: &str| format!("Meer uit {section}\n{BRIDGE}{age} minuten geleden\n");
    let (_, entries) =
        after("sections", &[("12:00", &page("Binnenland", "5")), ("12:01", &page("Buitenland", "6"))]);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].sections, ["Binnenland", "Buitenland"]);
}

#[test]
fn an_item_without_a_time_keeps_the_capture_that_first_saw_it() {
    let lead = "Brug dicht\n\nURK (ANP) - De brug is dicht.\n\nHet duurt nog lang.\n\nMeer uit Binnenland\n";
    let page = |age: &str| format!("{lead}{OTHER}{age} minuten geleden\n");
    let (_, once) = after("undated-once", &[("12:00", &page("5"))]);
    let (_, twice) = after("undated", &[("12:00", &page("5")), ("12:10", &page("15"))]);
    assert_eq!(once, twice);
    let lead = twice.iter().find(|entry| entry.published.is_none()).unwrap();
    assert_eq!(clock(lead.updated), "11:59:59");
}

/// A site whose texts stay as they are and whose pages are fresh.
fn plain(seed: u64) -> Rates {
    let nothing = Rates { edited: 0, twins: 0, redated: 0, cached: 0, ..Rates::default() };
    Rates { seed, days: 2, ..nothing }
}

#[test]
fn the_order_of_captures_does_not_matter() {
    let folder = folder::folder("order");
    for seed in 10..14 {
        let site = Site::new(plain(seed));
        let mut sorted = new(&folder, &format!("sorted-{seed}.db"));
        apply_all(&mut sorted, &site.captures);
        let mut mixed: Vec<_> = site.captures.iter().collect();
        let mut numbers = generate::Numbers::new(seed);
        for last in (1..mixed.len()).rev() {
            mixed.swap(last, numbers.below(last + 1));
        }
        let mut shuffled = new(&folder, &format!("shuffled-{seed}.db"));
        apply_all(&mut shuffled, mixed.iter().copied());
        let expected = all(&sorted);
        assert!(expected.len() > 200);
        assert_eq!(all(&shuffled), expected);
        // And what was taken in before changes nothing.
        apply_all(&mut sorted, mixed);
        assert_eq!(all(&sorted), expected);
    }
}

#[test]
fn pages_from_a_cache_may_come_in_any_order_too() {
    let folder = folder::folder("order-cached");
    let site = Site::new(Rates { cached: 100, ..plain(20) });
    let mut sorted = new(&folder, "sorted.db");
    apply_all(&mut sorted, &site.captures);
    let mut backward = new(&folder, "backward.db");
    apply_all(&mut backward, site.captures.iter().rev());
    assert_eq!(all(&backward), all(&sorted));
}

#[test]
fn windows_never_grow() {
    let folder = folder::folder("windows");
    let site = Site::new(plain(30));
    let mut history = new(&folder, "history.db");
    let mut before: HashMap<Uuid, wirefeed::resolve::Window> = HashMap::new();
    for captures in site.captures.chunks(7) {
        apply_all(&mut history, captures);
        for entry in all(&history) {
            let window = entry.window.unwrap();
            let old = before.insert(entry.id, window);
            assert!(old.is_none_or(|old| old.earliest <= window.earliest && window.latest <= old.latest));
        }
    }
    assert!(before.len() > 200);
}
