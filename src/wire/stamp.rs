//! Whatever a page prints to say when an item appeared: an age, a clock time, a date.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::age::{self, Age};
use super::clock::{self, Clock, Context};
use super::cursor::Cursor;
use super::dateline::Credit;
use super::day::{self, Day};
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
    /// `13 uur`: so many hours ago or that hour of the day, at most 24. Which one, only a list of them tells
    /// ([`hours_are_ages`]); the hour of the day where nobody asked.
    Hours(u32),
    /// It has the form of an age, and nobody knows which.
    Unread,
}

/// No line is longer that is taken for a stamp which is not understood, in bytes.
const LONGEST_UNREAD: usize = 48;

/// The moment that a page's markup gives for its publication.
pub(super) fn of_page(printed: &str) -> Option<Stamp<'_>> {
    let time = machine(printed)?.into();
    Some(Stamp::new(printed, time, 0))
}

/// Words in front of a stamp, without the `op` behind them, and whether they tell of a change.
const PREFIXES: &[(&str, bool)] = &[
    ("gepubliceerd", false),
    ("geplaatst", false),
    ("gepost", false),
    ("toegevoegd", false),
    ("publicatie", false),
    ("publicatiedatum", false),
    ("datum", false),
    ("posted", false),
    ("published", false),
    ("laatst gewijzigd", true),
    ("laatste wijziging", true),
    ("gewijzigd", true),
    ("laatst bijgewerkt", true),
    ("bijgewerkt", true),
    ("laatst aangepast", true),
    ("aangepast", true),
    ("laatst geüpdatet", true),
    ("geüpdatet", true),
    ("laatste update", true),
    ("update", true),
    ("updated", true),
    ("last updated", true),
    ("last update", true),
    ("last modified", true),
    ("modified", true),
];

/// What may stand between such words and their stamp.
const JOINTS: &[&str] = &["op", "om", "on", "at"];

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

/// A full date as markup gives it to machines, the words of a stamp in front of it left out: `title`, `data-*`,
/// `datetime`, `content`. None for a bare clock or an age, and before 1990, since nothing on the web is older.
pub fn machine(value: &str) -> Option<Printed> {
    let value = value.trim();
    moment::machine(prefix(value).map_or(value, |(_, rest)| rest))
}

/// What is a stamp only where it stands in an element, a cell or a column of its own: `12 min`, `3d`, `13.20`, `2 uur`.
pub fn short(text: &str, line: u32) -> Option<Stamp<'_>> {
    let stamp = |time| Stamp::new(text, time, line);
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > LONGEST_UNREAD {
        return None;
    }
    if let Some((age, hours)) = age::short(text) {
        return Some(stamp(hours.filter(|hours| *hours <= 24).map_or(Time::Age(age), Time::Hours)));
    }
    let mut cursor = Cursor::new(text);
    let clock = clock::digital(&mut cursor, Context::Alone).filter(|_| cursor.rest.is_empty())?;
    Some(stamp(Time::Moment(Moment { day: Day::Unsaid, clock })))
}

/// Whether the hours in a column, in the order of its list, are ages and no times of day: other ages stand among
/// them, or they rise, as ages do where the newest stands on top.
pub fn hours_are_ages<'t>(column: impl IntoIterator<Item = &'t Time>) -> bool {
    let (mut first, mut last, mut falls) = (None, None, false);
    for time in column {
        match time {
            Time::Age(_) => return true,
            Time::Hours(hours) => {
                first = first.or(Some(*hours));
                falls |= last.is_some_and(|last| *hours < last);
                last = Some(*hours);
            }
            Time::Moment(_) | Time::Instant(_) | Time::Unread => {}
        }
    }
    !falls && first < last
}

/// The day that a text names and says nothing else, as headings do: `Vandaag`, `maandag 9 februari`.
pub fn day_heading(text: &str) -> Option<Day> {
    let text = text.trim().trim_end_matches([':', '.', ' ']);
    // Two or three letters head the columns of a calendar.
    if text.len() <= 3 || text.len() > LONGEST_UNREAD || !may_begin(text) {
        return None;
    }
    let mut cursor = Cursor::new(text);
    match day::split(&mut cursor)? {
        (Day::Past(_), _) | (_, Some(_)) => None,
        (day, None) => cursor.rest.is_empty().then_some(day),
    }
}

