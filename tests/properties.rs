//! What holds for every page, made of bytes, of pieces of wire pages, and of the fixtures cut anywhere.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test may stop; whether xmllint has to be here, the environment says"
)]

#[path = "support/folder.rs"]
mod folder;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;
use wirefeed::feed::Feed;
use wirefeed::format::FORMATS;
use wirefeed::page::{self, Markup};
use wirefeed::{Options, convert};

/// Pieces that wire pages are made of, and some that break others.
const PIECES: &[&str] = &[
    "KYIV (ANP/RTR) - ",
    "URK (ANP) - ",
    "'s-HERTOGENBOSCH (ANP) – ",
    "KATS - ",
    "(Novum) - ",
    "EREDIVISIEALKMAAR (ANP) - ",
    "Het is rustig in de stad. ",
    "De vissers varen uit. ",
    "Dat was in 1953, 70 jaar geleden.",
    "Een paar dagen geleden was het koud.",
    "12 minuten geleden",
    "1 uur geleden",
    "gisteren 14:05",
    "14:05",
    "zojuist",
    "9 februari 2026",
    "twaalf eeuwen geleden",
    "3 ",
    "Meer uit Buitenland",
    "Meer evacuaties",
    "Net binnen",
    "- Zeeland 9:41 Trekker in de sloot",
    "Kop van een bericht",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{b}",
    "\u{fffe}",
    "&amp;",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<a href=\"/nieuws/1\">",
    "<a href='/nieuws/2?utm_source=x#y'>",
    "</a>",
    "<time datetime=\"2026-02-10T13:00:00Z\">",
    "</time>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<li>",
    "<table><tr><td>",
    "\"",
    "georiƫnteerd",
    "\u{1f6b2}",
];

fn captured() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-02-10T14:05:00+01:00").expect("a time")
}

fn options(markup: Markup) -> Options {
    Options { markup, ..Options::default() }
}

fn markup() -> impl Strategy<Value = Markup> {
    prop_oneof![Just(Markup::Detect), Just(Markup::Text), Just(Markup::Html)]
}

fn wire_page() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let cases = fs::read_dir(root).expect("fixtures/pages").map(|case| case.expect("a folder").path());
    let pages = cases.filter_map(|case| {
        let page = ["page.txt", "page.html"].into_iter().find_map(|name| fs::read(case.join(name)).ok())?;
        Some((case.file_name()?.to_string_lossy().into_owned(), page))
    });
    let mut pages: Vec<_> = pages.collect();
    pages.sort();
    assert!(pages.len() > 40);
    pages
}

fn bytes_of(feed: &Feed) -> Vec<Vec<u8>> {
    let bytes = |format: &wirefeed::format::Format| {
        let mut bytes = Vec::new();
        format.write(feed, &mut bytes).expect("a vector takes all");
        bytes
    };
    FORMATS.iter().map(bytes).collect()
}

/// What must hold of any feed of a page.
fn judge(page: &[u8], markup: Markup) -> Result<(), TestCaseError> {
    let Ok((feed, notes)) = convert(page, &captured(), &options(markup)) else { return Ok(()) };
    let again = convert(page, &captured(), &options(markup)).expect("it was converted before");
    prop_assert_eq!((&again.0, &again.1), (&feed, &notes));
    let ids: HashSet<_> = feed.entries.iter().map(|entry| entry.id).collect();
    prop_assert_eq!(ids.len(), feed.entries.len(), "an id stands twice");
    let mut seconds = HashSet::new();
    for entry in &feed.entries {
        let room = entry.window.map(|window| (window.latest - window.earliest).num_seconds() + 1);
        let crowded = room.is_some_and(|room| room < i64::try_from(feed.entries.len()).unwrap_or(i64::MAX));
        prop_assert!(seconds.insert(entry.updated) || crowded, "two entries share an updated");
    }
    let dated: Vec<_> = feed.entries.iter().map_while(|entry| entry.published).collect();
    prop_assert!(dated.is_sorted_by(|a, b| a >= b), "newest first");
    prop_assert!(feed.entries[dated.len()..].iter().all(|entry| entry.published.is_none()));
    for entry in &feed.entries {
        prop_assert!(!entry.title.trim().is_empty() && entry.updated <= captured());
        if let (Some(window), Some(published)) = (entry.window, entry.published) {
            prop_assert!(
                window.earliest <= published && published <= window.latest && window.latest <= captured()
            );
        }
    }
    for bytes in bytes_of(&feed) {
        prop_assert!(!String::from_utf8(bytes).expect("UTF-8").chars().any(page::is_forbidden));
    }
    Ok(())
}

