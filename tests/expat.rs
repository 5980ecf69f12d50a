//! Whether a document is well-formed: this reader and expat, in namespace mode, say the same of feeds that are mutated
//! in every way. `cargo test --test expat -- --ignored` does it 100,000 times.
#![expect(clippy::expect_used, clippy::disallowed_macros, reason = "a test may stop, and tells its figures")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

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
    let excepted = faults.iter().all(|fault| {
        // Encodings that expat lacks, and names of the fifth edition, are no disagreement.
        fault.kind == Kind::UnknownEncoding
    });
    (faults.is_empty() || !excepted).then(|| (faults.is_empty(), format!("{:?}", faults.first())))
}

/// The small random numbers of xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).expect("fits")).expect("fits")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// What markup is made of, and what breaks it.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/",
    "&",
    ";",
    "\"",
    "'",
    "=",
    " ",
    "\n",
    "\r",
    "\t",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "--",
    "<?",
    "?>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a>",
    "xmlns=''",
    " xmlns:p='u'",
    " xmlns:p=''",
    " xmlns:xml='u'",
    " xmlns:xmlns='u'",
    " p:a='1'",
    " a='1' a='2'",
    "<p:a/>",
    "<a:b:c/>",
    "<:a/>",
    "<a:/>",
    "&amp;",
    "&#0;",
    "&#x41;",
    "&#xFFFF;",
    "&#1;",
    "&e;",
    "&nbsp;",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fffd}",
    "ë",
    "</a>",
    "<a>",
    "<a",
    "a",
    "-",
    ".",
    "1",
    ":",
    "<!ENTITY e 'x'>",
    "<!DOCTYPE a [<!ENTITY e '<b>y</b>'>]>",
    "<!ELEMENT a (b|c)*>",
    "<!ATTLIST a b CDATA 'c'>",
    "%p;",
    "[",
    "]",
    "!",
    "?",
    "standalone='yes'",
    " encoding='us-ascii'",
    " version='1.1'",
    "xml:lang='nl'",
    "\u{feff}",
    "SYSTEM 'x'",
    "PUBLIC 'x' 'y'",
];

fn mutate(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut document = seed.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(document.len() + 1);
        let length = random.below(12).min(document.len() - at);
        match random.below(8) {
            0 | 1 => drop(document.splice(at..at, random.pick(PIECES).bytes())),
            2 => drop(document.splice(at..at + length, random.pick(PIECES).bytes())),
            3 => drop(document.drain(at..at + length)),
            4 => {
                let copied: Vec<u8> = document[at..at + length].to_vec();
                let to = random.below(document.len() + 1);
                drop(document.splice(to..to, copied));
            }
            5 if at < document.len() => document[at] = u8::try_from(random.below(256)).expect("a byte"),
            6 if at + 1 < document.len() => document.swap(at, at + 1),
            7 if random.below(4) == 0 => document.truncate(at),
            _ => {}
        }
    }
    document
}

