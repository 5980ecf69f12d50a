//! What it costs to validate: 1 MB and 50 MB feeds beside quick-xml reading the same bytes as events, `xmllint --noout` and
//! `xmllint --relaxng` with a schema of Atom; and whether the cost is linear in size, findings and depth.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark reads the clock and prints"
)]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use quick_xml::Reader;
use quick_xml::events::Event;
use wirefeed::validate::{Format, Options, check};

fn main() {
    accepted();
    for (kind, feed) in [("Atom", atom as fn(usize) -> String), ("RSS", rss)] {
        for megabytes in [1, 50] {
            let feed = feed(megabytes << 20);
            let report = check(feed.as_bytes(), &Options::default()).unwrap();
            assert!(report.findings.is_empty(), "{:?}", report.findings);
            beside(kind, megabytes, &feed);
        }
    }
    linear();
}

fn atom(size: usize) -> String {
    let mut feed = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"nl\"><title>Nieuws</title><id>tag:example.org,2026:feed</id><updated>2026-02-10T12:00:00Z</updated><author><name>Redactie</name></author><link rel=\"self\" href=\"https://example.org/atom.xml\"/>".to_owned();
    let mut number = 0_u32;
    while feed.len() < size {
        let (day, clock) = moment(number);
        _ = write!(
            feed,
            "<entry><title>Bericht {number} over het veer</title><id>tag:example.org,2026:{number}</id><updated>2026-01-{day:02}T{clock}Z</updated><link href=\"https://example.org/{number}\"/><category term=\"Den Helder\"/><content type=\"html\">&lt;p&gt;{}&lt;/p&gt;\n&lt;p&gt;&lt;a href=\"https://example.org/{number}/meer\"&gt;Meer&lt;/a&gt;&lt;/p&gt;</content></entry>\n",
            "Na twee dagen storm vaart het veer weer volgens de dienstregeling. ".repeat(10)
        );
        number += 1;
    }
    feed + "</feed>\n"
}

fn rss(size: usize) -> String {
    let mut feed = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>Nieuws</title><link>https://example.org/</link><description>Alles</description><language>nl</language><atom:link rel=\"self\" href=\"https://example.org/rss.xml\" type=\"application/rss+xml\"/>".to_owned();
    let mut number = 0_u32;
    while feed.len() < size {
        let (day, clock) = moment(number);
        // January 2026 begins on a Thursday.
        let name = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(day as usize + 2) % 7];
        _ = write!(
            feed,
            "<item><title>Bericht {number} over het veer</title><link>https://example.org/{number}</link><guid>https://example.org/{number}</guid><pubDate>{name}, {day:02} Jan 2026 {clock} GMT</pubDate><description>&lt;p&gt;{}&lt;/p&gt;\n&lt;p&gt;&lt;a href=\"https://example.org/{number}/meer\"&gt;Meer&lt;/a&gt;&lt;/p&gt;</description></item>\n",
            "Na twee dagen storm vaart het veer weer volgens de dienstregeling. ".repeat(10)
        );
        number += 1;
    }
    feed + "</channel></rss>\n"
}

/// The moment of an entry, newest first: the day of January 2026, and the time.
fn moment(number: u32) -> (u32, String) {
    let (minute, second) = (59 - number / 60 % 60, 59 - number % 60);
    let (day, hour) = (28 - number / 86_400 % 28, 23 - number / 3600 % 24);
    (day, format!("{hour:02}:{minute:02}:{second:02}"))
}

fn validate(feed: &str) {
    black_box(check(feed.as_bytes(), &Options::default()).unwrap());
}

fn events(feed: &str) {
    let mut reader = Reader::from_str(feed);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return,
            event => drop(black_box(event)),
        }
    }
}

fn xmllint(arguments: &[&str], path: &Path) {
    let mut command = Command::new("xmllint");
    command.args(["--huge", "--noout"]).args(arguments).arg(path).stdout(Stdio::null()).stderr(Stdio::null());
    black_box(command.status().unwrap());
}

