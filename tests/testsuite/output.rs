//! What a build makes of a whole site: `tests/projects/everything/` has one of everything that an editor can write.

use std::collections::{BTreeMap, BTreeSet};

use dateline::output::{Output, Stage};

use super::project::{Project, names, repository, tree};

fn everything() -> Output {
    let project = Project::of_case("everything");
    let built = project.build();
    assert_eq!(built.diagnostics.iter().count(), 0, "{}", project.drawn(&built.diagnostics));
    built.output.expect("nothing is wrong")
}

fn text<'a>(output: &'a Output, path: &str) -> &'a str {
    str::from_utf8(&output.get(path).unwrap_or_else(|| panic!("there is no `{path}`")).bytes).expect("it is text")
}

/// Returns the values of an attribute in a page, unescaped, in their order.
pub(crate) fn values(html: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let after = html.split(start.as_str()).skip(1);
    let value = after.map(|rest| rest.split('"').next().expect("a value ends"));
    value
        .map(|value| value.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<").replace("&amp;", "&"))
        .collect()
}

/// Reads `%41` as the byte that it stands for.
fn unescaped(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| address.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).expect("an address is UTF-8")
}

/// Returns where a link of a page leads: a path of the output, and an anchor.
pub(crate) fn resolved(from: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(unescaped(anchor))));
    let mut parts: Vec<&str> = from.split('/').collect();
    let path = unescaped(path);
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "`{link}` on {from} leads out of the site"),
            "." => {}
            part => parts.push(part),
        }
    }
    (parts.join("/"), anchor)
}

#[test]
fn the_output_mirrors_the_content() {
    let output = everything();
    let pages: Vec<&str> = output.files().filter(|(_, file)| file.stage == Stage::Page).map(|(path, _)| path).collect();
    assert_eq!(
        pages,
        [
            "404.html",
            "all.html",
            "corrections.html",
            "data.html",
            "flood.html",
            "groups/counts.html",
            "groups/floods.html",
            "index.html",
            "ledger.html",
            "old/the flood.html",
            "pages/notes.html",
            "sources.html",
            "timeline/1950-before.html",
            "timeline/1953-flood.html",
            "timeline/1960-after.html",
        ]
    );
    let others: Vec<&str> = names(&output).into_iter().filter(|path| path.starts_with("media/")).collect();
    assert_eq!(others, ["media/a document.txt", "media/flood.png"]);
}

#[test]
fn every_link_leads_to_a_file_and_an_anchor_without_a_server() {
    let output = everything();
    let pages: Vec<(&str, &str)> = names(&output)
        .into_iter()
        .filter(|path| path.ends_with(".html"))
        .map(|path| (path, text(&output, path)))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(path, html)| (*path, values(html, "id").into_iter().collect())).collect();
    let mut followed = 0;
    for (path, html) in &pages {
        for link in values(html, "href").into_iter().chain(values(html, "src")) {
            if link.contains(':') {
                assert!(link.starts_with("https://example.") || link == "data:,", "{path} asks for {link}");
                continue;
            }
            let (to, anchor) = resolved(path, &link);
            assert!(output.get(&to).is_some(), "`{link}` on {path} leads to no file");
            if let Some(anchor) = anchor {
                assert!(ids[to.as_str()].contains(&anchor), "`{link}` on {path}: {to} has no such anchor");
            }
            followed += 1;
        }
    }
    assert!(followed > 100, "only {followed} links were seen");
}

