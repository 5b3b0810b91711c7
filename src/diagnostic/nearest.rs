//! "Did you mean": the known name nearest to a misspelt one.

/// Returns the known name nearest to `word`, if one is near enough to be meant.
///
/// Near enough is a Damerau–Levenshtein distance of at most a third of the word's letters, at least one, and two for
/// words of four letters or more.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = word.chars().count();
    let limit = (letters / 3).max(if letters >= 4 { 2 } else { 1 });
    let lower = word.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_swapped_letter_finds_its_name() {
        assert_eq!(nearest("soruces", ["sources", "summary"]), Some("sources"));
        assert_eq!(nearest("said_by", ["said-by", "status"]), Some("said-by"));
    }

    #[test]
    fn a_strange_word_finds_nothing() {
        assert_eq!(nearest("weather", ["sources", "summary"]), None);
    }
}
