//! "Did you mean": the known name nearest to a misspelt one.

use std::cell::Cell;

/// Returns the known name nearest to `word`, if one is near enough to be meant.
///
/// Near enough is a Damerau–Levenshtein distance of at most a third of the word's letters, at least one, and two for
/// words of four letters or more. Where no name is that near, the only one that has the word as one of its parts is meant:
/// `newspaper` for `article-newspaper`; or the only one that begins the word: `warn` for `warning`.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Names::new(known).nearest(word)
}

/// How many names are looked at in all. Where a thousand names of ten thousand are wrong, something else is, and the first of
/// them tell of it.
const MOST_LOOKED_AT: usize = 200_000;

/// The known names, for several words.
pub struct Names<'a> {
    names: Vec<Name<'a>>,
    /// How many may still be looked at.
    left: Cell<usize>,
}

struct Name<'a> {
    typed: &'a str,
    lower: String,
    letters: usize,
}

impl<'a> Names<'a> {
    /// Makes them ready to be looked through.
    pub fn new(known: impl IntoIterator<Item = &'a str>) -> Self {
        let name = |typed: &'a str| {
            let lower = typed.to_lowercase();
            Name { typed, letters: lower.chars().count(), lower }
        };
        Self { names: known.into_iter().map(name).collect(), left: Cell::new(MOST_LOOKED_AT) }
    }

    /// Returns the name nearest to a word, as [`nearest`] does; `None` where so many have been looked at already that nobody
    /// reads of more.
    pub fn nearest(&self, word: &str) -> Option<&'a str> {
        self.left.set(self.left.get().checked_sub(self.names.len())?);
        let letters = word.chars().count();
        let limit = (letters / 3).max(if letters >= 4 { 2 } else { 1 });
        let lower = word.to_lowercase().replace('_', "-");
        let length = lower.chars().count();
        // As many letters as one has more than the other must be added at least.
        let near = self.names.iter().filter(|name| name.letters.abs_diff(length) <= limit);
        let near = near
            .map(|name| (strsim::damerau_levenshtein(&lower, &name.lower), name.typed))
            .filter(|(distance, _)| *distance <= limit)
            .min()
            .map(|(_, name)| name);
        near.or_else(|| self.only_with_part(&lower))
    }

    /// Returns the only name of which a word is a part between hyphens.
    fn only_with_part(&self, word: &str) -> Option<&'a str> {
        let has = |name: &&Name<'_>| {
            let Name { lower, letters, .. } = name;
            let longer = *letters >= 4 && word.starts_with(lower.as_str());
            longer
                || lower.strip_prefix(word).is_some_and(|rest| rest.starts_with('-'))
                || lower.split(['-', '_']).any(|part| part == word)
        };
        let mut names = self.names.iter().filter(has);
        let only = names.next().filter(|_| names.next().is_none() && word.chars().any(char::is_alphabetic))?;
        Some(only.typed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Names, nearest};

    #[test]
    fn a_swapped_letter_finds_its_name() {
        assert_eq!(nearest("soruces", ["sources", "summary"]), Some("sources"));
        assert_eq!(nearest("said_by", ["said-by", "status"]), Some("said-by"));
    }

    #[test]
    fn a_part_of_one_name_finds_it() {
        assert_eq!(nearest("newspaper", ["article-journal", "article-newspaper"]), Some("article-newspaper"));
        assert_eq!(nearest("warning", ["error", "warn", "off"]), Some("warn"));
        assert_eq!(nearest("valley-echo", ["board-1954", "valley-echo-1953"]), Some("valley-echo-1953"));
        assert_eq!(nearest("article", ["article-journal", "article-newspaper"]), None);
    }

    #[test]
    fn a_strange_word_finds_nothing() {
        assert_eq!(nearest("weather", ["sources", "summary"]), None);
    }

    #[test]
    fn names_are_looked_through_until_nobody_reads_of_more() {
        let names = Names::new(["sources", "summary"]);
        assert_eq!(names.nearest("soruces"), Some("sources"));
        names.left.set(1);
        assert_eq!(names.nearest("soruces"), None);
    }

    proptest! {
        #[test]
        fn no_name_is_left_out_for_its_length(word in "[ab]{0,7}", known in proptest::collection::vec("[ab]{0,7}", 0..5)) {
            let letters = word.chars().count();
            let limit = (letters / 3).max(if letters >= 4 { 2 } else { 1 });
            let distances = known.iter().map(|name| (strsim::damerau_levenshtein(&word, name), name.as_str()));
            let long = distances.filter(|(distance, _)| *distance <= limit).min().map(|(_, name)| name);
            let names = known.iter().map(String::as_str);
            prop_assert!(long.is_none() || nearest(&word, names) == long);
        }
    }
}
