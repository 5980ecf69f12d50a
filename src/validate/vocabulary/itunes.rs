//! Podcasts, as Apple has them.

use super::Often::{Any, Once};
use super::Parent::{Category, Channel, Entry, Feed, Item, Owner};
use super::{Element, Holds, MUST, Told, Vocabulary, attribute, element};
use crate::validate::value::{choice, email, itunes, number, text, uri};

pub(super) const ITUNES: Vocabulary =
    Vocabulary { uri: "http://www.itunes.com/dtds/podcast-1.0.dtd", prefix: "itunes", elements: ELEMENTS };

const BOTH: &[super::Parent] = &[Channel, Item, Feed, Entry];
const WHOLES: &[super::Parent] = &[Channel, Feed];
const PARTS: &[super::Parent] = &[Item, Entry];

const ELEMENTS: &[Element] = &[
    element("author", BOTH, Once, Holds::Text(&text::PLAIN)),
    element("block", BOTH, Once, Holds::Text(&choice::YES_NO)),
    element("explicit", BOTH, Once, Holds::Text(&choice::EXPLICIT)),
    element("image", BOTH, Once, Holds::Anything)
        .with(&[attribute("href", &uri::WEB).must().told(Told::Alone)]),
    element("keywords", BOTH, Once, Holds::Text(&itunes::KEYWORDS)),
    element("subtitle", BOTH, Once, Holds::Text(&text::SUBTITLE)),
    element("summary", BOTH, Once, Holds::Text(&text::SUMMARY)),
    element("title", BOTH, Once, Holds::Text(&text::PLAIN)),
    element("category", WHOLES, Any, Holds::Children(Category))
        .with(&[attribute("text", &itunes::CATEGORY).must()]),
    element("category", PARTS, Any, Holds::Children(Category))
        .with(&[attribute("text", &itunes::CATEGORY).must()]),
    element("category", &[Category], Any, Holds::Children(Category)).with(&[attribute(
        "text",
        &itunes::SUBCATEGORY,
    )
    .must()]),
    element("owner", WHOLES, Once, Holds::Children(Owner)),
    element("email", &[Owner], MUST, Holds::Text(&email::ADDRESS)),
    element("name", &[Owner], Once, Holds::Text(&text::PLAIN)),
    element("complete", WHOLES, Once, Holds::Text(&text::TEXT)),
    element("new-feed-url", WHOLES, Once, Holds::Text(&uri::FULL_URI)),
    element("type", WHOLES, Once, Holds::Text(&choice::CHANNEL_TYPE)),
    element("applepodcastsverify", WHOLES, Once, Holds::Text(&text::TEXT)),
    element("duration", PARTS, Once, Holds::Text(&itunes::DURATION)),
    element("episode", PARTS, Once, Holds::Text(&number::POSITIVE)),
    element("episodeType", PARTS, Once, Holds::Text(&choice::EPISODE_TYPE)),
    element("season", PARTS, Once, Holds::Text(&number::POSITIVE)),
    element("order", PARTS, Once, Holds::Text(&number::COUNT)),
    element("isClosedCaptioned", PARTS, Once, Holds::Text(&choice::YES_NO_CLEAN)),
];