#[test]
fn no_heading_takes_the_anchor_of_anything_else() {
    let mut headings = String::from(
        "## Claim total\n\n## Event a\n\n## Asked q\n\n## Cite 1\n\n## Ref 1 1\n\n## Fn a\n\n## Wide in\n",
    );
    for theme in ["broadsheet", "plain"] {
        let templates = tree(&repository().join("themes").join(theme).join("templates"));
        let texts: Vec<String> = templates.into_values().map(|bytes| String::from_utf8_lossy(&bytes).into()).collect();
        let ids: BTreeSet<String> = texts.iter().flat_map(|text| values(text, "id")).collect();
        assert!(ids.contains("dateline--main"), "the templates of {theme} have no `dateline--main`");
        ids.iter().filter(|id| !id.contains('{')).for_each(|id| headings += &format!("\n## {id}\n"));
    }
    for theme in ["broadsheet", "plain"] {
        let body = format!("{headings}\n[7 floods](claim:total) [@s].[^n]\n\n[All](question:q)\n\n[^n]: A note.\n");
        let project = Project::new()
            .file("content/site.yaml", format!("title: A site\ntheme: {theme}\n"))
            .file("content/sources.yaml", "s: {type: report, title: A report}\n")
            .file("content/questions.yaml", "q: {title: How many?}\n")
            .file("content/index.md", format!("---\ntitle: Home\n---\n{headings}"))
            .event(
                "a",
                "title: A\ndate: 2019\nclaims: [{id: total, question: q, figure: 7 floods, said-by: A, sources: [s]}]",
                &body,
            );
        let built = project.build();
        let output = built.output.unwrap_or_else(|| panic!("{}", project.drawn(&built.diagnostics)));
        for path in ["index.html", "timeline/a.html", "all.html"] {
            let ids = values(text(&output, path), "id");
            let mut seen = BTreeSet::new();
            let twice: Vec<&String> = ids.iter().filter(|id| !seen.insert(*id)).collect();
            assert!(twice.is_empty(), "{theme}: {path} has twice {twice:?}");
        }
    }
}

/// A site with one event that answers its question so many times and asks for it so many times, in the theme.
fn asking(theme: &str, claims: usize, body: &str) -> Project {
    let claims: Vec<String> = (0..claims)
        .map(|at| format!("  - {{id: c{at}, question: q, figure: {} floods, said-by: A, sources: [s]}}\n", at + 7))
        .collect();
    Project::new()
        .file("content/site.yaml", format!("title: A site\ntheme: {theme}\nrules: {{unused-claim: off}}\n"))
        .file("content/sources.yaml", "s: {type: report, title: A report}\n")
        .file("content/questions.yaml", "q: {title: How many?}\n")
        .event("a", &format!("title: A\ndate: 2019\nclaims:\n{}", claims.concat().trim_end()), body)
}

#[test]
fn a_question_is_shown_once_on_a_page_and_its_other_places_lead_to_it() {
    let body = "Text.[^n]\n\n[All](question:q)\n\nText.\n\n[Again](question:q)\n\n> [There](question:q)\n\n[^n]: [Here](question:q)\n";
    for theme in ["broadsheet", "plain"] {
        let project = asking(theme, 2, body);
        let built = project.build();
        let output = built.output.unwrap_or_else(|| panic!("{}", project.drawn(&built.diagnostics)));
        for (path, ledger) in [("timeline/a.html", "../ledger.html"), ("all.html", "")] {
            let html = text(&output, path);
            let link = format!("<p><a href=\"{ledger}#question-q\">How many?</a></p>");
            assert_eq!(html.matches(&link).count(), 3, "{theme}: {path}:\n{html}");
            let ids = values(html, "id");
            let mut seen = BTreeSet::new();
            assert!(ids.iter().all(|id| seen.insert(id)), "{theme}: {path} has an id twice: {ids:?}");
        }
        assert_eq!(text(&output, "timeline/a.html").matches("How many?</h").count(), 1, "{theme}");
    }
}

#[test]
fn a_question_that_is_asked_for_a_hundred_times_costs_a_line_each_time() {
    for theme in ["broadsheet", "plain"] {
        let size = |times: usize| {
            let body = "[All](question:q)\n\n".repeat(times);
            asking(theme, 40, &body).page_built("timeline/a.html").len()
        };
        let more = size(101) - size(1);
        assert!(more < 100 * 100, "{theme}: {more} bytes");
    }
}

