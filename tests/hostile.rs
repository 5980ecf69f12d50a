//! What is meant to kill a validator: it ends, with a finding or a limit, in bounded time and memory.
#![expect(clippy::expect_used, reason = "a test may stop at what it did not expect")]

#[path = "support/mutate.rs"]
mod mutate;

use mutate::{Random, mutate, seeds};
use proptest::prelude::*;
use wirefeed::validate::report::{Checked, KINDS};
use wirefeed::validate::{MAX_FINDINGS, Options, Report, check, compare};
use wirefeed::xml::Limit;

const FEED: &str = include_str!("../fixtures/feeds/valid/steenlog.xml");
const CHANNEL: &str = include_str!("../fixtures/feeds/valid/duinradio.xml");

fn judge(feed: &str) -> Result<Report, Limit> {
    check(feed.as_bytes(), &Options::default())
}

fn rules(feed: &str) -> Vec<&'static str> {
    judge(feed).expect("within all limits").findings.iter().map(|finding| finding.rule.name).collect()
}

/// A text many times, each with its number.
fn numbered(text: &str, count: usize) -> String {
    (0..count).map(|number| text.replace("{i}", &number.to_string())).collect()
}

#[test]
fn a_feed_cut_anywhere_is_ill_formed() {
    for feed in [FEED, CHANNEL] {
        let end = feed.trim_end().len();
        for at in (0..end).filter(|at| feed.is_char_boundary(*at)) {
            let report = judge(&feed[..at]).expect("small");
            assert!(report.has_errors(), "cut at {at}");
        }
        assert!(!judge(feed).expect("small").has_errors());
    }
}

#[test]
fn a_feed_cut_inside_a_character_is_told() {
    let feed = include_bytes!("../fixtures/feeds/valid/lezer.xml");
    for at in 0..feed.len() - 2 {
        assert!(check(&feed[..at], &Options::default()).expect("small").has_errors(), "cut at {at}");
    }
}

#[test]
fn what_grows_is_refused() {
    let entities: Vec<_> =
        (1..12).map(|n| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(10))).collect();
    let laughs = format!(
        "<!DOCTYPE rss [<!ENTITY e0 'ha'>{}]><rss version='2.0'><channel><title>&e11;</title></channel></rss>",
        entities.concat()
    );
    assert_eq!(judge(&laughs).expect_err("too much"), Limit::Expansion);
    let quadratic =
        format!("<!DOCTYPE rss [<!ENTITY e '{}'>]><rss>{}</rss>", "x".repeat(50_000), "&e;".repeat(50_000));
    assert_eq!(judge(&quadratic).expect_err("too much"), Limit::Expansion);
    assert_eq!(judge(&"<a>".repeat(1_000_000)).expect_err("too deep"), Limit::Depth);
    let given = |count, elements| {
        format!(
            "<!DOCTYPE rss [<!ATTLIST a{}>]><rss>{}</rss>",
            numbered(" a{i} CDATA 'x'", count),
            "<a/>".repeat(elements)
        )
    };
    assert_eq!(judge(&given(65, 1)).expect_err("too many for one element"), Limit::Defaults);
    assert_eq!(judge(&given(60, 10_000)).expect_err("too many for all"), Limit::Expansion);
    let long = format!(
        "<!DOCTYPE rss [<!ATTLIST a b CDATA '{}'>]><rss>{}</rss>",
        "x".repeat(1 << 20),
        "<a/>".repeat(9)
    );
    assert_eq!(judge(&long).expect_err("too much"), Limit::Expansion);
    let many: Vec<_> = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    assert_eq!(judge(&format!("<rss{}/>", many.concat())).expect_err("too many"), Limit::Attributes);
}

#[test]
fn what_is_long_is_judged() {
    let attribute = format!("<rss version=\"{}\"/>", "x".repeat(100 << 20));
    assert!(rules(&attribute).contains(&"invalid-rss-version"));
    let name = format!("<rss version=\"2.0\"><{}/></rss>", "x".repeat(1 << 20));
    let report = judge(&name).expect("within all limits");
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.message().len() < 1000 && finding.excerpt.text.len() < 1000)
    );
    let html = format!(
        "<rss version=\"2.0\"><channel><item><description>{}</description></item></channel></rss>",
        "&lt;div&gt;&lt;p&gt;&lt;a&gt;".repeat(200_000)
    );
    assert!(rules(&html).contains(&"not-html"));
    let ampersands =
        format!("<rss version=\"2.0\"><channel><title>{}</title></channel></rss>", "&".repeat(4 << 20));
    assert!(rules(&ampersands).contains(&"sax-error"));
}

