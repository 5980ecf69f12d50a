//! What `wirefeed validate` and `explain` promise: exit codes, reports, and that no feed can steer who reads them.
#![expect(clippy::expect_used, reason = "a test may stop at what it did not expect")]

#[path = "support/folder.rs"]
mod folder;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use folder::folder;

const SOUND: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">
<title>Harbour news</title><id>tag:example.org,2026:feed</id><updated>2026-02-10T12:00:00Z</updated>
<author><name>A. Visser</name></author><link rel=\"self\" href=\"https://example.org/atom.xml\"/>
<entry><title>The ferry sails</title><id>tag:example.org,2026:1</id><updated>2026-02-10T12:00:00Z</updated>
<link href=\"https://example.org/1\"/><summary>After the storm.</summary></entry></feed>
";
/// Control characters, workflow commands and delimiters of every report, wherever a feed can hold a text.
const HOSTILE: &str = "<rss version=\"2.0]]&gt;\"><channel><title>x&#10;::error file=a::b&#x9b;31m&#x202e;</title>
<link>\n::error::injected\u{9b}31m ]]&gt; &lt;/failure&gt;</link><pubDate>&#10;::warning::x\",\"rule\":\"y</pubDate>
<evil\u{202e}x a=\"&#10;::error::z\"/><item><guid>&#13;::error::guid\u{7f}</guid></item></channel></rss>";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wirefeed"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

fn validate(folder: &Path, arguments: &[&str]) -> Output {
    let all: Vec<_> =
        ["validate", "--now", "2026-02-11T00:00:00Z"].iter().chain(arguments).copied().collect();
    run(folder, &all)
}

