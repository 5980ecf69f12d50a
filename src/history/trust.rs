//! Which captures came from a cache.
//!
//! A text that is younger on a page than another page allows speaks against one of two things: the page is an old one,
//! or the site dated that story anew. On an old page everything is as much too young; where more of its narrow times
//! agree with other pages than not, the page is fresh, and the story was dated anew.

use std::collections::BTreeSet;

use super::Error;
use super::capture::{Capture, Moment, Telling};
use super::store::Store;

/// `capture.stale`: nothing on the page speaks against it.
pub(super) const FRESH: i64 = 0;
/// It came from a cache.
pub(super) const CACHED: i64 = 1;
/// It is fresh; some story on it was dated anew.
pub(super) const DATED_ANEW: i64 = 2;

/// Other pages speak for or against one if they are so near to it, in seconds.
const NEARBY: i64 = 3 * 60 * 60;

/// Judges the captures that a new one makes doubtful: it gives some text an age that is younger than the others allow,
/// or allows less than they did. The entries that saw those of which the judgement changed.
pub(super) fn suspect(store: &mut Store<'_>, new: Moment, wordings: &[i64]) -> Result<Vec<i64>, Error> {
    let mut suspects = BTreeSet::new();
    for wording in wordings {
        let seen = store.sightings(*wording)?;
        let Some((_, told)) = seen.iter().find(|(moment, _)| *moment == new) else { continue };
        let others = seen.iter().filter(|(moment, _)| *moment != new);
        let Some(allowed) = others.clone().filter_map(|(_, told)| told.latest).min() else { continue };
        if told.earliest.is_some_and(|from| from > allowed) {
            suspects.insert(new);
        }
        if let Some(to) = told.latest.filter(|to| *to < allowed) {
            let younger = others.filter(|(_, told)| told.earliest.is_some_and(|from| from > to));
            suspects.extend(younger.map(|(moment, _)| *moment));
        }
    }
    judge_all(store, suspects)
}

/// Judges the doubtful captures around a span of time again, now that all of it is there; the entries that saw those
/// of which the judgement changed.
pub(super) fn settle(store: &mut Store<'_>, from: i64, to: i64) -> Result<Vec<i64>, Error> {
    let doubtful = store.doubtful(from - 2 * NEARBY, to + 2 * NEARBY)?;
    judge_all(store, doubtful)
}

fn judge_all(store: &mut Store<'_>, moments: impl IntoIterator<Item = Moment>) -> Result<Vec<i64>, Error> {
    let mut entries = Vec::new();
    for moment in moments {
        let Some(capture) = store.capture(moment).cloned() else { continue };
        let stale = judge(store, moment, &capture.told)?;
        if stale != capture.stale {
            for told in &capture.told {
                entries.push(store.owner(told.wording)?);
            }
            store.put(moment, Capture { stale, ..capture });
        }
    }
    Ok(entries)
}

/// What one telling of a page says of the page.
struct Witness {
    /// By how much the text is younger than another page allows, in seconds.
    shift: i64,
    /// The first and the last second that the page allows.
    window: (i64, i64),
    seen: Vec<(Moment, Telling)>,
}

/// A function of what all captures say, whatever the order in which they came.
fn judge(store: &mut Store<'_>, moment: Moment, told: &[Telling]) -> Result<i64, Error> {
    let mut witnesses = Vec::new();
    for (wording, window) in told.iter().filter_map(|told| Some((told.wording, told.window()?))) {
        let seen = store.sightings(wording)?;
        let shift = window.0 - latest(&seen).unwrap_or(window.1);
        witnesses.push(Witness { shift, window, seen });
    }
    let against = witnesses.iter().filter(|witness| witness.shift > 0).count();
    let width = witnesses.iter().map(|witness| witness.shift).fold(0, i64::max);
    let agreeing = witnesses.iter().filter(|witness| witness.shift <= 0 && witness.agrees(moment, width));
    Ok(match against {
        0 => FRESH,
        against if against < agreeing.count() => DATED_ANEW,
        _ => CACHED,
    })
}

impl Witness {
    /// Whether another page nearby gives the text a time that goes with what this page says, both told within `width`.
    fn agrees(&self, moment: Moment, width: i64) -> bool {
        let (earliest, latest) = self.window;
        latest - earliest <= width
            && self.seen.iter().any(|(other, told)| {
                *other != moment
                    && (other.0 - moment.0).abs() <= NEARBY
                    && told
                        .window()
                        .is_some_and(|(from, to)| from <= latest && to >= earliest && to - from <= width)
            })
    }
}

/// The last second that all pages allow.
fn latest(seen: &[(Moment, Telling)]) -> Option<i64> {
    seen.iter().filter_map(|(_, told)| told.latest).min()
}
