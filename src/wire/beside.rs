//! What stands beside stamps and is no news: `Sport | 13:20`, `12 minuten geleden • 2 min leestijd`, `Door ANP`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::agency::{self, AGENCIES, Agency};
use super::clock::Clock;
use super::cursor::{Cursor, same};
use super::dateline::Credit;
use super::moment::Moment;
use super::place;
use super::rubric::RUBRICS;
use super::section;
use super::stamp::{self, Stamp, Time};

/// One part of a text that holds stamps, or what stands beside them, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// As it stands on the page. What stands between two parts are marks and spaces.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A stamp wherever it stands.
    Stamp(Stamp<'a>),
    /// A stamp where the text stands in an element or a column of its own: `12 min`, `3d`, `13.20`, `2 uur`. Else it may
    /// be the time it takes to read, a price or a score.
    Short(Stamp<'a>),
    /// A section or rubric.
    Label {
        /// Without the `in` before it.
        name: &'a str,
        /// It is in a table of sections; else it only has the form of a name.
        known: bool,
    },
    /// Who wrote it, with the agencies that are known by their codes.
    Byline(Vec<&'static Agency>),
    /// How long it takes to read.
    Reading,
    /// How many people said, liked or saw something.
    Count,
    /// How long something plays.
    Play,
    /// A word such as `LIVE`.
    Flag,
}

/// No text of parts is longer, in bytes.
const LONGEST: usize = 160;

/// No text has more of them.
const MOST: usize = 12;

/// A label is not longer, in bytes and in words.
const LONGEST_LABEL: usize = 40;
const WORDS_OF_LABEL: usize = 4;

/// The words of a byline behind `Door`, at most.
const WORDS_OF_BYLINE: usize = 8;

/// Words in front of who wrote it, and whether a colon has to stand behind them.
const BYLINES: &[(&str, bool)] = &[
    ("door", false),
    ("by", false),
    ("van onze", false),
    ("geschreven door", false),
    ("geplaatst door", false),
    ("gepubliceerd door", false),
    ("written by", false),
    ("posted by", false),
    ("bron", true),
    ("source", true),
    ("tekst", true),
    ("auteur", true),
    ("author", true),
    ("redactie", true),
    ("©", false),
];

/// Words of a byline that are written small.
const WRITERS: &[&str] = &[
    "and",
    "auteur",
    "correspondent",
    "eindredactie",
    "nieuwsredactie",
    "onze",
    "persbureau",
    "redacteur",
    "redactie",
    "sportredactie",
    "verslaggeefster",
    "verslaggever",
    "verslaggevers",
    "webredactie",
];

/// Words behind a number of minutes that it takes to read.
const READING: &[&str] = &[
    "leestijd",
    "lezen",
    "om te lezen",
    "leeswerk",
    "read",
    "reading time",
    "reading",
    "to read",
    "luistertijd",
    "luisteren",
    "kijktijd",
    "kijken",
];

/// Words in front of such a number.
const READING_TIME: &[&str] = &[
    "leestijd",
    "gemiddelde leestijd",
    "geschatte leestijd",
    "lees in",
    "luistertijd",
    "kijktijd",
    "reading time",
];

/// Words in front of a number that is not exact.
const ABOUT: &[&str] = &["ca", "circa", "ongeveer", "about", "±", "~", "≈"];

const MINUTES: &[&str] = &["min", "minuut", "minuten", "minute", "minutes", "mins", "m"];

/// Words of a number of people, behind it or in front of it.
const COUNTED: &[&str] = &[
    "reacties",
    "reactie",
    "comments",
    "comment",
    "replies",
    "reply",
    "views",
    "view",
    "weergaven",
    "weergave",
    "gelezen",
    "bekeken",
    "gedeeld",
    "beluisterd",
    "likes",
    "like",
    "shares",
    "share",
    "lezers",
    "hits",
    "foto's",
    "foto’s",
    "foto",
    "video's",
    "video’s",
    "stemmen",
];

/// What may stand behind a number of times: `1.024x gelezen`.
const TIMES: &[&str] = &["x", "keer", "maal", "times"];

/// Thousands and millions.
const MULTIPLES: &[&str] = &["k", "m", "mln", "duizend", "miljoen"];

/// For no number at all.
const NONE: &[&str] = &["nog geen", "geen", "no"];

/// Words beside a headline that say what it is, and whether it plays for the time behind them.
const FLAGS: &[(&str, bool)] = &[
    ("live", false),
    ("liveblog", false),
    ("update", false),
    ("video", true),
    ("audio", true),
    ("podcast", true),
    ("speelduur", true),
    ("duur", true),
    ("duration", true),
    ("nieuw", false),
    ("new", false),
    ("breaking", false),
    ("breaking news", false),
    ("net binnen", false),
    ("premium", false),
    ("plus", false),
    ("exclusief", false),
    ("abonnee", false),
    ("voor abonnees", false),
    ("foto", false),
    ("fotoserie", false),
    ("advertentie", false),
    ("gesponsord", false),
    ("partnercontent", false),
    ("geleden", false),
    ("nu", false),
];

/// Small words inside the name of a section: `Lokaal nieuws`.
const INSIDE: &[&str] = &["nieuws", "news", "&"];

/// Splits a text that is stamps and what stands beside stamps, and nothing else; a word that is no part of such makes it
/// none. In the text's order; only marks and spaces stand between the parts. Total, and linear in a bounded text: one of
/// more than 160 bytes is none.
///
/// A name that is in no table of sections is a label only where a stamp stands beside it and a mark between them; at
/// most one is, so that `20:00 | Ajax - PSV` stays a headline.
pub fn parts(text: &str, line: u32) -> Option<Vec<Part<'_>>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut reader = Reader { rest: text, line, parts: Vec::new() };
    loop {
        let gap = reader.gap()?;
        if gap == Gap::End {
            break;
        }
        if reader.parts.len() == MOST {
            return None;
        }
        let (kind, rest) = reader.next(gap).filter(|(_, rest)| ends(rest))?;
        let text = reader.rest[..reader.rest.len() - rest.len()].trim_end();
        let part = Part { text, kind };
        reader.parts.last().is_none_or(|last| stand_beside(last, gap, &part)).then_some(())?;
        reader.parts.push(part);
        reader.rest = rest;
    }
    let parts = reader.parts;
    let stamped = parts.iter().any(|part| matches!(part.kind, Kind::Stamp(_) | Kind::Short(_)));
    let unknown = parts.iter().filter(|part| matches!(part.kind, Kind::Label { known: false, .. })).count();
    (!parts.is_empty() && unknown <= usize::from(stamped)).then_some(parts)
}

/// Whether a text is a time and what stands beside one.
pub fn is_stamps(text: &str) -> bool {
    parts(text, 0).is_some_and(|parts| parts.iter().any(|part| part.time().is_some()))
}

/// Whether a text says nothing of the news itself: how long it takes to read, that it is live, or no word at all.
pub fn is_aside(text: &str) -> bool {
    let aside = |part: &Part<'_>| matches!(part.kind, Kind::Reading | Kind::Count | Kind::Play | Kind::Flag);
    !text.contains(char::is_alphanumeric) || parts(text, 0).is_some_and(|parts| parts.iter().all(aside))
}

/// The agencies of a text that says who wrote it and nothing more of the news.
pub fn credits(text: &str) -> Option<Vec<Credit<'static>>> {
    let parts = parts(text, 0)?;
    let news = |part: &Part<'_>| part.time().is_some() || matches!(part.kind, Kind::Label { .. });
    let written = parts.iter().any(|part| matches!(part.kind, Kind::Byline(_)));
    (written && !parts.iter().any(news)).then(|| credited(&parts))
}

