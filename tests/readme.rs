//! Every command that README.md shows is run, and prints what README.md shows.
#![expect(clippy::expect_used, reason = "a test may stop at what it did not expect")]

use std::path::Path;
use std::process::{Command, Output};

const README: &str = include_str!("../README.md");

/// Runs the commands in a folder of their own, which sees the fixtures.
fn run(arguments: &str, folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
    command.args(arguments.split_whitespace()).current_dir(folder).output().expect("the program runs")
}

/// The pieces between the ellipses stand in the output in their order; white space may differ.
fn shows(output: &str, shown: &str) -> Result<(), String> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let output = bare(output);
    let mut rest = output.as_str();
    for piece in shown.split('…').map(bare).filter(|piece| !piece.is_empty()) {
        let at = rest.find(&piece).ok_or_else(|| format!("not printed: {piece}"))?;
        rest = &rest[at + piece.len()..];
    }
    Ok(())
}

fn blocks(language: &str) -> impl Iterator<Item = &'static str> {
    let start = format!("```{language}\n");
    README.split("\n```").filter_map(move |part| {
        let part = part.strip_prefix(&start[3..])?;
        Some(part.trim_end())
    })
}

/// A folder of a test's own: to copy the page anew is to have it empty for a moment.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme").join(name);
    _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("fixtures/readme")).expect("a folder");
    for file in ["fixtures/readme/page.txt", "fixtures/readme/broken.xml"] {
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), folder.join(file)).expect("a copy");
    }
    folder
}

#[test]
fn every_command_prints_what_is_shown() {
    let folder = folder("commands");
    let mut count = 0;
    for block in blocks("console") {
        for command in format!("\n{block}").split("\n$ wirefeed ").skip(1) {
            let (arguments, shown) = command.split_once('\n').unwrap_or((command, ""));
            let output = run(arguments, &folder);
            // What fails says so in its last line.
            let (shown, code) =
                shown.trim_end().strip_suffix("(exit code 1)").map_or((shown, 0), |shown| (shown, 1));
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(code), "{arguments}: {errors}");
            let printed = String::from_utf8_lossy(&output.stdout);
            shows(&printed, shown).unwrap_or_else(|why| panic!("wirefeed {arguments}\n{why}\n{printed}"));
            count += 1;
        }
    }
    assert!(count >= 8, "README.md shows only {count} commands");
    for name in ["rss.xml", "feed.json"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
}

#[test]
fn the_set_up_commands_are_true() {
    let folder = folder("set-up");
    let set_up: Vec<_> = blocks("sh").collect();
    let convert =
        set_up.iter().find_map(|line| line.strip_prefix("cargo run --release -- ")).expect("the first");
    assert!(run(convert, &folder).status.success());
    assert!(set_up.contains(&"cargo test"));
}

#[test]
fn the_page_shown_is_the_fixture() {
    let page = blocks("text").next().expect("a page");
    assert_eq!(page, include_str!("../fixtures/readme/page.txt").trim_end());
}

#[test]
fn a_wrong_line_is_found() {
    assert!(shows("a b c", "a…c").is_ok());
    assert!(shows("a b c", "a…d").is_err());
}

#[test]
fn every_block_says_what_it_is_and_ends() {
    let mut open = None;
    for (number, line) in README.lines().enumerate().filter(|(_, line)| line.starts_with("```")) {
        let number = number + 1;
        match (open, line.trim_start_matches('`')) {
            (None, "") => panic!("line {number} begins a block of nothing"),
            (None, _) => open = Some(number),
            (Some(_), "") => open = None,
            (Some(begin), _) => panic!("the block of line {begin} is not ended at line {number}"),
        }
    }
    assert_eq!(open, None);
}
