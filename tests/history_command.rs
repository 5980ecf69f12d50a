//! The history as a user has it: files, several processes, kills, full disks.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop")]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/generate.rs"]
#[expect(dead_code, reason = "only the numbers are needed here")]
mod generate;
#[path = "support/site.rs"]
#[expect(dead_code, reason = "the truth is compared where the library is tested")]
mod site;

use std::collections::HashSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use site::{Rates, Site};

const BRIDGE: &str =
    "Meer uit Binnenland\nURK (ANP) - De brug is dicht. Het verkeer rijdt om.\n12 minuten geleden\n";

fn wirefeed(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wirefeed")).current_dir(folder).args(arguments).output().unwrap()
}

#[track_caller]
fn run(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let output = wirefeed(folder, arguments);
    let texts = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    assert_eq!(output.status.code(), Some(code), "{}\n{}", texts[0], texts[1]);
    let [out, err] = texts;
    (out, err)
}

/// Writes the pages of a small site, named by their time; how many stories they show.
fn site(folder: &Path, seed: u64, days: i64) -> usize {
    let rates = Rates { edited: 0, twins: 0, redated: 0, cached: 0, days, seed, ..Rates::default() };
    let site = Site::new(rates);
    fs::create_dir_all(folder).unwrap();
    for (number, capture) in site.captures.iter().enumerate() {
        fs::write(folder.join(format!("{number}-{}", site::name(capture.at))), &capture.page).unwrap();
    }
    let shown: HashSet<_> =
        site.captures.iter().flat_map(|capture| &capture.shown).map(|(story, _)| story).collect();
    shown.len()
}

fn entries(folder: &Path) -> Vec<String> {
    run(folder, &["history", "list", "--history", "news.db"], 0).0.lines().map(str::to_owned).collect()
}

#[test]
fn the_same_page_again_changes_no_byte() {
    let folder = folder::folder("again");
    fs::write(folder.join("page.txt"), BRIDGE).unwrap();
    let arguments = |at| {
        ["convert", "page.txt", "--captured-at", at, "--history", "news.db", "--output", "atom.xml", "-q"]
    };
    run(&folder, &arguments("2026-02-10T14:05"), 0);
    let first = fs::read(folder.join("atom.xml")).unwrap();
    run(&folder, &arguments("2026-02-10T14:05"), 0);
    assert_eq!(fs::read(folder.join("atom.xml")).unwrap(), first);
    // A feed that was left behind is healed.
    fs::remove_file(folder.join("atom.xml")).unwrap();
    run(&folder, &arguments("2026-02-10T14:05"), 0);
    assert_eq!(fs::read(folder.join("atom.xml")).unwrap(), first);
}

#[test]
fn what_scrolled_off_stays_in_the_feed() {
    let folder = folder::folder("scrolled");
    fs::write(folder.join("first.txt"), BRIDGE).unwrap();
    fs::write(
        folder.join("second.txt"),
        BRIDGE.replace("De brug is dicht. Het verkeer rijdt om.", "Er is een walvis gezien."),
    )
    .unwrap();
    run(
        &folder,
        &["convert", "first.txt", "--captured-at", "2026-02-10T14:05", "--history", "news.db", "-q"],
        0,
    );
    let later = ["convert", "second.txt", "--captured-at", "2026-02-10T16:05", "--history", "news.db", "-q"];
    let (feed, _) = run(&folder, &later, 0);
    assert!(feed.contains("De brug is dicht.") && feed.contains("walvis"));
    let (feed, _) = run(&folder, &[&later[..], &["--limit", "1"]].concat(), 0);
    assert!(!feed.contains("De brug is dicht.") && feed.contains("walvis"));
}

#[test]
fn a_page_without_items_changes_nothing() {
    let folder = folder::folder("without-items");
    fs::write(folder.join("page.txt"), "Er is iets misgegaan\n").unwrap();
    let (_, err) = run(&folder, &["convert", "page.txt", "--history", "news.db", "-q"], 1);
    assert!(err.contains("page.txt: no news item"));
    run(&folder, &["convert", "nowhere.txt", "--history", "news.db", "-q"], 2);
    assert!(!folder.join("news.db").exists());
}

