//! The floor: what reading, parsing, one template a page and writing cost, and nothing else.
//!
//! `floor CONTENT OUT TEMPLATES` builds the site that the peers build, with the same parts as Dateline (Markdown, YAML,
//! templates, threads, allocator) and none of its checks, spans, messages or care in writing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tera::{Context, Tera};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Deserialize, Serialize, Clone)]
struct Source {
    title: String,
    url: String,
    publisher: String,
    date: String,
}

#[derive(Deserialize)]
struct Front {
    title: String,
    date: String,
    summary: String,
    #[serde(default)]
    tags: Vec<String>,
    sources: Vec<Source>,
}

#[derive(Serialize, Clone)]
struct Link {
    url: String,
    title: String,
}

#[derive(Serialize)]
struct Page {
    title: String,
    day: String,
    long: String,
    summary: String,
    url: String,
    slug: String,
    tags: Vec<String>,
    sources: Vec<Source>,
    content: String,
    older: Option<Link>,
    newer: Option<Link>,
}

#[derive(Serialize)]
struct Item<'a> {
    title: &'a str,
    day: &'a str,
    long: &'a str,
    summary: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Year<'a> {
    year: &'a str,
    entries: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Term<'a> {
    name: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct Site {
    title: &'static str,
    url: &'static str,
    description: &'static str,
    nav: [BTreeMap<&'static str, &'static str>; 5],
}

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

fn read(path: &Path) -> Page {
    let text = fs::read_to_string(path).expect("a text");
    let rest = text.strip_prefix("---\n").expect("front matter");
    let (front, body) = rest.split_once("\n---\n").expect("its end");
    let front: Front = serde_yaml::from_str(front).expect("YAML");
    let mut content = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut content, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES));
    let slug = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
    let month: usize = front.date[5..7].parse().expect("a month");
    Page {
        day: front.date[..10].to_owned(),
        long: format!("{} {} {}", front.date[8..10].trim_start_matches('0'), MONTHS[month - 1], &front.date[..4]),
        url: format!("/events/{slug}/"),
        slug,
        title: front.title,
        summary: front.summary,
        tags: front.tags,
        sources: front.sources,
        content,
        older: None,
        newer: None,
    }
}

fn item(page: &Page) -> Item<'_> {
    Item { title: &page.title, day: &page.day, long: &page.long, summary: &page.summary, url: &page.url }
}

fn put(folder: &Path, html: &str) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("index.html"), html).expect("a file");
}

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [content, out, templates] = arguments.as_slice() else { panic!("floor CONTENT OUT TEMPLATES") };
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    let names = ["base.html", "event.html", "home.html", "tags.html", "tag.html", "feed.xml", "sitemap.xml"];
    let texts = names.map(|name| (name, fs::read_to_string(templates.join(name)).expect("a template")));
    tera.add_raw_templates(texts.iter().map(|(name, text)| (*name, text.as_str()))).expect("templates");
    let nav = [("Timeline", "/"), ("Tags", "/tags/"), ("About", "/about/"), ("Feed", "/feed.xml"), ("Sitemap", "/sitemap.xml")];
    let site = Site {
        title: "Perf Site",
        url: "https://example.org",
        description: "A timeline made for timing.",
        nav: nav.map(|(name, url)| BTreeMap::from([("name", name), ("url", url)])),
    };
    tera.global_context().insert("site", &site);
    let render = |name: &str, path: &str, fill: &dyn Fn(&mut Context)| {
        let mut context = Context::new();
        context.insert("canonical", &format!("https://example.org{path}"));
        fill(&mut context);
        tera.render(name, &context).expect("a page")
    };

    let mut files: Vec<PathBuf> = fs::read_dir(content).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| !name.starts_with('_')));
    files.sort();
    let mut pages: Vec<Page> = files.par_iter().map(|path| read(path)).collect();
    pages.sort_by(|a, b| b.day.cmp(&a.day).then(a.slug.cmp(&b.slug)));
    let links: Vec<Link> = pages.iter().map(|page| Link { url: page.url.clone(), title: page.title.clone() }).collect();
    for (at, page) in pages.iter_mut().enumerate() {
        page.newer = at.checked_sub(1).map(|before| links[before].clone());
        page.older = links.get(at + 1).cloned();
    }
    pages.par_iter().for_each(|page| {
        let html = render("event.html", &page.url, &|context| context.insert("page", page));
        put(&out.join("events").join(&page.slug), &html);
    });

    let mut years: Vec<Year<'_>> = Vec::new();
    let mut by_tag: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in &pages {
        if years.last().is_none_or(|last| last.year != &page.day[..4]) {
            years.push(Year { year: &page.day[..4], entries: Vec::new() });
        }
        years.last_mut().expect("just pushed").entries.push(item(page));
        page.tags.iter().for_each(|tag| by_tag.entry(tag).or_default().push(page));
    }
    let terms: Vec<Term<'_>> = by_tag.iter().map(|(name, pages)| Term { name, count: pages.len() }).collect();
    let all: Vec<Item<'_>> = pages.iter().map(item).collect();
    let home = || put(out, &render("home.html", "/", &|context| context.insert("years", &years)));
    let lists = || {
        by_tag.par_iter().for_each(|(tag, pages)| {
            let entries: Vec<Item<'_>> = pages.iter().map(|page| item(page)).collect();
            let html = render("tag.html", &format!("/tags/{tag}/"), &|context| {
                context.insert("term", tag);
                context.insert("entries", &entries);
            });
            put(&out.join("tags").join(tag), &html);
        });
        put(&out.join("tags"), &render("tags.html", "/tags/", &|context| context.insert("terms", &terms)));
        let newest: Vec<&Item<'_>> = all.iter().take(20).collect();
        let feed = render("feed.xml", "", &|context| context.insert("entries", &newest));
        fs::write(out.join("feed.xml"), feed).expect("a file");
        let others: Vec<String> = by_tag.keys().map(|tag| format!("/tags/{tag}/")).collect();
        let map = render("sitemap.xml", "", &|context| {
            context.insert("entries", &all);
            context.insert("others", &others);
        });
        fs::write(out.join("sitemap.xml"), map).expect("a file");
    };
    rayon::join(home, lists);
    std::process::exit(0);
}
