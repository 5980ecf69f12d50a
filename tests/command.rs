//! What the command line promises: exit codes, what is written and what is left alone, what is told.
#![expect(clippy::expect_used, reason = "a test may stop at what it did not expect")]

#[path = "support/folder.rs"]
mod folder;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use folder::folder;

const PAGE: &str = include_str!("../fixtures/readme/page.txt");
const EMPTY: &str = "Pagina niet gevonden\n\nDeze pagina bestaat niet meer.\n";
/// A kicker and a control character: two things to note.
const ODD: &str = "URK (ANP) - De \u{1b}[31mvissers\u{b} varen uit.\n3 uur geleden\n";

fn wirefeed(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wirefeed"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

fn convert(folder: &Path, arguments: &[&str]) -> Output {
    let all: Vec<_> = ["convert", "page.txt", "--captured-at", "2026-02-10T14:05"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    wirefeed(folder, &all)
}

fn with_page(name: &str, page: &str) -> std::path::PathBuf {
    let folder = folder(name);
    fs::write(folder.join("page.txt"), page).expect("a page");
    folder
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn ends(output: &Output, code: i32, says: &str) {
    assert_eq!(output.status.code(), Some(code), "{}", stderr(output));
    assert!(stderr(output).contains(says), "{says} is not in {}", stderr(output));
}

#[test]
fn a_page_without_items_leaves_the_feed_alone() {
    let folder = with_page("no-items", EMPTY);
    fs::write(folder.join("atom.xml"), "old").expect("a feed");
    let output = convert(&folder, &["--output", "atom.xml"]);
    ends(&output, 1, "page.txt: no news item");
    assert!(output.stdout.is_empty());
    assert_eq!(fs::read_to_string(folder.join("atom.xml")).expect("the feed"), "old");
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 2);
}

#[test]
fn what_is_wrong_is_named() {
    let folder = with_page("wrong", PAGE);
    ends(&wirefeed(&folder, &["convert", "gone.txt"]), 2, "gone.txt: cannot read");
    ends(&wirefeed(&folder, &["convert", "."]), 2, "it is a folder");
    ends(&convert(&folder, &["--output", "no/such/atom.xml"]), 2, "no/such/atom.xml: cannot write");
    ends(&convert(&folder, &["--format", "pdf"]), 2, "pdf");
    ends(&convert(&folder, &["--source", "nieuws"]), 2, "https://example.nl");
    ends(&convert(&folder, &["--language", "n"]), 2, "language tag");
    ends(&convert(&folder, &["--limit", "18446744073709551616"]), 2, "--limit");
    ends(&wirefeed(&folder, &["convert", "page.txt", "--captured-at", "morgen"]), 2, "2026-02-10T14:05");
    ends(&wirefeed(&folder, &[]), 2, "Usage");
}

#[test]
fn nothing_asked_for_is_left_is_no_empty_feed() {
    let folder = with_page("nothing-left", PAGE);
    ends(&convert(&folder, &["--place", "Parijs", "--output", "atom.xml"]), 1, "4 item(s)");
    ends(&convert(&folder, &["--limit", "0"]), 1, "--limit");
    assert!(!folder.join("atom.xml").exists());
}

#[test]
fn notes_name_file_and_line_and_steer_no_terminal() {
    let folder = with_page("notes", ODD);
    let output = convert(&folder, &[]);
    ends(&output, 0, "note: page.txt:1: ");
    for output in [output, wirefeed(&folder, &["inspect", "page.txt"])] {
        assert!(![output.stdout, output.stderr].concat().contains(&0x1b));
    }
    assert!(stderr(&convert(&folder, &["--quiet"])).is_empty());
    let strict = convert(&folder, &["--strict", "--output", "atom.xml"]);
    ends(&strict, 1, "--strict");
    assert!(!folder.join("atom.xml").exists());
}

/// However quiet it is to be: what is missing is told.
#[test]
fn what_is_lost_is_never_kept_quiet() {
    let cut = "Meer uit Buitenland\nURK (ANP) - De brug is dicht. Het verkeer rijdt om.\n12 minuten geleden\n\
        EDE (ANP) - De trein rijdt niet. De reizigers\n";
    for (page, expected) in [
        (cut.as_bytes().to_vec(), "page.txt:4: the page is cut inside this item; it was left out"),
        (
            b"URK (ANP) - De caf\xc3\xa9s en pati\xc3\xabnten zien \xff om.\n12 minuten geleden\n".to_vec(),
            "some bytes are not valid UTF-8",
        ),
    ] {
        let folder = with_page("lost", "");
        fs::write(folder.join("page.txt"), page).expect("a page");
        for more in
            [&[][..], &["--history", "news.db"], &["--history", "news.db", "--captured-from", "mtime"]]
        {
            let arguments = [&["convert", "page.txt", "-q", "-o", "atom.xml"][..], more].concat();
            let output = wirefeed(&folder, &arguments);
            ends(&output, 0, expected);
            assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
        }
    }
    // What is odd and all there is not.
    let folder =
        with_page("lost", &(PAGE.to_owned() + "URK (ANP) - De kade staat blank.\ntwaalf eeuwen geleden\n"));
    ends(&convert(&folder, &[]), 0, "twaalf eeuwen");
    assert!(stderr(&convert(&folder, &["-q"])).is_empty());
}

#[test]
fn a_title_with_control_characters_steers_nothing() {
    let folder = with_page("title", PAGE);
    let output = convert(&folder, &["--title", "\u{1b}[31mNieuws\u{7}"]);
    ends(&output, 0, "");
    assert!(String::from_utf8_lossy(&output.stdout).contains("<title>[31mNieuws</title>"));
}

#[cfg(unix)]
#[test]
fn an_unchanged_feed_is_not_touched() {
    use std::os::unix::fs::MetadataExt;
    let folder = with_page("unchanged", PAGE);
    let file = folder.join("atom.xml");
    let state = || {
        let data = fs::metadata(&file).expect("the feed");
        (data.ino(), data.mtime(), data.mtime_nsec())
    };
    ends(&convert(&folder, &["--output", "atom.xml"]), 0, "");
    let first = state();
    ends(&convert(&folder, &["--output", "atom.xml"]), 0, "");
    assert_eq!(state(), first);
    ends(&convert(&folder, &["--output", "atom.xml", "--limit", "2"]), 0, "");
    assert_ne!(state().0, first.0, "a new file takes its place");
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 2, "no draft is left");
}

#[test]
fn the_name_of_the_output_gives_the_format() {
    let folder = with_page("formats", PAGE);
    for (name, begins) in [
        ("rss.xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss"),
        ("nieuws.rss", "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss"),
        ("feed.json", "{"),
        ("feed", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed"),
    ] {
        ends(&convert(&folder, &["--output", name]), 0, "");
        assert!(fs::read_to_string(folder.join(name)).expect(name).starts_with(begins), "{name}");
    }
}

#[test]
fn standard_input_is_captured_now_and_that_is_told() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirefeed"))
        .args(["convert", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("a pipe").write_all(PAGE.as_bytes()).expect("the page");
    let output = child.wait_with_output().expect("it ends");
    ends(&output, 0, "captured: standard input at ");
    assert!(String::from_utf8_lossy(&output.stdout).contains("<title>Buitenland</title>"));
}

#[test]
fn a_file_is_captured_when_it_was_changed_and_that_is_told() {
    let folder = with_page("modified", PAGE);
    ends(&wirefeed(&folder, &["convert", "page.txt"]), 0, "the file's modification time");
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let many = "2 uur geledenURK (ANP) - Vis.\n".repeat(9_000) + "2 uur geleden\n";
    let folder = with_page("gone", &PAGE.replace("2 uur geleden", &many));
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirefeed"))
        .args(["convert", "page.txt", "--quiet"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    ends(&output, 0, "");
    assert!(output.stderr.is_empty());
}

#[test]
fn the_table_fits_a_terminal_and_has_no_colours_in_a_pipe() {
    let folder =
        with_page("table", &format!("{PAGE}URK (ANP) - {}.\n3 uur geleden\n", "visserij ".repeat(40)));
    let output = wirefeed(&folder, &["inspect", "page.txt", "--captured-at", "2026-02-10T14:05"]);
    ends(&output, 0, "");
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(table.contains("Brussel, Washington (ANP, dpa)") && !table.contains('\u{1b}'));
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn the_report_of_inspect_is_json() {
    let folder = with_page("json", PAGE);
    let output = wirefeed(&folder, &["inspect", "page.txt", "--captured-at", "2026-02-10T14:05", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let item = &report["items"][1];
    assert_eq!(report["captured_at"], "2026-02-10T14:05:00+01:00");
    assert_eq!((item["line"].as_u64(), item["role"].as_str()), (Some(10), Some("item")));
    assert_eq!(item["places"], serde_json::json!(["Kyiv"]));
    assert_eq!(item["earliest"], "2026-02-10T13:52:01+01:00");
    assert_eq!(report["items"][0]["age"], serde_json::Value::Null);
}

#[test]
fn every_command_has_an_example() {
    let folder = folder("help");
    let mut commands = vec![String::new()];
    while let Some(command) = commands.pop() {
        let arguments: Vec<_> = command.split_whitespace().chain(["--help"]).collect();
        let help = String::from_utf8(wirefeed(&folder, &arguments).stdout).expect("UTF-8");
        let examples = help.split_once("Example").map_or("", |(_, examples)| examples);
        assert!(examples.contains(&format!("\n  wirefeed {command}")), "{command}: {help}");
        let listed = help.split_once("Commands:\n").map_or("", |(_, listed)| listed);
        let listed = listed.lines().take_while(|line| !line.is_empty());
        let names = listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        commands.extend(
            names.filter(|name| !["", "help"].contains(name)).map(|name| format!("{command}{name} ")),
        );
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = wirefeed(&folder, &["completions", shell]);
        assert!(String::from_utf8_lossy(&script.stdout).contains("captured-at"), "{shell}");
    }
    assert!(String::from_utf8_lossy(&wirefeed(&folder, &["man"]).stdout).contains(".TH wirefeed 1"));
}
