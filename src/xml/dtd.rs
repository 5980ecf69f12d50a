//! The document type declaration with its internal subset: XML 1.0 2.8, 3.2, 3.3, 4.2. Nothing outside is fetched.

use std::collections::HashMap;

use super::MAX_DEFAULTS;
use super::fault::{Faults, Kind, Limit};
use super::markup;
use super::name::{self, is_space};
use super::place::Span;
use super::reference::{Expander, Reference, predefined, read};

/// What `<!DOCTYPE …>` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doctype {
    /// The root's name.
    pub name: String,
    /// The external subset.
    pub external: Option<ExternalId>,
    /// The whole declaration.
    pub at: Span,
    /// The entities that it declares with an address: name and place.
    pub fetched: Vec<(String, Span)>,
}

/// Where something outside the document is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExternalId {
    /// Its public identifier.
    pub public: Option<String>,
    /// Its address.
    pub system: String,
}

#[derive(Debug, Clone)]
pub(super) struct Entity {
    /// The replacement text; none for an entity outside the document.
    pub(super) value: Option<String>,
    /// Whether it is data in some notation.
    pub(super) unparsed: bool,
}

/// What the internal subset declares.
#[derive(Debug, Clone, Default)]
pub(super) struct Dtd {
    pub(super) entities: HashMap<String, Entity>,
    /// By their element.
    pub(super) attributes: HashMap<String, Declared>,
    pub(super) standalone: bool,
    /// Something outside may declare more.
    open: bool,
    /// A reference to a parameter entity was passed over: what follows may have been declared there, and otherwise
    /// (XML 1.0 5.1).
    passes_over: bool,
    spent: usize,
}

/// The attributes that are declared for an element; the first declaration of each counts (XML 1.0 3.3).
#[derive(Debug, Clone, Default)]
pub(super) struct Declared {
    /// Each attribute, and whether it is of a type other than CDATA, whose white space is collapsed (XML 1.0 3.3.3).
    tokens: HashMap<String, bool>,
    has_tokens: bool,
    /// Those with a default, and that.
    pub(super) defaults: Vec<(String, String)>,
}

impl Declared {
    /// Whether the white space of an attribute is collapsed.
    pub(super) fn is_tokens(&self, name: &str) -> bool {
        self.has_tokens && self.tokens.get(name).copied().unwrap_or_default()
    }

    fn add(&mut self, name: &str, is_tokens: bool, default: Option<String>) -> Result<(), Limit> {
        if self.tokens.contains_key(name) {
            return Ok(());
        }
        self.tokens.insert(name.to_owned(), is_tokens);
        self.has_tokens |= is_tokens;
        let Some(default) = default else { return Ok(()) };
        if self.defaults.len() >= MAX_DEFAULTS {
            return Err(Limit::Defaults);
        }
        let default = if is_tokens { collapsed(&default).unwrap_or(default) } else { default };
        self.defaults.push((name.to_owned(), default));
        Ok(())
    }
}

/// A value of tokens with one space between them; nothing where it is so already.
pub(super) fn collapsed(value: &str) -> Option<String> {
    let has_more = value.starts_with(' ') || value.ends_with(' ') || value.contains("  ");
    let words = || value.split(' ').filter(|word| !word.is_empty());
    has_more.then(|| words().collect::<Vec<_>>().join(" "))
}

/// It is not written as it must be; where that shows.
struct Wrong(usize);

type Read<T> = Result<T, Wrong>;

impl Dtd {
    /// Whether an entity that is not declared is a fault (XML 1.0 4.1).
    pub(super) fn must_be_declared(&self) -> bool {
        !self.open || self.standalone
    }

    /// Reads the declaration that begins at `start`, and says where it ends.
    pub(super) fn read(
        &mut self,
        text: &str,
        start: usize,
        faults: &mut Faults,
    ) -> Result<(Doctype, usize), Limit> {
        let mut doctype = Doctype::default();
        let mut scanner = Scanner { text, at: start + "<!DOCTYPE".len() };
        let end = match self.doctype(&mut scanner, &mut doctype, faults)? {
            Ok(()) => scanner.at,
            Err(Wrong(at)) => {
                faults.add(Kind::Doctype, Span::new(at, at + 1), "");
                recover(text, at)
            }
        };
        doctype.at = Span::new(start, end);
        Ok((doctype, end))
    }

