//! What Media RSS says.

use super::{Given, uri, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{date, media as rules, uri as uris, value};

values! {
    NPT "time inside a recording" npt;
    HASH "MD5 or SHA-1 in hexadecimal" hash;
    ALGORITHM "md5 or sha-1" |given, tell| {
        if !matches!(given.text, "md5" | "sha-1") {
            tell.say(&rules::INVALID_MEDIA_HASH, given.text);
        }
    };
    ROLE "role in making it" role;
    RATING "rating of its scheme" rating;
    RATING_SCHEME "urn:simple, urn:mpaa, urn:v-chip, urn:icra, or a full address" |given, tell| {
        if !matches!(given.text, "urn:simple" | "urn:mpaa" | "urn:v-chip" | "urn:icra") {
            uri::judge(given.text, &uri::Form::iri(&uris::INVALID_FULL_LINK).full(), tell);
        }
    };
    RESTRICTION "countries, addresses, all or none" restriction;
}

/// RFC 2326 3.6: `now`, seconds, or hours, minutes and seconds.
fn npt(given: &Given<'_>, tell: &mut Tell<'_>) {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = given.text.split_once('.').unwrap_or((given.text, "0"));
    let parts: Vec<_> = whole.split(':').collect();
    let sixty = |part: &str| part.len() <= 2 && part.parse::<u8>().is_ok_and(|part| part < 60);
    let sound = match parts.as_slice() {
        [seconds] => digits(seconds),
        [hours, minutes, seconds] => digits(hours) && sixty(minutes) && sixty(seconds),
        _ => false,
    };
    if given.text != "now" && !(sound && digits(fraction)) {
        tell.say(&date::INVALID_NPT_TIME, given.text);
    }
}

fn hash(given: &Given<'_>, tell: &mut Tell<'_>) {
    let text = given.text.trim();
    let length = match given.hint {
        None | Some("md5") => 32,
        Some("sha-1") => 40,
        // The attribute is told of already.
        Some(_) => return,
    };
    if text.len() != length || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        tell.say(&rules::INVALID_MEDIA_HASH, text);
    }
}

/// The European Broadcasting Union has hundreds of roles; all are words in lower case.
fn role(given: &Given<'_>, tell: &mut Tell<'_>) {
    let legal = |c: char| c.is_ascii_lowercase() || matches!(c, ' ' | '-' | '/' | '\'' | '(' | ')' | ',');
    if given.text.is_empty() || !given.text.chars().all(legal) {
        tell.say(&rules::INVALID_CREDIT_ROLE, given.text);
    }
}

fn rating(given: &Given<'_>, tell: &mut Tell<'_>) {
    let text = given.text.trim();
    let sound = match given.hint {
        None | Some("urn:simple") => matches!(text, "adult" | "nonadult"),
        Some("urn:mpaa") => matches!(text, "g" | "nc-17" | "pg" | "pg-13" | "r" | "x"),
        Some("urn:v-chip") => {
            matches!(
                text,
                "14+"
                    | "18+"
                    | "c"
                    | "c8"
                    | "g"
                    | "pg"
                    | "tv-14"
                    | "tv-g"
                    | "tv-ma"
                    | "tv-pg"
                    | "tv-y"
                    | "tv-y7"
                    | "tv-y7-fv"
            )
        }
        Some("urn:icra") => is_label(text),
        Some(_) => true,
    };
    if !sound {
        tell.say(&rules::INVALID_MEDIA_RATING, text);
    }
}

/// A label of the Internet Content Rating Association: `r (cz 1 lz 1)`, letters and numbers in turn.
fn is_label(text: &str) -> bool {
    let inner = text.strip_prefix('r').map_or(text, str::trim_start);
    let inner = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(inner);
    let words: Vec<_> = inner.split_whitespace().collect();
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_pair = |pair: &[&str]| match pair {
        [word, number] => is_word(word) && number.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    !words.is_empty() && words.chunks(2).all(is_pair)
}

fn restriction(given: &Given<'_>, tell: &mut Tell<'_>) {
    let words = || given.text.split_whitespace();
    if matches!(given.text, "all" | "none" | "") {
        return;
    }
    match given.hint {
        Some("country") => {
            let is_code = |word: &str| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
            if let Some(wrong) = words().find(|word| !is_code(word)) {
                tell.say(&value::INVALID_COUNTRY_CODE, wrong);
            }
        }
        Some("uri") => {
            for word in words() {
                uri::judge(word, &uri::Form::iri(&uris::INVALID_FULL_LINK).full(), tell);
            }
        }
        Some("sharing") => {}
        _ => tell.say(&rules::INVALID_MEDIA_RESTRICTION, given.text),
    }
}
