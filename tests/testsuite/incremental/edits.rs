//! What editors do to a site: edits at random of every kind of file that a site has, and the site that they begin with.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::project::{Project, tests};

/// What an editor does to a site.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// Writes a text under the front matter of a file.
    Text(Index, &'static str),
    /// Puts a line into the front matter of a file.
    Front(Index, &'static str),
    /// Makes an event.
    Add(usize, &'static str),
    /// Takes any file away, also one that the site cannot do without.
    Delete(Index),
    /// Makes an event of a page, or another event of one.
    Rename(Index, usize),
    /// Gives any file another name in its folder.
    Move(Index, usize),
    /// Writes a whole file.
    File(&'static str, &'static str),
    /// Puts a picture of `tests/pictures/` into the place of one that is none.
    Picture(&'static str),
    /// Changes one letter or digit of any file, so that its size stays.
    Letter(Index, Index),
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

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let any = any::<Index>;
    prop_oneof![
        8 => (any(), select(TEXTS.to_vec())).prop_map(|(file, text)| Edit::Text(file, text)),
        4 => (any(), select(FRONTS.to_vec())).prop_map(|(file, line)| Edit::Front(file, line)),
        2 => (0..9_usize, select(TEXTS.to_vec())).prop_map(|(year, text)| Edit::Add(year, text)),
        2 => any().prop_map(Edit::Delete),
        1 => (any(), 0..9_usize).prop_map(|(file, year)| Edit::Rename(file, year)),
        1 => (any(), 0..3_usize).prop_map(|(file, number)| Edit::Move(file, number)),
        3 => select(FILES.to_vec()).prop_map(|(path, text)| Edit::File(path, text)),
        1 => select(vec!["palette.png", "deep.png"]).prop_map(Edit::Picture),
        2 => (any(), any()).prop_map(|(file, place)| Edit::Letter(file, place)),
        2 => any().prop_map(Edit::Undo),
    ]
}

/// A small site whose pages cite, claim, and lead to each other.
pub(super) fn site() -> Project {
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

/// The same with a file of every kind: a stored copy of a source, a template and a style of the site's own, a text beside.
pub(super) fn whole() -> Project {
    site()
        .file("content/site.yaml", "title: A site\npublish-evidence: true\n")
        .file("content/sources.yaml", SOURCES.replace("issued: 2019", "issued: 2019, evidence: panel.txt"))
        .file("content/media/notes.txt", "Notes to take along.\n")
        .file("evidence/panel.txt", "They quoted so, and went.\n")
        .file("themes/broadsheet/static/extra.css", "p { color: red }\n")
        .file(
            "themes/broadsheet/templates/event.html",
            "{% extends \"page.html\" %}{% block head %}<meta name=\"a\">{% endblock %}\n",
        )
}

fn event_file(year: usize) -> String {
    format!("content/timeline/{}-event.md", 1951 + year)
}

/// Does an edit; one that finds nothing to do it to does nothing.
pub(super) fn apply(edit: &Edit, project: Project, past: &[Project]) -> Project {
    done(edit, &project, past).unwrap_or(project)
}

fn done(edit: &Edit, project: &Project, past: &[Project]) -> Option<Project> {
    let page = |index: &Index| {
        let pages: Vec<&String> = project.files().keys().filter(|path| path.ends_with(".md")).collect();
        let path = (!pages.is_empty()).then(|| index.get(&pages).to_string())?;
        let text = String::from_utf8(project.files()[&path].clone()).expect("a page is a text");
        let (front, body) = text.rsplit_once("---\n").expect("a page has front matter");
        Some((path, front.to_owned(), body.to_owned()))
    };
    let any = |index: &Index| index.get(&project.files().keys().collect::<Vec<_>>()).to_string();
    // Without a folder `content` there is no site, and nothing to compare.
    let is_last = |path: &str| {
        path.starts_with("content/") && project.files().keys().filter(|path| path.starts_with("content/")).count() == 1
    };
    let now = project.clone();
    Some(match edit {
        Edit::Text(file, body) => {
            let (path, front, _) = page(file)?;
            now.file(&path, format!("{front}---\n{body}\n"))
        }
        Edit::Front(file, line) => {
            let (path, front, body) = page(file)?;
            now.file(&path, format!("{front}{line}\n---\n{body}"))
        }
        Edit::Add(year, body) => {
            let front = format!("title: An event\ndate: {}", 1951 + year);
            now.file(&event_file(*year), format!("---\n{front}\n---\n{body}\n"))
        }
        Edit::Delete(file) => Some(any(file)).filter(|path| !is_last(path)).map(|path| now.without(&path))?,
        Edit::Rename(file, year) => {
            let (path, front, body) = page(file)?;
            now.without(&path).file(&event_file(*year), format!("{front}---\n{body}"))
        }
        Edit::Move(file, number) => {
            let path = any(file);
            let (folder, name) = path.rsplit_once('/')?;
            let (_, end) = name.rsplit_once('.')?;
            now.without(&path).file(&format!("{folder}/moved-{number}.{end}"), &project.files()[&path])
        }
        Edit::File(path, text) => now.file(path, text),
        Edit::Picture(name) => {
            let bytes = std::fs::read(tests().join("pictures").join(name)).expect("the picture is there");
            now.file("content/media/flood.png", bytes)
        }
        Edit::Letter(file, place) => {
            let path = any(file);
            let bytes = with_another_letter(&project.files()[&path], place)?;
            now.file(&path, bytes)
        }
        Edit::Undo(index) => index.get(past).clone(),
    })
}

/// Replaces a letter or a digit by the next one; `None` where there is none.
fn with_another_letter(bytes: &[u8], place: &Index) -> Option<Vec<u8>> {
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_alphanumeric()).collect();
    let at = (!places.is_empty()).then(|| *place.get(&places))?;
    let mut bytes = bytes.to_vec();
    bytes[at] = match bytes[at] {
        b'z' => b'a',
        b'Z' => b'A',
        b'9' => b'0',
        other => other + 1,
    };
    Some(bytes)
}
