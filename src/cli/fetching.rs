//! Pages from the web: the proxies of the environment, the clock, and what a history knows of an address.

use std::path::Path;

use chrono::{DateTime, Utc};
use url::Url;

use super::{Failure, terminal};
use crate::fetch::{self, Answer, Page, Proxies, Settings};
use crate::history::{History, Said, Source};
use crate::publish::config::web_address;
use crate::resolve::{self, Instant};

/// What came of a request, or why there was none.
pub(super) enum Fetched {
    /// A page.
    Page(Box<Page>),
    /// The page that the history knows already.
    NotModified,
    /// The server asked for rest.
    NotDue(Instant),
}

/// The address that a page on the command line is, if it is one.
pub(super) fn address(page: &Path) -> Option<Result<Url, Failure>> {
    let text = page.to_str()?;
    let (scheme, _) = text.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    is_web.then(|| web_address(text).map_err(|why| Failure::Broken(format!("{text}: {why}"))))
}

/// What the user says of a request.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// Whom the site may turn to.
    pub(super) contact: Option<&'a str>,
    /// The time of capture, which is then not looked for in the answer.
    pub(super) captured_at: Option<Instant>,
}

impl Asked<'_> {
    fn dated(self, mut page: Page) -> Page {
        match self.captured_at {
            Some(at) => page.captured = at,
            None => page.notes.extend(page.clock.take()),
        }
        page
    }
}

/// Fetches a page that no history knows.
pub(super) fn fetch(address: &Url, asked: Asked<'_>) -> Result<Page, Failure> {
    match fetch::get(address, None, &settings(asked.contact), &now) {
        Ok(Answer::Page(page)) => Ok(asked.dated(*page)),
        Ok(Answer::NotModified) => Err(refused(address, &fetch::Error::Unasked.to_string())),
        Err(error) => Err(refused(address, &error.to_string())),
    }
}

/// Fetches a page if it is due and has changed since the history last had it. What the server says of its rest is
/// kept.
pub(super) fn fetch_known(
    address: &Url,
    asked: Asked<'_>,
    history: &mut History,
    broken: &dyn Fn(crate::history::Error) -> Failure,
) -> Result<Fetched, Failure> {
    let known = history.source(address.as_str()).map_err(broken)?;
    if let Some(due) = known.as_ref().and_then(|known| known.due).filter(|due| is_ahead(*due, now())) {
        return Ok(Fetched::NotDue(due));
    }
    let validators = known.as_ref().map(|known| &known.validators);
    match fetch::get(address, validators, &settings(asked.contact), &now) {
        Ok(Answer::Page(page)) => Ok(Fetched::Page(Box::new(asked.dated(*page)))),
        Ok(Answer::NotModified) => Ok(Fetched::NotModified),
        Err(error) => {
            if let fetch::Error::Status { due: Some(due), .. } = error {
                history.rest(address.as_str(), due).map_err(broken)?;
            }
            Err(refused(address, &error.to_string()))
        }
    }
}

/// Whether a server still wants rest. What is further ahead than any rest was noted by a clock that was wrong.
fn is_ahead(due: Instant, now: Instant) -> bool {
    due > now && due - now <= fetch::LONGEST_REST
}

/// What is kept of an address whose page was read.
pub(super) fn source(page: &Page, said: &crate::feed::Source<'_>) -> Source {
    let said = Said {
        section: said.section.map(str::to_owned),
        title: said.title.map(str::to_owned),
        link: said.link.map(Url::to_string),
    };
    Source { validators: page.validators.clone(), due: None, said }
}

/// Says why nothing was fetched.
pub(super) fn tell_rest(address: &Url, due: Instant) {
    let message =
        format!("{}: not fetched; the server asked for rest until {}", shown(address), resolve::rfc3339(due));
    terminal::say("note", terminal::CHOICE, &message);
}

/// An address as it may be told.
pub(super) fn shown(address: &Url) -> String {
    fetch::without_user(address.clone()).to_string()
}

fn refused(address: &Url, why: &str) -> Failure {
    Failure::Refused(format!("{}: {why}", shown(address)))
}

#[expect(clippy::disallowed_methods, reason = "the clock is asked here for a request")]
pub(super) fn now() -> Instant {
    resolve::capture(&DateTime::<Utc>::from(std::time::SystemTime::now()))
}

fn settings(contact: Option<&str>) -> Settings {
    // HTTP_PROXY is not read: a web server hands a request's header Proxy to its programs under that name.
    let proxies = Proxies {
        http: variable(&["http_proxy", "all_proxy", "ALL_PROXY"]),
        https: variable(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
        none: variable(&["no_proxy", "NO_PROXY"]),
    };
    Settings { contact: contact.map(str::to_owned), proxies, ..Settings::default() }
}

#[expect(clippy::disallowed_methods, reason = "the environment names the proxies")]
fn variable(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| std::env::var(name).ok()).filter(|value| !value.is_empty())
}
