//! `check --external`, against a server of our own that plays everything the web does: it refuses, leads on and around,
//! is slow, never ends, lies, and breaks off.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use dateline::diagnostic::Severity;
use dateline::links::{
    Address, Answer, Cache, Death, Fault, Heard, Options, PATH, Place, Role, Told, addresses, ask, diagnostics,
};
use serde_json::Value;

use super::project::{Folder, Project};

/// A server on this computer, with what it was asked.
#[derive(Clone)]
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    /// How many requests for `/page/…` were under way at once, now and at most.
    busy: Arc<AtomicUsize>,
    busiest: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let server = Self { port, asked: Arc::default(), busy: Arc::default(), busiest: Arc::default() };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                thread::spawn(move || serving.serve(stream));
            }
        });
        server
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody fails").clone()
    }

    fn serve(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream has two ends")).lines();
        let Some(Ok(first)) = lines.next() else {
            // As servers answer to who begins with TLS where there is none.
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            return;
        };
        let request = first.trim_end_matches(" HTTP/1.1").to_owned();
        let is_reset = request.ends_with("/reset");
        if !is_reset {
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        }
        self.asked.lock().expect("nobody fails").push(request.clone());
        let before = self.asked().iter().filter(|asked| **asked == request).count();
        if request.contains(" /page/") {
            let busy = self.busy.fetch_add(1, Ordering::SeqCst) + 1;
            self.busiest.fetch_max(busy, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(5));
            // Before the answer: whoever asks one after the other may ask again as soon as it has come.
            self.busy.fetch_sub(1, Ordering::SeqCst);
        }
        if !is_reset {
            self.answer(&mut stream, &request, before);
        }
    }

    fn answer(&self, stream: &mut TcpStream, request: &str, times: usize) {
        let (method, path) = request.split_once(' ').expect("a method and a path");
        let head = |status: &str, headers: &str| format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\n\r\n");
        let to = |status: &str, to: &str| head(status, &format!("Location: {to}\r\n"));
        let text = match path {
            "/head-refused" if method == "HEAD" => head("405 Method Not Allowed", ""),
            "/head-lies" if method == "HEAD" => head("404 Not Found", ""),
            "/moved" => to("301 Moved Permanently", "/new"),
            "/moved-308" => to("308 Permanent Redirect", &self.url("/moved")),
            "/moved-then-for-now" => to("301 Moved Permanently", "/for-now"),
            "/for-now" => to("302 Found", "/new"),
            "/for-now-then-moved" => to("307 Temporary Redirect", "/moved"),
            "/moved-to-front" => to("301 Moved Permanently", "/"),
            "/moved-to-nothing" => to("301 Moved Permanently", "/gone"),
            "/circle-a" => to("302 Found", "/circle-b"),
            "/circle-b" => to("301 Moved Permanently", "/circle-a"),
            "/to-mail" => to("302 Found", "mailto:a@b.example"),
            "/to-nowhere" => "HTTP/1.1 302 Found\r\n\r\n".to_owned(),
            "/gone" => head("404 Not Found", ""),
            "/gone-for-good" => head("410 Gone", ""),
            "/too-many" => head("429 Too Many Requests", "Retry-After: 3600\r\n"),
            "/soon" if times == 1 && method == "HEAD" => head("429 Too Many Requests", "Retry-After: 0\r\n"),
            "/guarded" => head("503 Service Unavailable", "Server: cloudflare\r\ncf-mitigated: challenge\r\n"),
            "/hiccup" if self.asked().iter().filter(|asked| asked.ends_with(path)).count() < 3 => {
                head("503 Service Unavailable", "")
            }
            "/slow" => {
                thread::sleep(Duration::from_secs(5));
                head("200 OK", "")
            }
            "/endless" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
                while stream.write_all(&[b'x'; 4096]).is_ok() {}
                return;
            }
            "/endless-head" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
                while stream.write_all(b"X-More: and more, and more, and more, and more\r\n").is_ok() {}
                return;
            }
            "/wrong-length" => "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort".to_owned(),
            "/garbage" => "220 mail.example ESMTP ready\r\n".to_owned(),
            _ if path.starts_with("/to/page/") => to("302 Found", &self.url(&path["/to".len()..])),
            _ if path.starts_with("/hops/") => {
                let hop: u32 = path["/hops/".len()..].parse().expect("a number");
                to("301 Moved Permanently", &format!("/hops/{}", hop + 1))
            }
            _ => match path.split('?').next().and_then(|path| path.strip_prefix("/status/")) {
                Some(status) => head(&format!("{status} Some Words"), ""),
                None => head("200 OK", ""),
            },
        };
        let _ = stream.write_all(text.as_bytes());
    }
}

