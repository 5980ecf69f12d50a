//! What the pages told, in the few bytes in which the database keeps it: most of what a page tells was told before,
//! and a row for each of its items would be most of the database.

use rusqlite::{Connection, Row, params};

use super::Error;
use super::seal::CAPTURE;

/// When a page was read, in seconds since 1970, and its digest: the order of captures, whatever the order in which
/// they came.
pub(super) type Moment = (i64, [u8; 20]);

/// A page that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Capture {
    /// What the other pages say of it (see [`trust`](super::trust)).
    pub(super) stale: i64,
    /// In the page's order.
    pub(super) told: Vec<Telling>,
}

/// What a page told of one item: its wording and its times, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Telling {
    pub(super) wording: i64,
    pub(super) earliest: Option<i64>,
    pub(super) latest: Option<i64>,
    pub(super) published: Option<i64>,
    pub(super) updated: i64,
}

impl Telling {
    /// The first and the last second that the page allows.
    pub(super) fn window(&self) -> Option<(i64, i64)> {
        self.earliest.zip(self.latest)
    }
}

/// All moments of a span of seconds, both ends included.
pub(super) fn span(from: i64, to: i64) -> std::ops::RangeInclusive<Moment> {
    (from, [0; 20])..=(to, [u8::MAX; 20])
}

/// The captures of a span of seconds, both ends included, the earliest first.
pub(super) fn between(
    db: &Connection,
    from: i64,
    to: i64,
    mut take: impl FnMut(Moment, Capture) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut query = db.prepare_cached(
        "SELECT at, digest, stale, told FROM capture WHERE at BETWEEN ?1 AND ?2 ORDER BY at, digest",
    )?;
    let mut rows = query.query([from, to])?;
    while let Some(row) = rows.next()? {
        take((row.get(0)?, row.get(1)?), Capture { stale: row.get(2)?, told: told(row, 0, 3)? })?;
    }
    Ok(())
}

/// What a capture told, by the columns of its time and of that.
pub(super) fn told(row: &Row<'_>, at: usize, told: usize) -> Result<Vec<Telling>, Error> {
    let at = row.get(at)?;
    let told = row.get_ref(told)?.as_blob().ok().and_then(|bytes| unpack(at, bytes));
    told.ok_or_else(|| Error::Damaged(format!("what the capture of {at} told")))
}

/// Keeps a capture, in the place of what was kept of it.
pub(super) fn keep(db: &Connection, (at, digest): Moment, capture: &Capture) -> Result<(), Error> {
    db.prepare_cached(&CAPTURE.put())?.execute(params![
        at,
        digest,
        capture.stale,
        pack(at, &capture.told)
    ])?;
    Ok(())
}

// Which times are given; where the last is not, `updated` is `published`.
const EARLIEST: u8 = 1;
const LATEST: u8 = 2;
const PUBLISHED: u8 = 4;
const UPDATED: u8 = 8;

/// Each number as its distance from the one before it, so that most take a byte.
pub(super) fn pack(at: i64, told: &[Telling]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(told.len() * 10);
    let mut wording = 0;
    for telling in told {
        push(&mut bytes, telling.wording.wrapping_sub(wording));
        wording = telling.wording;
        let updated = Some(telling.updated).filter(|_| telling.published != Some(telling.updated));
        let times = [
            (EARLIEST, telling.earliest),
            (LATEST, telling.latest),
            (PUBLISHED, telling.published),
            (UPDATED, updated),
        ];
        bytes.push(times.iter().filter(|(_, time)| time.is_some()).fold(0, |given, (flag, _)| given | flag));
        let mut last = at;
        for time in times.into_iter().filter_map(|(_, time)| time) {
            push(&mut bytes, last.wrapping_sub(time));
            last = time;
        }
    }
    bytes
}

/// What [`pack`] made bytes of; none where it made them of nothing.
fn unpack(at: i64, mut bytes: &[u8]) -> Option<Vec<Telling>> {
    let mut told = Vec::new();
    let mut wording: i64 = 0;
    while !bytes.is_empty() {
        wording = wording.wrapping_add(pull(&mut bytes)?);
        let (given, rest) = bytes.split_first()?;
        bytes = rest;
        let mut last = at;
        let mut time = |flag| -> Option<Option<i64>> {
            if given & flag == 0 {
                return Some(None);
            }
            last = last.wrapping_sub(pull(&mut bytes)?);
            Some(Some(last))
        };
        let (earliest, latest, published) = (time(EARLIEST)?, time(LATEST)?, time(PUBLISHED)?);
        let updated = time(UPDATED)?.or(published)?;
        told.push(Telling { wording, earliest, latest, published, updated });
    }
    Some(told)
}

/// Seven bits a byte, the lowest first; the sign is the lowest bit.
fn push(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = (number << 1 ^ number >> 63).cast_unsigned();
    loop {
        let [low, ..] = rest.to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            return bytes.push(low & 0x7f);
        }
        bytes.push(low | 0x80);
    }
}

fn pull(bytes: &mut &[u8]) -> Option<i64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn telling() -> impl Strategy<Value = Telling> {
        let time = || prop_oneof![Just(None), any::<i64>().prop_map(Some)];
        (any::<i64>(), time(), time(), time(), any::<i64>()).prop_map(
            |(wording, earliest, latest, published, updated)| Telling {
                wording,
                earliest,
                latest,
                published,
                updated,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out(at: i64, told in proptest::collection::vec(telling(), 0..9)) {
            prop_assert_eq!(unpack(at, &pack(at, &told)), Some(told));
        }

        #[test]
        fn no_bytes_stop_it(at: i64, bytes: Vec<u8>) {
            let _ = unpack(at, &bytes);
        }
    }

    #[test]
    fn an_item_of_the_last_hour_takes_few_bytes() {
        let at = 1_770_000_000;
        let telling = |wording| Telling {
            wording,
            earliest: Some(at - 2_459),
            latest: Some(at - 2_400),
            published: Some(at - 2_403),
            updated: at - 2_403,
        };
        assert_eq!(pack(at, &[telling(40_000), telling(39_990)]).len(), 3 + 5 + 1 + 5);
    }
}
