//! What an answer of the web means for an address.

use dateline::links::{Answer, Death, Fault};

use super::server::Server;
use super::{ask_all, hurried};

/// Asks one address of a new server.
fn answer(path: &str) -> (Answer, Server) {
    let server = Server::start();
    let url = server.url(path);
    let mut heard = ask_all(std::slice::from_ref(&url), &hurried());
    let told = heard.answers.remove(&url).unwrap_or_else(|| panic!("no answer for `{path}`"));
    (told.answer, server)
}

#[test]
fn answers_are_sorted_by_what_has_to_be_done() {
    let unclear = |fault| Answer::Unclear(fault);
    for (path, expected) in [
        ("/fine", Answer::Fine),
        ("/head-refused", Answer::Fine),
        ("/head-lies", Answer::Fine),
        ("/for-now", Answer::Fine),
        ("/for-now-then-moved", Answer::Fine),
        ("/soon", Answer::Fine),
        ("/hiccup", Answer::Fine),
        ("/endless", Answer::Fine),
        ("/wrong-length", Answer::Fine),
        ("/gone", Answer::Dead(Death::Status(404))),
        ("/gone-for-good", Answer::Dead(Death::Status(410))),
        ("/moved-to-nothing", Answer::Dead(Death::Status(404))),
        ("/status/401", Answer::Blocked(401)),
        ("/status/403", Answer::Blocked(403)),
        ("/status/451", Answer::Blocked(451)),
        ("/status/999", Answer::Blocked(999)),
        ("/too-many", Answer::Blocked(429)),
        ("/guarded", Answer::Blocked(503)),
        ("/slow", Answer::Slow),
        ("/status/500", unclear(Fault::Status(500))),
        ("/status/503", unclear(Fault::Status(503))),
        ("/circle-a", unclear(Fault::Circle)),
        ("/hops/1", unclear(Fault::TooManyHops)),
        ("/to-mail", unclear(Fault::BadHop)),
        ("/to-nowhere", unclear(Fault::BadHop)),
        ("/garbage", unclear(Fault::Garbage)),
        ("/endless-head", unclear(Fault::Garbage)),
        ("/reset", unclear(Fault::Broken)),
    ] {
        assert_eq!(answer(path).0, expected, "{path}");
    }
}

#[test]
fn the_new_address_is_the_one_that_is_for_good() {
    for (path, to) in [("/moved", "/new"), ("/moved-308", "/new"), ("/moved-then-for-now", "/for-now")] {
        let (answer, server) = answer(path);
        assert_eq!(answer, Answer::Moved { to: server.url(to) }, "{path}");
    }
}

#[test]
fn a_page_is_asked_for_only_where_its_first_lines_are_refused() {
    assert_eq!(answer("/fine").1.asked(), ["HEAD /fine"]);
    assert_eq!(answer("/head-refused").1.asked(), ["HEAD /head-refused", "GET /head-refused"]);
    assert_eq!(answer("/gone").1.asked(), ["HEAD /gone", "GET /gone"]);
    assert_eq!(answer("/too-many").1.asked(), ["HEAD /too-many"]);
    let asked = answer("/status/500").1.asked();
    assert_eq!(asked, ["HEAD /status/500", "GET /status/500", "GET /status/500", "GET /status/500"]);
}

#[test]
fn a_fault_of_tls_is_said_plainly() {
    let server = Server::start();
    let url = format!("https://127.0.0.1:{}/fine", server.port);
    let heard = ask_all(std::slice::from_ref(&url), &hurried());
    let fault = Fault::Insecure("it does not speak TLS there".to_owned());
    assert_eq!(heard.answers[&url].answer, Answer::Unclear(fault));
}
