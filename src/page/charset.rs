//! Bytes to text: byte order mark, what the transport or the markup says, else by content.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use crate::note::Note;

/// How far into a page a `<meta charset>` is looked for (HTML 13.2.3.2 reads 1024 bytes; real heads are longer).
const META_WINDOW: usize = 4096;

/// Decodes a page. Without a byte order mark, bytes that are UTF-8 are read as UTF-8 whatever the
/// markup declares: saved pages often keep the declaration of the charset they no longer have.
pub(super) fn decode<'a>(bytes: &'a [u8], transport: Option<&str>) -> (Cow<'a, str>, Option<Note>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, faulty) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text, faulty.then(|| replaced(encoding)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let declared = transport.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| meta(bytes));
    match declared.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => {
            let (text, faulty) = encoding.decode_without_bom_handling(bytes);
            (text, faulty.then(|| replaced(encoding)))
        }
        None if mostly_utf8(bytes) => (UTF_8.decode_without_bom_handling(bytes).0, Some(replaced(UTF_8))),
        None => (WINDOWS_1252.decode_without_bom_handling(bytes).0, None),
    }
}

/// UTF-8 with a few broken bytes, such as a page cut inside a character, is still UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let mut valid = 0usize;
    let mut broken = 0usize;
    let mut rest = bytes;
    while let Err(error) = std::str::from_utf8(rest) {
        let (good, bad) = rest.split_at(error.valid_up_to());
        valid += letters(good);
        let Some(length) = error.error_len() else {
            // The end is the beginning of a character. One byte alone may as well be a letter of its own.
            valid += usize::from(bad.len() > 1);
            rest = &[];
            break;
        };
        broken += 1;
        rest = &bad[length..];
    }
    valid + letters(rest) > broken
}

/// How many characters beyond ASCII begin in valid UTF-8.
fn letters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0xC0).count()
}

fn replaced(encoding: &'static Encoding) -> Note {
    Note::general(format!("some bytes are not valid {} and stand as \u{fffd}", encoding.name())).of_loss()
}

/// The charset that `<meta charset=…>` or `<meta http-equiv … content="…; charset=…">` declares.
fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    // Every charset that can be declared in ASCII bytes reads them alike.
    let head = WINDOWS_1252.decode_without_bom_handling(&bytes[..bytes.len().min(META_WINDOW)]).0;
    let mut emitter = DefaultEmitter::<()>::new_with_span();
    emitter.naively_switch_states(true);
    let tags = Tokenizer::new_with_emitter(head.as_ref(), emitter).flatten();
    let found = tags.into_iter().find_map(|token| match token {
        Token::StartTag(tag) if *tag.name == b"meta" => declared(&tag),
        _ => None,
    })?;
    // A declaration in ASCII bytes disproves UTF-16 (HTML 13.2.3.2, step 15).
    Some(if found.is_ascii_compatible() { found } else { UTF_8 })
}

fn declared(tag: &StartTag<()>) -> Option<&'static Encoding> {
    let value = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| value.as_slice());
    let content = || {
        let content = value("content")?.to_ascii_lowercase();
        let at = memchr::memmem::find(&content, b"charset=")? + b"charset=".len();
        let label = content[at..].split(|byte| b"; ,\"'".contains(byte)).find(|part| !part.is_empty());
        label.and_then(Encoding::for_label)
    };
    value("charset").and_then(Encoding::for_label).or_else(content)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn case(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes, None).0, expected);
    }

    #[test]
    fn charsets() {
        case("café".as_bytes(), "café");
        case(b"\xef\xbb\xbfcaf\xc3\xa9", "café");
        case(b"\xff\xfec\0a\0f\0\xe9\0", "café");
        case(b"caf\xe9 \x80 \x93quote\x94", "café € “quote”");
        case(b"<meta charset='iso-8859-15'>caf\xe9 \xa4", "<meta charset='iso-8859-15'>café €");
        case(
            b"<!-- <meta charset=koi8-r> --><meta name=x charset=windows-1252>caf\xe9",
            "<!-- <meta charset=koi8-r> --><meta name=x charset=windows-1252>café",
        );
        case(b"<meta charset=utf-16le>caf\xe9", "<meta charset=utf-16le>café");
        case("<meta charset=latin1>café".as_bytes(), "<meta charset=latin1>café");
    }

    #[test]
    fn utf8_cut_inside_a_character_stays_utf8() {
        let (text, note) = decode(b"caf\xc3\xa9 \xc3\xab n\xc3", None);
        assert_eq!(
            decode("Café \u{201c}".as_bytes().split_last().expect("bytes").1, None).0,
            "Café \u{fffd}"
        );
        assert_eq!(decode(b"Nog een \xe2\x80", None).0, "Nog een \u{fffd}");
        assert_eq!(text, "café ë n\u{fffd}");
        assert!(note.is_some());
    }

    #[test]
    fn the_transport_names_the_charset() {
        assert_eq!(decode(b"\xe6", Some("windows-1250")).0, "ć");
    }
}
