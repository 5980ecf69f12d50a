//! Atom: RFC 4287, and its threads: RFC 4685.

use super::Often::{Any, Must, Once};
use super::Parent::{Channel, Collection, Entry, Feed, Item, Person, Root, Source};
use super::{Attribute, Element, Holds, MUST, Role, Told, Vocabulary, attribute, element};
use crate::validate::finding::Tell;
use crate::validate::rules::atom::{MISSING_SOURCE_ELEMENT, UNREGISTERED_ATOM_LINK_REL};
use crate::validate::rules::structure::MISSING_HREF;
use crate::validate::rules::text::ATTR_NOT_BLANK;
use crate::validate::value::{Given, Value, date, email, language, mime, number, text, uri};

/// The namespace of Atom.
pub(crate) const NAMESPACE: &str = "http://www.w3.org/2005/Atom";
const THREAD: &str = "http://purl.org/syndication/thread/1.0";

pub(super) const ATOM: Vocabulary = Vocabulary { uri: NAMESPACE, prefix: "atom", elements: ELEMENTS };

const META: &[super::Parent] = &[Feed, Entry, Source, Channel, Item];
const TEXT: Holds = Holds::Construct(false);

const ELEMENTS: &[Element] = &[
    element("feed", &[Root], Once, Holds::Children(Feed)),
    element("entry", &[Root], Once, Holds::Children(Entry)).kept(Role::Entry),
    element("entry", &[Feed], Any, Holds::Children(Entry)).kept(Role::Entry),
    element("source", &[Entry, Item], Once, Holds::Children(Source)),
    element("title", &[Feed, Entry], MUST, TEXT).kept(Role::Title),
    element("title", &[Source], Must(&MISSING_SOURCE_ELEMENT), TEXT),
    element("title", &[Collection], MUST, TEXT),
    element("title", &[Channel, Item], Once, TEXT),
    element("id", &[Feed, Entry], MUST, Holds::Text(&uri::ID)).kept(Role::Id),
    element("id", &[Source], Must(&MISSING_SOURCE_ELEMENT), Holds::Text(&uri::ID)),
    element("id", &[Channel, Item], Once, Holds::Text(&uri::ID)),
    element("updated", &[Feed, Entry], MUST, Holds::Text(&date::RFC3339)).kept(Role::Updated),
    element("updated", &[Source], Must(&MISSING_SOURCE_ELEMENT), Holds::Text(&date::RFC3339)),
    element("updated", &[Channel, Item], Once, Holds::Text(&date::RFC3339)).kept(Role::Updated),
    element("published", &[Entry], Once, Holds::Text(&date::RFC3339)).kept(Role::Published),
    element("published", &[Item, Channel], Once, Holds::Text(&date::RFC3339)),
    element("author", META, Any, Holds::Children(Person)),
    element("contributor", META, Any, Holds::Children(Person)),
    element("category", META, Any, Holds::Anything).with(CATEGORY),
    element("link", META, Any, Holds::Nothing).with(LINK).kept(Role::Link),
    element("generator", &[Feed, Source, Channel], Once, Holds::Text(&text::TITLE))
        .with(&[attribute("uri", &uri::IRI), attribute("version", &text::TEXT)]),
    element("icon", &[Feed, Source, Channel], Once, Holds::Text(&uri::REFERENCE)),
    element("logo", &[Feed, Source, Channel], Once, Holds::Text(&uri::REFERENCE)),
    element("rights", META, Once, TEXT),
    element("subtitle", &[Feed, Source, Channel], Once, TEXT),
    element("summary", &[Entry, Item], Once, TEXT).kept(Role::Words),
    element("content", &[Entry, Item], Once, Holds::Construct(true)).kept(Role::Words),
    element("name", &[Person], MUST, Holds::Text(&text::NAME)),
    element("uri", &[Person], Once, Holds::Text(&uri::REFERENCE)),
    element("email", &[Person], Once, Holds::Text(&email::ADDRESS)),
];

const CATEGORY: &[Attribute] = &[
    attribute("term", &text::FILLED).must().told(Told::Inside),
    attribute("scheme", &uri::FULL_IRI).told(Told::Inside),
    attribute("label", &text::PLAIN).told(Told::Inside),
];

const LINK: &[Attribute] = &[
    attribute("href", &uri::IRI).or(&MISSING_HREF).told(Told::Beside),
    attribute("rel", &REL),
    attribute("type", &mime::MIME),
    attribute("hreflang", &language::LANGUAGE).told(Told::Beside),
    attribute("title", &text::LABEL).told(Told::Inside),
    attribute("length", &number::COUNT).told(Told::Beside),
    attribute("thr:count", &number::COUNT).of(THREAD).told(Told::Beside),
    attribute("thr:updated", &date::RFC3339).of(THREAD).told(Told::Beside),
];

const REL: Value = Value { name: "registered relation, or a full address", check: relation };

fn relation(given: &Given<'_>, tell: &mut Tell<'_>) {
    if given.text.is_empty() {
        return tell.say(&ATTR_NOT_BLANK, "");
    }
    let known = RELATIONS.binary_search(&given.text).is_ok();
    let is_named = given
        .text
        .split_once("://")
        .is_some_and(|(scheme, rest)| !rest.is_empty() && uri::scheme(&format!("{scheme}:")).is_some());
    let is_named = is_named || uri::scheme(given.text).is_some();
    if !known && !is_named {
        tell.say(&UNREGISTERED_ATOM_LINK_REL, given.text);
    }
}

/// IANA's list of link relations. Sorted.
const RELATIONS: &[&str] = &[
    "about",
    "acl",
    "alternate",
    "amphtml",
    "appendix",
    "apple-touch-icon",
    "apple-touch-startup-image",
    "archives",
    "author",
    "blocked-by",
    "bookmark",
    "canonical",
    "chapter",
    "cite-as",
    "collection",
    "contents",
    "convertedfrom",
    "copyright",
    "create-form",
    "current",
    "describedby",
    "describes",
    "disclosure",
    "dns-prefetch",
    "duplicate",
    "edit",
    "edit-form",
    "edit-media",
    "enclosure",
    "external",
    "first",
    "glossary",
    "help",
    "hosts",
    "hub",
    "icon",
    "index",
    "intervalafter",
    "intervalbefore",
    "item",
    "last",
    "latest-version",
    "license",
    "linkset",
    "lrdd",
    "manifest",
    "me",
    "memento",
    "monitor",
    "monitor-group",
    "next",
    "next-archive",
    "nofollow",
    "noopener",
    "noreferrer",
    "opener",
    "original",
    "payment",
    "pingback",
    "preconnect",
    "predecessor-version",
    "prefetch",
    "preload",
    "prerender",
    "prev",
    "prev-archive",
    "preview",
    "previous",
    "privacy-policy",
    "profile",
    "publication",
    "related",
    "replies",
    "search",
    "section",
    "self",
    "service",
    "service-desc",
    "service-doc",
    "sponsored",
    "start",
    "status",
    "stylesheet",
    "subsection",
    "successor-version",
    "sunset",
    "tag",
    "terms-of-service",
    "timegate",
    "timemap",
    "type",
    "ugc",
    "up",
    "version-history",
    "via",
    "webmention",
    "working-copy",
    "working-copy-of",
];

#[test]
fn relations_are_sorted() {
    assert!(RELATIONS.is_sorted());
}
