//! Which captures came from a cache.
//!
//! A text that is younger on a page than another page allows speaks against one of two things: the page is an old one,
//! or the site dated that story anew. On an old page everything is as much too young; where more of its narrow times
//! agree with other pages than not, the page is fresh, and the story was dated anew.

use rusqlite::{Connection, params};

use super::Error;

/// `capture.stale`: nothing on the page speaks against it.
pub(super) const FRESH: i64 = 0;
/// It came from a cache.
pub(super) const CACHED: i64 = 1;
/// It is fresh; some story on it was dated anew.
pub(super) const DATED_ANEW: i64 = 2;

/// Other pages speak for or against one if they are so near to it, in seconds.
const NEARBY: i64 = 3 * 60 * 60;

/// Judges the captures in which a text is younger than another capture allows; the entries that saw those of which
/// the judgement changed.
pub(super) fn suspect(db: &Connection, wording: i64) -> Result<Vec<i64>, Error> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT capture FROM sighting
         WHERE wording = ?1 AND earliest > (SELECT min(latest) FROM sighting WHERE wording = ?1)",
    )?;
    let captures: Vec<i64> = query.query_map([wording], |row| row.get(0))?.collect::<Result<_, _>>()?;
    judge_all(db, captures)
}

/// Judges the doubtful captures around a span of time again, now that all of it is there; the entries that saw those
/// of which the judgement changed.
pub(super) fn settle(db: &Connection, from: i64, to: i64) -> Result<Vec<i64>, Error> {
    let mut query = db.prepare_cached(
        "SELECT id FROM capture WHERE at BETWEEN ?1 AND ?2 AND stale <> 0 ORDER BY at, digest",
    )?;
    let doubtful = query.query_map([from - 2 * NEARBY, to + 2 * NEARBY], |row| row.get(0))?;
    let doubtful: Vec<i64> = doubtful.collect::<Result<_, _>>()?;
    judge_all(db, doubtful)
}

fn judge_all(db: &Connection, captures: Vec<i64>) -> Result<Vec<i64>, Error> {
    let mut entries = Vec::new();
    for capture in captures {
        let judgement = judge(db, capture)?;
        let changed = db
            .prepare_cached("UPDATE capture SET stale = ?2 WHERE id = ?1 AND stale <> ?2")?
            .execute([capture, judgement])?;
        if changed > 0 {
            let mut query = db.prepare_cached(
                "SELECT entry FROM sighting JOIN wording ON wording.id = wording WHERE capture = ?1",
            )?;
            let seen: Vec<i64> = query.query_map([capture], |row| row.get(0))?.collect::<Result<_, _>>()?;
            entries.extend(seen);
        }
    }
    Ok(entries)
}

/// A function of what all captures say, whatever the order in which they came.
fn judge(db: &Connection, capture: i64) -> Result<i64, Error> {
    let mut query = db.prepare_cached(
        "SELECT wording, at, earliest, latest,
           earliest - (SELECT min(latest) FROM sighting AS other WHERE other.wording = sighting.wording) AS shift
         FROM sighting WHERE capture = ?1 AND earliest IS NOT NULL ORDER BY shift DESC",
    )?;
    let mut rows = query.query([capture])?;
    let (mut against, mut agreeing, mut largest) = (0, 0, 0);
    while let Some(row) = rows.next()? {
        let (wording, at, earliest, latest): (i64, i64, i64, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let shift: i64 = row.get(4)?;
        if shift > 0 {
            against += 1;
            largest = largest.max(shift);
        } else if latest - earliest <= largest
            && agrees(db, capture, (wording, at, earliest, latest), largest)?
        {
            agreeing += 1;
        }
    }
    Ok(match against {
        0 => FRESH,
        against if against < agreeing => DATED_ANEW,
        _ => CACHED,
    })
}

/// Whether another page nearby gives a text a time that goes with what this page says, both told within `width`.
fn agrees(
    db: &Connection,
    capture: i64,
    (wording, at, earliest, latest): (i64, i64, i64, i64),
    width: i64,
) -> Result<bool, Error> {
    let mut query = db.prepare_cached(
        "SELECT 1 FROM sighting WHERE wording = ?1 AND at BETWEEN ?2 AND ?3 AND capture <> ?4
         AND earliest <= ?5 AND latest >= ?6 AND latest - earliest <= ?7",
    )?;
    Ok(query.exists(params![wording, at - NEARBY, at + NEARBY, capture, latest, earliest, width])?)
}
