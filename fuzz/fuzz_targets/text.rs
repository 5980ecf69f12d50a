//! Any bytes as a page of text.
#![no_main]

mod judge;

libfuzzer_sys::fuzz_target!(|data: &[u8]| judge::judge(data, wirefeed::page::Markup::Text));
