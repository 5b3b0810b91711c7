//! What is served at a moment: the last good output, what is wrong since, and what changed.

use std::cmp::Ordering;
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
    let (mut old, mut new) = (before.files().peekable(), after.files().peekable());
    let mut paths = Vec::new();
    // Both are sorted, so that they are walked side by side; bytes that are shared are the same without a look at them.
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some((one, _)), Some((two, _))) => one.cmp(two),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        let (gone, come) = (old.next_if(|_| order.is_le()), new.next_if(|_| order.is_ge()));
        let same = gone
            .zip(come)
            .is_some_and(|((_, one), (_, two))| Arc::ptr_eq(&one.bytes, &two.bytes) || one.bytes == two.bytes);
        // The worker changes with every file, and readers of the server do not get it.
        paths.extend(gone.or(come).map(|(path, _)| path).filter(|path| !same && *path != "sw.js").map(str::to_owned));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Stage;

    fn output(files: &[(&str, &str)]) -> Output {
        let mut output = Output::default();
        for (path, text) in files {
            output.insert((*path).to_owned(), Stage::Page, text.as_bytes()).expect("each path stands once");
        }
        output
    }

    #[test]
    fn what_came_went_or_differs_is_listed_and_nothing_else() {
        let before = output(&[("a", "1"), ("b", "1"), ("d", "1"), ("f", "1"), ("sw.js", "1"), ("z", "1")]);
        let after = output(&[("a", "1"), ("b", "2"), ("c", "1"), ("f", "1"), ("g", "1"), ("sw.js", "2")]);
        assert_eq!(changes(&before, &after), ["b", "c", "d", "g", "z"]);
        assert_eq!(changes(&after, &before), ["b", "c", "d", "g", "z"]);
        assert!(changes(&before, &before.clone()).is_empty());
        assert_eq!(changes(&Output::default(), &output(&[("a", ""), ("b", "")])), ["a", "b"]);
    }
}
