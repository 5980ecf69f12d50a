//! Clock times and dates as pages print them: `gisteren 14:05`, `10 februari 2026`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Weekday};

use super::cursor::{Cursor, begins_alike, same};
use super::number;

/// A moment as printed: a day, a time of day, or both. Not yet resolved: `dinsdag` has no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day, as far as the page says.
    pub day: Day,
    /// The time of day, as far as the page says.
    pub clock: Clock,
}

/// A day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// A time of day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// None: the whole day.
    Unsaid,
    /// A minute, from its first second to its last.
    Minute(NaiveTime),
    /// A second.
    Second(NaiveTime),
    /// A spoken time, before noon or after it: `half drie`. Minutes after 0:00, below 720.
    Spoken(u32),
    /// A part of the day, `vanochtend`: hours from and to.
    Part(u32, u32),
}

/// What a page prints in place of an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// A moment in the zone of the page.
    Moment(Moment),
    /// An instant with its offset, to the second, as in `<time datetime>`.
    Instant(DateTime<FixedOffset>),
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
    (&["maandag", "ma", "monday", "mon"], Weekday::Mon),
    (&["dinsdag", "di", "tuesday", "tue"], Weekday::Tue),
    (&["woensdag", "wo", "wednesday", "wed"], Weekday::Wed),
    (&["donderdag", "do", "thursday", "thu"], Weekday::Thu),
    (&["vrijdag", "vr", "friday", "fri"], Weekday::Fri),
    (&["zaterdag", "za", "saturday", "sat"], Weekday::Sat),
    (&["zondag", "zo", "sunday", "sun"], Weekday::Sun),
];

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

/// Words that lines of time begin with which no moment is made of.
const UNREAD: &[&str] = &["morgen", "overmorgen", "vorige", "vorig", "afgelopen"];

/// What may stand behind such a word.
const SPANS: &[&str] = &["week", "maand", "jaar", "weekend"];

/// Words in front of a weekday of the week before.
const LAST_WEEK: &[&str] = &["vorige week", "last week"];

/// Words in front of the weekday before the capture's.
const LAST: &[&str] = &["afgelopen", "vorige", "last"];

/// Parts of the day, alone (`vanavond`) or behind a day (`gisteravond`, `dinsdagmiddag`).
const PARTS: &[(&str, &str, u32, u32)] = &[
    ("vannacht", "nacht", 0, 6),
    ("vanmorgen", "morgen", 6, 12),
    ("vanochtend", "ochtend", 6, 12),
    ("vanmiddag", "middag", 12, 18),
    ("vanavond", "avond", 18, 24),
];

/// Every word that a moment can begin with, but for digits.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    let months = MONTHS.iter().flat_map(|names| names.iter());
    let weekdays = WEEKDAYS.iter().flat_map(|(names, _)| names.iter());
    let days = DAYS.iter().map(|(name, _)| name);
    let parts = PARTS.iter().map(|part| &part.0);
    let others = LAST.iter().chain(LAST_WEEK).chain(&["om", "half", "kwart"]);
    months.chain(weekdays).chain(days).chain(parts).chain(others).copied().chain(number::words())
}

/// Splits a clock time, a date or both off the front of a text.
pub fn split(text: &str) -> Option<(Printed, &str)> {
    if let Some(found) = iso(text) {
        return Some(found);
    }
    let mut cursor = Cursor::new(text);
    let moment = moment(&mut cursor)?;
    Some((Printed::Moment(moment), cursor.rest))
}

/// Reads a `datetime` attribute (HTML 2.3.5): an instant, else a local date or time.
pub fn from_attribute(value: &str) -> Option<Printed> {
    let (printed, rest) = iso(value).or_else(|| split(value))?;
    rest.is_empty().then_some(printed)
}

