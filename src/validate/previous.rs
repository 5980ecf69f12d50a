//! A feed against the one that it replaces.

use std::collections::HashMap;

use super::facts::{Entry, Facts};
use super::finding::{Findings, Tell};
use super::rules::previous as rules;
use super::{MAX_VANISHED, Options};
use crate::xml::Span;

/// Tells what moved, what is gone, and what was rewritten for nothing.
pub(super) fn judge(
    new: &Facts<'_>,
    old: &Facts<'_>,
    same_bytes: bool,
    options: &Options,
    findings: &mut Findings,
) {
    if same_bytes {
        return;
    }
    let by_id = index(old, |entry| entry.id.as_ref().map(|(id, _)| id.trim().to_owned()));
    let by_words =
        index(old, |entry| entry.has_words.then(|| format!("{:x} {:?}", entry.digest(), entry.link)));
    let ids: HashMap<_, _> = index(new, |entry| entry.id.as_ref().map(|(id, _)| id.trim().to_owned()));
    let mut same = new.count() == old.count() && new.updated == old.updated;
    for entry in &new.entries {
        let id = entry.id.as_ref().map(|(id, _)| id.trim());
        let before = id.and_then(|id| by_id.get(id).copied());
        if let Some(before) = before {
            same &= judge_entry(entry, before, findings);
        } else {
            same = false;
            let key = format!("{:x} {:?}", entry.digest(), entry.link);
            let twin = by_words.get(&key).filter(|_| entry.has_words);
            // The text moved on under another id: its old one must be gone, or it is a second entry.
            let moved =
                twin.and_then(|twin| twin.id.as_ref()).filter(|(old, _)| !ids.contains_key(old.trim()));
            if let Some((old, _)) = moved {
                let at = entry.id.as_ref().map_or(entry.at, |(_, at)| *at);
                Tell::at(findings, at).say(&rules::ID_MOVED, &format!("it was {old}"));
            }
        }
    }
    judge_vanished(new, &by_id, &ids, options, findings);
    if same {
        Tell::at(findings, new.at).say(&rules::UNCHANGED_BUT_REWRITTEN, "");
    }
}

type Ids<'f, 'a> = HashMap<String, &'f Entry<'a>>;

fn index<'f, 'a>(facts: &'f Facts<'a>, key: impl Fn(&Entry<'a>) -> Option<String>) -> Ids<'f, 'a> {
    facts.entries.iter().rev().filter_map(|entry| Some((key(entry)?, entry))).collect()
}

/// Compares an entry with itself before; whether nothing of it changed.
fn judge_entry(entry: &Entry<'_>, before: &Entry<'_>, findings: &mut Findings) -> bool {
    let same_words = entry.digest() == before.digest();
    let time = |found: Option<(i64, Span)>| found.map(|(time, _)| time);
    let moved = time(entry.published) != time(before.published);
    let touched = time(entry.updated) != time(before.updated);
    let place = |found: Option<(i64, Span)>| found.map_or(entry.at, |(_, at)| at);
    if same_words && moved && before.published.is_some() {
        Tell::at(findings, place(entry.published)).say(&rules::DATE_MOVED, "");
    }
    if same_words && touched && !moved && before.updated.is_some() {
        Tell::at(findings, place(entry.updated)).say(&rules::UPDATED_WITHOUT_CHANGE, "");
    }
    if !same_words && !touched && entry.updated.is_some() {
        Tell::at(findings, place(entry.updated)).say(&rules::CHANGE_WITHOUT_UPDATED, "");
    }
    same_words && !moved && !touched
}

fn judge_vanished(
    new: &Facts<'_>,
    old: &Ids<'_, '_>,
    ids: &Ids<'_, '_>,
    options: &Options,
    findings: &mut Findings,
) {
    let gone = old.keys().filter(|id| !ids.contains_key(*id)).count();
    let most = usize::from(options.max_vanished.unwrap_or(MAX_VANISHED));
    if gone > 0 && gone * 100 > old.len() * most {
        let detail = format!("{gone} of {}; at most {most}% may be", old.len());
        Tell::at(findings, new.at).say(&rules::IDS_VANISHED, &detail);
    }
}
