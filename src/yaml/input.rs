//! The text under the eye: a piece of a file, and where in the file it stands.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Span;

/// A piece of YAML in a file. Inside this room places are counted from the start of `text`; what leaves it counts from
/// the start of the file.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    /// The path of the file.
    pub(super) file: &'a Arc<str>,
    /// The YAML.
    pub(super) text: &'a str,
    /// Where the YAML starts in the file, in bytes.
    pub(super) base: usize,
}

impl<'a> Input<'a> {
    /// Returns a range of the text as a place in the file.
    pub(super) fn span(&self, local: Range<usize>) -> Span {
        Span::new(self.file, self.outer(local))
    }

    /// Returns a range of the text as a range of the file.
    pub(super) fn outer(&self, local: Range<usize>) -> Range<usize> {
        local.start + self.base..local.end + self.base
    }

    /// Returns a range of the file as a place.
    pub(super) fn place(&self, outer: &Range<usize>) -> Span {
        Span::new(self.file, outer.clone())
    }

    /// Returns the text at a range of the file; empty if that lies outside.
    pub(super) fn slice(&self, outer: &Range<usize>) -> &'a str {
        let start = outer.start.saturating_sub(self.base);
        let end = outer.end.saturating_sub(self.base);
        self.text.get(start..end).unwrap_or_default()
    }
}