/// `2026-02-10`, `2026-02-10T14:05`, `2026-02-10 14:05:33+01:00`.
fn iso(text: &str) -> Option<(Printed, &str)> {
    let bytes = text.as_bytes();
    if !(bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' && text.is_char_boundary(10)) {
        return None;
    }
    let date: NaiveDate = text[..10].parse().ok()?;
    let rest = &text[10..];
    let whole = Moment { day: Day::Date(date), clock: Clock::Unsaid };
    let Some(mut cursor) = rest.strip_prefix(['T', ' ']).map(Cursor::new) else {
        return (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some((Printed::Moment(whole), rest));
    };
    let Some(clock) = digital(&mut cursor, Context::Day) else { return Some((Printed::Moment(whole), rest)) };
    let time = match clock {
        Clock::Minute(time) | Clock::Second(time) => time,
        Clock::Unsaid | Clock::Spoken(_) | Clock::Part(..) => return None,
    };
    let fraction =
        cursor.rest.strip_prefix('.').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    cursor.rest = fraction.unwrap_or(cursor.rest);
    if let Some(offset) = offset(&mut cursor) {
        let instant = date.and_time(time).and_local_timezone(offset).single()?;
        return Some((Printed::Instant(instant), cursor.rest));
    }
    Some((Printed::Moment(Moment { day: Day::Date(date), clock }), cursor.rest))
}

/// Whether a line has the form of a moment without being one: `31 februari 2026`, `morgen 10:00`, `vorige week`.
pub(super) fn looks_like(line: &str) -> bool {
    let mut words = line.split(' ');
    let first = words.next().unwrap_or_default();
    let rest: Vec<_> = words.collect();
    let among = |words: &[&str], word: &str| words.iter().any(|known| same(word, known));
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte));
    if among(UNREAD, first) {
        return rest.len() <= 1 && rest.iter().all(|word| among(SPANS, word) || is_number(word));
    }
    let month = |word: &str| MONTHS.iter().flat_map(|names| names.iter()).any(|name| same(word, name));
    let date = rest
        .split_first()
        .is_some_and(|(word, years)| month(word) && years.iter().all(|year| is_number(year)));
    !first.is_empty() && first.len() <= 2 && is_number(first) && date && rest.len() <= 2
}

fn offset(cursor: &mut Cursor<'_>) -> Option<FixedOffset> {
    if cursor.literal("Z") {
        return FixedOffset::east_opt(0);
    }
    let mut ahead = *cursor;
    let west = ahead.literal("-");
    if !west && !ahead.literal("+") {
        return None;
    }
    let (number, digits) = ahead.digits()?;
    let (hours, minutes) = match digits {
        4 => (number / 100, number % 100),
        2 if ahead.literal(":") => (number, ahead.two_digits()?),
        2 => (number, 0),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    *cursor = ahead;
    FixedOffset::east_opt(if west { -seconds } else { seconds })
}

/// What has been read before a time of day; after a day `14.05` needs no `uur`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Nothing,
    Day,
}

fn moment(cursor: &mut Cursor<'_>) -> Option<Moment> {
    if let Some((day, part)) = day(cursor) {
        let clock = time_behind(cursor).or(part).unwrap_or(Clock::Unsaid);
        let clock = part.map_or(clock, |part| half_of_day(clock, part));
        // `2-3` alone is a score, `dinsdag` alone a heading.
        let lone = clock == Clock::Unsaid && matches!(day, Day::Weekday(_));
        return (!lone).then_some(Moment { day, clock });
    }
    _ = cursor.phrase("om") && {
        cursor.space();
        true
    };
    let clock = time(cursor, Context::Nothing)?;
    let mut ahead = *cursor;
    separator(&mut ahead);
    if let Some((day, None)) = day_only(&mut ahead) {
        *cursor = ahead;
        return Some(Moment { day, clock });
    }
    Some(Moment { day: Day::Unsaid, clock })
}

/// A spoken time behind a part of the day is in its half: `vanmiddag half drie`.
fn half_of_day(clock: Clock, part: Clock) -> Clock {
    let (Clock::Spoken(minutes), Clock::Part(from, _)) = (clock, part) else { return clock };
    let minutes = if from >= 12 { minutes + 720 } else { minutes };
    NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).map_or(clock, Clock::Minute)
}

fn time_behind(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let mut ahead = *cursor;
    separator(&mut ahead);
    let clock = time(&mut ahead, Context::Day)?;
    *cursor = ahead;
    Some(clock)
}