#[test]
fn a_bad_page_among_many_is_named_and_left_out() {
    let folder = folder::folder("many");
    let stories = site(&folder.join("captures"), 5, 1);
    fs::write(folder.join("captures/without-a-time.txt"), BRIDGE).unwrap();
    fs::write(folder.join("captures/2025-10-10T0000.txt"), "niets\n").unwrap();
    fs::write(folder.join("captures/2025-10-26T0230.txt"), BRIDGE).unwrap();
    let arguments =
        ["convert", "captures", "--captured-from", "name", "--history", "news.db", "--output", "atom.xml"];
    let (_, err) = run(&folder, &arguments, 1);
    assert!(err.contains("without-a-time.txt: no time in its name"), "{err}");
    assert!(err.contains("2025-10-10T0000.txt: no news item"), "{err}");
    assert!(err.contains("2025-10-26T0230.txt: this time comes twice"), "{err}");
    assert!(err.contains("3 page(s) were left out"), "{err}");
    assert_eq!(entries(&folder).len(), stories);
    assert!(folder.join("atom.xml").exists());
    let (_, err) = run(&folder, &["convert", "captures", "captures", "-q"], 2);
    assert!(err.contains("--history FILE and --captured-from"), "{err}");
}

#[test]
fn a_file_that_is_no_history_is_refused_and_left() {
    let folder = folder::folder("refused");
    fs::write(folder.join("page.txt"), BRIDGE).unwrap();
    let convert = ["convert", "page.txt", "--captured-at", "2026-02-10T14:05", "--history", "news.db", "-q"];
    let refused = |bytes: &[u8], expected: &str| {
        fs::write(folder.join("news.db"), bytes).unwrap();
        for arguments in [&convert[..], &["history", "stats", "--history", "news.db"]] {
            let (_, err) = run(&folder, arguments, 2);
            assert!(err.contains("news.db: ") && err.contains(expected), "{err}");
        }
        assert_eq!(fs::read(folder.join("news.db")).unwrap(), bytes);
    };
    refused(b"a diary, not a database\n".repeat(100).as_slice(), "is no database");
    for (change, expected) in [
        ("CREATE TABLE diary (day TEXT)", "not a history of wirefeed"),
        ("PRAGMA application_id = 7; CREATE TABLE diary (day TEXT)", "not a history of wirefeed"),
        (
            "PRAGMA application_id = 2003200105; PRAGMA user_version = 9999; CREATE TABLE x (y)",
            "newer wirefeed",
        ),
    ] {
        let other = folder.join("other.db");
        _ = fs::remove_file(&other);
        rusqlite::Connection::open(&other).unwrap().execute_batch(change).unwrap();
        refused(&fs::read(&other).unwrap(), expected);
    }
    // A history of which a page was overwritten.
    fs::remove_file(folder.join("news.db")).unwrap();
    run(&folder, &convert, 0);
    let mut bytes = fs::read(folder.join("news.db")).unwrap();
    let half = bytes.len() / 2;
    bytes[4096..half].fill(0x55);
    for side in ["news.db-wal", "news.db-shm"] {
        _ = fs::remove_file(folder.join(side));
    }
    refused(&bytes, "malformed");
}

#[test]
fn who_asks_begins_no_history_in_an_empty_file() {
    let folder = folder::folder("empty-file");
    fs::write(folder.join("news.db"), b"").unwrap();
    let (_, err) = run(&folder, &["history", "list", "--history", "news.db"], 2);
    assert!(err.contains("news.db: is no database"), "{err}");
    assert_eq!(fs::read(folder.join("news.db")).unwrap(), b"");
}

