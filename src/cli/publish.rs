//! `wirefeed publish`: from the page's address to a folder that any static host serves. `wirefeed init`: its file.

use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use serde::Serialize;
use url::Url;

use super::fetching::{self, Asked, Fetched};
use super::{Failure, convert, input, output, terminal};
use crate::fetch::Page;
use crate::history::{History, Said, Tally};
use crate::note::Note;
use crate::publish::config::{self, AMOUNTS, KINDS, Keys, Task};
use crate::publish::host::{HOSTS, Host};
use crate::publish::{self, LANGUAGES, Language};
use crate::resolve::Instant;
use crate::{Error, Options};

/// The file that says what is published.
const CONFIG: &str = "wirefeed.toml";

/// Fetches a page and brings the folder of its feeds up to date
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wirefeed publish\n  wirefeed publish https://example.nl/buitenland --to public --url https://example.org/nieuws/"
)]
pub(super) struct Publish {
    /// The page's address; without one, and without --no-fetch, wirefeed.toml says what is published
    #[arg(value_name = "SOURCE", value_parser = config::web_address)]
    source: Option<Url>,
    /// The page's address, as an option
    #[arg(long = "source", value_name = "URL", value_parser = config::web_address, conflicts_with = "source")]
    page: Option<Url>,
    /// Reads this file [default: wirefeed.toml]; the other options are stronger
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyArguments,
    /// Fetches nothing: publishes what the history holds
    #[arg(long)]
    no_fetch: bool,
    /// Takes this for the time of the capture, and of the run: RFC 3339, or local time in Amsterdam
    #[arg(long, value_name = "TIME", value_parser = input::time)]
    captured_at: Option<Instant>,
    /// Publishes also what has faults, and over files that wirefeed did not write
    #[arg(long)]
    force: bool,
    /// Tells what was done for people or for programs
    #[arg(long, value_name = "FORM", default_value = "text")]
    report: Form,
    /// Ends with exit code 1 where there is any note; all that can be published is published
    #[arg(long)]
    strict: bool,
    /// Tells no notes but those of what was not read or was left out, and nothing where all went well
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
}

/// What wirefeed.toml says too, by the same names.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args)]
#[command(next_help_heading = "Site")]
struct KeyArguments {
    /// The folder that is served
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// The address at which the folder is served
    #[arg(long, value_name = "URL", value_parser = config::web_address)]
    url: Option<Url>,
    /// Keeps every item ever seen in this file [default: wirefeed.db]
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Where it is noted which files are wirefeed's [default: .NAME.wirefeed beside the folder]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// The feeds' title [default: the page's section, or its title]
    #[arg(long)]
    title: Option<String>,
    /// The feeds' subtitle
    #[arg(long)]
    subtitle: Option<String>,
    /// The author of items without an agency [default: the source's host]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// The language of the pages [default: nl]
    #[arg(long, value_name = "TAG", value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|row| row.0)))]
    language: Option<String>,
    /// Whom the site may turn to; part of the user agent
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// How much of each text is published; to republish it is the publisher's duty to have permission [default: full]
    #[arg(long, value_name = "AMOUNT", value_parser = PossibleValuesParser::new(AMOUNTS.iter().map(|row| row.0)))]
    content: Option<String>,
    /// Only the newest N entries in each feed and page [default: 200]; the main feed has all that stand in no archive yet
    #[arg(long, value_name = "N")]
    limit: Option<NonZeroUsize>,
    /// Leaves the lead article out
    #[arg(long)]
    no_lead: bool,
    /// Adds the lines of the ticker as entries of their own
    #[arg(long)]
    ticker: bool,
    /// For what there are feeds of their own [default: section, place and agency]
    #[arg(long, value_name = "KIND", num_args = 1.., value_parser = PossibleValuesParser::new(KINDS.iter().map(|row| row.0)))]
    feeds_by: Vec<String>,
    /// A place, agency or section has feeds from N entries on [default: 3]
    #[arg(long, value_name = "N")]
    at_least: Option<NonZeroUsize>,
    /// Writes compressed files beside the others
    #[arg(long)]
    compress: bool,
    /// Writes the files that a host reads
    #[arg(long = "host", value_name = "HOST", num_args = 1.., value_parser = PossibleValuesParser::new(HOSTS.iter().map(|host| host.name)))]
    hosts: Vec<String>,
    /// Lets search engines list the pages
    #[arg(long)]
    index: bool,
    /// Takes templates from this folder in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Waits so long for another run in the same folder; 0 gives up at once [default: 60]
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u32>,
}

/// What became of one feed.
#[derive(Serialize)]
struct Outcome {
    to: PathBuf,
    /// `published`, `unchanged` or `failed`.
    #[serde(rename = "outcome")]
    end: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// `page`, `not-modified`, `not-due` or `none`.
    fetched: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
    #[serde(flatten)]
    tally: Tally,
    #[serde(flatten)]
    report: publish::Report,
}

#[derive(Serialize)]
struct Outcomes<'a> {
    feeds: &'a [Outcome],
}

