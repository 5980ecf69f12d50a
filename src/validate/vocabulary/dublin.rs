//! Dublin Core: elements and terms.

use super::Often::{Any, Once};
use super::Parent::{Channel, Entry, Feed, Image, Item, Source, TextInput};
use super::{Element, Holds, Role, Vocabulary, element};
use crate::validate::value::{date, language, text};

pub(super) const ALL: &[Vocabulary] = &[
    Vocabulary { uri: "http://purl.org/dc/elements/1.1/", prefix: "dc", elements: ELEMENTS },
    Vocabulary { uri: "http://purl.org/dc/terms/", prefix: "dcterms", elements: TERMS },
];

const ANYWHERE: &[super::Parent] = &[Channel, Item, Image, TextInput, Feed, Entry, Source];
/// Below a whole feed some are said once.
const PARTS: &[super::Parent] = &[Item, Image, TextInput, Entry, Source];
const WHOLES: &[super::Parent] = &[Channel, Feed];

const fn any(name: &'static str) -> Element {
    element(name, ANYWHERE, Any, Holds::Text(&text::TEXT))
}

const fn term(name: &'static str) -> Element {
    element(name, ANYWHERE, Any, Holds::Anything)
}

const ELEMENTS: &[Element] = &[
    any("contributor"),
    any("coverage"),
    any("creator"),
    element("date", PARTS, Any, Holds::Text(&date::W3)).kept(Role::Published),
    element("date", WHOLES, Once, Holds::Text(&date::W3)),
    any("description"),
    any("format"),
    any("identifier"),
    element("language", PARTS, Any, Holds::Text(&language::LANGUAGE)),
    element("language", WHOLES, Once, Holds::Text(&language::LANGUAGE)),
    any("publisher"),
    any("relation"),
    element("rights", PARTS, Any, Holds::Text(&text::TEXT)),
    element("rights", WHOLES, Once, Holds::Text(&text::TEXT)),
    any("source"),
    any("subject"),
    any("title"),
    any("type"),
];

const TERMS: &[Element] = &[
    term("abstract"),
    term("accessRights"),
    term("accrualMethod"),
    term("accrualPeriodicity"),
    term("accrualPolicy"),
    term("alternative"),
    term("audience"),
    term("available"),
    term("bibliographicCitation"),
    term("conformsTo"),
    term("contributor"),
    term("coverage"),
    term("created"),
    term("creator"),
    term("date"),
    term("dateAccepted"),
    term("dateCopyrighted"),
    term("dateSubmitted"),
    term("description"),
    term("educationLevel"),
    term("extent"),
    term("format"),
    term("hasFormat"),
    term("hasPart"),
    term("hasVersion"),
    term("identifier"),
    term("instructionalMethod"),
    term("isFormatOf"),
    term("isPartOf"),
    term("isReferencedBy"),
    term("isReplacedBy"),
    term("isRequiredBy"),
    term("isVersionOf"),
    term("issued"),
    term("language"),
    term("license"),
    term("mediator"),
    term("medium"),
    term("modified"),
    term("provenance"),
    term("publisher"),
    term("references"),
    term("relation"),
    term("replaces"),
    term("requires"),
    term("rights"),
    term("rightsHolder"),
    term("source"),
    term("spatial"),
    term("subject"),
    term("tableOfContents"),
    term("temporal"),
    term("title"),
    term("type"),
    term("valid"),
];
