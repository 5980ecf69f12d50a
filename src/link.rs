//! Addresses: absolute, without what only tracks the reader.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use url::Url;

pub use crate::page::MAX_ADDRESS;
use crate::page::{Page, address};

/// An address as it is written, in every format: it holds only what RFC 3986 allows, each character in its place.
///
/// The `url` crate leaves what browsers leave (`[ ] { } | ^ \` and others). Ids and a history's keys are made of that
/// spelling; this one is made where an address becomes part of a feed or a page, and leads to the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uri(String);

impl Uri {
    /// Writes an absolute address, whoever spelled it: what may not stand where it stands is percent-encoded.
    pub fn of(address: &str) -> Self {
        let brackets = brackets(address);
        let mut has_fragment = false;
        let mut written = String::with_capacity(address.len());
        for (at, byte) in address.bytes().enumerate() {
            let may_stand = match byte {
                b'%' => address.as_bytes().get(at + 1..at + 3).is_some_and(is_hexadecimal),
                b'[' | b']' => brackets.is_some_and(|around| around.contains(&at)),
                b'#' => !std::mem::replace(&mut has_fragment, true),
                byte => is_legal(byte),
            };
            if may_stand {
                written.push(char::from(byte));
            } else {
                written.extend([
                    '%',
                    HEXADECIMAL[usize::from(byte >> 4)],
                    HEXADECIMAL[usize::from(byte & 15)],
                ]);
            }
        }
        Self(written)
    }
}

impl From<&Url> for Uri {
    fn from(address: &Url) -> Self {
        Self::of(address.as_str())
    }
}

impl Deref for Uri {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether two spellings are written as one address.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || Uri::of(one) == Uri::of(other)
}

/// `unreserved`, `sub-delims` and the delimiters that may stand anywhere behind a host (RFC 3986 2.2, 2.3 and 3.3).
fn is_legal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte)
}

fn is_hexadecimal(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// The digits of RFC 3986 2.1.
const HEXADECIMAL: [char; 16] =
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];

/// Where the brackets stand around an IPv6 address that is the host (RFC 3986 3.2.2).
fn brackets(address: &str) -> Option<[usize; 2]> {
    let start = address.find("://")? + "://".len();
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |end| start + end);
    let host = address[start..end].rfind('@').map_or(start, |at| start + at + 1);
    let (literal, port) = address[host..end].strip_prefix('[')?.split_once(']')?;
    let is_address = literal.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
    let is_port = port.is_empty() || port.starts_with(':') && !port.contains(['[', ']']);
    (is_address && is_port).then_some([host, host + literal.len() + 1])
}

/// Resolves an address as printed; `None` for what is no web page or stays relative.
///
/// The fragment and `utm_*` parameters are removed: they tell where a reader came from, not what he reads. One that
/// grows longer than [`MAX_ADDRESS`] is none.
pub fn resolve(printed: &str, base: Option<&Url>) -> Option<Url> {
    parse(printed, base).filter(fits)
}

/// Whether an address is no longer than an address may be.
pub(crate) fn fits(url: &Url) -> bool {
    url.as_str().len() <= MAX_ADDRESS
}

/// Resolves an address, however long it grows.
pub(crate) fn parse(printed: &str, base: Option<&Url>) -> Option<Url> {
    let mut url = Url::options().base_url(base).parse(printed).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    if let Cow::Owned(kept) = address::without(url.query().unwrap_or_default(), address::is_tracking) {
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    Some(url)
}

/// So many bytes of addresses a small page may have; a larger one has twice its size besides. A `<base>` that is
/// long is part of every address.
const ROOM: usize = 1024 * 1024;

/// Where the links of a page lead.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    /// The address of the page.
    pub page: Option<Url>,
    /// What relative addresses are relative to.
    pub base: Option<Url>,
    /// How many bytes the addresses of the items may take together.
    pub room: usize,
}

impl Addresses {
    /// The addresses of a page. What the user says of it beats what it says itself.
    pub fn of(page: &Page, source: Option<&Url>) -> Self {
        let said = page.link.as_deref().and_then(|link| resolve(link, source));
        let link = source.cloned().or(said);
        let base = page.base.as_deref().and_then(|base| resolve(base, link.as_ref()));
        Self { base: base.or_else(|| link.clone()), page: link, room: ROOM + 2 * page.size }
    }
}

