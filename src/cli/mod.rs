//! The command line. Only here: arguments, clock, environment, exit codes, printing, files.

mod captures;
mod convert;
mod explain;
mod fetching;
mod generate;
mod history;
mod input;
mod inspect;
mod output;
mod publish;
mod terminal;
mod validate;

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

/// Turns a Dutch news-wire page into an Atom, RSS or JSON feed.
#[derive(Parser)]
#[command(name = "wirefeed", version, about, long_about = None, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(
    after_help = "Examples:\n  wirefeed convert page.html --source https://example.nl/nieuws --output atom.xml\n  wirefeed inspect page.html"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Convert(Box<convert::Convert>),
    Inspect(inspect::Inspect),
    History(history::History),
    Publish(Box<publish::Publish>),
    Init(publish::Init),
    Validate(Box<validate::Validate>),
    Explain(explain::Explain),
    Completions(generate::Completions),
    Man(generate::Man),
}

/// How a command ended without doing what it was asked for.
enum Failure {
    /// The page holds nothing to make a feed of, or `--strict` met a note: exit 1.
    Refused(String),
    /// An argument, a file or the machine was wrong: exit 2.
    Broken(String),
    /// The reports have said it all: exit 1.
    Found,
    /// A feed could not be checked, as its report says: exit 2.
    Unchecked,
    /// Whoever read the output has gone: nothing to say.
    Gone,
}

impl Failure {
    /// What stopped the work on a history.
    fn history(path: &Path, error: &crate::history::Error) -> Self {
        let why = match error {
            crate::history::Error::NotOpened => not_opened(path),
            error => error.to_string(),
        };
        Self::Broken(format!("{}: {why}", path.display()))
    }

    /// What is said.
    fn message(&self) -> &str {
        match self {
            Self::Refused(message) | Self::Broken(message) => message,
            Self::Found | Self::Unchecked | Self::Gone => "",
        }
    }

    /// The same failure, said with what may help.
    fn hint(self, fits: bool, hint: &str) -> Self {
        match self {
            Self::Broken(message) if fits => Self::Broken(format!("{message}; {hint}")),
            other => other,
        }
    }

    /// The same failure, where each of several was told already.
    fn counted(self, count: usize, all: usize) -> Self {
        let message = format!("{count} of {all} feeds were not published");
        match self {
            Self::Refused(_) => Self::Refused(message),
            Self::Broken(_) => Self::Broken(message),
            other => other,
        }
    }

    /// Says it on stderr.
    fn tell(&self) {
        match self {
            Self::Refused(message) | Self::Broken(message) => terminal::error(message),
            Self::Found | Self::Unchecked | Self::Gone => {}
        }
    }

    /// What a failed write means.
    fn writing(name: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Gone
        } else {
            Self::Broken(format!("{name}: cannot write: {error}"))
        }
    }
}

/// Why a file of a history cannot be opened, of which the database says no more than that.
fn not_opened(path: &Path) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return "the folder that it is to stand in is not there; create it, or name another file".to_owned();
    }
    match std::fs::metadata(path) {
        Ok(data) if data.is_dir() => "is a folder; name a file".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            "there is no history yet, and none can be begun here".to_owned()
        }
        Ok(_) | Err(_) => match try_open(path) {
            Err(error) => format!("cannot be opened: {error}"),
            Ok(()) => "cannot be opened; is it, and its folder, yours to read and write?".to_owned(),
        },
    }
}

/// Opens a file as often as a database does: its log and the index of that need a place each.
fn try_open(path: &Path) -> io::Result<()> {
    let files: io::Result<Vec<_>> = (0..4).map(|_| std::fs::File::open(path)).collect();
    files.map(drop)
}

/// Runs the command line. Exit code 0: done; 1: nothing to make a feed of, a note with `--strict`, or a feed that is
/// wrong; 2: a wrong argument, or a file that cannot be read, written or checked.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // A file that may not grow is then an error of its write, not the end of the program.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let wanted = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            _ = error.print();
            return if wanted { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    let result = match cli.command {
        Command::Convert(command) => command.run(),
        Command::Inspect(command) => command.run(),
        Command::History(command) => command.run(),
        Command::Publish(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::Validate(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Completions(command) => command.run(&mut Cli::command()),
        Command::Man(command) => command.run(Cli::command()),
    };
    let Err(failure) = result else { return ExitCode::SUCCESS };
    failure.tell();
    match failure {
        Failure::Gone => ExitCode::SUCCESS,
        Failure::Refused(_) | Failure::Found => ExitCode::from(1),
        Failure::Broken(_) | Failure::Unchecked => ExitCode::from(2),
    }
}
