//! Feed history: RFC 5005.

use super::Example::{Entry, Feed};
use super::rules;

const COMPLETE: &str = "https://www.rfc-editor.org/rfc/rfc5005#section-2";
const PAGED: &str = "https://www.rfc-editor.org/rfc/rfc5005#section-3";
const ARCHIVED: &str = "https://www.rfc-editor.org/rfc/rfc5005#section-4";

rules! {
    FEED_REL_IN_COMPLETE_FEED "feed-rel-in-complete-feed" Error [] COMPLETE;
        "A complete feed links to further pages"; "It has all there is; there are none.";
        Feed("<link rel=\"self\" href=\"https://example.org/atom.xml\"/><link rel=\"next\" href=\"https://example.org/2.xml\"/><fh:complete/>"); Feed("<fh:complete/>");
    CURRENT_NOT_SELF_IN_COMPLETE_FEED "current-not-self-in-complete-feed" Error [] COMPLETE;
        "A complete feed says that another one is current"; "It has all there is; it is itself the current one.";
        Feed("<link rel=\"self\" href=\"https://example.org/atom.xml\"/><link rel=\"current\" href=\"https://example.org/2.xml\"/><fh:complete/>"); Feed("<fh:complete/>");
    ARCHIVE_INCOMPLETE "archive-incomplete" Warning [] ARCHIVED;
        "An archive is neither complete nor linked to the one before it"; "Readers cannot reach older entries.";
        Feed("<fh:archive/>"); Feed("<link rel=\"self\" href=\"https://example.org/2.xml\"/><link rel=\"prev-archive\" href=\"https://example.org/1.xml\"/><link rel=\"current\" href=\"https://example.org/atom.xml\"/><fh:archive/>");
    MISSING_CURRENT_IN_ARCHIVE "missing-current-in-archive" Warning [] ARCHIVED;
        "An archive does not link to the current feed"; "Readers cannot find what is new.";
        Feed("<fh:archive/>"); Feed("<link rel=\"self\" href=\"https://example.org/2.xml\"/><link rel=\"prev-archive\" href=\"https://example.org/1.xml\"/><link rel=\"current\" href=\"https://example.org/atom.xml\"/><fh:archive/>");
    LINK_PAST_END "link-past-end" Error [] PAGED;
        "The first page links to a previous one, or the last to a next one"; "There is none.";
        Feed("<link rel=\"self\" href=\"https://example.org/1.xml\"/><link rel=\"first\" href=\"https://example.org/1.xml\"/><link rel=\"previous\" href=\"https://example.org/0.xml\"/>"); Feed("<link rel=\"self\" href=\"https://example.org/1.xml\"/><link rel=\"first\" href=\"https://example.org/1.xml\"/>");
    FEED_HISTORY_REL_IN_ENTRY "feed-history-rel-in-entry" Warning [] PAGED;
        "An entry has a link that leads between pages of a feed"; "Such links belong to the feed.";
        Entry("<link rel=\"prev-archive\" href=\"https://example.org/1.xml\"/><link href=\"https://example.org/1\"/>"); Entry("<link href=\"https://example.org/1\"/>");
}
