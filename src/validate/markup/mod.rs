//! Markup inside texts: whether a plain text holds any, whether it is HTML as it must be, and what readers strip.

mod entity;
mod names;
mod scan;
mod style;
mod tree;

pub(crate) use names::{acceptable_attribute, is_math, is_safe, is_svg, is_svg_attribute, is_tag};
pub(crate) use scan::judge;
pub(crate) use style::dangers;

use memchr::memchr2_iter;

/// The marks of HTML in a text that should have none: the first end tag of HTML, else all its entities.
pub(crate) fn marks(text: &str) -> Vec<String> {
    let mut entities = Vec::new();
    for at in memchr2_iter(b'<', b'&', text.as_bytes()) {
        let rest = text.get(at..).unwrap_or_default();
        if let Some(rest) = rest.strip_prefix("</") {
            let name: &str =
                rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let closed = rest.get(name.len()..).is_some_and(|rest| rest.starts_with('>'));
            if closed && is_tag(&name.to_ascii_lowercase()) {
                return vec![format!("</{name}>")];
            }
        } else if let Some(rest) = rest.strip_prefix('&') {
            let number = rest.strip_prefix('#');
            let word = number.unwrap_or(rest);
            let name = word.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let is_entity = if number.is_some() { !name.is_empty() } else { entity::is_html4(name) };
            if is_entity && entities.len() < 16 {
                entities.push(format!("&{}{name};", if number.is_some() { "#" } else { "" }));
            }
        }
    }
    entities
}

#[cfg(test)]
mod tests;