/// The schema must take what is sound, or xmllint stops early and its time says nothing.
fn accepted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted.xml");
    std::fs::write(&own, atom(1 << 20)).unwrap();
    let feeds =
        std::fs::read_dir(root.join("fixtures/feeds/valid")).unwrap().map(|feed| feed.unwrap().path());
    let is_atom = |path: &PathBuf| {
        check(&std::fs::read(path).unwrap(), &Options::default()).unwrap().format == Format::Atom
    };
    for feed in feeds.chain([own]).filter(is_atom) {
        let mut command = Command::new("xmllint");
        command.args(["--noout", "--relaxng"]).arg(root.join("benches/atom.rng")).arg(&feed);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn beside(kind: &str, megabytes: usize, feed: &str) {
    println!("\n{megabytes} MB of {kind}: time, MB/s, times validate's");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("feed.xml");
    std::fs::write(&path, feed).unwrap();
    let schema = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/atom.rng");
    let schema = schema.to_str().unwrap();
    let [own, whole, bare, noout, relaxng] = in_turns(
        if megabytes > 1 { 5 } else { 15 },
        [
            &mut || validate(feed),
            &mut || {
                let mut command = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
                black_box(command.arg("validate").arg(&path).output().unwrap());
            },
            &mut || events(feed),
            &mut || xmllint(&[], &path),
            &mut || xmllint(&["--relaxng", schema], &path),
        ],
    );
    for (name, time) in [
        ("validate", own),
        ("validate, whole process", whole),
        ("quick-xml events", bare),
        ("xmllint --noout", noout),
    ] {
        row(name, feed.len(), time, own);
    }
    if kind == "Atom" {
        row("xmllint --relaxng", feed.len(), relaxng, own);
    }
}

/// A text many times, each with its number.
fn numbered(text: &str, count: usize) -> String {
    (0..count).map(|number| text.replace("{i}", &number.to_string())).collect()
}

fn linear() {
    println!("\nlinear: time, MB/s, a byte beside the first of its kind");
    let wrong =
        |count: usize| format!("<rss version=\"2.0\"><channel>{}</channel></rss>", "<x/>".repeat(count));
    let nested =
        |depth: usize| format!("<rss version=\"2.0\">{}{}</rss>", "<a>".repeat(depth), "</a>".repeat(depth));
    let html = |depth: usize| {
        format!(
            "<rss version=\"2.0\"><channel><item><description><![CDATA[{}]]></description></item></channel></rss>",
            "<div>".repeat(depth)
        )
    };
    let ampersands = |count: usize| {
        format!("<rss version=\"2.0\"><channel><title>{}</title></channel></rss>", "&".repeat(count))
    };
    let one = |size: usize| format!("<rss version=\"{}\"/>", "x".repeat(size));
    let declared = |count: usize| {
        let list = numbered("<!ATTLIST a x{i} CDATA #IMPLIED>", count);
        format!(
            "<!DOCTYPE rss [{list}]><rss version=\"2.0\"><channel>{}</channel></rss>",
            "<a/>".repeat(count)
        )
    };
    let hours = |count: usize| {
        let list = numbered("<hour>{i}</hour>", count);
        format!("<rss version=\"2.0\"><channel><skipHours>{list}</skipHours></channel></rss>")
    };
    let spaces = |count: usize| {
        let list = " <b/>".repeat(count);
        format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{list}</title></feed>")
    };
    let ends = |count: usize| format!("<rss>{}{}", "<a>".repeat(4000), "</x>".repeat(count));
    let rules = |count: usize| {
        let (open, list) = ("<b>".repeat(98), "<hr>".repeat(count));
        format!(
            "<rss version=\"2.0\"><channel><item><description><![CDATA[{open}{list}]]></description></item></channel></rss>"
        )
    };
    let pairs = [
        ("RSS", rss(5 << 20), rss(50 << 20)),
        ("findings", wrong(100_000), wrong(2_000_000)),
        ("depth of elements", nested(400), nested(4_000)),
        ("depth of HTML", html(100_000), html(1_000_000)),
        ("ill-formed all over", ampersands(1 << 20), ampersands(20 << 20)),
        ("one attribute", one(10 << 20), one(100 << 20)),
        ("attributes declared", declared(20_000), declared(200_000)),
        ("hours to skip", hours(20_000), hours(200_000)),
        ("white space in a title", spaces(20_000), spaces(200_000)),
        ("end tags of nothing", ends(20_000), ends(200_000)),
        ("rules in deep HTML", rules(20_000), rules(200_000)),
    ];
    for (name, small, large) in &pairs {
        let [less, more] = in_turns(5, [&mut || validate(small), &mut || validate(large)]);
        let size = |feed: &String| f64::from(u32::try_from(feed.len()).unwrap());
        let each = more.as_secs_f64() / size(large) / (less.as_secs_f64() / size(small));
        println!("  {name:<24} {more:>12.2?} {:>8.0} {each:>6.2}", size(large) / 1e6 / more.as_secs_f64());
    }
}

/// Runs each in turn, several times; the median of each.
fn in_turns<const N: usize>(rounds: usize, mut runs: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (run, times) in runs.iter_mut().zip(&mut times) {
            let start = Instant::now();
            run();
            times.push(start.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

fn row(name: &str, size: usize, time: Duration, own: Duration) {
    let speed = f64::from(u32::try_from(size).unwrap()) / 1e6 / time.as_secs_f64();
    println!("  {name:<24} {time:>12.2?} {speed:>8.0} {:>6.2}", time.as_secs_f64() / own.as_secs_f64());
}
