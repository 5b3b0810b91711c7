//! The theme `plain` shows all that the theme `broadsheet` shows, with templates of its own and without a script.

use std::collections::{BTreeMap, BTreeSet};

use dateline::output::Output;
use dateline::theme::carried_files;

use super::output::{resolved, values};
use super::project::{Project, names};

/// Builds a site with the theme.
fn plain(project: Project) -> Output {
    let settings = String::from_utf8(project.files()["content/site.yaml"].clone()).expect("it is UTF-8");
    let settings: String =
        settings.lines().filter(|line| !line.starts_with("theme:")).map(|line| format!("{line}\n")).collect();
    let project = project.file("content/site.yaml", format!("{settings}theme: plain\n"));
    let built = project.build();
    built.output.unwrap_or_else(|| panic!("not built:\n{}", project.drawn(&built.diagnostics)))
}

fn pages(output: &Output) -> BTreeMap<&str, &str> {
    let pages = names(output).into_iter().filter(|path| path.ends_with(".html"));
    pages
        .map(|path| {
            let bytes = &output.get(path).expect("it is listed").bytes;
            (path, str::from_utf8(bytes).expect("a page is UTF-8"))
        })
        .collect()
}

#[test]
fn every_link_of_the_first_site_leads_to_a_file_and_an_anchor() {
    for project in [Project::first_site(), Project::of_case("everything"), Project::of_case("arabic")] {
        let output = plain(project);
        let pages = pages(&output);
        let ids: BTreeMap<&str, BTreeSet<String>> =
            pages.iter().map(|(path, html)| (*path, values(html, "id").into_iter().collect())).collect();
        for (path, html) in &pages {
            assert_eq!(ids[path].len(), values(html, "id").len(), "{path} has an id twice");
            for link in values(html, "href").into_iter().chain(values(html, "src")).filter(|link| !link.contains(':')) {
                let (to, anchor) = resolved(path, &link);
                assert!(output.get(&to).is_some(), "`{link}` on {path} leads to no file");
                let there = anchor.as_ref().is_none_or(|anchor| ids[to.as_str()].contains(anchor));
                assert!(there, "`{link}` on {path}: {to} has no such anchor");
            }
        }
    }
}

#[test]
fn nothing_that_the_other_theme_shows_is_missing() {
    let broadsheet = Project::first_site().build().output.expect("the first site has no mistake");
    let plain = plain(Project::first_site());
    let (ours, theirs) = (pages(&plain), pages(&broadsheet));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (path, html) in &theirs {
        // Anchors that are part of the format, where others may lead.
        let lasting = ["claim-", "question-", "source-", "event-", "cite-", "fn-"];
        let wanted = values(html, "id").into_iter().filter(|id| lasting.iter().any(|start| id.starts_with(start)));
        let ids: BTreeSet<String> = values(ours[path], "id").into_iter().collect();
        let missing: Vec<String> = wanted.filter(|id| !ids.contains(id)).collect();
        assert!(missing.is_empty(), "{path} lacks the anchors {missing:?}");
    }
}

#[test]
fn it_has_no_script_no_font_and_one_small_style_sheet_and_leans_on_no_other_theme() {
    for (path, bytes) in carried_files("plain") {
        let text = str::from_utf8(&bytes).unwrap_or_else(|_| panic!("{path} is no text"));
        assert!(!text.contains("<script") && !text.contains("broadsheet"), "{path}");
        assert!(!path.starts_with("static/") || path == "static/style.css", "{path}");
        assert!(path != "static/style.css" || text.len() < 4096, "the style sheet has {} bytes", text.len());
    }
    let output = plain(Project::first_site());
    assert!(pages(&output).values().all(|html| values(html, "style").is_empty()), "a style attribute");
}
