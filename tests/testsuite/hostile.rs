//! Every kind of bad input is answered, and none of it makes the program fall over.

use dateline::diagnostic::{Code, Diagnostics};

use super::project::{Project, codes};

/// Every mark that turns the text behind it around, or ends that.
#[cfg(unix)]
const TURNING: &str = "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

/// Fails where something is said of a site that has nothing wrong.
#[track_caller]
fn assert_well(project: &Project) {
    let built = project.build_from_disk();
    assert!(built.output.is_some() && codes(&built.diagnostics).is_empty(), "{}", project.drawn(&built.diagnostics));
}

/// Returns the only thing that is said, as printed.
#[track_caller]
fn only_message(diagnostics: &Diagnostics, code: Code) -> String {
    let messages: Vec<_> = diagnostics.iter().collect();
    assert_eq!(messages.len(), 1, "{messages:#?}");
    assert_eq!(messages[0].code, code, "{messages:#?}");
    messages[0].message.clone()
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read_like_any_other() {
    let front = "title: Fire\ndate: 2019\nsummary: >-\n  One\n  line.";
    let plain = Project::new().event("fire", front, "## Smoke\n\nText.\n\nMore.");
    let windows = plain.files().iter().fold(Project::new(), |project, (path, bytes)| {
        let text = String::from_utf8(bytes.clone()).expect("it is text");
        project.file(path, format!("\u{FEFF}{}", text.replace('\n', "\r\n")))
    });
    assert_well(&windows);
    assert_eq!(windows.page_built("timeline/fire.html"), plain.page_built("timeline/fire.html"));
}

#[test]
fn places_are_right_behind_a_byte_order_mark_and_with_windows_line_ends() {
    let folder =
        Project::new().file("content/pages/a.md", "\u{FEFF}---\r\ntitle: A\r\nx: 1\r\n---\r\nSo [@who].\r\n").on_disk();
    let run = folder.run(&["check"]).ends_with(1);
    let places: Vec<&str> = run.err.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    assert_eq!(places, ["content/pages/a.md:3:1", "content/pages/a.md:5:5"], "{}", run.err);
}

#[test]
fn a_file_that_is_not_utf_8_is_named_with_its_line() {
    let project = Project::new().file("content/pages/a.md", b"---\ntitle: Z\xfcrich\n---\n");
    let built = project.build_from_disk();
    let message = only_message(&built.diagnostics, Code::NotText);
    assert_eq!(message, "`content/pages/a.md` is not saved as UTF-8: line 2 has a letter that cannot be read");
    assert!(built.output.is_none());
}

#[test]
fn a_nul_in_a_text_is_pointed_at() {
    let run =
        Project::new().file("content/pages/a.md", "---\ntitle: A\n---\nb\0c\n").on_disk().run(&["check"]).ends_with(1);
    assert!(run.err.contains("error[not-text]") && run.err.contains("--> content/pages/a.md:4:2"), "{}", run.err);
}

#[test]
fn a_text_that_nobody_typed_is_refused_by_its_size() {
    let project = Project::new().file("content/pages/a.md", vec![b'a'; 17 * 1024 * 1024]);
    let folder = project.on_disk();
    let run = folder.run(&["check"]).ends_with(1);
    assert_eq!(run.titles(), ["error[too-large]: `content/pages/a.md` has 17 MB; at most 16 MB of text are read"]);
}

#[test]
fn sources_may_be_more_than_a_page_may_hold() {
    let line = format!("# {}\n", "x".repeat(1 << 20));
    let project = Project::new().file("content/sources.yaml", line.repeat(17) + "s: {type: report, title: A report}\n");
    let project = project.page("a", "A text [@s].");
    let folder = project.on_disk();
    folder.run(&["build"]).succeeds();
    folder.put("content/sources.yaml", line.repeat(65));
    let run = folder.run(&["check"]).ends_with(1);
    assert!(run.err.contains("`content/sources.yaml` has 66 MB; at most 64 MB of text are read"), "{}", run.err);
    assert!(run.err.contains("help: take out the sources that nothing uses"), "{}", run.err);
}

#[test]
fn empty_files_are_told_what_they_lack() {
    let empty = ["content/pages/a.md", "content/site.yaml", "content/index.md"];
    for path in empty {
        let project = Project::new().file(path, "");
        let built = project.build_from_disk();
        assert!(built.diagnostics.has_errors(), "{path} is empty and nothing is said");
    }
    for path in ["content/sources.yaml", "content/questions.yaml"] {
        for text in ["", "# nothing yet\n", "{}\n"] {
            assert_well(&Project::new().file(path, text));
        }
    }
}

#[test]
fn deep_nesting_ends_in_a_message() {
    let deep = |open: &str, close: &str| format!("title: {}{}\n", open.repeat(10_000), close.repeat(10_000));
    for yaml in [
        deep("[", "]"),
        deep("{a: ", "}"),
        format!("title:\n{}", (1..3000).map(|n| " ".repeat(n) + "- -\n").collect::<String>()),
    ] {
        let built = Project::new().file("content/site.yaml", &yaml).build();
        assert!(built.diagnostics.has_errors(), "deep nesting is taken for a title");
        let built = Project::new().file("content/pages/a.md", format!("---\n{yaml}---\n")).build();
        assert!(built.diagnostics.has_errors());
    }
    for markdown in [
        "> ".repeat(10_000),
        "[".repeat(20_000),
        "*a _b ".repeat(10_000),
        "- ".repeat(5_000),
        "[^".repeat(20_000),
        "<div>".repeat(10_000),
    ] {
        Project::new().page("deep", &markdown).build_from_disk();
    }
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inside = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{inside}]\n");
    }
    let built = Project::new().file("content/site.yaml", format!("title: A\n{bomb}")).build();
    assert!(built.diagnostics.has_errors());
}

