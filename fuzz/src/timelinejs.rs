//! Imports of timelines: no file leaves the site's folder, and what is written is read back without an error.

use std::sync::Arc;

use dateline::builder::{Options, build};
use dateline::diagnostic::Diagnostics;
use dateline::file::Files;
use dateline::import::{Input, timelinejs as import};

use super::drawn::assert_drawn;

pub(crate) fn timelinejs(data: &[u8]) {
    let text = super::text(data);
    let mut site = Files::default();
    site.insert_text("content/site.yaml", "title: A site\ntheme: plain\n");
    site.insert_text("content/index.md", "---\ntitle: Home\n---\n");
    let name: Arc<str> = "timeline".into();
    let imported = import(&Input { name: &name, text, site: &site, force: false });
    let mut input = Files::default();
    input.insert_text(Arc::clone(&name), text);
    assert_drawn(&imported.diagnostics, &input);
    for (path, text) in &imported.files {
        assert!(path.starts_with("content/") && !path.contains("..") && !path.contains('\\'), "{path}");
        site.insert_text(path.as_str(), text.as_str());
    }
    let built = build(&site, Diagnostics::default(), Options::default());
    assert!(!built.diagnostics.has_errors(), "{:?}\n{:?}", built.diagnostics, imported.files);
    super::site::assert_sound(&built, &site);
}
