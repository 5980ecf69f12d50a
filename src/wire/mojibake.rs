//! Repairs letters that a crawl moved 0xC0 too high: `georiƫnteerd`, `CuraƧao`.

use std::ops::Range;

use crate::note::{self, Note};
use crate::page::Page;

/// How far the letters stand from where they belong.
const SHIFT: u32 = 0xC0;

/// Letters with marks that Dutch text uses.
const DUTCH: &str = "àáâãäçèéêëìíîïñòóôöùúûüÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜ";

/// Repairs every line, inside words only. Notes each line that it changes.
pub fn repair(page: &mut Page) -> Vec<Note> {
    let (text, parts) = page.parts();
    // Every letter in question begins with this byte in UTF-8 (U+0180 to U+01BF).
    if memchr::memchr(0xC6, text.as_bytes()).is_none() {
        return Vec::new();
    }
    let part = |text: &str, range: &Range<u32>, proven| {
        repaired(text.get(range.start as usize..range.end as usize)?, proven)
    };
    // Vietnamese spells with two of these letters: alone they prove nothing.
    let proven = parts.iter().any(|(_, range)| part(text, range, false).is_some());
    let mut notes = Vec::new();
    for (line, range) in parts {
        if let Some(fixed) = part(text, &range, proven) {
            note::keep(&mut notes, Note::at(line, "letters that a crawl had garbled were repaired"));
            text.replace_range(range.start as usize..range.end as usize, &fixed);
        }
    }
    notes
}

/// The text with its garbled letters repaired, where there are any. Offsets keep: both letters take two bytes.
fn repaired(text: &str, proven: bool) -> Option<String> {
    memchr::memchr(0xC6, text.as_bytes())?;
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let vietnamese = matches!(c, 'ơ' | 'ư' | 'Ơ' | 'Ư') && !(c.is_uppercase() && previous.is_lowercase());
        let fixed = belongs(c, previous, next).filter(|_| proven || !vietnamese);
        previous = fixed.unwrap_or(c);
        out.push(previous);
    }
    (out != text).then_some(out)
}

/// The Dutch letter that a garbled one inside a word stands for.
fn belongs(c: char, previous: char, next: char) -> Option<char> {
    let letter = moved(c)?;
    let latin = |c: char| c.is_ascii_alphabetic() || DUTCH.contains(c);
    let garbled = |c: char| moved(c).is_some();
    let inside = latin(previous) || latin(next) || garbled(next);
    let fits = if letter.is_uppercase() { !previous.is_lowercase() && !next.is_lowercase() } else { true };
    (inside && fits).then_some(letter)
}

/// The Dutch letter that was moved to where this one stands.
fn moved(c: char) -> Option<char> {
    let letter = u32::from(c).checked_sub(SHIFT).and_then(char::from_u32)?;
    ('\u{180}'..='\u{1bf}').contains(&c).then_some(letter).filter(|letter| DUTCH.contains(*letter))
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn garbled_letters_are_repaired_inside_words() {
        assert_eq!(repaired("georiƫnteerd", false).as_deref(), Some("georiënteerd"));
        assert_eq!(repaired("CuraƧaos café", false).as_deref(), Some("Curaçaos café"));
        assert_eq!(repaired("geƯnteresseerd", false).as_deref(), Some("geïnteresseerd"));
        assert_eq!(repaired("cafƩ", false).as_deref(), Some("café"));
        assert_eq!(repaired("de ƩƩn man", false).as_deref(), Some("de één man"));
    }

    #[test]
    fn other_letters_stay() {
        for text in ["ƒ 12,50", "ƒunk", "Sơn", "Phương", "ƫ", "café", "Ɔ"] {
            assert_eq!(repaired(text, false), None, "{text}");
        }
    }
}
