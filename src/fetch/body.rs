//! The bytes of an answer, their compression undone, never more than allowed.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};

use super::{Error, Limits};
use crate::note::Note;

/// What the decompressor of brotli reads at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// The most compressions around one another that are undone; each is as much work as the page has bytes.
const CODINGS: usize = 5;

/// The most members of a stream of gzip: an empty one is as much work as a page of some thousand bytes.
const MEMBERS: usize = 10_000;

/// Reads a body to its end, or to the end of what is compressed in it. What is sent and what comes of it are bounded.
/// `codings` are what was done to the page, in lower case, the last of them last.
pub(super) fn read(
    body: ureq::Body,
    codings: &[String],
    limits: Limits,
    notes: &mut Vec<Note>,
) -> Result<Vec<u8>, Error> {
    if codings.len() > CODINGS {
        return Err(Error::Encoding(format!("it is compressed {} times over", codings.len())));
    }
    let sent = BufReader::new(body.into_with_config().limit(most(limits)).reader());
    let mut outward = codings.iter().rev();
    let Some(outermost) = outward.next() else { return all(sent, limits) };
    let bytes = decode(outermost, sent, limits, notes)?;
    outward.try_fold(bytes, |bytes, coding| decode(coding, &bytes[..], limits, notes))
}

fn most(limits: Limits) -> u64 {
    u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1)
}

fn all(stream: impl Read, limits: Limits) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    stream.take(most(limits)).read_to_end(&mut bytes).map_err(|error| explain_read(error, limits))?;
    if bytes.len() > limits.bytes { Err(Error::TooLarge(limits.bytes)) } else { Ok(bytes) }
}

fn decode(
    coding: &str,
    mut sent: impl BufRead,
    limits: Limits,
    notes: &mut Vec<Note>,
) -> Result<Vec<u8>, Error> {
    let first = sent.fill_buf().map_err(|error| explain_read(error, limits))?.first().copied();
    let Some(first) = first else { return Ok(Vec::new()) };
    match coding {
        "gzip" | "x-gzip" => gunzip(sent, limits, notes),
        // By its name zlib's format (RFC 9110 8.4.1.2), and bare from some servers.
        "deflate" if is_zlib(first) => ended(all(ZlibDecoder::new(&mut sent), limits), sent, notes),
        "deflate" => ended(all(DeflateDecoder::new(&mut sent), limits), sent, notes),
        "br" => unbrotli(first, sent, limits),
        _ => unknown(coding, sent, limits, notes),
    }
}

/// Notes what stands behind a compressed page. It is not waited for.
fn ended(
    page: Result<Vec<u8>, Error>,
    mut sent: impl BufRead,
    notes: &mut Vec<Note>,
) -> Result<Vec<u8>, Error> {
    if page.is_ok() && sent.fill_buf().is_ok_and(|behind| !behind.is_empty()) {
        notes.push(behind());
    }
    page
}

fn behind() -> Note {
    Note::general("the answer goes on behind its compressed page; what stands there was not read")
}

/// Undoes gzip, member by member (RFC 1952 2.2). What stands behind the last one and is none is left where it is.
fn gunzip(mut sent: impl BufRead, limits: Limits, notes: &mut Vec<Note>) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    for number in 0..=MEMBERS {
        let next = sent.fill_buf().map_err(|error| explain_read(error, limits))?.first();
        if number > 0 && next != Some(&GZIP) {
            notes.extend(next.map(|_| behind()));
            return Ok(bytes);
        }
        let member = GzDecoder::new(&mut sent);
        let is_none = number > 0 && member.header().is_none();
        let left = Limits { bytes: limits.bytes - bytes.len(), ..limits };
        match all(member, left) {
            Ok(mut more) => bytes.append(&mut more),
            Err(Error::Encoding(_)) if is_none => {
                notes.push(behind());
                return Ok(bytes);
            }
            // The limit is told, and not what of it was left.
            Err(Error::TooLarge(_)) => return Err(Error::TooLarge(limits.bytes)),
            Err(error) => return Err(error),
        }
    }
    Err(Error::Encoding(format!("it is gzip in more than {MEMBERS} parts")))
}

