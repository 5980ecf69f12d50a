//! An address to a page's bytes and the moment at which it was made (HTTP, RFC 9110 and 9111). Clock and proxy are
//! arguments; nothing is kept here.

mod address;
mod body;
mod time;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::header::{self, HeaderMap, HeaderName};
use ureq::http::{Response, StatusCode};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::note::Note;
use crate::resolve::Instant;
use address::Guard;

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
    pub notes: Vec<Note>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another status than 200; an error page is no page of news.
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
    /// A compression that was not asked for, or bytes that are none.
    #[error("the answer cannot be decompressed: {0}")]
    Encoding(String),
    /// The proxy's address is none.
    #[error("the proxy \"{0}\" is no address such as http://proxy.example:3128")]
    Proxy(String),
    /// Anything else between here and there.
    #[error("{0}")]
    Connection(String),
}

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
    // Behind a proxy nobody here looks up where a name leads.
    let inside = Arc::new(AtomicBool::new(address::is_inside(address)));
    let mut hop = Hop { address: address.clone(), number: 0, inside };
    hop.address.set_fragment(None);
    loop {
        let passed = (now() - began).to_std().unwrap_or_default();
        let left = settings.limits.total.saturating_sub(passed);
        let response = hop.ask(known, settings, left)?;
        let received = now();
        match response.status().as_u16() {
            200 => return page(&hop.address, response, settings, received),
            304 => return Ok(Answer::NotModified),
            301 | 302 | 303 | 307 | 308 => hop = hop.next(response.headers(), settings)?,
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
    /// Whether the user's own address lies in this machine or its network.
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
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(user_agent(settings))
            .accept("text/html, text/plain;q=0.9, */*;q=0.1")
            .accept_encoding("gzip, br")
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(left.max(Duration::from_millis(1))))
            .proxy(address::proxy(&self.address, &settings.proxies)?)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), self.guard());
        let mut request = agent.get(self.address.as_str());
        if let Some(known) = known.filter(|known| known.address == self.address.as_str()) {
            for (name, value) in [("if-none-match", &known.etag), ("if-modified-since", &known.modified)] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
        }
        request.call().map_err(|error| self.explain(error, limits))
    }

    /// Notes where the user's own address lies, and keeps redirects out of where it does not.
    fn guard(&self) -> Guard {
        let open = self.number == 0 || self.inside.load(Ordering::Relaxed);
        Guard::new(&self.address, open, Arc::clone(&self.inside))
    }

    fn next(self, headers: &HeaderMap, settings: &Settings) -> Result<Self, Error> {
        if self.number == settings.limits.redirects {
            return Err(Error::Redirects(settings.limits.redirects));
        }
        let printed = text(headers, header::LOCATION).unwrap_or_default();
        let target = self.address.join(printed).ok().filter(|_| !printed.is_empty());
        let web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        let Some(mut address) = target.filter(web) else {
            return Err(Error::Scheme(crate::note::quote(printed, 100)));
        };
        address.set_fragment(None);
        if address::is_inside(&address) && !self.inside.load(Ordering::Relaxed) {
            return Err(Error::Private(crate::note::quote(printed, 100)));
        }
        Ok(Self { address, number: self.number + 1, inside: self.inside })
    }

    fn explain(&self, error: ureq::Error, limits: Limits) -> Error {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
                Error::Timeout(limits.connect)
            }
            ureq::Error::Timeout(_) => Error::Timeout(limits.total),
            ureq::Error::Tls(why) => Error::Tls(why.to_owned()),
            ureq::Error::Rustls(why) => Error::Tls(why.to_string()),
            ureq::Error::HostNotFound => Error::Host,
            ureq::Error::Other(why) if why.is::<address::Inside>() => {
                Error::Private(crate::note::quote(self.address.as_str(), 100))
            }
            // Before there is a body, only TLS finds data invalid.
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Error::Tls(error.to_string())
            }
            ureq::Error::Io(error) => body::explain(&error, limits),
            other => Error::Connection(other.to_string()),
        }
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
    let (captured, notes) = time::captured(&head.headers, received);
    let owned = |name| text(&head.headers, name).map(str::to_owned);
    let charset = text(&head.headers, header::CONTENT_TYPE).and_then(body::charset).map(str::to_owned);
    let encoding = text(&head.headers, header::CONTENT_ENCODING).unwrap_or_default();
    let bytes = body::read(body, encoding, settings.limits)?;
    let validators = Validators {
        address: address.to_string(),
        etag: owned(header::ETAG),
        modified: owned(header::LAST_MODIFIED),
    };
    Ok(Answer::Page(Box::new(Page { bytes, charset, captured, validators, notes })))
}

/// A header's value, where it is text.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    std::str::from_utf8(headers.get(name)?.as_bytes()).ok().map(str::trim)
}