/// The times of a line that is times and what stands beside them, each with the line's label and agencies. None for a
/// line that is a time and nothing more.
pub(super) fn stamps(text: &str, line: u32) -> Option<Vec<Stamp<'_>>> {
    let more = |part: &Part<'_>| match &part.kind {
        // An age without `geleden` may be what a cut left of one.
        Kind::Short(stamp) => !stamp.is_age(),
        _ => part.text.len() < text.len(),
    };
    let parts = parts(text, line).filter(|parts| parts.len() > 1 || parts.iter().any(more))?;
    let credits = credited(&parts);
    let label = label(&parts);
    let stamps = parts.into_iter().filter_map(|part| match part.kind {
        Kind::Stamp(stamp) | Kind::Short(stamp) => Some(Stamp { label, credits: credits.clone(), ..stamp }),
        _ => None,
    });
    Some(stamps.collect()).filter(|stamps: &Vec<_>| !stamps.is_empty())
}

/// The label among parts.
pub fn label<'a>(parts: &[Part<'a>]) -> Option<&'a str> {
    parts.iter().find_map(|part| match part.kind {
        Kind::Label { name, .. } => Some(name),
        _ => None,
    })
}

/// The agencies among parts.
pub fn credited(parts: &[Part<'_>]) -> Vec<Credit<'static>> {
    let agencies = parts.iter().filter_map(|part| match &part.kind {
        Kind::Byline(agencies) => Some(agencies),
        _ => None,
    });
    agencies.flatten().map(|agency| Credit { code: agency.code, agency: Some(agency) }).collect()
}

/// What stands between two parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Spaces alone.
    Space,
    /// A bracket.
    Bracket,
    /// A dash: between two times of day it means from one to the other.
    Dash,
    /// A sign to play something.
    Plays,
    /// The beginning of the text, or any other mark.
    Mark,
    /// Nothing but marks up to the end of the text.
    End,
}

struct Reader<'a> {
    rest: &'a str,
    line: u32,
    parts: Vec<Part<'a>>,
}

