//! Dates: RFC 3339, RFC 822 with its successors, and the W3C's note on dates.

use std::borrow::Cow;

use super::{Given, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{date as rules, text as texts};

values! {
    RFC3339 "date and time (RFC 3339)" rfc3339;
    RFC822 "date and time (RFC 822)" rfc822;
    W3 "date, with or without time (W3C)" w3;
    LOOSE "date, with or without time and zone" |given, tell| {
        if parse_w3(given.text).or_else(|| parse_w3(&format!("{}Z", given.text))).is_none() {
            tell.say(&rules::INVALID_W3_CDTF_DATE, given.text);
        }
    };
}

/// How far a clock may be ahead: a day.
pub(crate) const SLACK: i64 = 86_400;

/// 1990: nobody published on the web before.
const FIRST: i64 = 631_152_000;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LONG_DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn rfc3339(given: &Given<'_>, tell: &mut Tell<'_>) {
    let trimmed = given.whole.trim();
    if trimmed != given.whole && parse_rfc3339(trimmed).is_some() {
        tell.say(&texts::UNEXPECTED_WHITESPACE, "");
        return;
    }
    match parse_rfc3339(given.whole) {
        Some(time) => plausible(time, given, tell),
        None => tell.say(&rules::INVALID_RFC3339_DATE, given.whole),
    }
}

fn w3(given: &Given<'_>, tell: &mut Tell<'_>) {
    match parse_w3(given.text.trim()) {
        Some(time) => plausible(time, given, tell),
        None => tell.say(&rules::INVALID_W3_CDTF_DATE, given.text),
    }
}

fn rfc822(given: &Given<'_>, tell: &mut Tell<'_>) {
    let found = parse_rfc822(given.text);
    if let Some(odd) = found.odd {
        tell.say(odd, given.text);
    }
    if let (Some(time), None) = (found.time, found.odd) {
        plausible(time, given, tell);
    }
}

fn plausible(time: i64, given: &Given<'_>, tell: &mut Tell<'_>) {
    let future = given.now.is_some_and(|now| time > now.saturating_add(SLACK));
    if time < FIRST || future {
        tell.say(&rules::IMPLAUSIBLE_DATE, given.text);
    }
}

/// Days since 1970 of a day that there is.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    // Years begin in March, so that a leap day is their last.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn seconds(day: i64, hour: i64, minute: i64, second: i64, offset: i64) -> Option<i64> {
    let sound = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..=60).contains(&second);
    sound.then(|| day * 86_400 + hour * 3600 + minute * 60 + second - offset * 60)
}

/// Reads digits and fixed characters off the front of a text.
struct Fields<'t>(&'t str);

