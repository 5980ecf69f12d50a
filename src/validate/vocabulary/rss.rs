//! RSS 2.0, with 0.91 and 0.92 as its older forms.

use super::Often::{Any, Must, Once, Some};
use super::Parent::{Channel, Image, Item, Root, Rss, SkipDays, SkipHours, TextInput};
use super::{Attribute, Element, Holds, MUST, Role, Told, Vocabulary, attribute, element};
use crate::validate::rules::rss::AVOID_TEXT_INPUT;
use crate::validate::rules::structure::{
    MISSING_DESCRIPTION, MISSING_ELEMENT, MISSING_LINK, MISSING_TITLE, NO_BLINK,
};
use crate::validate::value::{choice, date, email, guid, language, mime, number, text, uri};

pub(super) const RSS: Vocabulary = Vocabulary { uri: "", prefix: "", elements: ELEMENTS };

const ELEMENTS: &[Element] = &[
    element("rss", &[Root], Once, Holds::Children(Rss)).with(&[attribute("version", &VERSION).must()]),
    element("channel", &[Rss], MUST, Holds::Children(Channel)),
    element("description", &[Channel], Must(&MISSING_DESCRIPTION), Holds::Text(&text::PLAIN)),
    element("link", &[Channel], Must(&MISSING_LINK), Holds::Text(&uri::FULL_URI)).kept(Role::Address),
    element("title", &[Channel], Must(&MISSING_TITLE), Holds::Text(&text::TITLE)).kept(Role::Title),
    element("language", &[Channel], Once, Holds::Text(&language::LANGUAGE)),
    element("copyright", &[Channel], Once, Holds::Text(&text::PLAIN)),
    element("managingEditor", &[Channel], Once, Holds::Text(&email::CONTACT)),
    element("webMaster", &[Channel], Once, Holds::Text(&email::CONTACT)),
    element("pubDate", &[Channel], Once, Holds::Text(&date::RFC822)),
    element("lastBuildDate", &[Channel], Once, Holds::Text(&date::RFC822)).kept(Role::Updated),
    element("category", &[Channel, Item], Any, Holds::Text(&text::PLAIN))
        .with(&[attribute("domain", &text::TEXT)]),
    element("generator", &[Channel], Once, Holds::Text(&text::PLAIN)),
    element("docs", &[Channel], Once, Holds::Text(&uri::FULL_URI)),
    element("cloud", &[Channel], Once, Holds::Nothing).with(CLOUD),
    element("ttl", &[Channel], Once, Holds::Text(&number::POSITIVE)),
    element("image", &[Channel], Once, Holds::Children(Image)).kept(Role::Image),
    element("blink", &[Channel, Item], Any, Holds::Anything).odd(&NO_BLINK),
    element("rating", &[Channel], Once, Holds::Text(&text::TEXT)),
    element("textInput", &[Channel], Once, Holds::Children(TextInput)).odd(&AVOID_TEXT_INPUT),
    element("skipHours", &[Channel], Once, Holds::Children(SkipHours)),
    element("skipDays", &[Channel], Once, Holds::Children(SkipDays)),
    element("item", &[Channel], Any, Holds::Children(Item)).kept(Role::Entry),
    element("hour", &[SkipHours], Some(&MISSING_ELEMENT), Holds::Text(&choice::HOUR)),
    element("day", &[SkipDays], Some(&MISSING_ELEMENT), Holds::Text(&choice::DAY)),
    element("title", &[Image], Must(&MISSING_TITLE), Holds::Text(&text::TITLE)).kept(Role::Title),
    element("url", &[Image], MUST, Holds::Text(&uri::IMAGE)),
    element("link", &[Image], Must(&MISSING_LINK), Holds::Text(&uri::FULL_URI)).kept(Role::Address),
    element("width", &[Image], Once, Holds::Text(&number::WIDTH)),
    element("height", &[Image], Once, Holds::Text(&number::HEIGHT)),
    element("description", &[Image], Once, Holds::Text(&text::PLAIN)),
    element("title", &[TextInput], Must(&MISSING_TITLE), Holds::Text(&text::TITLE)),
    element("link", &[TextInput], Must(&MISSING_LINK), Holds::Text(&uri::FULL_URI)),
    element("description", &[TextInput], Must(&MISSING_DESCRIPTION), Holds::Text(&text::PLAIN)),
    element("name", &[TextInput], MUST, Holds::Text(&choice::FORM_NAME)),
    element("title", &[Item], Once, Holds::Text(&text::TITLE)).kept(Role::Title),
    element("link", &[Item], Once, Holds::Text(&uri::FULL_URI)).kept(Role::Address),
    element("description", &[Item], Once, Holds::Text(&text::HTML)).kept(Role::Words),
    element("author", &[Item], Once, Holds::Text(&email::CONTACT)),
    element("comments", &[Item], Once, Holds::Text(&uri::FULL_URI)),
    element("enclosure", &[Item], Any, Holds::Nothing).with(ENCLOSURE),
    element("guid", &[Item], Once, Holds::Text(&guid::GUID))
        .with(&[attribute("isPermaLink", &choice::BOOLEAN)])
        .by("isPermaLink")
        .kept(Role::Id),
    element("pubDate", &[Item], Once, Holds::Text(&date::RFC822)).kept(Role::Published),
    element("source", &[Item], Once, Holds::Text(&text::PLAIN))
        .with(&[attribute("url", &uri::FULL_URI).must().told(Told::Inside)]),
];

const CLOUD: &[Attribute] = &[
    attribute("domain", &text::TEXT).must(),
    attribute("port", &number::PORT).must(),
    attribute("path", &text::TEXT).must(),
    attribute("registerProcedure", &text::TEXT).must(),
    attribute("protocol", &text::TEXT).must(),
];

const ENCLOSURE: &[Attribute] = &[
    attribute("url", &uri::WEB).must().told(Told::Inside),
    attribute("length", &number::LENGTH).must(),
    attribute("type", &mime::MIME_ATTRIBUTE).must(),
];

const VERSION: crate::validate::value::Value = crate::validate::value::Value {
    name: "version of RSS",
    check: |given, tell| {
        if !matches!(given.text, "0.91" | "0.92" | "0.93" | "0.94" | "2.0") {
            tell.say(&crate::validate::rules::structure::INVALID_RSS_VERSION, given.text);
        }
    },
};
