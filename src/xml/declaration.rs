//! The XML declaration: XML 1.0 2.8.

use memchr::memmem;

use super::fault::{Faults, Kind};
use super::name::is_space;
use super::place::Span;

/// What `<?xml …?>` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declaration {
    /// The version, such as `1.0`.
    pub version: String,
    /// Where the version stands.
    pub version_at: Span,
    /// `standalone`, if it is given.
    pub standalone: Option<bool>,
}

/// Whether an XML declaration begins here.
pub(super) fn begins(text: &str) -> bool {
    text.strip_prefix("<?xml")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '?'))
}

/// Reads the declaration that begins at `start`, and says where it ends.
pub(super) fn read(text: &str, start: usize, faults: &mut Faults) -> (Declaration, usize) {
    let inner = start + "<?xml".len();
    let rest = text.get(inner..).unwrap_or_default();
    let Some(length) = memmem::find(rest.as_bytes(), b"?>") else {
        faults.add(Kind::Truncated, Span::new(start, text.len()), "");
        return (Declaration::default(), text.len());
    };
    let end = inner + length + 2;
    let (found, correct) = fields(rest.get(..length).unwrap_or_default(), inner);
    if !correct {
        faults.add(Kind::Declaration, Span::new(start, end), "");
    }
    (found, end)
}

fn fields(text: &str, offset: usize) -> (Declaration, bool) {
    let mut found = Declaration::default();
    let mut names = Vec::new();
    let mut at = 0;
    while let Some((name, value, next)) = field(text, at) {
        let first = value.chars().next();
        let legal =
            value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        let fits = match name {
            "version" => {
                value.clone_into(&mut found.version);
                let start = offset + next - value.len() - 1;
                found.version_at = Span::new(start, start + value.len());
                legal
            }
            "encoding" => legal && first.is_some_and(|c| c.is_ascii_alphabetic()),
            "standalone" => {
                found.standalone = Some(value == "yes");
                matches!(value, "yes" | "no")
            }
            _ => false,
        };
        if !fits {
            return (found, false);
        }
        names.push(name);
        at = next;
    }
    let order = matches!(
        names.as_slice(),
        ["version"] | ["version", "encoding" | "standalone"] | ["version", "encoding", "standalone"]
    );
    let left = text.get(at..).unwrap_or_default();
    (found, order && left.bytes().all(is_space))
}

/// One ` name="value"`: name, value, and where the next begins.
fn field(text: &str, at: usize) -> Option<(&str, &str, usize)> {
    let rest = text.get(at..)?;
    let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
    let length = trimmed.bytes().take_while(u8::is_ascii_lowercase).count();
    if trimmed.len() == rest.len() || length == 0 {
        return None;
    }
    let (name, rest) = trimmed.split_at_checked(length)?;
    let blank = [' ', '\t', '\r', '\n'];
    let rest = rest.trim_start_matches(blank).strip_prefix('=')?.trim_start_matches(blank);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, rest) = rest.get(1..)?.split_once(quote)?;
    Some((name, value, text.len() - rest.len()))
}
