//! Whatever a page prints to say when an item appeared: an age, a clock time, a date.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::Datelike;

use super::age::{self, Age};
use super::clock::Clock;
use super::cursor::Cursor;
use super::dateline::Credit;
use super::day::Day;
use super::moment::{self, Moment, Printed};

/// A time as printed, and what was understood of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// As it stands on the page.
    pub printed: &'a str,
    /// What it says.
    pub time: Time,
    /// It tells of a change, not of the first publication: `Gewijzigd op …`.
    pub modified: bool,
    /// Line of the page, from 1.
    pub line: u32,
    /// A rubric or a section beside it: `13:20 | Sport`.
    pub label: Option<&'a str>,
    /// The agencies that are named beside it: `Door ANP - 13:20`.
    pub credits: Vec<Credit<'a>>,
}

impl<'a> Stamp<'a> {
    /// A time of publication with nothing beside it.
    pub fn new(printed: &'a str, time: Time, line: u32) -> Self {
        Self { printed, time, modified: false, line, label: None, credits: Vec::new() }
    }
}

/// What a stamp says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Time {
    /// How long ago.
    Age(Age),
    /// A moment on the clock or the calendar.
    Moment(Moment),
    /// An instant with its offset.
    Instant(chrono::DateTime<chrono::FixedOffset>),
    /// It has the form of an age, and nobody knows which.
    Unread,
}

/// No line is longer that is taken for a stamp which is not understood, in bytes.
const LONGEST_UNREAD: usize = 48;

/// The moment that a page's markup gives for its publication.
pub(super) fn of_page(printed: &str) -> Option<Stamp<'_>> {
    let time = moment::from_attribute(printed)?.into();
    Some(Stamp::new(printed, time, 0))
}

/// Words in front of a stamp, and whether they tell of a change.
const PREFIXES: &[(&str, bool)] = &[
    ("gepubliceerd op", false),
    ("gepubliceerd", false),
    ("geplaatst op", false),
    ("geplaatst", false),
    ("publicatie", false),
    ("publicatiedatum", false),
    ("datum", false),
    ("posted on", false),
    ("posted", false),
    ("published on", false),
    ("published", false),
    ("laatst gewijzigd op", true),
    ("laatst gewijzigd", true),
    ("gewijzigd op", true),
    ("gewijzigd", true),
    ("laatst bijgewerkt op", true),
    ("laatst bijgewerkt", true),
    ("bijgewerkt op", true),
    ("bijgewerkt", true),
    ("aangepast op", true),
    ("aangepast", true),
    ("laatste update", true),
    ("update", true),
    ("updated on", true),
    ("updated", true),
    ("last updated", true),
];

/// Splits a stamp off the front of a text that begins on `line`.
pub fn split(text: &str, line: u32) -> Option<(Stamp<'_>, &str)> {
    if !may_begin(text) {
        return None;
    }
    let (modified, body) = prefix(text).unwrap_or((false, text));
    let (time, rest) = time(body)?;
    let printed = text[..text.len() - rest.len()].trim_end();
    Some((Stamp { modified, ..Stamp::new(printed, time, line) }, rest))
}

fn time(text: &str) -> Option<(Time, &str)> {
    if let Some((age, rest)) = age::split(text) {
        return Some((Time::Age(age), rest));
    }
    let (printed, rest) = moment::split(text)?;
    Some((printed.into(), rest))
}

impl From<Printed> for Time {
    fn from(printed: Printed) -> Self {
        match printed {
            Printed::Moment(moment) => Self::Moment(moment),
            Printed::Instant(instant) => Self::Instant(instant),
        }
    }
}

/// Most texts begin with a word that begins no stamp: the first three letters tell.
pub(super) fn may_begin(text: &str) -> bool {
    static STARTS: LazyLock<HashSet<[u8; 3]>> = LazyLock::new(|| {
        let prefixes = PREFIXES.iter().map(|(words, _)| *words);
        prefixes.chain(age::first_words()).chain(moment::first_words()).map(start).collect()
    });
    match text.as_bytes() {
        // A letter may have its mark behind it, as in the é of a decomposed één.
        [b'a'..=b'z' | b'A'..=b'Z', next, ..] => *next == 0xCC || STARTS.contains(&start(text)),
        [b'a'..=b'z' | b'A'..=b'Z'] => STARTS.contains(&start(text)),
        // Digits, 'n, ~, ±, the é of één, and ’n.
        [b'0'..=b'9' | b'\'' | b'~' | 0xC2 | 0xC3 | 0xE2, ..] => true,
        _ => false,
    }
}

/// The first three letters in lower case; spaces where the word is shorter or goes on otherwise.
fn start(word: &str) -> [u8; 3] {
    let mut start = [b' '; 3];
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic);
    for (slot, letter) in start.iter_mut().zip(letters) {
        *slot = letter.to_ascii_lowercase();
    }
    start
}

