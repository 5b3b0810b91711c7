//! Which files the pages of a site show as pictures, each with the first place that does.

use std::collections::BTreeMap;

use crate::diagnostic::Span;
use crate::markdown::{Document, Hole, Target};
use crate::model::{Destination, Site};

/// Lists the pictures by path relative to `content/`. What is not there is left out: `check` reports it.
pub(super) fn shown(site: &Site) -> BTreeMap<String, Span> {
    let mut list = List { site, paths: BTreeMap::new() };
    for page in &site.pages {
        let from = page.file.strip_prefix("content/").unwrap_or(&page.file);
        if let Some(media) = &page.media {
            list.add(media.file.value.clone(), &media.file.span);
        }
        page.documents().for_each(|(_, document)| list.document(document, from));
    }
    for source in site.sources.values() {
        source.note.iter().for_each(|note| list.document(note, "sources.yaml"));
    }
    for question in &site.questions {
        question.note.iter().for_each(|note| list.document(note, "questions.yaml"));
    }
    for group in site.config.groups.iter().flatten() {
        group.summary.iter().for_each(|summary| list.document(summary, "site.yaml"));
    }
    list.paths
}

struct List<'a> {
    site: &'a Site,
    paths: BTreeMap<String, Span>,
}

impl List<'_> {
    fn document(&mut self, document: &Document, from: &str) {
        for hole in document.holes() {
            let Hole::Image(image) = hole else { continue };
            let Target::File { path, .. } = &image.target else { continue };
            if let Destination::Other(path) = self.site.index.resolve(from, path) {
                self.add(path, &image.span);
            }
        }
    }

    fn add(&mut self, path: String, span: &Span) {
        if self.site.assets.contains_key(&path) {
            self.paths.entry(path).or_insert_with(|| span.clone());
        }
    }
}
