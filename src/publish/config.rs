//! `wirefeed.toml`: what is published, and how. What stands at its top holds for every `[[feed]]`; without one, it is
//! the only feed.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use url::Url;

use super::folder::{beside, place};
use super::host::{HOSTS, Host};
use super::{LANGUAGES, Language, Site};
use crate::content::Amount;
use crate::feed::{Channel, Selection};
use crate::fetch::without_user;
use crate::history::{Kind, Said};
use crate::settings;

/// The history's file, where nothing else is said.
const HISTORY: &str = "wirefeed.db";

/// The feeds hold so many entries, where nothing else is said.
const LIMIT: usize = 200;

/// A place, agency or section has feeds from so many entries on, where nothing else is said.
const AT_LEAST: usize = 3;

/// Another run is waited for so many seconds, where nothing else is said.
const WAIT: u32 = 60;

/// The keys of a feed. Those left out are taken from the top of the file, else the defaults.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Keys {
    /// The page's address.
    #[serde(deserialize_with = "address")]
    pub source: Option<Url>,
    /// The address at which the folder is served.
    #[serde(deserialize_with = "address")]
    pub url: Option<Url>,
    /// The folder.
    pub to: Option<PathBuf>,
    /// The folder of manifest and drafts.
    pub state: Option<PathBuf>,
    /// The history's file.
    pub history: Option<PathBuf>,
    /// The feeds' title.
    pub title: Option<String>,
    /// The feeds' subtitle.
    pub subtitle: Option<String>,
    /// The author of entries without an agency.
    pub author: Option<String>,
    /// The language of the pages.
    #[serde(deserialize_with = "language")]
    pub language: Option<Language>,
    /// Whom the site may turn to.
    pub contact: Option<String>,
    /// How much of each text is published.
    #[serde(deserialize_with = "content")]
    pub content: Option<Amount>,
    /// The most entries of a feed.
    pub limit: Option<NonZeroUsize>,
    /// With the lead article.
    pub lead: Option<bool>,
    /// With the lines of the ticker.
    pub ticker: Option<bool>,
    /// Only entries from these places.
    pub only_places: Option<Vec<String>>,
    /// Only entries of these agencies.
    pub only_agencies: Option<Vec<String>>,
    /// For what there are feeds of their own.
    #[serde(deserialize_with = "kinds")]
    pub feeds_by: Option<Vec<Kind>>,
    /// From how many entries on.
    pub at_least: Option<NonZeroUsize>,
    /// `.gz` and `.br` beside each file.
    pub compress: Option<bool>,
    /// The hosts whose files are written.
    #[serde(deserialize_with = "hosts")]
    pub hosts: Option<Vec<&'static Host>>,
    /// Search engines may list the pages.
    pub index: Option<bool>,
    /// A folder with templates.
    pub templates: Option<PathBuf>,
    /// So many seconds another run in the same folder is waited for.
    pub wait: Option<u32>,
    /// The feeds.
    pub(crate) feed: Vec<Self>,
    /// What belongs to `wirefeed validate`.
    pub(crate) validate: Option<IgnoredAny>,
}

/// What one feed takes: where its news is kept, and the site.
#[derive(Debug, Clone)]
pub struct Task {
    /// The page's address; none where only what the history holds is published.
    pub source: Option<Url>,
    /// The history's file.
    pub history: PathBuf,
    /// Whom the site may turn to.
    pub contact: Option<String>,
    /// What is published.
    pub site: Site,
}

/// The names of the kinds of feeds, as `feeds-by` has them.
pub const KINDS: &[(&str, Kind)] =
    &[("section", Kind::Section), ("place", Kind::Place), ("agency", Kind::Agency)];

/// The names of the amounts, as `content` has them.
pub const AMOUNTS: &[(&str, Amount)] =
    &[("full", Amount::Full), ("excerpt", Amount::Excerpt), ("title", Amount::Title)];

/// Reads a `wirefeed.toml`: the keys of each feed, with paths that are relative to it. The error begins with its name.
pub fn read(bytes: &[u8], file: &Path) -> Result<Vec<Keys>, String> {
    let base = file.parent().unwrap_or(Path::new(""));
    let mut top: Keys = settings::parse(file, bytes)?;
    top.history.get_or_insert_with(|| PathBuf::from(HISTORY));
    let feeds = std::mem::take(&mut top.feed);
    if feeds.iter().any(|feed| !feed.feed.is_empty()) {
        let file = file.display();
        return Err(format!("{file}: a [[feed]] stands inside another one; expected them side by side"));
    }
    let merged =
        if feeds.is_empty() { vec![top] } else { feeds.into_iter().map(|feed| feed.over(&top)).collect() };
    Ok(merged.into_iter().map(|keys| keys.relative_to(base)).collect())
}

