//! What a page prints, the moment it was captured and the zone: when was it?

use std::collections::HashSet;

use chrono::{
    DateTime, Datelike, Days, Duration, LocalResult, Months, NaiveDate, NaiveDateTime, NaiveTime,
    SecondsFormat, TimeZone, Timelike,
};
use chrono_tz::Europe::Amsterdam;
use chrono_tz::Tz;
use serde::Serialize;

use crate::wire::age::{Age, Length};
use crate::wire::clock::Clock;
use crate::wire::day::{Day, Span};
use crate::wire::moment::Moment;
use crate::wire::stamp::Time;

/// The years that are read: every format can write them, a day on either side as well.
pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=9998;

/// A moment in Europe/Amsterdam, to the second.
pub type Instant = DateTime<Tz>;

/// When something can have happened: the first and the last whole second, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first second.
    pub earliest: Instant,
    /// The last second. Never after the capture.
    pub latest: Instant,
}

/// A resolved stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What the stamp allows.
    pub window: Window,
    /// The moment that stands for it: an age's latest, a printed minute's first second, noon of a bare date, a week
    /// before the capture for `vorige week`.
    pub published: Instant,
}

/// Why a stamp has no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
pub enum Unresolved {
    /// It is not known what it says.
    #[error("is not understood")]
    Unread,
    /// It lies after the moment of the capture.
    #[error("lies after the capture")]
    Future,
    /// The calendar does not reach there.
    #[error("is out of range")]
    Range,
}

/// The moment of a capture: in Amsterdam, whole seconds.
pub fn capture<Z: TimeZone>(time: &DateTime<Z>) -> Instant {
    let time = time.with_timezone(&Amsterdam);
    time.with_nanosecond(0).unwrap_or(time)
}

/// RFC 3339 5.6, in whole seconds, with the offset of Amsterdam.
pub fn rfc3339(time: Instant) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// A local time in Amsterdam. In the hour that the autumn gives twice it is the first one; a time that the
/// spring leaves out is as far behind the jump as it is behind the last moment before (02:30 is 03:30).
pub fn local(time: NaiveDateTime) -> Option<Instant> {
    match Amsterdam.from_local_datetime(&time) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => Some(instant),
        LocalResult::None => {
            let before =
                Amsterdam.from_local_datetime(&time.checked_sub_signed(Duration::hours(3))?).earliest()?;
            before.checked_add_signed(Duration::hours(3))
        }
    }
}

/// Resolves a stamp of a page captured at `captured`.
pub fn resolve(time: &Time, captured: Instant) -> Result<Reading, Unresolved> {
    let reading = match time.settled(false) {
        Time::Age(age) => window_of_age(&age, captured)
            .ok_or(Unresolved::Range)
            .map(|window| Reading { window, published: window.latest })?,
        Time::Moment(Moment { day: Day::Past(span), .. }) => past(span, captured).ok_or(Unresolved::Range)?,
        Time::Moment(moment) => of_moment(&moment, captured)?,
        Time::Instant(instant) => second(capture(&instant)),
        Time::Hours(_) | Time::Unread => return Err(Unresolved::Unread),
    };
    if reading.window.earliest > captured + AHEAD {
        return Err(Unresolved::Future);
    }
    let reading = if reading.window.earliest > captured { minute_of(captured) } else { reading };
    let latest = reading.window.latest.min(captured);
    let window = Window { latest, ..reading.window };
    Ok(Reading { window, published: reading.published.min(captured).max(window.earliest) })
}

/// Clocks differ: what is no further ahead of the capture was printed at its minute.
const AHEAD: Duration = Duration::minutes(10);

/// A day without a year that is no further ahead of the capture is not last year's.
const NEXT_DAYS: Days = Days::new(7);

/// The minute in which a page was captured.
fn minute_of(captured: Instant) -> Reading {
    minute(captured.with_second(0).unwrap_or(captured))
}

