//! Days as pages print them: `gisteren`, `dinsdagmiddag`, `10 februari 2026`.

use chrono::{NaiveDate, Weekday};

use super::clock::{self, Clock, Context, separator};
use super::cursor::{Cursor, begins_alike, same};

/// A day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Day {
    /// None: the latest one on which the time has passed.
    Unsaid,
    /// Days before the capture: `vandaag` 0, `gisteren` 1.
    Ago(u32),
    /// The latest such weekday on which the time has passed.
    Weekday(Weekday),
    /// `afgelopen dinsdag`: the latest such weekday before the day of the capture.
    Last(Weekday),
    /// `vorige week dinsdag`: that weekday of the ISO week before the capture's.
    LastWeek(Weekday),
    /// A month and a day, the year unsaid: the latest such day on which the time has passed.
    Yearly {
        /// From 1.
        month: u32,
        /// From 1.
        day: u32,
    },
    /// A date.
    Date(NaiveDate),
    /// `vorige week`: some day of it. No time of day stands with it.
    Past(Span),
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// From a Monday.
    Week,
    /// Of the calendar.
    Month,
    /// Of the calendar.
    Year,
}

const MONTHS: &[&[&str]] = &[
    &["januari", "jan", "january"],
    &["februari", "feb", "febr", "february"],
    &["maart", "mrt", "mar", "march"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "jun", "june"],
    &["juli", "jul", "july"],
    &["augustus", "aug", "august"],
    &["september", "sep", "sept"],
    &["oktober", "okt", "oct", "october"],
    &["november", "nov"],
    &["december", "dec"],
];

const WEEKDAYS: &[(&[&str], Weekday)] = &[
    (&["maandag", "ma", "maa", "monday", "mon"], Weekday::Mon),
    (&["dinsdag", "di", "din", "tuesday", "tue", "tues"], Weekday::Tue),
    (&["woensdag", "wo", "woe", "wednesday", "wed", "weds"], Weekday::Wed),
    (&["donderdag", "do", "don", "thursday", "thu", "thur", "thurs"], Weekday::Thu),
    (&["vrijdag", "vr", "vri", "friday", "fri"], Weekday::Fri),
    (&["zaterdag", "za", "zat", "saturday", "sat"], Weekday::Sat),
    (&["zondag", "zo", "zon", "sunday", "sun"], Weekday::Sun),
];

/// No abbreviation of a weekday is longer.
const LONGEST_ABBREVIATION: usize = 5;

/// Words for a day before the capture, and whether they may stand alone.
const DAYS: &[(&str, u32)] = &[
    ("vandaag", 0),
    ("gisteren", 1),
    ("gister", 1),
    ("eergisteren", 2),
    ("eergister", 2),
    ("today", 0),
    ("yesterday", 1),
];

/// Words in front of a weekday of the week before.
const LAST_WEEK: &[&str] = &["vorige week", "last week"];

/// Words in front of the weekday before the capture's.
const LAST: &[&str] = &["afgelopen", "vorige", "last"];

/// Words for the week, month or year before the capture's.
const SPANS: &[(&str, Span)] = &[
    ("vorige week", Span::Week),
    ("vorige maand", Span::Month),
    ("vorig jaar", Span::Year),
    ("last week", Span::Week),
    ("last month", Span::Month),
    ("last year", Span::Year),
];

/// What may stand behind the number of a day: `10th`, `10e`.
const ORDINALS: &[&str] = &["th ", "st ", "nd ", "rd ", "e ", "de ", "ste "];

/// Parts of the day, alone (`vanavond`) or behind a day (`gisteravond`, `dinsdagmiddag`).
const PARTS: &[(&str, &str, u32, u32)] = &[
    ("vannacht", "nacht", 0, 6),
    ("vanmorgen", "morgen", 6, 12),
    ("vanochtend", "ochtend", 6, 12),
    ("vanmiddag", "middag", 12, 18),
    ("vanavond", "avond", 18, 24),
];

/// Every word that a day can begin with.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    let months = MONTHS.iter().flat_map(|names| names.iter());
    let weekdays = WEEKDAYS.iter().flat_map(|(names, _)| names.iter());
    let days = DAYS.iter().map(|(name, _)| name);
    let parts = PARTS.iter().map(|part| &part.0);
    let spans = SPANS.iter().map(|(words, _)| words);
    months.chain(weekdays).chain(days).chain(parts).chain(spans).chain(LAST).chain(LAST_WEEK).copied()
}

/// Whether a word is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.iter().flat_map(|names| names.iter()).any(|name| same(word, name))
}

