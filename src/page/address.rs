//! Addresses as they are printed: what of them names a page, and what tells where a reader came from.

use std::borrow::Cow;

/// Parameters that name no page but the way to it: campaigns, social sites, sessions, positions in a list. A name that
/// ends in `_` stands for all that begin so. Compared without regard to case.
const TRACKING: &[&str] = &[
    "utm_",
    "at_",
    "mc_",
    "pk_",
    "piwik_",
    "mtm_",
    "hsa_",
    "_hs",
    "vero_",
    "wt_",
    "ns_",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "mkt_tok",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "s_kwcid",
    "cmpid",
    "cmp",
    "xtor",
    "spm",
    "ocid",
    "icid",
    "ito",
    "trk",
    "_ga",
    "_gl",
    "relatedposts_",
    "phpsessid",
    "jsessionid",
    "sid",
    "sessionid",
    "session_id",
];

/// Parameters of the same kind that some sites use to name a page.
const PERHAPS: &[&str] = &["ref", "cid", "referrer", "source", "src", "from", "pos", "position"];

/// Whether a parameter only tells where a reader came from.
pub fn is_tracking(pair: &str) -> bool {
    let name = name(pair);
    TRACKING.iter().any(|row| {
        if row.ends_with('_') || row.starts_with("_hs") { name.starts_with(row) } else { name == *row }
    })
}

/// Whether a parameter tells that, unless pages of the site differ by it alone.
pub fn may_track(pair: &str) -> bool {
    PERHAPS.contains(&name(pair).as_str())
}

fn name(pair: &str) -> String {
    pair.split('=').next().unwrap_or(pair).to_ascii_lowercase()
}

/// A query without the parameters that a test takes for tracking.
pub fn without(query: &str, tracks: impl Fn(&str) -> bool) -> Cow<'_, str> {
    if !query.split('&').any(&tracks) {
        return Cow::Borrowed(query);
    }
    query.split('&').filter(|pair| !tracks(pair)).collect::<Vec<_>>().join("&").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tracks_goes() {
        for (query, expected) in [
            ("utm_source=a&id=1&UTM_Medium=b", "id=1"),
            ("fbclid=x", ""),
            ("p=12&at_medium=rss", "p=12"),
            ("ref=a&id=2", "ref=a&id=2"),
            ("utmost=1&at=2", "utmost=1&at=2"),
        ] {
            assert_eq!(without(query, is_tracking), expected);
        }
        assert!(may_track("ref=a") && !may_track("id=1"));
    }
}
