//! Media RSS.

use super::Often::{Any, Once};
use super::Parent::{Channel, Entry, Feed, Group, Item, MediaContent};
use super::{Attribute, Element, Holds, Told, Vocabulary, attribute, element};
use crate::validate::rules::media::DEPRECATED_MEDIA_ADULT;
use crate::validate::value::{choice, language, media, mime, number, text, uri};

pub(super) const MEDIA: Vocabulary =
    Vocabulary { uri: "http://search.yahoo.com/mrss/", prefix: "media", elements: ELEMENTS };

const ANYWHERE: &[super::Parent] = &[Channel, Item, Feed, Entry, Group, MediaContent];
const PLACES: &[super::Parent] = &[Item, Entry, Group];
const TYPE: &[Attribute] = &[attribute("type", &choice::TEXT_TYPE)];
const SCHEME: Attribute = attribute("scheme", &uri::FULL_IRI).told(Told::Beside);

const fn other(name: &'static str) -> Element {
    element(name, ANYWHERE, Any, Holds::Anything)
}

const ELEMENTS: &[Element] = &[
    element("group", &[Item, Entry], Any, Holds::Children(Group)),
    element("content", PLACES, Any, Holds::Children(MediaContent)).with(CONTENT),
    element("rating", ANYWHERE, Any, Holds::Text(&media::RATING))
        .with(&[attribute("scheme", &media::RATING_SCHEME).told(Told::Beside)])
        .by("scheme"),
    element("title", ANYWHERE, Once, Holds::Text(&text::TYPED)).with(TYPE).by("type"),
    element("description", ANYWHERE, Once, Holds::Text(&text::TYPED)).with(TYPE).by("type"),
    element("keywords", ANYWHERE, Once, Holds::Text(&text::PLAIN)),
    element("thumbnail", ANYWHERE, Any, Holds::Nothing).with(THUMBNAIL),
    element("category", ANYWHERE, Any, Holds::Text(&text::PLAIN))
        .with(&[SCHEME, attribute("label", &text::PLAIN).told(Told::Beside)]),
    element("hash", ANYWHERE, Any, Holds::Text(&media::HASH))
        .with(&[attribute("algo", &media::ALGORITHM)])
        .by("algo"),
    element("player", ANYWHERE, Once, Holds::Nothing).with(&[
        attribute("url", &uri::URI).must().told(Told::Beside),
        attribute("width", &number::POSITIVE).told(Told::Beside),
        attribute("height", &number::POSITIVE).told(Told::Beside),
    ]),
    element("credit", ANYWHERE, Any, Holds::Text(&text::PLAIN))
        .with(&[SCHEME, attribute("role", &media::ROLE)]),
    element("copyright", ANYWHERE, Once, Holds::Text(&text::PLAIN))
        .with(&[attribute("url", &uri::URI).told(Told::Beside)]),
    element("text", ANYWHERE, Any, Holds::Text(&text::TYPED))
        .with(&[
            attribute("type", &choice::TEXT_TYPE),
            attribute("lang", &language::LANGUAGE).told(Told::Beside),
            attribute("start", &media::NPT),
            attribute("end", &media::NPT),
        ])
        .by("type"),
    element("restriction", ANYWHERE, Any, Holds::Text(&media::RESTRICTION))
        .with(&[
            attribute("relationship", &choice::RELATIONSHIP).must(),
            attribute("type", &choice::RESTRICTION_TYPE),
        ])
        .by("type"),
    element("adult", ANYWHERE, Once, Holds::Text(&choice::TRUE_FALSE)).odd(&DEPRECATED_MEDIA_ADULT),
    other("backLinks"),
    other("comments"),
    other("community"),
    other("embed"),
    other("license"),
    other("location"),
    other("peerLink"),
    other("price"),
    other("responses"),
    other("rights"),
    other("scenes"),
    other("status"),
    other("subTitle"),
];

const CONTENT: &[Attribute] = &[
    attribute("url", &uri::URI).told(Told::Beside),
    attribute("fileSize", &number::COUNT).told(Told::Beside),
    attribute("type", &mime::MIME_ATTRIBUTE),
    attribute("medium", &choice::MEDIUM),
    attribute("isDefault", &choice::TRUE_FALSE),
    attribute("expression", &choice::EXPRESSION),
    attribute("bitrate", &number::FLOAT),
    attribute("framerate", &number::FLOAT),
    attribute("samplingrate", &number::FLOAT),
    attribute("channels", &number::COUNT),
    attribute("duration", &number::FLOAT),
    attribute("height", &number::POSITIVE),
    attribute("width", &number::POSITIVE),
    attribute("lang", &language::LANGUAGE),
];

const THUMBNAIL: &[Attribute] = &[
    attribute("url", &uri::URI).must().told(Told::Beside),
    attribute("width", &number::POSITIVE).told(Told::Beside),
    attribute("height", &number::POSITIVE).told(Told::Beside),
    attribute("time", &media::NPT),
];
