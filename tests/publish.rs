//! Publishing as a user has it: the program, a wire page on the loopback interface that changes, and a folder.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at what it did not expect")]

#[path = "support/folder.rs"]
mod folder;
#[path = "support/origin.rs"]
#[expect(dead_code, reason = "not every test asks what was asked")]
mod origin;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use origin::{Origin, answer, send};

/// A page with so many items, the newest first, `offset` of them told before.
fn wire(items: &[(&str, &str)]) -> String {
    let mut page = String::from("Meer uit Buitenland\n");
    for (at, (dateline, text)) in items.iter().enumerate() {
        _ = write!(page, "{dateline} - {text}\n{} minuten geleden", at * 7 + 5);
    }
    page + "\n"
}

const FIRST: &[(&str, &str)] = &[
    ("KYIV (ANP/RTR)", "In de hoofdstad rijdt de metro weer. Een storing legde het net stil."),
    ("GENÈVE (ANP/AFP)", "De onderhandelaars zitten weer aan tafel. Dat meldt het gastland."),
    ("KYIV (ANP)", "De brug over de rivier is dicht. Het verkeer rijdt een eind om."),
    ("TOKIO (ANP/AFP)", "Een beving heeft het noorden geschud. Er is geen waarschuwing gegeven."),
    ("KYIV (ANP/DPA)", "Het parlement stemt over de begroting. De uitslag komt in de avond."),
];

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]
    {
        command.env_remove(name);
    }
    command.current_dir(folder).args(arguments);
    command
}

#[track_caller]
fn ended(output: &Output, code: i32) -> (String, String) {
    let [out, err] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
    (out, err)
}

#[track_caller]
fn run(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    ended(&command(folder, arguments).output().unwrap(), code)
}

/// A site with a wire page behind it.
struct Wire {
    folder: PathBuf,
    origin: Origin,
    address: String,
}

impl Wire {
    fn new(name: &str, items: &[(&str, &str)]) -> Self {
        let origin = Origin::of(answer(
            "200 OK",
            "Content-Type: text/plain; charset=utf-8\r\n",
            wire(items).as_bytes(),
        ));
        let address = origin.address("/wire");
        Self { folder: folder::folder(name), origin, address }
    }

    fn shows(&self, items: &[(&str, &str)]) {
        let bytes = answer("200 OK", "Content-Type: text/plain; charset=utf-8\r\n", wire(items).as_bytes());
        self.origin.answers(move |_, stream| send(stream, &bytes));
    }

    fn arguments<'a>(&'a self, at: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let mut arguments =
            vec!["publish", self.address.as_str(), "--to", "site", "--url", "https://example.org/nieuws/"];
        arguments.extend(["--history", "news.db", "--captured-at", at]);
        arguments.extend(more);
        arguments
    }

    #[track_caller]
    fn publish(&self, at: &str, more: &[&str], code: i32) -> (String, String) {
        run(&self.folder, &self.arguments(at, more), code)
    }

    fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.site().join(path)).expect(path)
    }
}

/// Every file below a folder, with its bytes.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    found
}

fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    let modified = |path: &String| fs::metadata(root.join(path)).unwrap().modified().unwrap();
    files(root).into_keys().map(|path| (path.clone(), modified(&path))).collect()
}

#[test]
fn a_host_that_looks_at_its_top_alone_is_told_of() {
    let wire = Wire::new("publish-top", FIRST);
    let (_, err) = wire.publish("2026-02-10T14:05", &["--host", "netlify", "nginx"], 0);
    assert!(err.contains("Netlify reads _headers at the top of what it serves; copy it there"), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    let (_, err) = wire.publish("2026-02-10T14:06", &["--host", "netlify", "nginx"], 0);
    assert_eq!(err, "");
}

#[test]
fn a_page_becomes_a_folder() {
    let wire = Wire::new("publish-folder", FIRST);
    let (out, err) = wire.publish("2026-02-10T14:05", &["--compress", "--host", "nginx", "github-pages"], 0);
    assert_eq!(out, "5 new, 0 edited, 5 in the feed, 54 files written\n");
    assert_eq!(err, "");
    let files = files(&wire.site());
    for path in ["atom.xml", "rss.xml", "feed.json", "index.html"] {
        for folder in ["", "plaats/kyiv/", "persbureau/anp/"] {
            for ending in ["", ".gz", ".br"] {
                assert!(files.contains_key(&format!("{folder}{path}{ending}")), "{folder}{path}{ending}");
            }
        }
    }
    // Too few for feeds of their own; one section is none to choose from.
    assert!(!files.keys().any(|path| path.starts_with("plaats/geneve") || path.starts_with("rubriek")));
    for (path, bytes) in &files {
        let mut unpacked = Vec::new();
        let packed = bytes.as_slice();
        let plain = match path.rsplit_once('.') {
            Some((plain, "gz")) => {
                flate2::read::GzDecoder::new(packed).read_to_end(&mut unpacked).unwrap();
                plain
            }
            Some((plain, "br")) => {
                brotli::Decompressor::new(packed, 4096).read_to_end(&mut unpacked).unwrap();
                plain
            }
            _ => continue,
        };
        assert_eq!(unpacked, files[plain], "{path}");
    }
    // Hosts send it in place of a feed, too.
    let missing = wire.read("404.html");
    assert_eq!(wirefeed::xml::faults(missing.as_bytes()), Ok(vec![]));
    assert!(missing.contains("href=\"https://example.org/nieuws/style.css\""), "{missing}");
    let atom = wire.read("plaats/kyiv/atom.xml");
    assert_eq!(atom.matches("<entry>").count(), 3);
    for part in [
        "<?xml-stylesheet type=\"text/css\" href=\"../../feed.css\"?>",
        "<title>Buitenland: Kyiv</title>",
        "<link href=\"https://example.org/nieuws/plaats/kyiv/atom.xml\" rel=\"self\"",
        "<link href=\"https://example.org/nieuws/plaats/kyiv/\" rel=\"alternate\"",
    ] {
        assert!(atom.contains(part), "{part}\n{atom}");
    }
    assert!(wire.read("opml.xml").contains("xmlUrl=\"https://example.org/nieuws/persbureau/anp/atom.xml\""));
    let page = wire.read("index.html");
    for part in [
        "lang=\"nl\"",
        "noindex",
        "Content-Security-Policy",
        "<a href=\"plaats/kyiv/\">Kyiv</a>",
        "dinsdag 10 februari 2026",
        ">14:00</time>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("<script"));
}

#[test]
fn what_does_not_change_is_not_touched() {
    let wire = Wire::new("publish-untouched", FIRST);
    wire.publish("2026-02-10T14:05", &[], 0);
    let before = times(&wire.site());
    let (out, _) = wire.publish("2026-02-10T14:05", &[], 0);
    assert_eq!(out, "unchanged\n");
    assert_eq!(times(&wire.site()), before);
    // One item more, from Tokio: Kyiv's files stay.
    let more = [&[("TOKIO (ANP/AFP)", "De beurs is hoger gesloten. De yen daalt verder.")], FIRST].concat();
    wire.shows(&more);
    let (out, _) = wire.publish("2026-02-10T14:12", &[], 0);
    assert!(out.starts_with("1 new, 0 edited, 6 in the feed"), "{out}");
    let after = times(&wire.site());
    assert_ne!(after["atom.xml"], before["atom.xml"]);
    for (path, time) in &before {
        if path.starts_with("plaats/kyiv") || path == "style.css" {
            assert_eq!(after[path], *time, "{path}");
        }
    }
}

#[test]
fn a_report_for_programs() {
    let wire = Wire::new("publish-json", FIRST);
    let (out, _) = wire.publish("2026-02-10T14:05", &["--report", "json"], 0);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let feed = &report["feeds"][0];
    assert_eq!((feed["outcome"].as_str(), feed["new"].as_u64()), (Some("published"), Some(5)));
    assert!(feed["written"].as_array().unwrap().iter().any(|path| path == "atom.xml"));
    wire.origin.answers(|_, stream| send(stream, &answer("500 Oops", "", b"")));
    let (out, err) = wire.publish("2026-02-10T14:05", &["--report", "json"], 1);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["feeds"][0]["outcome"], "failed");
    assert!(err.contains("500"), "{err}");
}

#[test]
fn trouble_touches_nothing() {
    let wire = Wire::new("publish-trouble", FIRST);
    wire.publish("2026-02-10T14:05", &[], 0);
    let before = times(&wire.site());
    let entries = || run(&wire.folder, &["history", "stats", "--history", "news.db"], 0).0;
    let stats = entries();
    let cut = answer("200 OK", "", wire_bytes())[..90].to_vec();
    for (bytes, expected) in [
        (answer("404 Not Found", "", wire_bytes()), "404 (Not Found)"),
        (answer("200 OK", "", b"<html><body><h1>Er ging iets mis</h1></body></html>"), "no news item"),
        (answer("200 OK", "", b""), "no news item"),
        (cut, "ends before its end"),
    ] {
        wire.origin.answers(move |_, stream| send(stream, &bytes));
        let (out, err) = wire.publish("2026-02-10T14:20", &[], 1);
        assert_eq!((out.as_str(), err.lines().count()), ("", 1), "{err}");
        assert!(err.contains(expected), "{err}");
    }
    assert_eq!((times(&wire.site()), entries()), (before, stats));
}

fn wire_bytes() -> &'static [u8] {
    b"Meer uit Buitenland\nURK (ANP) - De brug is dicht. Het verkeer rijdt een eind om.\n12 minuten geleden\n"
}

