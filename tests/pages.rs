//! Every folder of `fixtures/pages` is a page, its arguments, and the feeds and notes that must come of it.
//! `UPDATE=1 cargo test --test pages` writes what comes; review it as a diff.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may stop, and is told by its environment whether to update"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FORMATS: &[(&str, &str)] = &[("atom", "atom.xml"), ("rss", "rss.xml"), ("json", "feed.json")];

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let folders = fs::read_dir(root).expect("fixtures/pages");
    let mut cases: Vec<_> = folders.map(|folder| folder.expect("a folder").path()).collect();
    cases.sort();
    assert!(cases.len() > 40, "only {} cases were found", cases.len());
    cases
}

fn convert(case: &Path, format: &str) -> Output {
    let page = ["page.txt", "page.html"].into_iter().find(|page| case.join(page).is_file());
    let arguments = fs::read_to_string(case.join("arguments")).unwrap_or_default();
    Command::new(env!("CARGO_BIN_EXE_wirefeed"))
        .args(["convert", page.expect("page.txt or page.html"), "--format", format])
        .args(arguments.lines())
        .current_dir(case)
        .output()
        .expect("the program runs")
}

/// What must stand in a file of a case; a file that need not be there is empty.
fn compare(file: &Path, got: &[u8], wrong: &mut Vec<String>) {
    let expected = fs::read(file).unwrap_or_default();
    if expected == got {
        return;
    }
    if std::env::var_os("UPDATE").is_none() {
        wrong.push(format!("{}\n{}", file.display(), String::from_utf8_lossy(got)));
    } else if got.is_empty() {
        fs::remove_file(file).expect("the old file");
    } else {
        fs::write(file, got).expect("the new file");
    }
}

#[test]
fn every_page_becomes_its_feeds() {
    let mut wrong = Vec::new();
    for case in cases() {
        for (format, file) in FORMATS {
            let output = convert(&case, format);
            assert_eq!(
                output.stdout,
                convert(&case, format).stdout,
                "{}: not the same twice",
                case.display()
            );
            let failed = output.status.code() == Some(1);
            assert_eq!(failed, output.stdout.is_empty(), "{}: {output:?}", case.display());
            compare(&case.join(file), &output.stdout, &mut wrong);
            if *format == "atom" {
                compare(&case.join("notes"), &output.stderr, &mut wrong);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
