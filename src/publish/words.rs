//! What the pages say, in each language. A new word is a row, a new language a column.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Nederlands.
    #[default]
    Dutch,
    /// English.
    English,
}

/// The languages with their tags, in the order of the columns of `WORDS`.
pub const LANGUAGES: &[(&str, Language)] = &[("nl", Language::Dutch), ("en", Language::English)];

const WORDS: &[(&str, [&str; 2])] = &[
    ("skip", ["Naar de berichten", "Skip to the news"]),
    ("latest", ["Laatste berichten", "Latest news"]),
    ("subscribe", ["Abonneren", "Subscribe"]),
    (
        "what_is_a_feed",
        [
            "Een feed is een adres dat een feedlezer voor u volgt: nieuwe berichten verschijnen daar vanzelf, zonder account. Kopieer een van deze adressen naar uw feedlezer.",
            "A feed is an address that a feed reader follows for you: new items appear there by themselves, without an account. Copy one of these addresses into your feed reader.",
        ],
    ),
    ("all_feeds", ["Alle feeds als lijst (OPML)", "All feeds as a list (OPML)"]),
    ("filters", ["Selecties", "Selections"]),
    ("places", ["Plaatsen", "Places"]),
    ("agencies", ["Persbureaus", "News agencies"]),
    ("sections", ["Rubrieken", "Sections"]),
    ("all_items", ["Alle berichten", "All news"]),
    ("source", ["Bron", "Source"]),
    ("no_time", ["tijd onbekend", "time not known"]),
    ("times", ["Tijden zijn die van Amsterdam.", "Times are those of Amsterdam."]),
    ("made_by", ["Gemaakt met wirefeed", "Made with wirefeed"]),
    ("updated", ["Bijgewerkt", "Updated"]),
    ("missing", ["Niet gevonden", "Not found"]),
    ("missing_explained", ["Hier staat niets, of niet meer.", "There is nothing here, or nothing any more."]),
    (
        "feed_explained",
        [
            "Dit is een feed: een lijst van berichten voor feedlezers. Kopieer het adres van deze pagina naar een feedlezer om u te abonneren.",
            "This is a feed: a list of news for feed readers. Copy the address of this page into a feed reader to subscribe.",
        ],
    ),
];

const DAYS: [[&str; 2]; 7] = [
    ["maandag", "Monday"],
    ["dinsdag", "Tuesday"],
    ["woensdag", "Wednesday"],
    ["donderdag", "Thursday"],
    ["vrijdag", "Friday"],
    ["zaterdag", "Saturday"],
    ["zondag", "Sunday"],
];

const MONTHS: [[&str; 2]; 12] = [
    ["januari", "January"],
    ["februari", "February"],
    ["maart", "March"],
    ["april", "April"],
    ["mei", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["augustus", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

impl Language {
    /// The language with this tag.
    pub fn named(tag: &str) -> Option<Self> {
        LANGUAGES.iter().find(|(known, _)| *known == tag).map(|(_, language)| *language)
    }

    /// Its tag (BCP 47).
    pub(super) fn tag(self) -> &'static str {
        LANGUAGES.iter().find(|(_, language)| *language == self).map_or("nl", |(tag, _)| tag)
    }

    /// Every word by its key.
    pub(super) fn words(self) -> BTreeMap<&'static str, &'static str> {
        WORDS.iter().map(|(key, words)| (*key, self.of(words))).collect()
    }

    /// A date with its day of the week.
    pub(super) fn date(self, date: NaiveDate) -> String {
        let row = |rows: &[[&'static str; 2]], at: u32| {
            rows.get(usize::try_from(at).unwrap_or_default()).map_or("", |words| self.of(words))
        };
        let weekday = row(&DAYS, date.weekday().num_days_from_monday());
        format!("{weekday} {} {} {}", date.day(), row(&MONTHS, date.month0()), date.year())
    }

    fn of(self, words: &[&'static str; 2]) -> &'static str {
        let column = LANGUAGES.iter().position(|(_, language)| *language == self);
        column.and_then(|column| words.get(column)).copied().unwrap_or_default()
    }
}
