//! What is wrong with a document, and what is too much of it.

use super::place::Span;

/// A fault and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: Kind,
    /// The characters it is about.
    pub at: Span,
    /// What was found there, such as a name; may be empty.
    pub detail: String,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident $structural:literal $words:literal)*) => {
        /// The kinds of faults.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[doc = $doc])* $name),* }

        impl Kind {
            /// What is wrong, in words that a name may follow.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }

            /// Whether what follows may be misread because of it.
            pub fn is_structural(self) -> bool {
                match self { $(Self::$name => $structural),* }
            }
        }
    };
}

kinds! {
    /// Bytes that the encoding does not know.
    Encoding false "bytes that are no characters in the document's encoding"
    /// An encoding that nobody knows.
    UnknownEncoding false "an encoding that is not known"
    /// The declared encoding is not what the bytes are.
    WrongEncoding false "the declared encoding cannot be the one that the document is in"
    /// XML 1.0 2.2.
    Character false "a character that XML does not allow"
    /// XML 1.0 2.8.
    Declaration false "an XML declaration that is not written as it must be"
    /// XML 1.0 2.8.
    LateDeclaration false "an XML declaration that is not at the very start of the document"
    /// XML 1.0 2.8.
    Doctype true "a document type declaration that is not written as it must be"
    /// XML 1.0 2.5.
    Comment false "two hyphens inside a comment"
    /// XML 1.0 2.6.
    Instruction false "a processing instruction that is not written as it must be"
    /// XML 1.0 2.4.
    CdataEnd false "]]> in text; write ]]&gt;"
    /// XML 1.0 4.1.
    Ampersand false "an & that begins no reference; write &amp;"
    /// XML 1.0 4.1.
    CharacterReference false "a character reference to no character that XML allows:"
    /// XML 1.0 4.1.
    UndefinedEntity false "an entity that is not declared:"
    /// XML 1.0 4.1.
    RecursiveEntity false "an entity that contains itself:"
    /// XML 1.0 4.4.
    MisusedEntity false "an entity that cannot be used here:"
    /// XML 1.0 3.1.
    LessThan true "a < that begins no tag; write &lt;"
    /// XML 1.0 3.1.
    LessThanInValue false "a < in an attribute's value; write &lt;"
    /// XML 1.0 3.1.
    Tag true "a tag that is not written as it must be"
    /// XML 1.0 3.1.
    AttributeSyntax true "an attribute that is not written as name=\"value\""
    /// XML 1.0 3.1.
    AttributeTwice false "an attribute that stands twice on an element:"
    /// XML 1.0 3.
    EndTag true "an end tag that closes no open element:"
    /// XML 1.0 3.
    Unclosed true "an element that is not closed:"
    /// XML 1.0 2.1.
    NoRoot true "no element at all"
    /// XML 1.0 2.1.
    AfterRoot true "something outside the one outermost element"
    /// XML 1.0 2.1.
    Truncated true "the document ends inside markup"
    /// Namespaces 4.
    QualifiedName false "a name whose colon is misplaced:"
    /// Namespaces 5.
    UndeclaredPrefix false "a prefix that no xmlns attribute declares:"
    /// Namespaces 3.
    ReservedPrefix false "a prefix or namespace that is reserved:"
    /// Namespaces 6.
    EmptyPrefix false "a prefix that is bound to no namespace:"
}

/// What a document has too much of to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// More bytes.
    #[error("it has more than {} bytes", super::MAX_BYTES)]
    Bytes,
    /// Elements inside one another.
    #[error("it has more than {} elements inside one another", super::MAX_DEPTH)]
    Depth,
    /// Attributes of one element.
    #[error("an element has more than {} attributes", super::MAX_ATTRIBUTES)]
    Attributes,
    /// Attributes that an element is given by default.
    #[error("its document type gives an element more than {} attributes", super::MAX_DEFAULTS)]
    Defaults,
    /// Prefixes in force.
    #[error("more than {} namespace prefixes are in force at once", super::MAX_BINDINGS)]
    Bindings,
    /// What entities and defaults grow to.
    #[error("its entities and default attributes grow to more than {} characters", super::MAX_EXPANSION)]
    Expansion,
    /// Entities inside one another.
    #[error("its entities use more than {} others inside one another", super::MAX_ENTITY_DEPTH)]
    EntityDepth,
}

/// The faults met so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    pub(super) list: Vec<Fault>,
    pub(super) structural: bool,
    pub(super) omitted: usize,
}

impl Faults {
    pub(super) fn add(&mut self, kind: Kind, at: Span, detail: &str) {
        self.structural |= kind.is_structural();
        if self.list.len() < super::MAX_FAULTS {
            // A hostile name may be as long as the document.
            let detail = detail.chars().take(80).collect();
            self.list.push(Fault { kind, at, detail });
        } else {
            self.omitted += 1;
        }
    }
}
