//! E-mail addresses.

use super::{Given, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{text as texts, value as rules};

values! {
    ADDRESS "e-mail address" address;
    CONTACT "e-mail address with a name" contact;
}

fn address(given: &Given<'_>, tell: &mut Tell<'_>) {
    if has_simple_host(given.text) {
        tell.say(&rules::UNKNOWN_HOST, given.text);
    } else if !is_address(given.text) {
        tell.say(&rules::INVALID_ADDR_SPEC, given.text);
    }
}

/// `visser@example.org (A. Visser)`: what the RSS profile asks for.
fn contact(given: &Given<'_>, tell: &mut Tell<'_>) {
    super::text::plain(given, tell, &texts::CONTAINS_HTML);
    let text = given.text.trim();
    if is_address(text) {
        tell.say(&rules::MISSING_REAL_NAME, text);
        return;
    }
    let named =
        text.split_once(' ').filter(|(address, name)| is_address(address) && in_parentheses(name.trim()));
    if named.is_some() {
        return;
    }
    let words = text.split([' ', ',', '<', '>', '(', ')', '"', '\t', '\n']);
    let any = words.filter(|word| !word.starts_with("mailto:")).any(is_address);
    tell.say(if any { &rules::EMAIL_FORMAT } else { &rules::INVALID_CONTACT }, text);
}

fn in_parentheses(text: &str) -> bool {
    text.len() > 2 && text.starts_with('(') && text.ends_with(')')
}

fn is_local(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
}

fn is_label(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-') && !text.starts_with('-')
}

/// Whether a text is a bare address, of a host with several parts or a number in brackets (RFC 5321 4.1.2).
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    if let Some(literal) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return is_local(local) && literal.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '.' | ':'));
    }
    let ending = host.rsplit('.').next().unwrap_or_default();
    let top = ending.len() >= 2 && ending.chars().any(char::is_alphabetic);
    is_local(local) && host.contains('.') && top && host.split('.').all(is_label)
}

fn has_simple_host(text: &str) -> bool {
    text.rsplit_once('@')
        .is_some_and(|(local, host)| is_local(local) && is_label(host) && !host.contains('.'))
}