/// A site whose events have so many groups together, a hundred each, in the theme.
fn grouped(theme: &str, groups: usize) -> Project {
    let project =
        Project::new().file("content/site.yaml", format!("title: A site\ntheme: {theme}\n")).page("about", "About.");
    (0..groups.div_ceil(100)).fold(project, |project, event| {
        let ids: Vec<String> = (event * 100..groups.min(event * 100 + 100)).map(|at| format!("g{at}")).collect();
        project.event(&format!("e{event}"), &format!("title: E\ndate: 2019\ngroups: [{}]", ids.join(", ")), "Text.")
    })
}

#[test]
fn very_many_groups_are_listed_on_the_home_page_alone() {
    for theme in ["broadsheet", "plain"] {
        for (groups, elsewhere) in [(100, 100), (101, 0)] {
            let project = grouped(theme, groups);
            let count = |path: &str| {
                let html = project.page_built(path);
                (0..groups).filter(|at| html.contains(&format!("groups/g{at}.html\""))).count()
            };
            assert_eq!(count("index.html"), groups, "{theme}");
            assert_eq!(count("pages/about.html"), elsewhere, "{theme}");
            assert_eq!(count("groups/g0.html"), elsewhere, "{theme}");
        }
    }
}

#[test]
fn an_event_of_more_groups_than_a_hundred_is_told() {
    let ids: Vec<String> = (0..101).map(|at| format!("g{at}")).collect();
    let front = |count| format!("title: E\ndate: 2019\ngroups: [{}]", ids[..count].join(", "));
    assert_eq!(Project::new().event("e", &front(100), "Text.").codes(), [""; 0]);
    let project = Project::new().event("e", &front(101), "Text.");
    let said = project.drawn(&project.build().diagnostics);
    assert!(said.contains("error[bad-value]: `e` belongs to 101 groups"), "{said}");
    assert!(said.contains("at most 100 are possible") && said.contains("help: "), "{said}");
}

#[test]
fn every_page_of_the_site_has_unique_ids_one_first_heading_and_no_inline_style() {
    let output = everything();
    for path in names(&output).into_iter().filter(|path| path.ends_with(".html")) {
        let html = text(&output, path);
        let ids = values(html, "id");
        let mut seen = BTreeSet::new();
        assert!(ids.iter().all(|id| seen.insert(id)), "{path} has an id twice: {ids:?}");
        assert!(values(html, "style").is_empty(), "{path} has a style attribute, which the policy forbids");
        let redirect = html.contains("http-equiv=\"refresh\"");
        assert_eq!(html.matches("<h1").count(), usize::from(!redirect), "{path}");
    }
}

#[test]
fn every_page_carries_a_policy_those_of_old_addresses_too() {
    let output = everything();
    let pages: Vec<&str> = names(&output).into_iter().filter(|path| path.ends_with(".html")).collect();
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";
    for path in &pages {
        let html = text(&output, path);
        let before = html.split(policy).next().expect("a text has a start");
        assert!(html.contains(policy), "{path} has no policy");
        for late in ["<script", "<link", "<style", "<title", "refresh"] {
            assert!(!before.contains(late), "{path} has {late} before its policy");
        }
    }
    assert!(pages.iter().any(|path| text(&output, path).contains("http-equiv=\"refresh\"")), "no alias was seen");
}

#[test]
fn no_heading_takes_the_id_of_a_part_of_a_theme() {
    for theme in ["broadsheet", "plain"] {
        let with = |body: &str| {
            let built = Project::new()
                .file(
                    "content/site.yaml",
                    format!("title: S\ntheme: {theme}\nnavigation: [{{title: A, file: index.md}}]\n"),
                )
                .file("content/index.md", format!("---\ntitle: Home\n---\n{body}"))
                .file("content/pages/a.md", format!("---\ntitle: A\n---\n{body}"))
                .build();
            built.output.expect("the site has no mistake")
        };
        let bare = with("");
        for path in ["index.html", "pages/a.html"] {
            let own = values(text(&bare, path), "id");
            assert!(!own.is_empty(), "{theme}: {path} has no part with an id");
            let headings: String =
                own.iter().map(|id| format!("## {}\n\nText.\n\n", id.replace("dateline--", ""))).collect();
            let headings = headings + &own.iter().map(|id| format!("## {id}\n\nText.\n\n")).collect::<String>();
            let output = with(&headings);
            let ids = values(text(&output, path), "id");
            assert_eq!(ids.len(), own.len() * 3, "{theme}: {path}: {ids:?}");
            assert_eq!(
                ids.iter().collect::<BTreeSet<_>>().len(),
                ids.len(),
                "{theme}: {path} has an id twice: {ids:?}"
            );
        }
    }
}

