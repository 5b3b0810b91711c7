//! What is served at a moment: the last good output, what is wrong since, and what changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::output::Output;

use super::{Mark, Mistake};

/// A moment. A new one replaces the old as a whole, so that a request sees one build and never two.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Counts the moments, from 1; 0 before the first build.
    pub(super) moment: u64,
    /// The last good output.
    pub(super) output: Option<Arc<Output>>,
    /// The pages of it that a reader does not see yet.
    pub(super) marks: BTreeMap<String, Mark>,
    /// The paths that differ from the output of the moment before, those that are gone included, sorted.
    pub(super) changed: Vec<String>,
    /// The page that was edited for this moment.
    pub(super) edited: Option<String>,
    /// What is wrong with the files as they are.
    pub(super) mistakes: Vec<Mistake>,
    /// Whether the files as they are give no output, so that an older one is served.
    pub(super) broken: bool,
}

/// Lists the paths in which two outputs differ, sorted.
pub(super) fn changes(before: &Output, after: &Output) -> Vec<String> {
    let new = after.files().filter(|(path, file)| before.get(path).is_none_or(|old| old.bytes != file.bytes));
    let gone = before.files().filter(|(path, _)| after.get(path).is_none());
    let mut paths: Vec<String> = new.chain(gone).map(|(path, _)| path.to_owned()).collect();
    // The worker changes with every file, and readers of the server do not get it.
    paths.retain(|path| path != "sw.js");
    paths.sort();
    paths
}