/// What an earlier wirefeed wrote: version 2 as it was dumped, and version 1, which had no shelves.
#[test]
fn an_older_history_is_read_and_goes_on() {
    let folder = folder::folder("older");
    let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/history");
    let pages: Vec<_> = ["2026-02-10T1405.txt", "2026-02-10T1425.txt", "2026-02-10T1435.txt"]
        .map(|name| captures.join(name).display().to_string())
        .into();
    let convert = |history: &str, pages: &[String]| {
        let mut arguments =
            vec!["convert", "--captured-from", "name", "-q", "--history", history, "--output", "atom.xml"];
        arguments.extend(pages.iter().map(String::as_str));
        run(&folder, &arguments, 0);
        fs::read_to_string(folder.join("atom.xml")).unwrap()
    };
    let expected = convert("new.db", &pages);
    let shelves = [
        "entry_new",
        "entry_changed",
        "entry_gone",
        "section_new",
        "section_earlier",
        "wording_linked",
    ]
    .map(|name| format!("DROP TRIGGER {name};"))
    .concat()
        + "DROP TABLE dirty; DROP TABLE stand; DROP TABLE shelf; DROP TABLE source; PRAGMA user_version = 1;";
    for (name, to_version) in [("2.db", "PRAGMA user_version = 2;"), ("1.db", &shelves)] {
        let db = rusqlite::Connection::open(folder.join(name)).unwrap();
        db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        db.execute_batch(include_str!("../fixtures/history/version-2.sql")).unwrap();
        db.execute_batch(&format!("PRAGMA application_id = 2003200105; {to_version}")).unwrap();
        drop(db);
        // The last page was taken in already: nothing changes.
        assert_eq!(convert(name, &pages[2..]), expected, "{name}");
        let shown = |history: &str| {
            let list = run(&folder, &["history", "list", "--history", history], 0).0;
            let ids = list.lines().filter_map(|line| line.split_whitespace().find(|word| word.len() == 36));
            let show = |id| run(&folder, &["history", "show", id, "--history", history], 0).0;
            (list.clone(), ids.map(show).collect::<String>())
        };
        assert_eq!(shown(name), shown("new.db"), "{name}");
        let args =
            ["publish", "--history", name, "--no-fetch", "--url", "https://nieuws.example/", "--to", "site"];
        let (out, _) = run(&folder, &args, 0);
        assert!(out.contains("3 in the feed"), "{name} {out}");
        assert!(folder.join("site/atom.xml").exists());
        fs::remove_dir_all(folder.join("site")).unwrap();
    }
}

#[test]
fn the_history_is_no_output() {
    let folder = folder::folder("same-file");
    fs::write(folder.join("page.txt"), BRIDGE).unwrap();
    for (history, output) in [("news.db", "news.db"), ("./news.db", "news.db")] {
        let (_, err) = run(&folder, &["convert", "page.txt", "--history", history, "-o", output, "-q"], 2);
        assert!(err.contains("name two files"), "{err}");
    }
    assert!(!folder.join("news.db").exists());
}

#[test]
fn pages_without_items_begin_no_history() {
    let folder = folder::folder("no-history");
    fs::create_dir_all(folder.join("captures")).unwrap();
    fs::write(folder.join("captures/2026-02-10T1405.txt"), "niets\n").unwrap();
    run(&folder, &["convert", "captures", "--captured-from", "name", "--history", "news.db"], 1);
    assert!(!folder.join("news.db").exists());
}

#[test]
fn two_sections_do_not_rename_the_feed_in_turns() {
    let folder = folder::folder("two-sections");
    let mut names = Vec::new();
    for (minute, section) in [(5, "Binnenland"), (6, "Buitenland"), (7, "Binnenland")] {
        let page = format!("Meer uit {section}\n{BRIDGE}");
        fs::write(folder.join("page.txt"), page).unwrap();
        let at = format!("2026-02-10T14:0{minute}");
        let source = format!("https://example.nl/{section}");
        let arguments =
            ["convert", "page.txt", "--history", "news.db", "--captured-at", &at, "--source", &source, "-q"];
        let (out, _) = run(&folder, &arguments, 0);
        let feed = wirefeed::format::read_atom(out.as_bytes()).unwrap();
        names.push((feed.title, feed.id, feed.link));
    }
    assert_eq!(names[0].0, "Binnenland");
    assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
}

