//! Which hosts are asked: those of the public internet, unless told otherwise.
//!
//! Names are looked up once, here, and the connection goes to what was found and looked at: a name that leads to a public
//! address at the first look and to a private one at the second gains nothing. Every hop of a redirect comes this way.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks names up, and gives out only what may be asked.
#[derive(Debug)]
pub(super) struct Guard {
    /// Tells whether an address may be asked.
    pub(super) lets_through: fn(IpAddr) -> bool,
    pub(super) system: DefaultResolver,
}

/// Why a name led nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nowhere {
    /// There is no such name.
    NoHost,
    /// It could not be looked up for now.
    Lookup,
    /// It leads into a private network.
    Private,
}

impl fmt::Display for Nowhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHost => "there is no such host",
            Self::Lookup => "the name cannot be looked up",
            Self::Private => "the address lies in a private network",
        })
    }
}

impl std::error::Error for Nowhere {}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let nowhere = |why: Nowhere| Error::Other(Box::new(why));
        let found = self.system.resolve(uri, config, timeout).map_err(|error| match error {
            Error::HostNotFound => nowhere(Nowhere::NoHost),
            Error::Io(cause) => nowhere(lookup(&cause.to_string())),
            Error::Timeout(_) => nowhere(Nowhere::Lookup),
            other => other,
        })?;
        let mut public = self.empty();
        for address in found.iter().filter(|address| (self.lets_through)(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(nowhere(Nowhere::Private)) } else { Ok(public) }
    }
}

/// Sorts what the system says of a name. It gives words only, which differ: glibc, musl, Apple, Windows.
fn lookup(words: &str) -> Nowhere {
    let none = ["not known", "No address associated", "does not resolve", "No such host", "No data of the requested"];
    if none.iter().any(|none| words.contains(none)) { Nowhere::NoHost } else { Nowhere::Lookup }
}

/// Tells whether an address is one of the public internet, by the registries of IANA for special purposes.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., ..)             // this network, private, this computer, many at once, reserved
            | (100, 64..=127, _)               // shared by a provider's customers
            | (169, 254, _)                    // this link, and the data of cloud machines
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)                  // protocols, documentation
            | (192, 88, 99)
            | (198, 18 | 19, _)                // measurements
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        // Addresses of the old internet in clothes of the new: mapped, and translated by a provider.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        // Tunnels and protocols, documentation.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_in_every_dress() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "203.0.113.9",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "fec0::1",
        ] {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn public_addresses_are_asked() {
        for address in [
            "93.184.215.14",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "1.1.1.1",
            "223.255.255.1",
            "2606:4700::1",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2001:4860::1",
        ] {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn a_name_that_is_not_there_is_told_from_a_lookup_that_failed() {
        let gone = "failed to lookup address information: Name or service not known";
        assert_eq!(lookup(gone), Nowhere::NoHost);
        assert_eq!(lookup("No such host is known. (os error 11001)"), Nowhere::NoHost);
        assert_eq!(lookup("nodename nor servname provided, or not known"), Nowhere::NoHost);
        assert_eq!(lookup("Temporary failure in name resolution"), Nowhere::Lookup);
    }
}
