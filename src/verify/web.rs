//! A copy on the web. What was added to it cannot be known: the web tells what is at an address, not which addresses there
//! are.
//!
//! Only the host that was named is asked, at its port: it may send on to other addresses of its own, and from `http` to
//! `https`, but not to another host, which could be one of a private network. What it sends is bounded for each file and for
//! all of them; a host that does not answer any more is left.

use std::io::{self, Read};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body};
use url::Url;

use crate::error::Error;

use super::{Found, Progress, Report, SUMS, hash, list};

/// How many files are asked for at a time: a host of static files does not notice.
const AT_A_TIME: usize = 4;
/// What a file may have.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// What all files may have together.
const MOST: u64 = 8 * 1024 * 1024 * 1024;
/// How often the host may send on.
const MOST_HOPS: usize = 5;
/// How many requests one after the other may come to nothing.
const MOST_SILENT: usize = 20;
/// What hosts read for themselves; most of them do not serve it.
const FOR_HOSTS: [&str; 2] = ["_headers", ".nojekyll"];

/// Holds a copy on the web against the list that lies there.
///
/// `address` is the copy's root, or any page directly in it.
///
/// # Errors
///
/// When the list cannot be had, or is none, and when the host does not answer any more.
pub fn web(address: &str, progress: Progress<'_>) -> Result<Report, Error> {
    let root = root(address);
    let agent = agent();
    let list = match get(&agent, &format!("{root}{SUMS}")) {
        Ok(mut response) => response
            .body_mut()
            .with_config()
            .limit(list::LONGEST)
            .read_to_string()
            .map_err(|error| Error::refused(format!("cannot read `{root}{SUMS}`: {error}")))?,
        Err(why) => {
            let help = match why {
                Failure::Elsewhere(_) => {
                    "only the host that you name is asked: if the copy lies there, name that address"
                }
                _ => "name the address of the site's front page; a build by this program puts the list beside it",
            };
            return Err(Error::refused(format!("cannot read `{root}{SUMS}`: {}", why.text())).with_help(help));
        }
    };
    let list = list::read(&list)?;
    let (passed_over, asked): (Vec<_>, Vec<_>) = list.iter().partition(|(path, _)| FOR_HOSTS.contains(&path.as_str()));
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let patience = Patience { left: AtomicU64::new(MOST), silent: AtomicUsize::new(0) };
    let results = Mutex::new(Vec::with_capacity(asked.len()));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some((path, sum)) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = held(&agent, &format!("{root}{}", encoded(path)), sum, &patience);
                    if patience.end().is_some() {
                        break;
                    }
                    results.lock().expect("no thread panics while it holds the lock").push((*path, found));
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, asked.len());
                }
            });
        }
    });
    if let Some(why) = patience.end() {
        return Err(Error::refused(format!("`{root}` is not asked any further: {why}"))
            .with_help("look at the network and the address, and run the command again"));
    }
    let mut results = results.into_inner().expect("no thread panics while it holds the lock");
    results.sort_by_key(|(path, _)| *path);
    let mut report = Report::default();
    results.into_iter().for_each(|(path, found)| report.take(path, found));
    report.passed_over = passed_over.into_iter().map(|(path, _)| path.clone()).collect();
    Ok(report)
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .max_redirects(0)
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_global(Some(Duration::from_secs(120)))
        .http_status_as_error(false)
        .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
        .build();
    config.into()
}

/// What is left for a host to cost.
struct Patience {
    /// How many bytes more it may send.
    left: AtomicU64,
    /// How many of the last requests came to nothing.
    silent: AtomicUsize,
}

impl Patience {
    /// Tells why the host is to be left, where it is.
    fn end(&self) -> Option<&'static str> {
        if self.left.load(Ordering::Relaxed) == 0 {
            Some("it sends more than any site holds")
        } else if self.silent.load(Ordering::Relaxed) >= MOST_SILENT {
            Some("it does not answer any more")
        } else {
            None
        }
    }

    fn heard(&self, something: bool) {
        if something {
            self.silent.store(0, Ordering::Relaxed);
        } else {
            self.silent.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// A file as it comes, which takes from what all may have together.
struct Counted<'p, R> {
    file: R,
    left: &'p AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let take = |left: u64| left.checked_sub(count as u64);
        match self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
            Ok(_) => Ok(count),
            Err(_) => {
                self.left.store(0, Ordering::Relaxed);
                Err(io::Error::other("the copy is larger than any site"))
            }
        }
    }
}

enum Failure {
    Gone,
    Status(u16),
    /// It leads to another host or port.
    Elsewhere(String),
    Other(String),
}

impl Failure {
    fn text(&self) -> String {
        match self {
            Self::Gone => "it is not there".to_owned(),
            Self::Status(status) => format!("the host answers with {status}"),
            Self::Elsewhere(origin) => format!("it leads to another host, `{origin}`, which is not asked"),
            Self::Other(why) => why.clone(),
        }
    }
}

