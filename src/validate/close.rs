//! What is judged when a feed, an entry or one of their parts ends: rules that look at several elements at once.

use super::Format;
use super::facts::Link;
use super::finding::{Name, Tell};
use super::frame::Frame;
use super::judge::Judge;
use super::rules::{
    atom, history, itunes, media, rss, structure, text as texts, uri as uris, value as values, xml as xmls,
};
use super::value::uri;
use super::vocabulary::{self, Element, Often, Parent, Role};
use crate::xml::{Attribute, Kind, Span, Tag};

/// Elements of RSS and of extensions that say the same; the first is the one to keep.
const CHANNEL_TWINS: &[(&str, &str)] = &[
    ("pubDate", "dc:date"),
    ("managingEditor", "dc:creator"),
    ("webMaster", "dc:publisher"),
    ("generator", "admin:generatorAgent"),
    ("copyright", "dc:rights"),
    ("language", "dc:language"),
    ("category", "dc:subject"),
    ("title", "dc:title"),
    ("description", "dc:description"),
    ("copyright", "atom:rights"),
    ("managingEditor", "atom:author"),
    ("pubDate", "atom:published"),
    ("lastBuildDate", "atom:updated"),
    ("creativeCommons:license", "cc:license"),
];
const ITEM_TWINS: &[(&str, &str)] = &[
    ("author", "dc:creator"),
    ("pubDate", "dc:date"),
    ("category", "dc:subject"),
    ("source", "dc:source"),
    ("pubDate", "atom:published"),
    ("author", "atom:author"),
    ("source", "atom:source"),
    ("title", "dc:title"),
    ("guid", "atom:id"),
    ("creativeCommons:license", "cc:license"),
];

