//! What changed since the feed that this one replaces.

use super::Example::Replaced;
use super::{atom_link, rules};

const ID: &str = atom_link!("4.2.6");
const UPDATED: &str = atom_link!("4.2.15");
const ITEM: &str = "<description>The ferry sails again.</description><guid>https://example.org/1</guid>";

rules! {
    ID_MOVED "id-moved" Error [] ID;
        "An entry has another id than before, and the same text"; "Readers show it once more as new.";
        Replaced("<description>The ferry sails again.</description><guid>https://example.org/2</guid>", ITEM); Replaced(ITEM, ITEM);
    DATE_MOVED "date-moved" Error [] "https://www.rssboard.org/rss-profile#element-channel-item-pubdate";
        "An entry has another date than before, and the same text"; "Readers show old news as new.";
        Replaced("<description>The ferry sails again.</description><guid>https://example.org/1</guid><pubDate>Tue, 10 Feb 2026 11:20:00 GMT</pubDate>", ITEM); Replaced(ITEM, ITEM);
    IDS_VANISHED "ids-vanished" Error [] ID;
        "Too many entries of the former feed are gone at once"; "Their ids may have changed, or the page they are read from.";
        Replaced("<title>Another</title><description>Other news.</description><guid>https://example.org/3</guid>", ITEM); Replaced(ITEM, ITEM);
    UPDATED_WITHOUT_CHANGE "updated-without-change" Warning [] UPDATED;
        "The date of a change moved, and nothing changed"; "Readers mark the entry as changed.";
        Replaced("<atom:updated>2026-02-10T12:00:00Z</atom:updated>", "<atom:updated>2026-02-10T11:00:00Z</atom:updated>"); Replaced(ITEM, ITEM);
    CHANGE_WITHOUT_UPDATED "change-without-updated" Warning [] UPDATED;
        "An entry changed, and the date of its change did not"; "Readers that go by it keep the old text.";
        Replaced("<description>b</description><atom:updated>2026-02-10T12:00:00Z</atom:updated>", "<description>a</description><atom:updated>2026-02-10T12:00:00Z</atom:updated>"); Replaced(ITEM, ITEM);
    UNCHANGED_BUT_REWRITTEN "unchanged-but-rewritten" Warning [] "https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3";
        "The feed says the same as before in other bytes"; "Every reader fetches it once more for nothing.";
        Replaced("<description>The ferry sails again.</description>  <guid>https://example.org/1</guid>", ITEM); Replaced(ITEM, ITEM);
}
