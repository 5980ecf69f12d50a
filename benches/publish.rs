//! What publishing costs with a year of history, as whole processes: where nothing changed beside `convert --history`,
//! and where three items are new beside `cp -r` and `sync` of the files that changed.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark reads the clock and prints"
)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]

#[path = "../tests/support/generate.rs"]
#[expect(dead_code, reason = "only the numbers are needed here")]
mod generate;
#[path = "../tests/support/memory.rs"]
mod memory;
#[path = "../tests/support/origin.rs"]
#[expect(dead_code, reason = "what was asked is not looked at")]
mod origin;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use chrono::{DateTime, Duration as Span, TimeZone};
use chrono_tz::Europe::Amsterdam;
use chrono_tz::Tz;
use generate::Numbers;
use memory::memory;
use origin::{Origin, answer, send};
use wirefeed::history::{History, digest};
use wirefeed::{Options, tell};

const DAYS: i64 = 365;
const ITEMS_A_DAY: usize = 120;
const PLACES: usize = 400;
const ROUNDS: usize = 11;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("publish-bench");
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut wire = Wire { numbers: Numbers::new(7), count: 0 };
    let last = year(&mut wire, &folder.join("news.db"));
    println!("a year of history: {} items from {PLACES} places", wire.count);
    let origin = Origin::of(Vec::new());
    let bench = Bench { folder, address: origin.address("/wire"), origin };
    bench.first(&last);
    bench.nothing_changed(&last);
    bench.three_new(&mut wire, last);
}

/// Makes pages up.
struct Wire {
    numbers: Numbers,
    count: usize,
}

/// What a page shows: each item with its moment.
struct Capture {
    at: DateTime<Tz>,
    items: Vec<(DateTime<Tz>, String)>,
}

impl Wire {
    fn item(&mut self) -> String {
        let place = self.numbers.below(PLACES);
        let name: String = [place / 20, place % 20].iter().map(|at| SYLLABLES[*at]).collect();
        let body = self.numbers.body();
        self.count += 1;
        format!("{name} (ANP/{}) - {body} Dit is bericht {}.", AGENCIES[place % 3], self.count)
    }
}

const AGENCIES: [&str; 3] = ["RTR", "AFP", "DPA"];
const SYLLABLES: [&str; 20] = [
    "BAR", "DEL", "KIM", "LOR", "MUN", "NAP", "PER", "RIL", "SOT", "TUR", "VAL", "WEN", "ZAN", "TER", "GEL",
    "HOF", "DAM", "BURG", "STAD", "KERK",
];

impl Capture {
    fn page(&self) -> String {
        let mut page = String::from("Meer uit Buitenland\n");
        for (time, item) in self.items.iter().rev() {
            let minutes = (self.at - *time).num_minutes().max(1);
            _ = match minutes {
                0..60 => write!(page, "{item}\n{minutes} minuten geleden"),
                _ => write!(page, "{item}\n{} uur geleden", minutes / 60),
            };
        }
        page + "\n"
    }
}

/// Fills a history with a page a day; the last one.
fn year(wire: &mut Wire, path: &Path) -> Capture {
    let start = Amsterdam.with_ymd_and_hms(2025, 2, 10, 0, 0, 0).unwrap();
    let mut history = History::open(path).unwrap();
    let mut batch = history.begin().unwrap();
    let mut last = None;
    for day in 0..DAYS {
        let from = start + Span::days(day);
        let step = i64::try_from(86_000 / ITEMS_A_DAY).unwrap();
        let items =
            (1i64..).take(ITEMS_A_DAY).map(|n| (from + Span::seconds(n * step), wire.item())).collect();
        let capture = Capture { at: from + Span::days(1) - Span::minutes(1), items };
        let page = capture.page();
        let bytes = page.as_bytes();
        let told = tell(bytes, &capture.at, &Options::default(), |told| {
            batch.apply(told.captured, digest(bytes, None), &told.sightings).unwrap();
            told.sightings.len()
        });
        assert_eq!(told.unwrap().0, ITEMS_A_DAY);
        last = Some(capture);
    }
    batch.commit().unwrap();
    last.expect("a day")
}

