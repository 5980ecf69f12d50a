//! Europe/Amsterdam, as `chrono` asks for a zone.

use chrono::{
    Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeZone, Utc,
};
use tzdb_data::time_zone::europe::AMSTERDAM;

/// The zone of all times that are read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amsterdam;

impl TimeZone for Amsterdam {
    type Offset = FixedOffset;

    fn from_offset(_: &FixedOffset) -> Self {
        Self
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> LocalResult<FixedOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    /// Both offsets in the hour that the autumn has twice, earlier moment first; none in the one that the spring
    /// leaves out.
    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> LocalResult<FixedOffset> {
        // No two changes of the zone are so close to each other.
        let day = Duration::days(1);
        let around = [local.checked_sub_signed(day), local.checked_add_signed(day)];
        let [before, behind] = around.map(|utc| self.offset_from_utc_datetime(&utc.unwrap_or(*local)));
        let is_true = |offset: FixedOffset| {
            let utc = local.checked_sub_offset(offset);
            utc.is_some_and(|utc| self.offset_from_utc_datetime(&utc) == offset)
        };
        match (is_true(before), is_true(behind)) {
            (true, true) if before != behind => LocalResult::Ambiguous(before, behind),
            (true, _) => LocalResult::Single(before),
            (_, true) => LocalResult::Single(behind),
            _ => LocalResult::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> FixedOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
        let known = AMSTERDAM.find_local_time_type(utc.and_utc().timestamp()).ok();
        // RFC 3339 writes whole minutes; until 1937 Amsterdam was 19 minutes and 32 seconds ahead.
        let minutes = known.map(|known| (known.ut_offset() + 30).div_euclid(60));
        // Every second that a `NaiveDateTime` can hold has an offset.
        minutes.and_then(|minutes| FixedOffset::east_opt(minutes * 60)).unwrap_or_else(|| Utc.fix())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    /// Another crate's reading of the same database; its table ends in 2099, without a rule for what follows.
    #[test]
    fn agrees_with_chrono_tz_around_every_change() {
        let hour = Duration::minutes(30);
        let mut time = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date").and_time(NaiveTime::MIN);
        let mut changes = 0;
        while time < NaiveDate::from_ymd_opt(2099, 1, 1).expect("a date").and_time(NaiveTime::MIN) {
            let theirs = chrono_tz::Europe::Amsterdam;
            let utc = theirs.offset_from_utc_datetime(&time).fix();
            assert_eq!(Amsterdam.offset_from_utc_datetime(&time), utc, "{time} UTC");
            let local = theirs.offset_from_local_datetime(&time).map(|offset| offset.fix());
            assert_eq!(Amsterdam.offset_from_local_datetime(&time), local, "{time}");
            changes += usize::from(!matches!(local, LocalResult::Single(_)));
            time += hour;
        }
        assert_eq!(changes, 2 * 2 * (2099 - 1977), "half hours that are not there or there twice");
    }

    #[test]
    fn has_an_offset_for_every_moment() {
        for (time, offset) in [
            (DateTime::<Utc>::MIN_UTC, "+00:20"),
            ("9998-01-01T00:00:00Z".parse().expect("a time"), "+01:00"),
            ("9998-07-01T00:00:00Z".parse().expect("a time"), "+02:00"),
            (DateTime::<Utc>::MAX_UTC, "+01:00"),
        ] {
            assert_eq!(time.with_timezone(&Amsterdam).offset().to_string(), offset);
        }
    }
}