#[test]
fn citations_and_footnotes_are_numbered_and_lead_back() {
    let output = everything();
    let html = text(&output, "timeline/1953-flood.html");
    let ids: BTreeSet<String> = values(html, "id").into_iter().collect();
    for id in ["cite-1", "cite-2", "ref-1-1", "ref-2-1", "ref-2-2"] {
        assert!(ids.contains(id), "no anchor {id} among {ids:?}");
        assert!(html.contains(&format!("href=\"#{id}\"")), "nothing leads to {id}");
    }
    assert!(ids.iter().any(|id| id == "fn-a" || id == "note-a"), "footnotes are lettered: {ids:?}");
}

#[test]
fn a_claim_is_shown_with_its_hedge_who_says_it_and_where() {
    let output = everything();
    let html = text(&output, "ledger.html");
    let row = html
        .split("id=\"claim-cost\"")
        .nth(1)
        .expect("the claim has an anchor")
        .split("</tr>")
        .next()
        .expect("a row ends");
    for part in ["up to", "$2", "Flood Panel", "disputed", "sources.html#source-panel", "claim-denial"] {
        assert!(row.contains(part), "the row of the claim has no {part}: {row}");
    }
    assert!(html.contains("no</em> flood had happened"), "a statement is Markdown");
    assert!(!html.contains("12.000") && html.contains("€10"), "nothing is converted");
}

#[test]
fn dates_never_gain_precision() {
    let output = everything();
    let html = text(&output, "index.html");
    for shown in ["31 January to 1 February 1953", "since c. 1960", "until 1952 (uncertain)"] {
        assert!(html.contains(shown), "`{shown}` is not on the home page");
    }
    for stamp in values(html, "datetime") {
        assert!(
            ["1953-01-31", "1953-02-01", "1960", "1952", "2020-02-03"].contains(&stamp.as_str()),
            "nobody wrote {stamp}"
        );
    }
}

#[test]
fn events_stand_in_the_order_of_their_dates_and_lead_to_each_other() {
    let output = everything();
    let home = text(&output, "index.html");
    let place = |name: &str| home.find(&format!("id=\"event-{name}\"")).unwrap_or_else(|| panic!("no event {name}"));
    assert!(place("1950-before") < place("1953-flood") && place("1953-flood") < place("1960-after"));
    let html = text(&output, "timeline/1953-flood.html");
    assert!(
        html.contains("href=\"../timeline/1950-before.html\"") && html.contains("href=\"../timeline/1960-after.html\"")
    );
    assert!(html.contains("rel=\"prev\"") && html.contains("rel=\"next\""));
}

#[test]
fn raw_html_is_sanitised_and_harmless_parts_stay() {
    let output = everything();
    let html = text(&output, "pages/notes.html");
    assert!(!html.contains("onclick") && html.contains("<b>HTML</b>"), "{html}");
}

#[test]
fn an_alias_leads_to_its_page() {
    let output = everything();
    assert!(text(&output, "flood.html").contains("url=timeline/1953-flood.html"));
    assert!(text(&output, "old/the flood.html").contains("url=../timeline/1953-flood.html"));
}

#[test]
fn a_draft_is_nowhere() {
    let output = everything();
    for path in names(&output).into_iter().filter(|path| path.ends_with(".html")) {
        assert!(!text(&output, path).contains("Not yet"), "{path} shows a draft");
    }
}
