//! Sources in other tools' formats, added to `content/sources.yaml`.
//!
//! The editor's file keeps every byte: new sources stand after the last one. A source whose id is there already is left,
//! unless it is to be replaced; then its lines, and no others, change.

mod bibtex;
mod bounds;
mod csl;
mod draws;
mod names;
mod note;
mod resolve;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;
use crate::load::raw::RawSources;
use crate::model::Id;
use crate::model::date::{Date, FullDate};
use crate::yaml::{Entry, Node, Shape, read, scan};

use super::report::Kind;
use super::{Imported, Input, bad};

pub use bibtex::bibtex;
pub use csl::csl;

const FILE: &str = "content/sources.yaml";

/// A source that is added. Its fields have the names of sources.yaml.
#[derive(Debug, Default)]
struct Source {
    id: String,
    kind: String,
    title: String,
    /// Names in parts, as sources.yaml has them.
    author: Vec<Value>,
    /// The other fields, in the order in which they are written.
    fields: Vec<(&'static str, String)>,
    extra: Map<String, Value>,
}

impl Source {
    /// Sets a field; a text without words sets nothing.
    fn set(&mut self, field: &'static str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.fields.push((field, value));
        }
    }

    /// Sets the address, where it is one that a page may link to; anything else is kept.
    fn set_url(&mut self, url: Option<String>) {
        match url {
            Some(url) if is_address(&url) => self.set("URL", Some(address(&url))),
            Some(url) => self.keep("URL", url),
            None => {}
        }
    }

    /// Sets a date; what is none is kept, and what it may mean is told.
    fn set_date(&mut self, field: &'static str, text: &str, imported: &mut Imported) {
        let fits = match field {
            "accessed" => FullDate::parse(text).is_ok(),
            _ => Date::parse(text).is_ok(),
        };
        if fits {
            return self.set(field, Some(text.to_owned()));
        }
        let meant: Vec<String> = Date::meant(text).iter().map(|date| format!("`{}`", date.as_str())).collect();
        let may = if meant.is_empty() { String::new() } else { format!(" may mean {}", meant.join(" or ")) };
        imported.report.note(Kind::Date, &self.id, format!("`{field}` `{text}`{may}"));
        self.keep(field, text);
    }

    fn keep(&mut self, key: &str, value: impl Into<Value>) {
        self.extra.insert(key.to_owned(), value.into());
    }
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !url.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// Writes an address without what would end a field of BibTeX: none of it may stand in an address anyway (RFC 3986, 2).
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

/// How many letters of an id are kept: YAML reads no key of more than 1024.
const LONGEST_ID: usize = 200;

/// Gives ids: those that the file has where they are ids, others made of author and year.
#[derive(Default)]
struct Ids {
    taken: BTreeSet<String>,
}

impl Ids {
    fn take(&mut self, given: &str, source: &Source, imported: &mut Imported) -> Option<String> {
        let id = if Id::parse(given).is_some() { given.to_owned() } else { made(given, source) };
        let id = match id.char_indices().nth(LONGEST_ID) {
            Some((end, _)) => Id::nearest(&id[..end]).to_string(),
            None => id,
        };
        if !self.taken.insert(id.clone()) {
            imported.report.note(Kind::Left, &id, "it stands twice in the file; the first counts");
            return None;
        }
        if id != given {
            imported.report.note(Kind::Changed, &id, format!("its id was `{given}`"));
        }
        Some(id)
    }
}

/// Makes an id of a family name and a year, else of the title.
fn made(given: &str, source: &Source) -> String {
    if !given.is_empty() && !given.contains("://") {
        return Id::nearest(given).to_string();
    }
    let name = source.author.first().and_then(|name| name.get("family").or(Some(name))).and_then(Value::as_str);
    let year = source
        .fields
        .iter()
        .find(|(field, _)| *field == "issued")
        .map(|(_, date)| date.split('-').next().unwrap_or(date));
    let words = match (name, year) {
        (Some(name), Some(year)) => format!("{name} {year}"),
        _ => source.title.split_whitespace().take(6).collect::<Vec<_>>().join(" "),
    };
    Id::nearest(&words).to_string()
}

/// Adds sources to the editor's file.
fn add(input: &Input<'_>, sources: Vec<Source>, mut imported: Imported) -> Imported {
    let count = sources.len();
    imported.report.read = vec![if count == 1 { "1 source".to_owned() } else { format!("{count} sources") }];
    let file: Arc<str> = FILE.into();
    let old = input.site.text(FILE).map_or("", |text| &**text);
    let root = scan(&file, old, 0, &mut Diagnostics::default());
    let indent = root.as_ref().map_or(0, |root| indent(root, old));
    let refused = || {
        bad(format!("nothing can be added to {FILE} as it is"))
            .help("write the sources in it one below the other, as `id:` with indented fields, and import again")
    };
    let mut new = Vec::new();
    let mut replaced = Vec::new();
    let mut known: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in root.iter().flat_map(Node::entries) {
        known.entry(&entry.key).or_insert(entry);
    }
    for source in &sources {
        match known.get(&*source.id) {
            None => new.push(source),
            Some(entry) if begins_so(&old[line_start(old, entry)..], &write::source(source, indent)) => {}
            Some(entry) if input.force => {
                let Some(lines) = write::lines_of(old, entry.key_span.start, entry.node.span.end) else {
                    return Imported::failed(refused());
                };
                imported.report.note(Kind::Changed, &source.id, format!("replaced in {FILE}"));
                replaced.push((lines, write::source(source, indent)));
            }
            Some(_) => imported.report.note(Kind::Left, &source.id, format!("in {FILE}")),
        }
    }
    let kept = sources.iter().filter(|source| !source.extra.is_empty());
    for source in kept {
        let keys: Vec<&str> = source.extra.keys().map(String::as_str).collect();
        imported.report.note(Kind::Kept, &source.id, keys.join(", "));
    }
    replaced.sort_by_key(|(lines, _)| lines.start);
    let mut text = write::replace(old, &replaced);
    write::append(&mut text, &new.iter().map(|source| write::source(source, indent)).collect::<Vec<_>>());
    if text == old {
        return imported;
    }
    if faults(&file, &text) > faults(&file, old) {
        return Imported::failed(refused());
    }
    imported.files.push((FILE.to_owned(), text));
    imported
}

/// Returns how far the ids of a file are indented.
fn indent(root: &Node, text: &str) -> usize {
    let Some(first) = root.entries().first() else { return 0 };
    let lead = &text[line_start(text, first)..first.key_span.start];
    if lead.chars().all(|c| c == ' ') { lead.len() } else { 0 }
}

fn line_start(text: &str, entry: &Entry) -> usize {
    text[..entry.key_span.start].rfind('\n').map_or(0, |at| at + 1)
}

/// Tells whether a text begins with these lines, whatever ends its own.
fn begins_so(text: &str, lines: &str) -> bool {
    let mut there = text.lines();
    lines.lines().all(|line| there.next() == Some(line))
}

fn faults(file: &Arc<str>, text: &str) -> usize {
    let mut found = Diagnostics::default();
    let read = read::<RawSources>(file, text, 0, &Shape::of::<RawSources>(), &mut found);
    found.iter().count() + usize::from(read.is_none())
}