#[test]
fn a_line_of_a_megabyte_is_read_and_a_mistake_in_it_is_drawn() {
    let line = "word ".repeat(200_000);
    let project = Project::new().page("long", &format!("{line} [@nobody] {line}"));
    let built = project.build();
    assert_eq!(codes(&built.diagnostics), ["unknown-source"]);
    assert!(project.drawn(&built.diagnostics).contains("nobody"));
}

#[test]
fn names_with_spaces_signs_and_any_script_are_pages_that_links_find() {
    let names = ["with space", "50% off", "a#b", "북한", "naïve café", "🚀 start", "it's & more", "c+d", "(x)"];
    let links: String = names.iter().map(|name| format!("- [{name}](<{name}.md>)\n")).collect();
    let project = names.iter().fold(Project::new(), |project, name| {
        project.page(name, &links.replace("50% off", "50%25 off").replace("a#b", "a%23b"))
    });
    assert_well(&project);
    let html = project.page_built("pages/with space.html");
    for address in ["50%25%20off.html", "a%23b.html", "with%20space.html", "it&#39;s%20&amp;%20more.html", "북한.html"]
    {
        assert!(html.contains(&format!("href=\"../pages/{address}\"")), "{address} is not in {html}");
    }
}

#[test]
fn names_that_some_systems_cannot_hold_are_refused() {
    // The table of all names stands beside the rule, in src/check/names.rs.
    let names =
        ["con", "COM¹.tar", "conout$", "a:b", "what?", " start", "a\u{202E}b", "a\u{61C}b", "back\\slash", "end /a"];
    for name in names {
        for path in [format!("content/pages/{name}.md"), format!("content/media/{name}.txt")] {
            let project = Project::new().file(&path, "---\ntitle: A\n---\n");
            let run = project.on_disk().run(&["build"]).ends_with(1);
            assert_eq!(run.titles().len(), 1, "{path:?}: {}", run.err);
            assert!(run.titles()[0].starts_with("error[bad-file-name]: "), "{path:?}: {}", run.err);
        }
    }
}

#[test]
fn an_alias_in_a_place_that_others_keep_is_told_before_anything_is_made() {
    for alias in [".git/x.html", ".GIT/x.html", ".dateline-x.html", "ledger.html/x.html"] {
        let page = format!("---\ntitle: A\naliases: [{alias}]\n---\n");
        let folder = Project::new().file("content/pages/a.md", page).on_disk();
        let ways: [&[&str]; 5] = [
            &["check"],
            &["build"],
            &["export", "zip", "e.zip"],
            &["export", "single", "e.html"],
            &["export", "epub", "e.epub"],
        ];
        for way in ways {
            let run = folder.run(way).ends_with(1);
            assert_eq!(run.titles().len(), 1, "{alias}: {way:?}: {}", run.err);
            assert!(run.err.contains("--> content/pages/a.md:3:11\n"), "{alias}: {way:?}: {}", run.err);
        }
        let made: Vec<String> = folder.tree("").into_keys().filter(|path| !path.starts_with("content/")).collect();
        assert!(made.iter().all(|path| path.starts_with(".dateline/")), "{alias}: something is made: {made:?}");
    }
}

