//! What the times of a record tell, and what stands beside them.

use super::signals::words;
use crate::page::tree::{Kind, Tree};
use crate::wire::beside::{self, Kind as Beside};
use crate::wire::clock::Clock;
use crate::wire::day::Day;
use crate::wire::glue;
use crate::wire::item::Item;
use crate::wire::stamp::{self, Stamp, Time};

/// Takes what a time and what stands beside it tell of an item.
pub(super) fn take_parts<'p>(item: &mut Item<'p>, tree: &'p Tree, at: u32) {
    let parts = beside::parts(tree.text(at), tree.node(at).line).unwrap_or_default();
    item.section = item.section.or_else(|| beside::label(&parts));
    item.credits.extend(beside::credited(&parts));
    for part in parts {
        if let Beside::Stamp(stamp) | Beside::Short(stamp) = part.kind {
            take_stamp(item, stamp);
        }
    }
    take_machine(item, tree, at);
}

/// Takes the times that markup tells machines.
pub(super) fn take_machine(item: &mut Item<'_>, tree: &Tree, at: u32) {
    const MOST: usize = 8;
    for kind in [Kind::Time, Kind::Published, Kind::Hint] {
        let found = tree.values(at, kind).filter_map(|(_, value)| stamp::machine(value)).map(Time::from);
        for time in found.take(MOST) {
            if item.machine.len() < MOST && !item.machine.contains(&time) {
                item.machine.push(time);
            }
        }
    }
}

/// Of several times the first one that tells of the publication counts; a day and a time of day that stand apart are
/// one, and of two that each tell all the more exact one counts.
fn take_stamp<'p>(item: &mut Item<'p>, stamp: Stamp<'p>) {
    if stamp.modified {
        item.modified.get_or_insert(stamp);
        return;
    }
    let Some(first) = &mut item.stamp else {
        item.stamp = Some(stamp);
        return;
    };
    // A time of day beside an age makes it exact, or is how long a film plays.
    if first.is_clock() && stamp.is_age() {
        let clock = std::mem::replace(first, stamp);
        return item.machine.push(clock.time);
    }
    if first.is_age() && stamp.is_clock() {
        return item.machine.push(stamp.time);
    }
    if let (Time::Moment(day), Time::Moment(clock)) = (&mut first.time, stamp.time)
        && let (day_known, clock_known) = (day.day != Day::Unsaid, clock.day != Day::Unsaid)
        && day_known != clock_known
    {
        if day_known && day.clock == Clock::Unsaid {
            day.clock = clock.clock;
        } else if clock_known && clock.clock == Clock::Unsaid {
            day.day = clock.day;
        }
    }
}

/// A time at one end of the headline or the text, where none stands alone.
pub(super) fn glued(item: &mut Item<'_>) {
    let apart = |_: &str| false;
    if let Some(text) = item.headline {
        if let Some((stamp, rest, _)) =
            glue::leading(text, item.line, apart).filter(|(_, rest, _)| words(rest) >= 2)
        {
            (item.stamp, item.headline) = (Some(stamp), Some(rest));
        } else if let Some((rest, stamp)) =
            glue::trailing(text, item.line, apart).filter(|(rest, _)| words(rest) >= 2)
        {
            (item.stamp, item.headline) = (Some(stamp), Some(rest));
        }
    }
    if item.stamp.is_some() {
        return;
    }
    if let Some(last) = item.paragraphs.last_mut()
        && let Some((rest, stamp)) = glue::trailing(last.text, item.line, apart)
    {
        last.text = rest;
        item.stamp = Some(stamp);
    } else if let Some(first) = item.paragraphs.first_mut()
        && let Some((stamp, rest, _)) = glue::leading(first.text, item.line, apart)
    {
        first.text = rest;
        item.stamp = Some(stamp);
    }
}
