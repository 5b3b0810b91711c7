//! What came of the files of the last build, for the next one: the same text is not read twice.
//!
//! Nothing here is trusted over the files. A page is taken again where its text and the settings are the same, byte for
//! byte; the site is taken again where no page shows others anything new. It changes the time a build takes, and nothing
//! else; a test holds a build after edits against a fresh one.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::file::Files;
use crate::model::{Change, Page, Site};

use super::pages::{self, Settings};

/// What is kept of a build.
#[derive(Debug, Default)]
pub struct Cache {
    pub(super) settings: Option<Settings>,
    pages: BTreeMap<Arc<str>, Reading>,
    last: Option<Last>,
}

/// A site with what it was made of.
#[derive(Debug)]
struct Last {
    files: Files,
    drafts: bool,
    site: Site,
    /// What was found outside of pages.
    found: Diagnostics,
}

/// What came of a page's file.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    text: Arc<str>,
    pub(super) page: Option<Arc<Page>>,
    /// Whether all that was typed could be read.
    pub(super) sound: bool,
    pub(super) found: Diagnostics,
}

impl Reading {
    fn new(file: &Arc<str>, text: &Arc<str>, settings: Settings) -> Self {
        let mut found = Diagnostics::default();
        let (page, sound) = pages::page(file, text, settings, &mut found);
        Self { text: Arc::clone(text), page: page.map(Arc::new), sound, found }
    }

    /// Tells whether other pages can see no difference between two readings of a file.
    fn has_face_of(&self, other: &Self) -> bool {
        match (&self.page, &other.page) {
            (Some(one), Some(two)) => {
                one.front == two.front
                    && self.text.get(..one.front.end) == other.text.get(..two.front.end)
                    && self.sound == other.sound
                    && one.has_face_of(two)
            }
            _ => false,
        }
    }
}

impl Cache {
    /// Reads the pages, in parallel; those whose text is the same are there already.
    pub(super) fn read(&mut self, files: &Files, settings: Settings) -> impl Iterator<Item = (&Arc<str>, &Reading)> {
        let known = if self.settings.replace(settings) == Some(settings) {
            std::mem::take(&mut self.pages)
        } else {
            BTreeMap::new()
        };
        let texts: Vec<_> = files.texts().filter(|(path, _)| is_page(path)).collect();
        let read = texts.par_iter().map(|(path, text)| match known.get(*path) {
            Some(reading) if reading.text == **text => reading.clone(),
            _ => Reading::new(path, text, settings),
        });
        let read: Vec<_> = read.collect();
        self.pages = texts.iter().map(|(path, _)| Arc::clone(path)).zip(read).collect();
        self.pages.iter()
    }

    /// Keeps a site for the next build, with what was found outside of its pages.
    pub(super) fn keep(&mut self, files: &Files, drafts: bool, site: &Site, found: Diagnostics) {
        self.last = Some(Last { files: files.clone(), drafts, site: site.clone(), found });
    }

    /// Makes the site anew where only texts of pages differ and nothing that others see of them. `None` where more does.
    pub(super) fn with_new_texts(
        &mut self,
        files: &Files,
        drafts: bool,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Site, Change)> {
        let mut last = self.last.take().filter(|last| last.drafts == drafts)?;
        let (changed, settings) = (files.changed_texts(&last.files)?, self.settings?);
        let mut places = Vec::new();
        for path in changed {
            let text = files.text(path).filter(|_| is_page(path))?;
            let (old, new) = (self.pages.get(path)?, Reading::new(path, text, settings));
            if !new.has_face_of(old) {
                return None;
            }
            let place = last.site.pages.binary_search_by(|page| page.file.cmp(path));
            if let (Ok(place), Some(page)) = (place, &new.page) {
                last.site.pages[place] = Arc::clone(page);
                places.push(place);
            }
            self.pages.insert(Arc::clone(path), new);
        }
        diagnostics.extend(last.found.clone());
        self.pages.values().for_each(|reading| diagnostics.extend(reading.found.clone()));
        let site = last.site.clone();
        last.files = files.clone();
        self.last = Some(last);
        Some((site, Change::Texts(places)))
    }
}

/// Tells whether a text of the site is a page.
fn is_page(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md")
}