#[test]
fn a_server_that_wants_rest_is_left_alone() {
    let wire = Wire::new("publish-rest", FIRST);
    wire.publish("2026-02-10T14:05", &[], 0);
    wire.origin.answers(|_, stream| send(stream, &answer("503 Busy", "Retry-After: 3600\r\n", b"")));
    wire.publish("2026-02-10T14:20", &[], 1);
    let asked = wire.origin.asked().len();
    let (out, err) = wire.publish("2026-02-10T14:20", &[], 0);
    assert_eq!(out, "unchanged\n");
    assert!(err.contains("asked for rest"), "{err}");
    assert_eq!(wire.origin.asked().len(), asked);
}

#[test]
fn a_page_that_did_not_change_is_not_sent() {
    let wire = Wire::new("publish-304", FIRST);
    let page = wire_page_with_etag();
    wire.origin.answers(move |head, stream| {
        let known = head.to_lowercase().contains("if-none-match: \"v1\"");
        send(stream, &if known { answer("304 Not Modified", "", b"") } else { page.clone() });
    });
    wire.publish("2026-02-10T14:05", &[], 0);
    assert_eq!(wire.publish("2026-02-10T14:20", &[], 0).0, "unchanged\n");
    // A folder that was lost comes back all the same.
    fs::remove_dir_all(wire.site()).unwrap();
    assert!(wire.publish("2026-02-10T14:20", &[], 0).0.contains("5 in the feed"));
    // And so does convert's feed.
    let (out, _) = run(&wire.folder, &["convert", &wire.address, "--history", "news.db", "-q"], 0);
    assert_eq!(out.matches("<entry>").count(), 5);
    assert!(out.contains("<title>Buitenland</title>"), "{out}");
}

fn wire_page_with_etag() -> Vec<u8> {
    answer("200 OK", "ETag: \"v1\"\r\n", wire(FIRST).as_bytes())
}

/// Name and password are for the server; what is published does not tell them.
#[test]
fn a_password_is_told_to_nobody_else() {
    let wire = Wire::new("publish-password", FIRST);
    let address = wire.address.replace("http://", "http://piet:geheim@");
    let arguments = ["publish", &address, "--to", "site", "--url", "https://example.org/", "--at-least", "1"];
    run(&wire.folder, &arguments, 0);
    assert!(
        wire.origin.asked()[0].contains("authorization: basic cgllddpnzwhlaw0="),
        "{}",
        wire.origin.asked()[0]
    );
    for (path, bytes) in files(&wire.site()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("geheim"), "{path}");
    }
    wire.origin.answers(|_, stream| send(stream, &answer("403 Forbidden", "", b"")));
    let (_, err) = run(&wire.folder, &arguments, 1);
    assert!(!err.contains("geheim"), "{err}");
}

#[test]
fn convert_takes_an_address() {
    let wire = Wire::new("publish-convert", FIRST);
    let arguments = ["convert", wire.address.as_str(), "--captured-at", "2026-02-10T14:05", "-q"];
    let (out, _) = run(&wire.folder, &arguments, 0);
    assert_eq!(out.matches("<entry>").count(), 5);
    let inspect = ["inspect", wire.address.as_str(), "--captured-at", "2026-02-10T14:05"];
    let (out, _) = run(&wire.folder, &inspect, 0);
    assert!(out.contains("5 item(s)") && out.contains(&wire.address), "{out}");
    wire.origin.answers(|_, stream| send(stream, &answer("403 Forbidden", "", b"")));
    for arguments in [&arguments[..], &inspect] {
        let (_, err) = run(&wire.folder, arguments, 1);
        assert!(err.contains("403 (Forbidden)"), "{err}");
    }
}

/// The days' archives, as RFC 5005 has them.
#[test]
fn days_become_archives_and_stay_as_they_are() {
    let wire = Wire::new("publish-archives", &FIRST[..3]);
    wire.publish("2026-02-10T14:05", &["--limit", "2"], 0);
    assert_eq!(wire.read("atom.xml").matches("<entry>").count(), 3, "no archive has them yet");
    wire.shows(&FIRST[3..]);
    wire.publish("2026-02-11T14:05", &["--limit", "2"], 0);
    // 48 hours after its end, to the minute.
    wire.publish("2026-02-12T23:59", &["--limit", "2", "--no-fetch"], 0);
    assert!(!wire.site().join("archief").exists());
    wire.publish("2026-02-13T00:00", &["--limit", "2", "--no-fetch"], 0);
    let first = wire.read("archief/2026-02-10.xml");
    assert_eq!(first.matches("<entry>").count(), 3);
    for part in ["xmlns:fh=\"http://purl.org/syndication/history/1.0\"", "<fh:archive", "rel=\"current\""] {
        assert!(first.contains(part), "{part}\n{first}");
    }
    assert!(!first.contains("next-archive") && !first.contains("prev-archive"));
    let main = wire.read("atom.xml");
    assert!(main.contains("archief/2026-02-10.xml\" rel=\"prev-archive\""), "{main}");
    assert_eq!(main.matches("<entry>").count(), 2);
    wire.publish("2026-02-14T00:00", &["--limit", "1", "--no-fetch"], 0);
    let linked = wire.read("archief/2026-02-10.xml");
    let next = "<link href=\"https://example.org/nieuws/archief/2026-02-11.xml\" rel=\"next-archive\" type=\"application/atom+xml\"/>";
    assert_eq!(linked.replace(next, ""), first, "it gains the link and nothing else");
    assert!(wire.read("archief/2026-02-11.xml").contains("archief/2026-02-10.xml\" rel=\"prev-archive\""));
    assert!(wire.read("atom.xml").contains("archief/2026-02-11.xml\" rel=\"prev-archive\""));
}

