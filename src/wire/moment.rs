//! A day, a time of day or both, as pages print them: `gisteren 14:05`, `14.05 uur`, `2026-02-10T14:05`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime};

use super::clock::{self, Clock, Context};
use super::cursor::{Cursor, same};
use super::day::{self, Day};
use super::number;

/// A moment as printed: a day, a time of day, or both. Not yet resolved: `dinsdag` has no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day, as far as the page says.
    pub day: Day,
    /// The time of day, as far as the page says.
    pub clock: Clock,
}

/// What a page prints in place of an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// A moment in the zone of the page.
    Moment(Moment),
    /// An instant with its offset, to the second, as in `<time datetime>`.
    Instant(DateTime<FixedOffset>),
}

impl Moment {
    /// The same time of day on the day that a heading above it names, where none is said with it.
    #[must_use]
    pub fn on(self, heading: Day) -> Self {
        let day = if self.day == Day::Unsaid { heading } else { self.day };
        Self { day, ..self }
    }

    /// The same day of the year that a heading above it names, where none is said with it.
    #[must_use]
    pub fn in_year(self, year: i32) -> Self {
        let dated = match self.day {
            Day::Yearly { month, day } => NaiveDate::from_ymd_opt(year, month, day).map(Day::Date),
            _ => None,
        };
        Self { day: dated.unwrap_or(self.day), ..self }
    }
}

