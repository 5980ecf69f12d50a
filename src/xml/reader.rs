//! The events of a document from its root on.

use std::borrow::Cow;

use memchr::{memchr, memchr3, memmem};

use super::attribute::Attribute;
use super::document::Document;
use super::fault::{Fault, Faults, Kind, Limit};
use super::name::{self, is_space};
use super::namespace::{NamespaceId, Namespaces};
use super::place::Span;
use super::reference::{self, Reference};
use super::tag::Tag;
use super::{MAX_ENTITY_DEPTH, markup};

/// What comes next in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// An element begins; its attributes are the reader's.
    Start(Tag<'a>),
    /// The innermost element ends, with the tag that says so or, where that lacks, nothing.
    End(Span),
    /// Text or a CDATA section, references grown.
    Text(Cow<'a, str>, Span),
}

/// Reads a document event by event. See [`Document::reader`].
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) document: &'a Document<'a>,
    /// What is read now: the document, or an entity inside it.
    pub(super) input: Input<'a>,
    outer: Vec<Input<'a>>,
    pub(super) open: Vec<Open<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) namespaces: Namespaces<'a>,
    pub(super) faults: Faults,
    pub(super) spent: usize,
    /// Ends that are still to be told.
    pub(super) ends: usize,
    pub(super) end_at: Span,
    pub(super) has_root: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The reference in the document that led here.
    pub(super) origin: Option<Span>,
    entity: &'a str,
    /// How many elements were open when it began.
    pub(super) depth: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Open<'a> {
    pub(super) name: &'a str,
    pub(super) at: Span,
    pub(super) bindings: usize,
}

