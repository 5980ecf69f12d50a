//! HTML to blocks: the tokenizer of the HTML standard, and of the tree only what lines and links need.

use std::collections::HashMap;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::element::{self, Display, Element, Part};
use super::line::{Lines, Place};
use super::{Address, Class, MAX_ADDRESS, Note, Page, class, forbidden_note, note};

/// How far into a page a tag is looked for to recognise HTML that does not begin with one.
const DETECT_WINDOW: usize = 4096;

/// Whether a text is HTML: it begins with a tag, a doctype or a comment, or soon closes an element.
pub(super) fn looks_like(source: &str) -> bool {
    let begins = source.trim_start().strip_prefix('<').is_some_and(|rest| {
        let name = rest.trim_start_matches(['/', '!', '?']);
        rest.starts_with("!--") || is_tag(name) || is_word(name, "doctype") || is_word(name, "xml")
    });
    let window = &source.as_bytes()[..source.len().min(DETECT_WINDOW)];
    begins || memchr::memmem::find_iter(window, b"</").any(|at| source.get(at + 2..).is_some_and(is_tag))
}

fn is_tag(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let name = text[..end].to_ascii_lowercase();
    text[end..].starts_with(['>', '/', ' ', '\t', '\n', '\r'])
        && (element::find(name.as_bytes()).is_some()
            || matches!(name.as_str(), "b" | "i" | "em" | "strong" | "span" | "small"))
}

fn is_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Reads HTML. Costs a constant a byte, however deep elements nest: an end tag is looked for on the
/// stack only where the count of its open elements says that it is there.
pub(super) fn read(source: &str) -> Page<'static> {
    let mut reader = Reader::new(source);
    let callback = |event: CallbackEvent<'_>, span: Span<usize>| {
        reader.event(&event, span);
        None::<()>
    };
    let mut emitter: CallbackEmitter<_, (), usize> = CallbackEmitter::new(callback);
    emitter.naively_switch_states(true);
    for () in Tokenizer::new_with_emitter(source, emitter).flatten() {}
    reader.finish()
}

/// An element that is open.
struct Open {
    /// Index of its name in `Reader::names`.
    name: usize,
    display: Display,
    part: Part,
    alike: bool,
    hidden: bool,
    furniture: Furniture,
    /// How many blocks were complete when it began.
    first_block: usize,
}

/// Whether what stands in an element is the site's and no news.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Furniture {
    No,
    Yes,
    /// Up to a heading.
    Header,
}

/// The start tag that is being read, with the attributes that matter.
#[derive(Default)]
struct StartTag {
    /// Byte offset in the source.
    start: usize,
    name: Vec<u8>,
    attribute: Vec<u8>,
    values: [Option<String>; ATTRIBUTES.len()],
    hidden: bool,
    open: bool,
}

/// The attributes whose values matter.
const ATTRIBUTES: &[&str] = &["href", "datetime", "content", "rel", "property", "role", "style"];

impl StartTag {
    fn take(&mut self, attribute: &str) -> Option<String> {
        let at = ATTRIBUTES.iter().position(|name| *name == attribute)?;
        self.values.get_mut(at)?.take()
    }
}

