//! What a build makes: files by path, until a sink takes them.
//!
//! An [`Output`] exists only where the content had no mistakes, so whatever holds one may publish it. Its bytes are in
//! memory, unless whoever asks for the build gives it another [`Shelf`]: the type tells the two apart, so that a sink
//! which needs all bytes at hand cannot be given an output that lies elsewhere.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

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

/// The bytes of a file of an output, wherever they lie.
pub trait Content: fmt::Debug + Clone + Send + Sync {
    /// Returns their number.
    fn length(&self) -> u64;

    /// Returns their SHA-256.
    fn sum(&self) -> [u8; 32];

    /// Returns the bytes.
    ///
    /// # Errors
    ///
    /// Where they lie on a disk that does not give them back.
    fn read(&self) -> io::Result<Cow<'_, [u8]>>;

    /// Tells whether these are the same bytes because they lie at the same place; equal ones elsewhere are not.
    fn is(&self, other: &Self) -> bool;
}

impl Content for Arc<[u8]> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn sum(&self) -> [u8; 32] {
        Sha256::digest(self).into()
    }

    fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        Ok(Cow::Borrowed(self))
    }

    fn is(&self, other: &Self) -> bool {
        Self::ptr_eq(self, other)
    }
}

/// Takes the bytes of files as they are made, until a sink asks for them.
pub trait Shelf: Sync {
    /// What becomes of the bytes.
    type Content: Content + From<Arc<[u8]>>;

    /// Takes the bytes of a file.
    fn keep(&self, bytes: Vec<u8>) -> Self::Content;
}

/// Keeps everything in memory, as all sinks but [`mod@crate::write`] want it.
#[derive(Clone, Copy, Debug, Default)]
pub struct InMemory;

impl Shelf for InMemory {
    type Content = Arc<[u8]>;

    fn keep(&self, bytes: Vec<u8>) -> Arc<[u8]> {
        bytes.into()
    }
}

/// One file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile<C = Arc<[u8]>> {
    /// The bytes, exactly as written; shared with the build that made them and with the next one.
    pub bytes: C,
    /// When it is put into place.
    pub stage: Stage,
}

/// A whole built site: paths relative to its root, with forward slashes, sorted by bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output<C = Arc<[u8]>> {
    files: BTreeMap<String, OutputFile<C>>,
}

impl<C> Default for Output<C> {
    fn default() -> Self {
        Self { files: BTreeMap::new() }
    }
}

impl<C> Output<C> {
    /// Adds a file, or gives back the path where another file has it already.
    ///
    /// # Errors
    ///
    /// The path, when it is taken.
    pub fn insert(&mut self, path: String, stage: Stage, bytes: impl Into<C>) -> Result<(), String> {
        if self.files.contains_key(&path) {
            return Err(path);
        }
        self.files.insert(path, OutputFile { bytes: bytes.into(), stage });
        Ok(())
    }

    /// Returns the file at a path.
    pub fn get(&self, path: &str) -> Option<&OutputFile<C>> {
        self.files.get(path)
    }

    /// Returns every file, sorted by path.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, &OutputFile<C>)> {
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

#[cfg(test)]
mod tests {
    use super::{Stage, TURNS, turn};

    #[test]
    fn what_is_new_comes_before_what_changes_and_what_is_led_to_before_what_leads_there() {
        let order = [
            ("static/new.css", Stage::Asset, true),
            ("pages/new.html", Stage::Page, true),
            ("feed.xml", Stage::Index, true),
            ("index.html", Stage::Page, true),
            ("static/style.css", Stage::Asset, false),
            ("pages/old.html", Stage::Page, false),
            ("sitemap.xml", Stage::Index, false),
        ];
        assert_eq!(order.map(|(path, stage, new)| turn(path, stage, new)), std::array::from_fn(|at| at));
        assert_eq!(order.len(), TURNS, "every turn is taken, or a file would never be put into place");
    }

    #[test]
    fn only_the_first_home_page_waits_for_all_that_is_new() {
        assert_eq!(turn("index.html", Stage::Page, false), turn("pages/old.html", Stage::Page, false));
        assert_eq!(turn("pages/index.html", Stage::Page, true), turn("pages/new.html", Stage::Page, true));
    }
}