/// What stands between a day and a time: `, `, ` - `, ` om `, ` | `.
fn separator(cursor: &mut Cursor<'_>) {
    cursor.rest = cursor.rest.trim_start_matches([' ', ',', '-', '–', '|', '·', '•', '/']);
    if cursor.any(&["om", "at"]) {
        cursor.space();
    }
}

/// A day, with the part of it where the word says so (`gisteravond`).
fn day(cursor: &mut Cursor<'_>) -> Option<(Day, Option<Clock>)> {
    let mut ahead = *cursor;
    let found = day_only(&mut ahead)?;
    // A day without a year needs a time, or nothing behind it.
    *cursor = ahead;
    Some(found)
}

fn day_only(cursor: &mut Cursor<'_>) -> Option<(Day, Option<Clock>)> {
    let mut ahead = *cursor;
    let found = last_week(&mut ahead).or_else(|| named_day(&mut ahead));
    if let Some((day, part)) = found {
        *cursor = ahead;
        return Some((date_behind(cursor, day), part));
    }
    let date = date(cursor)?;
    Some((date, None))
}

/// A weekday may stand in front of its date: `dinsdag 10 februari`.
fn date_behind(cursor: &mut Cursor<'_>, day: Day) -> Day {
    let mut ahead = *cursor;
    _ = ahead.literal(".");
    _ = ahead.literal(",");
    ahead.space();
    match (day, date(&mut ahead)) {
        (Day::Weekday(_), Some(date)) => {
            *cursor = ahead;
            date
        }
        _ => day,
    }
}

/// `vorige week dinsdag`, `afgelopen dinsdag`.
fn last_week(cursor: &mut Cursor<'_>) -> Option<(Day, Option<Clock>)> {
    if cursor.any(LAST_WEEK) {
        cursor.space();
        let (day, part) = weekday(cursor)?;
        return Some((Day::LastWeek(day), part));
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
                Some(part) if name.len() > 3 => Some(part_of_day(part)?),
                _ => continue,
            };
            cursor.word();
            if name.len() <= 3 {
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

fn iso_date(cursor: &mut Cursor<'_>) -> Option<Day> {
    let date = cursor.rest.get(..10)?;
    if date.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let date = date.parse().ok()?;
    cursor.rest = cursor.rest.get(10..)?;
    Some(Day::Date(date))
}

fn spelled(cursor: &mut Cursor<'_>) -> Option<Day> {
    let day = cursor.number()?;
    cursor.space();
    let month = month(cursor)?;
    dated(cursor, month, day)
}

fn english(cursor: &mut Cursor<'_>) -> Option<Day> {
    let month = month(cursor)?;
    cursor.space();
    let day = cursor.number()?;
    _ = cursor.literal("th");
    _ = cursor.literal(",");
    dated(cursor, month, day)
}

fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    let word = cursor.word()?;
    let at = MONTHS.iter().position(|names| names.iter().any(|name| same(word, name)))?;
    _ = cursor.literal(".");
    u32::try_from(at + 1).ok()
}

/// Takes the year behind a day and month, where there is one.
fn dated(cursor: &mut Cursor<'_>, month: u32, day: u32) -> Option<Day> {
    let mut ahead = *cursor;
    ahead.space();
    if let Some((year, 4)) = ahead.digits()
        && !ahead.rest.starts_with(':')
    {
        *cursor = ahead;
        return full(year, month, day);
    }
    // A leap year holds every day that a year can hold.
    NaiveDate::from_ymd_opt(2024, month, day)?;
    Some(Day::Yearly { month, day })
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
        return match cursor.digits()? {
            (year, 4) => full(year, month, day),
            (year, 2) => full(year + 2000, month, day),
            _ => None,
        };
    }
    let mut ahead = *cursor;
    separator(&mut ahead);
    digital(&mut ahead, Context::Nothing)?;
    NaiveDate::from_ymd_opt(2024, month, day)?;
    Some(Day::Yearly { month, day })
}

fn time(cursor: &mut Cursor<'_>, context: Context) -> Option<Clock> {
    let mut ahead = *cursor;
    let found = digital(&mut ahead, context).or_else(|| {
        ahead = *cursor;
        spoken(&mut ahead)
    })?;
    *cursor = ahead;
    Some(found)
}

