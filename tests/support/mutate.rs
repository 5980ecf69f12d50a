//! Documents that are mutated in every way, the same ones on every run.

use std::fs;
use std::path::Path;

/// The small random numbers of xorshift.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).expect("fits")).expect("fits")
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
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

/// A document with one to three changes.
pub(crate) fn mutate(seed: &[u8], random: &mut Random) -> Vec<u8> {
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
pub(crate) fn seeds() -> Vec<Vec<u8>> {
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