#[test]
fn what_lies_in_a_hidden_folder_is_passed_over_and_refused_where_it_does_not_come_from_a_disk() {
    for path in ["content/.git/a.md", "content/.git/a.txt", "content/pages/.dateline-x.md", "content/.dateline-x.txt"] {
        let project = Project::new().file(path, "---\ntitle: A\n---\n");
        assert_well(&project);
        assert_eq!(project.codes(), ["bad-file-name"], "{path}");
    }
}

#[test]
fn what_would_be_a_file_and_a_folder_is_told_with_its_place() {
    let page = "---\ntitle: A\n---\n";
    let copies = "s: {type: report, title: S, evidence: a}\nt: {type: report, title: T, evidence: a.txt}\n";
    let page_below = Project::new().page("a", "A.").file("content/pages/A.html/b.md", page);
    let cases = [
        (page_below, "content/pages/a.md:1:1"),
        (Project::new().file("content/static", "x"), "content/static"),
        (Project::new().file("content/static/variables.css/a.txt", "x"), "content/static/variables.css/a.txt"),
        (Project::new().file("content/data", "x"), "content/data"),
        (
            Project::new()
                .file("content/site.yaml", "title: A\npublish-evidence: true\n")
                .file("content/sources.yaml", copies)
                .file("evidence/a", "x")
                .file("evidence/a.txt", "x")
                .page("b", "B [@s; @t]."),
            "content/sources.yaml:2:39",
        ),
    ];
    for (project, place) in cases {
        let built = project.build();
        let drawn = project.drawn(&built.diagnostics);
        assert!(built.output.is_none(), "{place}: it is built");
        assert_eq!(codes(&built.diagnostics), ["same-output"], "{place}: {drawn}");
        assert!(drawn.contains(&format!("--> {place}\n")), "{place}: {drawn}");
    }
}

#[test]
fn pages_that_differ_only_in_letter_case_are_one_file_elsewhere() {
    let project = Project::new().page("About", "A.").page("about", "B.");
    assert!(project.codes().contains(&"same-output"), "{:?}", project.codes());
}

#[test]
#[cfg(unix)]
fn links_to_other_places_and_things_that_are_no_files_are_not_followed() {
    use std::os::unix::fs::symlink;

    let folder = Project::new().on_disk();
    symlink("/etc/passwd", folder.path().join("content/passwd.txt")).expect("a link");
    symlink(folder.path(), folder.path().join("content/loop")).expect("a link");
    let run = folder.run(&["build"]).ends_with(1);
    assert_eq!(run.titles().len(), 2, "{}", run.err);
    assert!(run.titles().iter().all(|title| title.starts_with("error[bad-file-name]: ")), "{}", run.err);
    let folder = Project::new().on_disk();
    let fifo =
        std::process::Command::new("mkfifo").arg(folder.path().join("content/pipe")).status().expect("mkfifo runs");
    assert!(fifo.success());
    let run = folder.run(&["build"]).ends_with(2);
    assert!(run.err.contains("`content/pipe` is neither a file nor a folder"), "{}", run.err);
}

#[test]
fn what_is_typed_is_never_markup_in_a_page() {
    let nasty = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;";
    let yaml = serde_json::to_string(nasty).expect("text is JSON");
    let project = Project::new()
        .file("content/site.yaml", format!("title: {yaml}\ndescription: {yaml}\nauthors: [{yaml}]\npublisher: {yaml}\nlicence: {yaml}\ngroups:\n  g: {yaml}\n"))
        .file("content/sources.yaml", format!("s:\n  type: book\n  title: {yaml}\n  author: [{{family: {yaml}, given: {yaml}}}]\n  publisher: {yaml}\n  container-title: {yaml}\n"))
        .file("content/questions.yaml", format!("q:\n  title: {yaml}\n  note: {yaml}\n"))
        .event(
            "e",
            &format!("title: {yaml}\ndate: 2019\nsummary: {yaml}\ngroups: [g]\nclaims:\n  - id: c\n    question: q\n    statement: {yaml}\n    said-by: {yaml}\n    note: {yaml}\n    sources: [{{id: s, locator: {yaml}}}]"),
            &format!("## {nasty}\n\n{nasty}\n\n[{nasty}](claim:c) ![{nasty}](../media/a.svg \"t\")\n\n`{nasty}`\n\n[question](question:q)"),
        )
        .file("content/media/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>");
    let built = project.build();
    let output = built.output.unwrap_or_else(|| panic!("{}", project.drawn(&built.diagnostics)));
    for (path, file) in output.files().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(file.bytes.to_vec()).expect("a page is UTF-8").to_lowercase();
        assert!(!html.contains("<script>alert"), "{path} runs a script that was typed");
        for tag in html.split('<').filter_map(|tag| tag.split('>').next()) {
            let bare = tag.split('"').step_by(2).collect::<String>();
            assert!(!bare.contains("onerror"), "{path} has an attribute that was typed: <{tag}>");
        }
    }
}

