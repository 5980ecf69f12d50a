//! Comments and processing instructions, which may stand anywhere: XML 1.0 2.5 and 2.6.

use memchr::memmem;

use super::fault::{Faults, Kind};
use super::name::{self, is_space};
use super::place::Span;

/// Reads the comment whose `<!--` is at `start`, and says where it ends.
pub(super) fn comment(
    text: &str,
    start: usize,
    place: &dyn Fn(usize, usize) -> Span,
    faults: &mut Faults,
) -> usize {
    let mut from = start + "<!--".len();
    while let Some(found) = text.get(from..).and_then(|rest| memmem::find(rest.as_bytes(), b"--")) {
        let at = from + found;
        if text.as_bytes().get(at + 2) == Some(&b'>') {
            return at + 3;
        }
        faults.add(Kind::Comment, place(at, at + 2), "");
        // --- may still be an end.
        from = at + 1;
        let run =
            text.as_bytes().get(from..).unwrap_or_default().iter().take_while(|byte| **byte == b'-').count();
        from += run.saturating_sub(2);
        if text.get(from..).is_some_and(|rest| rest.starts_with("-->")) {
            return from + 3;
        }
        from += 1;
    }
    faults.add(Kind::Truncated, place(start, start + 4), "");
    text.len()
}

/// Reads the processing instruction whose `<?` is at `start`, and says where it ends.
pub(super) fn instruction(
    text: &str,
    start: usize,
    place: &dyn Fn(usize, usize) -> Span,
    faults: &mut Faults,
) -> usize {
    let target = start + 2;
    let end = name::scan(text, target, false);
    let name = text.get(target..end).unwrap_or_default();
    let next = text.as_bytes().get(end).copied();
    let closes = text.get(end..).is_some_and(|rest| rest.starts_with("?>"));
    if name.eq_ignore_ascii_case("xml") {
        faults.add(Kind::LateDeclaration, place(start, end), "");
    } else if name.is_empty() || !(closes || next.is_some_and(is_space)) {
        faults.add(Kind::Instruction, place(start, end), name);
    }
    if let Some(length) = text.get(end..).and_then(|rest| memmem::find(rest.as_bytes(), b"?>")) {
        end + length + 2
    } else {
        faults.add(Kind::Truncated, place(start, end), "");
        text.len()
    }
}
