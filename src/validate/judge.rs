//! Walks over a document once: each element against the tables, each value against its type.

use std::borrow::Cow;
use std::collections::HashMap;

use super::facts::{Entry, Facts, mixed};
use super::finding::{Findings, Name, Tell};
use super::frame::{Frame, Mode};
use super::rules::{Rule, structure, text as texts, xml as xmls};
use super::value::{Given, date, language, text, uri};
use super::vocabulary::{self, Element, Holds, Index, Often, Parent, Role};
use super::{Format, Options};
use crate::xml::{self, Document, Event, Limit, NamespaceId, Reader, Span, Tag};

/// What a namespace is to the tables.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known {
    /// It has a table.
    Table(&'static Index),
    /// It is known by name.
    Name(&'static str),
    Unknown,
}

/// What a walk is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// Findings.
    Findings,
    /// Findings, and what the entries say, to compare it.
    Both,
    /// What the entries say: of a feed that was judged in its own time. Values that nobody asks for are not looked at.
    Facts,
}

/// The walk, and what it remembers.
pub(super) struct Judge<'a, 'o> {
    pub(super) document: &'a Document<'a>,
    pub(super) options: &'o Options,
    aim: Aim,
    pub(super) reader: Reader<'a>,
    pub(super) frames: Vec<Frame<'a>>,
    pub(super) findings: Findings,
    pub(super) facts: Facts<'a>,
    /// What each namespace of the document is, by its number.
    namespaces: Vec<Option<Known>>,
    /// The table of RSS.
    rss: Option<&'static Index>,
    /// A wrong namespace that is taken for the right one.
    taken: Option<NamespaceId>,
    /// The element of RSS that holds the open markup, where that is no Atom text, and what it stands in.
    pub(super) body: Option<(Name<'a>, Name<'a>)>,
    /// Ids and dates of the entries so far.
    pub(super) ids: HashMap<Cow<'a, str>, usize>,
    pub(super) moments: HashMap<Cow<'a, str>, usize>,
}

impl<'a, 'o> Judge<'a, 'o> {
    pub(super) fn new(document: &'a Document<'a>, options: &'o Options, aim: Aim) -> Self {
        Self {
            document,
            options,
            aim,
            reader: document.reader(),
            frames: Vec::new(),
            findings: Findings::default(),
            facts: Facts::default(),
            namespaces: Vec::new(),
            rss: vocabulary::named(""),
            taken: None,
            body: None,
            ids: HashMap::new(),
            moments: HashMap::new(),
        }
    }

    /// Reads to the end.
    pub(super) fn run(mut self) -> Result<(Facts<'a>, Findings), Limit> {
        self.judge_prolog();
        while let Some(event) = self.reader.next()? {
            // What follows a lost tag is not what its author meant: only the reader goes on.
            if self.reader.is_lost() {
                // A page of HTML is mostly lost at its first tag, and yet is one.
                if let (Event::Start(tag), true) =
                    (event, self.frames.is_empty() && self.facts.format == Format::Unknown)
                {
                    self.facts.is_html |= tag.local.eq_ignore_ascii_case("html") && !self.facts.is_lost;
                }
                self.facts.is_lost = true;
                continue;
            }
            match event {
                Event::Start(tag) => self.start(tag),
                Event::End(at) => self.end(at),
                Event::Text(text, at) => self.text(text, at),
            }
        }
        self.facts.is_lost |= self.reader.is_lost();
        self.judge_doctype();
        for fault in self.reader.faults() {
            let rule = xmls::of(fault.kind);
            let detail = format!("{} {}", fault.kind.words(), fault.detail);
            Tell::at(&mut self.findings, fault.at).say(rule, detail.trim_end());
        }
        Ok((self.facts, self.findings))
    }

    /// Whether anybody asks for findings.
    fn judges(&self) -> bool {
        self.aim != Aim::Facts
    }