/// `14:05`, `14:05:33`, `14.05 uur`, `14u05`, `14u`, `2:05 PM`.
fn digital(cursor: &mut Cursor<'_>, context: Context) -> Option<Clock> {
    let mut ahead = *cursor;
    let (hour, digits) = ahead.digits().filter(|(_, digits)| *digits <= 2)?;
    let mark = [":", ".", "u", "h"].into_iter().find(|mark| ahead.literal(mark));
    let minute = ahead.two_digits();
    let (minute, second) = match (mark, minute) {
        (Some(":"), Some(minute)) => (minute, second(&mut ahead)),
        (Some("."), Some(minute)) => {
            let named = hours_word(&mut ahead);
            let certain = digits == 2 && context == Context::Day && !ahead.rest.starts_with('.');
            (named || certain).then_some((minute, None))?
        }
        (Some("u"), Some(minute)) => (minute, None),
        (Some("h"), Some(minute)) if digits == 2 || context == Context::Day => (minute, None),
        (Some("u"), None) if ends_word(ahead.rest) => (0, None),
        (None, None) if context == Context::Day && hours_word(&mut ahead) => (0, None),
        _ => return None,
    };
    hours_word(&mut ahead);
    let hour = meridian(&mut ahead, hour)?;
    let time = NaiveTime::from_hms_opt(hour, minute, second.unwrap_or(0))?;
    *cursor = ahead;
    Some(if second.is_some() { Clock::Second(time) } else { Clock::Minute(time) })
}

fn second(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    let second = ahead.literal(":").then(|| ahead.two_digits()).flatten()?;
    *cursor = ahead;
    Some(second)
}

