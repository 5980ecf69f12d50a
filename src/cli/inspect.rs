//! `wirefeed inspect`: what was understood of a page.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use url::Url;

use super::fetching::{self, Asked};
use super::input::{self, Captured};
use super::terminal::plain;
use super::{Failure, convert, output};
use crate::fetch::Page;
use crate::link::Addresses;
use crate::note::Note;
use crate::resolve::{self, Instant, Reading, rfc3339};
use crate::wire::item::{Item, Role};
use crate::wire::{self, place};
use crate::{Error, entry};

/// Shows what was understood of a page, item by item
#[derive(Args)]
#[command(after_help = "Example:\n  wirefeed inspect page.html --json")]
pub(super) struct Inspect {
    /// The page: a file with text or HTML, an address that begins with http, or - for standard input
    #[arg(value_name = "PAGE")]
    page: PathBuf,
    #[command(flatten)]
    reading: input::Reading,
    /// JSON instead of a table; README.md describes its shape
    #[arg(long)]
    json: bool,
}

/// How many columns the table takes.
const COLUMNS: usize = 80;

const AGE: Style = AnsiColor::Cyan.on_default();
const HEAD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// What `--json` writes.
#[derive(Serialize)]
struct Report<'a> {
    page: &'a str,
    captured_at: String,
    title: Option<&'a str>,
    link: Option<&'a str>,
    items: Vec<Row<'a>>,
    notes: &'a [Note],
}

/// One item of the report.
#[derive(Serialize)]
struct Row<'a> {
    line: u32,
    role: &'static str,
    section: Option<&'a str>,
    headline: Option<&'a str>,
    kicker: Option<&'a str>,
    places: Vec<String>,
    agencies: Vec<&'a str>,
    age: Option<&'a str>,
    earliest: Option<String>,
    latest: Option<String>,
    published: Option<String>,
    link: Option<&'a str>,
    text: String,
    notes: Vec<&'a Note>,
}

impl Inspect {
    pub(super) fn run(self) -> Result<(), Failure> {
        let fetched = fetching::address(&self.page).transpose()?.map(|address| self.fetch(&address));
        let (captured, web) = match fetched.transpose()? {
            Some((captured, page)) => (captured, Some(page)),
            None => (self.reading.read(&self.page, false)?, None),
        };
        let refused = |error: Error| convert::failure(&captured.name, &error);
        let charset = web.as_ref().and_then(|page| page.charset.as_deref());
        let (page, mut notes) =
            crate::read(&captured.bytes, self.reading.markup(), charset).map_err(refused)?;
        let (items, oddities) = wire::items(&page);
        notes.extend(oddities);
        notes.extend(web.iter().flat_map(|page| page.notes.iter().cloned()));
        let source = web.as_ref().and_then(|page| page.validators.shown());
        notes.extend(entry::sightings(&items, captured.at, &Addresses::of(&page, source.as_ref())).1);
        notes.sort();
        let report = Report {
            page: &captured.name,
            captured_at: rfc3339(captured.at),
            title: page.title.as_deref(),
            link: page.link.as_deref(),
            items: rows(&items, captured.at, &notes),
            notes: &notes,
        };
        if self.json {
            output::write(None, &|out| {
                serde_json::to_writer_pretty(&mut *out, &report)?;
                out.write_all(b"\n")
            })?;
            return if report.items.is_empty() { Err(refused(Error::NoItems)) } else { Ok(()) };
        }
        let table = table(&report, &captured).map_err(|error| Failure::writing("table", &error))?;
        let mut out = anstream::stdout().lock();
        out.write_all(&table)
            .and_then(|()| out.flush())
            .map_err(|error| Failure::writing("standard output", &error))?;
        if report.items.is_empty() { Err(refused(Error::NoItems)) } else { Ok(()) }
    }

    /// A page from the web, and what else its answer said.
    fn fetch(&self, address: &Url) -> Result<(Captured, Page), Failure> {
        let asked = Asked { captured_at: self.reading.captured_at(), ..Asked::default() };
        let mut page = fetching::fetch(address, asked)?;
        let captured = Captured {
            name: fetching::shown(address),
            stem: address.host_str().unwrap_or_default().to_owned(),
            bytes: std::mem::take(&mut page.bytes),
            at: page.captured,
        };
        Ok((captured, page))
    }
}