    pub(super) fn tell(&mut self, at: Span) -> Tell<'_> {
        Tell::at(&mut self.findings, at)
    }

    /// Tells something of an element in the innermost open one.
    fn say_inside(&mut self, rule: &'static Rule, element: Name<'_>, at: Span, detail: &str) {
        let parent = self.frames.last().map_or(Name::of("root"), |frame| frame.name);
        Tell::at(&mut self.findings, at).element(element, parent).say(rule, detail);
    }

    /// What a namespace is; `None` is no namespace.
    pub(super) fn known(&mut self, id: Option<NamespaceId>) -> Known {
        let root = if self.facts.format == Format::Atom { vocabulary::ATOM } else { "" };
        let Some(id) = id else {
            let found = self.rss.filter(|_| self.facts.format != Format::Atom);
            return found.map_or(Known::Unknown, Known::Table);
        };
        if self.taken == Some(id) {
            return vocabulary::named(root).map_or(Known::Unknown, Known::Table);
        }
        if self.namespaces.len() <= id.index() {
            self.namespaces.resize(id.index() + 1, None);
        }
        if let Some(Some(known)) = self.namespaces.get(id.index()) {
            return *known;
        }
        let uri = self.reader.uri(id);
        let name = || vocabulary::KNOWN.iter().find(|(known, _)| *known == uri);
        let known = match vocabulary::named(uri) {
            Some(index) => Known::Table(index),
            None if uri == xml::XML => Known::Name("xml"),
            None => name().map_or(Known::Unknown, |(_, prefix)| Known::Name(prefix)),
        };
        if let Some(slot) = self.namespaces.get_mut(id.index()) {
            *slot = Some(known);
        }
        known
    }

    /// The name of an element as it is told.
    pub(super) fn name(&mut self, tag: &Tag<'a>) -> Name<'a> {
        let prefix = match self.known(tag.namespace) {
            Known::Table(index) if self.facts.format == Format::Atom && index.vocabulary.prefix == "atom" => {
                ""
            }
            Known::Table(index) => index.vocabulary.prefix,
            Known::Name(prefix) => prefix,
            Known::Unknown => return Name::of(tag.name),
        };
        Name { prefix, local: tag.local }
    }

    fn start(&mut self, tag: Tag<'a>) {
        if self.judges() {
            self.judge_declarations(&tag);
            self.judge_characters_of_attributes(&tag);
        }
        let mode = self.frames.last().map_or(Mode::Children(Parent::Root), |frame| frame.mode);
        let mut frame = self.frame(&tag);
        match mode {
            Mode::Children(Parent::Root) => self.root(&tag, &mut frame),
            Mode::Children(parent) => self.child(&tag, parent, &mut frame),
            Mode::Construct => self.in_construct(&tag, &mut frame),
            Mode::Markup => self.in_markup(&tag, &mut frame),
            Mode::Eaten(extension) => {
                frame.mode = mode;
                if extension && tag.namespace.is_none() && self.facts.format == Format::Rss {
                    self.say_inside(&xmls::NOT_IN_A_NAMESPACE, frame.name, tag.name_at, "");
                }
            }
            Mode::Nothing => {
                frame.mode = Mode::Eaten(false);
                self.say_nothing(tag.name_at);
            }
            Mode::Text => {
                self.say_inside(&structure::UNDEFINED_ELEMENT, frame.name, tag.name_at, "");
                frame.mode = Mode::Eaten(false);
            }
        }
        self.frames.push(frame);
    }

    fn frame(&mut self, tag: &Tag<'a>) -> Frame<'a> {
        let outer = self.frames.last();
        let mut frame = Frame {
            mode: Mode::Eaten(false),
            row: None,
            name: Name::of(tag.local),
            at: tag.at,
            text: Cow::Borrowed(""),
            text_at: None,
            hint: None,
            has_language: outer.is_some_and(|outer| outer.has_language),
            has_base: outer.is_some_and(|outer| outer.has_base),
            told_text: false,
            construct: super::frame::Construct::default(),
            seen: super::frame::Seen::default(),
            more: None,
        };
        frame.name = self.name(tag);
        for at in 0..self.reader.attributes().len() {
            let Some(found) = self.reader.attributes().get(at) else { break };
            if found.namespace != Some(NamespaceId::XML) {
                continue;
            }
            let (value, place) = (found.value.clone(), found.value_at);
            let (kind, name) = match found.local {
                "lang" => {
                    frame.has_language = !value.is_empty();
                    (&language::LANGUAGE_OR_NONE, "xml:lang")
                }
                "base" => {
                    frame.has_base = true;
                    (&uri::IRI, "xml:base")
                }
                _ => continue,
            };
            if self.judges() {
                self.judge_attribute(kind, &value, place, Name::of(name), frame.name, "");
            }
        }
        frame
    }

    /// The outermost element decides what the document is.
    fn root(&mut self, tag: &Tag<'a>, frame: &mut Frame<'a>) {
        self.facts.at = tag.at;
        let uri = tag.namespace.map(|id| self.reader.uri(id).to_owned());
        match (tag.local, uri.as_deref()) {
            ("rss", None) => self.facts.format = Format::Rss,
            ("feed" | "entry", Some(vocabulary::ATOM)) => {
                self.facts.format = Format::Atom;
                self.facts.is_entry = tag.local == "entry";
            }
            ("feed", Some("http://purl.org/atom/ns#")) => {
                frame.mode = Mode::Eaten(false);
                self.tell(tag.name_at)
                    .element(Name::of("feed"), Name::default())
                    .say(&structure::OBSOLETE_NAMESPACE, "");
                return;
            }
            ("rss" | "feed", Some(other)) => {
                self.facts.format = if tag.local == "rss" { Format::Rss } else { Format::Atom };
                self.say_inside(&structure::INVALID_NAMESPACE, Name::of(tag.local), tag.name_at, other);
                self.taken = tag.namespace;
            }
            ("feed", None) => {
                self.facts.format = Format::Atom;
                self.say_inside(&xmls::MISSING_NAMESPACE, Name::of("feed"), tag.name_at, "");
                frame.mode = Mode::Eaten(false);
                return;
            }
            // Documents of RFC 5023: they are no feeds, and no wrong ones.
            ("service" | "categories", Some("http://www.w3.org/2007/app")) => {
                frame.mode = Mode::Eaten(false);
                return;
            }
            (local, _) => {
                self.facts.is_html = local.eq_ignore_ascii_case("html");
                self.say_inside(&structure::UNDEFINED_ELEMENT, frame.name, tag.name_at, "");
                frame.mode = Mode::Eaten(false);
                return;
            }
        }
        frame.name = Name::of(tag.local);
        self.child(tag, Parent::Root, frame);
    }

    /// An element where the tables say what may stand.
    fn child(&mut self, tag: &Tag<'a>, parent: Parent, frame: &mut Frame<'a>) {
        match self.known(tag.namespace) {
            Known::Table(index) => match index.find(tag.local, parent) {
                Some(row) => self.placed(tag, index.vocabulary.prefix, row, frame),
                None => self.misplaced(tag, index, frame),
            },
            Known::Name(_) => frame.mode = Mode::Eaten(false),
            Known::Unknown if tag.namespace.is_none() && tag.name.contains(':') => {}
            Known::Unknown if tag.namespace.is_none() => {
                self.say_inside(&structure::UNDETERMINABLE_VOCABULARY, frame.name, tag.name_at, "");
            }
            Known::Unknown => frame.mode = Mode::Eaten(true),
        }
    }

    fn misplaced(&mut self, tag: &Tag<'a>, index: &'static Index, frame: &mut Frame<'a>) {
        frame.mode = Mode::Eaten(false);
        let prefix = index.vocabulary.prefix;
        if prefix == "itunes"
            && let Some(outer) = self.frames.last_mut()
        {
            outer.more().itunes = true;
        }
        let in_collection = self.frames.last().and_then(Frame::parent) == Some(Parent::Collection);
        let rule = match prefix {
            "xhtml" => &texts::MISPLACED_XHTML_CONTENT,
            // Atom in a place that is not Atom's own means something to somebody.
            "atom" if in_collection => &structure::QUESTIONABLE_USAGE,
            _ => &structure::UNDEFINED_ELEMENT,
        };
        self.say_inside(rule, frame.name, tag.name_at, "");
    }

    /// An element that may stand here: how often, its attributes, and how what it holds is read.
    fn placed(&mut self, tag: &Tag<'a>, prefix: &'static str, row: &'static Element, frame: &mut Frame<'a>) {
        frame.row = Some(row);
        frame.mode = match row.holds {
            Holds::Text(_) => Mode::Text,
            Holds::Children(parent) => Mode::Children(parent),
            Holds::Construct(_) => Mode::Construct,
            Holds::Markup => Mode::Markup,
            Holds::Nothing => Mode::Nothing,
            Holds::Anything => Mode::Eaten(false),
        };
        self.count(prefix, row, frame, tag);
        if self.judges() {
            self.judge_attributes(tag, row, frame);
        }
        if let Some(rule) = row.odd {
            self.say_inside(rule, frame.name, tag.name_at, "");
        }
        self.opened(tag, row, frame);
    }

    /// What is to be done when an element of some kinds begins.
    fn opened(&mut self, tag: &Tag<'a>, row: &'static Element, frame: &mut Frame<'a>) {
        match row.holds {
            Holds::Construct(any) => self.open_construct(any, frame, tag),
            Holds::Children(Parent::Rss) => self.open_rss(),
            Holds::Markup => self.open_body(frame, tag),
            _ => {}
        }
        match row.role {
            Role::Entry => {
                frame.more().entry = Entry { at: tag.at, ..Entry::default() };
                if let Some(outer) = self.frames.last_mut() {
                    outer.more();
                }
            }
            Role::Link => self.open_link(tag),
            Role::None if row.name == "enclosure" => self.open_enclosure(tag),
            _ => {}
        }
    }

    fn count(&mut self, prefix: &'static str, row: &'static Element, frame: &Frame<'a>, tag: &Tag<'a>) {
        let Some(outer) = self.frames.last_mut() else { return };
        let first = outer.seen.note(prefix, row, tag.name_at);
        if !first && matches!(row.often, Often::Once | Often::Must(_)) {
            self.say_inside(&structure::DUPLICATE_ELEMENT, frame.name, tag.name_at, "");
        }
        self.judge_order(row, frame.name, tag.name_at);
    }

    fn text(&mut self, text: Cow<'a, str>, at: Span) {
        if !text.is_ascii() && self.judges() {
            self.judge_characters(&text, at);
        }
        let Some(frame) = self.frames.last_mut() else { return };
        let blank = || text.bytes().all(|byte| byte.is_ascii_whitespace());
        match frame.mode {
            Mode::Text => {}
            Mode::Construct => self.text_in_construct(&text, at),
            Mode::Markup => return self.text_in_markup(&text, at),
            Mode::Children(_) => {
                if !frame.told_text && !blank() {
                    frame.told_text = true;
                    let name = frame.name;
                    let parent = self.outer_name();
                    self.tell(at).element(name, parent).say(&structure::UNEXPECTED_TEXT, text.trim());
                }
                return;
            }
            Mode::Nothing => {
                if !blank() {
                    self.say_nothing(at);
                }
                return;
            }
            Mode::Eaten(_) => return,
        }
        let Some(frame) = self.frames.last_mut() else { return };
        let start = frame.text_at.map_or(at.start, |so_far| so_far.start);
        frame.text_at = Some(Span::new(start, at.end.max(start)));
        if frame.text.is_empty() {
            frame.text = text;
        } else {
            frame.text.to_mut().push_str(&text);
        }
    }

    /// Something stands in an element that holds nothing.
    fn say_nothing(&mut self, at: Span) {
        let Some(frame) = self.frames.last_mut() else { return };
        if std::mem::replace(&mut frame.told_text, true) {
            return;
        }
        let (name, is_link) = (frame.name, frame.row.is_some_and(|row| row.role == Role::Link));
        let rule =
            if is_link { &super::rules::rss::ATOM_LINK_NOT_EMPTY } else { &structure::UNEXPECTED_TEXT };
        let parent = self.outer_name();
        self.tell(at).element(name, parent).say(rule, "");
    }

    /// The name of what the innermost open element stands in.
    pub(super) fn outer_name(&self) -> Name<'a> {
        self.frames.iter().rev().nth(1).map_or(Name::of("root"), |frame| frame.name)
    }

    fn end(&mut self, at: Span) {
        let Some(mut frame) = self.frames.pop() else { return };
        let parent = self.frames.last().map_or(Name::of("root"), |outer| outer.name);
        let place = frame.text_at.unwrap_or(Span::new(frame.at.start, frame.at.end));
        if let Some(row) = frame.row {
            if self.judges() {
                self.judge_content(row, &mut frame, parent, place);
            }
            if matches!(row.holds, Holds::Markup) {
                self.body = None;
            }
            if let Some(inner) = frame.parent() {
                self.close(inner, &mut frame, parent, at);
            }
            self.keep(row, frame, place);
        } else if frame.mode == Mode::Markup {
            self.close_markup(&frame);
        }
    }

    fn judge_content(&mut self, row: &'static Element, frame: &mut Frame<'a>, parent: Name<'a>, place: Span) {
        let value = match row.holds {
            // RSS 0.91 has no HTML in its texts.
            Holds::Text(value) if self.facts.is_plain && value.name == text::HTML.name => &text::PLAIN,
            Holds::Text(value) => value,
            Holds::Construct(_) => return self.close_construct(frame, parent, place),
            _ => return,
        };
        let given = Given {
            text: frame.text.trim(),
            whole: &frame.text,
            raw: self.document.text.get(place.start..place.end).unwrap_or_default(),
            hint: frame.hint.as_deref(),
            format: self.facts.format,
            has_base: frame.has_base,
            now: self.options.now,
        };
        (value.check)(&given, &mut Tell::at(&mut self.findings, place).element(frame.name, parent));
    }

    /// Remembers what rules that look at several elements need.
    fn keep(&mut self, row: &'static Element, frame: Frame<'a>, place: Span) {
        if frame.mode == Mode::Text {
            self.judge_repeated(row, &frame, place);
        }
        if row.role == Role::None {
            return;
        }
        let image = self.frames.last().and_then(Frame::parent) == Some(Parent::Image);
        let depth = if image { 2 } else { 1 };
        let Some(outer) = self.frames.iter_mut().rev().nth(depth - 1) else { return };
        let prefix = frame.name.prefix;
        match row.role {
            Role::Title if image => outer.more().image_title.push((frame.text, place)),
            Role::Address if image => outer.more().image_address.push((frame.text, place)),
            Role::Title => {
                let title = Some((frame.text, place));
                outer.more().entry.title.clone_from(&title);
                outer.more().title = title;
            }
            Role::Address => {
                outer.more().entry.link = Some(frame.text.clone());
                outer.more().address = Some((frame.text, place));
            }
            Role::Id => outer.more().entry.id = Some((frame.text, place)),
            Role::Words if self.aim != Aim::Findings => {
                let entry = &mut outer.more().entry;
                entry.has_words |= !frame.text.trim().is_empty();
                entry.words = mixed(entry.words, frame.text.trim());
            }
            Role::Updated => {
                let time = if prefix.is_empty() && self.facts.format == Format::Rss {
                    date::parse_rfc822(&frame.text).time
                } else {
                    date::parse_rfc3339(frame.text.trim())
                };
                outer.more().entry.updated = time.map(|time| (time, place));
            }
            Role::Published => {
                let time = match prefix {
                    "dc" => date::parse_w3(frame.text.trim()),
                    "" if self.facts.format == Format::Rss => date::parse_rfc822(&frame.text).time,
                    _ => date::parse_rfc3339(frame.text.trim()),
                };
                if outer.more().entry.published.is_none() || prefix.is_empty() {
                    outer.more().entry.published = time.map(|time| (time, place));
                }
            }
            Role::None | Role::Entry | Role::Link | Role::Image | Role::Words => {}
        }
    }

    /// Tells characters that come of a wrong encoding: those of UTF-8 read as Latin-1, and controls of windows-1252.
    fn judge_characters(&mut self, text: &str, at: Span) {
        if let Some(frame) = self.frames.last() {
            let (name, parent) = (frame.name, self.outer_name());
            bad_characters(&mut self.findings, text, at, name, parent);
        }
    }
}

pub(super) fn bad_characters(
    findings: &mut Findings,
    text: &str,
    at: Span,
    element: Name<'_>,
    parent: Name<'_>,
) {
    // What is looked for begins with one of two bytes, and most texts have neither.
    let doubled = memchr::memchr2_iter(0xc2, 0xef, text.as_bytes()).any(|at| {
        let before = || text.get(..at).is_some_and(|before| before.ends_with(['\u{c2}', '\u{c3}']));
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some('\u{80}'..='\u{9f}' | '\u{fffd}') => true,
            Some('\u{a0}'..='\u{bf}') => before(),
            _ => false,
        }
    });
    if doubled {
        Tell::at(findings, at).element(element, parent).say(&texts::BAD_CHARACTERS, "");
    }
}
