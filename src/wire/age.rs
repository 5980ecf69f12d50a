//! How long ago something was, as a page prints it: `12 minuten geleden`.

use super::cursor::Cursor;
use super::number;

/// A length of time in the units that a page counts in. Elapsed and calendar units do not mix: an hour
/// is always as long, a day or a month is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Length {
    /// Calendar years.
    pub years: u32,
    /// Calendar months.
    pub months: u32,
    /// Calendar days.
    pub days: u32,
    /// Elapsed seconds.
    pub seconds: u32,
}

impl Length {
    const fn seconds(seconds: u32) -> Self {
        Self { years: 0, months: 0, days: 0, seconds }
    }

    const fn calendar(years: u32, months: u32, days: u32) -> Self {
        Self { years, months, days, seconds: 0 }
    }

    fn times(self, n: u32) -> Self {
        Self {
            years: self.years * n,
            months: self.months * n,
            days: self.days * n,
            seconds: self.seconds * n,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            years: self.years + other.years,
            months: self.months + other.months,
            days: self.days + other.days,
            seconds: self.seconds + other.seconds,
        }
    }

    /// Whether it holds days, months or years, which sites count in two ways.
    pub fn is_calendar(&self) -> bool {
        (self.years, self.months, self.days) != (0, 0, 0)
    }
}

/// An age as a page prints it: at least `least` and less than `most` before the page was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Age {
    /// The floored age itself.
    pub least: Length,
    /// The next age that the page would print.
    pub most: Length,
}

impl Age {
    /// So many full hours.
    pub(super) fn hours(hours: u32) -> Self {
        let hour = Length::seconds(HOUR);
        Self { least: hour.times(hours), most: hour.times(hours.saturating_add(1)) }
    }
}

/// A unit of ages. A new word is one more string.
struct Unit {
    words: &'static [&'static str],
    length: Length,
    half: Length,
}

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;

const UNITS: &[Unit] = &[
    Unit {
        words: &["seconde", "seconden", "secondes", "sec", "second", "seconds"],
        length: Length::seconds(1),
        half: Length::seconds(1),
    },
    Unit {
        words: &["minuut", "minuten", "minuutje", "minuutjes", "min", "minute", "minutes", "mins", "m"],
        length: Length::seconds(MINUTE),
        half: Length::seconds(MINUTE / 2),
    },
    Unit {
        words: &["kwartier", "kwartiertje"],
        length: Length::seconds(HOUR / 4),
        half: Length::seconds(HOUR / 8),
    },
    Unit {
        words: &["halfuur", "halfuurtje"],
        length: Length::seconds(HOUR / 2),
        half: Length::seconds(HOUR / 4),
    },
    Unit { words: &["driekwartier"], length: Length::seconds(HOUR / 4 * 3), half: Length::seconds(HOUR / 4) },
    Unit {
        words: &["uur", "uren", "uurtje", "u", "hour", "hours", "hrs", "h"],
        length: Length::seconds(HOUR),
        half: Length::seconds(HOUR / 2),
    },
    Unit {
        words: &["dag", "dagen", "dgn", "d", "day", "days"],
        length: Length::calendar(0, 0, 1),
        half: Length::seconds(12 * HOUR),
    },
    Unit {
        words: &["week", "weken", "wk", "wkn", "weeks"],
        length: Length::calendar(0, 0, 7),
        half: Length::calendar(0, 0, 3),
    },
    Unit {
        words: &["maand", "maanden", "mnd", "mnden", "month", "months"],
        length: Length::calendar(0, 1, 0),
        half: Length::calendar(0, 0, 15),
    },
    Unit {
        words: &["jaar", "jaren", "jr", "year", "years"],
        length: Length::calendar(1, 0, 0),
        half: Length::calendar(0, 6, 0),
    },
];

/// Words behind an age.
const AGO: &[&str] = &["geleden", "terug", "ago"];

/// Ages that are no number of units. Less than a minute, all of them.
const PHRASES: &[&str] = &[
    "zojuist",
    "zonet",
    "zo net",
    "zopas",
    "zoeven",
    "zo even",
    "daarnet",
    "daarstraks",
    "net",
    "nu net",
    "net nu",
    "nu",
    "enkele ogenblikken geleden",
    "een ogenblik geleden",
    "just now",
    "a moment ago",
];

