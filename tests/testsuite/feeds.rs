//! What leaves the site for feed readers and search engines: feeds, site map, addresses in heads, JSON-LD.

use std::collections::BTreeSet;

use serde_json::Value;

use super::project::{Project, names};

const URL: &str = "https://example.org/a/b";

/// Returns the site that has everything, at an address with a folder.
fn with_url() -> Project {
    let project = Project::of_case("everything");
    let site = String::from_utf8(project.files()["content/site.yaml"].clone()).expect("it is text");
    project.file("content/site.yaml", format!("url: {URL}/\n{site}"))
}

fn feed(project: &Project) -> Value {
    serde_json::from_str(&project.page_built("feed.json")).expect("a JSON Feed is JSON")
}

fn items(feed: &Value) -> Vec<&Value> {
    feed["items"].as_array().expect("a feed has items").iter().collect()
}

fn texts<'a>(feed: &'a Value, key: &str) -> Vec<&'a str> {
    items(feed).into_iter().map(|item| item[key].as_str().unwrap_or_default()).collect()
}

fn json_ld(project: &Project, path: &str) -> Vec<Value> {
    let html = project.page_built(path);
    let script = html.split("<script type=\"application/ld+json\">").nth(1).expect("the page has JSON-LD");
    let json = script.split("</script>").next().expect("a script ends");
    let value: Value = serde_json::from_str(json).expect("JSON-LD is JSON");
    value["@graph"].as_array().expect("a graph has nodes").clone()
}

#[test]
fn a_page_and_each_correction_of_it_are_entries() {
    let feed = feed(&Project::of_case("everything"));
    assert_eq!(texts(&feed, "title"), ["Clarification: The flood", "The flood"]);
    assert_eq!(texts(&feed, "url"), ["timeline/1953-flood.html"; 2]);
    assert_eq!(texts(&feed, "date_published"), ["2020-02-03T00:00:00Z", "2020-01-02T00:00:00Z"]);
    assert_eq!(texts(&feed, "date_modified"), ["2020-02-03T00:00:00Z"; 2]);
    assert_eq!(items(&feed)[1]["tags"], serde_json::json!(["Floods", "Counts"]));
    assert_eq!(items(&feed)[0]["tags"], serde_json::json!(["Clarification"]));
    assert!(texts(&feed, "content_html")[0].contains("<em>rivers</em>"), "the note keeps its emphasis");
}

#[test]
fn an_entry_carries_the_whole_text_with_its_hedges_notes_and_sources_and_no_margin() {
    let feed = feed(&Project::of_case("everything"));
    let content = texts(&feed, "content_html")[1];
    for part in [
        "<a href=\"ledger.html#claim-floods-panel\">at least 7 floods</a>",
        "<sup><a href=\"timeline/1953-flood.html#cite-1\">1</a>",
        "<h2>What was counted</h2>",
        "<a href=\"timeline/1953-flood.html#what-was-counted\">here</a>",
        "<a href=\"pages/notes.html#a-table\">the notes</a>",
        "<a href=\"media/a%20document.txt\">a document</a>",
        "<a href=\"https://example.org/?a=1&amp;b=2\">outside</a>",
        "<li>up to $2bn: Flood Panel (disputed)</li>",
        "<img src=\"media/flood.png\" alt=\"Water in a street\">",
        "An inner note.",
        "<li><a href=\"https://example.org/chronicle?a=1&amp;b=2\">The water came at night</a>",
    ] {
        assert!(content.contains(part), "no {part} in:\n{content}");
    }
    for part in ["sidenote", "class=", "id=", "\"#", "../"] {
        assert!(!content.contains(part), "{part} is in:\n{content}");
    }
}

#[test]
fn with_an_address_every_link_of_a_feed_is_whole_and_ids_stay() {
    let (without, with) = (feed(&Project::of_case("everything")), feed(&with_url()));
    assert_eq!(texts(&without, "id"), texts(&with, "id"));
    assert_eq!(with["feed_url"], format!("{URL}/feed.json"));
    assert_eq!(with["home_page_url"], format!("{URL}/"));
    assert_eq!(without.get("feed_url"), None);
    for content in texts(&with, "content_html") {
        for link in
            content.split("href=\"").chain(content.split("src=\"")).skip(1).filter(|part| !part.starts_with('<'))
        {
            assert!(link.starts_with("https://example."), "{link}");
        }
        assert!(content.contains(&format!("href=\"{URL}/")), "{content}");
    }
    let atom = with_url().page_built("feed.xml");
    assert!(
        atom.contains(&format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{URL}/feed.xml\"/>")),
        "{atom}"
    );
    assert!(
        atom.contains(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{URL}/timeline/1953-flood.html\"/>"))
    );
}

