//! What each HTML element does to the lines a person sees.

/// How an element shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// Flows with the text; the default for unknown elements (HTML 15.3.1).
    Inline,
    /// Begins and ends a line.
    Block,
    /// A table cell: set apart from its neighbour by a space.
    Cell,
    /// Not shown, nor what stands in it.
    None,
}

/// One element whose display or nesting matters.
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) display: Display,
    /// Has no content and no end tag.
    pub(super) void: bool,
    /// What it says about the text in it.
    pub(super) part: Part,
    /// One of several alike: what stands in it belongs together.
    pub(super) alike: bool,
    /// Open elements that its start tag ends (HTML 13.1.2.4, optional tags).
    pub(super) ends: &'static [&'static str],
}

/// What a part of a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Any,
    Heading,
    /// Navigation: furniture wherever it stands.
    Navigation,
    /// A footer: furniture unless it belongs to a `Content` part.
    Footer,
    /// A header: furniture unless it belongs to a `Content` part or has a heading.
    Header,
    /// Text of its own, with headings and footers of its own.
    Content,
    /// Line breaks in its source are line breaks.
    Preformatted,
}

const fn row(name: &'static str, display: Display) -> Element {
    Element { name, display, void: false, part: Part::Any, alike: false, ends: &[] }
}

const fn block(name: &'static str) -> Element {
    Element { ends: &["p"], ..row(name, Display::Block) }
}

const fn part(name: &'static str, part: Part) -> Element {
    Element { part, ..block(name) }
}

const fn ending(name: &'static str, display: Display, ends: &'static [&'static str]) -> Element {
    Element { ends, ..row(name, display) }
}

const fn alike(row: &Element) -> Element {
    Element { alike: true, ..*row }
}

const fn void(name: &'static str, display: Display) -> Element {
    Element { void: true, ..row(name, display) }
}

/// The elements, in alphabetical order for the search.
pub(super) const ELEMENTS: &[Element] = &[
    row("a", Display::Inline),
    block("address"),
    void("area", Display::None),
    alike(&part("article", Part::Content)),
    part("aside", Part::Content),
    row("audio", Display::None),
    void("base", Display::None),
    block("blockquote"),
    block("body"),
    void("br", Display::Block),
    row("canvas", Display::None),
    ending("caption", Display::Block, &["p"]),
    block("center"),
    void("col", Display::None),
    row("datalist", Display::None),
    ending("dd", Display::Block, &["p", "dd", "dt"]),
    block("details"),
    row("dialog", Display::Block),
    block("dir"),
    block("div"),
    block("dl"),
    ending("dt", Display::Block, &["p", "dd", "dt"]),
    void("embed", Display::None),
    block("fieldset"),
    block("figcaption"),
    block("figure"),
    part("footer", Part::Footer),
    block("form"),
    part("h1", Part::Heading),
    part("h2", Part::Heading),
    part("h3", Part::Heading),
    part("h4", Part::Heading),
    part("h5", Part::Heading),
    part("h6", Part::Heading),
    block("head"),
    part("header", Part::Header),
    block("hgroup"),
    void("hr", Display::Block),
    block("html"),
    row("iframe", Display::None),
    void("img", Display::Inline),
    void("input", Display::Inline),
    block("legend"),
    alike(&ending("li", Display::Block, &["p", "li"])),
    void("link", Display::None),
    block("listing"),
    part("main", Part::Content),
    block("menu"),
    void("meta", Display::None),
    part("nav", Part::Navigation),
    row("noembed", Display::None),
    row("noframes", Display::None),
    row("noscript", Display::None),
    row("object", Display::None),
    block("ol"),
    ending("optgroup", Display::Block, &["option", "optgroup"]),
    ending("option", Display::Block, &["option"]),
    ending("p", Display::Block, &["p"]),
    void("param", Display::None),
    block("plaintext"),
    part("pre", Part::Preformatted),
    row("rp", Display::None),
    row("rt", Display::None),
    row("script", Display::None),
    block("search"),
    part("section", Part::Content),
    row("select", Display::None),
    void("source", Display::None),
    row("style", Display::None),
    block("summary"),
    row("svg", Display::None),
    block("table"),
    ending("tbody", Display::Block, &["p", "td", "th", "tr", "tbody", "thead"]),
    ending("td", Display::Cell, &["p", "td", "th"]),
    row("template", Display::None),
    row("textarea", Display::None),
    ending("tfoot", Display::Block, &["p", "td", "th", "tr", "tbody"]),
    ending("th", Display::Cell, &["p", "td", "th"]),
    ending("thead", Display::Block, &["p"]),
    row("time", Display::Inline),
    row("title", Display::None),
    alike(&ending("tr", Display::Block, &["p", "td", "th", "tr"])),
    void("track", Display::None),
    block("ul"),
    row("video", Display::None),
    void("wbr", Display::Inline),
    block("xmp"),
];

/// The row of an element, by its lower-case name.
pub(super) fn find(name: &[u8]) -> Option<&'static Element> {
    let at = ELEMENTS.binary_search_by(|row| row.name.as_bytes().cmp(name)).ok()?;
    ELEMENTS.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_name_only_rows() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.name < b.name));
        for row in ELEMENTS {
            assert!(row.ends.iter().all(|name| find(name.as_bytes()).is_some()), "{}", row.name);
        }
    }
}
