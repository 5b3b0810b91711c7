//! Bad input of every kind: one run tells all of it and blames nothing else, and what is too large is not read.

use std::fs::File;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::project::{Folder, Project};
use super::world::figure;

/// A text that stands in a file and is wrong, with what is said of it.
fn wrong() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let page = |front: &str, body: &str| format!("---\n{front}\n---\n{body}\n").into_bytes();
    let deep = format!("title: {}{}", "[".repeat(10_000), "]".repeat(10_000));
    let bomb: String =
        (1..12).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", "))).collect();
    let long = format!("{} [@nobody]", "word ".repeat(200_000));
    vec![
        ("content/pages/empty.md", Vec::new(), "bad-front-matter"),
        ("content/pages/latin.md", b"---\ntitle: Z\xfcrich\n---\n".to_vec(), "not-text"),
        ("content/pages/zero.md", page("title: A", "b\0c"), "not-text"),
        ("content/pages/pdf.md", page("title: A", "soft\u{2}hyphen"), "not-text"),
        ("content/pages/escaped.md", page("title: \"A\\x0bB\"", "B"), "bad-yaml"),
        ("content/pages/marked.md", b"\xef\xbb\xbf---\r\ntitle: A\r\nx: 1\r\n---\r\n".to_vec(), "unknown-field"),
        ("content/pages/tab.md", page("title: A\nextra:\n\ta: 1", ""), "bad-yaml"),
        ("content/pages/twice.md", page("title: A\ntitle: B", ""), "duplicate-key"),
        ("content/pages/deep.md", page(&deep, ""), "bad-yaml"),
        ("content/pages/bomb.md", page(&format!("title: A\na0: &a0 [x, x]\n{bomb}"), ""), "bad-yaml"),
        ("content/pages/long.md", page("title: A", &long), "unknown-source"),
        ("content/pages/con.md", page("title: A", ""), "bad-file-name"),
        ("content/pages/right\u{202e}left.md", page("title: A", ""), "bad-file-name"),
        ("content/pages/case.md", page("title: A", ""), "same-output"),
        ("content/pages/alias.md", page("title: A\naliases: [pages/good.html]", ""), "same-output"),
        ("content/timeline/two.md", page("title: A\ndate: 2019\nid: one", ""), "duplicate-id"),
        (
            "content/sources.yaml",
            b"a: {type: book, title: A, origin: b}\nb: {type: book, title: B, origin: a}\n".to_vec(),
            "origin-cycle",
        ),
    ]
}

#[test]
fn one_run_tells_every_kind_of_bad_input() {
    let good = Project::new()
        .page("good", "Words.")
        .page("Case", "Words.")
        .page("50% off #1 & 'more' 🚀 북한", "Words.")
        .event("one", "title: A\ndate: 2019", "Words.");
    good.on_disk().run(&["check", "--deny", "warnings"]).succeeds();
    let folder = wrong().iter().fold(good, |project, (path, bytes, _)| project.file(path, bytes)).on_disk();
    // As large as nobody types.
    hollow(&folder, "content/pages/huge.md", 100 << 20);
    let run = folder.run(&["check", "--format", "json"]).ends_with(1);
    let told: Value = serde_json::from_str(&run.out).expect("it is JSON");
    let told = told["diagnostics"].as_array().expect("a list");
    let wrong = wrong();
    let expected = wrong.iter().map(|(path, _, code)| (*path, *code)).chain([("content/pages/huge.md", "too-large")]);
    for (path, code) in expected {
        // What cannot be read as a text has no place in it, and is named by the message.
        let is_of =
            |one: &Value| one["file"] == *path || one["message"].as_str().is_some_and(|text| text.contains(path));
        assert!(told.iter().any(|one| one["code"] == code && is_of(one)), "{path}: {code} is not told: {}", run.out);
    }
    // Two files that claim one place are both named; nothing else is said of what is well.
    let shared = ["same-output", "duplicate-id"];
    for one in told.iter().filter(|one| !shared.contains(&one["code"].as_str().expect("a code"))) {
        let file = one["file"].as_str().unwrap_or_default();
        assert!(!["good.md", "50% off", "index.md", "one.md"].iter().any(|good| file.contains(good)), "{one}");
    }
}

