//! Documents with a document type declaration, put together from rows: what it may say, and what the root makes of it.

use crate::mutate::Random;

/// A row: the tag that the figures count it by, and its text.
type Row = (&'static str, &'static str);

const DECLARATIONS: &[Row] = &[
    ("no XML declaration", ""),
    ("no XML declaration", ""),
    ("standalone=yes", "<?xml version='1.0' standalone='yes'?>"),
    ("standalone=no", "<?xml version='1.0' encoding='utf-8' standalone='no'?>"),
    ("XML declaration", "<?xml version='1.0' encoding='utf-8'?>\n"),
];

const EXTERNAL: &[Row] = &[
    ("no external id", ""),
    ("no external id", " "),
    ("SYSTEM", " SYSTEM 'x'"),
    ("SYSTEM", " SYSTEM \"http://example.org/rss.dtd\" "),
    ("PUBLIC", " PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://example.org/rss-0.91.dtd' "),
    ("PUBLIC", " PUBLIC \"\" ''"),
];

/// What may stand in the internal subset.
const SUBSET: &[Row] = &[
    ("text entity", "<!ENTITY e 'x'>"),
    ("text entity", "<!ENTITY f \"a &amp; b\">"),
    ("empty entity", "<!ENTITY e ''>"),
    ("entity with an element", "<!ENTITY e '<b>y</b>'>"),
    ("entity with an element", "<!ENTITY f '<b c=\"&e;\" d=\"1\"/>'>"),
    ("entity with part of an element", "<!ENTITY e '<b>'>"),
    ("entity with part of an element", "<!ENTITY f '</b>'>"),
    ("entity with part of markup", "<!ENTITY f '<b c='>"),
    ("entity with a CDATA section", "<!ENTITY e '<![CDATA[<]]]]>'>"),
    ("entity with a comment", "<!ENTITY f '<!-- c --><?p q?>'>"),
    ("entity in an entity", "<!ENTITY e '&f;'>"),
    ("entity in an entity", "<!ENTITY f '&g;&g;'>"),
    ("entity in an entity", "<!ENTITY g '&#38;e;'>"),
    ("entity in itself", "<!ENTITY e '&e;'>"),
    ("entity in itself", "<!ENTITY f '&#38;f;'>"),
    ("character reference in an entity", "<!ENTITY e '&#60;b/>'>"),
    ("character reference in an entity", "<!ENTITY f '&#38;#60;'>"),
    ("character reference in an entity", "<!ENTITY g '&#38;'>"),
    ("character reference in an entity", "<!ENTITY e '&#0;'>"),
    ("character reference in an entity", "<!ENTITY f '&#13;&#10;&#9;]]'>"),
    ("end of CDATA in an entity", "<!ENTITY g ']]>'>"),
    ("bare & in an entity", "<!ENTITY e 'a & b'>"),
    ("% in an entity", "<!ENTITY e '50%'>"),
    ("% in an entity", "<!ENTITY f '%p;'>"),
    ("external entity", "<!ENTITY e SYSTEM 'y'>"),
    ("external entity", "<!ENTITY f PUBLIC '-//Y' \"y\">"),
    ("unparsed entity", "<!ENTITY e SYSTEM 'y' NDATA n>"),
    ("unparsed entity", "<!ENTITY u PUBLIC 'p' 'y' NDATA n >"),
    ("predefined entity", "<!ENTITY lt '&#38;#60;'><!ENTITY amp 'x'>"),
    ("predefined entity", "<!ENTITY quot '&e;&'>"),
    ("parameter entity", "<!ENTITY % p '<!ENTITY e \"x\">'>"),
    ("parameter entity", "<!ENTITY % p SYSTEM 'p.dtd'>"),
    ("parameter entity", "<!ENTITY % p '&unknown;&#0;'>"),
    ("parameter entity reference", "%p;"),
    ("parameter entity reference", "\n%q;\n"),
    ("parameter entity reference inside a declaration", "<!ENTITY e %p;>"),
    ("parameter entity reference inside a declaration", "<!ATTLIST a %p;>"),
    ("attribute", "<!ATTLIST a c CDATA #IMPLIED d CDATA #REQUIRED>"),
    ("attribute by default", "<!ATTLIST a c CDATA 'v'>"),
    ("attribute by default", "<!ATTLIST a d CDATA #FIXED '&e;'>"),
    ("attribute by default", "<!ATTLIST b c CDATA '&f;&amp;'>"),
    ("attribute by default", "<!ATTLIST a c CDATA '<'>"),
    ("attribute by default", "<!ATTLIST a c CDATA '&unknown;'>"),
    ("attribute declared twice", "<!ATTLIST a c CDATA #IMPLIED c CDATA '&g;'>"),
    ("attribute in a namespace", "<!ATTLIST a p:c CDATA '1' q:c CDATA '2'>"),
    ("attribute in a namespace", "<!ATTLIST b p:c CDATA '1'>"),
    ("namespace by default", "<!ATTLIST a xmlns:p CDATA 'u'>"),
    ("namespace by default", "<!ATTLIST a xmlns:p CDATA #IMPLIED>"),
    ("namespace by default", "<!ATTLIST b xmlns CDATA #FIXED 'v' xmlns:q CDATA 'u'>"),
    ("namespace by default", "<!ATTLIST a xmlns:q CDATA ''>"),
    ("namespace by default", "<!ATTLIST a xmlns:xml CDATA 'u'>"),
    ("attribute of tokens", "<!ATTLIST a xmlns:p NMTOKEN ' u ' xmlns:q NMTOKENS #IMPLIED>"),
    ("attribute of tokens", "<!ATTLIST a c (x|y) 'x' d NOTATION (n) #IMPLIED>"),
    ("attribute of tokens", "<!ATTLIST b c ID #IMPLIED d IDREF #IMPLIED g ENTITY 'u'>"),
    ("element", "<!ELEMENT a (#PCDATA|b)*>"),
    ("element", "<!ELEMENT b EMPTY>"),
    ("notation", "<!NOTATION n SYSTEM 'n'>"),
    ("notation", "<!NOTATION n PUBLIC 'n'>"),
    ("comment", "<!-- %p; -->"),
    ("instruction", "<?p %p;?>"),
    ("conditional section", "<![INCLUDE[<!ENTITY e 'x'>]]>"),
];

