//! `wirefeed convert`: a page in, a feed out.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use url::Url;

use super::input::{Captured, Input};
use super::{Failure, output, terminal};
use crate::content::Amount;
use crate::feed::{Channel, Selection};
use crate::format::{FORMATS, Format};
use crate::note::Note;
use crate::{Error, Options};

/// Turns a page into a feed
#[derive(Args)]
#[command(
    after_help = "Example:\n  wirefeed convert page.html --source https://example.nl/nieuws --output atom.xml"
)]
pub(super) struct Convert {
    #[command(flatten)]
    input: Input,
    /// The feed's format [default: by the name of --output: rss.xml or *.rss RSS, *.json JSON, anything else Atom]
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    format: Option<String>,
    /// Writes the feed to a file, only if that changes it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    channel: ChannelArguments,
    #[command(flatten)]
    selection: SelectionArguments,
    /// How much of each text the feed holds; to republish it is the publisher's duty to have permission
    #[arg(long, value_name = "AMOUNT", default_value = "full")]
    content: Content,
    /// Fails with exit code 1 and writes nothing if there is any note
    #[arg(long)]
    strict: bool,
    /// Tells no notes
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Feed")]
struct ChannelArguments {
    /// The page's address: resolves its links, and is the feed's link
    #[arg(long, value_name = "URL", value_parser = address)]
    source: Option<Url>,
    /// The address at which the feed will stand
    #[arg(long, value_name = "URL", value_parser = address)]
    self_url: Option<Url>,
    /// The feed's title [default: the page's section, its title, or its file name]
    #[arg(long)]
    title: Option<String>,
    /// The feed's subtitle
    #[arg(long)]
    subtitle: Option<String>,
    /// The feed's language
    #[arg(long, value_name = "TAG", default_value = "nl", value_parser = language)]
    language: String,
    /// The author of items without an agency [default: the source's host, or the title]
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

#[derive(Args)]
#[command(next_help_heading = "Selection")]
struct SelectionArguments {
    /// Only the newest N entries
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only entries from this place; may be given several times
    #[arg(long, value_name = "CITY", num_args = 1..)]
    place: Vec<String>,
    /// Only entries of this agency, by code or name; may be given several times
    #[arg(long, value_name = "CODE", num_args = 1..)]
    agency: Vec<String>,
    /// Leaves the lead article out
    #[arg(long)]
    no_lead: bool,
    /// Adds the lines of the ticker as entries of their own
    #[arg(long)]
    ticker: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Content {
    Full,
    Excerpt,
    Title,
}

impl Convert {
    pub(super) fn run(self) -> Result<(), Failure> {
        let page = self.input.read(self.quiet)?;
        let format = self.format();
        let output = self.output.clone();
        let (strict, quiet) = (self.strict, self.quiet);
        let Captured { name, bytes, at, stem } = page;
        let options = self.options(stem);
        let converted = crate::convert(&bytes, &at, &options);
        drop(bytes);
        let (feed, mut notes) = converted.map_err(|error| failure(&name, &error))?;
        notes.extend(format.notes(&feed));
        tell(&name, &notes, strict, quiet)?;
        output::write(output.as_deref(), &|out| format.write(&feed, out))
    }

    fn format(&self) -> &'static Format {
        let by_name = || {
            let name = self.output.as_ref().and_then(|path| path.file_name());
            Format::of_file(&name.unwrap_or_default().to_string_lossy())
        };
        self.format.as_deref().and_then(Format::named).unwrap_or_else(by_name)
    }

    fn options(self, name: String) -> Options {
        Options {
            markup: self.input.markup(),
            charset: None,
            source: self.channel.source,
            name,
            amount: match self.content {
                Content::Full => Amount::Full,
                Content::Excerpt => Amount::Excerpt,
                Content::Title => Amount::Title,
            },
            selection: Selection {
                places: self.selection.place,
                agencies: self.selection.agency,
                no_lead: self.selection.no_lead,
                ticker: self.selection.ticker,
                limit: self.selection.limit,
            },
            channel: Channel {
                title: self.channel.title,
                subtitle: self.channel.subtitle,
                self_url: self.channel.self_url,
                language: Some(self.channel.language),
                author: self.channel.author,
            },
        }
    }
}

/// Tells the notes; with `strict` any of them stops the command.
fn tell(name: &str, notes: &[Note], strict: bool, quiet: bool) -> Result<(), Failure> {
    if !quiet {
        for note in notes {
            terminal::note(name, note);
        }
    }
    match notes.len() {
        count if count > 0 && strict => Err(Failure::Refused(format!(
            "{name}: {count} note(s), and --strict allows none; nothing was written"
        ))),
        _ => Ok(()),
    }
}

pub(super) fn failure(name: &str, error: &Error) -> Failure {
    let message = format!("{name}: {error}");
    match error {
        Error::NoItems | Error::NothingSelected(_) => Failure::Refused(message),
        Error::TooLarge(_) | Error::TooManyLines | Error::Template(_) => Failure::Broken(message),
    }
}

fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|error| format!("{error}; expected an address such as https://example.nl/nieuws"))?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    web.then_some(url).ok_or_else(|| "expected an address that begins with http:// or https://".to_owned())
}

/// The form of a language tag (RFC 5646 2.1): a language of two to eight letters, then subtags.
fn language(text: &str) -> Result<String, String> {
    let part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = text.split('-').next().unwrap_or_default();
    let formed =
        text.split('-').all(part) && first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    formed.then(|| text.to_owned()).ok_or_else(|| "expected a language tag such as nl or en-GB".to_owned())
}
