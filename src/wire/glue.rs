//! Stamps at the ends of a text and inside it: set apart from what stands beside them, or glued to it.

use super::age;
use super::beside::{self, Kind};
use super::dateline::{self, Before};
use super::headline::is_short;
use super::stamp::{self, Stamp, Time};
use crate::page::Block;

/// A text that is a stamp and nothing else, in brackets or set apart.
pub(super) fn whole_stamp(text: &str, line: u32) -> Option<Stamp<'_>> {
    let bare = trim_separator(text).trim_start_matches('(').trim_end_matches([' ', ')', '|', '·', '•']);
    let whole = stamp::split(bare, line).filter(|(_, rest)| rest.is_empty()).map(|(stamp, _)| stamp);
    whole.or_else(|| {
        beside::parts(text, line).filter(|parts| parts.len() == 1)?.into_iter().find_map(beside::Part::stamp)
    })
}

/// The stamp of a line that holds but one, and else only what stands beside stamps: `Sport | 13:20`, `[13:20]`. A name
/// that is no section's may stand behind an age alone: with anything else it is a headline.
fn alone(text: &str, line: u32) -> Option<Stamp<'_>> {
    let parts = beside::parts(text, line)?;
    let aged = matches!(&parts.first()?.kind, Kind::Stamp(stamp) if stamp.is_age());
    let named = parts.iter().any(is_unknown);
    let mut stamps = parts.into_iter().filter_map(beside::Part::stamp);
    stamps.next().filter(|_| stamps.next().is_none() && (aged || !named))
}

/// The first of the stamps that stand on a line behind what stands beside them: `Door ANP - 10-2-2026, 9:23`.
fn behind_words(text: &str, line: u32) -> Option<(Stamp<'_>, &str, bool)> {
    let parts = beside::parts(text, line).filter(|parts| !parts.iter().any(is_unknown))?;
    let stamp = parts.into_iter().find_map(beside::Part::stamp)?;
    Some((stamp, "", false))
}

fn is_unknown(part: &beside::Part<'_>) -> bool {
    matches!(part.kind, Kind::Label { known: false, .. })
}

/// A stamp at the front: the whole line, glued to the text behind it, or set apart from it by markup or a dateline.
pub(super) fn leading(text: &str, line: u32, seam: impl Fn(&str) -> bool) -> Option<(Stamp<'_>, &str, bool)> {
    if let Some(stamp) = alone(text, line) {
        return Some((stamp, "", false));
    }
    let Some((stamp, rest)) = stamp::split(text, line) else {
        return behind_words(text, line).or_else(|| unread(text, line));
    };
    let rest = if rest == "." { "" } else { rest };
    if rest.is_empty() {
        return Some((stamp, rest, false));
    }
    if begins_text(rest) {
        return Some((stamp, rest, true));
    }
    let apart = trim_separator(rest);
    let separated = apart.len() < rest.len();
    let clock = !stamp.is_bare_date() && !stamp.is_age() && begins_text(apart) && !is_sentence(apart);
    let fits = apart.is_empty()
        || seam(rest)
        || seam(apart)
        || stamp::split(apart, line).is_some_and(|(next, rest)| next.modified || rest.is_empty())
        || dateline::split(apart, Before::Age).is_some()
        || clock;
    (separated && fits).then_some((stamp, apart, false))
}

/// What has the form of a stamp and says nothing that is understood: the whole line, or an age that is glued to
/// the text behind it.
fn unread(text: &str, line: u32) -> Option<(Stamp<'_>, &str, bool)> {
    const AGO: &[u8] = b"geleden";
    let stamp = |printed| Stamp::new(printed, Time::Unread, line);
    if stamp::looks_like(text) {
        return Some((stamp(text), "", false));
    }
    if !stamp::may_begin(text) {
        return None;
    }
    let head = &text.as_bytes()[..text.len().min(LONGEST_STAMP)];
    let end = memchr::memmem::find(head, AGO)? + AGO.len();
    let (printed, rest) = text.split_at_checked(end)?;
    (begins_text(rest) && age::looks_like(printed)).then_some((stamp(printed), rest, true))
}

/// `14:05 Brand in Urk` is a headline with its time; `14:05 Uur was het.` is not.
fn is_sentence(text: &str) -> bool {
    !is_short(text)
}

/// Whether a text glued behind a stamp begins as texts do.
fn begins_text(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '\'' | '‘' | '’' | '"' | '“' | '„' | '”' | '«' | '(' | '#' | '€')
    })
}

pub(super) fn trim_separator(text: &str) -> &str {
    text.trim_start_matches([' ', '|', '·', '•', '-', '–', '—', ':', ','])
}

/// How far a stamp reaches back from its end, in bytes.
const LONGEST_STAMP: usize = 64;

