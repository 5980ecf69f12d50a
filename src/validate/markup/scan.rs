//! A piece of HTML, tag by tag: where it breaks the rules of HTML, and what readers strip of it.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::tree::Tree;
use super::{entity, names, style};
use crate::validate::finding::Tell;
use crate::validate::rules::text as rules;

/// Judges a piece of HTML. `relative`: whether relative addresses are told.
pub(crate) fn judge(text: &str, relative: bool, tell: &mut Tell<'_>) {
    if !text.is_ascii() {
        let broken = |c: &char| matches!(*c, '\u{7f}'..='\u{9f}') || entity::is_noncharacter(u32::from(*c));
        if text.chars().any(|c| broken(&c)) {
            tell.say(&rules::NOT_HTML, "a character that HTML does not allow");
        }
    }
    let mut scan = Scan { text, at: 0, relative, tell, told: Vec::new() };
    let mut tree = Tree::default();
    scan.run(&mut tree);
    if let Some(error) = tree.finish() {
        scan.error(error);
    }
}

struct Scan<'t, 'o, 'f> {
    text: &'t str,
    at: usize,
    relative: bool,
    tell: &'o mut Tell<'f>,
    /// Each kind of error is told once a text.
    told: Vec<&'static str>,
}

impl<'t> Scan<'t, '_, '_> {
    fn error(&mut self, what: &'static str) {
        if !self.told.contains(&what) {
            self.told.push(what);
            self.tell.say(&rules::NOT_HTML, what);
        }
    }

