//! HTML to a tree of what is shown: the tokenizer of the HTML standard, and of its tree builder what decides where
//! elements end.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use rustc_hash::FxHasher;

use super::element::{self, Display, Element, Part, Scope};
use super::style::Sheet;
use super::tree::{Attribute, Kind, Node, Place, TEXT, Tree, UNKNOWN};
use super::{Body, Class, MAX_ADDRESS, MAX_NODES, Page, class, data, forbidden_note};
use crate::note::{self, Note};

/// How far into a page a tag is looked for to recognise HTML that does not begin with one.
const DETECT_WINDOW: usize = 4096;

/// Elements that stand deeper are read as if they stood side by side. Real pages have fifty.
const MAX_DEPTH: usize = 200;

/// The most bytes of one script with data or of one style sheet that are read.
const MAX_ASIDE: usize = 4 * 1024 * 1024;

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
        && (element::find(name.as_bytes()).is_some() || name == "span")
}

fn is_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Reads HTML. Costs a constant a byte, however deep elements nest and however their ends are mixed up: where the
/// open elements of a name stand is known without a search.
pub(super) fn read(source: &str) -> Page {
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
    /// What `Reader::opened` knows it by.
    name: usize,
    /// Its node, or that of the element around it where it has none.
    node: u32,
    /// It has a node of its own.
    own: bool,
    row: Option<&'static Element>,
    hidden: bool,
    furniture: Furniture,
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
    name: Vec<u8>,
    attribute: Vec<u8>,
    values: [Option<String>; ATTRIBUTES.len()],
    /// Values of `data-…` in which a moment or a picture may stand.
    data: Vec<(Kind, String)>,
    hidden: bool,
    open: bool,
}

/// The attributes whose values matter.
const ATTRIBUTES: &[&str] = &[
    "href", "datetime", "content", "rel", "property", "role", "style", "class", "id", "title", "itemprop",
    "src", "srcset", "type", "name",
];

/// No moment in an attribute is longer, in bytes.
const LONGEST_HINT: usize = 64;

impl StartTag {
    fn value(&self, attribute: &str) -> Option<&str> {
        let at = ATTRIBUTES.iter().position(|name| *name == attribute)?;
        self.values.get(at)?.as_deref()
    }

    fn take(&mut self, attribute: &str) -> Option<String> {
        let at = ATTRIBUTES.iter().position(|name| *name == attribute)?;
        self.values.get_mut(at)?.take()
    }
}

/// A text beside the page's own that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aside {
    Title,
    Data,
    Style,
}

