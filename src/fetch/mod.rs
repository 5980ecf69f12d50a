//! An address to a page's bytes and the moment at which it was made (HTTP, RFC 9110 and 9111). Clock and proxy are
//! arguments; nothing is kept here.

mod address;
mod body;
mod chunks;
mod head;
mod time;
mod transport;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::header::{self, HeaderMap, HeaderName};
use ureq::http::{Response, StatusCode};
use ureq::unversioned::transport::{Connector as _, DefaultConnector};
use url::Url;

use crate::note::Note;
use crate::resolve::Instant;
use address::Guard;
use transport::Patience;

pub use time::LONGEST_REST;

/// What a fetch may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until the last byte is there, redirects included.
    pub total: Duration,
    /// The most bytes of a page, as sent and after decompression.
    pub bytes: usize,
    /// The most redirects that are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            bytes: 10 * 1024 * 1024,
            redirects: 5,
        }
    }
}

/// The proxies that the environment names, as `http://host:port`.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// For http addresses.
    pub http: Option<String>,
    /// For https addresses.
    pub https: Option<String>,
    /// Hosts that are reached without one, separated by commas.
    pub none: Option<String>,
}

/// How pages are fetched.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What a fetch may take.
    pub limits: Limits,
    /// Whom the site may turn to: an address or a mail address, named in the user agent.
    pub contact: Option<String>,
    /// The proxies.
    pub proxies: Proxies,
}

/// By what a server knows a page again (RFC 9110 8.8), and the address that said so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// The address that answered, behind all redirects; it alone is asked conditionally.
    pub address: String,
    /// `ETag` as sent.
    pub etag: Option<String>,
    /// `Last-Modified` as sent.
    pub modified: Option<String>,
}

impl Validators {
    /// The address that answered, as it may be told: without what it says of who asks.
    pub fn shown(&self) -> Option<Url> {
        Url::parse(&self.address).ok().map(without_user)
    }
}

/// An address without user name and password: those are for the server alone.
pub fn without_user(mut address: Url) -> Url {
    _ = address.set_username("");
    _ = address.set_password(None);
    address
}

/// What a server answered.
#[derive(Debug)]
pub enum Answer {
    /// A page.
    Page(Box<Page>),
    /// The page that is known already (304).
    NotModified,
}

/// A page as it was sent, its compression undone.
#[derive(Debug)]
pub struct Page {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The charset of its `Content-Type`.
    pub charset: Option<String>,
    /// When it was made: receipt less the time it lay in caches (RFC 9111 4.2.3), whole seconds.
    pub captured: Instant,
    /// What to ask with the next time.
    pub validators: Validators,
    /// What was odd about its time.
    pub clock: Option<Note>,
    /// What else was odd about the answer.
    pub notes: Vec<Note>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another status than 200 and 203; an error page is no page of news.
    #[error("the server answers {status}{}", reason(*status))]
    Status {
        /// The status (RFC 9110 15).
        status: u16,
        /// Before when the server wants no request (`Retry-After`).
        due: Option<Instant>,
    },
    /// The answer took too long.
    #[error("no whole answer within {0:?}; the next run tries again")]
    Timeout(Duration),
    /// No address belongs to the host's name.
    #[error("the host has no address; see whether its name is right and the network is there")]
    Host,
    /// TLS did not come about.
    #[error("no safe connection: {0}")]
    Tls(String),
    /// Too many redirects, or a circle of them.
    #[error("more than {0} redirects; give the address to which they lead, if they lead anywhere")]
    Redirects(usize),
    /// A redirect to what is not fetched.
    #[error("is redirected to \"{0}\", which is no http or https address")]
    Scheme(String),
    /// A redirect to nowhere.
    #[error("the server answers {0}{why} and names no address to go to", why = reason(*.0))]
    Nowhere(u16),
    /// A redirect to an address of so many bytes.
    #[error("is redirected to an address of {0} bytes; those of pages have no more than {LONGEST_ADDRESS}")]
    LongAddress(usize),
    /// The page is the one that is known, and none is.
    #[error("the server answers 304 though it was not asked whether anything changed")]
    Unasked,
    /// A redirect into the machine or its network.
    #[error(
        "is redirected to \"{0}\", an address inside this machine or its network, where a page outside may not lead"
    )]
    Private(String),
    /// More bytes than a page has.
    #[error("the page has more than {0} bytes, which no page of news has")]
    TooLarge(usize),
    /// The answer ended before its end.
    #[error("the answer ends before its end; the next run tries again")]
    Truncated,
    /// An answer that is no HTTP (RFC 9112).
    #[error("the answer cannot be read: {0}")]
    Malformed(String),
    /// A compression that is not known, or bytes that are none.
    #[error("the answer cannot be decompressed: {0}")]
    Encoding(String),
    /// The proxy's address is none.
    #[error("the proxy \"{0}\" is no address such as http://proxy.example:3128")]
    Proxy(String),
    /// Anything else between here and there.
    #[error("{0}")]
    Connection(String),
}