/// A row an item, each with the notes about its lines. The notes are in the order of their lines.
fn rows<'a>(items: &'a [Item<'a>], captured: Instant, notes: &'a [Note]) -> Vec<Row<'a>> {
    let next = items.iter().skip(1).map(|item| item.line).chain([u32::MAX]);
    let row = |(item, next): (&'a Item<'a>, u32)| {
        let first = notes.partition_point(|note| note.line < item.line);
        let about = notes[first..].iter().take_while(|note| note.line < next);
        Row { notes: about.collect(), ..row(item, captured) }
    };
    items.iter().zip(next).map(row).collect()
}

fn row<'a>(item: &'a Item<'a>, captured: Instant) -> Row<'a> {
    let reading = item.stamp.as_ref().and_then(|stamp| resolve::resolve(&stamp.time, captured).ok());
    let time = |moment: fn(&Reading) -> Instant| reading.as_ref().map(moment).map(rfc3339);
    let agencies = item.dateline.as_ref().map_or(&[][..], |dateline| &dateline.agencies);
    Row {
        line: item.line,
        role: match item.role {
            Role::Lead => "lead",
            Role::Item => "item",
            Role::Ticker => "ticker",
        },
        section: item.section,
        headline: item.headline,
        kicker: item.dateline.as_ref().and_then(|dateline| dateline.kicker),
        places: item.places().iter().map(|name| place::readable(name)).collect(),
        agencies: agencies.iter().map(wire::dateline::Credit::name).collect(),
        age: item.stamp.as_ref().map(|stamp| stamp.printed),
        earliest: time(|reading| reading.window.earliest),
        latest: time(|reading| reading.window.latest),
        published: time(|reading| reading.published),
        link: item.link,
        text: item.paragraphs.iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n"),
        notes: Vec::new(),
    }
}

/// Two lines an item: where and when, then what.
fn table(report: &Report<'_>, captured: &Captured) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let at = captured.at.format("%a %d %b %Y %H:%M:%S");
    writeln!(out, "{HEAD}{}{HEAD:#}", fit(&format!("{}, captured {at}", report.page), COLUMNS))?;
    for row in &report.items {
        let places = if row.places.is_empty() { "-".to_owned() } else { row.places.join(", ") };
        let origin =
            if row.agencies.is_empty() { places } else { format!("{places} ({})", row.agencies.join(", ")) };
        let age = row.age.map_or_else(|| "no time".to_owned(), |age| format!("{age}: {}", window(row)));
        writeln!(
            out,
            "\n{FAINT}{:>5}{FAINT:#} {:<6} {AGE}{}{AGE:#}",
            row.line,
            row.role,
            fit(&age, COLUMNS - 13)
        )?;
        writeln!(out, "      {}", fit(&origin, COLUMNS - 6))?;
        if let Some(headline) = row.headline {
            writeln!(out, "      {HEAD}{}{HEAD:#}", fit(headline, COLUMNS - 6))?;
        }
        if !row.text.is_empty() {
            writeln!(out, "      {}", fit(&row.text, COLUMNS - 6))?;
        }
    }
    for note in report.notes {
        writeln!(out)?;
        for line in folded(&format!("note, line {}: {}", note.line, note.message), COLUMNS) {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out, "\n{} item(s), {} note(s)", report.items.len(), report.notes.len())?;
    Ok(out)
}

/// A text in lines of at most so many columns, broken between words.
fn folded(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in plain(text).split(' ') {
        match lines.last_mut().filter(|line| line.width() + 1 + word.width() <= columns) {
            Some(line) => line.extend([" ", word]),
            None => lines.push(fit(word, columns)),
        }
    }
    lines
}

fn window(row: &Row<'_>) -> String {
    match (&row.earliest, &row.latest) {
        (Some(earliest), Some(latest)) => {
            let short = |time: &str| time.get(..16).unwrap_or_default().replace('T', " ");
            format!("{} to {}", short(earliest), short(latest))
        }
        _ => "not understood, or after the capture".to_owned(),
    }
}

/// A text as one line of at most so many columns, with nothing in it that could steer a terminal.
fn fit(text: &str, columns: usize) -> String {
    let text = plain(&text.replace('\n', " "));
    if text.width() <= columns {
        return text;
    }
    let mut width = 0;
    let kept = text.chars().take_while(|c| {
        width += c.width().unwrap_or(0);
        width < columns
    });
    let mut line: String = kept.collect();
    line.push('…');
    line
}