#[test]
fn a_late_correction_stands_in_the_main_feed_and_in_a_later_archive() {
    let wire = Wire::new("publish-late", &FIRST[..1]);
    let arguments = ["--limit", "1"];
    wire.publish("2026-02-10T14:05", &arguments, 0);
    wire.publish("2026-02-13T01:00", &["--limit", "1", "--no-fetch"], 0);
    let closed = wire.read("archief/2026-02-10.xml");
    wire.shows(&[
        ("URK (ANP)", "De haven ligt vol. De vloot is binnen."),
        ("BERN (ANP)", "De pas is dicht. Er ligt sneeuw."),
    ]);
    wire.publish("2026-02-13T10:00", &arguments, 0);
    // A page from a cache corrects the story of the 10th.
    wire.shows(&[(
        "KYIV (ANP/RTR)",
        "In de hoofdstad rijdt de metro weer. Een storing legde het hele net stil.",
    )]);
    wire.publish("2026-02-10T14:06", &arguments, 0);
    assert_eq!(wire.read("archief/2026-02-10.xml"), closed);
    let main = wire.read("atom.xml");
    assert!(main.contains("het hele net"), "{main}");
    assert_eq!(main.matches("<entry>").count(), 3);
    let manifest = wire.folder.join(".site.wirefeed/manifest.json");
    let before = fs::read(&manifest).unwrap();
    wire.publish("2026-02-17T10:00", &["--limit", "1", "--no-fetch"], 0);
    let all = |wire: &Wire| -> BTreeMap<_, _> {
        files(&wire.site()).into_iter().filter(|(path, _)| path.starts_with("archief")).collect()
    };
    let archives = all(&wire);
    let entries = |text: &str| text[text.find("<entry>").unwrap()..].to_owned();
    assert_eq!(entries(&wire.read("archief/2026-02-10.xml")), entries(&closed));
    // Cut off when all was moved and nothing noted: what is closed stays as it is.
    fs::write(&manifest, before).unwrap();
    let moved = serde_json::to_vec(&archives.keys().collect::<Vec<_>>()).unwrap();
    fs::write(manifest.with_file_name("journal.json"), moved).unwrap();
    wire.publish("2026-02-17T10:01", &["--limit", "1", "--no-fetch"], 0);
    assert_eq!(all(&wire), archives);
    let archives: Vec<String> =
        files(&wire.site()).into_keys().filter(|path| path.starts_with("archief")).collect();
    let held = |path: &String| wire.read(path).contains("het hele net");
    assert_eq!(archives.iter().filter(|path| held(path)).count(), 1, "{archives:?}");
}

