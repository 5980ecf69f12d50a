//! What the page's own style sheets say of how elements show: as lines, in a line, or not at all.

use std::collections::HashMap;

use super::element::Display;

/// The most rules of a page that are kept, and of one class that are tried.
const MAX_RULES: usize = 10_000;
const MAX_TRIED: usize = 16;

/// The rules of `<style>` elements that set how a class or an element shows. Those below `@media` and the like hold
/// only sometimes, and those with combinators or states only somewhere: both are passed over.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// By the last class of the selector, else by its element.
    rules: HashMap<String, Vec<Rule>>,
    count: usize,
}

#[derive(Debug)]
struct Rule {
    element: String,
    /// The other classes that have to be there.
    classes: Vec<String>,
    display: Display,
}

impl Sheet {
    /// Reads a style sheet (CSS Syntax 3, as far as rules without nesting go).
    pub(super) fn read(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some((selectors, behind)) = rest.split_once('{') {
            let selectors = selectors.rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim();
            if selectors.starts_with('@') {
                rest = behind_block(behind);
                continue;
            }
            let Some((declarations, behind)) = behind.split_once('}') else { return };
            rest = behind;
            let Some(display) = declared(declarations) else { continue };
            for selector in selectors.split(',') {
                self.add(selector.trim(), display);
            }
        }
    }

    fn add(&mut self, selector: &str, display: Display) {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        if selector.is_empty() || !selector.chars().all(plain) || self.count >= MAX_RULES {
            return;
        }
        let mut parts = selector.split('.').map(str::to_owned);
        let element = parts.next().unwrap_or_default().to_ascii_lowercase();
        let mut classes: Vec<_> = parts.collect();
        let key = classes.pop().map_or_else(|| element.clone(), |class| format!(".{class}"));
        self.count += 1;
        self.rules.entry(key).or_default().push(Rule { element, classes, display });
    }

    /// How an element shows, where its `style` attribute or a rule says so. Of several rules the one with the most
    /// classes counts, and of those the last one.
    pub(super) fn display(&self, name: &[u8], class: &str, style: &str) -> Option<Display> {
        if let Some(display) = declared(style) {
            return Some(display);
        }
        if self.rules.is_empty() {
            return hides(class).then_some(Display::None);
        }
        let fits = |rule: &&Rule| {
            let has = |wanted: &String| class.split_ascii_whitespace().take(64).any(|class| class == wanted);
            (rule.element.is_empty() || rule.element.as_bytes() == name) && rule.classes.iter().all(has)
        };
        let classes = class
            .split_ascii_whitespace()
            .take(MAX_TRIED)
            .filter_map(|class| self.rules.get(&format!(".{class}")));
        let of_classes = classes.flat_map(|rules| rules.iter().rev().take(MAX_TRIED).rev()).filter(fits);
        let found = of_classes.max_by_key(|rule| rule.classes.len());
        let of_element = || std::str::from_utf8(name).ok().and_then(|name| self.rules.get(name)?.last());
        let display = found.or_else(of_element).map(|rule| rule.display);
        if hides(class) { Some(Display::None) } else { display }
    }
}

/// Classes that by custom leave a text to those who cannot see.
const UNSEEN: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader-only",
    "u-visually-hidden",
    "a11y-hidden",
    "element-invisible",
];

fn hides(class: &str) -> bool {
    class.split_ascii_whitespace().take(64).any(|name| UNSEEN.contains(&name))
}

/// What stands behind a block that has begun, and behind the blocks in it.
fn behind_block(text: &str) -> &str {
    let mut depth = 1usize;
    for at in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
        depth = if text.as_bytes()[at] == b'{' { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

/// What declarations say of how an element shows; of several the last one counts.
fn declared(declarations: &str) -> Option<Display> {
    let found = declarations.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => display(&value.to_ascii_lowercase()),
            "visibility" => {
                matches!(value.to_ascii_lowercase().as_str(), "hidden" | "collapse").then_some(Display::None)
            }
            _ => None,
        }
    });
    // What one declaration hides another one does not show.
    found.reduce(|before, display| if before == Display::None { before } else { display })
}

fn display(value: &str) -> Option<Display> {
    match value {
        "none" => Some(Display::None),
        "block" | "flex" | "grid" | "list-item" | "table" | "table-row" | "flow-root" => Some(Display::Block),
        "inline" | "inline-block" | "inline-flex" | "inline-grid" | "contents" => Some(Display::Inline),
        "table-cell" => Some(Display::Cell),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(sheet: &str, name: &str, class: &str, style: &str, expected: Option<Display>) {
        let mut sheets = Sheet::default();
        sheets.read(sheet);
        assert_eq!(sheets.display(name.as_bytes(), class, style), expected);
    }

    #[test]
    fn rules_for_classes_and_elements() {
        case(".a { color: red; display: block }", "span", "b a", "", Some(Display::Block));
        case("/* x */ span.a, .c.d { display:none }", "span", "a", "", Some(Display::None));
        case("span.a{display:none}", "div", "a", "", None);
        case(".a.b{display:block}.a{display:none}", "div", "a b", "", Some(Display::Block));
        case("h6{display:none}", "h6", "", "", Some(Display::None));
    }

    #[test]
    fn what_holds_only_sometimes_is_passed_over() {
        case("@media print { .a { display: none } } .b { display: block }", "p", "a", "", None);
        case("@import 'x'; .b { display: block }", "p", "b", "", Some(Display::Block));
        case(".a:hover{display:none} .b .a{display:none}", "p", "a", "", None);
        case("@media { .a {", "p", "a", "", None);
    }

    #[test]
    fn the_attribute_beats_the_sheet() {
        case(".a{display:block}", "p", "a", "color:red; DISPLAY : none !important", Some(Display::None));
        case("", "p", "", "display:none;display:block", Some(Display::None));
        case("", "p", "sr-only", "", Some(Display::None));
    }
}
