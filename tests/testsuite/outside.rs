//! Nothing leaves the folder of a site: what is written stays in it, and what lies outside reaches no reader.
//!
//! Each site here lies in a folder `site`, beside things that are not its own.

#[cfg(unix)]
mod links;

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::project::{Folder, Project, Run, Tree, assert_same, tree};

const SECRET: &str = "what only its owner may read";

/// Puts a site into a folder, as `site`, beside a file that holds a secret.
fn beside_a_secret(project: &Project) -> Folder {
    let folder = Folder::empty();
    project.files().iter().for_each(|(path, bytes)| folder.put(&format!("site/{path}"), bytes));
    folder.put("secret.txt", SECRET);
    folder
}

/// Runs the program in the site.
fn run(folder: &Folder, arguments: &[&str]) -> Run {
    Run::of(folder.command(arguments).current_dir(folder.path().join("site")))
}

/// Everything below a folder: files, folders and links, each with its bytes, or where it leads, and when it was last changed.
fn everything(folder: &Path, apart: &[&str]) -> Vec<(String, Option<Vec<u8>>, SystemTime)> {
    let mut found = Vec::new();
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| !apart.iter().any(|apart| entry.path() == folder.join(apart))) {
        let entry = entry.expect("the folder can be read");
        let about = fs::symlink_metadata(entry.path()).expect("it is there");
        let bytes = if about.is_symlink() {
            let to = fs::read_link(entry.path()).expect("it leads somewhere");
            Some(to.to_string_lossy().into_owned().into_bytes())
        } else {
            about.is_file().then(|| fs::read(entry.path()).expect("the file can be read"))
        };
        let path = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
        // A folder changes with what is in it, which may be what is left apart here.
        let time = if about.is_dir() { SystemTime::UNIX_EPOCH } else { about.modified().expect("a time") };
        found.push((path, bytes, time));
    }
    found
}

#[test]
fn a_build_writes_into_its_output_and_its_cache_and_nowhere_else() {
    let folder = beside_a_secret(&Project::of_case("everything"));
    folder.put("home/.config/keep", "mine");
    folder.put("temporary/keep", "mine");
    let own = ["site/public", "site/.dateline", "site/elsewhere"];
    let before = everything(folder.path(), &own);
    let command = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.current_dir(folder.path().join("site"));
        command.env("HOME", folder.path().join("home")).env("TMPDIR", folder.path().join("temporary"));
        Run::of(&mut command)
    };
    for arguments in [
        &["check"][..],
        &["build"],
        &["build"],
        &["build", "--drafts", "--out", "elsewhere"],
        &["check", "--format", "sarif"],
    ] {
        command(arguments).succeeds();
        assert_eq!(everything(folder.path(), &own), before, "{arguments:?} changed something else");
    }
    assert!(folder.has("site/public/index.html") && folder.has("site/elsewhere/index.html"));
    // What goes from the output goes from nowhere else, and what is no site touches nothing.
    folder.delete("site/public/SHA256SUMS");
    command(&["build", "--adopt"]).succeeds();
    assert_eq!(everything(folder.path(), &own), before, "an adopted output changed something else");
    folder.put("site/content/pages/broken.md", "---\ntitle: [\n---\n");
    let broken = everything(folder.path(), &["site/.dateline"]);
    command(&["build"]).ends_with(1);
    assert_eq!(everything(folder.path(), &["site/.dateline"]), broken, "a site with a mistake was written");
}

/// How a path is written that leads to a file beside the site's folder, or to one in it that is no content.
fn ways_out(folder: &Folder) -> Vec<String> {
    let absolute = folder.path().join("secret.txt").to_string_lossy().into_owned();
    let ways = [
        "../secret.txt",
        "../../secret.txt",
        "../../../secret.txt",
        "media/../../secret.txt",
        "./.././../secret.txt",
        "..\\secret.txt",
        "..\\..\\secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "%2e%2e%2f%2e%2e%2fsecret.txt",
        "..%5csecret.txt",
        "....//secret.txt",
        "file:///secret.txt",
    ];
    ways.into_iter().map(str::to_owned).chain([format!("file://{absolute}"), absolute]).collect()
}

/// Fails where a built site holds the secret. Archives and books are packed, and hold nothing that no page has.
#[track_caller]
fn assert_kept(public: &Tree, what: &str) {
    for (path, bytes) in public {
        let leaks = bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
        assert!(!leaks, "{what}: the secret is in {path}");
    }
}

/// What was told, each as its code and the file that it points into.
fn told(run: &Run) -> Vec<(&str, &str)> {
    let mut code = "";
    let mut told = Vec::new();
    for line in run.err.lines() {
        if let Some(rest) = line.strip_prefix("error[") {
            code = rest.split(']').next().unwrap_or_default();
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            told.push((code, place.split(':').next().unwrap_or_default()));
        }
    }
    told
}

