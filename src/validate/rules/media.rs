//! Media RSS.

use super::Example::Item;
use super::rules;

const MEDIA: &str = "https://www.rssboard.org/media-rss";

rules! {
    INVALID_CREDIT_ROLE "invalid-credit-role" Error [] "https://www.rssboard.org/media-rss#media-credit";
        "A role is none of the European Broadcasting Union's"; "Readers do not know what was done.";
        Item("<media:credit role=\"Captain!\">A</media:credit>"); Item("<media:credit role=\"producer\">A</media:credit>");
    INVALID_MEDIA_EXPRESSION "invalid-media-expression" Error [] MEDIA;
        "An expression is none of sample, full and nonstop"; "Players ignore it.";
        Item("<media:content url=\"https://example.org/1.mp4\" expression=\"half\"/>"); Item("<media:content url=\"https://example.org/1.mp4\" expression=\"full\"/>");
    INVALID_MEDIA_HASH "invalid-media-hash" Error [] "https://www.rssboard.org/media-rss#media-hash";
        "A hash is no MD5 or SHA-1 in hexadecimal"; "Nobody can check the file by it.";
        Item("<media:hash algo=\"md5\">xyz</media:hash>"); Item("<media:hash algo=\"md5\">dfdec888b72151965a34b4b59031290a</media:hash>");
    INVALID_MEDIA_MEDIUM "invalid-media-medium" Error [] MEDIA;
        "A medium is none of image, audio, video, document and executable"; "Players ignore it.";
        Item("<media:content url=\"https://example.org/1.mp4\" medium=\"film\"/>"); Item("<media:content url=\"https://example.org/1.mp4\" medium=\"video\"/>");
    INVALID_MEDIA_RATING "invalid-media-rating" Error [] "https://www.rssboard.org/media-rss#media-rating";
        "A rating is none that its scheme has"; "Players do not know for whom it is.";
        Item("<media:rating scheme=\"urn:simple\">mild</media:rating>"); Item("<media:rating scheme=\"urn:simple\">adult</media:rating>");
    INVALID_MEDIA_RESTRICTION "invalid-media-restriction" Error [] "https://www.rssboard.org/media-rss#media-restriction";
        "A restriction without a type is neither all nor none"; "Players ignore it.";
        Item("<media:restriction relationship=\"allow\">some</media:restriction>"); Item("<media:restriction relationship=\"allow\">all</media:restriction>");
    INVALID_MEDIA_RESTRICTION_REL "invalid-media-restriction-rel" Error [] "https://www.rssboard.org/media-rss#media-restriction";
        "The relationship of a restriction is allow or deny"; "Players ignore it.";
        Item("<media:restriction relationship=\"permit\">all</media:restriction>"); Item("<media:restriction relationship=\"allow\">all</media:restriction>");
    INVALID_MEDIA_RESTRICTION_TYPE "invalid-media-restriction-type" Error [] "https://www.rssboard.org/media-rss#media-restriction";
        "The type of a restriction is country, uri or sharing"; "Players ignore it.";
        Item("<media:restriction relationship=\"allow\" type=\"city\">all</media:restriction>"); Item("<media:restriction relationship=\"allow\" type=\"country\">nl</media:restriction>");
    INVALID_MEDIA_TEXT_TYPE "invalid-media-text-type" Error [] "https://www.rssboard.org/media-rss#media-text";
        "The type of such a text is plain or html"; "Readers do not know how to show it.";
        Item("<media:title type=\"text\">a</media:title>"); Item("<media:title type=\"plain\">a</media:title>");
    MEDIA_GROUP_WITHOUT_ALTERNATIVES "media-group-without-alternatives" Error [] "https://www.rssboard.org/media-rss#media-group";
        "A group has fewer than two contents"; "There is nothing to choose from.";
        Item("<media:group><media:content url=\"https://example.org/1.mp4\"/></media:group>"); Item("<media:group><media:content url=\"https://example.org/1.mp4\"/><media:content url=\"https://example.org/2.mp4\"/></media:group>");
    DEPRECATED_MEDIA_ADULT "deprecated-media-adult" Warning [] "https://www.rssboard.org/media-rss#media-adult";
        "media:adult is replaced by media:rating"; "Players look at the latter.";
        Item("<media:adult>true</media:adult>"); Item("<media:rating scheme=\"urn:simple\">adult</media:rating>");
}
