//! A feed to bytes. The only room that names the feed crates.

mod atom;
mod json;
mod rss;

use std::io::{self, Write};

use crate::feed::Feed;
use crate::note::Note;

/// A feed format. A new one is a file and its row.
pub struct Format {
    /// As the command line calls it.
    pub name: &'static str,
    /// Its full name.
    pub title: &'static str,
    /// Media type of its files.
    pub media_type: &'static str,
    /// File names that mean it, in lower case: a whole name, or an extension with its dot.
    file_names: &'static [&'static str],
    /// What the format wants of a feed and this one lacks.
    notes: fn(&Feed) -> Option<Note>,
    write: fn(&Feed, &mut dyn Write) -> io::Result<()>,
}

/// The formats, the usual one first.
pub const FORMATS: &[Format] = &[
    Format {
        name: "atom",
        title: "Atom 1.0 (RFC 4287)",
        media_type: "application/atom+xml",
        file_names: &[],
        notes: |_| None,
        write: atom::write,
    },
    Format {
        name: "rss",
        title: "RSS 2.0",
        media_type: "application/rss+xml",
        file_names: &["rss.xml", ".rss"],
        notes: rss::notes,
        write: rss::write,
    },
    Format {
        name: "json",
        title: "JSON Feed 1.1",
        media_type: "application/feed+json",
        file_names: &[".json"],
        notes: |_| None,
        write: json::write,
    },
];

impl Format {
    /// The format with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a file's name means; Atom where it means none.
    pub fn of_file(name: &str) -> &'static Self {
        let name = name.to_lowercase();
        let means = |format: &&Self| {
            format
                .file_names
                .iter()
                .any(|known| name == *known || (known.starts_with('.') && name.ends_with(known)))
        };
        FORMATS.iter().find(means).unwrap_or(&FORMATS[0])
    }

    /// What a reader of this format will miss in a feed.
    pub fn notes(&self, feed: &Feed) -> Option<Note> {
        (self.notes)(feed)
    }

    /// Writes a feed. Same feed, same bytes.
    pub fn write(&self, feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(feed, out)
    }
}

/// Reads an Atom feed of this program back. Says why where it is none, or is nested too deep.
pub fn read_atom(bytes: &[u8]) -> Result<Feed, String> {
    atom::read(bytes)
}

/// Scheme of the categories that are places.
const PLACE_SCHEME: &str = "urn:wirefeed:place";
/// Scheme of the categories that are sections.
const SECTION_SCHEME: &str = "urn:wirefeed:section";
/// The name of this program in a feed.
const GENERATOR: &str = "wirefeed";

/// The instruction that names a feed's stylesheet, on a line of its own; empty where it has none.
fn stylesheet(feed: &Feed) -> String {
    let named = feed.placement.stylesheet.as_ref();
    named.map_or_else(String::new, |href| {
        let href = href.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!("<?xml-stylesheet type=\"text/css\" href=\"{href}\"?>\n")
    })
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn a_file_name_means_a_format() {
        for (name, expected) in [
            ("rss.xml", "rss"),
            ("Feed.RSS", "rss"),
            ("feed.json", "json"),
            ("atom.xml", "atom"),
            ("x", "atom"),
            ("myrss.xml", "atom"),
        ] {
            assert_eq!(Format::of_file(name).name, expected, "{name}");
        }
    }
}
