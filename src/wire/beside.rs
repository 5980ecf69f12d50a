//! Texts that are times and what sites put beside them: `Sport | 13:20`, `12 minuten geleden • 2 min leestijd`,
//! `Door ANP - 7-10-2016, 9:23`.

use super::age::{self, Age};
use super::agency;
use super::clock::Clock;
use super::cursor::Cursor;
use super::dateline::Credit;
use super::day::Day;
use super::moment::Moment;
use super::section;
use super::stamp::{self, Stamp, Time};

/// A part of such a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    /// A time.
    Stamp(Stamp<'a>),
    /// A hour without more, an age or a time of day: the ages and times beside it tell.
    Hours(Stamp<'a>, Age),
    /// A section, a rubric, a place: a few words.
    Label(&'a str),
    /// Who wrote it; with the agencies among them.
    Byline(Vec<Credit<'a>>),
    /// How long it takes to read, how many comments it has; that it is live, or new.
    Aside,
}

/// No text of such parts is longer, in bytes.
pub const LONGEST: usize = 120;

/// What stands between two parts.
const SEPARATORS: &[char] = &[
    ' ', '|', '•', '·', '-', '–', '—', ',', '/', ':', ';', '(', ')', '[', ']', '>', '›', '»', '‹', '«', '*',
    '\u{a0}',
];

/// Words in front of who wrote it or made it. `:` stands where the word alone may as well begin a headline.
const BYLINES: &[&str] = &[
    "door",
    "by",
    "bron:",
    "bron",
    "auteur:",
    "auteur",
    "tekst:",
    "foto:",
    "foto's:",
    "beeld:",
    "geschreven door",
    "een bericht van",
];

/// Units of what is counted beside news. A number stands in front.
const COUNTED: &[&str] = &[
    "reactie",
    "reacties",
    "reaktie",
    "reakties",
    "comment",
    "comments",
    "like",
    "likes",
    "keer",
    "x",
    "views",
    "view",
    "weergaven",
    "shares",
    "min leestijd",
    "min. leestijd",
    "minuten leestijd",
    "minuut leestijd",
    "minuten om te lezen",
    "minuut om te lezen",
    "min om te lezen",
    "min. om te lezen",
    "min lezen",
    "min. lezen",
    "minuten lezen",
    "min read",
    "min. read",
    "minute read",
    "keer gelezen",
    "keer bekeken",
    "x gelezen",
    "x bekeken",
    "foto's",
    "fotos",
    "video's",
    "afbeeldingen",
    "antwoorden",
    "stemmen",
];

/// Words that say what kind of news it is, or what to do with it.
const FLAGS: &[&str] = &[
    "live",
    "liveblog",
    "update",
    "video",
    "nieuw",
    "breaking",
    "premium",
    "plus",
    "abonnee",
    "abonnees",
    "exclusief",
    "audio",
    "podcast",
    "fotoserie",
    "foto's",
    "new",
    "net binnen",
    "nu",
    "sluit",
    "delen",
    "deel",
    "bewaar",
    "bewaren",
    "lees meer",
    "lees verder",
    "meer lezen",
    "verder lezen",
    "lees artikel",
    "lees bericht",
    "lees het hele artikel",
    "lees het hele bericht",
    "lees het volledige artikel",
    "meer informatie",
    "meer",
    "meer info",
    "bekijk",
    "read more",
    "reageer",
    "reageren",
    "reacties",
    "geen reacties",
    "afspelen",
    "play",
    "print",
    "afdrukken",
    "printen",
    "doorsturen",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "e-mail",
    "mail",
    "kopieer link",
    "link kopiëren",
    "advertentie",
    "gesponsord",
    "deel dit artikel",
    "deel dit bericht",
    "gepubliceerd",
    "geplaatst",
    "laatste update",
    "leestijd",
    "in",
    "om",
    "op",
    "geleden",
    "posted",
    "datum",
];

/// Whether a text says nothing of the news: no word of it is news.
pub fn is_beside(text: &str) -> bool {
    text.len() <= LONGEST
        && (flag(text).is_some_and(str::is_empty)
            || counted(text).is_some_and(|rest| trim(rest).is_empty())
            || !text.contains(char::is_alphanumeric))
}

/// Whether a text is times and what stands beside them: at least one time.
pub fn is_stamps(text: &str) -> bool {
    parts(text).is_some()
}

/// The parts of a text that is times and what stands beside them: at least one time. None where any of it is more.
pub fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    if text.len() > LONGEST || !text.contains(|c: char| c.is_ascii_digit()) && !may_be_words(text) {
        return None;
    }
    if let Some(part) = short(text) {
        return Some(vec![part]);
    }
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut rest = trim(text);
    let mut timed = false;
    let mut labels = 0;
    let mut apart = true;
    while !rest.is_empty() {
        let (part, behind) = first(rest, timed)?;
        if !apart && !fits(parts.last(), &part) {
            return None;
        }
        timed |= matches!(part, Part::Stamp(_) | Part::Hours(..));
        labels += usize::from(matches!(part, Part::Label(_)));
        parts.push(part);
        rest = trim(behind);
        let between = &behind
            [..behind.len() - behind.trim_start_matches(|c| SEPARATORS.contains(&c) || is_sign(c)).len()];
        apart = between.contains(|c| c != ' ' && SEPARATORS.contains(&c))
            || behind.starts_with("in ")
            || behind.starts_with(" in ");
    }
    // More times than one of the publication and one of a change are a timetable.
    let stamps = parts.iter().filter(|part| matches!(part, Part::Stamp(_))).count();
    (timed && labels <= 2 && stamps <= 3).then_some(parts)
}

/// Whether a part can stand behind another one with nothing but a space between: `Buitenland 12 minuten geleden`. A name in
/// front of a date, or words behind a time, are a headline as well.
fn fits(before: Option<&Part<'_>>, part: &Part<'_>) -> bool {
    let short = |label: &str| label.split(' ').count() <= 2;
    match (before, part) {
        (Some(Part::Label(label)), Part::Stamp(stamp)) => {
            short(label) && (stamp.is_age() || stamp.is_clock()) || section::is_section(label)
        }
        (Some(Part::Stamp(_)), Part::Label(label)) => short(label),
        _ => true,
    }
}

/// The times of a line that is times and what stands beside them, with its label and its agencies. None for a line that
/// is a time and nothing more.
pub(super) fn stamps(text: &str, line: u32) -> Option<Vec<Stamp<'_>>> {
    let parts = parts(text).filter(|parts| parts.len() > 1 || !std::ptr::eq(trim(text), text))?;
    let label = parts.iter().find_map(|part| match part {
        Part::Label(label) => Some(*label),
        _ => None,
    });
    let credits: Vec<_> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Byline(credits) => Some(credits.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    let stamps = parts.into_iter().filter_map(|part| match part {
        Part::Stamp(stamp) | Part::Hours(stamp, _) => {
            Some(Stamp { line, label, credits: credits.clone(), ..stamp })
        }
        _ => None,
    });
    Some(stamps.collect())
}

/// Whether a text without a digit may tell a time: `zojuist`, `gisteren`, `een uur geleden`.
fn may_be_words(text: &str) -> bool {
    text.split([' ', ',', '•', '|', '·', '(']).any(stamp::may_begin)
}

fn trim(text: &str) -> &str {
    text.trim_start_matches(|c: char| SEPARATORS.contains(&c) || is_sign(c))
        .trim_end_matches(|c: char| SEPARATORS.contains(&c) || is_sign(c) || c == '.')
}

/// Whether a character is a picture, of a clock and the like, and no part of a word.
pub fn is_sign(c: char) -> bool {
    !c.is_ascii()
        && !c.is_alphanumeric()
        && !matches!(
            c,
            '‘' | '’'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '…'
                | '€'
                | '£'
                | '–'
                | '—'
                | '°'
                | '²'
                | '½'
                | '¡'
                | '¿'
        )
}

/// The first part of a text.
fn first(text: &str, timed: bool) -> Option<(Part<'_>, &str)> {
    if let Some(rest) = counted(text) {
        return Some((Part::Aside, rest));
    }
    if let Some(found) = short_front(text) {
        return Some(found);
    }
    if let Some((stamp, rest)) = stamp::split(text, 0) {
        let ends =
            rest.is_empty() || rest.starts_with(|c: char| SEPARATORS.contains(&c) || c == '.' || is_sign(c));
        if ends {
            return Some((Part::Stamp(stamp), rest));
        }
    }
    if let Some(found) = dotted(text).or_else(|| byline(text)) {
        return Some(found);
    }
    if let Some(rest) = flag(text) {
        return Some((Part::Aside, rest));
    }
    label(text, timed)
}

/// A short age in front of a separator: `12 min | Sport`.
fn short_front(text: &str) -> Option<(Part<'_>, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let unit = text.get(digits..)?.trim_start();
    let letters = unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len());
    let end = text.len() - unit.len() + letters;
    let rest = text[end..].strip_prefix('.').unwrap_or(&text[end..]);
    // `12 min geleden` and `13 uur 's middags` say more.
    let ends =
        rest.is_empty() || rest.trim_start().starts_with(|c: char| SEPARATORS.contains(&c) || is_sign(c));
    let gap = rest.trim_start();
    let more = stamp::split(text, 0).is_some_and(|(_, behind)| behind.len() < gap.len());
    (digits > 0 && letters > 0 && (ends || gap.len() < rest.len()) && !more)
        .then(|| short(&text[..end]))
        .flatten()
        .map(|part| (part, rest))
}

/// A time of day with a full stop, which only stands for a colon where nothing but times stands: `21.30`.
fn dotted(text: &str) -> Option<(Part<'_>, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (hour, minute) = text[..end].split_once('.')?;
    let two = |digits: &str| digits.len() == 2 || (digits.len() == 1 && std::ptr::eq(digits, hour));
    let time = chrono::NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
        .filter(|_| two(hour) && two(minute))?;
    let moment = Moment { day: Day::Unsaid, clock: Clock::Minute(time) };
    Some((Part::Stamp(Stamp::new(&text[..end], Time::Moment(moment), 0)), &text[end..]))
}

/// `2 min leestijd`, `12 reacties`, `leestijd: 3 minuten`.
fn counted(text: &str) -> Option<&str> {
    let text = trim(text);
    let mut cursor = Cursor::new(text);
    if cursor.any(&["leestijd", "gelezen", "reading time"]) {
        let rest = cursor.rest.trim_start_matches([':', ' ']);
        let mut cursor =
            Cursor::new(rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '.'));
        if cursor.rest.len() == rest.len() {
            return None;
        }
        _ = cursor.any(&["minuten", "minuut", "min", "keer", "x"]);
        return Some(cursor.rest);
    }
    let digits = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | 'K' | 'k')))?;
    if digits == 0 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = text[digits..].trim_start();
    let found = COUNTED.iter().filter(|unit| begins(rest, unit)).max_by_key(|unit| unit.len())?;
    Some(&rest[found.len()..])
}

