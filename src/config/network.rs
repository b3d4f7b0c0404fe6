//! Networks of addresses, as proxies are named by.

use std::net::IpAddr;

use super::reader::Section;

/// An address, or all that begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    /// How many bits count.
    bits: u8,
}

impl Network {
    /// Reads `10.1.2.3`, `10.0.0.0/8` or `fd00::/8`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().ok()?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { first, bits })
    }

    /// Whether the address is in it. An IPv4 address in IPv6's clothes is the IPv4 address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(other)) => {
                let differs = u32::from(first) ^ u32::from(other);
                differs.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V6(first), IpAddr::V6(other)) => {
                let differs = u128::from(first) ^ u128::from(other);
                differs.leading_zeros() >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}

/// A host as addresses have it, without its port.
#[must_use]
pub fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a host, with or without a port, is this machine itself, so that the way to it leads over
/// no network.
#[must_use]
pub fn is_loopback_host(host: &str) -> bool {
    let name = without_port(host);
    let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']'));
    let ip = bare.unwrap_or(name).parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

/// The setting `trusted_proxies`.
pub(super) fn networks(s: &mut Section<'_>) -> Vec<Network> {
    let texts = s.list("trusted_proxies");
    let mut networks = Vec::with_capacity(texts.len());
    for text in texts {
        match Network::parse(&text) {
            Some(network) => networks.push(network),
            None => s.fault(
                "trusted_proxies",
                format!("{text:?} is no address or network"),
                "write addresses such as 10.1.2.3 or networks such as 10.0.0.0/8",
            ),
        }
    }
    networks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_the_addresses_that_begin_like_it() {
        let has = |network: &str, address: &str| {
            let network = Network::parse(network).unwrap();
            network.contains(address.parse().unwrap())
        };
        assert!(has("10.0.0.0/8", "10.255.1.2"));
        assert!(!has("10.0.0.0/8", "11.0.0.0"));
        assert!(has("10.1.2.3", "10.1.2.3"));
        assert!(has("10.1.2.3", "::ffff:10.1.2.3"));
        assert!(!has("10.1.2.3", "10.1.2.2"));
        assert!(has("fd00::/8", "fdff::1"));
        assert!(!has("fd00::/8", "fe00::1"));
        assert!(has("0.0.0.0/0", "1.2.3.4"));
        assert!(!has("0.0.0.0/0", "::1"));
    }

    #[test]
    fn this_machine_has_few_names() {
        for host in [
            "localhost",
            "LOCALHOST:3000",
            "127.0.0.1",
            "127.8.9.1:1",
            "[::1]",
            "[::1]:3000",
        ] {
            assert!(is_loopback_host(host), "{host}");
        }
        for host in [
            "",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "128.0.0.1",
            "0.0.0.0",
            "[::2]:3000",
            "x:localhost",
        ] {
            assert!(!is_loopback_host(host), "{host}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in [
            "",
            "10.0.0.0/33",
            "::/129",
            "10.0.0",
            "a/8",
            "10.0.0.0/",
            "10.0.0.0/-1",
        ] {
            assert_eq!(Network::parse(text), None, "{text:?}");
        }
    }
}
