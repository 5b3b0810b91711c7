//! The program as a person meets it: commands, exit codes, what is printed where.

use dateline::diagnostic::Code;
use serde_json::Value;

use super::project::{Folder, Project, Run, assert_same};

/// Makes a site as `new site` does, and builds it.
fn built_site() -> Folder {
    let folder = Project::started().on_disk();
    folder.run(&["build"]).succeeds();
    folder
}

/// Builds a site that was spoilt, and holds the one message against a title and a place; the old output must stay.
#[track_caller]
fn one_mistake(folder: &Folder, title: &str, place: &str) {
    let before = folder.tree("public");
    let run = folder.run(&["build"]).ends_with(1);
    assert_eq!(run.titles(), [title], "{}", run.err);
    let places: Vec<&str> = run.err.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    assert_eq!(places, [place], "{}", run.err);
    assert!(run.err.contains("\nhelp: "), "{}", run.err);
    assert_eq!(run.out, "");
    assert_same(&before, &folder.tree("public"), "the output of a build with a mistake");
}

#[test]
fn a_new_site_builds_without_a_mistake_and_says_so_in_one_line() {
    let folder = Folder::empty();
    let run = folder.run(&["new", "site", "demo"]).succeeds();
    assert!(run.out.contains("cd demo && dateline serve --open"), "{}", run.out);
    let run = folder.run(&["build", "--root", "demo"]).succeeds();
    assert_eq!(run.err, "");
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.starts_with("built ") && run.out.contains(" pages and "), "{}", run.out);
    assert!(folder.has("demo/public/index.html"));
    let run = folder.run(&["check", "--root", "demo"]).succeeds();
    assert!(run.out.starts_with("all is well: "), "{}", run.out);
}

#[test]
fn a_second_build_changes_nothing() {
    let folder = built_site();
    let run = folder.run(&["build"]).succeeds();
    assert!(run.out.contains("(nothing changed)"), "{}", run.out);
}

#[test]
fn deleting_a_cited_source_gives_one_message_that_names_every_citation() {
    let folder = built_site();
    let text = folder.text("content/sources.yaml");
    let start = text.find("example-chronicle:").expect("the starter has it");
    let end = text.find("example-almanac:").expect("the starter has it");
    folder.put("content/sources.yaml", text[..start].to_owned() + &text[end..]);
    let title = "error[unknown-source]: there is no source `example-chronicle`";
    one_mistake(&folder, title, "content/timeline/1889-tower.md:9:11");
    let run = folder.run(&["check"]).ends_with(1);
    assert_eq!(run.err.matches("also here").count(), 2, "{}", run.err);
}

#[test]
fn deleting_a_source_that_is_cited_once_gives_one_message_at_its_place() {
    let folder = built_site();
    folder.edit("content/pages/about.md", "Say here", "So it is written [@example-report, p. 3]. Say here");
    let place = "content/pages/about.md:9:19";
    one_mistake(&folder, "error[unknown-source]: there is no source `example-report`", place);
}

#[test]
fn a_misspelt_field_gives_one_message_at_its_place() {
    let folder = built_site();
    folder.edit("content/timeline/1889-tower.md", "importance: key", "importence: key");
    let place = "content/timeline/1889-tower.md:7:1";
    one_mistake(&folder, "error[unknown-field]: there is no field `importence` here", place);
}

#[test]
fn a_broken_date_gives_one_message_at_its_place() {
    let folder = built_site();
    folder.edit("content/timeline/1889-tower.md", "date: 1889-05-06", "date: 1889-05-32");
    let run = folder.run(&["build"]).ends_with(1);
    let title = run.titles().concat();
    assert!(title.starts_with("error[bad-date]: ") && title.contains("1889-05-32"), "{title}");
    one_mistake(&folder, &title, "content/timeline/1889-tower.md:3:15");
}

#[test]
fn three_mistakes_are_told_in_one_run_in_the_order_of_files_and_lines() {
    let folder = built_site();
    folder.edit("content/timeline/1889-tower.md", "importance: key", "importence: key");
    folder.edit("content/timeline/1889-tower.md", "1889-05-06", "6 May 1889");
    folder.edit("content/pages/about.md", "title:", "titel:");
    let run = folder.run(&["check"]).ends_with(1);
    let places: Vec<&str> = run.err.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!(places, sorted, "{}", run.err);
    assert!(
        run.err.contains("[bad-date]") && run.err.contains("[unknown-field]") && run.err.contains("pages/about.md"),
        "{}",
        run.err
    );
}

/// What is said of a page that nobody has written yet.
pub(crate) const UNWRITTEN: [&str; 2] = [
    "warning[placeholder]: the summary of this page is not written yet",
    "warning[placeholder]: the text of this page is not written yet",
];

#[test]
fn new_events_and_pages_build_without_a_mistake() {
    let folder = built_site();
    folder.run(&["new", "event", "What: \"why\" & how #3", "--date", "1900-02~"]).succeeds();
    folder.run(&["new", "page", "Größe, 북한 & more"]).succeeds();
    let run = folder.run(&["build"]).succeeds();
    assert_eq!(run.titles(), UNWRITTEN.repeat(2), "{}", run.err);
    assert!(run.out.contains("2 new"), "{}", run.out);
    folder.run(&["new", "event", "Bad day", "--date", "yesterday"]).ends_with(2);
    folder.run(&["new", "event", "What: \"why\" & how #3", "--date", "1900-02"]).ends_with(2);
}

