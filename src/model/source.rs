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
    /// Returns the name as it is read out: given names first, but in the scripts of East Asia the family's name first and
    /// no space between them.
    pub fn full(&self) -> String {
        match self {
            Self::Person { family, given: Some(given) } if is_east_asian(family) => format!("{family}{given}"),
            Self::Person { family, given: Some(given) } => format!("{given} {family}"),
            Self::Person { family, given: None } => family.clone(),
            Self::Literal(name) => name.clone(),
        }
    }
}

/// Whether a name is in Hangul, Chinese characters or kana.
fn is_east_asian(name: &str) -> bool {
    let known = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    !name.is_empty() && name.chars().all(known)
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn a_name_stands_in_the_order_of_its_script() {
        let person = |family: &str, given: &str| {
            Name::Person { family: family.to_owned(), given: Some(given.to_owned()) }.full()
        };
        assert_eq!(person("Lederer", "Edith M."), "Edith M. Lederer");
        assert_eq!(person("김", "지우"), "김지우");
        assert_eq!(person("حداد", "ليلى"), "ليلى حداد");
    }
}
