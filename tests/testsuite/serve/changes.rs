//! Every way in which files change, and what is told of it.

use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use super::super::project::{Folder, Project};
use super::server::Server;
use super::site;

/// How long a file may be open before it is read as it is.
const PATIENCE: Duration = Duration::from_millis(60);

const EVENT: &str = "content/timeline/1953-flood.md";
const PAGE: &str = "/timeline/1953-flood.html";

fn event(text: &str) -> String {
    format!("---\ntitle: The flood\ndate: 1953-02-01\n---\n{text}\n")
}

#[test]
fn every_way_of_saving_is_seen() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    let path = |name: &str| folder.path().join("content/timeline").join(name);
    let file = path("1953-flood.md");
    let write = |name: &str, text: &str| fs::write(path(name), event(text)).expect("it can be written");
    let rename = |from: &str, to: &str| fs::rename(path(from), path(to)).expect("it can be renamed");

    write("1953-flood.md", "Written over.");
    server.until(PAGE, "Written over.");

    write(".1953-flood.md.tmp", "Renamed over.");
    rename(".1953-flood.md.tmp", "1953-flood.md");
    server.until(PAGE, "Renamed over.");

    // As vim does.
    write("4913", "");
    fs::remove_file(path("4913")).expect("it is there");
    rename("1953-flood.md", "1953-flood.md~");
    write("1953-flood.md", "As vim does.");
    fs::remove_file(path("1953-flood.md~")).expect("it is there");
    server.until(PAGE, "As vim does.");

    let mut open = fs::OpenOptions::new().append(true).open(&file).expect("it can be opened");
    writeln!(open, "\nAdded at the end.").expect("it can be written");
    drop(open);
    server.until(PAGE, "Added at the end.");

    // Truncated first, and written in two pieces.
    let begun = Instant::now();
    let mut open = fs::File::create(&file).expect("it can be opened");
    let text = event("In two pieces.");
    open.write_all(&text.as_bytes()[..20]).expect("it can be written");
    open.sync_all().expect("it can be synced");
    open.write_all(&text.as_bytes()[20..]).expect("it can be written");
    drop(open);
    let took = begun.elapsed();
    server.until(PAGE, "In two pieces.");

    // From elsewhere, as a file manager moves it.
    let elsewhere = Folder::empty();
    elsewhere.put("new.md", event("Moved here."));
    fs::copy(elsewhere.path().join("new.md"), path("1954-new.md")).expect("it can be copied");
    server.until("/timeline/1954-new.html", "Moved here.");
    rename("1954-new.md", "1955-new.md");
    server.until_status("/timeline/1954-new.html", 404);
    server.until_status("/timeline/1955-new.html", 200);
    fs::remove_file(path("1955-new.md")).expect("it is there");
    server.until_status("/timeline/1955-new.html", 404);
    let said = server.said();
    // On a busy disk, the first piece may have lain there alone for too long.
    let half = took >= PATIENCE && said.starts_with("error[bad-front-matter]") && said.matches("error[").count() == 1;
    assert!(said.is_empty() || half, "after {took:?}: {said}");
}

#[test]
fn folders_come_go_and_change_their_names() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    let path = |name: &str| folder.path().join(name);
    folder.put("content/pages/a/b/c/deep.md", "---\ntitle: Deep\n---\nDeep down.\n");
    server.until("/pages/a/b/c/deep.html", "Deep down.");
    folder.put("content/pages/a/b/c/deep.md", "---\ntitle: Deep\n---\nDeeper.\n");
    server.until("/pages/a/b/c/deep.html", "Deeper.");
    fs::rename(path("content/pages/a"), path("content/pages/z")).expect("it can be renamed");
    server.until("/pages/z/b/c/deep.html", "Deeper.");
    server.until_status("/pages/a/b/c/deep.html", 404);
    folder.put("content/pages/z/b/c/deep.md", "---\ntitle: Deep\n---\nStill watched.\n");
    server.until("/pages/z/b/c/deep.html", "Still watched.");
    fs::remove_dir_all(path("content/pages/z")).expect("it can be removed");
    server.until_status("/pages/z/b/c/deep.html", 404);
    // A folder that is moved in with all that it holds.
    let elsewhere = path("elsewhere");
    fs::create_dir_all(elsewhere.join("in")).expect("it can be made");
    fs::write(elsewhere.join("in/side.md"), "---\ntitle: Side\n---\nMoved in.\n").expect("it can be written");
    fs::rename(&elsewhere, path("content/pages/moved")).expect("it can be renamed");
    server.until("/pages/moved/in/side.html", "Moved in.");
    folder.put("content/pages/moved/in/side.md", "---\ntitle: Side\n---\nChanged there.\n");
    server.until("/pages/moved/in/side.html", "Changed there.");
}

