//! Whether a document is well-formed: this reader and expat, in namespace mode, say the same of feeds that are mutated
//! in every way, document type declarations among them. `cargo test --release --test expat -- --ignored` does it half
//! a million times.
#![expect(clippy::expect_used, clippy::disallowed_macros, reason = "a test may stop, and tells its figures")]

#[path = "support/doctype.rs"]
mod doctype;
#[path = "support/mutate.rs"]
mod mutate;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use mutate::{Random, mutate, seeds};
use wirefeed::xml::{self, Kind};

/// What expat says of each document: nothing where it cannot say. None at all where there is no Python.
fn expat(documents: &[Vec<u8>]) -> Option<Vec<Option<(bool, String)>>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/expat.py");
    let mut child =
        Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut input = child.stdin.take().expect("a pipe");
    let batch: Vec<u8> = documents
        .iter()
        .flat_map(|document| {
            let length = u32::try_from(document.len()).expect("small").to_le_bytes();
            length.into_iter().chain(document.iter().copied())
        })
        .collect();
    let writer = std::thread::spawn(move || input.write_all(&batch));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it wrote").expect("all of it");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let answers: Vec<_> = lines
        .lines()
        .map(|line| (!line.starts_with('?')).then(|| (line.starts_with('1'), line.to_owned())))
        .collect();
    assert_eq!(answers.len(), documents.len());
    Some(answers)
}

/// What this reader says, with its reasons; nothing where it is too much.
fn ours(document: &[u8]) -> Option<(bool, String)> {
    let faults = xml::faults(document).ok()?;
    let has_mark = document.starts_with("\u{feff}".as_bytes());
    let excepted = faults.iter().all(|fault| {
        // Encodings that expat lacks are no disagreement; nor is one that is not UTF-8's behind its mark, which expat takes.
        fault.kind == Kind::UnknownEncoding || (has_mark && fault.kind == Kind::WrongEncoding)
    });
    (faults.is_empty() || !excepted).then(|| (faults.is_empty(), format!("{:?}", faults.first())))
}

/// The same document with each of some characters as a letter that each edition of XML takes for one.
fn with_letters(document: &[u8], replaced: fn(char) -> bool) -> Vec<u8> {
    let Ok(opened) = xml::Document::open(document) else { return Vec::new() };
    let text = opened.text.trim_start_matches('\u{feff}');
    let text: String = text.chars().map(|c| if replaced(c) { 'q' } else { c }).collect();
    text.replace("utf-16", "utf-8").replace("UTF-16", "UTF-8").into_bytes()
}

/// The same document without what the two take for different letters: names of the fifth edition have characters that
/// those of the fourth have not, which is expat's; and expat takes three signs for letters outside UTF-8, which are none.
fn without_new_names(document: &[u8], is_ours_sound: bool) -> Vec<u8> {
    if is_ours_sound {
        with_letters(document, |c| !c.is_ascii())
    } else {
        with_letters(document, |c| matches!(c, '\u{aa}' | '\u{b5}' | '\u{ba}'))
    }
}