#[test]
fn addresses_that_run_code_are_refused() {
    for address in ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x", "//evil.example/x"]
    {
        let codes = Project::new().page("a", &format!("[x]({address})")).codes();
        assert_eq!(codes, ["unsafe-link"], "{address}");
    }
}

#[test]
fn files_that_a_browser_would_run_are_refused_unless_html_is_allowed() {
    let site = |settings: &str| {
        Project::new()
            .file("content/site.yaml", format!("title: A\n{settings}"))
            .file("content/demo/page.HTML", "<script>run()</script>")
            .file(
                "content/media/a.svg",
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><script>run()</script></svg>",
            )
            .file("content/media/b.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>")
            .file("content/media/notes.txt", "<script>run()</script>")
    };
    assert_eq!(codes(&site("").build_from_disk().diagnostics), ["active-file", "active-file"]);
    assert_well(&site("html: allow\n"));
}

#[test]
fn a_variable_of_a_theme_loads_nothing() {
    for value in ["url(https://example.org/a)", "URL(//example.org/a)", "image-set(x 1x)", "red url(a.png)"] {
        let project = Project::new().file("content/site.yaml", format!("title: A\nvariables: {{paper: '{value}'}}\n"));
        assert_eq!(project.codes(), ["bad-value"], "{value}");
    }
    assert_well(
        &Project::new().file("content/site.yaml", "title: A\nvariables: {paper: 'light-dark(#fff, rgb(0 0 0))'}\n"),
    );
}

#[test]
#[cfg(unix)]
fn no_name_and_no_word_of_the_content_is_obeyed_by_a_terminal_or_a_ci() {
    let folder = Project::new()
        .file("content/a\u{1b}[31m\n::error::b\u{202e}.md", "no front matter")
        .file(&format!("content/{TURNING}.txt"), "x")
        .file("content/pages/b.md", "---\ntitle: B\ndate: \"b\\n::error::d\"\n\"x\\e[2J\\u0007\u{9b}\": 1\ngroups: \"a\\e[31m\\n::error::c\"\n---\n[x](<no\u{202e}where.md>)\n")
        .page("turning", &format!("[{TURNING}](<{TURNING}.md>)"))
        .on_disk();
    for command in [
        &["check", "--color", "never"][..],
        &["build"],
        &["build", "--root", "no\u{1b}[31m"],
        &["explain", "no\u{1b}[31m"],
    ] {
        let run = folder.run(command);
        assert!(!run.err.is_empty());
        let is_obeyed = |letter: char| letter != '\n' && (letter.is_control() || TURNING.contains(letter));
        assert_eq!(run.err.find(is_obeyed), None, "{command:?}: {:?}", run.err);
        // GitHub takes a line for a command however far in it stands.
        assert!(!run.err.lines().any(|line| line.trim_start().starts_with("::")), "{command:?}: {}", run.err);
    }
    let run = folder.run(&["check", "--format", "github"]);
    assert!(run.out.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")), "{}", run.out);
    // A name stays as it is, so that the file is found; what is said is shown.
    let is_hidden = |letter: char| letter != '\n' && (letter.is_control() || TURNING.contains(letter));
    let mut said = run.out.lines().filter_map(|line| line.splitn(3, "::").nth(2));
    assert!(said.all(|said| !said.contains(is_hidden)), "{}", run.out.escape_debug());
    for format in ["json", "sarif"] {
        let run = folder.run(&["check", "--format", format]);
        assert_eq!(run.out.find(is_hidden), None, "{format}: {}", run.out.escape_debug());
        assert!(run.out.contains("\\u202e"), "{format}: {}", run.out);
        let told: serde_json::Value = serde_json::from_str(&run.out).expect("it is JSON");
        assert!(told.to_string().contains("no\u{202e}where.md"), "{format}: to a program it means the same");
    }
}
