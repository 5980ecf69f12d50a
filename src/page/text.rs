//! Plain text: a line is a block.

use crate::note;

use super::{Block, Body, Class, Lines, MAX_BLOCKS, Page, class, forbidden_note};

/// Splits a decoded text into lines.
pub(super) fn read(source: &str) -> Page {
    let mut page = Page::default();
    let mut body = Lines { text: String::with_capacity(source.len()), lines: Vec::new() };
    for (line, raw) in (1..).zip(lines(source)) {
        let from = body.text.len();
        if fold(raw.trim(), &mut body.text) {
            note::keep(&mut page.notes, forbidden_note(line));
        }
        if body.lines.len() > MAX_BLOCKS {
            break;
        }
        if body.text.len() > from {
            body.lines.push((line, number(from)..number(body.text.len())));
        }
    }
    page.body = Body::Text(body);
    page
}

/// A place in a text, which has no more bytes than a page may have.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Lines {
    pub(super) fn blocks(&self) -> Vec<Block<'_>> {
        let block = |(line, range): &(u32, std::ops::Range<u32>)| {
            let text = self.text.get(range.start as usize..range.end as usize).unwrap_or_default();
            Block { line: *line, text, ..Block::default() }
        };
        self.lines.iter().map(block).collect()
    }
}

/// Lines that end in LF, CR LF or CR.
fn lines(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(source);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = memchr::memchr2(b'\n', b'\r', text.as_bytes()) else {
            rest = None;
            return Some(text);
        };
        let after = &text[end..];
        rest = Some(after.strip_prefix("\r\n").unwrap_or(&after[1..]));
        Some(&text[..end])
    })
}

/// Adds a line, its white space folded; says whether forbidden characters were left out.
fn fold(raw: &str, text: &mut String) -> bool {
    if is_clean(raw) {
        text.push_str(raw);
        return false;
    }
    let from = text.len();
    let mut forbidden = false;
    let mut gap = false;
    for c in raw.chars() {
        match class(c) {
            Class::Space => gap = true,
            Class::Invisible => {}
            Class::Forbidden => forbidden = true,
            Class::Text => {
                if gap && text.len() > from {
                    text.push(' ');
                }
                gap = false;
                text.push(c);
            }
        }
    }
    forbidden
}

/// No control characters, no exotic spaces, no two spaces in a row.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Whole passes without a branch take many bytes at a time.
    let twice = bytes.windows(2).fold(0, |found, pair| found | u8::from(pair == b"  "));
    // 0xC2 begins U+0080 to U+00BF, 0xE1 to 0xE3 and 0xEF the blocks of the exotic spaces and marks.
    let suspect = bytes.iter().fold(0, |found, byte| {
        found | u8::from(*byte < 0x20) | u8::from(matches!(*byte, 0x7f | 0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef))
    });
    twice == 0 && (suspect == 0 || text.chars().all(|c| c == ' ' || class(c) == Class::Text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(source: &str, expected: &[(u32, &str)]) {
        let page = read(source);
        let got: Vec<_> = page.blocks().iter().map(|b| (b.line, b.text)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn line_ends_and_white_space_change_nothing() {
        case("een\ntwee", &[(1, "een"), (2, "twee")]);
        case("een\r\ntwee\r\n", &[(1, "een"), (2, "twee")]);
        case("een\rtwee\r", &[(1, "een"), (2, "twee")]);
        case("\n\n een\t \u{a0}twee  \n\n", &[(3, "een twee")]);
        case("een\u{2009}twee \u{2003} drie", &[(1, "een twee drie")]);
        case("woord\u{ad}deel\u{200b}", &[(1, "woorddeel")]);
        case("", &[]);
    }

    #[test]
    fn forbidden_characters_are_left_out_with_a_note() {
        let page = read("een\nt\u{b}we\u{fffe}e\u{0}");
        assert_eq!(page.blocks()[1].text, "twee");
        assert_eq!(page.notes, [forbidden_note(2)]);
    }
}
