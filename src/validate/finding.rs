//! What is found, where, and how it is told.

use super::rules::Rule;
use crate::xml::Span;

/// So many findings of a file are kept; the rest is counted.
pub const MAX_FINDINGS: usize = 10_000;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Readers may get it wrong.
    Warning,
    /// The specification forbids it.
    Error,
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something that is wrong with a feed.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
    /// The element it is about.
    pub element: Option<String>,
    /// That element's parent.
    pub parent: Option<String>,
    /// The attribute it is about.
    pub attribute: Option<String>,
    /// What stands there, or what is particular here.
    pub value: Option<String>,
    /// The piece of the line around it, and which characters of that it is about.
    pub excerpt: Excerpt,
}

/// A piece of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece.
    pub text: String,
    /// The first of its characters that is meant.
    pub start: usize,
    /// How many are meant; at least one.
    pub length: usize,
}

impl Finding {
    /// What is wrong, in a sentence.
    pub fn message(&self) -> String {
        let mut message = self.rule.what.to_owned();
        if let Some(value) = &self.value {
            message.push_str(": ");
            message.push_str(value);
        }
        message
    }

    /// The element or attribute it is about, as a path of at most three steps; may be empty.
    pub fn subject(&self) -> String {
        let steps = [self.parent.as_deref(), self.element.as_deref()];
        let mut path = steps.into_iter().flatten().collect::<Vec<_>>().join("/");
        if let Some(attribute) = &self.attribute {
            path.push('@');
            path.push_str(attribute);
        }
        path
    }

    /// It in one line: place, severity, rule and message.
    pub fn line(&self) -> String {
        let (severity, message) = (self.severity.name(), self.message());
        format!("{}:{}: {severity}: {message} [{}]", self.line, self.column, self.rule.name)
    }
}

/// A name as it is told: with the usual prefix of its namespace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Name<'n> {
    pub(crate) prefix: &'n str,
    pub(crate) local: &'n str,
}

impl<'n> Name<'n> {
    pub(crate) fn of(local: &'n str) -> Self {
        Self { prefix: "", local }
    }

    pub(crate) fn shown(self) -> Option<String> {
        // A hostile name may be as long as the document, and is told of many times.
        let local = clipped(self.local, 80);
        match (self.prefix, self.local) {
            (_, "") => None,
            ("", _) => Some(local),
            (prefix, _) => Some(clipped(&format!("{prefix}:{local}"), 80)),
        }
    }
}

/// At most so many characters of a text.
pub(crate) fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A finding while the document is read: a place in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) rule: &'static Rule,
    pub(crate) at: Span,
    pub(crate) element: Option<String>,
    pub(crate) parent: Option<String>,
    pub(crate) attribute: Option<String>,
    pub(crate) detail: String,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Told>,
    pub(crate) omitted: usize,
}

/// Tells findings about one place.
pub(crate) struct Tell<'f> {
    pub(crate) findings: &'f mut Findings,
    pub(crate) at: Span,
    pub(crate) element: Name<'f>,
    pub(crate) parent: Name<'f>,
    pub(crate) attribute: &'f str,
}

impl<'f> Tell<'f> {
    /// About a place that is nothing's in particular.
    #[cfg(test)]
    pub(crate) fn plain(findings: &'f mut Findings) -> Self {
        Self::at(findings, Span::default())
    }

    pub(crate) fn at(findings: &'f mut Findings, at: Span) -> Self {
        Self { findings, at, element: Name::default(), parent: Name::default(), attribute: "" }
    }

    pub(crate) fn element(self, element: Name<'f>, parent: Name<'f>) -> Self {
        Self { element, parent, ..self }
    }

    /// The same, about an attribute inside.
    pub(crate) fn at_attribute<'s>(&'s mut self, attribute: &'s str) -> Tell<'s> {
        Tell { findings: self.findings, at: self.at, element: self.element, parent: self.parent, attribute }
    }

    /// The same, about the element that has the attribute.
    pub(crate) fn of_parent(&mut self) -> Tell<'_> {
        let (element, parent) = (self.parent, Name::default());
        Tell { findings: self.findings, at: self.at, element, parent, attribute: self.attribute }
    }

    /// Tells that a rule is broken; `detail` is what is particular here, and may be empty.
    pub(crate) fn say(&mut self, rule: &'static Rule, detail: &str) {
        if self.findings.list.len() >= MAX_FINDINGS {
            self.findings.omitted += 1;
            return;
        }
        self.findings.list.push(Told {
            rule,
            at: self.at,
            element: self.element.shown(),
            parent: self.parent.shown(),
            attribute: Name::of(self.attribute).shown(),
            detail: clipped(detail, 200),
        });
    }
}
