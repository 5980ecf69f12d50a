//! Bytes to blocks: what a person sees as lines, each with its place and its link. No Dutch in this room.

pub mod address;
mod charset;
pub mod data;
mod element;
mod html;
mod lines;
mod style;
mod text;
pub mod tree;

use std::ops::Range;

use crate::note::Note;
use tree::Tree;

/// The most bytes of a page that are read; a longer one is refused.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The most visible lines of a page that are read; a page with more is refused. Bounds the memory that a page
/// of nothing but line ends can take.
pub const MAX_BLOCKS: usize = 1_000_000;

/// How the bytes of a page are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Markup {
    /// Text or HTML, recognised by content.
    #[default]
    Detect,
    /// Plain text: each line is a block.
    Text,
    /// HTML after the WHATWG standard.
    Html,
}

/// The longest address that is one, in bytes: as long as the longest that servers take. A longer one is left out.
pub const MAX_ADDRESS: usize = 8 * 1024;

/// The most elements and texts of an HTML page that are read; the rest is left out, with a note.
pub const MAX_NODES: usize = 4_000_000;

/// A page as its reader sees it, and what the markup says about the whole.
#[derive(Debug, Default)]
pub struct Page {
    /// The text of HTML's `<title>`.
    pub title: Option<String>,
    /// The address the page gives itself: `<link rel=canonical>`, else `og:url`. As printed.
    pub link: Option<String>,
    /// `<base href>`, as printed.
    pub base: Option<String>,
    /// When the page says it was published: `article:published_time`, as printed.
    pub published: Option<String>,
    /// When it says it was changed: `article:modified_time`, as printed.
    pub modified: Option<String>,
    /// The picture that stands for it: `og:image`, as printed.
    pub picture: Option<String>,
    /// Feeds that it names: `<link rel=alternate>`, as printed.
    pub feeds: Vec<String>,
    /// What it says in JSON-LD (`<script type="application/ld+json">`).
    pub data: Vec<data::Datum>,
    /// How many bytes it has, in its charset.
    pub size: usize,
    /// What stands on it.
    pub body: Body,
    /// What was odd about the bytes.
    pub notes: Vec<Note>,
}

/// What stands on a page.
#[derive(Debug)]
pub enum Body {
    /// A text in lines.
    Text(Lines),
    /// Elements and texts.
    Html(Tree),
}

/// The lines of a text that hold anything.
#[derive(Debug, Default)]
pub struct Lines {
    /// The lines one behind the other, white space folded, no control characters.
    pub(crate) text: String,
    /// Where each stands in the text, and its number in the source, from 1.
    pub(crate) lines: Vec<(u32, Range<u32>)>,
}

impl Default for Body {
    fn default() -> Self {
        Self::Text(Lines::default())
    }
}

impl Page {
    /// The visible lines.
    pub fn blocks(&self) -> Vec<Block<'_>> {
        match &self.body {
            Body::Html(tree) => lines::of(tree, u32::MAX),
            Body::Text(body) => body.blocks(),
        }
    }

    /// Whether it has more lines than any page of news.
    pub fn is_too_long(&self) -> bool {
        match &self.body {
            Body::Html(tree) => tree.nodes.iter().filter(|node| node.is_text()).count() > MAX_BLOCKS,
            Body::Text(body) => body.lines.len() > MAX_BLOCKS,
        }
    }

    /// The text, and the parts of it that stand together, each with its line: to be changed without moving any of it.
    pub(crate) fn parts(&mut self) -> (&mut String, Vec<(u32, Range<u32>)>) {
        match &mut self.body {
            Body::Html(tree) => {
                let texts = tree.nodes.iter().filter(|node| node.is_text());
                let parts = texts.map(|node| (node.line, node.from..node.to)).collect();
                (&mut tree.text, parts)
            }
            Body::Text(body) => (&mut body.text, body.lines.clone()),
        }
    }
}

/// One visible line: white space folded, no control characters, never empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block<'p> {
    /// Line of the source on which the text begins, from 1.
    pub line: u32,
    /// The text, without white space at its ends.
    pub text: &'p str,
    /// Address of the anchor that the whole line stands in, as printed.
    pub link: Option<&'p str>,
    /// The anchors in a line of which not all stands in one, ascending.
    pub anchors: Vec<Anchor<'p>>,
    /// `<time datetime>` elements in the line.
    pub times: Vec<TimeElement<'p>>,
    /// Byte offsets in `text` where an inline element begins or ends, ascending.
    pub seams: Vec<u32>,
    /// Stands in a heading, `<h1>` to `<h6>`.
    pub heading: bool,
    /// Stands in the site's navigation, the page's footer, or its header and in front of any heading there.
    pub furniture: bool,
}

impl Block<'_> {
    /// The byte offset in the text of a part that was taken of it; none where it is a part of another text.
    pub(crate) fn offset(&self, part: &str) -> Option<usize> {
        let at = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at + part.len() <= self.text.len()).then_some(at)
    }

    /// Whether an inline element begins or ends where a part of the text begins.
    pub(crate) fn is_seam(&self, part: &str) -> bool {
        let at = self.offset(part).and_then(|at| u32::try_from(at).ok());
        at.is_some_and(|at| self.seams.binary_search(&at).is_ok())
    }
}

/// An anchor inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor<'p> {
    /// Byte offset in the block's text where its own begins.
    pub start: usize,
    /// Byte offset where it ends.
    pub end: usize,
    /// Its address as printed.
    pub href: &'p str,
}

/// A `<time datetime>` element inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeElement<'p> {
    /// Byte offset in the block's text where its printed text begins.
    pub start: usize,
    /// Byte offset where it ends.
    pub end: usize,
    /// The attribute as printed.
    pub datetime: &'p str,
}

/// Decodes a page and reads what stands on it. Reads any bytes; what had to be left out is noted.
///
/// `charset` is what the transport said (`Content-Type`), if anything.
pub fn read(bytes: &[u8], markup: Markup, charset: Option<&str>) -> Page {
    let (source, note) = charset::decode(bytes, charset);
    let html = match markup {
        Markup::Detect => html::looks_like(&source),
        Markup::Text => false,
        Markup::Html => true,
    };
    let mut page = if html { html::read(&source) } else { text::read(&source) };
    page.size = bytes.len();
    page.notes.splice(0..0, note);
    page
}

/// Whether XML 1.0 (2.2, production Char) forbids this character.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// What a class of characters means for a line's text.
#[derive(PartialEq, Eq)]
enum Class {
    Text,
    Space,
    /// Seen by nobody: soft hyphen, zero-width space, word joiner, byte order mark.
    Invisible,
    Forbidden,
}

fn class(c: char) -> Class {
    match c {
        ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{85}' => Class::Space,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Class::Invisible,
        _ if is_forbidden(c) || ('\u{7f}'..='\u{9f}').contains(&c) => Class::Forbidden,
        _ if !c.is_ascii() && c.is_whitespace() => Class::Space,
        _ => Class::Text,
    }
}

fn forbidden_note(line: u32) -> Note {
    Note::at(line, "control characters, which a feed must not hold, were left out")
}
