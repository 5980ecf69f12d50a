//! `wirefeed completions` and `wirefeed man`: what a package installs beside the program.

use clap::Args;
use clap_complete::Shell;

use super::{Failure, output};

/// Writes the completions of a shell
#[derive(Args)]
#[command(
    after_help = "Example:\n  wirefeed completions bash > /usr/share/bash-completion/completions/wirefeed"
)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, command: &mut clap::Command) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        clap_complete::generate(self.shell, command, "wirefeed", &mut bytes);
        output::write(None, &|out| out.write_all(&bytes))
    }
}

/// Writes the manual page of the program, or of one of its commands
#[derive(Args)]
#[command(after_help = "Example:\n  wirefeed man convert > wirefeed-convert.1")]
pub(super) struct Man {
    /// The command
    command: Option<String>,
}

impl Man {
    pub(super) fn run(self, mut program: clap::Command) -> Result<(), Failure> {
        program.build();
        let command = match self.command {
            None => program,
            Some(name) => {
                let known = |command: &&clap::Command| command.get_name() == name;
                let found = program.get_subcommands().find(known).cloned();
                found.ok_or_else(|| Failure::Broken(format!("there is no command \"{name}\"")))?
            }
        };
        let mut bytes = Vec::new();
        let page = clap_mangen::Man::new(command.disable_help_subcommand(true));
        page.render(&mut bytes).map_err(|error| Failure::writing("manual page", &error))?;
        output::write(None, &|out| out.write_all(&bytes))
    }
}
