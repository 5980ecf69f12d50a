//! An open element, and what was seen in it.

use std::borrow::Cow;
use std::collections::HashSet;

use super::facts::{Entry, Link};
use super::finding::Name;
use super::vocabulary::{Element, Parent, Role};
use crate::xml::Span;

/// How what stands in an element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Elements of a table.
    Children(Parent),
    /// Text alone.
    Text,
    /// An Atom text.
    Construct,
    /// XHTML inside an Atom text, or an element of it.
    Markup,
    /// Nothing is looked at. `true`: in an extension, where every element needs a namespace.
    Eaten(bool),
    /// Nothing may stand here.
    Nothing,
}

/// An open element.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) mode: Mode,
    pub(crate) row: Option<&'static Element>,
    pub(crate) name: Name<'a>,
    /// Its start tag.
    pub(crate) at: Span,
    pub(crate) text: Cow<'a, str>,
    /// Where its text begins and ends.
    pub(crate) text_at: Option<Span>,
    /// The attribute that decides how its text is read.
    pub(crate) hint: Option<Cow<'a, str>>,
    pub(crate) has_language: bool,
    pub(crate) has_base: bool,
    pub(crate) told_text: bool,
    /// How far it has been read, if it is an Atom text.
    pub(crate) construct: Construct<'a>,
    pub(crate) seen: Seen,
    pub(crate) more: Option<Box<More<'a>>>,
}

/// What only few elements need.
#[derive(Debug, Default)]
pub(crate) struct More<'a> {
    /// Those that differ in what they are to whom, and their digests.
    pub(crate) links: Vec<Link<'a>>,
    pub(crate) link_kinds: HashSet<u64>,
    /// Values that must differ, such as the hours to skip, and how many there were.
    pub(crate) values: HashSet<String>,
    pub(crate) value_count: usize,
    /// Entries without an author of their own.
    pub(crate) authorless: Vec<Span>,
    pub(crate) entry: Entry<'a>,
    /// The title, and the address with its place.
    pub(crate) title: Option<(Cow<'a, str>, Span)>,
    pub(crate) address: Option<(Cow<'a, str>, Span)>,
    /// Those of the image.
    pub(crate) image_title: Vec<(Cow<'a, str>, Span)>,
    pub(crate) image_address: Vec<(Cow<'a, str>, Span)>,
    /// The addresses of enclosures.
    pub(crate) enclosures: Vec<Cow<'a, str>>,
    pub(crate) itunes: bool,
    /// Content that is no text.
    pub(crate) needs_summary: bool,
    /// A source with an author of its own.
    pub(crate) has_sourced_author: bool,
    /// How many contents a media group has.
    pub(crate) contents: usize,
}

/// How far an Atom text has been read.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is told once")]
pub(crate) struct Construct<'a> {
    /// Whether it may have any media type.
    pub(crate) any: bool,
    pub(crate) kind: Cow<'a, str>,
    pub(crate) has_src: bool,
    pub(crate) children: usize,
    /// Whether its text so far is more than white space.
    pub(crate) has_text: bool,
    pub(crate) mixed: bool,
    pub(crate) escaped: bool,
    pub(crate) lacks_div: bool,
}

/// The elements that stood in another, each once, with the first place.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    list: Vec<(&'static str, &'static Element, Span)>,
    entry: bool,
}

impl Seen {
    /// Notes an element; whether it is the first of its name.
    pub(crate) fn note(&mut self, prefix: &'static str, row: &'static Element, at: Span) -> bool {
        if self.list.iter().any(|(_, other, _)| std::ptr::eq(*other, row)) {
            return false;
        }
        if self.list.is_empty() {
            self.list.reserve(8);
        }
        self.list.push((prefix, row, at));
        self.entry |= row.role == Role::Entry;
        true
    }

    /// Whether an entry or item stood there.
    pub(crate) fn has_entry(&self) -> bool {
        self.entry
    }

    pub(crate) fn has_row(&self, row: &'static Element) -> bool {
        self.list.iter().any(|(_, other, _)| std::ptr::eq(*other, row))
    }

    /// Whether an element stood there; `dc:date` is one with a prefix.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Where it stood first.
    pub(crate) fn place(&self, name: &str) -> Option<Span> {
        let is_named = |prefix: &str, local: &str| {
            let front = name.strip_suffix(local).filter(|front| front.len() <= prefix.len() + 1);
            front.is_some_and(|front| front.strip_suffix(':').unwrap_or(front) == prefix)
        };
        self.list.iter().find(|(prefix, row, _)| is_named(prefix, row.name)).map(|(_, _, at)| *at)
    }

    /// Whether any element of a vocabulary stood there.
    pub(crate) fn has_any(&self, prefix: &str) -> bool {
        self.list.iter().any(|(p, _, _)| *p == prefix)
    }

    /// Whether any element of an extension stood there.
    pub(crate) fn has_extension(&self) -> bool {
        self.list.iter().any(|(prefix, ..)| !prefix.is_empty())
    }

    /// Whether a name comes before another, by their places.
    pub(crate) fn before(&self, first: &str, second: &str) -> bool {
        matches!((self.place(first), self.place(second)), (Some(a), Some(b)) if a < b)
    }
}

impl<'a> Frame<'a> {
    pub(crate) fn more(&mut self) -> &mut More<'a> {
        self.more.get_or_insert_default()
    }

    /// What it may hold, if elements.
    pub(crate) fn parent(&self) -> Option<Parent> {
        match self.mode {
            Mode::Children(parent) => Some(parent),
            _ => None,
        }
    }
}
