//! Judges a feed's bytes, whoever wrote them: RSS 2.0 and its older forms, and Atom 1.0, with their extensions.
//!
//! What may stand where is data (`vocabulary`), what a value may be a function for each type (`value`), and what is told a
//! row (`rules`). Imports `xml` and no other room.

mod atom_text;
mod attribute;
mod close;
mod facts;
mod finding;
mod frame;
mod judge;
mod markup;
mod names;
mod policy;
mod previous;
pub mod report;
pub mod rules;
mod sense;
mod value;
mod vocabulary;

pub use finding::{Excerpt, Finding, MAX_FINDINGS, Severity};
pub use policy::{Level, Policy};

use crate::xml::{Document, Limit, Places};
use facts::Facts;
use finding::{Findings, Told};
use judge::{Aim, Judge};

/// How a feed is judged.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the feed will live; nothing is guessed without it.
    pub base: Option<String>,
    /// Now, in seconds since 1970; nothing is told of the future without it.
    pub now: Option<i64>,
    /// The share of the former feed's ids that may be gone at once, in percent.
    pub max_vanished: Option<u8>,
    /// Which rules are told, and how bad they are.
    pub policy: Policy,
}

/// The share of ids that may be gone at once where none is given, in percent.
pub const MAX_VANISHED: u8 = 50;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Nothing that is known.
    #[default]
    Unknown,
    /// RSS of any version.
    Rss,
    /// Atom 1.0.
    Atom,
}

impl Format {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Rss => "rss",
            Self::Atom => "atom",
        }
    }
}

/// What is to be said of a feed.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What it is.
    pub format: Format,
    /// What is wrong, in the order of the document.
    pub findings: Vec<Finding>,
    /// How many more findings there are.
    pub omitted: usize,
}

impl Report {
    /// Whether anything is an error.
    pub fn has_errors(&self) -> bool {
        self.worst() == Some(Severity::Error)
    }

    /// The worst severity.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The first faults that keep the document from being XML, each in a line.
    pub fn ill_formed(&self, most: usize) -> Vec<String> {
        let faults = [rules::xml::SAX_ERROR.name, rules::xml::UNICODE_ERROR.name];
        let is_fault = |finding: &&Finding| faults.iter().any(|name| finding.rule.is_kind_of(name));
        self.findings.iter().filter(is_fault).take(most).map(Finding::line).collect()
    }

    /// The first errors, each in a line.
    pub fn errors(&self, most: usize) -> Vec<String> {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.take(most).map(Finding::line).collect()
    }
}

/// Judges a feed. The error: it has too much of something to be judged.
///
/// ```
/// use wirefeed::validate::{Options, check};
/// let report = check(b"<rss version='2.0'><channel></channel></rss>", &Options::default())?;
/// assert!(report.has_errors());
/// assert!(report.findings.iter().any(|finding| finding.rule.name == "missing-title"));
/// # Ok::<(), wirefeed::xml::Limit>(())
/// ```
pub fn check(bytes: &[u8], options: &Options) -> Result<Report, Limit> {
    judge(bytes, None, options)
}

/// Judges a feed and compares it with the one that it replaces.
pub fn compare(bytes: &[u8], previous: &[u8], options: &Options) -> Result<Report, Limit> {
    judge(bytes, Some(previous), options)
}

fn judge(bytes: &[u8], previous: Option<&[u8]>, options: &Options) -> Result<Report, Limit> {
    let document = Document::open(bytes)?;
    let aim = if previous.is_some() { Aim::Both } else { Aim::Findings };
    let (mut facts, mut findings) = Judge::new(&document, options, aim).run()?;
    facts.has_previous = previous.is_some();
    sense::judge(&facts, &mut findings);
    if let Some(old) = previous {
        let old_document = Document::open(old)?;
        let (old_facts, _) = Judge::new(&old_document, options, Aim::Facts).run()?;
        previous::judge(&facts, &old_facts, bytes == old, options, &mut findings);
    }
    Ok(report(&document, &facts, findings, &options.policy))
}

/// Sorts what was told, finds its lines and columns, and leaves out what is not wanted.
fn report(document: &Document<'_>, facts: &Facts<'_>, findings: Findings, policy: &Policy) -> Report {
    let Findings { mut list, omitted } = findings;
    list.sort_by_key(|told| told.at.start);
    let mut places = Places::new(&document.text);
    let mut found = Vec::with_capacity(list.len());
    for told in list {
        let Some(severity) = policy.severity(told.rule, facts.has_previous) else { continue };
        let place = places.at(told.at.start);
        let excerpt = excerpt(&document.text, places.line_start(), &told);
        let value = (!told.detail.is_empty()).then_some(told.detail);
        found.push(Finding {
            rule: told.rule,
            severity,
            line: place.line,
            column: place.column,
            element: told.element,
            parent: told.parent,
            attribute: told.attribute,
            value,
            excerpt,
        });
    }
    Report { format: facts.format, findings: found, omitted }
}

/// Characters before and after the place that is meant.
const AROUND: usize = 60;

fn excerpt(text: &str, line_start: usize, told: &Told) -> Excerpt {
    let start = told.at.start.max(line_start);
    let before = text.get(line_start..start).unwrap_or_default();
    let skipped = before.char_indices().rev().nth(AROUND).map_or(0, |(at, c)| at + c.len_utf8());
    let before = before.get(skipped..).unwrap_or_default();
    let rest = text.get(start..).unwrap_or_default();
    // A line may be as long as the document: no more of it is looked at than is shown.
    let ends = |c: &char| matches!(c, '\n' | '\r');
    let mut after: String = rest.chars().take_while(|c| !ends(c)).take(AROUND * 2).collect();
    if rest.get(after.len()..).is_some_and(|more| more.chars().next().is_some_and(|c| !ends(&c))) {
        after.push('…');
    }
    let meant = text.get(start..told.at.end.max(start)).unwrap_or_default();
    let length = meant.chars().take(AROUND * 2).take_while(|c| !ends(c)).count();
    Excerpt { text: format!("{before}{after}"), start: before.chars().count(), length: length.max(1) }
}
