//! Many pages, captured at different times.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use clap::ValueEnum;

use super::input;
use crate::resolve::{self, Instant};

/// Where the time of a capture is taken from.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum From {
    /// A time in the file's name, such as 2026-02-10T1405.html: Amsterdam's, unless Z or an offset follows
    Name,
    /// The file's modification time
    Mtime,
}

/// A page to read, and when it was captured.
pub(super) struct Dated {
    pub(super) path: PathBuf,
    pub(super) at: Instant,
    bytes: u64,
}

/// The pages with their times, earliest first, and why others have none. Of a folder its files are taken.
pub(super) fn dated(pages: &[PathBuf], from: From) -> (Vec<Dated>, Vec<String>) {
    let mut dated = Vec::new();
    let mut bad = Vec::new();
    for path in pages {
        let files = files(path).unwrap_or_else(|why| {
            bad.push(why);
            Vec::new()
        });
        for path in files {
            let named = fs::metadata(&path).map_err(|error| format!("cannot read: {error}"));
            let named = named
                .and_then(|data| data.is_file().then_some(data.len()).ok_or_else(|| "is no file".to_owned()));
            match named.and_then(|bytes| Ok((bytes, time(&path, from)?))) {
                Ok((bytes, at)) => dated.push(Dated { path, at, bytes }),
                Err(why) => bad.push(format!("{}: {why}", path.display())),
            }
        }
    }
    dated.sort_by(|a, b| (a.at, &a.path).cmp(&(b.at, &b.path)));
    (dated, bad)
}

/// Parts of the pages that can be in memory together.
pub(super) fn parts(mut pages: &[Dated]) -> Vec<&[Dated]> {
    const MOST: usize = 64;
    const MOST_BYTES: u64 = 8 * 1024 * 1024;
    let mut parts = Vec::new();
    while !pages.is_empty() {
        let mut bytes = 0;
        let fits = |page: &&Dated| {
            bytes += page.bytes;
            bytes <= MOST_BYTES
        };
        let (part, rest) = pages.split_at(pages.iter().take(MOST).take_while(fits).count().max(1));
        parts.push(part);
        pages = rest;
    }
    parts
}

fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| format!("{}: cannot read: {error}", path.display()))?;
    let files = entries.into_iter().map(|entry| entry.path());
    // Whatever else stands there is named when it is read.
    Ok(files.filter(|path| !path.is_dir() && !hidden(path)).collect())
}

fn time(path: &Path, from: From) -> Result<Instant, String> {
    match from {
        From::Name => in_name(&path.file_name().unwrap_or_default().to_string_lossy()),
        From::Mtime => modified(path)
            .map(|time| resolve::capture(&DateTime::<Utc>::from(time)))
            .map_err(|error| format!("cannot read: {error}")),
    }
}

fn modified(path: &Path) -> std::io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

/// The first time in a file's name: a date, `T`, `_`, `-` or a space, hours and minutes, maybe seconds and a zone.
fn in_name(name: &str) -> Result<Instant, String> {
    let mut starts = name.char_indices().filter(|(at, c)| {
        c.is_ascii_digit() && !name[..*at].ends_with(|before: char| before.is_ascii_digit())
    });
    let found = starts.find_map(|(at, _)| Parts::split(&name[at..]));
    let (local, rest) = found.ok_or("no time in its name; expected one such as 2026-02-10T1405.html")?;
    input::within(match offset(rest)? {
        Some(offset) => {
            resolve::capture(&offset.from_local_datetime(&local).single().ok_or("this time does not exist")?)
        }
        None => match Amsterdam.from_local_datetime(&local) {
            LocalResult::Single(instant) => instant,
            LocalResult::Ambiguous(..) => {
                return Err("this time comes twice in Amsterdam that night; expected Z or an offset such as +0100 behind it".to_owned());
            }
            LocalResult::None => return Err("this time does not exist in Amsterdam".to_owned()),
        },
    })
}

/// Splits numbers off the front of a name.
struct Parts<'a>(&'a str);

impl<'a> Parts<'a> {
    fn split(name: &'a str) -> Option<(NaiveDateTime, &'a str)> {
        let mut parts = Self(name);
        let year = parts.number(4)?;
        let dashed = parts.one_of(&['-']).is_some();
        let month = parts.number(2)?;
        if dashed {
            parts.one_of(&['-'])?;
        }
        let day = parts.number(2)?;
        parts.one_of(&['T', 't', '_', ' ', '-'])?;
        let hour = parts.number(2)?;
        let between = parts.one_of(&[':', '.', '-', '_']);
        let minute = parts.number(2)?;
        let second = parts.second(between);
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        Some((date.and_hms_opt(hour, minute, second)?, parts.0))
    }

