//! What a new file has to pass before it may take the place of an old one.

use crate::feed::Feed;
use crate::format::Format;
use crate::validate::{self, Finding, Level, Options, Policy, Report, Severity};

/// A feed's file, and what is there to judge it.
pub(super) struct Candidate<'a> {
    /// Its path in the folder.
    pub(super) path: &'a str,
    /// What it is to hold.
    pub(super) bytes: &'a [u8],
    /// What it holds now.
    pub(super) previous: Option<&'a [u8]>,
}

/// So many faults of a file are told.
pub(super) const TOLD: usize = 3;

/// What the history answers for: an id is an entry's for good, a date moves only as far as what pages said makes it, and
/// entries go to the archives. Two entries may say the same, and none may be left of a place; that the main feed has one
/// is seen to elsewhere.
const ANSWERED: [&str; 4] = ["id-moved", "date-moved", "ids-vanished", "no-entries"];

/// Says what is wrong with a feed's file, and where; nothing for files that are none.
pub(super) fn check(candidate: &Candidate<'_>) -> Result<(), String> {
    let kind = candidate.path.rsplit_once('.').map_or("", |(_, kind)| kind);
    faults(kind, candidate.bytes, candidate.previous, Finding::line)
}

/// Says what is wrong with a feed in a format, whatever file it is for.
pub(super) fn judge(feed: &Feed, format: &Format) -> Result<(), String> {
    let mut bytes = Vec::new();
    format.write(feed, &mut bytes).map_err(|error| error.to_string())?;
    let kind = format.media_type.rsplit_once('+').map_or("", |(_, kind)| kind);
    // Where it stands in bytes that nobody will see says nothing.
    faults(kind, &bytes, None, |finding| format!("{} [{}]", finding.message(), finding.rule.name))
}

fn faults(
    kind: &str,
    bytes: &[u8],
    previous: Option<&[u8]>,
    words: fn(&Finding) -> String,
) -> Result<(), String> {
    match kind {
        "xml" => sound(&judged(bytes, previous)?, words),
        "json" => serde_json::from_slice::<serde::de::IgnoredAny>(bytes)
            .map(|_| ())
            .map_err(|error| format!("is no JSON: {error}")),
        _ => Ok(()),
    }
}

fn judged(bytes: &[u8], previous: Option<&[u8]>) -> Result<Report, String> {
    let warn = |name: &str| (name.to_owned(), Level::As(Severity::Warning));
    let policy = Policy { levels: ANSWERED.iter().map(|name| warn(name)).collect(), ..Policy::default() };
    let options = Options { policy, ..Options::default() };
    // A former file that nobody can read is nothing to compare with.
    let compared = previous.and_then(|previous| validate::compare(bytes, previous, &options).ok());
    compared
        .map_or_else(|| validate::check(bytes, &options), Ok)
        .map_err(|limit| format!("cannot be checked: {limit}"))
}

/// A list of feeds is no feed: it only has to be XML.
fn sound(report: &Report, words: fn(&Finding) -> String) -> Result<(), String> {
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let found: Vec<_> = match report.format {
        validate::Format::Unknown => report.ill_formed(TOLD),
        validate::Format::Rss | validate::Format::Atom => {
            report.findings.iter().filter(is_error).take(TOLD).map(words).collect()
        }
    };
    if found.is_empty() { Ok(()) } else { Err(found.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, bytes: &str, previous: Option<&str>) -> Result<(), String> {
        check(&Candidate { path, bytes: bytes.as_bytes(), previous: previous.map(str::as_bytes) })
    }

    /// Why no page can make a feed of ours break a rule, for each that is an error. A new rule wants its answer here.
    const WHY: &[(&str, &str)] = &[
        (
            "which elements and attributes there are, how often and in which order, is the writers' doing",
            "undefined-element no-blink no-thr-when unexpected-attribute unexpected-text duplicate-element
             missing-element missing-title missing-link missing-description missing-attribute missing-href
             invalid-namespace obsolete-namespace invalid-rss-version misplaced-metadata missing-summary
             missing-content-or-alternate duplicate-atom-link item-must-contain-title-or-description not-escaped
             missing-xhtml-div not-base64 invalid-text-type html-instead-of-feed invalid-mime-type missing-namespace
             not-in-a-namespace bad-xml-version unknown-encoding invalid-doctype deprecated-dtd media-rss-namespace",
        ),
        (
            "the writers escape, and no page, feed or history gives a character that XML forbids; one that does costs
             its entry",
            "sax-error undefined-named-entity unicode-error",
        ),
        (
            "each is a Uri",
            "invalid-link invalid-full-link invalid-iri invalid-uri-char invalid-uri-attribute uri-not-iri",
        ),
        (
            "ids are UUIDs, and one entry's in a history",
            "duplicate-ids duplicate-value invalid-tag invalid-urn invalid-uuid invalid-permalink invalid-http-guid
             unexpected-whitespace",
        ),
        (
            "dates are written by one function, and of years that a date can have",
            "invalid-rfc3339-date invalid-rfc2822-date incorrect-dow",
        ),
        ("the history answers for it", "id-moved date-moved ids-vanished"),
        ("the language is the user's, and judged when it is given", "invalid-language"),
        (
            "no feed of ours has such a value",
            "invalid-w3-cdtf-date invalid-npt-time feed-rel-in-complete-feed current-not-self-in-complete-feed
             link-past-end invalid-itunes-category invalid-itunes-channel-type invalid-itunes-episode-type
             invalid-credit-role invalid-media-expression invalid-media-hash invalid-media-medium invalid-media-rating
             invalid-media-restriction invalid-media-restriction-rel invalid-media-restriction-type
             invalid-media-text-type media-group-without-alternatives eight-days-a-week not-enough-hours-in-the-day
             too-long invalid-url-attribute invalid-value invalid-integer invalid-positive-integer
             invalid-non-negative-integer invalid-integer-attribute use-zero-for-unknown invalid-float
             invalid-comma-separated-integers invalid-boolean-attribute invalid-true-false invalid-yes-no
             invalid-yes-no-clean invalid-country-code invalid-contact invalid-addr-spec invalid-mime-attribute
             invalid-duration invalid-day invalid-hour invalid-width invalid-height invalid-form-component-name
             invalid-update-period invalid-latitude invalid-longitude",
        ),
    ];

    #[test]
    fn every_error_was_asked_whether_a_page_can_cause_it() {
        for rule in validate::rules::all().filter(|rule| rule.severity == Severity::Error) {
            let names = WHY.iter().flat_map(|(_, names)| names.split_whitespace());
            assert_eq!(names.filter(|name| *name == rule.name).count(), 1, "{}", rule.name);
        }
    }

    const OPML: &str = "<opml version='2.0'><head><title>x</title></head><body/></opml>";

    #[test]
    fn a_list_has_to_be_xml_and_a_feed_a_feed() {
        assert_eq!(told("opml.xml", OPML, None), Ok(()));
        assert!(told("opml.xml", "<opml><head></opml>", None).is_err());
        assert!(told("atom.xml", "<feed xmlns='http://www.w3.org/2005/Atom'/>", None).is_err());
        assert!(told("feed.json", "{", None).is_err());
        let deep = "<a>".repeat(5_000);
        assert_eq!(told("opml.xml", OPML, Some(&deep)), Ok(()));
        assert_eq!(told("index.html", "<p>", None), Ok(()));
    }
}
