//! Which elements and attributes stand where, and how often.

use super::Example::{Channel, Entry, Feed, Item, Whole};
use super::{atom_link, profile, rules};

const RSS: &str = "https://www.rssboard.org/rss-specification";

rules! {
    UNDEFINED_ELEMENT "undefined-element" Error [] atom_link!("6.3");
        "An element stands where no specification has it"; "Readers ignore it, or stop.";
        Feed("<headline>a</headline>"); Feed("<subtitle>a</subtitle>");
    NO_BLINK "no-blink" Error ["undefined-element"] "http://backend.userland.com/blogChannelModule";
        "blink is no element of RSS itself, but of blogChannel"; "Readers ignore it.";
        Channel("<blink>https://example.org/</blink>"); Channel("");
    NO_THR_WHEN "no-thr-when" Error ["undefined-element"] "https://www.rfc-editor.org/rfc/rfc4685#section-4";
        "thr:when is called thr:updated now"; "Readers know the attribute of the RFC alone.";
        Entry("<link rel=\"replies\" href=\"https://example.org/1/replies\" thr:when=\"2026-02-10T11:00:00Z\"/><link href=\"https://example.org/1\"/>");
        Entry("<link rel=\"replies\" href=\"https://example.org/1/replies\" thr:updated=\"2026-02-10T11:00:00Z\"/><link href=\"https://example.org/1\"/>");
    UNEXPECTED_ATTRIBUTE "unexpected-attribute" Error [] atom_link!("6.3");
        "An element has an attribute that it cannot have"; "Readers ignore it; it may be a misspelt one.";
        Item("<guid ispermalink=\"false\">1a2b</guid>"); Item("<guid isPermaLink=\"false\">1a2b</guid>");
    USE_OF_EXTENSION_ATTR "use-of-extension-attr" Warning [] "https://www.rssboard.org/rss-specification#extendingRss";
        "An RSS element has an attribute of an extension"; "RSS lets extensions add elements; readers ignore attributes.";
        Item("<title ex:type=\"x\">a</title>"); Item("<title>a</title><dc:type>x</dc:type>");
    UNEXPECTED_TEXT "unexpected-text" Error [] atom_link!("6.3");
        "Text stands where only elements may"; "Readers ignore it.";
        Feed("some words"); Feed("<subtitle>some words</subtitle>");
    DUPLICATE_ELEMENT "duplicate-element" Error [] atom_link!("4.1.1");
        "An element stands twice that may stand once"; "Readers take one of the two, and not all the same one.";
        Feed("<title>a</title><title>b</title>"); Feed("<title>a</title>");
    MISSING_ELEMENT "missing-element" Error [] atom_link!("4.1.1");
        "An element is missing that must stand there"; "Readers rely on it.";
        Feed("-updated "); Feed("");
    MISSING_TITLE "missing-title" Error ["missing-element"] profile!("element-channel-title");
        "A title is missing"; "Readers have nothing to show in their lists.";
        Channel("-title "); Channel("");
    MISSING_LINK "missing-link" Error ["missing-element"] profile!("element-channel-link");
        "A link is missing"; "Readers cannot lead to the site.";
        Channel("-link "); Channel("");
    MISSING_DESCRIPTION "missing-description" Error ["missing-element"] profile!("element-channel-description");
        "A description is missing"; "RSS requires one.";
        Channel("-description "); Channel("");
    MISSING_ATTRIBUTE "missing-attribute" Error [] RSS;
        "An attribute is missing that must stand there"; "Readers rely on it.";
        Item("<enclosure url=\"https://example.org/1.mp3\" type=\"audio/mpeg\"/>"); Item("<enclosure url=\"https://example.org/1.mp3\" type=\"audio/mpeg\" length=\"9\"/>");
    MISSING_HREF "missing-href" Error ["missing-attribute"] atom_link!("4.2.7.1");
        "A link has no href"; "A link that leads nowhere is none.";
        Entry("<link rel=\"related\"/><link href=\"https://example.org/1\"/>"); Entry("<link href=\"https://example.org/1\"/>");
    QUESTIONABLE_USAGE "questionable-usage" Warning [] atom_link!("6.4");
        "A known element stands where it is not meant to"; "Few readers look for it there.";
        Entry("<app:collection href=\"https://example.org/c\"><title>a</title></app:collection>"); Entry("");
    UNDETERMINABLE_VOCABULARY "undeterminable-vocabulary" Warning [] atom_link!("1.2");
        "An element is in no namespace, so that nobody can tell what it is"; "Readers ignore it.";
        Entry("<keyword xmlns=\"\">a</keyword>"); Entry("<category term=\"a\"/>");
    INVALID_NAMESPACE "invalid-namespace" Error [] atom_link!("1.2");
        "The feed is in a namespace that is not its own"; "Readers do not take it for a feed.";
        Whole("<feed xmlns=\"http://www.w3.org/2005/atom\"/>"); Feed("");
    OBSOLETE_NAMESPACE "obsolete-namespace" Error [] atom_link!("1.2");
        "The feed is in the namespace of a draft of Atom"; "Readers of today do not take it for Atom.";
        Whole("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"/>"); Feed("");
    INVALID_RSS_VERSION "invalid-rss-version" Error [] profile!("element-rss");
        "RSS has no such version"; "Readers do not know what to expect.";
        Whole("<rss version=\"2.01\"><channel/></rss>"); Channel("");
}
