//! What is printed is obeyed by no terminal and by no CI, whoever wrote it: files to import, copies, branches, saved pages.
//!
//! What the site itself holds is looked at in `hostile` too.

use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::project::{Folder, Project, Run};
use super::publish::{commit, git, site};

/// Clears a terminal, names it, begins a line with a command of GitHub, turns text around, and holds commands for a whole line.
const HOSTILE: &str =
    "a\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}\n::error::b\u{202e}\u{2066}##[stop-commands]t##vso[task.c]##teamcity[d";

/// What is left of its commands where a person is to read them.
const SHOWN: &str = "#♯[stop-commands]t#♯vso[task.c]#♯teamcity[d";

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Fails where something printed is obeyed.
#[track_caller]
fn assert_shown(run: &Run) {
    for text in [&run.out, &run.err] {
        assert_eq!(text.find(is_obeyed), None, "{}", text.escape_debug());
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
        assert!(["##[", "##vso[", "##teamcity["].iter().all(|command| !text.contains(command)), "{text}");
    }
}

fn is_obeyed(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter != '\n' && (letter.is_control() || turns)
}

#[test]
fn what_a_file_to_import_says_is_shown_and_what_is_written_is_read_again() {
    let source = json!([
        {"id": HOSTILE, "type": HOSTILE, "title": HOSTILE, "issued": {"raw": HOSTILE}, "accessed": HOSTILE, HOSTILE: HOSTILE,
         "note": HOSTILE, "URL": HOSTILE, "author": [{"family": HOSTILE, "given": HOSTILE}]},
        {"id": HOSTILE, "type": "book", "title": "Twice"},
    ]);
    let event = json!({"title": {"text": {"headline": HOSTILE}, HOSTILE: HOSTILE}, HOSTILE: HOSTILE, "events": [
        {"start_date": {"year": "2019", "display_date": HOSTILE, HOSTILE: HOSTILE}, "text": {"headline": HOSTILE, "text": HOSTILE},
         "group": HOSTILE, "unique_id": HOSTILE, "media": {"url": HOSTILE, "caption": HOSTILE, HOSTILE: HOSTILE}, HOSTILE: HOSTILE},
        {"start_date": {"year": HOSTILE}, "text": {"headline": HOSTILE}},
    ]});
    let word = HOSTILE.replace('\n', "");
    let bibtex = format!(
        "@misc{{##[k]##vso[l],\n title = {{{word}}},\n date = {{{word}}},\n urldate = {{{word}}},\n author = {{{word}}},\n \
         x = {{{word}}}\n}}\n@misc{{##[k]##vso[l], title = {{Twice}}}}\n@misc{{b, title = ##[\u{1b}[2J\n}}\n"
    );
    let files = [("csl", source.to_string()), ("timelinejs", event.to_string()), ("bibtex", bibtex)];
    for (kind, text) in files {
        let folder = Project::new().on_disk();
        // A file may have such a name, too.
        let name = if cfg!(unix) { format!("{HOSTILE}.json").replace('/', "") } else { "a.json".to_owned() };
        folder.put(&name, &text);
        for arguments in [&["import", kind, &name, "--dry-run"][..], &["import", kind, &name]] {
            let run = folder.run(arguments).ends_with(1);
            assert_shown(&run);
            assert!(run.out.contains("#♯[") && run.out.contains('␛'), "{kind}: nothing of it is shown: {}", run.out);
        }
        let run = folder.run(&["check"]);
        let unread = ["not-text", "bad-yaml", "unknown-field", "wrong-type"];
        assert!(!unread.iter().any(|code| run.err.contains(&format!("error[{code}]"))), "{kind}: {}", run.err);
        assert_shown(&run);
    }
}

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
        writer.write_all(text.as_bytes()).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

#[test]
#[cfg(unix)]
fn what_a_copy_lists_and_holds_is_shown_when_it_is_verified() {
    let escaped = |name: &str| format!("\\{EMPTY}  {}\n", name.replace('\n', "\\n"));
    let (missing, changed, added) = (format!("m{HOSTILE}"), format!("c{HOSTILE}"), format!("x{HOSTILE}"));
    let list = escaped(&missing) + &escaped(&changed) + &format!("{EMPTY}  n\u{1b}[2J\u{1b}]0;owned\u{7}##[n].html\n");
    let folder = Folder::empty();
    folder.put("copy/SHA256SUMS", &list);
    folder.put(&format!("copy/{changed}"), "other");
    folder.put(&format!("copy/{added}"), "x");
    folder.put("copy.zip", packed(&[("SHA256SUMS", &list), (&changed, "other"), (&added, "x")]));
    for copy in ["copy", "copy.zip"] {
        let run = folder.run(&["verify", copy]).ends_with(1);
        assert_shown(&run);
        let lines: Vec<&str> = run.out.lines().collect();
        assert_eq!(lines.len(), 5, "a name has more than a line: {}", run.out);
        for (line, what) in lines.iter().zip(["missing  m", "missing  n", "changed  c", "added    x"]) {
            assert!(line.starts_with(what) && (line.contains(SHOWN) || line.contains("#♯[n]")), "{what}: {}", run.out);
        }
    }
    // What a copy is refused for is said with its words.
    for line in [format!("{EMPTY}  ../{}\n", HOSTILE.replace('\n', "")), format!("{HOSTILE}\n")] {
        folder.put("copy/SHA256SUMS", line);
        assert_shown(&folder.run(&["verify", "copy"]).ends_with(2));
    }
}

