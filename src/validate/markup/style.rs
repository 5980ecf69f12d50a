//! Styles: which of them readers strip.

/// Tells what of a style readers strip: properties, values, or the whole where it cannot be taken apart.
pub(crate) fn dangers(style: &str, tell: &mut dyn FnMut(&str)) {
    let lower = style.to_ascii_lowercase();
    let declarations =
        || lower.split(';').filter(|text| !text.trim().is_empty()).map(|text| text.split_once(':'));
    if !is_plain(style) || !declarations().all(|found| found.is_some_and(is_declaration)) {
        return tell(style);
    }
    for (property, value) in declarations().flatten() {
        judge(property.trim(), value, tell);
    }
}

fn is_declaration((property, value): (&str, &str)) -> bool {
    let property = property.trim();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !property.is_empty() && property.bytes().all(is_part) && !value.contains(':')
}

fn judge(property: &str, value: &str, tell: &mut dyn FnMut(&str)) {
    if PROPERTIES.binary_search(&property).is_ok() {
        return;
    }
    let family = property.split('-').next().unwrap_or_default();
    if !matches!(family, "background" | "border" | "margin" | "padding") {
        return tell(property);
    }
    let is_odd = |word: &&str| KEYWORDS.binary_search(word).is_err() && !is_measure(word);
    value.split_whitespace().filter(is_odd).for_each(tell);
}

/// Only words, numbers and colours: nothing that could load or compute.
fn is_plain(style: &str) -> bool {
    let mut rest = style;
    let mut before = ' ';
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let closes = match c {
            '\'' | '"' => Some((c, " _")),
            '(' => Some((')', " ,")),
            _ => None,
        };
        if let Some((close, also)) = closes {
            let Some((inner, after)) = rest.split_once(close) else { return false };
            let legal = |c: char| {
                c.is_ascii_digit() || also.contains(c) || (close != ')' && is_word(c)) || c.is_whitespace()
            };
            if inner.is_empty() || !inner.chars().all(legal) {
                return false;
            }
            rest = after;
        } else if c == '-' {
            if !is_word(before) || !rest.starts_with(is_word) {
                return false;
            }
        } else if !(c.is_ascii_alphanumeric() || c.is_whitespace() || ":,;#%.!".contains(c)) {
            return false;
        }
        before = c;
    }
    true
}

/// A colour, or a number with or without a unit.
fn is_measure(word: &str) -> bool {
    if let Some(hex) = word.strip_prefix('#') {
        return !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(colour) = word.strip_prefix("rgb(") {
        return colour.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'%' | b',' | b')'));
    }
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    matches!(unit, "" | "cm" | "em" | "ex" | "in" | "mm" | "pc" | "pt" | "px" | "rem" | "%" | "," | ")")
}

pub(super) const PROPERTIES: &[&str] = &[
    "azimuth",
    "background-color",
    "border-bottom-color",
    "border-collapse",
    "border-color",
    "border-left-color",
    "border-right-color",
    "border-top-color",
    "clear",
    "color",
    "cursor",
    "direction",
    "display",
    "elevation",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "max-height",
    "max-width",
    "overflow",
    "pause",
    "pause-after",
    "pause-before",
    "pitch",
    "pitch-range",
    "richness",
    "speak",
    "speak-header",
    "speak-numeral",
    "speak-punctuation",
    "speech-rate",
    "stress",
    "text-align",
    "text-decoration",
    "text-indent",
    "unicode-bidi",
    "vertical-align",
    "voice-family",
    "volume",
    "white-space",
    "width",
];

pub(super) const KEYWORDS: &[&str] = &[
    "!important",
    "aqua",
    "auto",
    "black",
    "block",
    "blue",
    "bold",
    "both",
    "bottom",
    "brown",
    "center",
    "collapse",
    "dashed",
    "dotted",
    "double",
    "fuchsia",
    "gray",
    "green",
    "inherit",
    "initial",
    "italic",
    "left",
    "lime",
    "maroon",
    "medium",
    "navy",
    "none",
    "normal",
    "nowrap",
    "olive",
    "pointer",
    "purple",
    "red",
    "right",
    "silver",
    "solid",
    "teal",
    "thick",
    "thin",
    "top",
    "transparent",
    "underline",
    "white",
    "yellow",
];
