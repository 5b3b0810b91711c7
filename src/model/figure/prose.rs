//! What stands around numbers in running text: words that tell a date, a name or a label from a figure.

use super::noun::looks_plural;
use super::token::{Tokens, is_hyphen};
use super::words::{scale_word, small};

/// Words that never stand between a number and what it counts.
const FUNCTION_WORDS: &[&str] = &[
    "a", "after", "again", "against", "ago", "all", "also", "although", "am", "among", "an", "and", "are", "as", "at",
    "away", "because", "been", "before", "being", "between", "both", "but", "by", "came", "can", "could", "did", "do",
    "does", "during", "each", "earlier", "for", "found", "from", "gave", "got", "had", "has", "have", "he", "her",
    "his", "hit", "how", "if", "in", "into", "is", "it", "its", "kept", "later", "left", "lost", "made", "may",
    "might", "no", "nor", "not", "of", "off", "on", "or", "our", "out", "over", "paid", "per", "ran", "said", "saw",
    "says", "sent", "she", "should", "since", "so", "some", "stole", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "though", "through", "to", "told", "took", "under", "until", "up",
    "was", "we", "went", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will",
    "with", "within", "without", "won", "worth", "would", "you", "your",
];

/// Measures of time and other things that are counted by themselves, in the singular.
const COUNTED: &[&str] =
    &["year", "month", "week", "day", "hour", "minute", "second", "decade", "century", "time", "percent", "cent"];

/// Months, as written in full or cut short.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// Words after which a number is a name: `resolution 1718`, `page 7`, `No. 3`.
const LABELS: &[&str] = &[
    "annex",
    "apt",
    "article",
    "articles",
    "bureau",
    "chapter",
    "directive",
    "fig",
    "lab",
    "level",
    "no",
    "nos",
    "number",
    "page",
    "pages",
    "para",
    "paragraph",
    "paragraphs",
    "paras",
    "p",
    "resolution",
    "resolutions",
    "room",
    "rule",
    "section",
    "sections",
    "table",
    "tier",
    "unit",
    "version",
    "vol",
    "volume",
    "web",
    "windows",
];

/// Those of them that are cut short with a point, and so do not end a sentence.
const POINTED_LABELS: &[&str] = &["no", "nos", "p", "pp", "vol", "fig", "para", "paras", "art", "sec"];

/// Words after which `one` counts nothing.
const BEFORE_ONE: &[&str] = &["no", "any", "every", "each", "this", "which", "another", "not"];

/// Whether a word in lower case holds a sentence together, so that it is no part of what is counted.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Reads one adjective between a number and its noun, or one part of a compound with hyphens; the index after it.
pub(super) fn adjective(tokens: &Tokens<'_>, index: usize) -> Option<usize> {
    let at = tokens.following(index)?;
    let word = tokens.word(at)?;
    if at != index {
        // In a compound anything may stand: `state-of-the-art`.
        return Some(at + 1);
    }
    let month = tokens.capital(at) && MONTHS.contains(&word);
    let noun = looks_plural(word) && !word.ends_with("ous");
    let number = small(word).is_some() || scale_word(word).is_some();
    let compound = tokens.glued(at + 1) && tokens.mark(at + 1).is_some_and(is_hyphen);
    let counts = compound || (!noun && !is_function_word(word) && !COUNTED.contains(&word));
    (counts && !month && !number).then_some(at + 1)
}

/// Whether the number that starts at a token is a day of a month or a label: `August 5`, `resolution 1718`, `No. 3`.
pub(super) fn is_label(tokens: &Tokens<'_>, from: usize) -> bool {
    let Some(last) = from.checked_sub(1) else { return false };
    let pointed = tokens.mark(last) == Some('.') && tokens.glued(last);
    let Some(at) = last.checked_sub(usize::from(pointed)) else { return false };
    let Some(word) = tokens.word(at) else { return false };
    let month = tokens.capital(at) && MONTHS.contains(&word) && tokens.digits(from).is_some();
    month || if pointed { POINTED_LABELS.contains(&word) } else { LABELS.contains(&word) }
}

/// Whether a number in words is a part of a name: in `the Big Four exchanges`, not in `Hackers Hit Seven Exchanges`.
pub(super) fn is_name(tokens: &Tokens<'_>, from: usize, noun: usize) -> bool {
    let before = from.checked_sub(1).filter(|at| tokens.word(*at).is_some());
    before.is_some_and(|at| tokens.capital(at) && tokens.capital(from) && !tokens.capital(noun))
}

/// Whether `one` at a token is a pronoun, or told apart from others instead of counted.
pub(super) fn is_pronoun(tokens: &Tokens<'_>, from: usize) -> bool {
    let before = from.checked_sub(1).and_then(|at| tokens.word(at));
    tokens.word(from) == Some("one") && before.is_some_and(|word| BEFORE_ONE.contains(&word))
}

/// Whether a number is the second of a share, which counts nothing: `one in ten exchanges`.
pub(super) fn is_share(tokens: &Tokens<'_>, from: usize) -> bool {
    let Some(number) = from.checked_sub(2).filter(|_| tokens.word(from - 1) == Some("in")) else { return false };
    tokens.digits(number).is_some_and(|digits| digits.len() < 4)
        || tokens.word(number).is_some_and(|word| small(word).is_some())
}

/// Whether a number may start at a token: it is not glued to something that makes it a part of a larger whole.
pub(super) fn starts_clean(tokens: &Tokens<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return true };
    if !tokens.glued(index) {
        return true;
    }
    let Some(mark) = tokens.mark(before) else { return false };
    let sign = tokens.digits(index).is_none() && tokens.mark(index).is_some_and(|mark| !is_hyphen(mark));
    let pointed = || {
        before.checked_sub(1).and_then(|at| tokens.word(at)).is_some_and(|word| matches!(word, "c" | "ca" | "approx"))
    };
    match mark {
        '(' | '[' | '{' | '"' | '\'' | '“' | '”' | '‘' | '’' | '„' | '«' | '»' | '‹' | '›' => true,
        '—' | '…' | '~' | '≈' | '<' | '>' | '≤' | '≥' | '=' | '|' | ';' | '¡' | '¿' => true,
        ':' => before.checked_sub(1).is_none_or(|at| tokens.digits(at).is_none()),
        '.' => pointed(),
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn function_words_are_sorted_for_the_search() {
        assert!(super::FUNCTION_WORDS.is_sorted());
    }
}
