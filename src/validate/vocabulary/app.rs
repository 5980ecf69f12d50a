//! The Atom Publishing Protocol: RFC 5023, as far as it stands in feeds.

use super::Often::{Any, Once};
use super::Parent::{Categories, Collection, Control, Entry, Feed, Item, Source};
use super::{Element, Holds, Vocabulary, attribute, element};
use crate::validate::rules::structure::QUESTIONABLE_USAGE;
use crate::validate::value::{choice, date, mime, text, uri};

pub(super) const APP: Vocabulary =
    Vocabulary { uri: "http://www.w3.org/2007/app", prefix: "app", elements: ELEMENTS };

const HREF: &[super::Attribute] = &[attribute("href", &uri::IRI).must()];

const ELEMENTS: &[Element] = &[
    element("edited", &[Entry, Item], Once, Holds::Text(&date::RFC3339)),
    element("control", &[Entry, Item], Once, Holds::Children(Control)),
    element("draft", &[Control], Once, Holds::Text(&choice::YES_NO)),
    element("collection", &[Feed, Source], Any, Holds::Children(Collection)).with(HREF),
    element("collection", &[Entry], Any, Holds::Children(Collection)).with(HREF).odd(&QUESTIONABLE_USAGE),
    element("accept", &[Collection], Any, Holds::Text(&mime::MIME_OR_ENTRY)),
    element("categories", &[Collection], Any, Holds::Children(Categories)).with(&[
        attribute("href", &uri::IRI),
        attribute("fixed", &choice::YES_NO),
        attribute("scheme", &uri::FULL_IRI),
        attribute("term", &text::TEXT),
    ]),
];
