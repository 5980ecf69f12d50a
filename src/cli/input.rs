//! A page from a file or from standard input, and when it was captured.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use clap::{Args, ValueEnum};

use super::{Failure, terminal};
use crate::page::{self, Markup};
use crate::resolve::{self, Instant};

/// How a page is read.
#[derive(Args)]
pub(super) struct Reading {
    /// Reads the page as text or as HTML, instead of by its content
    #[arg(long = "input", value_name = "KIND")]
    kind: Option<Kind>,
    /// When the page was captured: RFC 3339, or local time in Amsterdam such as 2026-02-10T14:05 [default: the
    /// file's modification time, or now for standard input]
    #[arg(long, value_name = "TIME", value_parser = time)]
    captured_at: Option<Instant>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Text,
    Html,
}

/// A page that was read.
pub(super) struct Captured {
    /// As the user named it.
    pub(super) name: String,
    /// What to call it: its file name without extension.
    pub(super) stem: String,
    pub(super) bytes: Vec<u8>,
    pub(super) at: Instant,
}

impl Reading {
    pub(super) fn markup(&self) -> Markup {
        match self.kind {
            None => Markup::Detect,
            Some(Kind::Text) => Markup::Text,
            Some(Kind::Html) => Markup::Html,
        }
    }

    /// The time of capture that the user gives.
    pub(super) fn captured_at(&self) -> Option<Instant> {
        self.captured_at
    }

    /// Reads a page, `-` being standard input. Says on stderr which time of capture it takes where none was given.
    pub(super) fn read(&self, page: &Path, quiet: bool) -> Result<Captured, Failure> {
        let is_stdin = page == Path::new("-");
        let name = if is_stdin { "standard input".to_owned() } else { page.display().to_string() };
        let (bytes, modified) =
            if is_stdin { (limited(io::stdin().lock())?, None) } else { read_file(page)? };
        let at = self.captured_at.unwrap_or_else(|| chosen(modified, &name, quiet));
        let stem = if is_stdin { None } else { page.file_stem() };
        let stem = stem.map_or_else(|| "wirefeed".to_owned(), |stem| stem.to_string_lossy().into_owned());
        Ok(Captured { name, stem, bytes, at })
    }
}

fn explain(error: &io::Error, path: &Path) -> String {
    if path.is_dir() { "it is a folder; name a page in it".to_owned() } else { error.to_string() }
}

/// A file's bytes, and when it was changed, which a pipe or a device does not tell. A file that is too large is read one byte too far.
pub(super) fn read_file(path: &Path) -> Result<(Vec<u8>, Option<SystemTime>), Failure> {
    let read = || -> io::Result<_> {
        let file = File::open(path)?;
        let modified =
            file.metadata().ok().filter(std::fs::Metadata::is_file).and_then(|data| data.modified().ok());
        let mut bytes = Vec::new();
        file.take(limit()).read_to_end(&mut bytes)?;
        Ok((bytes, modified))
    };
    read().map_err(|error| {
        Failure::Broken(format!("{}: cannot read: {}", path.display(), explain(&error, path)))
    })
}

fn limited(source: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    source
        .take(limit())
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Broken(format!("standard input: cannot read: {error}")))?;
    Ok(bytes)
}

/// One byte more than is allowed, so that the library sees that there are too many.
fn limit() -> u64 {
    u64::try_from(page::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1)
}

#[expect(
    clippy::disallowed_methods,
    reason = "standard input has no time of its own; the clock is asked here alone"
)]
fn chosen(modified: Option<SystemTime>, name: &str, quiet: bool) -> Instant {
    let (time, what) =
        modified.map_or_else(|| (SystemTime::now(), "now"), |time| (time, "the file's modification time"));
    let at = resolve::capture(&DateTime::<Utc>::from(time));
    if !quiet {
        terminal::say(
            "captured",
            terminal::CHOICE,
            &format!("{name} at {}, {what}; --captured-at says otherwise", resolve::rfc3339(at)),
        );
    }
    at
}

/// Reads `--captured-at`.
pub(super) fn time(text: &str) -> Result<Instant, String> {
    // Seconds may be missing, as they may in local time.
    let short = DateTime::parse_from_str(&text.replace(['Z', 'z'], "+00:00"), "%Y-%m-%dT%H:%M%:z");
    if let Ok(instant) = DateTime::<FixedOffset>::parse_from_rfc3339(text).or(short) {
        return within(resolve::capture(&instant));
    }
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let local = local
        .ok_or("expected a time such as 2026-02-10T14:05:00+01:00, or 2026-02-10T14:05 for Amsterdam")?;
    within(resolve::local(local).ok_or("this time does not exist in Amsterdam")?)
}

/// Years that every feed format can write.
pub(super) fn within(instant: Instant) -> Result<Instant, String> {
    use chrono::Datelike;
    if resolve::YEARS.contains(&instant.year()) {
        Ok(instant)
    } else {
        Err(format!("expected a year from {} to {}", resolve::YEARS.start(), resolve::YEARS.end()))
    }
}
