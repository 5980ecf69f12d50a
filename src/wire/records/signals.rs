//! What each element of a page tells on its own: that it is a heading, a link, a time.

use crate::page::tree::{Kind, Node, Tree};
use crate::wire::beside::{self, Kind as Beside, is_aside};
use crate::wire::{furniture, stamp};

/// No time with the words beside it is longer, in bytes.
const LONGEST_STAMP: usize = 120;

/// No print of a `<time>` is longer, in bytes.
const LONGEST_PRINT: usize = 60;

/// What stands between two times that are one, at most, in bytes: `10 februari 2026` `om` `14:05`.
const BETWEEN: u32 = 24;

/// Units of news: each record holds one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A heading that leads somewhere.
    LinkedHeading,
    /// A heading.
    Heading,
    /// A time, or several that are one.
    Stamp,
    /// A link of some words outside of running text.
    Link,
}

/// How many kinds of units there are.
const KINDS: usize = 4;

/// The signals of a page: of each kind how many units begin in front of each node, so that those in an element are a
/// difference of two numbers.
pub(super) struct Signals<'p> {
    pub(super) tree: &'p Tree,
    /// In front of each node, and behind the last one.
    counts: Vec<[u32; KINDS]>,
    /// Each node that is a time and what stands beside one, whole; ascending.
    pub(super) stamps: Vec<u32>,
    /// The link around each node or on it; 0 where there is none.
    links: Vec<u32>,
    /// How many elements that are lines begin in front of each node, but for line breaks.
    blocks: Vec<u32>,
    /// How many links begin in front of each node.
    anchors: Vec<u32>,
    /// The headings, ascending.
    headings: Vec<u32>,
}

impl<'p> Signals<'p> {
    pub(super) fn of(tree: &'p Tree) -> Self {
        let nodes = u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
        let links = links(tree);
        let stamps = stamps(tree);
        let anchors = counted(tree, |at, _| links.get(at as usize) == Some(&at) && at > 0);
        let headings = (0..nodes).filter(|at| tree.node(*at).rank().is_some()).collect();
        let counts = Vec::with_capacity(tree.nodes.len() + 1);
        let mut signals = Self { tree, counts, stamps, links, blocks: blocks(tree), anchors, headings };
        let clusters = signals.clusters();
        let mut counts = [0; KINDS];
        let mut clusters = clusters.into_iter().peekable();
        let mut last_link = 0;
        let mut paragraph_end = 0;
        let mut heading_end = 0;
        for at in 0..nodes {
            signals.counts.push(counts);
            let node = tree.node(at);
            if node.name() == "p" || node.name() == "blockquote" {
                paragraph_end = paragraph_end.max(node.end);
            }
            if clusters.next_if(|stamp| *stamp == at).is_some() {
                counts[Unit::Stamp as usize] += 1;
            }
            if at < heading_end {
                continue;
            }
            if node.rank().is_some() && signals.is_title(at) {
                heading_end = node.end;
                counts[Unit::Heading as usize] += 1;
                if let Some(link) = signals.heading_link(at) {
                    counts[Unit::LinkedHeading as usize] += 1;
                    last_link = link;
                }
            } else if signals.links[at as usize] == at && at > 0 {
                let running = at < paragraph_end && !signals.is_alone(at);
                let again = last_link > 0 && signals.href(at) == signals.href(last_link);
                if !running && !again && words(tree.text(at)) >= 2 && signals.is_title(at) {
                    counts[Unit::Link as usize] += 1;
                    last_link = at;
                }
            } else if matches!(node.name(), "strong" | "b") && signals.links[at as usize] == 0 {
                // A headline in bold, with its link elsewhere.
                counts[Unit::Link as usize] +=
                    u32::from(words(tree.text(at)) >= 3 && signals.is_title(at) && signals.is_alone(at));
            }
        }
        signals.counts.push(counts);
        signals
    }

    /// How many units of a kind begin in an element.
    pub(super) fn count(&self, at: u32, unit: Unit) -> u32 {
        self.count_between(at, self.tree.node(at).end, unit)
    }

    pub(super) fn count_between(&self, first: u32, end: u32, unit: Unit) -> u32 {
        let count = |at: u32| self.counts.get(at as usize).map_or(0, |counts| counts[unit as usize]);
        count(end).saturating_sub(count(first))
    }

    /// The link that a node stands in, or is.
    pub(super) fn link(&self, at: u32) -> Option<u32> {
        self.links.get(at as usize).copied().filter(|link| *link > 0)
    }

