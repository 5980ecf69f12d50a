//! Which elements are open in a piece of HTML: as much of the tree as shows misplaced tags.

use crate::validate::names::Names;

/// Deeper than this nobody nests; the tree is given up. A tag may look at all that is open.
const MAX_DEPTH: usize = 100;

#[derive(Debug, Default)]
pub(super) struct Tree<'t> {
    open: Vec<&'t str>,
    lost: bool,
}

impl<'t> Tree<'t> {
    /// An element begins; the error it makes.
    pub(super) fn start(&mut self, name: &'t str) -> Option<&'static str> {
        if self.lost {
            return None;
        }
        let error = self.before(name);
        self.open.push(name);
        self.lost = self.open.len() > MAX_DEPTH;
        error
    }

    /// A void element stands here; the error it makes.
    pub(super) fn void(&mut self, name: &str) -> Option<&'static str> {
        if self.lost || name != "hr" { None } else { self.close_paragraph() }
    }

    fn before(&mut self, name: &str) -> Option<&'static str> {
        if is_block(name) {
            let error = self.close_paragraph();
            if error.is_some() {
                return error;
            }
        }
        match name {
            "li" => self.close_until(&["li"], &["ul", "ol", "menu", "dir"]),
            "dd" | "dt" => self.close_until(&["dd", "dt"], &["dl"]),
            "option" | "optgroup" => self.close_until(&["option"], &["select"]),
            "td" | "th" => self.close_until(&["td", "th"], &["tr", "table"]).or(self.outside("table")),
            "tr" => {
                self.close_until(&["tr"], &["tbody", "thead", "tfoot", "table"]).or(self.outside("table"))
            }
            "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => self
                .close_until(&["tbody", "thead", "tfoot", "caption", "colgroup"], &["table"])
                .or(self.outside("table")),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                self.open.last().is_some_and(|last| heading(last)).then_some("a heading inside a heading")
            }
            "a" | "button" | "form" | "nobr" if self.open.contains(&name) => {
                Some("an element inside one of its own kind")
            }
            "html" | "head" | "body" | "frameset" => Some("an element that belongs to a whole document"),
            _ => None,
        }
    }

    fn outside(&self, name: &str) -> Option<&'static str> {
        (!self.open.contains(&name)).then_some("a part of a table outside a table")
    }

    fn close_paragraph(&mut self) -> Option<&'static str> {
        self.close_until(&["p"], &["table", "td", "th", "button", "caption", "object", "applet", "marquee"])
    }

    /// Closes the innermost of some elements, not looking beyond others; an error where that cuts open ones off.
    fn close_until(&mut self, names: &[&str], bounds: &[&str]) -> Option<&'static str> {
        for at in (0..self.open.len()).rev() {
            let name = self.open.get(at).copied().unwrap_or_default();
            if names.contains(&name) {
                let cut = self.open.get(at + 1..).unwrap_or_default().iter().any(|name| !is_implied(name));
                self.open.truncate(at);
                return cut.then_some("a tag that closes an element over others");
            }
            if bounds.contains(&name) {
                return None;
            }
        }
        None
    }

    /// An end tag; the error it makes.
    pub(super) fn end(&mut self, name: &str) -> Option<&'static str> {
        if self.lost {
            return None;
        }
        let Some(at) = self.open.iter().rposition(|open| *open == name) else {
            return Some("an end tag that closes nothing");
        };
        let cut = self.open.get(at + 1..).unwrap_or_default().iter().any(|name| !is_implied(name));
        self.open.truncate(at);
        cut.then_some("an end tag that closes an element over others")
    }

    /// The end of the text; the error that it makes.
    pub(super) fn finish(&self) -> Option<&'static str> {
        let may_stay = |name: &str| {
            matches!(
                name,
                "dd" | "dt" | "li" | "p" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" | "body" | "html"
            )
        };
        (!self.lost && !self.open.iter().all(|name| may_stay(name)))
            .then_some("an element that is not closed")
    }
}

/// Elements whose end tag may be left out.
fn is_implied(name: &str) -> bool {
    matches!(
        name,
        "dd" | "dt"
            | "li"
            | "optgroup"
            | "option"
            | "p"
            | "rp"
            | "rt"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "colgroup"
    )
}

/// Elements that end an open paragraph.
fn is_block(name: &str) -> bool {
    BLOCKS.has(name)
}

pub(super) static BLOCKS: Names = Names::new(&[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "plaintext",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
    "xmp",
]);
