//! Imports: files of other tools become a site that builds, nothing is lost, and nothing of the editor's is touched.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use dateline::diagnostic::{Severity, Style, draw};
use dateline::import::{Imported, Input, Kind, bibtex, csl, timelinejs};
use dateline::model::Page;
use serde_json::Value;

use super::project::{Folder, Project, tests};

/// Imports a text into a site, in memory.
fn import(reader: fn(&Input<'_>) -> Imported, name: &str, text: &str, project: &Project, force: bool) -> Imported {
    let name: Arc<str> = name.into();
    reader(&Input { name: &name, text, site: &project.in_memory(), force })
}

fn timeline(text: &str) -> Imported {
    import(timelinejs, "timeline", text, &Project::new(), false)
}

/// Puts what came of an import into a site.
fn with(project: &Project, imported: &Imported) -> Project {
    imported.files.iter().fold(project.clone(), |project, (path, text)| project.file(path, text))
}

/// Writes everything that an import says and makes.
fn told(imported: &Imported, text: &str) -> String {
    let mut out = String::new();
    for diagnostic in imported.diagnostics.iter() {
        writeln!(out, "{}\n", draw(diagnostic, Style::Plain, &|_| Some(text))).expect("a text takes it");
    }
    writeln!(out, "read: {}", imported.report.read.join(", ")).expect("a text takes it");
    out += &imported.report.text();
    for (path, text) in &imported.files {
        write!(out, "\n=== {path}\n{text}").expect("a text takes it");
    }
    out
}

/// Imports each file of a folder of `tests/projects/`, and shows what comes of it as a snapshot beside it.
fn each(folder: &str, reader: impl Fn(&str) -> fn(&Input<'_>) -> Imported) {
    let folder_path = tests().join("projects").join(folder);
    let mut count = 0;
    for entry in fs::read_dir(&folder_path).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8").to_owned();
        if name.ends_with(".snap") || name.ends_with(".new") {
            continue;
        }
        count += 1;
        let text = fs::read_to_string(&path).expect("the file is text");
        let project = Project::new();
        let imported = import(reader(&name), &name, &text, &project, false);
        let built = with(&project, &imported).build();
        let errors = built.diagnostics.count(Severity::Error);
        assert_eq!(errors, 0, "{name}: {}", with(&project, &imported).drawn(&built.diagnostics));
        insta::with_settings!({
            snapshot_path => format!("../projects/{folder}"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(name.as_str(), told(&imported, &text)) });
    }
    assert!(count > 0, "no files in {folder}");
}

#[test]
fn every_kind_of_timeline_is_imported_and_built() {
    each("timelinejs", |_| timelinejs);
}

#[test]
fn every_kind_of_bibliography_is_imported_and_built() {
    each("bibliographies", |name| if name.ends_with(".bib") { bibtex } else { csl });
}

/// Takes every text and number out of a value.
fn leaves(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, out)),
        Value::Object(map) => map.values().for_each(|item| leaves(item, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn no_text_of_a_timeline_is_lost() {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for name in ["texts.json", "media.json", "eras.json", "only-a-title.json", "cosmological.json"] {
        let text = fs::read_to_string(tests().join("projects/timelinejs").join(name)).expect("the file is there");
        let imported = timeline(&text);
        let whole = letters(&told(&imported, &text).replace('\\', ""));
        let mut found = Vec::new();
        leaves(&serde_json::from_str(&text).expect("it is JSON"), &mut found);
        // `human` is what TimelineJS takes for granted; HTML is looked at elsewhere.
        for leaf in found.iter().filter(|leaf| *leaf != "human" && !leaf.contains(['<', '&'])) {
            assert!(whole.contains(&letters(leaf)), "{name}: `{leaf}` is lost");
        }
    }
}

#[test]
fn what_is_imported_twice_changes_nothing() {
    let folder = Project::new().file("t.json", EVENTS).file("s.json", SOURCES).on_disk();
    for command in [["import", "timelinejs", "t.json"], ["import", "csl", "s.json"]] {
        folder.run(&command).succeeds();
        let before = folder.tree("content");
        let again = folder.run(&command).succeeds();
        assert_eq!(folder.tree("content"), before);
        assert!(again.out.contains("wrote 0 files"), "{}", again.out);
    }
    folder.run(&["build"]).succeeds();
}

const EVENTS: &str =
    r#"{"events": [{"start_date": {"year": 2019, "month": 8}, "text": {"headline": "One", "text": "Once."}}]}"#;
const SOURCES: &str =
    r#"[{"id": "one", "type": "book", "title": "One: a book"}, {"id": "two", "type": "report", "title": "Two"}]"#;

#[test]
fn what_is_there_stays_unless_it_is_to_be_replaced() {
    let folder =
        Project::new().file("t.json", EVENTS).event("2019-one", "title: Mine\ndate: 2019", "My text.").on_disk();
    let run = folder.run(&["import", "timelinejs", "t.json"]).ends_with(1);
    assert!(run.out.contains("left as it is"), "{}", run.out);
    assert!(folder.text("content/timeline/2019-one.md").contains("My text."));
    folder.run(&["import", "timelinejs", "t.json", "--force"]).succeeds();
    assert_eq!(
        folder.text("content/timeline/2019-one.md"),
        "---\ntitle: One\ndate: 2019-08\nsummary: >-\n  Once.\n---\n"
    );
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let folder = Project::new().file("t.json", EVENTS).on_disk();
    let before = folder.tree("content");
    let run = folder.run(&["import", "timelinejs", "t.json", "--dry-run"]).succeeds();
    assert!(run.out.contains("would write content/timeline/2019-one.md"), "{}", run.out);
    assert_eq!(folder.tree("content"), before);
}

#[test]
fn sources_are_added_and_the_editors_lines_stay_byte_for_byte() {
    let mine = "# Mine\r\nzeta:   # last letter first\r\n  title: 'Z'\r\n\r\none:\r\n  title: My one\r\n  type: book\r\n# the end";
    let project = Project::new().file("content/sources.yaml", mine);
    let imported = import(csl, "s.json", SOURCES, &project, false);
    let [(path, text)] = &imported.files[..] else { panic!("one file changes: {:?}", imported.files) };
    assert_eq!(path, "content/sources.yaml");
    assert_eq!(text, &format!("{mine}\r\n\r\ntwo:\r\n  type: report\r\n  title: Two\r\n"));
    assert!(!imported.is_whole());
    let forced = import(csl, "s.json", SOURCES, &project, true);
    let expected = mine
        .replace("one:\r\n  title: My one\r\n  type: book\r\n", "one:\r\n  type: book\r\n  title: \"One: a book\"\r\n");
    assert_eq!(forced.files[0].1, format!("{expected}\r\n\r\ntwo:\r\n  type: report\r\n  title: Two\r\n"));
}

#[test]
fn sources_are_replaced_each_in_its_lines_and_none_that_shares_them() {
    let mine = "zeta: {title: Z}\ntwo:\n  title: My two   # mine\n\nend:\n  title: E\n\"one\": {title: My one} # mine\nlast:\n  title: L\n";
    let project = Project::new().file("content/sources.yaml", mine);
    let forced = import(csl, "s.json", SOURCES, &project, true);
    let expected = "zeta: {title: Z}\ntwo:\n  type: report\n  title: Two\n\nend:\n  title: E\none:\n  type: book\n  title: \"One: a book\"\nlast:\n  title: L\n";
    assert_eq!(forced.files[0].1, expected);
    let project = Project::new().file("content/sources.yaml", "{one: {title: A}, zeta: {title: Z}}\n");
    let forced = import(csl, "s.json", SOURCES, &project, true);
    assert!(forced.files.is_empty() && forced.diagnostics.has_errors(), "{:?}", forced.files);
}

#[test]
fn a_file_that_nothing_can_be_added_to_is_left_alone() {
    let project = Project::new().file("content/sources.yaml", "{a: {title: A}}\n");
    let imported = import(csl, "s.json", SOURCES, &project, false);
    assert!(imported.files.is_empty());
    assert!(imported.diagnostics.has_errors());
}

#[test]
fn an_event_that_would_break_the_build_becomes_a_draft() {
    let project = Project::new().file("content/site.yaml", "title: A site\nrules: {unsourced-figure: error}\n");
    let text = EVENTS.replace("Once.", "They took $2bn.");
    let imported = import(timelinejs, "t.json", &text, &project, false);
    assert!(imported.files[0].1.contains("\ndraft: true\n"), "{}", imported.files[0].1);
    assert!(
        imported.report.notes.iter().any(|note| note.kind == Kind::Draft && note.text.contains("unsourced-figure"))
    );
    assert!(!with(&project, &imported).build().diagnostics.has_errors());
}

#[test]
fn a_slide_of_nothing_but_scripts_has_a_title_and_brackets_of_a_note_stay_brackets() {
    let script = "<script>x()</script>";
    let slides = format!(
        r#"{{"events": [{{"start_date": {{"year": 2001}}, "display_date": "{script}", "text": {{"headline": "{script}", "text": "{script}"}}}}]}}"#
    );
    let sources =
        r#"[{"id": "s", "type": "report", "title": "S", "note": "\"A\" [a](https://e.example/ x), [^x], [@y z]"}]"#;
    let mut project = Project::new();
    for (reader, text) in [(timelinejs as fn(&Input<'_>) -> Imported, slides.as_str()), (csl, sources)] {
        project = with(&project, &import(reader, "file", text, &project, false));
    }
    let built = project.build();
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{}", project.drawn(&built.diagnostics));
    assert!(built.output.expect("nothing is wrong").get("timeline/2001-untitled.html").is_some());
}

#[test]
fn ids_and_names_of_fields_that_are_too_long_for_yaml_are_cut() {
    let long = "x".repeat(5000);
    let text = format!(
        r#"[{{"id": "{long}", "type": "book", "title": "T", "{long}": "kept"}}, {{"id": "b", "type": "book", "title": "U"}}]"#
    );
    let project = Project::new();
    let imported = import(csl, "file", &text, &project, false);
    let built = with(&project, &imported).build();
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{}", told(&imported, &text));
    assert_eq!(built.site.expect("it is read").sources.len(), 2);
}

#[test]
fn groups_are_added_where_the_site_lists_them() {
    let site = "title: A site\ngroups:\n  old: Old   # kept\nlanguage: en\n";
    let project = Project::new().file("content/site.yaml", site).event("a", "title: A\ndate: 2019\ngroups: [old]", "");
    let text =
        EVENTS.replacen('{', r#"{"x": 1,"#, 1).replace("\"start_date\"", "\"group\": \"New things\", \"start_date\"");
    let imported = import(timelinejs, "t.json", &text, &project, false);
    let changed = imported.files.iter().find(|(path, _)| path == "content/site.yaml").expect("site.yaml changes");
    assert_eq!(changed.1, site.replace("# kept\n", "# kept\n  new-things: New things\n"));
    assert!(!with(&project, &imported).build().diagnostics.has_errors());
}

/// What an import must bring back of a page.
fn essence(page: &Page) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let summary = page.summary.as_ref().map(dateline::markdown::Document::plain).unwrap_or_default();
    let media = page.media.as_ref().map(|media| format!("{} {:?}", media.file.value, media.alt));
    let mut groups: Vec<String> = page.groups.iter().map(|group| group.value.to_string()).collect();
    groups.sort();
    let date = page.date.as_ref().map(|date| date.value.as_str().to_owned()).unwrap_or_default();
    let mut all = vec![page.id.value.to_string(), date, page.title.value.clone(), words(&summary)];
    all.extend(media);
    all.extend(groups);
    all
}

#[test]
fn our_own_timeline_gives_the_same_events_again() {
    let dates = [
        "2019",
        "2019-08",
        "2019-08-05",
        "2019~",
        "2019?",
        "2019-22",
        "199X",
        "19XX",
        "2019-08-XX",
        "2019-XX-XX",
        "2019/2021-06~",
        "../2021-12",
        "2021-12/..",
        "2019-08-05T14:30:00Z",
        "2019-08-05T14:30:15",
        "-0043-03-15",
        "0000",
        "Y-20000",
        "-0099/0014-08-19",
    ];
    let mut projects = vec![Project::of_case("everything")];
    projects.push(dates.iter().enumerate().fold(Project::new(), |project, (at, date)| {
        let front = format!("title: 'Event {at}: \"quoted\" & <odd>'\ndate: {date}\nsummary: It *happened* then, [@x] or so.\ngroups: [g-{}]", at % 3);
        let front = front.replace("[@x]", "\\\\[x\\\\]");
        project.event(&format!("event-{at}"), &front, "Text.")
    }));
    for project in projects {
        let built = project.build();
        let site = built.site.as_ref().expect("the site is read");
        let output = built.output.unwrap_or_else(|| panic!("{}", project.drawn(&built.diagnostics)));
        let json = output.get("data/timeline.json").expect("it is written");
        let json = String::from_utf8(json.bytes.to_vec()).expect("it is text");
        // A site without its events, with its pictures.
        let mut bare = Project::new();
        for (path, bytes) in project.files().iter().filter(|(path, _)| !path.ends_with(".md")) {
            bare = bare.file(path, bytes);
        }
        let bare = bare.file("content/questions.yaml", "");
        let imported = import(timelinejs, "timeline.json", &json, &bare, false);
        assert!(!imported.diagnostics.has_errors(), "{}", told(&imported, &json));
        let again = with(&bare, &imported).build();
        let again = again.site.as_ref().expect("the site is read");
        let events = |site: &dateline::model::Site| {
            site.pages
                .iter()
                .filter(|page| page.date.is_some() && page.file.contains("/timeline/"))
                .map(|page| essence(page))
                .collect::<BTreeSet<_>>()
        };
        assert!(!events(site).is_empty());
        assert_eq!(events(again), events(site));
    }
}

#[test]
fn what_is_no_timeline_is_told_with_line_and_column() {
    let drawn = |text: &str| told(&timeline(text), text);
    for (text, words) in [
        ("{\"events\": [\n  {\"a\": 1,}\n]}", "timeline:2:11"),
        ("[1, 2]", "a list where a timeline begins"),
        ("{\"title\": {}}", "it has no list `events`"),
        ("", "the file is empty"),
        ("a,b\n1,2\n", "the first row does not name the columns"),
    ] {
        let drawn = drawn(text);
        assert!(drawn.contains("error[bad-import]") && drawn.contains(words), "{text}\n{drawn}");
    }
}

#[test]
fn hostile_files_end_in_a_message_or_in_files_of_the_site() {
    let deep = |open: &str, close: &str, count: usize| format!("{}{}", open.repeat(count), close.repeat(count));
    let event =
        |key: &str, value: &str| format!("{{\"events\": [{{\"start_date\": {{\"year\": 2019}}, {key}: {value}}}]}}");
    let long = "x".repeat(100_000);
    let texts = [
        deep("[", "]", 100_000),
        deep("{\"a\":", "}", 100_000),
        event("\"custom\"", &deep("[", "]", 100)),
        event("\"text\"", &format!("{{\"headline\": \"{long}\", \"text\": \"{}\"}}", "<b>".repeat(50_000))),
        event("\"unique_id\"", "\"../../../etc/passwd\""),
        event("\"unique_id\"", "\"C:\\\\con\""),
        event("\"media\"", "{\"url\": \"../../x.png\", \"alt\": \"x\"}"),
        event(
            "\"text\"",
            "{\"headline\": \"\\u0000\\u202e\\ud83d\\ude00---\", \"text\": \"---\\n- [x]: y\\n[^1]\\n[@a; @b\"}",
        ),
        event("\"edtf\"", "\"2019-02-31\""),
        event("\"edtf\"", "\"x\\ntitle: no\""),
        event("\"groups\"", "[\"a b\", \"../x\"]"),
        format!("Year,Headline\n2019,\"{long}\n"),
        "Year\tHeadline\r2019\tA".to_owned(),
        "Headline\n\u{0}\n\u{1b}[31m".to_owned(),
    ];
    for text in texts {
        let project = Project::new();
        let imported = import(timelinejs, "t", &text, &project, false);
        assert!(imported.diagnostics.has_errors() || !imported.files.is_empty(), "{}", &text[..80.min(text.len())]);
        for (path, _) in &imported.files {
            let parts = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
            assert!(path.starts_with("content/") && parts && path.len() < 200, "{path}");
        }
        let built = with(&project, &imported).build();
        assert!(!built.diagnostics.has_errors(), "{}", with(&project, &imported).drawn(&built.diagnostics));
    }
}

#[test]
fn hostile_bibliographies_end_in_a_message() {
    let chain: String =
        (0..200).map(|at| format!("@misc{{k{at}, title={{x}}, xdata={{k{0},k{0}}}}}\n", at + 1)).collect();
    for text in [
        chain,
        "@misc{a, title={".to_owned() + &"{".repeat(50_000),
        "@".repeat(10_000),
        "@misc{a, crossref={a}}".to_owned(),
        "no entry".to_owned(),
    ] {
        let imported = import(bibtex, "b.bib", &text, &Project::new(), false);
        assert!(imported.diagnostics.has_errors(), "{}", &text[..40.min(text.len())]);
    }
}

#[test]
fn what_the_world_refuses_ends_with_2() {
    let folder = Project::new().file("latin.csv", b"Year,Headline\n2019,Gr\xf6\xdfe\n").on_disk();
    let run = folder.run(&["import", "timelinejs", "latin.csv"]).ends_with(2);
    assert!(run.err.contains("line 2") && run.err.contains("CSV UTF-8"), "{}", run.err);
    folder.run(&["import", "timelinejs", "absent.json"]).ends_with(2);
    folder.run(&["import", "timelinejs", "content"]).ends_with(2);
    let empty = Folder::empty();
    empty.put("t.json", EVENTS);
    empty.run(&["import", "timelinejs", "t.json"]).ends_with(2);
}
