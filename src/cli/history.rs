//! `wirefeed history`: what a history holds.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use uuid::Uuid;

use super::convert::SelectionArguments;
use super::terminal::plain;
use super::{Failure, input, output};
use crate::content::Amount;
use crate::entry::Entry;
use crate::format;
use crate::history::{self, Detail, Stats};
use crate::resolve::{self, Instant, rfc3339};

/// Shows, prunes or begins a history
#[derive(Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Example:\n  wirefeed history list --history news.db --limit 20"
)]
pub(super) struct History {
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Database {
    /// The history
    #[arg(long = "history", value_name = "FILE")]
    path: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the entries, newest first
    #[command(after_help = "Example:\n  wirefeed history list --history news.db --place Kyiv")]
    List {
        #[command(flatten)]
        database: Database,
        #[command(flatten)]
        selection: SelectionArguments,
    },
    /// Shows one entry: its window, revisions, sightings and conflicts
    #[command(
        after_help = "Example:\n  wirefeed history show urn:uuid:cb4c8143-9bc7-59f7-8c94-832bbdae3beb --history news.db"
    )]
    Show {
        /// The entry's id, as in the feed
        #[arg(value_parser = id)]
        id: Uuid,
        #[command(flatten)]
        database: Database,
    },
    /// Counts by day, place and agency
    #[command(after_help = "Example:\n  wirefeed history stats --history news.db")]
    Stats {
        #[command(flatten)]
        database: Database,
    },
    /// Forgets what no page has had since a date
    #[command(after_help = "Example:\n  wirefeed history prune --before 2026-01-01 --history news.db")]
    Prune {
        /// A date in Amsterdam
        #[arg(long, value_name = "DATE", value_parser = date)]
        before: Instant,
        #[command(flatten)]
        database: Database,
    },
    /// Takes over the entries of an Atom feed that wirefeed published
    #[command(after_help = "Example:\n  wirefeed history import atom.xml --history news.db")]
    Import {
        /// The feed
        feed: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Writes all whole entries of a damaged history to a new one
    #[command(after_help = "Example:\n  wirefeed history salvage news.db saved.db")]
    Salvage {
        /// The damaged history, which stays as it is
        old: PathBuf,
        /// The new one, a file that is not there
        new: PathBuf,
    },
}

impl History {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::List { database, selection } => database.list(&selection),
            Command::Show { database, id } => database.show(id),
            Command::Stats { database } => database.stats(),
            Command::Prune { database, before } => database.prune(before),
            Command::Import { database, feed } => database.import(&feed),
            Command::Salvage { old, new } => salvage(&old, &new),
        }
    }
}

impl Database {
    fn broken(&self) -> impl Fn(history::Error) -> Failure {
        |error| Failure::history(&self.path, &error)
    }

    /// Opens it, if it is whole.
    fn open(
        &self,
        how: fn(&Path) -> Result<history::History, history::Error>,
    ) -> Result<history::History, Failure> {
        let history = how(&self.path).map_err(self.broken())?;
        history.check().map_err(self.broken())?;
        Ok(history)
    }

    fn list(&self, selection: &SelectionArguments) -> Result<(), Failure> {
        let entries = self
            .open(history::History::read)?
            .entries(&selection.selection(), Amount::Title)
            .map_err(self.broken())?;
        output::write(None, &|out| entries.iter().try_for_each(|entry| line(out, entry)))
    }

    fn show(&self, id: Uuid) -> Result<(), Failure> {
        let detail = self.open(history::History::read)?.show(id).map_err(self.broken())?;
        let unknown = || Failure::Refused(format!("{}: holds no entry {}", self.path.display(), id.urn()));
        let detail = detail.ok_or_else(unknown)?;
        output::write(None, &|out| describe(out, &detail))
    }

    fn stats(&self) -> Result<(), Failure> {
        let stats = self.open(history::History::read)?.stats().map_err(self.broken())?;
        output::write(None, &|out| count(out, &stats))
    }

    fn prune(&self, before: Instant) -> Result<(), Failure> {
        let count = self.open(history::History::existing)?.prune(before).map_err(self.broken())?;
        output::write(None, &|out| writeln!(out, "{count} entries forgotten"))
    }

    fn import(&self, path: &Path) -> Result<(), Failure> {
        let (bytes, _) = input::read_file(path)?;
        let name = path.display();
        if bytes.len() > crate::page::MAX_BYTES {
            return Err(Failure::Broken(format!("{name}: is larger than any feed of wirefeed")));
        }
        let feed = format::read_atom(&bytes).map_err(|why| Failure::Broken(format!("{name}: {why}")))?;
        let mut history = self.open(history::History::open)?;
        let imported = history.import(&feed, history::digest(&bytes, None)).map_err(self.broken())?;
        output::write(None, &|out| {
            writeln!(out, "{} entries taken over, {} were there", imported.new, imported.known)
        })
    }
}

