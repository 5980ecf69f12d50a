//! Addresses.

use super::Example::{Channel, Entry, Feed, Item, Whole};
use super::{atom_link, profile, rules};

const URI: &str = "https://www.rfc-editor.org/rfc/rfc3986#section-3";

rules! {
    INVALID_LINK "invalid-link" Error ["invalid-value"] URI;
        "A value is no address"; "It leads nowhere.";
        Entry("<link href=\"http:///x\"/>"); Entry("<link href=\"http://example.org/x\"/>");
    INVALID_FULL_LINK "invalid-full-link" Error ["invalid-link" "invalid-value"] profile!("data-types-url");
        "A value is no full address with a scheme"; "Readers cannot resolve it.";
        Channel("<link>example.org</link>"); Channel("<link>https://example.org/</link>");
    INVALID_IRI "invalid-iri" Error ["invalid-link" "invalid-value"] "https://www.rfc-editor.org/rfc/rfc3987";
        "A value is no internationalized address"; "It leads nowhere.";
        Entry("<link href=\"http:///\u{eb}\"/>"); Entry("<link href=\"http://example.org/\u{eb}\"/>");
    INVALID_URI_CHAR "invalid-uri-char" Error ["invalid-link" "invalid-value"] "https://www.rfc-editor.org/rfc/rfc3986#section-2";
        "An address holds a character that it may not"; "Readers cut it off there, or guess.";
        Entry("<link href=\"https://example.org/a b\"/>"); Entry("<link href=\"https://example.org/a%20b\"/>");
    INVALID_URI_ATTRIBUTE "invalid-uri-attribute" Error ["invalid-link" "invalid-value"] URI;
        "An attribute is no address"; "It leads nowhere.";
        Entry("<content type=\"audio/mpeg\" src=\"http:///x\"/><summary>a</summary>"); Entry("<content type=\"audio/mpeg\" src=\"http://example.org/x\"/><summary>a</summary>");
    INVALID_URL_ATTRIBUTE "invalid-url-attribute" Error ["invalid-uri-attribute" "invalid-link" "invalid-value"] profile!("element-channel-item-enclosure");
        "An attribute is no full address on the web"; "It leads nowhere.";
        Item("<enclosure url=\"1.mp3\" length=\"1\" type=\"audio/mpeg\"/>"); Item("<enclosure url=\"https://example.org/1.mp3\" length=\"1\" type=\"audio/mpeg\"/>");
    URI_NOT_IRI "uri-not-iri" Error ["invalid-link" "invalid-value"] profile!("data-types-url");
        "An address holds letters that must be encoded here"; "RSS takes URIs alone; readers that are strict do not follow it.";
        Channel("<link>https://example.org/\u{eb}</link>"); Channel("<link>https://example.org/%C3%AB</link>");
    SCHEME_NOT_IANA_REGISTERED "scheme-not-iana-registered" Warning [] "https://www.iana.org/assignments/uri-schemes/uri-schemes.xhtml";
        "The scheme of an address is not registered"; "Few programs know what to do with it.";
        Channel("<link>harbour://example.org/</link>"); Channel("<link>https://example.org/</link>");
    INVALID_TAG "invalid-tag" Error ["invalid-value"] "https://www.rfc-editor.org/rfc/rfc4151#section-2.1";
        "A tag: address is not authority, date and a name"; "It may clash with another one's.";
        Entry("<id>tag:example.org,26:1</id>"); Entry("<id>tag:example.org,2026:1</id>");
    INVALID_URN "invalid-urn" Error ["invalid-value"] "https://www.rfc-editor.org/rfc/rfc8141#section-2";
        "A urn: address is not namespace and name"; "It may clash with another one's.";
        Entry("<id>urn:a_b:1</id>"); Entry("<id>urn:isbn:0451450523</id>");
    INVALID_UUID "invalid-uuid" Error ["invalid-value"] "https://www.rfc-editor.org/rfc/rfc9562#section-4";
        "A urn:uuid: address is no UUID"; "It may clash with another one's.";
        Entry("<id>urn:uuid:1234</id>"); Entry("<id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>");
    NON_CANONICAL_URI "non-canonical-uri" Warning [] atom_link!("4.2.6.1");
        "An id is not in its normal form"; "Ids are compared character by character; another program may normalize it.";
        Entry("<id>HTTP://example.org/1</id>"); Entry("<id>http://example.org/1</id>");
    SAME_DOCUMENT_REFERENCE "same-document-reference" Warning [] "https://www.rfc-editor.org/rfc/rfc3986#section-4.4";
        "A link leads to the feed itself"; "A reader that follows it finds the feed and not a page.";
        Entry("<link rel=\"related\" href=\"\"/><link href=\"https://example.org/1\"/>"); Entry("<link href=\"https://example.org/1\"/>");
    RELATIVE_SELF "relative-self" Warning [] atom_link!("4.2.7.2");
        "The self link is relative"; "A reader that has only the file cannot resolve it.";
        Feed("<link rel=\"self\" href=\"atom.xml\"/>"); Feed("<link rel=\"self\" href=\"https://example.org/atom.xml\"/>");
    SELF_DOESNT_MATCH_LOCATION "self-doesnt-match-location" Warning [] atom_link!("4.2.7.2");
        "The self link is not where the feed lives"; "Readers subscribe to the other address.";
        Whole("<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"https://elsewhere.example/atom.xml\"/></feed>"); Feed("");
    SELF_NOT_ATOM "self-not-atom" Warning [] atom_link!("4.2.7.2");
        "A self link leads to something other than Atom"; "self is the same document; an alternate form is alternate.";
        Feed("<link rel=\"self\" type=\"text/html\" href=\"https://example.org/\"/>"); Feed("<link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/atom.xml\"/>");
    INVALID_PERMALINK "invalid-permalink" Error [] profile!("element-channel-item-guid");
        "A guid that is a permalink is no address"; "Readers make a link of it.";
        Item("<guid isPermaLink=\"true\">urn:x-a:1</guid>"); Item("<guid isPermaLink=\"false\">urn:x-a:1</guid>");
    INVALID_HTTP_GUID "invalid-http-guid" Error ["invalid-value"] profile!("element-channel-item-guid");
        "A guid without isPermaLink=\"false\" is no address on the web"; "Readers make a link of it that leads nowhere.";
        Item("<guid>1a2b</guid>"); Item("<guid isPermaLink=\"false\">1a2b</guid>");
    NOT_SUFFICIENTLY_UNIQUE "not-sufficiently-unique" Warning [] profile!("element-channel-item-guid");
        "A guid is a small number"; "Feeds of others have the same ones; readers mix the items up.";
        Item("<guid isPermaLink=\"false\">12</guid>"); Item("<guid isPermaLink=\"false\">example.org/12</guid>");
}
