//! What is checked: every rule with its severity, its specification, its words and its examples, which are its test.
//!
//! A file holds the rules of one subject, and what the tables of the vocabulary cannot say of it.

pub(crate) mod atom;
pub(crate) mod date;
pub(crate) mod example;
pub(crate) mod extension;
pub(crate) mod history;
pub(crate) mod itunes;
pub(crate) mod media;
pub(crate) mod previous;
pub(crate) mod rss;
pub(crate) mod sense;
pub(crate) mod structure;
pub(crate) mod text;
pub(crate) mod uri;
pub(crate) mod value;
pub(crate) mod xml;

pub use example::Example;

use super::Severity;

/// A rule: its manual and its test.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// How bad it is where nothing else is asked for.
    pub severity: Severity,
    /// The more general rules that it is a kind of.
    pub kinds: &'static [&'static str],
    /// The paragraph it follows.
    pub link: &'static str,
    /// What is wrong, in a sentence.
    pub what: &'static str,
    /// Why that matters, in a sentence.
    pub why: &'static str,
    /// Where it is found.
    pub bad: Example,
    /// How it is right.
    pub good: Example,
}

impl Rule {
    /// Whether it has this name or is a kind of it.
    pub fn is_kind_of(&self, name: &str) -> bool {
        self.name == name || self.kinds.contains(&name)
    }
}

/// All rules, a list for each subject.
const SUBJECTS: &[&[&Rule]] = &[
    xml::RULES,
    structure::RULES,
    text::RULES,
    value::RULES,
    uri::RULES,
    date::RULES,
    atom::RULES,
    rss::RULES,
    extension::RULES,
    history::RULES,
    itunes::RULES,
    media::RULES,
    sense::RULES,
    previous::RULES,
];

/// All rules, those of one subject beside one another.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    SUBJECTS.iter().flat_map(|rules| rules.iter().copied())
}

/// The rule of a name.
pub fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// Whether a name is a rule's or a more general kind's.
pub fn is_known(name: &str) -> bool {
    all().any(|rule| rule.is_kind_of(name))
}

/// Declares the rules of a file: each a constant, and all of them as `RULES`.
macro_rules! rules {
    ($($id:ident $name:literal $severity:ident [$($kind:literal)*] $link:expr;
       $what:literal; $why:literal; $bad:expr; $good:expr;)*) => {
        $(
            #[doc = $what]
            pub(crate) const $id: $crate::validate::rules::Rule = $crate::validate::rules::Rule {
                name: $name,
                severity: $crate::validate::Severity::$severity,
                kinds: &[$($kind),*],
                link: $link,
                what: $what,
                why: $why,
                bad: $bad,
                good: $good,
            };
        )*
        pub(super) const RULES: &[&$crate::validate::rules::Rule] = &[$(&$id),*];
    };
}
pub(crate) use rules;

/// A paragraph of RFC 4287.
macro_rules! atom {
    ($section:literal) => {
        concat!("https://www.rfc-editor.org/rfc/rfc4287#section-", $section)
    };
}
pub(crate) use atom as atom_link;

/// An element in the RSS specification's advisory profile.
macro_rules! profile {
    ($section:literal) => {
        concat!("https://www.rssboard.org/rss-profile#", $section)
    };
}
pub(crate) use profile;

#[cfg(test)]
mod tests;
