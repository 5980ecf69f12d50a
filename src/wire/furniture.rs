//! Lines of a site that are no news: what to read next, who took the photo, where to log in.

/// What a line of furniture does to the item above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: it stands inside.
    Skip,
    /// Ends it.
    End,
    /// Ends it, and its link leads to the whole of it.
    More,
}

/// Where a phrase has to stand to make its line furniture.
#[derive(Clone, Copy)]
enum Where {
    Whole,
    Start,
    End,
    Inside,
}

/// Whether a line of such words can be a headline where one is due.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    MaybeNews,
}

/// A line of furniture. A new one is a row.
struct Row(&'static str, Where, Effect, Says);

const ROWS: &[Row] = &[
    Row("-", Where::Whole, Effect::End, Says::Nothing),
    Row("lees verder", Where::Whole, Effect::More, Says::Nothing),
    Row("lees meer", Where::Whole, Effect::More, Says::Nothing),
    Row("lees ook", Where::Start, Effect::Skip, Says::MaybeNews),
    Row("bekijk ook", Where::Start, Effect::Skip, Says::MaybeNews),
    Row("read full story", Where::Whole, Effect::More, Says::Nothing),
    Row("meer lezen", Where::Whole, Effect::More, Says::Nothing),
    Row("verder lezen", Where::Whole, Effect::More, Says::Nothing),
    Row("lees artikel", Where::Whole, Effect::More, Says::Nothing),
    Row("lees het artikel", Where::Whole, Effect::More, Says::Nothing),
    Row("lees bericht", Where::Whole, Effect::More, Says::Nothing),
    Row("lees het bericht", Where::Whole, Effect::More, Says::Nothing),
    Row("lees het hele artikel", Where::Whole, Effect::More, Says::Nothing),
    Row("lees het hele bericht", Where::Whole, Effect::More, Says::Nothing),
    Row("lees het volledige artikel", Where::Whole, Effect::More, Says::Nothing),
    Row("meer informatie", Where::Whole, Effect::More, Says::Nothing),
    Row("meer info", Where::Whole, Effect::More, Says::Nothing),
    Row("meer", Where::Whole, Effect::More, Says::Nothing),
    Row("bekijk", Where::Whole, Effect::More, Says::Nothing),
    Row("read more", Where::Whole, Effect::More, Says::Nothing),
    Row("lees meer over dit onderwerp", Where::Whole, Effect::More, Says::Nothing),
    Row("lees hier verder", Where::Whole, Effect::More, Says::Nothing),
    Row("naar het artikel", Where::Whole, Effect::More, Says::Nothing),
    Row("bekijk artikel", Where::Whole, Effect::More, Says::Nothing),
    Row("lees dit artikel", Where::Whole, Effect::More, Says::Nothing),
    Row("facebook", Where::Whole, Effect::Skip, Says::Nothing),
    Row("twitter", Where::Whole, Effect::Skip, Says::Nothing),
    Row("bluesky", Where::Whole, Effect::Skip, Says::Nothing),
    Row("mastodon", Where::Whole, Effect::Skip, Says::Nothing),
    Row("whatsapp", Where::Whole, Effect::Skip, Says::Nothing),
    Row("linkedin", Where::Whole, Effect::Skip, Says::Nothing),
    Row("e-mail", Where::Whole, Effect::Skip, Says::Nothing),
    Row("mail", Where::Whole, Effect::Skip, Says::Nothing),
    Row("print", Where::Whole, Effect::Skip, Says::Nothing),
    Row("printen", Where::Whole, Effect::Skip, Says::Nothing),
    Row("afdrukken", Where::Whole, Effect::Skip, Says::Nothing),
    Row("doorsturen", Where::Whole, Effect::Skip, Says::Nothing),
    Row("kopieer link", Where::Whole, Effect::Skip, Says::Nothing),
    Row("link kopiëren", Where::Whole, Effect::Skip, Says::Nothing),
    Row("bewaar", Where::Whole, Effect::Skip, Says::Nothing),
    Row("bewaren", Where::Whole, Effect::Skip, Says::Nothing),
    Row("bewaar artikel", Where::Whole, Effect::Skip, Says::Nothing),
    Row("sluit", Where::Whole, Effect::Skip, Says::Nothing),
    Row("sluiten", Where::Whole, Effect::Skip, Says::Nothing),
    Row("afspelen", Where::Whole, Effect::Skip, Says::Nothing),
    Row("play", Where::Whole, Effect::Skip, Says::Nothing),
    Row("reageren", Where::Whole, Effect::Skip, Says::Nothing),
    Row("gepubliceerd", Where::Whole, Effect::Skip, Says::Nothing),
    Row("geplaatst", Where::Whole, Effect::Skip, Says::Nothing),
    Row("posted", Where::Whole, Effect::Skip, Says::Nothing),
    Row("laatste update", Where::Whole, Effect::Skip, Says::Nothing),
    Row("leestijd", Where::Whole, Effect::Skip, Says::Nothing),
    Row("webmail", Where::Whole, Effect::End, Says::Nothing),
    Row("kies je webmail", Where::Whole, Effect::End, Says::Nothing),
    Row("premium", Where::Whole, Effect::End, Says::MaybeNews),
    Row("podcast", Where::Whole, Effect::End, Says::MaybeNews),
    Row("advertentie", Where::Whole, Effect::Skip, Says::Nothing),
    Row("advertenties", Where::Whole, Effect::Skip, Says::Nothing),
    Row("deel dit artikel", Where::Start, Effect::Skip, Says::Nothing),
    Row("deel via", Where::Start, Effect::Skip, Says::Nothing),
    Row("deel op", Where::Start, Effect::Skip, Says::Nothing),
    Row("delen op", Where::Start, Effect::Skip, Says::Nothing),
    Row("delen via", Where::Start, Effect::Skip, Says::Nothing),
    Row("delen", Where::Whole, Effect::Skip, Says::Nothing),
    Row("reageer", Where::Whole, Effect::Skip, Says::Nothing),
    Row("paginering", Where::Whole, Effect::End, Says::Nothing),
    Row("het laatste nieuws", Where::Whole, Effect::End, Says::Nothing),
    Row("laatste nieuws", Where::Whole, Effect::End, Says::Nothing),
    Row("meer nieuws", Where::Whole, Effect::End, Says::Nothing),
    Row("meest gelezen", Where::Whole, Effect::End, Says::Nothing),
    Row("alle artikelen", Where::Start, Effect::End, Says::MaybeNews),
    Row("in uw mailbox", Where::Inside, Effect::End, Says::MaybeNews),
    Row("in je mailbox", Where::Inside, Effect::End, Says::MaybeNews),
    Row("taalfout", Where::Inside, Effect::End, Says::MaybeNews),
    Row("gratis onbeperkt", Where::Start, Effect::End, Says::Nothing),
    Row("log in of maak", Where::Start, Effect::End, Says::Nothing),
    Row("| anp", Where::End, Effect::Skip, Says::Nothing),
    Row("beeld anp", Where::End, Effect::Skip, Says::Nothing),
    Row("foto anp", Where::End, Effect::Skip, Says::Nothing),
    Row("foto:", Where::Start, Effect::Skip, Says::Nothing),
    Row("foto van", Where::Start, Effect::Skip, Says::MaybeNews),
    Row("beeld:", Where::Start, Effect::Skip, Says::Nothing),
    Row("photo:", Where::Start, Effect::Skip, Says::Nothing),
    Row("bron:", Where::Start, Effect::Skip, Says::MaybeNews),
    Row("©", Where::Start, Effect::Skip, Says::Nothing),
];

/// No line of furniture is longer, except one that begins as one.
const LONGEST: usize = 160;

/// What a line does, where it is furniture.
pub(super) fn effect(line: &str) -> Option<Effect> {
    find(line).map(|row| row.2)
}

/// Whether a line of furniture can be a headline: `Foto van vermiste vrouw verspreid`.
pub(super) fn may_be_news(line: &str) -> bool {
    find(line).is_some_and(|row| row.3 == Says::MaybeNews)
}

/// Whether a line is furniture by any reading.
pub(super) fn says_nothing(line: &str) -> bool {
    find(line).is_some_and(|row| row.3 == Says::Nothing)
}

fn find(line: &str) -> Option<&'static Row> {
    let bare = line.trim_end_matches(['.', '…', '›', '»', '>', ' ', ':']);
    let lower = if line.len() <= LONGEST { line.to_ascii_lowercase() } else { String::new() };
    let fits = |row: &&Row| match row.1 {
        Where::Whole => bare.trim_start_matches(['.', '…', ' ']).eq_ignore_ascii_case(row.0),
        Where::Start => begins(line, row.0),
        Where::End => line.len() <= LONGEST && ends(bare, row.0),
        Where::Inside => lower.contains(row.0),
    };
    ROWS.iter().find(fits)
}

