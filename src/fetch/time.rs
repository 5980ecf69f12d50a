//! When a page was made, and when a server may be asked again.

use chrono::{DateTime, Duration, NaiveDateTime, SubsecRound, TimeZone, Utc};
use ureq::http::header::{self, HeaderMap};

use super::text;
use crate::note::Note;
use crate::resolve::{self, Instant};

/// A clock that is further off than this is no clock to go by.
const FAR_OFF: Duration = Duration::minutes(10);

/// A page that lay in caches for longer is none that anybody serves.
const OLDEST: Duration = Duration::days(366);

/// A server is given no longer rest: a mistyped number must not end a feed.
pub const LONGEST_REST: Duration = Duration::days(1);

/// The time of capture (RFC 9111 4.2.3): receipt less the larger one of `Age` and receipt less `Date`. Where the
/// server's clock is off, its `Date` does not count.
pub(super) fn captured(headers: &HeaderMap, received: Instant) -> (Instant, Option<Note>) {
    let received = received.trunc_subsecs(0);
    // Of several the first counts (RFC 9111 5.1).
    let first = text(headers, header::AGE).and_then(|ages| ages.split(',').next());
    let age = first.and_then(seconds).unwrap_or_default().min(OLDEST);
    let Some(date) = text(headers, header::DATE).and_then(date) else {
        return (received - age, None);
    };
    let unexplained = received.signed_duration_since(date) - age;
    if unexplained < Duration::zero() || unexplained > FAR_OFF {
        let message = format!(
            "the server's clock says {}, which is {} seconds off; the time of capture does not go by it",
            resolve::rfc3339(date),
            unexplained.num_seconds()
        );
        return (received - age, Some(Note::general(message)));
    }
    (received - age - unexplained, None)
}

/// Before when a server wants no further request: `Retry-After` in seconds or as a date (RFC 9110 10.2.3).
pub(super) fn due(headers: &HeaderMap, received: Instant) -> Option<Instant> {
    let printed = text(headers, header::RETRY_AFTER)?;
    let rest = match seconds(printed) {
        Some(rest) => rest,
        None => date(printed)?.signed_duration_since(received),
    };
    (rest > Duration::zero()).then(|| received + rest.min(LONGEST_REST))
}

/// A number of seconds, however large (RFC 9111 1.2.2).
fn seconds(printed: &str) -> Option<Duration> {
    let printed = printed.trim();
    let is_number = !printed.is_empty() && printed.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::seconds(printed.parse::<u32>().unwrap_or(u32::MAX).into()))
}

/// The three forms of a date (RFC 9110 5.6.7).
fn date(printed: &str) -> Option<Instant> {
    let forms = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let local = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(printed, form).ok())?;
    let utc: DateTime<Utc> = Utc.from_utc_datetime(&local);
    Some(resolve::capture(&utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ureq::http::HeaderValue;

    fn headers(values: &[(&'static str, &'static str)]) -> HeaderMap {
        values
            .iter()
            .map(|(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value)))
            .collect()
    }

    fn at(printed: &str) -> Instant {
        resolve::capture(&DateTime::parse_from_rfc3339(printed).expect("a time"))
    }

    #[track_caller]
    fn case(values: &[(&'static str, &'static str)], expected: &str, notes: usize) {
        let (captured, noted) = captured(&headers(values), at("2026-02-10T14:05:00.7+01:00"));
        assert_eq!((captured, usize::from(noted.is_some())), (at(expected), notes), "{values:?}");
    }

    #[test]
    fn a_page_is_as_old_as_its_headers_say() {
        let date = ("date", "Tue, 10 Feb 2026 13:04:00 GMT");
        case(&[], "2026-02-10T14:05:00+01:00", 0);
        case(&[("age", "30")], "2026-02-10T14:04:30+01:00", 0);
        case(&[date], "2026-02-10T14:04:00+01:00", 0);
        case(&[date, ("age", "30")], "2026-02-10T14:04:00+01:00", 0);
        case(&[date, ("age", "60")], "2026-02-10T14:04:00+01:00", 0);
        // More age than the date allows, and clocks that are off.
        case(&[date, ("age", "90")], "2026-02-10T14:03:30+01:00", 1);
        case(&[("date", "Tue, 10 Feb 2026 13:06:00 GMT")], "2026-02-10T14:05:00+01:00", 1);
        case(&[("date", "Tue, 10 Feb 2026 12:55:00 GMT")], "2026-02-10T13:55:00+01:00", 0);
        case(&[("date", "Tue, 10 Feb 2026 12:54:59 GMT")], "2026-02-10T14:05:00+01:00", 1);
        case(&[("date", "Tue, 10 Feb 2026 11:00:00 GMT"), ("age", "7440")], "2026-02-10T12:00:00+01:00", 0);
        case(&[("date", "nonsense"), ("age", "-5")], "2026-02-10T14:05:00+01:00", 0);
        case(&[("age", "30, 600")], "2026-02-10T14:04:30+01:00", 0);
        case(&[("age", "99999999999")], "2025-02-09T14:05:00+01:00", 0);
    }

    #[test]
    fn a_server_is_given_its_rest() {
        let received = at("2026-02-10T14:05:00+01:00");
        for (value, expected) in [
            ("120", Some("2026-02-10T14:07:00+01:00")),
            ("Tue, 10 Feb 2026 13:10:00 GMT", Some("2026-02-10T14:10:00+01:00")),
            ("Tuesday, 10-Feb-26 13:10:00 GMT", Some("2026-02-10T14:10:00+01:00")),
            ("Tue Feb 10 13:10:00 2026", Some("2026-02-10T14:10:00+01:00")),
            ("Tue, 10 Feb 2026 13:00:00 GMT", None),
            ("4294967296", Some("2026-02-11T14:05:00+01:00")),
            ("4294967295", Some("2026-02-11T14:05:00+01:00")),
            ("soon", None),
            ("0", None),
        ] {
            assert_eq!(due(&headers(&[("retry-after", value)]), received), expected.map(at), "{value}");
        }
    }
}
