//! Which rules are told, and how bad they are: what the user says wins over the rule.

use super::Severity;
use super::rules::{Rule, sense};

/// What a user makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is not told.
    Allow,
    /// It is told as this.
    As(Severity),
}

/// What a user makes of the rules.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Rules, or kinds of rules, and what is made of them. A rule's own name wins over a kind's, the last over the first.
    pub levels: Vec<(String, Level)>,
    /// Whether what is valid and still wrong is an error.
    pub strict: bool,
}

impl Policy {
    /// How bad a broken rule is; none where it is not told.
    pub(super) fn severity(&self, rule: &'static Rule, has_previous: bool) -> Option<Severity> {
        let own = |(name, level): &(String, Level)| (name == rule.name).then_some(*level);
        let general = |(name, level): &(String, Level)| rule.is_kind_of(name).then_some(*level);
        let level =
            self.levels.iter().rev().find_map(own).or_else(|| self.levels.iter().rev().find_map(general));
        match level {
            Some(Level::Allow) => None,
            Some(Level::As(severity)) => Some(severity),
            None if self.strict && sense::is_strict(rule) => Some(Severity::Error),
            // A feed that had entries and has none has lost them.
            None if has_previous && rule.name == sense::NO_ENTRIES.name => Some(Severity::Error),
            None => Some(rule.severity),
        }
    }
}