#[test]
fn the_content_and_the_whole_site_may_go_and_come_back() {
    let folder = Folder::empty();
    let lay = |text: &str| {
        for (path, bytes) in site().file(EVENT, event(text)).files() {
            folder.put(&format!("site/{path}"), bytes);
        }
    };
    lay("At first.");
    let server = Server::with(&folder, &["--root", "site"]);
    server.until(PAGE, "At first.");
    for (gone, text) in [("site/content", "The content is back."), ("site", "The site is back.")] {
        let mut events = server.events();
        fs::remove_dir_all(folder.path().join(gone)).expect("it can be removed");
        events.until(|message| message["broken"] == true);
        assert_eq!(server.get(PAGE).status, 200, "the last good page is served");
        lay(text);
        server.until(PAGE, text);
        events.until(|message| message["broken"] == false);
        lay("And watched.");
        server.until(PAGE, "And watched.");
    }
    fs::rename(folder.path().join("site/content"), folder.path().join("site/old")).expect("it can be renamed");
    server.events().until(|message| message["broken"] == true);
    fs::rename(folder.path().join("site/old"), folder.path().join("site/content")).expect("it can be renamed");
    server.events().until(|message| message["broken"] == false);
    lay("Renamed and back.");
    server.until(PAGE, "Renamed and back.");
}

#[test]
fn a_burst_ends_with_everything_served() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    for round in 0..3 {
        for at in 0..150 {
            folder.put(
                &format!("content/pages/many-{round}/p{at}-{round}.md"),
                format!("---\ntitle: P\n---\nPage {at}.{round}.\n"),
            );
        }
    }
    for at in [0, 77, 149] {
        server.until(&format!("/pages/many-2/p{at}-2.html"), &format!("Page {at}.2."));
    }
    server.until("/pages/many-0/p149-0.html", "Page 149.0.");
}

#[test]
fn themes_words_and_settings_are_watched_as_well() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    folder.run(&["theme", "eject", "broadsheet", "static/style.css"]).succeeds();
    let mut events = server.events();
    events.next();
    folder.put("themes/broadsheet/static/style.css", "/* mine */");
    server.until("/static/style.css", "/* mine */");
    let message = events.until(|message| message["changed"][0] == "static/style.css");
    assert_eq!(message["changed"].as_array().map(Vec::len), Some(1), "{message}");
    folder.edit("content/site.yaml", "A site", "Another name");
    server.until(PAGE, "Another name");
}

#[test]
fn a_mistake_is_told_over_the_last_good_page_until_it_is_mended() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    let mut events = server.events();
    assert_eq!(events.next()["broken"], false);
    folder.edit(EVENT, "title:", "titel:");
    let message = events.until(|message| message["broken"] == true);
    let mistake = &message["mistakes"][0];
    assert_eq!(mistake["severity"], "error");
    assert_eq!(mistake["place"], format!("{EVENT}:2:1"));
    let link = mistake["link"].as_str().expect("VS Code is the way without a command");
    assert!(link.starts_with("vscode://file/") && link.ends_with(&format!("{EVENT}:2:1")), "{link}");
    let html = mistake["html"].as_str().expect("it is drawn");
    assert!(html.contains("<span class=\"bold red\">error[unknown-field]") && html.contains("titel"), "{html}");
    let page = server.get(PAGE);
    assert!(page.status == 200 && page.body.contains("The water came."));
    folder.edit(EVENT, "titel:", "title:");
    let message = events.until(|message| message["broken"] == false);
    assert_eq!(message["mistakes"], serde_json::json!([]));
    assert_eq!(message["changed"], serde_json::json!([]), "nothing differs from the last good page");
}