/// A document, and the tags of what its document type declaration was made of.
type Tagged = (Vec<u8>, Vec<&'static str>);

/// Every second document has a document type declaration, and is left as it is or changed; the others are changed feeds.
fn documents(count: usize, seeds: &[Vec<u8>], random: &mut Random) -> Vec<Tagged> {
    let made = |random: &mut Random| match random.below(4) {
        0 => doctype::document(random),
        1 => {
            let (document, tags) = doctype::document(random);
            (mutate(&document, random), tags)
        }
        _ => {
            let seed = random.pick(seeds).clone();
            (mutate(&seed, random), Vec::new())
        }
    };
    (0..count).map(|_| made(random)).collect()
}

/// How many documents were compared, and of each tag how many sound ones and others.
#[derive(Default)]
struct Tally {
    compared: usize,
    sound: usize,
    excepted: usize,
    tags: BTreeMap<&'static str, [usize; 2]>,
}

impl Tally {
    fn count(&mut self, tags: &[&'static str], is_sound: bool) {
        self.compared += 1;
        self.sound += usize::from(is_sound);
        for tag in tags {
            self.tags.entry(tag).or_default()[usize::from(is_sound)] += 1;
        }
    }
}

/// So many rounds, with so many documents each.
fn compare(number: u64, rounds: usize, each: usize) {
    let seeds = seeds();
    assert!(seeds.len() > 12);
    let mut random = Random(number);
    let (mut tally, mut differ, mut wrong) = (Tally::default(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let tagged = documents(each, &seeds, &mut random);
        let documents: Vec<_> = tagged.iter().map(|(document, _)| document.clone()).collect();
        let Some(answers) = expat(&documents) else { return };
        for ((document, tags), answer) in tagged.iter().zip(answers) {
            let (Some(theirs), Some(ours)) = (answer, ours(document)) else { continue };
            tally.count(tags, theirs.0);
            if theirs.0 != ours.0 {
                differ.push((document.clone(), theirs.1, ours.1));
            }
        }
    }
    let plain =
        |(document, _, ours): &(Vec<u8>, String, String)| without_new_names(document, ours.contains("None"));
    let plain: Vec<_> = differ.iter().map(plain).collect();
    let Some(answers) = expat(&plain) else { return };
    for ((document, theirs, ours), (plain, answer)) in differ.iter().zip(plain.iter().zip(answers)) {
        let explained =
            answer.is_some_and(|(sound, _)| sound) && xml::faults(plain).is_ok_and(|f| f.is_empty());
        if explained {
            tally.excepted += 1;
        } else {
            wrong.push(format!("{}\nexpat: {theirs}\nours: {ours}\n", String::from_utf8_lossy(document)));
        }
    }
    let Tally { compared, sound, excepted, tags } = tally;
    println!(
        "{number}: {compared} compared, {sound} sound, {excepted} with other letters in names, {} differ",
        wrong.len()
    );
    let shown = wrong.iter().take(12).cloned().collect::<String>();
    assert!(wrong.is_empty(), "{} of {compared} differ ({sound} are sound):\n{shown}", wrong.len());
    assert!(sound * 8 > compared && sound < compared, "{sound} of {compared} are sound: nothing is compared");
    let rare: Vec<_> = doctype::tags()
        .into_iter()
        .filter(|tag| tags.get(tag).is_none_or(|[ill, sound]| ill + sound < 10))
        .collect();
    assert!(rare.is_empty(), "hardly made: {rare:?}");
    for (tag, [ill, sound]) in &tags {
        println!("  {tag}: {sound} sound, {ill} ill-formed");
    }
    // A few rows make each document ill-formed that has them.
    let both = tags.values().filter(|[ill, sound]| *ill > 0 && *sound > 0).count();
    assert!(
        both * 10 > tags.len() * 9,
        "only {both} of {} tags stand in sound and ill-formed documents",
        tags.len()
    );
}

#[test]
fn expat_agrees_on_mutated_feeds() {
    compare(0x2545_f491_4f6c_dd1d, 1, 6_000);
}

#[test]
#[ignore = "takes minutes; run it after a change of the reader"]
fn expat_agrees_on_half_a_million_mutated_feeds() {
    for number in [1, 7, 20_261_127, 0xdead_beef, 0x9e37_79b9_7f4a_7c15] {
        compare(number, 10, 10_000);
    }
}

/// Where something outside is named, the declarations that stand in the document still count (XML 1.0 5.1).
#[test]
fn an_external_id_hides_no_entity() {
    let netscape = "PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\" ";
    for external in ["", "SYSTEM \"x\" ", netscape] {
        for (value, content) in [
            ("\"<b>\"", "<channel>&e;</channel>"),
            ("\"&e;\"", "<channel>&e;</channel>"),
            ("\"<b/>\"", "<channel x=\"&e;\"/>"),
            ("SYSTEM \"y\"", "<channel x=\"&e;\"/>"),
            ("SYSTEM \"y\" NDATA n", "<channel>&e;</channel>"),
        ] {
            let document = format!("<!DOCTYPE rss {external}[<!ENTITY e {value}>]><rss>{content}</rss>");
            let faults = xml::faults(document.as_bytes()).expect("small");
            assert!(!faults.is_empty(), "{document}");
        }
    }
}

#[test]
fn expat_agrees_on_the_cases_of_others() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/feed-cases/cases");
    let mut folders = vec![cases];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    let documents: Vec<_> = paths.iter().map(|path| fs::read(path).expect("a case")).collect();
    let Some(answers) = expat(&documents) else { return };
    for ((document, answer), path) in documents.iter().zip(answers).zip(paths) {
        let (Some(theirs), Some(ours)) = (answer, ours(document)) else { continue };
        assert_eq!(theirs.0, ours.0, "{}\nexpat: {}\nours: {}", path.display(), theirs.1, ours.1);
    }
}
