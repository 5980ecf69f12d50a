//! What is said on the terminal. Nothing that a page holds can steer it.

use std::fmt::Write as _;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::note::{Kind, Note};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Yellow.on_default().bold();

/// Says why the command failed.
pub(super) fn error(message: &str) {
    say("error", ERROR, message);
}

/// Tells notes about a page; where it is to be quiet only those of a loss.
pub(super) fn notes(path: &str, notes: &[Note], is_quiet: bool) {
    for told in notes.iter().filter(|note| !is_quiet || note.kind == Kind::Loss) {
        note(path, told);
    }
}

fn note(path: &str, note: &Note) {
    let place = if note.line == 0 { path.to_owned() } else { format!("{path}:{}", note.line) };
    say("note", NOTE, &format!("{place}: {}", note.message));
}

/// Says what the command did or chose.
pub(super) fn say(kind: &str, style: Style, message: &str) {
    let mut err = anstream::stderr().lock();
    // Where the terminal is gone there is nobody to tell.
    _ = writeln!(err, "{style}{kind}{style:#}: {}", plain(message));
}

/// A bar that shows how many of so many pages are done; only on a terminal.
pub(super) fn progress(pages: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(pages).unwrap_or(u64::MAX));
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} pages, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}

/// The style of a choice that was made for the user.
pub(super) const CHOICE: Style = AnsiColor::Cyan.on_default();

/// A text with everything escaped that could steer a terminal: control characters, and marks that turn the
/// direction of the text.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let steers = c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if steers {
            _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn control_characters_are_shown_and_not_sent() {
        assert_eq!(plain("a\u{1b}[31mb\r\u{9b}\u{202e}ë"), "a\\u{1b}[31mb\\u{d}\\u{9b}\\u{202e}ë");
    }
}