    pub(super) fn href(&self, link: u32) -> Option<&'p str> {
        self.tree.value(link, Kind::Link)
    }

    /// Whether a text is a time and what stands beside one.
    pub(super) fn is_stamp(&self, at: u32) -> bool {
        self.stamps.binary_search(&at).is_ok()
    }

    /// Whether what stands in an element begins a time.
    pub(super) fn is_clock_in(&self, at: u32) -> bool {
        stamp::split(self.tree.text(at), 0).is_some_and(|(_, rest)| rest.is_empty())
    }

    /// How many links begin in an element.
    pub(super) fn anchors(&self, at: u32) -> u32 {
        let count = |at: u32| self.anchors.get(at as usize).copied().unwrap_or_default();
        count(self.tree.node(at).end) - count(at)
    }

    /// The first heading in an element.
    pub(super) fn heading(&self, at: u32) -> Option<u32> {
        let first = self.headings.partition_point(|heading| *heading < at);
        self.headings.get(first).copied().filter(|heading| *heading < self.tree.node(at).end)
    }

    /// Whether other lines begin in an element.
    pub(super) fn has_lines(&self, at: u32) -> bool {
        let count = |at: u32| self.blocks.get(at as usize).copied().unwrap_or_default();
        count(self.tree.node(at).end) > count(at + 1)
    }

    /// The times in a part of the page.
    pub(super) fn stamps_in(&self, first: u32, end: u32) -> &[u32] {
        let from = self.stamps.partition_point(|stamp| *stamp < first);
        let to = self.stamps.partition_point(|stamp| *stamp < end);
        self.stamps.get(from..to).unwrap_or_default()
    }

    /// Whether words can be a headline: no time, no word that a site puts beside its news.
    pub(super) fn is_title(&self, at: u32) -> bool {
        let text = self.tree.text(at);
        text.contains(char::is_alphabetic)
            && !self.is_stamp(at)
            && !is_aside(text)
            && (words(text) > 6 || !furniture::says_nothing(text))
    }

    /// The link of a heading: around it, or over at least half of its words.
    pub(super) fn heading_link(&self, at: u32) -> Option<u32> {
        if let Some(around) = self.link(at) {
            return Some(around);
        }
        let node = self.tree.node(at);
        let inside = (at..node.end).filter(|inner| self.links[*inner as usize] == *inner);
        let covers = |link: &u32| self.tree.node(*link).length() * 2 >= node.length();
        inside.into_iter().find(covers)
    }

    /// Whether a link is all that the paragraph around it says.
    pub(super) fn is_alone(&self, link: u32) -> bool {
        let length = self.tree.node(link).length();
        let around = self.tree.ancestors(link).find(|around| self.tree.node(*around).is_block());
        around.is_some_and(|around| self.tree.node(around).length() <= length + BETWEEN as usize)
    }

    /// The first of each run of times that are one: their common element holds little else.
    fn clusters(&self) -> Vec<u32> {
        let mut firsts = Vec::new();
        let mut last: Option<(u32, u32)> = None;
        for &stamp in &self.stamps {
            let node = self.tree.node(stamp);
            let joined = last.is_some_and(|(before, stamped)| {
                let common = self.common(before, stamp);
                let all = length(self.tree.node(common));
                all <= stamped + length(node) + BETWEEN
            });
            if joined {
                last = last.map(|(before, stamped)| (before, stamped + length(node) + 1));
            } else {
                firsts.push(stamp);
                last = Some((stamp, length(node)));
            }
        }
        firsts
    }

    /// The innermost element around two nodes.
    pub(super) fn common(&self, first: u32, second: u32) -> u32 {
        self.tree.ancestors(first).find(|around| self.tree.node(*around).end > second).unwrap_or(0)
    }
}

/// The innermost `<a href>` on each node or around it.
fn links(tree: &Tree) -> Vec<u32> {
    let mut links = vec![0; tree.nodes.len()];
    for (at, node) in (0u32..).zip(&tree.nodes) {
        let own = node.name() == "a" && tree.value(at, Kind::Link).is_some();
        links[at as usize] = if own { at } else { links.get(node.parent as usize).copied().unwrap_or(0) };
    }
    links
}

/// The outermost nodes that are a time and nothing else but what stands beside times. An element with the text of the
/// one around it is not tried again.
fn stamps(tree: &Tree) -> Vec<u32> {
    let blocks = blocks(tree);
    let headings = headings(tree);
    let mut found = Vec::new();
    let mut at = 1;
    let nodes = u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
    while at < nodes {
        let node = tree.node(at);
        let parent = tree.node(node.parent);
        let tried = node.length() == parent.length() && node.parent > 0;
        let machine = tree.value(at, Kind::Time).is_some() || tree.value(at, Kind::Published).is_some();
        let short = node.length() <= LONGEST_STAMP;
        // A `<time>` for machines is one, whatever it prints: `LIVE`, or nothing before a script has run.
        let timed = machine
            && node.length() <= LONGEST_PRINT
            && tree.value(at, Kind::Time).is_some_and(|value| stamp::machine(value).is_some());
        let lines = blocks[node.end as usize] > blocks[at as usize + 1];
        let short = short && headings[node.end as usize] == headings[at as usize];
        let sentence = parent.name() == "p" && tree.is_behind_letter(at);
        if timed || (short && node.is_shown() && !tried && !sentence && is_stamp(tree.text(at), lines)) {
            found.push(at);
            at = node.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

/// Whether a text is a time and what stands beside it. In one of several lines a few words are a headline, no label.
fn is_stamp(text: &str, lines: bool) -> bool {
    let apart = |part: &beside::Part<'_>| !matches!(part.kind, Beside::Label { .. } | Beside::Byline(_));
    beside::is_stamps(text) && (!lines || beside::parts(text, 0).is_some_and(|parts| parts.iter().all(apart)))
}

/// How many headings begin in front of each node.
fn headings(tree: &Tree) -> Vec<u32> {
    counted(tree, |_, node| node.rank().is_some())
}

/// How many elements that are lines begin in front of each node.
fn blocks(tree: &Tree) -> Vec<u32> {
    counted(tree, |_, node| node.is_block() && node.name() != "br")
}

fn counted(tree: &Tree, counts: impl Fn(u32, &Node) -> bool) -> Vec<u32> {
    let mut count = 0;
    let before = (0u32..).zip(&tree.nodes).map(|(at, node)| {
        let before = count;
        count += u32::from(counts(at, node));
        before
    });
    let mut before: Vec<u32> = before.collect();
    before.push(count);
    before
}

/// How many bytes a node shows, as the tree counts.
fn length(node: &Node) -> u32 {
    u32::try_from(node.length()).unwrap_or(u32::MAX)
}

/// How many words a text has.
pub(super) fn words(text: &str) -> usize {
    text.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count()
}
