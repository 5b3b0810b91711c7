//! Every file of the output has one origin, no file is a folder too, and every name is one that every system can hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::{Fault, fault};
use crate::alike::folded;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Id, PictureSize, Site, card_path, group_path};
use crate::theme::Theme;
use crate::view::evidence_path;

/// Who makes what nobody asks for by name.
const PROGRAM: &str = "the program";

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut taken = Taken { first: BTreeMap::new(), diagnostics };
    of_program(site, &mut taken);
    of_data(site, &mut taken);
    of_content(site, &mut taken);
    taken.tell_files_that_are_folders();
}

fn of_program(site: &Site, taken: &mut Taken<'_>) {
    let mut make = |path: &str| taken.take(path, PROGRAM, None);
    // The pages of groups have their names from the content.
    site.index.made().filter(|path| !path.starts_with("groups/")).for_each(&mut make);
    ["SHA256SUMS", "_headers", ".nojekyll"].into_iter().for_each(&mut make);
    if site.config.outputs.offline {
        ["sw.js", "site.webmanifest"].into_iter().for_each(&mut make);
    }
    site.config.editions.iter().for_each(|edition| make(&site.config.edition_path(*edition)));
    if site.config.outputs.feeds {
        ["feed.xml", "feed.json"].into_iter().for_each(&mut make);
    }
    if site.config.url.is_some() {
        make("sitemap.xml");
    }
    if !site.assets.contains_key("robots.txt") {
        make("robots.txt");
    }
    if site.config.outputs.data {
        let files = ["claims.csv", "claims.json", "timeline.json", "sources.json", "sources.bib"];
        files.iter().for_each(|file| make(&format!("data/{file}")));
    }
}

/// What the program makes and the content names: pages of groups, data of questions, stored copies.
fn of_data(site: &Site, taken: &mut Taken<'_>) {
    for (id, events) in site.index.groups() {
        taken.take(&group_path(id), &format!("the group {id}"), typed_group(site, id, events));
    }
    if site.config.outputs.data {
        for question in &site.questions {
            let path = format!("data/questions/{}.csv", question.id.value);
            taken.take(&path, &format!("the question {}", question.id.value), Some(&question.id.span));
        }
    }
    if site.config.publish_evidence {
        let named = site.sources.values().filter_map(|source| source.evidence.as_ref());
        let mut copies: BTreeMap<&str, &Span> = BTreeMap::new();
        for file in named.filter(|file| site.evidence.contains_key(&file.value)) {
            copies.entry(&file.value).or_insert(&file.span);
        }
        for (file, span) in copies {
            taken.take(&evidence_path(file), &format!("the stored copy {file}"), Some(span));
        }
    }
}

/// Finds where a group is named first: in site.yaml, or in one of its events.
fn typed_group<'a>(site: &'a Site, id: &Id, events: &[usize]) -> Option<&'a Span> {
    let listed = site.config.groups.iter().flatten().map(|group| &group.id);
    let mut typed = listed.chain(events.iter().flat_map(|at| &site.pages[*at].groups));
    typed.find(|typed| typed.value == *id).map(|typed| &typed.span)
}

fn of_content(site: &Site, taken: &mut Taken<'_>) {
    for page in &site.pages {
        let start = Span::new(&page.file, 0..0);
        taken.take(&page.path, &page.file, Some(&start));
        if site.config.outputs.cards {
            // What is wrong with its name has been told of the page.
            taken.claim(&card_path(&page.path), &format!("the card of {}", page.file), Some(&start));
        }
    }
    for path in site.assets.keys() {
        let (file, start) = asset(path);
        taken.take(path, &file, Some(&start));
    }
    for (path, picture) in &site.pictures {
        let (file, start) = asset(path);
        // A file in the very place of one is told where pictures are made.
        let is_free = |size: &&PictureSize| size.bytes.is_some() && !site.assets.contains_key(&size.path);
        for size in picture.sizes.iter().filter(is_free) {
            taken.claim(&size.path, &format!("a smaller {file}"), Some(&start));
        }
    }
    for page in &site.pages {
        for alias in &page.aliases {
            taken.take(&alias.value, &format!("an alias of {}", page.file), Some(&alias.span));
        }
    }
}

/// Returns the file of something that is published as it is, and its beginning.
fn asset(path: &str) -> (Arc<str>, Span) {
    let file: Arc<str> = format!("content/{path}").into();
    let start = Span::new(&file, 0..0);
    (file, start)
}