#[test]
fn an_id_hangs_on_ids_and_on_no_title_text_or_day() {
    let project = |site: &str, front: &str| {
        Project::new().file("content/site.yaml", site).event(
            "fire",
            &format!("{front}\ndate: 2019\npublished: 2020-01-01\ncorrections:\n  - {{date: 2020-01-02, note: One.}}\n  - {{date: 2020-01-02, note: Two.}}"),
            "Text.",
        )
    };
    let ids =
        |project: &Project| -> Vec<String> { texts(&feed(project), "id").into_iter().map(str::to_owned).collect() };
    let first = ids(&project("title: A site\nid: s\n", "title: Fire"));
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), 3, "every entry has an id of its own: {first:?}");
    assert!(first.iter().all(|id| id.starts_with("urn:uuid:")));
    assert_eq!(ids(&project("title: Renamed\nid: s\n", "title: Flames")), first);
    assert_eq!(ids(&project("title: A site\n", "title: Fire")), ids(&project("title: A, site!\n", "title: Fire")));
    assert_ne!(ids(&project("title: A site\nid: other\n", "title: Fire")), first);
}

#[test]
fn a_feed_goes_by_days_of_publication_and_never_by_those_of_events() {
    let event = |project: Project, name: &str, date: &str, published: &str| {
        project.event(name, &format!("title: {name}\ndate: {date}{published}"), "Text.")
    };
    let project = event(Project::new(), "late", "2019", "\npublished: 2020-03-01");
    let project = event(project, "early", "1900", "\npublished: 2020-05-01");
    let project = event(project, "changed", "1800", "\npublished: 2020-01-01\nupdated: 2020-06-01");
    let project = event(project, "never", "2020-04-01", "");
    assert_eq!(texts(&feed(&project), "title"), ["changed", "early", "late"]);
    let notes = |project: &Project| -> Vec<&'static str> {
        project.build().diagnostics.iter().map(|note| note.code.name()).collect()
    };
    assert_eq!(notes(&project), ["no-url", "not-in-feed"]);
    let nothing = event(Project::new(), "never", "2019", "");
    assert_eq!(notes(&nothing), Vec::<&str>::new(), "a site that says no such day is told nothing");
    let output = nothing.build().output.expect("nothing is wrong");
    assert!(output.get("feed.xml").is_none() && !nothing.page_built("index.html").contains("rel=\"alternate\""));
}

#[test]
fn a_feed_has_the_fifty_entries_that_changed_last() {
    let mut project = Project::new();
    for number in 1..=60 {
        let front =
            format!("title: Event {number}\ndate: 2019\npublished: 2020-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
        project = project.event(&format!("e{number:02}"), &front, "Text.");
    }
    let feed = feed(&project);
    let titles = texts(&feed, "title");
    assert_eq!((titles.len(), titles[0], titles[49]), (50, "Event 60", "Event 11"));
}

#[test]
fn drafts_are_neither_in_feeds_nor_on_the_site_map() {
    let project = with_url().event("secret", "title: Secret\ndate: 2019\npublished: 2020-01-01\ndraft: true\ncorrections:\n  - {date: 2020-02-02, note: So.}", "Text.");
    let built = project.build_as(dateline::builder::Options { drafts: true, ..Default::default() });
    let output = built.output.expect("nothing is wrong");
    assert!(output.get("timeline/secret.html").is_some(), "the draft is built");
    for path in ["feed.xml", "feed.json", "sitemap.xml"] {
        let text = str::from_utf8(&output.get(path).expect("it is written").bytes).expect("it is text");
        assert!(!text.to_lowercase().contains("secret"), "{path} tells of a draft");
    }
}

#[test]
fn the_site_map_has_every_page_but_those_that_stand_for_no_address() {
    let project = with_url();
    let map = project.page_built("sitemap.xml");
    let listed: BTreeSet<&str> =
        map.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().expect("it ends")).collect();
    let output = project.build().output.expect("nothing is wrong");
    let pages = names(&output).into_iter().filter(|path| path.ends_with(".html"));
    let moved = ["404.html", "all.html", "flood.html", "old/the flood.html"];
    let pages: BTreeSet<String> = pages
        .filter(|path| !moved.contains(path))
        .map(|path| if path == "index.html" { format!("{URL}/") } else { format!("{URL}/{path}") })
        .collect();
    assert_eq!(listed, pages.iter().map(String::as_str).collect());
    let flood = map.split("1953-flood.html</loc>").nth(1).expect("the event is listed");
    assert!(flood.trim_start().starts_with("<lastmod>2020-02-03</lastmod>"), "{map}");
    assert!(project.page_built("robots.txt").ends_with(&format!("\nSitemap: {URL}/sitemap.xml\n")));
}

