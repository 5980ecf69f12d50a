//! The attributes of an element.

use std::borrow::Cow;
use std::collections::HashSet;

use super::namespace::NamespaceId;
use super::place::Span;

/// An attribute, `xmlns` declarations among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Its name as it is written.
    pub name: &'a str,
    /// Its name without the prefix.
    pub local: &'a str,
    /// Its namespace; `None` where it has no prefix.
    pub namespace: Option<NamespaceId>,
    /// Its value, references grown and white space normalized.
    pub value: Cow<'a, str>,
    /// Where its name stands.
    pub name_at: Span,
    /// Where its value stands, without the quotes.
    pub value_at: Span,
}

impl Attribute<'_> {
    /// Whether it declares a namespace.
    pub fn is_declaration(&self) -> bool {
        self.name == "xmlns" || self.name.starts_with("xmlns:")
    }
}

/// So many are compared with one another; more are put into a set.
const FEW: usize = 12;

/// The first of each name that stands twice, written or resolved.
pub(super) fn repeated(attributes: &[Attribute<'_>]) -> Vec<(Span, String)> {
    let is_same = |a: &Attribute<'_>, b: &Attribute<'_>| {
        a.name == b.name || (a.namespace.is_some() && a.namespace == b.namespace && a.local == b.local)
    };
    let report = |attribute: &Attribute<'_>| (attribute.name_at, attribute.name.to_owned());
    if attributes.len() <= FEW {
        let twice = |(at, attribute): (usize, &Attribute<'_>)| {
            let before = attributes.get(..at).unwrap_or_default();
            before.iter().any(|other| is_same(other, attribute)).then(|| report(attribute))
        };
        return attributes.iter().enumerate().filter_map(twice).collect();
    }
    let mut names = HashSet::new();
    let mut resolved = HashSet::new();
    let mut found = Vec::new();
    for attribute in attributes {
        let name = names.insert(attribute.name);
        let full = attribute.namespace.is_none() || resolved.insert((attribute.namespace, attribute.local));
        if !(name && full) {
            found.push(report(attribute));
        }
    }
    found
}
