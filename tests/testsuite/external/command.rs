//! The command itself.

use dateline::links::PATH;
use serde_json::Value;

use super::super::project::{Folder, Run};
use super::server::Server;
use super::site;

/// The program against the server, with these arguments more.
fn check(folder: &Folder, arguments: &[&str]) -> Run {
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
