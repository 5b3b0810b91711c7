//! `feed.xml` (Atom, RFC 4287) and `feed.json` (JSON Feed 1.1), of the same entries.
//!
//! Without the `url` of the site all addresses are relative to the feed, which lies at the root; a reader resolves them
//! against the address that it fetched the feed from (RFC 3986, 5.1.3).

use std::collections::HashSet;
use std::sync::Arc;

use serde::Serialize;

use crate::model::{Change, Config, Site};
use crate::view::{FeedEntry, FeedView, Views};

use super::xml::Xml;

/// The feeds of the last build, for the next one: which pages are in them is settled by front matter alone.
#[derive(Debug)]
pub(super) struct Kept {
    /// The addresses of the entries.
    addresses: HashSet<String>,
    files: Vec<(String, Arc<[u8]>)>,
}

/// Makes the files, where there are feeds. They are taken again where only texts differ of which none is in them.
pub(super) fn files(
    site: &Site,
    views: &Views<'_>,
    change: &Change,
    kept: &mut Option<Kept>,
) -> Vec<(String, Arc<[u8]>)> {
    let shown = |kept: &Kept, at: &usize| kept.addresses.contains(&views.from_afar(&site.pages[*at].path));
    let made = match (change, kept.take()) {
        (Change::Texts(pages), Some(last)) if !pages.iter().any(|at| shown(&last, at)) => last,
        _ => make(&site.config, views),
    };
    kept.insert(made).files.clone()
}

fn make(config: &Config, views: &Views<'_>) -> Kept {
    let mut kept = Kept { addresses: HashSet::new(), files: Vec::new() };
    if let (Some(feed), Some(links)) = (views.feed(), views.feed_links()) {
        kept.addresses = feed.entries.iter().map(|entry| entry.address.clone()).collect();
        kept.files.push((links.atom.clone(), atom(config, &feed, &links.atom).into()));
        kept.files.push((links.json.clone(), json(config, &feed, &links.json).into()));
    }
    kept
}

/// Returns who wrote the site; Atom wants somebody, and the site itself is better than an invention.
fn authors(config: &Config) -> Vec<&str> {
    let named = config.authors.iter().chain(config.authors.is_empty().then_some(()).and(config.publisher.as_ref()));
    let named: Vec<&str> = named.map(String::as_str).collect();
    if named.is_empty() { vec![&config.title] } else { named }
}

fn atom(config: &Config, feed: &FeedView, file: &str) -> Vec<u8> {
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", config.language.as_str())];
    Xml::document("feed", &attributes, |xml| {
        xml.text("id", &[], &feed.id);
        xml.text("title", &[], &config.title);
        if !config.description.is_empty() {
            xml.text("subtitle", &[], &config.description);
        }
        xml.text("updated", &[], &feed.updated);
        for author in authors(config) {
            xml.element("author", &[], |xml| xml.text("name", &[], author));
        }
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home)]);
        if let Some(base) = &feed.base {
            xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &format!("{base}{file}"))]);
        }
        if let Some(licence) = &config.licence {
            xml.text("rights", &[], licence);
        }
        xml.text("generator", &[], "Dateline");
        for entry in &feed.entries {
            xml.element("entry", &[], |xml| atom_entry(xml, entry));
        }
    })
}

fn atom_entry(xml: &mut Xml, entry: &FeedEntry) {
    xml.text("id", &[], &entry.id);
    xml.text("title", &[], &entry.title);
    xml.text("updated", &[], &entry.updated);
    xml.text("published", &[], &entry.published);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.address)]);
    for category in &entry.categories {
        xml.empty("category", &[("term", &category.term), ("label", &category.label)]);
    }
    if let Some(summary) = &entry.summary {
        xml.text("summary", &[], summary);
    }
    xml.text("content", &[("type", "html")], &entry.content_html);
}

/// JSON Feed 1.1, <https://www.jsonfeed.org/version/1.1/>.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    authors: Vec<JsonAuthor<'a>>,
    language: &'a str,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    date_published: &'a str,
    date_modified: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

fn json(config: &Config, feed: &FeedView, file: &str) -> Vec<u8> {
    let items = feed.entries.iter().map(|entry| JsonItem {
        id: &entry.id,
        url: &entry.address,
        title: &entry.title,
        content_html: &entry.content_html,
        summary: entry.summary.as_deref(),
        date_published: &entry.published,
        date_modified: &entry.updated,
        tags: entry.categories.iter().map(|category| category.label.as_str()).collect(),
    });
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &config.title,
        home_page_url: feed.base.as_deref(),
        feed_url: feed.base.as_ref().map(|base| format!("{base}{file}")),
        description: &config.description,
        authors: authors(config).into_iter().map(|name| JsonAuthor { name }).collect(),
        language: &config.language,
        items: items.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&feed).expect("texts are JSON");
    bytes.push(b'\n');
    bytes
}
