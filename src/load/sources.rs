//! sources.yaml and questions.yaml.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::alike::composed;
use crate::diagnostic::{Diagnostics, Span};
use crate::file::Files;
use crate::markdown::Html;
use crate::model::figure::Context;
use crate::model::{Id, Name, Question, Source, Spanned};

use super::normalise::Normaliser;
use super::raw::{RawName, RawQuestions, RawSource, RawSources};
use super::shapes;
use crate::yaml::{self, Entry};

/// Reads content/sources.yaml; a site without sources needs none.
pub(super) fn sources(
    files: &Files,
    html: Html,
    unread: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Id, Source> {
    let file: Arc<str> = "content/sources.yaml".into();
    let Some(text) = files.text(&file) else { return BTreeMap::new() };
    let read = yaml::read::<RawSources>(&file, text, 0, &shapes::SOURCES, diagnostics);
    if read.as_ref().is_none_or(|read| !read.sound) {
        unread.insert("sources.yaml".to_owned());
    }
    let Some(yaml::Read { value: raw, node, .. }) = read else { return BTreeMap::new() };
    let mut normaliser = Normaliser { file: &file, text, html, figures: Context::default(), diagnostics };
    // Looked up in one table: a search through the tree for each of 20,000 sources would take seconds.
    let entries: HashMap<&str, &Entry> = node.entries().iter().rev().map(|entry| (entry.key.as_str(), entry)).collect();
    let sources = raw.0.into_iter().map(|(id, raw)| {
        let source = normaliser.source(&id, raw, entries.get(id.as_str()).copied());
        (source.id.value.clone(), source)
    });
    sources.collect()
}

/// Reads content/questions.yaml, in its order.
pub(super) fn questions(
    files: &Files,
    html: Html,
    unread: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Question> {
    let file: Arc<str> = "content/questions.yaml".into();
    let Some(text) = files.text(&file) else { return Vec::new() };
    let read = yaml::read::<RawQuestions>(&file, text, 0, &shapes::QUESTIONS, diagnostics);
    if read.as_ref().is_none_or(|read| !read.sound) {
        unread.insert("questions.yaml".to_owned());
    }
    let Some(yaml::Read { value: mut raw, node, .. }) = read else { return Vec::new() };
    let mut normaliser = Normaliser { file: &file, text, html, figures: Context::default(), diagnostics };
    let mut questions = Vec::new();
    for entry in node.entries() {
        let Some(raw) = raw.0.remove(&entry.key) else { continue };
        questions.push(Question {
            id: normaliser.key_id(&entry.key, entry.key_span.clone()),
            title_block: normaliser.plain_block(&raw.title, entry.node.get("title")),
            title: raw.title,
            note: normaliser.line(raw.note.as_deref(), entry.node.get("note")),
        });
    }
    questions
}

impl Normaliser<'_> {
    /// Reads an id that is the key of a map.
    pub(super) fn key_id(&mut self, key: &str, place: std::ops::Range<usize>) -> Spanned<Id> {
        let span = Span::new(self.file, place);
        Spanned { value: self.id_at(key, &span), span }
    }

    fn source(&mut self, id: &str, raw: RawSource, entry: Option<&Entry>) -> Source {
        let place = entry.map_or(0..0, |entry| entry.key_span.clone());
        let get = |key: &str| entry.and_then(|entry| entry.node.get(key));
        Source {
            id: self.key_id(id, place),
            kind: raw.kind.name(),
            title: raw.title,
            authors: raw.author.into_iter().filter_map(name).collect(),
            container_title: raw.container_title,
            publisher: raw.publisher,
            number: raw.number,
            issued: self.date(raw.issued.as_deref(), get("issued")),
            url: raw.url.map(|url| self.spanned(url, get("URL"))),
            accessed: self.full_date(raw.accessed.as_deref(), get("accessed")),
            archive: raw.archive.map(|url| self.spanned(url, get("archive"))),
            origin: raw.origin.as_ref().map(|id| self.id(id, get("origin"))),
            evidence: raw.evidence.map(|file| self.spanned(composed(&file).into_owned(), get("evidence"))),
            note: self.line(raw.note.as_deref(), get("note")),
        }
    }
}

fn name(raw: RawName) -> Option<Name> {
    match (raw.family, raw.given, raw.literal) {
        (Some(family), given, _) => Some(Name::Person { family, given }),
        (None, Some(given), _) => Some(Name::Literal(given)),
        (None, None, literal) => literal.map(Name::Literal),
    }
}
