//! One address, asked to its end: by HEAD, by GET where that is refused, along its redirects, again where it failed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use url::Url;

use super::addresses::is_web;
use super::wire::{Method, Reply, Wire};
use super::{Answer, Clock, Fault, Options, Told};

/// How often an address may lead on.
const MOST_HOPS: usize = 10;
/// How often a request that failed is repeated.
const REPETITIONS: u32 = 2;

/// What all who ask share.
pub(super) struct Visitor<'a> {
    wire: Wire,
    options: &'a Options,
    now: Clock<'a>,
    /// For each host whether it was asked before. Who holds the lock is the only one to ask it.
    hosts: Mutex<BTreeMap<String, Arc<Mutex<bool>>>>,
}

impl<'a> Visitor<'a> {
    pub(super) fn new(options: &'a Options, now: Clock<'a>) -> Self {
        Self { wire: Wire::new(options), options, now, hosts: Mutex::default() }
    }

    /// Asks an address.
    pub(super) fn visit(&self, address: &str) -> Told {
        let Ok(mut at) = Url::parse(address) else {
            return Told { answer: Answer::Unclear(Fault::NoAddress), host: String::new() };
        };
        let answer = self.follow(&mut at).unwrap_or_else(|answer| answer);
        Told { answer, host: at.host_str().unwrap_or_default().to_owned() }
    }

    /// Follows an address to where it leads, which is `at` afterwards. `Err` is an answer too: the early ones.
    fn follow(&self, at: &mut Url) -> Result<Answer, Answer> {
        let first = at.clone();
        let mut seen = BTreeSet::new();
        // Where the address leads for good: up to the first redirect that is only for now.
        let (mut for_good, mut settled) = (first.clone(), false);
        for _ in 0..=MOST_HOPS {
            if !seen.insert(at.to_string()) {
                return Err(Answer::Unclear(Fault::Circle));
            }
            let reply = self.reply(at)?;
            if !matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
                let answer = Answer::of_status(reply.status, reply.wall);
                let moved = answer == Answer::Fine && for_good != first;
                return Ok(if moved { Answer::Moved { to: for_good.to_string() } } else { answer });
            }
            let next = reply.location.and_then(|to| at.join(to.trim()).ok()).filter(is_web);
            *at = next.ok_or(Answer::Unclear(Fault::BadHop))?;
            settled |= !matches!(reply.status, 301 | 308);
            if !settled {
                for_good = at.clone();
            }
            at.set_fragment(None);
        }
        Err(Answer::Unclear(Fault::TooManyHops))
    }

    /// Asks for one page, as often as is needed. All the while nobody else asks its host.
    fn reply(&self, url: &Url) -> Result<Reply, Answer> {
        let host = self.host(url.host_str().unwrap_or_default());
        let mut asked = host.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut method, mut left, mut backoff) = (Method::Head, REPETITIONS, self.options.backoff);
        loop {
            if *asked {
                sleep(self.options.pause);
            }
            *asked = true;
            let heard = self.wire.ask(url, method);
            match self.next(&heard, method) {
                Next::Done => return heard,
                Next::Get => method = Method::Get,
                Next::Again(_) if left == 0 => return heard,
                Next::Again(wait) => {
                    sleep(wait.unwrap_or(backoff));
                    (method, left, backoff) = (Method::Get, left - 1, backoff * 2);
                }
            }
        }
    }

    /// Decides how to go on after an answer.
    fn next(&self, heard: &Result<Reply, Answer>, method: Method) -> Next {
        match heard {
            Ok(reply) if reply.status < 400 || reply.wall => Next::Done,
            Ok(reply) if matches!(reply.status, 429 | 503) => match self.wait(reply) {
                Some(wait) if wait > self.options.longest_wait => Next::Done,
                Some(wait) => Next::Again(Some(wait)),
                // Who is asked too often is not asked again unless it says when.
                None if reply.status == 429 => Next::Done,
                None => Next::Again(None),
            },
            // Some hosts know no HEAD and say so in many ways, even by 404.
            Ok(_) if method == Method::Head => Next::Get,
            Err(Answer::Unclear(Fault::Broken | Fault::Garbage)) if method == Method::Head => Next::Get,
            Ok(reply) if reply.status >= 500 => Next::Again(None),
            Err(Answer::Slow | Answer::Unclear(Fault::Broken | Fault::Refused)) => Next::Again(None),
            _ => Next::Done,
        }
    }

    /// Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a moment.
    fn wait(&self, reply: &Reply) -> Option<Duration> {
        let text = reply.retry_after.as_deref()?.trim();
        let seconds = text.parse().ok().or_else(|| {
            let moment = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_second();
            Some(u64::try_from(moment).ok()?.saturating_sub((self.now)()))
        });
        seconds.map(Duration::from_secs)
    }

    fn host(&self, name: &str) -> Arc<Mutex<bool>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(name.to_owned()).or_default())
    }
}

/// How to go on.
enum Next {
    /// Not at all.
    Done,
    /// By GET.
    Get,
    /// After a while: one that the host names, or ours.
    Again(Option<Duration>),
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::{IpAddr, Ipv4Addr, TcpListener};

    use super::super::guard::is_public;
    use super::*;

    /// Lets one address of this computer play the public internet.
    fn plays_the_web(address: IpAddr) -> bool {
        address == Ipv4Addr::LOCALHOST || is_public(address)
    }

    /// A server at 127.0.0.1 that leads each path on to the address that it is: `/http://127.0.0.2/`.
    fn leads_on() -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                // What is closed before it was read to its end may take the answer with it.
                let head = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
                let first = head.collect::<Vec<_>>().into_iter().next().unwrap_or_default();
                let to = first.split(' ').nth(1).and_then(|path| path.strip_prefix('/')).unwrap_or_default();
                let status = if to.is_empty() { "200 OK".to_owned() } else { format!("302 Found\r\nLocation: {to}") };
                let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
            }
        });
        port
    }

    #[test]
    fn a_public_address_leads_nobody_to_a_private_one() {
        let options = Options { pause: Duration::ZERO, backoff: Duration::ZERO, ..Options::default() };
        let wire = Wire::guarded(&options, plays_the_web);
        let visitor = Visitor { wire, options: &options, now: &|| 0, hosts: Mutex::default() };
        let port = leads_on();
        let web = format!("http://127.0.0.1:{port}/");
        let ask = |to: &str| visitor.visit(&format!("{web}{to}")).answer;
        assert_eq!(ask(""), Answer::Fine);
        assert_eq!(ask(&web), Answer::Fine, "an address that may be asked is led to");
        for inner in ["127.0.0.2", "[::1]"] {
            // The machine may have no `::1`. Then nobody can be asked there, and it must be refused all the same.
            let listener = TcpListener::bind(format!("{inner}:0")).ok();
            let there = listener.as_ref().map_or(port, |l| l.local_addr().expect("it has an address").port());
            let to = format!("http://{inner}:{there}/");
            for hops in [to.clone(), format!("{web}{to}")] {
                assert_eq!(ask(&hops), Answer::Unclear(Fault::Private), "{hops}");
            }
            let asked = listener.map(|l| l.set_nonblocking(true).and_then(|()| l.accept()).is_ok());
            assert_ne!(asked, Some(true), "{to} was asked");
        }
        for inner in ["10.0.0.1", "169.254.169.254", "[fd00::1]", "[::ffff:127.0.0.2]", "2130706434"] {
            assert_eq!(ask(&format!("http://{inner}:{port}/")), Answer::Unclear(Fault::Private), "{inner}");
        }
    }
}