    fn doctype(
        &mut self,
        scanner: &mut Scanner<'_>,
        doctype: &mut Doctype,
        faults: &mut Faults,
    ) -> Result<Read<()>, Limit> {
        let head = |scanner: &mut Scanner<'_>, doctype: &mut Doctype| {
            scanner.space()?;
            scanner.name()?.clone_into(&mut doctype.name);
            let spaced = scanner.skip();
            doctype.external = if spaced { scanner.external(false)? } else { None };
            scanner.skip();
            Ok(())
        };
        if let Err(wrong) = head(scanner, doctype) {
            return Ok(Err(wrong));
        }
        self.open |= doctype.external.is_some();
        if scanner.take("[") {
            loop {
                scanner.skip();
                if scanner.take("]") {
                    break;
                }
                if let Err(wrong) = self.declaration(scanner, doctype, faults)? {
                    return Ok(Err(wrong));
                }
            }
            scanner.skip();
        }
        Ok(scanner.expect(">"))
    }

    fn declaration(
        &mut self,
        scanner: &mut Scanner<'_>,
        doctype: &mut Doctype,
        faults: &mut Faults,
    ) -> Result<Read<()>, Limit> {
        if scanner.sees("<!--") {
            scanner.at = markup::comment(scanner.text, scanner.at, &Span::new, faults);
        } else if scanner.sees("<?") {
            scanner.at = markup::instruction(scanner.text, scanner.at, &Span::new, faults);
        } else if scanner.take("%") {
            let named = scanner.ncname().and_then(|_| scanner.expect(";"));
            self.open = true;
            self.passes_over = !self.standalone;
            return Ok(named);
        } else if scanner.take("<!ENTITY") {
            return Ok(self.entity(scanner, doctype, faults));
        } else if scanner.take("<!ATTLIST") {
            return self.attributes(scanner, faults);
        } else if scanner.take("<!ELEMENT") {
            return Ok(element(scanner));
        } else if scanner.take("<!NOTATION") {
            return Ok(notation(scanner));
        } else {
            return Ok(Err(Wrong(scanner.at)));
        }
        Ok(Ok(()))
    }

    fn entity(&mut self, scanner: &mut Scanner<'_>, doctype: &mut Doctype, faults: &mut Faults) -> Read<()> {
        let start = scanner.at;
        scanner.space()?;
        let is_parameter = scanner.take("%");
        if is_parameter {
            scanner.space()?;
        }
        let name = scanner.ncname()?;
        scanner.space()?;
        let mut unparsed = false;
        let value = if let Some(external) = scanner.external(false)? {
            doctype.fetched.push((name.to_owned(), Span::new(start, scanner.at)));
            let spaced = scanner.skip();
            if !is_parameter && scanner.take("NDATA") {
                if !spaced {
                    return Err(Wrong(scanner.at));
                }
                scanner.space()?;
                scanner.ncname()?;
                unparsed = true;
            }
            drop(external);
            None
        } else {
            let at = scanner.at + 1;
            let raw = scanner.literal()?;
            (!self.passes_over).then(|| replacement(raw, at, faults))
        };
        scanner.skip();
        scanner.expect(">")?;
        let is_kept = !is_parameter && !self.passes_over && predefined(name).is_none();
        if is_kept && !self.entities.contains_key(name) {
            self.entities.insert(name.to_owned(), Entity { value, unparsed });
        }
        Ok(())
    }

    fn attributes(&mut self, scanner: &mut Scanner<'_>, faults: &mut Faults) -> Result<Read<()>, Limit> {
        let element = match scanner.space().and_then(|()| scanner.name()) {
            Ok(name) => name,
            Err(wrong) => return Ok(Err(wrong)),
        };
        // Taken out once for all its attributes: its name may be as long as the document.
        let mut declared = self.attributes.remove(element).unwrap_or_default();
        let read = self.definitions(scanner, &mut declared, faults)?;
        self.attributes.insert(element.to_owned(), declared);
        Ok(read)
    }

    fn definitions(
        &mut self,
        scanner: &mut Scanner<'_>,
        declared: &mut Declared,
        faults: &mut Faults,
    ) -> Result<Read<()>, Limit> {
        loop {
            let spaced = scanner.skip();
            if scanner.take(">") {
                return Ok(Ok(()));
            }
            if !spaced {
                return Ok(Err(Wrong(scanner.at)));
            }
            let definition = match attribute(scanner) {
                Ok(found) => found,
                Err(wrong) => return Ok(Err(wrong)),
            };
            if self.passes_over {
                continue;
            }
            let default = definition.default.map(|(raw, at)| self.default(raw, at, faults)).transpose()?;
            declared.add(definition.name, definition.is_tokens, default)?;
        }
    }

    /// The value of a default, with the entities that are declared so far.
    fn default(&mut self, raw: &str, at: usize, faults: &mut Faults) -> Result<String, Limit> {
        let mut value = String::new();
        let mut spent = self.spent;
        let place = |from, to| Span::new(at + from, at + to);
        Expander { dtd: self, faults, spent: &mut spent }.value(raw, &place, &mut value)?;
        self.spent = spent;
        Ok(value)
    }
}

