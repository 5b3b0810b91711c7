//! A copy on the web. What was added to it cannot be known: the web tells what is at an address, not which addresses there
//! are.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ureq::Agent;

use crate::error::Error;

use super::{Found, Progress, Report, SUMS, hash, list};

/// How many files are asked for at a time: a host of static files does not notice.
const AT_A_TIME: usize = 4;
/// What a file and a list may have.
const LARGEST: u64 = 1024 * 1024 * 1024;
const LONGEST_LIST: u64 = 64 * 1024 * 1024;
/// What hosts read for themselves; most of them do not serve it.
const FOR_HOSTS: [&str; 2] = ["_headers", ".nojekyll"];

/// Holds a copy on the web against the list that lies there.
///
/// `address` is the copy's root, or any page directly in it.
///
/// # Errors
///
/// When the list cannot be had, or is none.
pub fn web(address: &str, progress: Progress<'_>) -> Result<Report, Error> {
    let root = root(address);
    let agent = agent();
    let list = match get(&agent, &format!("{root}{SUMS}")) {
        Ok(mut response) => response
            .body_mut()
            .with_config()
            .limit(LONGEST_LIST)
            .read_to_string()
            .map_err(|error| Error::refused(format!("cannot read `{root}{SUMS}`: {error}")))?,
        Err(why) => {
            let help = "name the address of the site's front page; a build by this program puts the list beside it";
            return Err(Error::refused(format!("cannot read `{root}{SUMS}`: {}", why.text())).with_help(help));
        }
    };
    let list = list::read(&list)?;
    let (passed_over, asked): (Vec<_>, Vec<_>) = list.iter().partition(|(path, _)| FOR_HOSTS.contains(&path.as_str()));
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(asked.len()));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some((path, sum)) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = held(&agent, &format!("{root}{}", encoded(path)), sum);
                    results.lock().expect("no thread panics while it holds the lock").push((*path, found));
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, asked.len());
                }
            });
        }
    });
    let mut results = results.into_inner().expect("no thread panics while it holds the lock");
    results.sort_by_key(|(path, _)| *path);
    let mut report = Report::default();
    results.into_iter().for_each(|(path, found)| report.take(path, found));
    report.passed_over = passed_over.into_iter().map(|(path, _)| path.clone()).collect();
    Ok(report)
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .max_redirects(5)
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_global(Some(Duration::from_secs(120)))
        .http_status_as_error(false)
        .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
        .build();
    config.into()
}

enum Failure {
    Gone,
    Status(u16),
    Other(String),
}

impl Failure {
    fn text(&self) -> String {
        match self {
            Self::Gone => "it is not there".to_owned(),
            Self::Status(status) => format!("the host answers with {status}"),
            Self::Other(why) => why.clone(),
        }
    }
}

fn get(agent: &Agent, address: &str) -> Result<ureq::http::Response<ureq::Body>, Failure> {
    let response = agent.get(address).call().map_err(|error| Failure::Other(error.to_string()))?;
    match response.status().as_u16() {
        200 => Ok(response),
        404 | 410 => Err(Failure::Gone),
        status => Err(Failure::Status(status)),
    }
}

fn held(agent: &Agent, address: &str, sum: &str) -> Found {
    match get(agent, address) {
        Ok(mut response) => match hash(response.body_mut().with_config().limit(LARGEST).reader(), LARGEST) {
            Ok(found) if found == sum => Found::Same,
            Ok(_) => Found::Changed,
            Err(error) => Found::Unread(error.to_string()),
        },
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
    use super::{encoded, root};

    #[test]
    fn the_root_is_the_folder_of_what_is_named() {
        assert_eq!(root("https://a.example"), "https://a.example/");
        assert_eq!(root("https://a.example/b"), "https://a.example/b/");
        assert_eq!(root("https://a.example/b/index.html#c"), "https://a.example/b/");
    }

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(encoded("media/a b#ö.png"), "media/a%20b%23%C3%B6.png");
    }
}
