//! A tree as the lines that a person sees.

use super::tree::{Kind, Tree};
use super::{Anchor, Block, TimeElement};

/// The lines of a tree in front of a node. One pass; what was open in front of a node is known by where it ends.
pub(super) fn of(tree: &Tree, behind: u32) -> Vec<Block<'_>> {
    let mut lines =
        Lines { tree, blocks: Vec::new(), line: None, open: Vec::new(), waiting: None, headings: 0 };
    for at in 1..behind.min(u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX)) {
        lines.close(at);
        lines.node(at);
    }
    lines.close(u32::MAX);
    lines.end();
    lines.blocks
}

struct Lines<'p> {
    tree: &'p Tree,
    blocks: Vec<Block<'p>>,
    line: Option<Line<'p>>,
    open: Vec<Open<'p>>,
    /// An address without text in front of any text of its element, and where that ends.
    waiting: Option<(&'p str, u32)>,
    headings: usize,
}

/// The line that is being read.
struct Line<'p> {
    block: Block<'p>,
    from: u32,
    to: u32,
    /// Some of its text stands in no anchor, or in another one.
    partly: bool,
    /// An anchor without text beside this line, which covers it as a stretched link does.
    stretched: Option<&'p str>,
}

/// An element that is open and matters.
struct Open<'p> {
    at: u32,
    end: u32,
    is: Is<'p>,
    /// How many lines were complete when it began.
    blocks: usize,
}

enum Is<'p> {
    Block,
    Heading,
    Anchor(&'p str),
    Time(&'p str),
    Inline,
}

impl<'p> Lines<'p> {
    fn node(&mut self, at: u32) {
        let node = self.tree.node(at);
        if node.is_text() {
            return self.text(at);
        }
        let is = match (self.tree.value(at, Kind::Link), self.tree.value(at, Kind::Time)) {
            _ if node.is_block() && node.rank().is_some() => Is::Heading,
            _ if node.is_block() => Is::Block,
            (Some(href), _) => Is::Anchor(href),
            (_, Some(datetime)) if node.name() == "time" => Is::Time(datetime),
            _ => Is::Inline,
        };
        match is {
            Is::Block | Is::Heading => self.end(),
            _ => self.seam(node.from),
        }
        self.headings += usize::from(matches!(is, Is::Heading));
        self.open.push(Open { at, end: node.end, is, blocks: self.blocks.len() });
    }

    /// Ends the elements that end in front of a node.
    fn close(&mut self, next: u32) {
        while let Some(open) = self.open.pop_if(|open| open.end <= next) {
            let (from, to) = (self.tree.node(open.at).from, self.tree.node(open.at).to);
            match open.is {
                Is::Block | Is::Heading => self.end(),
                Is::Anchor(href) if from == to => self.empty_anchor(href, open.at),
                Is::Time(datetime) => {
                    if let Some(line) = &mut self.line {
                        let start = from.max(line.from).min(line.to) - line.from;
                        let end = line.to - line.from;
                        line.block.times.push(TimeElement {
                            start: start as usize,
                            end: end as usize,
                            datetime,
                        });
                    }
                }
                Is::Anchor(_) | Is::Inline => {}
            }
            self.seam(to);
            self.headings -= usize::from(matches!(open.is, Is::Heading));
            if self.waiting.is_some_and(|(_, end)| end <= next) {
                self.waiting = None;
            }
        }
    }

    fn text(&mut self, at: u32) {
        let node = self.tree.node(at);
        let href = self.open.iter().rev().find_map(|open| match open.is {
            Is::Anchor(href) => Some((open.at, href)),
            _ => None,
        });
        let heading = self.headings > 0;
        let line = self.line.get_or_insert_with(|| Line {
            block: Block {
                line: node.line,
                link: href.map(|(_, href)| href),
                heading,
                furniture: node.is_furniture(),
                ..Block::default()
            },
            from: node.from,
            to: node.to,
            partly: false,
            stretched: None,
        });
        line.to = node.to;
        let (from, to) = ((node.from - line.from) as usize, (node.to - line.from) as usize);
        let Some((anchor, href)) = href else {
            line.partly = true;
            return;
        };
        line.partly |= line.block.link.is_none_or(|link| !std::ptr::eq(link, href));
        // The same anchor goes on where an element in it ends.
        let start = self.tree.node(anchor).from;
        match line.block.anchors.last_mut().filter(|last| std::ptr::eq(last.href, href) && start < line.to) {
            Some(last) => last.end = to,
            None => line.block.anchors.push(Anchor { start: from, end: to, href }),
        }
    }

    /// An inline element begins or ends here.
    fn seam(&mut self, at: u32) {
        let Some(line) = &mut self.line else { return };
        // The space in front of a text belongs to neither.
        let seams = [line.to, at].into_iter().map(|at| at.saturating_sub(line.from));
        for seam in seams {
            if seam > 0 && line.block.seams.last().is_none_or(|last| *last < seam) {
                line.block.seams.push(seam);
            }
        }
    }

    /// Ends the line, if it holds any text.
    fn end(&mut self) {
        let Some(mut line) = self.line.take() else { return };
        let text = self.tree.text.get(line.from as usize..line.to as usize).unwrap_or_default();
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        line.block.text = text;
        line.block.seams.retain(|seam| *seam < length);
        if line.partly {
            line.block.link = line.stretched.or_else(|| self.waiting.take().map(|(href, _)| href));
        } else {
            line.block.anchors.clear();
        }
        self.blocks.push(line.block);
    }

    /// An anchor without text links what stands beside it in the element around it: the line it stands in, the last
    /// one before it, else the next one.
    fn empty_anchor(&mut self, href: &'p str, at: u32) {
        if let Some(line) = &mut self.line {
            line.stretched.get_or_insert(href);
            return;
        }
        let around = self.open.last();
        let first = around.map_or(0, |open| open.blocks);
        match self.blocks.get_mut(first..).and_then(<[_]>::last_mut) {
            Some(last) => {
                last.link.get_or_insert(href);
            }
            None => self.waiting = Some((href, self.tree.node(self.tree.node(at).parent).end)),
        }
    }
}
