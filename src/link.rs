//! Addresses: absolute, without what only tracks the reader.

use url::Url;

pub use crate::page::MAX_ADDRESS;
use crate::page::Page;

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
    if url.query().is_some_and(|query| query.contains("utm_")) {
        let kept: Vec<_> =
            url.query().unwrap_or_default().split('&').filter(|pair| !pair.starts_with("utm_")).collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(&kept));
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
    pub fn of(page: &Page<'_>, source: Option<&Url>) -> Self {
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