/// The words of a text, without markup and entities of the five characters.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside && !c.is_whitespace() && !page::is_forbidden(c) => text.push(c),
            _ => {}
        }
    }
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    plain.iter().fold(text, |text, (entity, c)| text.replace(entity, c))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_break_it(page in prop::collection::vec(any::<u8>(), 0..400), markup in markup()) {
        judge(&page, markup)?;
    }

    #[test]
    fn no_wire_page_breaks_it(page in wire_page(), markup in markup()) {
        judge(page.as_bytes(), markup)?;
    }

    #[test]
    fn every_text_stands_on_the_page(pieces in prop::collection::vec(prop::sample::select(&PIECES[..30]), 0..60)) {
        let page = pieces.concat().replace('ƫ', "ë");
        if let Ok((feed, _)) = convert(page.as_bytes(), &captured(), &options(Markup::Text)) {
            let bare: String = page.chars().filter(|c| !c.is_whitespace() && !page::is_forbidden(*c)).collect();
            for paragraph in feed.entries.iter().flat_map(|entry| entry.content.split('\n')) {
                prop_assert!(bare.contains(&words(paragraph)), "{} is not on {}", paragraph, page);
            }
        }
    }
}

#[test]
fn a_page_cut_anywhere_keeps_every_item_before_the_cut() {
    for (name, page) in fixtures() {
        // Where markup or a charset is cut, the bytes before the cut mean something else.
        let Ok(text) = std::str::from_utf8(&page) else { continue };
        let convert = |page: &str| convert(page.as_bytes(), &captured(), &options(Markup::Text));
        if name.contains("html") || convert(text).is_err() {
            continue;
        }
        // An age on a line of its own; in a sentence it only looks like one while the page is cut there.
        let counted = |age: &str| age.len() < 20 && age.trim().starts_with(char::is_numeric);
        let alone =
            |at: &usize| text[..*at].lines().last().is_some_and(counted) && !text[*at..].starts_with(' ');
        let ends: HashSet<_> =
            text.match_indices(" geleden").map(|(at, age)| at + age.len()).filter(alone).collect();
        let mut kept = HashSet::new();
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            let result = convert(&text[..cut]);
            if let Err(error) = &result {
                let nothing = matches!(error, wirefeed::Error::NoItems | wirefeed::Error::NothingSelected(_));
                assert!(nothing, "{name}: {error}");
            }
            let ids: HashSet<_> = result
                .into_iter()
                .flat_map(|(feed, _)| feed.entries)
                .filter(|entry| entry.published.is_some())
                .map(|entry| entry.id)
                .collect();
            assert!(kept.is_subset(&ids), "{name}: an item before {cut} is gone: {}", &text[..cut]);
            // Behind a whole age nothing of its item is missing any more.
            if ends.contains(&cut) {
                kept = ids;
            }
        }
    }
}

/// A parser that shares nothing with the crates that write.
#[test]
fn xmllint_finds_every_feed_well_formed() {
    let folder = folder::folder("xmllint");
    let mut pages = fixtures();
    pages.push(("pieces".to_owned(), PIECES.concat().into_bytes()));
    let mut numbers = 1u64;
    for number in 0..300 {
        let page: String = (0..40)
            .map(|_| {
                numbers =
                    numbers.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                PIECES[usize::try_from(numbers >> 33).expect("31 bits") % PIECES.len()]
            })
            .collect();
        pages.push((format!("made-{number}"), page.into_bytes()));
    }
    let mut files = Vec::new();
    for (name, page) in pages {
        for markup in [Markup::Text, Markup::Html] {
            let Ok((feed, _)) = convert(&page, &captured(), &options(markup)) else { continue };
            for (format, bytes) in
                FORMATS.iter().zip(bytes_of(&feed)).filter(|(format, _)| format.name != "json")
            {
                let file = folder.join(format!("{name}-{markup:?}.{}", format.name));
                fs::write(&file, bytes).expect("a file");
                files.push(file);
            }
        }
    }
    assert!(files.len() > 400, "only {} feeds", files.len());
    match Command::new("xmllint").arg("--noout").args(&files).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) if std::env::var_os("CI").is_none() => {
            println!("xmllint is not installed; nothing was checked");
        }
        Err(error) => panic!("xmllint has to be installed: {error}"),
    }
}
