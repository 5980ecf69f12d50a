//! A record as an item: its headline, its time, its text, and what of it is no part of the news.

use std::collections::{HashMap, HashSet};

use super::around::{self, Around};
use super::find::Record;
use super::signals::{Signals, Unit, words};
use crate::page::Page;
use crate::page::tree::{Kind, Tree};
use crate::wire::beside::{self, Part};
use crate::wire::dateline::{self, Before, Credit};
use crate::wire::day::Day;
use crate::wire::item::{Item, Paragraph};
use crate::wire::stamp::{self, Stamp, Time};
use crate::wire::furniture::{self, Effect};
use crate::wire::{glue, headline, sentence};

/// The items of records, in the page's order. Records that are no news by any reading make none.
pub(super) fn items<'p>(page: &Page, signals: &Signals<'p>, records: &[Record], around: &Around<'p>, led: bool) -> Vec<Item<'p>> {
    let read = records.iter().filter_map(|record| Some((record, Reader { signals, around, record }.item()?)));
    let mut read: Vec<_> = read.collect();
    let timed = read.iter().any(|(_, item)| is_timed(item));
    let lists = lists(&read);
    let timed = timed || !signals.stamps.is_empty();
    // Below an article stand comments: a name, a time, a text that leads nowhere.
    read.retain(|(record, item)| !led || record.unit != Unit::Stamp || item.link.is_some() || item.dateline.is_some());
    let own = own_host(page, &read);
    read.retain(|(_, item)| is_timed(item) || own.is_none_or(|own| host(item).is_none_or(|host| host == own)));
    unnumber(&mut read);
    disbelieve(&mut read);
    read.retain(|(record, item)| is_timed(item) || speaks(record, item, &lists, timed));
    read.into_iter().map(|(_, item)| item).collect()
}

/// The host to which most records lead, where nearly all of them do: those that lead elsewhere and tell no time are not
/// the site's news. Empty where addresses name no host.
fn own_host<'p>(page: &'p Page, read: &[(&Record, Item<'p>)]) -> Option<&'p str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let said = page.link.as_deref().and_then(host_of);
    let hosts = read.iter().filter(|(_, item)| item.link.is_some()).map(|(_, item)| host(item).or(said).unwrap_or_default());
    let mut all = 0;
    for host in hosts {
        all += 1;
        *counts.entry(host).or_default() += 1;
    }
    let (host, count) = counts.into_iter().max_by_key(|(host, count)| (*count, std::cmp::Reverse(*host)))?;
    (count * 5 >= all * 4 && !host.is_empty() || (host.is_empty() && count * 5 >= all * 4)).then_some(host)
}

fn host<'p>(item: &Item<'p>) -> Option<&'p str> {
    item.link.and_then(host_of)
}

