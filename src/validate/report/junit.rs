//! For `GitLab` and others: `JUnit`'s XML, a suite for each file and a case for each broken rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Checked, Kind, escaped};
use crate::validate::{Finding, Severity};

pub(super) const JUNIT: Kind = Kind { name: "junit", what: "JUnit's XML, for GitLab and others", write };

fn write(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wirefeed validate\">")?;
    for file in files {
        suite(file, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(file: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let path = escaped(&file.path);
    let report = match &file.outcome {
        Err(why) => {
            writeln!(out, "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">")?;
            writeln!(
                out,
                "    <testcase name=\"could be checked\" classname=\"{path}\"><error message=\"{}\"/></testcase>",
                escaped(why)
            )?;
            return writeln!(out, "  </testsuite>");
        }
        Ok(report) => report,
    };
    let mut rules: BTreeMap<(&str, Severity), Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        rules.entry((finding.rule.name, finding.severity)).or_default().push(finding);
    }
    let failures = rules.keys().filter(|(_, severity)| *severity == Severity::Error).count();
    let tests = rules.len().max(1);
    writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    if rules.is_empty() {
        writeln!(out, "    <testcase name=\"is a sound feed\" classname=\"{path}\"/>")?;
    }
    for ((rule, severity), findings) in rules {
        let lines: String = findings.iter().map(|finding| escaped(&finding.line()) + "\n").collect();
        let message = findings.first().map(|finding| escaped(&finding.message())).unwrap_or_default();
        write!(out, "    <testcase name=\"{rule}\" classname=\"{path}\">")?;
        match severity {
            Severity::Error => {
                write!(out, "<failure type=\"error\" message=\"{message}\">{lines}</failure>")?;
            }
            _ => write!(out, "<system-out>{lines}</system-out>")?,
        }
        writeln!(out, "</testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}
