//! Claims: who said what, how surely, and where.

use crate::markdown::Document;

use super::date::Date;
use super::figure::Figure;
use super::{Id, Spanned};

/// A claim of a page.
///
/// It has a figure or a statement. The words are schema.org's: a claim, and its appearances in sources.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Unique over the site.
    pub id: Spanned<Id>,
    /// The question it answers.
    pub question: Option<Spanned<Id>>,
    /// The hedge, number and unit.
    pub figure: Option<Spanned<Figure>>,
    /// Whether a figure was typed, though it may not be one.
    pub has_figure: bool,
    /// What is claimed, where it is not a figure.
    pub statement: Option<Document>,
    /// The time it is about.
    pub period: Option<Spanned<Date>>,
    /// Who said it.
    pub said_by: Option<Spanned<String>>,
    /// How it stands.
    pub status: Option<Status>,
    /// Where it is found.
    pub sources: Vec<SourceRef>,
    /// A caveat.
    pub note: Option<Document>,
    /// The claim that it disputes.
    pub disputes: Option<Spanned<Id>>,
}

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Somebody counted or computed it.
    Estimate,
    /// Somebody accuses somebody.
    Allegation,
    /// It is established.
    Confirmed,
    /// Somebody with standing says otherwise.
    Disputed,
}

impl Status {
    /// Every status, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Estimate, Self::Allegation, Self::Confirmed, Self::Disputed];

    /// Returns the word used in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Estimate => "estimate",
            Self::Allegation => "allegation",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
        }
    }
}

/// A source that is cited, and where in it.
#[derive(Clone, Debug)]
pub struct SourceRef {
    /// The source.
    pub id: Spanned<Id>,
    /// `para. 3`, `p. 12`: free text, shown as typed.
    pub locator: Option<String>,
}
