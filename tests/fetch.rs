//! Pages from a real server on the loopback interface, in every mood.
#![expect(clippy::expect_used, reason = "a test may stop at what it did not expect")]

#[path = "support/origin.rs"]
mod origin;
#[path = "support/unruly.rs"]
mod unruly;

use std::io::{Read as _, Write as _};
use std::time::Duration;

use chrono::DateTime;
use origin::{Origin, answer, head, send};
use url::Url;
use wirefeed::fetch::{self, Answer, Error, Limits, Page, Proxies, Settings, Validators};
use wirefeed::resolve::{self, Instant};

const PAGE: &[u8] = b"KYIV (ANP) - Het is rustig.\n12 minuten geleden\n";

fn now() -> Instant {
    resolve::capture(&DateTime::parse_from_rfc3339("2026-02-10T14:05:00+01:00").expect("a time"))
}

fn quick() -> Settings {
    let limits = Limits {
        connect: Duration::from_secs(5),
        total: Duration::from_millis(400),
        bytes: 100_000,
        ..Limits::default()
    };
    Settings { limits, ..Settings::default() }
}

fn patient() -> Settings {
    let mut settings = quick();
    settings.limits.total = Duration::from_secs(30);
    settings
}

fn get(address: &str, known: Option<&Validators>, settings: &Settings) -> Result<Answer, Error> {
    fetch::get(&Url::parse(address).expect("an address"), known, settings, &now)
}

#[track_caller]
fn page(address: &str) -> Page {
    let page = match get(address, None, &patient()).expect("an answer") {
        Answer::Page(page) => Some(*page),
        Answer::NotModified => None,
    };
    page.expect("nothing was known")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::CompressorReader::new(bytes, 4096, 5, 22).read_to_end(&mut out).expect("memory");
    out
}

#[test]
fn what_is_known_is_asked_for_conditionally() {
    let origin = Origin::new(|head, stream| {
        let is_known = head.to_lowercase().contains("if-none-match: \"a\"");
        send(
            stream,
            &if is_known {
                answer("304 Not Modified", "", b"")
            } else {
                answer(
                    "200 OK",
                    "ETag: \"a\"\r\nLast-Modified: Tue, 10 Feb 2026 12:00:00 GMT\r\nContent-Type: text/html; charset=windows-1252\r\n",
                    PAGE,
                )
            },
        );
    });
    let address = origin.address("/");
    let first = page(&address);
    assert_eq!((first.bytes.as_slice(), first.charset.as_deref()), (PAGE, Some("windows-1252")));
    assert_eq!(first.validators.etag.as_deref(), Some("\"a\""));
    let again = get(&address, Some(&first.validators), &patient()).expect("an answer");
    assert!(matches!(again, Answer::NotModified));
    let asked = origin.asked();
    assert!(asked[1].contains("if-modified-since: tue, 10 feb 2026 12:00:00 gmt"), "{}", asked[1]);
    assert!(
        asked[0].contains("user-agent: wirefeed/") && asked[0].contains("accept-encoding: gzip, br"),
        "{}",
        asked[0]
    );
    assert!(!asked[0].contains("if-none-match"));
}

#[test]
fn the_user_agent_names_whom_to_turn_to() {
    let origin = Origin::of(answer("200 OK", "", PAGE));
    let settings = Settings { contact: Some("https://example.org/\r\nX: y".to_owned()), ..patient() };
    get(&origin.address("/"), None, &settings).expect("a page");
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        origin.asked()[0]
            .contains(&format!("user-agent: wirefeed/{version} (+https://example.org/x: y)\r\n"))
    );
}

#[test]
fn compression_is_undone() {
    for (encoding, body) in
        [("gzip", gzip(PAGE)), ("br", brotli(PAGE)), ("x-gzip", gzip(PAGE)), ("identity", PAGE.to_vec())]
    {
        let origin = Origin::of(answer("200 OK", &format!("Content-Encoding: {encoding}\r\n"), &body));
        assert_eq!(page(&origin.address("/")).bytes, PAGE, "{encoding}");
    }
}

