//! Plain text: a line is a block.

use std::borrow::Cow;

use super::{Block, Class, MAX_BLOCKS, Page, class, forbidden_note, note};

/// Splits a decoded text into lines; borrows each line that needs no repair from a borrowed source.
pub(super) fn read(source: Cow<'_, str>) -> Page<'_> {
    match source {
        Cow::Borrowed(text) => blocks(text),
        Cow::Owned(text) => into_owned(blocks(&text)),
    }
}

fn blocks(source: &str) -> Page<'_> {
    let mut page = Page::default();
    for (line, raw) in (1..).zip(lines(source)) {
        let (text, forbidden) = fold(raw);
        if forbidden {
            note::keep(&mut page.notes, forbidden_note(line));
        }
        if page.blocks.len() > MAX_BLOCKS {
            break;
        }
        if !text.is_empty() {
            page.blocks.push(Block { line, text, ..Block::default() });
        }
    }
    page
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

/// Folds white space; says whether forbidden characters were left out.
fn fold(raw: &str) -> (Cow<'_, str>, bool) {
    let raw = raw.trim();
    if is_clean(raw) {
        return (Cow::Borrowed(raw), false);
    }
    let mut text = String::with_capacity(raw.len());
    let mut forbidden = false;
    let mut gap = false;
    for c in raw.chars() {
        match class(c) {
            Class::Space => gap = true,
            Class::Invisible => {}
            Class::Forbidden => forbidden = true,
            Class::Text => {
                if gap && !text.is_empty() {
                    text.push(' ');
                }
                gap = false;
                text.push(c);
            }
        }
    }
    (Cow::Owned(text), forbidden)
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

fn into_owned(page: Page<'_>) -> Page<'static> {
    let own = |block: Block<'_>| Block { text: Cow::Owned(block.text.into_owned()), ..block };
    Page { blocks: page.blocks.into_iter().map(own).collect(), ..page }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(source: &str, expected: &[(u32, &str)]) {
        let page = read(Cow::Borrowed(source));
        let got: Vec<_> = page.blocks.iter().map(|b| (b.line, b.text.as_ref())).collect();
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
        let page = read(Cow::Borrowed("een\nt\u{b}we\u{fffe}e\u{0}"));
        assert_eq!(page.blocks[1].text, "twee");
        assert_eq!(page.notes, [forbidden_note(2)]);
    }
}