#[test]
#[cfg(unix)]
fn what_stands_on_a_branch_is_shown_when_it_is_to_be_deleted() {
    let remote = Folder::empty();
    git(&remote, &["init", "--quiet", "--bare"]);
    let folder = site("{kind: git}").on_disk();
    commit(&folder);
    git(&folder, &["remote", "add", "origin", &remote.path().to_string_lossy()]);
    folder.run(&["publish"]).succeeds();
    let clone = Folder::empty();
    git(&clone, &["clone", "--quiet", "--branch", "gh-pages", &remote.path().to_string_lossy(), "."]);
    let name = "old\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}##[stop-commands]t.html";
    clone.put(name, "");
    clone.put("SHA256SUMS", clone.text("SHA256SUMS") + &format!("{EMPTY}  {name}\n"));
    git(&clone, &["add", "--all"]);
    git(&clone, &["commit", "--quiet", "--message", "theirs"]);
    git(&clone, &["push", "--quiet", "origin", "gh-pages"]);
    folder.edit("content/pages/one.md", "One.", "Another.");
    for arguments in [&["publish", "--allow-dirty", "--dry-run"][..], &["publish", "--allow-dirty"]] {
        let run = folder.run(arguments);
        assert_shown(&run);
        assert!(run.out.contains("  - old␛[2J␛]0;owned␇\u{fffd}#♯[stop-commands]t.html\n"), "{}", run.out);
    }
}

#[test]
fn what_a_saved_page_says_is_shown_and_its_marks_that_turn_text_are_not_written() {
    let text = HOSTILE.replace('\n', " ");
    let page = format!(
        "<title>T {text}</title><meta name=\"author\" content=\"A {text}\"><meta property=\"og:site_name\" content=\"S {text}\">\
         <link rel=canonical href=\"https://other.example/{}\">",
        text.replace(' ', "")
    );
    let folder = Project::new().file("saved.html", page).on_disk();
    let arguments = [
        &["new", "source", "https://example.org/a", "--from", "saved.html"][..],
        &["new", "source", "https://example.org/b", "--title", HOSTILE],
        &["new", "source", "https://example.org/\u{1b}[2J\u{202e}##[c]", "--title", "T"],
        &["new", "page", HOSTILE],
        &["new", "event", HOSTILE, "--date", "2019"],
    ];
    for arguments in arguments {
        assert_shown(&folder.run(arguments));
    }
    folder.run(&["new", "source", "https://example.org/c", "--from", "saved.html"]);
    let sources = folder.text("content/sources.yaml");
    let of_pages = sources.split("\n\n").find(|source| source.contains("example.org/a")).expect("it is there");
    assert_eq!(of_pages.find(is_obeyed), None, "{}", of_pages.escape_debug());
}

/// A site that says commands in every place of a message: names, words, lines.
fn saying() -> Project {
    let page =
        "---\ntitle: A\n\"##[add-mask]e\": 1\n---\n##[stop-commands]tok [x](<##vso[no].md>) [@who] ##\u{200b}[y\n";
    Project::new()
        .file("content/pages/##[group]b.md", page)
        .file("content/media/##vso[task.x]\u{1}.txt", "x")
        .file("content/site.yaml", "title: A\n##teamcity[x]: 1\n\"##[set-output name=a]v\": 2\n")
}

#[test]
fn what_a_runner_obeys_within_a_line_is_broken_wherever_the_content_says_it() {
    let folder = saying().on_disk();
    for arguments in [
        &["check"][..],
        &["check", "--color", "always"],
        &["build"],
        &["check", "--format", "github"],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["export", "single", "##[add-mask]e.html"],
        &["explain", "##[add-mask]e"],
        &["publish", "##[add-mask]e"],
        &["check", "--root", "##vso[x]"],
    ] {
        let run = folder.run(arguments);
        let said = run.out.clone() + &run.err;
        for command in ["##[", "##vso[", "##teamcity[", "##\u{200b}["] {
            assert!(!said.contains(command), "{arguments:?}: {command} in {said}");
        }
        let shown = if arguments.contains(&"json") || arguments.contains(&"sarif") { "#\\u0023[" } else { "#♯" };
        assert!(said.contains(shown), "{arguments:?}: nothing of it is shown: {said}");
    }
    for format in ["json", "sarif"] {
        let told: Value = serde_json::from_str(&folder.run(&["check", "--format", format]).out).expect("it is JSON");
        assert!(told.to_string().contains("##[add-mask]e"), "{format}: to a program it means the same");
    }
}

#[test]
fn marks_stay_below_what_they_mark_where_a_command_stands_before_it() {
    let folder = saying().on_disk();
    let run = folder.run(&["check"]).ends_with(1);
    let lines: Vec<&str> = run.err.lines().collect();
    let at = lines.iter().position(|line| line.contains("[@who]") && line.contains(" | ")).expect("its line is shown");
    let column = |line: &str, sign: &str| line.split(sign).next().map(|before| before.chars().count());
    let below = lines[at + 1..]
        .iter()
        .take_while(|line| line.contains('|'))
        .find(|line| line.contains('^') || line.contains('-'));
    let below = below.expect("something is marked");
    let marked = [column(below, "^"), column(below, "-")];
    let said =
        [column(lines[at], "who"), column(lines[at], "@who"), column(lines[at], "[@who"), column(lines[at], "[x]")];
    assert!(marked.iter().any(|place| said.contains(place)), "{}", run.err);
}