/// The year that a text names, alone or behind its month: `2025`, `februari 2025`. Of the web's years only.
pub fn year_heading(text: &str) -> Option<i32> {
    let text = text.trim();
    let (month, year) = text.rsplit_once(' ').map_or((None, text), |(month, year)| (Some(month), year));
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    ((1990..2100).contains(&year) && month.is_none_or(day::is_month)).then_some(year)
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

impl Time {
    /// As a time of day on the day that a heading above it names, where none is said with it.
    #[must_use]
    pub fn on(self, heading: Day) -> Self {
        match self.settled(false) {
            Self::Moment(moment) => Self::Moment(moment.on(heading)),
            other => other,
        }
    }

    /// In the year that a heading above it names, where it says a day without one.
    #[must_use]
    pub fn in_year(self, year: i32) -> Self {
        match self {
            Self::Moment(moment) => Self::Moment(moment.in_year(year)),
            other => other,
        }
    }

    /// With hours as what [`hours_are_ages`] says of their column.
    #[must_use]
    pub fn settled(self, ages: bool) -> Self {
        match self {
            Self::Hours(hours) if ages => Self::Age(Age::hours(hours)),
            Self::Hours(hours) => Self::Moment(Moment { day: Day::Unsaid, clock: Clock::hour(hours) }),
            other => other,
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
    if cursor.any(JOINTS) {
        cursor.space();
    }
    Some((*modified, cursor.rest))
}

impl Stamp<'_> {
    /// Whether it is a day and nothing else, as a page prints for itself.
    pub fn is_bare_date(&self) -> bool {
        let bare = |moment: &Moment| {
            moment.clock == Clock::Unsaid && !matches!(moment.day, Day::Ago(_) | Day::Past(_))
        };
        matches!(&self.time, Time::Moment(moment) if bare(moment))
    }

    /// Whether it tells a time of day and no day.
    pub fn is_clock(&self) -> bool {
        matches!(&self.time, Time::Moment(Moment { day: Day::Unsaid, .. }) | Time::Hours(_))
    }

    /// Whether it counts only where it stands by itself: `12 min`, `13.20`.
    pub(super) fn is_short(&self) -> bool {
        short(self.printed, self.line).is_some()
            && split(self.printed, self.line).is_none_or(|(_, rest)| !rest.is_empty())
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
    fn words_in_front_may_have_a_preposition() {
        for text in
            ["Geplaatst op 10 februari 2026", "Gepubliceerd om 14:05", "Laatste wijziging: 10-02-2026 14:05"]
        {
            assert!(
                split(text, 1).is_some_and(|(stamp, rest)| stamp.printed == text && rest.is_empty()),
                "{text}"
            );
        }
        assert_eq!(prefix("Gepubliceerd op "), Some((false, "")));
        assert_eq!(prefix("Laatst gewijzigd op: 9 feb").map(|(modified, _)| modified), Some(true));
        assert!(machine("Gepubliceerd op 10-02-2026 14:05").is_some() && machine("Update 14:05").is_none());
    }

    #[test]
    fn short_forms() {
        let seconds = |text: &str| match short(text, 1)?.time {
            Time::Age(age) => Some((age.least.seconds, age.least.days)),
            _ => None,
        };
        for (text, expected) in [
            ("12 min", (720, 0)),
            ("12m", (720, 0)),
            ("34 m", (2040, 0)),
            ("5 min.", (300, 0)),
            ("3 d", (0, 3)),
            ("3d", (0, 3)),
            ("2 dgn", (0, 2)),
            ("30 uur", (108_000, 0)),
            ("1 u 10 min", (4200, 0)),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for (text, hours) in [("13 uur", 13), ("2 u", 2), ("2u", 2), ("24 uur", 24)] {
            assert_eq!(short(text, 1).map(|stamp| stamp.time), Some(Time::Hours(hours)), "{text}");
        }
        for text in ["13.20", "21.30", "9.05"] {
            assert!(short(text, 1).is_some_and(|stamp| stamp.is_clock() && stamp.is_short()), "{text}");
        }
        for text in
            ["", "12", "1.5", "13.20 euro", "25.20", "12 doden", "min", "een uur", "12 min zon", "2-3"]
        {
            assert_eq!(short(text, 1), None, "{text}");
        }
    }

    #[test]
    fn a_column_tells_what_hours_are() {
        let ages = |column: &[&str]| {
            let times: Vec<_> = column.iter().map(|text| short(text, 1).expect(text).time).collect();
            hours_are_ages(&times)
        };
        assert!(ages(&["5 min", "13 uur"]) && ages(&["13 uur", "2 d"]) && ages(&["1 uur", "1 uur", "5 uur"]));
        assert!(
            !ages(&["13 uur", "12 uur", "9 uur"])
                && !ages(&["1 uur", "23 uur", "9 uur"])
                && !ages(&["13 uur"])
        );
        assert!(!ages(&["13.20", "13 uur"]) && !ages(&["3 uur", "3 uur"]) && !ages(&[]));
        assert_eq!(Time::Hours(2).settled(true), split("2 uur geleden", 1).expect("an age").0.time);
        assert_eq!(Time::Hours(14).settled(false), split("14:00", 1).expect("a time").0.time);
        assert_eq!(Time::Hours(24).settled(false), split("24:00", 1).expect("a time").0.time);
    }

    #[test]
    fn headings_of_days_and_years() {
        let date = |day| Day::Date(chrono::NaiveDate::from_ymd_opt(2026, 2, day).expect("a date"));
        for (text, expected) in [
            ("Vandaag", Day::Ago(0)),
            ("Gisteren:", Day::Ago(1)),
            ("dinsdag", Day::Weekday(chrono::Weekday::Tue)),
            ("maandag 9 februari", Day::Yearly { month: 2, day: 9 }),
            ("ma 9 feb", Day::Yearly { month: 2, day: 9 }),
            ("9 februari 2026", date(9)),
            ("Vandaag, dinsdag 10 februari 2026", date(10)),
            ("Vandaag (10 februari 2026)", date(10)),
            ("10-02-2026", date(10)),
        ] {
            assert_eq!(day_heading(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "di",
            "Vanavond",
            "gisteravond",
            "Vorige week",
            "Vandaag 14:05",
            "Vandaag in Goes",
            "2026",
            "Maart",
        ] {
            assert_eq!(day_heading(text), None, "{text}");
        }
        assert_eq!((year_heading("2025"), year_heading("februari 2025")), (Some(2025), Some(2025)));
        assert!(
            ["", "1889", "25", "deel 2025", "+2025", "20 25"].iter().all(|text| year_heading(text).is_none())
        );
        let below = split("9 feb", 1).expect("a day").0.time;
        assert_eq!(below.in_year(2026), split("9 feb 2026", 1).expect("a date").0.time);
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
