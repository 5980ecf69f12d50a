//! Lists of names that are looked up for every element: sorted, and found by their first byte.

use std::ops::Range;

/// Where the names of each first byte stand in a sorted list.
#[derive(Debug)]
pub(crate) struct Initials([usize; 129]);

impl Initials {
    /// Of names that begin with ASCII.
    pub(crate) const fn of(sorted: &[&str]) -> Self {
        let mut starts = [0; 129];
        let (mut byte, mut at) = (0, 0);
        while byte < starts.len() {
            while at < sorted.len() && is_before(sorted[at].as_bytes(), byte) {
                at += 1;
            }
            starts[byte] = at;
            byte += 1;
        }
        Self(starts)
    }

    /// Where a name stands, if it stands there.
    pub(crate) fn range(&self, name: &str) -> Range<usize> {
        let first = name.as_bytes().first().map_or(128, |byte| usize::from(*byte));
        let start = self.0.get(first).copied().unwrap_or_default();
        start..self.0.get(first + 1).copied().unwrap_or(start)
    }
}

const fn is_before(name: &[u8], byte: usize) -> bool {
    matches!(name, [first, ..] if (*first as usize) < byte)
}

/// A sorted list of names.
#[derive(Debug)]
pub(crate) struct Names {
    list: &'static [&'static str],
    initials: Initials,
}

impl Names {
    pub(crate) const fn new(list: &'static [&'static str]) -> Self {
        Self { list, initials: Initials::of(list) }
    }

    /// The name itself, if it is one of them.
    pub(crate) fn get(&self, name: &str) -> Option<&'static str> {
        self.list.get(self.initials.range(name))?.iter().find(|known| **known == name).copied()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    #[cfg(test)]
    pub(crate) fn is_sorted(&self) -> bool {
        self.list.is_sorted() && self.list.iter().all(|name| self.has(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_others_are_not() {
        static NAMES: Names = Names::new(&["A", "a", "ab", "b-c", "~"]);
        assert!(NAMES.is_sorted());
        for other in ["", "aa", "abc", "b", "c", "\u{7f}", "é", "B"] {
            assert!(!NAMES.has(other), "{other}");
        }
    }
}