#[test]
fn bad_bodies_are_refused() {
    let bomb = vec![b'a'; 50_000_000];
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() - 4].to_vec();
    let short =
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\nKYIV (ANP) - Het".to_vec();
    let chunked =
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nKYIV".to_vec();
    type Case = (Vec<u8>, fn(&Error) -> bool);
    let cases: Vec<Case> = vec![
        (answer("200 OK", "Content-Encoding: gzip\r\n", &gzip(&bomb)), |e| {
            matches!(e, Error::TooLarge(100_000))
        }),
        (answer("200 OK", "Content-Encoding: br\r\n", &brotli(&bomb)), |e| {
            matches!(e, Error::TooLarge(100_000))
        }),
        (answer("200 OK", "", &bomb), |e| matches!(e, Error::TooLarge(100_000))),
        (answer("200 OK", "Content-Encoding: gzip\r\n", &cut(gzip(PAGE))), |e| matches!(e, Error::Truncated)),
        (answer("200 OK", "Content-Encoding: br\r\n", &cut(brotli(PAGE))), |e| {
            matches!(e, Error::Truncated | Error::Encoding(_))
        }),
        (answer("200 OK", "Content-Encoding: gzip\r\n", PAGE), |e| matches!(e, Error::Encoding(_))),
        (answer("200 OK", "Content-Encoding: zstd\r\n", &gzip(PAGE)), |e| matches!(e, Error::Encoding(_))),
        (short, |e| matches!(e, Error::Truncated)),
        (chunked, |e| matches!(e, Error::Truncated)),
        (b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(), |e| matches!(e, Error::Malformed(_))),
    ];
    for (number, (bytes, expected)) in cases.into_iter().enumerate() {
        let origin = Origin::of(bytes);
        let error = get(&origin.address("/"), None, &patient()).expect_err("no page");
        assert!(expected(&error), "case {number}: {error:?}");
    }
}

#[test]
fn slow_answers_are_not_waited_for() {
    // Before the head, and in the body; the server says nothing more until the other side hangs up.
    for sent in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nKYIV"] {
        let origin = Origin::new(move |_, stream| {
            send(stream, sent.as_bytes());
            _ = stream.read(&mut [0]);
        });
        let error = get(&origin.address("/"), None, &quick()).expect_err("no page");
        assert!(matches!(error, Error::Timeout(_)), "{sent:?}: {error:?}");
    }
}

#[test]
fn redirects_are_followed_as_far_as_they_lead() {
    let origin = Origin::new(|head, stream| {
        let path = head.split(' ').nth(1).unwrap_or_default();
        let number: usize = path.trim_start_matches('/').parse().unwrap_or(0);
        let location = format!("Location: /{}\r\nETag: \"hop\"\r\n", number - usize::from(number > 0));
        send(
            stream,
            &if number == 0 {
                answer("200 OK", "ETag: \"end\"\r\n", PAGE)
            } else {
                answer("302 Found", &location, b"")
            },
        );
    });
    let found = page(&origin.address("/5"));
    assert_eq!(found.validators.address, origin.address("/0"));
    assert_eq!(found.validators.etag.as_deref(), Some("\"end\""));
    let error = get(&origin.address("/6"), None, &patient()).expect_err("too far");
    assert!(matches!(error, Error::Redirects(5)), "{error:?}");
    // Only the address that answered is asked with what it said.
    let before = origin.asked().len();
    get(&origin.address("/1"), Some(&found.validators), &patient()).expect("a page");
    let asked = origin.asked();
    assert!(!asked[before].contains("if-none-match") && asked[before + 1].contains("if-none-match: \"end\""));
}

