//! Ids, and values that know where they were typed.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Span;

/// The id of a page, a claim, a source, a question or a group: stable, unique within its kind.
///
/// Letters and digits of any script, with `-`, `_` and `.` between them; it becomes a part of anchors and of file names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// Reads an id; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let outer = |c: char| c.is_alphanumeric() || c == '_';
        let good = text.starts_with(outer) && text.ends_with(outer) && text.chars().all(inner);
        good.then(|| Self(text.into()))
    }

    /// Makes the id nearest to a text, such as a file's stem with spaces; empty text gives `untitled`.
    pub fn nearest(text: &str) -> Self {
        let slug = crate::markdown::slug(text);
        Self::parse(&slug).unwrap_or_else(|| Self("untitled".into()))
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value with the place where it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was typed.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn ids_are_letters_digits_and_hyphens() {
        for good in ["a", "2019-un-warning", "größe", "v1.2", "a_b"] {
            assert!(Id::parse(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "a-", "a b", "a/b", "a#b", ".."] {
            assert!(Id::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_file_name_gives_its_nearest_id() {
        assert_eq!(Id::nearest("UN warning, 2019").as_str(), "un-warning-2019");
    }
}
