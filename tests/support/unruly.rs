//! Answers that servers should not give, each at a path of its own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::origin::{answer, send};

/// What a server sends at a path, and what it does then.
pub(crate) struct Unruly {
    pub(crate) path: &'static str,
    sent: Vec<u8>,
    then: Then,
}

enum Then {
    HangUp,
    /// Says the same over and over, until the other side hangs up.
    Repeat(&'static [u8]),
    /// Says nothing more, until the other side hangs up.
    Wait,
}

impl Unruly {
    pub(crate) fn answer(&self, stream: &mut TcpStream) {
        send(stream, &self.sent);
        match self.then {
            Then::HangUp => {}
            Then::Repeat(bytes) => while stream.write_all(bytes).is_ok() {},
            Then::Wait => _ = stream.read(&mut [0]),
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::CompressorReader::new(bytes, 4096, 5, 22).read_to_end(&mut out).expect("memory");
    out
}

/// A head without a length, and what comes behind it.
fn headed(fields: &[u8], rest: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\n", fields, b"\r\n", rest].concat()
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

fn chunked(rest: &[&[u8]]) -> Vec<u8> {
    headed(b"Transfer-Encoding: chunked\r\n", &rest.concat())
}

fn encoded(fields: &str, body: &[u8]) -> Vec<u8> {
    answer("200 OK", fields, body)
}

fn redirect(location: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ", location, b"\r\n\r\n"].concat()
}

/// All of them, for a page.
pub(crate) fn all(page: &[u8]) -> Vec<Unruly> {
    let (zipped, whole, last) = (gzip(page), chunk(page), b"0\r\n".as_slice());
    let te = |coding: &str| format!("Transfer-Encoding: {coding}\r\n").into_bytes();
    let lengths = |first: &str| format!("Content-Length: {first}\r\n").into_bytes();
    let sent: Vec<(&'static str, Vec<u8>)> = vec![
        // Behind the page and around it.
        ("/gzip-junk", encoded("Content-Encoding: gzip\r\n", &[&zipped[..], b"junk junk"].concat())),
        (
            "/gzip-junk-like-it",
            encoded("Content-Encoding: gzip\r\n", &[&zipped[..], b"\x1f\x8bjunk junk"].concat()),
        ),
        ("/gzip-zeros", encoded("Content-Encoding: gzip\r\n", &[&zipped[..], &[0; 512]].concat())),
        ("/gzip-half-a-head", encoded("Content-Encoding: gzip\r\n", &[&zipped[..], &zipped[..7]].concat())),
        ("/gzip-half-a-part", encoded("Content-Encoding: gzip\r\n", &[&zipped[..], &zipped[..30]].concat())),
        (
            "/gzip-parts",
            encoded("Content-Encoding: gzip\r\n", &[gzip(&page[..9]), gzip(&page[9..])].concat()),
        ),
        (
            "/gzip-wrong-sum",
            encoded("Content-Encoding: gzip\r\n", &[&zipped[..zipped.len() - 8], &[0; 8]].concat()),
        ),
        ("/gzip-nothing", encoded("Content-Encoding: gzip\r\n", b"")),
        ("/gzip-empty-parts", encoded("Content-Encoding: gzip\r\n", &gzip(b"").repeat(20_000)[..99_000])),
        ("/brotli-junk", encoded("Content-Encoding: br\r\n", &[&brotli(page)[..], b"junk"].concat())),
        ("/brotli-cut", encoded("Content-Encoding: br\r\n", &brotli(page)[..20])),
        ("/brotli-plain", encoded("Content-Encoding: br\r\n", page)),
        ("/deflate", encoded("Content-Encoding: deflate\r\n", &zlib(page))),
        ("/deflate-bare", encoded("Content-Encoding: deflate\r\n", &zlib(page)[2..])),
        ("/codings-twice", encoded("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", &gzip(&zipped))),
        ("/codings-list", encoded("Content-Encoding: gzip, br\r\n", &brotli(&zipped))),
        ("/codings-many", encoded("Content-Encoding: gzip, br, gzip, br, gzip, br\r\n", page)),
        ("/coding-unknown-plain", encoded("Content-Encoding: utf-8\r\n", page)),
        ("/coding-unknown", encoded("Content-Encoding: zstd\r\n", b"\x28\xb5\x2f\xfd\x04\x00")),
        ("/coding-latin", headed(b"Content-Encoding: gz\xefp\r\n", &zipped)),
        ("/coding-broken", encoded("Content-Encoding: \x1b[31mx\r\n", page)),
        ("/transfer-gzip", headed(&te("gzip, chunked"), &[chunk(&zipped), last.to_vec()].concat())),
        ("/transfer-gzip-unchunked", headed(&te("gzip"), &zipped)),
        ("/transfer-identity", headed(&te("identity"), page)),
        // Chunks.
        ("/chunks-trailer", chunked(&[&whole, last, b"ETag: \"late\"\r\n\r\n"])),
        ("/chunks-no-blank-line", chunked(&[&whole, last])),
        (
            "/chunks-extension",
            chunked(&[&chunk(&page[..3]).replace_first(b"\r\n", b";a=\"b\"\r\n"), &chunk(&page[3..]), last]),
        ),
        ("/chunks-line-feeds", chunked(&[&whole.replace_first(b"\r\n", b"\n"), b"0\n\n"])),
        ("/chunks-no-end", chunked(&[&whole])),
        ("/chunks-bad-size", chunked(&[b"zz\r\n", page])),
        ("/chunks-signed-size", chunked(&[b"+5\r\nabcde\r\n", last])),
        ("/chunks-too-short", chunked(&[b"3\r\n", page, last])),
        (
            "/chunks-and-length",
            headed(b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", &[&whole, last].concat()),
        ),
        // Heads.
        ("/folded", headed(b"X: a\r\n b\r\nETag: \"a\r\n\tb\"\r\n", page)),
        ("/no-colon", headed(b"nonsense\r\nETag: \"a\"\r\n", page)),
        ("/null-byte", headed(b"X: a\0b\r\nETag: \"a\"\r\n", page)),
        ("/null-byte-in-etag", headed(b"ETag: \"a\0b\"\r\nLast-Modified: x\x7f\r\n", page)),
        ("/etag-no-value", headed(b"ETag:\r\nLast-Modified: \r\n", page)),
        ("/etag-empty", headed(b"ETag: \"\"\r\n", page)),
        ("/etag-long", headed(format!("ETag: \"{}\"\r\n", "a".repeat(5000)).as_bytes(), page)),
        ("/type-broken", headed(b"Content-Type: text/html; charset=\"\x1b\r\n", page)),
        ("/many-fields", headed("X-Some: thing\r\n".repeat(9_000).as_bytes(), page)),
        ("/large-head", headed("X-Some: thing\r\n".repeat(90_000).as_bytes(), page)),
        ("/length-signed", headed(&lengths("+5"), page)),
        ("/length-negative", headed(&lengths("-1"), page)),
        ("/length-huge", headed(&lengths("99999999999999999999999"), page)),
        ("/length-too-long", headed(&lengths("9999"), page)),
        ("/lengths-differ", headed(b"Content-Length: 3\r\nContent-Length: 4\r\n", page)),
        (
            "/hints",
            [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(30), headed(b"", page)].concat(),
        ),
        ("/continue", [b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n".to_vec(), headed(b"", page)].concat()),
        ("/version-two", [b"HTTP/2 200\r\n\r\n", page].concat()),
        ("/version-none", page.to_vec()),
        ("/status-four-digits", b"HTTP/1.1 2000 OK\r\n\r\n".to_vec()),
        ("/status-203", answer("203 Non-Authoritative Information", "", page)),
        ("/status-304", answer("304 Not Modified", "", b"")),
        // Redirects.
        ("/to-latin", redirect(b"/caf\xe9")),
        ("/to-utf-8", redirect("/café".as_bytes())),
        ("/to-control", redirect(b"/a\x1b\0")),
        ("/to-far-away", redirect(&b"/\xe9".repeat(120_000))),
        ("/to-nothing", redirect(b"")),
        ("/to-nowhere", answer("302 Found", "", b"")),
    ];
    let going_on: Vec<(&'static str, Vec<u8>, Then)> = vec![
        ("/trailers-endless", chunked(&[&whole, last]), Then::Repeat(b"X-Some: thing\r\n")),
        ("/trailers-slow", chunked(&[&whole, last, b"X-So"]), Then::Wait),
        ("/brotli-open", headed(b"Content-Encoding: br\r\n", &brotli(page)), Then::Wait),
        ("/chunk-extension-endless", chunked(&[b"5;"]), Then::Repeat(b"aaaaaaaaaaaaaaaa")),
        ("/chunk-size-endless", chunked(&[]), Then::Repeat(b"0000000000000000")),
        ("/chunks-mostly-lines", chunked(&[]), Then::Repeat(b"1;aaaaaaaaaaaaaaaa\r\na\r\n")),
        ("/hints-endless", Vec::new(), Then::Repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
        ("/field-endless", headed(b"", b"")[..17].to_vec(), Then::Repeat(b"aaaaaaaaaaaaaaaa")),
        ("/gzip-then-endless", headed(b"Content-Encoding: gzip\r\n", &zipped), Then::Repeat(b"junk")),
        ("/gzip-parts-endless", headed(b"Content-Encoding: gzip\r\n", b""), Then::Repeat(EMPTY_GZIP)),
    ];
    let quiet = sent.into_iter().map(|(path, sent)| Unruly { path, sent, then: Then::HangUp });
    quiet.chain(going_on.into_iter().map(|(path, sent, then)| Unruly { path, sent, then })).collect()
}

/// A part of gzip that holds nothing.
const EMPTY_GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x03\0\0\0\0\0\0\0\0\0";

trait ReplaceFirst {
    fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8>;
}

impl ReplaceFirst for Vec<u8> {
    fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
        let at = self.windows(from.len()).position(|window| window == from).expect("what to replace");
        [&self[..at], to, &self[at + from.len()..]].concat()
    }
}
