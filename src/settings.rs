//! `wirefeed.toml` as a file that people write: what is wrong in it is told with its line, and in their words.

use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;

/// What the parser says it expected, and how that is said to people.
const EXPECTED: &[(&str, &str)] = &[
    ("expected a nonzero usize", "expected a whole number from 1 on"),
    ("expected usize", "expected a whole number"),
    ("expected u32", "expected a whole number"),
    ("expected a sequence", "expected a list such as [\"…\"], or for feeds [[feed]] in two brackets"),
    ("expected a boolean", "expected true or false"),
    ("expected path string", "expected a path in quotes"),
    ("expected a string", "expected a text in quotes"),
    ("relative URL without a base", "no address"),
];

/// A name may differ from a known one in so many letters to be taken for it.
const ALIKE: usize = 2;

/// So many names are told one by one.
const FEW: usize = 10;

/// Reads the settings of a file. The error begins with its name, line and column.
pub(crate) fn parse<T: DeserializeOwned>(name: &Path, bytes: &[u8]) -> Result<T, String> {
    let at = |offset: usize, why: &str| {
        let (line, column) = place(bytes, offset);
        format!("{}:{line}:{column}: {why}", name.display())
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|error| at(error.valid_up_to(), "is not UTF-8; save the file in that encoding"))?;
    toml::from_str(text)
        .map_err(|error| at(error.span().map_or(0, |Range { start, .. }| start), &words(error.message())))
}

/// Line and column, in characters, of a byte; both from 1.
fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count() + 1;
    (line, column)
}

fn words(message: &str) -> String {
    let message = message.replace(['\n', '\r'], " ");
    if let Some(unknown) = message.strip_prefix("unknown field `") {
        let mut names = unknown.split('`').step_by(2);
        return unknown_key(names.next().unwrap_or_default(), &names.collect::<Vec<_>>());
    }
    let in_words = |said: String, (theirs, ours): &(&str, &str)| said.replace(theirs, ours);
    EXPECTED.iter().fold(message.replace('`', "\""), in_words)
}

fn unknown_key(name: &str, known: &[&str]) -> String {
    let distance = |other: &&&str| strsim::osa_distance(name, other);
    let nearest = known
        .iter()
        .min_by_key(distance)
        .filter(|other| distance(other) <= ALIKE.min(name.chars().count() / 2));
    let hint = match nearest {
        Some(other) => format!("did you mean \"{other}\"?"),
        None if known.len() <= FEW => format!("expected one of {}", known.join(", ")),
        None => "\"wirefeed init\" writes a file with all that there are".to_owned(),
    };
    format!("unknown key \"{}\"; {hint}", crate::note::quote(name, 40))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what is wrong is looked at")]
    struct Keys {
        title: Option<String>,
        limit: Option<usize>,
        index: Option<bool>,
        hosts: Option<Vec<String>>,
    }

    #[test]
    fn a_fault_has_its_place_and_plain_words() {
        let cases: &[(&[u8], &str)] = &[
            (b"\ntilte = 'x'", "2:1: unknown key \"tilte\"; did you mean \"title\"?"),
            (b"frequency = 1", "1:1: unknown key \"frequency\"; expected one of title, limit, index, hosts"),
            (b"limit = 'x'", "1:9: invalid type: string \"x\", expected a whole number"),
            (b"title = 'caf\xe9'", "1:13: is not UTF-8; save the file in that encoding"),
            ("title = 'é'\nindex = 1".as_bytes(), "2:9: invalid type: integer \"1\", expected true or false"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse::<Keys>(Path::new("x"), text).expect_err(expected), format!("x:{expected}"));
        }
        for text in ["hosts = 'nginx'", "title = 'x", "title = 'x'\ntitle = 'y'", "= 1", "[title]"] {
            let why = parse::<Keys>(Path::new("x"), text.as_bytes()).expect_err(text);
            assert!(!why.contains(['\n', '`']), "{why}");
        }
    }

    #[test]
    fn a_mark_of_the_encoding_and_other_line_ends_are_no_faults() {
        let keys = parse::<Keys>(Path::new("x"), "\u{feff}title = 'x'\r\nlimit = 3\r\n".as_bytes())
            .expect("settings");
        assert_eq!((keys.title.as_deref(), keys.limit), (Some("x"), Some(3)));
    }
}