fn flag(text: &str) -> Option<&str> {
    let text = trim(text);
    let found = FLAGS.iter().filter(|flag| begins(text, flag)).max_by_key(|flag| flag.len())?;
    let rest = &text[found.len()..];
    let ends = rest.is_empty()
        || rest.starts_with(|c: char| {
            (SEPARATORS.contains(&c) && c != ' ') || is_sign(c) || matches!(c, '.' | '!' | '…')
        })
        || stamp::split(rest.trim_start(), 0).is_some();
    ends.then(|| rest.trim_start_matches(['.', '!', '…']))
}

/// Whether a text begins with words, whatever their case, and goes on with no letter.
fn begins(text: &str, words: &str) -> bool {
    let head = text.get(..words.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(words))
        && !text[words.len()..].starts_with(char::is_alphanumeric)
}

/// `Door onze redactie`, `Bron: Belga`, `© ANP/AFP`, up to the next separator or time.
pub fn byline(text: &str) -> Option<(Part<'_>, &str)> {
    let bare = text.trim_start_matches(['©', ' ', '(']);
    let marked = bare.len() < text.len() && text.starts_with('©');
    let named = BYLINES.iter().any(|word| begins(bare, word) && is_name(&bare[word.len()..]));
    let end = end_of_words(bare, marked || named);
    let words = bare[..end].trim_end();
    let credits = credits(words);
    let agency_alone = !credits.is_empty() && words.split(['/', ' ']).count() == credits.len();
    if !(marked || named || agency_alone) || words.is_empty() {
        return None;
    }
    let short = words.split(' ').count() <= 8 && !words.ends_with(['.', '!', '?']);
    short.then(|| (Part::Byline(credits), &bare[end..]))
}

