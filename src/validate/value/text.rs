//! Texts: plain ones, and those that hold HTML.

use super::{Given, markup, values};
use crate::validate::Format;
use crate::validate::finding::Tell;
use crate::validate::rules::{Rule, text as rules};

values! {
    TEXT "text" |_, _| {};
    FILLED "text that is not empty" filled;
    PLAIN "plain text" |given, tell| { plain(given, tell, &rules::CONTAINS_HTML); };
    TITLE "plain text that is not empty" title;
    HTML "HTML" html;
    SUBTITLE "plain text of at most 255 characters" |given, tell| short(given, tell, 255);
    SUMMARY "plain text of at most 4000 characters" |given, tell| short(given, tell, 4000);
    NAME "plain text without an e-mail address" name;
    LABEL "plain text that is not empty (attribute)" label;
    TYPED "plain text, or HTML by its type" |given, tell| match given.hint {
        Some("html") => html(given, tell),
        _ => { plain(given, tell, &rules::CONTAINS_HTML); }
    };
}

fn filled(given: &Given<'_>, tell: &mut Tell<'_>) {
    if given.text.is_empty() {
        tell.say(&rules::NOT_BLANK, "");
    }
}

fn title(given: &Given<'_>, tell: &mut Tell<'_>) {
    filled(given, tell);
    let marked = plain(given, tell, &rules::CONTAINS_HTML);
    if given.format == Format::Rss && !marked && !is_profiled(given) && looks_marked(given.text) {
        tell.say(&rules::CHARACTER_DATA, "");
    }
}

fn name(given: &Given<'_>, tell: &mut Tell<'_>) {
    filled(given, tell);
    plain(given, tell, &rules::CONTAINS_HTML);
    if given.text.split_whitespace().any(super::email::is_address) {
        tell.say(&rules::CONTAINS_EMAIL, given.text);
    }
}

fn label(given: &Given<'_>, tell: &mut Tell<'_>) {
    if given.text.is_empty() {
        tell.of_parent().say(&rules::ATTR_NOT_BLANK, "");
    }
    plain(given, tell, &rules::CONTAINS_HTML);
}

fn short(given: &Given<'_>, tell: &mut Tell<'_>, most: usize) {
    plain(given, tell, &rules::CONTAINS_HTML);
    let count = given.text.chars().count();
    if count > most {
        tell.say(&rules::TOO_LONG, &format!("{count} characters; at most {most}"));
    }
}

/// Tells where a plain text holds markup; whether it does.
pub(crate) fn plain(given: &Given<'_>, tell: &mut Tell<'_>, rule: &'static Rule) -> bool {
    if is_profiled(given) {
        return false;
    }
    let found = markup::marks(given.whole);
    for mark in &found {
        tell.say(rule, mark);
    }
    !found.is_empty()
}

fn html(given: &Given<'_>, tell: &mut Tell<'_>) {
    if memchr::memchr2(b'<', b'&', given.whole.as_bytes()).is_none() && given.whole.is_ascii() {
        return;
    }
    markup::judge(given.whole, !given.has_base, tell);
}

/// Whether the characters of markup are written as the RSS profile advises: as hexadecimal references.
fn is_profiled(given: &Given<'_>) -> bool {
    let is_reference = |at| given.raw.get(at..at + 3).is_some_and(|start| start.eq_ignore_ascii_case("&#x"));
    given.format == Format::Rss && memchr::memchr_iter(b'&', given.raw.as_bytes()).any(is_reference)
}

/// Whether a reader that decodes twice would see markup.
fn looks_marked(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| matches!(c, '/' | '!' | '?'))
    })
}
