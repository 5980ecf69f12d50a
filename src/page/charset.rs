//! Bytes to text: byte order mark, what the transport or the markup says, else by content.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

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
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken
}

fn replaced(encoding: &'static Encoding) -> Note {
    Note::general(format!("some bytes are not valid {} and stand as \u{fffd}", encoding.name()))
}

/// The charset that `<meta charset=…>` or `<meta http-equiv … content="…; charset=…">` declares.
fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(META_WINDOW)].to_ascii_lowercase();
    let meta = memchr::memmem::find(&head, b"<meta")?;
    let at = meta + memchr::memmem::find(&head[meta..], b"charset=")? + b"charset=".len();
    let value = head[at..].trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end =
        value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:".contains(b))).unwrap_or(value.len());
    let found = Encoding::for_label(&value[..end])?;
    // A declaration in ASCII bytes disproves UTF-16 (HTML 13.2.3.2, step 15).
    Some(if found.is_ascii_compatible() { found } else { UTF_8 })
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
        case(b"<meta charset=utf-16le>caf\xe9", "<meta charset=utf-16le>café");
        case("<meta charset=latin1>café".as_bytes(), "<meta charset=latin1>café");
    }

    #[test]
    fn utf8_cut_inside_a_character_stays_utf8() {
        let (text, note) = decode(b"caf\xc3\xa9 \xc3\xab n\xc3", None);
        assert_eq!(text, "café ë n\u{fffd}");
        assert!(note.is_some());
    }

    #[test]
    fn the_transport_names_the_charset() {
        assert_eq!(decode(b"\xe6", Some("windows-1250")).0, "ć");
    }
}
