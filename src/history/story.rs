//! An entry in memory, with all that it has said.

use std::cell::OnceCell;

use uuid::Uuid;

use super::similarity::Words;
use super::wording::Wording;

/// An entry of the history.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) uuid: Uuid,
    /// One a line.
    pub(super) places: String,
    pub(super) role: i64,
    /// All that is derived of its sightings.
    pub(super) state: State,
    pub(super) versions: Vec<Version>,
    pub(super) sections: Vec<Section>,
    /// One of its links became known.
    pub(super) linked: bool,
    /// Role and state as the database has them; none where it does not have the entry.
    pub(super) kept: Option<(i64, State)>,
}

/// What an entry shows; times in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct State {
    /// The wording shown.
    pub(super) wording: i64,
    /// The one whose ages count from the first publication.
    pub(super) oldest: i64,
    /// `published`, else the capture that first saw it.
    pub(super) sort: i64,
    pub(super) earliest: Option<i64>,
    pub(super) latest: Option<i64>,
    pub(super) published: Option<i64>,
    /// What the earliest capture says of `published`.
    pub(super) reading: Option<i64>,
    /// That capture.
    pub(super) read_at: Option<i64>,
    pub(super) updated: i64,
}

/// A section in which it was seen, and since when.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) first: i64,
    pub(super) kept: bool,
}

/// One of its wordings.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) id: i64,
    pub(super) digest: [u8; 20],
    pub(super) text_id: Uuid,
    /// Since which capture it counts.
    pub(super) first: i64,
    /// The first and the last capture that has it.
    pub(super) seen: (i64, i64),
    pub(super) wording: Wording,
    pub(super) kept: Kept,
    words: OnceCell<Words>,
}

/// What the database has of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Nothing,
    /// It was otherwise.
    Old,
    All,
}

impl Story {
    pub(super) fn version(&self, wording: i64) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == wording)
    }

    pub(super) fn said(&mut self, digest: &[u8; 20]) -> Option<&mut Version> {
        self.versions.iter_mut().find(|version| version.digest == *digest)
    }

    /// The earliest capture in which it said a text.
    pub(super) fn first_said(&self, text: Uuid) -> Option<i64> {
        self.versions.iter().filter(|version| version.text_id == text).map(|version| version.first).min()
    }

    /// Its wordings with a text, which are no longer its own.
    pub(super) fn take_out(&mut self, text: Uuid) -> Vec<Version> {
        let (mut out, rest): (Vec<_>, _) =
            std::mem::take(&mut self.versions).into_iter().partition(|version| version.text_id == text);
        self.versions = rest;
        out.iter_mut().for_each(Version::change);
        out
    }

    /// It was seen in a section.
    pub(super) fn stood_in(&mut self, name: &str, at: i64) {
        match self.sections.iter_mut().find(|section| section.name == name) {
            Some(section) if section.first <= at => {}
            Some(section) => (section.first, section.kept) = (at, false),
            None => self.sections.push(Section { name: name.to_owned(), first: at, kept: false }),
        }
    }

    /// Whether what a feed shows of it is not what the database has.
    pub(super) fn differs(&self) -> bool {
        let shown = |(role, state): (i64, State)| {
            (role, state.wording, state.sort, state.published, state.reading, state.updated)
        };
        self.kept.map(shown) != Some(shown((self.role, self.state)))
            || self.sections.iter().any(|section| !section.kept)
            || self.linked
    }
}

impl Section {
    /// The same of an entry that the database does not have there.
    pub(super) fn anew(self) -> Self {
        Self { kept: false, ..self }
    }
}

impl Version {
    pub(super) fn new(id: i64, digest: [u8; 20], text_id: Uuid, first: i64, wording: Wording) -> Self {
        let (seen, words) = ((i64::MAX, i64::MIN), OnceCell::new());
        Self { id, digest, text_id, first, seen, wording, kept: Kept::Nothing, words }
    }

    /// A capture has it.
    pub(super) fn see(&mut self, at: i64) {
        let (first, last) = self.seen;
        if at < first || at > last {
            self.seen = (first.min(at), last.max(at));
            self.change();
        }
    }

    /// Another capture has it. Whether that made its link another: the one of the earliest page that has any.
    pub(super) fn see_again(&mut self, at: i64, link: Option<&str>) -> bool {
        self.see(at);
        let is_first = at < self.first;
        if is_first {
            self.first = at;
            self.change();
        }
        let known = self.wording.link.as_deref();
        let linked = link.is_some() && link != known && (is_first || known.is_none());
        if linked {
            self.wording.link = link.map(str::to_owned);
            self.change();
        }
        linked
    }

    /// The database does not have it so.
    fn change(&mut self) {
        if self.kept == Kept::All {
            self.kept = Kept::Old;
        }
    }

    /// What it is compared by.
    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self.wording.texts()))
    }
}
