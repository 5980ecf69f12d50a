//! Language tags: RFC 5646.

use super::values;
use crate::validate::rules::value as rules;

values! {
    LANGUAGE "language tag" |given, tell| {
        if !is_language(given.text.trim()) {
            tell.say(&rules::INVALID_LANGUAGE, given.text);
        }
    };
    LANGUAGE_OR_NONE "language tag, or nothing" |given, tell| {
        if !given.text.is_empty() && !is_language(given.text) {
            tell.say(&rules::INVALID_LANGUAGE, given.text);
        }
    };
}

/// Whether a tag has the form of RFC 5646 2.1 and begins with a language that there is.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default().to_ascii_lowercase();
    let formed =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let known = match first.len() {
        1 => matches!(first.as_str(), "i" | "x"),
        2 => TWO_LETTERS.as_bytes().chunks(3).any(|code| code.get(..2) == Some(first.as_bytes())),
        // Thousands of languages have three letters: their form is enough.
        3 => first.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    };
    known && parts.all(formed)
}

/// ISO 639-1, with those of its former codes that are still met.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv \
jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr \
nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn \
to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";