/// Where a broken declaration may end.
fn recover(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let end = memchr::memmem::find(rest.as_bytes(), b"]>").map(|found| found + 2);
    let end = end.or_else(|| rest.find('>').map(|found| found + 1));
    at + end.unwrap_or(rest.len())
}

/// The replacement text of an entity: character references are taken at once, others later (XML 1.0 4.5).
fn replacement(raw: &str, offset: usize, faults: &mut Faults) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = 0;
    while let Some(found) = raw.get(rest..).and_then(|left| left.find(['&', '%', '\r'])) {
        let at = rest + found;
        out.push_str(raw.get(rest..at).unwrap_or_default());
        rest = at + 1;
        if raw.as_bytes().get(at) == Some(&b'%') {
            faults.add(Kind::Doctype, Span::new(offset + at, offset + at + 1), "");
            continue;
        }
        if raw.as_bytes().get(at) == Some(&b'\r') {
            if raw.as_bytes().get(at + 1) != Some(&b'\n') {
                out.push('\n');
            }
            continue;
        }
        let (reference, end) = read(raw, at);
        let place = Span::new(offset + at, offset + end);
        // A predefined one is grown where the entity is used, as any other.
        let is_number = raw.as_bytes().get(at + 1) == Some(&b'#');
        match reference {
            Reference::Character(c) if is_number => out.push(c),
            Reference::Forbidden => faults.add(Kind::CharacterReference, place, ""),
            Reference::Bare => faults.add(Kind::Ampersand, place, ""),
            Reference::Character(_) | Reference::Named(_) => {
                out.push_str(raw.get(at..end).unwrap_or_default());
            }
        }
        rest = end;
    }
    out.push_str(raw.get(rest..).unwrap_or_default());
    out
}

fn notation(scanner: &mut Scanner<'_>) -> Read<()> {
    scanner.space()?;
    scanner.ncname()?;
    scanner.space()?;
    scanner.external(true)?.ok_or(Wrong(scanner.at))?;
    scanner.skip();
    scanner.expect(">")
}

/// One attribute definition: XML 1.0 3.3.
struct Definition<'a> {
    name: &'a str,
    is_tokens: bool,
    /// Its default as it is written, and its place.
    default: Option<(&'a str, usize)>,
}

fn attribute<'a>(scanner: &mut Scanner<'a>) -> Read<Definition<'a>> {
    const KINDS: &[&str] =
        &["CDATA", "IDREFS", "IDREF", "ID", "ENTITIES", "ENTITY", "NMTOKENS", "NMTOKEN", "NOTATION"];
    let name = scanner.name()?;
    scanner.space()?;
    let mut is_tokens = true;
    if scanner.sees("(") {
        scanner.tokens(false)?;
    } else {
        let kind = KINDS.iter().find(|kind| scanner.take(kind)).ok_or(Wrong(scanner.at))?;
        is_tokens = *kind != "CDATA";
        if *kind == "NOTATION" {
            scanner.space()?;
            scanner.tokens(true)?;
        }
    }
    scanner.space()?;
    if scanner.take("#REQUIRED") || scanner.take("#IMPLIED") {
        return Ok(Definition { name, is_tokens, default: None });
    }
    if scanner.take("#FIXED") {
        scanner.space()?;
    }
    let at = scanner.at + 1;
    Ok(Definition { name, is_tokens, default: Some((scanner.literal()?, at)) })
}

fn element(scanner: &mut Scanner<'_>) -> Read<()> {
    scanner.space()?;
    scanner.name()?;
    scanner.space()?;
    if !scanner.take("EMPTY") && !scanner.take("ANY") {
        scanner.expect("(")?;
        scanner.skip();
        if scanner.take("#PCDATA") { mixed(scanner)? } else { children(scanner)? }
    }
    scanner.skip();
    scanner.expect(">")
}

fn mixed(scanner: &mut Scanner<'_>) -> Read<()> {
    let mut any = false;
    loop {
        scanner.skip();
        if scanner.take(")") {
            return if scanner.take("*") || !any { Ok(()) } else { Err(Wrong(scanner.at)) };
        }
        scanner.expect("|")?;
        scanner.skip();
        scanner.name()?;
        any = true;
    }
}

