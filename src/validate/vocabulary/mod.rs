//! What may stand where, as data: a table of elements for each namespace.

mod app;
mod atom;
mod dublin;
mod feeds;
mod itunes;
mod known;
mod media;
mod rss;
mod small;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use atom::NAMESPACE as ATOM;
pub(crate) use known::{KNOWN, UNSUPPORTED};

use super::names::Initials;
use super::rules::Rule;
use super::rules::structure::{MISSING_ATTRIBUTE, MISSING_ELEMENT};
use super::value::Value;

/// A namespace whose elements are known.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) uri: &'static str,
    /// The usual prefix; none for RSS.
    pub(crate) prefix: &'static str,
    pub(crate) elements: &'static [Element],
}

/// An element: where it stands, how often, what it holds.
pub(crate) struct Element {
    pub(crate) name: &'static str,
    pub(crate) parents: &'static [Parent],
    pub(crate) often: Often,
    pub(crate) holds: Holds,
    pub(crate) attributes: &'static [Attribute],
    /// The attribute that decides how its text is read.
    pub(crate) hint: &'static str,
    /// What is remembered of it.
    pub(crate) role: Role,
    /// A rule that its mere presence breaks.
    pub(crate) odd: Option<&'static Rule>,
}

impl std::fmt::Debug for Element {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

/// What an element may stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parent {
    Root,
    Rss,
    Channel,
    Item,
    Image,
    TextInput,
    SkipHours,
    SkipDays,
    Feed,
    Entry,
    Source,
    Person,
    Control,
    Collection,
    Categories,
    Owner,
    Category,
    Group,
    MediaContent,
    Where,
}

/// How often an element may stand in its parent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Often {
    Any,
    Once,
    /// Once, and it must; the rule that its absence breaks.
    Must(&'static Rule),
    /// At least once.
    Some(&'static Rule),
}

/// What an element holds.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    /// A text of a type.
    Text(&'static Value),
    /// Elements.
    Children(Parent),
    /// An Atom text; `true` where it may have any media type.
    Construct(bool),
    /// Markup as it is.
    Markup,
    /// Nothing; what it says stands in its attributes.
    Nothing,
    /// Whatever it likes.
    Anything,
}

/// An attribute of an element.
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    /// Its namespace; empty for none.
    pub(crate) namespace: &'static str,
    pub(crate) must: Option<&'static Rule>,
    pub(crate) value: &'static Value,
    pub(crate) told: Told,
}

/// As what a fault in an attribute is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// As the element's.
    Element,
    /// As that of a part of the element.
    Inside,
    /// As nothing's but its own.
    Alone,
    /// As that of a part of the element's parent.
    Beside,
}

/// What is remembered of an element, for rules that look at several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    None,
    Entry,
    Id,
    Title,
    Link,
    Address,
    Updated,
    Published,
    Words,
    Image,
}

pub(crate) const fn element(
    name: &'static str,
    parents: &'static [Parent],
    often: Often,
    holds: Holds,
) -> Element {
    Element { name, parents, often, holds, attributes: &[], hint: "", role: Role::None, odd: None }
}

impl Element {
    const fn with(self, attributes: &'static [Attribute]) -> Self {
        Self { attributes, ..self }
    }

    const fn by(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    const fn kept(self, role: Role) -> Self {
        Self { role, ..self }
    }

    const fn odd(self, rule: &'static Rule) -> Self {
        Self { odd: Some(rule), ..self }
    }
}

pub(crate) const fn attribute(name: &'static str, value: &'static Value) -> Attribute {
    Attribute { name, namespace: "", must: None, value, told: Told::Element }
}

impl Attribute {
    /// Its name without a prefix.
    fn local(&self) -> &'static str {
        if self.namespace.is_empty() {
            return self.name;
        }
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    /// Whether it is the one of a local name in a namespace.
    pub(crate) fn is(&self, local: &str, namespace: Option<&str>) -> bool {
        let in_namespace = namespace.map_or(self.namespace.is_empty(), |uri| self.namespace == uri);
        in_namespace && self.local() == local
    }

