//! What a conversion costs: text and HTML, small and large, beside `atom_syndication` building and writing the same
//! entries in the same run, and hostile pages beside ordinary ones.
//!
//! `cargo bench` prints medians and ratios. Machines are noisy: what is compared is run in turns.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark reads the clock and prints"
)]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Person, Text};
use chrono::{DateTime, FixedOffset};
use wirefeed::format::Format;
use wirefeed::{Error, Options, convert};

/// The program's allocator, for both sides.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../tests/support/generate.rs"]
mod generate;

fn main() {
    let captured = DateTime::parse_from_rfc3339("2026-02-10T14:05:00+01:00").unwrap();
    against_the_crate(&captured);
    per_item(&captured);
    hostile(&captured);
    process();
}

/// Page to bytes.
fn feed_of(page: &[u8], captured: &DateTime<FixedOffset>) -> Vec<u8> {
    let (feed, _) = convert(page, captured, &Options::default()).unwrap();
    let mut bytes = Vec::new();
    Format::named("atom").unwrap().write(&feed, &mut bytes).unwrap();
    bytes
}

fn against_the_crate(captured: &DateTime<FixedOffset>) {
    println!("100,000 items, page to Atom, beside atom_syndication building and writing the same entries");
    let text = generate::text(100_000);
    let html = generate::html(100_000);
    let (feed, _) = convert(text.as_bytes(), captured, &Options::default()).unwrap();
    let [bare, from_text, from_html] = in_turns(
        7,
        [
            &mut || drop(black_box(by_hand(&feed))),
            &mut || drop(black_box(feed_of(text.as_bytes(), captured))),
            &mut || drop(black_box(feed_of(html.as_bytes(), captured))),
        ],
    );
    row("atom_syndication", bare, bare);
    row("wirefeed, text", from_text, bare);
    row("wirefeed, HTML", from_html, bare);
}

/// The same entries as a user of the crate would write them: a whole model, then its bytes.
fn by_hand(feed: &wirefeed::feed::Feed) -> Vec<u8> {
    let date = |time: wirefeed::resolve::Instant| -> FixedDateTime { time.fixed_offset() };
    let category = |name: &String| Category {
        term: name.clone(),
        scheme: Some("urn:wirefeed:place".to_owned()),
        label: Some(name.clone()),
    };
    let entries = feed.entries.iter().map(|entry| Entry {
        title: Text::plain(entry.title.clone()),
        id: entry.id.urn().to_string(),
        updated: date(entry.updated),
        published: entry.published.map(date),
        authors: entry
            .agencies
            .iter()
            .map(|agency| Person {
                name: agency.name.to_string(),
                uri: agency.home.map(str::to_owned),
                ..Person::default()
            })
            .collect(),
        categories: entry.places.iter().chain(&entry.sections).map(category).collect(),
        content: Some(Content {
            value: Some(entry.content.clone()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    });
    let model = Feed {
        title: Text::plain(feed.title.clone()),
        id: feed.id.urn().to_string(),
        updated: date(feed.updated),
        entries: entries.collect(),
        ..Feed::default()
    };
    model.write_to(Vec::new()).unwrap()
}

fn per_item(captured: &DateTime<FixedOffset>) {
    println!("\ncost an item, page to Atom");
    for (kind, page) in [("text", generate::text as fn(usize) -> String), ("HTML", generate::html)] {
        let [small, middle, large] = [8usize, 1_000, 100_000].map(|items| (items, page(items)));
        let run = |page: &String, times: usize| {
            for _ in 0..times {
                black_box(feed_of(page.as_bytes(), captured));
            }
        };
        let times =
            in_turns(7, [&mut || run(&small.1, 500), &mut || run(&middle.1, 10), &mut || run(&large.1, 1)]);
        let counts = [8 * 500, 1_000 * 10, 100_000];
        // Nanoseconds times a million fit: no page takes half an hour.
        let each: Vec<_> = times.iter().zip(counts).map(|(time, count)| *time / count).collect();
        for (items, time) in [8, 1_000, 100_000].iter().zip(&each) {
            row(&format!("{kind}, {items} items, each"), *time, each[1]);
        }
    }
}

fn hostile(captured: &DateTime<FixedOffset>) {
    println!("\nhostile pages, a byte, beside an ordinary page");
    const SIZE: usize = 50 * 1024 * 1024;
    let fill = |piece: &str, size: usize| piece.repeat(size / piece.len());
    let pages = [
        ("ordinary text", generate::text(130_000)),
        ("50 MB of (", fill("(", SIZE)),
        ("50 MB of geleden", fill("geleden", SIZE)),
        ("50 MB in one line", fill("woord ", SIZE)),
        // An ordinary item has 400 bytes, these have 16 and 20: each costs at most a quarter of one, up to the most
        // pieces that a page is split into.
        ("50 MB of glued ages", fill("x.1 uur geledenX", SIZE)),
        ("50 MB of glued dates", fill(" 1 jan 2026 - 01:25X", SIZE)),
        ("ordinary HTML", generate::html(3_000)),
        ("1 MB of nested div", fill("<div>", 1 << 20)),
        ("1 MB of nested div with ends", format!("{}{}", fill("<div>", 1 << 19), fill("</div>", 1 << 19))),
        ("1 MB of open p and b", fill("<p><b><li>", 1 << 20)),
        (
            "1 MB of ends without a start",
            format!("{}{}", fill("<div>", 1 << 19), fill("</p></li></a>", 1 << 19)),
        ),
    ];
    let mut ordinary = Duration::ZERO;
    for (name, page) in &pages {
        let [time] =
            in_turns(3, [&mut || drop(black_box(convert(page.as_bytes(), captured, &Options::default())))]);
        // Nanoseconds times a million fit: no page takes half an hour.
        let each = time * 1_000_000 / u32::try_from(page.len()).unwrap();
        if name.starts_with("ordinary") {
            ordinary = each;
        }
        let answer = match convert(page.as_bytes(), captured, &Options::default()) {
            Ok(_) | Err(Error::NoItems) => "",
            Err(_) => " (refused)",
        };
        row(&format!("{name}{answer}, each MB"), each, ordinary);
    }
}

/// The whole program on a page of eight items, beside a program that only says hello.
fn process() {
    println!("\na whole process on 8 items, beside hello, world");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let [page, hello, source] = ["eight.txt", "hello", "hello.rs"].map(|name| folder.join(name));
    std::fs::write(&page, generate::text(8)).unwrap();
    std::fs::write(&source, "fn main() { println!(\"hello, world\"); }").unwrap();
    let built = Command::new("rustc").arg("-O").arg(&source).arg("-o").arg(&hello).status().unwrap();
    assert!(built.success());
    let run = |command: &mut Command| drop(black_box(command.output().unwrap()));
    let mut bare = Command::new(hello);
    let mut wirefeed = Command::new(env!("CARGO_BIN_EXE_wirefeed"));
    wirefeed.arg("convert").arg(page).args(["--captured-at", "2026-02-10T14:05"]);
    // Each beside the other, so that both have the same neighbours on the machine.
    let [bare, whole] = in_turns(500, [&mut || run(&mut bare), &mut || run(&mut wirefeed)]);
    row("hello, world", bare, bare);
    row("wirefeed", whole, bare);
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

fn row(name: &str, time: Duration, beside: Duration) {
    println!("  {name:<40} {time:>12.2?}  {:>6.2}", time.as_secs_f64() / beside.as_secs_f64());
}
