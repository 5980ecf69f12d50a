//! For GitHub Actions: a workflow command for each finding.

use std::io::{self, Write};

use super::{Checked, Kind, plain};
use crate::validate::Severity;

pub(super) const GITHUB: Kind = Kind { name: "github", what: "annotations for GitHub Actions", write };

fn write(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        let path = property(&file.path);
        let report = match &file.outcome {
            Err(why) => {
                writeln!(out, "::error file={path}::could not be checked: {}", data(why))?;
                continue;
            }
            Ok(report) => report,
        };
        for finding in &report.findings {
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let (line, column, rule) = (finding.line, finding.column, finding.rule.name);
            let message = data(&finding.message());
            writeln!(
                out,
                "::{command} file={path},line={line},col={column},title={rule}::{message} ({})",
                finding.rule.link
            )?;
        }
        if report.omitted > 0 {
            writeln!(out, "::notice file={path}::{} more finding(s) are not shown", report.omitted)?;
        }
    }
    Ok(())
}

/// A message: a new line would begin another command.
fn data(text: &str) -> String {
    plain(&text.replace(['\r', '\n'], " ")).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
