//! Turns away what another site sends: its pages can reach the loopback too.
//!
//! A name that an attacker lets point to 127.0.0.1 stands in `Host`; a page that asks across sites says so in `Origin` or
//! in `Sec-Fetch-Site`. Links from elsewhere are let in: they show the site to its owner, and give nothing away.

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, Request, StatusCode};

/// A refusal: status and what to say.
pub(super) type Refusal = (StatusCode, &'static str);

const FOREIGN: Refusal = (StatusCode::FORBIDDEN, "this server answers to its own pages only");

/// Tells why a request is not answered.
pub(super) fn refusal<B>(request: &Request<B>, port: u16) -> Option<Refusal> {
    let headers = request.headers();
    let Some(host) = only(headers, &HOST) else {
        return Some((StatusCode::BAD_REQUEST, "a request names its host, once"));
    };
    // An address in full, as for a proxy, names a host too, and hyper lets both stand.
    let target = request.uri().authority().map(|authority| authority.as_str());
    if !is_own(host, port) || target.is_some_and(|target| !is_own(target, port)) {
        return Some((StatusCode::FORBIDDEN, "this server answers to 127.0.0.1 and localhost only"));
    }
    if headers.contains_key(ORIGIN) {
        let own = only(headers, &ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        if !own.is_some_and(|origin| is_own(origin, port)) {
            return Some(FOREIGN);
        }
    }
    let field = |name: &'static str| only(headers, &HeaderName::from_static(name));
    let from_elsewhere = field("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let is_opened = field("sec-fetch-mode") == Some("navigate") && field("sec-fetch-dest") == Some("document");
    if from_elsewhere && !(is_opened && request.method() == Method::GET) {
        return Some(FOREIGN);
    }
    None
}

/// Returns the value of a header that stands there once, as text.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// Tells whether `host:port` is one of ours, in the very letters in which a browser writes it.
fn is_own(authority: &str, port: u16) -> bool {
    let port = format!(":{port}");
    let host = match authority.strip_suffix(&port) {
        Some(host) => host,
        // The port that `http` has is left away.
        None if port == ":80" => authority,
        None => return false,
    };
    matches!(host, "127.0.0.1" | "[::1]") || host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(fields: &[(&str, &str)]) -> Option<u16> {
        let start = Request::builder().uri("/");
        let request = fields.iter().fold(start, |request, (name, value)| request.header(*name, *value));
        refusal(&request.body(()).expect("a request"), 4004).map(|(status, _)| status.as_u16())
    }

    #[test]
    fn its_own_names_are_answered() {
        for host in ["127.0.0.1:4004", "localhost:4004", "LOCALHOST:4004", "[::1]:4004"] {
            assert_eq!(status(&[("host", host)]), None, "{host}");
            assert_eq!(status(&[("host", host), ("origin", &format!("http://{host}"))]), None, "{host}");
        }
    }

    #[test]
    fn every_other_name_is_refused() {
        for host in [
            "evil.example",
            "evil.example:4004",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:4005",
            "127.0.0.1:4004.evil.example",
            "127.0.0.1.evil.example:4004",
            "localhost.evil.example:4004",
            "localhost.:4004",
            "user@127.0.0.1:4004",
            "0.0.0.0:4004",
            "127.1:4004",
            "[::]:4004",
            "[::1]",
            "",
            ":4004",
            "127.0.0.1:+4004",
        ] {
            assert_eq!(status(&[("host", host)]), Some(403), "{host}");
        }
        assert_eq!(status(&[]), Some(400));
        assert_eq!(status(&[("host", "127.0.0.1:4004"), ("host", "evil.example")]), Some(400));
    }

    #[test]
    fn every_other_origin_is_refused() {
        let from = |origin: &str| status(&[("host", "127.0.0.1:4004"), ("origin", origin)]);
        for origin in
            ["null", "", "http://evil.example", "https://127.0.0.1:4004", "http://127.0.0.1:4005", "http://127.0.0.1"]
        {
            assert_eq!(from(origin), Some(403), "{origin}");
        }
    }

    #[test]
    fn another_site_may_lead_here_and_take_nothing() {
        let fetch = |site: &str, mode: &str, dest: &str| {
            let host = ("host", "127.0.0.1:4004");
            status(&[host, ("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)])
        };
        assert_eq!(fetch("cross-site", "navigate", "document"), None);
        assert_eq!(fetch("same-origin", "cors", "empty"), None);
        assert_eq!(fetch("none", "navigate", "document"), None);
        assert_eq!(fetch("cross-site", "no-cors", "script"), Some(403));
        assert_eq!(fetch("same-site", "no-cors", "image"), Some(403));
        assert_eq!(fetch("cross-site", "navigate", "iframe"), Some(403));
    }
}
