//! Other tools' files to files of a site: timelines of TimelineJS, sources in CSL-JSON, BibTeX and BibLaTeX.
//!
//! What comes out are values: paths and texts, a [`Report`] of what needs a look, and messages about what could not be
//! read. Nothing is lost on the way: what the format has no place for stands under `extra:`, and the report lists it.
//! Nothing is guessed either: a date has the precision that it had, and a doubt that only words express is shown to the
//! editor. The room writes nothing, fetches nothing, and reads the site only as [`Files`], to leave alone what is there.

mod html;
mod json;
mod names;
mod report;
mod site;
mod sources;
mod timelinejs;
mod yaml;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::file::Files;

pub use report::{Kind, Note, Report};
pub use sources::{bibtex, csl};
pub use timelinejs::timelinejs;

/// The most bytes of a file that is imported.
pub const LARGEST: u64 = 16 << 20;

/// A file to import, and where to.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Its name, for messages.
    pub name: &'a Arc<str>,
    /// What it holds.
    pub text: &'a str,
    /// The files of the site.
    pub site: &'a Files,
    /// Whether files and sources that are there already are replaced.
    pub force: bool,
}

impl Input<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.name, range)
    }
}

/// What came of a file.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files to write: paths relative to the root of the site, and their whole texts.
    pub files: Vec<(String, String)>,
    /// What was read, and what needs a look.
    pub report: Report,
    /// What could not be read, in the file that was imported.
    pub diagnostics: Diagnostics,
}

impl Imported {
    /// Tells whether all that the file holds is in the site now, or was there already.
    pub fn is_whole(&self) -> bool {
        !self.diagnostics.has_errors() && !self.report.notes.iter().any(|note| note.kind == Kind::Left)
    }

    fn failed(diagnostic: Diagnostic) -> Self {
        let mut imported = Self::default();
        imported.diagnostics.push(diagnostic);
        imported
    }
}

fn bad(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::BadImport, message)
}
