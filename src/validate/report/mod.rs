//! How findings are written: a report is a file and its row.

mod github;
mod human;
mod json;
mod junit;
mod sarif;

use std::io::{self, Write};

use super::{Report, Severity};

/// A file that was judged, or could not be.
#[derive(Debug)]
pub struct Checked {
    /// As the user named it.
    pub path: String,
    /// What is to be said of it, or why nothing can be.
    pub outcome: Result<Report, String>,
}

/// A kind of report.
#[derive(Debug)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub what: &'static str,
    write: fn(&[Checked], &mut dyn Write) -> io::Result<()>,
}

/// All kinds; the first is the usual one.
pub const KINDS: &[Kind] = &[human::HUMAN, json::JSON, sarif::SARIF, junit::JUNIT, github::GITHUB];

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// Writes what is to be said of some files.
    pub fn write(&self, files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
        (self.write)(files, out)
    }
}

/// How many findings of a severity.
fn count(files: &[Checked], severity: Severity) -> usize {
    let reports = files.iter().filter_map(|file| file.outcome.as_ref().ok());
    reports.flat_map(|report| &report.findings).filter(|finding| finding.severity == severity).count()
}

/// Whether a character could steer a terminal or hide what is said.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A text with everything escaped that could steer a terminal.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// A text for XML: escaped, and without what XML does not allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
