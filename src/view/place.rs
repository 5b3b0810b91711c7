//! Where a page stands, and how links lead from it: from file to file, or within one document.

use crate::model::{Kind, Page};

/// The place of a page in the output.
#[derive(Clone, Debug)]
pub struct Place {
    /// Relative to the root of the output: `timeline/2021-thefts.html`.
    pub path: String,
    /// What leads to the root: empty, `../`, `../../`.
    pub root: String,
    /// The file that it is made from, relative to `content/`; for a page that the program makes, the file that its
    /// links are typed in.
    pub from: String,
    /// Where the page is a section of an edition that is one document: what its own anchors begin with.
    section: Option<String>,
}

impl Place {
    /// Makes the place of a page.
    pub fn new(path: &str, from: &str) -> Self {
        let root = "../".repeat(path.matches('/').count());
        Self { path: path.to_owned(), root, from: from.to_owned(), section: None }
    }

    /// Makes the place of the same page as a section of a document that holds the whole site and stands at the root.
    ///
    /// The anchors of a page made from a file get its id before them, `2021-thefts/cite-1`, because no id holds a slash.
    /// Those of pages that the program makes are unique over the site as they are: `claim-ID`, `source-ID`.
    pub fn in_document(self, id: Option<&str>) -> Self {
        let section = id.map(|id| format!("{id}/")).unwrap_or_default();
        Self { root: String::new(), section: Some(section), ..self }
    }

    /// Makes the place of a text that is typed in another file than the page that shows it.
    pub fn typed_in(&self, from: &str) -> Self {
        Self { from: from.to_owned(), ..self.clone() }
    }

    /// Tells whether the page is a section of a document that holds the whole site.
    pub fn is_section(&self) -> bool {
        self.section.is_some()
    }

    /// Returns what the anchors of the page begin with: nothing, unless it is a section of a document.
    pub fn prefix(&self) -> &str {
        self.section.as_deref().unwrap_or_default()
    }

    /// Returns the level of the page's own heading: the first, or the second within a document.
    pub(super) fn level(&self) -> u8 {
        if self.is_section() { 2 } else { 1 }
    }

    /// Returns what a template compares paths with: the page's path, or what the addresses of its anchors begin with.
    pub(super) fn shown_path(&self) -> String {
        match &self.section {
            Some(section) if !section.is_empty() => format!("#{section}"),
            _ => self.path.clone(),
        }
    }

    /// Returns what leads to a page that the program makes, or to a part of it: `ledger.html#claim-ID`.
    pub(super) fn to_made(&self, path: &str) -> String {
        if !self.is_section() {
            return path.to_owned();
        }
        let (page, anchor) = path.split_once('#').unwrap_or((path, ""));
        match made_anchor(page) {
            Some(_) if !anchor.is_empty() => format!("#{anchor}"),
            Some(section) => format!("#{section}"),
            None => path.to_owned(),
        }
    }

    /// Returns what leads to a page made from a file, or to an anchor of it.
    pub(super) fn to_page(&self, page: &Page, anchor: Option<&str>) -> String {
        match (self.is_section(), anchor) {
            (false, Some(anchor)) => format!("{}#{anchor}", page.path),
            (false, None) => page.path.clone(),
            (true, None) => format!("#{}", page_anchor(page)),
            // The rail of the home page gives every event the anchor that its section has here.
            (true, Some(anchor)) if page.kind == Kind::Home && anchor.starts_with("event-") => format!("#{anchor}"),
            (true, Some(anchor)) => format!("#{}/{anchor}", page.id.value),
        }
    }
}

/// Returns the anchor of a page made from a file, as a section of a document: `home`, `event-ID`, `page-ID`.
pub fn page_anchor(page: &Page) -> String {
    match page.kind {
        Kind::Home => "home".to_owned(),
        Kind::Event => format!("event-{}", page.id.value),
        Kind::Page => format!("page-{}", page.id.value),
    }
}

/// Returns the anchor of a page that the program makes, as a section of a document: `groups/x.html` gives `group-x`;
/// `None` for a page that such a document does not hold.
pub fn made_anchor(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".html")?;
    match stem {
        "ledger" | "sources" | "corrections" => Some(stem.to_owned()),
        "all" => Some("contents-of-all".to_owned()),
        _ => stem.strip_prefix("groups/").map(|group| format!("group-{group}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, made_anchor};

    #[test]
    fn links_lead_from_file_to_file_or_within_one_document() {
        let page = Place::new("timeline/a.html", "timeline/a.md");
        assert_eq!(page.to_made("ledger.html#claim-x"), "ledger.html#claim-x");
        let section = page.in_document(Some("a"));
        assert_eq!((section.root.as_str(), section.prefix()), ("", "a/"));
        assert_eq!(section.to_made("ledger.html#claim-x"), "#claim-x");
        assert_eq!(section.to_made("ledger.html"), "#ledger");
        assert_eq!(section.to_made("groups/un.html"), "#group-un");
    }

    #[test]
    fn a_page_that_a_document_does_not_hold_stays_a_file() {
        let section = Place::new("ledger.html", "site.yaml").in_document(None);
        assert_eq!(section.to_made("404.html"), "404.html");
        assert_eq!(made_anchor("media/a.pdf"), None);
    }
}
