//! Sources, in the terms of the Citation Style Language (CSL 1.0.2).

use crate::markdown::Document;

use super::date::{Date, FullDate};
use super::{Id, Spanned};

/// A cited source.
#[derive(Clone, Debug)]
pub struct Source {
    /// Unique over the sources.
    pub id: Spanned<Id>,
    /// The CSL type: `article-newspaper`, `report`, `webpage`, …
    pub kind: String,
    /// Its title, plain.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Name>,
    /// What it stands in: a newspaper, a site.
    pub container_title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// A number: of a report, an issue.
    pub number: Option<String>,
    /// When it came out.
    pub issued: Option<Spanned<Date>>,
    /// Where it is.
    pub url: Option<Spanned<String>>,
    /// When an editor last read it there.
    pub accessed: Option<FullDate>,
    /// A kept copy.
    pub archive: Option<Spanned<String>>,
    /// The source that it reports on.
    pub origin: Option<Spanned<Id>>,
    /// A stored copy, relative to `evidence/`, against which quotations are held.
    pub evidence: Option<Spanned<String>>,
    /// A remark.
    pub note: Option<Document>,
}

/// The name of a person or a body, as CSL has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person.
    Person {
        /// The family name.
        family: String,
        /// The given names.
        given: Option<String>,
    },
    /// A body, or a name that is not divided.
    Literal(String),
}

impl Name {
    /// Returns the name as it is read out: given names first.
    pub fn full(&self) -> String {
        match self {
            Self::Person { family, given: Some(given) } => format!("{given} {family}"),
            Self::Person { family, given: None } => family.clone(),
            Self::Literal(name) => name.clone(),
        }
    }
}
