//! Which addresses may be connected to, and through which proxy.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::{Proxy, ProxyBuilder, ProxyProtocol};
use url::{Host, Url};

use super::{Error, Proxies};

/// A redirect led into the machine or its network.
#[derive(Debug, thiserror::Error)]
#[error("an address inside this machine or its network")]
pub(super) struct Inside;

/// Resolves names, and hands on only the addresses that may be connected to: a name cannot be looked up once for
/// the check and once more for the connection.
#[derive(Debug)]
pub(super) struct Guard {
    resolver: DefaultResolver,
    host: String,
    open: bool,
    inside: Arc<AtomicBool>,
}

impl Guard {
    /// For one address. Where it is `open`, every address is allowed, and `inside` learns whether one was private.
    pub(super) fn new(address: &Url, open: bool, inside: Arc<AtomicBool>) -> Self {
        let host = address.host_str().unwrap_or_default().to_owned();
        Self { resolver: DefaultResolver::default(), host, open, inside }
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        // The proxy's address is the user's choice.
        if uri.host() != Some(&self.host) {
            return Ok(found);
        }
        if self.open {
            if found.iter().any(|address| is_private(address.ip())) {
                self.inside.store(true, Ordering::Relaxed);
            }
            return Ok(found);
        }
        let mut allowed = self.resolver.empty();
        for address in found.iter().filter(|address| !is_private(address.ip())) {
            allowed.push(*address);
        }
        if allowed.is_empty() { Err(ureq::Error::Other(Box::new(Inside))) } else { Ok(allowed) }
    }
}

/// Whether an address says by itself that it is in this machine or its network.
pub(super) fn is_inside(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(address)) => is_private(address.into()),
        Some(Host::Ipv6(address)) => is_private(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => true,
    }
}

/// Whether an address is of no use outside this machine or its network (the special-purpose registries of RFC 6890).
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let v4 = |high: u16, low: u16| is_private_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        // IPv4 written as IPv6: mapped, compatible (which :: and ::1 are too), translated (RFC 7915, RFC 6052), 6to4
        // (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff | 0, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // A network's own translation (RFC 8215), site-local, and what is kept for protocols (RFC 2928).
        [0x64, 0xff9b, 1, ..] | [0xfec0..=0xfeff, ..] | [0x2001, 0..=0x1ff, ..] => true,
        _ => address.is_multicast() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// The proxy for an address.
pub(super) fn proxy(address: &Url, proxies: &Proxies) -> Result<Option<Proxy>, Error> {
    let named = if address.scheme() == "https" { &proxies.https } else { &proxies.http };
    let Some(named) = named.as_deref().map(str::trim).filter(|named| !named.is_empty()) else {
        return Ok(None);
    };
    let wrong = || Error::Proxy(crate::note::quote(&without_credentials(named), 100));
    let whole = if named.contains("://") { named.to_owned() } else { format!("http://{named}") };
    let url = Url::parse(&whole).map_err(|_| wrong())?;
    let protocol = match url.scheme() {
        "http" => ProxyProtocol::Http,
        "https" => ProxyProtocol::Https,
        _ => return Err(wrong()),
    };
    let mut builder = Proxy::builder(protocol)
        .host(url.host_str().ok_or_else(wrong)?)
        .port(url.port_or_known_default().unwrap_or(80));
    if !url.username().is_empty() {
        builder = builder.username(url.username()).password(url.password().unwrap_or_default());
    }
    builder = without(builder, proxies.none.as_deref().unwrap_or_default());
    builder.build().map(Some).map_err(|_| wrong())
}

/// A proxy's address as it may be told.
fn without_credentials(named: &str) -> String {
    let Some((front, host)) = named.rsplit_once('@') else { return named.to_owned() };
    front.split_once("://").map_or_else(|| host.to_owned(), |(scheme, _)| format!("{scheme}://{host}"))
}

fn without(builder: ProxyBuilder, none: &str) -> ProxyBuilder {
    let hosts = none.split(',').map(str::trim).filter(|host| !host.is_empty());
    hosts.fold(builder, |builder, host| match host.strip_prefix('.') {
        Some(domain) => builder.no_proxy(domain).no_proxy(&format!("*.{domain}")),
        None => builder.no_proxy(host),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_dress() {
        for (address, expected) in [
            ("127.0.0.1", true),
            ("10.1.2.3", true),
            ("172.31.0.1", true),
            ("192.168.1.1", true),
            ("169.254.169.254", true),
            ("100.64.0.1", true),
            ("0.0.0.0", true),
            ("::", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("64:ff9b::10.0.0.1", true),
            ("2002:7f00:1::", true),
            ("64:ff9b:1::1", true),
            ("::ffff:0:127.0.0.1", true),
            ("fec0::7", true),
            ("2001:0:1::2", true),
            ("fc00::1", true),
            ("fe80::1", true),
            ("93.184.216.34", false),
            ("::ffff:93.184.216.34", false),
            ("2606:2800:220:1::1", false),
        ] {
            assert_eq!(is_private(address.parse().expect("an address")), expected, "{address}");
        }
    }

    #[test]
    fn an_address_may_say_itself_that_it_is_inside() {
        for (address, expected) in [
            ("http://localhost/", true),
            ("http://a.localhost./", true),
            ("http://[::1]/", true),
            ("http://2130706433/", true),
            ("http://0x7f.1/", true),
            ("http://example.nl/", false),
        ] {
            assert_eq!(is_inside(&Url::parse(address).expect("an address")), expected, "{address}");
        }
    }

    #[test]
    fn a_name_is_looked_up_before_it_is_let_in() {
        let address = Url::parse("http://localhost/").expect("an address");
        let ask = |open| {
            let inside = Arc::default();
            let guard = Guard::new(&address, open, Arc::clone(&inside));
            let uri: Uri = "http://localhost/".parse().expect("an address");
            let found = guard.resolve(&uri, &Config::default(), NextTimeout::default());
            (found.is_ok(), inside.load(Ordering::Relaxed))
        };
        assert_eq!(ask(true), (true, true));
        assert_eq!(ask(false), (false, false));
    }

    #[test]
    fn a_proxy_is_chosen_by_scheme() {
        let proxies = Proxies {
            http: Some("proxy.example:3128".to_owned()),
            https: Some("ftp://x".to_owned()),
            none: None,
        };
        let of = |address: &str| proxy(&Url::parse(address).expect("an address"), &proxies);
        let found = of("http://example.nl/").expect("a proxy").expect("one");
        assert_eq!((found.host(), found.port()), ("proxy.example", 3128));
        assert!(matches!(of("https://example.nl/"), Err(Error::Proxy(_))));
    }

    #[test]
    fn no_password_of_a_proxy_is_told() {
        for named in ["socks5://jan:ge:heim@h:1", "jan:geheim@h:99999", "ftp://jan:geh@eim@h/"] {
            let proxies = Proxies { http: Some(named.to_owned()), ..Proxies::default() };
            let address = Url::parse("http://example.nl/").expect("an address");
            let why = proxy(&address, &proxies).expect_err("no proxy").to_string();
            assert!(!why.contains("jan") && !why.contains("heim") && why.contains('h'), "{why}");
        }
    }
}
