//! The dateline in front of an item's text: `KYIV (ANP/RTR) - `.

use super::agency::{self, Agency};
use super::place::{self, Case};
use super::rubric;

/// Where and from whom an item comes, as its dateline says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dateline<'a> {
    /// The dateline as it stands on the page, without its dash and kicker.
    pub printed: &'a str,
    /// A kicker that was glued to the city: `EREDIVISIE`.
    pub kicker: Option<&'a str>,
    /// The places as printed; two where a slash stands between them.
    pub places: Vec<&'a str>,
    /// The agencies in the page's order.
    pub agencies: Vec<Credit<'a>>,
}

/// One agency of a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit<'a> {
    /// The code as printed.
    pub code: &'a str,
    /// Its row, where the code is known.
    pub agency: Option<&'static Agency>,
}

impl<'a> Credit<'a> {
    /// The agency's name, or the code where it is not known.
    pub fn name(&self) -> &'a str {
        self.agency.map_or(self.code, |agency| agency.name)
    }
}

/// What stands before a text, which decides how much a dateline has to show of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// An age: a place in mixed case will do.
    Age,
    /// Prose of an item: capitals and a dash may be a club's name.
    Prose,
    /// Anything else.
    Other,
}

/// No dateline is longer, in bytes.
const MAX_BYTES: usize = 200;

/// Words in capitals before a dash that are no place.
const ORGANISATIONS: &[&str] = &[
    "AIVD", "AZ", "CBS", "CDA", "EU", "FNV", "GGD", "IS", "KLM", "KNMI", "KNVB", "KPN", "LEES OOK", "LET OP",
    "NAVO", "NEC", "NOS", "NS", "OM", "PSV", "PVDA", "PVV", "RIVM", "SP", "SPORT", "TV", "UEFA", "UPDATE",
    "VAR", "VIDEO", "VN", "VS", "VVD", "WHO",
];

/// Splits the dateline off the front of a text.
pub fn split(text: &str, before: Before) -> Option<(Dateline<'_>, &str)> {
    let (source, behind) = split_source(text);
    let head = head(behind);
    let (mut dateline, rest) =
        bracketed(head, behind, before).or_else(|| bare(head, behind, before, source.is_some()))?;
    if let Some(code) = source {
        let end = dateline.printed.as_ptr() as usize - text.as_ptr() as usize + dateline.printed.len();
        dateline.printed = &text[..end];
        dateline.agencies.insert(0, Credit { code, agency: None });
    }
    Some((dateline, rest))
}

/// The front of a text that can hold a dateline, cut at a character.
fn head(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn split_source(text: &str) -> (Option<&str>, &str) {
    for source in agency::SOURCES {
        if let Some(rest) = text.strip_prefix(source) {
            let rest = rest.trim_start_matches([' ', ':', '|']);
            return (Some(&text[..source.len()]), rest);
        }
    }
    (None, text)
}

/// `PLACE (CODES) - `, or `(CODES) - ` alone.
fn bracketed<'a>(head: &'a str, text: &'a str, before: Before) -> Option<(Dateline<'a>, &'a str)> {
    let open = memchr::memchr(b'(', head.as_bytes())?;
    let close = open + memchr::memchr(b')', &head.as_bytes()[open..])?;
    let rest = strip_dash(&text[close + 1..], Tight::Allowed)?;
    let agencies = credits(&head[open + 1..close])?;
    let place = head[..open].trim_end();
    let mut dateline = Dateline { printed: &head[..=close], agencies, ..Dateline::default() };
    if place.is_empty() {
        return Some((dateline, rest));
    }
    let case = dateline.set_places(place)?;
    let certain = dateline.agencies.iter().filter_map(|credit| credit.agency).any(Agency::is_certain);
    (certain || case == Case::Capitals || before == Before::Age).then_some((dateline, rest))
}

/// `PLACE - `, without agencies.
fn bare<'a>(
    head: &'a str,
    text: &'a str,
    before: Before,
    has_source: bool,
) -> Option<(Dateline<'a>, &'a str)> {
    let (at, rest) = first_dash(head, text)?;
    let place = &head[..at];
    let mut dateline = Dateline { printed: place, ..Dateline::default() };
    let case = dateline.set_places(place)?;
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let begins = rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || is_quote(c));
    let fits = match (case, before) {
        (Case::Mixed, before) => before == Before::Age || has_source,
        (Case::Capitals, Before::Age) => true,
        (Case::Capitals, _) => letters >= 3 && begins,
    };
    let known = ORGANISATIONS.contains(&place);
    let due = before != Before::Prose || has_source;
    (fits && !known && due).then_some((dateline, rest))
}