struct Reader<'s> {
    source: &'s [u8],
    page: Page<'static>,
    lines: Lines,
    stack: Vec<Open>,
    names: HashMap<Vec<u8>, usize>,
    /// Open elements of each name.
    counts: Vec<usize>,
    hidden: usize,
    furniture: usize,
    /// Open headers of the page.
    masthead: usize,
    /// A heading has begun in them.
    headed: bool,
    content: usize,
    heading: usize,
    preformatted: usize,
    tag: StartTag,
    /// Stack depth below which a waiting anchor is forgotten.
    waiting_depth: usize,
    title: Option<String>,
    /// `og:url`, for a page without a canonical link.
    social_link: Option<Address>,
    /// Line number at `counted` bytes into the source.
    number: u32,
    counted: usize,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source: source.as_bytes(),
            page: Page::default(),
            lines: Lines::default(),
            stack: Vec::new(),
            names: HashMap::new(),
            counts: Vec::new(),
            hidden: 0,
            furniture: 0,
            masthead: 0,
            headed: false,
            content: 0,
            heading: 0,
            preformatted: 0,
            tag: StartTag::default(),
            waiting_depth: 0,
            title: None,
            social_link: None,
            number: 1,
            counted: 0,
        }
    }

    fn finish(mut self) -> Page<'static> {
        self.lines.end(self.place());
        self.close_title();
        let link = self.page.link.take().or(self.social_link);
        Page { link, blocks: self.lines.blocks, notes: self.lines.notes, ..self.page }
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.begin_tag(name, span.start),
            CallbackEvent::AttributeName { name } => self.attribute_name(name),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value),
            CallbackEvent::CloseStartTag { .. } => self.start_tag(),
            CallbackEvent::EndTag { name } => self.end_tag(name),
            CallbackEvent::String { value } => self.text(value, span.start),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn begin_tag(&mut self, name: &[u8], start: usize) {
        self.tag.start = start;
        self.tag.name.clear();
        self.tag.name.extend_from_slice(name);
        self.tag.values.fill(None);
        self.tag.hidden = false;
        self.tag.open = false;
    }

    fn attribute_name(&mut self, name: &[u8]) {
        self.tag.attribute.clear();
        self.tag.attribute.extend_from_slice(name);
        self.tag.hidden |= name == b"hidden";
        self.tag.open |= name == b"open";
    }

    fn attribute_value(&mut self, value: &[u8]) {
        let name = self.tag.attribute.as_slice();
        let Some(at) = ATTRIBUTES.iter().position(|row| row.as_bytes() == name) else { return };
        let Some(slot) = self.tag.values.get_mut(at) else { return };
        // Of attributes with one name the first counts (HTML 13.2.5.33).
        slot.get_or_insert_with(|| String::from_utf8_lossy(value).trim().to_owned());
    }

    fn start_tag(&mut self) {
        let row = element::find(&self.tag.name);
        let display = row.map_or(Display::Inline, |row| row.display);
        self.end_implied(row);
        self.page_fact();
        self.display(display);
        let style = self.tag.take("style").unwrap_or_default();
        let closed_dialog = self.tag.name == b"dialog" && !self.tag.open;
        let hidden = self.tag.hidden || closed_dialog || display == Display::None || hides(&style);
        // Unknown inline elements are followed only where an end has to be found again.
        let followed = row.is_some() || hidden || self.hidden > 0;
        if followed && !row.is_some_and(|row| row.void) {
            self.push(row, hidden);
        }
    }

    fn display(&mut self, display: Display) {
        if self.hidden > 0 {
            return;
        }
        match display {
            Display::Block => self.lines.end(self.place()),
            Display::Cell => {
                self.lines.seam();
                self.lines.gap();
            }
            Display::Inline => self.lines.seam(),
            Display::None => {}
        }
    }

    /// What a tag says about the page as a whole; of several the first counts.
    fn page_fact(&mut self) {
        let (slot, attribute): (fn(&mut Self) -> &mut Option<Address>, _) = match self.tag.name.as_slice() {
            b"base" => (|reader| &mut reader.page.base, "href"),
            b"link" => {
                let rel = self.tag.take("rel").unwrap_or_default();
                if !rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical")) {
                    return;
                }
                (|reader| &mut reader.page.link, "href")
            }
            b"meta" => match self.tag.take("property").as_deref() {
                Some("og:url") => (|reader| &mut reader.social_link, "content"),
                Some("article:published_time") => return self.published(),
                _ => return,
            },
            _ => return,
        };
        if slot(self).is_none() {
            *slot(self) = self.take_address(attribute).filter(|address| !address.is_empty());
        }
    }

    fn published(&mut self) {
        if self.page.published.is_none() {
            self.page.published = self.tag.take("content").filter(|value| !value.is_empty());
        }
    }

    /// An address of the start tag; none, with a note, where it is too long to be one.
    fn take_address(&mut self, attribute: &str) -> Option<Address> {
        let address = self.tag.take(attribute)?;
        if address.len() <= MAX_ADDRESS {
            return Some(address.into());
        }
        self.count_lines(self.tag.start);
        let message = format!("an address of more than {MAX_ADDRESS} bytes was left out");
        note::keep(&mut self.lines.notes, Note::at(self.number, message));
        None
    }

    fn push(&mut self, row: Option<&'static Element>, hidden: bool) {
        let next = self.names.len();
        let name = self.names.get(&self.tag.name).copied().unwrap_or_else(|| {
            self.names.insert(self.tag.name.clone(), next);
            self.counts.push(0);
            next
        });
        let part = row.map_or(Part::Any, |row| row.part);
        let furniture = self.furniture_of(part);
        if self.hidden == 0 && !hidden {
            self.begin(row.map_or("", |row| row.name));
        } else if row.is_some_and(|row| row.name == "title")
            && !self.is_open(b"svg")
            && self.page.title.is_none()
        {
            self.title = Some(String::new());
        }
        self.counts[name] += 1;
        self.hidden += usize::from(hidden);
        self.furniture += usize::from(furniture == Furniture::Yes);
        self.masthead += usize::from(furniture == Furniture::Header);
        self.headed |= self.masthead > 0 && part == Part::Heading;
        self.count(part, 1);
        let display = row.map_or(Display::Inline, |row| row.display);
        let alike = row.is_some_and(|row| row.alike) && self.hidden == 0;
        if alike {
            self.lines.refresh();
        }
        let first_block = self.lines.blocks.len();
        self.stack.push(Open { name, display, part, alike, hidden, furniture, first_block });
    }

    /// Navigation is furniture; so is a header or footer that belongs to no part of the content (HTML 4.3.7, 4.3.8).
    fn furniture_of(&mut self, part: Part) -> Furniture {
        let role = self.tag.take("role").unwrap_or_default();
        let of_the_page = self.content == 0;
        match (part, role.as_str()) {
            (Part::Navigation, _) | (_, "navigation") => Furniture::Yes,
            (Part::Footer, _) | (_, "contentinfo") if of_the_page => Furniture::Yes,
            (Part::Header, _) | (_, "banner") if of_the_page => Furniture::Header,
            _ => Furniture::No,
        }
    }

    fn begin(&mut self, name: &str) {
        match name {
            "a" => {
                // HTML 13.2.6.4.7: a start tag `a` ends the one that is open.
                self.end_tag(b"a");
                if let Some(href) = self.take_address("href") {
                    self.lines.open_anchor(href);
                }
            }
            "time" => {
                if let Some(datetime) = self.tag.take("datetime") {
                    self.lines.open_time(datetime);
                }
            }
            _ => {}
        }
    }

    fn count(&mut self, part: Part, by: isize) {
        let counter = match part {
            Part::Heading => &mut self.heading,
            Part::Content => &mut self.content,
            Part::Preformatted => &mut self.preformatted,
            Part::Any | Part::Navigation | Part::Footer | Part::Header => return,
        };
        *counter = counter.saturating_add_signed(by);
    }

    fn is_open(&self, name: &[u8]) -> bool {
        self.names.get(name).and_then(|&name| self.counts.get(name)).is_some_and(|&count| count > 0)
    }

    fn end_implied(&mut self, row: Option<&'static Element>) {
        let ends = row.map_or(&[][..], |row| row.ends);
        while let Some(top) = self.stack.last() {
            let name = top.name;
            let ended = ends.iter().any(|end| self.names.get(end.as_bytes()) == Some(&name));
            if !ended {
                return;
            }
            self.pop();
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        let row = element::find(name);
        self.display(row.map_or(Display::Inline, |row| row.display));
        let Some(&name) = self.names.get(name) else { return };
        if self.counts.get(name).is_none_or(|&count| count == 0) {
            return;
        }
        while self.stack.last().is_some_and(|top| top.name != name) {
            self.pop();
        }
        self.pop();
    }

    fn pop(&mut self) {
        let Some(open) = self.stack.last() else { return };
        let Open { name, display, part, alike, hidden, furniture, .. } = *open;
        if self.hidden == 0 {
            self.end_element(name, display);
            if alike {
                self.lines.refresh();
            }
        } else {
            self.close_title();
        }
        self.stack.pop();
        self.counts[name] -= 1;
        self.hidden -= usize::from(hidden);
        self.count(part, -1);
        self.furniture -= usize::from(furniture == Furniture::Yes);
        self.masthead -= usize::from(furniture == Furniture::Header);
        self.headed &= self.masthead > 0;
        if self.lines.is_waiting() && self.stack.len() < self.waiting_depth {
            self.lines.forget_waiting();
        }
    }

    fn end_element(&mut self, name: usize, display: Display) {
        if self.names.get(b"a".as_slice()) == Some(&name) {
            let around = self.stack.len().saturating_sub(2);
            let first_block = self.stack.get(around).map_or(0, |open| open.first_block);
            self.lines.close_anchor(first_block);
            self.waiting_depth = self.stack.len() - 1;
        } else if self.names.get(b"time".as_slice()) == Some(&name) {
            self.lines.close_time();
        } else {
            // A line never reaches from inside a block to after it.
            self.display(display);
        }
    }

    fn close_title(&mut self) {
        let Some(title) = self.title.take() else { return };
        let words: Vec<_> =
            title.split(|c| class(c) == Class::Space).filter(|word| !word.is_empty()).collect();
        let text = words.join(" ");
        if text.contains(|c| class(c) == Class::Forbidden) {
            note::keep(&mut self.lines.notes, forbidden_note(self.number));
        }
        let text = text.replace(|c| class(c) != Class::Text && c != ' ', "");
        self.page.title = Some(text).filter(|text| !text.is_empty());
    }

    fn text(&mut self, value: &[u8], start: usize) {
        let text = String::from_utf8_lossy(value);
        if let Some(title) = &mut self.title {
            title.push_str(&text);
            return;
        }
        if self.hidden > 0 {
            return;
        }
        self.count_lines(start);
        self.lines.text(&text, self.number, self.preformatted > 0, self.place());
    }

    /// Counts the lines of the source up to a byte offset.
    fn count_lines(&mut self, start: usize) {
        let start = start.min(self.source.len());
        if let Some(between) = self.source.get(self.counted..start) {
            let breaks = memchr::memchr_iter(b'\n', between).count();
            self.number = self.number.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            self.counted = start;
        }
    }

    fn place(&self) -> Place {
        // The header of the page is the site's up to a heading, which may be that of an article.
        let masthead = self.masthead > 0 && self.content == 0 && !self.headed;
        Place { heading: self.heading > 0, furniture: self.furniture > 0 || masthead }
    }
}

