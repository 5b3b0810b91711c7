//! One request, by ureq: its answer's first lines, or what went wrong. The body is never read.

use std::io::{self, ErrorKind};
use std::net::IpAddr;

use ureq::http::{HeaderMap, Response};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error};
use url::Url;

use super::guard::{Guard, Nowhere, is_public};
use super::{Answer, Death, Fault, Options};

/// What the program calls itself, so that who runs a host knows who asks.
const NAME: &str = concat!("dateline/", env!("CARGO_PKG_VERSION"), " (checks the links of a site)");
/// As browsers have it: some hosts turn away who takes anything.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8";
/// The bytes that the first lines of an answer may take.
const LARGEST_HEAD: usize = 64 * 1024;
/// What guards against programs call themselves in `Server`.
const GUARDS: [&str; 6] = ["cloudflare", "akamai", "ddos-guard", "sucuri", "imperva", "datadome"];

/// A client that keeps no connections and no cookies, follows nothing, and goes around no proxy: the guard must see the
/// address that is connected to.
#[derive(Debug)]
pub(super) struct Wire {
    agent: Agent,
}

/// How to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// For the first lines only.
    Head,
    /// For all of it, which hosts that refuse the other are asked for.
    Get,
}

/// The first lines of an answer, as far as they matter.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<String>,
    /// Whether a guard against programs answered.
    pub(super) wall: bool,
}

impl Wire {
    pub(super) fn new(options: &Options) -> Self {
        Self::guarded(options, if options.allow_private { |_| true } else { is_public })
    }

    /// Makes one that asks only addresses that are let through.
    pub(super) fn guarded(options: &Options, lets_through: fn(IpAddr) -> bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .max_response_header_size(LARGEST_HEAD)
            .timeout_global(Some(options.patience))
            .proxy(None)
            .user_agent(NAME)
            .accept(ACCEPT)
            .build();
        let guard = Guard { lets_through, system: DefaultResolver::default() };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), guard) }
    }

    /// Asks once.
    ///
    /// # Errors
    ///
    /// With what to answer where no status came.
    pub(super) fn ask(&self, url: &Url, method: Method) -> Result<Reply, Answer> {
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        request.call().map(|response| reply(&response)).map_err(|error| trouble(&error))
    }
}

fn reply(response: &Response<Body>) -> Reply {
    let status = response.status().as_u16();
    let headers = response.headers();
    let text = |name: &str| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Reply { status, location: text("location"), retry_after: text("retry-after"), wall: is_wall(status, headers) }
}

fn is_wall(status: u16, headers: &HeaderMap) -> bool {
    let server = headers.get("server").and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let guarded = GUARDS.iter().any(|guard| server.contains(guard));
    headers.contains_key("cf-mitigated") || (matches!(status, 403 | 503) && guarded)
}

/// Sorts what went wrong before a status came.
fn trouble(error: &Error) -> Answer {
    match error {
        Error::Timeout(_) => Answer::Slow,
        Error::Io(cause) => broken(cause),
        Error::Rustls(cause) => Answer::Unclear(Fault::Insecure(insecure(&cause.to_string()))),
        Error::Tls(cause) => Answer::Unclear(Fault::Insecure(insecure(cause))),
        Error::ConnectionFailed => Answer::Unclear(Fault::Refused),
        Error::Other(cause) => match cause.downcast_ref::<Nowhere>() {
            Some(Nowhere::NoHost) => Answer::Dead(Death::NoHost),
            Some(Nowhere::Lookup) => Answer::Unclear(Fault::Lookup),
            Some(Nowhere::Private) => Answer::Unclear(Fault::Private),
            None => Answer::Unclear(Fault::Garbage),
        },
        _ => Answer::Unclear(Fault::Garbage),
    }
}

fn broken(cause: &io::Error) -> Answer {
    // Under TLS, the client's own failures come wrapped.
    if let Some(inner) = cause.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        return trouble(inner);
    }
    Answer::Unclear(match cause.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => return Answer::Slow,
        ErrorKind::ConnectionRefused => Fault::Refused,
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => Fault::Unreachable,
        ErrorKind::InvalidData => Fault::Insecure(insecure(&cause.to_string())),
        _ => Fault::Broken,
    })
}

/// Words a failure of TLS for people. It comes as words of the library that knows of it.
fn insecure(words: &str) -> String {
    let known = [
        ("Expired", "its certificate has expired"),
        ("NotValidYet", "its certificate is not valid yet"),
        ("NotValidForName", "its certificate is for another host"),
        ("UnknownIssuer", "nobody known has issued its certificate, or it leaves out those in between"),
        ("Revoked", "its certificate was revoked"),
        ("InvalidContentType", "it does not speak TLS there"),
        ("HandshakeFailure", "it only speaks a TLS that is no longer safe"),
        ("ProtocolVersion", "it only speaks a TLS that is no longer safe"),
    ];
    let plain = known.iter().find(|(word, _)| words.contains(word)).map(|(_, plain)| *plain);
    plain.unwrap_or("its certificate or its TLS is not in order").to_owned()
}

#[cfg(test)]
mod tests {
    use super::insecure;

    #[test]
    fn a_fault_of_a_certificate_is_said_plainly() {
        let words = "invalid peer certificate: certificate expired: verification time 1 (UNIX), Expired";
        assert_eq!(insecure(words), "its certificate has expired");
        assert_eq!(insecure("something new"), "its certificate or its TLS is not in order");
    }
}
