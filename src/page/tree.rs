//! What HTML tells of where things stand: elements and texts in their order, each with what it reaches over.

use super::element::{ELEMENTS, Element, Part};

/// A page's elements and texts in the order in which they begin. What is not shown is not among them.
#[derive(Debug, Default)]
pub struct Tree {
    /// All that is shown, white space folded, a space at the border of elements: the text of each element is a part of it.
    pub text: String,
    /// The root first; what stands in a node follows it.
    pub nodes: Vec<Node>,
    /// What elements say in attributes, in the order of their nodes.
    pub(super) attributes: Vec<Attribute>,
    /// The attributes' values, one behind the other.
    pub(super) values: String,
}

/// An element or a text.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// The element around it; its own index for the root.
    pub parent: u32,
    /// The first node behind it that does not stand in it.
    pub end: u32,
    /// Where its text begins.
    pub(super) from: u32,
    /// Where its text ends.
    pub(super) to: u32,
    /// Line of the source, from 1.
    pub line: u32,
    /// Alike for elements of one name and the same first class, whatever numbers stand in that.
    pub shape: u32,
    /// A row of `ELEMENTS`, or one of the two numbers below.
    pub(super) row: u8,
    /// Where it stands.
    pub(super) place: Place,
    /// Begins and ends a line, as its name or the page's style says.
    pub(super) block: bool,
}

/// An element without a row.
pub(super) const UNKNOWN: u8 = u8::MAX;
/// A text.
pub(super) const TEXT: u8 = u8::MAX - 1;
const _: () = assert!(ELEMENTS.len() < TEXT as usize);

/// Where a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// Anywhere.
    #[default]
    Content,
    /// In the site's navigation, the page's footer, or its header in front of any heading there.
    Furniture,
}

/// What an attribute is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `href` of an `<a>`.
    Link,
    /// `datetime` of any element.
    Time,
    /// `content` of an element with `itemprop=datePublished`, or such an element's title.
    Published,
    /// The same for `dateModified`.
    Modified,
    /// `title` or `data-…` with digits, in which a moment may stand.
    Hint,
    /// The address of a picture.
    Picture,
    /// `srcset` of a picture.
    Pictures,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute {
    pub(super) node: u32,
    pub(super) kind: Kind,
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Tree {
    /// The visible lines in front of a node.
    pub fn lines_before(&self, behind: u32) -> Vec<super::Block<'_>> {
        super::lines::of(self, behind)
    }

    /// The node at an index.
    pub fn node(&self, at: u32) -> &Node {
        const NONE: &Node = &Node {
            parent: 0,
            end: 0,
            from: 0,
            to: 0,
            line: 0,
            shape: 0,
            row: UNKNOWN,
            place: Place::Content,
            block: false,
        };
        self.nodes.get(at as usize).unwrap_or(NONE)
    }

    /// All that is shown in a node, without white space at its ends.
    pub fn text(&self, at: u32) -> &str {
        let node = self.node(at);
        self.text.get(node.from as usize..node.to as usize).unwrap_or_default().trim()
    }

    /// Where the text of a node begins; behind the last node the end of all text.
    pub fn place(&self, at: u32) -> usize {
        self.nodes.get(at as usize).map_or(self.text.len(), |node| node.from as usize)
    }

    /// Whether a letter stands in front of a node, in one line with it.
    pub fn is_behind_letter(&self, at: u32) -> bool {
        let parent = self.node(self.node(at).parent);
        let before = self.text.get(parent.from as usize..self.node(at).from as usize).unwrap_or_default();
        before.trim_end().ends_with(char::is_alphabetic)
    }

    /// What is shown from one node up to in front of another.
    pub fn between(&self, first: u32, behind: u32) -> &str {
        let from = self.node(first).from as usize;
        let to = if behind > first { self.node(behind - 1).to as usize } else { from };
        self.text.get(from..to).unwrap_or_default().trim()
    }

    /// The nodes that stand directly in a node.
    pub fn children(&self, at: u32) -> impl Iterator<Item = u32> {
        let end = self.node(at).end;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.node(child).end.max(child + 1);
                child
            })
        })
    }

    /// The nodes around a node, from the inside out, the root last.
    pub fn ancestors(&self, at: u32) -> impl Iterator<Item = u32> {
        let mut at = at;
        std::iter::from_fn(move || {
            let parent = self.node(at).parent;
            (parent != at).then(|| {
                at = parent;
                parent
            })
        })
    }

    /// The values of a kind in a node and in what stands in it, in their order.
    pub fn values(&self, at: u32, kind: Kind) -> impl Iterator<Item = (u32, &str)> {
        let end = self.node(at).end;
        let first = self.attributes.partition_point(|attribute| attribute.node < at);
        let inside = self.attributes.get(first..).unwrap_or_default().iter();
        inside
            .take_while(move |attribute| attribute.node < end)
            .filter(move |attribute| attribute.kind == kind)
            .map(|attribute| {
                let value = self.values.get(attribute.from as usize..attribute.to as usize);
                (attribute.node, value.unwrap_or_default())
            })
    }

    /// The value of a kind that an element itself has.
    pub fn value(&self, at: u32, kind: Kind) -> Option<&str> {
        self.values(at, kind).next().filter(|(node, _)| *node == at).map(|(_, value)| value)
    }
}

impl Node {
    /// Whether it is a text and no element.
    pub fn is_text(&self) -> bool {
        self.row == TEXT
    }

    pub(super) fn element(&self) -> Option<&'static Element> {
        ELEMENTS.get(usize::from(self.row))
    }

    /// The name of the element, in lower case, where it is one of those that matter.
    pub fn name(&self) -> &'static str {
        self.element().map_or("", |row| row.name)
    }

    /// The rank of a heading, 1 to 6.
    pub fn rank(&self) -> Option<u8> {
        let row = self.element().filter(|row| row.part == Part::Heading)?;
        row.name.as_bytes().get(1).map(|digit| digit - b'0')
    }

    /// Whether it begins and ends a line.
    pub fn is_block(&self) -> bool {
        self.block
    }

    /// Whether it stands in the site's navigation, the page's footer, or its header and in front of any heading there.
    pub fn is_furniture(&self) -> bool {
        self.place == Place::Furniture
    }

    /// Whether anything is shown in it.
    pub fn is_shown(&self) -> bool {
        self.to > self.from
    }

    /// How many bytes its text has.
    pub fn length(&self) -> usize {
        self.to.saturating_sub(self.from) as usize
    }
}
