//! Atom texts: RFC 4287 3.1 and 4.1.3. Plain, escaped HTML, XHTML, or for content any media type.

use std::borrow::Cow;

use super::finding::{Name, Tell, clipped};
use super::frame::{Construct, Frame, Mode};
use super::judge::{Judge, Known};
use super::rules::{rss as rss_rules, structure, text as rules, uri as uris, value as values};
use super::value::{Given, mime, text, uri};
use super::{Format, markup};
use crate::xml::{Span, Tag};

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";
const MATH: &str = "http://www.w3.org/1998/Math/MathML";

impl<'a> Judge<'a, '_> {
    fn value_of(&self, name: &str) -> Option<(Cow<'a, str>, Span)> {
        let found = self.reader.attributes().iter().find(|found| found.name == name);
        found.map(|found| (found.value.clone(), found.value_at))
    }

    pub(super) fn open_construct(&mut self, any: bool, frame: &mut Frame<'a>, tag: &Tag<'a>) {
        let parent = self.frames.last().map_or(Name::of("root"), |outer| outer.name);
        let name = frame.name;
        let kind = self.value_of("type");
        let src = self.value_of("src");
        let escaped = self.value_of("mode").is_some_and(|(mode, _)| mode == "escaped");
        let mut construct = Construct { any, has_src: src.is_some(), escaped, ..Construct::default() };
        construct.kind = match &kind {
            Some((kind, _)) => kind.clone(),
            None if src.is_some() => Cow::Borrowed(""),
            None => Cow::Borrowed("text"),
        };
        let at = kind.as_ref().map_or(tag.name_at, |(_, at)| *at);
        let mut tell = Tell::at(&mut self.findings, at).element(name, parent);
        let mut tell = tell.at_attribute("type");
        let simple = matches!(&*construct.kind, "text" | "html" | "xhtml") && src.is_none();
        if kind.as_ref().is_some_and(|(kind, _)| kind.is_empty()) {
            tell.say(&rules::ATTR_NOT_BLANK, "");
        } else if !any && construct.kind.contains('/') {
            tell.say(&rules::INVALID_TEXT_TYPE, &construct.kind);
        }
        let multipart = any && construct.kind.starts_with("multipart/");
        if !simple && !construct.kind.is_empty() && (multipart || !mime::is_mime(&construct.kind)) {
            tell.say(&values::INVALID_MIME_TYPE, &construct.kind);
        }
        if src.is_some() && kind.is_none() {
            tell.say(&rules::MISSING_TYPE_ATTR, "");
        }
        if let Some((src, at)) = &src {
            let mut tell = Tell::at(&mut self.findings, *at).element(name, parent);
            uri::judge(src, &uri::Form::iri(&uris::INVALID_URI_ATTRIBUTE), &mut tell.at_attribute("src"));
            construct.children = 1;
        }
        if self.facts.format == Format::Rss && any {
            self.tell(tag.name_at)
                .element(name, Name::default())
                .say(&rss_rules::DUPLICATE_DESCRIPTION_SEMANTICS, "");
        }
        if !frame.has_language {
            self.tell(tag.name_at).element(Name::of("xml:lang"), name).say(&rules::MISSING_DC_LANGUAGE, "");
        }
        frame.construct = construct;
    }

    pub(super) fn text_in_construct(&mut self, text: &str, at: Span) {
        let outer = self.outer_name();
        let Some(frame) = self.frames.last_mut() else { return };
        let name = frame.name;
        let construct = &mut frame.construct;
        if text.trim().is_empty() {
            return;
        }
        let first = !std::mem::replace(&mut construct.has_text, true);
        let mixed = construct.children > 0 && !std::mem::replace(&mut construct.mixed, true);
        let lacks_div =
            construct.kind == "xhtml" && first && !std::mem::replace(&mut construct.lacks_div, true);
        let mut tell = Tell::at(&mut self.findings, at).element(name, outer);
        if mixed {
            tell.say(&structure::UNEXPECTED_TEXT, "");
        }
        if lacks_div {
            tell.say(&rules::MISSING_XHTML_DIV, "");
        }
    }

    /// An element inside an Atom text.
    pub(super) fn in_construct(&mut self, tag: &Tag<'a>, frame: &mut Frame<'a>) {
        let outer = self.outer_name();
        let uri = tag.namespace.map_or("", |id| self.reader.uri(id));
        let is_xhtml = uri == XHTML;
        let is_div = tag.local == "div" && is_xhtml;
        let Some(text) = self.frames.last_mut() else { return };
        let name = text.name;
        let construct = &mut text.construct;
        let had_text = construct.has_text;
        construct.children += 1;
        // An element behind text, or after the first: the text around it was told of as mixed.
        let mixed = had_text && construct.kind != "xhtml" && !std::mem::replace(&mut construct.mixed, true);
        let kind = construct.kind.clone();
        let escaped = construct.escaped;
        let lacks_div =
            kind == "xhtml" && !is_div && !had_text && !std::mem::replace(&mut construct.lacks_div, true);
        let is_xml = kind.ends_with("+xml") || kind.ends_with("/xml");
        let mut tell = Tell::at(&mut self.findings, tag.name_at).element(name, outer);
        if kind != "xhtml" && !is_xml {
            Tell::at(tell.findings, tag.name_at)
                .element(frame.name, name)
                .say(&structure::UNDEFINED_ELEMENT, "");
        }
        if mixed {
            tell.say(&structure::UNEXPECTED_TEXT, "");
        }
        if lacks_div {
            tell.say(&rules::MISSING_XHTML_DIV, "");
        }
        if kind == "xhtml" && tag.local == "div" && !is_xhtml {
            tell.say(&rules::NOT_HTML, &foreign(uri));
        }
        if kind == "application/xhtml+xml" && tag.local != "html" {
            tell.say(&rules::HTML_FRAGMENT, &kind);
        } else if kind == "application/xhtml+xml" && !is_xhtml {
            tell.say(&rules::NOT_HTML, &foreign(uri));
        }
        if escaped {
            tell.say(&rules::NOT_ESCAPED, "");
        }
        if is_xhtml && tag.name.contains(':') && kind == "xhtml" {
            self.tell(tag.name_at).say(&super::rules::xml::AVOID_NAMESPACE_PREFIX, tag.name);
        }
        frame.mode = if is_div { Mode::Markup } else { Mode::Eaten(false) };
        if is_div {
            self.judge_attributes_of_markup(tag, XHTML, frame.name);
        }
    }

    /// Text inside XHTML: that of the div itself counts as the text around it.
    pub(super) fn text_in_markup(&mut self, text: &str, at: Span) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.text_at =
            Some(frame.text_at.map_or(at, |so_far| Span::new(so_far.start, at.end.max(so_far.start))));
        frame.text.to_mut().push_str(text);
    }

    /// An element inside XHTML.
    pub(super) fn in_markup(&mut self, tag: &Tag<'a>, frame: &mut Frame<'a>) {
        let outer = self.frames.last().map_or(Name::default(), |frame| frame.name);
        let body = self.body;
        frame.mode = Mode::Markup;
        let uri = tag.namespace.map_or("", |id| self.reader.uri(id));
        let space = [XHTML, SVG, MATH].into_iter().find(|known| *known == uri);
        let (element, parent) = body.unwrap_or((outer, Name::default()));
        let mut tell = Tell::at(&mut self.findings, tag.name_at).element(element, parent);
        let local = tag.local;
        match space.unwrap_or(uri) {
            "" => tell.say(&super::rules::xml::MISSING_NAMESPACE, local),
            XHTML if body.is_some() && !markup::is_safe(local) => tell.say(&rules::SECURITY_RISK, local),
            XHTML if !markup::is_tag(local) => {
                tell.say(&rules::NOT_HTML, &format!("<{local}> is no element of XHTML"));
            }
            XHTML if !markup::is_safe(local) => tell.say(&rules::SECURITY_RISK, local),
            SVG if !markup::is_svg(local) => tell.say(&rules::SECURITY_RISK, local),
            MATH if !markup::is_math(local) => tell.say(&rules::SECURITY_RISK, local),
            XHTML | SVG | MATH => {}
            _ => {
                if !matches!(self.known(tag.namespace), Known::Unknown) && outer.local != "metadata" {
                    self.tell(tag.name_at).element(frame.name, outer).say(&structure::UNDEFINED_ELEMENT, "");
                }
                frame.mode = Mode::Eaten(false);
                return;
            }
        }
        self.judge_attributes_of_markup(tag, space.unwrap_or_default(), element);
        if let Some(outer) = self.frames.last_mut() {
            outer.told_text = true;
        }
    }

    fn judge_attributes_of_markup(&mut self, tag: &Tag<'a>, uri: &str, name: Name<'a>) {
        let (element, parent) = self.body.unwrap_or((name, Name::default()));
        let outer = self.frames.last().map_or(name, |frame| if uri == XHTML { element } else { frame.name });
        for found in self.reader.attributes() {
            if found.namespace.is_some()
                || found.is_declaration()
                || (uri == XHTML && !markup::is_safe(tag.local))
            {
                continue;
            }
            let mut tell = Tell::at(&mut self.findings, found.value_at).element(outer, parent);
            let mut tell = tell.at_attribute(found.name);
            match uri {
                XHTML if found.name == "style" => {
                    markup::dangers(&found.value, &mut |danger| {
                        tell.say(&rules::DANGEROUS_STYLE_ATTR, danger);
                    });
                }
                XHTML if !markup::acceptable_attribute(found.name) => {
                    tell.say(&rules::SECURITY_RISK_ATTR, found.name);
                }
                SVG if !markup::is_svg_attribute(found.name) => {
                    tell.say(&rules::SECURITY_RISK_ATTR, found.name);
                }
                _ => {}
            }
        }
    }

    pub(super) fn open_body(&mut self, frame: &mut Frame<'a>, tag: &Tag<'a>) {
        self.body = Some((frame.name, self.frames.last().map_or(Name::default(), |outer| outer.name)));
        self.tell(tag.name_at)
            .element(frame.name, Name::default())
            .say(&rss_rules::DUPLICATE_DESCRIPTION_SEMANTICS, "");
    }

    /// The end of an element of XHTML: its text counts as its parent's where no element stood in it.
    pub(super) fn close_markup(&mut self, frame: &Frame<'a>) {
        let Some(outer) = self.frames.last_mut() else { return };
        if outer.mode != Mode::Construct || frame.told_text {
            return;
        }
        let place = frame.text_at;
        outer.text_at = outer.text_at.or(place);
        outer.construct.has_text |= !frame.text.trim().is_empty();
        outer.text.to_mut().push_str(&frame.text);
    }

    pub(super) fn close_construct(&mut self, frame: &mut Frame<'a>, parent: Name<'a>, place: Span) {
        let construct = std::mem::take(&mut frame.construct);
        let kind = &*construct.kind;
        let given = Given {
            text: frame.text.trim(),
            whole: &frame.text,
            raw: "",
            hint: None,
            format: Format::Atom,
            has_base: frame.has_base,
            now: None,
        };
        let is_text = kind.starts_with("text/") || kind.ends_with("+xml") || kind.ends_with("/xml");
        let binary = kind.contains('/') && !is_text;
        let mut tell = Tell::at(&mut self.findings, place).element(frame.name, parent);
        if binary && !is_base64(&frame.text) {
            tell.say(&rules::NOT_BASE64, "");
        }
        if kind == "xhtml" {
            text::plain(&given, &mut tell, &rules::NOT_INLINE);
        } else if kind == "html" || kind.ends_with("/html") {
            (text::HTML.check)(&given, &mut tell);
            if kind != "html" && !construct.has_src && !frame.text.contains("<html") {
                tell.say(&rules::HTML_FRAGMENT, kind);
            }
        } else if !binary {
            text::plain(&given, &mut tell, &rules::CONTAINS_UNDECLARED_HTML);
        }
        if construct.any
            && (binary || construct.has_src)
            && let Some(entry) = self.frames.last_mut()
        {
            entry.more().needs_summary = true;
        }
        let mut tell = Tell::at(&mut self.findings, place).element(frame.name, parent);
        let is_title = frame.name.local == "title";
        let blank = if is_title { frame.text.trim().is_empty() } else { frame.text.is_empty() };
        if blank && construct.children == 0 && !construct.has_src {
            tell.say(&rules::NOT_BLANK, "");
        }
    }
}

/// What is told of an element in another namespace than XHTML's, which may be as long as the document.
fn foreign(uri: &str) -> String {
    format!("an element in the namespace \"{}\"", clipped(uri, 200))
}

/// RFC 4648 4, with white space.
fn is_base64(text: &str) -> bool {
    let mut count = 0;
    let mut padding = 0;
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        match byte {
            b'=' => padding += 1,
            byte if padding == 0 && (byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')) => {}
            _ => return false,
        }
        count += 1;
    }
    count % 4 == 0 && padding <= 2
}