#[test]
fn redirects_lead_to_the_web_alone() {
    for location in ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "http://"] {
        let origin = Origin::of(answer("301 Moved Permanently", &format!("Location: {location}\r\n"), b""));
        let error = get(&origin.address("/"), None, &patient()).expect_err("no page");
        assert!(matches!(error, Error::Scheme(_)), "{location}: {error:?}");
    }
    let circle = Origin::of(answer("307 Temporary Redirect", "Location: /\r\n", b""));
    assert!(matches!(get(&circle.address("/"), None, &patient()), Err(Error::Redirects(5))));
}

/// Stands between the program and an outside that the test has no way to: a proxy.
#[test]
fn a_page_outside_leads_to_no_page_inside() {
    let inner = Origin::of(answer("200 OK", "", PAGE));
    let target = inner.address("/secret");
    let proxy = Origin::new(move |first, stream| {
        let location = format!("Location: {target}\r\n");
        if first.starts_with("CONNECT outside.example:80 ") {
            send(stream, b"HTTP/1.1 200 OK\r\n\r\n");
            head(stream);
        }
        send(stream, &answer("302 Found", &location, b""));
    });
    let proxies = Proxies { http: Some(proxy.address("")), https: None, none: Some("127.0.0.1".to_owned()) };
    let settings = Settings { proxies, ..patient() };
    let error = get("http://outside.example/", None, &settings).expect_err("kept out");
    assert!(matches!(error, Error::Private(_)), "{error:?}");
    assert!(inner.asked().is_empty());
    assert_eq!(proxy.asked().len(), 1);
    // From inside it may be reached, and from inside by way of outside it may not.
    let from_inside = Origin::of(answer("302 Found", &format!("Location: {}\r\n", inner.address("/")), b""));
    assert_eq!(page(&from_inside.address("/")).bytes, PAGE);
    let asked = inner.asked().len();
    from_inside.answers(|_, stream| {
        send(stream, &answer("302 Found", "Location: http://outside.example/\r\n", b""));
    });
    let error = get(&from_inside.address("/"), None, &settings).expect_err("kept out");
    assert!(matches!(error, Error::Private(_)), "{error:?}");
    assert_eq!((inner.asked().len(), proxy.asked().len()), (asked, 2));
}

