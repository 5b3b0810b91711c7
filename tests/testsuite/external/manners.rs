//! Who is asked, how often, and for how long.

use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::time::Duration;
#[cfg(target_os = "linux")]
use std::time::Instant;

use dateline::links::{Answer, Fault, Options, PATH};
#[cfg(target_os = "linux")]
use dateline::links::{Cache, ask};

use super::super::project::Folder;
use super::server::Server;
#[cfg(target_os = "linux")]
use super::{addresses_of, site};
use super::{ask_all, ask_in, hurried};

#[test]
fn a_fragment_stays_here_and_an_address_is_asked_once() {
    let server = Server::start();
    let heard = ask_all(&[server.url("/a#one"), server.url("/a#two"), server.url("/a")], &hurried());
    assert_eq!(heard.answers.len(), 1);
    assert_eq!(server.asked(), ["HEAD /a"]);
}

#[test]
fn a_host_is_asked_by_one_at_a_time_also_where_others_lead_to_it() {
    let server = Server::start();
    let own = (0..20).map(|at| server.url(&format!("/page/{at}")));
    let led = (0..20).map(|at| format!("http://localhost:{}/to/page/{at}?led", server.port));
    let heard = ask_all(&own.chain(led).collect::<Vec<_>>(), &hurried());
    assert_eq!(heard.answers.len(), 40);
    assert!(heard.answers.values().all(|told| told.answer == Answer::Fine));
    assert_eq!(server.busiest.load(Ordering::SeqCst), 1);
}

#[test]
fn a_host_that_is_silent_or_has_enough_is_left_alone() {
    let server = Server::start();
    let urls: Vec<String> = (0..5).map(|at| server.url(&format!("/status/429?{at}"))).collect();
    let heard = ask_all(&urls, &hurried());
    assert_eq!(server.asked().len(), 1, "{:?}", server.asked());
    assert_eq!(heard.answers.len(), 5);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    drop(listener);
    let urls: Vec<String> = (0..8).map(|at| format!("http://127.0.0.1:{port}/{at}")).collect();
    let heard = ask_all(&urls, &hurried());
    assert!(heard.answers.values().all(|told| told.answer == Answer::Unclear(Fault::Refused)), "{heard:?}");
    assert_eq!(heard.answers.len(), 8);
}

#[test]
fn private_addresses_are_not_reached_unless_allowed() {
    let server = Server::start();
    let named = format!("http://localhost:{}/fine", server.port);
    let mapped = format!("http://[::ffff:127.0.0.1]:{}/fine", server.port);
    let decimal = format!("http://2130706433:{}/fine", server.port);
    let urls = [server.url("/fine"), named, mapped, decimal];
    let heard = ask_all(&urls, &Options { allow_private: false, ..hurried() });
    assert_eq!(server.asked(), [""; 0]);
    assert!(heard.answers.values().all(|told| told.answer == Answer::Unclear(Fault::Private)), "{heard:?}");
}

#[test]
fn without_a_network_nothing_is_called_dead() {
    let folder = Folder::empty();
    let urls = ["http://a.invalid/1", "http://a.invalid/2", "http://b.invalid/"].map(str::to_owned);
    let heard = ask_in(&folder, &urls, &hurried(), 1_000_000);
    assert!(heard.offline, "{heard:?}");
    assert!(heard.answers.is_empty() && !folder.has(PATH), "{heard:?}");
}

#[test]
fn what_takes_too_long_is_left_for_the_next_run() {
    let server = Server::start();
    let urls = ["/a", "/b", "/c"].map(|path| server.url(path));
    let heard = ask_all(&urls, &Options { at_most: Duration::ZERO, ..hurried() });
    assert_eq!((heard.left, heard.answers.len(), server.asked().len()), (3, 0, 0));
    assert!(!heard.offline);
}

#[test]
#[cfg(target_os = "linux")]
fn a_run_whose_time_is_over_ends_and_leaves_the_rest_although_every_host_still_answers() {
    let servers = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"].map(Server::at);
    // Each host takes two minutes for all that is asked of it: sixty times two seconds.
    let urls: Vec<String> =
        servers.iter().flat_map(|server| (0..60).map(|at| server.url(&format!("/two-seconds/{at}")))).collect();
    let addresses = addresses_of(&site(&urls));
    let options = Options { at_most: Duration::from_secs(1), patience: Duration::from_secs(30), ..hurried() };
    let folder = Folder::empty();
    let (mut cache, _) = Cache::read(folder.path());
    let began = Instant::now();
    let heard = ask(&addresses, &mut cache, &options, &|| 1_000_000 + began.elapsed().as_secs(), &mut |_| {});
    let took = began.elapsed();
    assert!(took < Duration::from_secs(20), "it went on for {took:?} where it may take a second");
    let asked: usize = servers.iter().map(|server| server.asked().len()).sum();
    assert_eq!((heard.answers.len(), heard.answers.len() + heard.left), (asked, urls.len()), "{heard:?}");
    assert!(asked > 0, "none was asked");
    assert!(heard.answers.values().all(|told| told.answer == Answer::Fine) && !heard.offline, "{heard:?}");
    // What was learnt is not asked again.
    let next = ask(&addresses, &mut cache, &Options { at_most: Duration::ZERO, ..options }, &|| 1_000_100, &mut |_| {});
    assert_eq!((next.known, next.left), (asked, urls.len() - asked));
}