/// Names of zones behind a time (RFC 2822 4.3), and their hours ahead of Greenwich.
const ZONES: &[(&str, i32)] = &[
    ("CET", 1),
    ("CEST", 2),
    ("GMT", 0),
    ("UTC", 0),
    ("UT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// The names of those that the pages are read in.
const OWN_ZONES: &[&str] = &["CET", "CEST"];

/// No page of the web is older; an earlier time in the markup stands for none.
const FIRST_YEAR: i32 = 1990;

/// Words that lines of time begin with which no moment is made of.
const UNREAD: &[&str] = &["morgen", "overmorgen", "vorige", "vorig", "afgelopen"];

/// What may stand behind such a word.
const SPANS: &[&str] = &["week", "maand", "jaar", "weekend"];

/// Every word that a moment can begin with, but for digits.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    day::first_words()
        .chain(clock::FIRST_WORDS.iter().copied())
        .chain(ON.iter().copied())
        .chain(number::words())
}

/// Splits a clock time, a date or both off the front of a text.
pub fn split(text: &str) -> Option<(Printed, &str)> {
    if let Some(found) = iso(text) {
        return Some(found);
    }
    let mut cursor = Cursor::new(text);
    let moment = moment(&mut cursor)?;
    Some((zoned(&mut cursor, moment), cursor.rest))
}

/// Reads a `datetime` attribute (HTML 2.3.5): an instant, else a local date or time.
pub fn from_attribute(value: &str) -> Option<Printed> {
    let (printed, rest) = split(value)?;
    rest.is_empty().then_some(printed)
}

/// Reads a full date, with a time of day or without, as markup gives it to machines: ISO 8601, RFC 2822, a date in
/// words, seconds or milliseconds since 1970. None before 1990.
pub fn machine(value: &str) -> Option<Printed> {
    let value = value.trim();
    let printed = epoch(value).or_else(|| from_attribute(value))?;
    let date = match printed {
        Printed::Instant(instant) => instant.date_naive(),
        Printed::Moment(Moment { day: Day::Date(date), .. }) => date,
        Printed::Moment(_) => return None,
    };
    (date.year() >= FIRST_YEAR).then_some(printed)
}

fn epoch(value: &str) -> Option<Printed> {
    let unit = match value.len() {
        10 => 1_000,
        13 => 1,
        _ => return None,
    };
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let instant = DateTime::from_timestamp_millis(value.parse::<i64>().ok()?.checked_mul(unit)?)?;
    Some(Printed::Instant(instant.fixed_offset()))
}

/// `2026-02-10`, `2026-02-10T14:05`, `2026-02-10 14:05:33.123+01:00`, `2026-02-10T13:05:33Z[UTC]`.
fn iso(text: &str) -> Option<(Printed, &str)> {
    let bytes = text.as_bytes();
    if !(bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' && text.is_char_boundary(10)) {
        return None;
    }
    let date: NaiveDate = text[..10].parse().ok()?;
    let rest = &text[10..];
    let whole = Moment { day: Day::Date(date), clock: Clock::Unsaid };
    let Some(mut cursor) = rest.strip_prefix(['T', 't', ' ']).map(Cursor::new) else {
        return (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some((Printed::Moment(whole), rest));
    };
    let Some(clock) = clock::digital(&mut cursor, Context::Day) else {
        return Some((Printed::Moment(whole), rest));
    };
    let local = match clock {
        Clock::Minute(time) | Clock::Second(time) => date.and_time(time),
        Clock::End => date.succ_opt()?.and_time(NaiveTime::MIN),
        Clock::Unsaid | Clock::Spoken(_) | Clock::Part(..) => return None,
    };
    if matches!(clock, Clock::Second(_)) {
        cursor.rest = without_fraction(cursor.rest);
    }
    let moment = Moment { day: Day::Date(date), clock };
    let printed = match offset(&mut cursor) {
        Some(offset) => Printed::Instant(local.and_local_timezone(offset).single()?),
        None => zoned(&mut cursor, moment),
    };
    Some((printed, cursor.rest))
}

/// What stands behind `.123`.
fn without_fraction(rest: &str) -> &str {
    let fraction =
        rest.strip_prefix(['.', ',']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    fraction.map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
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
    let date = rest
        .split_first()
        .is_some_and(|(word, years)| day::is_month(word) && years.iter().all(|year| is_number(year)));
    !first.is_empty() && first.len() <= 2 && is_number(first) && date && rest.len() <= 2
}

/// A zone behind a time in words or as RFC 2822 has it: ` +0100`, ` GMT`. A minute in the zone of the page stays one.
fn zoned(cursor: &mut Cursor<'_>, moment: Moment) -> Printed {
    let mut ahead = *cursor;
    ahead.space();
    let zone = zone_name(&mut ahead);
    if matches!(moment.clock, Clock::Minute(_)) && zone.is_some_and(|(name, _)| OWN_ZONES.contains(name)) {
        *cursor = ahead;
        return Printed::Moment(moment);
    }
    let offset = match zone {
        Some((_, hours)) => FixedOffset::east_opt(hours * 3600),
        None => numeric_offset(&mut ahead),
    };
    let local = match moment {
        Moment { day: Day::Date(date), clock: Clock::Minute(time) | Clock::Second(time) } => {
            Some(date.and_time(time))
        }
        _ => None,
    };
    let instant = local.zip(offset).and_then(|(local, offset)| local.and_local_timezone(offset).single());
    instant.map_or(Printed::Moment(moment), |instant| {
        *cursor = ahead;
        Printed::Instant(instant)
    })
}

fn zone_name(cursor: &mut Cursor<'_>) -> Option<&'static (&'static str, i32)> {
    let stands = |name: &str| cursor.rest.strip_prefix(name).is_some_and(ends_name);
    let zone = ZONES.iter().find(|(name, _)| stands(name))?;
    cursor.literal(zone.0);
    Some(zone)
}

fn ends_name(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// `Z` or hours and minutes, with the name of the zone in brackets behind it as Java writes it.
fn offset(cursor: &mut Cursor<'_>) -> Option<FixedOffset> {
    let mut ahead = *cursor;
    ahead.space();
    let offset = if (ahead.literal("Z") || ahead.literal("z")) && ends_name(ahead.rest) {
        FixedOffset::east_opt(0)
    } else {
        ahead = *cursor;
        ahead.space();
        numeric_offset(&mut ahead)
    }?;
    *cursor = ahead;
    if ahead.literal("[")
        && let Some((_, rest)) = ahead.rest.split_once(']')
    {
        cursor.rest = rest;
    }
    Some(offset)
}

fn numeric_offset(cursor: &mut Cursor<'_>) -> Option<FixedOffset> {
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

/// Words in front of a date: `op 10 februari om 14:05`.
const ON: &[&str] = &["op", "on"];

fn moment(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let dated = cursor.any(ON);
    cursor.space();
    if let Some((day, part)) = day::split(cursor) {
        if matches!(day, Day::Past(_)) {
            return Some(Moment { day, clock: Clock::Unsaid });
        }
        let clock = time_behind(cursor).or(part).unwrap_or(Clock::Unsaid);
        let clock = part.map_or(clock, |part| half_of_day(clock, part));
        // `2-3` alone is a score, `dinsdag` alone a heading.
        let lone = clock == Clock::Unsaid && matches!(day, Day::Weekday(_));
        return (!lone).then_some(Moment { day, clock });
    }
    if dated {
        return None;
    }
    _ = cursor.phrase("om") && {
        cursor.space();
        true
    };
    let clock = clock::split(cursor, Context::Nothing)?;
    let mut ahead = *cursor;
    clock::separator(&mut ahead);
    if let Some((day, None)) = day::split(&mut ahead) {
        *cursor = ahead;
        return Some(Moment { day, clock });
    }
    Some(Moment { day: Day::Unsaid, clock })
}

/// A spoken time behind a part of the day is in its half: `vanmiddag half drie`.
fn half_of_day(clock: Clock, part: Clock) -> Clock {
    let (Clock::Spoken(minutes), Clock::Part(from, _)) = (clock, part) else { return clock };
    clock::spoken_in(minutes, from >= 12).unwrap_or(clock)
}

fn time_behind(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let mut ahead = *cursor;
    clock::separator(&mut ahead);
    let clock = clock::split(&mut ahead, Context::Day)?;
    *cursor = ahead;
    Some(clock)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::wire::day::Span;

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
        case("12:05 PM", Day::Unsaid, at(12, 5));
        case("9:05 AM", Day::Unsaid, at(9, 5));
        case("12:05 am", Day::Unsaid, at(0, 5));
        case("14:05:33", Day::Unsaid, Clock::Second(NaiveTime::from_hms_opt(14, 5, 33).expect("a time")));
        case("half drie", Day::Unsaid, Clock::Spoken(150));
        case("kwart over drie", Day::Unsaid, Clock::Spoken(195));
        case("kwart voor drie", Day::Unsaid, Clock::Spoken(165));
        case("vijf voor half vier", Day::Unsaid, Clock::Spoken(205));
        case("tien over twaalf", Day::Unsaid, Clock::Spoken(10));
        case("half één", Day::Unsaid, Clock::Spoken(30));
        case("24:00", Day::Unsaid, Clock::End);
        case("24.00 uur", Day::Unsaid, Clock::End);
        case("14:05 u.", Day::Unsaid, at(14, 5));
        case("14:05h", Day::Unsaid, at(14, 5));
        case("14:05 CET", Day::Unsaid, at(14, 5));
    }

    #[test]
    fn times_in_a_half_of_the_day() {
        case("12 uur 's middags", Day::Unsaid, at(12, 0));
        case("2 uur ’s middags", Day::Unsaid, at(14, 0));
        case("11 uur 's ochtends", Day::Unsaid, at(11, 0));
        case("7 uur 's-morgens", Day::Unsaid, at(7, 0));
        case("om 8.30 uur 's avonds", Day::Unsaid, at(20, 30));
        case("20.30 uur 's avonds", Day::Unsaid, at(20, 30));
        case("12 uur 's nachts", Day::Unsaid, at(0, 0));
        case("half drie 's middags", Day::Unsaid, at(14, 30));
        case("half drie 's nachts", Day::Unsaid, at(2, 30));
        case("dinsdag 2 uur 's middags", Day::Weekday(Weekday::Tue), at(14, 0));
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
        case("vandaag om 9.05", Day::Ago(0), at(9, 5));
        case("vandaag, 10 februari 2026", on(2026, 2, 10), Clock::Unsaid);
        for text in ["di 14:05", "din. 14:05", "tue 14:05", "Tue. 14:05", "tues, 14:05", "Dinsdag om 14.05"] {
            case(text, Day::Weekday(Weekday::Tue), at(14, 5));
        }
        case("vorige week", Day::Past(Span::Week), Clock::Unsaid);
        case("vorige maand", Day::Past(Span::Month), Clock::Unsaid);
        case("Vorig jaar", Day::Past(Span::Year), Clock::Unsaid);
        case("last week", Day::Past(Span::Week), Clock::Unsaid);
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
            "10 feb 26",
            "10 feb. '26",
            "10 februari ’26",
            "10-feb-2026",
            "10-feb-26",
            "10/feb/2026",
            "2026/02/10",
            "2026/2/10",
            "2026.02.10",
            "op 10 februari 2026",
            "Feb 10th, 2026",
            "10th of February 2026",
            "Tue, Feb. 10, 2026",
            "di. 10 febr. 2026",
        ] {
            case(text, on(2026, 2, 10), Clock::Unsaid);
        }
        for text in [
            "10 februari 2026, 14:05",
            "10 februari 2026 om 14.05 uur",
            "10-02-2026 14:05",
            "10 feb 2026 - 14:05",
            "14:05, 10 februari 2026",
            "op 10 februari 2026 om 14:05",
            "10-feb-2026 14:05",
            "2026/02/10 14:05",
            "10 feb 26 14:05",
            "10 feb 26, om 14.05 uur",
            "10 februari 2026 @ 14:05",
            "10 februari 2026 14:05 CET",
        ] {
            case(text, on(2026, 2, 10), at(14, 5));
        }
        case("09-02-2026 14.05 uur", on(2026, 2, 9), at(14, 5));
        case("op 10 februari om 14:05", Day::Yearly { month: 2, day: 10 }, at(14, 5));
        case("10 februari 14 uur", Day::Yearly { month: 2, day: 10 }, at(14, 0));
        case("10 februari 14.05 uur", Day::Yearly { month: 2, day: 10 }, at(14, 5));
        case("zo. 9 feb", Day::Yearly { month: 2, day: 9 }, Clock::Unsaid);
        case("10-02-2026 24:00", on(2026, 2, 10), Clock::End);
        for (month, names) in (1..).zip([
            "jan jan.",
            "feb feb. febr",
            "mrt mrt. mar",
            "apr apr.",
            "mei may",
            "jun jun.",
            "jul jul.",
            "aug aug.",
            "sep sept sept.",
            "okt okt. oct",
            "nov nov.",
            "dec dec.",
        ]) {
            for name in names.split(' ') {
                case(&format!("9 {name}"), Day::Yearly { month, day: 9 }, Clock::Unsaid);
            }
        }
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
    fn times_for_machines() {
        let expected = DateTime::parse_from_rfc3339("2026-02-10T14:05:00+01:00").expect("an instant");
        for text in [
            "2026-02-10T14:05:00+01:00",
            "2026-02-10T13:05:00Z",
            "2026-02-10t13:05:00z",
            "2026-02-10T13:05Z",
            "2026-02-10T13:05:00.000Z[UTC]",
            "2026-02-10T14:05:00+01:00[Europe/Amsterdam]",
            "2026-02-10T14:05:00+0100",
            "2026-02-10 14:05:00 +0100",
            "2026-02-10 13:05:00 UTC",
            "Tue, 10 Feb 2026 14:05:00 +0100",
            "10 Feb 2026 14:05:00 +0100",
            "Tue, 10 Feb 2026 13:05:00 GMT",
            "Tue, 10 Feb 26 13:05 UT",
            "Tue, 10 Feb 2026 14:05:00 CET",
            "Tue, 10 Feb 2026 15:05:00 CEST",
            "Tue, 10 Feb 2026 08:05:00 EST",
            "1770728700",
            "1770728700000",
            " 1770728700 ",
        ] {
            assert_eq!(machine(text), Some(Printed::Instant(expected)), "{text}");
        }
        let local = |clock| Some(Printed::Moment(Moment { day: on(2026, 2, 10), clock }));
        let seconds = Clock::Second(NaiveTime::from_hms_opt(14, 5, 0).expect("a time"));
        for (text, clock) in [
            ("2026-02-10", Clock::Unsaid),
            ("2026-02-10T14:05:00", seconds),
            ("2026-02-10T14:05:00.123", seconds),
            ("2026-02-10 14:05", at(14, 5)),
            ("10-02-2026 14:05", at(14, 5)),
            ("10 februari 2026 14:05", at(14, 5)),
            ("dinsdag 10 februari 2026 om 14.05 uur", at(14, 5)),
            ("2026-02-10T24:00", Clock::End),
        ] {
            assert_eq!(machine(text), local(clock), "{text}");
        }
        for text in [
            "",
            "14:05",
            "gisteren 14:05",
            "12 minuten geleden",
            "10 februari",
            "0001-01-01T00:00:00Z",
            "1989-12-31",
            "1970-01-01T00:00:00Z",
            "0000000000",
            "177072870",
            "17707287000",
            "2026-02-10T14:05:00+01:00 x",
            "2026-13-10",
            "9999999999999999",
        ] {
            assert_eq!(machine(text), None, "{text}");
        }
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
            "13 uur",
            "24:01",
            "25 uur 's middags",
            "13.20",
            "op dinsdag",
            "op 14:05",
            "2026/13/10",
            "vorig weekend",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_ends_where_the_next_text_is_glued() {
        assert_eq!(split("16 jan 2026 - 01:25Het ministerie").map(|(_, rest)| rest), Some("Het ministerie"));
        assert_eq!(split("10 februari 26 doden").map(|(_, rest)| rest), Some(" 26 doden"));
        assert_eq!(split("14:32Waarom").map(|(_, rest)| rest), Some("Waarom"));
    }
}