/// A word in front of an age, and whether the true age may be half a unit less than the printed one.
const QUALIFIERS: &[(&str, bool)] = &[
    ("ruim", false),
    ("meer dan", false),
    ("al", false),
    ("more than", false),
    ("over", false),
    ("ongeveer", true),
    ("circa", true),
    ("ca", true),
    ("zo n", true),
    ("bijna", true),
    ("about", true),
    ("almost", true),
    ("around", true),
];

/// Words in front of an age that is longer than the true one.
const LESS_THAN: &[&str] = &["minder dan", "nog geen", "less than", "under"];

/// Words for a few: between two and ten of the unit.
const FEW: &[&str] = &["enkele", "een paar", "paar", "a few", "several"];

const ONE_AND_A_HALF: &[&str] = &["anderhalf", "anderhalve"];

/// The longer ones first: `half` begins some of them.
const HALVES: &[&str] = &["een half", "een halve", "half an", "half a", "half", "halve"];

/// Units that stand for one of them.
const ALONE: &[&str] = &["kwartier", "kwartiertje", "halfuur", "halfuurtje", "driekwartier"];

/// The highest number of any unit that is still an age of news.
const MAX_NUMBER: u32 = 999;

/// The most parts that an age is made of: `1 jaar, 2 maanden en 3 dagen geleden`.
const MAX_PARTS: usize = 4;

/// Splits an age off the front of a text.
pub fn split(text: &str) -> Option<(Age, &str)> {
    let mut cursor = Cursor::new(text);
    let age = counted(&mut cursor).or_else(|| phrase(&mut cursor))?;
    Some((age, cursor.rest))
}

fn phrase(cursor: &mut Cursor<'_>) -> Option<Age> {
    let known =
        PHRASES.iter().filter(|phrase| cursor.clone().phrase(phrase)).max_by_key(|phrase| phrase.len())?;
    cursor.phrase(known);
    Some(Age { least: Length::default(), most: Length::seconds(MINUTE) })
}

fn counted(cursor: &mut Cursor<'_>) -> Option<Age> {
    let mut ahead = *cursor;
    if ahead.any(LESS_THAN) {
        ahead.space();
        let bound = part(&mut ahead, false)?;
        return ago(&mut ahead).then(|| {
            *cursor = ahead;
            Age { least: Length::default(), most: bound.least }
        });
    }
    let loose = !ahead.at_digit() && qualifier(&mut ahead);
    let mut age = part(&mut ahead, loose)?;
    for _ in 1..MAX_PARTS {
        if ago(&mut ahead) {
            *cursor = ahead;
            return Some(age);
        }
        joint(&mut ahead);
        let next = part(&mut ahead, loose)?;
        age = Age { most: age.least.plus(next.most), least: age.least.plus(next.least) };
    }
    ago(&mut ahead).then(|| {
        *cursor = ahead;
        age
    })
}

fn qualifier(cursor: &mut Cursor<'_>) -> bool {
    if ["±", "~", "≈"].into_iter().any(|sign| cursor.literal(sign)) {
        cursor.space();
        return true;
    }
    for (words, loose) in QUALIFIERS {
        if cursor.phrase(words) || (*words == "zo n" && (cursor.literal("zo'n ") || cursor.literal("zo’n ")))
        {
            _ = cursor.literal(".");
            cursor.space();
            return *loose;
        }
    }
    false
}

fn ago(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.space();
    let found = ahead.any(AGO);
    if found {
        *cursor = ahead;
    }
    found
}

fn joint(cursor: &mut Cursor<'_>) {
    _ = cursor.literal(",");
    cursor.space();
    if cursor.phrase("en") || cursor.phrase("and") {
        cursor.space();
    }
}

/// One number and its unit.
fn part(cursor: &mut Cursor<'_>, loose: bool) -> Option<Age> {
    if cursor.at_digit() { number_and_unit(cursor, loose) } else { in_words(cursor, loose) }
}

fn in_words(cursor: &mut Cursor<'_>, loose: bool) -> Option<Age> {
    if cursor.any(FEW) {
        let unit = unit(cursor)?;
        let seconds = unit.length == Length::seconds(1);
        let (least, most) = if seconds { (0, MINUTE) } else { (2, 10) };
        return Some(Age { least: unit.length.times(least), most: unit.length.times(most) });
    }
    if cursor.any(ONE_AND_A_HALF) {
        let unit = unit(cursor)?;
        return Some(Age { least: unit.length.plus(unit.half), most: unit.length.times(2) });
    }
    if cursor.any(HALVES) {
        let unit = unit(cursor)?;
        return Some(Age { least: unit.half, most: unit.length });
    }
    number_and_unit(cursor, loose)
}

