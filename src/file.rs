//! The files that a site is made from, as text in memory.
//!
//! Everything above reads these and never the disk, so that the rules run on a set of files from anywhere:
//! a folder, a test, an editor's unsaved buffers.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The folders that are read, below the root of a site.
pub const FOLDERS: [&str; 3] = ["content", "themes", "evidence"];

/// Tells whether a file or folder is passed over by its name: one that is hidden, or that an editor or a system leaves
/// behind while it works.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// The files of a site by path: relative to the root, forward slashes, `content/…` or `themes/…`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    texts: BTreeMap<Arc<str>, Arc<str>>,
    assets: BTreeMap<Arc<str>, Arc<[u8]>>,
}

impl Files {
    /// Adds a text file (`.md`, `.yaml`, a template).
    pub fn insert_text(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) {
        self.texts.insert(path.into(), text.into());
    }

    /// Adds a file that is published as it is.
    pub fn insert_asset(&mut self, path: impl Into<Arc<str>>, bytes: impl Into<Arc<[u8]>>) {
        self.assets.insert(path.into(), bytes.into());
    }

    /// Removes a file; tells whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.texts.remove(path).is_some() | self.assets.remove(path).is_some()
    }

    /// Tells whether a file lies in a folder of this path.
    pub fn has_folder(&self, path: &str) -> bool {
        let inside = |file: &Arc<str>| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        self.texts.keys().chain(self.assets.keys()).any(inside)
    }

    /// Returns the text of a file.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.texts.get(path)
    }

    /// Returns the bytes of a file that is published as it is.
    pub fn asset(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.assets.get(path)
    }

    /// Returns the text files, sorted by path.
    pub fn texts(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.texts.iter()
    }

    /// Lists the texts that differ from those of an earlier state; `None` where a file came or went, or one that is
    /// published as it is differs.
    pub fn changed_texts(&self, earlier: &Self) -> Option<Vec<&Arc<str>>> {
        let same_paths = self.texts.keys().eq(earlier.texts.keys());
        let same_bytes = |(one, two): (&Arc<[u8]>, &Arc<[u8]>)| Arc::ptr_eq(one, two) || one == two;
        let same_assets = self.assets.keys().eq(earlier.assets.keys())
            && self.assets.values().zip(earlier.assets.values()).all(same_bytes);
        if !same_paths || !same_assets {
            return None;
        }
        let pairs = self.texts.iter().zip(earlier.texts.values());
        Some(pairs.filter(|((_, one), two)| !Arc::ptr_eq(one, two) && one != two).map(|((path, _), _)| path).collect())
    }

    /// Returns the files that are published as they are, sorted by path.
    pub fn assets(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<[u8]>)> {
        self.assets.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_behind_is_passed_over() {
        for name in [".a.md.swp", "a.md~", ".#a.md", "#a.md#", "4913", ".DS_Store", "a.md___jb_tmp___"] {
            assert!(is_passed_over(name), "{name}");
        }
        for name in ["a.md", "1953-flood.md", "#3.md", "49131.md", "größe.md"] {
            assert!(!is_passed_over(name), "{name}");
        }
    }
}