impl Keys {
    /// These keys, and of those left out the ones of `base`.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        macro_rules! or {
            ($($key:ident),*) => {
                Self { $($key: self.$key.or_else(|| base.$key.clone()),)* feed: Vec::new(), validate: None }
            };
        }
        or!(
            source,
            url,
            to,
            state,
            history,
            title,
            subtitle,
            author,
            language,
            contact,
            content,
            limit,
            lead,
            ticker,
            only_places,
            only_agencies,
            feeds_by,
            at_least,
            compress,
            hosts,
            index,
            templates,
            wait
        )
    }

    fn relative_to(mut self, base: &Path) -> Self {
        for path in
            [&mut self.to, &mut self.state, &mut self.history, &mut self.templates].into_iter().flatten()
        {
            *path = base.join(&*path);
        }
        self
    }

    /// What is to be done; says which key is missing, or empty.
    pub fn task(self) -> Result<Task, String> {
        let missing = |key: &str, example: &str| {
            format!("no \"{key}\" is given; expected --{key} or, in wirefeed.toml, {key} = \"{example}\"")
        };
        let folder =
            self.to.filter(|to| !to.as_os_str().is_empty()).ok_or_else(|| missing("to", "public"))?;
        let mut url = self.url.ok_or_else(|| missing("url", "https://example.org/nieuws/"))?;
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        url.set_query(None);
        let site = Site {
            folder,
            state: self.state,
            url,
            source: self.source.clone().map(without_user),
            said: Said::default(),
            channel: Channel {
                title: self.title,
                subtitle: self.subtitle,
                self_url: None,
                language: None,
                author: self.author,
            },
            selection: Selection {
                places: self.only_places.unwrap_or_default(),
                agencies: self.only_agencies.unwrap_or_default(),
                no_lead: !self.lead.unwrap_or(true),
                ticker: self.ticker.unwrap_or(false),
                limit: Some(self.limit.map_or(LIMIT, NonZeroUsize::get)),
            },
            amount: self.content.unwrap_or_default(),
            kinds: self.feeds_by.unwrap_or_else(|| KINDS.iter().map(|(_, kind)| *kind).collect()),
            at_least: self.at_least.map_or(AT_LEAST, NonZeroUsize::get),
            compress: self.compress.unwrap_or(false),
            hosts: self.hosts.unwrap_or_default(),
            index: self.index.unwrap_or(false),
            language: self.language.unwrap_or_default(),
            templates: self.templates,
            force: false,
            wait: Duration::from_secs(self.wait.unwrap_or(WAIT).into()),
        };
        let history = self.history.unwrap_or_else(|| PathBuf::from(HISTORY));
        Ok(Task { source: self.source, history, contact: self.contact, site })
    }
}

/// The folders of a feed, with their keys.
fn folders(task: &Task) -> Vec<(&'static str, PathBuf)> {
    let to = place(&task.site.folder);
    let state = task.site.state.as_deref().map(place).or_else(|| beside(&to));
    [("to", Some(to)), ("state", state)].into_iter().filter_map(|(key, path)| Some((key, path?))).collect()
}

/// Says where two feeds would write over each other, or pass for each other, and where a file that is nobody else's
/// would be served.
pub fn told_apart(tasks: &[Task]) -> Result<(), String> {
    let all: Vec<_> = tasks.iter().flat_map(folders).collect();
    for task in tasks {
        let history = place(&task.history);
        if let Some((key, folder)) = all.iter().find(|(_, folder)| history.starts_with(folder)) {
            let (history, folder) = (task.history.display(), folder.display());
            return Err(format!(
                "{history}: the history stands in {folder}, which \"{key}\" names; name a file outside it with --history or, in wirefeed.toml, \"history\""
            ));
        }
        if let [(_, to), (_, state)] = folders(task).as_slice()
            && (state.starts_with(to) || to.starts_with(state))
        {
            let (to, state) = (to.display(), state.display());
            return Err(format!(
                "{state}: the state stands in the served folder {to}, or holds it; name another one with --state or, in wirefeed.toml, \"state\""
            ));
        }
    }
    let mut seen: Vec<(usize, &str, PathBuf)> = Vec::new();
    let mut urls = HashMap::new();
    for (number, task) in (1..).zip(tasks) {
        let url = &task.site.url;
        if let Some(other) = urls.insert(url, number) {
            return Err(format!(
                "[[feed]] {other} and {number} have the same \"url\", {url}; expected one each"
            ));
        }
        let own = folders(task);
        for (key, path) in &own {
            let is_in =
                |(_, _, other): &&(usize, &str, PathBuf)| path.starts_with(other) || other.starts_with(path);
            if let Some((other, its, _)) = seen.iter().find(is_in) {
                let path = path.display();
                return Err(format!(
                    "\"{its}\" of [[feed]] {other} and \"{key}\" of [[feed]] {number} lead to one place, {path}; expected folders apart"
                ));
            }
        }
        seen.extend(own.into_iter().map(|(key, path)| (number, key, path)));
    }
    Ok(())
}