struct Reader<'s> {
    source: &'s [u8],
    page: Page,
    tree: Tree,
    stack: Vec<Open>,
    /// Numbers of the names without a row.
    names: HashMap<Vec<u8>, usize>,
    /// Of each name, where its open elements stand on the stack.
    opened: Vec<Vec<usize>>,
    /// Where the open elements stand that an end tag of an inline element does not reach over, and those that no end
    /// tag reaches over.
    containers: Vec<usize>,
    barriers: Vec<usize>,
    hidden: usize,
    furniture: usize,
    /// Open headers of the page.
    masthead: usize,
    /// A heading has begun in them.
    headed: bool,
    content: usize,
    preformatted: usize,
    tag: StartTag,
    aside: Option<(Aside, String)>,
    sheet: Sheet,
    /// `og:url`, for a page without a canonical link.
    social_link: Option<String>,
    /// What was seen since the last text.
    edge: Edge,
    /// White space was seen since the last text.
    gap: bool,
    /// Line number at `counted` bytes into the source.
    number: u32,
    counted: usize,
    full: bool,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        let mut tree = Tree::default();
        tree.text.reserve(source.len() / 8);
        tree.nodes.push(Node {
            parent: 0,
            end: 1,
            from: 0,
            to: 0,
            line: 1,
            shape: 0,
            row: UNKNOWN,
            place: Place::Content,
            block: true,
        });
        Self {
            source: source.as_bytes(),
            page: Page::default(),
            tree,
            stack: Vec::new(),
            names: HashMap::new(),
            opened: vec![Vec::new(); element::ELEMENTS.len()],
            containers: Vec::new(),
            barriers: Vec::new(),
            hidden: 0,
            furniture: 0,
            masthead: 0,
            headed: false,
            content: 0,
            preformatted: 0,
            tag: StartTag::default(),
            aside: None,
            sheet: Sheet::default(),
            social_link: None,
            edge: Edge::None,
            gap: false,
            number: 1,
            counted: 0,
            full: false,
        }
    }

    fn finish(mut self) -> Page {
        while !self.stack.is_empty() {
            self.pop();
        }
        self.close_aside();
        let (nodes, text) = (self.tree.nodes.len(), self.tree.text.len());
        if let Some(root) = self.tree.nodes.first_mut() {
            root.end = number(nodes);
            root.to = number(text);
        }
        if self.full {
            self.page
                .notes
                .push(Note::general("the page holds too many elements; the rest was not read").of_loss());
        }
        let link = self.page.link.take().or(self.social_link);
        Page { link, body: Body::Html(self.tree), ..self.page }
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.begin_tag(name),
            CallbackEvent::AttributeName { name } => self.attribute_name(name),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value),
            CallbackEvent::CloseStartTag { .. } => self.start_tag(span.start),
            CallbackEvent::EndTag { name } => self.end_tag(name),
            CallbackEvent::String { value } => self.string(value, span.start),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn begin_tag(&mut self, name: &[u8]) {
        self.tag.name.clear();
        self.tag.name.extend_from_slice(name);
        self.tag.values.fill(None);
        self.tag.data.clear();
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
        if let Some(at) = ATTRIBUTES.iter().position(|row| row.as_bytes() == name) {
            let Some(slot) = self.tag.values.get_mut(at) else { return };
            // Of attributes with one name the first counts (HTML 13.2.5.33).
            slot.get_or_insert_with(|| String::from_utf8_lossy(value).trim().to_owned());
        } else if name.starts_with(b"data-") {
            let dated =
                value.len() <= LONGEST_HINT && value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4;
            let picture =
                self.tag.name == b"img" && matches!(name, b"data-src" | b"data-original" | b"data-lazy-src");
            let kind = if picture { Kind::Picture } else { Kind::Hint };
            if (dated || picture) && self.tag.data.len() < 8 {
                self.tag.data.push((kind, String::from_utf8_lossy(value).trim().to_owned()));
            }
        }
    }

    fn start_tag(&mut self, start: usize) {
        let row = element::find(&self.tag.name);
        self.end_implied(row);
        self.page_fact();
        let style = self.tag.take("style").unwrap_or_default();
        let shown = self.sheet.display(&self.tag.name, self.tag.value("class").unwrap_or_default(), &style);
        let display = shown.or(row.map(|row| row.display)).unwrap_or(Display::Inline);
        let closed_dialog = self.tag.name == b"dialog" && !self.tag.open;
        // What is not shown by its nature no style brings back.
        let never = row.is_some_and(|row| row.display == Display::None);
        let hidden = self.tag.hidden || closed_dialog || never || display == Display::None;
        let void = row.is_some_and(|row| row.void);
        self.see(row);
        if void && !hidden {
            self.leaf(row, display, start);
        } else if void {
            self.microdata();
        } else {
            self.push(row, hidden, display, start);
        }
    }

    /// An element begins or ends here: a border, unless it only changes the type.
    fn see(&mut self, row: Option<&'static Element>) {
        let edge = if row.is_some_and(|row| row.glue) { Edge::Type } else { Edge::Border };
        self.edge = self.edge.max(edge);
    }

    /// What a tag says about the page as a whole; of several the first counts.
    fn page_fact(&mut self) {
        let tag = &mut self.tag;
        let fact = match tag.name.as_slice() {
            b"base" => Some((&mut self.page.base, "href")),
            b"link" => {
                let rel = tag.take("rel").unwrap_or_default();
                let is = |name: &str| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case(name));
                let feed = is("alternate") && tag.value("type").is_some_and(is_feed);
                if feed && self.page.feeds.len() < 8 {
                    self.page.feeds.extend(tag.take("href").filter(|href| href.len() <= MAX_ADDRESS));
                }
                is("canonical").then_some((&mut self.page.link, "href"))
            }
            b"meta" => match tag.value("property").or(tag.value("name")) {
                Some("og:url") => Some((&mut self.social_link, "content")),
                Some("og:image") => Some((&mut self.page.picture, "content")),
                Some("article:published_time") => Some((&mut self.page.published, "content")),
                Some("article:modified_time") => Some((&mut self.page.modified, "content")),
                _ => None,
            },
            _ => None,
        };
        let Some((slot, attribute)) = fact else { return };
        if slot.is_none() {
            *slot = tag.take(attribute).filter(|value| !value.is_empty());
            if slot.as_ref().is_some_and(|value| value.len() > MAX_ADDRESS) {
                *slot = None;
                note::keep(&mut self.page.notes, too_long(self.number));
            }
        }
    }

    fn name(&mut self, row: Option<&'static Element>) -> usize {
        if let Some(row) = row {
            return usize::from(element::index(row));
        }
        let next = self.opened.len();
        self.names.get(&self.tag.name).copied().unwrap_or_else(|| {
            self.names.insert(self.tag.name.clone(), next);
            self.opened.push(Vec::new());
            next
        })
    }

    fn push(&mut self, row: Option<&'static Element>, hidden: bool, display: Display, start: usize) {
        self.begin_aside(row);
        let name = self.name(row);
        let part = row.map_or(Part::Any, |row| row.part);
        let furniture = self.furniture_of(part);
        self.hidden += usize::from(hidden);
        self.furniture += usize::from(furniture == Furniture::Yes);
        self.masthead += usize::from(furniture == Furniture::Header);
        self.headed |= self.masthead > 0 && part == Part::Heading;
        self.count(part, 1);
        let depth = self.stack.len();
        if let Some(opened) = self.opened.get_mut(name) {
            opened.push(depth);
        }
        match row.map_or(Scope::Inline, super::element::Element::scope) {
            Scope::Inline | Scope::Text => {}
            Scope::Container => self.containers.push(depth),
            Scope::Barrier => {
                self.containers.push(depth);
                self.barriers.push(depth);
            }
        }
        let own = self.hidden == 0 && depth < MAX_DEPTH && !self.full;
        let node =
            if own { self.node(row, display, start) } else { self.stack.last().map_or(0, |open| open.node) };
        self.stack.push(Open { name, node, own, row, hidden, furniture });
    }

    /// An element without an end.
    fn leaf(&mut self, row: Option<&'static Element>, display: Display, start: usize) {
        if self.hidden == 0 && !self.full {
            let node = self.node(row, display, start);
            self.close(node);
        }
    }

    /// Begins a node for the tag.
    fn node(&mut self, row: Option<&'static Element>, display: Display, start: usize) -> u32 {
        self.count_lines(start);
        let shape = self.shape();
        let at = self.add(row.map_or(UNKNOWN, element::index), shape, display == Display::Block);
        self.attributes(at);
        at
    }

    fn add(&mut self, row: u8, shape: u32, block: bool) -> u32 {
        let at = number(self.tree.nodes.len());
        self.full |= self.tree.nodes.len() >= MAX_NODES;
        let parent = self.stack.last().map_or(0, |open| open.node);
        let from = number(self.tree.text.len());
        // The header of the page is the site's up to a heading, which may be that of an article.
        let masthead = self.masthead > 0 && self.content == 0 && !self.headed;
        let place = if self.furniture > 0 || masthead { Place::Furniture } else { Place::Content };
        self.tree.nodes.push(Node {
            parent,
            end: at + 1,
            from,
            to: from,
            line: self.number,
            shape,
            row,
            place,
            block,
        });
        at
    }

    fn close(&mut self, node: u32) {
        let (nodes, text) = (number(self.tree.nodes.len()), number(self.tree.text.len()));
        if let Some(node) = self.tree.nodes.get_mut(node as usize) {
            node.end = nodes;
            node.to = text;
            // The space that sets it apart belongs to nobody.
            let apart = self.tree.text.as_bytes().get(node.from as usize) == Some(&b' ');
            node.from += u32::from(apart);
        }
    }

    /// A number for the name and the first class, which the numbers in that do not change. Further classes often tell
    /// the first of a list from the last, or one rubric from another.
    fn shape(&self) -> u32 {
        let mut hasher = FxHasher::default();
        self.tag.name.hash(&mut hasher);
        let class = self
            .tag
            .value("class")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .next()
            .unwrap_or_default()
            .as_bytes();
        for part in class[..class.len().min(LONGEST_CLASS)].split(u8::is_ascii_digit) {
            part.hash(&mut hasher);
        }
        let hash = hasher.finish();
        u32::try_from((hash ^ (hash >> 32)) & u64::from(u32::MAX)).unwrap_or_default()
    }

    fn attributes(&mut self, node: u32) {
        let published = self.tag.value("itemprop").map(published_kind);
        for (attribute, kind) in [
            ("datetime", Kind::Time),
            ("href", Kind::Link),
            ("src", Kind::Picture),
            ("srcset", Kind::Pictures),
        ] {
            let wanted = match kind {
                Kind::Link => self.tag.name == b"a",
                Kind::Picture | Kind::Pictures => matches!(self.tag.name.as_slice(), b"img" | b"source"),
                _ => true,
            };
            if wanted && let Some(value) = self.tag.take(attribute) {
                self.attribute(node, kind, &value);
            }
        }
        for attribute in ["content", "title"] {
            let Some(value) = self.tag.take(attribute) else { continue };
            let kind = published.flatten().unwrap_or(Kind::Hint);
            if value.len() <= LONGEST_HINT && value.bytes().any(|byte| byte.is_ascii_digit()) {
                self.attribute(node, kind, &value);
            }
        }
        for (kind, value) in std::mem::take(&mut self.tag.data) {
            self.attribute(node, kind, &value);
        }
    }

    /// `<meta itemprop=datePublished content=…>` belongs to the element around it.
    fn microdata(&mut self) {
        let kind = self.tag.value("itemprop").and_then(published_kind);
        let around = self.stack.last().filter(|open| open.own).map(|open| open.node);
        let last = self.tree.attributes.last().map_or(0, |attribute| attribute.node);
        if let (Some(kind), Some(around), Some(value)) = (kind, around, self.tag.take("content"))
            && self.hidden == 0
            && value.len() <= LONGEST_HINT
        {
            // Attributes stand in the order of their nodes: a node of its own, where the last one stands further in.
            let node = if last <= around { around } else { self.add(UNKNOWN, 0, false) };
            self.attribute(node, kind, &value);
        }
    }

    fn attribute(&mut self, node: u32, kind: Kind, value: &str) {
        let address = matches!(kind, Kind::Link | Kind::Picture);
        if address && value.len() > MAX_ADDRESS {
            if kind == Kind::Link {
                note::keep(&mut self.page.notes, too_long(self.number));
            }
            return;
        }
        let from = number(self.tree.values.len());
        self.tree.values.push_str(value);
        let to = number(self.tree.values.len());
        self.tree.attributes.push(Attribute { node, kind, from, to });
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

    fn count(&mut self, part: Part, by: isize) {
        let counter = match part {
            Part::Content => &mut self.content,
            Part::Preformatted => &mut self.preformatted,
            Part::Any | Part::Heading | Part::Navigation | Part::Footer | Part::Header => return,
        };
        *counter = counter.saturating_add_signed(by);
    }

    /// Where the innermost open element of a name stands, as far as nothing that `within` tells stands in front of it.
    fn innermost(&self, name: usize, within: &[usize]) -> Option<usize> {
        let at = *self.opened.get(name)?.last()?;
        within.last().is_none_or(|border| *border <= at).then_some(at)
    }

    /// Ends the elements that a start tag ends (HTML 13.1.2.4), with what is open in them and begins no part of its own.
    fn end_implied(&mut self, row: Option<&'static Element>) {
        let Some(row) = row else { return };
        // HTML 13.2.6.4.7: a start tag `a` ends the one that is open.
        if row.name == "a" {
            return self.end_tag(b"a");
        }
        // Ends from the inside out: a row of a table ends the cell in it, then the row before it.
        while let Some(at) =
            row.ends.iter().filter_map(|end| self.innermost(name_of(end), &self.containers)).max()
        {
            self.pop_to(at);
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        let row = element::find(name);
        self.see(row);
        if name == b"br" {
            // HTML 13.2.6.4.7: it is read as a start tag.
            self.line_break();
        }
        let number =
            row.map(|row| usize::from(element::index(row))).or_else(|| self.names.get(name).copied());
        let Some(number) = number else { return };
        let within = match row.map_or(Scope::Inline, super::element::Element::scope) {
            Scope::Inline | Scope::Text => &self.containers,
            Scope::Container => &self.barriers,
            Scope::Barrier => &Vec::new(),
        };
        if let Some(at) = self.innermost(number, within) {
            self.pop_to(at);
        }
    }

    /// Ends the element at a place of the stack and all in it.
    fn pop_to(&mut self, at: usize) {
        while self.stack.len() > at {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let depth = self.stack.len();
        if let Some(opened) = self.opened.get_mut(open.name) {
            opened.pop();
        }
        for list in [&mut self.containers, &mut self.barriers] {
            if list.last() == Some(&depth) {
                list.pop();
            }
        }
        self.close_aside();
        self.see(open.row);
        self.hidden -= usize::from(open.hidden);
        self.count(open.row.map_or(Part::Any, |row| row.part), -1);
        self.furniture -= usize::from(open.furniture == Furniture::Yes);
        self.masthead -= usize::from(open.furniture == Furniture::Header);
        self.headed &= self.masthead > 0;
        if open.own {
            self.close(open.node);
        }
    }
}

/// What stands beside the page's text: its title, data, styles; and the text itself.
impl Reader<'_> {
    fn begin_aside(&mut self, row: Option<&'static Element>) {
        let drawn = self.opened.get(name_of("svg")).is_some_and(|open| !open.is_empty());
        let kind = match row.map_or("", |row| row.name) {
            "title" if !drawn && self.page.title.is_none() => Aside::Title,
            "script" if self.tag.value("type").is_some_and(is_json_ld) => Aside::Data,
            "style" => Aside::Style,
            _ => return,
        };
        self.aside = Some((kind, String::new()));
    }

    fn close_aside(&mut self) {
        let Some((kind, text)) = self.aside.take() else { return };
        match kind {
            Aside::Title => self.close_title(&text),
            Aside::Style => self.sheet.read(&text),
            Aside::Data => data::read(&text, self.number, &mut self.page.data),
        }
    }

    fn close_title(&mut self, title: &str) {
        let words: Vec<_> =
            title.split(|c| class(c) == Class::Space).filter(|word| !word.is_empty()).collect();
        let text = words.join(" ");
        if text.contains(|c| class(c) == Class::Forbidden) {
            self.page.notes.push(forbidden_note(self.number));
        }
        let text = text.replace(|c| class(c) != Class::Text && c != ' ', "");
        self.page.title = Some(text).filter(|text| !text.is_empty());
    }

    fn string(&mut self, value: &[u8], start: usize) {
        let text = String::from_utf8_lossy(value);
        if let Some((_, aside)) = &mut self.aside {
            if aside.len() + text.len() <= MAX_ASIDE {
                aside.push_str(&text);
            }
            return;
        }
        if self.hidden > 0 || self.full {
            return;
        }
        self.count_lines(start);
        if self.preformatted == 0 {
            return self.text(&text, self.number);
        }
        for (number, line) in (self.number..).zip(text.split('\n')) {
            if number > self.number {
                self.line_break();
            }
            self.text(line, number);
        }
    }

    fn line_break(&mut self) {
        self.edge = Edge::Border;
        if self.hidden == 0 && !self.full {
            self.add(element::find(b"br").map_or(UNKNOWN, element::index), 0, true);
        }
    }

    /// Counts the lines of the source up to a byte.
    fn count_lines(&mut self, upto: usize) {
        let upto = upto.min(self.source.len());
        if let Some(between) = self.source.get(self.counted..upto) {
            self.number = self.number.saturating_add(number(memchr::memchr_iter(b'\n', between).count()));
            self.counted = upto;
        }
    }

    /// Adds a text that begins on a line of the source.
    fn text(&mut self, text: &str, mut line: u32) {
        let mut chars = text.chars();
        let mut node = None;
        let mut forbidden = false;
        while let Some(c) = chars.next() {
            line = line.saturating_add(u32::from(c == '\n'));
            match class(c) {
                Class::Space => self.gap = true,
                Class::Invisible => {}
                Class::Forbidden => forbidden = true,
                Class::Text => {
                    if node.is_none() {
                        self.part(c, chars.as_str());
                        let first = self.add(TEXT, 0, false);
                        self.set_line(first, line);
                        node = Some(first);
                    } else if self.gap {
                        self.tree.text.push(' ');
                    }
                    self.gap = false;
                    self.tree.text.push(c);
                }
            }
        }
        if let Some(node) = node {
            self.close(node);
        }
        if forbidden {
            note::keep(&mut self.page.notes, forbidden_note(line));
        }
    }

    fn set_line(&mut self, node: u32, line: u32) {
        if let Some(node) = self.tree.nodes.get_mut(node as usize) {
            node.line = line;
        }
    }

    /// Sets a text apart from the one before it. Between elements stands a space, also where the source has none, and
    /// none beside a mark that belongs to what it stands at: the feed is the same however the markup is set.
    fn part(&mut self, first: char, rest: &str) {
        let edge = std::mem::take(&mut self.edge);
        let gap = std::mem::take(&mut self.gap);
        let mut before = self.tree.text.chars().rev();
        let Some(last) = before.next() else { return };
        let alone = before.next().is_none_or(|c| !c.is_alphanumeric());
        let ends = CLOSING.contains(first) && !rest.starts_with(char::is_alphanumeric);
        let opens = OPENING.contains(last) && alone;
        // `D` in an element of its own in front of `e brug` is one word; so is a word of which a part is set in bold.
        let one_word = !gap && first.is_lowercase() && last.is_alphabetic();
        let apart = match edge {
            Edge::None => gap,
            Edge::Type if gap => !(ends || opens),
            Edge::Type => !one_word && first.is_alphanumeric() && last.is_alphanumeric(),
            Edge::Border => !(ends || opens || (one_word && last.is_uppercase() && alone)),
        };
        if apart {
            self.tree.text.push(' ');
        }
    }
}

/// Marks that belong to the word in front of them, or to the one behind them.
const CLOSING: &str = ",.;:!?)]»”’…\"'";
const OPENING: &str = "([«“„‘\"'";

/// What stands between two texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Edge {
    /// No tag.
    #[default]
    None,
    /// The type changes: bold, italics.
    Type,
    /// An element begins or ends.
    Border,
}