/// Whether a `style` attribute hides its element.
fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.split(';').any(|rule| {
        let rule = rule.trim_end_matches("!important");
        matches!(rule, "display:none" | "visibility:hidden" | "visibility:collapse")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(source: &str, expected: &[&str]) {
        let page = read(source);
        let got: Vec<_> = page.blocks.iter().map(|block| block.text.as_ref()).collect();
        assert_eq!(got, expected);
    }

    #[track_caller]
    fn links(source: &str, expected: &[(&str, Option<&str>)]) {
        let page = read(source);
        let got: Vec<_> = page.blocks.iter().map(|b| (b.text.as_ref(), b.link.as_deref())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn blocks_break_lines_and_inline_elements_do_not() {
        case("<p>een <b>twee</b>drie<p>vier", &["een tweedrie", "vier"]);
        case("een<br>twee<div>drie</div>vier", &["een", "twee", "drie", "vier"]);
        case("<ul><li>een<li>twee</ul>drie", &["een", "twee", "drie"]);
        case("<table><tr><td>een<td>twee<tr><td>drie</table>", &["een twee", "drie"]);
        case("<pre>een\ntwee</pre>", &["een", "twee"]);
        case("<p>een\n  twee</p>", &["een twee"]);
        case("<x-card>een</x-card><x-card>twee</x-card>", &["eentwee"]);
    }

    #[test]
    fn what_nobody_sees_is_no_text() {
        case("<p hidden>nee</p>ja", &["ja"]);
        case("<div hidden><div>nee</div>nee</div>ja", &["ja"]);
        case("<span style='color:red; DISPLAY : none'>nee<span>nee</span>nee</span>ja", &["ja"]);
        case("<script>var nee='<p>'</script><style>nee{}</style><template><p>nee</template>ja", &["ja"]);
        case("<select><option>nee</select><textarea>nee</textarea><!-- nee -->ja", &["ja"]);
        case("<dialog>nee</dialog><dialog open>ja</dialog>", &["ja"]);
        case("<head><title>nee</title></head><p>ja", &["ja"]);
        case("<title>nee</title><p>ja", &["ja"]);
    }

    #[test]
    fn characters_are_read_as_the_standard_says() {
        case("<p>&euml;&nbsp;&lt;b&gt; &#x2019; &amp;amp;", &["ë <b> ’ &amp;"]);
    }

    #[test]
    fn a_line_knows_the_anchor_it_stands_in() {
        links("<a href=x><h3>kop</h3><p>tekst</p></a>", &[("kop", Some("x")), ("tekst", Some("x"))]);
        links(
            "<p><a href=x>kop</a></p><p>met <a href=y>anker</a></p>",
            &[("kop", Some("x")), ("met anker", None)],
        );
        links("<p><a href=x>een</a><a href=y>twee</a></p>", &[("eentwee", None)]);
        links("<p><a href=x>een<a href=y>twee</a></p>", &[("eentwee", None)]);
    }

    #[test]
    fn an_anchor_without_text_links_what_stands_beside_it() {
        links("<div><h3>kop</h3><a href=x></a></div><p>los</p>", &[("kop", Some("x")), ("los", None)]);
        links("<div><a href=x><img></a><h3>kop</h3><p>los</p></div>", &[("kop", Some("x")), ("los", None)]);
        links("<div><div><a href=x><img></a></div><h3>kop</h3></div>", &[("kop", None)]);
        links("<p>voor</p><div><a href=x></a>tekst</div>", &[("voor", None), ("tekst", Some("x"))]);
    }

    #[test]
    fn lines_are_counted_in_the_source() {
        let page = read("<p>een\n\n</p>\n<p>\n twee\ndrie</p>\n<!--\n-->vier");
        let got: Vec<_> = page.blocks.iter().map(|block| block.line).collect();
        assert_eq!(got, [1, 5, 8]);
    }

    #[test]
    fn furniture_is_navigation_and_the_footer_of_the_page() {
        let page = read(
            "<nav>a</nav><main><footer>b</footer></main><footer><section>c</section></footer><div role=navigation>d</div>e",
        );
        let got: Vec<_> = page.blocks.iter().map(|block| block.furniture).collect();
        assert_eq!(got, [true, false, true, true, false]);
    }

    #[test]
    fn the_header_of_the_page_is_furniture_up_to_a_heading() {
        let page = read(
            "<header>a<ul><li>b</ul><h1>c</h1><p>d</header>e<div role=banner>f</div><main><header>g</header></main>\
             <header><article>h</article>i</header>",
        );
        let got: Vec<_> = page.blocks.iter().map(|block| block.furniture).collect();
        assert_eq!(got, [true, true, false, false, false, true, false, false, true]);
    }

    #[test]
    fn a_page_names_itself() {
        let page = read(
            "<title> Het\n nieuws </title><svg><title>x</title></svg><base href=/b/><meta property=og:url content=/o>\
             <link rel=canonical href=/c><meta property=article:published_time content=2026-02-10>",
        );
        assert_eq!(page.title.as_deref(), Some("Het nieuws"));
        assert_eq!((page.base.as_deref(), page.link.as_deref()), (Some("/b/"), Some("/c")));
        assert_eq!(page.published.as_deref(), Some("2026-02-10"));
    }

    #[test]
    fn what_stands_in_one_anchor_shares_its_address() {
        let page = read("<a href=x><p>een<p>twee</a>");
        let shared: Vec<_> = page.blocks.iter().filter_map(|block| block.link.clone()).collect();
        assert!(matches!(shared.as_slice(), [first, second] if std::sync::Arc::ptr_eq(first, second)));
    }

    #[test]
    fn an_address_that_is_too_long_is_none() {
        let long = "x".repeat(MAX_ADDRESS + 1);
        let page =
            read(&format!("<base href={long}><link rel=canonical href={long}>\n<a href={long}>een</a>"));
        assert_eq!((page.base, page.link, page.blocks[0].link.clone()), (None, None, None));
        assert_eq!(page.notes.iter().map(|note| note.line).collect::<Vec<_>>(), [1, 1, 2]);
        links(&format!("<a href={}>een</a>", &long[1..]), &[("een", Some(&long[1..]))]);
    }

    #[test]
    fn times_and_seams_have_their_place() {
        let page = read("<p>kop <time datetime=2026-02-10>gisteren</time> <b>x</b></p>");
        let block = &page.blocks[0];
        assert_eq!(&block.text[block.times[0].start..block.times[0].end], "gisteren");
        assert_eq!(block.seams, [3, 12]);
    }

    #[test]
    fn html_is_recognised_by_its_tags() {
        for html in
            ["<!doctype html>", "\n<p>x", "<!-- x -->", "tekst <b>vet</b>", "<a href=x>y</a>", "<br/>"]
        {
            assert!(looks_like(html), "{html}");
        }
        for text in ["a < b", "<3 voor Urk", "<Naam> zegt", "KYIV (ANP) - x <", "", "1 </ 2"] {
            assert!(!looks_like(text), "{text}");
        }
    }
}
