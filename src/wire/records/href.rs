//! Addresses as they are printed: to a page, to the front page, to which host.

/// Whether an address is that of a site's front page.
fn is_front(href: &str) -> bool {
    let path =
        href.split_once("//").map_or(href, |(_, behind)| behind.find('/').map_or("", |at| &behind[at..]));
    matches!(path, "" | "/" | "./" | "/index.html" | "/index.php" | "index.html" | "index.php")
}

/// Whether an address leads to a page.
pub(super) fn is_address(href: &str) -> bool {
    let href = href.trim();
    let scheme =
        href.split(['/', '?', '#']).next().unwrap_or_default().split_once(':').map(|(scheme, _)| scheme);
    !is_front(href)
        && !href.starts_with('#')
        && scheme
            .is_none_or(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// The host that an address names.
pub(super) fn host_of(link: &str) -> Option<&str> {
    let (scheme, behind) = link.split_once("//")?;
    (scheme.is_empty() || scheme.ends_with(':'))
        .then(|| behind.split(['/', '?', '#']).next().unwrap_or_default())
}
