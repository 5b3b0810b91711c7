//! What is promised of an output, looked at without the program's own eyes.

use std::collections::{BTreeMap, BTreeSet};

use dateline::file::Files;
use dateline::output::Output;

use super::super::addresses::{Leads, resolve};
use super::super::harmless::{self, Parts, Whose, assert_harmless};

/// Holds an output against what is promised; anchors only where the build says that they are there.
pub(crate) fn assert_sound(output: &Output, files: &Files, anchors: bool) {
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
    let leads = Links { pages: &pages, output, typed: typed(files), anchors };
    for (path, page) in &pages {
        assert_page(path, page, output, files);
        leads.assert_there(path, page);
    }
}

/// Every file lies in the folder, on every system, and beside all others.
fn assert_paths(output: &Output) {
    let mut seen = BTreeSet::new();
    for (path, _) in output.files() {
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or_default().trim_end_matches(' ').to_lowercase();
            let device = ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&stem.as_str())
                || ["com", "lpt"].iter().any(|name| {
                    let number = stem.strip_prefix(name).filter(|rest| rest.chars().count() == 1);
                    number.is_some_and(|number| "123456789¹²³".contains(number))
                });
            let lower = part.to_ascii_lowercase();
            let ours = matches!(&*lower, ".git" | "git~1") || lower.starts_with(".dateline-");
            let marks = |c: char| matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
            let odd = |c: char| c.is_control() || marks(c) || "\\<>:\"|?*".contains(c);
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

fn assert_page(path: &str, page: &Parts, output: &Output, files: &Files) {
    let mut ids = BTreeSet::new();
    for id in &page.ids {
        assert!(ids.insert(id), "{path} has the id `{id}` twice");
    }
    for script in &page.scripts {
        let Leads::To(to, None) = resolve(path, script) else { panic!("{path} runs a script from `{script}`") };
        let editors = files.asset(&format!("content/{to}")).is_some();
        let theirs = output.get(&to).is_some() && !editors && to.starts_with("static/");
        assert!(theirs, "{path} runs `{script}`, which is not the theme's");
    }
    for data in &page.data {
        serde_json::from_str::<serde_json::Value>(data).unwrap_or_else(|error| panic!("{path}: {error}: {data}"));
    }
    // An edition of one file holds all style sheets of the theme: its own, and one for what `variables` of site.yaml set.
    let sheets = output.files().filter(|(path, _)| path.ends_with(".css")).count();
    let own = if path.starts_with("editions/") { sheets } else { usize::from(path == "404.html") };
    assert!(page.styles <= own, "{path} has its own style");
}

/// What links may lead to.
struct Links<'a> {
    pages: &'a BTreeMap<&'a str, Parts>,
    output: &'a Output,
    /// Addresses in raw HTML: they are cleaned of what runs, and not looked up, which docs/editors-guide.md tells.
    typed: BTreeSet<String>,
    anchors: bool,
}

impl Links<'_> {
    fn assert_there(&self, path: &str, page: &Parts) {
        for (element, address) in page.addresses.iter().filter(|(_, address)| !self.typed.contains(address)) {
            match resolve(path, address) {
                Leads::Away => {
                    let lower = address.to_ascii_lowercase();
                    let known = ["http://", "https://", "mailto:", "tel:", "data:"];
                    let known = known.iter().any(|scheme| lower.starts_with(scheme));
                    assert!(known, "<{element}> on {path} leads to `{address}`");
                }
                Leads::Out => panic!("`{address}` on {path} leads out of the site"),
                Leads::To(to, anchor) => {
                    let made_later = to == "SHA256SUMS";
                    let there = made_later || self.output.get(&to).is_some();
                    assert!(there, "`{address}` on {path} leads to no file: {to}");
                    if let (Some(anchor), Some(page), true) = (anchor, self.pages.get(to.as_str()), self.anchors) {
                        let there = anchor.is_empty() || anchor == "top" || page.ids.contains(&anchor);
                        assert!(there, "`{address}` on {path} leads to no anchor");
                    }
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

/// Returns the addresses that were typed as HTML, as a browser reads them.
fn typed(files: &Files) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in files.texts() {
        for text in [unquoted(text), text.to_string()] {
            // The same bytes at the same places.
            let lower = text.to_ascii_lowercase();
            for name in ["href", "src", "cite"] {
                for (at, _) in lower.match_indices(name) {
                    let rest = text[at + name.len()..].trim_start();
                    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { continue };
                    found.extend(harmless::address(value));
                }
            }
        }
    }
    found
}

/// Returns a text without the escapes that stand between double quotes in YAML.
fn unquoted(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let hex = after.strip_prefix('u').and_then(|after| after.get(..4));
        let typed = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        let letter = after.chars().next();
        out.extend(typed.or(match letter {
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            letter => letter,
        }));
        let length = typed.map_or(letter.map_or(0, char::len_utf8), |_| "uFFFF".len());
        rest = &after[length..];
    }
    out + rest
}
