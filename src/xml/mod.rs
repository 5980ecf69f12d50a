//! Reads XML 1.0 with namespaces: keeps the place of everything, mends nothing, fetches nothing, and tells every fault
//! after which reading can go on.
//!
//! [`Document::open`] decodes and reads what stands before the root; [`Document::reader`] gives the rest as events.

mod attribute;
mod charset;
mod declaration;
mod document;
mod dtd;
mod fault;
mod markup;
mod name;
mod namespace;
mod place;
mod reader;
mod reference;
mod tag;

pub use attribute::Attribute;
pub use charset::Charset;
pub use declaration::Declaration;
pub use document::Document;
pub use dtd::{Doctype, ExternalId};
pub use fault::{Fault, Kind, Limit};
pub use namespace::{NamespaceId, XML, XMLNS};
pub use place::{Place, Places, Span};
pub use reader::{Event, Reader};
pub use tag::Tag;

/// The most bytes of a document.
pub const MAX_BYTES: usize = 1 << 29;
/// The most elements inside one another.
pub const MAX_DEPTH: usize = 4096;
/// The most attributes of an element.
pub const MAX_ATTRIBUTES: usize = 4096;
/// The most namespace prefixes in force at one place.
pub const MAX_BINDINGS: usize = 256;
/// The most attributes that a document type gives to one kind of element by default.
pub const MAX_DEFAULTS: usize = 64;
/// The most characters that the entities and defaults of a document type may grow to; each use counts at least sixteen.
pub const MAX_EXPANSION: usize = 8 << 20;
/// The most entities used inside one another.
pub const MAX_ENTITY_DEPTH: usize = 32;
/// So many faults are kept; the rest is counted.
pub const MAX_FAULTS: usize = 10_000;

/// The faults of a whole document, in the order they were met. None: it is well-formed, namespaces included.
pub fn faults(bytes: &[u8]) -> Result<Vec<Fault>, Limit> {
    let document = Document::open(bytes)?;
    let mut reader = document.reader();
    while reader.next()?.is_some() {}
    Ok(reader.into_faults())
}

#[cfg(test)]
mod tests;