/// The most bytes of an address to which a redirect may lead: it is the base of all that the page names.
const LONGEST_ADDRESS: usize = 8192;

fn reason(status: u16) -> String {
    let known = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    known.map_or_else(String::new, |reason| format!(" ({reason})"))
}

/// Fetches a page. With validators of an earlier fetch a server need not send what did not change. `now` is asked
/// for the time at the start and when the answer has come.
pub fn get(
    address: &Url,
    known: Option<&Validators>,
    settings: &Settings,
    now: &dyn Fn() -> Instant,
) -> Result<Answer, Error> {
    let began = now();
    let mut hop = Hop { address: address.clone(), number: 0, inside: Arc::new(AtomicBool::new(true)) };
    hop.address.set_fragment(None);
    loop {
        let passed = (now() - began).to_std().unwrap_or_default();
        let left = settings.limits.total.saturating_sub(passed);
        let response = hop.ask(known, settings, left)?;
        let received = now();
        match response.status().as_u16() {
            // What a proxy changed on its way (203) is a page too.
            200 | 203 => return page(&hop.address, response, settings, received),
            304 if hop.conditions(known).is_empty() => return Err(Error::Unasked),
            304 => return Ok(Answer::NotModified),
            301 | 302 | 303 | 307 | 308 => hop = hop.next(&response, settings)?,
            status => {
                return Err(Error::Status { status, due: time::due(response.headers(), received) });
            }
        }
    }
}

/// One address on the way to the page.
struct Hop {
    address: Url,
    /// How many redirects led here.
    number: usize,
    /// Whether all addresses so far lie in this machine or its network, the user's own first of all.
    inside: Arc<AtomicBool>,
}

impl Hop {
    fn ask(
        &self,
        known: Option<&Validators>,
        settings: &Settings,
        left: Duration,
    ) -> Result<Response<ureq::Body>, Error> {
        let limits = settings.limits;
        let proxy = address::proxy(&self.address, &settings.proxies)?;
        let through_proxy = proxy.is_some();
        // Behind a proxy nobody here looks up where a name leads.
        if through_proxy && !address::is_inside(&self.address) {
            self.inside.store(false, Ordering::Relaxed);
        }
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Escaped, an address is three times as long.
            .max_response_header_size(4 * head::MOST)
            .user_agent(user_agent(settings))
            .accept("text/html, text/plain;q=0.9, */*;q=0.1")
            .accept_encoding("gzip, br")
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(left.max(Duration::from_millis(1))))
            .proxy(proxy)
            .build();
        let guard = Guard::new(&self.address, !through_proxy, Arc::clone(&self.inside));
        let patience = Patience { through_proxy, most: limits.bytes };
        let agent = Agent::with_parts(config, DefaultConnector::default().chain(patience), guard);
        let request = self
            .conditions(known)
            .into_iter()
            .fold(agent.get(self.address.as_str()), |request, (name, value)| request.header(name, value));
        request.call().map_err(|error| body::explain(error, limits))
    }

    /// What the address is asked with. Only the address that said a validator knows it.
    fn conditions<'a>(&self, known: Option<&'a Validators>) -> Vec<(HeaderName, &'a str)> {
        let Some(known) = known.filter(|known| known.address == self.address.as_str()) else {
            return Vec::new();
        };
        let named = [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.modified)];
        named.into_iter().filter_map(|(name, value)| Some((name, validator(value.as_deref()?)?))).collect()
    }

    fn next(self, response: &Response<ureq::Body>, settings: &Settings) -> Result<Self, Error> {
        if self.number == settings.limits.redirects {
            return Err(Error::Redirects(settings.limits.redirects));
        }
        let printed = text(response.headers(), header::LOCATION).filter(|printed| !printed.is_empty());
        let printed = printed.ok_or_else(|| Error::Nowhere(response.status().as_u16()))?;
        let web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        let Some(mut address) = self.address.join(printed).ok().filter(web) else {
            return Err(Error::Scheme(crate::note::quote(printed, 100)));
        };
        address.set_fragment(None);
        let length = address.as_str().len();
        if length > LONGEST_ADDRESS {
            return Err(Error::LongAddress(length));
        }
        if address::is_inside(&address) && !self.inside.load(Ordering::Relaxed) {
            return Err(Error::Private(crate::note::quote(printed, 100)));
        }
        Ok(Self { address, number: self.number + 1, inside: self.inside })
    }
}

