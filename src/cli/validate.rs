//! `wirefeed validate`: what is wrong with a feed, where, and why.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::{Failure, output, terminal};
use crate::note::Note;
use crate::settings;
use crate::validate::report::{Checked, KINDS, Kind};
use crate::validate::{self, Level, Options, Policy, Severity, rules};
use crate::xml;

/// Where the settings of a folder stand.
const SETTINGS: &str = "wirefeed.toml";

/// Checks feeds: RSS and Atom, with their extensions
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wirefeed validate atom.xml\n  wirefeed validate public/ --report github --deny warning\n  wirefeed validate atom.xml --previous published/atom.xml --strict\n\nExit code 0: nothing found at the denied level; 1: something was; 2: something could not be checked."
)]
pub(super) struct Validate {
    /// The feeds: files, folders (all *.xml, *.atom and *.rss in them but OPML and sitemaps), or - for standard input
    #[arg(value_name = "FEED", required = true)]
    feeds: Vec<PathBuf>,
    /// The feed that this one replaces: entries must keep their ids and dates
    #[arg(long, value_name = "OLD")]
    previous: Option<PathBuf>,
    /// How many of the former ids may be gone at once
    #[arg(long, value_name = "SHARE", default_value = "50%", value_parser = percent, requires = "previous")]
    max_vanished: u8,
    /// Where the feed will live: its address, or the folder that it will be in, with a / at the end
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// What time it is, for dates in the future: RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = time)]
    now: Option<i64>,
    /// Makes an error of all that is valid and still wrong: no dates, not newest first, a title that is an error …
    #[arg(long)]
    strict: bool,
    /// The least severity that fails
    #[arg(long, value_name = "LEVEL")]
    deny: Option<Deny>,
    /// Does not tell a rule, or a kind of rules
    #[arg(long, value_name = "RULE", value_parser = known)]
    allow: Vec<String>,
    /// Makes a warning of a rule
    #[arg(long, value_name = "RULE", value_parser = known)]
    warn: Vec<String>,
    /// Makes an error of a rule
    #[arg(long, value_name = "RULE", value_parser = known)]
    error: Vec<String>,
    /// How the findings are written
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name)), default_value = KINDS[0].name)]
    report: String,
    /// Writes the report to a file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Settings; their [validate] table is read [default: wirefeed.toml here, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Deny {
    Error,
    Warning,
    Info,
}

impl Deny {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

/// The file's other tables are other commands'.
#[derive(Debug, Default, Deserialize)]
struct Settings {
    #[serde(default)]
    validate: Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
struct Table {
    deny: Option<Deny>,
    strict: bool,
    base: Option<String>,
    max_vanished: Option<String>,
    allow: Vec<String>,
    warn: Vec<String>,
    error: Vec<String>,
}

impl Validate {
    pub(super) fn run(self) -> Result<(), Failure> {
        let table = self.settings()?;
        let deny = self.deny.or(table.deny).unwrap_or(Deny::Error).severity();
        let options = self.options(table)?;
        let feeds = feeds(&self.feeds)?;
        if feeds.len() != 1 && self.previous.is_some() {
            return Err(Failure::Broken("--previous is compared with one feed; name one".to_owned()));
        }
        let previous = self.previous.as_deref().map(read).transpose().map_err(Failure::Broken)?;
        let checked: Vec<_> = feeds.iter().map(|path| check(path, previous.as_deref(), &options)).collect();
        let kind = Kind::named(&self.report).unwrap_or(&KINDS[0]);
        output::write(self.output.as_deref(), &|out| kind.write(&checked, out))?;
        if checked.iter().any(|file| file.outcome.is_err()) {
            return Err(Failure::Unchecked);
        }
        let worst = checked.iter().filter_map(|file| file.outcome.as_ref().ok()?.worst()).max();
        if worst >= Some(deny) { Err(Failure::Found) } else { Ok(()) }
    }

    fn settings(&self) -> Result<Table, Failure> {
        let path = match &self.config {
            Some(path) => path.clone(),
            None if Path::new(SETTINGS).is_file() => PathBuf::from(SETTINGS),
            None => return Ok(Table::default()),
        };
        let wrong = |why: &dyn std::fmt::Display| Failure::Broken(format!("{}: {why}", path.display()));
        let bytes = fs::read(&path).map_err(|error| wrong(&format!("cannot read: {error}")))?;
        let settings: Settings = settings::parse(&path, &bytes).map_err(Failure::Broken)?;
        let table = settings.validate;
        for name in table.allow.iter().chain(&table.warn).chain(&table.error) {
            known(name).map_err(|why| wrong(&format!("[validate]: {name}: {why}")))?;
        }
        Ok(table)
    }