impl<'a> Reader<'a> {
    /// Skips to the next part; none where none can begin.
    fn gap(&mut self) -> Option<Gap> {
        let begins = self.parts.is_empty();
        let rest = self.rest.trim_start_matches(is_mark);
        let gap = &self.rest[..self.rest.len() - rest.len()];
        self.rest = rest;
        if rest.is_empty() || (rest == "." && !begins) {
            return Some(Gap::End);
        }
        // `-5` is a number, and a hyphen joins words.
        let number = gap.ends_with('-') && rest.starts_with(|c: char| c.is_ascii_digit());
        let glued = !begins && matches!(gap, "" | "-");
        (!number && !glued).then(|| match () {
            () if gap.contains(['▶', '►', '⏵']) => Gap::Plays,
            () if gap.contains(['-', '–', '—']) => Gap::Dash,
            () if gap.contains(['(', ')', '[', ']']) => Gap::Bracket,
            () if !begins && gap.trim_matches(is_space).is_empty() => Gap::Space,
            () => Gap::Mark,
        })
    }

    /// The part that stands next, and what stands behind it.
    fn next(&self, gap: Gap) -> Option<(Kind<'a>, &'a str)> {
        let text = self.rest;
        if gap == Gap::Space && text.starts_with("in ") {
            return self.inside();
        }
        let begins = may_begin(text);
        let of = |bit: u8, split: Split| if begins & bit == 0 { None } else { split(text) };
        self.play(gap)
            .or_else(|| self.stamp())
            .or_else(|| of(READING_TIMES, reading))
            .or_else(|| of(COUNTS, count))
            .or_else(|| of(WRITERS_OR_AGENCIES, byline))
            .or_else(|| of(FLAGGED, flag))
            .or_else(|| longer(of(SECTION, known_label), self.unknown_label(gap)))
    }

    /// A time behind a sign or a word that says what plays.
    fn play(&self, gap: Gap) -> Option<(Kind<'a>, &'a str)> {
        let plays = |part: &Part<'_>| {
            FLAGS.iter().any(|(word, plays)| *plays && same(part.text.trim_end_matches(':'), word))
        };
        let beside = matches!(gap, Gap::Space | Gap::Bracket) && self.parts.last().is_some_and(plays);
        let mut cursor = Cursor::new(self.rest);
        cursor.digits().filter(|_| beside || gap == Gap::Plays)?;
        let mut units = 0;
        while units < 2 && cursor.literal(":") {
            cursor.two_digits()?;
            units += 1;
        }
        (units > 0).then_some((Kind::Play, cursor.rest))
    }

    fn stamp(&self) -> Option<(Kind<'a>, &'a str)> {
        let found = stamp::split(self.rest, self.line);
        if let Some((stamp, rest)) = &found
            && !stamp.is_clock()
        {
            return Some((Kind::Stamp(stamp.clone()), rest));
        }
        let segment = segment(self.rest);
        let behind = &self.rest[segment.len()..];
        let short = stamp::short(segment, self.line).map(|short| (Kind::Short(short), behind));
        let Some((stamp, rest)) = found else { return short };
        // `2u` is a time of day only where it cannot be an age.
        short
            .filter(|(kind, _)| {
                rest == behind && matches!(kind, Kind::Short(Stamp { time: Time::Hours(_), .. }))
            })
            .or(Some((Kind::Stamp(stamp), rest)))
    }

    /// A name that is in no table; alone on its text it is a headline.
    fn unknown_label(&self, gap: Gap) -> Option<(Kind<'a>, &'a str)> {
        if gap == Gap::Space {
            return None;
        }
        let name = segment(self.rest);
        let lone = self.parts.is_empty() && name.len() == self.rest.len();
        (!lone && is_name(name)).then(|| (Kind::Label { name, known: false }, &self.rest[name.len()..]))
    }

    /// ` in Sport`, behind a stamp.
    fn inside(&self) -> Option<(Kind<'a>, &'a str)> {
        self.parts.last().filter(|last| last.time().is_some())?;
        let text = self.rest.strip_prefix("in ")?;
        let name = segment(text);
        let known = known(name).is_some_and(|(_, rest)| rest.is_empty());
        (known || is_name(name)).then(|| (Kind::Label { name, known }, &text[name.len()..]))
    }
}