/// Splits the words in front of a stamp off, with their colon; says whether they tell of a change.
pub fn prefix(text: &str) -> Option<(bool, &str)> {
    if Cursor::new(text).at_digit() {
        return None;
    }
    let (words, modified) = PREFIXES.iter().find(|(words, _)| Cursor::new(text).phrase(words))?;
    let mut cursor = Cursor::new(text);
    cursor.phrase(words);
    _ = cursor.literal(":");
    cursor.space();
    Some((*modified, cursor.rest))
}

/// A whole text that is a day and nothing more, such as stands over the times of a list: `Vandaag`, `maandag 9 februari`.
pub fn day_heading(text: &str) -> Option<Day> {
    let text = text.trim_end_matches([':', '.', ' ']);
    if text.len() > LONGEST_UNREAD || !may_begin(text) {
        return None;
    }
    let mut cursor = Cursor::new(text);
    let (day, part) = super::day::split(&mut cursor)?;
    (cursor.rest.is_empty() && part.is_none()).then_some(day)
}

/// A moment that markup gives for machines: a full date, with or without a time, or seconds or milliseconds since 1970.
/// A time of day alone is none; nor is anything before 1990, which programs write where they know nothing.
pub fn machine(value: &str) -> Option<Time> {
    let value = value.trim();
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let time = match value.len() {
        10 | 13 if digits => {
            let number: i64 = value.parse().ok()?;
            let seconds = if value.len() == 13 { number / 1000 } else { number };
            Time::Instant(chrono::DateTime::from_timestamp(seconds, 0)?.fixed_offset())
        }
        _ => {
            let value = value.split('[').next().unwrap_or(value);
            moment::from_attribute(value).or_else(|| rfc2822(value))?.into()
        }
    };
    let year = match time {
        Time::Instant(instant) => instant.year(),
        Time::Moment(Moment { day: Day::Date(date), .. }) => date.year(),
        _ => return None,
    };
    (year >= 1990).then_some(time)
}

fn rfc2822(value: &str) -> Option<Printed> {
    chrono::DateTime::parse_from_rfc2822(value).ok().map(Printed::Instant)
}

impl Stamp<'_> {
    /// Whether it is a day and nothing else, as a page prints for itself.
    pub fn is_bare_date(&self) -> bool {
        let bare = |moment: &Moment| moment.clock == Clock::Unsaid && !matches!(moment.day, Day::Ago(_));
        matches!(&self.time, Time::Moment(moment) if bare(moment))
    }

    /// Whether it tells a time of day and no day.
    pub fn is_clock(&self) -> bool {
        matches!(&self.time, Time::Moment(Moment { day: Day::Unsaid, .. }))
    }

    /// Whether it is an age, read or not.
    pub fn is_age(&self) -> bool {
        matches!(self.time, Time::Age(_) | Time::Unread)
    }
}

/// Whether a whole line has the form of a stamp without being one that is known: `drie eeuwen geleden`,
/// `31 februari 2026`, `vorige week`.
pub(super) fn looks_like(line: &str) -> bool {
    line.len() <= LONGEST_UNREAD && (age::looks_like_line(line) || moment::looks_like(line))
}

/// Whether the last line of a page is the beginning of a stamp: `3`, `47 mi`, `2 uur gele`.
pub fn is_cut(line: &str) -> bool {
    const UNITS: &[&str] = &[
        "seconden geleden",
        "minuut geleden",
        "minuten geleden",
        "uur geleden",
        "uren geleden",
        "dag geleden",
        "dagen geleden",
        "week geleden",
        "weken geleden",
        "maand geleden",
        "maanden geleden",
        "jaar geleden",
    ];
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return false;
    }
    let rest = line[digits..].trim_start();
    UNITS.iter().any(|unit| unit.starts_with(rest) && *unit != rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_front_tell_of_a_change() {
        let (stamp, rest) = split("Gewijzigd op 14 November 2020 03:15", 1).expect("a stamp");
        assert!(stamp.modified && rest.is_empty());
        let (stamp, _) = split("Gepubliceerd: 10-02-2026 14:05", 1).expect("a stamp");
        assert!(!stamp.modified);
        assert_eq!(stamp.printed, "Gepubliceerd: 10-02-2026 14:05");
        assert!(split("Gewijzigd beleid", 1).is_none());
    }

    #[test]
    fn every_word_that_begins_a_stamp_is_tried() {
        for word in age::first_words().chain(moment::first_words()) {
            assert!(may_begin(word) && may_begin(&word.to_uppercase()), "{word}");
        }
        assert!(!may_begin("Wethouder") && !may_begin("geleden") && !may_begin(""));
    }

    #[test]
    fn cut_stamps() {
        for line in ["3", "47 mi", "2 uu", "12 minuten", "2 uur gele"] {
            assert!(is_cut(line), "{line}");
        }
        for line in ["2 uur geleden", "17 scholen", "mi", "", "2024"] {
            assert!(!is_cut(line), "{line}");
        }
    }
}
