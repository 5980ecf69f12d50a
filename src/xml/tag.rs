//! Tags: names, attributes and the namespaces they bind.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use super::attribute::{self, Attribute};
use super::dtd;
use super::fault::{Kind, Limit};
use super::name::{self, is_space};
use super::namespace::NamespaceId;
use super::place::Span;
use super::reader::{Event, Open, Reader};
use super::reference::{self, Expander};
use super::{MAX_ATTRIBUTES, MAX_DEPTH};

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

/// So many open elements are looked at for the one that an end tag means: enough to go on from a mistake, and not all of
/// them for every tag of a document that is none.
const NEAR: usize = 64;

impl<'a> Reader<'a> {
    pub(super) fn end_tag(&mut self) {
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
        match inner.iter().rev().take(NEAR).position(|open| open.name == found) {
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

    pub(super) fn start_tag(&mut self) -> Result<Event<'a>, Limit> {
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
        self.take_declared(name)?;
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

    /// What the document type says of the attributes: collapses white space, and adds those that stand there by default.
    fn take_declared(&mut self, element: &str) -> Result<(), Limit> {
        let document = self.document;
        if document.dtd.attributes.is_empty() {
            return Ok(());
        }
        let Some(declared) = document.dtd.attributes.get(element) else { return Ok(()) };
        for attribute in &mut self.attributes {
            if declared.is_tokens(attribute.name)
                && let Some(value) = dtd::collapsed(&attribute.value)
            {
                attribute.value = Cow::Owned(value);
            }
        }
        let at = document.doctype.as_ref().map_or(Span::default(), |doctype| doctype.at);
        let written = self.attributes.len();
        for (name, value) in &declared.defaults {
            let mut before = self.attributes.iter().take(written);
            if before.any(|attribute| attribute.name == name) {
                continue;
            }
            reference::spend(&mut self.spent, value)?;
            let (local, value) = (split(name).1, Cow::Borrowed(value.as_str()));
            self.attributes.push(Attribute {
                name,
                local,
                namespace: None,
                value,
                name_at: at,
                value_at: at,
            });
        }
        Ok(())
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

/// A name's prefix, empty where there is none, and its local part.
fn split(name: &str) -> (&str, &str) {
    match memchr(b':', name.as_bytes()) {
        Some(at) => (name.get(..at).unwrap_or_default(), name.get(at + 1..).unwrap_or_default()),
        None => ("", name),
    }
}
