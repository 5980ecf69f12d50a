//! Splits words and numbers off the front of a text.

use unicode_normalization::UnicodeNormalization;

/// A text that is being read from its front.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    /// What has not been read.
    pub(super) rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    /// Whether a digit is next: no word begins with one.
    pub(super) fn at_digit(&self) -> bool {
        self.rest.as_bytes().first().is_some_and(u8::is_ascii_digit)
    }

    /// Skips spaces.
    pub(super) fn space(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    /// Takes a text that the rest begins with, as it is.
    pub(super) fn literal(&mut self, text: &str) -> bool {
        let found = self.rest.strip_prefix(text);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    /// Takes a word: a run of letters that ends where a capital follows a small letter, since the
    /// wire glues (`geledenTEHERAN`).
    pub(super) fn word(&mut self) -> Option<&'a str> {
        let mut small = false;
        let end = self.rest.char_indices().find(|&(_, c)| {
            let ends = !(c.is_alphabetic() || MARKS.contains(&c)) || (small && c.is_uppercase());
            small = c.is_lowercase();
            ends
        });
        let (word, rest) = self.rest.split_at(end.map_or(self.rest.len(), |(at, _)| at));
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    /// Takes the words of a phrase, whatever their case, one space apart.
    pub(super) fn phrase(&mut self, phrase: &str) -> bool {
        if !begins_alike(self.rest, phrase) {
            return false;
        }
        let mut ahead = *self;
        for (number, expected) in phrase.split(' ').enumerate() {
            if number > 0 {
                ahead.rest = ahead.rest.trim_start_matches([' ', '-']);
            }
            if !ahead.word().is_some_and(|word| same(word, expected)) {
                return false;
            }
        }
        *self = ahead;
        true
    }

    /// Takes one of several phrases.
    pub(super) fn any(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.phrase(phrase))
    }

    /// Takes a number of at most four digits, with no digit behind it.
    pub(super) fn number(&mut self) -> Option<u32> {
        self.digits().map(|(number, _)| number)
    }

    /// Takes a number and says how many digits it has.
    pub(super) fn digits(&mut self) -> Option<(u32, usize)> {
        let end = self.rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&end) {
            return None;
        }
        let (digits, rest) = self.rest.split_at(end);
        let number = digits.parse().ok()?;
        self.rest = rest;
        Some((number, end))
    }

    /// Takes exactly two digits.
    pub(super) fn two_digits(&mut self) -> Option<u32> {
        let mut ahead = *self;
        let (number, digits) = ahead.digits()?;
        (digits == 2).then(|| {
            *self = ahead;
            number
        })
    }
}

/// Whether two words are the same, whatever the case of their letters. `expected` is in lower case.
#[inline]
pub(super) fn same(word: &str, expected: &str) -> bool {
    begins_alike(word, expected) && is_same(word, expected)
}

fn is_same(word: &str, expected: &str) -> bool {
    // The letters in question take as many bytes in either case.
    word.len() == expected.len()
        && (word.eq_ignore_ascii_case(expected) || (!word.is_ascii() && word.to_lowercase() == expected))
        || (!expected.is_ascii()
            && word.contains(MARKS)
            && word.nfc().flat_map(char::to_lowercase).eq(expected.chars()))
}

/// Acute, grave, circumflex and diaeresis, where they stand behind their letter.
const MARKS: [char; 4] = ['\u{300}', '\u{301}', '\u{302}', '\u{308}'];

/// Whether the first letters of two texts can be the same: tables are long, and most rows end here.
#[inline]
pub(super) fn begins_alike(text: &str, expected: &str) -> bool {
    match (text.as_bytes().first(), expected.as_bytes().first()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b) || !b.is_ascii(),
        _ => false,
    }
}
