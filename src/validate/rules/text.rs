//! Text, and markup inside it.

use super::Example::{Channel, Entry, Feed, Item, Whole};
use super::{atom_link, profile, rules};

const SECURITY: &str = "https://www.rfc-editor.org/rfc/rfc4287#section-8.1";

rules! {
    NOT_BLANK "not-blank" Warning [] atom_link!("4.2.14");
        "An element is empty"; "Readers have nothing to show; some drop an entry without a title.";
        Entry("<title></title>"); Entry("<title>a</title>");
    ATTR_NOT_BLANK "attr-not-blank" Warning [] atom_link!("4.2.7");
        "An attribute is empty"; "It says nothing, or something other than meant.";
        Entry("<link href=\"https://example.org/1\" title=\"\"/>"); Entry("<link href=\"https://example.org/1\" title=\"a\"/>");
    UNEXPECTED_WHITESPACE "unexpected-whitespace" Error [] atom_link!("3.3");
        "White space stands around a value that may have none"; "Readers compare such values character by character.";
        Entry("<id> tag:example.org,2026:1</id>"); Entry("<id>tag:example.org,2026:1</id>");
    BAD_CHARACTERS "bad-characters" Warning [] "https://www.w3.org/TR/xml/#charsets";
        "A text holds characters that come of a wrong encoding"; "Readers show them as they are: broken.";
        Item("<title>Caf\u{c3}\u{a9}</title>"); Item("<title>Caf\u{e9}</title>");
    CONTAINS_HTML "contains-html" Warning [] profile!("data-types-characterdata");
        "A text that is plain holds HTML"; "Readers show the markup as text, or strip it.";
        Channel("<title>&lt;b&gt;News&lt;/b&gt;</title>"); Channel("<title>News</title>");
    CONTAINS_UNDECLARED_HTML "contains-undeclared-html" Warning ["contains-html"] atom_link!("3.1.1");
        "A text without type=\"html\" holds HTML"; "Readers show the markup as text.";
        Entry("<title>&lt;b&gt;News&lt;/b&gt;</title>"); Entry("<title type=\"html\">&lt;b&gt;News&lt;/b&gt;</title>");
    CHARACTER_DATA "character-data" Warning ["contains-html"] profile!("data-types-characterdata");
        "A text holds < or & in a form that readers take for markup"; "Some readers decode such a text twice; write &#x3C; and &#x26;.";
        Item("<title>a &amp;&lt;/ b</title>"); Item("<title>a b</title>");
    NOT_HTML "not-html" Warning [] atom_link!("3.1.1.2");
        "The markup inside a text is not HTML as it must be"; "Readers repair it, each in its own way.";
        Item("<description>&lt;a</description>"); Item("<description>&lt;b&gt;a&lt;/b&gt;</description>");
    HTML_FRAGMENT "html-fragment" Warning [] atom_link!("4.1.3.3");
        "The type promises a whole HTML document, and there is a piece of one"; "type=\"html\" is what readers know.";
        Entry("<content type=\"text/html\">&lt;b&gt;a&lt;/b&gt;</content>"); Entry("<content type=\"html\">&lt;b&gt;a&lt;/b&gt;</content>");
    SECURITY_RISK "security-risk" Warning [] SECURITY;
        "The markup holds an element that readers strip as dangerous"; "It will not be shown, or the whole text will not.";
        Item("<description>&lt;script&gt;a()&lt;/script&gt;</description>"); Item("<description>&lt;b&gt;a&lt;/b&gt;</description>");
    SECURITY_RISK_ATTR "security-risk-attr" Warning ["security-risk"] SECURITY;
        "The markup holds an attribute that readers strip as dangerous"; "It will have no effect.";
        Item("<description>&lt;b onclick=\"a()\"&gt;a&lt;/b&gt;</description>"); Item("<description>&lt;b title=\"a\"&gt;a&lt;/b&gt;</description>");
    DANGEROUS_STYLE_ATTR "dangerous-style-attr" Warning ["security-risk-attr" "security-risk"] SECURITY;
        "A style sets what readers strip as dangerous"; "It will have no effect.";
        Item("<description>&lt;b style=\"position:absolute\"&gt;a&lt;/b&gt;</description>"); Item("<description>&lt;b style=\"color:red\"&gt;a&lt;/b&gt;</description>");
    CONTAINS_REL_REF "contains-rel-ref" Warning [] profile!("element-channel-item-description");
        "The markup refers to a relative address"; "Readers resolve it in different ways, or not at all.";
        Item("<description>&lt;img src=\"/a.jpg\"&gt;</description>"); Item("<description>&lt;img src=\"https://example.org/a.jpg\"&gt;</description>");
    NOT_INLINE "not-inline" Warning [] atom_link!("3.1.1.3");
        "A text of type xhtml holds escaped markup"; "Readers show it as text.";
        Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">&lt;p&gt;a&lt;/p&gt;</div></content>");
        Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</p></div></content>");
    NOT_ESCAPED "not-escaped" Error ["invalid-value"] atom_link!("3.1.1.2");
        "A text said to be escaped holds elements"; "Readers of drafts of Atom take them for text.";
        Entry("<content type=\"html\" mode=\"escaped\"><b>a</b></content>"); Entry("<content type=\"html\">&lt;b&gt;a&lt;/b&gt;</content>");
    MISSING_XHTML_DIV "missing-xhtml-div" Error ["missing-element"] atom_link!("3.1.1.3");
        "A text of type xhtml is not one XHTML div"; "Readers drop what is outside the div.";
        Entry("<content type=\"xhtml\">a</content>"); Entry("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">a</div></content>");
    MISPLACED_XHTML_CONTENT "misplaced-xhtml-content" Warning [] atom_link!("4.1.3");
        "XHTML stands outside a text"; "Readers ignore it there.";
        Feed("<xhtml:p>a</xhtml:p>"); Feed("<subtitle type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">a</div></subtitle>");
    NOT_BASE64 "not-base64" Error ["invalid-value"] atom_link!("4.1.3.3");
        "Content of such a type must be in Base64, and is not"; "A reader cannot decode it.";
        Entry("<content type=\"image/png\">not base64!</content>"); Entry("<content type=\"image/png\">aGFsbG8=</content>");
    INVALID_TEXT_TYPE "invalid-text-type" Error ["invalid-value"] atom_link!("3.1.1");
        "The type of such a text is text, html or xhtml"; "Readers do not know how to show it.";
        Entry("<title type=\"text/plain\">a</title>"); Entry("<title type=\"text\">a</title>");
    MISSING_TYPE_ATTR "missing-type-attr" Warning [] atom_link!("4.1.3.2");
        "Content with a src should say its type"; "A reader must fetch it to know whether it can show it.";
        Entry("<content src=\"https://example.org/1.mp3\"/>"); Entry("<content src=\"https://example.org/1.mp3\" type=\"audio/mpeg\"/>");
    MISSING_DC_LANGUAGE "missing-dc-language" Info ["missing-recommended-element" "best-practices"] profile!("element-channel-language");
        "No language is given"; "Readers that translate, hyphenate or speak have to guess.";
        Channel("-language "); Channel("<language>en</language>");
    CONTAINS_EMAIL "contains-email" Warning [] atom_link!("3.2.1");
        "A name holds an e-mail address"; "It belongs into an element of its own, or nowhere.";
        Feed("<author><name>visser@example.org</name></author>"); Feed("<author><name>Visser</name><email>visser@example.org</email></author>");
    TOO_LONG "too-long" Error ["invalid-value"] "https://help.apple.com/itc/podcasts_connect/#/itcb54353390";
        "A text is longer than it may be"; "It will be cut off.";
        Whole(concat!("<rss version=\"2.0\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><itunes:subtitle>",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            "</itunes:subtitle></channel></rss>")); Channel("<itunes:subtitle>a</itunes:subtitle>");
}