/// The hull of both ways to mean `vorige week`: that stretch of the calendar, and one to two of its length ago.
/// What both allow stands for it: one such length before the capture.
fn past(span: Span, captured: Instant) -> Option<Reading> {
    let today = captured.date_naive();
    let (length, end) = match span {
        Span::Week => {
            let monday = u64::from(today.weekday().num_days_from_monday());
            (Length { days: 7, ..Length::default() }, today.checked_sub_days(Days::new(monday))?)
        }
        Span::Month => (Length { months: 1, ..Length::default() }, today.with_day(1)?),
        Span::Year => (Length { years: 1, ..Length::default() }, today.with_ordinal(1)?),
    };
    let midnight = |date: NaiveDate| local(date.and_time(NaiveTime::MIN));
    let start = end
        .checked_sub_months(Months::new(length.years * 12 + length.months))?
        .checked_sub_days(Days::new(u64::from(length.days)))?;
    let twice =
        Length { years: length.years * 2, months: length.months * 2, days: length.days * 2, seconds: 0 };
    let ago = window_of_age(&Age { least: length, most: twice }, captured)?;
    let earliest = midnight(start)?.min(ago.earliest);
    let latest = (midnight(end)? - Duration::seconds(1)).max(ago.latest);
    Some(Reading { window: Window { earliest, latest }, published: calendar(&length, captured)? })
}

/// The most exact of the moments that markup tells machines: one that lies in the window of what is printed, if that is
/// known, and not more than `AHEAD` after the capture. A day alone narrows the window.
pub fn exact(machine: &[Time], printed: Option<&Reading>, captured: Instant) -> Option<Reading> {
    let readings = machine.iter().filter_map(|time| {
        let reading = match time {
            Time::Instant(instant) => {
                let instant = capture(instant);
                let known = instant <= captured.checked_add_signed(AHEAD)?;
                let instant = instant.min(captured);
                known.then_some(Reading {
                    window: Window { earliest: instant, latest: instant },
                    published: instant,
                })?
            }
            _ => resolve(time, captured).ok()?,
        };
        let Some(printed) = printed else { return Some(reading) };
        let earliest = reading.window.earliest.max(printed.window.earliest);
        let latest = reading.window.latest.min(printed.window.latest);
        let published = if reading.window.earliest >= printed.window.earliest {
            reading.published
        } else {
            printed.published
        };
        (earliest <= latest).then(|| Reading {
            window: Window { earliest, latest },
            published: published.clamp(earliest, latest),
        })
    });
    readings.min_by_key(|reading| reading.window.latest - reading.window.earliest)
}

/// The hull of both ways in which sites count days, weeks, months and years: elapsed time, and the same
/// time of day on the calendar. A month that is counted has 30 or 31 days. The first second that no longer counts is left out.
fn window_of_age(age: &Age, captured: Instant) -> Option<Window> {
    const DAY: i64 = 24 * 60 * 60;
    let least = elapsed(&age.least, 30 * DAY, 365 * DAY);
    let most = elapsed(&age.most, 31 * DAY, 366 * DAY);
    let mut latest = captured.checked_sub_signed(Duration::seconds(least))?;
    let mut earliest = captured.checked_sub_signed(Duration::seconds(most))?;
    if age.least.is_calendar() {
        latest = latest.max(calendar(&age.least, captured)?);
    }
    if age.most.is_calendar() {
        earliest = earliest.min(calendar(&age.most, captured)?);
    }
    Some(Window { earliest: earliest.checked_add_signed(Duration::seconds(1))?, latest })
}

/// A length in seconds, with months and years of the given length.
fn elapsed(length: &Length, month: i64, year: i64) -> i64 {
    i64::from(length.years) * year
        + i64::from(length.months) * month
        + i64::from(length.days) * 24 * 60 * 60
        + i64::from(length.seconds)
}

/// The same time of day, a length earlier on the calendar.
fn calendar(length: &Length, captured: Instant) -> Option<Instant> {
    let local_capture = captured.naive_local();
    let date = local_capture
        .checked_sub_months(Months::new(length.years.checked_mul(12)?.checked_add(length.months)?))?
        .checked_sub_days(Days::new(u64::from(length.days)))?;
    local(date)?.checked_sub_signed(Duration::seconds(i64::from(length.seconds)))
}

