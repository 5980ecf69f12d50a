//! Any bytes as a feed, and as one that replaces another: the same report twice, places that there are, reports that are sound.
#![no_main]

use wirefeed::validate::report::{Checked, KINDS};
use wirefeed::validate::{Options, check, compare};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let options = Options { now: Some(1_780_000_000), base: Some("https://example.org/".to_owned()), ..Options::default() };
    let Ok(report) = check(data, &options) else { return };
    assert!(report.findings.iter().all(|finding| finding.line > 0 && finding.column > 0));
    assert!(report.findings.is_sorted_by_key(|finding| (finding.line, finding.column)));
    let half = data.get(..data.len() / 2).unwrap_or_default();
    drop(compare(data, half, &options));
    drop(compare(half, data, &options));
    let files = [Checked { path: "feed.xml".to_owned(), outcome: Ok(report) }];
    for kind in KINDS {
        let mut bytes = Vec::new();
        kind.write(&files, &mut bytes).expect("a vector takes all");
        let text = String::from_utf8(bytes).expect("reports are UTF-8");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{}", kind.name);
    }
});
