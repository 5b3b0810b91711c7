//! `static/search-index.js`: what a search of the site finds, as a script.
//!
//! A page that was opened from a disk may not read JSON, but it may load a script. This one sets a single global. It is
//! written for themes that ask for it, and a page loads it only when its reader opens the search.

use crate::view::Views;

/// Where it is written.
pub(super) const PATH: &str = "static/search-index.js";

/// Writes the index: a list, one entry a line.
pub(super) fn script(views: &Views<'_>) -> String {
    let entries = views.search();
    let lines: Vec<String> =
        entries.iter().map(|entry| serde_json::to_string(entry).expect("an entry of text is JSON")).collect();
    format!("window.datelineIndex = [\n{}\n];\n", lines.join(",\n"))
}
