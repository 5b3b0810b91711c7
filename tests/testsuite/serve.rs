//! `dateline serve` over real sockets and a real folder: every way of saving, mistakes and their mending, and attacks.
//!
//! Nothing here measures time. What must happen is waited for, with a limit that only a fault reaches.

mod attacks;
mod changes;
mod floods;
mod long;
pub(super) mod server;

use serde_json::Value;

use super::project::{Folder, Project};
use server::Server;

/// A site with an event and a page to change.
pub(super) fn site() -> Project {
    Project::new().event("1953-flood", "title: The flood\ndate: 1953-02-01", "The water came.").page("notes", "Notes.")
}

#[test]
fn pages_are_served_with_their_types_and_the_script() {
    let server = Server::of(&site());
    let page = server.get("/");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.body.matches("<script src=\"/_dateline/client.js\"").count(), 1);
    assert!(page.body.find("/_dateline/client.js") < page.body.find("</head>"));
    for (path, kind) in [
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/_dateline/client.js", "text/javascript; charset=utf-8"),
        ("/_dateline/panel.css", "text/css; charset=utf-8"),
        ("/timeline/1953-flood.html?a=b", "text/html; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
    let head = server.ask("HEAD / HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn what_is_not_there_gets_the_sites_own_page_and_404() {
    let server = Server::of(&site());
    let page = server.get("/no/such/page.html");
    assert_eq!(page.status, 404);
    assert!(page.body.contains("data-page=\"404.html\""), "{}", page.body);
    assert_eq!(server.get("/_dateline/nothing").status, 404);
}

#[test]
fn a_folder_with_an_index_is_found_with_and_without_its_slash() {
    let server = Server::of(&site().file("content/pages/deep größe/index.md", "---\ntitle: Deep\n---\nDeep.\n"));
    let page = server.get("/pages/deep%20gr%C3%B6%C3%9Fe/");
    assert_eq!(page.status, 200, "{}", page.body);
    let moved = server.get("/pages/deep%20gr%c3%b6%c3%9fe");
    assert_eq!((moved.status, moved.header("location")), (307, Some("/pages/deep%20gr%C3%B6%C3%9Fe/")));
}

#[test]
fn drafts_and_what_is_not_published_yet_are_marked_where_they_are_served() {
    let site = site().event("1960-draft", "title: A draft\ndate: 1960\ndraft: true", "Not yet.").event(
        "1961-future",
        "title: Later\ndate: 1961\npublished: 2026-12-24",
        "Later.",
    );
    let server = Server::with(&site.on_disk(), &["--drafts", "--today", "2026-11-20"]);
    assert!(server.get("/timeline/1960-draft.html").body.contains(" data-mark=\"draft\""));
    assert!(server.get("/timeline/1961-future.html").body.contains(" data-mark=\"2026-12-24\""));
    assert!(!server.get("/timeline/1953-flood.html").body.contains("data-mark"));
    let server = Server::with(&site.on_disk(), &["--today", "2026-12-24"]);
    assert_eq!(server.get("/timeline/1960-draft.html").status, 404);
    assert!(!server.get("/timeline/1961-future.html").body.contains("data-mark"));
}

#[test]
fn nothing_of_the_server_is_in_a_built_site() {
    let folder = site().event("1960-draft", "title: A draft\ndate: 1960\ndraft: true", "Not yet.").on_disk();
    let server = Server::in_folder(&folder);
    server.get("/");
    folder.run(&["build", "--drafts"]).succeeds();
    for (path, bytes) in folder.tree("public") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("_dateline") && !text.contains("data-moment") && !text.contains("data-mark"), "{path}");
    }
}

#[test]
fn a_served_file_is_what_a_build_writes_save_for_the_script() {
    let folder = Project::of_case("everything").on_disk();
    let server = Server::in_folder(&folder);
    folder.run(&["build"]).succeeds();
    let built = folder.tree("public");
    assert!(built.len() > 10);
    for (path, bytes) in built.iter().filter(|(path, _)| *path != "SHA256SUMS") {
        let served = server.bytes(&format!("/{}", path.replace(' ', "%20")));
        let text = String::from_utf8_lossy(&served);
        let served = match text.find("<script src=\"/_dateline/") {
            Some(at) => {
                let end = at + text[at..].find("</script>\n").expect("it ends") + "</script>\n".len();
                [&served[..at], &served[end..]].concat()
            }
            None => served.clone(),
        };
        assert!(served == *bytes, "`{path}` is served otherwise");
    }
}