#[test]
fn warnings_are_told_and_the_page_is_new() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    let mut events = server.events();
    events.next();
    folder.put(EVENT, event("It cost $2bn."));
    let message = events.next();
    assert_eq!(
        (&message["broken"], &message["mistakes"][0]["severity"]),
        (&false.into(), &"warning".into()),
        "{message}"
    );
    assert_eq!(message["moment"], 2);
    assert!(message["changed"].as_array().is_some_and(|paths| paths.contains(&PAGE[1..].into())), "{message}");
    server.until(PAGE, "It cost $2bn.");
}

#[test]
fn a_site_that_was_never_good_shows_its_mistakes_and_then_itself() {
    let folder = site().file(EVENT, "---\ntitle: <script>alert(1)</script>\ndate: 1953-13\n---\n").on_disk();
    let server = Server::in_folder(&folder);
    for path in ["/", PAGE] {
        let page = server.get(path);
        assert_eq!(page.status, 503);
        assert!(page.body.contains("error[bad-date]") && page.body.contains("data-page=\"\""), "{}", page.body);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
    }
    folder.put(EVENT, event("Mended."));
    server.until(PAGE, "Mended.");
}

#[test]
fn what_changes_nothing_and_what_editors_leave_behind_is_not_told() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    let mut events = server.events();
    assert_eq!(events.next()["moment"], 1);
    // Put into place whole: on a busy machine a file that is written where it stands may be met half-written, and be told.
    let save = |text: String| {
        folder.put("content/timeline/.1953-flood.md.swp", text);
        let path = |name: &str| folder.path().join(name);
        std::fs::rename(path("content/timeline/.1953-flood.md.swp"), path(EVENT)).expect("it can be renamed");
    };
    save(folder.text(EVENT));
    for name in [".1953-flood.md.swp", "1953-flood.md~", ".#1953-flood.md", "#1953-flood.md#", "4913"] {
        folder.put(&format!("content/timeline/{name}"), "x");
    }
    folder.put("public/index.html", "x");
    folder.put("README.md", "x");
    save(event("Changed."));
    let message = events.next();
    assert_eq!(message["moment"], 2, "{message}");
    assert!(server.get(PAGE).body.contains("Changed."));
    assert_eq!(server.get("/timeline/4913").status, 404);
}

#[test]
fn who_looks_from_time_to_time_sees_it_too() {
    let folder = site().on_disk();
    let server = Server::with(&folder, &["--poll"]);
    folder.put(EVENT, event("Seen without being told."));
    server.until(PAGE, "Seen without being told.");
}

#[test]
fn with_follow_the_page_that_was_edited_is_named() {
    let folder = site().event("größe 1", "title: Größe\ndate: 1954", "Text.").on_disk();
    let server = Server::with(&folder, &["--follow"]);
    let mut events = server.events();
    events.next();
    folder.edit("content/timeline/größe 1.md", "Text.", "Other.");
    assert_eq!(events.next()["follow"], "/timeline/gr%C3%B6%C3%9Fe%201.html");
    folder.edit("content/site.yaml", "A site", "Another");
    assert_eq!(events.next()["follow"], serde_json::Value::Null);
}

#[test]
fn the_terminal_says_each_build_in_a_line_and_each_mistake_once() {
    let folder = Project::started().on_disk();
    folder.edit("content/site.yaml", "theme: broadsheet\n", "theme: broadsheet\noutputs: {all: false, feeds: false}\n");
    let server = Server::talking(&folder);
    let mut events = server.events();
    events.next();
    folder.edit("content/pages/about.md", "Say here", "Tell here");
    events.next();
    super::server::wait_for("a line", || {
        server.said().contains(" ms, 1 file changed: pages/about.html\n").then_some(())
    });
    folder.edit("content/pages/about.md", "title:", "titel:");
    events.until(|message| message["broken"] == true);
    super::server::wait_for("the mistake", || server.said().contains("--> content/pages/about.md:2:1").then_some(()));
    folder.edit("content/pages/about.md", "Tell here", "Say here");
    super::server::wait_for("a line", || server.said().contains("still 2 mistakes\n").then_some(()));
    folder.edit("content/pages/about.md", "titel:", "title:");
    super::server::wait_for("the end", || server.said().contains("all is well again: built in ").then_some(()));
    assert_eq!(server.said().matches("error[unknown-field]").count(), 1, "{}", server.said());
}