impl Fields<'_> {
    fn number(&mut self, digits: usize) -> Option<i64> {
        let found = self.0.get(..digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.0 = self.0.get(digits..)?;
        Some(found.bytes().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    fn take(&mut self, any: &str) -> Option<()> {
        self.0.as_bytes().first().filter(|byte| any.as_bytes().contains(byte))?;
        self.0 = self.0.get(1..)?;
        Some(())
    }

    fn date(&mut self) -> Option<i64> {
        let year = self.number(4)?;
        self.take("-")?;
        let month = self.number(2)?;
        self.take("-")?;
        days(year, month, self.number(2)?)
    }

    /// Minutes east of Greenwich.
    fn zone(&mut self) -> Option<i64> {
        if self.take("Zz").is_some() {
            return Some(0);
        }
        let sign = if self.take("-").is_some() { -1 } else { self.take("+").map(|()| 1)? };
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        self.take(":")?;
        let minutes = self.number(2).filter(|minutes| *minutes < 60)?;
        Some(sign * (hours * 60 + minutes))
    }

    fn fraction(&mut self) -> Option<()> {
        if self.take(".").is_some() {
            self.number(1)?;
            self.0 = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        Some(())
    }
}

/// Seconds since 1970.
pub(crate) fn parse_rfc3339(text: &str) -> Option<i64> {
    let mut fields = Fields(text);
    let day = fields.date()?;
    fields.take("Tt")?;
    let hour = fields.number(2)?;
    fields.take(":")?;
    let minute = fields.number(2)?;
    fields.take(":")?;
    let second = fields.number(2)?;
    fields.fraction()?;
    let zone = fields.zone()?;
    if fields.0.is_empty() { seconds(day, hour, minute, second, zone) } else { None }
}

/// Seconds since 1970 of the first moment that is meant.
pub(crate) fn parse_w3(text: &str) -> Option<i64> {
    let mut fields = Fields(text);
    let year = fields.number(4)?;
    let mut month = 1;
    let mut day = 1;
    if fields.take("-").is_some() {
        month = fields.number(2)?;
        if fields.take("-").is_some() {
            day = fields.number(2)?;
            if fields.take("Tt").is_some() {
                return w3_time(fields, days(year, month, day)?);
            }
        }
    }
    if fields.0.is_empty() { seconds(days(year, month, day)?, 0, 0, 0, 0) } else { None }
}

fn w3_time(mut fields: Fields<'_>, day: i64) -> Option<i64> {
    let hour = fields.number(2)?;
    fields.take(":")?;
    let minute = fields.number(2)?;
    let mut second = 0;
    if fields.take(":").is_some() {
        second = fields.number(2)?;
        fields.fraction()?;
    }
    let zone = fields.zone()?;
    if fields.0.is_empty() { seconds(day, hour, minute, second, zone) } else { None }
}

/// A date of RFC 822: its moment, and the rule it breaks.
pub(crate) struct Rfc822 {
    pub(crate) time: Option<i64>,
    odd: Option<&'static crate::validate::rules::Rule>,
}

/// Reads a date of RFC 822 in any form that it ever had.
pub(crate) fn parse_rfc822(text: &str) -> Rfc822 {
    let plain = uncommented(text);
    let words: Vec<_> = plain.split([' ', '\t', '\n', '\r', ',']).filter(|word| !word.is_empty()).collect();
    let mut rest = words.as_slice();
    let mut named = None;
    let mut modern = plain == text && text.trim() == text && !text.contains("  ");
    if let Some((first, after)) = rest.split_first()
        && let Some((day, short)) = index(first, &DAYS, &LONG_DAYS)
    {
        named = Some(day);
        rest = after;
        modern &= short && plain.contains(',');
    }
    let Some((day, time, current)) = moment(rest) else {
        return Rfc822 { time: None, odd: Some(&rules::INVALID_RFC2822_DATE) };
    };
    modern &= current;
    let of_week = usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default();
    if named.is_some_and(|named| named != of_week) {
        return Rfc822 { time: Some(time), odd: Some(&rules::INCORRECT_DOW) };
    }
    Rfc822 { time: Some(time), odd: (!modern).then_some(&rules::PROBLEMATICAL_RFC822_DATE) }
}

/// Day, month, year, time and zone: the day, the moment, and whether they are written as RFC 2822 has it.
fn moment(words: &[&str]) -> Option<(i64, i64, bool)> {
    let [day, month, year, clock, zone] = words else { return None };
    let number = |text: &str| -> Option<i64> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits)
    };
    let mut modern = year.len() == 4;
    let day = number(day).filter(|_| day.len() <= 2)?;
    let (month, short) = index(month, &MONTHS, &LONG_MONTHS)?;
    modern &= short;
    let year = match (year.len(), number(year)?) {
        (2, year) if year < 50 => 2000 + year,
        (2, year) => 1900 + year,
        (4, year) => year,
        _ => return None,
    };
    let day = days(year, i64::try_from(month).ok()? + 1, day)?;
    let mut parts = clock.split(':').map(|part| number(part).filter(|_| part.len() == 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    let (offset, known) = zone_of(zone)?;
    Some((day, seconds(day, hour, minute, second, offset)?, modern && known))
}

/// A name's place in a list of short or long names, and whether it is the short one.
fn index(name: &str, short: &[&str], long: &[&str]) -> Option<(usize, bool)> {
    let found = |list: &[&str]| list.iter().position(|known| known.eq_ignore_ascii_case(name));
    found(short).map(|at| (at, true)).or_else(|| found(long).map(|at| (at, false)))
}

/// The zones that have a name, in hours east of Greenwich.
const ZONES: [(&str, i64); 12] = [
    ("GMT", 0),
    ("UT", 0),
    ("Z", 0),
    ("UTC", 0),
    ("EDT", -4),
    ("EST", -5),
    ("CDT", -5),
    ("CST", -6),
    ("MDT", -6),
    ("MST", -7),
    ("PDT", -7),
    ("PST", -8),
];

/// Minutes east of Greenwich, and whether readers of today know the zone.
fn zone_of(text: &str) -> Option<(i64, bool)> {
    if let Some(digits) = text.strip_prefix(['+', '-']) {
        let number: i64 = digits
            .parse()
            .ok()
            .filter(|_| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))?;
        let (hours, minutes) = (number / 100, number % 100);
        let sign = if text.starts_with('-') { -1 } else { 1 };
        // Clocks differ by quarters of an hour.
        return Some((sign * (hours * 60 + minutes), minutes % 15 == 0 && hours < 24));
    }
    if let Some((name, hours)) = ZONES.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)) {
        return Some((hours * 60, *name != "UTC"));
    }
    let military =
        matches!(text.as_bytes(), [byte] if byte.is_ascii_alphabetic() && !matches!(byte, b'J' | b'j'));
    military.then_some((0, false))
}

/// A text without its comments in parentheses (RFC 822 3.1.4).
fn uncommented(text: &str) -> Cow<'_, str> {
    if !text.contains('(') {
        return Cow::Borrowed(text);
    }
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}
