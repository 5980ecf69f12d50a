//! What must hold for any page: no panic, the same bytes twice, ids once, newest first, legal characters.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use wirefeed::format::FORMATS;
use wirefeed::page::{self, Markup};
use wirefeed::{Options, convert};

/// Converts a page; its first four bytes are the capture.
pub fn judge(data: &[u8], markup: Markup) {
    let Some((time, page)) = data.split_first_chunk::<4>() else { return };
    let seconds = i64::from(u32::from_le_bytes(*time));
    let captured = DateTime::<Utc>::from_timestamp(seconds, 0).expect("a time of 32 bits");
    let options = Options { markup, ..Options::default() };
    let Ok((feed, _)) = convert(page, &captured, &options) else { return };
    let again = convert(page, &captured, &options).expect("it was read before");
    assert_eq!(feed, again.0);
    let ids: HashSet<_> = feed.entries.iter().map(|entry| entry.id).collect();
    assert_eq!(ids.len(), feed.entries.len());
    let dates: Vec<_> = feed.entries.iter().filter_map(|entry| entry.published).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b));
    assert!(feed.entries.iter().all(|entry| !entry.title.is_empty() && entry.updated <= captured));
    for format in FORMATS {
        let mut bytes = Vec::new();
        format.write(&feed, &mut bytes).expect("a vector takes all");
        let text = String::from_utf8(bytes).expect("feeds are UTF-8");
        assert!(!text.chars().any(page::is_forbidden));
    }
}
