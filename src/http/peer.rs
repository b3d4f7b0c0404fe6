//! Which address a request comes from, though proxies may stand between.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use super::origin;
use crate::config::{Network, is_loopback_host};

const FORWARDED: &str = "x-forwarded-for";
/// What proxies put into the requests that they pass on.
const PASSED_ON: &[&str] = &[
    FORWARDED,
    "forwarded",
    "via",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
];
/// The longest chain of proxies that is followed.
const HOPS_MAX: usize = 50;

/// The address at the other end of a request's connection: an extension of the request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The address of the client whose request this is; the envelope has found it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client(pub(super) IpAddr);

impl Client {
    /// The client of a request: the peer, or where that is a trusted proxy, the last address before
    /// it that is none. Whatever stands further left in the header was written by the client, and
    /// is not believed. A request without a peer came over no connection.
    pub(super) fn of(extensions: &Extensions, headers: &HeaderMap, trusted: &[Network]) -> Self {
        let peer = extensions.get::<Peer>().map(|Peer(address)| *address);
        let peer = peer.unwrap_or(Ipv4Addr::UNSPECIFIED.into()).to_canonical();
        let trusts = |address: &IpAddr| trusted.iter().any(|network| network.contains(*address));
        let mut nearest = peer;
        for hop in hops(headers).take(HOPS_MAX) {
            match hop {
                Some(address) if trusts(&nearest) => nearest = address,
                // What a trusted proxy could not name ends the chain, as an untrusted one does.
                _ => break,
            }
        }
        Self(nearest)
    }

    /// What tries are counted by: somebody who has one address of IPv6 has 2^64 of them.
    pub(super) fn counted(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let client = parts.extensions.get::<Self>().copied();
        Ok(client.expect("the envelope surrounds every handler and has put it there"))
    }
}

/// Whether a request comes from this machine itself: its connection, the host that it names, and
/// nothing in it that says that somebody has passed it on.
pub(super) struct FromHere(pub(super) bool);

impl<S: Sync> FromRequestParts<S> for FromHere {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<Peer>();
        let near = peer.is_some_and(|Peer(address)| address.to_canonical().is_loopback());
        let host = origin::host(&parts.uri, &parts.headers);
        let named = host.is_some_and(|host| is_loopback_host(&host));
        let passed_on = PASSED_ON
            .iter()
            .any(|name| parts.headers.contains_key(*name));
        Ok(Self(near && named && !passed_on))
    }
}

/// The addresses in the header from the right, which is from the proxy that is nearest to us;
/// `None` for what is no address.
fn hops(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all(FORWARDED).iter().rev();
    lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',').map(address))
}

/// Reads `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`.
fn address(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    let address = bare.unwrap_or(text).parse::<IpAddr>().ok();
    let with_port = || Some(text.parse::<SocketAddr>().ok()?.ip());
    address.or_else(with_port).map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, lines: &[&str]) -> String {
        let trusted = ["10.0.0.0/8", "fd00::/8"].map(|text| Network::parse(text).unwrap());
        let (mut extensions, mut headers) = (Extensions::new(), HeaderMap::new());
        extensions.insert(Peer(peer.parse().unwrap()));
        for line in lines {
            headers.append(FORWARDED, HeaderValue::from_str(line).unwrap());
        }
        Client::of(&extensions, &headers, &trusted).0.to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        for (peer, lines, expected) in [
            ("192.0.2.1", &[][..], "192.0.2.1"),
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("192.0.2.1", &["10.0.0.1"], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("::ffff:10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["198.51.100.7 ,10.9.9.9"], "198.51.100.7"),
            ("10.0.0.1", &["198.51.100.7", "10.9.9.9"], "198.51.100.7"),
            ("10.0.0.1", &["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
            ("fd00::1", &["2001:db8::5"], "2001:db8::5"),
            ("fd00::1", &["[2001:db8::5]:4711"], "2001:db8::5"),
            ("fd00::1", &["[2001:db8::5]"], "2001:db8::5"),
            ("10.0.0.1", &["198.51.100.7:4711"], "198.51.100.7"),
            ("10.0.0.1", &["::ffff:198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["unknown"], "10.0.0.1"),
            ("10.0.0.1", &[""], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.7, _hidden"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9, evil, 10.2.2.2"], "10.2.2.2"),
        ] {
            assert_eq!(client(peer, lines), expected, "{peer} {lines:?}");
        }
    }

    #[test]
    fn a_chain_of_fifty_proxies_is_followed_and_no_longer_one() {
        let chain = |proxies: usize| {
            let proxies = (0..proxies).rev().map(|n| format!("10.0.1.{n}"));
            let line = ["198.51.100.7".to_owned()].into_iter().chain(proxies);
            client("10.0.0.1", &[&line.collect::<Vec<_>>().join(", ")])
        };
        assert_eq!(chain(49), "198.51.100.7");
        assert_eq!(chain(50), "10.0.1.49");
    }

    #[test]
    fn tries_are_counted_by_what_one_client_has() {
        let counted = |text: &str| Client(text.parse().unwrap()).counted().to_string();
        assert_eq!(counted("192.0.2.1"), "192.0.2.1");
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(counted("2001:db8:1:3::1"), "2001:db8:1:3::");
    }
}
