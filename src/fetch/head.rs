//! The head of an answer (RFC 9112 4 and 5), read as patiently as browsers read it and written again so that the
//! client's own parser takes it: the fields that are of use here, unfolded, and no others.

use ureq::http::HeaderName;

use super::Error;

/// The most bytes of a head, the heads before it (1xx) included.
pub(super) const MOST: usize = 256 * 1024;

/// Fields that are read here or by the client. All others are left out, whatever they hold.
const READ: [&str; 10] = [
    "age",
    "content-encoding",
    LENGTH,
    "content-type",
    "date",
    "etag",
    "last-modified",
    LOCATION,
    "retry-after",
    TRANSFER,
];
const LENGTH: &str = "content-length";
const LOCATION: &str = "location";
const TRANSFER: &str = "transfer-encoding";

/// Names a field that was passed over; no server can send it, for it is none of those that are read.
pub(super) const PASSED_OVER: HeaderName = HeaderName::from_static("wirefeed-passed-over");

/// The most lines that are handed on; the client takes no more than 128.
const LINES: usize = 100;

/// A head as the client is given it.
pub(super) struct Head {
    /// Its bytes, the blank line included.
    pub(super) bytes: Vec<u8>,
    /// Its status, from 100 to 999.
    pub(super) status: u16,
    /// Whether the body comes in chunks (RFC 9112 7.1). The bytes do not say so: they are taken apart before.
    pub(super) chunked: bool,
}

