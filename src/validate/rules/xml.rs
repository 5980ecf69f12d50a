//! Well-formedness, encodings and namespaces.

use super::Example::{Channel, Feed, Item, Whole};
use super::{Rule, rules};
use crate::xml::Kind;

const XML: &str = "https://www.w3.org/TR/xml/#sec-well-formed";
const ENCODING: &str = "https://www.w3.org/TR/xml/#charencoding";
const NAMES: &str = "https://www.w3.org/TR/xml-names/#ns-qualnames";

rules! {
    SAX_ERROR "sax-error" Error [] XML;
        "The document is not well-formed XML"; "Most readers show nothing of a feed that is not well-formed.";
        Item("<title>A <b>c</title>"); Item("<title>A &lt;b</title>");
    UNDEFINED_NAMED_ENTITY "undefined-named-entity" Error ["sax-error"] "https://www.w3.org/TR/xml/#sec-references";
        "A named entity is used that XML does not have"; "XML knows five entities; those of HTML stop a reader.";
        Item("<title>A&nbsp;B</title>"); Item("<title>A&#160;B</title>");
    MISSING_NAMESPACE "missing-namespace" Error ["sax-error"] NAMES;
        "A name is in no namespace, where it must be in one"; "Without its namespace a reader does not know the element.";
        Whole("<feed><title>x</title></feed>"); Feed("");
    NOT_IN_A_NAMESPACE "not-in-a-namespace" Error ["missing-namespace" "sax-error"] "https://www.rssboard.org/rss-specification#extendingRss";
        "An element inside an extension is in no namespace"; "What is in no namespace is read as RSS itself.";
        Item("<ex:a><b/></ex:a>"); Item("<ex:a><ex:b/></ex:a>");
    BAD_XML_VERSION "bad-xml-version" Error [] "https://www.w3.org/TR/xml/#NT-VersionNum";
        "The XML declaration names a version other than 1.0"; "Readers know XML 1.0 alone.";
        Whole("<?xml version=\"1.1\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"/>"); Channel("");
    UNICODE_ERROR "unicode-error" Error [] ENCODING;
        "The document holds bytes that are no characters in its encoding"; "Readers stop there, or show other characters.";
        Whole("<?xml version=\"1.0\" encoding=\"us-ascii\"?>\n<rss version=\"2.0\"><channel><title>\u{e9}</title></channel></rss>"); Channel("");
    UNKNOWN_ENCODING "unknown-encoding" Error [] ENCODING;
        "The declared encoding is not known"; "A reader cannot turn the bytes into characters.";
        Whole("<?xml version=\"1.0\" encoding=\"klingon\"?>\n<rss version=\"2.0\"/>"); Channel("");
    MISSING_ENCODING "missing-encoding" Info ["best-practices"] ENCODING;
        "The document does not declare its encoding"; "Where a server names another one, only a declaration can tell.";
        Whole("<rss version=\"2.0\"/>"); Channel("");
    NONSTD_ENCODING "nonstd-encoding" Info ["best-practices"] ENCODING;
        "The document is in an encoding other than UTF-8 or UTF-16"; "XML readers need to know only those two.";
        Whole("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<rss version=\"2.0\"/>"); Channel("");
    OBSCURE_ENCODING "obscure-encoding" Warning [] ENCODING;
        "The document is in an encoding that few readers know"; "A reader that lacks it shows nothing.";
        Whole("<?xml version=\"1.0\" encoding=\"x-mac-cyrillic\"?>\n<rss version=\"2.0\"/>"); Channel("");
    INVALID_DOCTYPE "invalid-doctype" Error [] "https://www.rssboard.org/rss-specification";
        "The document type is none that a feed can have"; "It tells readers that the document is something else.";
        Whole("<!DOCTYPE html>\n<rss version=\"0.91\"/>"); Channel("");
    DEPRECATED_DTD "deprecated-dtd" Error [] "https://www.rssboard.org/rss-0-9-1-netscape";
        "The document type points to a DTD that is gone"; "Readers that fetch it fail.";
        Whole("<!DOCTYPE rss SYSTEM \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">\n<rss version=\"0.91\"/>"); Channel("");
    CONTAINS_SYSTEM_ENTITY "contains-system-entity" Info [] "https://www.w3.org/TR/xml/#sec-external-ent";
        "The document declares an entity that would have to be fetched"; "Most readers do not fetch it, as a matter of safety.";
        Whole("<!DOCTYPE rss [<!ENTITY a SYSTEM \"a.txt\">]>\n<rss version=\"2.0\"/>"); Channel("");
    UNKNOWN_NAMESPACE "unknown-namespace" Warning [] NAMES;
        "A namespace is declared that no known extension has"; "It may be misspelt; readers will not know its elements.";
        Item("<ex:a/>"); Item("<dc:creator>A. Visser</dc:creator>");
    UNSUPPORTED_NAMESPACE "unsupported-namespace" Info [] NAMES;
        "A namespace is known, but its elements are not checked"; "What it holds may be wrong, and nothing here would say so.";
        Whole("<rss version=\"2.0\" xmlns:fm=\"http://freshmeat.net/rss/fm/\"/>"); Channel("");
    NONSTD_PREFIX "nonstd-prefix" Info ["best-practices"] NAMES;
        "A known namespace has another prefix than the usual one"; "Some readers look at the prefix and not at the namespace.";
        Whole("<rss version=\"2.0\" xmlns:dublin=\"http://purl.org/dc/elements/1.1/\"/>"); Item("<dc:creator>A</dc:creator>");
    RESERVED_PREFIX "reserved-prefix" Warning [] NAMES;
        "The usual prefix of one namespace is bound to another"; "Some readers look at the prefix and not at the namespace.";
        Whole("<rss version=\"2.0\" xmlns:dc=\"http://example.org/dc\"/>"); Item("<dc:creator>A</dc:creator>");
    AVOID_NAMESPACE_PREFIX "avoid-namespace-prefix" Warning [] "https://www.rfc-editor.org/rfc/rfc4287#section-3.1.1.3";
        "XHTML stands behind a namespace prefix"; "Some readers show the markup only where it has no prefix.";
        super::Example::Entry("<content type=\"xhtml\"><xhtml:div>a</xhtml:div></content>");
        super::Example::Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">a</div></content>");
    MEDIA_RSS_NAMESPACE "media-rss-namespace" Error [] "https://www.rssboard.org/media-rss#namespace-declaration";
        "The namespace of Media RSS lacks its last slash"; "It is another namespace without it.";
        Whole("<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss\"/>"); Item("<media:title>a</media:title>");
}

/// The rule that a fault of the reader breaks.
pub(crate) fn of(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Encoding | Kind::WrongEncoding => &UNICODE_ERROR,
        Kind::UnknownEncoding => &UNKNOWN_ENCODING,
        Kind::UndefinedEntity => &UNDEFINED_NAMED_ENTITY,
        _ => &SAX_ERROR,
    }
}
