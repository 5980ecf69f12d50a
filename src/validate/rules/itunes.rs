//! Podcasts.

use super::Example::{Channel, Item, Whole};
use super::rules;

const APPLE: &str = "https://help.apple.com/itc/podcasts_connect/#/itcb54353390";

rules! {
    MISSING_ITUNES_ELEMENT "missing-itunes-element" Warning [] APPLE;
        "A podcast lacks what directories ask for"; "Directories do not take it.";
        Channel("-language <itunes:author>A. Visser</itunes:author>"); Channel("<itunes:category text=\"News\"/><itunes:explicit>false</itunes:explicit>");
    MISSING_ITUNES_EMAIL "missing-itunes-email" Warning [] APPLE;
        "A podcast has no itunes:owner with an itunes:email"; "Directories cannot reach its owner.";
        Channel("<itunes:author>A. Visser</itunes:author>"); Channel("<itunes:owner><itunes:name>A</itunes:name><itunes:email>visser@example.org</itunes:email></itunes:owner>");
    INVALID_ITUNES_CATEGORY "invalid-itunes-category" Error ["invalid-value"] "https://podcasters.apple.com/support/1691-apple-podcasts-categories";
        "A category is none of Apple's"; "Directories do not list it there.";
        Channel("<itunes:category text=\"Harbours\"/>"); Channel("<itunes:category text=\"News\"/>");
    OBSOLETE_ITUNES_CATEGORY "obsolete-itunes-category" Warning [] "https://podcasters.apple.com/support/1691-apple-podcasts-categories";
        "A category is one that Apple has given up"; "Directories list it elsewhere, or nowhere.";
        Channel("<itunes:category text=\"International\"/>"); Channel("<itunes:category text=\"News\"/>");
    INVALID_ITUNES_CHANNEL_TYPE "invalid-itunes-channel-type" Error ["invalid-value"] APPLE;
        "A podcast is episodic or serial"; "Players put its episodes in the wrong order.";
        Channel("<itunes:type>daily</itunes:type>"); Channel("<itunes:type>serial</itunes:type>");
    INVALID_ITUNES_EPISODE_TYPE "invalid-itunes-episode-type" Error ["invalid-value"] APPLE;
        "An episode is full, trailer or bonus"; "Players ignore it.";
        Item("<itunes:episodeType>short</itunes:episodeType>"); Item("<itunes:episodeType>bonus</itunes:episodeType>");
    UNSUPPORTED_ITUNES_FORMAT "unsupported-itunes-format" Warning [] APPLE;
        "The enclosure of an episode has no format that Apple plays"; "The episode is not listed.";
        Item("<itunes:author>A</itunes:author><enclosure url=\"https://example.org/1.ogg\" length=\"1\" type=\"audio/ogg\"/>"); Item("<itunes:author>A</itunes:author><enclosure url=\"https://example.org/1.mp3\" length=\"1\" type=\"audio/mpeg\"/>");
    NOT_UTF8 "not-utf8" Warning [] APPLE;
        "A podcast is not in UTF-8"; "Directories ask for it.";
        Whole("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<rss version=\"2.0\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><itunes:author>A</itunes:author></channel></rss>"); Channel("<itunes:author>A</itunes:author>");
}
