//! Every file of the output has one origin, and a name that every system can hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Site, card_path};
use crate::theme::Theme;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut taken = Taken { first: BTreeMap::new(), diagnostics };
    let made_by = "the program".to_owned();
    for path in site.index.made().chain(["SHA256SUMS"]) {
        taken.take(path, &made_by, None);
    }
    for path in ["_headers", ".nojekyll"] {
        taken.take(path, &made_by, None);
    }
    if site.config.outputs.offline {
        ["sw.js", "site.webmanifest"].iter().for_each(|path| taken.take(path, &made_by, None));
    }
    for edition in &site.config.editions {
        taken.take(&site.config.edition_path(*edition), &made_by, None);
    }
    if site.config.outputs.feeds {
        ["feed.xml", "feed.json"].iter().for_each(|path| taken.take(path, &made_by, None));
    }
    if site.config.url.is_some() {
        taken.take("sitemap.xml", &made_by, None);
    }
    if site.config.outputs.data {
        let files = ["claims.csv", "claims.json", "timeline.json", "sources.json", "sources.bib"];
        files.iter().for_each(|file| taken.take(&format!("data/{file}"), &made_by, None));
        for question in &site.questions {
            let path = format!("data/questions/{}.csv", question.id.value);
            taken.take(&path, &format!("the question {}", question.id.value), Some(&question.id.span));
        }
    }
    for page in &site.pages {
        let start = Span::new(&page.file, 0..0);
        taken.take(&page.path, &page.file, Some(&start));
        if site.config.outputs.cards {
            taken.take(&card_path(&page.path), &format!("the card of {}", page.file), Some(&start));
        }
    }
    for path in site.assets.keys() {
        let file: Arc<str> = format!("content/{path}").into();
        let start = Span::new(&file, 0..0);
        taken.take(path, &file, Some(&start));
    }
    for page in &site.pages {
        for alias in &page.aliases {
            taken.take(&alias.value, &format!("an alias of {}", page.file), Some(&alias.span));
        }
    }
}

/// Reports what the content would put where a file of the theme goes.
pub(super) fn statics(site: &Site, theme: &Theme, diagnostics: &mut Diagnostics) {
    let made = ["variables.css", "search-index.js"].into_iter().map(str::to_owned);
    let taken: BTreeSet<String> =
        theme.statics.keys().cloned().chain(made).map(|path| format!("static/{path}").to_lowercase()).collect();
    let pages = site.pages.iter().map(|page| (&page.path, Span::new(&page.file, 0..0)));
    let aliases = site.pages.iter().flat_map(|page| &page.aliases).map(|alias| (&alias.value, alias.span.clone()));
    let assets = site.assets.keys().map(|path| {
        let file: Arc<str> = format!("content/{path}").into();
        (path, Span::new(&file, 0..0))
    });
    for (path, span) in pages.chain(aliases).chain(assets).filter(|(path, _)| taken.contains(&path.to_lowercase())) {
        let message = format!("`{path}` would be written twice: by the content and by the theme");
        let diagnostic = Diagnostic::new(Code::SameOutput, message)
            .at(span, "its place is taken")
            .help("rename it; `static/` belongs to the theme");
        diagnostics.push(diagnostic);
    }
}

struct Taken<'a> {
    /// Who writes to a path, by the path in lower case: some systems do not tell letters' cases apart.
    first: BTreeMap<String, (String, String)>,
    diagnostics: &'a mut Diagnostics,
}

impl Taken<'_> {
    fn take(&mut self, path: &str, by: &str, span: Option<&Span>) {
        if let (Some(span), Some(fault)) = (span, fault(path)) {
            let diagnostic = Diagnostic::new(Code::BadFileName, format!("`{path}` {fault}"))
                .at(span.clone(), "not every computer can hold a file of this name")
                .help("rename it: letters, digits, `-`, `_` and `.` work everywhere");
            self.diagnostics.push(diagnostic);
        }
        let key = path.to_lowercase();
        match self.first.get(&key) {
            None => {
                self.first.insert(key, (path.to_owned(), by.to_owned()));
            }
            Some((other, first)) => {
                let case = if other == path { "" } else { " (some computers do not tell them apart)" };
                let message = format!("`{path}` would be written twice: by {first} and by {by}{case}");
                let mut diagnostic = Diagnostic::new(Code::SameOutput, message).help("rename one of them");
                if let Some(span) = span {
                    diagnostic = diagnostic.at(span.clone(), "its place is taken");
                }
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

/// Tells what is wrong with a path for Windows, for archives or for `sha256sum`, by Microsoft's naming rules.
fn fault(path: &str) -> Option<String> {
    path.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<String> {
    const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = part.split('.').next().unwrap_or(part).to_lowercase();
    let numbered = ["com", "lpt"]
        .iter()
        .any(|name| stem.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9'])));
    if let Some(bad) = part.chars().find(|c| c.is_control() || "<>:\"\\|?*".contains(*c)) {
        let bad = if bad.is_control() { "a control character".to_owned() } else { format!("`{bad}`") };
        Some(format!("has {bad} in its name"))
    } else if let Some(mark) = part.chars().find(|c| is_invisible(*c)) {
        Some(format!("has an invisible character (U+{:04X}) in its name", u32::from(mark)))
    } else if RESERVED.contains(&stem.as_str()) || numbered {
        Some("has a name that Windows keeps for itself".to_owned())
    } else if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        Some("starts or ends with a space or a full stop".to_owned())
    } else if part.len() > 255 {
        Some("has a name of more than 255 bytes".to_owned())
    } else if matches!(part, "" | "..") {
        Some("is not a path inside the site".to_owned())
    } else {
        None
    }
}

/// Marks of direction and joining that make two names look the same.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn ordinary_names_have_no_fault() {
        for path in ["timeline/2021-thefts.html", "media/Größe 1.jpg", "com/console.html", "북한.html"] {
            assert_eq!(fault(path), None, "{path}");
        }
    }

    #[test]
    fn names_that_some_systems_refuse_have_one() {
        for path in [
            "con.html",
            "a/COM1.txt",
            "a:b.html",
            "a?.html",
            "a./b.html",
            "b .",
            "../a.html",
            "a\u{202E}b.html",
            "a\\b",
        ] {
            assert!(fault(path).is_some(), "{path}");
        }
    }
}
