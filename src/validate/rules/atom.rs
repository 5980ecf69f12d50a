//! What is particular to Atom.

use super::Example::{Entry, Feed, Whole};
use super::{atom_link, rules};

rules! {
    MISSING_SELF "missing-self" Warning [] atom_link!("4.1.1");
        "The feed has no link with rel=\"self\""; "A reader that has only the file cannot find it again.";
        Feed("-link "); Feed("");
    MISSING_CONTENT_OR_ALTERNATE "missing-content-or-alternate" Error ["missing-element"] atom_link!("4.1.2");
        "An entry has neither content nor a link with rel=\"alternate\""; "There is nothing to read and nowhere to go.";
        Entry("-link "); Entry("");
    MISSING_TEXTUAL_CONTENT "missing-textual-content" Warning [] atom_link!("4.1.1.1");
        "An entry has neither content nor summary"; "Readers that show no titles have nothing to show.";
        Entry("-summary "); Entry("");
    MISSING_SUMMARY "missing-summary" Error [] atom_link!("4.1.2");
        "Content that is no text stands without a summary"; "A reader that cannot show it has nothing to show.";
        Entry("-summary <content type=\"image/png\" src=\"https://example.org/1.png\"/>"); Entry("<content type=\"image/png\" src=\"https://example.org/1.png\"/>");
    MISSING_SOURCE_ELEMENT "missing-source-element" Warning [] atom_link!("4.2.11");
        "A source lacks what its feed must have"; "Nobody can tell which feed the entry is from.";
        Entry("<source><id>tag:example.org,2026:feed</id><title>a</title></source>"); Entry("<source><id>tag:example.org,2026:feed</id><title>a</title><updated>2026-02-10T11:00:00Z</updated></source>");
    MISPLACED_METADATA "misplaced-metadata" Error [] atom_link!("appendix-B");
        "An element of the feed stands behind its entries"; "The schema of Atom has the entries last; a reader that streams has shown them by then.";
        Whole("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>a</title><entry><title>b</title></entry><subtitle>c</subtitle></feed>"); Feed("<subtitle>c</subtitle>");
    DUPLICATE_ATOM_LINK "duplicate-atom-link" Error [] atom_link!("4.1.1");
        "Two links with rel=\"alternate\" have the same type and language"; "Readers take either.";
        Entry("<link href=\"https://example.org/1\"/><link href=\"https://example.org/2\"/>"); Entry("<link href=\"https://example.org/1\"/>");
    DUPLICATE_ENTRIES "duplicate-entries" Warning [] atom_link!("4.1.1");
        "Two entries have the same id"; "Readers show one of the two.";
        Whole("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>tag:example.org,2026:1</id></entry><entry><id>tag:example.org,2026:1</id></entry><entry><id>tag:example.org,2026:2</id></entry></feed>"); Entry("");
    DUPLICATE_IDS "duplicate-ids" Error [] atom_link!("4.1.1");
        "All entries have the same id"; "Readers show one entry.";
        Whole("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>tag:example.org,2026:1</id></entry><entry><id>tag:example.org,2026:1</id></entry></feed>"); Entry("");
    DUPLICATE_UPDATED "duplicate-updated" Warning [] atom_link!("4.2.15");
        "Two entries were updated at the same moment"; "Readers cannot put them in order.";
        Whole("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><updated>2026-02-10T11:00:00Z</updated></entry><entry><updated>2026-02-10T11:00:00Z</updated></entry></feed>"); Entry("");
    UNREGISTERED_ATOM_LINK_REL "unregistered-atom-link-rel" Warning [] "https://www.iana.org/assignments/link-relations/link-relations.xhtml";
        "The relation of a link is not registered"; "Readers do not know what it means; a full address may name one's own.";
        Entry("<link rel=\"chart\" href=\"https://example.org/c\"/><link href=\"https://example.org/1\"/>"); Entry("<link rel=\"related\" href=\"https://example.org/c\"/><link href=\"https://example.org/1\"/>");
}
