//! What a new file has to pass before it may take the place of an old one.

use crate::page;

/// A feed's file, and what is there to judge it.
pub(super) struct Candidate<'a> {
    /// Its path in the folder.
    pub(super) path: &'a str,
    /// What it is to hold.
    pub(super) bytes: &'a [u8],
    /// What it holds now.
    #[expect(dead_code, reason = "what an old feed promised is compared by the validator")]
    pub(super) previous: Option<&'a [u8]>,
}

/// Says what is wrong with a feed; nothing for files that are none.
pub(super) fn check(candidate: &Candidate<'_>) -> Result<(), String> {
    let Candidate { path, bytes, .. } = candidate;
    match path.rsplit_once('.') {
        Some((_, "xml")) => is_xml(bytes),
        Some((_, "json")) => serde_json::from_slice::<serde::de::IgnoredAny>(bytes)
            .map(|_| ())
            .map_err(|error| format!("is no JSON: {error}")),
        _ => Ok(()),
    }
}

fn is_xml(bytes: &[u8]) -> Result<(), String> {
    use quick_xml::events::Event;
    let text = std::str::from_utf8(bytes).map_err(|error| format!("is no UTF-8: {error}"))?;
    if let Some((at, c)) = text.char_indices().find(|(_, c)| page::is_forbidden(*c)) {
        return Err(format!("holds U+{:04X} at byte {at}, which XML forbids", u32::from(c)));
    }
    let mut reader = quick_xml::Reader::from_reader(bytes);
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err("ends inside an element".to_owned()),
            Ok(_) => {}
            Err(error) => return Err(format!("is no XML at byte {}: {error}", reader.error_position())),
        }
    }
}
