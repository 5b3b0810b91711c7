//! Mistakes in the content, as plain data: what is wrong, where, and what to do.
//!
//! Every stage pushes what it finds into a [`Diagnostics`] and goes on with the best it has, so that one run tells
//! everything. Nothing here prints: [`draw()`] turns diagnostics into text for people, [`json()`], [`github()`] and
//! [`sarif()`] into text for programs, and the command line prints it.

mod code;
mod draw;
mod explain;
mod github;
mod json;
mod lines;
mod nearest;
mod place;
mod sarif;
mod secret;
mod visible;

use std::ops::Range;
use std::sync::Arc;

pub use code::{Code, Severity};
pub use draw::{Style, draw, draw_all, position};
pub use explain::explain;
pub use github::github;
pub use json::{Report, json};
pub use lines::Lines;
pub(crate) use lines::floor;
pub use nearest::{Names, nearest};
pub use place::{Place, Point, Texts};
pub use sarif::sarif;
pub use secret::holds_secret;
pub(crate) use secret::without_secrets;
pub use visible::{visible, visible_lines};

/// A place in a file, in bytes from the start of the file, front matter included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The path relative to the root, with forward slashes.
    pub file: Arc<str>,
    /// The first byte.
    pub start: usize,
    /// One past the last byte; equal to `start` for a place between two characters.
    pub end: usize,
}

impl Span {
    /// Makes a span from a range of bytes.
    pub fn new(file: &Arc<str>, range: Range<usize>) -> Self {
        Self { file: Arc::clone(file), start: range.start, end: range.end }
    }
}

/// A place with a word on why it is pointed at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Why here; may be empty.
    pub text: String,
}

/// One mistake, warning or note.
///
/// The message says what, the label why here, the help what to do. All three are lowercase, without a full stop,
/// with the user's words in backticks. Passwords in addresses are taken out of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How grave it is: the code's own severity, unless `rules` in site.yaml changes it.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where it is wrong; `None` for what has no place, such as a missing file.
    pub primary: Option<Label>,
    /// Other places that matter, such as a first definition.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Starts a diagnostic with the severity of its code.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: without_secrets(message.into()),
            primary: None,
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Points at the place.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.primary = Some(Label { span, text: without_secrets(label.into()) });
        self
    }

    /// Points at another place that matters.
    #[must_use]
    pub fn and(mut self, span: Span, label: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: without_secrets(label.into()) });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(without_secrets(help.into()));
        self
    }

    /// Says what to do, where something is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.map(without_secrets);
        self
    }
}

/// The diagnostics of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds those of another stage.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Sorts by file, place and gravity, and drops what was said twice.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| key(a).cmp(&key(b)));
        self.list.dedup();
    }

    /// Sets the severity of each by `level`; those for which it gives `None` are dropped.
    pub fn relevel(&mut self, level: impl Fn(&Diagnostic) -> Option<Severity>) {
        self.list.retain_mut(|diagnostic| match level(diagnostic) {
            Some(severity) => {
                diagnostic.severity = severity;
                true
            }
            None => false,
        });
    }

    /// Returns them in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Returns how many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// Tells whether the site must not be built.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }
}

type Key<'a> = (Option<&'a Label>, Severity, Code, &'a str);

fn key(diagnostic: &Diagnostic) -> Key<'_> {
    (diagnostic.primary.as_ref(), diagnostic.severity, diagnostic.code, &diagnostic.message)
}
