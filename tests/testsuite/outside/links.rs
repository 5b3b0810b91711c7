//! Files and folders of a site that are links to what is not its own, and commands that would write there.

use std::fs;
use std::os::unix::fs::symlink;

use super::super::project::{Folder, Project, Run};
use super::{beside_a_secret, everything, run};

const TIMELINE: &str = r#"{"events": [{"start_date": {"year": 2019}, "text": {"headline": "One", "text": "Once."}}]}"#;
const CSL: &str = r#"[{"id": "one", "type": "book", "title": "One: a book"}]"#;
const BIBTEX: &str = "@book{one, title = {One: a book}}\n";

/// What each command writes to first, and the command.
const COMMANDS: [(&str, &[&str]); 13] = [
    ("content/sources.yaml", &["import", "csl", "../csl.json"]),
    ("content/sources.yaml", &["import", "csl", "../csl.json", "--force"]),
    ("content/sources.yaml", &["import", "csl", "../csl.json", "--dry-run"]),
    ("content/sources.yaml", &["import", "bibtex", "../one.bib"]),
    ("content/sources.yaml", &["import", "bibtex", "../one.bib", "--force"]),
    ("content/sources.yaml", &["new", "source", "https://example.org/a", "--title", "A"]),
    ("content/timeline/2019-one.md", &["import", "timelinejs", "../timeline.json"]),
    ("content/timeline/2019-one.md", &["import", "timelinejs", "../timeline.json", "--force"]),
    ("content/timeline/2019-one.md", &["import", "timelinejs", "../timeline.json", "--dry-run"]),
    ("content/timeline/2019-one.md", &["new", "event", "One", "--date", "2019"]),
    ("content/pages/one.md", &["new", "page", "One"]),
    ("themes/plain/theme.yaml", &["theme", "eject", "plain", "--force"]),
    ("schemas/site.json", &["schema", "--write", "schemas"]),
];

fn folder() -> Folder {
    let folder = beside_a_secret(&Project::new());
    folder.put("timeline.json", TIMELINE);
    folder.put("csl.json", CSL);
    folder.put("one.bib", BIBTEX);
    folder
}

#[test]
fn every_command_writes_where_no_link_stands() {
    for (path, command) in COMMANDS.iter().filter(|(_, command)| !command.contains(&"--dry-run")) {
        let folder = folder();
        run(&folder, command).succeeds();
        assert!(folder.has(&format!("site/{path}")), "{command:?} does not write `{path}`; the tests show nothing");
    }
}

/// Puts a link into the site where `path` stands, runs a command, and fails where it is not refused or changes anything.
#[track_caller]
fn assert_refused(path: &str, to: &str, command: &[&str]) {
    let folder = folder();
    let place = folder.path().join("site").join(path);
    fs::create_dir_all(place.parent().expect("it has a folder")).expect("the folder can be made");
    folder.put("outside/file", "theirs: {type: book, title: Theirs}\n");
    folder.put("outside/site.yaml", "title: Theirs\n");
    symlink(to, &place).expect("a link can be made");
    let before = everything(folder.path(), &[]);
    let run = run(&folder, command).ends_with(2);
    assert!(run.err.contains(&format!("`{path}` is a link")), "{command:?} with `{path}` -> {to}: {}", run.err);
    assert!(run.err.contains("help: ") && !run.out.contains("wrote"), "{}\n{}", run.out, run.err);
    assert_eq!(everything(folder.path(), &[]), before, "{command:?} with `{path}` -> {to}");
}

#[test]
fn nothing_is_written_through_a_link_at_the_place_of_a_file() {
    for (path, command) in COMMANDS {
        let up = "../".repeat(path.matches('/').count() + 1);
        // One that is there, one that is not, and one within the site.
        for to in [format!("{up}outside/file"), format!("{up}nowhere"), format!("{up}site/README.md")] {
            assert_refused(path, &to, command);
        }
    }
}

#[test]
fn nothing_is_written_through_a_link_above_the_place_of_a_file() {
    for (path, command) in COMMANDS {
        let outer = path.rsplit_once('/').expect("it lies in a folder").0;
        let up = "../".repeat(outer.matches('/').count() + 1);
        // Without its content, a folder is no site; see below.
        if outer != "content" {
            assert_refused(outer, &format!("{up}outside"), command);
        }
    }
}

#[test]
fn a_content_that_is_a_link_itself_is_not_written_to() {
    for (_, command) in COMMANDS.iter().filter(|(path, _)| path.starts_with("content/")) {
        let folder = folder();
        fs::rename(folder.path().join("site/content"), folder.path().join("outside")).expect("it can be moved");
        symlink("../outside", folder.path().join("site/content")).expect("a link can be made");
        let before = everything(folder.path(), &[]);
        let run = run(&folder, command).ends_with(2);
        assert!(run.err.contains("`content` is a link"), "{command:?}: {}", run.err);
        assert_eq!(everything(folder.path(), &[]), before, "{command:?}");
    }
}

#[test]
fn the_folder_of_a_site_may_be_reached_by_a_link() {
    for (path, command) in COMMANDS.iter().filter(|(_, command)| !command.contains(&"--dry-run")) {
        let folder = folder();
        symlink("site", folder.path().join("link")).expect("a link can be made");
        Run::of(folder.command(command).current_dir(folder.path().join("link"))).succeeds();
        assert!(folder.has(&format!("site/{path}")), "{command:?}");
        let arguments: Vec<String> = command.iter().map(|argument| argument.replace("../", "")).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(["--root", "link"]).collect();
        let again = self::folder();
        symlink("site", again.path().join("link")).expect("a link can be made");
        again.run(&arguments).succeeds();
        assert!(again.has(&format!("site/{path}")), "{arguments:?}");
    }
}
