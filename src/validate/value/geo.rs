//! Places on earth.

use super::{Given, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{Rule, value as rules};

values! {
    LATITUDE "latitude" |given, tell| degrees(given.text, 90.0, &rules::INVALID_LATITUDE, tell);
    LONGITUDE "longitude" |given, tell| degrees(given.text, 180.0, &rules::INVALID_LONGITUDE, tell);
    POINT "latitude and longitude" |given, tell| pairs(given, tell, 1, Some(1));
    BOX "two points" |given, tell| pairs(given, tell, 2, Some(2));
    LINE "two points or more" |given, tell| pairs(given, tell, 2, None);
    POLYGON "four points or more, the last as the first" |given, tell| pairs(given, tell, 4, None);
}

fn degrees(text: &str, most: f64, rule: &'static Rule, tell: &mut Tell<'_>) {
    let number = text.trim().trim_start_matches('+').parse::<f64>();
    if !number.is_ok_and(|number| number.abs() <= most) {
        tell.say(rule, text);
    }
}

fn pairs(given: &Given<'_>, tell: &mut Tell<'_>, least: usize, most: Option<usize>) {
    if given.text.contains(',') {
        tell.say(&rules::COORD_COMMA, given.text);
    }
    let numbers: Vec<_> =
        given.text.split([' ', ',', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    let count = numbers.len() / 2;
    if numbers.len() % 2 != 0 || count < least || most.is_some_and(|most| count > most) {
        tell.say(&rules::INVALID_VALUE, given.text);
        return;
    }
    for pair in numbers.chunks(2) {
        if let [latitude, longitude] = pair {
            degrees(latitude, 90.0, &rules::INVALID_LATITUDE, tell);
            degrees(longitude, 180.0, &rules::INVALID_LONGITUDE, tell);
        }
    }
}
