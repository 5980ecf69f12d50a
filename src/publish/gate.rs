//! What a new file has to pass before it may take the place of an old one.

use crate::validate::{self, Format, Level, Options, Policy, Report, Severity};

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
const TOLD: usize = 3;

/// What the history answers for: a date moves only as far as what pages said makes it, and entries go to the archives.
const ANSWERED: [&str; 2] = ["date-moved", "ids-vanished"];

/// Says what is wrong with a feed; nothing for files that are none.
pub(super) fn check(candidate: &Candidate<'_>) -> Result<(), String> {
    let Candidate { path, bytes, previous } = candidate;
    match path.rsplit_once('.') {
        Some((_, "xml")) => sound(&judged(bytes, *previous)?),
        Some((_, "json")) => serde_json::from_slice::<serde::de::IgnoredAny>(bytes)
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
fn sound(report: &Report) -> Result<(), String> {
    let told = match report.format {
        Format::Unknown => report.ill_formed(TOLD),
        Format::Rss | Format::Atom => report.errors(TOLD),
    };
    if told.is_empty() { Ok(()) } else { Err(told.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, bytes: &str, previous: Option<&str>) -> Result<(), String> {
        check(&Candidate { path, bytes: bytes.as_bytes(), previous: previous.map(str::as_bytes) })
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
