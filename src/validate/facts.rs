//! What is remembered of a feed: enough to compare its entries with one another and with those of another feed.

use std::borrow::Cow;

use super::Format;
use crate::xml::Span;

/// A feed.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Facts<'a> {
    pub(crate) format: Format,
    /// RSS 2.0 or later, or a version that nobody knows.
    pub(crate) is_modern: bool,
    /// RSS 0.91, whose texts hold no HTML.
    pub(crate) is_plain: bool,
    /// Where the feed begins.
    pub(crate) at: Span,
    pub(crate) updated: Option<i64>,
    /// Those that say anything.
    pub(crate) entries: Vec<Entry<'a>>,
    /// How many entries say nothing at all.
    pub(crate) silent: usize,
    pub(crate) has_previous: bool,
    /// A root that is HTML's.
    pub(crate) is_html: bool,
    /// Reading stopped making sense somewhere.
    pub(crate) is_lost: bool,
    /// Whether the root is one entry.
    pub(crate) is_entry: bool,
}

/// An entry or item.
#[derive(Debug, Default, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) at: Span,
    pub(crate) id: Option<(Cow<'a, str>, Span)>,
    pub(crate) title: Option<(Cow<'a, str>, Span)>,
    pub(crate) link: Option<Cow<'a, str>>,
    /// When it was published, in seconds since 1970, and where it says so.
    pub(crate) published: Option<(i64, Span)>,
    /// When it changed.
    pub(crate) updated: Option<(i64, Span)>,
    /// What its texts come to.
    pub(crate) words: u64,
    /// The first characters of its text.
    pub(crate) has_words: bool,
}

impl<'a> Facts<'a> {
    /// Remembers an entry; of one that says nothing only that there was one, which takes no more room than itself.
    pub(crate) fn keep(&mut self, entry: Entry<'a>) {
        if entry.says_anything() {
            self.entries.push(entry);
        } else {
            self.silent += 1;
        }
    }

    /// How many entries there are.
    pub(crate) fn count(&self) -> usize {
        self.entries.len() + self.silent
    }
}

impl Entry<'_> {
    fn says_anything(&self) -> bool {
        let is_dated = self.published.is_some() || self.updated.is_some();
        is_dated || self.has_words || self.id.is_some() || self.title.is_some() || self.link.is_some()
    }

    /// What it says: title and texts.
    pub(crate) fn digest(&self) -> u64 {
        let title = self.title.as_ref().map_or("", |(title, _)| title.trim());
        mixed(self.words, title)
    }
}

/// A number for texts, with another one mixed in; the same within one run of the program.
pub(crate) fn mixed(so_far: u64, text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (so_far, text).hash(&mut hasher);
    hasher.finish()
}

/// A link of Atom.
#[derive(Debug, Clone)]
pub(crate) struct Link<'a> {
    pub(crate) rel: Cow<'a, str>,
    pub(crate) href: Cow<'a, str>,
    pub(crate) kind: Cow<'a, str>,
    pub(crate) hreflang: Cow<'a, str>,
}

impl Link<'_> {
    /// A number for what tells it from other links of its feed or entry.
    pub(crate) fn digest(&self) -> u64 {
        mixed(mixed(mixed(0, &self.rel), &self.kind), &self.hreflang)
    }
}
