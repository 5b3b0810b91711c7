//! `dateline new`: on a terminal it asks, through a pseudo-terminal here; elsewhere it takes flags and never waits.

use super::cli::UNWRITTEN;
use super::project::{Folder, Project};

fn site() -> Folder {
    Project::started().on_disk()
}

/// A page as a browser saves it.
const PAGE: &str = r#"<!doctype html><html><head><meta charset="utf-8">
<title>The tower opens &ndash; Example Herald</title>
<meta property="og:site_name" content="Example Herald">
<meta name="author" content="By Jane Doe and John Roe">
<link rel="canonical" href="https://herald.example/1889/tower">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "The tower opens",
 "datePublished": "1889-05-06T08:00:00+00:00", "publisher": {"name": "Herald Press"}}]}</script></head><body>…</body></html>"#;

#[test]
fn a_source_is_added_behind_the_others_and_no_byte_of_them_changes() {
    let folder = site();
    let before = folder.text("content/sources.yaml");
    folder.put("tower.html", PAGE);
    let run = folder.run(&["new", "source", "https://herald.example/1889/tower", "--from", "tower.html"]).succeeds();
    let after = folder.text("content/sources.yaml");
    let today = jiff::Zoned::now().date();
    let added = after.strip_prefix(&before).expect("what was there stays");
    let expected = format!(
        "herald-1889:\n  type: article-newspaper\n  title: The tower opens\n  author: [Jane Doe, John Roe]\n  \
         container-title: Example Herald\n  publisher: Herald Press\n  issued: 1889-05-06\n  \
         URL: https://herald.example/1889/tower\n  accessed: {today}\n"
    );
    assert_eq!(added, expected);
    assert!(run.out.contains("added `herald-1889`") && run.out.contains("[@herald-1889]"), "{}", run.out);
    let run = folder.run(&["build"]).succeeds();
    assert_eq!(run.titles(), ["warning[unused-source]: nothing cites the source `herald-1889`"]);
}

#[test]
fn a_source_without_a_title_is_a_stub_that_no_build_lets_through() {
    let folder = site();
    folder.run(&["new", "source", "https://example.org/report"]).succeeds();
    let run = folder.run(&["build"]).ends_with(1);
    assert_eq!(run.titles(), ["error[missing-field]: `title` is empty"], "{}", run.err);
}

#[test]
fn what_cannot_be_a_source_changes_nothing_and_says_a_way_out() {
    let folder = site();
    folder.put("empty.html", "<p>Nothing.");
    folder.run(&["new", "source", "https://example.org/a", "--title", "A"]).succeeds();
    let before = folder.tree(".");
    for arguments in [
        &["new", "source"][..],
        &["new", "source", "example.org/b"],
        &["new", "source", "https://example.org/a/"],
        &["new", "source", "https://example.org/b", "--id", "example"],
        &["new", "source", "https://example.org/b", "--id", "a b"],
        &["new", "source", "https://example.org/b", "--type", "newspaper"],
        &["new", "source", "https://example.org/b", "--from", "empty.html"],
        &["new", "source", "https://example.org/b", "--from", "missing.html"],
        &["new"],
        &["new", "event"],
        &["new", "event", "A title"],
        &["new", "event", "A title", "--date", "tomorrow"],
        &["new", "page"],
        &["new", "site"],
    ] {
        let run = folder.run(arguments).ends_with(2);
        assert!(run.err.starts_with("error: "), "{arguments:?}: {}", run.err);
        assert!(run.err.contains("\nhelp: ") || arguments.contains(&"missing.html"), "{arguments:?}: {}", run.err);
    }
    assert!(before == folder.tree("."), "something was written");
}

#[test]
fn an_event_takes_everything_by_flags() {
    let folder = site();
    let arguments =
        ["new", "event", "A thing", "--date", "1900~", "--key", "--group", "records", "--source", "example-almanac"];
    folder.run(&arguments).succeeds();
    let text = folder.text("content/timeline/1900-a-thing.md");
    for field in ["date: 1900~\n", "importance: key ", "groups: [records]\n", "sources: [example-almanac] "] {
        assert!(text.contains(field), "{field}\n{text}");
    }
    assert_eq!(folder.run(&["build"]).succeeds().titles(), UNWRITTEN);
}

#[cfg(unix)]
mod terminal {
    use std::process::Command;

    use rexpect::session::{PtySession, spawn_command};

    use super::*;

    /// How long an answer may take, in milliseconds: for machines that do much else.
    const PATIENCE: u64 = 60_000;
    const ENTER: &str = "\r";
    const DOWN: &str = "\x1b[B";

    fn at_terminal(folder: &Folder, arguments: &[&str]) -> PtySession {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).args(["--color", "never"]).current_dir(folder.path()).env("TERM", "xterm");
        spawn_command(command, Some(PATIENCE)).expect("a pseudo-terminal")
    }

    fn answer(session: &mut PtySession, question: &str, keys: &str) {
        session.exp_string(question).unwrap_or_else(|error| panic!("{question}: {error}"));
        session.send(keys).expect("the terminal takes keys");
        session.flush().expect("the terminal takes keys");
    }

    #[test]
    fn an_event_is_asked_for_step_by_step_and_a_wrong_date_is_told_at_once() {
        let folder = site();
        let mut session = at_terminal(&folder, &["new"]);
        answer(&mut session, "What do you want to start?", ENTER);
        answer(&mut session, "Title", "The second tower\r");
        session.exp_string("about 2019").expect("dates are explained");
        answer(&mut session, "When did it happen?", "about May 1930\r");
        answer(&mut session, "write `1930-05~`", "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f1930-05~\r");
        answer(&mut session, "How much does it carry", &format!("{DOWN}{ENTER}"));
        answer(&mut session, "Which groups", &format!("{DOWN} {ENTER}"));
        answer(&mut session, "What does it rest on?", &format!(" {ENTER}"));
        session.exp_string("made content/timeline/1930-the-second-tower.md").expect("it is made");
        session.exp_eof().expect("it ends");
        let text = folder.text("content/timeline/1930-the-second-tower.md");
        for field in ["date: 1930-05~\n", "importance: key ", "groups: [records]\n", "sources: [example-almanac]"] {
            assert!(text.contains(field), "{field}\n{text}");
        }
        assert_eq!(folder.run(&["build"]).succeeds().titles(), UNWRITTEN);
    }

    #[test]
    fn outside_of_a_site_it_offers_to_start_one() {
        let folder = Folder::empty();
        let mut session = at_terminal(&folder, &["new"]);
        answer(&mut session, "Name of the new folder", "tower\r");
        session.exp_string("made a site in tower").expect("it is made");
        session.exp_eof().expect("it ends");
        folder.run(&["build", "--root", "tower"]).succeeds();
    }

    #[test]
    fn a_source_is_asked_for_its_address_and_title() {
        let folder = site();
        let mut session = at_terminal(&folder, &["new", "source"]);
        answer(&mut session, "Address", "https://example.org/a\r");
        answer(&mut session, "Title", "A report\r");
        session.exp_string("added `example`").expect("it is added");
        session.exp_eof().expect("it ends");
        assert!(folder.text("content/sources.yaml").contains("\n  title: A report\n"));
    }

    #[test]
    fn ctrl_c_writes_nothing() {
        let folder = site();
        let before = folder.tree(".");
        let mut session = at_terminal(&folder, &["new", "event"]);
        answer(&mut session, "Title", "The second\x03");
        session.exp_eof().expect("it ends");
        assert!(before == folder.tree("."), "something was written");
    }
}
