//! What stands beside the text: notes of sources and cards of claims, after the word that they belong to.

use super::project::Project;

const SOURCES: &str = "\
one: {type: article-newspaper, title: First, container-title: The Oklahoman, publisher: Associated Press, issued: 2019, URL: \"https://example.org/1\"}
two: {type: article-newspaper, title: Second, publisher: Reuters, issued: 2020, URL: \"https://example.org/2\"}
";

const CLAIMS: &str =
    "claims: [{id: dead, figure: up to 1800 people, said-by: The mayor, sources: [one]}]\nsources: [one, two]";

fn body(text: &str) -> String {
    let project = Project::new().file("content/sources.yaml", SOURCES);
    let front = format!("title: A flood\ndate: 1953-02-01\n{CLAIMS}");
    let html = project.event("a", &front, text).page_built("timeline/a.html");
    let (_, body) = html.split_once("<div class=\"body\">").expect("it has a body");
    let (body, _) = body.split_once("<footer class=\"endmatter\">").expect("the body ends");
    body.trim().to_owned()
}

/// Returns the text without its notes, each of which becomes `_`.
fn without_notes(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, note)) = rest.split_once("<span class=\"sidenote") {
        out.push_str(before);
        out.push('_');
        let mut depth = 1;
        rest = note;
        while depth > 0 {
            let (open, close) = (rest.find("<span"), rest.find("</span>").expect("every note ends"));
            depth = if open.is_some_and(|open| open < close) { depth + 1 } else { depth - 1 };
            rest =
                &rest[open.filter(|open| *open < close).map_or(close + "</span>".len(), |open| open + "<span".len())..];
        }
    }
    out.push_str(rest);
    out
}

#[test]
fn nothing_comes_between_a_claim_its_citation_and_the_full_stop() {
    let html = without_notes(&body("It was [up to 1,800 people](claim:dead) [@one]. More."));
    let expected =
        ">up to 1,800 people</a><sup class=\"cite\"><a href=\"#cite-1\" id=\"ref-1-1\">1</a></sup>.__ More.</p>";
    assert!(html.contains(expected), "{html}");
    let html = without_notes(&body("It was [up to 1,800 people](claim:dead), he said."));
    assert!(html.contains(">up to 1,800 people</a>,_ he said.</p>"), "{html}");
    let html = without_notes(&body("So *[up to 1,800 people](claim:dead)* [@one]"));
    assert!(html.contains(">up to 1,800 people</a>_</em>"), "{html}");
}

#[test]
fn sources_cited_in_a_table_stand_beside_it_and_not_inside() {
    let html = body("Before.\n\n| a | b |\n|---|---|\n| x [@one] | y [@two; @one] |\n\nAfter.");
    let (before, table) = html.split_once("<div class=\"table\"").expect("there is a table");
    assert!(before.contains("<div class=\"beside\">"), "{html}");
    assert_eq!(before.matches("<span class=\"sidenote\"").count(), 2, "{html}");
    assert!(!table.contains("sidenote"), "{html}");
}

#[test]
fn a_note_names_the_publisher_where_the_text_stands_with_somebody_else() {
    let html = body("One [@one], two [@two].");
    assert!(html.contains("<b>The Oklahoman</b> (Associated Press), 2019."), "{html}");
    assert!(html.contains("<b>Reuters</b>, 2020."), "{html}");
}

#[test]
fn claims_without_a_question_stand_in_the_ledger_page_by_page() {
    let claim = |id: &str| format!("claims: [{{id: {id}, statement: It rained, said-by: The mayor, sources: [one]}}]");
    let project = Project::new()
        .file("content/sources.yaml", SOURCES)
        .event("b", &format!("title: Second day\ndate: 1953-02-02\nsources: [two]\n{}", claim("later")), "Text.")
        .event("a", &format!("title: First day\ndate: 1953-02-01\n{}", claim("first")), "Text.");
    let html = project.page_built("ledger.html");
    let places: Vec<_> = [
        "<h3><a href=\"timeline/a.html\">First day</a></h3>",
        "id=\"claim-first\"",
        "<h3><a href=\"timeline/b.html\">Second day</a></h3>",
        "id=\"claim-later\"",
    ]
    .map(|part| html.find(part).unwrap_or_else(|| panic!("`{part}` is not in {html}")))
    .to_vec();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("<table class=\"ledger stated\">"), "statements need a wide first column: {html}");
}

#[test]
fn a_site_that_says_nothing_of_itself_has_no_empty_paragraphs() {
    let html = Project::new().page_built("index.html");
    assert!(!html.contains("<p></p>") && !html.contains("<p class=\"imprint\">"), "{html}");
}