impl<'a> Judge<'a, '_> {
    /// What the document says before its root.
    pub(super) fn judge_prolog(&mut self) {
        let document = self.document;
        let charset = &document.charset;
        match &charset.declared {
            None if !charset.mark => self.tell(Span::default()).say(&xmls::MISSING_ENCODING, ""),
            Some(name) => {
                let wide = ["utf-8", "utf-16", "utf8", "utf-16le", "utf-16be"]
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(name));
                let common = [
                    "iso-8859-1",
                    "iso-8859-15",
                    "windows-1252",
                    "windows-1251",
                    "windows-1250",
                    "us-ascii",
                    "iso-8859-2",
                    "iso-8859-9",
                    "shift_jis",
                    "euc-jp",
                    "gb2312",
                    "gbk",
                    "gb18030",
                    "big5",
                    "euc-kr",
                    "koi8-r",
                ];
                let unknown = document.faults().iter().any(|fault| fault.kind == Kind::UnknownEncoding);
                if !wide && !unknown {
                    let known = common.iter().any(|known| known.eq_ignore_ascii_case(name));
                    let rule = if known { &xmls::NONSTD_ENCODING } else { &xmls::OBSCURE_ENCODING };
                    self.tell(charset.at).say(rule, name);
                }
            }
            None => {}
        }
        if let Some(declaration) = &document.declaration
            && !matches!(declaration.version.as_str(), "1.0" | "")
        {
            self.tell(declaration.version_at).say(&xmls::BAD_XML_VERSION, &declaration.version);
        }
    }

    /// The document type, once it is known what the document is.
    pub(super) fn judge_doctype(&mut self) {
        let document = self.document;
        let Some(doctype) = document.doctype.as_ref().filter(|_| !self.facts.is_html) else { return };
        for (name, at) in &doctype.fetched {
            self.tell(*at).say(&xmls::CONTAINS_SYSTEM_ENTITY, name);
        }
        let fits = matches!(doctype.name.as_str(), "rss" | "feed" | "entry");
        let Some(external) = &doctype.external else {
            if !fits {
                self.tell(doctype.at).say(&xmls::INVALID_DOCTYPE, &doctype.name);
            }
            return;
        };
        let netscape =
            ["http://my.netscape.com/publish/formats/rss-0.91.dtd", "http://www.rssboard.org/rss-0.91.dtd"];
        let rule = match external.system.as_str() {
            system if system == netscape[1] => return,
            system if system == netscape[0] => &xmls::DEPRECATED_DTD,
            _ if fits => &xmls::CONTAINS_SYSTEM_ENTITY,
            _ => &xmls::INVALID_DOCTYPE,
        };
        self.tell(doctype.at).say(rule, &external.system);
    }

    /// The namespaces that a tag declares.
    pub(super) fn judge_declarations(&mut self, tag: &Tag<'a>) {
        for at in 0..self.reader.attributes().len() {
            let Some(found) = self.reader.attributes().get(at) else { break };
            if found.is_declaration() && !found.value.is_empty() {
                let found = found.clone();
                self.judge_declaration(&found, tag);
            }
        }
    }

    fn judge_declaration(&mut self, found: &Attribute<'a>, tag: &Tag<'a>) {
        let prefix = found.name.strip_prefix("xmlns:").unwrap_or_default();
        let uri: &str = &found.value;
        let known = |uri: &str| match vocabulary::named(uri) {
            Some(index) => Some(index.vocabulary.prefix),
            None => vocabulary::KNOWN.iter().find(|(known, _)| *known == uri).map(|(_, prefix)| *prefix),
        };
        let usual = known(uri);
        let taken = !prefix.is_empty() && usual.is_none() && usual_prefixes().any(|usual| usual == prefix);
        let rule = match usual {
            Some(usual) if prefix.is_empty() || prefix == usual => return,
            Some(_) => &xmls::NONSTD_PREFIX,
            None if uri == "http://search.yahoo.com/mrss" => &xmls::MEDIA_RSS_NAMESPACE,
            None if taken => &xmls::RESERVED_PREFIX,
            None if vocabulary::UNSUPPORTED.contains(&uri) => &xmls::UNSUPPORTED_NAMESPACE,
            None => &xmls::UNKNOWN_NAMESPACE,
        };
        let _ = tag;
        let detail = match usual {
            Some(usual) => format!("{prefix} instead of {usual}"),
            None => uri.to_owned(),
        };
        self.tell(found.value_at).say(rule, &detail);
    }

    pub(super) fn open_rss(&mut self) {
        let version = self.reader.attributes().iter().find(|found| found.name == "version");
        self.facts.is_plain = version.is_some_and(|version| version.value == "0.91");
        self.facts.is_modern = version.is_none_or(|version| !version.value.starts_with("0.9"));
    }

    /// Whether an element stands in the order that readers need.
    pub(super) fn judge_order(&mut self, row: &'static Element, name: Name<'a>, at: Span) {
        let Some(outer) = self.frames.last() else { return };
        let behind = row.role != Role::Entry && outer.seen.has_entry();
        let parent = outer.name;
        match outer.parent() {
            Some(Parent::Feed) if behind && name.prefix.is_empty() => {
                self.tell(at).element(name, parent).say(&atom::MISPLACED_METADATA, "");
            }
            Some(Parent::Channel) if behind && self.facts.is_modern && name.prefix.is_empty() => {
                self.tell(at).element(name, parent).say(&rss::MISPLACED_ITEM, "");
            }
            _ => {}
        }
    }

    /// Values that must differ from one another.
    pub(super) fn judge_repeated(&mut self, row: &'static Element, frame: &Frame<'a>, place: Span) {
        let Some(outer) = self.frames.last() else { return };
        let parent = outer.name;
        let value = frame.text.trim();
        if matches!(outer.parent(), Some(Parent::SkipHours | Parent::SkipDays)) {
            let value = if value == "24" { "0" } else { value.trim_start_matches('0') }.to_owned();
            let value = if value.is_empty() { "0".to_owned() } else { value };
            let repeated = self.frames.last_mut().is_some_and(|outer| {
                let more = outer.more();
                more.value_count += 1;
                !more.values.insert(value)
            });
            if repeated {
                self.tell(place).element(frame.name, parent).say(&values::DUPLICATE_VALUE, &frame.text);
            }
        } else if row.name == "guid" && !value.is_empty() {
            let count = self.ids.entry(frame.text.clone()).or_default();
            *count += 1;
            if *count > 1 {
                self.tell(place).element(frame.name, parent).say(&values::DUPLICATE_VALUE, value);
            }
        } else if row.name == "updated" && outer.parent() == Some(Parent::Entry) && !value.is_empty() {
            let count = self.moments.entry(frame.text.clone()).or_default();
            *count += 1;
            if *count > 1 {
                self.tell(place).element(frame.name, parent).say(&atom::DUPLICATE_UPDATED, value);
            }
        } else if row.name == "id" && outer.parent() == Some(Parent::Entry) && !value.is_empty() {
            let count = self.ids.entry(frame.text.clone()).or_default();
            *count += 1;
            if *count > 1 {
                self.tell(place).element(frame.name, parent).say(&atom::DUPLICATE_ENTRIES, value);
            }
        }
    }

    pub(super) fn open_enclosure(&mut self, tag: &Tag<'a>) {
        let url = self
            .reader
            .attributes()
            .iter()
            .find(|found| found.name == "url")
            .map(|found| found.value.clone());
        let Some(outer) = self.frames.last_mut() else { return };
        let name = outer.name;
        let enclosures = &mut outer.more().enclosures;
        enclosures.push(url.unwrap_or_default());
        if enclosures.len() == 2 {
            self.tell(tag.name_at).element(Name::of("enclosure"), name).say(&rss::DUPLICATE_ENCLOSURE, "");
        }
    }

    /// A link of Atom begins: what it says together.
    pub(super) fn open_link(&mut self, tag: &Tag<'a>) {
        let value = |name: &str| {
            self.reader
                .attributes()
                .iter()
                .find(|found| found.name == name)
                .map(|found| (found.value.clone(), found.value_at))
        };
        let or = |name: &str| value(name).map(|(value, _)| value).unwrap_or_default();
        let (rel, href) = (value("rel").map_or("alternate".into(), |(rel, _)| rel), value("href"));
        let (kind, hreflang) = (or("type"), or("hreflang"));
        let outer = self.frames.last().map_or(Name::default(), |frame| frame.name);
        let parent = self.frames.last().and_then(Frame::parent);
        let has_base = self.frames.last().is_some_and(|frame| frame.has_base);
        let self_at = href.as_ref().map_or(tag.at, |(_, at)| *at);
        let target = href.map(|(href, _)| href).unwrap_or_default();
        let name = Name { prefix: if self.facts.format == Format::Rss { "atom" } else { "" }, local: "link" };
        if rel == "self" && matches!(parent, Some(Parent::Feed | Parent::Channel | Parent::Entry)) {
            let whole = parent != Some(Parent::Entry);
            let feedlike = ["application/atom+xml", "application/rss+xml", "application/xml", "text/xml"];
            if !kind.is_empty()
                && self.facts.format == Format::Atom
                && !feedlike.iter().any(|known| kind.starts_with(known))
            {
                self.tell(tag.at).element(name, outer).at_attribute("type").say(&uris::SELF_NOT_ATOM, &kind);
            }
            let is_relative = uri::scheme(&target).is_none();
            if whole && is_relative && !has_base {
                self.tell(self_at)
                    .element(Name::of("href"), Name::default())
                    .say(&uris::RELATIVE_SELF, &target);
            } else if whole && let Some(base) = self.options.base.as_deref() {
                self.judge_location(base, &target, self_at, outer);
            }
        } else if target.is_empty()
            && rel != "self"
            && self.reader.attributes().iter().any(|found| found.name == "href")
        {
            self.tell(self_at)
                .element(name, outer)
                .at_attribute("href")
                .say(&uris::SAME_DOCUMENT_REFERENCE, "");
        }
        let paging = ["first", "last", "next", "previous", "prev", "current", "prev-archive", "next-archive"];
        if parent == Some(Parent::Entry) && paging.contains(&&*rel) && rel != "current" {
            self.tell(tag.at).element(name, Name::default()).say(&history::FEED_HISTORY_REL_IN_ENTRY, &rel);
        }
        self.keep_link(Link { rel, href: target, kind, hreflang }, tag.at, outer);
    }

    /// Remembers a link that differs from those before; an alternate one that does not is one too many.
    fn keep_link(&mut self, link: Link<'a>, at: Span, outer: Name<'a>) {
        let Some(frame) = self.frames.last_mut() else { return };
        let is_judged = matches!(frame.parent(), Some(Parent::Feed | Parent::Entry));
        let more = frame.more();
        if more.link_kinds.insert(link.digest()) {
            more.links.push(link);
        } else if is_judged && link.rel == "alternate" {
            self.tell(at).element(Name::of("link"), outer).say(&atom::DUPLICATE_ATOM_LINK, &link.href);
        }
    }

    /// Compares a self link with where the feed will live; a base that names a folder is compared by its beginning.
    fn judge_location(&mut self, base: &str, target: &str, at: Span, outer: Name<'a>) {
        let same = target == base || (base.ends_with('/') && target.starts_with(base));
        if !same {
            self.tell(at).element(Name::of("href"), outer).say(&uris::SELF_DOESNT_MATCH_LOCATION, target);
        }
    }

    /// An element with children ends.
    pub(super) fn close(&mut self, kind: Parent, frame: &mut Frame<'a>, outer: Name<'a>, end: Span) {
        for (prefix, row) in vocabulary::musts(kind) {
            let (Often::Must(rule) | Often::Some(rule)) = row.often else { continue };
            if !frame.seen.has_row(row) {
                let shown = if *prefix == "atom" && self.facts.format == Format::Atom { "" } else { prefix };
                let element = Name { prefix: shown, local: row.name };
                self.tell(frame.at).element(element, frame.name).say(rule, row.name);
            }
        }
        match kind {
            Parent::Channel => self.close_channel(frame),
            Parent::Item => self.close_item(frame, outer),
            Parent::Feed => self.close_feed(frame, outer),
            Parent::Entry => self.close_entry(frame, outer),
            Parent::SkipDays if frame.more().value_count > 7 => {
                self.tell(end).element(frame.name, Name::default()).say(&rss::EIGHT_DAYS_A_WEEK, "");
            }
            Parent::SkipHours if frame.more().value_count > 24 => {
                self.tell(end)
                    .element(frame.name, Name::default())
                    .say(&rss::NOT_ENOUGH_HOURS_IN_THE_DAY, "");
            }
            Parent::Group => self.close_group(frame),
            Parent::MediaContent => {
                if let Some(outer) = self.frames.last_mut() {
                    outer.more().contents += 1;
                }
            }
            Parent::Source if frame.seen.has("atom:author") => {
                if let Some(entry) = self.frames.last_mut() {
                    entry.more().has_sourced_author = true;
                }
            }
            _ => {}
        }
    }

    fn close_group(&mut self, frame: &mut Frame<'a>) {
        if frame.more().contents < 2 {
            self.tell(frame.at)
                .element(frame.name, Name::default())
                .say(&media::MEDIA_GROUP_WITHOUT_ALTERNATIVES, "");
        }
    }

    fn close_channel(&mut self, frame: &mut Frame<'a>) {
        let (name, at) = (frame.name, frame.at);
        let spoken =
            ["language", "dc:language"].iter().any(|language| frame.seen.has(language)) || frame.has_language;
        if !spoken {
            self.tell(at).element(Name::of("language"), name).say(&texts::MISSING_DC_LANGUAGE, "");
        }
        let twins = if frame.seen.has_extension() { CHANNEL_TWINS } else { &[] };
        for (own, other) in twins {
            if frame.seen.has(own) && frame.seen.has(other) {
                self.tell(at)
                    .element(name, Name::default())
                    .say(&rss::DUPLICATE_SEMANTICS, &format!("{own} and {other}"));
            }
        }
        let has_self = frame.more().links.iter().any(|link| link.rel == "self");
        if self.facts.is_modern && !has_self {
            self.tell(at).element(name, Name::default()).say(&rss::MISSING_ATOM_SELF_LINK, "");
        }
        self.judge_image(frame);
        if frame.more().itunes || frame.seen.has_any("itunes") {
            self.judge_podcast(frame, spoken);
        }
        self.facts.updated = frame.more().entry.updated.map(|(time, _)| time);
    }

    fn judge_image(&mut self, frame: &mut Frame<'a>) {
        let more = std::mem::take(frame.more());
        let image = Name::of("image");
        let title = more.title.as_ref().map_or("", |(title, _)| title.trim());
        let address = more.address.as_ref().map_or("", |(address, _)| address.trim());
        for (found, at) in
            more.image_title.iter().filter(|(found, _)| !title.is_empty() && found.trim() != title)
        {
            self.tell(*at).element(Name::of("title"), image).say(&rss::IMAGE_TITLE_DOESNT_MATCH, found);
        }
        for (found, at) in
            more.image_address.iter().filter(|(found, _)| !address.is_empty() && found.trim() != address)
        {
            self.tell(*at).element(Name::of("link"), image).say(&rss::IMAGE_LINK_DOESNT_MATCH, found);
        }
        *frame.more() = more;
    }

    fn judge_podcast(&mut self, frame: &mut Frame<'a>, spoken: bool) {
        let (name, at) = (frame.name, frame.at);
        if !spoken {
            self.tell(at)
                .element(Name::of("language"), name)
                .say(&itunes::MISSING_ITUNES_ELEMENT, "language");
        }
        for local in ["category", "explicit"] {
            let element = Name { prefix: "itunes", local };
            if !frame.seen.has(&format!("itunes:{local}")) {
                self.tell(at).element(element, name).say(&itunes::MISSING_ITUNES_ELEMENT, local);
            }
        }
        if !frame.seen.has("itunes:owner") {
            let element = Name { prefix: "itunes", local: "email" };
            self.tell(at).element(element, name).say(&itunes::MISSING_ITUNES_EMAIL, "");
        }
        if !self.document.charset.name.starts_with("UTF") {
            let charset = self.document.charset.name;
            self.tell(at).element(name, Name::of("rss")).say(&itunes::NOT_UTF8, charset);
        }
    }

    fn close_item(&mut self, frame: &mut Frame<'a>, outer: Name<'a>) {
        let (name, at) = (frame.name, frame.at);
        let has = |name: &str| frame.seen.has(name);
        let mut found: Vec<(&'static super::rules::Rule, Name<'_>, Name<'_>, String)> = Vec::new();
        if !has("title") && !has("description") && self.facts.is_modern {
            found.push((&rss::ITEM_MUST_CONTAIN_TITLE_OR_DESCRIPTION, name, Name::default(), String::new()));
        }
        if !has("guid") && self.facts.is_modern {
            found.push((&rss::MISSING_GUID, Name::of("guid"), name, String::new()));
        }
        if has("description") && has("content:encoded") && frame.seen.before("content:encoded", "description")
        {
            found.push((&rss::NEED_DESCRIPTION_BEFORE_CONTENT, name, Name::default(), String::new()));
        }
        let twins = if frame.seen.has_extension() { ITEM_TWINS } else { &[] };
        for (own, other) in twins {
            if has(own) && has(other) {
                found.push((
                    &rss::DUPLICATE_ITEM_SEMANTICS,
                    name,
                    Name::default(),
                    format!("{own} and {other}"),
                ));
            }
        }
        let dated = self.frames.last().is_some_and(|channel| channel.seen.has("lastBuildDate"));
        if has("slash:comments") && !dated {
            found.push((&rss::SLASH_DATE, name, Name::default(), String::new()));
        }
        let podcast = frame.seen.has_any("itunes");
        if podcast {
            for url in &frame.more().enclosures {
                let path = url.split(['?', '#']).next().unwrap_or_default();
                let ending = path
                    .rsplit('/')
                    .next()
                    .and_then(|file| file.rsplit_once('.'))
                    .map_or("", |(_, ending)| ending);
                if !ending.is_empty()
                    && !["m4a", "mp3", "mov", "mp4", "m4v", "pdf", "epub"]
                        .iter()
                        .any(|known| known.eq_ignore_ascii_case(ending))
                {
                    found.push((&itunes::UNSUPPORTED_ITUNES_FORMAT, name, outer, ending.to_owned()));
                }
            }
        }
        for (rule, element, parent, detail) in found {
            self.tell(at).element(element, parent).say(rule, &detail);
        }
        if let Some(channel) = self.frames.last_mut() {
            channel.more().itunes |= podcast;
        }
        self.facts.keep(std::mem::take(&mut frame.more().entry));
    }

    fn close_feed(&mut self, frame: &mut Frame<'a>, outer: Name<'a>) {
        let (name, at) = (frame.name, frame.at);
        let links = std::mem::take(&mut frame.more().links);
        let authorless = std::mem::take(&mut frame.more().authorless);
        if !frame.seen.has("atom:author") {
            for at in authorless {
                self.tell(at)
                    .element(Name::of("author"), Name::of("entry"))
                    .say(&structure::MISSING_ELEMENT, "author");
            }
        }
        if !links.iter().any(|link| link.rel == "self") {
            self.tell(at).element(name, outer).say(&atom::MISSING_SELF, "");
        }
        self.judge_history(frame, &links);
        let facts = &self.facts;
        let have_ids = facts.silent == 0 && facts.entries.iter().all(|entry| entry.id.is_some());
        let one = self.ids.len() == 1 && facts.count() > 1 && have_ids;
        if one {
            self.findings.list.retain(|told| told.rule.name != atom::DUPLICATE_ENTRIES.name);
            self.tell(at).element(name, Name::default()).say(&atom::DUPLICATE_IDS, "");
        }
        self.facts.updated = frame.more().entry.updated.map(|(time, _)| time);
    }

    /// RFC 5005.
    fn judge_history(&mut self, frame: &Frame<'a>, links: &[Link<'a>]) {
        let (name, at) = (frame.name, frame.at);
        let href = |rel: &str| links.iter().find(|link| link.rel == rel).map(|link| &*link.href);
        let mut say = |rule, detail: &str| {
            Tell::at(&mut self.findings, at).element(name, Name::default()).say(rule, detail);
        };
        let own = href("self");
        if frame.seen.has("fh:complete") {
            for link in links {
                if matches!(
                    &*link.rel,
                    "first" | "last" | "next" | "previous" | "prev" | "prev-archive" | "next-archive"
                ) {
                    say(&history::FEED_REL_IN_COMPLETE_FEED, &link.rel);
                }
            }
            if href("current").is_some_and(|current| Some(current) != own) {
                say(&history::CURRENT_NOT_SELF_IN_COMPLETE_FEED, "");
            }
        }
        if frame.seen.has("fh:archive") {
            // The oldest archive has none before it; that it is one shows by the next.
            let is_linked = href("prev-archive").or(href("next-archive")).is_some();
            if !is_linked && !frame.seen.has("fh:complete") {
                say(&history::ARCHIVE_INCOMPLETE, "");
            }
            if href("current").is_none() && !frame.seen.has("fh:complete") {
                say(&history::MISSING_CURRENT_IN_ARCHIVE, "");
            }
        }
        for (end, past) in [("first", &["previous", "prev"][..]), ("last", &["next"][..])] {
            let at_end = own.is_some() && href(end) == own;
            if at_end && past.iter().any(|rel| href(rel).is_some()) {
                say(&history::LINK_PAST_END, past.first().copied().unwrap_or_default());
            }
        }
    }

    fn close_entry(&mut self, frame: &mut Frame<'a>, outer: Name<'a>) {
        let (name, at) = (frame.name, frame.at);
        let links = std::mem::take(&mut frame.more().links);
        let has = |name: &str| frame.seen.has(name);
        let mut say =
            |rule, detail: &str| Tell::at(&mut self.findings, at).element(name, outer).say(rule, detail);
        let (content, summary) = (has("atom:content"), has("atom:summary"));
        if !content && !links.iter().any(|link| link.rel == "alternate") {
            say(&atom::MISSING_CONTENT_OR_ALTERNATE, "");
        }
        if !content && !summary {
            say(&atom::MISSING_TEXTUAL_CONTENT, "");
        }
        if frame.more.as_ref().is_some_and(|more| more.needs_summary) && !summary {
            say(&atom::MISSING_SUMMARY, "");
        }
        let sourced = has("atom:source") && frame.more.as_ref().is_some_and(|more| more.has_sourced_author);
        if !has("atom:author") && !sourced {
            match self.frames.last_mut() {
                Some(feed) => feed.more().authorless.push(at),
                None => {
                    self.tell(at)
                        .element(Name::of("author"), name)
                        .say(&structure::MISSING_ELEMENT, "author");
                }
            }
        }
        let mut entry = std::mem::take(&mut frame.more().entry);
        entry.link = links.iter().find(|link| link.rel == "alternate").map(|link| link.href.clone());
        self.facts.keep(entry);
    }
}

fn usual_prefixes() -> impl Iterator<Item = &'static str> {
    vocabulary::prefixes().chain(vocabulary::KNOWN.iter().map(|(_, prefix)| *prefix))
}
