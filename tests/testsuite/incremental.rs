//! A build with the help of the last one gives what a build afresh gives: files and messages, after any edits.
//!
//! `PROPTEST_CASES=1000` makes it some ten thousand edits.

use dateline::builder::{Cache, Options, build_again};
use dateline::cache::Nothing;
use dateline::diagnostic::Diagnostics;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::project::Project;

/// What an editor does to a site.
#[derive(Clone, Debug)]
enum Edit {
    /// Writes a text under the front matter of a file.
    Text(Index, &'static str),
    /// Puts a line into the front matter of a file.
    Front(Index, &'static str),
    /// Makes an event.
    Add(usize, &'static str),
    Delete(Index),
    /// Gives a file another name.
    Rename(Index, usize),
    /// Writes a whole file.
    File(&'static str, &'static str),
    /// Goes back to a state before.
    Undo(Index),
}

const TEXTS: [&str; 21] = [
    "Plain words.",
    "Other plain words, and more of them.",
    "A source [@panel-2019, p. 3], and another one [@wire].",
    "A source [@wire] alone.",
    "A source that is not there [@wier].",
    "It was [up to $2bn](claim:raised).",
    "It was [$2bn](claim:raised).",
    "A figure of $7m without a claim.",
    "## A heading\n\nWith a text.\n\n## Another\n\nAnd a link to [the first](#a-heading).",
    "## A heading\n\nWith another text.",
    "## A Heading\n\nSpelt in another way.",
    "A [link](1950-before.md) and a [section](1953-flood.md#a-heading).",
    "A [link](nowhere.md).",
    "[How much?](question:raised-when)",
    "A note.[^1]\n\n[^1]: Of a few words.",
    "![A flood](../media/flood.png)",
    "![A flood](../media/flood.svg)",
    "A flood, with words before it:\n\n![A flood](../media/flood.svg)",
    "As in [panel-2019, p. 3], which names a source and is no citation.",
    "“They quoted so” [@panel-2019].",
    "<b>Raw</b> text, “quoted so” [@panel-2019].",
];

const FRONTS: [&str; 13] = [
    "summary: In a line",
    "summary: In another line, with [@wire]",
    "importance: key",
    "draft: true",
    "published: 2020-01-02",
    "published: 2021-03-04\nupdated: 2021-03-05",
    "corrections:\n  - {date: 2021-05-06, kind: correction, note: It was otherwise}",
    "groups: [floods]",
    "groups: [floods, money]",
    "sources: [panel-2019]",
    "aliases: [old/place.html]",
    CLAIM,
    "claims:\n  - {id: raised, figure: at most 3 billion USD, said-by: The panel, sources: [wire]}",
];

const FILES: [(&str, &str); 22] = [
    ("content/site.yaml", "title: A site\n"),
    ("content/site.yaml", "title: Another title\nnavigation:\n  - {title: Home, file: index.md}\n"),
    ("content/site.yaml", "title: A site\nlanguage: de\nrules: {unsourced-figure: error}\n"),
    ("content/site.yaml", "title: [\n"),
    ("content/site.yaml", "title: A site\nurl: https://example.org/\noutputs: {cards: false, all: true}\n"),
    ("content/site.yaml", "title: A site\noutputs: {data: false}\nvariables: {accent: '#123456'}\n"),
    ("content/sources.yaml", SOURCES),
    (
        "content/sources.yaml",
        "panel-2019: {type: report, title: Another, evidence: panel.txt}\nwire: {type: article-newspaper, title: A wire, origin: panel-2019}\n",
    ),
    ("content/questions.yaml", "raised-when: {title: How much?}\n"),
    ("content/questions.yaml", "raised-when: {title: How much, in all?, note: A note}\n"),
    ("content/index.md", "---\ntitle: Home\n---\n\nHello.\n"),
    ("content/index.md", "---\ntitle: Home\n---\n\nHello again [@wire].\n"),
    ("content/media/flood.png", "not really a picture"),
    ("content/media/flood.png", "nor is this"),
    ("content/media/flood.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>"),
    ("content/media/flood.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"/>"),
    ("content/media/flood.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("evidence/panel.txt", "They quoted so, and went.\n"),
    ("evidence/panel.txt", "They did not.\n"),
    (
        "themes/broadsheet/templates/event.html",
        "{% extends \"page.html\" %}{% block head %}<meta name=\"a\">{% endblock %}\n",
    ),
    ("themes/broadsheet/templates/event.html", "{{ page.nothing_like_this }}\n"),
    ("themes/broadsheet/static/extra.css", "p { color: red }\n"),
];

const SOURCES: &str = "panel-2019: {type: report, title: A report, issued: 2019}\nwire: {type: article-newspaper, title: A wire, publisher: Wire}\n";

const CLAIM: &str = "claims:\n  - {id: raised, figure: up to 2 billion USD, said-by: The panel, question: raised-when, sources: [panel-2019]}";

fn edit() -> impl Strategy<Value = Edit> {
    let any = any::<Index>;
    prop_oneof![
        8 => (any(), select(TEXTS.to_vec())).prop_map(|(file, text)| Edit::Text(file, text)),
        4 => (any(), select(FRONTS.to_vec())).prop_map(|(file, line)| Edit::Front(file, line)),
        2 => (0..9_usize, select(TEXTS.to_vec())).prop_map(|(year, text)| Edit::Add(year, text)),
        1 => any().prop_map(Edit::Delete),
        1 => (any(), 0..9_usize).prop_map(|(file, year)| Edit::Rename(file, year)),
        3 => select(FILES.to_vec()).prop_map(|(path, text)| Edit::File(path, text)),
        2 => any().prop_map(Edit::Undo),
    ]
}

fn site() -> Project {
    let front = |year: usize| format!("title: The year {year}\ndate: {year}-05");
    Project::new()
        .file("content/sources.yaml", SOURCES)
        .file("content/questions.yaml", "raised-when: {title: How much?}\n")
        .file("content/media/flood.png", "not really a picture")
        .file("content/media/flood.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>")
        .event("1950-before", &front(1950), "Before it.")
        .event("1953-flood", &format!("{}\n{}", front(1953), CLAIM), TEXTS[5])
        .event("1960-after", &front(1960), TEXTS[2])
        .page("about", "Who we are, and a [flood](../timeline/1953-flood.md).")
}

fn event_file(year: usize) -> String {
    format!("content/timeline/{}-event.md", 1951 + year)
}

/// Does an edit; one that finds nothing to do it to does nothing.
fn apply(edit: &Edit, project: Project, past: &[Project]) -> Project {
    let page = |index: &Index| {
        let pages: Vec<&String> = project.files().keys().filter(|path| path.ends_with(".md")).collect();
        let path = index.get(&pages).to_string();
        let text = String::from_utf8(project.files()[&path].clone()).expect("a page is a text");
        let (front, body) = text.rsplit_once("---\n").expect("a page has front matter");
        (path, front.to_owned(), body.to_owned())
    };
    match edit {
        Edit::Text(file, body) => {
            let (path, front, _) = page(file);
            project.file(&path, format!("{front}---\n{body}\n"))
        }
        Edit::Front(file, line) => {
            let (path, front, body) = page(file);
            project.file(&path, format!("{front}{line}\n---\n{body}"))
        }
        Edit::Add(year, body) => {
            let front = format!("title: An event\ndate: {}", 1951 + year);
            project.file(&event_file(*year), format!("---\n{front}\n---\n{body}\n"))
        }
        Edit::Delete(file) => match page(file).0 {
            path if path == "content/index.md" => project,
            path => project.without(&path),
        },
        Edit::Rename(file, year) => {
            let (path, front, body) = page(file);
            if path == "content/index.md" {
                return project;
            }
            project.without(&path).file(&event_file(*year), format!("{front}---\n{body}"))
        }
        Edit::File(path, text) => project.file(path, text),
        Edit::Undo(index) => index.get(past).clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_build_after_edits_equals_a_build_afresh(edits in prop::collection::vec(edit(), 1..12), drafts: bool) {
        let options = Options { drafts, ..Options::default() };
        let mut cache = Cache::default();
        let mut past = vec![site()];
        for edit in &edits {
            let project = apply(edit, past.last().expect("the first state is there").clone(), &past);
            let again = build_again(&project.in_memory(), Diagnostics::default(), options, &Nothing, &mut cache, &mut |_| {});
            let afresh = project.build_as(options);
            prop_assert_eq!(project.drawn(&again.diagnostics), project.drawn(&afresh.diagnostics));
            prop_assert_eq!(again.output, afresh.output);
            past.push(project);
        }
    }
}

/// What the first test cannot tell: that something is taken again at all.
#[test]
fn a_text_that_shows_others_nothing_new_leaves_their_bytes_where_they_are() {
    let mut cache = Cache::default();
    let mut build = |project: &Project| {
        let built = build_again(
            &project.in_memory(),
            Diagnostics::default(),
            Options::default(),
            &Nothing,
            &mut cache,
            &mut |_| {},
        );
        built.output.unwrap_or_else(|| panic!("not built:\n{}", project.drawn(&built.diagnostics)))
    };
    let (one, two) = (site(), site().event("1950-before", "title: The year 1950\ndate: 1950-05", "Before it all."));
    let (one, two) = (build(&one), build(&two));
    let shared = |path: &str| {
        std::ptr::eq(&*one.get(path).expect("it is there").bytes, &*two.get(path).expect("it is there").bytes)
    };
    assert!(shared("timeline/1960-after.html") && shared("index.html") && shared("sources.html"));
    assert!(!shared("timeline/1950-before.html"));
}

/// Cards are too slow for random edits: one edit, with everything on that depends on texts.
#[test]
fn after_an_edit_of_a_text_only_what_shows_it_has_new_bytes() {
    let site = |text: &str| {
        site().file("content/site.yaml", "title: A site\nurl: https://example.org/\n").event(
            "1950-before",
            "title: The year 1950\ndate: 1950-05\npublished: 2020-01-02",
            text,
        )
    };
    let mut cache = Cache::default();
    let mut outputs = Vec::new();
    for text in ["Before it.", "Before it all.", "## A heading\n\nBefore it.", "## A Heading\n\nBefore it."] {
        let project = site(text);
        let (files, found) = (project.in_memory(), Diagnostics::default());
        let built = build_again(&files, found, Options::default(), &Nothing, &mut cache, &mut |_| {});
        assert_eq!(project.drawn(&built.diagnostics), project.drawn(&project.build_as(Options::default()).diagnostics));
        assert_eq!(built.output, project.build_as(Options::default()).output, "after {text:?}");
        outputs.push(built.output.unwrap_or_else(|| panic!("not built:\n{}", project.drawn(&built.diagnostics))));
    }
    let new = |one: usize, two: usize| -> Vec<&str> {
        let old = |path: &str| outputs[one].get(path).map(|file| file.bytes.as_ptr());
        outputs[two]
            .files()
            .filter(|(path, file)| old(path) != Some(file.bytes.as_ptr()))
            .map(|(path, _)| path)
            .collect()
    };
    // What is of a few bytes, or the same for every site, is made anew.
    let small = ["_headers", ".nojekyll", "site.webmanifest", "static/offline.js", "static/variables.css"];
    let seen: Vec<&str> = new(0, 1).into_iter().filter(|path| !small.contains(path)).collect();
    assert_eq!(seen, ["all.html", "feed.json", "feed.xml", "sw.js", "timeline/1950-before.html"]);
    let seen: Vec<&str> = new(2, 3).into_iter().filter(|path| !small.contains(path)).collect();
    let searched =
        ["all.html", "feed.json", "feed.xml", "static/search-index.js", "sw.js", "timeline/1950-before.html"];
    assert_eq!(seen, searched);
}
