//! Small extensions.

use super::Often::{Any, Once};
use super::Parent::{Channel, Entry, Feed, Image, Item, Source, TextInput, Where};
use super::{Attribute, Element, Holds, Vocabulary, attribute, element};
use crate::validate::value::{date, geo, text, uri};

pub(super) const ALL: &[Vocabulary] = &[
    Vocabulary { uri: "http://webns.net/mvcb/", prefix: "admin", elements: ADMIN },
    Vocabulary {
        uri: "http://backend.userland.com/blogChannelModule",
        prefix: "blogChannel",
        elements: BLOG,
    },
    Vocabulary { uri: "http://web.resource.org/cc/", prefix: "cc", elements: CC },
    Vocabulary {
        uri: "http://backend.userland.com/creativeCommonsRssModule",
        prefix: "creativeCommons",
        elements: LICENSE,
    },
    Vocabulary {
        uri: "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html",
        prefix: "creativeCommons",
        elements: LICENSE,
    },
    Vocabulary { uri: "http://purl.org/rss/1.0/modules/event/", prefix: "ev", elements: EVENT },
    Vocabulary { uri: "http://www.w3.org/2003/01/geo/wgs84_pos#", prefix: "geo", elements: GEO },
    Vocabulary { uri: "http://geourl.org/rss/module/", prefix: "geourl", elements: GEOURL },
    Vocabulary { uri: "http://postneo.com/icbm", prefix: "icbm", elements: GEOURL },
    Vocabulary { uri: "http://www.georss.org/georss", prefix: "georss", elements: GEORSS },
    Vocabulary {
        uri: "http://madskills.com/public/xml/rss/module/trackback/",
        prefix: "trackback",
        elements: TRACKBACK,
    },
    Vocabulary {
        uri: "http://madskills.com/public/xml/rss/module/pingback/",
        prefix: "pingback",
        elements: PINGBACK,
    },
    Vocabulary { uri: "http://www.w3.org/1999/xhtml", prefix: "xhtml", elements: XHTML },
];

const WHOLES: &[super::Parent] = &[Channel, Feed];
const PARTS: &[super::Parent] = &[Item, Entry];
const BOTH: &[super::Parent] = &[Channel, Feed, Item, Entry];
const ANYWHERE: &[super::Parent] = &[Channel, Feed, Item, Entry, Source, Image, TextInput];

/// What these say stands in an attribute of RDF.
const RESOURCE: &[Attribute] =
    &[attribute("rdf:resource", &uri::FULL_URI).of("http://www.w3.org/1999/02/22-rdf-syntax-ns#").must()];

const ADMIN: &[Element] = &[
    element("generatorAgent", WHOLES, Once, Holds::Anything).with(RESOURCE),
    element("errorReportsTo", WHOLES, Once, Holds::Anything).with(RESOURCE),
];

const BLOG: &[Element] = &[
    element("blogRoll", &[Channel], Once, Holds::Text(&uri::FULL_URI)),
    element("mySubscriptions", &[Channel], Once, Holds::Text(&uri::FULL_URI)),
    element("blink", &[Channel], Once, Holds::Text(&uri::FULL_URI)),
    element("changes", &[Channel], Once, Holds::Text(&uri::FULL_URI)),
];

const CC: &[Element] = &[
    element("license", BOTH, Any, Holds::Anything).with(RESOURCE),
    element("License", BOTH, Any, Holds::Anything),
];

const LICENSE: &[Element] = &[element("license", ANYWHERE, Any, Holds::Text(&uri::FULL_URI))];

const EVENT: &[Element] = &[
    element("startdate", PARTS, Once, Holds::Text(&date::LOOSE)),
    element("enddate", PARTS, Once, Holds::Text(&date::LOOSE)),
    element("location", PARTS, Any, Holds::Text(&text::TEXT)),
    element("organizer", PARTS, Any, Holds::Text(&text::TEXT)),
    element("type", PARTS, Any, Holds::Text(&text::TEXT)),
];

const GEO: &[Element] = &[
    element("lat", BOTH, Once, Holds::Text(&geo::LATITUDE)),
    element("long", BOTH, Once, Holds::Text(&geo::LONGITUDE)),
    element("alt", BOTH, Once, Holds::Anything),
    element("Point", BOTH, Any, Holds::Children(Where)),
    element("lat", &[Where], Once, Holds::Text(&geo::LATITUDE)),
    element("long", &[Where], Once, Holds::Text(&geo::LONGITUDE)),
    element("alt", &[Where], Once, Holds::Anything),
];

const GEOURL: &[Element] = &[
    element("latitude", BOTH, Once, Holds::Text(&geo::LATITUDE)),
    element("longitude", BOTH, Once, Holds::Text(&geo::LONGITUDE)),
];

const GEORSS: &[Element] = &[
    element("point", BOTH, Any, Holds::Text(&geo::POINT)),
    element("line", BOTH, Any, Holds::Text(&geo::LINE)),
    element("polygon", BOTH, Any, Holds::Text(&geo::POLYGON)),
    element("box", BOTH, Any, Holds::Text(&geo::BOX)),
    element("circle", BOTH, Any, Holds::Anything),
    element("where", BOTH, Any, Holds::Anything),
    element("elev", BOTH, Any, Holds::Text(&text::TEXT)),
    element("floor", BOTH, Any, Holds::Text(&text::TEXT)),
    element("radius", BOTH, Any, Holds::Text(&text::TEXT)),
    element("featurename", BOTH, Any, Holds::Text(&text::TEXT)),
    element("featuretypetag", BOTH, Any, Holds::Text(&text::TEXT)),
    element("relationshiptag", BOTH, Any, Holds::Text(&text::TEXT)),
    element("featureName", BOTH, Any, Holds::Text(&text::TEXT)),
    element("featureTypeTag", BOTH, Any, Holds::Text(&text::TEXT)),
    element("relationshipTag", BOTH, Any, Holds::Text(&text::TEXT)),
];

const TRACKBACK: &[Element] = &[
    element("ping", PARTS, Any, Holds::Text(&uri::FULL_URI)),
    element("about", PARTS, Any, Holds::Text(&uri::FULL_URI)),
];

const PINGBACK: &[Element] = &[
    element("server", PARTS, Any, Holds::Text(&uri::FULL_URI)),
    element("target", PARTS, Any, Holds::Text(&uri::FULL_URI)),
];

const XHTML: &[Element] =
    &[element("body", &[Item], Once, Holds::Markup), element("div", &[Item], Once, Holds::Markup)];