/// Reports what the content would put where a file of the theme goes, and files of the theme that some systems cannot hold.
pub(super) fn statics(site: &Site, theme: &Theme, diagnostics: &mut Diagnostics) {
    for path in theme.statics.keys() {
        let path = format!("static/{path}");
        if let Some(fault) = fault(&path) {
            let file: Arc<str> = format!("themes/{}/{path}", site.config.theme).into();
            diagnostics.push(misnamed(&path, fault, &Span::new(&file, 0..0)));
        }
    }
    let theirs = Theirs::new(theme);
    let pages = site.pages.iter().map(|page| (&page.path, Span::new(&page.file, 0..0)));
    let aliases = site.pages.iter().flat_map(|page| &page.aliases).map(|alias| (&alias.value, alias.span.clone()));
    let assets = site.assets.keys().map(|path| (path, asset(path).1));
    for (path, span) in pages.chain(aliases).chain(assets) {
        let Some(clash) = theirs.clash(path) else { continue };
        let message = format!("`{path}` would be {clash}: by the content and by the theme");
        let diagnostic = Diagnostic::new(Code::SameOutput, message)
            .at(span, "its place is taken")
            .help("rename it; `static/` belongs to the theme");
        diagnostics.push(diagnostic);
    }
}

/// Where files of the theme go, folded.
struct Theirs {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Theirs {
    fn new(theme: &Theme) -> Self {
        let made = ["variables.css", "search-index.js"].into_iter().map(str::to_owned);
        let files = theme.statics.keys().cloned().chain(made).map(|path| folded(&format!("static/{path}")));
        let files: BTreeSet<String> = files.collect();
        let folders = files.iter().flat_map(|path| folders(path)).map(str::to_owned).collect();
        Self { files, folders }
    }

    /// Tells what a path would be, where it is in the way.
    fn clash(&self, path: &str) -> Option<&'static str> {
        let path = folded(path);
        let is_both = || self.folders.contains(&path) || folders(&path).any(|folder| self.files.contains(folder));
        match self.files.contains(&path) {
            true => Some("written twice"),
            false => (path.starts_with("static") && is_both()).then_some("a file and a folder"),
        }
    }
}

/// Returns the folders that hold a path, the outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(move |(at, _)| &path[..at])
}

fn misnamed(path: &str, fault: Fault, span: &Span) -> Diagnostic {
    Diagnostic::new(Code::BadFileName, format!("`{path}` {}", fault.what))
        .at(span.clone(), fault.why)
        .help("rename it: letters, digits, `-`, `_` and `.` work everywhere")
}

struct Taken<'a> {
    /// Who writes to a path, by the folded path: on some systems two paths are one file.
    first: BTreeMap<String, First>,
    diagnostics: &'a mut Diagnostics,
}

/// Who was first to take a place.
struct First {
    path: String,
    by: String,
    /// How many were there before.
    rank: usize,
    span: Option<Span>,
}

impl Taken<'_> {
    /// Takes a place. Where no file can have that name, this is told and nothing else.
    fn take(&mut self, path: &str, by: &str, span: Option<&Span>) {
        match (span, fault(path)) {
            (Some(span), Some(fault)) => self.diagnostics.push(misnamed(path, fault, span)),
            _ => self.claim(path, by, span),
        }
    }

    fn claim(&mut self, path: &str, by: &str, span: Option<&Span>) {
        let (key, rank) = (folded(path), self.first.len());
        let Some(First { path: other, by: first, .. }) = self.first.get(&key) else {
            self.first.insert(key, First { path: path.to_owned(), by: by.to_owned(), rank, span: span.cloned() });
            return;
        };
        let case = if other == path { "" } else { " (some computers do not tell them apart)" };
        let message = format!("`{path}` would be written twice: by {first} and by {by}{case}");
        self.diagnostics.push(collision(message, span));
    }

    fn tell_files_that_are_folders(&mut self) {
        let mut holders: BTreeMap<&str, &First> = BTreeMap::new();
        let mut last = None;
        for (path, inner) in &self.first {
            let folder = path.rsplit_once('/').map(|(folder, _)| folder);
            // Neighbours lie in the same folder, mostly.
            if folder != last {
                folders(path).for_each(|folder| {
                    holders.entry(folder).or_insert(inner);
                });
                last = folder;
            }
        }
        for (folder, inner) in holders {
            if let Some(file) = self.first.get(folder) {
                let message =
                    format!("`{}` would be a file and a folder: by {} and by {}", file.path, file.by, inner.by);
                let (later, earlier) = if inner.rank > file.rank { (inner, file) } else { (file, inner) };
                self.diagnostics.push(collision(message, later.span.as_ref().or(earlier.span.as_ref())));
            }
        }
    }
}

fn collision(message: String, span: Option<&Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::SameOutput, message).help("rename one of them");
    match span {
        Some(span) => diagnostic.at(span.clone(), "its place is taken"),
        None => diagnostic,
    }
}
