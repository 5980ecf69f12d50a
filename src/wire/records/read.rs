//! A record as an item: its headline, its time, its text, and what of it is no part of the news.

use super::around::Around;
use super::atoms::{Atom, Is};
use super::find::Record;
use super::href::is_address;
use super::signals::{Signals, words};
use super::{news, times};
use crate::page::tree::Kind;
use crate::wire::beside::{self, is_aside};
use crate::wire::dateline::{self, Before, Credit};
use crate::wire::furniture::{self, Effect};
use crate::wire::item::{Item, Paragraph};
use crate::wire::stamp;

/// A record that is being read.
pub(super) struct Reader<'s, 'p> {
    pub(super) signals: &'s Signals<'p>,
    pub(super) around: &'s Around<'p>,
    pub(super) record: &'s Record,
}

impl<'p> Reader<'_, 'p> {
    /// The record as an item; none where it is no news by itself.
    pub(super) fn item(&self) -> Option<Item<'p>> {
        let atoms = self.atoms();
        let (mut item, title) = self.headed(&atoms)?;
        self.times(&atoms, &mut item);
        self.text(&atoms, title, &mut item);
        if item.stamp.is_none() {
            times::glued(&mut item);
        }
        take_dateline(&mut item);
        if let (Some(stamp), Some(day)) = (&mut item.stamp, self.around.day(self.record)) {
            stamp.time = stamp.time.on(day);
        }
        if let (Some(stamp), Some(year)) = (&mut item.stamp, self.around.year(self.record)) {
            stamp.time = stamp.time.in_year(year);
        }
        item.link = item.link.or_else(|| {
            let text = atoms
                .iter()
                .skip(title + 1)
                .find(|atom| atom.is != Is::Stamp && words(atom.text) >= 5)
                .map(|atom| atom.at);
            self.link(atoms.get(title).map_or(0, |atom| atom.at), text)
        });
        item.section = item.section.or_else(|| self.around.section(self.record));
        for (first, end) in &self.record.parts {
            let mut at = *first;
            while at < *end {
                times::take_machine(&mut item, self.signals.tree, at);
                at = self.signals.tree.node(at).end.max(at + 1);
            }
        }
        // Many times of day are a timetable.
        const MOST_CLOCKS: usize = 3;
        let clocks = atoms
            .iter()
            .filter(|atom| {
                atom.is == Is::Stamp && stamp::split(atom.text, 0).is_some_and(|(stamp, _)| stamp.is_clock())
            })
            .count();
        if clocks > MOST_CLOCKS {
            return None;
        }
        let said = item.headline.is_some() || !item.paragraphs.is_empty();
        let sold = !news::is_timed(&item) && atoms.iter().any(|atom| news::is_price(atom.text));
        let furniture = self.signals.tree.node(atoms.get(title).map_or(0, |atom| atom.at)).is_furniture();
        (said && !sold && news::is_news(self.record, &item, furniture)).then_some(item)
    }

    /// The times of a record, with the labels and bylines beside them.
    fn times(&self, atoms: &[Atom<'p>], item: &mut Item<'p>) {
        for atom in atoms.iter().filter(|atom| atom.is == Is::Stamp) {
            times::take_parts(item, self.signals.tree, atom.at);
        }
    }

    /// The texts and the labels of a record.
    fn text(&self, atoms: &[Atom<'p>], title: usize, item: &mut Item<'p>) {
        for (at, atom) in atoms.iter().enumerate().filter(|(at, atom)| *at != title && atom.is != Is::Stamp) {
            if is_aside(atom.text)
                || furniture::effect(atom.text).is_some()
                || item.headline == Some(atom.text)
            {
                continue;
            }
            if let Some(credits) = beside::credits(atom.text) {
                item.credits.extend(credits);
                continue;
            }
            let label = atom.is != Is::Paragraph && is_label(atom.text);
            if label && !atom.text.contains(char::is_alphabetic) {
                continue;
            }
            if label {
                let beside_time = [at.checked_sub(1), Some(at + 1)]
                    .into_iter()
                    .flatten()
                    .any(|next| atoms.get(next).is_some_and(|next| next.is == Is::Stamp));
                let first = item.section.is_none()
                    && (at < title || beside_time || (at == title + 1 && item.paragraphs.is_empty()));
                if first {
                    item.section = Some(atom.text.trim_end_matches([':', '|', '·', '•', ' ']));
                }
            } else if at > title || words(atom.text) >= 8 {
                let subhead = atom.is == Is::Heading;
                let lines = self.lines(atom).into_iter();
                item.paragraphs.extend(lines.map(|text| Paragraph { text, subhead }));
            }
        }
    }

    /// The lines of a text: of one with line breaks in it each by itself.
    fn lines(&self, atom: &Atom<'p>) -> Vec<&'p str> {
        let tree = self.signals.tree;
        let breaks: Vec<u32> = tree.children(atom.at).filter(|at| tree.node(*at).name() == "br").collect();
        if breaks.is_empty() {
            return vec![self.without_more(atom)];
        }
        let ends = breaks.iter().copied().chain([tree.node(atom.at).end]);
        let starts = [atom.at + 1].into_iter().chain(breaks.iter().map(|at| at + 1));
        let lines =
            starts.zip(ends).map(|(first, end)| if end > first { tree.between(first, end) } else { "" });
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// A text without the link at its end that leads to all of it.
    fn without_more(&self, atom: &Atom<'p>) -> &'p str {
        let tree = self.signals.tree;
        let node = tree.node(atom.at);
        let last =
            (atom.at..node.end).rev().filter(|at| self.signals.link(*at) == Some(*at)).find_map(|at| {
                let rest = atom.text.strip_suffix(tree.text(at))?;
                let more = tree.text(at).trim_matches(['[', ']', '(', ')', '.', '…', '›', '»', '>', ' ']);
                (is_aside(more) || furniture::effect(more).is_some()).then_some(rest.trim_end())
            });
        last.unwrap_or(atom.text)
    }

    /// Where a record leads whose headline leads nowhere: where its time does, to the only place that it has links to,
    /// else where a link without words of its own leads.
    fn link(&self, title: u32, text: Option<u32>) -> Option<&'p str> {
        let (signals, tree) = (self.signals, self.signals.tree);
        let around = signals.link(self.record.first());
        let parts = self.record.parts.iter().flat_map(|(first, end)| *first..*end);
        let links = around.into_iter().chain(parts).filter_map(|at| Some((at, tree.value(at, Kind::Link)?)));
        // A link inside running text leads to what the text speaks of.
        let apart = |at: u32| {
            signals.is_alone(at)
                || tree.text(at).is_empty()
                || furniture::effect(tree.text(at)) == Some(Effect::More)
                || is_aside(tree.text(at))
                || !self.in_paragraph(at)
        };
        let links: Vec<(u32, &'p str)> =
            links.filter(|(at, href)| is_address(href) && apart(*at)).take(64).collect();
        let (_, first) = links.first()?;
        // A few words in front of the text name a rubric or a person; behind it they lead on.
        let text = text.unwrap_or(u32::MAX);
        let label = |at: u32| {
            at < text.max(title)
                && is_label(tree.text(at))
                && tree.text(at).contains(char::is_alphabetic)
                && !is_aside(tree.text(at))
                && furniture::effect(tree.text(at)).is_none()
        };
        if links.iter().all(|(_, href)| href == first) && !links.iter().all(|(at, _)| label(*at)) {
            return Some(first);
        }
        let timed = |(at, _): &&(u32, &str)| {
            signals.stamps_in(*at, tree.node(*at).end).iter().any(|stamp| tree.text(*stamp) == tree.text(*at))
        };
        let permalink = links.iter().find(|pair| {
            timed(pair) || signals.is_stamp(tree.node(pair.0).parent) && signals.is_clock_in(pair.0)
        });
        let wordless = |(at, _): &&(u32, &str)| {
            let text = tree.text(*at);
            text.is_empty() || is_aside(text) || furniture::effect(text) == Some(Effect::More)
        };
        let near = |(_, href): &&(u32, &str)| !href.contains("://") && !href.starts_with("//");
        let plain = links.iter().filter(wordless);
        permalink.or_else(|| plain.clone().find(near)).or_else(|| plain.clone().next()).map(|(_, href)| *href)
    }
}

/// Takes the dateline out of the headline or the first paragraph; its agencies are not told again as credits.
fn take_dateline<'p>(item: &mut Item<'p>) {
    let sure = |found: &(dateline::Dateline<'p>, &'p str)| !found.0.agencies.is_empty();
    if let Some((dateline, body)) =
        item.headline.and_then(|text| dateline::split(text, Before::Other)).filter(sure)
    {
        item.headline = None;
        item.dateline = Some(dateline);
        item.paragraphs.insert(0, Paragraph { text: body, subhead: false });
    } else if let Some(first) = item.paragraphs.first_mut()
        && let Some((dateline, body)) = dateline::split(first.text, Before::Age)
    {
        item.dateline = Some(dateline);
        first.text = body;
    }
    item.paragraphs.retain(|paragraph| !paragraph.text.is_empty());
    let known: Vec<Credit<'p>> =
        item.dateline.iter().flat_map(|dateline| dateline.agencies.clone()).collect();
    item.credits.retain(|credit| known.iter().all(|known| known.name() != credit.name()));
}

/// No label has more words, or is longer in bytes.
const LABEL_WORDS: usize = 4;
const LONGEST_LABEL: usize = 40;

/// Whether a text is a few words such as name a section or a place, and no headline.
pub(super) fn is_label(text: &str) -> bool {
    text.len() <= LONGEST_LABEL
        && !text.contains('(')
        && words(text) <= LABEL_WORDS
        && !text.ends_with(['.', '!', '?', '…', '\'', '"', '’', '”'])
}