/// The host that an address names.
fn host_of(link: &str) -> Option<&str> {
    let (scheme, behind) = link.split_once("//")?;
    (scheme.is_empty() || scheme.ends_with(':')).then(|| behind.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Forgets a time for machines that stands on many records whose prints differ: when the page was made.
fn disbelieve(read: &mut [(&Record, Item<'_>)]) {
    const MANY: usize = 3;
    let mut prints: HashMap<Time, HashSet<&str>> = HashMap::new();
    for (_, item) in read.iter() {
        for time in &item.machine {
            prints.entry(*time).or_default().extend(item.stamp.as_ref().map(|stamp| stamp.printed));
        }
    }
    let lies = |time: &Time| prints.get(time).is_some_and(|prints| prints.len() >= MANY);
    for (_, item) in read.iter_mut() {
        item.machine.retain(|time| !lies(time));
    }
}

/// Takes the numbers off the headlines of a list that is numbered from 1.
fn unnumber(read: &mut [(&Record, Item<'_>)]) {
    const FEWEST: usize = 3;
    let mut from = 0;
    while from < read.len() {
        let list = read[from].0.list;
        let end = (from + 1..read.len()).find(|at| read[*at].0.list != list).unwrap_or(read.len());
        let run = &mut read[from..end];
        let bare = |number: usize, text: &str| text.strip_prefix(&number.to_string()).map(|rest| text.len() - rest.trim_start_matches(['.', ')', ' ']).len()).filter(|at| text[..*at].ends_with([' ', '.', ')']));
        let numbered = list.is_some() && run.len() >= FEWEST && (1..).zip(run.iter()).all(|(number, (_, item))| item.headline.is_some_and(|text| bare(number, text).is_some()));
        if numbered {
            for (number, (_, item)) in (1..).zip(run) {
                item.headline = item.headline.map(|text| &text[bare(number, text).unwrap_or_default()..]);
            }
        }
        from = end;
    }
}

fn is_timed(item: &Item<'_>) -> bool {
    item.stamp.is_some() || !item.machine.is_empty()
}

/// Of each list its members, their words, and whether any tells a time.
fn lists(read: &[(&Record, Item<'_>)]) -> HashMap<u32, (usize, usize, bool)> {
    let mut lists = HashMap::new();
    for (record, item) in read {
        let Some(list) = record.list else { continue };
        let (members, said, timed) = lists.entry(list).or_insert((0, 0, false));
        *members += 1;
        *said += item.headline.map_or(0, words).min(12);
        *timed |= is_timed(item);
    }
    lists
}

/// Whether a record without a time is news: others of its list tell theirs, or its list is one of headlines.
fn speaks(record: &Record, item: &Item<'_>, lists: &HashMap<u32, (usize, usize, bool)>, timed: bool) -> bool {
    // Linked headings are news sooner than links.
    let fewest = if timed && record.unit == Unit::LinkedHeading { 2 } else { 3 };
    let Some((members, said, among)) = record.list.and_then(|list| lists.get(&list)) else {
        let headed = matches!(record.unit, Unit::LinkedHeading) && item.headline.is_some_and(|text| words(text) >= 3);
        return timed && item.link.is_some() && (headed || (!item.paragraphs.is_empty() && item.headline.is_some_and(|text| words(text) >= 4)));
    };
    *among || (*members >= fewest && *said >= members * 4)
}

struct Reader<'s, 'p> {
    signals: &'s Signals<'p>,
    around: &'s Around<'p>,
    record: &'s Record,
}

/// A part of a record that is one text.
#[derive(Debug, Clone, Copy)]
struct Atom<'p> {
    at: u32,
    text: &'p str,
    is: Is,
    /// Where it leads.
    link: Option<&'p str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Heading,
    /// A time and what stands beside it.
    Stamp,
    /// Running text in a paragraph.
    Paragraph,
    /// Bold.
    Strong,
    /// Any other words.
    Words,
}

/// No label has more words, or is longer in bytes.
const LABEL_WORDS: usize = 4;
const LONGEST_LABEL: usize = 40;

impl<'p> Reader<'_, 'p> {
    fn item(&self) -> Option<Item<'p>> {
        let atoms = self.atoms();
        let (mut item, title) = self.headed(&atoms)?;
        self.times(&atoms, &mut item);
        self.text(&atoms, title, &mut item);
        if item.stamp.is_none() {
            self.glued(&mut item);
        }
        self.dateline(&mut item);
        if let (Some(stamp), Some(day)) = (&mut item.stamp, self.around.day(self.record)) {
            stamp.time = around::on(stamp.time, day);
        }
        if let (Some(stamp), Some(year)) = (&mut item.stamp, self.around.year(self.record)) {
            stamp.time = around::of_year(stamp.time, year);
        }
        item.link = item.link.or_else(|| {
            let text = atoms.iter().skip(title + 1).find(|atom| atom.is != Is::Stamp && words(atom.text) >= 5).map(|atom| atom.at);
            self.link(atoms.get(title).map_or(0, |atom| atom.at), text)
        });
        item.section = item.section.or_else(|| self.around.section(self.record));
        for (first, end) in &self.record.parts {
            let mut at = *first;
            while at < *end {
                take_machine(&mut item, self.signals.tree, at);
                at = self.signals.tree.node(at).end.max(at + 1);
            }
        }
        // Many times of day are a timetable.
        const MOST_CLOCKS: usize = 3;
        let clocks = atoms.iter().filter(|atom| atom.is == Is::Stamp && stamp::split(atom.text, 0).is_some_and(|(stamp, _)| stamp.is_clock())).count();
        if clocks > MOST_CLOCKS {
            return None;
        }
        let said = item.headline.is_some() || !item.paragraphs.is_empty();
        let sold = !is_timed(&item) && atoms.iter().any(|atom| is_price(atom.text));
        let furniture = self.signals.tree.node(atoms.get(title).map_or(0, |atom| atom.at)).is_furniture();
        (said && !sold && self.is_news(&item, furniture)).then_some(item)
    }

    /// Whether a record is news: it leads to a text of its own or tells one, and its time or its list speak for it.
    fn is_news(&self, item: &Item<'p>, furniture: bool) -> bool {
        let timed = item.stamp.is_some() || !item.machine.is_empty();
        let listed = self.record.list.is_some();
        let words = item.headline.map_or(0, words);
        let tells = !item.paragraphs.is_empty();
        match self.record.unit {
            Unit::LinkedHeading => timed || (!furniture && item.link.is_some() && (tells || words >= 3)),
            // Beside news stand opening hours, the weather, a poll.
            Unit::Heading if !listed && item.link.is_none() => item.stamp.as_ref().is_some_and(|stamp| !stamp.is_clock()) && (words >= 4 || tells),
            Unit::Heading => timed || (item.link.is_some() && listed && !furniture),
            Unit::Stamp => (words >= 2 || tells) && if timed { listed || tells || item.link.is_some() } else { listed && item.link.is_some() },
            Unit::Link => (timed && (tells || words >= if listed { 2 } else { 4 })) || (listed && !furniture && words >= 4 && item.link.is_some()),
        }
    }

    fn atoms(&self) -> Vec<Atom<'p>> {
        let mut atoms = Vec::new();
        for (first, end) in &self.record.parts {
            let mut at = *first;
            while at < *end {
                at = self.atom(at, &mut atoms);
            }
        }
        atoms
    }

    /// Adds a node where it is one text; the next node to look at.
    fn atom(&self, at: u32, atoms: &mut Vec<Atom<'p>>) -> u32 {
        let (signals, tree) = (self.signals, self.signals.tree);
        let node = tree.node(at);
        let next = node.end.max(at + 1);
        if signals.is_stamp(at) {
            atoms.push(Atom { at, text: tree.text(at), is: Is::Stamp, link: None });
            return next;
        }
        if !node.is_shown() {
            return if node.end > at + 1 { at + 1 } else { next };
        }
        if matches!(node.name(), "figcaption" | "button" | "label" | "form" | "nav" | "caption") {
            return next;
        }
        let stamped = !signals.stamps_in(at, node.end).is_empty();
        let lines = signals.has_lines(at);
        let heading = node.rank().is_some();
        let paragraph = matches!(node.name(), "p" | "blockquote" | "dd");
        let running = paragraph || tree.children(at).any(|child| tree.node(child).is_text() && words(tree.text(child)) >= 3);
        let whole = node.is_text() || (!stamped && !lines && (heading || running || self.is_one(at)));
        if !whole && !(heading && !stamped) {
            return at + 1;
        }
        let is = match node.name() {
            _ if heading || self.in_heading(at) => Is::Heading,
            "p" | "blockquote" | "dd" => Is::Paragraph,
            "strong" | "b" => Is::Strong,
            _ => Is::Words,
        };
        atoms.push(Atom { at, text: tree.text(at), is, link: self.leads(at) });
        next
    }

    /// Whether an element holds one text, in however many elements around it.
    fn is_one(&self, at: u32) -> bool {
        let tree = self.signals.tree;
        let mut around = at;
        loop {
            let mut shown = tree.children(around).filter(|child| tree.node(*child).is_shown());
            match (shown.next(), shown.next()) {
                (Some(only), None) if tree.node(only).is_text() => return true,
                (Some(only), None) => around = only,
                (None, _) => return true,
                _ => return false,
            }
        }
    }

    fn in_paragraph(&self, at: u32) -> bool {
        let tree = self.signals.tree;
        tree.ancestors(at).take_while(|around| *around > self.record.first()).any(|around| matches!(tree.node(around).name(), "p" | "blockquote"))
    }

    fn in_heading(&self, at: u32) -> bool {
        let tree = self.signals.tree;
        tree.ancestors(at).take_while(|around| *around >= self.record.first() && *around > 0).any(|around| tree.node(around).rank().is_some())
    }

    /// Where a text leads: the link around it, or over most of it.
    fn leads(&self, at: u32) -> Option<&'p str> {
        self.signals.heading_link(at).and_then(|link| self.signals.href(link)).filter(|href| is_address(href))
    }

    /// The item with its headline and the place of that among the texts: the longest heading that leads somewhere, else
    /// the longest heading, else what leads somewhere, else what is bold, else the longest of the first lines.
    fn headed(&self, atoms: &[Atom<'p>]) -> Option<(Item<'p>, usize)> {
        let is_title = |atom: &Atom<'_>| {
            atom.is != Is::Stamp && !beside::is_beside(atom.text) && furniture::effect(atom.text).is_none() && !is_byline(atom.text)
        };
        let text = atoms.iter().position(|atom| atom.is == Is::Paragraph && is_title(atom)).unwrap_or(atoms.len());
        let is_line = |atom: &Atom<'_>| headline::is_short(atom.text) && words(atom.text) <= 16;
        let section = |atom: &Atom<'_>| atom.is == Is::Heading && atom.link.is_none() && words(atom.text) <= 3;
        let headed = |atom: &Atom<'_>| atom.link.is_some() && is_line(atom) && atom.is == Is::Words && words(atom.text) >= 2;
        let over = atoms.iter().any(|atom| is_title(atom) && section(atom)) && atoms.iter().any(|atom| is_title(atom) && headed(atom));
        // A short link beside a longer line is that of its rubric or its author.
        let shadowed = |length: usize| {
            let line = |atom: &Atom<'_>| is_title(atom) && is_line(atom) && words(atom.text) > length.max(2);
            atoms.iter().take(text.saturating_add(1)).any(line)
        };
        let ranks: [&dyn Fn(usize, &Atom<'_>) -> bool; 9] = [
            &|_, atom| atom.is == Is::Heading && atom.link.is_some(),
            // A word over a link is the heading of its section.
            &|_, atom| over && headed(atom),
            &|_, atom| atom.is == Is::Heading,
            &|_, atom| atom.is == Is::Strong && atom.link.is_some() && words(atom.text) >= 2,
            &|_, atom| atom.link.is_some() && is_line(atom) && atom.is != Is::Paragraph && !(is_label(atom.text) && shadowed(words(atom.text))),
            &|_, atom| atom.link.is_some() && is_line(atom),
            &|_, atom| atom.is == Is::Strong && words(atom.text) >= 2,
            &|at, atom| at <= text && is_line(atom),
            &|at, _| at < text,
        ];
        let longest = |fits: &dyn Fn(usize, &Atom<'_>) -> bool| {
            let fitting = atoms.iter().enumerate().filter(|(at, atom)| is_title(atom) && fits(*at, atom));
            fitting.max_by_key(|(at, atom)| (words(atom.text).min(5), std::cmp::Reverse(*at)))
        };
        let first = || atoms.iter().enumerate().find(|(_, atom)| is_title(atom));
        let (at, atom) = ranks.into_iter().find_map(longest).or_else(first)?;
        let long = !headline::is_short(atom.text);
        let is_text = match atom.is {
            Is::Paragraph => long || words(atom.text) > 14,
            _ => long && (atom.text.len() > headline::LONGEST || sentence::first(atom.text).len() + 1 < atom.text.len()),
        };
        let mut item = Item { line: self.signals.tree.node(atom.at).line, link: atom.link, ..Item::default() };
        if is_text {
            item.paragraphs.push(Paragraph { text: atom.text, subhead: false });
        } else {
            let (label, headline) = self.without_label(atom);
            item.section = label;
            item.headline = Some(furniture::without_credit(headline.trim_start_matches(|c| beside::is_sign(c) || c == ' ')));
        }
        Some((item, at))
    }

    /// A headline without the word in an element of its own at its front or end: a rubric, a number, `LIVE`.
    fn without_label(&self, atom: &Atom<'p>) -> (Option<&'p str>, &'p str) {
        const FEWEST: usize = 2;
        let tree = self.signals.tree;
        let mut around = atom.at;
        // The element that holds several: `<h3><a><span>…`.
        while let [only] = tree.children(around).filter(|at| tree.node(*at).is_shown()).take(2).collect::<Vec<_>>()[..] {
            around = only;
        }
        let kids: Vec<u32> = tree.children(around).filter(|at| tree.node(*at).is_shown()).take(16).collect();
        let apart = |at: u32| {
            let (node, text) = (tree.node(at), tree.text(at));
            let barred = text.ends_with(['|', '•', '·']) && words(text) <= 3;
            let element = !node.is_text() && !matches!(node.name(), "em" | "i" | "mark" | "q" | "b" | "strong") && (words(text) <= 2 || beside::is_beside(text));
            (barred || element) && is_label(text)
        };
        let (Some(first), Some(last)) = (kids.first(), kids.last()) else { return (None, atom.text) };
        let rest = |text: &'p str| words(text) >= FEWEST;
        let label = |text: &'p str| Some(text.trim_end_matches([':', '|', '·', '•', ' '])).filter(|text| !beside::is_beside(text) && text.contains(char::is_alphabetic));
        if apart(*first)
            && let Some(headline) = atom.text.strip_prefix(tree.text(*first)).map(|text| text.trim_start_matches([' ', ':', '|', '·', '•', '-', '–'])).filter(|text| rest(text))
        {
            return (label(tree.text(*first)), headline);
        }
        if kids.len() > 1 && apart(*last)
            && let Some(headline) = atom.text.strip_suffix(tree.text(*last)).map(str::trim_end).filter(|text| rest(text))
        {
            return (label(tree.text(*last)), headline);
        }
        (None, atom.text)
    }

    /// The times of a record, with the labels and bylines beside them.
    fn times(&self, atoms: &[Atom<'p>], item: &mut Item<'p>) {
        for atom in atoms.iter().filter(|atom| atom.is == Is::Stamp) {
            take_parts(item, self.signals.tree, atom.at);
        }
    }

    /// The texts and the labels of a record.
    fn text(&self, atoms: &[Atom<'p>], title: usize, item: &mut Item<'p>) {
        for (at, atom) in atoms.iter().enumerate().filter(|(at, atom)| *at != title && atom.is != Is::Stamp) {
            if beside::is_beside(atom.text) || furniture::effect(atom.text).is_some() || item.headline == Some(atom.text) {
                continue;
            }
            if let Some((Part::Byline(credits), _)) = beside::byline(atom.text).filter(|_| is_byline(atom.text)) {
                item.credits.extend(credits);
                continue;
            }
            let label = atom.is != Is::Paragraph && is_label(atom.text);
            if label && !atom.text.contains(char::is_alphabetic) {
                continue;
            }
            if label {
                let beside_time = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|next| atoms.get(next).is_some_and(|next| next.is == Is::Stamp));
                let first = item.section.is_none() && (at < title || beside_time || (at == title + 1 && item.paragraphs.is_empty()));
                if first {
                    item.section = Some(atom.text.trim_end_matches([':', '|', '·', '•', ' ']));
                }
            } else if at > title || words(atom.text) >= 8 {
                let subhead = atom.is == Is::Heading;
                item.paragraphs.push(Paragraph { text: self.without_more(atom), subhead });
            }
        }
    }

    /// A text without the link at its end that leads to all of it.
    fn without_more(&self, atom: &Atom<'p>) -> &'p str {
        let tree = self.signals.tree;
        let node = tree.node(atom.at);
        let last = (atom.at..node.end).rev().filter(|at| self.signals.link(*at) == Some(*at)).find_map(|at| {
            let rest = atom.text.strip_suffix(tree.text(at))?;
            let more = tree.text(at).trim_matches(['[', ']', '(', ')', '.', '…', '›', '»', '>', ' ']);
            (beside::is_beside(more) || furniture::effect(more).is_some()).then_some(rest.trim_end())
        });
        last.unwrap_or(atom.text)
    }

    /// A time at one end of the headline or the text, where none stands alone.
    fn glued(&self, item: &mut Item<'p>) {
        let apart = |_: &str| false;
        if let Some(text) = item.headline {
            if let Some((stamp, rest, _)) = glue::leading(text, item.line, apart).filter(|(_, rest, _)| words(rest) >= 2) {
                (item.stamp, item.headline) = (Some(stamp), Some(rest));
            } else if let Some((rest, stamp)) = glue::trailing(text, item.line, apart).filter(|(rest, _)| words(rest) >= 2) {
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

    fn dateline(&self, item: &mut Item<'p>) {
        let sure = |found: &(dateline::Dateline<'p>, &'p str)| !found.0.agencies.is_empty();
        if let Some((dateline, body)) = item.headline.and_then(|text| dateline::split(text, Before::Other)).filter(sure) {
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
        let known: Vec<Credit<'p>> = item.dateline.iter().flat_map(|dateline| dateline.agencies.clone()).collect();
        item.credits.retain(|credit| known.iter().all(|known| known.name() != credit.name()));
    }

    /// Where a record leads whose headline leads nowhere: where its time does, to the only place that it has links to,
    /// else where a link without words of its own leads.
    fn link(&self, title: u32, text: Option<u32>) -> Option<&'p str> {
        let (signals, tree) = (self.signals, self.signals.tree);
        let around = signals.link(self.record.first());
        let parts = self.record.parts.iter().flat_map(|(first, end)| *first..*end);
        let links = around.into_iter().chain(parts).filter_map(|at| Some((at, tree.value(at, Kind::Link)?)));
        // A link inside running text leads to what the text speaks of.
        let apart = |at: u32| signals.is_alone(at) || tree.text(at).is_empty() || furniture::effect(tree.text(at)) == Some(Effect::More) || beside::is_beside(tree.text(at)) || !self.in_paragraph(at);
        let links: Vec<(u32, &'p str)> = links.filter(|(at, href)| is_address(href) && apart(*at)).take(64).collect();
        let (_, first) = links.first()?;
        // A few words in front of the text name a rubric or a person; behind it they lead on.
        let text = text.unwrap_or(u32::MAX);
        let label = |at: u32| at < text.max(title) && is_label(tree.text(at)) && tree.text(at).contains(char::is_alphabetic) && !beside::is_beside(tree.text(at)) && furniture::effect(tree.text(at)).is_none();
        if links.iter().all(|(_, href)| href == first) && !links.iter().all(|(at, _)| label(*at)) {
            return Some(first);
        }
        let timed = |(at, _): &&(u32, &str)| signals.stamps_in(*at, tree.node(*at).end).iter().any(|stamp| tree.text(*stamp) == tree.text(*at));
        let permalink = links.iter().find(|pair| timed(pair) || signals.is_stamp(tree.node(pair.0).parent) && signals.is_clock_in(pair.0));
        let wordless = |(at, _): &&(u32, &str)| {
            let text = tree.text(*at);
            text.is_empty() || beside::is_beside(text) || furniture::effect(text) == Some(Effect::More)
        };
        let near = |(_, href): &&(u32, &str)| !href.contains("://") && !href.starts_with("//");
        let plain = links.iter().filter(wordless);
        permalink.or_else(|| plain.clone().find(near)).or_else(|| plain.clone().next()).map(|(_, href)| *href)
    }
}

/// Takes what a time and what stands beside it tell of an item.
pub(super) fn take_parts<'p>(item: &mut Item<'p>, tree: &'p Tree, at: u32) {
    let line = tree.node(at).line;
    for part in beside::parts(tree.text(at)).unwrap_or_default() {
        match part {
            Part::Stamp(stamp) | Part::Hours(stamp, _) => take_stamp(item, Stamp { line, ..stamp }),
            Part::Label(label) => {
                item.section.get_or_insert(label);
            }
            Part::Byline(credits) => item.credits.extend(credits),
            Part::Aside => {}
        }
    }
    take_machine(item, tree, at);
}

/// Takes the times that markup tells machines.
fn take_machine(item: &mut Item<'_>, tree: &Tree, at: u32) {
    const MOST: usize = 8;
    for kind in [Kind::Time, Kind::Published, Kind::Hint] {
        let found = tree.values(at, kind).filter_map(|(_, value)| stamp::machine(value));
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
        use crate::wire::clock::Clock;
        if day_known && day.clock == Clock::Unsaid {
            day.clock = clock.clock;
        } else if clock_known && clock.clock == Clock::Unsaid {
            day.day = clock.day;
        }
    }
}

/// Whether a text says who wrote it and nothing more.
fn is_byline(text: &str) -> bool {
    words(text) <= 8 && beside::byline(text).is_some_and(|(_, rest)| !rest.contains(char::is_alphanumeric))
}

/// Whether a text is a price and nothing more: what has one and no time is for sale.
fn is_price(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let money = text.contains('€') || text.to_ascii_lowercase().contains("euro");
    let cents = text.rsplit_once(',').is_some_and(|(_, cents)| cents == "-" || (cents.len() == 2 && cents.bytes().all(|byte| byte.is_ascii_digit())));
    (1..=7).contains(&digits) && text.len() <= 24 && words(text) <= 4 && (money || cents)
}

/// Whether an address is that of a site's front page.
fn is_front(href: &str) -> bool {
    let path = href.split_once("//").map_or(href, |(_, behind)| behind.find('/').map_or("", |at| &behind[at..]));
    matches!(path, "" | "/" | "./" | "/index.html" | "/index.php" | "index.html" | "index.php")
}

/// Whether an address leads to a page.
fn is_address(href: &str) -> bool {
    let href = href.trim();
    let scheme = href.split(['/', '?', '#']).next().unwrap_or_default().split_once(':').map(|(scheme, _)| scheme);
    !is_front(href) && !href.starts_with('#') && scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// Whether a text is a few words such as name a section or a place, and no headline.
fn is_label(text: &str) -> bool {
    text.len() <= LONGEST_LABEL && words(text) <= LABEL_WORDS && !text.ends_with(['.', '!', '?', '…', '\'', '"', '’', '”'])
}
