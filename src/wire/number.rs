//! Numbers in words, Dutch and English.

use super::cursor::{Cursor, same};

/// Words for numbers below twenty, and English articles that stand for one.
const ONES: &[(&str, u32)] = &[
    ("een", 1),
    ("één", 1),
    ("eén", 1),
    ("n", 1),
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("twee", 2),
    ("two", 2),
    ("drie", 3),
    ("three", 3),
    ("vier", 4),
    ("four", 4),
    ("vijf", 5),
    ("five", 5),
    ("zes", 6),
    ("six", 6),
    ("zeven", 7),
    ("seven", 7),
    ("acht", 8),
    ("eight", 8),
    ("negen", 9),
    ("nine", 9),
    ("tien", 10),
    ("ten", 10),
    ("elf", 11),
    ("eleven", 11),
    ("twaalf", 12),
    ("twelve", 12),
    ("dertien", 13),
    ("veertien", 14),
    ("vijftien", 15),
    ("zestien", 16),
    ("zeventien", 17),
    ("achttien", 18),
    ("negentien", 19),
];

const TENS: &[(&str, u32)] = &[
    ("twintig", 20),
    ("dertig", 30),
    ("veertig", 40),
    ("vijftig", 50),
    ("zestig", 60),
    ("zeventig", 70),
    ("tachtig", 80),
    ("negentig", 90),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
];

/// Every word for a number; compounds begin as one of them does.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    ONES.iter().chain(TENS).map(|(word, _)| *word)
}

/// The number that a word says: `één`, `twaalf`, `eenentwintig`.
pub(super) fn of(word: &str) -> Option<u32> {
    let row =
        |rows: &[(&str, u32)], word: &str| rows.iter().find(|(name, _)| same(word, name)).map(|row| row.1);
    row(ONES, word).or_else(|| row(TENS, word)).or_else(|| {
        let (head, ten) = TENS.iter().find_map(|(name, ten)| {
            let (head, tail) = word.split_at_checked(word.len().checked_sub(name.len())?)?;
            tail.eq_ignore_ascii_case(name).then_some((head, *ten))
        })?;
        let one = head.strip_suffix("en").or_else(|| head.strip_suffix("ën"))?;
        Some(ten + row(ONES, one).filter(|&one| one < 10)?)
    })
}

/// Takes a number, and whether a half stands behind it: `2,5`, `2½`, `tweeënhalf`, `twee en een half`.
pub(super) fn split_halved(cursor: &mut Cursor<'_>) -> Option<(u32, bool)> {
    let mut ahead = *cursor;
    if let Some(number) = ahead.word().and_then(halved) {
        *cursor = ahead;
        return Some((number, true));
    }
    let number = split(cursor)?;
    let mut ahead = *cursor;
    let half = [",5", ".5", "½"].into_iter().any(|half| ahead.literal(half)) || {
        ahead.space();
        ahead.any(&["½", "en een half", "en een halve", "and a half"])
    };
    if half {
        *cursor = ahead;
    }
    Some((number, half))
}

/// `tweeënhalf`, `drieënhalve`: the number in front of the half.
fn halved(word: &str) -> Option<u32> {
    let head = ["half", "halve"].into_iter().find_map(|half| word.strip_suffix(half))?;
    let head = ["eneen", "en", "ën"].into_iter().find_map(|and| head.strip_suffix(and))?;
    of(head)
}

/// Takes a number in digits or in words.
pub(super) fn split(cursor: &mut Cursor<'_>) -> Option<u32> {
    if let Some(number) = cursor.number() {
        return Some(number);
    }
    let mut ahead = *cursor;
    _ = ahead.literal("'") || ahead.literal("’");
    let number = of(ahead.word().filter(|word| word.len() <= 24)?)?;
    *cursor = ahead;
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn numbers_in_words() {
        for (word, expected) in [
            ("een", Some(1)),
            ("Één", Some(1)),
            ("twaalf", Some(12)),
            ("twintig", Some(20)),
            ("eenentwintig", Some(21)),
            ("tweeëndertig", Some(32)),
            ("vijfenveertig", Some(45)),
            ("geen", None),
        ] {
            assert_eq!(of(word), expected, "{word}");
        }
    }
}
