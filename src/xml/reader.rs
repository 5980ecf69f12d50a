//! The events of a document from its root on.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memmem};

use super::attribute::{self, Attribute};
use super::document::Document;
use super::fault::{Fault, Faults, Kind, Limit};
use super::name::{self, is_space};
use super::namespace::{NamespaceId, Namespaces};
use super::place::Span;
use super::reference::{self, Expander, Reference};
use super::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_ENTITY_DEPTH, markup};

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

/// The start of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name as it is written.
    pub name: &'a str,
    /// Its name without the prefix.
    pub local: &'a str,
    /// Its namespace; `None` for no namespace, or a prefix that is not declared.
    pub namespace: Option<NamespaceId>,
    /// The whole tag.
    pub at: Span,
    /// Where its name stands.
    pub name_at: Span,
}

/// Reads a document event by event. See [`Document::reader`].
#[derive(Debug)]
pub struct Reader<'a> {
    document: &'a Document<'a>,
    /// What is read now: the document, or an entity inside it.
    input: Input<'a>,
    outer: Vec<Input<'a>>,
    open: Vec<Open<'a>>,
    attributes: Vec<Attribute<'a>>,
    namespaces: Namespaces<'a>,
    faults: Faults,
    spent: usize,
    /// Ends that are still to be told.
    ends: usize,
    end_at: Span,
    has_root: bool,
}

#[derive(Debug, Clone, Copy)]
struct Input<'a> {
    text: &'a str,
    at: usize,
    /// The reference in the document that led here.
    origin: Option<Span>,
    entity: &'a str,
    /// How many elements were open when it began.
    depth: usize,
}

