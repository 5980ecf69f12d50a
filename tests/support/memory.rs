//! What a command takes, for the benchmarks.

use std::process::Command;

/// The most memory that a command takes, as GNU time says.
pub(crate) fn memory(command: &Command) -> String {
    let mut measured = Command::new("/usr/bin/time");
    measured.args(["-f", "%M KiB"]).arg(command.get_program()).args(command.get_args());
    match measured.output() {
        Ok(output) => String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned(),
        Err(_) => "not measured: no /usr/bin/time".to_owned(),
    }
}
