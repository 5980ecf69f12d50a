//! Names of places and agencies as path segments: `[a-z0-9-]`, at most 80 characters, no two alike.

use std::collections::HashMap;

use sha1::{Digest, Sha1};
use unicode_normalization::UnicodeNormalization;

/// A path segment is no longer.
const LONGEST: usize = 80;

/// Letters that are no base letter with a mark.
const FOLDED: &[(char, &str)] = &[
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('ß', "ss"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ĳ', "ij"),
];

/// The segment for each name, in their order. Of names that fold to the same one the first has it, the others have a
/// hash behind it: a name that comes later moves none that is there.
pub(super) fn slugs<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken: HashMap<String, &str> = HashMap::new();
    let mut slugs = Vec::new();
    for name in names {
        let plain = plain(name);
        let is_free = |slug: &String| taken.get(slug).is_none_or(|other| *other == name);
        let mut slug = plain.clone();
        let mut of = name.to_owned();
        while !is_free(&slug) {
            slug = hashed(&plain, &of);
            // Another name may look like this one's hash.
            of.push(' ');
        }
        taken.insert(slug.clone(), name);
        slugs.push(slug);
    }
    slugs
}

fn plain(name: &str) -> String {
    let mut slug = String::new();
    for c in name.nfkd().flat_map(char::to_lowercase) {
        match FOLDED.iter().find(|(letter, _)| *letter == c) {
            Some((_, folded)) => slug.push_str(folded),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            // A mark belongs to the letter before it; an apostrophe parts no words.
            None if unicode_normalization::char::is_combining_mark(c) || matches!(c, '\'' | '’') => {}
            None if slug.is_empty() || slug.ends_with('-') => {}
            None => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() || slug.len() > LONGEST { hashed(slug, name) } else { slug.to_owned() }
}

/// A segment with the first digits of a hash of the name behind it.
fn hashed(slug: &str, name: &str) -> String {
    let hash = Sha1::digest(name);
    let hash = hash.iter().take(5).fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
    let kept = slug.get(..slug.len().min(LONGEST - hash.len() - 1)).unwrap_or_default();
    let kept = kept.trim_end_matches('-');
    if kept.is_empty() { hash } else { format!("{kept}-{hash}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::slugs;

    #[test]
    fn names_fold_to_segments() {
        for (name, expected) in [
            ("Kyiv", "kyiv"),
            ("Genève", "geneve"),
            ("Tomaszów Mazowiecki", "tomaszow-mazowiecki"),
            ("'s-Hertogenbosch", "s-hertogenbosch"),
            ("Łódź", "lodz"),
            ("../../etc/passwd", "etc-passwd"),
            ("C:\\con", "c-con"),
            ("Київ", "b33b55ee83"),
        ] {
            assert_eq!(slugs(std::iter::once(name))[0], expected, "{name}");
        }
        let long = "a".repeat(200);
        let twins = slugs(["Urk", "URK", "Urk", long.as_str()].into_iter());
        assert_eq!(twins[0], "urk");
        assert!(twins[1].starts_with("urk-"), "{twins:?}");
        assert_eq!(twins[2], "urk");
        assert_eq!(twins[3].len(), 80);
        // A name that looks like another one's hash.
        let hashed = twins[1].replacen('u', "U", 1);
        let three = slugs([hashed.as_str(), "Urk", "URK"].into_iter());
        assert_eq!(three[0], twins[1]);
        assert!(three[2].starts_with("urk-") && three[2] != three[0], "{three:?}");
    }

    proptest! {
        #[test]
        fn every_name_has_a_segment_of_its_own(names in proptest::collection::hash_set(".{0,100}", 1..20)) {
            let slugs = slugs(names.iter().map(String::as_str));
            let distinct: std::collections::HashSet<_> = slugs.iter().collect();
            prop_assert_eq!(distinct.len(), names.len());
            for slug in slugs {
                prop_assert!((1..=80).contains(&slug.len()));
                prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            }
        }
    }
}