/// Each costs a second, or a minute, where something long or deep is gone through again for each small part.
#[test]
fn what_is_long_or_deep_costs_its_parts_nothing() {
    let long = "x".repeat(1 << 20);
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'";
    let attributes = numbered("a{i} CDATA #IMPLIED ", 100_000);
    let hours = numbered("<hour>{i}</hour>", 100_000);
    let documents = [
        format!("<rss xmlns:y='u'><channel><y:{long}>{}</y:{long}></channel></rss>", "<b/>".repeat(100_000)),
        format!("{atom} xmlns:y='{long}'><title type='xhtml'>{}</title></feed>", "<y:b/>".repeat(100_000)),
        format!("{atom}><title>{}</title></feed>", " <b/>".repeat(200_000)),
        format!("{atom}><title>{}</title></feed>", " <!---->".repeat(200_000)),
        format!("<!DOCTYPE rss [<!ATTLIST {long} {attributes}>]><rss/>"),
        format!("<!DOCTYPE rss [{}]><rss/>", format!("<!ATTLIST a {attributes}>").repeat(2)),
        format!("<rss><channel><skipHours>{hours}</skipHours></channel></rss>"),
        format!("<rss>{}{}", "<a>".repeat(4000), "</x>".repeat(500_000)),
        format!(
            "<rss><channel><item><body xmlns='http://www.w3.org/1999/xhtml'>{}{}",
            "<p>".repeat(4000),
            "<b/>".repeat(500_000)
        ),
    ];
    for document in &documents {
        assert!(judge(document).expect("within all limits").has_errors());
    }
}

#[test]
fn findings_are_bounded_and_counted() {
    let feed = format!("<rss version=\"2.0\"><channel>{}</channel></rss>", "<x/>".repeat(20_000));
    let report = judge(&feed).expect("within all limits");
    assert_eq!(report.findings.len(), MAX_FINDINGS);
    assert!(report.omitted >= 10_000);
}

#[test]
fn a_page_instead_of_a_feed_is_said_to_be_one() {
    for page in
        ["<!DOCTYPE html><html><body><p>Not found<br></body></html>", "<html lang=nl><head></head></html>"]
    {
        assert!(rules(page).contains(&"html-instead-of-feed"), "{page}: {:?}", rules(page));
    }
}

/// What must hold for any bytes: the places that are told are in order, and no report holds a control character.
fn sound(document: &[u8], other: &[u8]) {
    let options = Options {
        now: Some(1_780_000_000),
        base: Some("https://example.org/".to_owned()),
        ..Options::default()
    };
    let Ok(report) = compare(document, other, &options) else { return };
    assert!(report.findings.is_sorted_by_key(|finding| (finding.line, finding.column)));
    assert!(report.findings.iter().all(|finding| finding.line > 0 && finding.column > 0));
    let files = [Checked { path: "feed.xml".to_owned(), outcome: Ok(report) }];
    for kind in KINDS {
        let mut bytes = Vec::new();
        kind.write(&files, &mut bytes).expect("a vector takes all");
        let text = String::from_utf8(bytes).expect("reports are UTF-8");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{}", kind.name);
        assert!(
            kind.name != "junit" || wirefeed::xml::faults(text.as_bytes()).expect("small").is_empty(),
            "{text}"
        );
    }
}

fn mutated(count: usize) {
    let mut seeds = seeds();
    let feeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/feeds/valid");
    let mut paths: Vec<_> =
        std::fs::read_dir(feeds).expect("feeds").map(|feed| feed.expect("a feed").path()).collect();
    paths.sort();
    seeds.extend(paths.iter().map(|path| std::fs::read(path).expect("a feed")));
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..count {
        let seed = random.pick(&seeds).clone();
        let document = mutate(&seed, &mut random);
        sound(&document, &seed);
    }
}

#[test]
fn mutated_feeds_end_in_sound_reports() {
    mutated(500);
}

#[test]
#[ignore = "takes ten minutes; run it after a change of the validator"]
fn very_many_mutated_feeds_end_in_sound_reports() {
    mutated(400_000);
}

proptest! {
    #[test]
    fn any_bytes_end_in_a_report(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(check(&bytes, &Options::default()));
    }

    #[test]
    fn any_change_of_a_feed_ends_in_the_same_report_twice(at in 0..FEED.len(), bytes in proptest::collection::vec(any::<u8>(), 0..6)) {
        let mut feed = FEED.as_bytes().to_vec();
        let end = (at + bytes.len()).min(feed.len());
        feed.splice(at..end, bytes);
        let lines = |report: Result<Report, Limit>| report.map(|report| report.findings.iter().map(wirefeed::validate::Finding::line).collect::<Vec<_>>());
        let first = lines(compare(&feed, FEED.as_bytes(), &Options::default()));
        prop_assert_eq!(first, lines(compare(&feed, FEED.as_bytes(), &Options::default())));
    }
}
