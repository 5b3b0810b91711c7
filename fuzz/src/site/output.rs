//! What is promised of an output, looked at without the program's own eyes.

use std::collections::{BTreeMap, BTreeSet};

use dateline::file::Files;
use dateline::output::Output;

use super::super::addresses::{Leads, resolve};
use super::super::harmless::{Parts, Whose, assert_harmless};

pub(crate) fn assert_sound(output: &Output, files: &Files) {
    assert_paths(output);
    let assets: BTreeSet<&str> = files.assets().filter_map(|(path, _)| path.strip_prefix("content/")).collect();
    let mut pages = BTreeMap::new();
    for (path, file) in output.files().filter(|(path, _)| !assets.contains(path)) {
        let text = || str::from_utf8(&file.bytes).unwrap_or_else(|_| panic!("`{path}` is not UTF-8"));
        match path.rsplit_once('.').map(|(_, kind)| kind) {
            Some("html") => {
                pages.insert(path, assert_harmless(text(), Whose::Page));
            }
            Some("json") => {
                serde_json::from_str::<serde_json::Value>(text()).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
            Some("xml") => assert_xml(path, text()),
            _ => {}
        }
    }
    for (path, page) in &pages {
        assert_page(path, page, &pages, output, files);
    }
}

/// Every file lies in the folder, on every system, and beside all others.
fn assert_paths(output: &Output) {
    let mut seen = BTreeSet::new();
    for (path, _) in output.files() {
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or_default().to_lowercase();
            let device = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
                || ["com", "lpt"].iter().any(|name| {
                    stem.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && ("1"..="9").contains(&rest))
                });
            let ours = part.eq_ignore_ascii_case(".git") || part.starts_with(".dateline-");
            let odd = |c: char| c.is_control() || "\\<>:\"|?*".contains(c);
            assert!(!matches!(part, "" | "." | ".."), "`{path}` is no path in a folder");
            assert!(!device && !ours && !part.contains(odd), "`{path}` means something else on some system");
            assert!(!part.ends_with(['.', ' ']) && part.len() <= 255, "`{path}` cannot be held by every system");
        }
        assert!(!path.eq_ignore_ascii_case("SHA256SUMS"), "the output brings its own list");
        assert!(seen.insert(path.to_lowercase()), "`{path}` is there twice where letters' cases are not told apart");
    }
    for path in &seen {
        for (at, _) in path.match_indices('/') {
            assert!(!seen.contains(&path[..at]), "`{}` is a file and a folder", &path[..at]);
        }
    }
}

fn assert_page(path: &str, page: &Parts, pages: &BTreeMap<&str, Parts>, output: &Output, files: &Files) {
    let mut ids = BTreeSet::new();
    for id in &page.ids {
        assert!(ids.insert(id), "{path} has the id `{id}` twice");
    }
    for script in &page.scripts {
        let Leads::To(to, None) = resolve(path, script) else { panic!("{path} runs a script from `{script}`") };
        let typed = files.asset(&format!("content/{to}")).is_some();
        let theirs = output.get(&to).is_some() && !typed && to.starts_with("static/");
        assert!(theirs, "{path} runs `{script}`, which is not the theme's");
    }
    for data in &page.data {
        serde_json::from_str::<serde_json::Value>(data).unwrap_or_else(|error| panic!("{path}: {error}: {data}"));
    }
    let own = usize::from(path == "404.html" || path.starts_with("editions/"));
    assert!(page.styles <= own, "{path} has its own style");
    let typed = files.texts().any(|(_, text)| ["href", "src", "cite"].iter().any(|word| text.contains(word)));
    for (element, address) in &page.addresses {
        // Addresses in raw HTML are cleaned of what runs, and not looked up.
        if typed {
            continue;
        }
        match resolve(path, address) {
            Leads::Away => {
                let known = ["http://", "https://", "mailto:", "tel:", "data:"]
                    .iter()
                    .any(|s| address.to_ascii_lowercase().starts_with(s));
                assert!(known, "<{element}> on {path} leads to `{address}`");
            }
            Leads::Out => panic!("`{address}` on {path} leads out of the site"),
            Leads::To(to, anchor) => {
                let made_later = to == "SHA256SUMS";
                assert!(made_later || output.get(&to).is_some(), "`{address}` on {path} leads to no file: {to}");
                if let (Some(anchor), Some(page)) = (anchor, pages.get(to.as_str())) {
                    let there = anchor.is_empty() || anchor == "top" || page.ids.contains(&anchor);
                    assert!(there, "`{address}` on {path} leads to no anchor");
                }
            }
        }
    }
}

fn assert_xml(path: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{path} is no XML: {error}"),
        }
    }
}
