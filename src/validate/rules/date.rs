//! Dates.

use super::Example::{Channel, Entry, Item};
use super::{atom_link, profile, rules};

rules! {
    INVALID_RFC3339_DATE "invalid-rfc3339-date" Error ["invalid-value"] atom_link!("3.3");
        "A value is no date and time as RFC 3339 writes them"; "Readers show no date, or that of today.";
        Entry("<updated>10 Feb 2026</updated>"); Entry("<updated>2026-02-10T11:00:00Z</updated>");
    INVALID_RFC2822_DATE "invalid-rfc2822-date" Error ["invalid-value"] profile!("data-types-datetime");
        "A value is no date and time as RFC 822 writes them"; "Readers show no date, or that of today.";
        Item("<pubDate>2026-02-10T11:00:00Z</pubDate>"); Item("<pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate>");
    INCORRECT_DOW "incorrect-dow" Error ["invalid-rfc2822-date" "invalid-value"] profile!("data-types-datetime");
        "A date names the wrong day of the week"; "Strict readers do not take it.";
        Item("<pubDate>Mon, 10 Feb 2026 11:00:00 GMT</pubDate>"); Item("<pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate>");
    PROBLEMATICAL_RFC822_DATE "problematical-rfc822-date" Warning [] profile!("data-types-datetime");
        "A date is written in a way that RFC 822 has and few readers know"; "Readers may show another moment.";
        Item("<pubDate>10 Feb 26 11:00:00 A</pubDate>"); Item("<pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate>");
    INVALID_W3_CDTF_DATE "invalid-w3-cdtf-date" Error ["invalid-iso8601-date" "invalid-value"] "https://www.w3.org/TR/NOTE-datetime";
        "A value is no date in the W3C's form"; "Readers show no date.";
        Channel("<dc:date>10-02-2026</dc:date>"); Channel("<dc:date>2026-02-10</dc:date>");
    IMPLAUSIBLE_DATE "implausible-date" Warning [] atom_link!("3.3");
        "A date is in the future, or before there were feeds"; "Readers keep such an entry on top for ever, or never show it.";
        Entry("<updated>2926-02-10T11:00:00Z</updated>"); Entry("<updated>2026-02-10T11:00:00Z</updated>");
    INVALID_NPT_TIME "invalid-npt-time" Error [] "https://www.rfc-editor.org/rfc/rfc2326#section-3.6";
        "A value is no time inside a recording"; "Players begin at the start.";
        Item("<media:thumbnail url=\"https://example.org/1.jpg\" time=\"later\"/>"); Item("<media:thumbnail url=\"https://example.org/1.jpg\" time=\"12:05:01.123\"/>");
}
