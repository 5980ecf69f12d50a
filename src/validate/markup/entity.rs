//! The entities of HTML.

use std::collections::HashSet;
use std::sync::LazyLock;

use html5gum::{Token, Tokenizer};

/// Whether HTML 4 has an entity of this name; `apos` came with XHTML.
pub(super) fn is_html4(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| HTML4.split_whitespace().collect());
    !name.is_empty() && NAMES.contains(name)
}

/// Whether HTML has an entity of this name, such as `nbsp`.
pub(super) fn is_html(name: &str) -> bool {
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "nbsp" | "apos") {
        return true;
    }
    // The tokenizer has all two thousand of them.
    let text = format!("&{name};");
    name.len() < 40 && Tokenizer::new(&text).all(|token| !matches!(token, Ok(Token::Error(_))))
}

/// Whether a number is a character that HTML lets one refer to.
pub(super) fn is_character(number: u32) -> bool {
    let control = matches!(number, 0..=8 | 0xb | 0xe..=0x1f | 0x7f..=0x9f);
    char::from_u32(number).is_some() && !control && !is_noncharacter(number)
}

/// The code points that Unicode keeps free of characters.
pub(super) fn is_noncharacter(number: u32) -> bool {
    matches!(number, 0xfdd0..=0xfdef) || number & 0xfffe == 0xfffe
}

const HTML4: &str = "quot amp lt gt apos nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave \
Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc \
otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml OElig oelig Scaron scaron Yuml fnof circ tilde Alpha Beta Gamma Delta \
Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta \
eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv ensp emsp thinsp zwnj zwj \
lrm rlm ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger bull hellip permil prime Prime lsaquo rsaquo oline frasl euro image \
weierp real trade alefsym larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr forall part exist empty nabla isin notin ni prod sum \
minus lowast radic prop infin ang and or cap cup int there4 sim cong asymp ne equiv le ge sub sup nsub sube supe oplus otimes perp sdot \
lceil rceil lfloor rfloor lang rang loz spades clubs hearts diams";
