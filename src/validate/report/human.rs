//! For people: the excerpt with the place underlined, the sentence, the specification, and one line at the end.

use std::io::{self, Write};

use super::{Checked, Kind, count, plain, steers};
use crate::validate::{Finding, Severity};

pub(super) const HUMAN: Kind = Kind { name: "human", what: "for people, with excerpts", write };

fn write(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        match &file.outcome {
            Err(why) => writeln!(out, "{}: could not be checked: {}\n", plain(&file.path), plain(why))?,
            Ok(report) => {
                for finding in &report.findings {
                    tell(&file.path, finding, out)?;
                }
                if report.omitted > 0 {
                    writeln!(
                        out,
                        "{}: {} more finding(s) are not shown\n",
                        plain(&file.path),
                        report.omitted
                    )?;
                }
            }
        }
    }
    let unchecked = files.iter().filter(|file| file.outcome.is_err()).count();
    let [errors, warnings, infos] =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| count(files, severity));
    write!(out, "{} file(s): {errors} error(s), {warnings} warning(s), {infos} info(s)", files.len())?;
    if unchecked > 0 {
        write!(out, "; {unchecked} could not be checked")?;
    }
    writeln!(out)
}

fn tell(path: &str, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let severity = finding.severity.name();
    writeln!(
        out,
        "{}:{}:{}: {severity}: {} [{}]",
        plain(path),
        finding.line,
        finding.column,
        plain(&finding.message()),
        finding.rule.name
    )?;
    let (text, mark) = underlined(finding);
    if !text.trim().is_empty() {
        writeln!(out, "    {text}\n    {mark}")?;
    }
    let subject = finding.subject();
    let place = if subject.is_empty() { String::new() } else { format!("in {}; ", plain(&subject)) };
    writeln!(out, "    {place}see {}\n", finding.rule.link)
}

/// The excerpt and the line below it. What is escaped takes as many columns as its escape.
fn underlined(finding: &Finding) -> (String, String) {
    let (mut text, mut mark) = (String::new(), String::new());
    for (at, c) in finding.excerpt.text.chars().enumerate() {
        let shown = match c {
            '\t' => " ".to_owned(),
            c if steers(c) => c.escape_unicode().to_string(),
            c => c.to_string(),
        };
        let meant = (finding.excerpt.start..finding.excerpt.start + finding.excerpt.length).contains(&at);
        mark.extend(shown.chars().map(|_| if meant { '^' } else { ' ' }));
        text.push_str(&shown);
    }
    if !mark.contains('^') {
        mark.push('^');
    }
    (text, mark.trim_end().to_owned())
}