impl<'a> Part<'a> {
    /// The stamp, where it is one.
    pub fn stamp(self) -> Option<Stamp<'a>> {
        match self.kind {
            Kind::Stamp(stamp) | Kind::Short(stamp) => Some(stamp),
            _ => None,
        }
    }

    fn time(&self) -> Option<&Stamp<'_>> {
        match &self.kind {
            Kind::Stamp(stamp) | Kind::Short(stamp) => Some(stamp),
            _ => None,
        }
    }

    /// A time of day alone.
    fn is_clock(&self) -> bool {
        self.time().is_some_and(|stamp| !stamp.modified && stamp.is_clock())
    }

    fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Label { .. } | Kind::Flag | Kind::Byline(_))
    }
}

/// Whether two neighbours are parts rather than words of a sentence (`Sport nu`, `Corona update`) or opening hours.
fn stand_beside(one: &Part<'_>, gap: Gap, other: &Part<'_>) -> bool {
    let numbered =
        |part: &Part<'_>| part.time().is_none() || part.text.contains(|c: char| c.is_ascii_digit());
    let inside = matches!(other.kind, Kind::Label { name, known: true } if name.len() < other.text.trim_end_matches(':').len());
    match gap {
        Gap::Space if one.is_word() && other.is_word() => false,
        Gap::Space if one.is_word() || other.is_word() => inside || (numbered(one) && numbered(other)),
        Gap::Dash => !(ends_in_clock(one) && other.is_clock()),
        _ => true,
    }
}

fn ends_in_clock(part: &Part<'_>) -> bool {
    let clocked = |stamp: &Stamp<'_>| {
        !matches!(
            stamp.time,
            Time::Moment(Moment { clock: Clock::Unsaid | Clock::Part(..), .. }) | Time::Age(_)
        )
    };
    part.time().is_some_and(clocked)
}

/// Takes a part off the front of a text.
type Split = for<'a> fn(&'a str) -> Option<(Kind<'a>, &'a str)>;

/// What can begin with a word, a bit each.
const READING_TIMES: u8 = 1;
const COUNTS: u8 = 2;
const WRITERS_OR_AGENCIES: u8 = 4;
const FLAGGED: u8 = 8;
const SECTION: u8 = 16;

/// What can begin as a text does, but for stamps and names that nobody knows. Most texts begin with a word of no table.
fn may_begin(text: &str) -> u8 {
    static WORDS: LazyLock<HashMap<[u8; 12], u8>> = LazyLock::new(|| {
        let mut words = HashMap::new();
        let mut add = |bit: u8, phrases: &mut dyn Iterator<Item = &&'static str>| {
            for phrase in phrases {
                *words.entry(first_word(phrase)).or_default() |= bit;
            }
        };
        add(READING_TIMES, &mut READING_TIME.iter().chain(ABOUT).chain(&["0"]));
        add(COUNTS, &mut COUNTED.iter().chain(NONE).chain(&["0"]));
        add(WRITERS_OR_AGENCIES, &mut BYLINES.iter().map(|(word, _)| word));
        add(WRITERS_OR_AGENCIES, &mut AGENCIES.iter().map(|agency| &agency.code));
        add(FLAGGED, &mut FLAGS.iter().map(|(word, _)| word));
        add(SECTION, &mut section::SECTIONS.iter().chain(RUBRICS));
        words
    });
    WORDS.get(&first_word(text)).copied().unwrap_or_default()
}

/// The first letters of a text in lower case, as far as they are those of ASCII; else its first character, and for every
/// digit a zero.
fn first_word(text: &str) -> [u8; 12] {
    let mut word = [0; 12];
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic);
    for (slot, letter) in word.iter_mut().zip(letters) {
        *slot = letter.to_ascii_lowercase();
    }
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() => word[0] = b'0',
        Some(c) if !c.is_ascii_alphabetic() => _ = c.encode_utf8(&mut word),
        _ => {}
    }
    word
}