impl<'a> Dateline<'a> {
    /// Splits a kicker and two places apart; the case that all of them are written in.
    fn set_places(&mut self, printed: &'a str) -> Option<Case> {
        let names = match rubric::split(printed) {
            Some((kicker, rest)) => {
                self.kicker = Some(kicker);
                self.printed = self.printed.get(printed.len() - rest.len()..)?;
                rest
            }
            None => printed,
        };
        let mut case = Case::Capitals;
        for name in split_places(names) {
            if place::case(name)? == Case::Mixed {
                case = Case::Mixed;
            }
            self.places.push(name);
        }
        (self.places.len() <= 4).then_some(case)
    }

    /// Whether it names an agency that is known.
    pub(super) fn names_agencies(&self) -> bool {
        self.agencies.iter().any(|credit| credit.agency.is_some())
    }

    /// A word too long for a city, which may have a kicker in front that the table does not know.
    pub fn suspicious_place(&self) -> Option<&'a str> {
        const LONGEST: usize = 17;
        let too_long = |word: &&str| word.chars().count() > LONGEST && !word.contains('-');
        self.places.iter().flat_map(|place| place.split(' ')).find(too_long)
    }
}

/// Two places stand with a slash between them; in `OUDERKERK A/D IJSSEL` it is a word's.
fn split_places(names: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(names);
    std::iter::from_fn(move || {
        let text = rest?;
        let slash = text.match_indices('/').map(|(at, _)| at).find(|at| {
            let word = text[..*at].rsplit([' ', '/']).next().unwrap_or_default();
            word.chars().count() > 1
        });
        rest = slash.map(|at| &text[at + 1..]);
        Some(slash.map_or(text, |at| &text[..at]).trim())
    })
}

/// The agencies of a bracket, where at least one is known and all have the form of a code.
fn credits(inside: &str) -> Option<Vec<Credit<'_>>> {
    if !(2..=60).contains(&inside.len()) {
        return None;
    }
    let credits: Vec<_> = inside
        .split(['/', ',', '+', '&'])
        .map(str::trim)
        .map(|code| Credit { code, agency: agency::find(code) })
        .collect();
    let formed = |credit: &Credit<'_>| {
        (2..=24).contains(&credit.code.len())
            && credit.code.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '*'))
            && (credit.code.starts_with(char::is_uppercase) || credit.code.contains('.'))
    };
    let known = credits.iter().any(|credit| credit.agency.is_some());
    let all = known && credits.iter().all(|credit| credit.agency.is_some() || formed(credit));
    let first = |at: &usize| credits[..*at].iter().all(|credit| credit.name() != credits[*at].name());
    all.then(|| (0..credits.len()).filter(first).map(|at| credits[at]).collect())
}

/// Whether a dash may stand without spaces around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tight {
    Allowed,
    Refused,
}

/// Strips the dash that ends a dateline: ` - `, ` – `, ` — `, `--`, after a bracket also without spaces.
fn strip_dash(text: &str, tight: Tight) -> Option<&str> {
    let after = text.trim_start_matches(' ');
    let dashes = after.find(|c| !is_dash(c)).unwrap_or(after.len());
    let (dash, rest) = after.split_at(dashes);
    let spaced = text.starts_with(' ') && rest.starts_with(' ');
    let long = dash == "--" || dash == "–" || dash == "—";
    let ends = (1..=2).contains(&dash.chars().count()) && (spaced || long || tight == Tight::Allowed);
    ends.then(|| rest.trim_start())
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | ',')
}