/// Whether words can be a name: `Jan de Vries`, `onze redactie`, and not `storm omgewaaid`.
fn is_name(words: &str) -> bool {
    let words = words.trim_start_matches([':', ' ']);
    let first = words.split(' ').next().unwrap_or_default();
    words.is_empty()
        || first.starts_with(char::is_uppercase)
        || ["onze", "de", "een", "redactie"].contains(&first) && words.contains("redact")
}

/// The agencies that words name.
fn credits(words: &str) -> Vec<Credit<'_>> {
    let words = words.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty());
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    words
        .filter(capital)
        .filter_map(|code| agency::find(code).map(|agency| Credit { code, agency: Some(agency) }))
        .collect()
}

/// Where words end: at a separator, or in front of a time.
fn end_of_words(text: &str, byline: bool) -> usize {
    let mut spaces = text.match_indices(' ').map(|(at, _)| at);
    let separator = text.find(['|', '•', '·', '–', '—', '(', '[']).unwrap_or(text.len());
    let separator = text.find(" - ").unwrap_or(text.len()).min(separator);
    let comma = if byline { text.find(',').unwrap_or(text.len()) } else { text.len() };
    let stamp = spaces.find(|at| {
        let behind = text[*at..].trim_start();
        stamp::split(behind, 0)
            .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(|c: char| SEPARATORS.contains(&c)))
    });
    stamp.unwrap_or(text.len()).min(separator).min(comma)
}