    fn options(&self, table: Table) -> Result<Options, Failure> {
        let share = match table.max_vanished.as_deref().map(percent) {
            Some(Err(why)) => return Err(Failure::Broken(format!("{SETTINGS}: max-vanished: {why}"))),
            Some(Ok(share)) if self.max_vanished == validate::MAX_VANISHED => share,
            _ => self.max_vanished,
        };
        let levels = |names: &[String], level: Level| {
            names.iter().map(|name| (name.clone(), level)).collect::<Vec<_>>()
        };
        // What the command line says comes last and wins.
        let all = [
            levels(&table.allow, Level::Allow),
            levels(&table.warn, Level::As(Severity::Warning)),
            levels(&table.error, Level::As(Severity::Error)),
            levels(&self.allow, Level::Allow),
            levels(&self.warn, Level::As(Severity::Warning)),
            levels(&self.error, Level::As(Severity::Error)),
        ];
        Ok(Options {
            base: self.base.clone().or(table.base),
            now: Some(self.now.unwrap_or_else(clock)),
            max_vanished: Some(share),
            policy: Policy { levels: all.concat(), strict: self.strict || table.strict },
        })
    }
}

fn check(path: &Path, previous: Option<&[u8]>, options: &Options) -> Checked {
    let judged = |bytes: &[u8]| match previous {
        Some(old) => validate::compare(bytes, old, options),
        None => validate::check(bytes, options),
    };
    let outcome = read(path).and_then(|bytes| judged(&bytes).map_err(|limit| limit.to_string()));
    Checked { path: path.display().to_string(), outcome }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let limit = u64::try_from(xml::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let result = if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    result.map(|_| bytes).map_err(|error| format!("{}: cannot read: {error}", path.display()))
}

/// The files that are meant, those of a folder in the order of their names.
fn feeds(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in named {
        if path.is_dir() {
            let before = found.len();
            gather(path, &mut found)
                .map_err(|error| Failure::Broken(format!("{}: cannot read: {error}", path.display())))?;
            if found.len() == before {
                return Err(Failure::Broken(format!(
                    "{}: no *.xml, *.atom or *.rss is in this folder",
                    path.display()
                )));
            }
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

/// Roots of XML that stands beside feeds and is none: lists of feeds, and of pages.
const LISTS: &[&[u8]] = &[b"<opml", b"<urlset", b"<sitemapindex"];

/// Whether a file says at its beginning that it is a list. A feed may quote one, but begins with a root of its own.
fn is_list(path: &Path) -> bool {
    const BEGINNING: u64 = 1024;
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut head));
    let root = head.windows(2).position(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic());
    let begins = |at: usize| LISTS.iter().any(|list| head[at..].starts_with(list));
    read.is_ok() && root.is_some_and(begins)
}

fn gather(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        // A link to a folder may lead back here.
        let is_folder = fs::symlink_metadata(&path)?.is_dir();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if is_folder {
            gather(&path, found)?;
        } else if matches!(ending.as_str(), "xml" | "atom" | "rss") {
            if is_special(&path) {
                let why = "is a FIFO, a device or a socket, and was passed over; what it gives is read where it is named";
                terminal::notes(&path.display().to_string(), &[Note::general(why)], false);
            } else if !is_list(&path) {
                found.push(path);
            }
        }
    }
    Ok(())
}

/// Whether something is there that is neither a file nor a folder: to open it may wait for ever, or do something.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir())
}

#[expect(clippy::disallowed_methods, reason = "the clock is asked where --now does not tell it")]
fn clock() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn time(text: &str) -> Result<i64, String> {
    let parsed = DateTime::<FixedOffset>::parse_from_rfc3339(text);
    parsed
        .map(|time| time.timestamp())
        .map_err(|_| "expected a time such as 2026-02-10T14:05:00+01:00".to_owned())
}

fn percent(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('%').unwrap_or(text).parse().ok().filter(|share| *share <= 100);
    number.ok_or_else(|| "expected a share from 0% to 100%".to_owned())
}

fn known(name: &str) -> Result<String, String> {
    rules::is_known(name)
        .then(|| name.to_owned())
        .ok_or_else(|| "no such rule; \"wirefeed explain\" lists them all".to_owned())
}