fn number_and_unit(cursor: &mut Cursor<'_>, loose: bool) -> Option<Age> {
    let (number, and_a_half) = number::split_halved(cursor)
        .or_else(|| ALONE.iter().any(|unit| cursor.clone().phrase(unit)).then_some((1, false)))
        .unwrap_or_default();
    let counts = number > 0 || cursor.rest.starts_with(' ');
    let unit = unit(cursor)?;
    if !counts || number > MAX_NUMBER || unit.length.years * number > 150 {
        return None;
    }
    if unit.length == Length::seconds(HOUR)
        && let Some(minutes) = minutes_behind(cursor)
    {
        let least = unit.length.times(number).plus(Length::seconds(MINUTE * minutes));
        return Some(Age { least, most: least.plus(Length::seconds(MINUTE)) });
    }
    let least = if and_a_half {
        unit.length.times(number).plus(unit.half)
    } else if loose && number > 0 {
        unit.length.times(number - 1).plus(unit.half)
    } else {
        unit.length.times(number)
    };
    Some(Age { least, most: unit.length.times(number + 1) })
}

/// The minutes of `1u10`, which have no unit.
fn minutes_behind(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    let minutes = ahead.two_digits().filter(|minutes| *minutes < 60)?;
    (!ahead.rest.starts_with(char::is_alphabetic)).then(|| {
        *cursor = ahead;
        minutes
    })
}

/// The age that a whole text counts without a word behind it, `12 min`, `3d`, in digits; and the hours where it counts
/// these and nothing else.
pub(super) fn short(text: &str) -> Option<(Age, Option<u32>)> {
    let mut cursor = Cursor::new(text);
    let hours = cursor.clone().number();
    let mut age = cursor.at_digit().then(|| part(&mut cursor, false))??;
    let only = cursor.rest.is_empty();
    let in_hours = age.least.seconds.is_multiple_of(HOUR) && !age.least.is_calendar();
    for _ in 1..MAX_PARTS {
        if !cursor.rest.is_empty() {
            joint(&mut cursor);
            let next = cursor.at_digit().then(|| part(&mut cursor, false))??;
            age = Age { most: age.least.plus(next.most), least: age.least.plus(next.least) };
        }
    }
    cursor.rest.is_empty().then_some((
        age,
        hours.filter(|hours| only && in_hours && age.most == Length::seconds(HOUR * (hours + 1))),
    ))
}

fn unit(cursor: &mut Cursor<'_>) -> Option<&'static Unit> {
    let mut ahead = *cursor;
    ahead.space();
    let word = ahead.word()?;
    let unit = UNITS.iter().find(|unit| unit.words.iter().any(|name| super::cursor::same(word, name)))?;
    _ = ahead.literal(".");
    *cursor = ahead;
    Some(unit)
}

/// Every word that an age can begin with, but for digits.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    let tables = [PHRASES, LESS_THAN, FEW, HALVES, ONE_AND_A_HALF, ALONE];
    let qualifiers = QUALIFIERS.iter().map(|(words, _)| *words);
    tables.into_iter().flatten().copied().chain(qualifiers).chain(number::words())
}

/// Whether a whole line has the form of an age: it begins in small letters or with a digit, and ends in `geleden`.
pub fn looks_like_line(line: &str) -> bool {
    let line = line.strip_suffix('.').unwrap_or(line);
    let small = line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '±' | '~'));
    let last = line.rsplit(' ').next().unwrap_or_default();
    (small || looks_like(line))
        && (2..=6).contains(&line.split(' ').count())
        && AGO.iter().any(|ago| last.eq_ignore_ascii_case(ago))
}

