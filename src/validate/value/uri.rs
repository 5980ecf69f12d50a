//! Addresses: RFC 3986, 3987, 4151 (tag) and 8141 (urn).

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Given, values};
use crate::validate::finding::Tell;
use crate::validate::names::Names;
use crate::validate::rules::{Rule, rss, uri as rules};

values! {
    URI "address, possibly relative (URI)" |given, tell| { judge(given.text, &Form::uri(&rules::INVALID_LINK), tell); };
    IRI "address, possibly relative (IRI)" |given, tell| { judge(given.text, &Form::iri(&rules::INVALID_IRI), tell); };
    FULL_URI "full address (URI)" |given, tell| { judge(given.text, &Form::uri(&rules::INVALID_FULL_LINK).full(), tell); };
    FULL_IRI "full address (IRI)" |given, tell| { judge(given.text, &Form::iri(&rules::INVALID_FULL_LINK).full(), tell); };
    ID "full address in normal form (IRI)" id;
    REFERENCE "address without white space around it (IRI)" reference;
    WEB "full address on the web" web;
    IMAGE "address of a GIF, JPEG or PNG" image;
}

/// What an address must be.
pub(crate) struct Form {
    wrong: &'static Rule,
    international: bool,
    full: bool,
}

impl Form {
    pub(crate) const fn uri(wrong: &'static Rule) -> Self {
        Self { wrong, international: false, full: false }
    }

    pub(crate) const fn iri(wrong: &'static Rule) -> Self {
        Self { wrong, international: true, full: false }
    }

    pub(crate) const fn full(self) -> Self {
        Self { full: true, ..self }
    }
}

/// Judges an address; whether it is sound.
pub(crate) fn judge(text: &str, form: &Form, tell: &mut Tell<'_>) -> bool {
    let scheme = scheme(text);
    let named = lower(scheme.unwrap_or_default());
    let wrong = match &*named {
        "tag" => (!is_tag(text)).then_some(&rules::INVALID_TAG),
        "urn" if starts(text, "urn:uuid:") => (!is_uuid_urn(text)).then_some(&rules::INVALID_UUID),
        "urn" => (!is_urn(text)).then_some(&rules::INVALID_URN),
        _ => general(text, scheme, form),
    };
    if let Some(rule) = wrong {
        tell.say(rule, text);
        return false;
    }
    let is_odd =
        !named.is_empty() && named.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_registered(&named);
    if is_odd {
        tell.say(&rules::SCHEME_NOT_IANA_REGISTERED, scheme.unwrap_or_default());
    }
    !is_odd
}

fn general(text: &str, scheme: Option<&str>, form: &Form) -> Option<&'static Rule> {
    let strange = |byte: u8| byte.is_ascii() && !URI_BYTES.get(usize::from(byte)).is_some_and(|legal| *legal);
    if text.bytes().any(strange) {
        let (before, after) = around_literal_host(text);
        if before.bytes().chain(after.bytes()).any(strange) {
            return Some(&rules::INVALID_URI_CHAR);
        }
    }
    if form.full && scheme.is_none_or(|scheme| text.len() <= scheme.len() + 1) {
        return Some(form.wrong);
    }
    if !form.international && !text.is_ascii() {
        return Some(&rules::URI_NOT_IRI);
    }
    if matches!(scheme, Some(scheme) if ["http", "https", "ftp"].iter().any(|web| scheme.eq_ignore_ascii_case(web)))
    {
        let rest = text.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
        if rest.is_empty() || rest.starts_with('/') {
            return Some(form.wrong);
        }
    }
    None
}

fn id(given: &Given<'_>, tell: &mut Tell<'_>) {
    let trimmed = given.whole.trim();
    if trimmed != given.whole {
        tell.say(&crate::validate::rules::text::UNEXPECTED_WHITESPACE, "");
    }
    if judge(trimmed, &Form::iri(&rules::INVALID_FULL_LINK).full(), tell) {
        let normal = canonical(trimmed);
        if normal != trimmed {
            tell.say(&rules::NON_CANONICAL_URI, &format!("its normal form is {normal}"));
        }
    }
}

fn reference(given: &Given<'_>, tell: &mut Tell<'_>) {
    let trimmed = given.whole.trim();
    if trimmed != given.whole {
        tell.say(&crate::validate::rules::text::UNEXPECTED_WHITESPACE, "");
    }
    if trimmed.is_empty() {
        tell.say(&crate::validate::rules::text::NOT_BLANK, "");
    }
    judge(trimmed, &Form::iri(&rules::INVALID_IRI), tell);
}

