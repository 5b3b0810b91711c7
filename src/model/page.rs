//! Pages: the home page, events, and everything else that an editor writes as Markdown.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::Span;
use crate::markdown::{Block, Document, Hole};

use super::date::{Date, FullDate};
use super::{Claim, Id, SourceRef, Spanned};

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `content/index.md`.
    Home,
    /// A file under `content/timeline/`: it has a date and stands on the timeline.
    Event,
    /// Any other file.
    Page,
}

/// A page made from a Markdown file.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it is.
    pub kind: Kind,
    /// The file, relative to the root of the site: `content/timeline/2021-thefts.md`.
    pub file: Arc<str>,
    /// Where it is written, relative to the root of the output: `timeline/2021-thefts.html`.
    pub path: String,
    /// The file's stem unless given; unique over pages and events.
    pub id: Spanned<Id>,
    /// Plain text.
    pub title: Spanned<String>,
    /// The title as a block of text, for the rules that read prose.
    pub title_block: Block,
    /// A shorter title, for the overview strip.
    pub title_short: Option<String>,
    /// The shorter title as a block, with its place, for its figures.
    pub title_short_block: Option<Block>,
    /// When it happened.
    pub date: Option<Spanned<Date>>,
    /// One line.
    pub summary: Option<Document>,
    /// The text.
    pub body: Document,
    /// When the page came out: for feeds and search engines, never shown as the event's date.
    pub published: Option<FullDate>,
    /// When it was last changed.
    pub updated: Option<FullDate>,
    /// Whether it is a key event; context otherwise.
    pub key: bool,
    /// The groups it belongs to.
    pub groups: Vec<Spanned<Id>>,
    /// What the page as a whole rests on.
    pub sources: Vec<SourceRef>,
    /// What is said, by whom.
    pub claims: Vec<Claim>,
    /// A picture.
    pub media: Option<Media>,
    /// What was put right, in the order typed.
    pub corrections: Vec<Correction>,
    /// Not published unless asked for.
    pub draft: bool,
    /// Other addresses that lead here, relative to the root of the output.
    pub aliases: Vec<Spanned<String>>,
    /// Fields of the editor's own; only templates look at them.
    pub extra: BTreeMap<String, Value>,
    /// The front matter, for what has no place of its own.
    pub front: Span,
}

impl Page {
    /// Returns the last day on which the page was published, changed or corrected, as far as its front matter says.
    pub fn last_changed(&self) -> Option<FullDate> {
        let corrections = self.corrections.iter().map(|correction| correction.date);
        corrections.chain(self.published).chain(self.updated).max()
    }

    /// Returns the texts of the page with the name of the field that each stands in: body, summary, caption, notes.
    pub fn documents(&self) -> impl Iterator<Item = (&'static str, &Document)> {
        let claims = self
            .claims
            .iter()
            .flat_map(|claim| [("note", claim.note.as_ref()), ("statement", claim.statement.as_ref())]);
        let caption = self.media.as_ref().and_then(|media| media.caption.as_ref());
        let corrections = self.corrections.iter().map(|correction| ("correction", Some(&correction.note)));
        [("summary", self.summary.as_ref()), ("body", Some(&self.body)), ("caption", caption)]
            .into_iter()
            .chain(claims)
            .chain(corrections)
            .filter_map(|(field, document)| document.map(|document| (field, document)))
    }

    /// Returns the ids of the sources that the page cites: in `sources`, then in its texts. An id may come twice.
    pub fn cited_ids(&self) -> impl Iterator<Item = &str> {
        let listed = self.sources.iter().map(|source| source.id.value.as_str());
        let holes = self.documents().flat_map(|(_, document)| document.holes());
        let cited = holes.filter_map(|hole| match hole {
            Hole::Citation(citation) => Some(citation.cited.iter().map(|cited| cited.id.as_str())),
            _ => None,
        });
        listed.chain(cited.flatten())
    }
}

/// The picture of a page.
#[derive(Clone, Debug)]
pub struct Media {
    /// Relative to `content/`.
    pub file: Spanned<String>,
    /// Where it leads: a place outside.
    pub url: Option<Spanned<String>>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
    /// The description as a block, with its place, for its figures.
    pub alt_block: Option<Block>,
    /// The caption.
    pub caption: Option<Document>,
    /// Who made it.
    pub credit: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
}

/// What was put right on a page, and when.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When.
    pub date: FullDate,
    /// What kind of change.
    pub kind: CorrectionKind,
    /// What was wrong, and what it says now.
    pub note: Document,
}

/// The kinds of change that newsrooms tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionKind {
    /// Something was wrong.
    Correction,
    /// Something could be misread.
    Clarification,
    /// Something new was added.
    Update,
    /// Something is taken back.
    Retraction,
}

impl CorrectionKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Correction, Self::Clarification, Self::Update, Self::Retraction];

    /// Returns the word used in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Clarification => "clarification",
            Self::Update => "update",
            Self::Retraction => "retraction",
        }
    }
}