#[test]
fn a_history_that_cannot_be_written_is_named() {
    let folder = folder::folder("unwritable");
    fs::write(folder.join("page.txt"), BRIDGE).unwrap();
    for place in ["nowhere/news.db", "/proc/news.db", "."] {
        let (_, err) =
            run(&folder, &["convert", "page.txt", "--history", place, "--output", "atom.xml", "-q"], 2);
        assert!(err.contains(&format!("error: {place}: ")), "{err}");
    }
    assert!(!folder.join("atom.xml").exists());
    let (_, err) = run(&folder, &["history", "list", "--history", "none.db"], 2);
    assert!(err.contains("none.db") && !folder.join("none.db").exists(), "{err}");
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = folder::folder("full");
    fs::write(folder.join("page.txt"), BRIDGE).unwrap();
    run(
        &folder,
        &[
            "convert",
            "page.txt",
            "--captured-at",
            "2025-10-09T14:05",
            "--history",
            "news.db",
            "--output",
            "atom.xml",
            "-q",
        ],
        0,
    );
    let feed = fs::read(folder.join("atom.xml")).unwrap();
    site(&folder.join("captures"), 6, 2);
    let program = env!("CARGO_BIN_EXE_wirefeed");
    // No file may grow beyond 64 blocks of 1,024 bytes.
    let script = format!(
        "ulimit -f 64; exec {program} convert captures --captured-from name --history news.db --output atom.xml"
    );
    let output = Command::new("bash").current_dir(&folder).args(["-c", &script]).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("error: news.db: "), "{err}");
    assert_eq!(fs::read(folder.join("atom.xml")).unwrap(), feed);
    assert_eq!(entries(&folder).len(), 1);
    integrity(&folder);
}

fn integrity(folder: &Path) {
    let history = rusqlite::Connection::open(folder.join("news.db")).unwrap();
    let answer: String = history.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(answer, "ok");
}