/// Asks without the patience that strangers deserve.
fn hurried() -> Options {
    Options {
        allow_private: true,
        patience: Duration::from_millis(700),
        pause: Duration::ZERO,
        backoff: Duration::from_millis(1),
        ..Options::default()
    }
}

/// A site whose sources have these addresses.
fn site(urls: &[String]) -> Project {
    let source = |(at, url): (usize, &String)| format!("s{at}:\n  title: A source\n  URL: {url}\n");
    let sources: String = urls.iter().enumerate().map(source).collect();
    Project::new().file("content/sources.yaml", sources)
}

fn addresses_of(project: &Project) -> Vec<Address> {
    let built = project.build();
    let files = dateline::load::read(project.on_disk().path()).expect("it can be read").0;
    addresses(&built.site.expect("the site can be read"), &files)
}

fn ask_all(urls: &[String], options: &Options) -> Heard {
    let folder = Folder::empty();
    ask_in(&folder, urls, options, 1_000_000)
}

fn ask_in(folder: &Folder, urls: &[String], options: &Options, now: u64) -> Heard {
    let (mut cache, _) = Cache::read(folder.path());
    ask(&addresses_of(&site(urls)), &mut cache, options, &|| now, &mut |_| {})
}

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
fn a_fault_of_tls_is_said_plainly() {
    let server = Server::start();
    let url = format!("https://127.0.0.1:{}/fine", server.port);
    let heard = ask_all(std::slice::from_ref(&url), &hurried());
    let fault = Fault::Insecure("it does not speak TLS there".to_owned());
    assert_eq!(heard.answers[&url].answer, Answer::Unclear(fault));
}

const DAY: u64 = 24 * 60 * 60;

#[test]
fn what_is_certain_is_not_asked_again_until_it_is_old() {
    let (server, folder) = (Server::start(), Folder::empty());
    let urls = ["/fine", "/gone", "/moved", "/status/403"].map(|path| server.url(path));
    let asked = |now: u64, options: &Options| {
        server.asked.lock().expect("nobody fails").clear();
        let heard = ask_in(&folder, &urls, options, now);
        assert_eq!(heard.answers.len(), 4);
        let mut asked = server.asked();
        asked.retain(|asked| asked.starts_with("HEAD"));
        asked.sort_unstable();
        asked
    };
    let all = ["HEAD /fine", "HEAD /gone", "HEAD /moved", "HEAD /new", "HEAD /status/403"];
    assert_eq!(asked(1_000_000, &hurried()), all);
    assert_eq!(asked(1_000_001, &hurried()), ["HEAD /status/403"]);
    let first = folder.text(PATH);
    assert_eq!(asked(1_000_002 + DAY, &hurried()), ["HEAD /gone", "HEAD /moved", "HEAD /new", "HEAD /status/403"]);
    assert_eq!(asked(1_000_000, &Options { fresh: true, ..hurried() }), all);
    assert_eq!(folder.text(PATH), first, "the same answers at the same moment give the same file");
    let kept: Vec<String> = folder.tree(".dateline").into_keys().collect();
    assert_eq!(kept, [".gitignore", "links.json"], "nothing else is left behind");
}

