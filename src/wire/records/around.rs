//! What stands around records and holds for them: the headings of sections and days.

use super::find::Record;
use super::signals::{Signals, words};
use crate::wire::day::Day;
use crate::wire::stamp;
use crate::wire::{furniture, section};

/// What holds for the records behind it.
#[derive(Debug, Clone, Copy)]
enum Says<'p> {
    Section(Option<&'p str>),
    Day(Day),
    Year(i32),
}

#[derive(Debug, Clone, Copy)]
struct Mark<'p> {
    at: u32,
    /// Up to where it holds: the end of the element that it heads.
    end: u32,
    says: Says<'p>,
}

/// The headings of a page that stand in no record.
pub(super) struct Around<'p> {
    marks: Vec<Mark<'p>>,
}

/// No section has a longer name, in words.
const LONGEST_NAME: usize = 4;

impl<'p> Around<'p> {
    pub(super) fn of(signals: &Signals<'p>, records: &[Record]) -> Self {
        let tree = signals.tree;
        let mut marks = Vec::new();
        let mut inside = records.iter().flat_map(|record| record.parts.iter()).copied().peekable();
        let mut at = 1;
        let nodes = u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
        while at < nodes {
            while inside.next_if(|part| part.1 <= at).is_some() {}
            let node = tree.node(at);
            if let Some(part) = inside.peek().filter(|part| part.0 <= at) {
                // A record that is a heading and nothing more heads others.
                let alone = node.rank().is_some() && tree.between(part.0, part.1) == tree.text(at);
                if !alone {
                    at = part.1;
                    continue;
                }
            }
            if let Some(says) = says(signals, at) {
                marks.push(Mark { at, end: scope(signals, at), says });
                at = node.end.max(at + 1);
            } else {
                at += 1;
            }
        }
        Self { marks }
    }

    /// The section that a record stands in.
    pub(super) fn section(&self, record: &Record) -> Option<&'p str> {
        let sections = self.before(record).filter_map(|mark| match mark.says {
            Says::Section(name) => Some(name),
            Says::Day(_) | Says::Year(_) => None,
        });
        sections.flatten().next()
    }

    /// The day that a record stands below.
    pub(super) fn day(&self, record: &Record) -> Option<Day> {
        self.before(record).find_map(|mark| match mark.says {
            Says::Day(day) => Some(day),
            Says::Section(_) | Says::Year(_) => None,
        })
    }

    /// The year that a record stands below.
    pub(super) fn year(&self, record: &Record) -> Option<i32> {
        self.before(record).find_map(|mark| match mark.says {
            Says::Year(year) => Some(year),
            Says::Section(_) | Says::Day(_) => None,
        })
    }

    /// The marks that hold for a record, nearest first. Few stand around one record.
    fn before(&self, record: &Record) -> impl Iterator<Item = &Mark<'p>> {
        const NEAREST: usize = 64;
        let behind = self.marks.partition_point(|mark| mark.at < record.first());
        self.marks[..behind].iter().rev().take(NEAREST).filter(|mark| mark.end > record.first())
    }
}

fn says<'p>(signals: &Signals<'p>, at: u32) -> Option<Says<'p>> {
    let tree = signals.tree;
    let node = tree.node(at);
    let text = tree.text(at);
    if node.is_furniture() || text.is_empty() || text.len() > 80 {
        return None;
    }
    let heading = node.rank().is_some();
    if (heading || node.is_block() || signals.is_stamp(at))
        && let Some(day) = stamp::day_heading(text)
    {
        return Some(Says::Day(day));
    }
    if (heading || node.is_block())
        && let Some(year) = stamp::year_heading(text)
    {
        return Some(Says::Year(year));
    }
    if !heading {
        return None;
    }
    let bare = text.trim_end_matches([':', '›', '»', '>', ' ']);
    let more = bare.strip_prefix("Meer ").filter(|name| name.starts_with(char::is_uppercase));
    let name = section::header(bare).or(more).unwrap_or(bare);
    let named = words(name) <= LONGEST_NAME && furniture::effect(name).is_none() && !is_general(name);
    Some(Says::Section(named.then_some(name)))
}

/// Whether a heading is that of a list by its words alone.
pub(super) fn is_section(text: &str) -> bool {
    section::header(text).is_some() || section::is_section(text) || is_general(text)
}

/// Words that headings over lists are made of which name no section: `Al het laatste nieuws`, `Meest gelezen deze week`.
const GENERAL: &[&str] = &[
    "aanbevolen",
    "aangeraden",
    "actueel",
    "actualiteit",
    "actualiteiten",
    "al",
    "alle",
    "alles",
    "ander",
    "andere",
    "archief",
    "artikel",
    "artikelen",
    "bekeken",
    "bericht",
    "berichten",
    "besproken",
    "beste",
    "bij",
    "blog",
    "blogs",
    "de",
    "deze",
    "dit",
    "eerder",
    "en",
    "er",
    "gelezen",
    "gerelateerd",
    "gerelateerde",
    "headlines",
    "het",
    "home",
    "hot",
    "in",
    "interessant",
    "items",
    "je",
    "jou",
    "kort",
    "laatste",
    "latest",
    "lees",
    "live",
    "liveblog",
    "maand",
    "mededelingen",
    "meer",
    "meest",
    "menu",
    "mis",
    "moment",
    "net",
    "news",
    "niet",
    "nieuws",
    "nieuwsarchief",
    "nieuwsbericht",
    "nieuwsberichten",
    "nieuwsoverzicht",
    "nieuwste",
    "nu",
    "onderwerp",
    "ons",
    "onze",
    "ook",
    "op",
    "over",
    "overig",
    "overige",
    "overzicht",
    "populair",
    "populaire",
    "posts",
    "recent",
    "recente",
    "redactie",
    "tip",
    "tips",
    "top",
    "trending",
    "uit",
    "uitgelicht",
    "uitgelichte",
    "update",
    "updates",
    "van",
    "vandaag",
    "verder",
    "verhalen",
    "voor",
    "week",
    "zojuist",
    "zoeken",
    "binnen",
    "contact",
    "contactgegevens",
    "inloggen",
    "resultaten",
    "zoekresultaten",
];

/// Whether a heading over a list names no section.
pub(super) fn is_general(name: &str) -> bool {
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let general = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit()) || GENERAL.contains(&word.to_lowercase().as_str())
    };
    words().next().is_some() && words().all(general)
}

/// Up to where a heading holds: the element around it, or around what holds nothing but it.
fn scope(signals: &Signals<'_>, at: u32) -> u32 {
    let tree = signals.tree;
    let length = tree.node(at).length();
    let around = tree.ancestors(at).find(|around| tree.node(*around).length() > length + 40).unwrap_or(0);
    tree.node(around).end
}
