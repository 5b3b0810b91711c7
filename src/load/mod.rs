//! From a folder to a site: files are read, their YAML is parsed with its places, and all of it is made a model.
//!
//! [`read`] is the only function here that touches the disk. [`site`] works on files in memory, so that a test, a server
//! or an editor's unsaved buffers go the same way. Nothing here decides whether an id exists or a link leads somewhere.

mod cache;
mod front_matter;
mod history;
mod normalise;
mod pages;
pub mod raw;
mod read;
mod settings;
mod shapes;
mod sources;
mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::file::Files;
use crate::markdown::Html;
use crate::model::{Asset, Change, Config, Index, Kind, Page, Site};

use pages::Settings;

pub use cache::Cache;
pub use history::{at_revision, revision, uncommitted};
pub use read::{import_text, read, read_again};

/// Makes a site of its files. `None` where site.yaml cannot be read, without which nothing else makes sense.
pub fn site(files: &Files, drafts: bool, diagnostics: &mut Diagnostics) -> Option<Site> {
    site_again(files, drafts, &mut Cache::default(), diagnostics).map(|(site, _)| site)
}

/// Makes a site of its files, with the help of what is left of the last one, and tells what differs from it.
pub fn site_again(
    files: &Files,
    drafts: bool,
    cache: &mut Cache,
    diagnostics: &mut Diagnostics,
) -> Option<(Site, Change)> {
    if let Some(again) = cache.with_new_texts(files, drafts, diagnostics) {
        return Some(again);
    }
    let mut found = Diagnostics::default();
    let site = whole(files, drafts, cache, &mut found, diagnostics);
    diagnostics.extend(found.clone());
    let site = site?;
    cache.keep(files, drafts, &site, found);
    Some((site, Change::Everything))
}

/// Makes a site of all its files. What is wrong in pages goes to `of_pages`, everything else to `diagnostics`.
fn whole(
    files: &Files,
    drafts: bool,
    cache: &mut Cache,
    diagnostics: &mut Diagnostics,
    of_pages: &mut Diagnostics,
) -> Option<Site> {
    let mut unread = BTreeSet::new();
    let config = settings::config(files, diagnostics);
    let html = config.as_ref().map_or(Html::Sanitize, |config| config.html);
    let figures = config.as_ref().map(Config::figures).unwrap_or_default();
    let mut unread_pages = BTreeSet::new();
    let (sources, pages) = rayon::join(
        || sources::sources(files, html, &mut unread, diagnostics),
        || pages(files, Settings { html, figures }, drafts, cache, &mut unread_pages, of_pages),
    );
    unread.extend(unread_pages);
    let questions = sources::questions(files, html, &mut unread, diagnostics);
    let config = config?;
    if files.text("content/index.md").is_none() {
        let missing = Diagnostic::new(Code::MissingFile, "there is no `content/index.md`")
            .help("make it: the home page needs a `title` at least, between two lines of `---`");
        diagnostics.push(missing);
    } else if !unread.contains("index.md") && !pages.iter().any(|page| page.kind == Kind::Home) {
        let draft = Diagnostic::new(Code::MissingFile, "the home page, `content/index.md`, is a draft")
            .help("take `draft: true` out of it, or look at the drafts with `--drafts`");
        diagnostics.push(draft);
    }
    strange_files(files, diagnostics);
    let timeline = Site::order(&pages);
    let assets = files.assets().filter_map(|(path, bytes)| {
        let path = path.strip_prefix("content/")?;
        Some((path.to_owned(), Asset { bytes: bytes.clone() }))
    });
    let assets = assets.collect();
    let evidence =
        files.texts().filter_map(|(path, text)| Some((path.strip_prefix("evidence/")?.to_owned(), text.clone())));
    let evidence = evidence.collect();
    let misnamed = of_pages
        .iter()
        .chain(diagnostics.iter())
        .filter(|found| found.code == Code::BadId)
        .filter_map(|found| Some(found.primary.as_ref()?.span.clone()))
        .collect();
    let index = Arc::new(Index::new(&config, &pages, &timeline, &sources, &questions));
    let sources = Arc::new(sources);
    let pictures = BTreeMap::new();
    Some(Site { config, pages, timeline, sources, questions, assets, pictures, evidence, unread, misnamed, index })
}

/// Reports files of `content/` that look as if they were meant to be read, and are not.
fn strange_files(files: &Files, diagnostics: &mut Diagnostics) {
    const KNOWN: [&str; 3] = ["content/site.yaml", "content/sources.yaml", "content/questions.yaml"];
    let texts =
        files.texts().map(|(path, _)| path).filter(|path| path.starts_with("content/") && path.ends_with(".yaml"));
    let assets =
        files.assets().map(|(path, _)| path).filter(|path| path.ends_with(".yml") || path.ends_with(".markdown"));
    for (path, _) in files.texts() {
        let folder =
            path.strip_prefix("content/").and_then(|path| path.split_once('/')).map_or("", |(folder, _)| folder);
        if folder != "timeline" && folder.eq_ignore_ascii_case("timeline") {
            let message = format!("`{path}` is not on the timeline: its folder is `{folder}`");
            let help = "rename the folder to `timeline`, in small letters";
            diagnostics.push(Diagnostic::new(Code::BadFileName, message).help(help));
        }
    }
    for path in texts.filter(|path| !KNOWN.contains(&&***path)).chain(assets) {
        let near = path.replace(".yml", ".yaml").replace(".markdown", ".md");
        let help = match nearest(&near, KNOWN) {
            Some(near) => format!("rename it to `{near}`"),
            None if near != **path => format!("rename it to `{near}`"),
            None => "the YAML files of a site are site.yaml, sources.yaml and questions.yaml".to_owned(),
        };
        diagnostics.push(Diagnostic::new(Code::BadFileName, format!("nothing reads `{path}`")).help(help));
    }
}

/// Reads the pages, sorted by file.
fn pages(
    files: &Files,
    settings: Settings,
    drafts: bool,
    cache: &mut Cache,
    unread: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Page>> {
    let mut pages = Vec::new();
    for (path, reading) in cache.read(files, settings) {
        diagnostics.extend(reading.found.clone());
        if !reading.sound {
            unread.insert(path.strip_prefix("content/").unwrap_or(path).to_owned());
        }
        pages.extend(reading.page.iter().filter(|page| drafts || !page.draft).cloned());
    }
    pages
}
