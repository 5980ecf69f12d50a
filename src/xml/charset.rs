//! Bytes to text: byte order marks, UTF-16 without one, and the encoding that the declaration names.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use super::fault::{Faults, Kind};
use super::place::Span;

/// How a document's characters are encoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Charset {
    /// What the XML declaration says.
    pub declared: Option<String>,
    /// Where it says so.
    pub at: Span,
    /// Whether there is a byte order mark.
    pub mark: bool,
    /// What the document was read as.
    pub name: &'static str,
}

/// The encodings that are read here and not by tables.
enum Reading {
    Table(&'static Encoding),
    Latin1,
    Ascii,
}

/// Decodes a document; a byte order mark stays as its first character.
pub(super) fn decode<'a>(bytes: &'a [u8], faults: &mut Faults) -> (Cow<'a, str>, Charset) {
    let found = match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((UTF_8, true)),
        [0xff, 0xfe, ..] => Some((UTF_16LE, true)),
        [0xfe, 0xff, ..] => Some((UTF_16BE, true)),
        [b'<', 0, ..] => Some((UTF_16LE, false)),
        [0, b'<', ..] => Some((UTF_16BE, false)),
        _ => None,
    };
    let mark = found.is_some_and(|(_, mark)| mark);
    let wide = found.map(|(encoding, _)| encoding).filter(|encoding| *encoding != UTF_8);
    if let Some(encoding) = wide {
        let text = table(bytes, encoding, faults);
        let (declared, at) = declared(text.as_bytes());
        let fits = declared.as_deref().is_none_or(|name| {
            name.eq_ignore_ascii_case("utf-16") || Encoding::for_label(name.as_bytes()) == Some(encoding)
        });
        if !fits {
            faults.add(Kind::WrongEncoding, at, declared.as_deref().unwrap_or_default());
        }
        return (text, Charset { declared, at, mark, name: encoding.name() });
    }
    let (declared, at) = declared(bytes);
    let reading = declared.as_deref().map_or(Some(Reading::Table(UTF_8)), reading);
    let (text, name) = match reading {
        Some(reading) if is_contradicted(&reading, mark) => {
            faults.add(Kind::WrongEncoding, at, declared.as_deref().unwrap_or_default());
            (table(bytes, UTF_8, &mut Faults::default()), UTF_8.name())
        }
        Some(Reading::Table(encoding)) => (table(bytes, encoding, faults), encoding.name()),
        Some(Reading::Latin1) => (latin1(bytes), "ISO-8859-1"),
        Some(Reading::Ascii) => (ascii(bytes, faults), "US-ASCII"),
        None => {
            faults.add(Kind::UnknownEncoding, at, declared.as_deref().unwrap_or_default());
            (table(bytes, UTF_8, &mut Faults::default()), UTF_8.name())
        }
    };
    (text, Charset { declared, at, mark, name })
}

/// Whether bytes that agree with ASCII cannot be in an encoding: UTF-16, or any but UTF-8 behind the mark of that
/// (XML 1.0 4.3.3).
fn is_contradicted(reading: &Reading, has_mark: bool) -> bool {
    match reading {
        Reading::Table(encoding) => {
            *encoding == UTF_16LE || *encoding == UTF_16BE || (has_mark && *encoding != UTF_8)
        }
        Reading::Latin1 | Reading::Ascii => has_mark,
    }
}

fn reading(label: &str) -> Option<Reading> {
    match label.to_ascii_lowercase().as_str() {
        // For the web this is windows-1252; XML means what it says.
        "iso-8859-1" | "latin1" | "latin-1" | "iso_8859-1" | "l1" => Some(Reading::Latin1),
        "us-ascii" | "ascii" => Some(Reading::Ascii),
        label => Encoding::for_label_no_replacement(label.as_bytes()).map(Reading::Table),
    }
}

/// The encoding in the XML declaration of bytes that agree with ASCII, and its place.
fn declared(bytes: &[u8]) -> (Option<String>, Span) {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let head = bytes.get(start..bytes.len().min(start + 1024)).unwrap_or_default();
    let found = || {
        let head = head.strip_prefix(b"<?xml").and_then(|_| head.get(..memmem::find(head, b"?>")?))?;
        let mut at = memmem::find(head, b"encoding")? + "encoding".len();
        at += head.get(at..)?.iter().position(|byte| *byte == b'\'' || *byte == b'"')?;
        let quote = *head.get(at)?;
        let value = head.get(at + 1..)?;
        let value = value.get(..value.iter().position(|byte| *byte == quote)?)?;
        Some((String::from_utf8_lossy(value).into_owned(), start + at + 1))
    };
    found().map_or((None, Span::default()), |(name, at)| {
        let at = Span::new(at, at + name.len());
        (Some(name), at)
    })
}

fn table<'a>(bytes: &'a [u8], encoding: &'static Encoding, faults: &mut Faults) -> Cow<'a, str> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return text;
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let at = text.find('\u{fffd}').unwrap_or_default();
    faults.add(Kind::Encoding, Span::new(at, at + 3), encoding.name());
    text
}

fn latin1(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

fn ascii<'a>(bytes: &'a [u8], faults: &mut Faults) -> Cow<'a, str> {
    let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) else { return latin1(bytes) };
    faults.add(Kind::Encoding, Span::new(at, at + 1), "US-ASCII");
    let shown = |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { '\u{fffd}' };
    Cow::Owned(bytes.iter().map(shown).collect())
}
