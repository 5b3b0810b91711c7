//! Much of one thing: what is said of it stays short, and stays right. How long it takes is counted by `benches/instructions`.

use std::fmt::Write as _;

use dateline::diagnostic::{Code, Diagnostic};

use super::project::Project;

/// Returns what was found of a kind.
fn of_kind(project: &Project, code: Code) -> Vec<Diagnostic> {
    project.build().diagnostics.iter().filter(|found| found.code == code).cloned().collect()
}

fn help(found: &Diagnostic) -> &str {
    found.help.as_deref().expect("it says what to do")
}

#[test]
fn of_a_thousand_names_that_are_not_there_each_is_told_and_the_first_with_what_was_meant() {
    let mut front = "title: A\ndate: 2019\nclaims:".to_owned();
    let mut body = String::new();
    for at in 1000..2000 {
        write!(front, "\n  - {{id: ships-{at}, statement: A., said-by: B, sources: [s]}}").expect("a text takes it");
        write!(body, "[a](claim:shipz-{at}) [b](claim:ships-{at})\n\n").expect("a text takes it");
    }
    let project = Project::new().event("a", &front, &body).file("content/sources.yaml", "s: {title: A}\n");
    let found = of_kind(&project, Code::UnknownClaim);
    assert_eq!(found.len(), 1000);
    assert!(help(&found[0]).starts_with("write `ships-1000`, or add a claim"), "{}", help(&found[0]));
    assert!(help(&found[999]).starts_with("add a claim with `id: shipz-1999`"), "{}", help(&found[999]));
}

#[test]
fn of_many_anchors_the_first_are_listed() {
    let headings = |count: usize| (0..count).map(|at| format!("## Part {}\n\n", 100 + at)).collect::<String>();
    let told = |count| {
        let found = of_kind(
            &Project::new().page("a", &format!("[x](#nothing-like-it)\n\n{}", headings(count))),
            Code::BrokenAnchor,
        );
        help(&found[0]).to_owned()
    };
    assert_eq!(told(2), "that page has `#part-100`, `#part-101`");
    assert!(told(12).ends_with("`#part-110`, `#part-111`"), "{}", told(12));
    assert!(told(14).ends_with("`#part-111`, and 2 more"), "{}", told(14));
}

#[test]
fn a_link_to_a_claim_of_a_page_and_one_to_a_heading_lead_somewhere() {
    let front = "title: A\ndate: 2019\nclaims:\n  - {id: c, statement: A., said-by: B, sources: [s]}";
    let project = Project::new()
        .event("a", front, "## Part\n\n[x](#claim-c) [y](#part) [z](a.md#claim-c) [c](claim:c)")
        .file("content/sources.yaml", "s: {title: A}\n");
    assert!(of_kind(&project, Code::BrokenAnchor).is_empty());
    assert_eq!(of_kind(&project.event("b", "title: B\ndate: 2019", "[z](#claim-c)"), Code::BrokenAnchor).len(), 1);
}

#[test]
fn a_number_in_an_address_is_no_figure_and_one_in_a_long_text_of_a_link_is() {
    let front = "title: A\ndate: 2019\nclaims:\n  - {id: c, figure: 3 ships, said-by: B, sources: [s]}";
    let linked = |text: &str| {
        let body = format!("[3 ships](claim:c) [{text}](https://example.org/a)");
        let project = Project::new().event("a", front, &body).file("content/sources.yaml", "s: {title: A}\n");
        of_kind(&project, Code::UnsourcedFigure).len()
    };
    assert_eq!(linked("https://example.org/ 40 ships"), 0);
    assert_eq!(linked("40 ships"), 1);
    assert_eq!(linked(&format!("{} :// 40 ships", "word ".repeat(500))), 1);
}

#[test]
fn a_title_may_state_any_claim_of_its_page_and_one_of_a_question_any_of_the_site() {
    let claims: String = (0..300)
        .map(|at| format!("\n  - {{id: c{at}, figure: {} ships, said-by: B, sources: [s]}}", 1000 + at))
        .collect();
    let project = Project::new()
        .event("a", &format!("title: There were 1299 ships\ndate: 2019\nclaims:{claims}"), "Text.")
        .file("content/sources.yaml", "s: {title: A}\n");
    let asked = |title: &str| {
        let project = project.clone().file("content/questions.yaml", format!("q: {{title: '{title}'}}\n"));
        let found = project.build().diagnostics;
        let told = found
            .iter()
            .filter(|found| matches!(found.code, Code::UnsourcedFigure | Code::DroppedHedge | Code::AddedHedge));
        told.map(|found| found.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(asked("Were there 1100 ships?"), Vec::<String>::new());
    let told = asked("Were there at least 1,123 ships?");
    assert!(
        told.len() == 1 && told[0].starts_with("the text says `at least 1,123 ships`, the claim says `"),
        "{told:?}"
    );
    assert_eq!(asked("Were there 12 ships?"), ["no claim of this site says `12 ships`"]);
    let other = project.event("a", &format!("title: There were 5,299 ships\ndate: 2019\nclaims:{claims}"), "Text.");
    let told = of_kind(&other, Code::FigureMismatch);
    assert!(
        told.len() == 1 && told[0].message.starts_with("the text says `5,299 ships`, the claim says `"),
        "{told:?}"
    );
}
