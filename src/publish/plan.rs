//! What a publication will do, as a value that can be shown and counted.

use crate::output::Output;

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// It is not there, and will be.
    New,
    /// It is there with other bytes.
    Changed,
    /// It is there, was published earlier, and is not in the site any more.
    Deleted,
}

/// One file that will not stay as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Relative to the root of the site, with forward slashes.
    pub path: String,
    /// What is done with it.
    pub act: Act,
    /// Its size in bytes, as the site has it; 0 for a deletion.
    pub bytes: u64,
}

/// What a publication will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Where it goes, as a person says it: `folder /media/stick`, `branch gh-pages of origin`.
    pub place: String,
    /// The files, by act and then by path. `SHA256SUMS` and what a host wants beside the site are not counted.
    pub changes: Vec<Change>,
    /// How many files stay as they are.
    pub unchanged: usize,
    /// Whether there is anything to do at all; also where only `SHA256SUMS` differs.
    pub idle: bool,
}

impl Plan {
    /// Returns the files with which something is done.
    pub fn of(&self, act: Act) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.act == act)
    }

    /// Returns the bytes of what is sent.
    pub fn bytes(&self) -> u64 {
        self.changes.iter().map(|change| change.bytes).sum()
    }

    /// Makes changes of the paths of an output, or of those that go.
    pub(super) fn add(&mut self, act: Act, paths: impl IntoIterator<Item = String>, output: &Output) {
        self.changes.extend(paths.into_iter().map(|path| {
            let bytes = output.get(&path).map_or(0, |file| file.bytes.len() as u64);
            Change { path, act, bytes }
        }));
    }
}
