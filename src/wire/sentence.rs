//! The first sentence of a text, for items without a headline.

/// Abbreviations whose full stop ends no sentence, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "aant", "afd", "alg", "apr", "arr", "aug", "art", "bijv", "blz", "bv", "ca", "dec", "dhr", "dir", "div",
    "dr", "dra", "drs", "ds", "enz", "excl", "fa", "feb", "febr", "gebr", "gem", "hr", "incl", "ing", "inz",
    "ir", "jan", "jhr", "jl", "jr", "lt", "maj", "max", "mevr", "mgr", "min", "mld", "mln", "mr", "mrs",
    "mrt", "ms", "mw", "nl", "nov", "nr", "okt", "pag", "plm", "prof", "red", "resp", "secr", "sept", "sgt",
    "sr", "st", "str", "tel", "vgl", "vs", "zgn", "zn", "zr",
];

/// The first sentence of a text, without white space at its ends. The whole text where it has no end.
pub fn first(text: &str) -> &str {
    let mut ends = ends(text);
    let first = ends.next();
    // A sentence that ends inside a quotation is no end, unless the quotation never closes.
    let outside = first.filter(|end| !end.quoted).or_else(|| ends.find(|end| !end.quoted));
    outside.or(first).map_or(text, |end| &text[..end.at])
}

/// A title of a text: it as a whole, or cut at a word with `…` where it is longer than `limit` characters.
pub fn cut(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let room = text.char_indices().nth(limit.saturating_sub(1)).map_or(end, |(at, _)| at);
    let head = &text[..room];
    let word = if text[room..].starts_with(' ') { room } else { head.rfind(' ').unwrap_or(room) };
    let kept = head[..word].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '(' | '.')
    });
    format!("{}…", if kept.is_empty() { head } else { kept })
}

#[derive(Clone, Copy)]
struct End {
    at: usize,
    quoted: bool,
}

/// Where sentences end, each behind its closing quotes.
fn ends(text: &str) -> impl Iterator<Item = End> + '_ {
    let mut quotes = Quotes::default();
    let mut chars = text.char_indices();
    std::iter::from_fn(move || {
        for (at, c) in chars.by_ref() {
            quotes.read(text, at, c);
            if !matches!(c, '.' | '!' | '?' | '…') || is_inner(text, at, c) {
                continue;
            }
            let behind = &text[at + c.len_utf8()..];
            let closing = behind.trim_start_matches(is_closing);
            let closes =
                behind.len() > closing.len() && quotes.close(&behind[..behind.len() - closing.len()]);
            if begins_sentence(closing) {
                return Some(End { at: text.len() - closing.len(), quoted: quotes.is_open() && !closes });
            }
        }
        None
    })
}

/// Which quotation is open. An apostrophe inside a word is none.
#[derive(Default)]
struct Quotes {
    double: bool,
    single: bool,
}

impl Quotes {
    fn read(&mut self, text: &str, at: usize, c: char) {
        match c {
            '"' => self.double = !self.double,
            '“' | '„' | '«' => self.double = true,
            '”' | '»' => self.double = false,
            '\'' | '‘' | '’' => {
                let after_word = text[..at]
                    .chars()
                    .next_back()
                    .is_some_and(|before| !before.is_whitespace() && before != '(');
                let before_word = text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
                match (after_word, before_word) {
                    // 's, 't and 'n are words, and close or open nothing.
                    (false, true) if !is_elided(&text[at + c.len_utf8()..]) => self.single = c != '’',
                    (true, false) => self.single = false,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn is_open(&self) -> bool {
        self.double || self.single
    }

    /// Whether some marks close what is open.
    fn close(&self, marks: &str) -> bool {
        (self.double && marks.contains(['"', '”', '»'])) || (self.single && marks.contains(['\'', '’']))
    }
}

/// `s-Hertogenbosch`, `t is`, `n dag`: what an apostrophe in front of it makes a word.
fn is_elided(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('s' | 't' | 'n' | 'k' | 'm' | 'r' | 'S' | 'T'))
        && chars.next().is_none_or(|c| c == ' ' || c == '-')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '.' | '!' | '?' | '…')
}

/// Whether nothing follows, or white space and the beginning of a sentence.
fn begins_sentence(rest: &str) -> bool {
    let next = rest.trim_start();
    next.is_empty() || (next.len() < rest.len() && !next.starts_with(char::is_lowercase))
}

/// Whether a full stop belongs to an abbreviation, an initial or a number.
fn is_inner(text: &str, at: usize, c: char) -> bool {
    if c != '.' {
        return false;
    }
    let word = text[..at]
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '„' | '\'' | '‘'))
        .next();
    let word = word.unwrap_or_default();
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    let dotted =
        word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2 && !part.is_empty());
    // A list's number.
    let numbers = word.len() == at && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let ends_text = text[at + 1..].trim_matches(is_closing).trim().is_empty();
    !ends_text
        && (numbers
            || initial
            || (dotted && !word.ends_with(|c: char| c.is_ascii_digit()))
            || is_abbreviation(word))
}

fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(first(text), expected);
    }

    #[test]
    fn a_sentence_ends_at_a_true_end() {
        case("Een brand. Twee doden.", "Een brand.");
        case("George W. Bush is terug. Hij lacht.", "George W. Bush is terug.");
        case("De Zr. Ms. Holland vaart uit. Het waait.", "De Zr. Ms. Holland vaart uit.");
        case("Ruim 10.000 mensen kwamen. Het was druk.", "Ruim 10.000 mensen kwamen.");
        case("Om 00.45 uur brak brand uit. Niemand is gewond.", "Om 00.45 uur brak brand uit.");
        case("\"Wij zijn blij. Echt blij\", zegt hij. Zij niet.", "\"Wij zijn blij. Echt blij\", zegt hij.");
        case("\"Wij zijn blij.\" Dat zegt hij.", "\"Wij zijn blij.\"");
        case("\"Wij zijn blij. Echt.", "\"Wij zijn blij.");
        case("'Ja. Nee', zegt hij. Toen.", "'Ja. Nee', zegt hij.");
        case("‘Ja. Nee’, zegt hij.", "‘Ja. Nee’, zegt hij.");
        case("'Ja.' Dat zegt hij.", "'Ja.'");
        case("Foto's zijn weg. Hij zei: 'nee'. Klaar.", "Foto's zijn weg.");
        case("In 's-Hertogenbosch regent het. Ja.", "In 's-Hertogenbosch regent het.");
        case("Auto’s botsen. Ja.", "Auto’s botsen.");
        case("Op 7 mrt. 2026 is het. Ja.", "Op 7 mrt. 2026 is het.");
        case("1. Eerste punt. Tweede.", "1. Eerste punt.");
        case("Kan het? Ja.", "Kan het?");
        case("Het \"o.a. zo genoemde\" feit. Ja.", "Het \"o.a. zo genoemde\" feit.");
        case("Ze werkt bij de A.S.N. Bank in Den Haag. Ja.", "Ze werkt bij de A.S.N. Bank in Den Haag.");
        case("Geen einde", "Geen einde");
        case("Hij speelt voor Ajax 2. Dat", "Hij speelt voor Ajax 2.");
        case("", "");
    }

    #[test]
    fn a_long_title_is_cut_at_a_word() {
        assert_eq!(cut("een twee drie", 20), "een twee drie");
        assert_eq!(cut("een twee drie", 13), "een twee drie");
        assert_eq!(cut("een twee, drie", 10), "een twee…");
        assert_eq!(cut("eentweedrie", 5), "eent…");
        assert!(cut(&"woord ".repeat(40), 100).chars().count() <= 100);
    }
}