const ROOTS: &[Row] = &[
    ("root without prefixes", "<a>"),
    ("root without prefixes", "<a>"),
    ("root with prefixes", "<a xmlns:p='u' xmlns:q='v'>"),
    ("root with prefixes", "<a c='&e;' xmlns:p='u' xmlns:q='u'>"),
];

/// What the root may hold.
const CONTENT: &[Row] = &[
    ("reference in text", "&e;"),
    ("reference in text", "&f; "),
    ("reference in text", "<b>&g;</b>"),
    ("reference to what is not declared", "&unknown;"),
    ("reference to what is unparsed", "&u;"),
    ("reference in a value", "<b x='&e;'/>"),
    ("reference in a value", "<b x=\"1&f;2\"/>"),
    ("reference in a value", "<b x='&g;&u;'/>"),
    ("reference in a value", "<b x='&unknown;'/>"),
    ("predefined reference", "&lt;&amp;<b x='&quot;&lt;'/>"),
    ("prefix in the root", "<p:b/>"),
    ("prefix in the root", "<b p:c='1' q:c='2'/>"),
    ("prefix of tokens", "<a xmlns:p='u' xmlns:q=' u ' p:d='1' q:d='2'/>"),
    ("prefix of tokens", "<a xmlns:q='  '/>"),
    ("text", "t"),
    ("element in the root", "<b/>"),
    ("element in the root", "<a/>"),
];

/// A document and the tags of its rows.
pub(crate) fn document(random: &mut Random) -> (Vec<u8>, Vec<&'static str>) {
    let mut text = String::new();
    let mut tags = Vec::new();
    let mut add = |text: &mut String, (tag, row): Row| {
        text.push_str(row);
        tags.push(tag);
    };
    add(&mut text, *random.pick(DECLARATIONS));
    text.push_str("<!DOCTYPE a");
    add(&mut text, *random.pick(EXTERNAL));
    if random.below(8) > 0 {
        text.push('[');
        for _ in 0..random.below(4) {
            add(&mut text, *random.pick(SUBSET));
        }
        text.push(']');
    }
    text.push('>');
    add(&mut text, *random.pick(ROOTS));
    for _ in 0..=random.below(3) {
        add(&mut text, *random.pick(CONTENT));
    }
    text.push_str("</a>");
    (text.into_bytes(), tags)
}

/// All tags, each once.
pub(crate) fn tags() -> Vec<&'static str> {
    let mut tags: Vec<_> =
        [DECLARATIONS, EXTERNAL, SUBSET, ROOTS, CONTENT].concat().into_iter().map(|(tag, _)| tag).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}
