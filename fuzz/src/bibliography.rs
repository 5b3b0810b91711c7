//! Imports of bibliographies, BibTeX or CSL-JSON: nothing is written but the list of sources, the site is built with it, and what
//! goes out for reference managers comes back in.

use std::collections::BTreeMap;

use dateline::builder::Built;
use dateline::import::{bibtex, csl};

use super::imported::{Reader, imported};

pub(crate) fn bibliography(data: &[u8]) {
    let text = super::text(data);
    let reader: Reader = if text.trim_start().starts_with(['[', '{']) { csl } else { bibtex };
    let (built, site) = imported(reader, text, is_list);
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
        assert_eq!(sources(&imported(reader, &text, is_list).0), before, "{path}: {text}");
    }
}

fn is_list(path: &str) -> bool {
    path == "content/sources.yaml"
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