/// A day, with the part of it where the word says so (`gisteravond`).
pub(super) fn split(cursor: &mut Cursor<'_>) -> Option<(Day, Option<Clock>)> {
    let mut ahead = *cursor;
    let found = last_week(&mut ahead).or_else(|| named_day(&mut ahead));
    if let Some((day, part)) = found {
        *cursor = ahead;
        return Some((date_behind(cursor, day), part));
    }
    let date = date(cursor)?;
    Some((date, None))
}

/// A day may stand in front of its date: `dinsdag 10 februari`, `vandaag (dinsdag 10 februari)`.
fn date_behind(cursor: &mut Cursor<'_>, day: Day) -> Day {
    let mut ahead = *cursor;
    _ = ahead.literal(".");
    _ = ahead.literal(",");
    ahead.space();
    let found = match day {
        Day::Weekday(_) => date(&mut ahead),
        Day::Ago(_) => named_date(&mut ahead),
        _ => None,
    };
    let Some(date) = found else { return day };
    *cursor = ahead;
    date
}

/// A date, with its weekday and brackets where it has some.
fn named_date(cursor: &mut Cursor<'_>) -> Option<Day> {
    let bracket = cursor.literal("(");
    if weekday(cursor).is_some() {
        _ = cursor.literal(",");
        cursor.space();
    }
    date(cursor).filter(|_| !bracket || cursor.literal(")"))
}

/// `vorige week dinsdag`, `afgelopen dinsdag`, `vorige week`.
fn last_week(cursor: &mut Cursor<'_>) -> Option<(Day, Option<Clock>)> {
    let mut ahead = *cursor;
    if ahead.any(LAST_WEEK) {
        ahead.space();
        if let Some((day, part)) = weekday(&mut ahead) {
            *cursor = ahead;
            return Some((Day::LastWeek(day), part));
        }
    }
    if let Some((_, span)) = SPANS.iter().find(|(words, _)| cursor.phrase(words)) {
        return Some((Day::Past(*span), None));
    }
    if !cursor.any(LAST) {
        return None;
    }
    cursor.space();
    let (day, part) = weekday(cursor)?;
    Some((Day::Last(day), part))
}

/// `gisteren`, `vanochtend`, `gisteravond`, `dinsdag`, `dinsdagmiddag`.
fn named_day(cursor: &mut Cursor<'_>) -> Option<(Day, Option<Clock>)> {
    let word = cursor.clone().word()?;
    if let Some(part) = PARTS.iter().find(|part| same(word, part.0)) {
        cursor.word();
        return Some((Day::Ago(0), Some(Clock::Part(part.2, part.3))));
    }
    for (name, ago) in DAYS {
        if same(word, name) {
            cursor.word();
            let mut ahead = *cursor;
            ahead.space();
            let part = ahead.word().and_then(part_of_day);
            if part.is_some() {
                *cursor = ahead;
            }
            return Some((Day::Ago(*ago), part));
        }
        if let Some(part) = tail(word, name).and_then(part_of_day) {
            cursor.word();
            return Some((Day::Ago(*ago), Some(part)));
        }
    }
    let (day, part) = weekday(cursor)?;
    Some((Day::Weekday(day), part))
}

fn part_of_day(word: &str) -> Option<Clock> {
    PARTS.iter().find(|part| same(word, part.1)).map(|part| Clock::Part(part.2, part.3))
}

/// What stands behind a name in a word, whatever its case.
fn tail<'a>(word: &'a str, name: &str) -> Option<&'a str> {
    let (head, tail) = word.split_at_checked(name.len())?;
    head.eq_ignore_ascii_case(name).then_some(tail)
}

fn weekday(cursor: &mut Cursor<'_>) -> Option<(Weekday, Option<Clock>)> {
    let word = cursor.clone().word()?;
    for (names, day) in WEEKDAYS {
        for name in names.iter().filter(|name| begins_alike(word, name)) {
            let part = match tail(word, name) {
                Some("") => None,
                Some(part) if name.len() > LONGEST_ABBREVIATION => match part_of_day(part) {
                    None => continue,
                    part => part,
                },
                _ => continue,
            };
            cursor.word();
            if name.len() <= LONGEST_ABBREVIATION {
                _ = cursor.literal(".");
            }
            return Some((*day, part));
        }
    }
    None
}

/// `10 februari 2026`, `10 feb.`, `February 10, 2026`, `10-02-2026`, `10/2/2026`, `10.02.2026`.
fn date(cursor: &mut Cursor<'_>) -> Option<Day> {
    let mut ahead = *cursor;
    let found = iso_date(&mut ahead).or_else(|| {
        ahead = *cursor;
        spelled(&mut ahead)
    });
    let found = found.or_else(|| {
        ahead = *cursor;
        english(&mut ahead)
    });
    let found = found.or_else(|| {
        ahead = *cursor;
        numeric(&mut ahead)
    })?;
    *cursor = ahead;
    Some(found)
}

