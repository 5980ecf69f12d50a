//! SARIF 2.1.0, for code scanning.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Checked, Kind, plain};
use crate::validate::rules::{self, Rule};
use crate::validate::{Finding, Severity};

pub(super) const SARIF: Kind = Kind { name: "sarif", what: "SARIF 2.1.0, for code scanning", write };

fn write(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<&Rule> = rules::all().collect();
    let results: Vec<Value> = files
        .iter()
        .filter_map(|file| Some((file, file.outcome.as_ref().ok()?)))
        .flat_map(|(file, report)| report.findings.iter().map(|finding| result(file, finding, &all)))
        .collect();
    let failures: Vec<Value> = files
        .iter()
        .filter_map(|file| Some((file, file.outcome.as_ref().err()?)))
        .map(|(file, why)| {
            let location = json!({"physicalLocation": {"artifactLocation": {"uri": uri(&file.path)}}});
            json!({"level": "error", "message": {"text": plain(why)}, "locations": [location]})
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "wirefeed",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://crates.io/crates/wirefeed",
                "rules": all.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "invocations": [{
                "executionSuccessful": failures.is_empty(),
                "toolExecutionNotifications": failures,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": rule.why},
        "helpUri": rule.link,
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(file: &Checked, finding: &Finding, all: &[&Rule]) -> Value {
    json!({
        "ruleId": finding.rule.name,
        "ruleIndex": all.iter().position(|rule| rule.name == finding.rule.name),
        "level": level(finding.severity),
        "message": {"text": plain(&finding.message())},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(&file.path)},
            "region": {"startLine": finding.line, "startColumn": finding.column},
        }}],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative reference (RFC 3986 4.2).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