#[test]
fn a_file_of_answers_that_is_broken_is_said_and_made_anew() {
    let (server, folder) = (Server::start(), Folder::empty());
    folder.put(PATH, "{ \"answers\": [");
    let (_, remark) = Cache::read(folder.path());
    assert!(remark.is_some_and(|remark| remark.contains(PATH)));
    ask_in(&folder, &[server.url("/fine")], &hurried(), 1_000_000);
    let (_, remark) = Cache::read(folder.path());
    assert_eq!(remark, None);
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

/// Gathers the addresses of a site and makes messages of answers to them, by hand.
fn told(project: &Project, answers: &[(&str, Answer, &str)]) -> Vec<dateline::diagnostic::Diagnostic> {
    let told = |(url, answer, host): &(&str, Answer, &str)| {
        ((*url).to_owned(), Told { answer: answer.clone(), host: (*host).to_owned() })
    };
    let heard = Heard { answers: answers.iter().map(told).collect::<BTreeMap<_, _>>(), ..Heard::default() };
    let mut found = diagnostics(&addresses_of(project), &heard, &Options::default());
    found.sort();
    found.iter().cloned().collect()
}

#[test]
fn a_host_that_is_gone_is_said_once_with_all_its_places() {
    let project = site(&["https://gone.example/a".into(), "https://gone.example/b".into()])
        .page("p", "[One](https://gone.example/a), [two](https://gone.example/c#d), [three](https://there.example).");
    let no_host = || Answer::Dead(Death::NoHost);
    let found = told(
        &project,
        &[
            ("https://gone.example/a", no_host(), "gone.example"),
            ("https://gone.example/b", no_host(), "gone.example"),
            ("https://gone.example/c", no_host(), "gone.example"),
            ("https://there.example/", Answer::Fine, "there.example"),
        ],
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "there is no host `gone.example`");
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(found[0].secondary.len(), 3);
}

#[test]
fn a_dead_source_is_told_with_its_kept_copy_or_how_to_find_one() {
    let sources = "with:\n  title: A\n  URL: https://a.example/x\n  archive: https://kept.example/x\n\
                   without:\n  title: B\n  URL: https://a.example/y\n  accessed: 2026-11-20\n";
    let project = Project::new().file("content/sources.yaml", sources).page("p", "See [this](https://a.example/z).");
    let dead = || Answer::Dead(Death::Status(404));
    let help = |answers: &[(&str, Answer, &str)], at: usize| {
        told(&project, answers)[at].help.clone().expect("there is a way out")
    };
    let url = |letter: &str| format!("https://a.example/{letter}");
    assert!(help(&[(&url("x"), dead(), "a.example")], 0).contains("`https://kept.example/x`"));
    let both = [(&*url("x"), dead(), "a.example"), ("https://kept.example/x", dead(), "kept.example")];
    assert!(!help(&both, 0).contains("`https://kept.example/x`"));
    let copy = "`https://web.archive.org/web/20261120/https://a.example/y`";
    assert!(help(&[(&url("y"), dead(), "a.example")], 0).contains(copy));
    assert!(help(&[(&url("z"), dead(), "a.example")], 0).contains("/web/*/https://a.example/z`"));
}

#[test]
fn a_moved_address_is_told_at_its_letters_with_the_new_one_to_paste() {
    let project = Project::new().page("p", "See [this](https://a.example/x#part \"A title\").");
    let moved = Answer::Moved { to: "https://b.example/x".into() };
    let found = told(&project, &[("https://a.example/x", moved, "b.example")]);
    assert_eq!(found[0].severity, Severity::Note);
    assert_eq!(found[0].help.as_deref(), Some("write `https://b.example/x#part`"));
    let span = &found[0].primary.as_ref().expect("it has a place").span;
    let text = &project.files()["content/pages/p.md"][span.start..span.end];
    assert_eq!(String::from_utf8_lossy(text), "https://a.example/x#part");
    let front = Answer::Moved { to: "https://b.example/".into() };
    let help = told(&project, &[("https://a.example/x", front, "b.example")])[0].help.clone();
    assert!(help.is_some_and(|help| help.starts_with("the page itself is probably gone")));
}

#[test]
fn addresses_are_gathered_from_everywhere_they_stand() {
    let project = Project::new()
        .file(
            "content/site.yaml",
            "title: A\nnavigation:\n  - {title: X, url: https://nav.example/}\n\
             groups:\n  g: {title: G, summary: 'See [g](https://group.example/).'}\n",
        )
        .file(
            "content/sources.yaml",
            "s:\n  title: S\n  URL: https://source.example/\n  archive: https://archive.example/\n  \
             note: See [n](https://note.example/).\n",
        )
        .file("content/questions.yaml", "q:\n  title: Q\n  note: See [q](https://question.example/).\n")
        .page("p", "<https://auto.example/> [m](mailto:a@b.example)[^1]\n\n[^1]: [f](https://foot.example/).\n");
    let all = addresses_of(&project);
    let hosts: Vec<&str> = all.iter().map(|address| address.host.trim_end_matches(".example")).collect();
    assert_eq!(hosts, ["archive", "auto", "foot", "group", "nav", "note", "question", "source"]);
    let role = |host: &str| &all.iter().find(|address| address.host == host).expect("it is there").places[0];
    let Place { role, .. } = role("archive.example");
    assert_eq!(*role, Role::Archive);
}

/// The program against the server, with these arguments more.
fn check(folder: &Folder, arguments: &[&str]) -> super::project::Run {
    let all = [&["check", "--external", "--allow-private", "--timeout", "1", "--color", "never"], arguments].concat();
    folder.run(&all)
}

#[test]
fn the_command_tells_what_is_dead_and_what_has_moved_and_keeps_what_it_learnt() {
    let server = Server::start();
    let folder = site(&["/fine", "/gone", "/moved", "/status/403"].map(|path| server.url(path))).on_disk();
    let run = check(&folder, &["--only", "dead-link", "--only", "moved-link", "--only", "blocked-link"]).succeeds();
    let codes: Vec<&str> = run.titles().iter().filter_map(|title| title.split(':').next()).collect();
    assert_eq!(codes, ["warning[dead-link]", "note[moved-link]", "note[blocked-link]"], "{}", run.err);
    assert!(run.err.contains("asking 4 addresses on 1 host\n"), "{}", run.err);
    assert!(run.err.contains("4 addresses outside: 1 fine, 1 moved, 1 dead, 1 blocked\n"), "{}", run.err);
    assert!(run.err.contains(&format!("help: write `{}`", server.url("/new"))), "{}", run.err);
    let run = check(&folder, &["--only", "dead-link", "--deny", "warnings"]).ends_with(1);
    assert!(run.err.contains("(3 known from before)"), "{}", run.err);
    let kept: Value = serde_json::from_str(&folder.text(PATH)).expect("it is JSON");
    assert_eq!(kept["answers"].as_object().expect("answers").len(), 3);

    let run = check(&folder, &["--only", "dead-link", "--format", "json"]).succeeds();
    assert_eq!(run.err, "");
    assert!(run.out.contains("\"dead-link\""), "{}", run.out);
    let run = check(&folder, &["--only", "moved-link", "--quiet"]).succeeds();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));

    folder.put("content/site.yaml", "title: A\nrules: {dead-link: error, blocked-link: off, unused-source: off}\n");
    let run = check(&folder, &[]).ends_with(1);
    assert!(run.err.contains("error[dead-link]") && !run.err.contains("blocked-link"), "{}", run.err);
}

#[test]
fn the_command_says_that_it_is_offline_and_ends_with_2() {
    let folder = site(&["http://a.invalid/".into(), "http://b.invalid/".into()]).on_disk();
    let run = folder.run(&["check", "--external", "--timeout", "5"]).ends_with(2);
    assert!(run.err.contains("error: no address outside could be reached"), "{}", run.err);
    assert!(!run.err.contains("dead-link"), "{}", run.err);
}

#[test]
fn what_was_learnt_before_the_program_is_killed_is_kept() {
    let server = Server::start();
    let slow = format!("http://localhost:{}/slow", server.port);
    let folder = site(&[server.url("/fine"), slow]).on_disk();
    let arguments = ["check", "--external", "--allow-private", "--timeout", "30"];
    let mut child = folder.command(&arguments).stderr(std::process::Stdio::null()).spawn().expect("it starts");
    while !folder.has(PATH) && child.try_wait().expect("it can be asked").is_none() {
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().expect("it is running");
    child.wait().expect("it ends");
    let kept: Value = serde_json::from_str(&folder.text(PATH)).expect("it is whole");
    assert_eq!(kept["answers"][server.url("/fine")]["answer"], "fine");
}
