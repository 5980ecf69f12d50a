//! Prefixes and what they are bound to: Namespaces in XML 1.0.

use std::borrow::Cow;
use std::collections::HashMap;

use super::MAX_BINDINGS;
use super::fault::{Kind, Limit};

/// The namespace of `xml:lang` and `xml:base`.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of `xmlns` itself.
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The number of a namespace in one document; see [`super::Reader::uri`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NamespaceId(usize);

impl NamespaceId {
    /// The namespace of `xml:`.
    pub const XML: Self = Self(0);

    /// From 0, without gaps.
    pub fn index(self) -> usize {
        self.0
    }
}

/// What is bound now, and all namespaces that ever were.
#[derive(Debug)]
pub(super) struct Namespaces<'a> {
    uris: Vec<Cow<'a, str>>,
    numbers: HashMap<Cow<'a, str>, usize>,
    /// Prefix, empty for the default, and namespace; the innermost last.
    bound: Vec<(&'a str, Option<NamespaceId>)>,
}

impl<'a> Namespaces<'a> {
    pub(super) fn new() -> Self {
        let mut new = Self { uris: Vec::new(), numbers: HashMap::new(), bound: Vec::new() };
        let xml = new.intern(Cow::Borrowed(XML));
        new.bound.push(("xml", Some(xml)));
        new
    }

    pub(super) fn uri(&self, id: NamespaceId) -> &str {
        self.uris.get(id.0).map_or("", |uri| uri)
    }

    fn intern(&mut self, uri: Cow<'a, str>) -> NamespaceId {
        if let Some(number) = self.numbers.get(&uri) {
            return NamespaceId(*number);
        }
        self.uris.push(uri.clone());
        self.numbers.insert(uri, self.uris.len() - 1);
        NamespaceId(self.uris.len() - 1)
    }

    /// How many bindings are in force, to return to.
    pub(super) fn mark(&self) -> usize {
        self.bound.len()
    }

    pub(super) fn release(&mut self, mark: usize) {
        self.bound.truncate(mark);
    }

    /// Binds a prefix; the inner error is what is wrong with that.
    pub(super) fn bind(&mut self, prefix: &'a str, uri: Cow<'a, str>) -> Result<Result<(), Kind>, Limit> {
        if self.bound.len() >= MAX_BINDINGS {
            return Err(Limit::Bindings);
        }
        let wrong = match (prefix, &*uri) {
            ("", "") => {
                self.bound.push(("", None));
                return Ok(Ok(()));
            }
            (_, "") => Some(Kind::EmptyPrefix),
            ("xml", XML) => None,
            ("xml" | "xmlns", _) | (_, XML | XMLNS) => Some(Kind::ReservedPrefix),
            _ => None,
        };
        let id = self.intern(uri);
        self.bound.push((prefix, Some(id)));
        Ok(wrong.map_or(Ok(()), Err))
    }

    /// What a prefix is bound to; the default for an empty one. The error: to nothing at all.
    pub(super) fn resolve(&self, prefix: &str) -> Result<Option<NamespaceId>, Kind> {
        let mut bound = self.bound.iter().rev();
        // To compare two empty texts costs more than all else here: what they point to is no memory.
        if prefix.is_empty() {
            return Ok(bound.find(|(bound, _)| bound.is_empty()).and_then(|(_, id)| *id));
        }
        bound.find(|(bound, _)| *bound == prefix).map(|(_, id)| *id).ok_or(Kind::UndeclaredPrefix)
    }
}
