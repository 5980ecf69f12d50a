//! Extensions about feeds themselves: content, syndication, slash, wfw, threads, history.

use super::Often::{Any, Once};
use super::Parent::{Channel, Entry, Feed, Item};
use super::{Element, Holds, Role, Told, Vocabulary, attribute, element};
use crate::validate::rules::rss::COMMENT_RSS;
use crate::validate::value::{choice, date, mime, number, text, uri};

pub(super) const ALL: &[Vocabulary] = &[
    Vocabulary { uri: "http://purl.org/rss/1.0/modules/content/", prefix: "content", elements: CONTENT },
    Vocabulary { uri: "http://purl.org/rss/1.0/modules/syndication/", prefix: "sy", elements: SYNDICATION },
    Vocabulary { uri: "http://purl.org/rss/1.0/modules/slash/", prefix: "slash", elements: SLASH },
    Vocabulary { uri: "http://wellformedweb.org/CommentAPI/", prefix: "wfw", elements: WFW },
    Vocabulary { uri: "http://purl.org/syndication/thread/1.0", prefix: "thr", elements: THREAD },
    Vocabulary { uri: "http://purl.org/syndication/history/1.0", prefix: "fh", elements: HISTORY },
];

const WHOLES: &[super::Parent] = &[Channel, Feed];
const PARTS: &[super::Parent] = &[Item, Entry];

const CONTENT: &[Element] = &[
    element("encoded", PARTS, Any, Holds::Text(&text::HTML)).kept(Role::Words),
    element("items", PARTS, Any, Holds::Anything),
];

const SYNDICATION: &[Element] = &[
    element("updatePeriod", WHOLES, Once, Holds::Text(&choice::PERIOD)),
    element("updateFrequency", WHOLES, Once, Holds::Text(&number::POSITIVE)),
    element("updateBase", WHOLES, Once, Holds::Text(&date::W3)),
];

const SLASH: &[Element] = &[
    element("article", PARTS, Any, Holds::Text(&text::TEXT)),
    element("comments", PARTS, Once, Holds::Text(&number::COUNT)),
    element("department", PARTS, Once, Holds::Text(&text::TEXT)),
    element("hit_parade", PARTS, Once, Holds::Text(&number::PARADE)),
    element("section", PARTS, Any, Holds::Text(&text::TEXT)),
];

const WFW: &[Element] = &[
    element("comment", PARTS, Once, Holds::Text(&uri::FULL_URI)),
    element("commentRss", PARTS, Once, Holds::Text(&uri::FULL_URI)),
    element("commentRSS", PARTS, Once, Holds::Text(&uri::FULL_URI)).odd(&COMMENT_RSS),
];

const THREAD: &[Element] = &[
    element("in-reply-to", &[Item, Entry, Feed, Channel], Any, Holds::Anything).with(&[
        attribute("ref", &uri::FULL_IRI).must().told(Told::Beside),
        attribute("href", &uri::IRI).told(Told::Beside),
        attribute("type", &mime::MIME),
        attribute("source", &uri::FULL_IRI).told(Told::Beside),
    ]),
    element("total", PARTS, Once, Holds::Text(&number::COUNT)),
];

const HISTORY: &[Element] = &[
    element("archive", WHOLES, Once, Holds::Nothing),
    element("complete", WHOLES, Once, Holds::Nothing),
    element("incremental", WHOLES, Once, Holds::Text(&text::TEXT)),
    element("prev", WHOLES, Once, Holds::Text(&uri::FULL_URI)),
];
