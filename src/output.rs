//! What a build makes: files by path, held in memory until a sink takes them.
//!
//! An [`Output`] exists only where the content had no mistakes, so whatever holds one may publish it.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The order in which a sink puts files into place.
///
/// A reader who arrives in the middle of it sees only pages whose assets are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Styles, scripts, fonts, pictures: what pages refer to.
    Asset,
    /// HTML pages.
    Page,
    /// What refers to pages: feeds, site maps, data.
    Index,
}

/// The number of turns in which an output is put into place.
pub const TURNS: usize = 7;

/// Tells in which turn, from 0, a file is put into place, so that at every moment each page that a reader can reach from
/// the home page is whole and leads only to what is there.
///
/// What is new comes first, because no page that is there leads to it yet, and among that the home page last, because
/// with it the first publication begins to be seen. Then what is there changes: by now all that it may lead to is there.
/// What is to go goes after all turns, when nothing leads to it any more.
pub fn turn(path: &str, stage: Stage, new: bool) -> usize {
    match (new, stage) {
        (true, _) if path == "index.html" => 3,
        (true, Stage::Asset) => 0,
        (true, Stage::Page) => 1,
        (true, Stage::Index) => 2,
        (false, Stage::Asset) => 4,
        (false, Stage::Page) => 5,
        (false, Stage::Index) => 6,
    }
}

/// One file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// The bytes, exactly as written; shared with the build that made them and with the next one.
    pub bytes: Arc<[u8]>,
    /// When it is put into place.
    pub stage: Stage,
}

/// A whole built site: paths relative to its root, with forward slashes, sorted by bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<String, OutputFile>,
}

impl Output {
    /// Adds a file, or gives back the path where another file has it already.
    ///
    /// # Errors
    ///
    /// The path, when it is taken.
    pub fn insert(&mut self, path: String, stage: Stage, bytes: impl Into<Arc<[u8]>>) -> Result<(), String> {
        if self.files.contains_key(&path) {
            return Err(path);
        }
        self.files.insert(path, OutputFile { bytes: bytes.into(), stage });
        Ok(())
    }

    /// Returns the file at a path.
    pub fn get(&self, path: &str) -> Option<&OutputFile> {
        self.files.get(path)
    }

    /// Returns every file, sorted by path.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, &OutputFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Tells whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
