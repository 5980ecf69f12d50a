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
    /// `24:00`: the first minute of the day behind.
    End,
}

impl Clock {
    /// A full hour, at most 24.
    pub(super) fn hour(hour: u32) -> Self {
        NaiveTime::from_hms_opt(hour, 0, 0).map_or(Self::End, Self::Minute)
    }
}

/// What has been read before a time of day: after a day, or where nothing else stands, `14.05` needs no `uur`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Nothing,
    Day,
    /// It is known to stand alone.
    Alone,
}

/// Words behind a time of day, `'s middags`; whether an hour before noon is twelve hours later, and whether twelve
/// is midnight.
const HALVES: &[(&str, bool, bool)] = &[
    ("nachts", false, true),
    ("morgens", false, false),
    ("ochtends", false, false),
    ("middags", true, false),
    ("avonds", true, false),
];

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

/// What stands between a day and a time: `, `, ` - `, ` om `, ` | `, ` @ `.
pub(super) fn separator(cursor: &mut Cursor<'_>) {
    cursor.rest = cursor.rest.trim_start_matches([' ', ',', '-', '–', '|', '·', '•', '/', '@']);
    if cursor.any(&["om", "at"]) {
        cursor.space();
    }
}

/// `14:05`, `14:05:33`, `14.05 uur`, `14u05`, `14u`, `2:05 PM`, `2 uur 's middags`, `24:00`.
pub(super) fn digital(cursor: &mut Cursor<'_>, context: Context) -> Option<Clock> {
    let mut ahead = *cursor;
    let (hour, digits) = ahead.digits().filter(|(_, digits)| *digits <= 2)?;
    let mark = [":", ".", "u", "h"].into_iter().find(|mark| ahead.literal(mark));
    let minute = ahead.two_digits();
    let (minute, second) = match (mark, minute) {
        (Some(":"), Some(minute)) => (minute, second(&mut ahead)),
        (Some("."), Some(minute)) => {
            let named = hours_word(&mut ahead);
            let certain = context == Context::Day && digits == 2 && !ahead.rest.starts_with('.');
            (named || certain || (context != Context::Nothing && ends(ahead.rest)))
                .then_some((minute, None))?
        }
        (Some("u"), Some(minute)) => (minute, None),
        (Some("h"), Some(minute)) if digits == 2 || context == Context::Day => (minute, None),
        (Some("u"), None) if ends_word(ahead.rest) => (0, None),
        (None, None)
            if hours_word(&mut ahead) && (context == Context::Day || half(&mut ahead.clone()).is_some()) =>
        {
            (0, None)
        }
        _ => return None,
    };
    hours_word(&mut ahead);
    let hour = meridian(&mut ahead, hour)?;
    let clock = match (hour, minute, second) {
        (24, 0, None | Some(0)) => Clock::End,
        (_, _, Some(second)) => Clock::Second(NaiveTime::from_hms_opt(hour, minute, second)?),
        _ => Clock::Minute(NaiveTime::from_hms_opt(hour, minute, 0)?),
    };
    *cursor = ahead;
    Some(clock)
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
    let short = ahead.any(&["u", "h"]);
    let found = short || ahead.any(&["uur", "hrs"]);
    if found {
        *cursor = ahead;
        _ = short && cursor.literal(".");
    }
    found
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

/// Whether no word and no number goes on behind a time.
fn ends(rest: &str) -> bool {
    let rest = rest.trim_start_matches(' ');
    rest.is_empty() || rest.starts_with(['-', '–', '—', '|', '·', '•', '(', ')', ']'])
}

/// `AM`, `PM` and `'s middags`: midnight is 12 AM, noon 12 PM.
fn meridian(cursor: &mut Cursor<'_>, hour: u32) -> Option<u32> {
    if let Some((later, midnight)) = half(cursor) {
        return match hour {
            12 if midnight => Some(0),
            1..12 if later => Some(hour + 12),
            _ => Some(hour),
        };
    }
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

/// Takes ` 's middags`.
fn half(cursor: &mut Cursor<'_>) -> Option<(bool, bool)> {
    let mut ahead = *cursor;
    ahead.space();
    if !["'s", "’s", "‘s"].into_iter().any(|article| ahead.literal(article)) {
        return None;
    }
    ahead.rest = ahead.rest.trim_start_matches([' ', '-']);
    let (_, later, midnight) = HALVES.iter().find(|(word, ..)| ahead.phrase(word))?;
    *cursor = ahead;
    Some((*later, *midnight))
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
    let minutes = u32::try_from((i64::from(hour) * 60 + minutes).rem_euclid(720)).ok()?;
    let half = half(&mut ahead);
    *cursor = ahead;
    match half {
        None => Some(Clock::Spoken(minutes)),
        Some((later, _)) => spoken_in(minutes, later),
    }
}

/// A spoken time in the first half of the day or the second.
pub(super) fn spoken_in(minutes: u32, later: bool) -> Option<Clock> {
    let minutes = if later { minutes + 720 } else { minutes };
    NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).map(Clock::Minute)
}
