//! Times of day as pages print them: `14:05`, `14.05 uur`, `half drie`.

use chrono::NaiveTime;

use super::cursor::Cursor;
use super::number;

/// A time of day as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl Clock {
    /// The time, where a page prints it to the minute or the second.
    pub(super) fn exact(self) -> Option<NaiveTime> {
        match self {
            Self::Minute(time) | Self::Second(time) => Some(time),
            Self::Unsaid | Self::Spoken(_) | Self::Part(..) => None,
        }
    }
}

/// What has been read before a time of day; after a day `14.05` needs no `uur`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Nothing,
    Day,
}

/// The words that a time of day begins with, but for numbers.
pub(super) const FIRST_WORDS: &[&str] = &["om", "half", "kwart"];

/// Takes a time of day off the front.
pub(super) fn split(cursor: &mut Cursor<'_>, context: Context) -> Option<Clock> {
    let mut ahead = *cursor;
    let found = digital(&mut ahead, context).or_else(|| {
        ahead = *cursor;
        spoken(&mut ahead)
    })?;
    *cursor = ahead;
    Some(found)
}

/// What stands between a day and a time: `, `, ` - `, ` om `, ` | `.
pub(super) fn separator(cursor: &mut Cursor<'_>) {
    cursor.rest = cursor.rest.trim_start_matches([' ', ',', '-', '–', '|', '·', '•', '/']);
    if cursor.any(&["om", "at"]) {
        cursor.space();
    }
}

/// `14:05`, `14:05:33`, `14.05 uur`, `14u05`, `14u`, `2:05 PM`.
pub(super) fn digital(cursor: &mut Cursor<'_>, context: Context) -> Option<Clock> {
    let mut ahead = *cursor;
    let (hour, digits) = ahead.digits().filter(|(_, digits)| *digits <= 2)?;
    let mark = [":", ".", "u", "h"].into_iter().find(|mark| ahead.literal(mark));
    let minute = ahead.two_digits();
    let (minute, second) = match (mark, minute) {
        (Some(":"), Some(minute)) => (minute, second(&mut ahead)),
        (Some("."), Some(minute)) => {
            let named = hours_word(&mut ahead);
            let alone = ahead.rest.is_empty();
            let certain = (digits == 2 && context == Context::Day && !ahead.rest.starts_with('.')) || alone;
            (named || certain).then_some((minute, None))?
        }
        (Some("u"), Some(minute)) => (minute, None),
        (Some("h"), Some(minute)) if digits == 2 || context == Context::Day => (minute, None),
        (Some("u"), None) if ends_word(ahead.rest) => (0, None),
        (None, None)
            if hours_word(&mut ahead)
                && (context == Context::Day || whole_hour(cursor, &ahead) || part(&ahead).is_some()) =>
        {
            (0, None)
        }
        _ => return None,
    };
    hours_word(&mut ahead);
    let hour = match part(&ahead) {
        Some((from, rest)) => {
            ahead.rest = rest;
            if hour < 12 && from >= 12 {
                hour + 12
            } else if hour == 12 && from == 0 {
                0
            } else {
                hour
            }
        }
        None => meridian(&mut ahead, hour)?,
    };
    // Midnight at the end of a day; without its day it is the last one that was.
    let hour = if (hour, minute, context) == (24, 0, Context::Nothing) { 0 } else { hour };
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

/// Whether all that is left was an hour in full: `13 uur`, and not `13 u`, which is an age as well.
fn whole_hour(from: &Cursor<'_>, ahead: &Cursor<'_>) -> bool {
    ahead.rest.is_empty() && from.rest.ends_with("uur")
}

/// `'s middags`: the hour from which the part of the day counts, and what stands behind it.
fn part<'a>(cursor: &Cursor<'a>) -> Option<(u32, &'a str)> {
    const PARTS: &[(&str, u32)] =
        &[("nachts", 0), ("morgens", 6), ("ochtends", 6), ("middags", 12), ("avonds", 18)];
    let mut ahead = *cursor;
    ahead.space();
    let marked = ["'s", "’s", "‘s", "`s"].into_iter().any(|mark| ahead.literal(mark));
    ahead.space();
    let from = PARTS.iter().find(|(name, _)| marked && ahead.phrase(name)).map(|(_, from)| *from)?;
    Some((from, ahead.rest))
}

/// `AM` and `PM`: midnight is 12 AM, noon 12 PM.
fn meridian(cursor: &mut Cursor<'_>, hour: u32) -> Option<u32> {
    let mut ahead = *cursor;
    ahead.space();
    let noon = match () {
        () if ahead.phrase("am") => 0,
        () if ahead.phrase("pm") => 12,
        () => return Some(hour),
    };
    *cursor = ahead;
    (hour <= 12).then_some(hour % 12 + noon)
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
