//! For programs. The schema is docs/validate-report.schema.json.

use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, Kind};

pub(super) const JSON: Kind = Kind { name: "json", what: "for programs", write };

#[derive(Serialize)]
struct Files<'r> {
    files: Vec<File<'r>>,
}

#[derive(Serialize)]
struct File<'r> {
    path: &'r str,
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'r str>,
    findings: Vec<Finding<'r>>,
    #[serde(skip_serializing_if = "is_zero")]
    omitted: usize,
}

#[derive(Serialize)]
struct Finding<'r> {
    rule: &'static str,
    severity: &'static str,
    line: usize,
    column: usize,
    element: Option<&'r str>,
    parent: Option<&'r str>,
    attribute: Option<&'r str>,
    value: Option<&'r str>,
    message: String,
    help: &'static str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

fn write(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let files = files.iter().map(file).collect();
    let text = serde_json::to_string_pretty(&Files { files })?;
    // JSON lets DEL, C1 controls and marks of direction stand as they are; a terminal would obey them.
    for c in text.chars() {
        if c != '\n' && super::steers(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
        } else {
            write!(out, "{c}")?;
        }
    }
    writeln!(out)
}

fn file(file: &Checked) -> File<'_> {
    let report = file.outcome.as_ref().ok();
    File {
        path: &file.path,
        format: report.map(|report| report.format.name()),
        error: file.outcome.as_ref().err().map(String::as_str),
        findings: report.map_or(Vec::new(), |report| report.findings.iter().map(finding).collect()),
        omitted: report.map_or(0, |report| report.omitted),
    }
}

fn finding(finding: &crate::validate::Finding) -> Finding<'_> {
    Finding {
        rule: finding.rule.name,
        severity: finding.severity.name(),
        line: finding.line,
        column: finding.column,
        element: finding.element.as_deref(),
        parent: finding.parent.as_deref(),
        attribute: finding.attribute.as_deref(),
        value: finding.value.as_deref(),
        message: finding.message(),
        help: finding.rule.link,
    }
}