/// Makes a file of so many bytes, which takes no room on the disk.
fn hollow(folder: &Folder, path: &str, bytes: u64) {
    folder.put(path, "");
    let file = File::options().write(true).open(folder.path().join(path)).expect("it is there");
    file.set_len(bytes).expect("it can be made longer");
}

#[test]
fn what_is_too_large_is_not_read_whatever_it_is() {
    const TERABYTE: u64 = 1 << 40;
    let text = "16 MB of text are read";
    let kinds = [
        ("content/pages/huge.md", text),
        ("content/index.md", text),
        ("content/sources.yaml", "64 MB of text are read"),
        ("content/media/huge.csv", "1024 MB are read"),
        ("content/media/huge.png", "1024 MB are read"),
        ("content/media/huge.svg", "1024 MB are read"),
        ("themes/broadsheet/templates/page.html", text),
        ("themes/broadsheet/theme.yaml", text),
        ("themes/broadsheet/static/huge.css", "1024 MB are read"),
        ("evidence/huge.txt", text),
        ("evidence/huge.html", text),
        ("evidence/huge.pdf", "1024 MB are read"),
    ];
    let folder = Project::new().on_disk();
    kinds.iter().for_each(|(path, _)| hollow(&folder, path, TERABYTE));
    let begun = Instant::now();
    let run = folder.run(&["build"]).ends_with(1);
    for (path, most) in kinds {
        let title = format!("error[too-large]: `{path}` has 1048576 MB; at most {most}");
        assert!(run.titles().contains(&&*title), "{path}: {}", run.err);
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "it takes {:?}", begun.elapsed());
    figure(&format!("{} files of a terabyte are refused in {} ms", kinds.len(), begun.elapsed().as_millis()));
}

#[test]
fn a_file_to_import_that_nobody_typed_is_refused_by_its_size() {
    let folder = Project::new().on_disk();
    for arguments in
        [["timelinejs", "huge.json"], ["timelinejs", "huge.csv"], ["csl", "huge.json"], ["bibtex", "huge.bib"]]
    {
        for megabytes in [17, 1 << 20] {
            hollow(&folder, arguments[1], megabytes << 20);
            let run = folder.run(&["import", arguments[0], arguments[1]]).ends_with(2);
            let said = format!("has {megabytes} MB; at most 16 MB are imported");
            assert!(run.err.contains(&said), "{arguments:?}: {}", run.err);
        }
    }
}

#[test]
fn a_saved_page_that_nobody_saved_is_read_no_further_than_its_bound() {
    let folder = Project::new().on_disk();
    hollow(&folder, "huge.html", 1 << 40);
    let pages = if cfg!(target_os = "linux") { &["huge.html", "/dev/zero"][..] } else { &["huge.html"] };
    for page in pages {
        let run = folder.run(&["new", "source", "https://example.org/", "--from", page]).ends_with(2);
        assert!(run.err.contains(&format!("`{page}` is larger than 64 MB")), "{}", run.err);
    }
}

/// Builds a site and returns what is said of it, and fails where that does not come to an end.
#[track_caller]
fn told_soon(project: &Project) -> String {
    let (tell, told) = mpsc::channel();
    let project = project.clone();
    thread::spawn(move || {
        let built = project.build();
        assert!(built.output.is_none(), "it is built");
        tell.send(project.drawn(&built.diagnostics))
    });
    told.recv_timeout(Duration::from_secs(60)).expect("what leads in a circle comes to an end, and is not built")
}