/// A field that is read, and its value as sent.
type Field = (&'static str, Vec<u8>);

/// Reads a head from its status line to its blank line.
pub(super) fn read(head: &[u8]) -> Result<Head, Error> {
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = lines.next().unwrap_or_default();
    let (version, status) = status_line(first).ok_or_else(|| {
        Error::Malformed(format!("it begins with \"{}\", which is no status line of HTTP", quote(first)))
    })?;
    let (mut fields, passed_over) = fields(lines);
    // HTTP/1.0 has no chunks (RFC 9112 6.1).
    let is_chunked = |(name, value): &Field| *name == TRANSFER && codings(value).any(is_chunked);
    let chunked = !version.ends_with(b"/1.0") && fields.iter().any(is_chunked);
    if chunked {
        // Chunks say themselves where they end; a length beside them does not count (RFC 9112 6.3).
        fields.retain(|(name, _)| *name != LENGTH);
        fields
            .iter_mut()
            .filter(|(name, _)| *name == TRANSFER)
            .for_each(|(_, value)| *value = unchunked(value));
    }
    let mut bytes = format!("HTTP/1.1 {status}\r\nconnection: close\r\n").into_bytes();
    for (name, value) in fields {
        line(&mut bytes, name, &value);
    }
    for name in passed_over {
        line(&mut bytes, PASSED_OVER.as_str(), name.as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    Ok(Head { bytes, status, chunked })
}

fn line(bytes: &mut Vec<u8>, name: &str, value: &[u8]) {
    for part in [name.as_bytes(), b": ", value, b"\r\n"] {
        bytes.extend_from_slice(part);
    }
}

/// Version and status. Of the version only its front is asked for: some servers call theirs HTTP/2 in HTTP/1.1.
fn status_line(line: &[u8]) -> Option<(&[u8], u16)> {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let version = words.next().filter(|word| begins_http(word) && word.len() > 5)?;
    let status = words.next().filter(|word| word.len() == 3 && word.iter().all(u8::is_ascii_digit))?;
    let status = std::str::from_utf8(status).ok()?.parse().ok()?;
    (status >= 100).then_some((version, status))
}

/// Whether bytes begin as an answer does, as far as they go.
pub(super) fn begins_http(bytes: &[u8]) -> bool {
    bytes.iter().zip(b"HTTP/").all(|(byte, expected)| byte.eq_ignore_ascii_case(expected))
}

/// The fields that are read, and the names of those among them whose values are none.
fn fields<'a>(lines: impl Iterator<Item = &'a [u8]>) -> (Vec<Field>, Vec<&'static str>) {
    let mut found: Vec<Field> = Vec::new();
    let mut is_open = false;
    for line in lines {
        if let [b' ' | b'\t', ..] = line {
            if let Some((_, value)) = found.last_mut().filter(|_| is_open) {
                unfold(value, line.trim_ascii());
            }
            continue;
        }
        let field = field(line).filter(|_| found.len() < LINES);
        is_open = field.is_some();
        found.extend(field);
    }
    let (sound, broken): (Vec<_>, Vec<_>) = found.into_iter().map(written).partition(is_sound);
    (sound, broken.into_iter().map(|(name, _)| name).collect())
}

/// A folded line stands for a space and what is on it (RFC 9112 5.2).
fn unfold(value: &mut Vec<u8>, rest: &[u8]) {
    if !value.is_empty() && !rest.is_empty() {
        value.push(b' ');
    }
    value.extend_from_slice(rest);
}

fn field(line: &[u8]) -> Option<Field> {
    let colon = memchr::memchr(b':', line)?;
    let printed = line[..colon].trim_ascii_end();
    let name = READ.iter().find(|name| printed.eq_ignore_ascii_case(name.as_bytes()))?;
    Some((name, line[colon + 1..].trim_ascii().to_vec()))
}

/// An address has its bytes escaped that no address has, of whatever charset they are, as browsers do.
fn written((name, value): Field) -> Field {
    if name != LOCATION {
        return (name, value);
    }
    let mut escaped = Vec::with_capacity(value.len());
    for byte in value {
        match byte {
            b'\t' | b' '..=b'~' => escaped.push(byte),
            _ => escaped.extend_from_slice(format!("%{byte:02X}").as_bytes()),
        }
    }
    (name, escaped)
}

fn is_sound((name, value): &Field) -> bool {
    let is_text = value.iter().all(|byte| *byte == b'\t' || !byte.is_ascii_control());
    is_text && (*name != LENGTH || value.split(|byte| *byte == b',').all(is_length))
}

/// Whether a length is one (RFC 9110 8.6). Where it is none, the body ends with the connection.
fn is_length(printed: &[u8]) -> bool {
    let printed = std::str::from_utf8(printed.trim_ascii()).unwrap_or_default();
    printed.bytes().all(|byte| byte.is_ascii_digit()) && printed.parse::<u64>().is_ok()
}

fn codings(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

fn is_chunked(coding: &[u8]) -> bool {
    coding.eq_ignore_ascii_case(b"chunked")
}

fn unchunked(value: &[u8]) -> Vec<u8> {
    codings(value).filter(|coding| !is_chunked(coding)).collect::<Vec<_>>().join(&b","[..])
}

/// The first line of bytes as it may be told.
pub(super) fn quote(bytes: &[u8]) -> String {
    let line = bytes[..bytes.len().min(200)].split(|byte| matches!(byte, b'\r' | b'\n')).next();
    crate::note::quote(&String::from_utf8_lossy(line.unwrap_or_default()), 40)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ureq::http::HeaderValue;

    #[track_caller]
    fn case(head: &str, expected: &str) {
        let found = read(format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes()).expect("a head");
        let text = String::from_utf8(found.bytes).expect("text");
        let rest = text.strip_prefix("HTTP/1.1 200\r\nconnection: close\r\n").expect("a front");
        assert_eq!(rest.strip_suffix("\r\n").expect("an end"), expected, "{head:?}");
    }

    #[test]
    fn only_what_is_of_use_is_handed_on() {
        case(
            "Date: x\r\nX: y\r\nServer: a\0b\r\nno colon\r\n: z\r\nETag : \"a\"\r\n",
            "date: x\r\netag: \"a\"\r\n",
        );
        case("Connection: keep-alive\r\nWirefeed-Passed-Over: etag\r\n", "");
    }

    #[test]
    fn a_folded_line_is_joined_by_a_space() {
        case("ETag: \"a\r\n\t b\"\r\n \r\n c\r\nX: y\r\n d\r\n", "etag: \"a b\" c\r\n");
        case("ETag:\r\n \"a\"\r\n", "etag: \"a\"\r\n");
        case(" ETag: \"a\"\r\n", "");
    }

    #[test]
    fn a_value_that_is_none_is_passed_over_by_name() {
        case("ETag: a\0\r\nAge: 1\u{7f}\r\n", "wirefeed-passed-over: etag\r\nwirefeed-passed-over: age\r\n");
        for length in ["+5", "-1", "5,", "", "99999999999999999999999", "5 6"] {
            case(&format!("Content-Length: {length}\r\n"), "wirefeed-passed-over: content-length\r\n");
        }
        case("Content-Length: 5, 5\r\n", "content-length: 5, 5\r\n");
    }

    #[test]
    fn an_address_is_escaped_byte_by_byte() {
        case("Location: /caf\u{e9} \u{1b}?a=[]\r\n", "location: /caf%C3%A9 %1B?a=[]\r\n");
        let latin = read(b"HTTP/1.1 302 F\r\nLocation: /\xe9\r\n\r\n").expect("a head");
        assert!(latin.bytes.ends_with(b"location: /%E9\r\n\r\n"));
    }

    #[test]
    fn chunks_are_no_longer_told_of() {
        let told = "Content-Length: 5\r\nTransfer-Encoding: gzip, Chunked\r\n";
        case(told, "transfer-encoding: gzip\r\n");
        let of = |version: &str| {
            read(format!("{version} 200 OK\r\n{told}\r\n").as_bytes()).map(|head| head.chunked)
        };
        assert!(of("HTTP/1.1").expect("a head") && of("HTTP/2").expect("a head"));
        assert!(!of("HTTP/1.0").expect("a head"));
    }

    #[test]
    fn a_status_line_is_known() {
        for (line, expected) in [
            ("HTTP/1.1 200 OK", Some(200)),
            ("http/1.0  404", Some(404)),
            ("HTTP/3.0 999 x", Some(999)),
            ("HTTP/1.1 099 x", None),
            ("HTTP/1.1 1000 x", None),
            ("HTTP/1.1 -200", None),
            ("HTTP/ 200", None),
            ("HTTP/1.1", None),
            ("KYIV (ANP)", None),
        ] {
            let found = read(format!("{line}\r\n\r\n").as_bytes()).ok().map(|head| head.status);
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn no_more_lines_are_handed_on_than_the_client_takes() {
        let head =
            format!("HTTP/1.1 200 OK\r\n{}{}\r\n", "Age: 1\r\n".repeat(5000), "ETag: \0\r\n".repeat(5000));
        let found = read(head.as_bytes()).expect("a head");
        assert!(found.bytes.split(|byte| *byte == b'\n').count() < 128);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_the_client_can_take_what_is_handed_on(
            lines in proptest::collection::vec(
                (proptest::sample::select(&READ[..]), "[:\\- \t]?", proptest::collection::vec(any::<u8>(), 0..12)),
                0..12,
            ),
        ) {
            let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
            for (name, between, value) in &lines {
                head.extend([name.as_bytes(), between.as_bytes(), value, b"\r\n"].concat());
            }
            let found = read(&head).expect("a head").bytes;
            let fields = found.strip_prefix(b"HTTP/1.1 200\r\n").and_then(|rest| rest.strip_suffix(b"\r\n\r\n"));
            for line in fields.expect("a front and an end").split(|byte| *byte == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                let colon = line.iter().position(|byte| *byte == b':').expect("a name");
                let (name, value) = (std::str::from_utf8(&line[..colon]).expect("a name"), &line[colon + 1..]);
                prop_assert!(READ.contains(&name) || name == "connection" || name == PASSED_OVER);
                prop_assert!(HeaderValue::from_bytes(value).is_ok());
            }
        }
    }
}
