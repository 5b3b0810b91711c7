//! "Did you mean": the known name nearest to a misspelt one.

/// Returns the known name nearest to `word`, if one is near enough to be meant.
///
/// Near enough is a Damerau–Levenshtein distance of at most a third of the word's letters, at least one, and two for
/// words of four letters or more. Where no name is that near, the only one that has the word as one of its parts is meant:
/// `newspaper` for `article-newspaper`; or the only one that begins the word: `warn` for `warning`.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = word.chars().count();
    let limit = (letters / 3).max(if letters >= 4 { 2 } else { 1 });
    let lower = word.to_lowercase().replace('_', "-");
    let known: Vec<&str> = known.into_iter().collect();
    let near = known
        .iter()
        .copied()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name);
    near.or_else(|| only_with_part(&lower, &known))
}

/// Returns the only name of which a word is a part between hyphens.
fn only_with_part<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let has = |name: &&&str| {
        let name = name.to_lowercase();
        let longer = name.chars().count() >= 4 && word.starts_with(&name);
        longer
            || name.strip_prefix(word).is_some_and(|rest| rest.starts_with('-'))
            || name.split(['-', '_']).any(|part| part == word)
    };
    let mut names = known.iter().filter(has);
    let only = names.next().filter(|_| names.next().is_none() && word.chars().any(char::is_alphabetic))?;
    Some(only)
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
}
