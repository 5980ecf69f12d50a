//! A record as a run of texts, each in its element.

use super::href::is_address;
use super::read::Reader;
use super::signals::words;

/// A part of a record that is one text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom<'p> {
    pub(super) at: u32,
    pub(super) text: &'p str,
    pub(super) is: Is,
    /// Where it leads.
    pub(super) link: Option<&'p str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
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

impl<'p> Reader<'_, 'p> {
    /// The texts of a record, in its order.
    pub(super) fn atoms(&self) -> Vec<Atom<'p>> {
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
        let running = paragraph
            || tree.children(at).any(|child| tree.node(child).is_text() && words(tree.text(child)) >= 3);
        let headline = heading && !stamped;
        let whole = node.is_text() || (!stamped && !lines && (heading || running || self.is_one(at)));
        if !whole && !headline {
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

    pub(super) fn in_paragraph(&self, at: u32) -> bool {
        let tree = self.signals.tree;
        tree.ancestors(at)
            .take_while(|around| *around > self.record.first())
            .any(|around| matches!(tree.node(around).name(), "p" | "blockquote"))
    }

    fn in_heading(&self, at: u32) -> bool {
        let tree = self.signals.tree;
        tree.ancestors(at)
            .take_while(|around| *around >= self.record.first() && *around > 0)
            .any(|around| tree.node(around).rank().is_some())
    }

    /// Where a text leads: the link around it, or over most of it.
    fn leads(&self, at: u32) -> Option<&'p str> {
        self.signals.heading_link(at).and_then(|link| self.signals.href(link)).filter(|href| is_address(href))
    }
}
