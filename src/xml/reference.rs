//! References: `&#38;`, `&#x26;`, `&amp;` and those that a document declares. XML 1.0 4.1 and 4.4.

use super::dtd::Dtd;
use super::fault::{Faults, Kind, Limit};
use super::place::Span;
use super::{MAX_ENTITY_DEPTH, MAX_EXPANSION, name};

/// What an `&` begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference<'a> {
    Character(char),
    /// To a character that XML does not allow.
    Forbidden,
    Named(&'a str),
    /// It is only an `&`.
    Bare,
}

/// Reads the reference that begins at `start`, and says where it ends.
pub(super) fn read(text: &str, start: usize) -> (Reference<'_>, usize) {
    let after = start + 1;
    let bare = (Reference::Bare, after);
    if text.as_bytes().get(after) == Some(&b'#') {
        return number(text, after + 1).unwrap_or(bare);
    }
    let end = name::scan(text, after, false);
    match text.get(after..end) {
        Some(name) if !name.is_empty() && text.as_bytes().get(end) == Some(&b';') => {
            let found = predefined(name).map_or(Reference::Named(name), Reference::Character);
            (found, end + 1)
        }
        _ => bare,
    }
}

fn number(text: &str, start: usize) -> Option<(Reference<'_>, usize)> {
    let rest = text.get(start..)?;
    let (digits, radix) = rest.strip_prefix('x').map_or((rest, 10), |hex| (hex, 16));
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if length == 0 || digits.as_bytes().get(length) != Some(&b';') {
        return None;
    }
    let end = text.len() - digits.len() + length + 1;
    let significant = digits.get(..length)?.trim_start_matches('0');
    let number = u32::from_str_radix(significant, radix).ok().filter(|_| significant.len() <= 8);
    let found = number.and_then(char::from_u32).filter(|c| name::is_allowed(*c));
    Some((found.map_or(Reference::Forbidden, Reference::Character), end))
}

/// The five entities that every document has.
pub(super) fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Grows the references of an attribute's value.
pub(super) struct Expander<'d, 'f> {
    pub(super) dtd: &'d Dtd,
    pub(super) faults: &'f mut Faults,
    /// How much all entities have grown to.
    pub(super) spent: &'f mut usize,
}

impl Expander<'_, '_> {
    /// Appends a raw value, normalized (XML 1.0 3.3.3). `place` is where a stretch of the value stands.
    pub(super) fn value(
        &mut self,
        raw: &str,
        place: &dyn Fn(usize, usize) -> Span,
        out: &mut String,
    ) -> Result<(), Limit> {
        self.part(raw, place, out, &[])
    }

    fn part(
        &mut self,
        raw: &str,
        place: &dyn Fn(usize, usize) -> Span,
        out: &mut String,
        open: &[&str],
    ) -> Result<(), Limit> {
        let mut rest = 0;
        while let Some(found) = raw.get(rest..).and_then(|left| left.find(['&', '<', '\t', '\n', '\r'])) {
            let at = rest + found;
            out.push_str(raw.get(rest..at).unwrap_or_default());
            rest = at + 1;
            match raw.as_bytes().get(at) {
                Some(b'&') => {
                    let (reference, end) = read(raw, at);
                    rest = end;
                    self.reference(reference, place(at, end), out, open)?;
                }
                Some(b'<') => {
                    self.faults.add(Kind::LessThanInValue, place(at, at + 1), "");
                    out.push('<');
                }
                Some(b'\r') if raw.as_bytes().get(at + 1) == Some(&b'\n') => {}
                _ => out.push(' '),
            }
        }
        out.push_str(raw.get(rest..).unwrap_or_default());
        Ok(())
    }

    fn reference(
        &mut self,
        reference: Reference<'_>,
        at: Span,
        out: &mut String,
        open: &[&str],
    ) -> Result<(), Limit> {
        let name = match reference {
            Reference::Character(c) => {
                out.push(c);
                return Ok(());
            }
            Reference::Bare => {
                out.push('&');
                self.faults.add(Kind::Ampersand, at, "");
                return Ok(());
            }
            Reference::Forbidden => {
                self.faults.add(Kind::CharacterReference, at, "");
                return Ok(());
            }
            Reference::Named(name) => name,
        };
        let dtd = self.dtd;
        let Some((name, entity)) = dtd.entities.get_key_value(name) else {
            // What may be declared outside is passed over.
            if dtd.must_be_declared() {
                self.faults.add(Kind::UndefinedEntity, at, name);
                out.extend(["&", name, ";"]);
            }
            return Ok(());
        };
        let Some(value) = entity.value.as_deref() else {
            self.faults.add(Kind::MisusedEntity, at, name);
            return Ok(());
        };
        if open.contains(&name.as_str()) {
            self.faults.add(Kind::RecursiveEntity, at, name);
            return Ok(());
        }
        spend(self.spent, value)?;
        if open.len() >= MAX_ENTITY_DEPTH {
            return Err(Limit::EntityDepth);
        }
        let inner: Vec<&str> = open.iter().copied().chain([name.as_str()]).collect();
        self.part(value, &|_, _| at, out, &inner)
    }
}

/// Counts what an entity grows to.
pub(super) fn spend(spent: &mut usize, value: &str) -> Result<(), Limit> {
    *spent += value.len().max(16);
    if *spent > MAX_EXPANSION { Err(Limit::Expansion) } else { Ok(()) }
}