/// `2 min leestijd`, `leestijd: ca. 3 minuten`.
fn reading(text: &str) -> Option<(Kind<'_>, &str)> {
    let told = after(READING_TIME, text);
    let mut cursor = Cursor::new(told.unwrap_or(text).trim_start_matches([':', ' ']));
    cursor.rest = after(ABOUT, cursor.rest).unwrap_or(cursor.rest).trim_start_matches(['.', ' ']);
    cursor.number()?;
    // Up to another number: `2-3 minuten`.
    let mut ahead = cursor;
    if (ahead.literal("-") || ahead.literal("–")) && ahead.number().is_some() {
        cursor = ahead;
    }
    cursor.rest = after(MINUTES, cursor.rest.trim_start_matches([' ', '-']))?;
    cursor.rest = cursor.rest.strip_prefix('.').unwrap_or(cursor.rest);
    let rest =
        if told.is_some() { Some(cursor.rest) } else { after(READING, cursor.rest.trim_start_matches(' ')) };
    Some((Kind::Reading, rest?))
}

/// `12 reacties`, `1,2K views`, `1.024x gelezen`, `Reacties (12)`, `geen reacties`.
fn count(text: &str) -> Option<(Kind<'_>, &str)> {
    let spaced = |text| str::trim_start_matches(text, ' ');
    if let Some(rest) = after(NONE, text) {
        return Some((Kind::Count, after(COUNTED, spaced(rest))?));
    }
    if let Some(rest) = after(COUNTED, text) {
        let rest = amount(rest.trim_start_matches([' ', ':', '(']))?;
        return Some((Kind::Count, rest.strip_prefix(')').unwrap_or(rest)));
    }
    let rest = amount(text)?;
    let rest = after(MULTIPLES, spaced(rest)).unwrap_or(rest);
    let rest = after(TIMES, spaced(rest)).unwrap_or(rest);
    Some((Kind::Count, after(COUNTED, spaced(rest))?))
}

/// What stands behind a number that may be grouped or broken: `1.024`, `1,2`.
fn amount(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let number = &text[..text.len() - rest.len()];
    let is_digit = |c: char| c.is_ascii_digit();
    (number.starts_with(is_digit) && number.ends_with(is_digit)).then_some(rest)
}

/// `Door ANP`, `Bron: Belga`, `© ANP/AFP`, `door Jan Jansen`; or agencies alone.
fn byline(text: &str) -> Option<(Kind<'_>, &str)> {
    let found = BYLINES.iter().filter_map(|(word, colon)| {
        let rest = without(word, text)?;
        let told = rest.strip_prefix(':');
        (told.is_some() || !colon).then_some(told.unwrap_or(rest).trim_start_matches(' '))
    });
    let Some(names) = found.min_by_key(|rest| rest.len()) else { return agencies_alone(text) };
    let segment = segment(names);
    let mut end = 0;
    for (number, word) in words(segment).enumerate() {
        let start = offset(segment, word);
        let stamp =
            stamp::split(&segment[start..], 0).is_some_and(|(stamp, _)| stamp.printed.contains(is_digit));
        if number > 0 && stamp {
            break;
        }
        if number == WORDS_OF_BYLINE || !is_writer(word) {
            return None;
        }
        end = start + word.len();
    }
    let (name, _) = segment.split_at_checked(end)?;
    let named = name.contains(|c: char| c.is_uppercase()) || words(name).any(|word| is_one_of(WRITERS, word));
    let agencies = words(name).flat_map(|word| word.split('/')).filter_map(agency_of).collect();
    named.then_some((Kind::Byline(agencies), &names[end..]))
}

/// `ANP`, `ANP/AFP`.
fn agencies_alone(text: &str) -> Option<(Kind<'_>, &str)> {
    let mut agencies = Vec::new();
    let mut end = 0;
    for word in words(segment(text)) {
        let Some(found) = word.split('/').map(agency_of).collect::<Option<Vec<_>>>() else { break };
        agencies.extend(found);
        end = offset(text, word) + word.len();
    }
    let certain = agencies.iter().any(|agency| agency.is_certain());
    certain.then(|| (Kind::Byline(agencies), &text[end..]))
}

/// The agency with this code, written in capitals where it is a word of its own as well.
fn agency_of(word: &str) -> Option<&'static Agency> {
    let word = word.trim_matches(['.', '(', ')']);
    agency::find(word).filter(|agency| agency.is_certain() || agency.code == word)
}