/// `SQLite` waits for nobody while it begins or ends a write-ahead log.
#[test]
fn eight_processes_begin_one_history() {
    let folder = folder::folder("begin");
    fs::write(folder.join("page.txt"), include_str!("../fixtures/pages/an-item-in-two-sections/page.txt"))
        .unwrap();
    for round in 0..25 {
        let begin = |process| {
            Command::new(env!("CARGO_BIN_EXE_wirefeed"))
                .current_dir(&folder)
                .args(["convert", "page.txt", "-q", "--captured-at", "2026-02-10T14:05:00+01:00"])
                .args(["--history", &format!("{round}.db"), "--output", &format!("{process}.xml")])
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let running: Vec<_> = (0..8).map(begin).collect();
        for child in running {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn eight_processes_lose_nothing() {
    let folder = folder::folder("eight");
    let stories = site(&folder.join("captures"), 7, 1);
    let mut pages: Vec<_> =
        fs::read_dir(folder.join("captures")).unwrap().map(|page| page.unwrap().path()).collect();
    pages.sort();
    let mut running = Vec::new();
    for process in 0..8 {
        let pages = pages.iter().skip(process).step_by(8);
        let child = Command::new(env!("CARGO_BIN_EXE_wirefeed"))
            .current_dir(&folder)
            .args(["convert", "--captured-from", "name", "--history", "news.db", "--output"])
            .arg(format!("atom-{process}.xml"))
            .args(pages)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        running.push(child);
    }
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    integrity(&folder);
    let together = entries(&folder);
    assert_eq!(together.len(), stories);
    let alone = folder.join("alone");
    fs::create_dir_all(&alone).unwrap();
    run(
        &alone,
        &[
            "convert",
            "../captures",
            "--captured-from",
            "name",
            "--history",
            "news.db",
            "--output",
            "atom.xml",
        ],
        0,
    );
    assert_eq!(entries(&alone), together);
}

fn work() {
    for turn in 0..10_000 {
        std::hint::black_box(turn);
    }
}

/// Kills at a random moment, many times; what was said to be kept is there, whole.
#[test]
fn a_kill_at_any_moment_leaves_whole_files() {
    const KILLS: usize = 200;
    let folder = folder::folder("kills");
    let stories = site(&folder.join("captures"), 8, 1);
    let mut pages: Vec<_> =
        fs::read_dir(folder.join("captures")).unwrap().map(|page| page.unwrap().path()).collect();
    pages.sort_by_key(|page| {
        page.file_name().unwrap().to_string_lossy().split_once('-').unwrap().1.to_owned()
    });
    let mut numbers = generate::Numbers::new(9);
    let mut kills = 0;
    let mut ended = 0;
    let mut known = 0;
    let start = |page: &Path| {
        Command::new(env!("CARGO_BIN_EXE_wirefeed"))
            .current_dir(&folder)
            .args([
                "convert",
                "--captured-from",
                "name",
                "--history",
                "news.db",
                "--output",
                "atom.xml",
                "-q",
            ])
            .arg(page)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    // The moment is counted in work of this process, not in time: how much of it does a whole run take?
    let mut whole = 0;
    let mut first = start(&pages[0]);
    while first.try_wait().unwrap().is_none() {
        work();
        whole += 1;
    }
    for page in pages.iter().cycle() {
        if kills == KILLS {
            break;
        }
        let mut child = start(page);
        for _ in 0..numbers.below(whole + whole / 2) {
            work();
        }
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            kills += 1;
        } else {
            ended += 1;
        }
        child.wait().unwrap();
        if let Ok(mut feed) = fs::File::open(folder.join("atom.xml")) {
            let mut text = String::new();
            feed.read_to_string(&mut text).unwrap();
            assert!(text.starts_with("<?xml") && text.ends_with("</feed>\n"));
        }
        if folder.join("news.db").exists() && (kills + ended) % 20 == 0 {
            integrity(&folder);
            let count = entries(&folder).len();
            assert!(count >= known, "{count} entries, and there were {known}");
            known = count;
        }
    }
    assert!(ended > 0, "every process was killed: nothing was kept in between");
    // The next run heals what was left behind.
    run(
        &folder,
        &["convert", "captures", "--captured-from", "name", "--history", "news.db", "--output", "atom.xml"],
        0,
    );
    assert_eq!(entries(&folder).len(), stories);
    let ids: HashSet<_> = entries(&folder).into_iter().map(|line| line[..36].to_owned()).collect();
    assert_eq!(ids.len(), stories);
    let alone = folder.join("alone");
    fs::create_dir_all(&alone).unwrap();
    run(
        &alone,
        &[
            "convert",
            "../captures",
            "--captured-from",
            "name",
            "--history",
            "news.db",
            "--output",
            "atom.xml",
        ],
        0,
    );
    assert_eq!(fs::read(alone.join("atom.xml")).unwrap(), fs::read(folder.join("atom.xml")).unwrap());
}

#[test]
fn a_history_is_begun_from_a_feed() {
    let folder = folder::folder("import");
    site(&folder.join("captures"), 11, 1);
    run(
        &folder,
        &[
            "convert",
            "captures",
            "--captured-from",
            "name",
            "--history",
            "news.db",
            "--output",
            "atom.xml",
            "--limit",
            "1000",
        ],
        0,
    );
    let before = entries(&folder);
    fs::remove_file(folder.join("news.db")).unwrap();
    let (out, _) = run(&folder, &["history", "import", "atom.xml", "--history", "news.db"], 0);
    assert_eq!(out, format!("{} entries taken over, 0 were there\n", before.len()));
    assert_eq!(entries(&folder), before);
    let feed = fs::read(folder.join("atom.xml")).unwrap();
    let (out, _) = run(&folder, &["history", "import", "atom.xml", "--history", "news.db"], 0);
    assert!(out.starts_with("0 entries taken over"));
    // Pages that were seen before change nothing of what was taken over.
    run(
        &folder,
        &[
            "convert",
            "captures",
            "--captured-from",
            "name",
            "--history",
            "news.db",
            "--output",
            "atom.xml",
            "--limit",
            "1000",
        ],
        0,
    );
    assert_eq!(
        String::from_utf8(fs::read(folder.join("atom.xml")).unwrap()).unwrap(),
        String::from_utf8(feed).unwrap()
    );
}

#[test]
fn what_is_no_feed_of_ours_is_not_imported() {
    let folder = folder::folder("import-bad");
    let atom = |inside: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><id>urn:uuid:cb4c8143-9bc7-59f7-8c94-832bbdae3beb</id><updated>2026-02-10T13:53:00Z</updated>{inside}</feed>"
        )
    };
    for (feed, expected) in [
        ("no XML at all".to_owned(), "is no Atom feed"),
        ("<rss version=\"2.0\"/>".to_owned(), "is no Atom feed"),
        (atom(&"<a>".repeat(100_000)), "nested deeper"),
        (format!("<!DOCTYPE feed [<!ENTITY a \"b\">]>{}", atom("")), "document type"),
        (
            atom("<entry><title>x</title><id>tag:x</id><updated>2026-02-10T13:53:00Z</updated></entry>"),
            "expected a feed of wirefeed",
        ),
    ] {
        fs::write(folder.join("feed.xml"), feed).unwrap();
        let (_, err) = run(&folder, &["history", "import", "feed.xml", "--history", "news.db"], 2);
        assert!(err.contains("feed.xml: ") && err.contains(expected), "{err}");
        assert!(!folder.join("news.db").exists());
    }
}

#[test]
fn a_history_is_shown_counted_and_pruned() {
    let folder = folder::folder("shown");
    fs::write(folder.join("first.txt"), BRIDGE).unwrap();
    let second = BRIDGE.replace("Het verkeer rijdt om.", "Het verkeer rijdt nu om.").replace("12 m", "22 m");
    fs::write(folder.join("second.txt"), second).unwrap();
    run(
        &folder,
        &["convert", "first.txt", "--captured-at", "2026-02-10T14:05", "--history", "news.db", "-q"],
        0,
    );
    run(
        &folder,
        &["convert", "second.txt", "--captured-at", "2026-02-10T14:15", "--history", "news.db", "-q"],
        0,
    );
    let listed = entries(&folder);
    assert_eq!(listed.len(), 1);
    assert!(listed[0].ends_with("2026-02-10 13:53  De brug is dicht."), "{listed:?}");
    let (shown, _) = run(&folder, &["history", "show", &listed[0][..36], "--history", "news.db"], 0);
    for part in [
        "published  2026-02-10T13:53:00+01:00",
        "window     2026-02-10T13:52:01+01:00 to 2026-02-10T13:53:00+01:00",
        "updated    2026-02-10T14:15:00+01:00",
        "revision 1, first seen 2026-02-10T14:05:00+01:00",
        "revision 2, first seen 2026-02-10T14:15:00+01:00",
        "2026-02-10T14:15:00+01:00  place 1, revision 2: 2026-02-10T13:52:01+01:00 to 2026-02-10T13:53:00+01:00",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let (stats, _) = run(&folder, &["history", "stats", "--history", "news.db"], 0);
    for part in ["captures   2,", "entries    1, 1 of them edited", "1  2026-02-10", "1  Urk", "1  ANP"] {
        assert!(stats.contains(part), "{part}\n{stats}");
    }
    let unknown = "00000000-0000-5000-8000-000000000000";
    run(&folder, &["history", "show", unknown, "--history", "news.db"], 1);
    run(&folder, &["history", "prune", "--before", "yesterday", "--history", "news.db"], 2);
    let prune =
        |date: &str| run(&folder, &["history", "prune", "--before", date, "--history", "news.db"], 0).0;
    assert_eq!(prune("2026-02-10"), "0 entries forgotten\n");
    assert_eq!(prune("2026-02-11"), "1 entries forgotten\n");
    assert_eq!(entries(&folder).len(), 0);
}
