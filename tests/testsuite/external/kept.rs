//! What is learnt is kept, and asked again when it is old.

use std::thread;
use std::time::Duration;

use dateline::links::{Cache, Options, PATH};
use serde_json::Value;

use super::super::project::Folder;
use super::server::Server;
use super::{ask_in, hurried, site};

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
