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
    /// Only changes the type of what stands in it: a word may go on behind it.
    pub(super) glue: bool,
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
    Element { name, display, void: false, part: Part::Any, glue: false, ends: &[] }
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

const fn glue(name: &'static str) -> Element {
    Element { glue: true, ..row(name, Display::Inline) }
}

const fn void(name: &'static str, display: Display) -> Element {
    Element { void: true, ..row(name, display) }
}

/// The elements, in alphabetical order for the search.
pub(super) const ELEMENTS: &[Element] = &[
    row("a", Display::Inline),
    glue("abbr"),
    block("address"),
    void("area", Display::None),
    part("article", Part::Content),
    part("aside", Part::Content),
    row("audio", Display::None),
    glue("b"),
    void("base", Display::None),
    glue("bdi"),
    glue("bdo"),
    glue("big"),
    block("blockquote"),
    block("body"),
    void("br", Display::Block),
    row("canvas", Display::None),
    ending("caption", Display::Block, &["p"]),
    block("center"),
    glue("cite"),
    glue("code"),
    void("col", Display::None),
    row("datalist", Display::None),
    ending("dd", Display::Block, &["p", "dd", "dt"]),
    glue("del"),
    block("details"),
    glue("dfn"),
    row("dialog", Display::Block),
    block("dir"),
    block("div"),
    block("dl"),
    ending("dt", Display::Block, &["p", "dd", "dt"]),
    glue("em"),
    void("embed", Display::None),
    block("fieldset"),
    block("figcaption"),
    block("figure"),
    glue("font"),
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
    glue("i"),
    row("iframe", Display::None),
    void("img", Display::Inline),
    void("input", Display::Inline),
    glue("ins"),
    glue("kbd"),
    block("legend"),
    ending("li", Display::Block, &["p", "li"]),
    void("link", Display::None),
    block("listing"),
    part("main", Part::Content),
    glue("mark"),
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
    glue("q"),
    row("rp", Display::None),
    row("rt", Display::None),
    glue("s"),
    glue("samp"),
    row("script", Display::None),
    block("search"),
    part("section", Part::Content),
    row("select", Display::None),
    void("source", Display::None),
    glue("strike"),
    glue("strong"),
    row("style", Display::None),
    glue("sub"),
    block("summary"),
    glue("sup"),
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
    ending("tr", Display::Block, &["p", "td", "th", "tr"]),
    void("track", Display::None),
    glue("tt"),
    glue("u"),
    block("ul"),
    glue("var"),
    row("video", Display::None),
    Element { glue: true, ..void("wbr", Display::Inline) },
    block("xmp"),
];

/// Over what an end tag reaches, and what it stops at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Reaches over other inline elements and texts.
    Inline,
    /// A paragraph or a heading: reaches as an inline element does, and holds nothing up.
    Text,
    /// Holds the ends of inline elements up.
    Container,
    /// Holds all ends up but those of its kind.
    Barrier,
}

impl Element {
    /// Over what its end tag reaches (HTML 13.2.4.2 and 13.2.6.4.7, in four classes).
    pub(super) fn scope(&self) -> Scope {
        match self.display {
            _ if self.name == "p" || self.part == Part::Heading => Scope::Text,
            Display::Cell | Display::None => Scope::Barrier,
            _ if matches!(self.name, "table" | "caption" | "tr" | "tbody" | "thead" | "tfoot") => {
                Scope::Barrier
            }
            Display::Block => Scope::Container,
            Display::Inline => Scope::Inline,
        }
    }
}

/// Where the row of an element stands among the rows.
pub(super) fn index(row: &'static Element) -> u8 {
    let at = ELEMENTS.binary_search_by(|other| other.name.cmp(row.name)).unwrap_or_default();
    u8::try_from(at).unwrap_or(u8::MAX)
}

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