#[test]
fn hostile_names_stay_in_the_folder() {
    let items = [
        ("../../ETC (ANP)", "Er is iets aan de hand. Niemand weet wat."),
        ("C:\\CON (ANP)", "Er is nog iets aan de hand. Iedereen weet wat."),
        ("<SCRIPT>ALERT (ANP)", "Er staat een teken in de naam. Dat hoort er niet."),
        ("KYÍV (ANP)", "Het is rustig in de stad. De trams rijden."),
        ("KYIV (ANP)", "Het is druk in de stad. De bussen rijden."),
    ];
    let wire = Wire::new("publish-hostile", &items);
    wire.publish("2026-02-10T14:05", &["--at-least", "1"], 0);
    let fits = |name: &str| {
        (1..=80).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let places: Vec<_> = fs::read_dir(wire.site().join("plaats"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(places.iter().all(|place| fits(place)), "{places:?}");
    assert_eq!(places.iter().filter(|place| place.starts_with("kyiv")).count(), 2, "{places:?}");
    assert!(!wire.read("index.html").to_lowercase().contains("<script"));
    let outside: Vec<_> =
        fs::read_dir(&wire.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(
        outside.len(),
        3 + usize::from(wire.folder.join("news.db-wal").exists())
            + usize::from(wire.folder.join("news.db-shm").exists()),
        "{outside:?}"
    );
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let wire = Wire::new("publish-links", FIRST);
    let outside = wire.folder.join("outside");
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("file"), "precious").unwrap();
    fs::create_dir_all(wire.site()).unwrap();
    symlink(&outside, wire.site().join("plaats")).unwrap();
    let (_, err) = wire.publish("2026-02-10T14:05", &[], 2);
    assert!(err.contains("plaats") && err.contains("move it away"), "{err}");
    fs::remove_file(wire.site().join("plaats")).unwrap();
    symlink(outside.join("file"), wire.site().join("atom.xml")).unwrap();
    wire.publish("2026-02-10T14:05", &[], 2);
    assert_eq!(files(&outside), BTreeMap::from([("file".to_owned(), b"precious".to_vec())]));
    assert!(!wire.site().join("index.html").exists());
    fs::remove_file(wire.site().join("atom.xml")).unwrap();
    wire.publish("2026-02-10T14:05", &[], 0);
    // Templates are plain files too.
    fs::create_dir_all(wire.folder.join("mine")).unwrap();
    symlink("/etc/passwd", wire.folder.join("mine/index.html")).unwrap();
    wire.publish("2026-02-10T14:05", &["--templates", "mine"], 2);
}

#[test]
fn files_of_others_are_left_alone() {
    let wire = Wire::new("publish-foreign", FIRST);
    fs::create_dir_all(wire.site().join("plaats/kyiv")).unwrap();
    fs::write(wire.site().join("plaats/kyiv/map.png"), "mine").unwrap();
    fs::write(wire.site().join("index.html"), "mine").unwrap();
    let (_, err) = wire.publish("2026-02-10T14:05", &[], 2);
    assert!(err.contains("index.html") && err.contains("--force"), "{err}");
    assert_eq!(wire.read("index.html"), "mine");
    fs::remove_file(wire.site().join("index.html")).unwrap();
    wire.publish("2026-02-10T14:05", &[], 0);
    assert!(wire.site().join("plaats/kyiv/atom.xml").exists());
    // Kyiv no longer qualifies: what wirefeed wrote goes, what it did not stays.
    let (out, _) = wire.publish("2026-02-10T14:05", &["--at-least", "5", "--no-fetch"], 0);
    assert!(out.contains("4 files removed"), "{out}");
    assert_eq!(files(&wire.site().join("plaats")).into_keys().collect::<Vec<_>>(), ["kyiv/map.png"]);
    assert!(wire.site().join("persbureau/anp/atom.xml").exists());
}

#[test]
fn templates_of_the_user_take_the_place_of_the_built_in_ones() {
    let wire = Wire::new("publish-templates", FIRST);
    fs::create_dir_all(wire.folder.join("mine")).unwrap();
    fs::write(wire.folder.join("mine/index.html"), "{% include \"head.html\" %}{{ title }}, {{ lang }}")
        .unwrap();
    fs::write(wire.folder.join("mine/head.html"), "<b>mijn kop</b> ").unwrap();
    fs::write(wire.folder.join("mine/entry.html"), "<p>{{ dateline }}</p>").unwrap();
    wire.publish("2026-02-10T14:05", &["--templates", "mine", "--language", "en", "--title", "A & B"], 0);
    assert_eq!(wire.read("index.html").trim(), "<b>mijn kop</b> A &amp; B, en");
    assert!(wire.read("atom.xml").contains("&lt;p&gt;KYIV (ANP/RTR)&lt;/p&gt;"));
    fs::write(wire.folder.join("mine/index.html"), "{% include \"../../secret.html\" %}").unwrap();
    let (_, err) = wire.publish("2026-02-10T14:05", &["--templates", "mine"], 2);
    assert!(err.contains("template"), "{err}");
    assert!(wire.read("index.html").contains("mijn kop"));
}

#[test]
fn the_gate_keeps_faults_out() {
    let wire = Wire::new("publish-gate", FIRST);
    fs::create_dir_all(wire.folder.join("mine")).unwrap();
    wire.publish("2026-02-10T14:05", &[], 0);
    let before = files(&wire.site());
    // A character that no XML may hold, from a template.
    fs::write(wire.folder.join("mine/entry.html"), "<p>\u{1}</p>").unwrap();
    let (_, err) = wire.publish("2026-02-10T14:05", &["--templates", "mine"], 1);
    assert!(err.contains("atom.xml") && err.contains("--force"), "{err}");
    assert_eq!(files(&wire.site()), before);
    wire.publish("2026-02-10T14:05", &["--templates", "mine", "--force"], 0);
    assert_ne!(files(&wire.site()), before);
}

/// A page of HTML with an item for each link, of so many minutes ago.
fn linked(links: &[&str], word: &str) -> Vec<u8> {
    let item = |(at, link): (usize, &&str)| {
        let link = link.replace('&', "&amp;").replace('"', "&quot;");
        format!(
            "<p><a href=\"{link}\">URK (ANP) - Bericht {at} van {word} over de haven.</a> {} minuten geleden</p>",
            at * 7 + 5
        )
    };
    let items: String = links.iter().enumerate().map(item).collect();
    answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", format!("<html><body>{items}").as_bytes())
}

/// Whether a text is an address by RFC 3986 (appendix A), part by part.
fn is_uri(text: &str) -> bool {
    let is_part = |part: &str, more: &str| {
        let escaped = part.split('%').skip(1).all(|rest| {
            rest.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        });
        let legal = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=%".contains(c) || more.contains(c);
        escaped && part.chars().all(legal)
    };
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let host = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((address, port)) => address.parse::<std::net::Ipv6Addr>().is_ok() && is_part(port, ":"),
        None => is_part(host, ":"),
    };
    matches!(scheme, "http" | "https")
        && host
        && is_part(user, ":")
        && is_part(path, ":@/")
        && [query, fragment].iter().all(|part| is_part(part, ":@/?"))
}

/// All addresses of a file, as XML, HTML or JSON has them.
fn addresses(text: &str) -> Vec<String> {
    let starts = text.match_indices("http").filter(|(at, _)| text[..*at].ends_with(['"', '>', '\'']));
    let plain = |(at, _): (usize, &str)| {
        let end = text[at..].find(['"', '<', '>']).map_or(text.len(), |end| at + end);
        text[at..end].replace("&amp;", "&").replace("&#39;", "'").replace("&apos;", "'")
    };
    starts.map(plain).collect()
}

const SPELLED: &[&str] = &[
    "https://example.nl/n?id[]=5",
    "https://example.nl/n?a|b^c`d{e}\\f",
    "https://example.nl/a[1]/{b}|c^d\\e",
    "https://example.nl/100%/%zz/%00?%&%4",
    "https://example.nl/a b\"c<d>é?f g\"é",
    "https://exa_mple.nl./x'y",
    "https://exa\"m{p}l`e.nl/x",
    "https://piet:ge[heim@[::1]:8080/x[y]",
    "https://bücher.example/x",
    "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.nl/x",
];

/// However a page spells a link, what is written is an address by RFC 3986, in every file and for good.
#[test]
fn no_link_keeps_a_site_from_being_published() {
    let wire = Wire::new("publish-spelled", FIRST);
    let shows = |links: &[&str], word: &str| {
        let page = linked(links, word);
        wire.origin.answers(move |_, stream| send(stream, &page));
    };
    let with_brackets = "https://example.org/nieuws[1]/";
    let publish = |at: &str, more: &[&str]| {
        let mut arguments = wire.arguments(at, more);
        let url = arguments.iter().position(|argument| *argument == "--url").unwrap();
        arguments[url + 1] = with_brackets;
        run(&wire.folder, &arguments, 0)
    };
    shows(SPELLED, "vandaag");
    let (out, err) = publish("2026-02-10T14:05", &["--at-least", "1"]);
    assert!(out.starts_with("10 new, 0 edited, 10 in the feed"), "{out}");
    assert_eq!(err, "");
    shows(&["https://example.nl/morgen"], "morgen");
    publish("2026-02-11T14:05", &["--at-least", "1"]);
    publish("2026-02-14T00:00", &["--at-least", "1", "--no-fetch"]);
    let mut found = 0;
    for (path, bytes) in files(&wire.site()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for address in addresses(&text) {
            assert!(is_uri(&address), "{path}: {address}");
            found += usize::from(address.contains("%5B%5D=5"));
        }
    }
    // Main feed, place and agency: three formats and a page each; and the archive.
    assert_eq!(found, 13);
    assert!(wire.read("archief/2026-02-10.xml").contains("https://example.nl/n?id%5B%5D=5"));
    // The id is that of the spelling of the page.
    let id = "urn:uuid:2ad258c3-b8c8-58b5-bc79-b815bcdf7203";
    assert!(wire.read("archief/2026-02-10.xml").contains(id), "{}", wire.read("archief/2026-02-10.xml"));
    // A history that is begun from the feed knows the entry again by the page's spelling.
    run(&wire.folder, &["history", "import", "site/atom.xml", "--history", "from-feed.db"], 0);
    shows(&SPELLED[..1], "vandaag");
    let page = ["--history", "from-feed.db", "--captured-at", "2026-02-10T14:06"];
    let (out, _) = run(&wire.folder, &[&["convert", wire.address.as_str()][..], &page].concat(), 0);
    assert_eq!(out.matches(id).count(), 1, "{out}");
    assert_eq!(out.matches("<entry>").count(), 11, "{out}");
}

/// The content's template marks the texts with this word in a way that no XML may hold.
const MARKED: &str = "{% for paragraph in paragraphs %}<p>{% if 'kapot' in paragraph.text %}\u{1}{% endif %}{{ paragraph.text }}</p>{% endfor %}";

#[test]
fn an_entry_that_may_not_be_published_costs_itself() {
    let wire = Wire::new("publish-costs", FIRST);
    fs::create_dir_all(wire.folder.join("mine")).unwrap();
    fs::write(wire.folder.join("mine/entry.html"), MARKED).unwrap();
    let bad = ("BERN (ANP)", "De klok is kapot. Niemand weet hoe laat het is.");
    let mine = |more: &[&'static str]| [&["--templates", "mine", "--at-least", "1"], more].concat();
    wire.shows(&[&FIRST[..2], &[bad], &FIRST[2..]].concat());
    let (out, err) = wire.publish("2026-02-10T14:05", &mine(&["--report", "json"]), 0);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let feed = &report["feeds"][0];
    assert_eq!((feed["outcome"].as_str(), feed["entries"].as_u64()), (Some("published"), Some(5)), "{out}");
    assert_eq!((feed["notes"].as_array().unwrap().len(), &feed["notes"][0]["kind"]), (1, &"loss".into()));
    assert!(err.contains("note: site: entry urn:uuid:") && err.contains("De klok is kapot."), "{err}");
    assert!(err.contains("was left out: ") && err.lines().count() == 1, "{err}");
    // Of what is left everything is published, and nothing of what is not, in no format.
    for (path, bytes) in files(&wire.site()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("kapot"), "{path}");
    }
    assert_eq!(wire.read("plaats/kyiv/atom.xml").matches("<entry>").count(), 3);
    assert_eq!(wire.read("plaats/bern/atom.xml").matches("<entry>").count(), 0);
    // What comes later is published, and so are the archives.
    wire.shows(&[("URK (ANP)", "De haven ligt vol. De vloot is binnen.")]);
    let (out, err) = wire.publish("2026-02-10T18:00", &mine(&["--quiet"]), 0);
    assert!(out.is_empty() && err.contains("was left out"), "what is lost is told however quiet: {err}");
    assert!(wire.read("atom.xml").contains("De vloot is binnen"));
    let (out, err) = wire.publish("2026-02-10T18:10", &mine(&["--strict", "--title", "Strikt"]), 1);
    assert!(out.contains("6 in the feed") && err.contains("--strict allows none"), "{out}{err}");
    assert!(wire.read("atom.xml").contains("<title>Strikt</title>"));
    wire.publish("2026-02-13T00:00", &mine(&["--no-fetch", "-q"]), 0);
    assert_eq!(wire.read("archief/2026-02-10.xml").matches("<entry>").count(), 6);
    let (out, err) = wire.publish("2026-02-13T00:00", &mine(&["--no-fetch", "--strict"]), 0);
    assert_eq!((out.as_str(), err.as_str()), ("unchanged\n", ""));
    // What was forced upon the archive is taken out again.
    wire.publish("2026-02-13T00:01", &[&mine(&["--no-fetch", "--force"])[..], &["--title", "x"]].concat(), 0);
    fs::remove_file(wire.site().join("archief/2026-02-10.xml")).unwrap();
    wire.publish("2026-02-13T00:02", &mine(&["--no-fetch", "--force"]), 0);
    assert!(wire.read("archief/2026-02-10.xml").contains("kapot"));
    wire.publish("2026-02-13T00:03", &[&mine(&["--no-fetch"])[..], &["--title", "y"]].concat(), 0);
    assert!(!wire.read("archief/2026-02-10.xml").contains("kapot"));
}

/// With headlines alone two days' reports say the same; the later one is news, and no old one that moved.
#[test]
fn what_says_the_same_as_before_is_published() {
    let wire = Wire::new("publish-same", FIRST);
    let page =
        |text: &str| format!("Meer uit Weer\nWeerbericht\nDE BILT (ANP) - {text}\n5 minuten geleden\n");
    let shows = |text: &str| {
        let bytes = answer("200 OK", "Content-Type: text/plain\r\n", page(text).as_bytes());
        wire.origin.answers(move |_, stream| send(stream, &bytes));
    };
    let few = ["--content", "title", "--limit", "1", "--at-least", "1"];
    shows("Het wordt zonnig met een zwakke wind. Morgen blijft het droog.");
    wire.publish("2026-02-10T14:05", &few, 0);
    let first = wire.read("plaats/de-bilt/atom.xml");
    shows("Er trekken buien over het land. In het oosten kan het hagelen.");
    let (out, _) = wire.publish("2026-02-12T14:05", &few, 0);
    assert!(out.starts_with("1 new"), "{out}");
    let second = wire.read("plaats/de-bilt/atom.xml");
    let id =
        |feed: &str| feed[feed.find("<entry>").unwrap()..].split("<id>").nth(1).unwrap()[..45].to_owned();
    assert_ne!(id(&first), id(&second));
}

/// A site that a link had frozen under 0.1.0 goes on, with the ids, times and archives that it had.
#[test]
fn a_site_of_an_older_version_goes_on() {
    let folder = folder::folder("publish-upgrade");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/upgrade");
    let read = |path: &str| fs::read_to_string(fixture.join(path)).unwrap();
    fs::create_dir_all(folder.join("site/archief")).unwrap();
    fs::create_dir(folder.join(".site.wirefeed")).unwrap();
    for path in ["site/atom.xml", "site/archief/2026-02-10.xml"] {
        fs::write(folder.join(path), read(path)).unwrap();
    }
    let root = fs::canonicalize(folder.join("site")).unwrap();
    let manifest = read("manifest.json").replace("\"ROOT\"", &serde_json::json!(root).to_string());
    fs::write(folder.join(".site.wirefeed/manifest.json"), manifest).unwrap();
    fs::write(folder.join(".site.wirefeed/lock"), "").unwrap();
    let db = rusqlite::Connection::open(folder.join("news.db")).unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    db.execute_batch(&read("history.sql")).unwrap();
    db.execute_batch("PRAGMA application_id = 2003200105; PRAGMA user_version = 4").unwrap();
    drop(db);
    let publish = |at: &str| {
        let arguments = ["publish", "--no-fetch", "--to", "site", "--url", "https://example.org/nieuws/"];
        let more = ["--history", "news.db", "--at-least", "50", "--captured-at", at];
        run(&folder, &[&arguments[..], &more].concat(), 0)
    };
    let entries = |feed: &str| feed[feed.find("<entry>").unwrap()..].to_owned();
    let now = |path: &str| fs::read_to_string(folder.join("site").join(path)).unwrap();
    let (out, err) = publish("2026-02-13T10:06");
    assert!(out.contains("3 in the feed") && err.is_empty(), "{out}{err}");
    // The entries that were published are what they were, to the byte, and so is the feed's id.
    assert!(now("atom.xml").ends_with(&entries(&read("site/atom.xml"))), "{}", now("atom.xml"));
    let archive = "archief/2026-02-10.xml";
    assert_eq!(entries(&now(archive)), entries(&read(&format!("site/{archive}"))));
    let feed_id = |feed: &str| feed.split("<id>").nth(1).unwrap()[..45].to_owned();
    assert_eq!(feed_id(&now("atom.xml")), feed_id(&read("site/atom.xml")));
    // The one that froze it has the id of its link as the page spells it.
    for part in ["urn:uuid:2ad258c3-b8c8-58b5-bc79-b815bcdf7203", "https://example.nl/n?id%5B%5D=5"] {
        assert!(now("atom.xml").contains(part), "{part}");
    }
    publish("2026-02-16T00:00");
    assert!(now("archief/2026-02-13.xml").contains("2026-02-13T10:01:00+01:00</published>"));
}

/// What is served is public, and a state is one site's.
#[test]
fn a_history_is_not_served_and_a_state_is_not_shared() {
    let wire = Wire::new("publish-inside", FIRST);
    let in_folder = |arguments: &[&str], code: i32| {
        let mut all = vec!["publish", wire.address.as_str(), "--url", "https://example.org/"];
        all.extend(["--captured-at", "2026-02-10T14:05"]);
        all.extend(arguments);
        run(&wire.folder, &all, code).1
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("site", wire.folder.join("way")).unwrap();
        symlink("elsewhere", wire.folder.join("link.db")).unwrap();
        symlink("./x/../way/news.db", wire.folder.join("elsewhere")).unwrap();
        symlink("round", wire.folder.join("round")).unwrap();
    }
    for arguments in [
        &["--to", "site", "--history", "site/news.db"][..],
        &["--to", "."],
        &["--to", "site", "--history", "other/../site/x/news.db"],
        #[cfg(unix)]
        &["--to", "site", "--history", "way/news.db"],
        #[cfg(unix)]
        &["--to", "site", "--history", "link.db"],
        &["--to", "site", "--state", "s", "--history", "s/news.db"],
    ] {
        let err = in_folder(arguments, 2);
        assert!(err.contains(".db: "), "{err}");
        assert!(err.contains("the history stands in ") && err.contains("--history"), "{err}");
    }
    for arguments in [&["--to", "site", "--state", "site/.state"], &["--to", "site/deep", "--state", "site"]]
    {
        let err = in_folder(arguments, 2);
        assert!(err.contains("the state stands in the served folder"), "{err}");
    }
    assert!(
        wire.origin.asked().is_empty() && !wire.site().exists() && !wire.folder.join("wirefeed.db").exists()
    );
    // Of two feeds neither serves the other's history.
    let feed = |name: &str| format!("[[feed]]\nto = \"{name}\"\nurl = \"https://example.org/{name}/\"\n");
    let two = format!("{}history = \"b/news.db\"\n{}", feed("a"), feed("b"));
    fs::write(wire.folder.join("wirefeed.toml"), two).unwrap();
    let (_, err) = run(&wire.folder, &["publish", "--no-fetch"], 2);
    assert!(err.contains("the history stands in "), "{err}");
    fs::remove_file(wire.folder.join("wirefeed.toml")).unwrap();
    // Each of two configurations names the same state for its own folder.
    let shared =
        |to: &'static str, code: i32| in_folder(&["--to", to, "--state", "s", "--history", "n.db"], code);
    shared("a", 0);
    let before = (files(&wire.folder.join("a")), files(&wire.folder.join("s")));
    let err = shared("b", 2);
    assert!(err.contains("holds the state of ") && err.contains("--state"), "{err}");
    assert_eq!((files(&wire.folder.join("a")), files(&wire.folder.join("s"))), before);
    shared("a", 0);
    // A site that moved takes its state along.
    fs::remove_dir_all(wire.folder.join("b")).unwrap();
    fs::rename(wire.folder.join("a"), wire.folder.join("b")).unwrap();
    shared("b", 0);
}

#[test]
fn two_at_once_come_out_as_one() {
    let wire = Wire::new("publish-two", FIRST);
    let arguments = wire.arguments("2026-02-10T14:05", &["--compress"]);
    let start =
        || command(&wire.folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let running: Vec<_> = (0..4).map(|_| start()).collect();
    for child in running {
        ended(&child.wait_with_output().unwrap(), 0);
    }
    assert_eq!(wire.publish("2026-02-10T14:05", &["--compress"], 0).0, "unchanged\n");
}

#[test]
fn a_folder_that_is_held_is_waited_for_as_long_as_is_said() {
    let wire = Wire::new("publish-held", FIRST);
    wire.publish("2026-02-10T14:05", &[], 0);
    let all = || (files(&wire.site()), files(&wire.folder.join(".site.wirefeed")));
    let before = all();
    let lock = fs::File::options().write(true).open(wire.folder.join(".site.wirefeed/lock")).unwrap();
    lock.lock().unwrap();
    let more = ["--no-fetch", "--title", "Nieuws", "--wait"];
    let (out, err) = wire.publish("2026-02-10T14:06", &[&more[..], &["0"]].concat(), 2);
    assert!(err.contains("lock: another wirefeed is publishing here, still after 0 s"), "{err}");
    assert!(err.contains("--wait") && err.lines().count() == 1, "{err}");
    assert_eq!(out, "");
    assert_eq!(all(), before);
    let arguments = wire.arguments("2026-02-10T14:06", &[&more[..], &["600"]].concat());
    let waiting =
        command(&wire.folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    lock.unlock().unwrap();
    ended(&waiting.wait_with_output().unwrap(), 0);
    assert!(wire.read("atom.xml").contains("Nieuws"));
    // What is waited for makes no file anew.
    assert_eq!(wire.publish("2026-02-10T14:06", &[&more[..], &["0"]].concat(), 0).0, "unchanged\n");
}

#[test]
fn a_file_describes_several_feeds() {
    let wire = Wire::new("publish-config", FIRST);
    run(&wire.folder, &["init", &wire.address, "--url", "https://example.org/"], 0);
    run(&wire.folder, &["init"], 2);
    assert!(
        run(&wire.folder, &["publish", "--captured-at", "2026-02-10T14:05"], 0).0.contains("5 in the feed")
    );
    assert!(wire.folder.join("public/atom.xml").exists());
    let bad = wire.origin.address("/bad");
    wire.origin.answers(move |head, stream| {
        let good = head.starts_with("GET /wire ");
        send(stream, &if good { answer("200 OK", "", wire_bytes()) } else { answer("404 No", "", b"") });
    });
    let text = format!(
        "[validate]\n[[feed]]\nsource = \"{bad}\"\nurl = \"https://example.org/a/\"\nto = \"a\"\nhistory = \"a.db\"\n[[feed]]\nsource = \"{}\"\nurl = \"https://example.org/b/\"\nto = \"b\"\nhistory = \"b.db\"\n",
        wire.address
    );
    fs::write(wire.folder.join("two.toml"), text).unwrap();
    let (out, err) =
        run(&wire.folder, &["publish", "--config", "two.toml", "--captured-at", "2026-02-10T14:05"], 1);
    assert!(out.starts_with("b: 1 new"), "{out}");
    assert!(err.contains("404") && err.contains("1 of 2 feeds were not published"), "{err}");
    fs::write(wire.folder.join("two.toml"), "url = \"https://example.org/\"\nto = 5\n").unwrap();
    let (_, err) = run(&wire.folder, &["publish", "--config", "two.toml"], 2);
    assert!(err.contains("two.toml:2:6: ") && !err.contains("\\u{a}"), "{err}");
    let (_, err) = run(&folder::folder("publish-nothing"), &["publish"], 2);
    assert!(err.contains("wirefeed init"), "{err}");
}

#[test]
fn feeds_that_would_be_one_another_are_told_apart() {
    let folder = folder::folder("publish-apart");
    let feed = |name: &str, more: &str| {
        format!(
            "[[feed]]\nsource = \"http://127.0.0.1:9/{name}\"\nto = \"{name}\"\nurl = \"https://example.org/{name}/\"\n{more}"
        )
    };
    let told = |more: [&str; 2], code: i32| {
        fs::write(folder.join("wirefeed.toml"), feed("a", more[0]) + &feed("b", more[1])).unwrap();
        run(&folder, &["publish"], code).1
    };
    for (more, expected) in [
        (
            ["state = \"s\"\n", "state = \"x/../s\"\n"],
            "\"state\" of [[feed]] 1 and \"state\" of [[feed]] 2 lead to one place",
        ),
        (
            ["limit = 0\n", ""],
            "wirefeed.toml:5:9: invalid value: integer \"0\", expected a whole number from 1 on",
        ),
        (["", "limitt = 3\n"], "wirefeed.toml:9:1: unknown key \"limitt\"; did you mean \"limit\"?"),
    ] {
        let err = told(more, 2);
        assert!(err.contains(expected) && err.lines().count() == 1, "{err}");
    }
    let inside = feed("a", "") + &feed("b", "").replace("to = \"b\"", "to = \"a/plaats\"");
    for (text, expected) in [
        (inside, "\"to\" of [[feed]] 1 and \"to\" of [[feed]] 2 lead to one place"),
        (
            feed("a", "") + &feed("b", "state = \".a.wirefeed\"\n"),
            "\"state\" of [[feed]] 1 and \"state\" of [[feed]] 2",
        ),
        (feed("a", "state = \"b\"\n") + &feed("b", ""), "\"state\" of [[feed]] 1 and \"to\" of [[feed]] 2"),
    ] {
        fs::write(folder.join("wirefeed.toml"), text).unwrap();
        let (_, err) = run(&folder, &["publish"], 2);
        assert!(err.contains(expected), "{err}");
    }
    // Nobody answers; what is shared is told before.
    let err = told(["", ""], 1);
    assert!(err.contains("shares the history wirefeed.db with a"), "{err}");
    assert!(!told(["history = \"a.db\"\n", ""], 1).contains("shares"));
    let same = feed("a", "") + &feed("a", "").replace("/a/", "/b/");
    fs::write(folder.join("wirefeed.toml"), same).unwrap();
    let err = run(&folder, &["publish"], 2).1;
    assert!(err.contains("\"to\" of [[feed]] 1 and \"to\" of [[feed]] 2"), "{err}");
    let (_, err) = run(&folder, &["publish", "http://127.0.0.1:9/"], 2);
    assert!(err.contains("wirefeed.toml is not read beside an address"), "{err}");
}

#[test]
fn a_first_run_within_the_rest_that_a_server_wants_ends_well() {
    let wire = Wire::new("publish-rest-first", FIRST);
    wire.origin.answers(|_, stream| send(stream, &answer("503 No", "Retry-After: 3600\r\n", b"")));
    let (_, err) = wire.publish("2026-02-10T14:05", &[], 1);
    assert!(err.contains("503"), "{err}");
    let (out, err) = wire.publish("2026-02-10T14:06", &[], 0);
    assert_eq!(out, "unchanged\n");
    assert!(err.contains("asked for rest until"), "{err}");
}

#[test]
fn a_history_that_cannot_be_opened_is_told_of_in_words() {
    let wire = Wire::new("publish-unopened", FIRST);
    let told = |more: &[&str]| {
        let arguments = ["publish", &wire.address, "--to", "site", "--url", "https://example.org/"];
        run(&wire.folder, &[&arguments, more].concat(), 2)
    };
    for (path, expected) in [
        ("none/news.db", "none/news.db: the folder that it is to stand in is not there; create it"),
        (".", ".: is a folder; name a file"),
    ] {
        let (_, err) = told(&["--history", path]);
        assert!(err.contains(expected) && err.lines().count() == 1, "{err}");
    }
    let (_, err) = told(&["--history", "no.db", "--no-fetch"]);
    assert!(err.contains("no.db: there is no history yet"), "{err}");
}

/// What stands in the folder of the manifest decides what is written over: it may be another one's, or forged.
#[cfg(unix)]
#[test]
fn the_folder_of_the_manifest_is_not_trusted() {
    let wire = Wire::new("publish-state", FIRST);
    let outside = wire.folder.join("victim.xml");
    fs::write(&outside, "x").unwrap();
    // Somebody's own folder.
    let theirs = wire.folder.join("theirs");
    fs::create_dir_all(theirs.join("drafts")).unwrap();
    fs::write(theirs.join("drafts/essay"), "x").unwrap();
    let (_, err) = wire.publish("2026-02-10T14:05", &["--state", "theirs"], 2);
    assert!(err.contains("theirs: holds what is not wirefeed's"), "{err}");
    assert!(theirs.join("drafts/essay").exists() && fs::read_dir(&theirs).unwrap().count() == 1);
    let (_, err) = wire.publish("2026-02-10T14:05", &["--state", "site/state"], 2);
    assert!(err.contains("stands in the served folder") && !wire.site().join("state").exists(), "{err}");
    // Links and pipes in the place of its files.
    wire.publish("2026-02-10T14:05", &[], 0);
    let state = wire.folder.join(".site.wirefeed");
    let link = |name: &str| std::os::unix::fs::symlink(&outside, state.join(name)).unwrap();
    link("manifest.json.draft");
    link("journal.json.draft");
    fs::write(wire.site().join("atom.xml"), "broken").unwrap();
    wire.publish("2026-02-10T14:06", &[], 0);
    for name in ["lock", "manifest.json", "journal.json"] {
        let aside = fs::read(state.join(name)).ok();
        _ = fs::remove_file(state.join(name));
        link(name);
        let (_, err) = wire.publish("2026-02-10T14:07", &[], 2);
        assert!(err.contains(&format!("{name}: is no plain file")), "{err}");
        fs::remove_file(state.join(name)).unwrap();
        if let Some(bytes) = aside {
            fs::write(state.join(name), bytes).unwrap();
        }
    }
    // Paths that lead out of the folder.
    let manifest = fs::read_to_string(state.join("manifest.json")).unwrap();
    let forged = manifest.replace("\"archives\":[", "\"archives\":[\"../../victim\"");
    assert_ne!(forged, manifest);
    for text in [forged, manifest.replace("\"rss.xml\":", "\"../victim.xml\":")] {
        fs::write(state.join("manifest.json"), text).unwrap();
        let (_, err) = wire.publish("2026-02-10T14:08", &["--title", "Anders"], 2);
        assert!(err.contains("was not written by wirefeed"), "{err}");
    }
    fs::write(state.join("manifest.json"), &manifest).unwrap();
    fs::write(state.join("journal.json"), "[\"../victim.xml\", \"\"]").unwrap();
    wire.publish("2026-02-10T14:09", &[], 0);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "x");
}

/// The numbers of another history mean other things: what it holds is published whole.
#[test]
fn another_history_is_noticed() {
    let bern = [("BERN (ANP)", "De pas is weer open. Het verkeer rijdt.")];
    let kyiv = [("KYIV (ANP)", "De tram rijdt weer. De storing is voorbij.")];
    let wire = Wire::new("publish-another", FIRST);
    let history = wire.folder.join("news.db");
    wire.publish("2026-02-10T14:05", &[], 0);
    let copy = fs::read(&history).unwrap();
    wire.shows(&bern);
    wire.publish("2026-02-10T14:30", &[], 0);
    // An older copy goes another way.
    fs::write(&history, &copy).unwrap();
    wire.shows(&kyiv);
    wire.publish("2026-02-10T14:40", &[], 0);
    for path in ["atom.xml", "plaats/kyiv/atom.xml", "persbureau/anp/rss.xml"] {
        assert!(wire.read(path).contains("De tram rijdt weer"), "{path}");
        assert!(!wire.read(path).contains("De pas is weer open"), "{path}");
    }
    wire.publish("2026-02-13T00:00", &["--no-fetch"], 0);
    let closed = wire.read("archief/2026-02-10.xml");
    // One that begins anew, and has of the closed day what the archive lacks.
    fs::remove_file(&history).unwrap();
    wire.shows(&bern);
    let (out, _) = wire.publish("2026-02-10T14:45", &[], 0);
    assert!(out.starts_with("1 new"), "{out}");
    assert!(wire.read("atom.xml").contains("De pas is weer open"));
    assert_eq!(wire.read("archief/2026-02-10.xml"), closed);
    let (out, _) = wire.publish("2026-02-10T14:46", &[], 0);
    assert_eq!(out, "unchanged\n");
}

/// A correction of a closed day comes in the run that meets a restored history.
#[test]
fn a_correction_is_not_lost_with_a_restored_history() {
    let corrected =
        [("KYIV (ANP/RTR)", "In de hoofdstad rijdt de metro weer. Een storing legde het hele net stil.")];
    let wire = Wire::new("publish-restored", FIRST);
    wire.publish("2026-02-10T14:05", &[], 0);
    wire.publish("2026-02-13T09:00", &["--no-fetch"], 0);
    let copy = fs::read(wire.folder.join("news.db")).unwrap();
    wire.shows(&[("BERN (ANP)", "De pas is weer open. Het verkeer rijdt.")]);
    wire.publish("2026-02-13T10:00", &[], 0);
    fs::write(wire.folder.join("news.db"), copy).unwrap();
    wire.shows(&corrected);
    let (out, _) = wire.publish("2026-02-10T14:06", &["--limit", "1"], 0);
    assert!(out.starts_with("0 new, 1 edited"), "{out}");
    assert!(wire.read("atom.xml").contains("het hele net"));
    let archived = wire.read("archief/2026-02-10.xml");
    assert!(!archived.contains("het hele net"));
    // What stands in an archive as it is comes no second time.
    let count = archived.matches("<entry>").count();
    assert_eq!(wire.read("atom.xml").matches("<entry>").count(), 1, "of {count}");
}

#[test]
fn what_a_site_has_of_its_own_stays() {
    let wire = Wire::new("publish-own-404", FIRST);
    fs::create_dir(wire.site()).unwrap();
    for name in ["404.html", "favicon.ico"] {
        fs::write(wire.site().join(name), "mine").unwrap();
    }
    wire.publish("2026-02-10T14:05", &["--compress"], 0);
    for name in ["404.html", "favicon.ico"] {
        assert_eq!(wire.read(name), "mine");
    }
    assert!(!wire.site().join("404.html.gz").exists());
}

/// However a folder came about, it is what one that is made now would be: no link leads to what is not there.
#[test]
fn links_come_and_go_with_what_they_lead_to() {
    let wire = Wire::new("publish-links", FIRST);
    let is_like_new = |name: &str, more: &[&str]| {
        let mut arguments = wire.arguments("2026-02-10T15:30", more);
        let to = arguments.iter().position(|argument| *argument == "site").unwrap();
        arguments[to] = name;
        arguments.push("--no-fetch");
        run(&wire.folder, &arguments, 0);
        let new = files(&wire.folder.join(name));
        assert_eq!(files(&wire.site()), new);
        for (path, bytes) in new.iter().filter(|(path, _)| path.contains("index.html")) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let text = String::from_utf8_lossy(bytes);
            for href in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let is_page = href.ends_with('/') && !href.contains("://") && !href.starts_with("..");
                let there = format!("{folder}/{href}index.html");
                assert!(!is_page || new.contains_key(there.trim_start_matches('/')), "{path}: {href}");
            }
        }
    };
    wire.publish("2026-02-09T14:05", &[], 0);
    is_like_new("first", &[]);
    let oslo = |text| ("OSLO (ANP/RTR)", text);
    let items = [
        oslo("De veerboot vaart weer. De storm is voorbij."),
        oslo("Het museum is open. De rij is lang."),
        oslo("De sneeuw smelt snel. De rivier stijgt."),
    ];
    for (number, at) in [(1, "2026-02-10T14:30"), (2, "2026-02-10T14:50"), (3, "2026-02-10T15:20")] {
        wire.shows(&items[..number]);
        wire.publish(at, &[], 0);
    }
    assert!(wire.read("persbureau/anp/index.html").contains("plaats/oslo/"));
    is_like_new("second", &[]);
    let toml = format!(
        "source = \"{}\"\nto = \"chosen\"\nurl = \"https://example.org/\"\nhistory = \"news.db\"\nonly-places = [\"Oslo\"]\n",
        wire.address
    );
    fs::write(wire.folder.join("wirefeed.toml"), toml).unwrap();
    run(&wire.folder, &["publish", "--no-fetch"], 0);
    let chosen = files(&wire.folder.join("chosen"));
    assert!(!String::from_utf8_lossy(&chosen["index.html"]).contains("plaats/kyiv"));
    assert!(!String::from_utf8_lossy(&chosen["opml.xml"]).contains("plaats/kyiv"));
    // What was there at the start is forgotten, and with it the place.
    run(&wire.folder, &["history", "prune", "--before", "2026-02-10", "--history", "news.db"], 0);
    wire.publish("2026-02-10T15:30", &["--no-fetch"], 0);
    is_like_new("third", &[]);
}

/// What a history forgot has to be sent again.
#[test]
fn a_page_is_asked_for_anew_after_a_prune() {
    let wire = Wire::new("publish-prune", FIRST);
    let page = wire_bytes();
    wire.origin.answers(move |head, stream| {
        let known = head.to_ascii_lowercase().contains("if-none-match");
        let status = if known { "304 Not Modified" } else { "200 OK" };
        send(stream, &answer(status, "ETag: \"a\"\r\n", if known { b"" } else { page }));
    });
    wire.publish("2026-02-10T14:05", &[], 0);
    run(&wire.folder, &["history", "prune", "--before", "2030-01-01", "--history", "news.db"], 0);
    let (out, _) = wire.publish("2026-02-10T14:06", &[], 0);
    assert!(!out.is_empty());
    assert!(wire.read("atom.xml").contains("<entry>"));
}

/// A manifest speaks for its own folder, wherever that is moved to, and for no other one.
#[test]
fn a_manifest_speaks_for_its_folder_alone() {
    let wire = Wire::new("publish-root", FIRST);
    wire.publish("2026-02-10T14:05", &[], 0);
    let (site, other) = (wire.site(), wire.folder.join("other"));
    fs::create_dir(&other).unwrap();
    fs::write(other.join("atom.xml"), "mine").unwrap();
    fs::rename(wire.folder.join(".site.wirefeed"), wire.folder.join(".other.wirefeed")).unwrap();
    let to_other = |at: &str, code: i32| {
        let mut arguments = wire.arguments(at, &[]);
        let to = arguments.iter().position(|argument| *argument == "site").unwrap();
        arguments[to] = "other";
        run(&wire.folder, &arguments, code)
    };
    let (_, err) = to_other("2026-02-10T14:06", 2);
    assert!(err.contains("atom.xml: was not written by wirefeed"), "{err}");
    fs::remove_dir_all(&other).unwrap();
    fs::rename(&site, &other).unwrap();
    wire.shows(&[("BERN (ANP)", "De pas is weer open. Het verkeer rijdt.")]);
    let (out, _) = to_other("2026-02-10T14:30", 0);
    assert!(out.starts_with("1 new"), "{out}");
}

#[test]
fn a_page_ends_at_the_limit_and_the_main_feed_does_not() {
    let wire = Wire::new("publish-page-limit", FIRST);
    wire.publish("2026-02-10T14:05", &["--limit", "2"], 0);
    assert_eq!(wire.read("index.html").matches("<article").count(), 2);
    assert_eq!(wire.read("atom.xml").matches("<entry>").count(), 5);
}

/// Killed at any moment, the folder holds old or new files, all whole; the next run brings it to its end.
#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "how long a run takes decides when one is killed")]
fn a_kill_leaves_every_file_old_or_new() {
    let wire = Wire::new("publish-kill", FIRST);
    let more = [
        &[
            ("TOKIO (ANP/AFP)", "De beurs is hoger gesloten. De yen daalt verder."),
            ("BERN (ANP)", "De pas is dicht. Er ligt sneeuw."),
        ],
        FIRST,
    ]
    .concat();
    let options = ["--compress", "--at-least", "1", "-q"];
    wire.publish("2026-02-10T14:05", &options, 0);
    let old = files(&wire.site());
    let keep = |from: &str, to: &str| {
        for name in ["site", ".site.wirefeed", "news.db", "news.db-wal", "news.db-shm"] {
            let (from, to) = (wire.folder.join(from).join(name), wire.folder.join(to).join(name));
            _ = fs::remove_dir_all(&to);
            _ = fs::remove_file(&to);
            if from.exists() {
                assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
            }
        }
    };
    fs::create_dir_all(wire.folder.join("kept")).unwrap();
    keep("", "kept");
    wire.shows(&more);
    let begun = std::time::Instant::now();
    wire.publish("2026-02-10T14:20", &options, 0);
    let whole = begun.elapsed();
    let new = files(&wire.site());
    assert_ne!(old, new);
    let mut seed = 1u64;
    let (mut killed, mut between) = (0, 0);
    let rounds = if std::env::var_os("CI").is_some() { 200 } else { 40 };
    for _ in 0..rounds {
        keep("kept", "");
        let mut child = command(&wire.folder, &wire.arguments("2026-02-10T14:20", &options)).spawn().unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(
            whole.mul_f64(f64::from(u32::try_from(seed >> 32).unwrap()) / f64::from(u32::MAX)),
        );
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let found = files(&wire.site());
        for (path, bytes) in &found {
            assert!(
                old.get(path) == Some(bytes) || new.get(path) == Some(bytes),
                "{path} is neither old nor new"
            );
        }
        between += usize::from(found != old && found != new);
        wire.publish("2026-02-10T14:20", &options, 0);
        assert_eq!(files(&wire.site()), new);
        assert_eq!(fs::read_dir(wire.folder.join(".site.wirefeed/drafts")).unwrap().count(), 0);
    }
    assert!(killed > rounds / 4, "only {killed} runs were killed, {between} of them amid the moving");
}
