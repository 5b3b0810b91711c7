//! The anchors of pages and the files of the site, ready to be looked up: a page may have thousands of headings, and as many
//! links to them.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Names;
use crate::model::{Page, Site};

/// How many anchors of a page are listed where none is near; more are no help.
const MOST_LISTED: usize = 12;

/// The anchors of a page made from a file.
pub(super) struct Anchors<'a> {
    page: &'a Page,
    headings: HashSet<&'a str>,
    claims: HashSet<&'a str>,
    /// The headings, for one that is misspelt.
    near: Option<Names<'a>>,
}

impl<'a> Anchors<'a> {
    pub(super) fn of(page: &'a Page) -> Self {
        Self {
            page,
            headings: page.body.headings.iter().map(|heading| heading.id.as_str()).collect(),
            claims: page.claims.iter().map(|claim| claim.id.value.as_str()).collect(),
            near: None,
        }
    }

    /// Tells whether a heading or a claim has an anchor.
    pub(super) fn hold(&self, anchor: &str) -> bool {
        self.headings.contains(anchor) || anchor.strip_prefix("claim-").is_some_and(|id| self.claims.contains(id))
    }

    /// Says what to write in place of an anchor that is not there.
    pub(super) fn help(&mut self, anchor: &str) -> String {
        let headings = || self.page.body.headings.iter().map(|heading| heading.id.as_str());
        if let Some(near) = self.near.get_or_insert_with(|| Names::new(headings())).nearest(anchor) {
            return format!("write `#{near}`");
        }
        let left = headings().count().saturating_sub(MOST_LISTED);
        let mut listed: Vec<String> = headings().take(MOST_LISTED).map(|id| format!("`#{id}`")).collect();
        if left > 0 {
            listed.push(format!("and {left} more"));
        }
        match listed.is_empty() {
            true => "that page has no anchors; link to the page itself".to_owned(),
            false => format!("that page has {}", listed.join(", ")),
        }
    }
}

/// The files of the content, for one that is misspelt.
pub(super) struct Paths<'a> {
    /// The first path, in their order, by the name of the file.
    by_name: HashMap<&'a str, &'a str>,
    near: Names<'a>,
}

impl<'a> Paths<'a> {
    /// Those of pages and of all else.
    pub(super) fn of_files(site: &'a Site) -> Self {
        Self::new(site.index.files().chain(site.assets.keys().map(String::as_str)))
    }

    /// Those of what is published as it is.
    pub(super) fn of_assets(site: &'a Site) -> Self {
        Self::new(site.assets.keys().map(String::as_str))
    }

    fn new(paths: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut by_name: HashMap<&str, &str> = HashMap::new();
        for path in paths.clone() {
            by_name.entry(name(path)).and_modify(|first| *first = (*first).min(path)).or_insert(path);
        }
        Self { by_name, near: Names::new(paths) }
    }

    /// Finds the path that was probably meant: of a file of this name in another folder, or one that is spelt nearly so.
    pub(super) fn meant(&self, path: &str) -> Option<&'a str> {
        self.by_name.get(name(path)).copied().or_else(|| self.near.nearest(path))
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