#[test]
fn the_editor_is_opened_by_the_page_and_by_nobody_else() {
    let folder = site().file("content/index.md", "---\ntitel: Home\n---\n").on_disk();
    let note = folder.path().join("opened");
    let script = folder.path().join("my editor.sh");
    std::fs::write(&script, format!("printf '%s ' \"$@\" > '{}'\n", note.display())).expect("it can be written");
    let editor = format!("sh \"{}\" {{file}} {{line}}:{{column}}", script.display());
    let server = Server::with(&folder, &["--editor", &editor]);
    let message = server.events().next();
    assert_eq!(message["mistakes"][0]["place"], "content/index.md:2:1", "{message}");
    assert_eq!(message["mistakes"][0]["link"], Value::Null);
    let page = server.get("/").body;
    let token = page.split("data-token=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the page knows it");
    let open = |token: &str, origin: &str, which: &str| {
        let origin = if origin.is_empty() { String::new() } else { format!("origin: {origin}\r\n") };
        let head =
            format!("host: HOST\r\n{origin}x-dateline-token: {token}\r\ncontent-length: 0\r\nconnection: close\r\n");
        server.ask(format!("POST /_dateline/open/{which} HTTP/1.1\r\n{head}\r\n")).status
    };
    assert_eq!(open("guessed", "http://HOST", "1/0"), 403);
    assert_eq!(open("", "http://HOST", "1/0"), 403);
    assert_eq!(open(token, "", "1/0"), 403);
    assert_eq!(open(token, "http://evil.example", "1/0"), 403);
    assert_eq!(open(token, "http://HOST", "1/9"), 404);
    assert_eq!(open(token, "http://HOST", "0/0"), 404);
    assert_eq!(open(token, "http://HOST", "../../etc/passwd"), 404);
    assert!(!note.exists());
    assert_eq!(open(token, "http://HOST", "1/0"), 200);
    let said = server::wait_for("the editor", || std::fs::read_to_string(&note).ok().filter(|text| !text.is_empty()));
    assert!(said.ends_with("content/index.md 2:1 "), "{said}");
}

#[test]
fn a_command_for_the_editor_that_cannot_be_read_is_refused() {
    let folder = site().on_disk();
    let run = folder.run(&["serve", "--port", "0", "--editor", "code '"]).ends_with(2);
    assert!(run.err.contains("DATELINE_EDITOR"), "{}", run.err);
}

#[test]
fn a_folder_without_a_site_is_refused() {
    let run = Folder::empty().run(&["serve", "--port", "0"]).ends_with(2);
    assert!(run.err.contains("there is no site") && run.err.contains("help: "), "{}", run.err);
}

#[test]
fn a_taken_port_is_refused_where_it_was_asked_for_and_passed_over_where_not() {
    let first = Server::of(&site());
    let folder = site().on_disk();
    let run = folder.run(&["serve", "--port", &first.port.to_string()]).ends_with(2);
    assert!(run.err.contains("address already in use") && run.err.contains("help: name another port"), "{}", run.err);
    let (second, third) = (Server::free(&folder), Server::free(&folder));
    assert_ne!(second.port, third.port);
    assert_eq!((second.get("/").status, third.get("/").status), (200, 200));
}

#[cfg(unix)]
#[test]
fn asked_to_end_it_ends_well_and_says_nothing_more() {
    for signal in ["INT", "TERM"] {
        let mut server = Server::of(&site());
        let _listens = server.events();
        let _idle = server.connect();
        assert!(server.signal(signal).success());
        assert_eq!(server.ended(), (Some(0), String::new()), "{signal}");
    }
}

#[test]
fn quiet_prints_the_address_alone() {
    let folder = site().on_disk();
    let server = Server::in_folder(&folder);
    folder.put("content/pages/notes.md", "---\ntitle: A page\n---\nOther notes.\n");
    server.until("/pages/notes.html", "Other notes.");
    assert_eq!(server.said(), "");
}
