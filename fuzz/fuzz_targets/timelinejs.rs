//! Imports of timelines: no file makes the program panic or leaves the site's folder, and what is written is read back
//! without an error.

#![no_main]

use std::sync::Arc;

use dateline::builder::{Options, build};
use dateline::diagnostic::Diagnostics;
use dateline::file::Files;
use dateline::import::{Input, timelinejs};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut site = Files::default();
    site.insert_text("content/site.yaml", "title: A site\n");
    site.insert_text("content/index.md", "---\ntitle: Home\n---\n");
    let name: Arc<str> = "timeline".into();
    let imported = timelinejs(&Input { name: &name, text, site: &site, force: false });
    for (path, text) in &imported.files {
        assert!(path.starts_with("content/") && !path.contains("..") && !path.contains('\\'), "{path}");
        site.insert_text(path.as_str(), text.as_str());
    }
    let built = build(&site, Diagnostics::default(), Options::default());
    assert!(!built.diagnostics.has_errors(), "{:?}\n{:?}", built.diagnostics, imported.files);
});