fn hours_word(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.space();
    let found = ahead.any(&["uur", "u"]);
    if found {
        *cursor = ahead;
    }
    found
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

fn meridian(cursor: &mut Cursor<'_>, hour: u32) -> Option<u32> {
    let mut ahead = *cursor;
    ahead.space();
    let shift = match () {
        () if ahead.phrase("pm") => {
            if hour == 12 {
                0
            } else {
                12
            }
        }
        () if ahead.phrase("am") && hour == 12 => return Some(0),
        () => return Some(hour),
    };
    *cursor = ahead;
    (hour <= 12).then_some(hour + shift)
}

/// `half drie`, `kwart over drie`, `tien voor half vier`.
fn spoken(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let mut ahead = *cursor;
    let minutes: i64 = if ahead.phrase("half") {
        ahead.space();
        -30
    } else {
        let count = if ahead.phrase("kwart") {
            15
        } else {
            i64::from(number::split(&mut ahead).filter(|n| *n < 30)?)
        };
        ahead.space();
        let sign = if ahead.phrase("over") {
            1
        } else if ahead.phrase("voor") {
            -1
        } else {
            return None;
        };
        ahead.space();
        let half = ahead.phrase("half");
        ahead.space();
        sign * count - if half { 30 } else { 0 }
    };
    let hour = number::of(ahead.word()?).filter(|hour| (1..=12).contains(hour))?;
    hours_word(&mut ahead);
    *cursor = ahead;
    u32::try_from((i64::from(hour) * 60 + minutes).rem_euclid(720)).ok().map(Clock::Spoken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32, minute: u32) -> Clock {
        Clock::Minute(NaiveTime::from_hms_opt(hour, minute, 0).expect("a time"))
    }

    fn on(year: i32, month: u32, day: u32) -> Day {
        Day::Date(NaiveDate::from_ymd_opt(year, month, day).expect("a date"))
    }

    #[track_caller]
    fn case(text: &str, day: Day, clock: Clock) {
        assert_eq!(split(text), Some((Printed::Moment(Moment { day, clock }), "")), "{text}");
    }

    #[test]
    fn clock_times() {
        for text in ["14:05", "14.05 uur", "14u05", "14:05 uur", "om 14:05", "2:05 PM", "om 14.05 uur"] {
            case(text, Day::Unsaid, at(14, 5));
        }
        case("14u", Day::Unsaid, at(14, 0));
        case("14:05:33", Day::Unsaid, Clock::Second(NaiveTime::from_hms_opt(14, 5, 33).expect("a time")));
        case("half drie", Day::Unsaid, Clock::Spoken(150));
        case("kwart over drie", Day::Unsaid, Clock::Spoken(195));
        case("kwart voor drie", Day::Unsaid, Clock::Spoken(165));
        case("vijf voor half vier", Day::Unsaid, Clock::Spoken(205));
        case("tien over twaalf", Day::Unsaid, Clock::Spoken(10));
        case("half één", Day::Unsaid, Clock::Spoken(30));
    }

    #[test]
    fn days() {
        case("gisteren 14:05", Day::Ago(1), at(14, 5));
        case("eergisteren 09:30", Day::Ago(2), at(9, 30));
        case("vandaag, 09:30", Day::Ago(0), at(9, 30));
        case("vandaag om 09.30 uur", Day::Ago(0), at(9, 30));
        case("vanochtend 09:12", Day::Ago(0), at(9, 12));
        case("vanmiddag half drie", Day::Ago(0), at(14, 30));
        case("gisteravond", Day::Ago(1), Clock::Part(18, 24));
        case("gisteren", Day::Ago(1), Clock::Unsaid);
        case("dinsdag 14.05 uur", Day::Weekday(Weekday::Tue), at(14, 5));
        case("di. 14:05", Day::Weekday(Weekday::Tue), at(14, 5));
        case("dinsdagmiddag", Day::Weekday(Weekday::Tue), Clock::Part(12, 18));
        case("afgelopen dinsdag", Day::Last(Weekday::Tue), Clock::Unsaid);
        case("vorige week dinsdag", Day::LastWeek(Weekday::Tue), Clock::Unsaid);
    }

    #[test]
    fn dates() {
        for text in [
            "10 februari 2026",
            "dinsdag 10 februari 2026",
            "10 feb. 2026",
            "10-02-2026",
            "10/2/2026",
            "10.02.2026",
            "10-02-26",
            "2026-02-10",
            "February 10, 2026",
            "10 FEB 2026",
        ] {
            case(text, on(2026, 2, 10), Clock::Unsaid);
        }
        for text in [
            "10 februari 2026, 14:05",
            "10 februari 2026 om 14.05 uur",
            "10-02-2026 14:05",
            "10 feb 2026 - 14:05",
            "14:05, 10 februari 2026",
        ] {
            case(text, on(2026, 2, 10), at(14, 5));
        }
        case("09-02-2026 14.05 uur", on(2026, 2, 9), at(14, 5));
        case("28 november", Day::Yearly { month: 11, day: 28 }, Clock::Unsaid);
        case("10 februari 14:05", Day::Yearly { month: 2, day: 10 }, at(14, 5));
        case("10-02 14:05", Day::Yearly { month: 2, day: 10 }, at(14, 5));
        case("29 februari", Day::Yearly { month: 2, day: 29 }, Clock::Unsaid);
    }

    #[test]
    fn instants() {
        let expected = DateTime::parse_from_rfc3339("2026-02-10T14:05:33+01:00").expect("an instant");
        for text in ["2026-02-10T14:05:33+01:00", "2026-02-10T13:05:33Z", "2026-02-10 14:05:33.123+0100"] {
            assert_eq!(from_attribute(text), Some(Printed::Instant(expected)), "{text}");
        }
        let local = Moment { day: on(2026, 2, 10), clock: at(14, 5) };
        assert_eq!(from_attribute("2026-02-10T14:05"), Some(Printed::Moment(local)));
        assert_eq!(from_attribute("PT5M"), None);
    }

    #[test]
    fn what_is_no_moment() {
        for text in [
            "25:00",
            "14:60",
            "31 februari 2026",
            "30 februari",
            "10-13-2026",
            "dinsdag",
            "2-3",
            "14",
            "3.5",
            "1:5",
            "het",
            "",
            "14u60",
            "drie",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_ends_where_the_next_text_is_glued() {
        assert_eq!(split("16 jan 2026 - 01:25Het ministerie").map(|(_, rest)| rest), Some("Het ministerie"));
        assert_eq!(split("14:32Waarom").map(|(_, rest)| rest), Some("Waarom"));
    }
}
