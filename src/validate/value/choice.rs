//! Values that are one of a few words.

use super::{Given, number, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{Rule, itunes, media, rss, value as rules};

values! {
    BOOLEAN "true or false (attribute)" |given, tell| one(given, tell, &["true", "false"], &rules::INVALID_BOOLEAN_ATTRIBUTE);
    TRUE_FALSE "true or false" |given, tell| one(given, tell, &["true", "false"], &rules::INVALID_TRUE_FALSE);
    YES_NO "yes or no" |given, tell| any_case(given, tell, &["yes", "no"], &rules::INVALID_YES_NO);
    YES_NO_CLEAN "yes, no or clean" |given, tell| any_case(given, tell, &["yes", "no", "clean"], &rules::INVALID_YES_NO_CLEAN);
    EXPLICIT "true or false, with yes and no as before" explicit;
    DAY "English day of the week" |given, tell| one(given, tell, DAYS, &rules::INVALID_DAY);
    HOUR "hour from 0 to 23" hour;
    PERIOD "hourly, daily, weekly, monthly or yearly" |given, tell| {
        one(given, tell, &["hourly", "daily", "weekly", "monthly", "yearly"], &rules::INVALID_UPDATE_PERIOD);
    };
    EXPRESSION "sample, full or nonstop" |given, tell| {
        one(given, tell, &["sample", "full", "nonstop"], &media::INVALID_MEDIA_EXPRESSION);
    };
    MEDIUM "image, audio, video, document or executable" |given, tell| {
        one(given, tell, &["image", "audio", "video", "document", "executable"], &media::INVALID_MEDIA_MEDIUM);
    };
    TEXT_TYPE "plain or html" |given, tell| one(given, tell, &["plain", "html"], &media::INVALID_MEDIA_TEXT_TYPE);
    RELATIONSHIP "allow or deny" |given, tell| one(given, tell, &["allow", "deny"], &media::INVALID_MEDIA_RESTRICTION_REL);
    RESTRICTION_TYPE "country, uri or sharing" |given, tell| {
        one(given, tell, &["country", "uri", "sharing"], &media::INVALID_MEDIA_RESTRICTION_TYPE);
    };
    CHANNEL_TYPE "episodic or serial" |given, tell| {
        one(given, tell, &["episodic", "serial"], &itunes::INVALID_ITUNES_CHANNEL_TYPE);
    };
    EPISODE_TYPE "full, trailer or bonus" |given, tell| {
        one(given, tell, &["full", "trailer", "bonus"], &itunes::INVALID_ITUNES_EPISODE_TYPE);
    };
    FORM_NAME "name of a form's field" form_name;
}

const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn one(given: &Given<'_>, tell: &mut Tell<'_>, of: &[&str], rule: &'static Rule) {
    if !of.contains(&given.text) {
        tell.say(rule, given.text);
    }
}

fn any_case(given: &Given<'_>, tell: &mut Tell<'_>, of: &[&str], rule: &'static Rule) {
    if !of.iter().any(|known| known.eq_ignore_ascii_case(given.text)) {
        tell.say(rule, given.text);
    }
}

fn explicit(given: &Given<'_>, tell: &mut Tell<'_>) {
    any_case(given, tell, &["true", "false"], &rules::INVALID_TRUE_FALSE);
}

fn hour(given: &Given<'_>, tell: &mut Tell<'_>) {
    match number::digits(given.text.trim()) {
        Some(24) => tell.say(&rss::USE_ZERO_FOR_MIDNIGHT, ""),
        Some(0..=23) => {}
        _ => tell.say(&rules::INVALID_HOUR, given.text),
    }
}

/// A field's name as HTML 4 has it: no white space, and it begins with a letter.
fn form_name(given: &Given<'_>, tell: &mut Tell<'_>) {
    let mut chars = given.text.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    if !first || !chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')) {
        tell.say(&rules::INVALID_FORM_COMPONENT_NAME, given.text);
    }
}