/// Every candidate for a moment with its day, latest first; the first one that the capture had reached is meant.
fn of_moment(moment: &Moment, captured: Instant) -> Result<Reading, Unresolved> {
    let mut future = Unresolved::Range;
    let today = captured.date_naive();
    let next_days = today.checked_add_days(NEXT_DAYS).unwrap_or(today);
    for date in days(moment.day, today) {
        for reading in on_day(date, moment.clock).into_iter().flatten() {
            if reading.window.earliest <= captured + AHEAD {
                return Ok(reading);
            }
            future = Unresolved::Future;
        }
        let explicit = match moment.day {
            // Who names the weekday of today does not mean last week's.
            Day::Weekday(_) => date == today,
            Day::Yearly { .. } => (today..=next_days).contains(&date),
            _ => false,
        };
        if explicit {
            return Err(future);
        }
    }
    Err(future)
}

/// The dates that a printed day can mean, latest first.
fn days(day: Day, today: NaiveDate) -> Vec<NaiveDate> {
    let back = |days: u32| today.checked_sub_days(Days::new(u64::from(days)));
    let weekday = |weekday: chrono::Weekday| today.weekday().days_since(weekday);
    let dates = match day {
        Day::Unsaid => vec![back(0), back(1)],
        Day::Ago(days) => vec![back(days)],
        Day::Weekday(day) => {
            let tomorrow = today.succ_opt().filter(|date| date.weekday() == day);
            vec![tomorrow, back(weekday(day))]
        }
        Day::Last(day) if weekday(day) == 0 => vec![back(7)],
        Day::Last(day) => vec![back(weekday(day))],
        Day::LastWeek(day) => {
            let monday = today.weekday().num_days_from_monday();
            vec![back(monday + 7 - day.num_days_from_monday())]
        }
        // The 29th of February comes back after eight years at most.
        Day::Yearly { month, day } => {
            (-1..=8).map(|years| NaiveDate::from_ymd_opt(today.year() - years, month, day)).collect()
        }
        Day::Date(date) => vec![Some(date)],
        Day::Past(_) => Vec::new(),
    };
    dates.into_iter().flatten().collect()
}

/// What a time of day can mean on a date, latest first.
fn on_day(date: NaiveDate, clock: Clock) -> [Option<Reading>; 2] {
    match clock {
        Clock::Unsaid => [part_of_day(date, 0, 24, 12), None],
        Clock::Part(from, to) => [part_of_day(date, from, to, from), None],
        Clock::Minute(time) => instants(date, time).map(|instant| instant.map(minute)),
        Clock::Second(time) => instants(date, time).map(|instant| instant.map(second)),
        Clock::End => {
            [date.succ_opt().and_then(|next| local(next.and_time(NaiveTime::MIN))).map(minute), None]
        }
        Clock::Spoken(minutes) => {
            let at = |minutes| {
                let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0)?;
                instants(date, time).into_iter().flatten().last().map(minute)
            };
            [at(minutes + 720), at(minutes)]
        }
    }
}

/// From one full hour of a date to the last second before another; `stands` is the hour that stands for it.
fn part_of_day(date: NaiveDate, from: u32, to: u32, stands: u32) -> Option<Reading> {
    let hour = |hour: u32| match hour {
        24 => local(date.succ_opt()?.and_hms_opt(0, 0, 0)?),
        hour => local(date.and_hms_opt(hour, 0, 0)?),
    };
    let window = Window { earliest: hour(from)?, latest: hour(to)? - Duration::seconds(1) };
    Some(Reading { window, published: hour(stands)? })
}

/// The instants that a time of day on a date can mean, latest first: two in the hour that the autumn has twice.
fn instants(date: NaiveDate, time: NaiveTime) -> [Option<Instant>; 2] {
    match Amsterdam.from_local_datetime(&date.and_time(time)) {
        LocalResult::Ambiguous(first, second) => [Some(second), Some(first)],
        _ => [local(date.and_time(time)), None],
    }
}

fn minute(earliest: Instant) -> Reading {
    let window = Window { earliest, latest: earliest + Duration::seconds(59) };
    Reading { window, published: earliest }
}

fn second(instant: Instant) -> Reading {
    Reading { window: Window { earliest: instant, latest: instant }, published: instant }
}

/// The times that the items of one page get, in the page's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed {
    /// What the page says; none where it says nothing, or nothing understood.
    pub published: Option<Instant>,
    /// The moment to sort by: `published`, else the capture less the item's place on the page in seconds.
    pub updated: Instant,
}

