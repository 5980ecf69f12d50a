//! Any bytes as a document: the reader ends, every place is inside, and every end has its start.
#![no_main]

use wirefeed::xml::{Document, Event};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(document) = Document::open(data) else { return };
    let mut reader = document.reader();
    let mut depth = 0_usize;
    while let Ok(Some(event)) = reader.next() {
        match event {
            Event::Start(tag) => {
                depth += 1;
                assert!(tag.at.end <= document.text.len() && tag.at.start <= tag.at.end);
                for attribute in reader.attributes() {
                    assert!(document.text.get(attribute.value_at.start..attribute.value_at.end).is_some());
                }
            }
            Event::End(_) => depth = depth.checked_sub(1).expect("an end has its start"),
            Event::Text(_, at) => assert!(document.text.get(at.start..at.end).is_some()),
        }
        assert!(depth < 5000);
    }
});
