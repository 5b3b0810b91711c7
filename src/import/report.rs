//! The report that ends an import: what was read, and every single thing that an editor should look at.

use std::fmt::Write;

use crate::diagnostic::visible;

/// What an import has to say.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was read: `12 events`, `1 title slide`.
    pub read: Vec<String>,
    /// What needs a look, in the order of the file.
    pub notes: Vec<Note>,
}

/// One thing that an editor should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of thing.
    pub kind: Kind,
    /// Where: the file that was made, or the place in the file that was read.
    pub place: String,
    /// What about it.
    pub text: String,
}

/// The kinds of things to look at, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file or a source that is there already, and stays.
    Left,
    /// A page that is a draft until somebody mends it.
    Draft,
    /// A date whose words say more than its numbers.
    Date,
    /// A picture to fetch.
    Picture,
    /// A figure without a claim.
    Figure,
    /// Something that is not as it was.
    Changed,
    /// Something that the format has no place for.
    Kept,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Left, Self::Draft, Self::Date, Self::Picture, Self::Figure, Self::Changed, Self::Kept];

    fn heading(self) -> &'static str {
        match self {
            Self::Left => "left as it is, because it is there already; `--force` replaces it",
            Self::Draft => "drafts, until you mend them",
            Self::Date => "dates whose words may say more than their numbers; change `date` where they do",
            Self::Picture => {
                "pictures to fetch and to describe; once they are in their places, import again with `--force`"
            }
            Self::Figure => "figures that wait for a claim",
            Self::Changed => "not quite as it was",
            Self::Kept => "kept under `extra`, where no page shows it",
        }
    }
}

impl Report {
    pub(super) fn note(&mut self, kind: Kind, place: &str, text: impl Into<String>) {
        self.notes.push(Note { kind, place: place.to_owned(), text: text.into() });
    }

    /// Writes the notes, by kind, one to a line, whatever the file that was read has in its names and words.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for kind in Kind::ALL {
            let notes: Vec<_> = self.notes.iter().filter(|note| note.kind == kind).collect();
            if notes.is_empty() {
                continue;
            }
            writeln!(out, "\n{} ({}):", kind.heading(), notes.len()).expect("a text takes it");
            for note in notes {
                let colon = if note.text.is_empty() { "" } else { ": " };
                let (place, text) = (visible(&note.place), visible(&note.text));
                writeln!(out, "  {place}{colon}{text}").expect("a text takes it");
            }
        }
        out
    }
}