/// Gives each item of a page its own second. Items that would share one keep the page's order, each next one
/// a second earlier, inside its window as far as there is room.
pub fn spread(readings: &[Option<Reading>], captured: Instant) -> Vec<Timed> {
    let mut order: Vec<(usize, Reading)> =
        readings.iter().enumerate().filter_map(|(at, reading)| Some((at, (*reading)?))).collect();
    order.sort_by(|a, b| b.1.published.cmp(&a.1.published).then(a.0.cmp(&b.0)));
    let mut times = vec![None; readings.len()];
    let mut used = HashSet::with_capacity(readings.len());
    let mut last: Option<Instant> = None;
    let mut full = None;
    for group in order.chunk_by(|a, b| a.1.published == b.1.published) {
        let mut next = start(group);
        for (at, reading) in group {
            let below = last.map_or(next, |last| next.min(last - Duration::seconds(1)));
            let time = below.clamp(reading.window.earliest, reading.window.latest);
            // Where nothing was free, nothing becomes free: it is not looked for again.
            let wanted = (time, reading.window.latest);
            let found = Some(wanted)
                .filter(|wanted| full != Some(*wanted))
                .and_then(|_| free(time, reading.window, &used));
            if found.is_none() {
                full = Some(wanted);
            }
            let time = found.unwrap_or(time);
            last = Some(time);
            next = time - Duration::seconds(1);
            used.insert(time.timestamp());
            if let Some(slot) = times.get_mut(*at) {
                *slot = Some(time);
            }
        }
    }
    undated(times, used, captured)
}

/// The first second from a moment of a window on that is not taken; none where there is no room nearby.
fn free(moment: Instant, window: Window, used: &HashSet<i64>) -> Option<Instant> {
    const NEARBY: i64 = 60;
    let room = window.latest.timestamp() - moment.timestamp();
    let taken = |seconds: &i64| used.contains(&(moment.timestamp() + seconds));
    (0..=room.min(NEARBY)).find(|seconds| !taken(seconds)).map(|seconds| moment + Duration::seconds(seconds))
}

/// Where a group that shares a moment begins: later than it, as far as there is no room before it.
fn start(group: &[(usize, Reading)]) -> Instant {
    let Some((_, first)) = group.first() else {
        return DateTime::<chrono::Utc>::MIN_UTC.with_timezone(&Amsterdam);
    };
    let needed = i64::try_from(group.len() - 1).unwrap_or(i64::MAX);
    let room = (first.published - first.window.earliest).num_seconds();
    let above = (first.window.latest - first.published).num_seconds();
    first.published + Duration::seconds((needed - room).clamp(0, above.max(0)))
}