/// `Sport`, `in Sport`, `Capelle aan den IJssel`.
fn label(text: &str, timed: bool) -> Option<(Part<'_>, &str)> {
    const WORDS: usize = 4;
    const LONGEST: usize = 40;
    let mut cursor = Cursor::new(text);
    let text = if timed && cursor.any(&["in", "bij", "uit"]) { cursor.rest.trim_start() } else { text };
    let end = end_of_words(text, false);
    let words = text[..end].trim_end_matches([' ', ':', ',']);
    let fits = !words.is_empty()
        && words.len() <= LONGEST
        && words.split(' ').count() <= WORDS
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '\'' || c == '#')
        && words.contains(char::is_alphabetic)
        && (!words.ends_with(['.', '!', '?', '…']) || is_initial(words));
    fits.then(|| (Part::Label(words), &text[end..]))
}

/// Whether a name ends in an initial: `Wouter K.`
fn is_initial(words: &str) -> bool {
    words.rsplit(' ').next().is_some_and(|last| last.len() == 2 && last.starts_with(char::is_uppercase))
}

/// A whole text that is a short age, such as stands in an element of its own: `12 min`, `34m`, `2 u`, `13 uur`.
pub fn short(text: &str) -> Option<Part<'_>> {
    let text = trim(text);
    let mut cursor = Cursor::new(text);
    let number = cursor.number()?;
    cursor.space();
    let age = age::short(number, cursor.rest.trim_end_matches('.'))?;
    let stamp = Stamp::new(text, Time::Age(age), 0);
    let hours = cursor.rest == "uur" && (1..24).contains(&number);
    Some(if hours { Part::Hours(stamp, age) } else { Part::Stamp(stamp) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        let shown = parts(text).map(|parts| {
            let shown = parts.iter().map(|part| match part {
                Part::Stamp(stamp) if stamp.modified => format!("changed {}", stamp.printed),
                Part::Stamp(stamp) => stamp.printed.to_owned(),
                Part::Hours(stamp, _) => format!("{}?", stamp.printed),
                Part::Label(label) => format!("[{label}]"),
                Part::Byline(credits) => {
                    format!("by {}", credits.iter().map(Credit::name).collect::<Vec<_>>().join("/"))
                }
                Part::Aside => "-".to_owned(),
            });
            shown.collect::<Vec<_>>().join(", ")
        });
        assert_eq!(shown.unwrap_or_else(|| "none".to_owned()), expected, "{text}");
    }

    #[test]
    fn times_and_what_stands_beside_them() {
        case("12 minuten geleden • 2 min leestijd", "12 minuten geleden, -");
        case("13:20 | Sport", "13:20, [Sport]");
        case("Sport | 13:20", "[Sport], 13:20");
        case("(12 minuten geleden)", "12 minuten geleden");
        case("[13:20]", "13:20");
        case("🕒 13:20", "13:20");
        case("2 uur geleden in Sport", "2 uur geleden, [Sport]");
        case("10 februari 2026 om 14:05 door Redactie", "10 februari 2026 om 14:05, by ");
        case("Door ANP - 7-10-2016, 9:23", "by ANP, 7-10-2016, 9:23");
        case("LIVE 13:20", "-, 13:20");
        case("Buitenland 12 min geleden", "[Buitenland], 12 min geleden");
        case("12 min", "12 min");
        case("13 uur", "13 uur?");
        case("12 reacties · 13:20", "-, 13:20");
    }

    #[test]
    fn news_is_no_time() {
        for text in [
            "12 doden bij brand",
            "Vanavond 20:00 concert in Goes",
            "Brand",
            "Sport",
            "2-1 winst voor Goes",
            "17 gewonden",
        ] {
            case(text, "none");
        }
    }
}