/// An address on the web, as a user writes it.
pub fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|error| format!("{error}; expected an address such as https://example.nl/nieuws"))?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    web.then_some(url).ok_or_else(|| "expected an address that begins with http:// or https://".to_owned())
}

/// The row of a table with this name; else says which there are.
fn named<T: Copy>(rows: &[(&str, T)], name: &str) -> Result<T, String> {
    let found = rows.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<_> = rows.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        format!("\"{}\" is not known; expected one of {}", crate::note::quote(name, 40), names.join(", "))
    })
}

fn address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    web_address(&String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

fn language<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Language>, D::Error> {
    named(LANGUAGES, &String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

fn content<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Amount>, D::Error> {
    named(AMOUNTS, &String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

fn kinds<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Kind>>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    let kinds = names.iter().map(|name| named(KINDS, name)).collect::<Result<_, _>>();
    kinds.map(Some).map_err(D::Error::custom)
}

fn hosts<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<&'static Host>>, D::Error> {
    let rows: Vec<_> = HOSTS.iter().map(|host| (host.name, host)).collect();
    let names = Vec::<String>::deserialize(from)?;
    let hosts = names.iter().map(|name| named(&rows, name)).collect::<Result<_, _>>();
    hosts.map(Some).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_init_writes_is_one_feed() {
        let keys = read(include_bytes!("../../templates/wirefeed.toml"), Path::new("/srv/wirefeed.toml"))
            .expect("a file");
        let task = keys.into_iter().next().expect("a feed").task().expect("a task");
        assert_eq!(task.site.folder, Path::new("/srv/public"));
        assert_eq!(task.site.url.as_str(), "https://example.org/nieuws/");
    }

    #[test]
    fn every_line_of_that_file_that_is_off_can_be_switched_on() {
        let text = include_str!("../../templates/wirefeed.toml");
        let on: Vec<_> = text.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line)).collect();
        let keys = read(on.join("\n").as_bytes(), Path::new("")).expect("a file");
        assert_eq!(keys.len(), 2);
    }

    #[test]
    fn what_stands_at_the_top_holds_for_every_feed() {
        let text = "url = \"https://example.org/a\"\nlimit = 9\n[validate]\nlevel = \"strict\"\n
            [[feed]]\nto = \"a\"\n[[feed]]\nto = \"b\"\nlimit = 3\n";
        let feeds = read(text.as_bytes(), Path::new("")).expect("a file");
        let tasks: Vec<_> = feeds.into_iter().map(|keys| keys.task().expect("a task")).collect();
        assert_eq!(tasks[0].site.selection.limit, Some(9));
        assert_eq!(tasks[1].site.selection.limit, Some(3));
        assert_eq!(tasks[1].site.url.as_str(), "https://example.org/a/");
    }

    #[test]
    fn faults_are_told_with_their_line() {
        for (text, expected) in [
            ("to = \"a\"\nurl = \"ftp://x\"", "2:7: expected an address"),
            ("limit = 0", "expected a whole number from 1 on"),
            ("hosts = [\"geocities\"]", "\"github-pages\""),
            ("tilte = \"x\"", "1:1: unknown key \"tilte\"; did you mean \"title\"?"),
            ("content = \"all\"", "expected one of \"full\", \"excerpt\", \"title\""),
        ] {
            let why = read(text.as_bytes(), Path::new("")).expect_err(text);
            assert!(why.contains(expected), "{why}");
        }
        let why = read(b"", Path::new("")).expect("empty").remove(0).task().expect_err("no folder");
        assert!(why.contains("--to"), "{why}");
    }
}