fn undated(times: Vec<Option<Instant>>, mut used: HashSet<i64>, captured: Instant) -> Vec<Timed> {
    let second = Duration::seconds(1);
    let mut last = captured;
    let mut timed = Vec::with_capacity(times.len());
    for (place, published) in (1i64..).zip(times) {
        let updated = published.unwrap_or_else(|| {
            let mut time = (captured - Duration::seconds(place)).min(last - second);
            while !used.insert(time.timestamp()) {
                time -= second;
            }
            last = time;
            time
        });
        timed.push(Timed { published, updated });
    }
    timed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::stamp;

    fn at(time: &str) -> Instant {
        capture(&DateTime::parse_from_rfc3339(time).expect("a time"))
    }

    fn read(text: &str, captured: &str) -> Result<Reading, Unresolved> {
        let (stamp, rest) = stamp::split(text, 1).expect(text);
        assert_eq!(rest, "");
        resolve(&stamp.time, at(captured))
    }

    #[track_caller]
    fn case(text: &str, captured: &str, earliest: &str, latest: &str, published: &str) {
        let reading = read(text, captured).expect(text);
        let got =
            [reading.window.earliest, reading.window.latest, reading.published].map(|time| time.to_rfc3339());
        assert_eq!(got, [earliest, latest, published]);
    }

    #[test]
    fn an_age_is_floored() {
        case(
            "12 minuten geleden",
            "2026-02-10T14:05:30+01:00",
            "2026-02-10T13:52:31+01:00",
            "2026-02-10T13:53:30+01:00",
            "2026-02-10T13:53:30+01:00",
        );
        case(
            "1 uur geleden",
            "2026-02-10T00:30:00+01:00",
            "2026-02-09T22:30:01+01:00",
            "2026-02-09T23:30:00+01:00",
            "2026-02-09T23:30:00+01:00",
        );
        case(
            "zojuist",
            "2026-01-01T00:00:10+01:00",
            "2025-12-31T23:59:11+01:00",
            "2026-01-01T00:00:10+01:00",
            "2026-01-01T00:00:10+01:00",
        );
    }

    #[test]
    fn hours_are_elapsed_time_across_a_change_of_the_clock() {
        // Spring: 02:00 becomes 03:00 on 29 March 2026; autumn: 03:00 becomes 02:00 on 25 October 2026.
        case(
            "3 uur geleden",
            "2026-03-29T04:30:00+02:00",
            "2026-03-28T23:30:01+01:00",
            "2026-03-29T00:30:00+01:00",
            "2026-03-29T00:30:00+01:00",
        );
        case(
            "1 uur geleden",
            "2026-10-25T02:30:00+01:00",
            "2026-10-25T01:30:01+02:00",
            "2026-10-25T02:30:00+02:00",
            "2026-10-25T02:30:00+02:00",
        );
    }

    #[test]
    fn days_are_the_hull_of_both_ways_to_count() {
        case(
            "1 dag geleden",
            "2026-03-29T12:00:00+02:00",
            "2026-03-27T11:00:01+01:00",
            "2026-03-28T12:00:00+01:00",
            "2026-03-28T12:00:00+01:00",
        );
        case(
            "1 dag geleden",
            "2026-10-25T12:00:00+01:00",
            "2026-10-23T12:00:01+02:00",
            "2026-10-24T13:00:00+02:00",
            "2026-10-24T13:00:00+02:00",
        );
        case(
            "1 maand geleden",
            "2026-03-31T12:00:00+02:00",
            "2026-01-28T11:00:01+01:00",
            "2026-03-01T11:00:00+01:00",
            "2026-03-01T11:00:00+01:00",
        );
        case(
            "3 maanden geleden",
            "2026-03-10T12:00:00+01:00",
            "2025-11-06T12:00:01+01:00",
            "2025-12-10T12:00:00+01:00",
            "2025-12-10T12:00:00+01:00",
        );
        case(
            "1 maand geleden",
            "2026-03-10T12:00:00+01:00",
            "2026-01-07T12:00:01+01:00",
            "2026-02-10T12:00:00+01:00",
            "2026-02-10T12:00:00+01:00",
        );
        case(
            "1 jaar geleden",
            "2026-02-10T12:00:00+01:00",
            "2024-02-09T12:00:01+01:00",
            "2025-02-10T12:00:00+01:00",
            "2025-02-10T12:00:00+01:00",
        );
    }

    #[test]
    fn a_clock_time_is_the_latest_not_after_the_capture() {
        let captured = "2026-02-10T14:05:30+01:00";
        case("14:05", captured, "2026-02-10T14:05:00+01:00", captured, "2026-02-10T14:05:00+01:00");
        case(
            "14:16",
            captured,
            "2026-02-09T14:16:00+01:00",
            "2026-02-09T14:16:59+01:00",
            "2026-02-09T14:16:00+01:00",
        );
        case(
            "24:00",
            captured,
            "2026-02-10T00:00:00+01:00",
            "2026-02-10T00:00:59+01:00",
            "2026-02-10T00:00:00+01:00",
        );
        case(
            "9 februari 24:00",
            captured,
            "2026-02-10T00:00:00+01:00",
            "2026-02-10T00:00:59+01:00",
            "2026-02-10T00:00:00+01:00",
        );
        case(
            "gisteren 23:59",
            captured,
            "2026-02-09T23:59:00+01:00",
            "2026-02-09T23:59:59+01:00",
            "2026-02-09T23:59:00+01:00",
        );
        case(
            "dinsdag 14.05 uur",
            captured,
            "2026-02-10T14:05:00+01:00",
            captured,
            "2026-02-10T14:05:00+01:00",
        );
        case(
            "woensdag 15.00 uur",
            captured,
            "2026-02-04T15:00:00+01:00",
            "2026-02-04T15:00:59+01:00",
            "2026-02-04T15:00:00+01:00",
        );
        case(
            "half drie",
            captured,
            "2026-02-10T02:30:00+01:00",
            "2026-02-10T02:30:59+01:00",
            "2026-02-10T02:30:00+01:00",
        );
        case(
            "kwart over één",
            captured,
            "2026-02-10T13:15:00+01:00",
            "2026-02-10T13:15:59+01:00",
            "2026-02-10T13:15:00+01:00",
        );
        case(
            "vorige week dinsdag",
            captured,
            "2026-02-03T00:00:00+01:00",
            "2026-02-03T23:59:59+01:00",
            "2026-02-03T12:00:00+01:00",
        );
        case(
            "28 november",
            captured,
            "2025-11-28T00:00:00+01:00",
            "2025-11-28T23:59:59+01:00",
            "2025-11-28T12:00:00+01:00",
        );
        case(
            "31 december 23:59",
            "2026-01-01T00:00:10+01:00",
            "2025-12-31T23:59:00+01:00",
            "2025-12-31T23:59:59+01:00",
            "2025-12-31T23:59:00+01:00",
        );
        case(
            "29 februari 10:00",
            captured,
            "2024-02-29T10:00:00+01:00",
            "2024-02-29T10:00:59+01:00",
            "2024-02-29T10:00:00+01:00",
        );
        case(
            "vanochtend",
            "2026-02-10T09:00:00+01:00",
            "2026-02-10T06:00:00+01:00",
            "2026-02-10T09:00:00+01:00",
            "2026-02-10T06:00:00+01:00",
        );
    }

    #[test]
    fn a_bare_date_is_its_noon_or_the_capture() {
        case(
            "10-02-2026",
            "2026-02-10T09:00:00+01:00",
            "2026-02-10T00:00:00+01:00",
            "2026-02-10T09:00:00+01:00",
            "2026-02-10T09:00:00+01:00",
        );
        case(
            "10-02-2026",
            "2026-02-11T09:00:00+01:00",
            "2026-02-10T00:00:00+01:00",
            "2026-02-10T23:59:59+01:00",
            "2026-02-10T12:00:00+01:00",
        );
    }

    #[test]
    fn the_gap_and_the_fold_have_a_choice() {
        case(
            "02:30",
            "2026-03-29T12:00:00+02:00",
            "2026-03-29T03:30:00+02:00",
            "2026-03-29T03:30:59+02:00",
            "2026-03-29T03:30:00+02:00",
        );
        case(
            "02:30",
            "2026-10-25T12:00:00+01:00",
            "2026-10-25T02:30:00+01:00",
            "2026-10-25T02:30:59+01:00",
            "2026-10-25T02:30:00+01:00",
        );
        case(
            "02:30",
            "2026-10-25T02:15:00+01:00",
            "2026-10-25T02:30:00+02:00",
            "2026-10-25T02:30:59+02:00",
            "2026-10-25T02:30:00+02:00",
        );
    }

    #[test]
    fn what_lies_after_the_capture_has_no_time() {
        let captured = "2026-02-10T14:05:30+01:00";
        for text in [
            "11 februari 2026",
            "vandaag 15:00",
            "10-02-2026 14:16",
            "di 14:16",
            "dinsdag 15.00 uur",
            "10 februari 15:00",
            "11 februari",
            "wo 17 feb",
            "2026-02-10T14:16:00+01:00",
        ] {
            assert_eq!(read(text, captured), Err(Unresolved::Future), "{text}");
        }
        assert!(
            read("18 februari", captured).is_ok_and(|reading| reading.published < at("2025-03-01T00:00:00Z"))
        );
    }

    #[test]
    fn what_is_ten_minutes_ahead_is_the_minute_of_the_capture() {
        for (text, captured) in [
            ("14:06", "2026-02-10T14:05:30+01:00"),
            ("14:15", "2026-02-10T14:05:30+01:00"),
            ("di 14:06", "2026-02-10T14:05:30+01:00"),
            ("vandaag 14:06", "2026-02-10T14:05:30+01:00"),
            ("10-02-2026 14:06", "2026-02-10T14:05:30+01:00"),
            ("10 februari 14:06", "2026-02-10T14:05:30+01:00"),
            ("2026-02-10T13:06:10Z", "2026-02-10T14:05:30+01:00"),
            ("14:06:10", "2026-02-10T14:05:30+01:00"),
            ("wo 00:03", "2026-02-10T23:58:30+01:00"),
            ("24:00", "2026-02-10T23:58:30+01:00"),
            ("11 februari", "2026-02-10T23:58:30+01:00"),
            ("1 januari 00:03", "2025-12-31T23:58:30+01:00"),
        ] {
            let minute = at(captured) - Duration::seconds(30);
            let reading = read(text, captured).expect(text);
            assert_eq!(reading.published, minute, "{text}");
            assert_eq!(reading.window, Window { earliest: minute, latest: at(captured) }, "{text}");
        }
    }

    #[test]
    fn the_week_the_month_and_the_year_before() {
        let captured = "2026-02-10T14:05:00+01:00";
        case(
            "vorige week",
            captured,
            "2026-01-27T14:05:01+01:00",
            "2026-02-08T23:59:59+01:00",
            "2026-02-03T14:05:00+01:00",
        );
        case(
            "vorige maand",
            captured,
            "2025-12-10T14:05:01+01:00",
            "2026-01-31T23:59:59+01:00",
            "2026-01-10T14:05:00+01:00",
        );
        case(
            "vorig jaar",
            captured,
            "2024-02-09T14:05:01+01:00",
            "2025-12-31T23:59:59+01:00",
            "2025-02-10T14:05:00+01:00",
        );
    }

    #[test]
    fn a_heading_gives_the_times_below_it_their_day() {
        let captured = at("2026-02-10T14:05:00+01:00");
        let clock = stamp::split("23:10", 1).expect("a stamp").0.time;
        let below = |heading| {
            let day = stamp::day_heading(heading).expect(heading);
            resolve(&clock.on(day), captured).map(|reading| rfc3339(reading.published))
        };
        for heading in ["maandag 9 februari", "Gisteren", "maandag", "9 feb 2026"] {
            assert_eq!(below(heading).as_deref(), Ok("2026-02-09T23:10:00+01:00"), "{heading}");
        }
        assert_eq!(below("Vandaag"), Err(Unresolved::Future));
    }

    #[test]
    fn every_stamp_has_a_window_before_any_capture_or_none() {
        let stamps = [
            "vorige week",
            "vorige maand",
            "vorig jaar",
            "24:00",
            "di 24:00",
            "29 februari",
            "31 december 23:59",
            "14:05",
            "150 jaar geleden",
            "minder dan 5 minuten geleden",
            "half drie",
            "10-02-2026",
            "maandag",
            "vanavond",
        ];
        let captures = [
            "1970-01-01T00:00:00Z",
            "9998-12-31T23:59:59Z",
            "2026-03-29T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2024-02-29T12:00:00Z",
        ];
        for (text, captured) in stamps.iter().flat_map(|text| captures.map(|captured| (text, at(captured)))) {
            let time = stamp::split(text, 1).map(|(stamp, _)| stamp.time);
            for time in time.into_iter().chain([Time::Hours(13), Time::Hours(24)]) {
                if let Ok(Reading { window, published }) = resolve(&time, captured) {
                    assert!(window.earliest <= published && published <= window.latest, "{text} {captured}");
                    assert!(window.latest <= captured, "{text} {captured}");
                }
            }
        }
    }

    #[test]
    fn equal_moments_keep_the_order_of_the_page() {
        let captured = at("2026-02-10T14:05:30+01:00");
        let hour = read("1 uur geleden", "2026-02-10T14:05:30+01:00").ok();
        let minute = read("13:05", "2026-02-10T14:05:30+01:00").ok();
        let times = spread(&[hour, hour, None, hour, minute, minute], captured);
        let updated: Vec<_> = times.iter().map(|time| time.updated.format("%H:%M:%S").to_string()).collect();
        assert_eq!(updated, ["13:05:30", "13:05:29", "14:05:27", "13:05:28", "13:05:01", "13:05:00"]);
        assert_eq!(times[2].published, None);
    }

    #[test]
    fn no_two_share_a_second_while_there_is_room() {
        let captured = "2026-01-01T00:01:00+01:00";
        let readings = ["2 minuten geleden", "31 december 23:59"].map(|text| read(text, captured).ok());
        let times = spread(&readings, at(captured))
            .into_iter()
            .map(|time| time.updated.format("%H:%M:%S").to_string());
        assert_eq!(times.collect::<Vec<_>>(), ["23:59:00", "23:59:01"]);
    }
}