/// The rest of a content model whose first parenthesis is read.
fn children(scanner: &mut Scanner<'_>) -> Read<()> {
    let mut separators: Vec<Option<u8>> = vec![None];
    loop {
        scanner.skip();
        if scanner.take("(") {
            separators.push(None);
            continue;
        }
        scanner.name()?;
        scanner.take_any("?*+");
        loop {
            scanner.skip();
            if scanner.take(")") {
                scanner.take_any("?*+");
                separators.pop();
                if separators.is_empty() {
                    return Ok(());
                }
                continue;
            }
            let found = scanner.byte().filter(|byte| matches!(byte, b'|' | b',')).ok_or(Wrong(scanner.at))?;
            let separator = separators.last_mut().ok_or(Wrong(scanner.at))?;
            if *separator.get_or_insert(found) != found {
                return Err(Wrong(scanner.at));
            }
            scanner.at += 1;
            break;
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn sees(&self, word: &str) -> bool {
        self.rest().starts_with(word)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.sees(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn take_any(&mut self, bytes: &str) {
        self.at += usize::from(self.byte().is_some_and(|byte| bytes.as_bytes().contains(&byte)));
    }

    fn expect(&mut self, word: &str) -> Read<()> {
        if self.take(word) { Ok(()) } else { Err(Wrong(self.at)) }
    }

    /// Skips white space; whether there was any.
    fn skip(&mut self) -> bool {
        let count = self.rest().bytes().take_while(|byte| is_space(*byte)).count();
        self.at += count;
        count > 0
    }

    fn space(&mut self) -> Read<()> {
        if self.skip() { Ok(()) } else { Err(Wrong(self.at)) }
    }

    fn ncname(&mut self) -> Read<&'a str> {
        let end = name::scan(self.text, self.at, false);
        let found = self.text.get(self.at..end).filter(|name| !name.is_empty()).ok_or(Wrong(self.at))?;
        self.at = end;
        Ok(found)
    }

    /// A name with at most one prefix. As in expat, what is only declared may have a digit behind its colon.
    fn name(&mut self) -> Read<&'a str> {
        let start = self.at;
        self.ncname()?;
        if self.take(":") {
            let length = self.token(false);
            if length == 0 {
                return Err(Wrong(self.at));
            }
            self.at += length;
        }
        self.text.get(start..self.at).ok_or(Wrong(start))
    }

    fn literal(&mut self) -> Read<&'a str> {
        let quote = self.byte().filter(|byte| matches!(byte, b'"' | b'\'')).ok_or(Wrong(self.at))?;
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let length = memchr::memchr(quote, rest.as_bytes()).ok_or(Wrong(self.text.len()))?;
        self.at += length + 2;
        rest.get(..length).ok_or(Wrong(self.at))
    }

    /// `SYSTEM "…"` or `PUBLIC "…" "…"`; a notation may end after the public identifier.
    fn external(&mut self, is_notation: bool) -> Read<Option<ExternalId>> {
        if self.take("SYSTEM") {
            self.space()?;
            return Ok(Some(ExternalId { public: None, system: self.literal()?.to_owned() }));
        }
        if !self.take("PUBLIC") {
            return Ok(None);
        }
        self.space()?;
        let at = self.at;
        let public = self.literal()?;
        let is_legal = |c: char| c.is_ascii_alphanumeric() || " \r\n-'()+,./:=?;!*#@$_%".contains(c);
        if !public.chars().all(is_legal) {
            return Err(Wrong(at));
        }
        let spaced = self.skip();
        let public = Some(public.to_owned());
        let has_more = matches!(self.byte(), Some(b'"' | b'\''));
        if is_notation && !has_more {
            return Ok(Some(ExternalId { public, system: String::new() }));
        }
        if !spaced {
            return Err(Wrong(self.at));
        }
        Ok(Some(ExternalId { public, system: self.literal()?.to_owned() }))
    }

    /// How many bytes of a name token, with or without colons, stand here.
    fn token(&self, colons: bool) -> usize {
        let is_inside = |c: &char| is_token(*c) || (colons && *c == ':');
        self.rest().chars().take_while(is_inside).map(char::len_utf8).sum()
    }

    /// `(a | b)`.
    fn tokens(&mut self, names: bool) -> Read<()> {
        self.expect("(")?;
        loop {
            self.skip();
            if names {
                self.ncname()?;
            } else {
                let length = self.token(true);
                if length == 0 {
                    return Err(Wrong(self.at));
                }
                self.at += length;
            }
            self.skip();
            if self.take(")") {
                return Ok(());
            }
            self.expect("|")?;
        }
    }
}

fn is_token(c: char) -> bool {
    let mut buffer = [b'a', 0, 0, 0, 0];
    let length = c.len_utf8();
    c.encode_utf8(buffer.get_mut(1..).unwrap_or_default());
    let text = std::str::from_utf8(buffer.get(..=length).unwrap_or_default()).unwrap_or_default();
    name::scan(text, 0, false) == text.len()
}
