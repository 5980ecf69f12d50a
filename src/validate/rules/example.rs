//! The examples of the rules: a piece of a feed, from which a whole one is made.

/// A piece of a feed. A word that begins with `-` before it leaves that element out of the rest of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// Children of an Atom feed.
    Feed(&'static str),
    /// Children of an Atom entry.
    Entry(&'static str),
    /// Children of an RSS channel.
    Channel(&'static str),
    /// Children of an RSS item.
    Item(&'static str),
    /// A whole document.
    Whole(&'static str),
    /// An RSS item of a feed that replaces one with the other item.
    Replaced(&'static str, &'static str),
}

const NAMESPACES: &[(&str, &str)] = &[
    ("app", "http://www.w3.org/2007/app"),
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("ex", "http://example.org/ns"),
    ("fh", "http://purl.org/syndication/history/1.0"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("georss", "http://www.georss.org/georss"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("slash", "http://purl.org/rss/1.0/modules/slash/"),
    ("sy", "http://purl.org/rss/1.0/modules/syndication/"),
    ("thr", "http://purl.org/syndication/thread/1.0"),
    ("wfw", "http://wellformedweb.org/CommentAPI/"),
    ("xhtml", "http://www.w3.org/1999/xhtml"),
];

const FEED: &[(&str, &str)] = &[
    ("title", "<title>Harbour news</title>"),
    ("id", "<id>urn:uuid:0b2f0d4e-2b1c-4e51-9d0a-4f8b6f1c2a10</id>"),
    ("updated", "<updated>2026-02-10T12:00:00Z</updated>"),
    ("author", "<author><name>A. Visser</name></author>"),
    ("link", "<link rel=\"self\" href=\"https://example.org/atom.xml\"/>"),
];

const ENTRY: &[(&str, &str)] = &[
    ("title", "<title>The ferry sails again</title>"),
    ("id", "<id>tag:example.org,2026:1</id>"),
    ("updated", "<updated>2026-02-10T11:00:00Z</updated>"),
    ("link", "<link href=\"https://example.org/1\"/>"),
    ("summary", "<summary>After two days of storm.</summary>"),
];

const CHANNEL: &[(&str, &str)] = &[
    ("title", "<title>Harbour news</title>"),
    ("link", "<link>https://example.org/</link>"),
    ("description", "<description>News of the harbour</description>"),
    ("language", "<language>en</language>"),
    (
        "atom:link",
        "<atom:link rel=\"self\" href=\"https://example.org/rss.xml\" type=\"application/rss+xml\"/>",
    ),
];

const ITEM: &[(&str, &str)] = &[
    ("title", "<title>The ferry sails again</title>"),
    ("link", "<link>https://example.org/1</link>"),
    ("guid", "<guid>https://example.org/1</guid>"),
    ("pubDate", "<pubDate>Tue, 10 Feb 2026 11:00:00 GMT</pubDate>"),
];

impl Example {
    /// What a reader of the manual sees.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Feed(text) | Self::Entry(text) | Self::Channel(text) | Self::Item(text) => parts(text).1,
            Self::Whole(text) | Self::Replaced(text, _) => text,
        }
    }

    /// What it replaces.
    pub fn replaced(self) -> Option<&'static str> {
        match self {
            Self::Replaced(_, old) => Some(old),
            _ => None,
        }
    }

    /// The whole feed around it.
    pub fn document(self) -> String {
        match self {
            Self::Whole(text) => text.to_owned(),
            Self::Feed(text) => atom(&filled(text, FEED), &filled("", ENTRY)),
            Self::Entry(text) => atom(&filled("", FEED), &filled(text, ENTRY)),
            Self::Channel(text) => rss(&filled(text, CHANNEL), &filled("", ITEM)),
            Self::Item(text) | Self::Replaced(text, _) => rss(&filled("", CHANNEL), &filled(text, ITEM)),
        }
    }

    /// The feed that it replaces.
    pub fn previous(self) -> Option<String> {
        match self {
            Self::Replaced(_, old) => Some(Self::Item(old).document()),
            _ => None,
        }
    }
}

/// The elements to leave out, and the rest.
fn parts(text: &'static str) -> (Vec<&'static str>, &'static str) {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(after) = rest.strip_prefix('-') {
        let (name, after) = after.split_once(' ').unwrap_or((after, ""));
        out.push(name);
        rest = after;
    }
    (out, rest)
}

/// The piece, and the usual elements that it neither holds nor leaves out.
fn filled(text: &'static str, usual: &[(&str, &str)]) -> String {
    let (without, piece) = parts(text);
    // What stands inside another element is not the feed's own.
    let outermost =
        ["image", "textInput", "source", "author"].iter().fold(piece.to_owned(), |piece, name| {
            let (start, end) = (format!("<{name}>"), format!("</{name}>"));
            match (piece.find(&start), piece.rfind(&end)) {
                (Some(from), Some(to)) => format!(
                    "{}{}",
                    piece.get(..from + start.len()).unwrap_or_default(),
                    piece.get(to..).unwrap_or_default()
                ),
                _ => piece,
            }
        });
    let has = |name: &str| {
        let start = format!("<{name}");
        without.contains(&name)
            || outermost.match_indices(&start).any(|(at, _)| {
                outermost.get(at + start.len()..).is_some_and(|rest| rest.starts_with(['>', '/', ' ']))
            })
    };
    let usual = usual.iter().filter(|(name, _)| !has(name)).map(|(_, element)| *element);
    usual.chain([piece]).collect()
}

fn declared(text: &str) -> String {
    NAMESPACES
        .iter()
        .filter(|(prefix, _)| text.contains(&format!("<{prefix}:")) || text.contains(&format!(" {prefix}:")))
        .map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\""))
        .collect::<Vec<_>>()
        .concat()
}

fn atom(feed: &str, entry: &str) -> String {
    let body = format!("{feed}<entry>{entry}</entry>");
    let namespaces = declared(&body);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"{namespaces} xml:lang=\"en\">{body}</feed>\n"
    )
}

fn rss(channel: &str, item: &str) -> String {
    let body = format!("{channel}<item>{item}</item>");
    let namespaces = declared(&body);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"{namespaces}><channel>{body}</channel></rss>\n"
    )
}