/// The first byte of a member.
const GZIP: u8 = 0x1f;

/// Whether a first byte says deflate with a window that zlib has (RFC 1950 2.2). No bare stream begins so: its first
/// block would be a stored one with bits behind it that nobody sets.
fn is_zlib(first: u8) -> bool {
    first & 0x0f == 8 && first >> 4 < 8
}

/// Bits that a stream of brotli begins with where its window is larger than RFC 7932 9.1 has them: such a window takes
/// as much memory as it likes.
const LARGE_WINDOW: u8 = 0b001_0001;

fn unbrotli(first: u8, sent: impl Read, limits: Limits) -> Result<Vec<u8>, Error> {
    if first & 0x7f == LARGE_WINDOW {
        return Err(Error::Encoding("its window is larger than brotli has them (RFC 7932)".to_owned()));
    }
    all(brotli::Decompressor::new(sent.chain(Cut), CHUNK), limits).map_err(|error| match error {
        Error::Encoding(_) => Error::Encoding("it is no brotli".to_owned()),
        other => other,
    })
}

/// The end of a stream that says itself where it ends. The decompressor takes an end too early for bad data.
struct Cut;

impl Read for Cut {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// A compression that nobody knows is none where the bytes are text.
fn unknown(coding: &str, sent: impl Read, limits: Limits, notes: &mut Vec<Note>) -> Result<Vec<u8>, Error> {
    let bytes = all(sent, limits)?;
    let quoted = crate::note::quote(coding, 40);
    if is_binary(&bytes) {
        return Err(Error::Encoding(format!("it is \"{quoted}\"")));
    }
    notes.push(Note::general(format!(
        "the answer is called \"{quoted}\", which is no known compression; it was read as it is"
    )));
    Ok(bytes)
}

/// Whether the front of a page shows that it is no text (MIME Sniffing Standard 7.2).
fn is_binary(bytes: &[u8]) -> bool {
    let marked = [&b"\xfe\xff"[..], b"\xff\xfe", b"\xef\xbb\xbf"].iter().any(|mark| bytes.starts_with(mark));
    let in_text = |byte: &u8| matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | 0x1b | 0x20..);
    !marked && !bytes.iter().take(1445).all(in_text)
}

/// What a failed read means. The client hides its own errors inside those of the stream.
fn explain_read(error: io::Error, limits: Limits) -> Error {
    match error.downcast::<ureq::Error>() {
        Ok(error) => explain(error, limits),
        Err(error) => explain_io(&error, limits),
    }
}

/// What an error of the client means.
pub(super) fn explain(error: ureq::Error, limits: Limits) -> Error {
    match error {
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            Error::Timeout(limits.connect)
        }
        ureq::Error::Timeout(_) => Error::Timeout(limits.total),
        ureq::Error::BodyExceedsLimit(_) => Error::TooLarge(limits.bytes),
        ureq::Error::Tls(why) => Error::Tls(why.to_owned()),
        ureq::Error::Rustls(why) => Error::Tls(why.to_string()),
        ureq::Error::HostNotFound => Error::Host,
        ureq::Error::Protocol(why) => Error::Malformed(why.to_string()),
        ureq::Error::Other(why) => match why.downcast::<Error>() {
            Ok(own) => *own,
            Err(why) => Error::Connection(why.to_string()),
        },
        ureq::Error::Io(error) => match error.downcast::<ureq::Error>() {
            Ok(inner) => explain(inner, limits),
            // Before there is a body, only TLS finds data invalid.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Error::Tls(error.to_string()),
            Err(error) => explain_io(&error, limits),
        },
        other => Error::Connection(other.to_string()),
    }
}

fn explain_io(error: &io::Error, limits: Limits) -> Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Error::Truncated,
        io::ErrorKind::TimedOut => Error::Timeout(limits.total),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Error::Encoding(error.to_string()),
        _ => Error::Connection(error.to_string()),
    }
}