/// Bytes that are looked at to guess how much a text needs; few, for a text may be looked at once an entity.
const LOOK_AHEAD: usize = 4096;

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document<'a>) -> Self {
        let input = Input { text: &document.text, at: document.start, origin: None, entity: "", depth: 0 };
        Self {
            document,
            input,
            outer: Vec::new(),
            open: Vec::new(),
            attributes: Vec::new(),
            namespaces: Namespaces::new(),
            faults: document.faults.clone(),
            spent: 0,
            ends: 0,
            end_at: Span::default(),
            has_root: false,
        }
    }

    /// The next event; none at the end of the document.
    #[expect(clippy::should_implement_trait, reason = "it can fail, and lends its attributes")]
    pub fn next(&mut self) -> Result<Option<Event<'a>>, Limit> {
        loop {
            if self.ends > 0 {
                return Ok(Some(self.end()));
            }
            let event = match self.byte(0) {
                None => {
                    if self.leave() {
                        continue;
                    }
                    return Ok(None);
                }
                Some(b'<') => self.markup()?,
                Some(_) => self.text()?,
            };
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    /// The attributes of the element that began last.
    pub fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// The name of a namespace.
    pub fn uri(&self, id: NamespaceId) -> &str {
        self.namespaces.uri(id)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether a fault was met after which what follows may be misread.
    pub fn is_lost(&self) -> bool {
        self.faults.structural
    }

    /// The faults met so far.
    pub fn faults(&self) -> &[Fault] {
        &self.faults.list
    }

    /// All faults met.
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults.list
    }

    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        self.input.text.as_bytes().get(self.input.at + ahead).copied()
    }

    fn sees(&self, word: &str) -> bool {
        let bytes = self.input.text.as_bytes();
        bytes.get(self.input.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()))
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        let text: &'a str = self.input.text;
        text.get(start..end).unwrap_or_default()
    }

    fn find(&self, word: &[u8]) -> Option<usize> {
        let rest = self.input.text.as_bytes().get(self.input.at..)?;
        memmem::find(rest, word).map(|found| self.input.at + found)
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.input.origin.unwrap_or(Span::new(start, end))
    }

    pub(super) fn fault(&mut self, kind: Kind, start: usize, end: usize, detail: &str) {
        let at = self.span(start, end);
        self.faults.add(kind, at, detail);
    }

    /// At the end of an input: back to the one it was used in, if any.
    fn leave(&mut self) -> bool {
        let Some(outer) = self.outer.pop() else {
            if let Some(open) = self.open.pop() {
                self.open.clear();
                self.faults.add(Kind::Unclosed, open.at, open.name);
            }
            if !std::mem::replace(&mut self.has_root, true) {
                self.faults.add(Kind::NoRoot, Span::new(0, 0), "");
            }
            return false;
        };
        if self.open.len() > self.input.depth {
            self.fault(Kind::Unclosed, 0, 0, self.input.entity);
            self.ends = self.open.len() - self.input.depth;
            self.end_at = self.span(0, 0);
        }
        self.input = outer;
        true
    }

    fn end(&mut self) -> Event<'a> {
        self.ends -= 1;
        if let Some(open) = self.open.pop() {
            self.namespaces.release(open.bindings);
        }
        Event::End(self.end_at)
    }

    fn markup(&mut self) -> Result<Option<Event<'a>>, Limit> {
        let start = self.input.at;
        let next = self.byte(1).unwrap_or_default();
        if next == b'/' {
            self.end_tag();
            return Ok(None);
        }
        if next == b'!' || next == b'?' {
            return Ok(self.declaration(start));
        }
        let is_name = next.is_ascii_alphabetic() || next == b'_';
        if is_name || (next >= 0x80 && name::scan(self.input.text, start + 1, false) > start + 1) {
            return self.start_tag().map(Some);
        }
        let kind = if next == 0 { Kind::Truncated } else { Kind::LessThan };
        self.fault(kind, start, start + 1, "");
        self.input.at += 1;
        let shown = (!self.open.is_empty()).then(|| self.slice(start, start + 1));
        Ok(shown.map(|text| Event::Text(Cow::Borrowed(text), self.span(start, start + 1))))
    }

    fn declaration(&mut self, start: usize) -> Option<Event<'a>> {
        let origin = self.input.origin;
        let place = move |from, to| origin.unwrap_or(Span::new(from, to));
        if self.sees("<!--") {
            self.input.at = markup::comment(self.input.text, start, &place, &mut self.faults);
        } else if self.sees("<?") {
            self.input.at = markup::instruction(self.input.text, start, &place, &mut self.faults);
        } else if self.sees("<![CDATA[") {
            return self.cdata(start);
        } else {
            let kind = if self.sees("<!DOCTYPE") { Kind::Doctype } else { Kind::LessThan };
            self.fault(kind, start, start + 2, "");
            let rest = self.input.text.as_bytes().get(start..).unwrap_or_default();
            self.input.at = start + memchr(b'>', rest).map_or(rest.len(), |found| found + 1);
        }
        None
    }

    fn cdata(&mut self, start: usize) -> Option<Event<'a>> {
        let from = start + "<![CDATA[".len();
        let end = self.find(b"]]>");
        if end.is_none() {
            self.fault(Kind::Truncated, start, from, "");
        }
        let end = end.unwrap_or(self.input.text.len()).max(from);
        self.input.at = (end + 3).min(self.input.text.len());
        if self.open.is_empty() {
            self.fault(Kind::AfterRoot, start, from, "");
            return None;
        }
        Some(Event::Text(self.lines(self.slice(from, end)), self.span(from, end)))
    }

    /// A text with its line ends as XML has them (XML 1.0 2.11).
    fn lines(&self, text: &'a str) -> Cow<'a, str> {
        if self.document.has_return && memchr(b'\r', text.as_bytes()).is_some() {
            return Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
        }
        Cow::Borrowed(text)
    }

    /// Text up to the next tag or entity.
    fn text(&mut self) -> Result<Option<Event<'a>>, Limit> {
        let start = self.input.at;
        let mut from = start;
        let mut grown: Option<String> = None;
        loop {
            let rest = self.input.text.as_bytes().get(self.input.at..).unwrap_or_default();
            let Some(found) = memchr3(b'<', b'&', b']', rest) else {
                self.input.at = self.input.text.len();
                break;
            };
            let byte = rest.get(found).copied();
            self.input.at += found;
            let at = self.input.at;
            if byte == Some(b'<') {
                break;
            }
            if byte == Some(b']') {
                if self.sees("]]>") {
                    self.fault(Kind::CdataEnd, at, at + 3, "");
                }
                self.input.at += 1;
                continue;
            }
            let piece = self.lines(self.slice(from, at));
            let mut so_far =
                grown.take().unwrap_or_else(|| String::with_capacity(at - start + likely_length(rest)));
            so_far.push_str(&piece);
            let entered = self.reference(&mut so_far)?;
            grown = Some(so_far);
            if let Some(input) = entered {
                let span = self.span(start, at);
                self.outer.push(self.input);
                self.input = input;
                return Ok(self.told(Cow::Owned(grown.unwrap_or_default()), span));
            }
            from = self.input.at;
        }
        let end = self.input.at;
        let last = self.lines(self.slice(from, end));
        let text = match grown {
            None => last,
            Some(mut grown) => {
                grown.push_str(&last);
                Cow::Owned(grown)
            }
        };
        let span = self.span(start, end);
        Ok(self.told(text, span))
    }

    /// Text as an event, if it stands where text may.
    fn told(&mut self, text: Cow<'a, str>, at: Span) -> Option<Event<'a>> {
        if self.open.is_empty() {
            if !text.bytes().all(is_space) {
                self.faults.add(Kind::AfterRoot, at, "");
            }
            return None;
        }
        (!text.is_empty()).then_some(Event::Text(text, at))
    }

    /// Reads the reference here. What it stands for is appended, or is an entity to go into.
    fn reference(&mut self, out: &mut String) -> Result<Option<Input<'a>>, Limit> {
        let text: &'a str = self.input.text;
        let start = self.input.at;
        let (found, end) = reference::read(text, start);
        self.input.at = end;
        if self.open.is_empty() {
            self.fault(Kind::AfterRoot, start, end, "");
            return Ok(None);
        }
        match found {
            Reference::Character(c) => out.push(c),
            Reference::Forbidden => self.fault(Kind::CharacterReference, start, end, self.slice(start, end)),
            Reference::Bare => {
                out.push('&');
                self.fault(Kind::Ampersand, start, end, "");
            }
            Reference::Named(name) => return self.entity(name, Span::new(start, end), out),
        }
        Ok(None)
    }

    fn entity(&mut self, name: &'a str, at: Span, out: &mut String) -> Result<Option<Input<'a>>, Limit> {
        let dtd = &self.document.dtd;
        let Some(entity) = dtd.entities.get(name) else {
            if dtd.must_be_declared() {
                self.fault(Kind::UndefinedEntity, at.start, at.end, name);
                out.push_str(self.slice(at.start, at.end));
            }
            return Ok(None);
        };
        if entity.unparsed {
            self.fault(Kind::MisusedEntity, at.start, at.end, name);
        }
        let Some(value) = &entity.value else { return Ok(None) };
        let is_open = self.input.entity == name || self.outer.iter().any(|input| input.entity == name);
        if is_open {
            self.fault(Kind::RecursiveEntity, at.start, at.end, name);
            return Ok(None);
        }
        if self.outer.len() >= MAX_ENTITY_DEPTH {
            return Err(Limit::EntityDepth);
        }
        reference::spend(&mut self.spent, value)?;
        let origin = Some(self.span(at.start, at.end));
        Ok(Some(Input { text: value, at: 0, origin, entity: name, depth: self.open.len() }))
    }
}

/// How long the text is that goes on here, as far as a look ahead shows.
fn likely_length(rest: &[u8]) -> usize {
    let near = rest.get(..LOOK_AHEAD).unwrap_or(rest);
    memchr(b'<', near).unwrap_or(near.len())
}
