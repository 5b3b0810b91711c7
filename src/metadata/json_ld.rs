//! JSON-LD in the words of schema.org: a work among the things that a page describes.
//!
//! Things stand alone, in lists or in an `@graph`, and may name each other by `@id`. No context is resolved.

use serde_json::{Map, Value};

use super::tags::unescaped;
use super::{Author, people, when};

/// Puts a text on one line, its entities read.
fn line(text: &str) -> Option<String> {
    super::line(&unescaped(text))
}

/// What a work says.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) kind: Option<&'static str>,
    pub(super) title: Option<String>,
    pub(super) authors: Vec<Author>,
    pub(super) container_title: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) issued: Option<String>,
    pub(super) url: Option<String>,
}

/// The types that are works, in the order in which they are preferred, with CSL's word for each.
const WORKS: [(&str, Option<&str>); 16] = [
    ("NewsArticle", Some("article-newspaper")),
    ("ReportageNewsArticle", Some("article-newspaper")),
    ("AnalysisNewsArticle", Some("article-newspaper")),
    ("OpinionNewsArticle", Some("article-newspaper")),
    ("BackgroundNewsArticle", Some("article-newspaper")),
    ("ScholarlyArticle", Some("article-journal")),
    ("Report", Some("report")),
    ("BlogPosting", Some("post-weblog")),
    ("Book", Some("book")),
    ("Dataset", Some("dataset")),
    ("Legislation", Some("legislation")),
    ("VideoObject", None),
    ("Article", None),
    ("TechArticle", None),
    ("CreativeWork", None),
    ("WebPage", None),
];

/// How many things of a page are looked at.
const MOST: usize = 5000;

/// Reads the work that pieces of JSON-LD describe. What is no JSON is passed over.
pub(super) fn read(pieces: &[String]) -> Work {
    let roots: Vec<Value> = pieces.iter().filter_map(|piece| serde_json::from_str(piece.trim()).ok()).collect();
    let mut things = Vec::new();
    roots.iter().for_each(|root| gather(root, &mut things));
    let rank = |thing: &Map<String, Value>| {
        types(thing).filter_map(|name| WORKS.iter().position(|(work, _)| *work == name)).min()
    };
    let best = things.iter().filter_map(|thing| Some((rank(thing)?, *thing))).min_by_key(|(rank, _)| *rank);
    best.map(|(rank, thing)| Graph { things: &things }.work(thing, WORKS[rank].1)).unwrap_or_default()
}

/// Gathers the things of a value; serde_json bounds its depth.
fn gather<'a>(value: &'a Value, things: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, things)),
        Value::Object(thing) if things.len() < MOST => {
            things.push(thing);
            thing.values().for_each(|value| gather(value, things));
        }
        _ => {}
    }
}

fn types(thing: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let names = thing.get("@type").map(|names| match names {
        Value::Array(names) => names.iter().collect(),
        name => vec![name],
    });
    names.unwrap_or_default().into_iter().filter_map(Value::as_str).map(|name| name.rsplit('/').next().unwrap_or(name))
}

struct Graph<'a> {
    things: &'a [&'a Map<String, Value>],
}

impl Graph<'_> {
    fn work(&self, thing: &Map<String, Value>, kind: Option<&'static str>) -> Work {
        let text = |name: &str| thing.get(name).and_then(Value::as_str).and_then(line);
        Work {
            kind,
            title: text("headline").or_else(|| text("name")),
            authors: thing
                .get("author")
                .or_else(|| thing.get("creator"))
                .map(|value| self.authors(value))
                .unwrap_or_default(),
            container_title: thing.get("isPartOf").and_then(|value| self.name(value)),
            publisher: thing.get("publisher").and_then(|value| self.name(value)),
            issued: ["datePublished", "dateCreated"].iter().find_map(|name| when::edtf(thing.get(*name)?.as_str()?)),
            url: text("url").or_else(|| match thing.get("mainEntityOfPage")? {
                Value::Object(page) => page.get("@id")?.as_str().and_then(line),
                page => page.as_str().and_then(line),
            }),
        }
    }

    /// Returns the thing that a value is, or names by its `@id`.
    fn thing<'v>(&'v self, value: &'v Value) -> Option<&'v Map<String, Value>> {
        let thing = value.as_object()?;
        if thing.contains_key("name") || thing.contains_key("familyName") {
            return Some(thing);
        }
        let id = thing.get("@id")?;
        let named = |known: &&&Map<String, Value>| known.get("@id") == Some(id) && known.contains_key("name");
        self.things.iter().find(named).copied()
    }

    /// Returns the name of a thing, or of the first of several.
    fn name(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => line(text),
            Value::Array(values) => values.iter().find_map(|value| self.plain_name(value)),
            value => self.plain_name(value),
        }
    }

    fn plain_name(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => line(text),
            value => line(self.thing(value)?.get("name")?.as_str()?),
        }
    }

    fn authors(&self, value: &Value) -> Vec<Author> {
        match value {
            Value::String(text) => people::byline(text),
            Value::Array(values) => values.iter().flat_map(|value| self.author(value)).collect(),
            value => self.author(value),
        }
    }

    fn author(&self, value: &Value) -> Vec<Author> {
        if let Value::String(text) = value {
            return people::byline(text);
        }
        let Some(thing) = self.thing(value) else { return Vec::new() };
        let text = |name: &str| thing.get(name).and_then(Value::as_str).and_then(line);
        if let Some(family) = text("familyName") {
            return vec![Author::Person { family, given: text("givenName").unwrap_or_default() }];
        }
        match thing.get("name") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).flat_map(people::byline).collect(),
            Some(Value::String(name)) if types(thing).any(|name| name.ends_with("Organization")) => {
                line(name).map(Author::Literal).into_iter().collect()
            }
            Some(Value::String(name)) => people::byline(name),
            _ => Vec::new(),
        }
    }
}
