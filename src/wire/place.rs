//! The name of a place: which words may be one, and how a reader wants to see it.

/// Words inside a name that stay in lower case, and may stand in lower case in a dateline.
const PARTICLES: &[&str] = &[
    "'s", "'t", "a", "a/d", "aan", "aen", "am", "an", "and", "bij", "bin", "ca", "d", "da", "das", "de",
    "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "en", "het", "in", "la", "las", "le",
    "lès", "of", "op", "over", "sous", "sur", "te", "ten", "ter", "the", "tot", "und", "van", "von", "voor",
    "y", "zu", "zur",
];

/// Abbreviations that stay in capitals inside a name.
const CAPITALS: &[&str] = &["DC", "NB", "NH", "NSW", "UAE", "USA", "VS", "ZH"];

/// Longest name of one place, in words and in bytes.
const MAX_WORDS: usize = 6;
const MAX_BYTES: usize = 60;

/// How a place is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// As a wire's dateline: `KYIV`, `CAPELLE aan den IJSSEL`.
    Capitals,
    /// As in prose: `Borsele`.
    Mixed,
}

/// Whether a text can be the name of one place, and in which case it is written.
pub(super) fn case(name: &str) -> Option<Case> {
    if name.len() > MAX_BYTES || name.split(' ').count() > MAX_WORDS {
        return None;
    }
    let mut capitals = true;
    let mut named = false;
    for word in name.split([' ', '-']) {
        let letters = word.strip_prefix("'s-").unwrap_or(word);
        if is_particle(word) {
            continue;
        }
        let first = letters.trim_start_matches(['\'', '’']).chars().next()?;
        if !first.is_uppercase() || !letters.chars().all(is_name_character) {
            return None;
        }
        named |= letters.chars().filter(|c| c.is_alphabetic()).count() > 1;
        capitals &= !letters.chars().any(char::is_lowercase);
    }
    named.then_some(if capitals { Case::Capitals } else { Case::Mixed })
}

pub(super) fn is_particle(word: &str) -> bool {
    let word = word.trim_start_matches(['’', '\'']);
    word.chars().all(char::is_lowercase)
        && PARTICLES.iter().any(|particle| particle.trim_start_matches('\'') == word)
}

fn is_name_character(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\'' | '’' | '.' | '/')
}

/// The name as a reader wants to see it: `DEN HAAG` is `Den Haag`. Words in mixed case stay.
pub fn readable(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for (number, word) in name.split(' ').enumerate() {
        if number > 0 {
            text.push(' ');
        }
        let mut parts = word.split('-').enumerate().peekable();
        while let Some((part_number, part)) = parts.next() {
            push_part(&mut text, part, number == 0 && part_number == 0);
            if parts.peek().is_some() {
                text.push('-');
            }
        }
    }
    text
}

fn push_part(text: &mut String, part: &str, first: bool) {
    let (prefix, name) = elision(part);
    text.extend(prefix.chars().flat_map(char::to_lowercase));
    if name.chars().any(char::is_lowercase) || CAPITALS.contains(&name) || is_initials(name) {
        text.push_str(name);
        return;
    }
    let lower = name.to_lowercase();
    if !first && PARTICLES.contains(&lower.as_str()) {
        text.push_str(&lower);
        return;
    }
    // An apostrophe begins a new name, as in L'Aquila and Cap d'Agde; the Dutch ij is one letter.
    for name in lower.split_inclusive(['\'', '’']) {
        if !first && matches!(name, "d'" | "d’" | "l'" | "l’") {
            text.push_str(name);
            continue;
        }
        let capital = if name.starts_with("ij") { 2 } else { name.chars().next().map_or(0, char::len_utf8) };
        let (head, tail) = name.split_at(capital);
        text.extend(head.chars().flat_map(char::to_uppercase));
        text.push_str(tail);
    }
}

/// Splits `'s` or `'t` off the front of a part, as in `'S-HERTOGENBOSCH`: they stay in lower case.
fn elision(part: &str) -> (&str, &str) {
    let Some(rest) = part.strip_prefix(['\'', '’']) else { return ("", part) };
    let end = if rest.starts_with(['S', 's', 'T', 't']) { part.len() - rest.len() + 1 } else { 0 };
    part.split_at(end)
}

/// `D.C.`, `N.B.`: capitals with full stops.
fn is_initials(name: &str) -> bool {
    name.len() >= 4 && name.as_bytes().chunks(2).all(|pair| pair.len() == 2 && pair[1] == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable() {
        for (printed, expected) in [
            ("KYIV", "Kyiv"),
            ("DEN HAAG", "Den Haag"),
            ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
            ("'s-HERTOGENBOSCH", "'s-Hertogenbosch"),
            ("'S-HERTOGENBOSCH", "'s-Hertogenbosch"),
            ("’S-GRAVENHAGE", "’s-Gravenhage"),
            ("IJMUIDEN", "IJmuiden"),
            ("RIO DE JANEIRO", "Rio de Janeiro"),
            ("SINT-MICHIELSGESTEL", "Sint-Michielsgestel"),
            ("ZUIDOOST-POLEN", "Zuidoost-Polen"),
            ("URK", "Urk"),
            ("GENÈVE", "Genève"),
            ("TOMASZÓW MAZOWIECKI", "Tomaszów Mazowiecki"),
            ("Borsele", "Borsele"),
            ("'T HARDE", "'t Harde"),
            ("BERGEN OP ZOOM", "Bergen op Zoom"),
            ("WASHINGTON D.C.", "Washington D.C."),
            ("AIX-EN-PROVENCE", "Aix-en-Provence"),
            ("DE KOOG", "De Koog"),
            ("ST. MORITZ", "St. Moritz"),
            ("HENDRIK-IDO-AMBACHT", "Hendrik-Ido-Ambacht"),
            ("L'AQUILA", "L'Aquila"),
            ("L’AQUILA", "L’Aquila"),
            ("CAP D'AGDE", "Cap d'Agde"),
            ("VALLEY OF THE KINGS", "Valley of the Kings"),
            ("OUDERKERK A/D IJSSEL", "Ouderkerk a/d IJssel"),
            ("McALLEN", "McALLEN"),
        ] {
            assert_eq!(readable(printed), expected);
        }
    }

    #[test]
    fn places_are_told_from_other_words() {
        for (text, expected) in [
            ("KYIV", Some(Case::Capitals)),
            ("CAPELLE aan den IJSSEL", Some(Case::Capitals)),
            ("'s-HERTOGENBOSCH", Some(Case::Capitals)),
            ("Borsele", Some(Case::Mixed)),
            ("Capelle aan den IJssel", Some(Case::Mixed)),
            ("De minister zegt", None),
            ("de", None),
            ("", None),
            ("A", None),
            ("NOC*NSF", None),
            ("3FM", None),
            ("EEN TWEE DRIE VIER VIJF ZES ZEVEN", None),
        ] {
            assert_eq!(case(text), expected, "{text}");
        }
    }
}