/// `2026-02-10`, `2026/2/10`.
fn iso_date(cursor: &mut Cursor<'_>) -> Option<Day> {
    let (year, _) = cursor.digits().filter(|(_, digits)| *digits == 4)?;
    let mark = ["-", "/", "."].into_iter().find(|mark| cursor.literal(mark))?;
    let (month, _) = cursor.digits().filter(|(_, digits)| *digits <= 2)?;
    let (day, _) = cursor.literal(mark).then(|| cursor.digits())?.filter(|(_, digits)| *digits <= 2)?;
    full(year, month, day)
}

/// `10 februari 2026`, `10 feb.`, `10-feb-2026`, `10th of February`.
fn spelled(cursor: &mut Cursor<'_>) -> Option<Day> {
    let day = cursor.number()?;
    if let Some(mark) = ["-", "/", "."].into_iter().find(|mark| cursor.literal(mark)) {
        let month = month(cursor)?;
        return if cursor.literal(mark) {
            full(year(cursor)?, month, day)
        } else {
            dated(cursor, month, day)
        };
    }
    _ = ORDINALS.iter().any(|ordinal| cursor.literal(ordinal));
    cursor.space();
    _ = cursor.literal("of ");
    let month = month(cursor)?;
    dated(cursor, month, day)
}

fn english(cursor: &mut Cursor<'_>) -> Option<Day> {
    let month = month(cursor)?;
    cursor.space();
    let day = cursor.number()?;
    _ = ["th", "st", "nd", "rd"].into_iter().any(|ordinal| cursor.literal(ordinal));
    _ = cursor.literal(",");
    dated(cursor, month, day)
}

fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    let word = cursor.word()?;
    let at = MONTHS.iter().position(|names| names.iter().any(|name| same(word, name)))?;
    _ = cursor.literal(".");
    u32::try_from(at + 1).ok()
}

/// A year in four digits, or in two of this century.
fn year(cursor: &mut Cursor<'_>) -> Option<u32> {
    match cursor.digits()? {
        (year, 4) => Some(year),
        (year, 2) => Some(year + 2000),
        _ => None,
    }
}

/// Takes the year behind a day and month, where there is one.
fn dated(cursor: &mut Cursor<'_>, month: u32, day: u32) -> Option<Day> {
    let mut ahead = *cursor;
    if let Some(year) = year_behind(&mut ahead) {
        *cursor = ahead;
        return full(year, month, day);
    }
    // A leap year holds every day that a year can hold.
    NaiveDate::from_ymd_opt(2024, month, day)?;
    Some(Day::Yearly { month, day })
}

/// `2026`, `'26`, or `26` where no word goes on behind it: `10 februari 26 doden` has none.
fn year_behind(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.space();
    let quoted = ["'", "’", "‘"].into_iter().any(|quote| cursor.literal(quote));
    let short = !quoted && cursor.clone().two_digits().is_some();
    let year = year(cursor)?;
    let timed = || {
        let mut ahead = *cursor;
        separator(&mut ahead);
        ahead.rest.len() < cursor.rest.len() && clock::digital(&mut ahead, Context::Day).is_some()
    };
    let goes_on = cursor.rest.starts_with(':');
    let ends = cursor.rest.is_empty() || cursor.rest.starts_with([')', ']', '|', '·', '•']) || timed();
    (!goes_on && (!short || ends)).then_some(year)
}

fn full(year: u32, month: u32, day: u32) -> Option<Day> {
    let year = i32::try_from(year).ok().filter(|year| (1800..=2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day).map(Day::Date)
}

/// Dutch order: day, month, year. Without a year only before a time of day.
fn numeric(cursor: &mut Cursor<'_>) -> Option<Day> {
    let (day, _) = cursor.digits().filter(|(_, digits)| *digits <= 2)?;
    let mark = ["-", "/", "."].into_iter().find(|mark| cursor.literal(mark))?;
    let (month, _) = cursor.digits().filter(|(_, digits)| *digits <= 2)?;
    if cursor.literal(mark) {
        return full(year(cursor)?, month, day);
    }
    let mut ahead = *cursor;
    separator(&mut ahead);
    clock::digital(&mut ahead, Context::Nothing)?;
    NaiveDate::from_ymd_opt(2024, month, day)?;
    Some(Day::Yearly { month, day })
}
