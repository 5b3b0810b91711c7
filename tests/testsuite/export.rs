//! The whole site in one document, and the editions made of it: `all.html`, `dateline export`, `editions:`.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use dateline::builder::Options;
use dateline::model::Edition;
use zip::ZipArchive;

use super::project::{Folder, Project, Tree, codes};

/// A PNG of one grey pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\
    \0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

/// A site with links of every kind between its pages.
fn site() -> Project {
    let site = "title: Tea & time\nlanguage: en\nurl: https://a.example/tea\nnavigation:\n  - {title: Second, file: pages/second.md}\n  - {title: Ledger, file: ledger.html}\n";
    Project::new()
        .file("content/site.yaml", site)
        .file("content/sources.yaml", "times:\n  type: article\n  title: The <b>Times</b>\n  issued: 2019\n")
        .file("content/questions.yaml", "how-many:\n  title: How many?\n")
        .file("content/index.md", "---\ntitle: Home\n---\n\nSee [the flood](timeline/2019-flood.md) and [its cause](timeline/2019-flood.md#cause).\n")
        .file("content/media/a b.png", PIXEL)
        .file("content/media/plan.pdf", b"%PDF-1.4 plan")
        .event(
            "2019-flood",
            "title: A flood\ndate: 2019-08\ngroups: [water]\nclaims:\n  - id: dead\n    question: how-many\n    figure: at least 30 people\n    said-by: The Times\n    sources: [times]",
            "It killed [at least 30 people](claim:dead) [@times, p. 2].[^n]\n\n[How many?](question:how-many)\n\n## Cause\n\nRain; see [below](#cause), [home](../index.md#event-2019-flood), [the sources](../sources.html#source-times) and [the plan](../media/plan.pdf).\n\n![Water](<../media/a b.png>)\n\n[^n]: A note.",
        )
        .page("first", "## Cause\n\nFirst, [again](second.md).")
        .page("second", "Second.")
}

fn exported(project: &Project, edition: Edition) -> Vec<u8> {
    let built = project.build_as(Options { edition: Some(edition), ..Options::default() });
    built.edition.unwrap_or_else(|| panic!("not made:\n{}", project.drawn(&built.diagnostics)))
}

