//! The EPUB: the sections of the site as chapters of a book (EPUB 3.3).
//!
//! Each section becomes a file of XHTML. Notes and the cards of claims become notes that e-readers show as pop-ups, and
//! links lead from chapter to chapter. Pictures, the style sheet and its fonts go along; nothing is left outside.

use std::collections::BTreeMap;

use crate::media_type;
use crate::output::Output;

use super::chapter::{Chapter, Shelf};
use super::inline::style_files;
use super::package;
use super::zip::Archive;

/// What an edition says of itself.
#[derive(Clone, Debug)]
pub struct Imprint {
    /// The site's title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// BCP 47 language tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The licence of the texts.
    pub licence: Option<String>,
    /// The site's address, without a trailing slash, where it has one.
    pub url: Option<String>,
    /// The identifier: a `urn:uuid`, the same for every edition of the site.
    pub id: String,
    /// The last day on which the content changed, as it tells itself: `2026-11-20`.
    pub modified: String,
    /// The word for the table of contents.
    pub contents: String,
    /// A sentence on how accessible the book is.
    pub accessibility: String,
}

/// A page of the site as a part of an edition.
#[derive(Clone, Copy, Debug)]
pub struct Section<'a> {
    /// What links to the page as a whole lead to: `#event-ID`.
    pub anchor: &'a str,
    /// The kind of page: `event`, `ledger`.
    pub kind: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its HTML. Links between sections lead to ids, as in one document.
    pub html: &'a str,
}

/// What a book is made of.
#[derive(Debug)]
pub struct Book<'a> {
    /// What it says of itself.
    pub imprint: Imprint,
    /// The chapters, in reading order.
    pub sections: Vec<Section<'a>>,
    /// The style sheet. Its addresses are relative to the theme's `static/`.
    pub style: Option<String>,
    /// The cover, as SVG.
    pub cover: Option<String>,
    /// The files of the site, for pictures and fonts.
    pub files: &'a Output,
}

/// A file of the site that goes into the book.
pub(super) struct Resource {
    /// Relative to the folder of the book: `files/1.jpg`.
    pub(super) path: String,
    pub(super) media_type: &'static str,
    bytes: Vec<u8>,
}

/// The files of the site that a book needs, each once, under names that every e-reader takes.
#[derive(Default)]
pub(super) struct Resources {
    names: BTreeMap<String, usize>,
    pub(super) list: Vec<Resource>,
}

impl Resources {
    /// Takes a file of the site along and returns its path in the book; `None` where there is none.
    pub(super) fn take(&mut self, path: &str, files: &Output) -> Option<String> {
        let file = files.get(path)?;
        if let Some(known) = self.names.get(path) {
            return Some(self.list[*known].path.clone());
        }
        let end = path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
        let end = end.filter(|end| end.chars().all(|c| c.is_ascii_alphanumeric())).unwrap_or_else(|| "bin".to_owned());
        let name = format!("files/{}.{end}", self.list.len() + 1);
        self.names.insert(path.to_owned(), self.list.len());
        let resource = Resource { path: name.clone(), media_type: media_type::of(path), bytes: file.bytes.to_vec() };
        self.list.push(resource);
        Some(name)
    }
}

/// Makes the book.
pub fn epub(book: &Book<'_>) -> Vec<u8> {
    let mut resources = Resources::default();
    let style = book.style.as_ref().map(|css| style(css, book.files, &mut resources));
    let shelf = Shelf::new(&book.sections);
    let chapters: Vec<Chapter> = shelf.chapters(book, &mut resources);
    let parts = package::Parts {
        imprint: &book.imprint,
        chapters: &chapters,
        resources: &resources.list,
        styled: style.is_some(),
        cover: book.cover.is_some(),
    };
    let mut archive = Archive::new();
    // First and not packed: what the file is can be read at a fixed place (OCF, 4.3).
    archive.add("mimetype", b"application/epub+zip", false);
    archive.add("META-INF/container.xml", package::CONTAINER.as_bytes(), true);
    archive.add(package::OURS, parts.package().as_bytes(), true);
    archive.add("book/nav.xhtml", parts.navigation().as_bytes(), true);
    if let Some(cover) = &book.cover {
        archive.add("book/cover.svg", cover.as_bytes(), true);
        archive.add("book/cover.xhtml", parts.cover_page().as_bytes(), true);
    }
    if let Some(style) = &style {
        archive.add("book/style.css", style.as_bytes(), true);
    }
    for chapter in &chapters {
        archive.add(&format!("book/{}", chapter.file), parts.chapter_page(chapter).as_bytes(), true);
    }
    for resource in &resources.list {
        archive.add(&format!("book/{}", resource.path), &resource.bytes, true);
    }
    archive.finish()
}

/// Leads the addresses of a style sheet to files in the book, and takes the fonts' licences along.
fn style(css: &str, files: &Output, resources: &mut Resources) -> String {
    let mut fonts = false;
    let changed = style_files(css, "static", &mut |path| {
        fonts |= path.starts_with("static/fonts/");
        resources.take(path, files)
    });
    if fonts {
        let licences = files.files().filter(|(path, _)| path.starts_with("static/fonts/") && path.ends_with(".txt"));
        for (path, _) in licences {
            resources.take(path, files);
        }
    }
    changed
}
