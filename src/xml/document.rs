//! A document before its root: decoded, its declaration and document type read.

use std::borrow::Cow;

use super::charset::{self, Charset};
use super::declaration::{self, Declaration};
use super::dtd::{Doctype, Dtd};
use super::fault::{Fault, Faults, Kind, Limit};
use super::place::Span;
use super::{MAX_BYTES, Reader, markup, name};

/// A document that is ready to be read.
#[derive(Debug)]
pub struct Document<'a> {
    /// Its text; spans count its bytes. A byte order mark is its first character.
    pub text: Cow<'a, str>,
    /// How it was encoded.
    pub charset: Charset,
    /// Its XML declaration.
    pub declaration: Option<Declaration>,
    /// Its document type declaration.
    pub doctype: Option<Doctype>,
    pub(super) dtd: Dtd,
    pub(super) faults: Faults,
    /// Where reading goes on.
    pub(super) start: usize,
    /// Whether there is any CR to normalize.
    pub(super) has_return: bool,
}

impl<'a> Document<'a> {
    /// Decodes bytes and reads what stands before the root, faults and all.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Limit> {
        if bytes.len() > MAX_BYTES {
            return Err(Limit::Bytes);
        }
        let mut faults = Faults::default();
        let (text, charset) = charset::decode(bytes, &mut faults);
        for at in name::forbidden(&text) {
            faults.add(Kind::Character, at, &shown(&text, at));
        }
        let has_return = memchr::memchr(b'\r', text.as_bytes()).is_some();
        let mut document = Self {
            text,
            charset,
            declaration: None,
            doctype: None,
            dtd: Dtd::default(),
            faults,
            start: 0,
            has_return,
        };
        document.read_prolog()?;
        Ok(document)
    }

    fn read_prolog(&mut self) -> Result<(), Limit> {
        let text: &str = &self.text;
        let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        if text.get(at..).is_some_and(declaration::begins) {
            let (found, end) = declaration::read(text, at, &mut self.faults);
            self.dtd.standalone = found.standalone == Some(true);
            self.declaration = Some(found);
            at = end;
        }
        loop {
            let rest = text.get(at..).unwrap_or_default();
            at += rest.bytes().take_while(|byte| name::is_space(*byte)).count();
            let rest = text.get(at..).unwrap_or_default();
            if rest.starts_with("<!--") {
                at = markup::comment(text, at, &Span::new, &mut self.faults);
            } else if rest.starts_with("<?") {
                at = markup::instruction(text, at, &Span::new, &mut self.faults);
            } else if rest.starts_with("<!DOCTYPE") && self.doctype.is_none() {
                let (doctype, end) = self.dtd.read(text, at, &mut self.faults)?;
                self.doctype = Some(doctype);
                at = end;
            } else {
                self.start = at;
                return Ok(());
            }
        }
    }

    /// Reads it from the root on.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }

    /// What was wrong before the root.
    pub fn faults(&self) -> &[Fault] {
        &self.faults.list
    }
}

/// A forbidden character as a reader can see it.
fn shown(text: &str, at: Span) -> String {
    let character = text.get(at.start..at.end).and_then(|text| text.chars().next());
    character.map_or_else(String::new, |c| format!("U+{:04X}", u32::from(c)))
}