#[test]
fn new_site_leaves_a_folder_alone_that_holds_something() {
    let folder = Folder::empty();
    folder.put("demo/thesis.txt", "years of work");
    let run = folder.run(&["new", "site", "demo"]).ends_with(2);
    assert!(run.err.contains("`demo` is not empty"), "{}", run.err);
    assert_eq!(folder.tree("demo").len(), 1);
}

#[test]
fn what_is_not_the_content_exits_with_2() {
    let folder = Folder::empty();
    let run = folder.run(&["build"]).ends_with(2);
    assert!(run.err.starts_with("error: there is no site in ") && run.err.contains("\nhelp: "), "{}", run.err);
    folder.run(&["nonsense"]).ends_with(2);
    folder.run(&["build", "--today", "soon", "--root", "."]).ends_with(2);
    folder.run(&["explain", "no-such-code"]).ends_with(2);
    folder.run(&["schema", "cake"]).ends_with(2);
    folder.run(&["theme", "eject", "no-such-theme"]).ends_with(2);
}

#[test]
fn without_a_terminal_nothing_but_plain_letters_is_printed() {
    let folder = built_site();
    folder.edit("content/timeline/1889-tower.md", "importance: key", "importence: key");
    for arguments in [&["build"][..], &["check"], &["--help"], &["theme", "list"], &["explain"]] {
        let run = folder.run(arguments);
        assert!(!(run.out + &run.err).contains('\u{1b}'), "{arguments:?} prints escape codes into a pipe");
    }
    assert!(folder.run(&["check", "--color", "always"]).err.contains('\u{1b}'));
    assert!(!folder.run(&["check", "--color", "never"]).err.contains('\u{1b}'));
}

#[test]
fn quiet_says_only_what_is_wrong() {
    let folder = built_site();
    let run = folder.run(&["build", "--quiet"]).succeeds();
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    folder.edit("content/timeline/1889-tower.md", "importance: key", "importence: key");
    let run = folder.run(&["build", "--quiet"]).ends_with(1);
    assert_eq!(run.titles().len(), 1, "{}", run.err);
}

#[test]
fn every_code_is_explained_with_an_example() {
    let folder = Folder::empty();
    let listed = folder.run(&["explain"]).succeeds().out;
    assert_eq!(listed.lines().count(), Code::ALL.len());
    for code in Code::ALL {
        let told = folder.run(&["explain", code.name()]).succeeds().out;
        assert!(told.starts_with(&format!("# {code}\n")) && told.contains("```"), "{told}");
    }
    let run = folder.run(&["explain", "unknown-claims"]).ends_with(2);
    assert!(run.err.contains("help: write `dateline explain unknown-claim`"), "{}", run.err);
}

#[test]
fn every_schema_is_json_and_names_the_fields() {
    let folder = Folder::empty();
    let fields = [
        ("site", "title"),
        ("event", "date"),
        ("page", "summary"),
        ("sources", "container-title"),
        ("questions", "note"),
        ("check", "counts"),
    ];
    for (kind, field) in fields {
        let text = folder.run(&["schema", kind]).succeeds().out;
        let schema: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert!(schema["$schema"].as_str().is_some_and(|name| name.contains("json-schema.org")), "{kind}");
        assert!(text.contains(&format!("\"{field}\"")), "{kind} does not describe `{field}`");
        assert!(text.contains("\"description\""), "{kind} describes nothing");
    }
}

#[test]
fn drafts_are_built_only_when_asked_for() {
    let folder = built_site();
    folder.put("content/pages/soon.md", "---\ntitle: Soon\ndraft: true\n---\nNot yet.\n");
    folder.run(&["build"]).succeeds();
    assert!(!folder.has("public/pages/soon.html"));
    folder.run(&["build", "--drafts"]).succeeds();
    assert!(folder.has("public/pages/soon.html"));
    folder.run(&["build"]).succeeds();
    assert!(!folder.has("public/pages/soon.html"));
}

#[test]
fn today_changes_what_is_said_and_nothing_that_is_written() {
    let folder = built_site();
    let before = folder.tree("public");
    let run = folder.run(&["build", "--today", "1900-01-01"]).succeeds();
    assert_eq!(run.titles(), ["warning[future-date]: the source `example-almanac` is dated in the future: `1931`"]);
    assert_same(&before, &folder.tree("public"), "built as of another day");
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let folder = Folder::empty();
    for shell in ["bash", "zsh", "fish"] {
        assert!(folder.run(&["completions", shell]).succeeds().out.contains("dateline"));
    }
    assert!(folder.run(&["man"]).succeeds().out.contains(".TH dateline"));
    let Run { out, .. } = folder.run(&["--version"]).succeeds();
    assert_eq!(out.trim(), concat!("dateline ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = built_site();
    let mut child =
        folder.command(&["schema", "event"]).stdout(std::process::Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    assert!(child.wait().expect("it ends").success());
}