/// Where the first dash that can end a bare dateline begins (or the space before it), and the text behind it.
fn first_dash<'a>(head: &'a str, text: &'a str) -> Option<(usize, &'a str)> {
    for (at, c) in head.char_indices() {
        if c == ' ' || (is_dash(c) && (c != '-' || head[at..].starts_with("--"))) {
            if let Some(rest) = strip_dash(&text[at..], Tight::Refused) {
                return Some((at, rest));
            }
        } else if !(c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '/')) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, places: &[&str], codes: &[&str], rest: &str) {
        let (dateline, got) = split(text, Before::Other).expect(text);
        assert_eq!(dateline.places, places);
        assert_eq!(dateline.agencies.iter().map(|credit| credit.code).collect::<Vec<_>>(), codes);
        assert_eq!(got, rest);
    }

    #[track_caller]
    fn none(text: &str, before: Before) {
        assert_eq!(split(text, before), None);
    }

    #[test]
    fn datelines() {
        case("KYIV (ANP/RTR/AFP) - Tekst", &["KYIV"], &["ANP", "RTR", "AFP"], "Tekst");
        case("BRUSSEL/WASHINGTON (ANP) - x", &["BRUSSEL", "WASHINGTON"], &["ANP"], "x");
        case("'s-HERTOGENBOSCH (ANP) - x", &["'s-HERTOGENBOSCH"], &["ANP"], "x");
        case("Borsele (ANP) - x", &["Borsele"], &["ANP"], "x");
        case("BAGDAD (ANP/RTR) – x", &["BAGDAD"], &["ANP", "RTR"], "x");
        case("BAGDAD (AP)—x", &["BAGDAD"], &["AP"], "x");
        case("BAGDAD (ANP)--x", &["BAGDAD"], &["ANP"], "x");
        case("BAGDAD (ANP)-x", &["BAGDAD"], &["ANP"], "x");
        case("(Novum) - x", &[], &["Novum"], "x");
        case("KYIV (ANP/NYT) - x", &["KYIV"], &["ANP", "NYT"], "x");
        case("KATS - Tekst", &["KATS"], &[], "Tekst");
        case("PHILIPSBURG--Democratic", &["PHILIPSBURG"], &[], "Democratic");
        case("NEW YORK – \"Ja\"", &["NEW YORK"], &[], "\"Ja\"");
        case("SINT-MICHIELSGESTEL - Tekst", &["SINT-MICHIELSGESTEL"], &[], "Tekst");
        case("EDE (ANP/nu.nl) - x", &["EDE"], &["ANP", "nu.nl"], "x");
        case("OSLO (ANP/ANP/RTR/REUTERS) - x", &["OSLO"], &["ANP", "RTR"], "x");
        case("OUDERKERK A/D IJSSEL (ANP) - x", &["OUDERKERK A/D IJSSEL"], &["ANP"], "x");
        case("Persbureau Curacao WILLEMSTAD – Tijdens", &["WILLEMSTAD"], &["Persbureau Curacao"], "Tijdens");
        case("EREDIVISIEALKMAAR (ANP) - AZ", &["ALKMAAR"], &["ANP"], "AZ");
    }

    #[test]
    fn a_kicker_is_no_part_of_the_printed_dateline() {
        let (dateline, _) = split("EREDIVISIEALKMAAR (ANP) - AZ", Before::Other).expect("a dateline");
        assert_eq!((dateline.kicker, dateline.printed), (Some("EREDIVISIE"), "ALKMAAR (ANP)"));
    }

    #[test]
    fn after_an_age_a_place_in_mixed_case_will_do() {
        assert!(split("Borsele - Tekst", Before::Age).is_some());
        assert!(split("Madrid (AP) - Tekst", Before::Age).is_some());
        none("Borsele - Tekst", Before::Other);
    }

    #[test]
    fn what_looks_like_a_dateline_and_is_none() {
        none("De Autoriteit Persoonsgegevens (AP) - de waakhond - zegt", Before::Other);
        none("Minister Jansen (CDA) - ooit lid - zegt", Before::Other);
        none("KYIV (CDA) - x", Before::Other);
        none("KLM - Air France groeit", Before::Other);
        none("NAC - Willem II begint", Before::Prose);
        none("AMSTERDAM - de hoofdstad", Before::Other);
        none("JEFFREY (35) GAAT DOOD | x", Before::Other);
        none("Het NIOD (Instituut voor Oorlogsdocumentatie) - x", Before::Other);
        none("KYIV (ANP", Before::Other);
        none("(", Before::Other);
        none("", Before::Other);
    }
}