impl Publish {
    pub(super) fn run(self) -> Result<(), Failure> {
        let tasks = self.tasks()?;
        let mut worst: Option<Failure> = None;
        let mut outcomes = Vec::new();
        let is_alone = tasks.len() == 1;
        for (number, task) in tasks.iter().enumerate() {
            let shared = shared_history(task, &tasks[..number]);
            let (outcome, failure) = self.one(task, shared);
            if let Some(failure) = failure {
                // With one feed the command's own end says it.
                if !is_alone {
                    failure.tell();
                }
                worst = Some(worse(worst, failure));
            }
            outcomes.push(outcome);
        }
        self.tell(&outcomes)?;
        let notes: usize = outcomes.iter().map(|outcome| outcome.notes.len()).sum();
        match worst {
            None if self.strict && notes > 0 => Err(Failure::Refused(format!(
                "{notes} note(s), and --strict allows none; what can be published is published"
            ))),
            None => Ok(()),
            Some(failure) if is_alone => Err(failure),
            Some(failure) => {
                Err(failure.counted(outcomes.iter().filter(|o| o.error.is_some()).count(), outcomes.len()))
            }
        }
    }

    /// From the file where there is one, else from the options alone.
    fn tasks(&self) -> Result<Vec<Task>, Failure> {
        let source = self.source.as_ref().or(self.page.as_ref());
        let keys = self.keys.keys(source.cloned());
        let named = self.config.as_deref();
        let is_described = source.is_some() || (self.no_fetch && self.keys.to.is_some());
        let is_read = named.is_some() || !is_described;
        let feeds = match named {
            None if is_described => vec![keys],
            _ => {
                let path = named.unwrap_or(Path::new(CONFIG));
                let (bytes, _) =
                    input::read_file(path).map_err(|failure| failure.hint(named.is_none(), HINT))?;
                let feeds = config::read(&bytes, path).map_err(Failure::Broken)?;
                feeds.into_iter().map(|feed| keys.clone().over(&feed)).collect()
            }
        };
        let is_alone = feeds.len() == 1;
        let task = |(number, keys): (usize, Keys)| {
            let task = keys.task().and_then(|mut task| {
                task.site.force = self.force;
                let is_there = task.source.is_some() || self.no_fetch;
                is_there.then_some(task).ok_or_else(|| NO_SOURCE.to_owned())
            });
            let which = if is_alone { String::new() } else { format!("[[feed]] {number}: ") };
            let unread = if is_read || !Path::new(CONFIG).is_file() { "" } else { UNREAD };
            task.map_err(|why| Failure::Broken(format!("{which}{why}{unread}")))
        };
        let tasks = (1..).zip(feeds).map(task).collect::<Result<Vec<_>, _>>()?;
        config::told_apart(&tasks).map_err(Failure::Broken)?;
        Ok(tasks)
    }

    /// Tells notes, and keeps them for the report.
    fn note(&self, name: &str, notes: Vec<Note>, outcome: &mut Outcome) {
        terminal::notes(name, &notes, self.quiet);
        outcome.notes.extend(notes);
    }

    fn one(&self, task: &Task, shared: Option<Note>) -> (Outcome, Option<Failure>) {
        let mut outcome = Outcome {
            to: task.site.folder.clone(),
            end: "failed",
            error: None,
            fetched: "none",
            notes: Vec::new(),
            tally: Tally::default(),
            report: publish::Report::default(),
        };
        self.note(&task.site.folder.display().to_string(), shared.into_iter().collect(), &mut outcome);
        match self.bring_up(task, &mut outcome) {
            Ok(()) => {
                outcome.end = if outcome.report.unchanged { "unchanged" } else { "published" };
                (outcome, None)
            }
            Err(failure) => {
                outcome.error = Some(failure.message().to_owned());
                (outcome, Some(failure))
            }
        }
    }

