//! What a text or an attribute may say: a value type is a function and its row.

pub(crate) mod choice;
pub(crate) mod date;
pub(crate) mod email;
pub(crate) mod geo;
pub(crate) mod guid;
pub(crate) mod itunes;
pub(crate) mod language;
pub(crate) mod media;
pub(crate) mod mime;
pub(crate) mod number;
pub(crate) mod text;
pub(crate) mod uri;

use super::finding::Tell;
use super::{Format, markup};

/// A type of value.
pub(crate) struct Value {
    /// What it is called in the manual.
    pub(crate) name: &'static str,
    /// Judges one.
    pub(crate) check: fn(&Given<'_>, &mut Tell<'_>),
}

/// A value that is to be judged, and what its judges look at.
pub(crate) struct Given<'g> {
    /// The value; that of an element without white space around it.
    pub(crate) text: &'g str,
    /// The value with white space around it.
    pub(crate) whole: &'g str,
    /// It as it stands in the document.
    pub(crate) raw: &'g str,
    /// The attribute that decides how it is read, such as `type`.
    pub(crate) hint: Option<&'g str>,
    /// The kind of feed.
    pub(crate) format: Format,
    /// Whether an `xml:base` makes relative addresses whole.
    pub(crate) has_base: bool,
    /// Seconds since 1970; nothing is told of the future without it.
    pub(crate) now: Option<i64>,
}

/// Declares the value types of a file: each a constant, and all of them as `VALUES`.
macro_rules! values {
    ($($id:ident $name:literal $check:expr;)*) => {
        $(
            #[doc = $name]
            pub(crate) const $id: $crate::validate::value::Value =
                $crate::validate::value::Value { name: $name, check: $check };
        )*
        #[cfg(test)]
        pub(super) const VALUES: &[&$crate::validate::value::Value] = &[$(&$id),*];
    };
}
pub(crate) use values;

#[cfg(test)]
mod tests;
