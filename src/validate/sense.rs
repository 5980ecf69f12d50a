//! Feeds that are valid and still wrong.

use super::Format;
use super::facts::{Entry, Facts};
use super::finding::{Findings, Tell};
use super::rules::sense as rules;
use crate::xml::Span;

/// Tells what no specification forbids.
pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_html {
        Tell::at(findings, facts.at).say(&rules::HTML_INSTEAD_OF_FEED, "");
    }
    if facts.format == Format::Unknown || facts.is_lost || facts.is_entry {
        return;
    }
    if facts.count() == 0 {
        Tell::at(findings, facts.at).say(&rules::NO_ENTRIES, "");
        return;
    }
    judge_dates(facts, findings);
    for entry in &facts.entries {
        if let Some((title, at)) = &entry.title
            && is_error(title)
        {
            Tell::at(findings, *at).say(&rules::ERROR_AS_ENTRY, title);
        }
    }
}

fn judge_dates(facts: &Facts<'_>, findings: &mut Findings) {
    let all = |time: fn(&Entry<'_>) -> Option<(i64, Span)>| {
        facts.entries.iter().filter_map(time).collect::<Vec<_>>()
    };
    // Where any entry was published at a time, the others are merely not dated: that they changed says nothing.
    let published = all(|entry| entry.published);
    let dates = if published.is_empty() { all(|entry| entry.updated) } else { published };
    let Some((first, _)) = dates.first() else {
        Tell::at(findings, facts.at).say(&rules::NO_DATES, "");
        return;
    };
    if dates.len() > 2 && dates.iter().all(|(time, _)| time == first) {
        Tell::at(findings, facts.at).say(&rules::EQUAL_DATES, "");
    }
    let pairs = || dates.windows(2);
    let rising = pairs().filter(|pair| matches!(pair, [(a, _), (b, _)] if a < b)).count();
    // One that is pinned on top or dated late is no wrong order, and one pair shows none.
    let first = pairs().find(|pair| matches!(pair, [(a, _), (b, _)] if a < b));
    if rising > 1
        && rising * 2 > pairs().count()
        && let Some([_, (_, at)]) = first
    {
        Tell::at(findings, *at).say(&rules::NOT_NEWEST_FIRST, "");
    }
}

/// Titles that programs write and people do not: a failure with a number, or the name of an exception.
fn is_error(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let digits = lower.bytes().any(|byte| matches!(byte, b'4' | b'5'));
    let status = |word: &str| {
        word.len() == 3
            && (word.starts_with('4') || word.starts_with('5'))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let coded = || {
        let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_label = |word: &str| matches!(word, "error" | "http" | "status" | "fout");
        words().zip(words().skip(1)).any(|(word, code)| is_label(word) && status(code))
    };
    let named = [
        "bad gateway",
        "gateway timeout",
        "internal server error",
        "service unavailable",
        "404 not found",
        "403 forbidden",
        "too many requests",
        "access denied",
        "just a moment...",
        "traceback (most recent call last)",
        "pagina niet gevonden",
        "uncaught exception",
        "fatal error:",
        "exception:",
        "page not found",
    ];
    let stands = |name: &&str| lower.starts_with(*name) || (lower.len() < 60 && lower.ends_with(*name));
    (digits && coded()) || named.iter().any(stands)
}

#[cfg(test)]
mod tests {
    use crate::validate::{Options, check};

    fn is_told(days: &[u8]) -> bool {
        let items =
            days.iter().map(|day| format!("<item><pubDate>{day:02} Feb 2026 11:00:00 GMT</pubDate></item>"));
        let feed = format!("<rss version=\"2.0\"><channel>{}</channel></rss>", items.collect::<String>());
        let report = check(feed.as_bytes(), &Options::default()).unwrap();
        report.findings.iter().any(|finding| finding.rule.name == "not-newest-first")
    }

    #[test]
    fn oldest_first_and_shuffled_is_told_and_one_out_of_place_is_not() {
        for days in [&[1, 2, 3][..], &[1, 2, 3, 4, 4], &[3, 1, 5, 2, 4, 6]] {
            assert!(is_told(days), "{days:?}");
        }
        // The last: undated entries at the end, with the moment of capture.
        for days in
            [&[3, 2, 1][..], &[1, 9, 8, 7], &[1, 2], &[1, 2, 1, 2, 1], &[8, 7, 6, 9, 9, 9], &[8, 9, 9]]
        {
            assert!(!is_told(days), "{days:?}");
        }
    }
}
