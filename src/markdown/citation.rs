//! Citations in Pandoc's syntax: `[@id]`, `[@id, p. 3]`, `[@a; @b]`.
//!
//! Pandoc's prefixes (`[see @id]`), suppressed authors (`[-@id]`) and in-text citations (`@id`) are not taken: they
//! make prose of a list of sources. The first two are told to the editor as mistakes.

use std::ops::Range;

use crate::diagnostic::Span;

/// A bracket of citations.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The sources, in the order typed; at least one.
    pub cited: Vec<Cited>,
    /// The whole bracket in the file.
    pub span: Span,
}

/// One source in a bracket.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The source's id.
    pub id: String,
    /// Where in the source: `para. 3`.
    pub locator: Option<String>,
    /// The id in the file, with its `@`.
    pub span: Span,
}

/// One source in a bracket, with its place relative to the bracket's inside.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item<'a> {
    pub(super) id: &'a str,
    pub(super) locator: Option<&'a str>,
    pub(super) range: Range<usize>,
}

/// Reads the inside of a bracket; `None` where it is not made of citations only.
pub(super) fn items(inside: &str) -> Option<Vec<Item<'_>>> {
    let mut start = 0;
    let mut items = Vec::new();
    for part in inside.split(';') {
        items.push(item(part, start)?);
        start += part.len() + 1;
    }
    Some(items)
}

fn item(part: &str, start: usize) -> Option<Item<'_>> {
    let lead = part.len() - part.trim_start().len();
    let text = part.trim();
    let rest = text.strip_prefix('@')?;
    let length = id_length(rest);
    let (id, tail) = rest.split_at(length);
    let tail = tail.trim_start();
    let locator = match tail.strip_prefix(',').map(str::trim) {
        Some("") => return None,
        Some(locator) if locator.contains(['[', ']', '@']) => return None,
        Some(locator) => Some(locator),
        None if tail.is_empty() => None,
        None => return None,
    };
    let at = start + lead;
    (length > 0).then_some(Item { id, locator, range: at..at + 1 + length })
}

/// Returns the length of the id at the start of a text: letters, digits, and `-_.:` between them.
fn id_length(text: &str) -> usize {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ':', '-']).len()
}

/// Finds brackets in plain text that hold `@id`: what is left there after parsing is no citation. Ranges of bytes.
pub(super) fn brackets_with_ids(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains('@') {
        return found;
    }
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => open.push((at, false)),
            ']' => {
                if let Some((start, holds)) = open.pop()
                    && holds
                {
                    // What a bracket holds, the one around it holds as well.
                    open.iter_mut().last().into_iter().for_each(|(_, holds)| *holds = true);
                    while found.last().is_some_and(|range: &Range<usize>| range.start >= start) {
                        found.pop();
                    }
                    // `[@a][@b]` is one mistake.
                    match found.last_mut() {
                        Some(last) if last.end == start => last.end = at + 1,
                        _ => found.push(start..at + 1),
                    }
                }
            }
            '@' if !before.is_alphanumeric() && id_length(&text[at + 1..]) > 0 => {
                open.iter_mut().last().into_iter().for_each(|(_, holds)| *holds = true);
            }
            _ => {}
        }
        before = letter;
    }
    found
}

/// Returns the citation that a bracket was probably meant as, with what stands before it in the bracket.
pub(super) fn meant(bracket: &str) -> Option<String> {
    let inside = bracket.strip_prefix('[')?.strip_suffix(']')?.replace("][", "; ").replace(", @", "; @");
    let at = inside.find('@')?;
    let (before, cited) = (inside[..at].trim(), inside[at..].trim_end_matches([',', ';', ' ']));
    let with_comma = || {
        let length = id_length(&cited[1..]) + 1;
        let rest = cited[length..].trim_start();
        (cited[length..].starts_with(' ') && !rest.is_empty()).then(|| format!("{}, {rest}", &cited[..length]))
    };
    let right = Some(cited.to_owned()).filter(|text| items(text).is_some());
    let right = right.or_else(|| with_comma().filter(|text| items(text).is_some()))?;
    match before {
        "" | "-" => Some(format!("[{right}]")),
        before => Some(format!("{before} [{right}]")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Finds brackets with ids by marking every one that is open.
    fn brackets_the_long_way(text: &str) -> Vec<Range<usize>> {
        let (mut open, mut found): (Vec<(usize, bool)>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        let mut before = ' ';
        for (at, letter) in text.char_indices() {
            match letter {
                '[' => open.push((at, false)),
                ']' => {
                    if let Some((start, true)) = open.pop() {
                        found.retain(|range| range.start < start);
                        match found.last_mut() {
                            Some(last) if last.end == start => last.end = at + 1,
                            _ => found.push(start..at + 1),
                        }
                    }
                }
                '@' if !before.is_alphanumeric() && id_length(&text[at + 1..]) > 0 => {
                    open.iter_mut().for_each(|(_, holds)| *holds = true);
                }
                _ => {}
            }
            before = letter;
        }
        found
    }

    proptest! {
        #[test]
        fn marking_the_innermost_bracket_finds_what_marking_all_finds(text in r"[\[\]@a ]{0,16}") {
            prop_assert_eq!(brackets_with_ids(&text), brackets_the_long_way(&text));
        }
    }

    fn read(inside: &str) -> Option<Vec<(&str, Option<&str>)>> {
        items(inside).map(|items| items.into_iter().map(|item| (item.id, item.locator)).collect())
    }

    #[test]
    fn ids_and_locators_are_read() {
        assert_eq!(read("@ap-2019"), Some(vec![("ap-2019", None)]));
        assert_eq!(read("@ap-2019, para. 3"), Some(vec![("ap-2019", Some("para. 3"))]));
        assert_eq!(read("@a; @b, p. 4"), Some(vec![("a", None), ("b", Some("p. 4"))]));
    }

    #[test]
    fn places_are_those_of_the_ids() {
        let ranges: Vec<_> =
            items("@a; @bc, p. 4").expect("two citations").into_iter().map(|item| item.range).collect();
        assert_eq!(ranges, [0..2, 4..7]);
    }

    #[test]
    fn what_is_not_only_citations_is_refused() {
        for inside in ["see @a", "@a p. 3", "@a,", "@", "@a; b", "-@a", "@a, p. [3]", "@a, @b"] {
            assert_eq!(read(inside), None, "{inside}");
        }
    }

    #[test]
    fn what_was_meant_is_found() {
        for (typed, right) in [
            ("[@a p. 3]", Some("[@a, p. 3]")),
            ("[@a][@b]", Some("[@a; @b]")),
            ("[@a, @b]", Some("[@a; @b]")),
            ("[see @a, p. 3]", Some("see [@a, p. 3]")),
            ("[-@b]", Some("[@b]")),
            ("[@a,]", Some("[@a]")),
            ("[@a; b]", None),
            ("[@a, p. [3]]", None),
        ] {
            assert_eq!(meant(typed).as_deref(), right, "{typed}");
        }
    }

    #[test]
    fn a_bracket_with_an_id_is_found_and_an_address_is_not() {
        let found = |text: &str| brackets_with_ids(text).into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("so [see @a] it"), ["[see @a]"]);
        assert_eq!(found("[@a, p. [3]]"), ["[@a, p. [3]]"]);
        assert_eq!(found("[a [b [@c] d] e [f]"), ["[b [@c] d]"]);
        assert_eq!(found("[@a [b] [c] d] [@e [f @g]"), ["[@a [b] [c] d]", "[f @g]"]);
        assert_eq!(found("[mail a@b.example] and [x] @handle"), Vec::<String>::new());
    }
}