/// What must come of an unruly answer.
enum Outcome {
    /// The page, and so many notes.
    Read(usize),
    /// An empty page.
    Empty,
    /// An error that says this.
    Refused(&'static str),
}
use Outcome::{Empty, Read, Refused};

const UNRULY: &[(&str, Outcome)] = &[
    ("/gzip-junk", Read(1)),
    ("/gzip-zeros", Read(1)),
    ("/gzip-junk-like-it", Read(1)),
    ("/gzip-half-a-head", Refused("the answer ends before its end")),
    ("/gzip-half-a-part", Refused("the answer ends before its end")),
    ("/gzip-parts", Read(0)),
    ("/gzip-wrong-sum", Refused("cannot be decompressed: corrupt gzip")),
    ("/gzip-nothing", Empty),
    ("/gzip-empty-parts", Empty),
    ("/gzip-then-endless", Read(1)),
    ("/gzip-parts-endless", Refused("the page has more than 100000 bytes")),
    ("/brotli-junk", Read(0)),
    ("/brotli-cut", Refused("the answer ends before its end")),
    ("/brotli-plain", Refused("cannot be decompressed: it is no brotli")),
    ("/brotli-open", Read(0)),
    ("/deflate", Read(0)),
    ("/deflate-bare", Read(1)),
    ("/codings-twice", Read(0)),
    ("/codings-list", Read(0)),
    ("/codings-many", Refused("it is compressed 6 times over")),
    ("/coding-unknown-plain", Read(1)),
    ("/coding-unknown", Refused("cannot be decompressed: it is \"zstd\"")),
    ("/coding-latin", Refused("cannot be decompressed: it is \"gz\u{fffd}p\"")),
    ("/coding-broken", Read(1)),
    ("/transfer-gzip", Read(0)),
    ("/transfer-gzip-unchunked", Read(0)),
    ("/transfer-identity", Read(0)),
    ("/chunks-trailer", Read(0)),
    ("/chunks-no-blank-line", Read(0)),
    ("/chunks-extension", Read(0)),
    ("/chunks-line-feeds", Read(0)),
    ("/chunks-no-end", Refused("the answer ends before its end")),
    ("/chunks-bad-size", Refused("\"zz\" stands where the size of one of its chunks is due")),
    ("/chunks-signed-size", Refused("\"+5\" stands where the size")),
    ("/chunks-too-short", Refused("stands where the end of one of its chunks is due")),
    ("/chunks-and-length", Read(0)),
    ("/chunk-extension-endless", Refused("the lines around its chunks are longer")),
    ("/chunk-size-endless", Refused("the lines around its chunks are longer")),
    ("/chunks-mostly-lines", Refused("the lines around its chunks are longer")),
    ("/trailers-endless", Read(0)),
    ("/trailers-slow", Read(0)),
    ("/folded", Read(0)),
    ("/no-colon", Read(0)),
    ("/null-byte", Read(0)),
    ("/null-byte-in-etag", Read(2)),
    ("/etag-no-value", Read(0)),
    ("/etag-empty", Read(0)),
    ("/etag-long", Read(0)),
    ("/type-broken", Read(1)),
    ("/many-fields", Read(0)),
    ("/large-head", Refused("its head has more than 262144 bytes")),
    ("/hints-endless", Refused("its head has more than 262144 bytes")),
    ("/field-endless", Refused("its head has more than 262144 bytes")),
    ("/length-signed", Read(1)),
    ("/length-negative", Read(1)),
    ("/length-huge", Read(1)),
    ("/length-too-long", Refused("the answer ends before its end")),
    ("/lengths-differ", Refused("conflicting content-length")),
    ("/hints", Read(0)),
    ("/continue", Read(0)),
    ("/version-two", Read(0)),
    ("/version-none", Refused("\"KYIV (ANP) - Het is rustig.\", which is no HTTP")),
    ("/status-four-digits", Refused("\"HTTP/1.1 2000 OK\", which is no status line")),
    ("/status-203", Read(0)),
    ("/status-304", Refused("answers 304 though it was not asked")),
    ("/to-latin", Read(0)),
    ("/to-utf-8", Read(0)),
    ("/to-control", Read(0)),
    ("/to-far-away", Refused("is redirected to an address of ")),
    ("/to-nothing", Refused("answers 302 (Found) and names no address to go to")),
    ("/to-nowhere", Refused("answers 302 (Found) and names no address to go to")),
];

/// Answers each unruly path as it says, and all others with the page.
fn unruly_origin() -> Origin {
    let unruly = unruly::all(PAGE);
    Origin::new(move |head, stream| {
        let path = head.split(' ').nth(1).unwrap_or_default();
        match unruly.iter().find(|unruly| unruly.path == path) {
            Some(unruly) => unruly.answer(stream),
            None => send(stream, &answer("200 OK", "", PAGE)),
        }
    })
}

#[test]
fn unruly_answers_are_read_as_browsers_read_them() {
    let paths: Vec<_> = unruly::all(PAGE).iter().map(|unruly| unruly.path).collect();
    let expected: Vec<_> = UNRULY.iter().map(|(path, _)| *path).collect();
    assert!(paths.iter().all(|path| expected.contains(path)) && paths.len() == expected.len());
    let origin = unruly_origin();
    for (path, outcome) in UNRULY {
        let found = get(&origin.address(path), None, &patient());
        let fits = match (outcome, &found) {
            (Read(notes), Ok(Answer::Page(page))) => page.bytes == PAGE && page.notes.len() == *notes,
            (Empty, Ok(Answer::Page(page))) => page.bytes.is_empty(),
            (Refused(why), Err(error)) => error.to_string().contains(why),
            _ => false,
        };
        assert!(fits, "{path}: {found:?}");
    }
}

#[test]
fn only_a_validator_with_a_value_is_kept_and_asked_with() {
    let origin = unruly_origin();
    for (path, etag) in [
        ("/etag-no-value", None),
        ("/etag-empty", Some("\"\"")),
        ("/etag-long", None),
        ("/null-byte-in-etag", None),
        ("/folded", Some("\"a b\"")),
        ("/chunks-trailer", None),
    ] {
        let validators = page(&origin.address(path)).validators;
        assert_eq!((validators.etag.as_deref(), validators.modified), (etag, None), "{path}");
    }
    // An earlier version kept what has no value; it is not asked with, and nothing is known by it.
    let known = Validators {
        address: origin.address("/status-304"),
        etag: Some(String::new()),
        modified: Some(String::new()),
    };
    assert!(matches!(get(&known.address, Some(&known), &patient()), Err(Error::Unasked)));
    assert!(!origin.asked().last().expect("a request").contains("if-"));
    let known = Validators { etag: Some("\"\"".to_owned()), ..known };
    assert!(matches!(get(&known.address, Some(&known), &patient()), Ok(Answer::NotModified)));
    assert!(origin.asked().last().expect("a request").contains("if-none-match: \"\"\r\n"));
}

#[test]
fn an_address_is_followed_in_whatever_charset_it_is_sent() {
    for (path, target) in [("/to-latin", "/caf%E9"), ("/to-utf-8", "/caf%C3%A9"), ("/to-control", "/a%1B%00")]
    {
        let origin = unruly_origin();
        assert_eq!(page(&origin.address(path)).validators.address, origin.address(target));
    }
}

#[test]
fn other_answers_are_no_pages() {
    for (status, headers, expected) in [
        ("404 Not Found", "", None),
        ("500 Internal Server Error", "", None),
        ("204 No Content", "", None),
        ("206 Partial Content", "", None),
        ("429 Too Many Requests", "Retry-After: 60\r\n", Some("2026-02-10T14:06:00+01:00")),
        (
            "503 Service Unavailable",
            "Retry-After: Tue, 10 Feb 2026 13:30:00 GMT\r\n",
            Some("2026-02-10T14:30:00+01:00"),
        ),
    ] {
        let origin = Origin::of(answer(status, headers, PAGE));
        let error = get(&origin.address("/"), None, &patient()).expect_err(status);
        let Error::Status { due, .. } = error else { panic!("{status}: {error:?}") };
        assert_eq!(due.map(|due| due.to_rfc3339()).as_deref(), expected, "{status}");
    }
}

#[test]
fn the_time_of_capture_is_that_of_the_page() {
    let headers = "Date: Tue, 10 Feb 2026 13:04:00 GMT\r\nAge: 30\r\n";
    let origin = Origin::of(answer("200 OK", headers, PAGE));
    assert_eq!(page(&origin.address("/")).captured.to_rfc3339(), "2026-02-10T14:04:00+01:00");
    let off = Origin::of(answer("200 OK", "Date: Tue, 10 Feb 2026 11:00:00 GMT\r\nAge: 30\r\n", PAGE));
    let found = page(&off.address("/"));
    assert_eq!(found.captured.to_rfc3339(), "2026-02-10T14:04:30+01:00");
    assert!(found.clock.is_some() && found.notes.is_empty());
}

#[test]
fn what_is_not_there_is_said() {
    let origin = Origin::of(answer("200 OK", "", PAGE));
    let error = get(&format!("https://127.0.0.1:{}/", origin.port()), None, &patient()).expect_err("no TLS");
    assert!(matches!(error, Error::Tls(_)), "{error:?}");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    let error = get(&format!("http://127.0.0.1:{port}/"), None, &patient()).expect_err("nobody there");
    assert!(matches!(error, Error::Connection(_)), "{error:?}");
}