/// Returns the values of an attribute, entities undone as far as these tests need it.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let mark = format!(" {attribute}=\"");
    html.split(mark.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Asserts that ids are unique and that every link within the document finds one; returns the links that lead out of it.
#[track_caller]
fn leads_within(html: &str) -> Vec<&str> {
    let ids = values(html, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "ids are there twice: {ids:?}");
    let (within, out): (Vec<&str>, Vec<&str>) =
        values(html, "href").into_iter().partition(|href| href.starts_with('#'));
    assert!(within.len() > 10, "links were not seen");
    let broken: Vec<_> = within.iter().filter(|href| !known.contains(&href[1..])).collect();
    assert!(broken.is_empty(), "these lead nowhere: {broken:?}");
    out
}

fn unpacked(bytes: &[u8]) -> Tree {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let read = |at: usize, archive: &mut ZipArchive<_>| {
        let mut file = archive.by_index(at).expect("it is there");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("it can be unpacked");
        (file.name().expect("a name in UTF-8").into_owned(), bytes)
    };
    (0..archive.len()).map(|at| read(at, &mut archive)).collect()
}

#[test]
fn the_whole_site_stands_on_one_page_in_reading_order_and_every_link_stays_on_it() {
    let html = site().page_built("all.html");
    leads_within(&html);
    let order =
        ["home", "event-2019-flood", "page-second", "page-first", "group-water", "ledger", "sources", "corrections"];
    let places: Vec<usize> = order
        .iter()
        .map(|id| html.find(&format!("<section id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}")))
        .collect();
    assert!(places.is_sorted(), "the order is another: {places:?}");
    for link in [
        "#event-2019-flood",
        "#2019-flood/cause",
        "#page-second",
        "#source-times",
        "#claim-dead",
        "#2019-flood/cite-1",
        "#2019-flood/fn-a",
    ] {
        assert!(html.contains(&format!("href=\"{link}\"")), "nothing leads to {link}");
    }
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(html.contains("<h3 id=\"2019-flood/cause\">"), "a heading stands one level lower under its page's own");
}

#[test]
fn two_pages_with_the_same_heading_have_anchors_of_their_own() {
    let html = site().page_built("all.html");
    assert!(html.contains("id=\"first/cause\"") && html.contains("id=\"2019-flood/cause\""));
}

#[test]
fn the_page_of_all_pages_can_be_switched_off_and_editions_are_made_all_the_same() {
    let project = site().file("content/site.yaml", "title: A site\noutputs: {all: false, offline: false}\n");
    let output = project.build().output.expect("it builds");
    assert!(output.get("all.html").is_none() && output.get("sw.js").is_none());
    let index = String::from_utf8(output.get("index.html").expect("a home page").bytes.to_vec()).expect("UTF-8");
    assert!(!index.contains("all.html") && !index.contains("offline.js"), "links to what is not there");
    assert!(!exported(&project, Edition::Single).is_empty());
}

#[test]
fn the_single_file_asks_for_nothing_and_runs_nothing() {
    let html = String::from_utf8(exported(&site(), Edition::Single)).expect("HTML is UTF-8");
    let out = leads_within(&html);
    assert!(out.iter().all(|href| href.starts_with("data:")), "{out:?}");
    assert!(values(&html, "src").iter().all(|src| src.starts_with("data:")));
    assert!(!html.contains("<script") && !html.contains("<link rel=\"stylesheet") && !html.contains("url(fonts"));
    assert!(
        html.contains("download=\"plan.pdf\" href=\"data:application/pdf;base64,JVBERi0xLjQgcGxhbg==\"")
            || html.contains("href=\"data:application/pdf;base64,JVBERi0xLjQgcGxhbg==\" download=\"plan.pdf\"")
    );
    let policy = values(&html, "content").into_iter().find(|value| value.starts_with("default-src")).expect("a policy");
    assert!(
        policy.contains("style-src 'sha256-") && !policy.contains("unsafe") && !policy.contains("script-src"),
        "{policy}"
    );
}

#[test]
fn the_zip_is_the_same_twice_and_holds_the_site_in_one_folder() {
    let bytes = exported(&site(), Edition::Zip);
    assert_eq!(bytes, exported(&site(), Edition::Zip));
    let files = unpacked(&bytes);
    assert!(files.keys().all(|path| path.starts_with("tea-time/")), "{:?}", files.keys());
    let output = site().build().output.expect("it builds");
    for (path, file) in output.files() {
        assert_eq!(files.get(&format!("tea-time/{path}")), Some(&file.bytes.to_vec()), "{path}");
    }
    assert!(files.contains_key("tea-time/SHA256SUMS"));
}

#[test]
fn the_book_begins_with_its_type_and_is_well_formed() {
    let bytes = exported(&site(), Edition::Epub);
    assert_eq!(bytes, exported(&site(), Edition::Epub));
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip", "the type stands where OCF wants it, not packed");
    let files = unpacked(&bytes);
    for (path, bytes) in
        files.iter().filter(|(path, _)| [".xhtml", ".opf", ".svg", ".xml"].iter().any(|end| path.ends_with(end)))
    {
        let mut reader = quick_xml::Reader::from_reader(bytes.as_slice());
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{path} is not well-formed: {error}"),
            }
        }
    }
    let text = |path: &str| String::from_utf8(files[path].clone()).expect("text is UTF-8");
    let event = text("book/chapter-2.xhtml");
    assert!(event.contains("epub:type=\"noteref\" role=\"doc-noteref\""), "{event}");
    assert!(event.contains("<aside id=\"cite-1\" epub:type=\"footnote\" role=\"doc-footnote\">"), "{event}");
    assert!(event.contains("href=\"#card--dead\"") && event.contains("id=\"card--dead\""), "{event}");
    assert!(event.contains("href=\"chapter-1.xhtml#home\"") || event.contains("href=\"#event-2019-flood\""), "{event}");
    assert!(event.contains("href=\"https://a.example/tea/media/plan.pdf\""), "{event}");
    assert!(event.contains("src=\"files/"), "{event}");
    assert!(text("book/cover.svg").contains("<title>Tea &amp; time</title>"));
    let package = text("book/dateline.opf");
    assert!(package.contains("1970-01-01T00:00:00Z"), "content without a day has the first day");
    assert!(package.contains("urn:uuid:"));
}

#[test]
fn a_book_is_dated_by_its_content_and_turns_its_pages_as_its_language_reads() {
    let project = site()
        .file("content/site.yaml", "title: كتاب\nlanguage: ar\n")
        .event("2020-x", "title: X\ndate: 2020\npublished: 2021-01-01\ncorrections: [{date: 2022-02-02, kind: correction, note: Mended.}]", "X.");
    let package =
        String::from_utf8(unpacked(&exported(&project, Edition::Epub))["book/dateline.opf"].clone()).expect("UTF-8");
    assert!(package.contains("2022-02-02T00:00:00Z"), "{package}");
    assert!(package.contains("<spine page-progression-direction=\"rtl\">"), "{package}");
}

