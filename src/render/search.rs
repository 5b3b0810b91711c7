//! `static/search-index.js`: what a search of the site finds, as a script.
//!
//! A page that was opened from a disk may not read JSON, but it may load a script. This one sets a single global. It is
//! written for themes that ask for it, and a page loads it only when its reader opens the search.

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Change, Kind, Site};
use crate::view::{SearchEntry, Views};

/// Where it is written.
pub(super) const PATH: &str = "static/search-index.js";

/// The index of the last build, for the next one. Where only texts differ, only their pages have new lines, and that only
/// where a heading is spelt in another way.
#[derive(Debug, Default)]
pub(super) struct Cache {
    /// The lines of pages, by place in `Site::pages`.
    pages: Vec<String>,
    /// The lines of everything else.
    others: Vec<String>,
    script: Option<Arc<[u8]>>,
}

/// Writes the index: a list, one entry a line. Events come in the order of the timeline, then other pages, then the rest.
pub(super) fn script(site: &Site, views: &Views<'_>, change: &Change, cache: &mut Cache) -> Arc<[u8]> {
    match (change, cache.script.take()) {
        (Change::Texts(pages), Some(script)) => {
            let mut same = true;
            for at in pages {
                let line = line(&views.searched_page(&site.pages[*at]));
                same &= cache.pages[*at] == line;
                cache.pages[*at] = line;
            }
            cache.script = same.then_some(script);
        }
        _ => {
            cache.pages = site.pages.par_iter().map(|page| line(&views.searched_page(page))).collect();
            cache.others = views.search().par_iter().map(line).collect();
        }
    }
    let script = cache.script.take().unwrap_or_else(|| cache.joined(site));
    cache.script = Some(Arc::clone(&script));
    script
}

impl Cache {
    fn joined(&self, site: &Site) -> Arc<[u8]> {
        let others = (0..site.pages.len()).filter(|at| site.pages[*at].kind != Kind::Event);
        let pages = site.timeline.iter().copied().chain(others).map(|at| &self.pages[at]);
        let lines: Vec<&str> = pages.chain(&self.others).map(String::as_str).collect();
        format!("window.datelineIndex = [\n{}\n];\n", lines.join(",\n")).into_bytes().into()
    }
}

fn line(entry: &SearchEntry) -> String {
    serde_json::to_string(entry).expect("an entry of text is JSON")
}
