//! Where lines begin, and how many letters stand before a byte: found once for a text, however many messages point into it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::place::Texts;

/// How many bytes lie between two places before which the letters are counted.
const STEP: usize = 1024;

/// A text with its lines.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// The first byte of each line.
    starts: Vec<usize>,
    /// How many letters begin before every [`STEP`]th byte.
    letters: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let parts = text.as_bytes().chunks(STEP).scan(0, |before, part| {
            let here = *before;
            *before += letters(part);
            Some(here)
        });
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), letters: parts.collect() }
    }

    /// Returns the text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the line and the column of a byte, both from 1, columns in Unicode scalars.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let at = floor(self.text, at);
        let line = self.line(at);
        (line, self.letters_before(at) - self.letters_before(self.starts[line - 1]) + 1)
    }

    /// Returns the whole lines that a place lies in, without the last line break.
    pub(super) fn around(&self, place: &Range<usize>) -> Range<usize> {
        let next = self.starts.get(self.line(place.end));
        self.starts[self.line(place.start) - 1]..next.map_or(self.text.len(), |next| next - 1)
    }

    /// Returns the line in which a byte stands, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    fn letters_before(&self, at: usize) -> usize {
        let step = (at / STEP).min(self.letters.len().saturating_sub(1));
        let known = self.letters.get(step).copied().unwrap_or_default();
        known + letters(&self.text.as_bytes()[step * STEP..at])
    }
}

/// Counts the letters that begin among some bytes of UTF-8.
fn letters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Moves a byte back to where a character begins.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The texts that messages point into, each with its lines from the first time that it is asked for.
pub(super) struct Known<'a, 't> {
    texts: Texts<'a, 't>,
    lines: RefCell<BTreeMap<String, Option<Rc<Lines<'t>>>>>,
}

impl<'a, 't> Known<'a, 't> {
    pub(super) fn new(texts: Texts<'a, 't>) -> Self {
        Self { texts, lines: RefCell::default() }
    }

    /// Returns the text of a file, where it is known.
    pub(super) fn get(&self, file: &str) -> Option<Rc<Lines<'t>>> {
        if let Some(known) = self.lines.borrow().get(file) {
            return known.clone();
        }
        let lines = (self.texts)(file).map(|text| Rc::new(Lines::new(text)));
        self.lines.borrow_mut().insert(file.to_owned(), lines.clone());
        lines
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Lines, floor};

    proptest! {
        #[test]
        fn the_table_finds_what_counting_finds(text in "(a|ß|한|\u{1F600}|\n|\r\n|[a-z\n]{400}|ß{700}){0,9}", at in 0_usize..9000) {
            let lines = Lines::new(&text);
            let before = &text[..floor(&text, at)];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let counted = (before.matches('\n').count() + 1, before[start..].chars().count() + 1);
            prop_assert_eq!(lines.position(at), counted);
            let end = text[before.len()..].find('\n').map_or(text.len(), |found| before.len() + found);
            prop_assert_eq!(lines.around(&(before.len()..before.len())), start..end);
        }
    }
}