/// `wirefeed/VERSION (+contact)`, with what a header may hold of the contact.
fn user_agent(settings: &Settings) -> String {
    let contact: String =
        settings.contact.iter().flat_map(|text| text.chars()).filter(|c| (' '..='~').contains(c)).collect();
    let version = env!("CARGO_PKG_VERSION");
    if contact.is_empty() {
        format!("wirefeed/{version}")
    } else {
        format!("wirefeed/{version} (+{contact})")
    }
}

fn page(
    address: &Url,
    response: Response<ureq::Body>,
    settings: &Settings,
    received: Instant,
) -> Result<Answer, Error> {
    let (head, body) = response.into_parts();
    let (captured, clock) = time::captured(&head.headers, received);
    let stored = |name| text(&head.headers, name).and_then(validator).map(str::to_owned);
    let charset = text(&head.headers, header::CONTENT_TYPE).and_then(body::charset).map(str::to_owned);
    // The way it was sent is around what was sent.
    let codings =
        [header::CONTENT_ENCODING, header::TRANSFER_ENCODING].map(|name| codings(&head.headers, name));
    let mut notes = passed_over(&head.headers);
    let bytes = body::read(body, &codings.concat(), settings.limits, &mut notes)?;
    let validators = Validators {
        address: address.to_string(),
        etag: stored(header::ETAG),
        modified: stored(header::LAST_MODIFIED),
    };
    Ok(Answer::Page(Box::new(Page { bytes, charset, captured, validators, clock, notes })))
}

/// The most bytes of a validator; with a longer one many servers refuse to be asked.
const LONGEST_VALIDATOR: usize = 1024;

/// A validator that a server can be asked with: `""` is one, nothing is none.
fn validator(printed: &str) -> Option<&str> {
    Some(printed).filter(|printed| !printed.is_empty() && printed.len() <= LONGEST_VALIDATOR)
}

/// What was done to a body, in lower case and in the order in which it was done (RFC 9110 8.4).
fn codings(headers: &HeaderMap, name: HeaderName) -> Vec<String> {
    let values = headers.get_all(name).into_iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let lists: Vec<_> = values.map(|value| value.to_lowercase()).collect();
    let named = lists.iter().flat_map(|list| list.split(',')).map(str::trim);
    named.filter(|coding| !coding.is_empty() && *coding != "identity").map(str::to_owned).collect()
}

fn passed_over(headers: &HeaderMap) -> Vec<Note> {
    let names = headers.get_all(head::PASSED_OVER).into_iter().filter_map(|name| name.to_str().ok());
    let message =
        |name| format!("the server's header {name} holds no value that it may have; it was passed over");
    names.map(|name| Note::general(message(name))).collect()
}

/// A header's value, where it is text.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    std::str::from_utf8(headers.get(name)?.as_bytes()).ok().map(str::trim)
}
