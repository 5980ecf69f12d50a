//! Which characters a document and a name may hold.

use super::place::Span;

const START: u8 = 1;
const INNER: u8 = 2;

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => START | INNER,
            b'0'..=b'9' | b'-' | b'.' => INNER,
            _ => 0,
        };
        if byte == 255 {
            return table;
        }
        byte += 1;
    }
}

static CLASSES: [u8; 256] = classes();

/// A name split off the front: XML 1.0 fifth edition 2.3. A colon ends it unless `colons`.
pub(super) fn scan(text: &str, start: usize, colons: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let wanted = if at == start { START } else { INNER };
        if CLASSES[usize::from(byte)] & wanted != 0 || (byte == b':' && colons) {
            at += 1;
        } else if byte < 0x80 {
            break;
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if !(if at == start { is_start(c) } else { is_start(c) || is_inner(c) }) {
                break;
            }
            at += c.len_utf8();
        }
    }
    at
}

/// Whether a text is one name without a colon (Namespaces 3).
pub(super) fn is_ncname(text: &str) -> bool {
    !text.is_empty() && scan(text, 0, false) == text.len()
}

fn is_start(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

fn is_inner(c: char) -> bool {
    matches!(c, '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// White space: XML 1.0 2.3.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether XML 1.0 2.2 allows a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The characters of a document that XML does not allow.
pub(super) fn forbidden(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // A chunk is first looked at as a whole, which the compiler does many bytes at a time.
    for (number, chunk) in bytes.chunks(256).enumerate() {
        let suspicious =
            chunk.iter().fold(false, |any, &byte| any | ((byte < 0x20) & !is_space(byte)) || (byte == 0xef));
        if suspicious {
            forbidden_in(text, number * 256, chunk, &mut found);
        }
    }
    found
}

fn forbidden_in(text: &str, start: usize, chunk: &[u8], found: &mut Vec<Span>) {
    for (at, &byte) in chunk.iter().enumerate() {
        let at = start + at;
        if byte < 0x20 && !is_space(byte) {
            found.push(Span::new(at, at + 1));
        } else if byte == 0xef && matches!(text.as_bytes().get(at..at + 3), Some([_, 0xbf, 0xbe | 0xbf])) {
            found.push(Span::new(at, at + 3));
        }
        if found.len() > super::MAX_FAULTS {
            return;
        }
    }
}
