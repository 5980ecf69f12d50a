//! What was odd on a page or in a feed and did not stop the work.

use serde::Serialize;

/// The most notes that one way of looking at a page makes; what is odd on every line is told often enough.
const MOST: usize = 1_000;

/// An oddity that a person should know of: where it stands, what it is, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// Line of the page, counted from 1; 0 where the note is about the page or feed as a whole.
    pub line: u32,
    /// One sentence without a full stop. May quote the page: escape it before it meets a terminal.
    pub message: String,
    /// Whether anything is missing for it.
    pub kind: Kind,
}

/// What a note is about. `--quiet` hides the one kind, and never the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// All that the page says is there.
    #[default]
    Oddity,
    /// Something that the page says was not read, or was left out.
    Loss,
}

impl Note {
    /// A note about one line of the page.
    pub fn at(line: u32, message: impl Into<String>) -> Self {
        Self { line, message: message.into(), kind: Kind::Oddity }
    }

    /// The same note, of something that is missing.
    #[must_use]
    pub fn of_loss(self) -> Self {
        Self { kind: Kind::Loss, ..self }
    }

    /// A note about the page or the feed as a whole.
    pub fn general(message: impl Into<String>) -> Self {
        Self::at(0, message)
    }
}

/// Adds a note, as long as there are not too many; the last one says that more was odd.
pub(crate) fn keep(notes: &mut Vec<Note>, note: Note) {
    match notes.len() {
        ..MOST => notes.push(note),
        MOST => notes.push(Note {
            message: format!("{}; so are further ones, which are not told", note.message),
            ..note
        }),
        _ => {}
    }
}

/// The first `limit` characters of a text, with `…` where something was left off.
pub fn quote(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
