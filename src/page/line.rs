//! Gathers the text of HTML into the lines a person sees.

use std::borrow::Cow;

use super::{
    self as page, Address, Block, Class, MAX_BLOCKS, Note, TimeElement, class, forbidden_note, note,
};

/// The blocks that are complete and the line that is being read.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) blocks: Vec<Block<'static>>,
    pub(super) notes: Vec<Note>,
    line: Line,
    anchor: Option<Anchor>,
    time: Option<(String, usize)>,
    /// An anchor without text that stood before any text of its element.
    waiting: Option<Address>,
    /// An element that is one of several alike has begun or ended since the last line.
    fresh: bool,
}

#[derive(Default)]
struct Line {
    number: u32,
    text: String,
    /// White space was seen since the last character.
    gap: bool,
    forbidden: bool,
    link: Option<Address>,
    /// Some of the text stands in no anchor, or in another one.
    partly: bool,
    /// An anchor without text beside this line, which covers it as a stretched link does.
    stretched: Option<Address>,
    anchors: Vec<page::Anchor>,
    times: Vec<TimeElement>,
    seams: Vec<u32>,
}

struct Anchor {
    href: Address,
    empty: bool,
    /// The line has some of its text.
    marked: bool,
}

/// Where a line stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) heading: bool,
    pub(super) furniture: bool,
}

impl Lines {
    /// Adds text that begins on source line `number`.
    pub(super) fn text(&mut self, text: &str, mut number: u32, preformatted: bool, place: Place) {
        for c in text.chars() {
            let breaks = c == '\n' && preformatted;
            number += u32::from(c == '\n');
            match class(c) {
                _ if breaks => self.end(place),
                Class::Space => self.line.gap = true,
                Class::Invisible => {}
                Class::Forbidden => self.line.forbidden = true,
                Class::Text => self.push(c, number),
            }
        }
    }

    fn push(&mut self, c: char, number: u32) {
        let line = &mut self.line;
        let first = line.text.is_empty();
        match &mut self.anchor {
            Some(anchor) => {
                anchor.empty = false;
                if first {
                    line.link = Some(anchor.href.clone());
                } else if !anchor.marked {
                    // Asked once a line: what stands in an anchor may be long, and so may its address.
                    line.partly |= line.link.as_ref() != Some(&anchor.href);
                }
            }
            None => line.partly = true,
        }
        if first {
            line.number = number;
        } else if line.gap {
            line.text.push(' ');
        }
        line.gap = false;
        let start = line.text.len();
        line.text.push(c);
        let Some(anchor) = &mut self.anchor else { return };
        if !std::mem::replace(&mut anchor.marked, true) {
            line.anchors.push(page::Anchor { start, end: start, href: anchor.href.clone() });
        }
        if let Some(span) = line.anchors.last_mut() {
            span.end = line.text.len();
        }
    }

    /// White space that the source does not hold, as between two cells.
    pub(super) fn gap(&mut self) {
        self.line.gap = true;
    }

    /// An inline element begins or ends here.
    pub(super) fn seam(&mut self) {
        let at = u32::try_from(self.line.text.len()).unwrap_or(u32::MAX);
        if at > 0 && self.line.seams.last() != Some(&at) {
            self.line.seams.push(at);
        }
    }

    /// Ends the line, if it holds any text.
    pub(super) fn end(&mut self, place: Place) {
        self.close_time();
        if self.line.text.is_empty() {
            // What marks an empty line marks nothing, but the source line of a control character counts on.
            self.line.gap = false;
            return;
        }
        let line = std::mem::take(&mut self.line);
        if let Some(anchor) = &mut self.anchor {
            anchor.marked = false;
        }
        if self.blocks.len() > MAX_BLOCKS {
            return;
        }
        if line.forbidden {
            note::keep(&mut self.notes, forbidden_note(line.number));
        }
        let covering = line.link.filter(|_| !line.partly);
        let anchors = if covering.is_some() { Vec::new() } else { line.anchors };
        let end = line.text.len();
        self.blocks.push(Block {
            line: line.number,
            text: Cow::Owned(line.text),
            link: covering.or(line.stretched).or_else(|| self.waiting.take()),
            anchors,
            fresh: std::mem::take(&mut self.fresh),
            times: line.times,
            seams: line.seams.into_iter().filter(|&seam| (seam as usize) < end).collect(),
            heading: place.heading,
            furniture: place.furniture,
        });
    }

    /// An element that is one of several alike begins or ends.
    pub(super) fn refresh(&mut self) {
        self.fresh = true;
    }

    /// Begins an anchor; HTML has none inside another, so the one before ends.
    pub(super) fn open_anchor(&mut self, href: Address) {
        self.anchor = Some(Anchor { href, empty: true, marked: false });
    }

    /// Ends the anchor. One without text links what stands beside it in the element whose blocks
    /// begin at `first_block`: the last line before it, else the next one (as a stretched link does).
    pub(super) fn close_anchor(&mut self, first_block: usize) {
        let Some(anchor) = self.anchor.take().filter(|anchor| anchor.empty) else { return };
        if !self.line.text.is_empty() {
            self.line.stretched.get_or_insert(anchor.href);
        } else if let Some(last) = self.blocks.get_mut(first_block..).and_then(<[_]>::last_mut) {
            last.link.get_or_insert(anchor.href);
        } else {
            self.waiting = Some(anchor.href);
        }
    }

    /// The element that a waiting anchor stood in has ended.
    pub(super) fn forget_waiting(&mut self) {
        self.waiting = None;
    }

    /// Whether an anchor waits for its line.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Begins a `<time datetime>`.
    pub(super) fn open_time(&mut self, datetime: String) {
        let start = self.line.text.len() + usize::from(self.line.gap && !self.line.text.is_empty());
        self.time = Some((datetime, start));
    }

    /// Ends the `<time>`, if one is open. One on a line without any text is given up.
    pub(super) fn close_time(&mut self) {
        let Some((datetime, start)) = self.time.take() else { return };
        let end = self.line.text.len();
        self.line.times.push(TimeElement { start: start.min(end), end, datetime });
    }
}
