//! Numbers.

use super::{Given, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{Rule, text as texts, value as rules};

values! {
    POSITIVE "whole number above 0" |given, tell| whole(given, tell, 1..=u64::MAX, &rules::INVALID_POSITIVE_INTEGER);
    COUNT "whole number from 0" |given, tell| whole(given, tell, 0..=u64::MAX, &rules::INVALID_NON_NEGATIVE_INTEGER);
    PORT "port number (attribute)" natural;
    LENGTH "length in bytes (attribute)" length;
    FLOAT "number" float;
    WIDTH "width: 1 to 144" |given, tell| whole(given, tell, 1..=144, &rules::INVALID_WIDTH);
    HEIGHT "height: 1 to 400" |given, tell| whole(given, tell, 1..=400, &rules::INVALID_HEIGHT);
    PARADE "whole numbers with commas" parade;
}

fn whole(given: &Given<'_>, tell: &mut Tell<'_>, range: std::ops::RangeInclusive<u64>, rule: &'static Rule) {
    if given.text.trim().is_empty() {
        tell.say(&texts::NOT_BLANK, "");
    }
    if !digits(given.text.trim()).is_some_and(|number| range.contains(&number)) {
        tell.say(rule, given.text);
    }
}

/// The number that a text of digits is.
pub(crate) fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX))
}

fn natural(given: &Given<'_>, tell: &mut Tell<'_>) {
    if digits(given.text).is_none() {
        tell.say(&rules::INVALID_INTEGER_ATTRIBUTE, given.text);
    }
}

fn length(given: &Given<'_>, tell: &mut Tell<'_>) {
    if digits(given.text).is_some() {
        return;
    }
    let unknown = given.text.is_empty() || given.text == "-1";
    tell.say(
        if unknown { &rules::USE_ZERO_FOR_UNKNOWN } else { &rules::INVALID_INTEGER_ATTRIBUTE },
        given.text,
    );
}

fn float(given: &Given<'_>, tell: &mut Tell<'_>) {
    let legal = given
        .text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !legal || given.text.parse::<f64>().is_err() {
        tell.say(&rules::INVALID_FLOAT, given.text);
    }
}

fn parade(given: &Given<'_>, tell: &mut Tell<'_>) {
    if !given.text.split(',').all(|part| digits(part.trim()).is_some()) {
        tell.say(&rules::INVALID_COMMA_SEPARATED_INTEGERS, given.text);
    }
}