fn is_writer(word: &str) -> bool {
    let begins = word.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '’'));
    let letters =
        word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-' | '/' | '&'));
    letters && (begins || word == "&" || place::is_particle(word) || is_one_of(WRITERS, word))
}

fn flag(text: &str) -> Option<(Kind<'_>, &str)> {
    let rest = FLAGS.iter().filter_map(|(word, _)| without(word, text)).min_by_key(|rest| rest.len())?;
    Some((Kind::Flag, rest.strip_prefix([':', '!']).unwrap_or(rest)))
}

/// Of two names the longer one: `Kunst en cultuur` is more than `Kunst`.
fn longer<'a>(
    known: Option<(Kind<'a>, &'a str)>,
    unknown: Option<(Kind<'a>, &'a str)>,
) -> Option<(Kind<'a>, &'a str)> {
    known.into_iter().chain(unknown).min_by_key(|(_, rest)| rest.len())
}

fn known_label(text: &str) -> Option<(Kind<'_>, &str)> {
    let (name, rest) = known(text)?;
    let written = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    written.then(|| (Kind::Label { name, known: true }, rest.strip_prefix(':').unwrap_or(rest)))
}

/// A section of a table at the front of a text, and what stands behind it.
fn known(text: &str) -> Option<(&str, &str)> {
    let rest = after(section::SECTIONS, text)
        .into_iter()
        .chain(after(RUBRICS, text))
        .min_by_key(|rest| rest.len())?;
    Some((&text[..text.len() - rest.len()], rest))
}

/// Whether a text has the form of a section's name: `Capelle aan den IJssel`, `Kunst & cultuur`, `Lokaal nieuws`.
fn is_name(text: &str) -> bool {
    let begins = |word: &str| {
        word.starts_with(char::is_uppercase)
            || (word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()))
            || is_one_of(INSIDE, word)
            || section::is_section(word)
    };
    let mut all = words(text);
    let ends = |word: Option<&str>| word.is_some_and(|word| begins(word) && word != "&");
    let letters = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '&' | '\'' | '’');
    text.len() <= LONGEST_LABEL
        && text.chars().all(letters)
        && text.contains(char::is_alphabetic)
        && all.clone().count() <= WORDS_OF_LABEL
        && all.clone().all(|word| {
            begins(word) || matches!(word, "en" | "aan" | "de" | "den" | "der" | "het" | "op" | "van")
        })
        && ends(all.next())
        && ends(words(text).next_back())
}

/// A text up to the mark that sets the next part apart.
fn segment(text: &str) -> &str {
    let bytes = text.as_bytes();
    let sets_apart = |at: usize| match bytes[at] {
        b' ' => matches!(bytes.get(at + 1..at + 3), Some(b"- " | b"/ ")),
        b'|' | b',' | b';' | b'(' | b')' | b'[' | b']' => true,
        0xC2.. => text[at..].starts_with(|c: char| is_mark(c) && !is_space(c)),
        _ => false,
    };
    let end = (0..bytes.len()).find(|at| sets_apart(*at));
    end.map_or_else(|| text.trim_end_matches('.'), |at| text[..at].trim_end_matches(is_space))
}

fn ends(rest: &str) -> bool {
    rest == "." || !rest.starts_with(|c: char| !is_mark(c))
}

/// What sets parts apart or stands in front of them: dashes, bars, bullets, brackets, symbols; no sign that belongs to a
/// number or a quotation.
fn is_mark(c: char) -> bool {
    match c {
        '\u{a0}' | '¦' | '·' | '»' | '«' => true,
        _ if c.is_ascii() => " -|,;/*()[]".contains(c),
        '\u{2018}'..='\u{201f}' | '\u{2030}'..='\u{2038}' | '\u{20a0}'..='\u{20cf}' | '…' => false,
        '\u{2200}'..='\u{22ff}' => matches!(c, '∙' | '⋅' | '∣'),
        _ => c >= '\u{2000}' && !c.is_alphanumeric(),
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    text.split(' ').filter(|word| !word.is_empty())
}

/// Where a word stands in the text that it was taken from.
fn offset(text: &str, word: &str) -> usize {
    (word.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| same(word, known))
}

/// What stands behind the longest of some phrases that a text begins with, whatever the case.
fn after<'a>(phrases: &[&str], text: &'a str) -> Option<&'a str> {
    phrases.iter().filter_map(|phrase| without(phrase, text)).min_by_key(|rest| rest.len())
}