fn begins(line: &str, phrase: &str) -> bool {
    line.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase))
        && !line[phrase.len()..].starts_with(char::is_alphanumeric)
}

fn ends(line: &str, phrase: &str) -> bool {
    let at = line.len().checked_sub(phrase.len());
    at.and_then(|at| line.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(phrase))
}

/// The headline without the photo credit in front of it, as list pages print it: `ANP Kabinet valt`.
pub(super) fn without_credit(headline: &str) -> &str {
    const CREDITS: &[&str] = &["ANP ", "ANP/", "EPA "];
    let rest = CREDITS.iter().find_map(|credit| headline.strip_prefix(credit));
    rest.filter(|rest| rest.starts_with(|c: char| !c.is_lowercase())).unwrap_or(headline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture() {
        for line in [
            "Lees verder",
            "LEES MEER...",
            "PREMIUM",
            "-",
            "Irak. beeld ANP",
            "Brussel. / Jan | ANP",
            "Foto: Jan",
            "... read full story",
        ] {
            assert!(effect(line).is_some(), "{line}");
        }
        for line in ["Lees ooklijders", "Premium bier", "Fotograaf ANP", "De ANP", "", "Meer evacuaties"] {
            assert!(effect(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_credit_is_no_part_of_a_headline() {
        assert_eq!(without_credit("ANP Kabinet valt"), "Kabinet valt");
        assert_eq!(without_credit("ANP 'Nee'"), "'Nee'");
        assert_eq!(without_credit("ANP krijgt nieuwe baas"), "ANP krijgt nieuwe baas");
    }
}