/// The charset parameter of a `Content-Type` (RFC 9110 8.3.2).
pub(super) fn charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|part| part.split_once('='));
    let mut named = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    named.next().map(|(_, value)| value.trim().trim_matches('"')).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn deflate(bytes: &[u8], bare: bool) -> Vec<u8> {
        if bare {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(bytes).expect("memory");
            return encoder.finish().expect("memory");
        }
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn undo(coding: &str, sent: &[u8]) -> Result<(Vec<u8>, usize), Error> {
        let limits = Limits { bytes: 1000, ..Limits::default() };
        let mut notes = Vec::new();
        decode(coding, sent, limits, &mut notes).map(|bytes| (bytes, notes.len()))
    }

    #[test]
    fn a_stream_of_brotli_has_a_window_of_its_standard() {
        let found = undo("br", &[0x11, 0x1e, 0x00]);
        assert!(matches!(found, Err(Error::Encoding(why)) if why.contains("window")));
        // An empty page, and one that is cut.
        assert!(undo("br", &[0x06]).expect("a page").0.is_empty());
        assert!(matches!(undo("br", b"\x1b\x03\x00"), Err(Error::Truncated)));
    }

    #[test]
    fn nothing_is_no_broken_stream() {
        for coding in ["gzip", "br", "deflate", "zstd"] {
            assert_eq!(undo(coding, b"").expect("a page"), (Vec::new(), 0), "{coding}");
        }
    }

    #[test]
    fn no_gzip_is_taken_apart_without_end() {
        let empty = gzip(b"");
        assert_eq!(undo("gzip", &[empty.repeat(MEMBERS - 1), gzip(b"x")].concat()).expect("a page").0, b"x");
        assert!(matches!(
            undo("gzip", &[empty.repeat(MEMBERS), gzip(b"x")].concat()),
            Err(Error::Encoding(_))
        ));
        let parts = gzip(&[b'a'; 400]).repeat(3);
        assert!(matches!(undo("gzip", &parts), Err(Error::TooLarge(1000))));
    }

    #[test]
    fn text_is_told_from_what_is_none() {
        for (bytes, expected) in [
            (&b"KYIV (ANP)\t\r\n\x0c\x1b"[..], false),
            (b"caf\xe9", false),
            (b"\xff\xfeK\0", false),
            (b"\x28\xb5\x2f\xfd\x04\0", true),
            (b"\x1f\x8b\x08\0", true),
        ] {
            assert_eq!(is_binary(bytes), expected, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_behind_a_page_leaves_it_as_it_is(
            page in proptest::collection::vec(any::<u8>(), 0..300),
            cut in 0_usize..=300,
            behind in proptest::collection::vec(any::<u8>(), 0..30),
            bare: bool,
        ) {
            let (front, rest) = page.split_at(cut.min(page.len()));
            let parts = [gzip(front), gzip(rest)].concat();
            prop_assert_eq!(&undo("gzip", &parts).expect("a page"), &(page.clone(), 0));
            // What could begin a third part would have to be one.
            if behind.first() != Some(&GZIP) {
                let odd = usize::from(!behind.is_empty());
                let found = undo("gzip", &[&parts[..], &behind].concat()).expect("a page");
                prop_assert_eq!(&found, &(page.clone(), odd));
                let found = undo("deflate", &[deflate(&page, bare), behind].concat()).expect("a page");
                prop_assert_eq!(found, (page, odd));
            }
        }

        #[test]
        fn nothing_that_is_sent_is_more_than_wrong(
            coding in prop_oneof![Just("gzip"), Just("deflate"), Just("br"), Just("x")],
            front in prop_oneof![Just(gzip(b"KYIV")), Just(deflate(b"KYIV", false)), Just(Vec::new())],
            behind in proptest::collection::vec(any::<u8>(), 0..80),
        ) {
            if let Ok((bytes, _)) = undo(coding, &[front, behind].concat()) {
                prop_assert!(bytes.len() <= 1000);
            }
        }
    }

    #[test]
    fn a_charset_is_found_in_any_dress() {
        for (header, expected) in [
            ("text/html; charset=utf-8", Some("utf-8")),
            ("text/html;Charset=\"windows-1252\"", Some("windows-1252")),
            ("text/html; boundary=x; charset = latin1", Some("latin1")),
            ("text/html", None),
            ("text/html; charset=", None),
        ] {
            assert_eq!(charset(header), expected, "{header}");
        }
    }
}