/// Whether an address can be an item's own: neither the page itself, as [`resolve`] writes it, nor the front page of
/// a site.
pub fn is_of_item(url: &Url, page: Option<&Url>) -> bool {
    let front = url.path() == "/" && url.query().is_none();
    !front && page.is_none_or(|page| page != url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(printed: &str, expected: Option<&str>) {
        let base = Url::parse("https://example.nl/nieuws/").ok();
        assert_eq!(resolve(printed, base.as_ref()).map(String::from).as_deref(), expected);
    }

    #[test]
    fn addresses_are_absolute_and_bare() {
        case("bericht-1", Some("https://example.nl/nieuws/bericht-1"));
        case("/x?utm_source=a&id=1&utm_medium=b#top", Some("https://example.nl/x?id=1"));
        case("/x?utm_source=a", Some("https://example.nl/x"));
        case("//cdn.example.nl/x", Some("https://cdn.example.nl/x"));
        case("javascript:alert(1)", None);
        case("mailto:a@example.nl", None);
        assert_eq!(resolve("bericht-1", None), None);
    }

    /// As a page prints it, and as it is written.
    #[track_caller]
    fn written(printed: &str, expected: &str) {
        let url = resolve(printed, None).expect("an address");
        assert_eq!(&*Uri::from(&url), expected);
        assert_eq!(&*Uri::of(expected), expected, "what is written is written the same again");
    }

    #[test]
    fn what_is_written_is_of_rfc_3986() {
        written("https://e.nl/n?id[]=5&a{b}|c^d`e\\f", "https://e.nl/n?id%5B%5D=5&a%7Bb%7D%7Cc%5Ed%60e%5Cf");
        written("https://e.nl/a[1]/b|c^d\\e", "https://e.nl/a%5B1%5D/b%7Cc%5Ed/e");
        written("https://e.nl/100%/%zz/%4/%00/%e9", "https://e.nl/100%25/%25zz/%254/%00/%e9");
        written(
            "https://e.nl/a b\"<>é?q=\"é <>'",
            "https://e.nl/a%20b%22%3C%3E%C3%A9?q=%22%C3%A9%20%3C%3E%27",
        );
        written("https://exa_mple.nl./x", "https://exa_mple.nl./x");
        written("https://e\"{}`.nl/", "https://e%22%7B%7D%60.nl/");
        written(
            "https://bücher.nl:8080/a'b(c)*;=,!$&+@:~",
            "https://xn--bcher-kva.nl:8080/a'b(c)*;=,!$&+@:~",
        );
        written("http://[::1]:81/[::1]", "http://[::1]:81/%5B::1%5D");
        written(
            "https://piet[:%zz@[2001:db8::1]/?[2001:db8::1]",
            "https://piet%5B:%25zz@[2001:db8::1]/?%5B2001:db8::1%5D",
        );
        let label = format!("https://{}.nl/", "a".repeat(300));
        written(&label, &label);
    }

    /// A history may have been written by anybody.
    #[test]
    fn any_text_is_written_as_an_address() {
        assert_eq!(&*Uri::of("https://e.nl/#a#b\u{1}\u{7f}é"), "https://e.nl/#a%23b%01%7F%C3%A9");
        assert_eq!(&*Uri::of("http://[x]/"), "http://%5Bx%5D/");
        assert_eq!(&*Uri::of("http://[::1/"), "http://%5B::1/");
        assert_eq!(&*Uri::of("%"), "%25");
        assert!(is_same("https://e.nl/?a[]=1", "https://e.nl/?a%5B%5D=1"));
        assert!(!is_same("https://e.nl/?a[]=1", "https://e.nl/?a[]=2"));
    }

    #[test]
    fn an_address_that_grows_too_long_is_none() {
        let printed = "é".repeat(MAX_ADDRESS / 4);
        assert!(printed.len() < MAX_ADDRESS);
        case(&printed, None);
    }

    #[test]
    fn a_front_page_is_no_items_address() {
        let page = resolve("https://example.nl/nieuws?utm_source=a#top", None).expect("an address");
        for (address, expected) in [
            ("https://example.nl/", false),
            ("https://example.nl/nieuws", false),
            ("https://example.nl/1", true),
            ("https://example.nl/nieuws?x=1", true),
        ] {
            assert_eq!(
                is_of_item(&Url::parse(address).expect("an address"), Some(&page)),
                expected,
                "{address}"
            );
        }
    }
}
