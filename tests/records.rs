//! What holds for every page that shows its news in records, however it is marked up.
#![expect(clippy::expect_used, reason = "a test may stop at what it did not expect")]

use std::fmt::Write as _;

use chrono::DateTime;
use proptest::prelude::*;
use wirefeed::{Options, convert};

/// How the records of a page are marked up.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own that a site makes")]
struct Markup {
    container: &'static str,
    headline: &'static str,
    time: Time,
    /// The link is around all of the record, and not on the headline alone.
    card: bool,
    wrapped: usize,
    pretty: bool,
    teaser: bool,
    furniture: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    Before,
    Between,
    Behind,
    None,
}

fn markups() -> impl Strategy<Value = Markup> {
    let container = prop::sample::select(vec!["article", "li", "div", "section"]);
    let headline = prop::sample::select(vec!["h2", "h3", "h4"]);
    let time = prop::sample::select(vec![Time::Before, Time::Between, Time::Behind, Time::None]);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (container, headline, time, 0usize..4, switches).prop_map(
        |(container, headline, time, wrapped, switches)| {
            let (card, pretty, teaser, furniture) = switches;
            Markup { container, headline, time, card, wrapped, pretty, teaser, furniture }
        },
    )
}

/// A story by its number: a headline, an address, an age in minutes.
fn story(number: usize) -> (String, String, String) {
    const WHAT: &[&str] = &["brug", "haven", "school", "dijk", "kerk", "markt", "toren", "sluis", "molen"];
    let what = WHAT[number % WHAT.len()];
    (
        format!("Gemeente besluit over {what} nummer {number}"),
        format!("/nieuws/{number}-{what}"),
        format!("{} minuten geleden", number * 3 + 1),
    )
}

fn record(markup: &Markup, number: usize) -> String {
    let (headline, link, age) = story(number);
    let Markup { container, headline: tag, .. } = markup;
    let time = |place: Time| {
        if markup.time == place { format!("<span class=\"t\">{age}</span>") } else { String::new() }
    };
    let title = if markup.card { headline } else { format!("<a href=\"{link}\">{headline}</a>") };
    let teaser =
        if markup.teaser { "<p>De raad sprak er lang over. Bewoners zijn verdeeld.</p>" } else { "" };
    let inner = format!(
        "{}<{tag}>{title}</{tag}>{}{teaser}{}",
        time(Time::Before),
        time(Time::Between),
        time(Time::Behind)
    );
    if markup.card {
        format!("<{container} class=\"item\"><a href=\"{link}\">{inner}</a></{container}>")
    } else {
        format!("<{container} class=\"item\">{inner}</{container}>")
    }
}

fn page(markup: &Markup, numbers: &[usize]) -> String {
    let mut records: String = numbers.iter().map(|number| record(markup, *number)).collect();
    if markup.container == "li" {
        records = format!("<ul>{records}</ul>");
    }
    for depth in 0..markup.wrapped {
        records = format!("<div class=\"w{depth}\">{records}</div>");
    }
    let mut page = String::from("<!DOCTYPE html><html><head><title>Krant</title></head><body>");
    if markup.furniture {
        page.push_str(
            "<nav><a href=\"/\">Home</a><a href=\"/sport\">Sport</a><a href=\"/weer\">Weer</a></nav>",
        );
    }
    _ = write!(page, "<main>{records}</main>");
    if markup.furniture {
        page.push_str("<footer><p>Contact</p><a href=\"/privacy\">Privacy</a></footer>");
    }
    page.push_str("</body></html>");
    // White space between tags is the markup's, and not the page's.
    if markup.pretty { page.replace("><", ">\n    <") } else { page }
}

/// Headline, link and time of each entry, in one order.
fn told(page: &str) -> Vec<(String, Option<String>, Option<String>)> {
    let captured = DateTime::parse_from_rfc3339("2026-02-10T14:05:00+01:00").expect("a time");
    let source = url::Url::parse("https://example.nl/").expect("an address");
    let options = Options { source: Some(source), ..Options::default() };
    let (feed, _) = convert(page.as_bytes(), &captured, &options).expect("a feed");
    let entries = feed.entries.into_iter();
    let mut told: Vec<_> = entries
        .map(|entry| {
            (
                entry.title,
                entry.link.map(|link| link.to_string()),
                entry.published.map(|time| time.to_rfc3339()),
            )
        })
        .collect();
    told.sort();
    told
}

fn expected(markup: &Markup, numbers: &[usize]) -> Vec<(String, Option<String>, Option<String>)> {
    let captured = DateTime::parse_from_rfc3339("2026-02-10T14:05:00+01:00").expect("a time");
    let mut expected: Vec<_> = numbers
        .iter()
        .map(|number| {
            let (headline, link, _) = story(*number);
            let age = i64::try_from(number * 3 + 1).expect("a small number");
            let time = captured - chrono::Duration::minutes(age);
            let time = Some(time.to_rfc3339()).filter(|_| markup.time != Time::None);
            (headline, Some(format!("https://example.nl{link}")), time)
        })
        .collect();
    expected.sort();
    expected
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever their markup, each record is an item with its own headline, link and time; so they are in any order and
    /// at any depth, and one record less is one entry less and changes no other.
    #[test]
    fn each_record_is_an_item(
        markup in markups(),
        count in 3usize..9,
        turned in any::<prop::sample::Index>(),
        gone in any::<prop::sample::Index>(),
    ) {
        let mut numbers: Vec<usize> = (1..=count).collect();
        prop_assert_eq!(told(&page(&markup, &numbers)), expected(&markup, &numbers));
        numbers.rotate_left(turned.index(count));
        prop_assert_eq!(told(&page(&markup, &numbers)), expected(&markup, &numbers));
        if count > 3 {
            numbers.remove(gone.index(count));
            prop_assert_eq!(told(&page(&markup, &numbers)), expected(&markup, &numbers));
        }
    }

    /// How the markup is set changes nothing.
    #[test]
    fn white_space_between_tags_changes_nothing(markup in markups(), count in 3usize..9) {
        let numbers: Vec<usize> = (1..=count).collect();
        let one = page(&Markup { pretty: false, ..markup.clone() }, &numbers);
        let other = page(&Markup { pretty: true, ..markup }, &numbers);
        prop_assert_eq!(told(&one), told(&other));
    }
}

/// A card and its line in the list of what is most read are one entry, with the text of the card.
#[test]
fn records_with_one_link_are_one_entry() {
    let markup = Markup {
        container: "article",
        headline: "h3",
        time: Time::Behind,
        card: false,
        wrapped: 1,
        pretty: false,
        teaser: true,
        furniture: true,
    };
    let numbers = [1, 2, 3, 4];
    let line = |number| {
        let (headline, link, _) = story(number);
        format!("<li><a href=\"{link}\">{headline}</a></li>")
    };
    let lines = [3, 1, 4].map(line).concat();
    let list = format!("<aside><h2>Meest gelezen</h2><ol>{lines}</ol></aside>");
    let page = page(&markup, &numbers).replace("</body>", &format!("{list}</body>"));
    assert_eq!(told(&page), expected(&markup, &numbers));
}
