//! Value types, each with values that it takes and values that it does not.
use std::collections::HashSet;

use super::*;
use crate::validate::finding::Findings;

#[track_caller]
fn case(value: &Value, text: &str, expected: &[&str]) {
    hinted(value, None, text, expected);
}

#[track_caller]
fn hinted(value: &Value, hint: Option<&str>, text: &str, expected: &[&str]) {
    let mut told = Findings::default();
    let given = Given {
        text: text.trim(),
        whole: text,
        raw: text,
        hint,
        format: Format::Rss,
        has_base: false,
        now: Some(1_780_000_000),
    };
    (value.check)(&given, &mut Tell::plain(&mut told));
    let names: Vec<_> = told.list.iter().map(|told| told.rule.name).collect();
    assert_eq!(names, expected, "{}: {text}", value.name);
}

#[test]
fn dates() {
    for (text, expected) in [
        ("2026-02-10T11:00:00Z", &[][..]),
        ("2026-02-10t11:00:00.25+01:00", &[]),
        ("2026-02-10T11:00:60-08:00", &[]),
        ("2026-02-30T11:00:00Z", &["invalid-rfc3339-date"]),
        ("2026-02-10T24:00:00Z", &["invalid-rfc3339-date"]),
        ("2026-02-10 11:00:00Z", &["invalid-rfc3339-date"]),
        ("2026-02-10T11:00Z", &["invalid-rfc3339-date"]),
        (" 2026-02-10T11:00:00Z", &["unexpected-whitespace"]),
        ("1969-02-10T11:00:00Z", &["implausible-date"]),
        ("2027-02-10T11:00:00Z", &["implausible-date"]),
    ] {
        case(&date::RFC3339, text, expected);
    }
    for (text, expected) in [
        ("Tue, 10 Feb 2026 11:00:00 GMT", &[][..]),
        ("10 Feb 2026 11:00 +0130", &[]),
        ("Tue, 10 Feb 26 11:00:00 GMT", &["problematical-rfc822-date"]),
        ("Tuesday, 10 February 2026 11:00:00 GMT", &["problematical-rfc822-date"]),
        ("Wed, 10 Feb 2026 11:00:00 GMT", &["incorrect-dow"]),
        ("Tue, 31 Jun 2026 11:00:00 GMT", &["invalid-rfc2822-date"]),
        ("Tue, 10 Feb 2026 11:00:00 CET", &["invalid-rfc2822-date"]),
        ("yesterday", &["invalid-rfc2822-date"]),
    ] {
        case(&date::RFC822, text, expected);
    }
    for text in ["2026", "2026-02", "2026-02-10", "2026-02-10T11:00Z", "2026-02-10T11:00:00.5+01:00"] {
        case(&date::W3, text, &[]);
    }
    case(&date::W3, "2026-13", &["invalid-w3-cdtf-date"]);
}

#[test]
fn addresses() {
    for (value, text, expected) in [
        (&uri::ID, "tag:example.org,2026:1", &[][..]),
        (&uri::ID, "tag:a.b@example.org,2026-02-10:x/y?z#w", &[]),
        (&uri::ID, "tag:example.org,2026-2:1", &["invalid-tag"]),
        (&uri::ID, "urn:uuid:1225C695-cfb8-4ebb-aaaa-80da344efa6a", &[]),
        (&uri::ID, "http://example.org/a/../b", &["non-canonical-uri"]),
        (&uri::ID, "http://example.org:80/", &["non-canonical-uri"]),
        (&uri::ID, "http://example.org/%7e", &["non-canonical-uri"]),
        (&uri::ID, "http://example.org", &["non-canonical-uri"]),
        (&uri::ID, "http://[::1]/a", &[]),
        (&uri::ID, "http://example.org/é", &[]),
        (&uri::FULL_URI, "http://example.org/é", &["uri-not-iri"]),
        (&uri::FULL_URI, "example.org", &["invalid-full-link"]),
        (&uri::FULL_URI, "", &["invalid-full-link"]),
        (&uri::URI, "../a?b=c#d", &[]),
        (&uri::URI, "a b", &["invalid-uri-char"]),
        (&uri::URI, "http://piet@[::1]:81/a", &[]),
        (&uri::URI, "http://[::1]/a|b", &["invalid-uri-char"]),
        (&uri::URI, "http://[::1]/[::1]", &["invalid-uri-char"]),
        (&uri::URI, "http://[::1/", &["invalid-uri-char"]),
        (&uri::URI, "http:///a", &["invalid-link"]),
        (&uri::WEB, "mailto:a@example.org", &["invalid-url-attribute"]),
    ] {
        case(value, text, expected);
    }
    hinted(&guid::GUID, Some("false"), "anything else", &[]);
    hinted(&guid::GUID, None, "anything else", &["invalid-http-guid"]);
}

#[test]
fn people_and_languages() {
    case(&email::CONTACT, "visser@example.org (A. Visser)", &[]);
    case(&email::CONTACT, "A. Visser <visser@example.org>", &["email-format"]);
    case(&email::ADDRESS, "o'visser+a@sub.example.org", &[]);
    case(&email::ADDRESS, "visser@example", &["unknown-host"]);
    case(&email::ADDRESS, "visser at example.org", &["invalid-addr-spec"]);
    for tag in ["nl", "en-GB", "zh-Hant-TW", "x-klingon", "dut"] {
        case(&language::LANGUAGE, tag, &[]);
    }
    for tag in ["zz", "dutch", "en_US", "n", ""] {
        case(&language::LANGUAGE, tag, &["invalid-language"]);
    }
    case(&mime::MIME, "text/html; charset=\"utf-8\"", &[]);
    case(&mime::MIME, "html", &["invalid-mime-type"]);
}

#[test]
fn lists_are_sorted() {
    assert!(uri::SCHEMES.is_sorted() && itunes::CATEGORIES.is_sorted() && itunes::OBSOLETE.is_sorted());
}

#[test]
fn no_value_type_stands_twice_and_none_is_forgotten() {
    let lists = [
        choice::VALUES,
        date::VALUES,
        email::VALUES,
        geo::VALUES,
        guid::VALUES,
        itunes::VALUES,
        language::VALUES,
        media::VALUES,
        mime::VALUES,
        number::VALUES,
        text::VALUES,
        uri::VALUES,
    ];
    let mut names = HashSet::new();
    assert!(lists.iter().flat_map(|list| list.iter()).all(|value| names.insert(value.name)));
    assert!(names.len() > 50);
}
