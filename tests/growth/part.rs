//! A part of a document that is repeated, to see how the work grows with it.

/// A part of a document, and what stands around its repetitions.
pub struct Part {
    /// What it is called where it fails.
    pub name: &'static str,
    /// What stands before, once.
    pub head: &'static str,
    /// What is repeated; `{i}` stands for the number of the repetition.
    pub text: &'static str,
    /// What stands behind, once.
    pub tail: &'static str,
}