fn with(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(name);
    for (file, text) in files {
        fs::write(folder.join(file), text).expect("a feed");
    }
    folder
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn ends(output: &Output, code: i32, says: &str) {
    let all = format!("{}{}", stdout(output), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{all}");
    assert!(all.contains(says), "{says} is not in {all}");
}

fn rules(output: &Output) -> Vec<(String, String)> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files = report["files"].as_array().expect("files");
    let findings = files.iter().flat_map(|file| file["findings"].as_array().expect("findings"));
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    findings.map(|finding| (text(&finding["rule"]), text(&finding["severity"]))).collect()
}

#[test]
fn exit_codes_tell_a_bad_feed_from_a_feed_that_cannot_be_checked() {
    let deep = "<a>".repeat(5000);
    let files = [
        ("sound.xml", SOUND),
        ("warned.xml", &SOUND.replace("rel=\"self\"", "rel=\"via\"")),
        ("bad.xml", "<rss version=\"2.0\"/>"),
        ("ill.xml", "<rss"),
        ("deep.xml", &deep),
    ];
    let folder = with("validate-codes", &files);
    ends(&validate(&folder, &["sound.xml"]), 0, "0 error(s), 0 warning(s)");
    ends(&validate(&folder, &["warned.xml"]), 0, "missing-self");
    ends(&validate(&folder, &["warned.xml", "--deny", "warning"]), 1, "missing-self");
    ends(
        &validate(&folder, &["warned.xml", "--deny", "warning", "--allow", "missing-self"]),
        0,
        "0 warning(s)",
    );
    ends(&validate(&folder, &["warned.xml", "--error", "missing-self"]), 1, "1 error(s)");
    ends(&validate(&folder, &["warned.xml", "--strict"]), 1, "error: The feed has no link");
    ends(&validate(&folder, &["bad.xml"]), 1, "missing-element");
    ends(&validate(&folder, &["bad.xml", "--warn", "missing-element"]), 0, "0 error(s)");
    ends(&validate(&folder, &["ill.xml"]), 1, "sax-error");
    ends(&validate(&folder, &["deep.xml"]), 2, "could not be checked: it has more than");
    ends(&validate(&folder, &["gone.xml"]), 2, "could not be checked");
    ends(&validate(&folder, &["bad.xml", "gone.xml"]), 2, "missing-element");
    ends(&validate(&folder, &["sound.xml", "--allow", "no-such-rule"]), 2, "no such rule");
    ends(&validate(&folder, &["--report", "pdf", "sound.xml"]), 2, "pdf");
    ends(&validate(&folder, &[]), 2, "FEED");
    ends(
        &validate(&folder, &["sound.xml", "--base", "https://elsewhere.example/"]),
        0,
        "self-doesnt-match-location",
    );
    ends(&validate(&folder, &["sound.xml", "--base", "https://example.org/"]), 0, "0 warning(s)");
}

#[test]
fn a_file_that_cannot_be_checked_stands_in_every_report() {
    let folder = with("validate-gone", &[("sound.xml", SOUND)]);
    for (kind, says) in [
        ("human", "gone.xml: could not be checked"),
        ("json", "\"error\": \"gone.xml: cannot read"),
        ("sarif", "\"executionSuccessful\": false"),
        ("junit", "<error message=\"gone.xml: cannot read"),
        ("github", "::error file=gone.xml::could not be checked"),
    ] {
        ends(&validate(&folder, &["sound.xml", "gone.xml", "--report", kind]), 2, says);
    }
}

#[test]
fn folders_and_standard_input_are_read() {
    let folder = with(
        "validate-folder",
        &[
            ("b.rss", "<rss version=\"2.0\"/>"),
            ("a.xml", SOUND),
            ("c.txt", "no feed"),
            ("opml.xml", "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><head/><body/></opml>"),
        ],
    );
    fs::create_dir_all(folder.join("inner")).expect("a folder");
    fs::write(folder.join("inner/d.atom"), SOUND).expect("a feed");
    ends(&validate(&folder, &["."]), 1, "3 file(s)");
    fs::create_dir_all(folder.join("empty")).expect("a folder");
    ends(&validate(&folder, &["empty"]), 2, "no *.xml");
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirefeed"))
        .args(["validate", "-", "--report", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("a pipe").write_all(SOUND.as_bytes()).expect("it reads");
    ends(&child.wait_with_output().expect("it ends"), 0, "\"path\": \"-\"");
}

#[test]
fn the_report_goes_to_a_file() {
    let folder = with("validate-output", &[("bad.xml", "<rss version=\"2.0\"/>")]);
    let output = validate(&folder, &["bad.xml", "--report", "json", "--output", "report.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(fs::read_to_string(folder.join("report.json")).expect("a report").contains("missing-element"));
    ends(&validate(&folder, &["bad.xml", "--output", "no/such/report"]), 2, "cannot write");
}

#[test]
fn settings_come_from_wirefeed_toml_and_the_command_line_wins() {
    let settings = "[publish]\nanything = [1, 2]\n\n[validate]\ndeny = \"warning\"\nallow = [\"missing-self\"]\nerror = [\"no-dates\"]\n";
    let feed = SOUND.replace("rel=\"self\"", "rel=\"via\"");
    let folder = with("validate-settings", &[("wirefeed.toml", settings), ("feed.xml", &feed)]);
    ends(&validate(&folder, &["feed.xml"]), 0, "0 warning(s)");
    ends(&validate(&folder, &["feed.xml", "--warn", "missing-self"]), 1, "1 warning(s)");
    ends(&validate(&folder, &["feed.xml", "--warn", "missing-self", "--deny", "error"]), 0, "1 warning(s)");
    fs::write(folder.join("wirefeed.toml"), "[validate]\nallow = [\"nothing-such\"]\n").expect("settings");
    ends(&validate(&folder, &["feed.xml"]), 2, "nothing-such: no such rule");
    fs::write(folder.join("wirefeed.toml"), "[validate]\ndenny = 1\n").expect("settings");
    ends(
        &validate(&folder, &["feed.xml"]),
        2,
        "wirefeed.toml:2:1: unknown key \"denny\"; did you mean \"deny\"?",
    );
    ends(&validate(&folder, &["feed.xml", "--config", "gone.toml"]), 2, "gone.toml: cannot read");
}

#[test]
fn a_feed_is_compared_with_the_one_it_replaces() {
    let moved = SOUND.replace("2026:1<", "2026:2<");
    let empty = format!("{}</feed>", SOUND.split("<entry>").next().expect("a head"));
    let files = [
        ("old.xml", SOUND),
        ("same.xml", SOUND),
        ("moved.xml", &moved),
        ("empty.xml", &empty),
        ("spaced.xml", &SOUND.replace("<entry>", "<entry> ")),
    ];
    let folder = with("validate-previous", &files);
    ends(&validate(&folder, &["same.xml", "--previous", "old.xml"]), 0, "0 error(s)");
    ends(&validate(&folder, &["moved.xml", "--previous", "old.xml"]), 1, "id-moved");
    ends(&validate(&folder, &["moved.xml", "--previous", "old.xml"]), 1, "ids-vanished");
    ends(&validate(&folder, &["empty.xml", "--previous", "old.xml"]), 1, "error: The feed has no entries");
    ends(&validate(&folder, &["empty.xml"]), 0, "warning: The feed has no entries");
    ends(
        &validate(
            &folder,
            &["empty.xml", "--previous", "old.xml", "--max-vanished", "100%", "--allow", "no-entries"],
        ),
        0,
        "0 error(s)",
    );
    ends(&validate(&folder, &["spaced.xml", "--previous", "old.xml"]), 0, "unchanged-but-rewritten");
    ends(&validate(&folder, &["same.xml", "--previous", "gone.xml"]), 2, "gone.xml");
    ends(&validate(&folder, &["same.xml", "moved.xml", "--previous", "old.xml"]), 2, "name one");
}

/// A reader of a FIFO waits for a writer: the test ends only where nobody opens it.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_passed_over_in_a_folder_and_read_where_it_is_named() {
    let folder = with("validate-special", &[("b.xml", SOUND), ("sound", SOUND)]);
    let made = Command::new("mkfifo").arg(folder.join("a.xml")).status().expect("mkfifo");
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", folder.join("c.rss")).expect("a link");
    let _listener = std::os::unix::net::UnixListener::bind(folder.join("d.atom")).expect("a socket");
    let output = validate(&folder, &["."]);
    for name in ["a.xml", "c.rss", "d.atom"] {
        ends(&output, 0, &format!("{name}: is a FIFO, a device or a socket"));
    }
    assert!(stdout(&output).contains("1 file(s): 0 error(s)"), "{}", stdout(&output));
    fs::remove_file(folder.join("b.xml")).expect("it was there");
    ends(&validate(&folder, &["."]), 2, "no *.xml, *.atom or *.rss is in this folder");
    let fed = |writer: &str, argument: &str| {
        let script = format!("{writer} {} validate {argument}", env!("CARGO_BIN_EXE_wirefeed"));
        Command::new("sh").args(["-c", &script]).current_dir(&folder).output().expect("sh")
    };
    ends(&fed("cat sound > a.xml &", "a.xml"), 0, "1 file(s): 0 error(s)");
    ends(&fed("cat sound > a.xml &", "sound --previous a.xml"), 0, "1 file(s): 0 error(s)");
    ends(&fed("cat sound |", "/dev/stdin"), 0, "1 file(s): 0 error(s)");
    ends(&validate(&folder, &["d.atom"]), 2, "d.atom: cannot read");
}

#[test]
fn no_feed_steers_who_reads_the_report() {
    let folder = with("validate-hostile", &[("feed.xml", HOSTILE)]);
    for kind in ["human", "json", "sarif", "junit", "github"] {
        let output = validate(&folder, &["feed.xml", "--report", kind]);
        assert_eq!(output.status.code(), Some(1), "{kind}");
        let text = stdout(&output);
        let steers = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.chars().any(steers), "{kind}: {text}");
        let commands = text.lines().filter(|line| line.starts_with("::"));
        let own = |line: &str| line.split("::").nth(1).is_some_and(|head| head.contains(" file=feed.xml"));
        assert!(commands.into_iter().all(own), "{kind}: {text}");
        match kind {
            "json" | "sarif" => drop(serde_json::from_str::<serde_json::Value>(&text).expect("JSON")),
            "junit" => assert!(wirefeed::xml::faults(text.as_bytes()).expect("small").is_empty(), "{text}"),
            _ => {}
        }
    }
}

#[test]
fn what_convert_writes_is_sound() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages");
    let folder = folder("validate-convert");
    let mut checked = 0;
    for case in fs::read_dir(pages).expect("pages") {
        let case = case.expect("a page").path();
        let arguments = fs::read_to_string(case.join("arguments")).unwrap_or_default();
        let Some(page) =
            ["page.txt", "page.html"].map(|page| case.join(page)).into_iter().find(|page| page.is_file())
        else {
            continue;
        };
        for format in ["atom", "rss"] {
            let feed = folder.join(format!("{format}.xml"));
            let own = arguments
                .lines()
                .filter(|line| !line.starts_with("--source") && !line.starts_with("--self-url"));
            let own: Vec<_> = own.collect();
            let mut command = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
            command.arg("convert").arg(&page).args(own).args([
                "--quiet",
                "--format",
                format,
                "--source",
                "https://example.org/nieuws",
            ]);
            command.args(["--self-url", &format!("https://example.org/{format}.xml"), "--output"]).arg(&feed);
            if !command.current_dir(&case).output().expect("it runs").status.success() {
                continue;
            }
            let path = feed.to_str().expect("a path");
            let output =
                run(&folder, &["validate", path, "--now", "2027-01-01T00:00:00Z", "--report", "json"]);
            let found = rules(&output);
            let bad: Vec<_> = found.iter().filter(|(_, severity)| severity != "info").collect();
            assert!(bad.is_empty(), "{} as {format}: {bad:?}\n{}", case.display(), stdout(&output));
            checked += 1;
        }
    }
    assert!(checked > 60, "only {checked} feeds were checked");
}

#[test]
fn feeds_as_they_are_met_have_no_errors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/feeds/valid");
    let output = validate(&folder, &[".", "--report", "json"]);
    let errors: Vec<_> = rules(&output).into_iter().filter(|(_, severity)| severity == "error").collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", stdout(&validate(&folder, &["."])));
    assert!(fs::read_dir(&folder).expect("feeds").count() >= 30);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test is told by its environment what must be there")]
fn reports_follow_their_schemas() {
    let folder = with("validate-schema", &[("bad.xml", HOSTILE), ("sound.xml", SOUND)]);
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/validate-report.schema.json");
    ends(
        &validate(
            &folder,
            &["bad.xml", "sound.xml", "gone.xml", "--report", "json", "--output", "report.json"],
        ),
        2,
        "",
    );
    let script = "import json,sys,jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))";
    let has = Command::new("python3")
        .args(["-c", "import jsonschema"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has {
        assert!(std::env::var_os("CI").is_none(), "no jsonschema for python3: .ci/run installs it");
        return;
    }
    let output = Command::new("python3")
        .args(["-c", script, "report.json"])
        .arg(schema)
        .current_dir(&folder)
        .output()
        .expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn rules_are_explained() {
    let folder = folder("validate-explain");
    ends(
        &run(&folder, &["explain", "missing-guid"]),
        0,
        "https://www.rssboard.org/rss-profile#element-channel-item-guid",
    );
    ends(&run(&folder, &["explain"]), 0, "missing-guid");
    ends(&run(&folder, &["explain", "nothing-such"]), 2, "no such rule");
}

/// `UPDATE=1 cargo test --test validate_command` writes it.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test is told by its environment whether to update")]
fn the_manual_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("RULES.md");
    let manual = stdout(&run(Path::new("."), &["explain", "--markdown"]));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &manual).expect("RULES.md");
    }
    assert_eq!(fs::read_to_string(path).expect("RULES.md"), manual, "RULES.md is old");
}