    /// The history first: what it holds can be published again, what it lacks is lost.
    fn bring_up(&self, task: &Task, outcome: &mut Outcome) -> Result<(), Failure> {
        let broken = |error: crate::history::Error| Failure::history(&task.history, &error);
        let mut history =
            if self.no_fetch { History::existing_or_copy } else { History::open }(&task.history)
                .map_err(broken)?;
        let source = task.source.as_ref();
        if let Some(address) = source.filter(|_| !self.no_fetch) {
            let asked = Asked { contact: task.contact.as_deref(), captured_at: self.captured_at };
            outcome.fetched = match fetching::fetch_known(address, asked, &mut history, &broken)? {
                Fetched::NotModified => "not-modified",
                Fetched::NotDue(due) => {
                    if !self.quiet {
                        fetching::tell_rest(address, due);
                    }
                    "not-due"
                }
                Fetched::Page(page) => {
                    outcome.tally = self.keep(task, address, &page, &mut history, outcome)?;
                    "page"
                }
            };
        }
        let known = source.map(|address| history.source(address.as_str())).transpose().map_err(broken)?;
        let said = known.flatten().map_or_else(Said::default, |known| known.said);
        let site = publish::Site { said, ..task.site.clone() };
        let now = self.captured_at.unwrap_or_else(fetching::now);
        outcome.report = match publish::publish(&mut history, &site, now) {
            // Nothing came yet, and nothing was to come.
            Err(publish::Error::Empty) if outcome.fetched == "not-due" => {
                publish::Report { unchanged: true, ..publish::Report::default() }
            }
            report => report.map_err(|error| failure(&error))?,
        };
        let notes = std::mem::take(&mut outcome.report.notes);
        self.note(
            &site.folder.display().to_string(),
            [notes, misplaced_hosts(&site, &outcome.report)].concat(),
            outcome,
        );
        Ok(())
    }

    /// Takes a page into the history; what a server knows it by is kept with it, or not at all.
    fn keep(
        &self,
        task: &Task,
        address: &Url,
        page: &Page,
        history: &mut History,
        outcome: &mut Outcome,
    ) -> Result<Tally, Failure> {
        let broken = |error: crate::history::Error| Failure::history(&task.history, &error);
        let name = fetching::shown(address);
        let options = Options {
            charset: page.charset.clone(),
            source: page.validators.shown(),
            name: address.host_str().unwrap_or_default().to_owned(),
            ..Options::default()
        };
        self.note(&name, page.notes.clone(), outcome);
        let kept = crate::tell(&page.bytes, &page.captured, &options, |told| {
            self.note(&name, told.notes.to_vec(), outcome);
            let digest = crate::history::digest(&page.bytes, options.source.as_ref());
            let mut batch = history.begin()?;
            batch.apply(told.captured, digest, &told.sightings)?;
            batch.remember(address.as_str(), &fetching::source(page, &told.source))?;
            let tally = batch.tally();
            batch.commit()?;
            Ok(tally)
        });
        match kept {
            Ok((tally, _)) => tally.map_err(broken),
            Err(error) => Err(match error {
                // An error page in the dress of a good one.
                Error::NoItems | Error::NothingSelected(_) | Error::TooLarge(_) | Error::TooManyLines => {
                    Failure::Refused(format!("{name}: {error}"))
                }
                Error::Template(_) => convert::failure(&name, &error),
            }),
        }
    }

    fn tell(&self, outcomes: &[Outcome]) -> Result<(), Failure> {
        output::write(None, &|out| match self.report {
            Form::Json => {
                serde_json::to_writer_pretty(&mut *out, &Outcomes { feeds: outcomes })?;
                writeln!(out)
            }
            Form::Text if self.quiet => Ok(()),
            Form::Text => outcomes.iter().filter(|outcome| outcome.error.is_none()).try_for_each(|outcome| {
                let folder =
                    if outcomes.len() > 1 { format!("{}: ", outcome.to.display()) } else { String::new() };
                writeln!(out, "{}", terminal::plain(&format!("{folder}{}", summary(outcome))))
            }),
        })
    }
}

/// What is said where a feed has no page.
const NO_SOURCE: &str =
    "no page's address is given; expected one, or source = \"…\" in wirefeed.toml, or --no-fetch";

/// What is said where wirefeed.toml is there and an address is given besides.
const UNREAD: &str = "; wirefeed.toml is not read beside an address, but for --config wirefeed.toml";

/// What is said where there is no wirefeed.toml.
const HINT: &str = "give the page's address, --to and --url, or begin with \"wirefeed init\"";

/// Says where a feed shares its history with one before it, of another page: each publishes what both of them bring.
fn shared_history(task: &Task, before: &[Task]) -> Option<Note> {
    let shares = |other: &&Task| other.history == task.history && other.source != task.source;
    let other = before.iter().find(shares)?;
    Some(Note::general(format!(
        "shares the history {} with {}, and publishes what both bring; give it a \"history\" of its own if that is not meant",
        task.history.display(),
        other.site.folder.display()
    )))
}