/// What `Reader::opened` knows the element of a row by.
fn name_of(name: &str) -> usize {
    element::find(name.as_bytes()).map_or(usize::MAX, |row| usize::from(element::index(row)))
}

/// An index as the tree counts; a page has no more bytes than that (`MAX_BYTES`).
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// No class has more letters that matter.
const LONGEST_CLASS: usize = 64;

fn published_kind(name: &str) -> Option<Kind> {
    match name {
        "datePublished" | "dateCreated" => Some(Kind::Published),
        "dateModified" => Some(Kind::Modified),
        _ => None,
    }
}

fn is_feed(media_type: &str) -> bool {
    ["application/rss+xml", "application/atom+xml", "application/feed+json"]
        .iter()
        .any(|feed| media_type.trim().eq_ignore_ascii_case(feed))
}

fn is_json_ld(media_type: &str) -> bool {
    media_type.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn too_long(line: u32) -> Note {
    Note::at(line, format!("an address of more than {} KB was passed over", MAX_ADDRESS / 1024)).of_loss()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(source: &str, expected: &[&str]) {
        let page = read(source);
        let got: Vec<_> = page.blocks().iter().map(|block| block.text).collect();
        assert_eq!(got, expected);
    }

    #[track_caller]
    fn links(source: &str, expected: &[(&str, Option<&str>)]) {
        let page = read(source);
        let got: Vec<_> = page.blocks().iter().map(|b| (b.text, b.link)).collect();
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
        case("<x-card>een</x-card><x-card>twee</x-card>", &["een twee"]);
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
        links("<p><a href=x>een</a><a href=y>twee</a></p>", &[("een twee", None)]);
        links("<p><a href=x>een<a href=y>twee</a></p>", &[("een twee", None)]);
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
        let got: Vec<_> = page.blocks().iter().map(|block| block.line).collect();
        assert_eq!(got, [1, 5, 8]);
    }

    #[test]
    fn furniture_is_navigation_and_the_footer_of_the_page() {
        let page = read(
            "<nav>a</nav><main><footer>b</footer></main><footer><section>c</section></footer><div role=navigation>d</div>e",
        );
        let got: Vec<_> = page.blocks().iter().map(|block| block.furniture).collect();
        assert_eq!(got, [true, false, true, true, false]);
    }

    #[test]
    fn the_header_of_the_page_is_furniture_up_to_a_heading() {
        let page = read(
            "<header>a<ul><li>b</ul><h1>c</h1><p>d</header>e<div role=banner>f</div><main><header>g</header></main>\
             <header><article>h</article>i</header>",
        );
        let got: Vec<_> = page.blocks().iter().map(|block| block.furniture).collect();
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
    fn times_and_seams_have_their_place() {
        let page = read("<p>kop <time datetime=2026-02-10>gisteren</time> <b>x</b></p>");
        let block = &page.blocks()[0];
        assert_eq!(&block.text[block.times[0].start..block.times[0].end], "gisteren");
        assert_eq!(block.seams, [3, 4, 12, 13]);
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
