//! Where something stands: bytes while reading, lines and columns when it is told.

use memchr::memchr2_iter;

/// A range of bytes in the decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Span {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl Span {
    /// From one byte up to another.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A line and a column, both from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line; lines end at LF, CR LF or CR.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Turns offsets that rise into places, in one walk over the text.
pub struct Places<'a> {
    text: &'a str,
    /// What was reached: an offset and its place.
    offset: usize,
    place: Place,
    /// Where the line begins.
    line_start: usize,
}

impl<'a> Places<'a> {
    /// Begins at the start of a text. A byte order mark takes no column.
    pub fn new(text: &'a str) -> Self {
        let offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, offset, place: Place { line: 1, column: 1 }, line_start: offset }
    }

    /// The place of an offset that is not before the last one asked for.
    pub fn at(&mut self, offset: usize) -> Place {
        let offset = floor(self.text, offset.max(self.offset));
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        let bytes = self.text.as_bytes();
        for found in memchr2_iter(b'\n', b'\r', between.as_bytes()) {
            let end = self.offset + found + 1;
            // The CR of CR LF ends no line of its own.
            if bytes.get(end - 1) == Some(&b'\r') && bytes.get(end) == Some(&b'\n') {
                continue;
            }
            self.place.line += 1;
            self.line_start = end;
        }
        let from = if self.line_start > self.offset {
            self.place.column = 1;
            self.line_start
        } else {
            self.offset
        };
        self.place.column += self.text.get(from..offset).map_or(0, |text| text.chars().count());
        self.offset = offset;
        self.place
    }

    /// Where the line of the last offset begins.
    pub fn line_start(&self) -> usize {
        self.line_start
    }
}

/// The start of the character at an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_xml_has_it_and_columns_count_characters() {
        let text = "\u{feff}aë\r\nb\rc\n\nd";
        let mut places = Places::new(text);
        let mut at = |found: char| {
            let place = places.at(text.find(found).expect("it is there"));
            (place.line, place.column)
        };
        assert_eq!([at('a'), at('ë'), at('b'), at('c'), at('d')], [(1, 1), (1, 2), (2, 1), (3, 1), (5, 1)]);
    }
}