/// Small documents with all that XML has, and the smallest feeds of the fixtures.
fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut seeds: Vec<Vec<u8>> = [
        "<?xml version='1.0' encoding='utf-8' standalone='no'?><!-- a --><a xmlns='u' xmlns:p='v' p:q=\"1\"><?b c?><p:b>t&amp;&#65;</p:b><![CDATA[<&]]></a>\n",
        "<!DOCTYPE a [<!ENTITY e 'x<b>y</b>'><!ENTITY f \"&e;&#38;e;\"><!ELEMENT a ANY><!ATTLIST a b CDATA 'c' d (e|f) #IMPLIED g NMTOKENS #REQUIRED><!NOTATION n SYSTEM 'o'><!ENTITY u SYSTEM 'u' NDATA n><?p q?><!-- c -->]><a b='&f;'>&e;&f;</a>",
        "<!DOCTYPE a PUBLIC '-//X//Y' 'http://example.org/'><a>&unknown;</a>",
        "<!DOCTYPE a [<!ENTITY % p 'q'>%p;<!ELEMENT b (c,(d|e)+,f?)><!ELEMENT g (#PCDATA|h)*>]><a>&later;</a>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><b>x</b> y</div></title></feed>",
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>&lt;b&gt;</title><dc:date>2026</dc:date></channel></rss>",
    ]
    .iter()
    .map(|seed| seed.as_bytes().to_vec())
    .collect();
    let latin = "<?xml version='1.0' encoding='iso-8859-1'?><a b='\u{e9}'>\u{e9}</a>";
    seeds.push(latin.chars().map(|c| u8::try_from(u32::from(c)).expect("latin")).collect());
    seeds.push(
        "\u{feff}<?xml version='1.0' encoding='utf-16'?><a b='é'>é😀</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
    );
    seeds.push("<a b='é'>é😀</a>".encode_utf16().flat_map(u16::to_be_bytes).collect());
    let mut folders: Vec<_> =
        fs::read_dir(root.join("pages")).expect("pages").map(|f| f.expect("a folder").path()).collect();
    folders.sort();
    let feeds = folders.iter().flat_map(|folder| ["atom.xml", "rss.xml"].map(|name| folder.join(name)));
    seeds.extend(feeds.filter_map(|path| fs::read(path).ok()).filter(|feed| feed.len() < 2500).take(12));
    seeds
}

/// The same document with every character beyond ASCII as a letter that each edition of XML takes for one: where only
/// that makes expat agree, it is of the fourth edition, whose names have fewer characters.
fn without_new_names(document: &[u8]) -> Vec<u8> {
    let Ok(opened) = xml::Document::open(document) else { return Vec::new() };
    let text = opened.text.trim_start_matches('\u{feff}');
    let text: String = text.chars().map(|c| if c.is_ascii() { c } else { 'x' }).collect();
    text.replace("utf-16", "utf-8").replace("UTF-16", "UTF-8").into_bytes()
}

/// So many rounds, with so many documents each.
fn compare(rounds: usize, each: usize) {
    let seeds = seeds();
    assert!(seeds.len() > 12);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let (mut compared, mut sound, mut excepted, mut differ, mut wrong) = (0, 0, 0, Vec::new(), Vec::new());
    for _ in 0..rounds {
        let documents: Vec<_> = (0..each)
            .map(|_| {
                let seed = random.pick(&seeds).clone();
                mutate(&seed, &mut random)
            })
            .collect();
        let Some(answers) = expat(&documents) else { return };
        for (document, answer) in documents.iter().zip(answers) {
            let (Some(theirs), Some(ours)) = (answer, ours(document)) else { continue };
            compared += 1;
            sound += usize::from(theirs.0);
            if theirs.0 != ours.0 {
                differ.push((document.clone(), theirs.1, ours.1));
            }
        }
    }
    let plain: Vec<_> = differ.iter().map(|(document, ..)| without_new_names(document)).collect();
    let Some(answers) = expat(&plain) else { return };
    for ((document, theirs, ours), (plain, answer)) in differ.iter().zip(plain.iter().zip(answers)) {
        let explained = ours.contains("None")
            && answer.is_some_and(|(sound, _)| sound)
            && xml::faults(plain).is_ok_and(|f| f.is_empty());
        if explained {
            excepted += 1;
        } else {
            wrong.push(format!("{}\nexpat: {theirs}\nours: {ours}\n", String::from_utf8_lossy(document)));
        }
    }
    println!(
        "{compared} compared, {sound} sound, {excepted} with names of the fifth edition, {} differ",
        wrong.len()
    );
    let shown = wrong.iter().take(12).cloned().collect::<String>();
    assert!(wrong.is_empty(), "{} of {compared} differ ({sound} are sound):\n{shown}", wrong.len());
    assert!(
        sound * 20 > compared && sound < compared,
        "{sound} of {compared} are sound: nothing is compared"
    );
}

#[test]
fn expat_agrees_on_mutated_feeds() {
    compare(1, 3_000);
}

#[test]
#[ignore = "takes minutes; run it after a change of the reader"]
fn expat_agrees_on_100_000_mutated_feeds() {
    compare(25, 4_000);
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
