//! The guid of an item.

use super::{Given, number, uri, values};
use crate::validate::finding::Tell;
use crate::validate::rules::{text as texts, uri as rules};

values! {
    GUID "id; an address on the web where isPermaLink is not false" guid;
}

fn guid(given: &Given<'_>, tell: &mut Tell<'_>) {
    let text = given.text;
    if text.trim().is_empty() {
        tell.say(&texts::NOT_BLANK, "");
    }
    match given.hint {
        None | Some("true") => {
            let web = uri::scheme(text).is_some_and(|scheme| {
                ["http", "https", "ftp"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
            });
            if web {
                uri::judge(text, &uri::Form::uri(&rules::INVALID_HTTP_GUID).full(), tell);
            } else if uri::scheme(text).is_some() && given.hint.is_some() {
                tell.say(&rules::INVALID_PERMALINK, text);
            } else {
                tell.say(&rules::INVALID_HTTP_GUID, text);
            }
        }
        Some(_) => {
            let small = text.len() < 8 && number::digits(text).is_some();
            if small {
                tell.say(&rules::NOT_SUFFICIENTLY_UNIQUE, text);
            }
        }
    }
}
