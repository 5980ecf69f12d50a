//! Section headers (`Meer uit Buitenland`), the ticker and its header (`Net binnen`).

use super::clock::Clock;
use super::day::Day;
use super::moment::{self, Moment, Printed};
use super::place;

/// Sections that sites name in a bare word above a headline.
pub(super) const SECTIONS: &[&str] = &[
    "Algemeen",
    "Binnenland",
    "Buitenland",
    "Cultuur",
    "Economie",
    "Entertainment",
    "Financieel",
    "Gezondheid",
    "Kunst",
    "Media",
    "Muziek",
    "Natuur",
    "Onderwijs",
    "Opmerkelijk",
    "Politiek",
    "Regio",
    "Regionaal",
    "Show",
    "Sport",
    "Tech",
    "Voetbal",
    "Wetenschap",
    "Zeeland",
    "112",
];

/// Headers above a ticker.
const TICKER_HEADERS: &[&str] = &["Net binnen", "Kort nieuws", "Nieuwsticker"];

/// The section that a header names: `Meer uit Capelle aan den IJssel`.
pub(super) fn header(line: &str) -> Option<&str> {
    let name = line
        .strip_prefix("Meer uit ")
        .or_else(|| line.strip_prefix("Meer nieuws uit "))?
        .trim_end_matches(':');
    let words = name.split(' ').count();
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '&' | '.'));
    // A name has small words inside, and ends in none: `Meer uit Gaza verdreven` is a headline.
    let begins = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '’' | '&') || c.is_ascii_digit())
    };
    let named = name.split(' ').all(|word| begins(word) || place::is_particle(word))
        && [name.split(' ').next(), name.split(' ').next_back()].into_iter().flatten().all(begins);
    (words <= 5 && name.len() <= 60 && plain && named && !name.ends_with('.')).then_some(name)
}

/// Whether a line is the beginning of a section header on a page that was cut.
pub(super) fn is_cut_header(line: &str) -> bool {
    line.len() >= 2 && "Meer uit ".starts_with(line)
}

/// Whether a word is the name of a section.
pub(super) fn is_section(line: &str) -> bool {
    SECTIONS.iter().any(|name| name.eq_ignore_ascii_case(line))
}

/// Whether a line is the header above a ticker.
pub(super) fn is_ticker_header(line: &str) -> bool {
    TICKER_HEADERS.iter().any(|name| name.eq_ignore_ascii_case(line.trim_end_matches(':')))
}

/// Whether a line names the editions of a site; the page's section stands below it.
pub(super) fn is_edition(line: &str) -> bool {
    line.starts_with("Editie:") || line.starts_with("Edities:")
}

/// A line of the ticker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticker<'a> {
    /// The rubric in front of the time, if any.
    pub rubric: Option<&'a str>,
    /// The time as printed.
    pub printed: &'a str,
    /// The time of day.
    pub clock: Clock,
    /// The headline.
    pub text: &'a str,
}

/// Reads `- Rubriek 9:41 kop`; the dash may be missing where the line stands in a ticker.
pub(super) fn ticker(line: &str, inside: bool) -> Option<Ticker<'_>> {
    let dashed = ["- ", "– ", "• ", "* "].into_iter().find_map(|dash| line.strip_prefix(dash));
    let body = dashed.or_else(|| inside.then_some(line))?;
    const LONGEST_RUBRIC: usize = 40;
    let colon = memchr::memchr(b':', body.as_bytes()).filter(|&at| (1..=LONGEST_RUBRIC).contains(&at))?;
    let start = body[..colon].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let head = body.get(..start)?.trim_end();
    let (printed, rest) = moment::split(&body[start..])?;
    let Printed::Moment(Moment { day: Day::Unsaid, clock }) = printed else { return None };
    let begins = head.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let named = head.is_empty() || (begins && head.split(' ').count() <= 4);
    let text = rest.strip_prefix(' ').filter(|text| !text.is_empty())?;
    let printed = body[start..body.len() - rest.len()].trim_end();
    named.then_some(Ticker { rubric: Some(head).filter(|head| !head.is_empty()), printed, clock, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        for (line, expected) in [
            ("Meer uit Buitenland", Some("Buitenland")),
            ("Meer uit Capelle aan den IJssel", Some("Capelle aan den IJssel")),
            ("Meer uit 's-Gravenpolder", Some("'s-Gravenpolder")),
            ("Meer uit de kast gehaald", None),
            ("Meer uit Gaza verdreven dan eerst gedacht werd", None),
            ("Meer uit Gaza verdreven", None),
            ("Meer uit België gevluchte mensen", None),
            ("Meer uit Bergen op Zoom", Some("Bergen op Zoom")),
            ("Meer evacuaties in Gaza", None),
            ("Meer mannen", None),
        ] {
            assert_eq!(header(line), expected, "{line}");
        }
        assert!(is_cut_header("Meer ui") && is_cut_header("Me") && !is_cut_header("Meer mannen"));
    }

    #[test]
    fn ticker_lines() {
        let line = ticker("- Sport Zeeland 9:41 Goes wint", false).expect("a ticker line");
        assert_eq!((line.rubric, line.printed, line.text), (Some("Sport Zeeland"), "9:41", "Goes wint"));
        let line = ticker("- 112 8:55 Botsing", false).expect("a ticker line");
        assert_eq!((line.rubric, line.printed, line.text), (Some("112"), "8:55", "Botsing"));
        assert_eq!(ticker("Zeeland 9:41 Goes wint", false), None);
        assert!(ticker("Zeeland 9:41 Goes wint", true).is_some());
        assert_eq!(ticker("- Dit is geen: regel", false), None);
        assert_eq!(ticker("- de stand was om 9:41 nog gelijk", false), None);
    }
}