/// Whether a line has the form of an age without being one that is known: `drie eeuwen geleden`.
pub fn looks_like(line: &str) -> bool {
    let mut words = line.split(' ');
    let first = words.next().unwrap_or_default();
    let begins = first.starts_with(|c: char| c.is_ascii_digit())
        || number::of(first).is_some()
        || ["enkele", "paar", "anderhalf", "ongeveer", "ruim"]
            .iter()
            .any(|word| first.eq_ignore_ascii_case(word));
    let last = words.next_back().unwrap_or_default();
    begins && words.count() <= 4 && AGO.iter().any(|ago| last.eq_ignore_ascii_case(ago))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, least: Length, most: Length) {
        assert_eq!(split(text), Some((Age { least, most }, "")));
    }

    fn seconds(seconds: u32) -> Length {
        Length::seconds(seconds)
    }

    #[test]
    fn ages_in_elapsed_units() {
        for text in [
            "12 minuten geleden",
            "12 min. geleden",
            "12 min geleden",
            "twaalf minuten geleden",
            "12 minutes ago",
        ] {
            case(text, seconds(720), seconds(780));
        }
        for text in [
            "1 uur geleden",
            "een uur geleden",
            "één uur geleden",
            "Één uur geleden",
            "an hour ago",
            "'n uur geleden",
        ] {
            case(text, seconds(3600), seconds(7200));
        }
        case("3 uren geleden", seconds(10_800), seconds(14_400));
        case("1 uur en 5 minuten geleden", seconds(3900), seconds(3960));
        case("1 uur, 5 minuten geleden", seconds(3900), seconds(3960));
        case("anderhalf uur geleden", seconds(5400), seconds(7200));
        case("een half uur geleden", seconds(1800), seconds(3600));
        case("half uur geleden", seconds(1800), seconds(3600));
        case("een kwartier geleden", seconds(900), seconds(1800));
        case("kwartier geleden", seconds(900), seconds(1800));
        case("drie kwartier geleden", seconds(2700), seconds(3600));
        case("enkele seconden geleden", seconds(0), seconds(60));
        case("een paar minuten geleden", seconds(120), seconds(600));
        case("30 seconden geleden", seconds(30), seconds(31));
        for text in
            ["1u10 geleden", "1 uur en 10 minuten geleden", "1u 10m geleden", "1u10m geleden", "1h10 ago"]
        {
            case(text, seconds(4200), seconds(4260));
        }
        case("2u05 geleden", seconds(7500), seconds(7560));
        case("2u geleden", seconds(7200), seconds(10_800));
        case("minder dan 5 minuten geleden", seconds(0), seconds(300));
        case("minder dan een minuut geleden", seconds(0), seconds(60));
        case("Minder dan 1 uur geleden", seconds(0), seconds(3600));
        case("nog geen 5 minuten geleden", seconds(0), seconds(300));
        case("less than a minute ago", seconds(0), seconds(60));
        case("0 minuten geleden", seconds(0), seconds(60));
        case("ongeveer 2 uur geleden", seconds(5400), seconds(10_800));
        case("ruim een uur geleden", seconds(3600), seconds(7200));
        for text in ["zojuist", "Zonet", "net", "minder dan een minuut geleden"] {
            case(text, seconds(0), seconds(60));
        }
    }

    #[test]
    fn ages_in_calendar_units() {
        case("3 dagen geleden", Length::calendar(0, 0, 3), Length::calendar(0, 0, 4));
        case("1 week geleden", Length::calendar(0, 0, 7), Length::calendar(0, 0, 14));
        case("2 maanden geleden", Length::calendar(0, 2, 0), Length::calendar(0, 3, 0));
        case("1 jaar geleden", Length::calendar(1, 0, 0), Length::calendar(2, 0, 0));
        case("anderhalf jaar geleden", Length::calendar(1, 6, 0), Length::calendar(2, 0, 0));
        let (age, _) = split("3 days 23 hours ago").expect("an age");
        assert_eq!(age.least, Length { days: 3, seconds: 23 * HOUR, ..Length::default() });
        assert_eq!(age.most, Length { days: 3, seconds: 24 * HOUR, ..Length::default() });
    }

    #[test]
    fn an_age_ends_where_the_next_item_is_glued() {
        assert_eq!(split("12 minuten geledenTEHERAN (ANP)").map(|(_, rest)| rest), Some("TEHERAN (ANP)"));
        assert_eq!(split("2 weken geleden'Ja'").map(|(_, rest)| rest), Some("'Ja'"));
    }

    #[test]
    fn what_is_no_age() {
        for text in [
            "12 minuten",
            "minuten geleden",
            "geleden",
            "lang geleden",
            "twaalf eeuwen geleden",
            "1000 jaar geleden",
            "99999 minuten geleden",
            "12 minuten geledend",
            "151 jaar geleden",
            "uur geleden",
            "nut",
            "",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
        assert!(looks_like("twaalf eeuwen geleden") && looks_like("99999 minuten geleden"));
        assert!(!looks_like("Lang geleden") && !looks_like("De brand was jaren geleden"));
    }
}
