//! A file of another tool, imported into an empty site and built.

use std::sync::Arc;

use dateline::builder::{Built, Options, build};
use dateline::diagnostic::Diagnostics;
use dateline::file::Files;
use dateline::import::{Imported, Input};

use super::drawn::assert_drawn;

/// What reads a file of another tool.
pub(crate) type Reader = fn(&Input<'_>) -> Imported;

/// Imports a text into an empty site, and builds it. `may` tells which files an import may write.
///
/// # Panics
///
/// Where another file is written, a message cannot be printed, or the site has a mistake.
pub(crate) fn imported(reader: Reader, text: &str, may: impl Fn(&str) -> bool) -> (Built, Files) {
    let mut site = Files::default();
    site.insert_text("content/site.yaml", "title: A site\ntheme: plain\n");
    site.insert_text("content/index.md", "---\ntitle: Home\n---\n");
    let name: Arc<str> = "import".into();
    let imported = reader(&Input { name: &name, text, site: &site, force: false });
    let mut input = Files::default();
    input.insert_text(Arc::clone(&name), text);
    assert_drawn(&imported.diagnostics, &input);
    for (path, text) in &imported.files {
        assert!(may(path), "{path}");
        site.insert_text(path.as_str(), text.as_str());
    }
    let built = build(&site, Diagnostics::default(), Options::default());
    assert!(!built.diagnostics.has_errors(), "{:?}\n{:?}", built.diagnostics, imported.files);
    (built, site)
}
