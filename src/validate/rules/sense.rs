//! Feeds that are valid and still wrong.

use super::Example::{Channel, Item, Whole};
use super::{Rule, atom, date, rss, rules, text};

const READERS: &str = "https://www.rssboard.org/rss-profile#element-channel-item";

rules! {
    HTML_INSTEAD_OF_FEED "html-instead-of-feed" Error [] "https://html.spec.whatwg.org/multipage/syntax.html#writing";
        "This is a page of HTML and no feed"; "It is what a server sends for an error or a moved address.";
        Whole("<!DOCTYPE html>\n<html><head><title>Not found</title></head><body>x</body></html>"); Channel("");
    NO_ENTRIES "no-entries" Warning [] READERS;
        "The feed has no entries"; "Readers show nothing, and nobody learns why.";
        Whole("<rss version=\"2.0\"><channel><title>a</title></channel></rss>"); Channel("");
    NO_DATES "no-dates" Warning [] "https://www.rssboard.org/rss-profile#element-channel-item-pubdate";
        "No entry has a date"; "Readers show the moment they fetched it as the date.";
        Item("-pubDate "); Item("");
    EQUAL_DATES "equal-dates" Warning [] "https://www.rssboard.org/rss-profile#element-channel-item-pubdate";
        "All entries have the same date"; "It is the date of the feed's making and not of the news; readers cannot put them in order.";
        Whole("<rss version=\"2.0\"><channel><item><pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate></item><item><pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate></item><item><pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate></item></channel></rss>"); Item("");
    NOT_NEWEST_FIRST "not-newest-first" Warning [] READERS;
        "The entries are not newest first: two or more, and more than half of those behind the first, are newer than the one before them; this is the first such"; "Readers that keep the first entries alone lose the new ones.";
        Whole("<rss version=\"2.0\"><channel><item><pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate></item><item><pubDate>Tue, 10 Feb 2026 12:00:00 GMT</pubDate></item><item><pubDate>Tue, 10 Feb 2026 13:00:00 GMT</pubDate></item></channel></rss>"); Item("");
    ERROR_AS_ENTRY "error-as-entry" Warning [] READERS;
        "An entry looks like an error message"; "What made the feed has written its own failure into it.";
        Item("<title>Bridge returned error 500! (20491)</title>"); Item("<title>Bridge closed after error of the skipper</title>");
}

/// Whether `--strict` makes an error of a rule: what is valid and still wrong.
pub(crate) fn is_strict(rule: &Rule) -> bool {
    let also = [&text::NOT_BLANK, &date::IMPLAUSIBLE_DATE, &atom::MISSING_SELF, &rss::MISSING_ATOM_SELF_LINK];
    RULES.iter().chain(&also).any(|own| own.name == rule.name)
}