fn web(given: &Given<'_>, tell: &mut Tell<'_>) {
    let text = given.text;
    let is_web = starts(text, "http://") || starts(text, "https://");
    if is_web || starts(text, "ftp://") {
        judge(text, &Form::uri(&rules::INVALID_URL_ATTRIBUTE).full(), tell);
    } else {
        tell.say(&rules::INVALID_URL_ATTRIBUTE, text);
    }
}

fn image(given: &Given<'_>, tell: &mut Tell<'_>) {
    judge(given.text, &Form::uri(&rules::INVALID_FULL_LINK).full(), tell);
    let path = given.text.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let Some((_, ending)) = file.rsplit_once('.') else { return };
    let known = ["gif", "jpg", "jpeg", "png"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    // An address without an ending, or with a program's, may still give a picture.
    let other = ["bmp", "tif", "tiff", "ico", "svg", "webp", "avif", "psd", "pdf"];
    if !known && other.iter().any(|other| ending.eq_ignore_ascii_case(other)) {
        tell.say(&rss::IMAGE_URL_FORMAT, ending);
    }
}

fn starts(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// A text in lower case.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The scheme of an address that has one.
pub(crate) fn scheme(text: &str) -> Option<&str> {
    let legal = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let length = text.bytes().take_while(legal).count();
    let first = text.as_bytes().first()?.is_ascii_alphabetic();
    (first && text.as_bytes().get(length) == Some(&b':')).then(|| text.get(..length))?
}

/// For each byte of ASCII whether it is one of those characters.
static URI_BYTES: [bool; 128] = {
    let mut legal = [false; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        legal[byte as usize] = is_uri_char(byte as char);
        byte += 1;
    }
    legal
};

/// The characters of RFC 3986 2, brackets apart.
const fn is_uri_char(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | ';' | '/' | '?' | ':' | '@' | '&' | '=' | '+' | '$' | '.' | '-' | '_' | '!' | '~' | '*' | '\'' | '(' | ')' | '%' | ',' | '#')
}

/// What stands in front of and behind an IPv6 address in brackets that is the host; all of it where none is.
fn around_literal_host(text: &str) -> (&str, &str) {
    let around = || {
        let (scheme, rest) = text.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let user = authority.rfind('@').map_or(0, |at| at + 1);
        let literal = authority.get(user..)?.strip_prefix('[')?.split(']').next()?;
        let is_address = literal.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.'));
        let start = scheme.len() + "://".len() + user;
        let behind = text.get(start + literal.len() + 1..)?.strip_prefix(']')?;
        is_address.then_some((text.get(..start)?, behind))
    };
    around().unwrap_or((text, ""))
}

/// RFC 4151 2.1.
fn is_tag(text: &str) -> bool {
    let parts = || {
        let (authority, rest) = text.strip_prefix("tag:")?.split_once(',')?;
        let (date, specific) = rest.split_once(':')?;
        Some((authority, date, specific))
    };
    let Some((authority, date, specific)) = parts() else { return false };
    let host = match authority.rsplit_once('@') {
        Some((user, host)) => {
            if user.is_empty()
                || !user.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
            {
                return false;
            }
            host
        }
        None => authority,
    };
    let named = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut date = date.split('-');
    let dated = date.next().is_some_and(|year| digits(year, 4))
        && date.next().is_none_or(|month| digits(month, 2))
        && date.next().is_none_or(|day| digits(day, 2))
        && date.next().is_none();
    named && dated && specific.chars().all(is_uri_char) && specific.matches('#').count() <= 1
}

/// RFC 8141 2.
fn is_urn(text: &str) -> bool {
    let parts = || text.get("urn:".len()..)?.split_once(':');
    let Some((space, name)) = parts() else { return false };
    let spaced = (2..=32).contains(&space.len())
        && !space.starts_with('-')
        && space.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let legal = |c: char| c.is_ascii_alphanumeric() || "()+,-.:=@;$_!*'/?#&~%".contains(c);
    spaced && !name.is_empty() && name.chars().all(legal) && is_escaped(name)
}

fn is_uuid_urn(text: &str) -> bool {
    let uuid = text.get("urn:uuid:".len()..).unwrap_or_default();
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<_> = uuid.split('-').collect();
    parts.len() == lengths.len()
        && parts
            .iter()
            .zip(lengths)
            .all(|(part, length)| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether each `%` is followed by two hexadecimal digits.
fn is_escaped(text: &str) -> bool {
    text.match_indices('%').all(|(at, _)| {
        text.get(at + 1..at + 3).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

/// The normal form of an address: RFC 3986 6.2.2 and 6.2.3, as RFC 4287 4.2.6.1 advises for ids.
fn canonical(text: &str) -> Cow<'_, str> {
    let Some(scheme) = scheme(text) else { return Cow::Borrowed(text) };
    let lower = lower(scheme);
    let rest = text.get(scheme.len() + 1..).unwrap_or_default();
    if lower == "tag" {
        return if lower == scheme { Cow::Borrowed(text) } else { Cow::Owned(format!("{lower}:{rest}")) };
    }
    if lower == "urn" {
        let (space, name) = rest.split_once(':').unwrap_or((rest, ""));
        return Cow::Owned(format!("urn:{}:{}", space.to_ascii_lowercase(), escapes(name)));
    }
    let Some(after) = rest.strip_prefix("//") else {
        return Cow::Owned(format!("{lower}:{}", escapes(rest)));
    };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, tail) = after.split_at_checked(end).unwrap_or((after, ""));
    let path_end = tail.find(['?', '#']).unwrap_or(tail.len());
    let (path, query) = tail.split_at_checked(path_end).unwrap_or((tail, ""));
    let authority = host(authority, &lower);
    let path = dots(&escapes(path));
    let path =
        if path.is_empty() && matches!(&*lower, "http" | "https" | "ftp") { "/".to_owned() } else { path };
    Cow::Owned(format!("{lower}://{authority}{path}{}", escapes(query)))
}

fn host(authority: &str, scheme: &str) -> String {
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    let host = host.to_lowercase();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
        _ => (host.as_str(), ""),
    };
    let usual = match scheme {
        "http" => "80",
        "https" => "443",
        "ftp" => "21",
        _ => "",
    };
    let at = if user.is_empty() { "" } else { "@" };
    let name = name.strip_suffix('.').unwrap_or(name);
    if port.is_empty() || port == usual {
        format!("{user}{at}{name}")
    } else {
        format!("{user}{at}{name}:{port}")
    }
}

/// Escapes in upper case, and none for what needs none (RFC 3986 6.2.2.2).
fn escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let byte = after.get(1..3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let Some(byte) = byte else {
            out.push('%');
            rest = after.get(1..).unwrap_or_default();
            continue;
        };
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            _ = write!(out, "%{byte:02X}");
        }
        rest = after.get(3..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// A path without `.` and `..` (RFC 3986 5.2.4).
fn dots(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_owned();
    }
    let mut out: Vec<&str> = Vec::new();
    let parts: Vec<_> = path.split('/').collect();
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        match *part {
            "." => {}
            ".." => {
                if out.len() > 1 {
                    out.pop();
                }
            }
            part => {
                out.push(part);
                continue;
            }
        }
        if last {
            out.push("");
        }
    }
    out.join("/")
}

fn is_registered(scheme: &str) -> bool {
    SCHEMES.has(scheme)
}

/// IANA's list of permanent and historical URI schemes, those of letters alone. Sorted.
pub(super) static SCHEMES: Names = Names::new(&[
    "aaa",
    "aaas",
    "about",
    "acap",
    "acct",
    "cap",
    "cid",
    "coap",
    "coaps",
    "crid",
    "data",
    "dav",
    "dict",
    "dns",
    "dtn",
    "example",
    "fax",
    "file",
    "filesystem",
    "ftp",
    "geo",
    "go",
    "gopher",
    "http",
    "https",
    "iax",
    "icap",
    "im",
    "imap",
    "info",
    "ipn",
    "ipp",
    "ipps",
    "iris",
    "jabber",
    "ldap",
    "leaptofrogans",
    "mailserver",
    "mailto",
    "mid",
    "modem",
    "msrp",
    "msrps",
    "mt",
    "mtqp",
    "mupdate",
    "news",
    "nfs",
    "ni",
    "nih",
    "nntp",
    "opaquelocktoken",
    "pack",
    "pop",
    "pres",
    "prospero",
    "reload",
    "rtsp",
    "rtsps",
    "rtspu",
    "service",
    "session",
    "shttp",
    "sieve",
    "sip",
    "sips",
    "sms",
    "snews",
    "snmp",
    "stun",
    "stuns",
    "tag",
    "tel",
    "telnet",
    "tftp",
    "thismessage",
    "tip",
    "turn",
    "turns",
    "tv",
    "urn",
    "vemmi",
    "videotex",
    "vnc",
    "wais",
    "ws",
    "wss",
    "xcon",
    "xmpp",
]);
