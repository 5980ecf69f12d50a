//! The examples of a rule are its test.
use std::collections::HashSet;

use super::*;
use crate::validate::{Options, check, compare};

fn findings(example: Example) -> Vec<(&'static str, Severity)> {
    let document = example.document();
    let options = Options {
        now: Some(1_780_000_000),
        base: Some("https://example.org/".to_owned()),
        ..Options::default()
    };
    let report = match example.previous() {
        Some(old) => compare(document.as_bytes(), old.as_bytes(), &options),
        None => check(document.as_bytes(), &options),
    };
    let report = report.expect("an example is within all limits");
    report.findings.iter().map(|finding| (finding.rule.name, finding.severity)).collect()
}

#[test]
fn a_bad_example_breaks_its_rule_and_a_good_one_does_not() {
    let mut wrong = Vec::new();
    for rule in all() {
        let names = |example| findings(example).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let kinds = |names: &[&str]| {
            names.iter().any(|name| named(name).is_some_and(|found| found.is_kind_of(rule.name)))
        };
        if !kinds(&names(rule.bad)) {
            wrong.push(format!(
                "{}: the bad example gives {:?}\n{}",
                rule.name,
                names(rule.bad),
                rule.bad.document()
            ));
        }
        let good = findings(rule.good);
        if kinds(&good.iter().map(|found| found.0).collect::<Vec<_>>())
            || good.iter().any(|found| found.1 == Severity::Error)
        {
            wrong.push(format!("{}: the good example gives {good:?}\n{}", rule.name, rule.good.document()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn rules_are_told_apart_and_say_what_and_why() {
    let mut names = HashSet::new();
    for rule in all() {
        assert!(names.insert(rule.name), "{} stands twice", rule.name);
        assert!(
            rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        );
        assert!(
            rule.link.starts_with("http") && !rule.what.ends_with('.') && rule.why.ends_with('.'),
            "{}",
            rule.name
        );
    }
    assert!(names.len() > 170);
}
