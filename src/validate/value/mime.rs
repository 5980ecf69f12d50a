//! Media types: RFC 6838 and RFC 2045.

use super::{Given, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{Rule, value as rules};

values! {
    MIME "media type" |given, tell| judge(given, tell, &rules::INVALID_MIME_TYPE);
    MIME_ATTRIBUTE "media type (attribute)" |given, tell| judge(given, tell, &rules::INVALID_MIME_ATTRIBUTE);
    MIME_OR_ENTRY "media types that are accepted" |given, tell| {
        if !given.text.trim().is_empty() {
            judge(given, tell, &rules::INVALID_MIME_TYPE);
        }
    };
}

fn judge(given: &Given<'_>, tell: &mut Tell<'_>, rule: &'static Rule) {
    if !is_mime(given.text) {
        tell.say(rule, given.text);
    }
}

/// Whether a text is `type/subtype`, with or without parameters.
pub(crate) fn is_mime(text: &str) -> bool {
    let mut parts = text.split(';');
    let mut names = parts.next().unwrap_or_default().trim_end().splitn(2, '/');
    let named = names.next().is_some_and(is_token) && names.next().is_some_and(is_token);
    named && parts.all(is_parameter)
}

fn is_parameter(text: &str) -> bool {
    let text = text.trim();
    let Some((name, value)) = text.split_once('=') else { return text.is_empty() };
    let quoted = value.len() >= 2 && value.starts_with('"') && value.ends_with('"');
    is_token(name) && (quoted || is_token(value))
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`{|}~".contains(&byte))
}
