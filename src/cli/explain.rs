//! `wirefeed explain`: what a rule of `validate` asks for, and why.

use std::io::{self, Write};

use clap::Args;

use super::{Failure, output};
use crate::validate::rules::{self, Rule};

/// Explains a rule of validate, or lists them all
#[derive(Args)]
#[command(after_help = "Examples:\n  wirefeed explain missing-guid\n  wirefeed explain")]
pub(super) struct Explain {
    /// The rule; all of them, a line each, where none is named
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    /// Writes the manual of all rules as Markdown
    #[arg(long, conflicts_with = "rule")]
    markdown: bool,
}

impl Explain {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Some(name) = &self.rule else {
            return output::write(None, if self.markdown { &markdown } else { &list });
        };
        let rule = rules::named(name).ok_or_else(|| {
            Failure::Broken(format!("{name}: no such rule; \"wirefeed explain\" lists them all"))
        })?;
        output::write(None, &|out| one(rule, out))
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    for rule in rules::all() {
        writeln!(out, "{:<40} {:<8} {}", rule.name, rule.severity.name(), rule.what)?;
    }
    Ok(())
}

fn one(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({})\n\n{}.\n{}", rule.name, rule.severity.name(), rule.what, rule.why)?;
    if !rule.kinds.is_empty() {
        writeln!(out, "A kind of {}.", rule.kinds.join(", "))?;
    }
    writeln!(out, "See {}\n\nWrong:\n    {}", rule.link, rule.bad.shown())?;
    if let Some(old) = rule.bad.replaced() {
        writeln!(out, "where there was\n    {old}")?;
    }
    let good = rule.good.shown();
    if good.is_empty() { Ok(()) } else { writeln!(out, "Right:\n    {good}") }
}

fn markdown(out: &mut dyn Write) -> io::Result<()> {
    let count = rules::all().count();
    writeln!(
        out,
        "# The rules of `wirefeed validate`\n\nWritten by `wirefeed explain --markdown`: {count} rules."
    )?;
    for rule in rules::all() {
        writeln!(out, "\n## {}\n\n{}: {}. {}", rule.name, rule.severity.name(), rule.what, rule.why)?;
        writeln!(out, "[Specification]({})", rule.link)?;
        for (what, text) in [("Wrong", rule.bad.shown()), ("Right", rule.good.shown())] {
            if !text.is_empty() {
                writeln!(out, "\n{what}:\n\n```xml\n{text}\n```")?;
            }
        }
    }
    Ok(())
}