/// What stands behind a phrase that a text begins with, where no letter goes on.
fn without<'a>(phrase: &str, text: &'a str) -> Option<&'a str> {
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    if first(phrase) != first(text) {
        return None;
    }
    let (head, rest) = text.split_at_checked(phrase.len())?;
    let alike = head.eq_ignore_ascii_case(phrase)
        || (!head.is_ascii() && head.to_lowercase() == phrase.to_lowercase());
    let goes_on = phrase.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    (alike && !goes_on).then_some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The parts in short: `stamp:13:20`.
    fn told(text: &str) -> Option<String> {
        let name = |part: Part<'_>| match part.kind {
            Kind::Stamp(stamp) if stamp.modified => format!("modified:{}", stamp.printed),
            Kind::Stamp(stamp) => format!("stamp:{}", stamp.printed),
            Kind::Short(stamp) => format!("short:{}", stamp.printed),
            Kind::Label { name, known: true } => format!("section:{name}"),
            Kind::Label { name, known: false } => format!("name:{name}"),
            Kind::Byline(agencies) => {
                let codes: Vec<_> = agencies.iter().map(|agency| agency.code).collect();
                format!("byline:{}", codes.join("+"))
            }
            Kind::Reading => "reading".to_owned(),
            Kind::Count => "count".to_owned(),
            Kind::Play => format!("play:{}", part.text),
            Kind::Flag => format!("flag:{}", part.text),
        };
        parts(text, 1).map(|parts| parts.into_iter().map(name).collect::<Vec<_>>().join(" | "))
    }

    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(told(text).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn stamps_and_what_stands_beside_them() {
        case("12 minuten geleden • 2 min leestijd", "stamp:12 minuten geleden | reading");
        case("13:20 | Sport", "stamp:13:20 | section:Sport");
        case("Sport | 13:20", "section:Sport | stamp:13:20");
        case("(12 minuten geleden)", "stamp:12 minuten geleden");
        case("[13:20]", "stamp:13:20");
        case("• 13:20", "stamp:13:20");
        case("🕒 13:20", "stamp:13:20");
        case("⏱️ 12 minuten geleden", "stamp:12 minuten geleden");
        case("2 uur geleden in Sport", "stamp:2 uur geleden | section:Sport");
        case("2 uur geleden in Capelle aan den IJssel", "stamp:2 uur geleden | name:Capelle aan den IJssel");
        case("10 februari 2026 om 14:05 door Redactie", "stamp:10 februari 2026 om 14:05 | byline:");
        case("Door ANP - 7-10-2016, 9:23", "byline:ANP | stamp:7-10-2016, 9:23");
        case(
            "Door ANP - 10-2-2026, 9:23 (Update 10-2-2026, 9:41)",
            "byline:ANP | stamp:10-2-2026, 9:23 | modified:Update 10-2-2026, 9:41",
        );
        case("Door Jan de Vries op 10 februari 2026", "byline: | stamp:op 10 februari 2026");
        case("Door Redactie 10-02-2026 14:05", "byline: | stamp:10-02-2026 14:05");
        case("Gewijzigd: gisteren 09:30", "modified:Gewijzigd: gisteren 09:30");
        case(
            "Gepubliceerd: 10-02-2026 14:05 Laatste update: 10-02-2026 15:00",
            "stamp:Gepubliceerd: 10-02-2026 14:05 | modified:Laatste update: 10-02-2026 15:00",
        );
        case("vandaag, 13:20 uur - Binnenland", "stamp:vandaag, 13:20 uur | section:Binnenland");
        case("Buitenland 12 min geleden", "section:Buitenland | stamp:12 min geleden");
        case("13:20 (bijgewerkt 14:00)", "stamp:13:20 | modified:bijgewerkt 14:00");
        case("Gepubliceerd op 9 april 2025.", "stamp:Gepubliceerd op 9 april 2025");
        case("Goes | Sport | 9 feb", "name:Goes | section:Sport | stamp:9 feb");
        case("Sport: 13:20", "section:Sport | stamp:13:20");
        case("ANP • 13:20 • 12 reacties", "byline:ANP | stamp:13:20 | count");
        case("LIVE 13:20", "flag:LIVE | stamp:13:20");
        case("Update 13:20", "modified:Update 13:20");
        case("12 min | Sport", "short:12 min | section:Sport");
        case("Sport 2u", "section:Sport | short:2u");
        case("Kunst en cultuur | 13:20", "name:Kunst en cultuur | stamp:13:20");
        case("13:20 | Sport & Regio", "stamp:13:20 | name:Sport & Regio");
        case("Regio Utrecht • 9 feb", "name:Regio Utrecht | stamp:9 feb");
        case("Lokaal nieuws, 13:20", "name:Lokaal nieuws | stamp:13:20");
        case("Beitels · 9 minuten", "name:Beitels | short:9 minuten");
    }

    #[test]
    fn what_stands_beside_stamps_alone() {
        for text in ["Door ANP", "© ANP", "ANP", "Bron: ANP", "Tekst: ANP"] {
            case(text, "byline:ANP");
        }
        case("© ANP/AFP", "byline:ANP+AFP");
        case("Bron: Belga", "byline:BELGA");
        case("Door ANP en Reuters", "byline:ANP+REUTERS");
        case("Door onze redactie", "byline:");
        case("door Jan Jansen", "byline:");
        for text in [
            "2 min leestijd",
            "leestijd: 3 minuten",
            "3 min. lezen",
            "Leestijd ca. 4 min",
            "2-3 minuten leestijd",
            "5 min read",
            "5-min read",
        ] {
            case(text, "reading");
        }
        for text in [
            "12 reacties",
            "3 comments",
            "1,2K views",
            "1.024x gelezen",
            "12 keer bekeken",
            "Reacties (12)",
            "Reacties: 3",
            "geen reacties",
            "9 foto's",
        ] {
            case(text, "count");
        }
        for text in ["LIVE", "Update", "Video", "Nieuw", "Breaking", "Premium", "Breaking news", "Nieuw!"] {
            case(text, &format!("flag:{text}"));
        }
        case("Video 02:31", "flag:Video | play:02:31");
        case("Video (1:02:31)", "flag:Video | play:1:02:31");
        case("▶ 02:31", "play:02:31");
        case("Video • 13:20", "flag:Video | stamp:13:20");
        case("Formule 1", "section:Formule 1");
    }

    #[test]
    fn what_has_other_words_is_none() {
        for text in [
            "12 doden bij brand",
            "Vanavond 20:00 concert in Goes",
            "20:00 | Ajax - PSV",
            "LIVE 20:00: Ajax - PSV",
            "Ajax - PSV",
            "13:20 Brand in Goes",
            "13:20 - Brand in Goes gesmoord",
            "Brand in Goes 12 minuten geleden",
            "Sport nu",
            "Corona update",
            "Sport en spel",
            "Door brand verwoest",
            "ANP krijgt nieuwe baas",
            "Update: kabinet valt",
            "Politiek: kabinet valt",
            "09:00 – 17:00 uur",
            "Maandag: 09:00 - 17:00 uur",
            "ma-vr van 9.00-17.00 uur",
            "€ 13.20",
            "-5 min",
            "Walcheren 13:20",
            "Walcheren | Goes",
            "Tennis Rotterdam",
            "Kunst en cultuur",
            "Walcheren",
            "12",
            "10 februari 26 doden",
            "",
            "•",
            "Gaza",
            "Nog geen 5 minuten",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    /// Words and marks of which texts of parts are made.
    const PIECES: &[&str] = &[
        "12", "minuten", "geleden", "13:20", "Sport", "•", "|", " - ", ",", "(", ")", "Door", "ANP", "/",
        "in", "Video", "▶", "2", "min", "leestijd", "uur", "10", "feb", "2026", "Update", "reacties", "K",
        "x", ".", ":", "'s", "middags", "u", "één", "Goes", "en", "gisteren", "-", "±", "🕒", "24:00", "1e",
        "\u{a0}", "ﬁ", "İ", "’26", "op", "om",
    ];

    proptest! {
        #[test]
        fn parts_cover_a_text_in_its_order(
            words in prop::collection::vec((prop::sample::select(PIECES), prop::bool::ANY), 0..12),
        ) {
            let text: String = words.iter().flat_map(|(word, space)| [*word, if *space { " " } else { "" }]).collect();
            if let Some(parts) = parts(&text, 7) {
                let mut rest = text.as_str();
                for part in &parts {
                    let (gap, behind) = rest.split_once(part.text).expect("in the text's order");
                    prop_assert!(!part.text.is_empty() && !gap.contains(char::is_alphanumeric), "{gap:?} in {text:?}");
                    rest = behind;
                }
                prop_assert!(!rest.contains(char::is_alphanumeric), "{rest:?} in {text:?}");
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,60}") {
            _ = parts(&text, 1);
            _ = stamp::day_heading(&text);
            _ = stamp::year_heading(&text);
            _ = stamp::machine(&text);
            _ = stamp::short(&text, 1);
        }
    }
}