    /// Seconds stand behind what stands behind the hours; where they do not, nothing is taken.
    fn second(&mut self, between: Option<char>) -> u32 {
        let mut ahead = Parts(self.0);
        let separated = between.is_none_or(|c| ahead.one_of(&[c]).is_some());
        match ahead.number(2).filter(|_| separated && !ahead.0.starts_with(|c: char| c.is_ascii_digit())) {
            Some(second) => {
                self.0 = ahead.0;
                second
            }
            None => 0,
        }
    }

    fn number(&mut self, digits: usize) -> Option<u32> {
        let text = self.0.get(..digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.0 = &self.0[digits..];
        text.parse().ok()
    }

    fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let first = self.0.chars().next().filter(|c| chars.contains(c))?;
        self.0 = &self.0[first.len_utf8()..];
        Some(first)
    }
}

/// `Z`, `+01:00`, `+0100` or `+01`, and no more behind it; none where a name goes on otherwise. Of what could be an
/// offset and is none, nobody knows what it says.
fn offset(rest: &str) -> Result<Option<FixedOffset>, String> {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    if rest.strip_prefix(['Z', 'z']).is_some_and(ends) {
        return Ok(FixedOffset::east_opt(0));
    }
    let unclear = || {
        format!(
            "it is not clear what \"{rest}\" says behind the time; expected Z, an offset such as +0100, or a letter"
        )
    };
    let mut parts = Parts(rest);
    let Some(sign) = parts.one_of(&['+', '-']) else {
        let zone = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let named = (2..=4).contains(&zone.len()) && zone.bytes().all(|byte| byte.is_ascii_uppercase());
        return if named || rest.starts_with(['Z', 'z']) { Err(unclear()) } else { Ok(None) };
    };
    let Some(hours) = parts.number(2) else { return if sign == '-' { Ok(None) } else { Err(unclear()) } };
    let apart = parts.one_of(&[':']).is_some();
    let minutes = parts.number(2);
    let whole = ends(parts.0) && !parts.0.starts_with('-') && (minutes.is_some() || !apart);
    // A serial number may stand behind a dash as well: an offset has four digits there.
    let sure = sign == '+' || minutes.is_some();
    let (hours, minutes) =
        (i32::try_from(hours).unwrap_or(99), i32::try_from(minutes.unwrap_or(0)).unwrap_or(99));
    if !whole || !sure || hours > 14 || minutes > 59 {
        return Err(unclear());
    }
    let seconds = (hours * 60 + minutes) * 60;
    Ok(FixedOffset::east_opt(if sign == '+' { seconds } else { -seconds }))
}

#[cfg(test)]
mod tests {
    use super::in_name;

    #[track_caller]
    fn case(name: &str, expected: Option<&str>) {
        assert_eq!(in_name(name).ok().map(|time| time.to_rfc3339()).as_deref(), expected, "{name}");
    }

    #[test]
    fn a_time_in_a_name_is_read() {
        case("2026-02-10T1405.html", Some("2026-02-10T14:05:00+01:00"));
        case("buitenland-2026-02-10_14-05-30.txt", Some("2026-02-10T14:05:30+01:00"));
        case("20260710T140530Z.html", Some("2026-07-10T16:05:30+02:00"));
        case("2026-02-10T14:05:00-0500.html", Some("2026-02-10T20:05:00+01:00"));
        case("2026-02-10T1405-buitenland.html", Some("2026-02-10T14:05:00+01:00"));
        case("nr 12 van 2026-02-10 14.05.html", Some("2026-02-10T14:05:00+01:00"));
        case("2026-02-10.html", None);
        case("2026-02-30T1405.html", None);
        case("2026-02-10T1405Zeeland.html", None);
        case("2026-02-10T1405-12.html", None);
        case("2026-02-10T1405-1234-binnenland.html", None);
        case("2026-02-10T1405+2500.html", None);
        case("2026-02-10T1405CET.html", None);
        case("2026-02-10T1405_3.html", Some("2026-02-10T14:05:00+01:00"));
        case("page.html", None);
        case("2026-99999999T9999.html", None);
    }

    #[test]
    fn a_time_that_comes_twice_needs_its_zone() {
        case("2025-10-26T0230.html", None);
        case("2025-10-26T0230+0200.html", Some("2025-10-26T02:30:00+02:00"));
        case("2025-10-26T0230+01.html", Some("2025-10-26T02:30:00+01:00"));
        case("2026-03-29T0230.html", None);
    }
}
