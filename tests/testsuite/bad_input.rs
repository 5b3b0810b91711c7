//! Bad input of every kind: one run tells all of it and blames nothing else, and what is too large is not read.

use std::fs::File;
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
