//! The list of all feeds (OPML 2.0), for readers that take over many at once.

use super::Site;
use super::channel::{self, Channels, ROWS};
use crate::feed::Feed;
use crate::page;

/// The list. Its date would be that of the run, so it has none.
pub(super) fn opml(site: &Site, channels: &Channels<'_>, main: &Feed) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
        escaped(&main.title)
    );
    text += &outline(site, "", &main.title);
    let words = site.language.words();
    for row in ROWS {
        let of_kind = channels.of_kind(row.kind);
        if of_kind.is_empty() {
            continue;
        }
        let heading = words.get(row.heading).copied().unwrap_or_default();
        let heading = escaped(heading);
        text.extend(["<outline text=\"", &heading, "\" title=\"", &heading, "\">\n"]);
        for channel in of_kind {
            text += &outline(site, &channel.folder, &format!("{}: {}", main.title, channel.name));
        }
        text += "</outline>\n";
    }
    text + "</body>\n</opml>\n"
}

fn outline(site: &Site, folder: &str, title: &str) -> String {
    let (feed, page) = (channel::address(site, &format!("{folder}atom.xml")), channel::address(site, folder));
    format!(
        "<outline type=\"rss\" version=\"ATOM\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\" htmlUrl=\"{2}\"/>\n",
        escaped(title),
        escaped(&feed),
        escaped(&page)
    )
}

/// As the value of an attribute; what XML forbids is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !page::is_forbidden(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