#[derive(Debug, Clone, Copy)]
struct Open<'a> {
    name: &'a str,
    at: Span,
    bindings: usize,
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

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.input.text.as_bytes().get(self.input.at + ahead).copied()
    }

    fn sees(&self, word: &str) -> bool {
        let bytes = self.input.text.as_bytes();
        bytes.get(self.input.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()))
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        let text: &'a str = self.input.text;
        text.get(start..end).unwrap_or_default()
    }

    fn find(&self, word: &[u8]) -> Option<usize> {
        let rest = self.input.text.as_bytes().get(self.input.at..)?;
        memmem::find(rest, word).map(|found| self.input.at + found)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.input.origin.unwrap_or(Span::new(start, end))
    }

    fn fault(&mut self, kind: Kind, start: usize, end: usize, detail: &str) {
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

    fn end_tag(&mut self) {
        let start = self.input.at;
        let after = start + 2;
        let text: &'a str = self.input.text;
        let bytes = text.as_bytes();
        let inner = self.open.get(self.input.depth..).unwrap_or_default();
        // Nearly every end tag is that of the innermost element, and is no more than its name.
        if let Some(open) = inner.last()
            && let Some(rest) = bytes.get(after..).and_then(|rest| rest.strip_prefix(open.name.as_bytes()))
            && rest.first() == Some(&b'>')
        {
            self.input.at = after + open.name.len() + 1;
            self.end_at = self.span(start, self.input.at);
            self.ends = 1;
            return;
        }
        let end = name::scan(text, after, true);
        let found = self.slice(after, end);
        let mut at = end;
        while bytes.get(at).copied().is_some_and(is_space) {
            at += 1;
        }
        if bytes.get(at) == Some(&b'>') {
            at += 1;
        } else {
            let kind = if at >= text.len() { Kind::Truncated } else { Kind::Tag };
            self.fault(kind, start, at, found);
            let rest = bytes.get(at..).unwrap_or_default();
            at += memchr2(b'>', b'<', rest)
                .map_or(rest.len(), |next| next + usize::from(rest.get(next) == Some(&b'>')));
        }
        self.input.at = at;
        self.end_at = self.span(start, at);
        let inner = self.open.get(self.input.depth..).unwrap_or_default();
        match inner.iter().rev().position(|open| open.name == found) {
            Some(0) => self.ends = 1,
            Some(above) => {
                let unclosed: Vec<_> = inner.iter().rev().take(above).copied().collect();
                self.ends = above + 1;
                for open in unclosed {
                    self.faults.add(Kind::Unclosed, open.at, open.name);
                }
            }
            None => self.fault(Kind::EndTag, start, at, found),
        }
    }

    fn start_tag(&mut self) -> Result<Event<'a>, Limit> {
        let start = self.input.at;
        let name_end = self.qualified_name(start + 1);
        let name = self.slice(start + 1, name_end);
        if self.open.is_empty() && std::mem::replace(&mut self.has_root, true) {
            self.fault(Kind::AfterRoot, start, name_end, name);
        }
        self.input.at = name_end;
        self.attributes.clear();
        let bindings = self.namespaces.mark();
        let empty = self.read_attributes(start)?;
        self.take_defaults(name);
        self.bind()?;
        let at = self.span(start, self.input.at);
        let name_at = self.span(start + 1, name_end);
        let (prefix, local) = split(name);
        let namespace = self.resolve(prefix, name_at);
        if self.attributes.len() > 1 {
            for (at, name) in attribute::repeated(&self.attributes) {
                self.faults.add(Kind::AttributeTwice, at, &name);
            }
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Limit::Depth);
        }
        self.open.push(Open { name, at, bindings });
        if empty {
            self.ends = 1;
            self.end_at = Span::new(at.end, at.end);
        }
        Ok(Event::Start(Tag { name, local, namespace, at, name_at }))
    }

    fn resolve(&mut self, prefix: &str, at: Span) -> Option<NamespaceId> {
        self.namespaces.resolve(prefix).unwrap_or_else(|kind| {
            self.faults.add(kind, at, prefix);
            None
        })
    }

    /// The end of a name with at most one colon inside (Namespaces 4).
    fn qualified_name(&mut self, start: usize) -> usize {
        let text = self.input.text;
        let end = name::scan(text, start, false);
        if text.as_bytes().get(end) != Some(&b':') {
            return end;
        }
        let whole = name::scan(text, start, true);
        let name = self.slice(start, whole);
        if !name.split_once(':').is_some_and(|(prefix, local)| !prefix.is_empty() && name::is_ncname(local)) {
            self.fault(Kind::QualifiedName, start, whole, name);
        }
        whole
    }

    /// Reads attributes up to the end of the tag; whether it is an empty element.
    fn read_attributes(&mut self, tag: usize) -> Result<bool, Limit> {
        loop {
            let before = self.input.at;
            while self.byte(0).is_some_and(is_space) {
                self.input.at += 1;
            }
            let spaced = self.input.at > before;
            match self.byte(0) {
                Some(b'>') => {
                    self.input.at += 1;
                    return Ok(false);
                }
                Some(b'/') if self.byte(1) == Some(b'>') => {
                    self.input.at += 2;
                    return Ok(true);
                }
                None => {
                    self.fault(Kind::Truncated, tag, tag + 1, "");
                    return Ok(false);
                }
                Some(b'<') => {
                    self.fault(Kind::Tag, tag, self.input.at, "");
                    return Ok(false);
                }
                Some(_) => {}
            }
            if !self.attribute(spaced)? {
                self.fault(Kind::AttributeSyntax, self.input.at, self.input.at + 1, "");
                self.skip_to_end();
            }
        }
    }

    /// After a broken attribute: on to what may end the tag.
    fn skip_to_end(&mut self) {
        let rest = self.input.text.as_bytes().get(self.input.at..).unwrap_or_default();
        self.input.at += memchr2(b'>', b'<', rest).unwrap_or(rest.len());
    }

    /// Reads one attribute; whether it was one.
    fn attribute(&mut self, spaced: bool) -> Result<bool, Limit> {
        let start = self.input.at;
        let end = self.qualified_name(start);
        if end == start {
            return Ok(false);
        }
        if !spaced {
            self.fault(Kind::AttributeSyntax, start, end, "");
        }
        self.input.at = end;
        self.skip_space();
        if self.byte(0) != Some(b'=') {
            return Ok(false);
        }
        self.input.at += 1;
        self.skip_space();
        let Some(quote) = self.byte(0).filter(|byte| matches!(byte, b'"' | b'\'')) else { return Ok(false) };
        let from = self.input.at + 1;
        let rest = self.input.text.as_bytes().get(from..).unwrap_or_default();
        let Some(length) = memchr(quote, rest) else {
            self.fault(Kind::Truncated, self.input.at, from, "");
            self.input.at = self.input.text.len();
            return Ok(true);
        };
        self.input.at = from + length + 1;
        if self.attributes.len() >= MAX_ATTRIBUTES {
            return Err(Limit::Attributes);
        }
        let name = self.slice(start, end);
        let attribute = Attribute {
            name,
            local: split(name).1,
            namespace: None,
            value: self.value(from, from + length)?,
            name_at: self.span(start, end),
            value_at: self.span(from, from + length),
        };
        self.attributes.push(attribute);
        Ok(true)
    }

    fn skip_space(&mut self) {
        while self.byte(0).is_some_and(is_space) {
            self.input.at += 1;
        }
    }

    fn value(&mut self, start: usize, end: usize) -> Result<Cow<'a, str>, Limit> {
        let raw = self.slice(start, end);
        let bytes = raw.as_bytes();
        let plain = memchr3(b'&', b'<', b'\t', bytes).is_none() && memchr2(b'\n', b'\r', bytes).is_none();
        if plain {
            return Ok(Cow::Borrowed(raw));
        }
        let mut out = String::with_capacity(raw.len());
        let origin = self.input.origin;
        let place = move |from, to| origin.unwrap_or(Span::new(start + from, start + to));
        let mut expander =
            Expander { dtd: &self.document.dtd, faults: &mut self.faults, spent: &mut self.spent };
        expander.value(raw, &place, &mut out)?;
        Ok(Cow::Owned(out))
    }

    /// Adds the attributes that the document type gives by default.
    fn take_defaults(&mut self, element: &str) {
        if self.document.dtd.defaults.is_empty() {
            return;
        }
        let Some(defaults) = self.document.dtd.defaults.get(element) else { return };
        let at = self.document.doctype.as_ref().map_or(Span::default(), |doctype| doctype.at);
        for (name, value) in defaults {
            if !self.attributes.iter().any(|attribute| attribute.name == name) {
                let local = split(name).1;
                let value = Cow::Borrowed(value.as_str());
                self.attributes.push(Attribute {
                    name,
                    local,
                    namespace: None,
                    value,
                    name_at: at,
                    value_at: at,
                });
            }
        }
    }

    /// Binds what the attributes declare, then resolves their prefixes.
    fn bind(&mut self) -> Result<(), Limit> {
        let mut prefixed = false;
        for at in 0..self.attributes.len() {
            let Some(attribute) = self.attributes.get(at) else { break };
            let prefix = match attribute.name {
                "xmlns" => "",
                name => {
                    prefixed |= name.len() != attribute.local.len();
                    match name.strip_prefix("xmlns:") {
                        Some(prefix) => prefix,
                        None => continue,
                    }
                }
            };
            let (place, value) = (attribute.value_at, attribute.value.clone());
            if let Err(kind) = self.namespaces.bind(prefix, value)? {
                self.faults.add(kind, place, prefix);
            }
        }
        if !prefixed {
            return Ok(());
        }
        for at in 0..self.attributes.len() {
            let Some(attribute) = self.attributes.get(at) else { break };
            let (prefix, _) = split(attribute.name);
            if prefix.is_empty() || prefix == "xmlns" {
                continue;
            }
            let place = attribute.name_at;
            let id = self.resolve(prefix, place);
            if let Some(attribute) = self.attributes.get_mut(at) {
                attribute.namespace = id;
            }
        }
        Ok(())
    }
}

/// How long the text is that goes on here, as far as a look ahead shows.
fn likely_length(rest: &[u8]) -> usize {
    let near = rest.get(..LOOK_AHEAD).unwrap_or(rest);
    memchr(b'<', near).unwrap_or(near.len())
}

/// A name's prefix, empty where there is none, and its local part.
fn split(name: &str) -> (&str, &str) {
    match memchr(b':', name.as_bytes()) {
        Some(at) => (name.get(..at).unwrap_or_default(), name.get(at + 1..).unwrap_or_default()),
        None => ("", name),
    }
}