/// Says, when a host's file is new, that the host will not find it where it stands.
fn misplaced_hosts(site: &publish::Site, report: &publish::Report) -> Vec<Note> {
    let is_new = |host: &&&Host| report.changes.written.iter().any(|path| path == host.path);
    let below = site.hosts.iter().filter(|host| host.at_top && site.url.path() != "/").filter(is_new);
    let note = |host: &&Host| {
        Note::general(format!(
            "{} reads {} at the top of what it serves; copy it there, for {} is below",
            host.title, host.path, site.url
        ))
    };
    below.map(note).collect()
}

/// What a person likes to read.
fn summary(outcome: &Outcome) -> String {
    if outcome.report.unchanged && outcome.tally == Tally::default() {
        return "unchanged".to_owned();
    }
    let changes = &outcome.report.changes;
    let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let mut parts = vec![format!("{} new", outcome.tally.new), format!("{} edited", outcome.tally.edited)];
    parts.extend(outcome.report.entries.map(|entries| format!("{entries} in the feed")));
    parts.push(format!("{} written", files(changes.written.len())));
    if !changes.removed.is_empty() {
        parts.push(format!("{} removed", files(changes.removed.len())));
    }
    parts.join(", ")
}

fn worse(worst: Option<Failure>, failure: Failure) -> Failure {
    match worst {
        Some(Failure::Broken(why)) => Failure::Broken(why),
        _ => failure,
    }
}

fn failure(error: &publish::Error) -> Failure {
    let message = error.to_string();
    match error {
        publish::Error::Gate(_) | publish::Error::Empty => Failure::Refused(message),
        _ => Failure::Broken(message),
    }
}

impl KeyArguments {
    fn keys(&self, source: Option<Url>) -> Keys {
        let row = |name: &String| HOSTS.iter().find(|host| host.name == *name);
        let kind = |name: &String| KINDS.iter().find(|row| row.0 == *name).map(|row| row.1);
        let amount = |name: &String| AMOUNTS.iter().find(|row| row.0 == *name).map(|row| row.1);
        let some = |names: &Vec<String>| (!names.is_empty()).then_some(());
        Keys {
            source,
            url: self.url.clone(),
            to: self.to.clone(),
            state: self.state.clone(),
            history: self.history.clone(),
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            author: self.author.clone(),
            language: self.language.as_deref().and_then(Language::named),
            contact: self.contact.clone(),
            content: self.content.as_ref().and_then(amount),
            limit: self.limit,
            lead: self.no_lead.then_some(false),
            ticker: self.ticker.then_some(true),
            feeds_by: some(&self.feeds_by).map(|()| self.feeds_by.iter().filter_map(kind).collect()),
            at_least: self.at_least,
            compress: self.compress.then_some(true),
            hosts: some(&self.hosts).map(|()| self.hosts.iter().filter_map(row).collect()),
            index: self.index.then_some(true),
            templates: self.templates.clone(),
            wait: self.wait,
            ..Keys::default()
        }
    }
}

/// Writes a wirefeed.toml in which every line is explained
#[derive(Args)]
#[command(
    after_help = "Example:\n  wirefeed init https://example.nl/buitenland --url https://example.org/nieuws/"
)]
pub(super) struct Init {
    /// The page's address
    #[arg(value_name = "SOURCE", value_parser = config::web_address)]
    source: Option<Url>,
    /// The address at which the folder will be served
    #[arg(long, value_name = "URL", value_parser = config::web_address)]
    url: Option<Url>,
    /// The folder that will be served
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Writes this file
    #[arg(long, value_name = "FILE", default_value = CONFIG)]
    config: PathBuf,
}

impl Init {
    pub(super) fn run(self) -> Result<(), Failure> {
        let name = self.config.display().to_string();
        let mut text = include_str!("../../templates/wirefeed.toml").to_owned();
        let to = self.to.map(|to| to.to_string_lossy().into_owned());
        for (key, value) in
            [("source", self.source.map(String::from)), ("url", self.url.map(String::from)), ("to", to)]
        {
            let Some(value) = value else { continue };
            let line = text.lines().find(|line| line.starts_with(&format!("{key} = "))).map(str::to_owned);
            if let Some(line) = line {
                // A JSON string of an address or a path is a TOML one.
                text = text.replacen(&line, &format!("{key} = {}", serde_json::json!(value)), 1);
            }
        }
        let mut options = std::fs::File::options();
        let written = options
            .write(true)
            .create_new(true)
            .open(&self.config)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        match written {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(Failure::Broken(format!(
                "{name}: is there already; move it away, or name another file with --config"
            ))),
            written => written.map_err(|error| Failure::writing(&name, &error)),
        }?;
        output::write(None, &|out| {
            let more =
                if self.config == Path::new(CONFIG) { String::new() } else { format!(" --config {name}") };
            writeln!(out, "{name} is written; look it through, then run \"wirefeed publish{more}\"")
        })
    }
}