/// Asks for an address, and for those that its host sends on to.
fn get(agent: &Agent, address: &str) -> Result<Response<Body>, Failure> {
    let mut at = Url::parse(address).map_err(|_| Failure::Other("it is not an address of the web".to_owned()))?;
    for _ in 0..=MOST_HOPS {
        let response = agent.get(at.as_str()).call().map_err(|error| Failure::Other(error.to_string()))?;
        match response.status().as_u16() {
            200 => return Ok(response),
            301 | 302 | 303 | 307 | 308 => at = next(&at, &response)?,
            404 | 410 => return Err(Failure::Gone),
            status => return Err(Failure::Status(status)),
        }
    }
    Err(Failure::Other(format!("it leads on more than {MOST_HOPS} times")))
}

/// Finds where an answer leads on to.
fn next(from: &Url, response: &Response<Body>) -> Result<Url, Failure> {
    let location = response.headers().get("location").and_then(|to| to.to_str().ok());
    let to = location.and_then(|to| from.join(to).ok()).filter(|to| matches!(to.scheme(), "http" | "https"));
    match to {
        Some(to) if is_same_host(from, &to) => Ok(to),
        Some(to) => Err(Failure::Elsewhere(to.origin().ascii_serialization())),
        None => Err(Failure::Other("it leads on to no address of the web".to_owned())),
    }
}

/// Tells whether an address leads to the host and port of another one. Who asks for `http` may be given `https`.
fn is_same_host(from: &Url, to: &Url) -> bool {
    let same_port = from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default();
    let is_safer = from.scheme() == "http" && to.scheme() == "https" && from.port().or(to.port()).is_none();
    from.host() == to.host() && (same_port || is_safer)
}

fn held(agent: &Agent, address: &str, sum: &str, patience: &Patience) -> Found {
    let found = get(agent, address).and_then(|mut response| {
        let file = response.body_mut().with_config().limit(LARGEST).reader();
        hash(Counted { file, left: &patience.left }, LARGEST).map_err(|error| Failure::Other(error.to_string()))
    });
    patience.heard(!matches!(found, Err(Failure::Other(_))));
    match found {
        Ok(found) if found == sum => Found::Same,
        Ok(_) => Found::Changed,
        Err(Failure::Gone) => Found::Missing,
        Err(why) => Found::Unread(why.text()),
    }
}

/// Returns the address of the folder that an address leads to.
fn root(address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let host = address.find("://").map_or(0, |at| at + 3);
    match address[host..].rfind('/') {
        Some(at) if address.ends_with(".html") => address[..=host + at].to_owned(),
        _ if address.ends_with('/') => address.to_owned(),
        _ => format!("{address}/"),
    }
}

/// Writes a path as a part of an address (RFC 3986).
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let letters =
        path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::sync::atomic::AtomicU64;

    use url::Url;

    use super::{Counted, encoded, is_same_host, root};

    #[test]
    fn the_root_is_the_folder_of_what_is_named() {
        assert_eq!(root("https://a.example"), "https://a.example/");
        assert_eq!(root("https://a.example/b"), "https://a.example/b/");
        assert_eq!(root("https://a.example/b/index.html#c"), "https://a.example/b/");
    }

    #[test]
    fn only_the_host_that_was_named_is_asked() {
        let is_same = |from: &str, to: &str| {
            is_same_host(&Url::parse(from).expect("an address"), &Url::parse(to).expect("an address"))
        };
        assert!(is_same("https://a.example/b", "https://a.example:443/c"));
        assert!(is_same("http://a.example/b", "https://a.example/b"));
        assert!(is_same("http://127.0.0.1:8000/b", "http://127.0.0.1:8000/c"));
        for (from, to) in [
            ("https://a.example/", "https://www.a.example/"),
            ("https://a.example/", "http://a.example/"),
            ("https://a.example/", "https://a.example:8443/"),
            ("http://a.example:8000/", "https://a.example/"),
            ("http://127.0.0.1:8000/", "http://127.0.0.1:8001/"),
            ("http://localhost:8000/", "http://127.0.0.1:8000/"),
        ] {
            assert!(!is_same(from, to), "{from} {to}");
        }
    }

    #[test]
    fn files_take_from_what_all_may_have_together() {
        let left = AtomicU64::new(10);
        let read = |file: &[u8]| Counted { file, left: &left }.read_to_end(&mut Vec::new());
        assert_eq!(read(b"123456").expect("it is little"), 6);
        let error = read(b"12345").expect_err("it is too much");
        assert!(error.to_string().contains("larger than any site"), "{error}");
        assert_eq!(read(b"1").expect_err("nothing more is taken").to_string(), error.to_string());
    }

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(encoded("media/a b#ö.png"), "media/a%20b%23%C3%B6.png");
    }
}
