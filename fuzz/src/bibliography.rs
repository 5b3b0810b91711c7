//! Imports of bibliographies, BibTeX or CSL-JSON: nothing is written but the list of sources, the site is built with it, and what
//! goes out for reference managers comes back in.

use std::collections::BTreeMap;
use std::sync::Arc;

use dateline::builder::{Built, Options, build};
use dateline::diagnostic::Diagnostics;
use dateline::file::Files;
use dateline::import::{Imported, Input, bibtex, csl};

use super::drawn::assert_drawn;

/// What reads sources from a file.
type Reader = fn(&Input<'_>) -> Imported;

pub(crate) fn bibliography(data: &[u8]) {
    let text = super::text(data);
    let reader: Reader = if text.trim_start().starts_with(['[', '{']) { csl } else { bibtex };
    let (built, site) = imported(reader, text);
    super::site::assert_sound(&built, &site);
    let before = sources(&built);
    let output = built.output.expect("a site without an error is built");
    let readers: [(&str, Reader); 2] = [("data/sources.json", csl), ("data/sources.bib", bibtex)];
    for (path, reader) in readers {
        let Some(file) = output.get(path) else {
            assert!(before.is_empty(), "there is no {path}");
            continue;
        };
        let text = String::from_utf8(file.bytes.to_vec()).expect("what goes out is text");
        // Titles of CSL may carry `<i>` and the like, and have no way to say that none is meant.
        if path.ends_with(".json") && text.contains("</") {
            continue;
        }
        assert_eq!(sources(&imported(reader, &text).0), before, "{path}: {text}");
    }
}

/// Imports a text into an empty site, and builds it.
fn imported(reader: Reader, text: &str) -> (Built, Files) {
    let mut site = Files::default();
    site.insert_text("content/site.yaml", "title: A site\ntheme: plain\n");
    site.insert_text("content/index.md", "---\ntitle: Home\n---\n");
    let name: Arc<str> = "bibliography".into();
    let imported = reader(&Input { name: &name, text, site: &site, force: false });
    let mut input = Files::default();
    input.insert_text(Arc::clone(&name), text);
    assert_drawn(&imported.diagnostics, &input);
    for (path, text) in &imported.files {
        assert_eq!(path, "content/sources.yaml");
        site.insert_text(path.as_str(), text.as_str());
    }
    let built = build(&site, Diagnostics::default(), Options::default());
    assert!(!built.diagnostics.has_errors(), "{:?}\n{:?}", built.diagnostics, imported.files);
    (built, site)
}

/// Lists what everyone needs of each source: its type, its title, its date and its addresses.
fn sources(built: &Built) -> BTreeMap<String, Vec<String>> {
    let site = built.site.as_ref().expect("a site without an error is read");
    let sources = site.sources.values().map(|source| {
        let dates = source.issued.iter().map(|date| date.value.as_str().to_owned());
        let days = source.accessed.iter().map(ToString::to_string);
        let addresses = source.url.iter().chain(&source.archive).map(|url| url.value.clone());
        let texts = [source.kind.clone(), source.title.clone()].into_iter();
        (source.id.value.to_string(), texts.chain(dates).chain(days).chain(addresses).collect())
    });
    sources.collect()
}