/// Finds the stamps inside a line that have the next text glued to them. Remembers what each search found,
/// so that no byte is searched twice.
pub(super) struct Glue<'p, 'b> {
    block: &'b Block<'p>,
    text: &'p str,
    found: [Search; FINDERS.len()],
}

/// From an offset in a text, the next stamp: where it begins and ends.
type Finder = fn(&Block<'_>, &str, usize) -> Option<(usize, usize)>;

const FINDERS: [Finder; 2] = [by_age, by_clock];

#[derive(Clone, Copy)]
enum Search {
    Due,
    Found(usize, usize),
    Over,
}

impl<'p, 'b> Glue<'p, 'b> {
    pub(super) fn new(block: &'b Block<'p>, text: &'p str) -> Self {
        Self { block, text, found: [Search::Due; FINDERS.len()] }
    }

    /// The first glued stamp at or behind `from`.
    pub(super) fn next(&mut self, from: usize) -> Option<(usize, Stamp<'p>, usize)> {
        for (search, finder) in self.found.iter_mut().zip(FINDERS) {
            let due = match *search {
                Search::Due => true,
                Search::Found(start, _) => start < from,
                Search::Over => false,
            };
            if due {
                *search = finder(self.block, self.text, from)
                    .map_or(Search::Over, |(start, end)| Search::Found(start, end));
            }
        }
        let found = self.found.iter().filter_map(|search| match search {
            Search::Found(start, end) => Some((*start, *end)),
            Search::Due | Search::Over => None,
        });
        let (start, end) = found.min()?;
        let (stamp, _) = stamp::split(&self.text[start..], self.block.line)?;
        Some((start, stamp, end))
    }
}

/// `… zijn gang.12 minuten geledenTEHERAN`: an age behind a sentence, or in an element of its own.
fn by_age(block: &Block<'_>, text: &str, from: usize) -> Option<(usize, usize)> {
    // `ago` and `geleden` have no common letter at their end; `terug` is a word of its own too often.
    memchr::memmem::find_iter(&text.as_bytes()[from..], b"geleden").find_map(|at| {
        let end = from + at + b"geleden".len();
        let glued = text.get(end..).is_some_and(begins_text);
        let apart = |before: &str, behind: &str| {
            before.trim_end().ends_with(is_sentence_end) || block.is_seam(behind)
        };
        glued.then(|| starting_before(text, from, end, apart)).flatten()
    })
}

/// `Kop 16 jan 2026 - 01:25Het ministerie`: a date and a time.
fn by_clock(_: &Block<'_>, text: &str, from: usize) -> Option<(usize, usize)> {
    memchr::memchr_iter(b':', &text.as_bytes()[from..]).find_map(|at| {
        let end = from + at + 3;
        let minutes = text.as_bytes().get(end - 2..end).is_some_and(|two| two.iter().all(u8::is_ascii_digit));
        let glued = minutes && text.get(end..).is_some_and(begins_text);
        let dated = |before: &str, _: &str| before.ends_with(' ');
        let found = glued.then(|| starting_before(text, from, end, dated)).flatten();
        found
            .filter(|(start, _)| stamp::split(&text[*start..], 0).is_some_and(|(stamp, _)| !stamp.is_clock()))
    })
}

/// The longest stamp that ends at `end` and has before it what `apart` asks for.
fn starting_before(
    text: &str,
    from: usize,
    end: usize,
    apart: impl Fn(&str, &str) -> bool,
) -> Option<(usize, usize)> {
    let first = end.saturating_sub(LONGEST_STAMP).max(from);
    (first + 1..end).find_map(|start| {
        let (before, behind) = text[from..].split_at_checked(start - from)?;
        let ends_here = |(_, rest): (Stamp<'_>, &str)| text.len() - rest.len() == end;
        (apart(before, behind) && stamp::split(behind, 0).is_some_and(ends_here)).then_some((start, end))
    })
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | '“' | '»' | ')')
}

/// A stamp at the end: in an inline element of its own, or behind a sentence and without a full stop.
pub(super) fn trailing(text: &str, line: u32, seam: impl Fn(&str) -> bool) -> Option<(&str, Stamp<'_>)> {
    let last = text.chars().next_back()?;
    if !(last.is_ascii_digit() || last.is_alphabetic()) {
        return None;
    }
    let first = text.len().saturating_sub(LONGEST_STAMP);
    let mut ends: Vec<_> = text.char_indices().rev().take_while(|(at, _)| *at >= first).collect();
    ends.reverse();
    for (at, c) in ends {
        let behind = &text[at + c.len_utf8()..];
        let start = behind.trim_start_matches(' ');
        let apart = seam(start) || seam(behind) || (is_sentence_end(c) && !c.is_alphanumeric());
        if apart && let Some((stamp, "")) = stamp::split(trim_separator(start), line) {
            return Some((text[..at + c.len_utf8()].trim_end_matches([' ', '|', '·', '•', '-', '–']), stamp));
        }
    }
    None
}