struct Bench {
    folder: PathBuf,
    address: String,
    origin: Origin,
}

impl Bench {
    fn shows(&self, capture: &Capture) {
        let bytes = answer("200 OK", "", capture.page().as_bytes());
        self.origin.answers(move |_, stream| send(stream, &bytes));
    }

    fn publish(&self, at: DateTime<Tz>) -> Command {
        let mut command = Command::new("/usr/bin/env");
        command.args(["-i", "PATH=/usr/bin:/bin", env!("CARGO_BIN_EXE_wirefeed"), "publish", &self.address]);
        command.args(["--url", "https://example.org/", "--report", "json", "-q", "--to"]);
        command.arg(self.folder.join("site")).arg("--history").arg(self.folder.join("news.db"));
        command.args(["--captured-at", &at.to_rfc3339()]);
        command
    }

    fn first(&self, capture: &Capture) {
        self.shows(capture);
        let start = Instant::now();
        let memory = memory(&self.publish(capture.at));
        println!("the first publish: {:.2?}, most memory {memory}", start.elapsed());
    }

    fn nothing_changed(&self, capture: &Capture) {
        println!("nothing changed");
        let page = self.folder.join("page.txt");
        fs::write(&page, capture.page()).unwrap();
        let (mut converts, mut publishes) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let mut convert = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
            convert.arg("convert").arg(&page).args([
                "-q",
                "--captured-at",
                &capture.at.to_rfc3339(),
                "--history",
            ]);
            convert.arg(self.folder.join("news.db")).arg("--output").arg(self.folder.join("atom.xml"));
            converts.push(timed(&mut convert).0);
            let (time, output) = timed(&mut self.publish(capture.at));
            assert!(written(&output).is_empty());
            publishes.push(time);
        }
        let base = median(converts);
        row("convert --history", base, base);
        row("publish", median(publishes), base);
    }

    fn three_new(&self, wire: &mut Wire, mut capture: Capture) {
        println!("three items new");
        let (mut copies, mut publishes) = (Vec::new(), Vec::new());
        let mut changed = 0;
        let mut most = String::new();
        for _ in 0..ROUNDS {
            capture.at += Span::minutes(1);
            let now = capture.at;
            capture.items.drain(..3);
            capture.items.extend((0..3).map(|_| (now, wire.item())));
            self.shows(&capture);
            let (time, output) = timed(&mut self.publish(capture.at));
            publishes.push(time);
            let files = written(&output);
            changed = files.len();
            copies.push(self.copy(&files));
            capture.at += Span::minutes(1);
            let now = capture.at;
            capture.items.drain(..3);
            capture.items.extend((0..3).map(|_| (now, wire.item())));
            self.shows(&capture);
            most = memory(&self.publish(capture.at));
        }
        let base = median(copies);
        row(&format!("cp -r and sync of the {changed} files"), base, base);
        row("publish", median(publishes), base);
        println!("  most memory: {most}");
    }

    /// Copies the files with `cp -r`, and has them on the disk.
    fn copy(&self, files: &[String]) -> Duration {
        let (from, to) = (self.folder.join("changed"), self.folder.join("copied"));
        _ = fs::remove_dir_all(&from);
        _ = fs::remove_dir_all(&to);
        for file in files {
            let target = from.join(file);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(self.folder.join("site").join(file), target).unwrap();
        }
        let copied: Vec<_> = files.iter().map(|file| to.join(file)).collect();
        let (copying, _) = timed(Command::new("cp").arg("-r").arg(&from).arg(&to));
        let (syncing, _) = timed(Command::new("sync").args(copied));
        copying + syncing
    }
}

fn written(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let paths = report["feeds"][0]["written"].as_array().expect("paths").iter();
    paths.map(|path| path.as_str().unwrap().to_owned()).collect()
}

fn timed(command: &mut Command) -> (Duration, Output) {
    let start = Instant::now();
    let output = command.output().unwrap();
    let time = start.elapsed();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (time, output)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn row(name: &str, time: Duration, beside: Duration) {
    println!("  {name:<40} {time:>12.2?}  {:>6.2}", time.as_secs_f64() / beside.as_secs_f64());
}
