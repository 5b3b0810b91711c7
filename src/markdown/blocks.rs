//! The plain text of blocks, with the way back to the file.
//!
//! Rules that read prose (figures without a source, footnote marks without a footnote) work on these: text as the
//! reader sees it, every byte of which knows where it was typed.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Span;

/// The text of a paragraph, a heading, an item or a cell. Code stands in it as one U+FFFC, the object character.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The text, with typographic punctuation.
    pub text: String,
    /// Which parts are inside of a link or are code; ranges of bytes of `text`, in order, not nested.
    pub marks: Vec<(Range<usize>, Mark)>,
    /// Whether it stands in a block quotation.
    pub quoted: bool,
    /// Where each run of `text` was typed: its start in `text`, and its bytes in the file.
    runs: Vec<(usize, Range<usize>)>,
}

/// What a part of a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The text of `[text](claim:ID)`, with the id.
    Claim(String),
    /// The text of another link.
    Link,
    /// A citation, with the ids of its sources; one object character.
    Citation(Vec<String>),
}

impl Block {
    /// Makes a block of plain text, such as a title. `place` tells where each part of it was typed.
    pub fn plain(text: &str, place: &dyn Fn(Range<usize>) -> Range<usize>) -> Self {
        let mut block = Self::default();
        block.push_letters(text, 0, place);
        block
    }

    /// Returns the id of the claim whose link holds a part of the text.
    pub fn claim_around(&self, part: &Range<usize>) -> Option<&str> {
        match self.mark_around(part) {
            Some((_, Mark::Claim(id))) => Some(id),
            _ => None,
        }
    }

    /// Returns the link or citation that holds a part of the text, with all of its range.
    pub fn mark_around(&self, part: &Range<usize>) -> Option<(&Range<usize>, &Mark)> {
        let before = self.marks.partition_point(|(range, _)| range.start <= part.start);
        let (range, mark) = self.marks.get(before.checked_sub(1)?)?;
        (part.end <= range.end).then_some((range, mark))
    }

    /// Adds a run of text that was typed at a place.
    pub(super) fn push(&mut self, text: &str, typed: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        // Runs that were typed one after the other, byte for byte, are one.
        match self.runs.last_mut() {
            Some((from, last))
                if last.end == typed.start && last.len() == start - *from && typed.len() == text.len() =>
            {
                last.end = typed.end;
            }
            _ => self.runs.push((start, typed)),
        }
    }

    /// Adds a part of a value, from a byte of it on, letter by letter: between any two an escape or a folded line may stand.
    pub(super) fn push_letters(&mut self, text: &str, from: usize, place: &dyn Fn(Range<usize>) -> Range<usize>) {
        for (at, letter) in text.char_indices() {
            let end = at + letter.len_utf8();
            self.push(&text[at..end], place(from + at..from + end));
        }
    }

    /// Gives back what the growing text did not need.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.marks.shrink_to_fit();
        self.runs.shrink_to_fit();
    }

    /// Returns where a part of the text was typed. What was not typed byte for byte, such as `&amp;`, is pointed at as a whole.
    pub fn span(&self, file: &Arc<str>, range: Range<usize>) -> Span {
        let at = |run: &Run<'_>, byte: usize| run.exact.then(|| run.typed.start + byte - run.start);
        let first = self.run(range.start);
        let start = first.map_or(0, |run| at(&run, range.start).unwrap_or(run.typed.start));
        let last = self.run(range.end.max(range.start + 1) - 1);
        let end = last.map_or(start, |run| at(&run, range.end).unwrap_or(run.typed.end));
        Span::new(file, start..end.max(start))
    }

    fn run(&self, at: usize) -> Option<Run<'_>> {
        let next = self.runs.partition_point(|(start, _)| *start <= at);
        let (start, typed) = self.runs.get(next.checked_sub(1)?)?;
        let end = self.runs.get(next).map_or(self.text.len(), |(start, _)| *start);
        Some(Run { start: *start, typed, exact: end - start == typed.len() })
    }
}

/// A run of text.
struct Run<'a> {
    start: usize,
    typed: &'a Range<usize>,
    /// Whether it was typed byte for byte.
    exact: bool,
}
