//! What a history costs: a year of captures every ten minutes into an empty database, in memory and as files that the
//! command reads, beside parsing alone and beside bare inserts of the same rows in the same run; then one further
//! capture, as a whole process.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark reads the clock and prints"
)]
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a benchmark may stop")]

#[path = "../tests/support/generate.rs"]
#[expect(dead_code, reason = "only the numbers are needed here")]
mod generate;
#[path = "../tests/support/memory.rs"]
mod memory;
#[path = "../tests/support/site.rs"]
#[expect(dead_code, reason = "the truth is compared in the tests")]
mod site;

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use memory::memory;
use rusqlite::{Connection, params};
use site::{Capture, Rates, Site};
use wirefeed::history::{History, digest};
use wirefeed::{Options, tell};

/// As many as the command takes in at once.
const AT_ONCE: usize = 1_000;

fn main() {
    if let [_, "bare", folder] =
        std::env::args().collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>()[..]
    {
        return commit_and_rename(&bare(&Path::new(folder).join("bare-process.db")), Path::new(folder));
    }
    let folder = &Path::new(env!("CARGO_TARGET_TMPDIR")).join("history");
    _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    let site = Site::new(Rates { days: 365, sections: 1, ..Rates::default() });
    println!("a year of captures: {} pages", site.captures.len());
    let parsing = timed(|| parse(&site.captures));
    let bare = timed(|| insert(&site.captures, &folder.join("bare.db")));
    let in_memory = timed(|| keep(&site.captures, &folder.join("one-thread.db")));
    let pages = folder.join("pages");
    write(&site.captures, &pages);
    let database = folder.join("history.db");
    let history = timed(|| assert!(convert(&pages, &database, folder).status().unwrap().success()));
    let most = memory(&convert(&pages, &folder.join("measured.db"), folder));
    row("parsing alone, on one thread", parsing, parsing);
    row("bare inserts of the sightings", bare, parsing);
    row("into the history, on one thread", in_memory, parsing);
    row("into the history, the whole command", history, parsing);
    println!(
        "  {:.0} pages a second, most memory {most}",
        site.captures.len() as f64 / history.as_secs_f64()
    );
    let connection = Connection::open(&database).unwrap();
    let text: i64 = connection
        .query_row(
            "SELECT sum(length(CAST(paragraphs AS BLOB)) + coalesce(length(CAST(headline AS BLOB)), 0)
             + coalesce(length(CAST(dateline AS BLOB)), 0)) FROM wording",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let size = fs::metadata(&database).unwrap().len();
    println!("  {size} bytes of database for {text} of text: {:.2}", size as f64 / text as f64);
    one_more(&site, folder, &database);
}

fn parse(captures: &[Capture]) {
    for capture in captures {
        let told =
            tell(capture.page.as_bytes(), &capture.at, &Options::default(), |told| told.sightings.len());
        black_box(told.unwrap());
    }
}

fn keep(captures: &[Capture], path: &Path) {
    let mut history = History::open(path).unwrap();
    for captures in captures.chunks(AT_ONCE) {
        let mut batch = history.begin().unwrap();
        for capture in captures {
            let bytes = capture.page.as_bytes();
            let told = tell(bytes, &capture.at, &Options::default(), |told| {
                batch.apply(told.captured, digest(bytes, None), &told.sightings).unwrap()
            });
            black_box(told.unwrap());
        }
        batch.commit().unwrap();
    }
}

fn write(captures: &[Capture], folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (number, capture) in captures.iter().enumerate() {
        fs::write(folder.join(format!("{number}-{}", site::name(capture.at))), &capture.page).unwrap();
    }
}

/// The command on a folder of pages.
fn convert(pages: &Path, database: &Path, folder: &Path) -> Command {
    let mut process = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
    process.arg("convert").arg(pages).args(["-q", "--captured-from", "name", "--history"]).arg(database);
    process.arg("--output").arg(folder.join("year.xml"));
    process
}

/// One row for each sighting, and nothing else.
fn insert(captures: &[Capture], path: &Path) {
    let mut connection = bare(path);
    connection
        .execute_batch("CREATE TABLE sighting (wording INTEGER, capture INTEGER, at INTEGER, earliest INTEGER, latest INTEGER, PRIMARY KEY (wording, at, capture)) WITHOUT ROWID")
        .unwrap();
    for (number, captures) in captures.chunks(AT_ONCE).enumerate() {
        let transaction = connection.transaction().unwrap();
        for (place, capture) in captures.iter().enumerate() {
            for (story, _) in &capture.shown {
                let at = capture.at.timestamp();
                transaction
                    .prepare_cached("INSERT INTO sighting VALUES (?1, ?2, ?3, ?4, ?5)")
                    .unwrap()
                    .execute(params![
                        i64::try_from(*story).unwrap(),
                        i64::try_from(number * AT_ONCE + place).unwrap(),
                        at,
                        at - 60,
                        at
                    ])
                    .unwrap();
            }
        }
        transaction.commit().unwrap();
    }
}

fn bare(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "journal_mode", "wal").unwrap();
    connection.pragma_update(None, "synchronous", "full").unwrap();
    connection
}

fn one_more(site: &Site, folder: &Path, database: &Path) {
    println!("one further capture on it, a whole process");
    let last = site.captures.last().unwrap();
    let page = folder.join("page.txt");
    fs::write(&page, &last.page).unwrap();
    let connection = bare(&folder.join("commit.db"));
    // As large a database as the history.
    fs::copy(database, folder.join("bare-process.db")).unwrap();
    let (mut commits, mut bare_processes, mut processes) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..21i64 {
        commits.push(timed(|| commit_and_rename(&connection, folder)));
        let mut process = Command::new(std::env::current_exe().unwrap());
        process.arg("bare").arg(folder);
        bare_processes.push(timed(|| assert!(process.status().unwrap().success())));
        let at = last.at + chrono::Duration::minutes(run + 1);
        let mut process = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
        process.arg("convert").arg(&page).args(["-q", "--captured-at", &at.to_rfc3339(), "--history"]);
        process.arg(database).arg("--output").arg(folder.join("atom.xml"));
        processes.push(timed(|| assert!(process.status().unwrap().success())));
    }
    for times in [&mut commits, &mut bare_processes, &mut processes] {
        times.sort();
    }
    row("a bare commit and a synced rename", commits[10], commits[10]);
    row("a process that does nothing else", bare_processes[10], commits[10]);
    row("wirefeed", processes[10], commits[10]);
}

/// What keeps one row, and replaces one feed.
fn commit_and_rename(connection: &Connection, folder: &Path) {
    connection.execute_batch("CREATE TABLE IF NOT EXISTS x (y INTEGER); INSERT INTO x VALUES (1)").unwrap();
    let draft = folder.join("draft");
    let mut file = File::create(&draft).unwrap();
    file.write_all(&vec![b'x'; 200_000]).unwrap();
    file.sync_all().unwrap();
    fs::rename(&draft, folder.join("feed.xml")).unwrap();
    File::open(folder).unwrap().sync_all().unwrap();
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn row(name: &str, time: Duration, beside: Duration) {
    println!("  {name:<40} {time:>12.2?}  {:>6.2}", time.as_secs_f64() / beside.as_secs_f64());
}
