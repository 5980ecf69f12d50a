//! The bytes of an answer, their compression undone, never more than allowed.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::{Error, Limits};

/// What the decompressor of brotli reads at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// Reads a body to its end. What is sent and what comes of it are bounded.
pub(super) fn read(body: ureq::Body, encoding: &str, limits: Limits) -> Result<Vec<u8>, Error> {
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1);
    let sent = body.into_with_config().limit(most).reader();
    let names = encoding.split(',').map(|name| name.trim().to_ascii_lowercase());
    let names: Vec<_> = names.filter(|name| !name.is_empty() && name != "identity").collect();
    let mut decoded: Box<dyn Read> = match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Box::new(sent),
        ["gzip" | "x-gzip"] => Box::new(MultiGzDecoder::new(sent)),
        ["br"] => Box::new(brotli::Decompressor::new(small_window(sent, limits)?, CHUNK)),
        _ => return Err(Error::Encoding(format!("it is \"{}\"", crate::note::quote(encoding, 40)))),
    };
    let mut bytes = Vec::new();
    decoded.by_ref().take(most).read_to_end(&mut bytes).map_err(|error| explain(&error, limits))?;
    if bytes.len() > limits.bytes { Err(Error::TooLarge(limits.bytes)) } else { Ok(bytes) }
}

/// Bits that a stream of brotli begins with where its window is larger than RFC 7932 9.1 has them: such a window takes
/// as much memory as it likes.
const LARGE_WINDOW: u8 = 0b001_0001;

fn small_window(mut sent: impl Read, limits: Limits) -> Result<impl Read, Error> {
    let mut first = Vec::new();
    sent.by_ref().take(1).read_to_end(&mut first).map_err(|error| explain(&error, limits))?;
    if first.first().is_some_and(|byte| byte & 0x7f == LARGE_WINDOW) {
        return Err(Error::Encoding("its window is larger than brotli has them (RFC 7932)".to_owned()));
    }
    Ok(io::Cursor::new(first).chain(sent))
}

/// What a failed read means. The client hides its own errors inside those of the stream.
pub(super) fn explain(error: &io::Error, limits: Limits) -> Error {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        Some(ureq::Error::Timeout(_)) => return Error::Timeout(limits.total),
        Some(ureq::Error::BodyExceedsLimit(_)) => return Error::TooLarge(limits.bytes),
        Some(ureq::Error::Rustls(why)) => return Error::Tls(why.to_string()),
        Some(other) => return Error::Connection(other.to_string()),
        None => {}
    }
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
    use std::io::Read as _;

    use super::{Error, Limits, charset, small_window};

    #[test]
    fn a_stream_of_brotli_has_a_window_of_its_standard() {
        let large = small_window(&[0x11, 0x1e, 0x00][..], Limits::default());
        assert!(matches!(large.err(), Some(Error::Encoding(_))));
        for bytes in [&b"\x1b\x03\x00"[..], &[]] {
            let mut read = Vec::new();
            let mut stream = small_window(bytes, Limits::default()).expect("a stream");
            stream.read_to_end(&mut read).expect("bytes");
            assert_eq!(read, bytes);
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