    fn error_if(&mut self, what: Option<&'static str>) {
        if let Some(what) = what {
            self.error(what);
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn run(&mut self, tree: &mut Tree<'t>) {
        while let Some(found) = memchr2(b'<', b'&', self.rest().as_bytes()) {
            self.at += found;
            if self.byte() == Some(b'&') {
                self.at += 1;
                self.reference(None);
                continue;
            }
            self.at += 1;
            match self.byte() {
                Some(b'/') => self.end_tag(tree),
                Some(b'!') => self.declaration(),
                Some(b'?') => {
                    if self.rest().starts_with("?import ") {
                        self.tell.say(&rules::SECURITY_RISK, "<?import>");
                    }
                    self.error("a processing instruction");
                    self.skip_past(b'>');
                }
                Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(tree),
                _ => self.error("a < that begins no tag"),
            }
        }
    }

    fn skip_past(&mut self, byte: u8) {
        self.at = memchr(byte, self.rest().as_bytes()).map_or(self.text.len(), |found| self.at + found + 1);
    }

    /// `<!…`: a comment, or something that stands in no piece of HTML.
    fn declaration(&mut self) {
        if !self.rest().starts_with("!--") {
            self.error("a declaration");
            self.skip_past(b'>');
            return;
        }
        self.at += "!--".len();
        if let Some(found) = memmem::find(self.rest().as_bytes(), b"-->") {
            self.at += found + 3;
        } else {
            self.error("a comment that does not end");
            self.at = self.text.len();
        }
    }

    /// What follows an `&`; in an attribute's value up to `end`.
    fn reference(&mut self, end: Option<usize>) {
        let rest = self.text.get(self.at..end.unwrap_or(self.text.len())).unwrap_or_default();
        let Some(first) = rest.bytes().next() else { return };
        if first == b'#' {
            let (digits, radix) = match rest.get(1..2) {
                Some("x" | "X") => (rest.get(2..).unwrap_or_default(), 16),
                _ => (rest.get(1..).unwrap_or_default(), 10),
            };
            let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
            let closed = digits.as_bytes().get(length) == Some(&b';');
            let number = u32::from_str_radix(digits.get(..length).unwrap_or_default(), radix);
            if length == 0 || !closed {
                self.error("a number behind &# that is not written as it must be");
            } else if !number.is_ok_and(entity::is_character) {
                self.error("a reference to no character");
            }
        } else if first.is_ascii_alphanumeric() {
            let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let closed = rest.as_bytes().get(length) == Some(&b';');
            if !(closed && rest.get(..length).is_some_and(entity::is_html)) {
                self.error("an & that begins no entity of HTML; write &amp;");
            }
        }
    }

    fn name(&mut self) -> Cow<'t, str> {
        let length = self
            .rest()
            .bytes()
            .take_while(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xc | b'/' | b'>'))
            .count();
        let name = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        }
    }

    fn end_tag(&mut self, tree: &mut Tree<'t>) {
        self.at += 1;
        if !self.byte().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.error("a </ that begins no end tag");
            self.skip_past(b'>');
            return;
        }
        let name = self.name();
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        if rest.get(blank..).is_some_and(|rest| rest.starts_with('>')) {
            self.at += blank + 1;
        } else {
            self.error("an end tag that holds more than its name");
            self.skip_past(b'>');
        }
        if names::is_void(&name) {
            self.error("an end tag of an element that has none");
        } else {
            let error = tree.end(&name);
            self.error_if(error);
        }
    }

    fn start_tag(&mut self, tree: &mut Tree<'t>) {
        let start = self.at;
        let name = self.name();
        let safe = names::is_safe(&name);
        let known = safe || names::is_tag(&name) || name == "svg" || name == "math";
        if !known {
            self.tell.say(&rules::NOT_HTML, &format!("<{name}> is no element of HTML"));
        } else if !safe {
            self.tell.say(&rules::SECURITY_RISK, &format!("<{name}>"));
        }
        let solidus = self.attributes(&name, safe);
        if names::is_void(&name) {
            let error = tree.void(&name);
            self.error_if(error);
            return;
        }
        if solidus && known {
            self.error("an element closed by /> that has an end tag");
        }
        // The tree keeps names as they stand in the text; those in upper case are found by their last form.
        let kept = self.text.get(start..start + name.len()).unwrap_or_default();
        let kept = if kept == name { kept } else { names::SAFE.get(&name).unwrap_or(kept) };
        let error = tree.start(kept);
        self.error_if(error);
        if matches!(
            &*name,
            "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "textarea" | "title"
        ) {
            self.raw(&name);
        } else if name == "plaintext" {
            self.at = self.text.len();
        }
    }

    /// Text that ends only with the end tag of its element.
    fn raw(&mut self, name: &str) {
        while let Some(found) = memmem::find(self.rest().as_bytes(), b"</") {
            let after = self.at + found + 2;
            if self.text.get(after..after + name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name)) {
                self.at += found;
                return;
            }
            self.at = after;
        }
        self.at = self.text.len();
    }

    /// The attributes of a start tag, up to its end; whether that is `/>`.
    fn attributes(&mut self, element: &str, judged: bool) -> bool {
        let mut seen: Vec<Cow<'t, str>> = Vec::new();
        loop {
            let before = self.at;
            self.at += self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
            let spaced = self.at > before;
            match self.byte() {
                None => {
                    self.error("a tag that does not end");
                    return false;
                }
                Some(b'>') => {
                    self.at += 1;
                    return false;
                }
                Some(b'/') if self.rest().starts_with("/>") => {
                    self.at += 2;
                    return true;
                }
                Some(b'/') => {
                    self.error("a / inside a tag");
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            if !spaced {
                self.error("attributes without a space between them");
            }
            let (name, value) = self.attribute();
            if seen.len() < 64 {
                if seen.contains(&name) {
                    self.error("an attribute that stands twice");
                }
                seen.push(name.clone());
            }
            if judged {
                self.judge_attribute(element, &name, value);
            }
        }
    }

    fn attribute(&mut self) -> (Cow<'t, str>, &'t str) {
        let start = self.at;
        let ends = |byte: &u8| matches!(byte, b'=' | b'>' | b'/') || byte.is_ascii_whitespace();
        let bytes = self.rest().as_bytes();
        // A = at the start is part of the name.
        let length = 1 + bytes.iter().skip(1).take_while(|byte| !ends(byte)).count();
        self.at = (start + length).min(self.text.len());
        let name = self.text.get(start..self.at).unwrap_or_default();
        if name.contains(['"', '\'', '<', '=']) {
            self.error("an attribute's name with a character that it may not have");
        }
        let lower = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let blank = self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
        if self.rest().as_bytes().get(blank) != Some(&b'=') {
            return (lower, "");
        }
        self.at += blank + 1;
        self.at += self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
        (lower, self.value())
    }

    fn value(&mut self) -> &'t str {
        let start;
        let end;
        if let Some(quote @ (b'"' | b'\'')) = self.byte() {
            start = self.at + 1;
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            let Some(length) = memchr(quote, rest) else {
                self.error("a value whose quote is not closed");
                self.at = self.text.len();
                return self.text.get(start..).unwrap_or_default();
            };
            end = start + length;
            self.at = end + 1;
        } else {
            start = self.at;
            let length =
                self.rest().bytes().take_while(|byte| !byte.is_ascii_whitespace() && *byte != b'>').count();
            end = start + length;
            self.at = end;
            let value = self.text.get(start..end).unwrap_or_default();
            if value.is_empty() || value.contains(['"', '\'', '<', '=', '`']) {
                self.error("a value that needs quotes");
            }
        }
        let after = self.at;
        self.at = start;
        while let Some(found) = self.text.get(self.at..end).and_then(|value| memchr(b'&', value.as_bytes())) {
            self.at += found + 1;
            self.reference(Some(end));
        }
        self.at = after;
        self.text.get(start..end).unwrap_or_default()
    }

    fn judge_attribute(&mut self, element: &str, name: &str, value: &str) {
        if name == "style" {
            let mut tell = self.tell.at_attribute("style");
            style::dangers(value, &mut |danger| tell.say(&rules::DANGEROUS_STYLE_ATTR, danger));
            return;
        }
        let leads = matches!(
            (element, name),
            ("a" | "area", "href") | ("img" | "source" | "audio" | "video" | "track", "src")
        );
        let value = value.trim();
        let runs = leads
            && ["javascript:", "vbscript:"].iter().any(|scheme| {
                value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            });
        if runs || !names::acceptable_attribute(name) {
            self.tell.at_attribute(name).say(&rules::SECURITY_RISK_ATTR, name);
        } else if leads && self.relative && !value.is_empty() && !has_scheme(value) {
            self.tell.say(&rules::CONTAINS_REL_REF, value);
        }
    }
}

fn has_scheme(value: &str) -> bool {
    let length = value
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-' | b'.'))
        .count();
    length > 0 && value.as_bytes().get(length) == Some(&b':')
}