#[test]
fn no_way_of_writing_a_path_brings_what_lies_outside_of_the_content() {
    let site = "title: A site\npublish-evidence: true\n";
    let folder = beside_a_secret(&Project::new().file("content/site.yaml", site));
    folder.put("site/secret.txt", SECRET);
    folder.put("theme.yaml", "name: outside\n");
    run(&folder, &["build"]).succeeds();
    for way in ways_out(&folder) {
        let yaml = serde_json::to_string(&way).expect("a text is JSON, and JSON's text is YAML");
        let theme = serde_json::to_string(way.trim_end_matches("/secret.txt")).expect("a text is JSON");
        let page = |name: &str, front: &str, body: &str| {
            folder.put(&format!("site/content/pages/{name}.md"), format!("---\ntitle: A\n{front}---\n{body}\n"));
        };
        page("picture", "", &format!("![A secret](<{way}>)"));
        page("link", "", &format!("[a secret](<{way}>)"));
        page("named", "", &format!("[a secret]\n\n[a secret]: <{way}>"));
        page("media", &format!("media: {{file: {yaml}, alt: A secret}}\n"), "");
        page("alias", &format!("aliases: [{}]\n", yaml.replace(".txt", ".html")), "");
        folder.put("site/content/sources.yaml", format!("s: {{type: book, title: A, evidence: {yaml}}}\n"));
        let more = format!("theme: {theme}\nnavigation: [{{title: A, file: {yaml}}}]\n");
        folder.put("site/content/site.yaml", format!("{site}{more}"));
        let run = run(&folder, &["build"]).ends_with(1);
        let told = told(&run);
        // An alias is where a page is written to: one that stays in the output may have an odd name.
        let alias: &[&str] = if way.contains(['\\', '%']) { &[] } else { &["bad-value"] };
        for (file, codes) in [
            ("content/pages/picture.md", &["missing-media", "unsafe-link"][..]),
            ("content/pages/link.md", &["broken-link", "unsafe-link"]),
            ("content/pages/named.md", &["broken-link", "unsafe-link"]),
            ("content/pages/media.md", &["missing-media"]),
            ("content/pages/alias.md", alias),
            ("content/sources.yaml", &["missing-file"]),
            ("content/site.yaml", &["broken-link", "unsafe-link"]),
            ("content/site.yaml", &["unknown-theme"]),
        ] {
            let is_told = codes.is_empty() || codes.iter().any(|code| told.contains(&(*code, file)));
            assert!(is_told, "`{way}` in {file} is not refused by {codes:?}:\n{}", run.err);
        }
        assert!(!run.err.contains(SECRET), "`{way}`: the secret is printed:\n{}", run.err);
        assert_kept(&folder.tree("site/public"), &way);
    }
}

#[test]
fn no_template_and_no_theme_brings_what_lies_outside_of_the_themes() {
    let theme = "name: mine\nextends: broadsheet\n";
    let folder = beside_a_secret(&Project::new().page("a", "A.").file("content/site.yaml", "title: A\ntheme: mine\n"));
    folder.put("site/secret.txt", SECRET);
    folder.put("site/themes/secret.txt", SECRET);
    folder.put("site/themes/mine/theme.yaml", theme);
    run(&folder, &["build"]).succeeds();
    let refused = |path: &str, text: &str, code: &str| {
        folder.put(path, text);
        let run = run(&folder, &["build"]).ends_with(1);
        assert!(run.titles().iter().any(|title| title.starts_with(&format!("error[{code}]"))), "{text}: {}", run.err);
        assert!(!run.err.contains(SECRET), "{text}: the secret is printed");
        assert_kept(&folder.tree("site/public"), text);
    };
    for (at, way) in ways_out(&folder).into_iter().enumerate() {
        let way = way.replace('\\', "\\\\");
        let texts = [
            format!("{{% include \"{way}\" %}}"),
            format!("{{% extends \"{way}\" %}}"),
            format!(
                "{{% extends \"broadsheet/base.html\" %}}{{% block main %}}{{% include \"{way}\" %}}{{% endblock %}}"
            ),
        ];
        refused("site/themes/mine/templates/page.html", &texts[at % texts.len()], "bad-template");
        folder.delete("site/themes/mine/templates/page.html");
        let base = way.trim_end_matches("/secret.txt");
        refused("site/themes/mine/theme.yaml", &format!("name: mine\nextends: \"{base}\"\n"), "unknown-theme");
        folder.put("site/themes/mine/theme.yaml", theme);
    }
    run(&folder, &["build"]).succeeds();
    assert_kept(&folder.tree("site/public"), "the theme without them");
}

#[test]
fn an_import_never_replaces_a_file_that_it_could_not_read() {
    let csl = r#"[{"id": "one", "type": "book", "title": "One"}]"#;
    let large = vec![b'#'; (64 << 20) + 1];
    let files: [&[u8]; 3] = [b"mine: {title: Gr\xf6\xdfe, type: book}\n", b"mine: {title: A\0, type: book}\n", &large];
    for bytes in files {
        for force in [&[][..], &["--force"]] {
            let folder = Project::new().file("s.json", csl).file("content/sources.yaml", bytes).on_disk();
            let run = folder.run(&[&["import", "csl", "s.json"], force].concat()).ends_with(2);
            assert!(run.err.contains("`content/sources.yaml` is there, and cannot be read"), "{}", run.err);
            assert!(run.err.contains("help: `dateline check`"), "{}", run.err);
            let there = fs::read(folder.path().join("content/sources.yaml")).expect("it is there");
            assert!(there == bytes, "the editor's file was replaced");
        }
    }
}

#[test]
fn an_import_that_cannot_be_written_whole_writes_nothing() {
    let timeline = r#"{"events": [
        {"start_date": {"year": 2019}, "text": {"headline": "One"}}, {"start_date": {"year": 2020}, "text": {"headline": "Two"}}]}"#;
    let folder = Project::new()
        .file("t.json", timeline)
        .file("content/timeline/2020-two.md", b"---\ntitle: Gr\xfc\xdfe\n")
        .on_disk();
    let before = tree(folder.path());
    let run = folder.run(&["import", "timelinejs", "t.json"]).ends_with(2);
    assert!(run.err.contains("`content/timeline/2020-two.md` is there"), "{}", run.err);
    assert_same(&before, &tree(folder.path()), "before and after");
}
