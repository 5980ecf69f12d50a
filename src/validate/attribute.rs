//! Attributes: against the row of their element, and each value against its type.

use super::Format;
use super::finding::{Name, Tell};
use super::frame::Frame;
use super::judge::{Judge, Known, bad_characters};
use super::rules::structure;
use super::value::{Given, Value};
use super::vocabulary::{Attribute, Element, Holds, Told};
use crate::xml::{self, NamespaceId, Span, Tag};

impl<'a> Judge<'a, '_> {
    pub(super) fn judge_attributes(&mut self, tag: &Tag<'a>, row: &'static Element, frame: &mut Frame<'a>) {
        let parent = self.frames.last().map_or(Name::of("root"), |outer| outer.name);
        for at in 0..self.reader.attributes().len() {
            let Some(found) = self.reader.attributes().get(at) else { break };
            let found = found.clone();
            if found.is_declaration() || found.namespace == Some(NamespaceId::XML) {
                continue;
            }
            let uri = found.namespace.map(|id| self.reader.uri(id));
            let known = row.attributes.iter().find(|known| known.is(found.local, uri));
            if found.namespace.is_none() && !row.hint.is_empty() && found.local == row.hint {
                frame.hint = Some(found.value.clone());
            }
            match known {
                Some(known) => {
                    let (element, parent, attribute) = told(known, frame.name, parent, found.name);
                    self.judge_attribute(
                        known.value,
                        &found.value,
                        found.value_at,
                        element,
                        parent,
                        attribute,
                    );
                }
                None => self.unknown_attribute(&found, row, frame.name),
            }
        }
        for must in row.attributes {
            let Some(rule) = must.must else { continue };
            let stands = |found: &xml::Attribute<'_>| {
                must.is(found.local, found.namespace.map(|id| self.reader.uri(id)))
            };
            let stands = self.reader.attributes().iter().any(stands);
            if !stands {
                let mut tell = Tell::at(&mut self.findings, tag.at).element(frame.name, parent);
                tell.at_attribute(must.name).say(rule, must.name);
            }
        }
    }

    fn unknown_attribute(&mut self, found: &xml::Attribute<'a>, row: &'static Element, name: Name<'a>) {
        let free = matches!(row.holds, Holds::Construct(_) | Holds::Anything | Holds::Markup);
        let rule = if let Some(id) = found.namespace {
            let thread =
                self.reader.uri(id) == "http://purl.org/syndication/thread/1.0" && found.local == "when";
            if thread {
                &structure::NO_THR_WHEN
            } else if free || self.facts.format != Format::Rss {
                // Atom lets anybody add attributes (RFC 4287 6.3).
                return;
            } else if matches!(self.known(Some(id)), Known::Unknown) {
                &structure::USE_OF_EXTENSION_ATTR
            } else {
                &structure::UNEXPECTED_ATTRIBUTE
            }
        } else if found.name.contains(':') || is_own(row, found.local) {
            return;
        } else {
            &structure::UNEXPECTED_ATTRIBUTE
        };
        let mut tell = Tell::at(&mut self.findings, found.name_at).element(name, name);
        tell.at_attribute(found.name).say(rule, found.name);
    }

    /// Judges the value of an attribute; one that is told as an element has no name.
    pub(super) fn judge_attribute(
        &mut self,
        value: &Value,
        text: &str,
        at: Span,
        element: Name<'_>,
        parent: Name<'_>,
        attribute: &str,
    ) {
        let has_base = self.frames.last().is_some_and(|frame| frame.has_base);
        let given = Given {
            text,
            whole: text,
            raw: self.document.text.get(at.start..at.end).unwrap_or_default(),
            hint: None,
            format: self.facts.format,
            has_base,
            now: self.options.now,
        };
        let mut tell = Tell::at(&mut self.findings, at).element(element, parent);
        (value.check)(&given, &mut tell.at_attribute(attribute));
    }

    pub(super) fn judge_characters_of_attributes(&mut self, tag: &Tag<'a>) {
        for found in self.reader.attributes() {
            if !found.value.is_ascii() {
                bad_characters(
                    &mut self.findings,
                    &found.value,
                    found.value_at,
                    Name::of(found.local),
                    Name::of(tag.local),
                );
            }
        }
    }
}

/// Whether an element may have any attribute, or reads this one in its own way.
fn is_own(row: &Element, attribute: &str) -> bool {
    match row.holds {
        Holds::Construct(_) => matches!(attribute, "type" | "src"),
        Holds::Anything | Holds::Markup => true,
        _ => false,
    }
}

/// As what a fault in an attribute is told: element, parent, attribute.
fn told<'n>(
    known: &Attribute,
    element: Name<'n>,
    parent: Name<'n>,
    name: &'n str,
) -> (Name<'n>, Name<'n>, &'n str) {
    match known.told {
        Told::Element => (element, parent, name),
        Told::Inside => (Name::of(name), element, name),
        Told::Alone => (Name::of(name), Name::default(), name),
        Told::Beside => (Name::of(name), parent, name),
    }
}