/// Fails where not just this is said of a site: titles, and where.
#[track_caller]
fn assert_told(project: &Project, expected: &[(&str, &str)]) {
    let told = told_soon(project);
    let titles: Vec<&str> = told.lines().filter(|line| line.starts_with("error[")).collect();
    let places: Vec<&str> = told.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    assert_eq!(titles.into_iter().zip(places).collect::<Vec<_>>(), expected, "{told}");
    assert_eq!(told.matches("\nhelp: ").count(), expected.len(), "a way out is missing: {told}");
}

#[test]
fn aliases_that_lead_in_a_circle_are_told_where_they_stand() {
    let page = |alias: &str| format!("---\ntitle: A\naliases: [{alias}]\n---\n");
    let two = Project::new()
        .file("content/pages/a.md", page("pages/b.html"))
        .file("content/pages/b.md", page("pages/a.html"));
    assert_told(
        &two,
        &[
            (
                "error[same-output]: `pages/b.html` would be written twice: by content/pages/b.md and by an alias of content/pages/a.md",
                "content/pages/a.md:3:11",
            ),
            (
                "error[same-output]: `pages/a.html` would be written twice: by content/pages/a.md and by an alias of content/pages/b.md",
                "content/pages/b.md:3:11",
            ),
        ],
    );
    assert_told(
        &Project::new().file("content/pages/a.md", page("pages/a.html")),
        &[(
            "error[same-output]: `pages/a.html` would be written twice: by content/pages/a.md and by an alias of content/pages/a.md",
            "content/pages/a.md:3:11",
        )],
    );
}

#[test]
fn origins_that_lead_in_a_circle_are_told_with_the_whole_of_it() {
    let circles: [&[&str]; 3] = [&["a"], &["a", "b"], &["a", "b", "c"]];
    for circle in circles {
        // One more source leads into the circle and is no part of it.
        let mut yaml = "z: {type: book, title: Z, origin: a}\n".to_owned();
        for (at, id) in circle.iter().enumerate() {
            yaml += &format!("{id}: {{type: book, title: A, origin: {}}}\n", circle[(at + 1) % circle.len()]);
        }
        let cites = circle.iter().map(|id| format!("[@{id}] ")).collect::<String>();
        let project = Project::new().file("content/sources.yaml", yaml).page("p", &format!("Words [@z]. {cites}"));
        let way: Vec<String> = circle.iter().chain(&circle[..1]).map(|id| format!("`{id}`")).collect();
        let title = format!("error[origin-cycle]: sources report on each other in a circle: {}", way.join(" → "));
        assert_told(&project, &[(&title, "content/sources.yaml:2:35")]);
    }
}

#[test]
fn an_anchor_of_yaml_that_holds_itself_is_told_where_it_stands() {
    let project = Project::new().file("content/pages/a.md", "---\ntitle: A\nextra:\n  a: &x [*x]\n---\n");
    let title = "error[bad-yaml]: YAML reads `*x` as a reference to another place";
    let told = told_soon(&project);
    assert!(told.contains(title) && told.contains("--> content/pages/a.md:4:"), "{told}");
    let project = Project::new().file("content/site.yaml", "title: A\na: &x [*x]\n");
    let told = told_soon(&project);
    assert!(told.contains(title) && told.contains("--> content/site.yaml:2:"), "{told}");
}

#[test]
fn a_control_character_is_told_where_it_stands_and_one_written_as_a_reference_reaches_no_page() {
    let body = "one &#11; two &#x1; `three`\n\n[link](https://a.example/ \"a&#2;b\") <b title=\"&#3;\">four</b>\n";
    let folder = Project::new().page("good", body).on_disk();
    folder.run(&["build"]).succeeds();
    let page = std::fs::read_to_string(folder.path().join("public/pages/good.html")).expect("the page is built");
    assert!(page.contains("one   two  <code>three</code>"), "{page}");
    assert!(!page.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{page:?}");

    let run = Project::new().page("bad", "one\n\ntwo\u{b}three").on_disk().run(&["check"]).ends_with(1);
    for told in ["U+000B", "content/pages/bad.md:6:4", "two␋three", "delete it"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
}