fn salvage(old: &Path, new: &Path) -> Result<(), Failure> {
    let salvaged = history::History::salvage(old, new).map_err(|error| {
        let is_of_new = matches!(error, history::Error::There | history::Error::New(_));
        Failure::history(if is_of_new { new } else { old }, &error)
    })?;
    let history::Salvaged { entries, revisions, captures, sightings } = salvaged;
    output::write(None, &|out| {
        for (name, saved) in
            [("entries", entries), ("revisions", revisions), ("captures", captures), ("sightings", sightings)]
        {
            writeln!(out, "{name:<10} {} saved, {} lost", saved.kept, saved.lost)?;
        }
        Ok(())
    })
}

fn line(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    let time = entry.published.map_or_else(|| "no time         ".to_owned(), minute);
    writeln!(out, "{}  {time}  {}", entry.id, plain(&entry.title))
}

fn describe(out: &mut dyn Write, detail: &Detail) -> io::Result<()> {
    let entry = &detail.entry;
    writeln!(out, "{}\n{}", plain(&entry.title), entry.id.urn())?;
    if let Some(link) = &entry.link {
        writeln!(out, "{}", plain(link))?;
    }
    let published = entry.published.map_or_else(|| "not known".to_owned(), rfc3339);
    let window = entry.window.map_or_else(
        || "not known".to_owned(),
        |window| format!("{} to {}", rfc3339(window.earliest), rfc3339(window.latest)),
    );
    writeln!(out, "published  {published}\nwindow     {window}\nupdated    {}", rfc3339(entry.updated))?;
    let agencies: Vec<_> = entry.agencies.iter().map(|agency| agency.code.as_ref()).collect();
    for (name, values) in [
        ("places", entry.places.join(", ")),
        ("sections", entry.sections.join(", ")),
        ("agencies", agencies.join(", ")),
    ] {
        writeln!(out, "{name:<10} {}", plain(&values))?;
    }
    for (number, revision) in (1..).zip(&detail.revisions) {
        writeln!(out, "\nrevision {number}, first seen {}", rfc3339(revision.first))?;
        let wording = &revision.wording;
        if let Some(headline) = &wording.headline {
            writeln!(out, "  {}", plain(headline))?;
        }
        if let Some(dateline) = &wording.dateline {
            writeln!(out, "  {}", plain(dateline))?;
        }
        for paragraph in wording.paragraphs() {
            writeln!(out, "  {}{}", if paragraph.subhead { "# " } else { "" }, plain(paragraph.text))?;
        }
    }
    writeln!(out, "\nsightings")?;
    for seen in &detail.seen {
        let window = seen.window.map_or_else(
            || "no time".to_owned(),
            |(earliest, latest)| format!("{} to {}", rfc3339(earliest), rfc3339(latest)),
        );
        let marks = [(seen.stale, ", from a cache"), (seen.conflict, ", in conflict")];
        let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        let (at, place, revision) = (rfc3339(seen.at), seen.place, seen.revision);
        writeln!(out, "  {at}  place {place}, revision {revision}: {window}{marks}")?;
    }
    Ok(())
}

fn count(out: &mut dyn Write, stats: &Stats) -> io::Result<()> {
    let between = stats
        .between
        .map_or_else(String::new, |(first, last)| format!(", {} to {}", rfc3339(first), rfc3339(last)));
    writeln!(out, "captures   {}{between}", stats.captures)?;
    writeln!(out, "entries    {}, {} of them edited", stats.entries, stats.edited)?;
    writeln!(out, "sightings  {}", stats.sightings)?;
    let most_first = |counts: &std::collections::BTreeMap<String, u64>| {
        let mut counts: Vec<_> = counts.iter().map(|(name, count)| (name.clone(), *count)).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        counts
    };
    let days = stats.days.iter().map(|(name, count)| (name.clone(), *count)).collect();
    for (name, counts) in
        [("day", days), ("place", most_first(&stats.places)), ("agency", most_first(&stats.agencies))]
    {
        writeln!(out, "\nby {name}")?;
        for (name, count) in counts {
            writeln!(out, "{count:>7}  {}", plain(&name))?;
        }
    }
    Ok(())
}

fn minute(time: Instant) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}

fn id(text: &str) -> Result<Uuid, String> {
    Uuid::try_parse(text)
        .map_err(|_| "expected an id such as urn:uuid:cb4c8143-9bc7-59f7-8c94-832bbdae3beb".to_owned())
}

fn date(text: &str) -> Result<Instant, String> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(|date| date.and_hms_opt(0, 0, 0));
    let instant = date.and_then(resolve::local).ok_or("expected a date such as 2026-01-01")?;
    input::within(instant)
}
