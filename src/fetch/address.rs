//! Which addresses may be connected to, and through which proxy.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::{Proxy, ProxyBuilder, ProxyProtocol};
use url::{Host, Url};

use super::{Error, Proxies};

/// Resolves names, and hands on only the addresses that may be connected to: a name cannot be looked up once for
/// the check and once more for the connection.
#[derive(Debug)]
pub(super) struct Guard {
    /// The address, for words.
    shown: String,
    /// Whether there is no proxy between. Behind one only its own name is looked up, and that is the user's choice.
    is_direct: bool,
    inside: Arc<AtomicBool>,
}

impl Guard {
    /// For one address. `inside` says whether all addresses before it lay in this machine or its network, and learns
    /// whether this one does.
    pub(super) fn new(address: &Url, is_direct: bool, inside: Arc<AtomicBool>) -> Self {
        Self { shown: crate::note::quote(address.as_str(), 100), is_direct, inside }
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.scheme().zip(uri.authority());
        let host = host.and_then(|(scheme, authority)| DefaultResolver::host_and_port(scheme, authority));
        let mut found = look_up(&host.ok_or(ureq::Error::HostNotFound)?, timeout)?;
        if self.is_direct {
            let private = || ureq::Error::Other(Box::new(Error::Private(self.shown.clone())));
            found = allowed(found, &self.inside).ok_or_else(private)?;
        }
        let mut addresses = self.empty();
        // The client tries no more than it has room for.
        found.into_iter().take(16).for_each(|address| addresses.push(address));
        if addresses.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}

/// Looks a name up on a thread of its own, as nothing ends a look-up early; where there may be no thread, on this one.
fn look_up(host: &str, timeout: NextTimeout) -> Result<Vec<SocketAddr>, ureq::Error> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let name = host.to_owned();
    let beside = thread::Builder::new().spawn(move || sender.send(name.to_socket_addrs()));
    let found = match beside {
        Ok(_) => receiver.recv_timeout(*timeout.after).map_err(|_| ureq::Error::Timeout(timeout.reason))?,
        Err(_) => host.to_socket_addrs(),
    };
    found.map(Iterator::collect).map_err(|_| ureq::Error::HostNotFound)
}

/// Those of a host's addresses that may be connected to. A host that has any outside lies outside, and the way from
/// there leads no more inside.
fn allowed(found: Vec<SocketAddr>, inside: &AtomicBool) -> Option<Vec<SocketAddr>> {
    let (private, public): (Vec<_>, Vec<_>) = found.into_iter().partition(|address| is_private(address.ip()));
    if !public.is_empty() {
        inside.store(false, Ordering::Relaxed);
        return Some(public);
    }
    inside.load(Ordering::Relaxed).then_some(private)
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

/// The proxy for an address, if it is not reached without one.
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
    let proxy = builder.build().map_err(|_| wrong())?;
    let is_direct = address.as_str().parse().is_ok_and(|address| proxy.is_no_proxy(&address));
    Ok(Some(proxy).filter(|_| !is_direct))
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
            ("http://0177.0.0.1/", true),
            ("http://127.0.0.1./", true),
            ("http://0/", true),
            ("http://①②⑦.0.0.1/", true),
            ("http://[::ffff:10.0.0.1]/", true),
            ("http://[64:ff9b::7f00:1]/", true),
            ("http://100.64.0.1/", true),
            ("http://127.0.0.1.nip.example/", false),
            ("http://example.nl/", false),
        ] {
            assert_eq!(is_inside(&Url::parse(address).expect("an address")), expected, "{address}");
        }
    }

    #[track_caller]
    fn way(hosts: &[&[&str]], expected: &[Option<usize>]) {
        let inside = AtomicBool::new(true);
        let found = hosts.iter().map(|addresses| {
            let addresses =
                addresses.iter().map(|address| SocketAddr::new(address.parse().expect("an address"), 80));
            let allowed = allowed(addresses.collect(), &inside)?;
            assert!(
                allowed.iter().all(|address| !is_private(address.ip())) || inside.load(Ordering::Relaxed)
            );
            Some(allowed.len())
        });
        assert_eq!(found.collect::<Vec<_>>(), expected, "{hosts:?}");
    }

    #[test]
    fn the_way_outside_leads_no_more_inside() {
        let (inner, outer) = (&["10.0.0.1", "::1"][..], &["93.184.216.34"][..]);
        let mixed =
            &["127.0.0.1", "93.184.216.34", "::ffff:10.0.0.1", "2606:2800:220:1::1", "64:ff9b::a00:1"][..];
        way(&[inner, inner, outer, inner], &[Some(2), Some(2), Some(1), None]);
        // A name that mixes is outside, at the first step too and whatever comes first among its addresses.
        way(&[mixed, inner], &[Some(2), None]);
        way(&[inner, mixed, inner], &[Some(2), Some(2), None]);
        // A name that was outside and is inside the next time.
        way(&[outer, inner, outer], &[Some(1), None, Some(1)]);
    }

    #[test]
    fn a_name_is_looked_up_before_it_is_let_in() {
        let ask = |is_direct, inside| {
            let address = Url::parse("http://localhost/").expect("an address");
            let guard = Guard::new(&address, is_direct, Arc::new(AtomicBool::new(inside)));
            let uri: Uri = "http://localhost/".parse().expect("an address");
            guard.resolve(&uri, &Config::default(), NextTimeout::default())
        };
        assert!(ask(true, true).is_ok());
        // The way to a proxy is the user's own.
        assert!(ask(false, false).is_ok());
        let refused = ask(true, false).expect_err("kept out");
        assert!(
            matches!(refused, ureq::Error::Other(why) if matches!(why.downcast_ref(), Some(Error::Private(_))))
        );
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