    const fn must(self) -> Self {
        Self { must: Some(&MISSING_ATTRIBUTE), ..self }
    }

    const fn or(self, rule: &'static Rule) -> Self {
        Self { must: Some(rule), ..self }
    }

    const fn told(self, told: Told) -> Self {
        Self { told, ..self }
    }

    const fn of(self, namespace: &'static str) -> Self {
        Self { namespace, ..self }
    }
}

const MUST: Often = Often::Must(&MISSING_ELEMENT);

/// All vocabularies. A file that is not here is not declared either.
const ALL: &[&[Vocabulary]] =
    &[&[atom::ATOM, rss::RSS, app::APP, itunes::ITUNES, media::MEDIA], dublin::ALL, feeds::ALL, small::ALL];

/// The elements of a vocabulary by name.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) vocabulary: &'static Vocabulary,
    /// Sorted.
    elements: Vec<&'static Element>,
    initials: Initials,
}

impl Index {
    /// The element of a name in a parent.
    pub(crate) fn find(&self, name: &str, parent: Parent) -> Option<&'static Element> {
        let fits = |element: &&&Element| element.name == name && element.parents.contains(&parent);
        self.elements.get(self.initials.range(name))?.iter().find(fits).copied()
    }
}

static INDEX: LazyLock<HashMap<&'static str, Index>> = LazyLock::new(|| {
    let index = |vocabulary: &'static Vocabulary| {
        let mut elements: Vec<_> = vocabulary.elements.iter().collect();
        elements.sort_by_key(|element| element.name);
        let names: Vec<_> = elements.iter().map(|element| element.name).collect();
        (vocabulary.uri, Index { vocabulary, elements, initials: Initials::of(&names) })
    };
    ALL.iter().flat_map(|list| list.iter()).map(index).collect()
});

/// What must stand in each parent, by its number, with its prefix.
static MUSTS: LazyLock<Vec<Vec<(&'static str, &'static Element)>>> = LazyLock::new(|| {
    let mut musts: Vec<Vec<_>> = Vec::new();
    for vocabulary in ALL.iter().flat_map(|list| list.iter()) {
        for element in vocabulary.elements {
            if matches!(element.often, Often::Must(_) | Often::Some(_)) {
                for parent in element.parents {
                    let at = *parent as usize;
                    musts.resize_with(musts.len().max(at + 1), Vec::new);
                    if let Some(list) = musts.get_mut(at) {
                        list.push((vocabulary.prefix, element));
                    }
                }
            }
        }
    }
    musts
});

/// The vocabulary of a namespace.
pub(crate) fn named(uri: &str) -> Option<&'static Index> {
    INDEX.get(uri)
}

/// The usual prefixes of all vocabularies.
pub(crate) fn prefixes() -> impl Iterator<Item = &'static str> {
    ALL.iter()
        .flat_map(|list| list.iter())
        .map(|vocabulary| vocabulary.prefix)
        .filter(|prefix| !prefix.is_empty())
}

/// What must stand in a parent.
pub(crate) fn musts(parent: Parent) -> &'static [(&'static str, &'static Element)] {
    MUSTS.get(parent as usize).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_hides_another() {
        for vocabulary in ALL.iter().flat_map(|list| list.iter()) {
            for (at, element) in vocabulary.elements.iter().enumerate() {
                let others = vocabulary.elements[..at].iter().filter(|other| other.name == element.name);
                for other in others {
                    let both = element.parents.iter().find(|parent| other.parents.contains(parent));
                    assert!(
                        both.is_none(),
                        "{}:{} stands twice in {both:?}",
                        vocabulary.prefix,
                        element.name
                    );
                }
                assert!(!element.parents.is_empty(), "{}", element.name);
            }
        }
    }

    #[test]
    fn prefixes_and_namespaces_are_told_apart() {
        let mut uris: Vec<_> = INDEX.keys().copied().chain(KNOWN.iter().map(|(uri, _)| *uri)).collect();
        let count = uris.len();
        uris.sort_unstable();
        uris.dedup();
        assert_eq!(uris.len(), count);
    }
}