#[test]
fn editions_in_a_build_are_linked_listed_and_the_same_as_exported() {
    let project = site()
        .file("content/site.yaml", "title: Tea & time\nurl: https://a.example/tea\neditions: [epub, zip, single]\n");
    let output = project.build().output.expect("it builds");
    let bytes = |path: &str| &output.get(path).unwrap_or_else(|| panic!("no {path}")).bytes;
    let index = String::from_utf8(bytes("index.html").to_vec()).expect("UTF-8");
    for (edition, path) in [
        (Edition::Single, "editions/tea-time.html"),
        (Edition::Zip, "editions/tea-time.zip"),
        (Edition::Epub, "editions/tea-time.epub"),
    ] {
        assert!(index.contains(&format!("href=\"{path}\"")), "the home page does not link {path}");
        assert_eq!(bytes(path).to_vec(), exported(&project, edition), "{path}");
    }
    let packed = unpacked(bytes("editions/tea-time.zip"));
    let inside = String::from_utf8(packed["tea-time/index.html"].clone()).expect("UTF-8");
    assert!(!inside.contains("editions/"), "a copy links to nothing that it does not hold");
}

#[test]
fn an_export_of_content_with_a_mistake_writes_nothing() {
    let folder = site().event("2020-bad", "title: Bad\ndate: soon", "X.").on_disk();
    let run = folder.run(&["export", "single", "out.html"]).ends_with(1);
    assert!(run.err.contains("bad-date"), "{}", run.err);
    assert!(!folder.has("out.html"));
}

#[test]
fn what_somebody_else_made_is_replaced_only_by_force() {
    let folder = site().on_disk();
    for (kind, name) in [("single", "a.html"), ("zip", "a.zip"), ("epub", "a.epub")] {
        folder.put(name, "mine");
        let run = folder.run(&["export", kind, name]).ends_with(2);
        assert!(run.err.contains("--force"), "{}", run.err);
        assert_eq!(folder.text(name), "mine");
        folder.run(&["export", kind, name, "--force"]).succeeds();
        folder.run(&["export", kind, name]).succeeds();
    }
    folder.put("folder/x", "");
    let run = folder.run(&["export", "zip", "folder"]).ends_with(2);
    assert!(run.err.contains("is a folder"), "{}", run.err);
    assert!(names(&folder).iter().all(|name| !name.contains(".dateline-tmp")), "{:?}", names(&folder));
}

fn names(folder: &Folder) -> Vec<String> {
    folder.tree("").into_keys().collect()
}

#[test]
fn a_theme_without_the_page_of_all_pages_builds_and_says_why_it_has_no_editions() {
    let page = "<!doctype html><title>{{ page.title }}</title>";
    let mut project = site()
        .file("content/site.yaml", "title: A site\ntheme: own\n")
        .file("themes/own/theme.yaml", "name: own\ntitle: Own\n");
    project = project.file("themes/own/i18n/en.yaml", include_str!("../../themes/broadsheet/i18n/en.yaml"));
    for name in ["home", "event", "page", "group", "ledger", "sources", "corrections", "404"] {
        project = project.file(&format!("themes/own/templates/{name}.html"), page);
    }
    let built = project.build();
    assert!(built.output.expect("it builds").get("all.html").is_none(), "{:?}", codes(&built.diagnostics));
    let built = project.build_as(Options { edition: Some(Edition::Epub), ..Options::default() });
    assert!(built.edition.is_none());
    assert!(project.drawn(&built.diagnostics).contains("has no `all.html`"));
    assert!(project.build_as(Options { edition: Some(Edition::Zip), ..Options::default() }).edition.is_some());
}

#[test]
fn the_worker_lists_every_file_that_is_read_in_place_and_changes_with_it() {
    let worker = |project: &Project| project.page_built("sw.js");
    let first = worker(&site());
    for path in ["index.html", "timeline/2019-flood.html", "media/a%20b.png", "static/style.css", "static/offline.js"] {
        assert!(first.contains(&format!("\"{path}\": \"")), "{path} is not kept");
    }
    for path in ["_headers", "SHA256SUMS", "\"sw.js\""] {
        assert!(!first.contains(&format!("{path}: ")), "{path} is kept");
    }
    assert_eq!(first, worker(&site()));
    assert_ne!(first, worker(&site().page("second", "Changed.")));
}

#[test]
fn a_large_site_keeps_its_frame_only() {
    let many = (0..600).fold(site(), |site, number| site.page(&format!("p{number}"), "P."));
    let worker = many.page_built("sw.js");
    assert!(worker.contains("\"index.html\": \"") && worker.contains("\"static/style.css\": \""));
    assert!(!worker.contains("\"pages/p1.html\": \""));
}

#[test]
fn hosts_are_told_the_policy_with_the_hashes_of_what_stands_inside_of_pages() {
    let headers = site().page_built("_headers");
    assert!(headers.contains("frame-ancestors 'none'") && headers.contains("X-Content-Type-Options: nosniff"));
    assert!(headers.contains("style-src 'self' 'sha256-"), "404.html has its style inside: {headers}");
}