#[test]
fn without_an_address_nothing_is_said_that_needs_one() {
    let project = Project::of_case("everything");
    let output = project.build().output.expect("nothing is wrong");
    assert!(output.get("sitemap.xml").is_none());
    assert_eq!(project.page_built("robots.txt"), "User-agent: *\nAllow: /\n");
    for path in names(&output).into_iter().filter(|path| path.ends_with(".html") && !path.contains("flood.html")) {
        let html = project.page_built(path);
        assert!(!html.contains("rel=\"canonical\"") && !html.contains("og:") && !html.contains("twitter:"), "{path}");
    }
    let nodes = json_ld(&project, "timeline/1953-flood.html");
    assert_eq!(nodes[0].get("url"), None);
    assert_eq!(json_ld(&project, "ledger.html")[0].get("distribution"), None);
}

#[test]
fn a_head_names_the_address_of_its_page_and_the_feeds() {
    let html = with_url().page_built("timeline/1953-flood.html");
    for part in [
        format!("<link rel=\"canonical\" href=\"{URL}/timeline/1953-flood.html\">"),
        format!("<meta property=\"og:url\" content=\"{URL}/timeline/1953-flood.html\">"),
        "<meta property=\"og:type\" content=\"article\">".to_owned(),
        "<meta property=\"article:modified_time\" content=\"2020-02-03\">".to_owned(),
        "type=\"application/atom+xml\" title=\"Everything\" href=\"../feed.xml\">".to_owned(),
    ] {
        assert!(html.contains(&part), "no {part}");
    }
    assert!(with_url().page_built("index.html").contains(&format!("<link rel=\"canonical\" href=\"{URL}/\">")));
    assert!(!with_url().page_built("404.html").contains("canonical"));
}

#[test]
fn a_page_says_in_json_ld_what_it_rests_on_and_what_it_claims() {
    let nodes = json_ld(&with_url(), "timeline/1953-flood.html");
    let article = &nodes[0];
    assert_eq!(article["@type"], "Article");
    assert_eq!(article["dateModified"], "2020-02-03");
    assert_eq!(article["about"]["startDate"], "1953-01-31");
    assert_eq!(article["about"]["endDate"], "1953-02-01");
    assert_eq!(article["correction"][0]["@type"], "CorrectionComment");
    assert_eq!(article["correction"][0]["text"], "We now say rivers.");
    let citations = article["citation"].as_array().expect("there are citations");
    assert!(
        citations.iter().all(|work| work.get("datePublished").is_none_or(|date| date != "1953~")),
        "about is not exact"
    );
    let claim = |id: &str| {
        nodes.iter().find(|node| node["@id"] == format!("{URL}/ledger.html#claim-{id}")).expect("it is told")
    };
    assert_eq!(claim("cost")["text"], "up to $2bn", "the hedge travels with the number");
    assert_eq!(claim("cost")["author"]["name"], "Flood Panel");
    assert_eq!(claim("cost")["keywords"], "disputed");
    assert_eq!(claim("floods-panel")["temporalCoverage"], "1953");
    assert_eq!(claim("floods-chronicle")["firstAppearance"]["@id"], format!("{URL}/sources.html#source-panel"));
    assert_eq!(
        claim("cost").get("firstAppearance"),
        None,
        "a source that reports on nothing is not known to be the first"
    );
    let dataset = &json_ld(&with_url(), "ledger.html")[0];
    assert_eq!(dataset["distribution"][0]["contentUrl"], format!("{URL}/data/claims.csv"));
}

#[test]
fn everything_that_json_ld_refers_to_is_told_on_the_page() {
    for project in [Project::of_case("everything"), with_url()] {
        for path in ["index.html", "timeline/1953-flood.html", "pages/notes.html"] {
            let nodes = json_ld(&project, path);
            let (mut told, mut named) = (BTreeSet::new(), BTreeSet::new());
            nodes.iter().for_each(|node| ids(node, &mut told, &mut named));
            let origins: BTreeSet<String> = named.difference(&told).cloned().collect();
            assert!(origins.iter().all(|id| id.contains("source-")), "{path}: nothing tells of {origins:?}");
        }
    }
}

/// Collects the ids of things that are told of, and of those that are only named.
fn ids(value: &Value, told: &mut BTreeSet<String>, named: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(id) = map.get("@id").and_then(Value::as_str) {
                if map.len() == 1 {
                    named.insert(id.to_owned())
                } else {
                    told.insert(id.to_owned())
                };
            }
            map.values().for_each(|value| ids(value, told, named));
        }
        Value::Array(values) => values.iter().for_each(|value| ids(value, told, named)),
        _ => {}
    }
}

#[test]
fn outputs_switch_feeds_and_data_off() {
    let project = Project::of_case("everything");
    let site = String::from_utf8(project.files()["content/site.yaml"].clone()).expect("it is text");
    let project = project.file("content/site.yaml", format!("{site}outputs: {{feeds: false, data: false}}\n"));
    let output = project.build().output.expect("nothing is wrong");
    let left = names(&output).into_iter().filter(|path| path.starts_with("data") || path.starts_with("feed"));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<&str>::new());
    let home = project.page_built("index.html");
    assert!(!home.contains("feed.xml") && !home.contains("data.html"));
}
