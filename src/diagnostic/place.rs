//! Lines and columns of what a diagnostic points at, for the formats that other programs read.
//!
//! Counted from 1, columns in Unicode scalars, ends exclusive: the column after the last letter.

use schemars::JsonSchema;
use serde::Serialize;

use super::Label;
use super::lines::Known;

/// Gives the text of a file by its path, where it is known.
pub type Texts<'a, 't> = &'a dyn Fn(&str) -> Option<&'t str>;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The first letter.
    pub start: Point,
    /// One past the last letter.
    pub end: Point,
}

/// A point between two letters of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Point {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalars: `é` and `한` are one column each.
    pub column: usize,
    /// The byte, from 0, in the file as UTF-8.
    pub byte: usize,
}

impl Place {
    /// Finds the lines and columns of a label; `None` where the text of its file is not known.
    pub(super) fn of(label: &Label, texts: &Known<'_, '_>) -> Option<Self> {
        let lines = texts.get(&label.span.file)?;
        let point = |byte: usize| {
            let byte = byte.min(lines.text().len());
            let (line, column) = lines.position(byte);
            Point { line, column, byte }
        };
        Some(Self { start: point(label.span.start), end: point(label.span.end.max(label.span.start)) })
    }
}
