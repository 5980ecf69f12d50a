//! What can be a headline.

/// A headline is no longer, in bytes.
pub(super) const LONGEST: usize = 200;

/// Whether a line can be a headline: no sentence, and not too long.
pub(super) fn is_short(text: &str) -> bool {
    let said = text.trim_end_matches(is_quote);
    let stop = said.ends_with('.') && !said.ends_with("..");
    text.len() <= LONGEST && !stop && !text.ends_with([':', ';', ','])
}

/// Whether a line is a headline where it could as well be a text with a dateline.
pub(super) fn is_headline(text: &str) -> bool {
    is_short(text) && text.len() <= LONGEST / 2
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')')
}

/// `BRAND IN SCHUUR | Een schuur …`: a headline in capitals in front of its text.
pub(super) fn in_capitals(text: &str) -> Option<(&str, &str)> {
    let bar = memchr::memchr(b'|', &text.as_bytes()[..text.len().min(LONGEST)])?;
    let (headline, body) = (text[..bar].trim_end(), text[bar + 1..].trim_start());
    let capitals = headline.contains(' ') && !headline.chars().any(char::is_lowercase);
    (capitals && headline.chars().any(char::is_uppercase) && !is_short(body)).then_some((headline, body))
}
