//! What names a source and is no citation: `[ap-2019, p. 3]` without its `@`, `(@ap-2019)` and `@ap-2019` without a
//! bracket. Readers would see it as it is typed. Brackets that hold an `@` are the parser's to judge.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::{Block, Mark};
use crate::model::{Page, Site};

/// Looks at the texts of a page.
pub(super) fn check(site: &Site, page: &Page, diagnostics: &mut Diagnostics) {
    if site.sources.is_empty() {
        return;
    }
    let known = |id: &str| site.sources.contains_key(id);
    for block in page.documents().flat_map(|(_, document)| &document.blocks) {
        for (range, right) in without_at(&block.text, known).into_iter().chain(without_bracket(&block.text, known)) {
            if is_part_of_link(block, &range) {
                continue;
            }
            let typed = &block.text[range.clone()];
            let diagnostic = Diagnostic::new(Code::BadCitation, format!("`{typed}` names a source and is no citation"))
                .at(block.span(&page.file, range), "readers would see this as it is typed")
                .help(format!("write `{right}`"));
            diagnostics.push(diagnostic);
        }
    }
}

fn is_part_of_link(block: &Block, range: &Range<usize>) -> bool {
    matches!(block.mark_around(range), Some((_, Mark::Link)))
}

/// Finds brackets that would be citations with an `@`, and what they should be.
///
/// A bracket with an id alone counts only where the id cannot be a word of the text: `[sic]` may be one.
fn without_at(text: &str, known: impl Fn(&str) -> bool) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('[') {
        let Some(length) = text[start + 1..].find([']', '[', '@']) else { continue };
        let inside = &text[start + 1..start + 1 + length];
        let after = &text[start + 1 + length..];
        if !after.starts_with(']') || after[1..].starts_with(['(', ':']) {
            continue;
        }
        let parts: Vec<&str> = inside.split(';').map(str::trim).collect();
        let id = |part: &&str| part.split(',').next().is_some_and(|id| known(id.trim()));
        if parts.iter().all(id) && !parts.iter().all(|part| is_word(part)) {
            let cited: Vec<String> = parts.iter().map(|part| format!("@{part}")).collect();
            found.push((start..start + length + 2, format!("[{}]", cited.join("; "))));
        }
    }
    found
}

/// Tells whether an id could be a word of the text.
fn is_word(id: &str) -> bool {
    id.chars().all(char::is_alphabetic)
}

/// Finds `@id` and `(@id, p. 3)` outside of brackets, and what they should be.
fn without_bracket(text: &str, known: impl Fn(&str) -> bool) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    if !text.contains('@') {
        return found;
    }
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '@' if depth == 0 && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/') => {
                let rest = &text[at + 1..];
                let end = rest.find(|c: char| !(c.is_alphanumeric() || "-_.:".contains(c))).unwrap_or(rest.len());
                let id = rest[..end].trim_end_matches(['.', ':', '-']);
                if !known(id) {
                    continue;
                }
                // One bracket ends where the next one begins: of a thousand that are open, none is read to the end.
                let end = if text[..at].ends_with('(') { rest.find(['(', ')', '\n']) } else { None };
                match end.filter(|end| rest[*end..].starts_with(')')) {
                    Some(end) => found.push((at - 1..at + end + 2, format!("[@{}]", &rest[..end]))),
                    // `@panel` may be a name that people go by elsewhere.
                    None if is_word(id) => {}
                    None => found.push((at..at + 1 + id.len(), format!("[@{id}]"))),
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: &str) -> bool {
        ["ap-2019", "b", "un"].contains(&id)
    }

    fn rights(found: Vec<(Range<usize>, String)>) -> Vec<String> {
        found.into_iter().map(|(_, right)| right).collect()
    }

    #[test]
    fn a_bracket_with_a_known_id_lacks_its_at() {
        let text = "so [ap-2019, p. 12] and [ap-2019; b] and [ap-2019]";
        assert_eq!(rights(without_at(text, known)), ["[@ap-2019, p. 12]", "[@ap-2019; @b]", "[@ap-2019]"]);
        for text in
            ["the [un] said", "[nothing, p. 3]", "[@ap-2019, p. [3]]", "[ap-2019](x.md)", "[ap-2019]: x", "[", "[["]
        {
            assert!(without_at(text, known).is_empty(), "{text}");
        }
    }

    #[test]
    fn an_id_outside_of_a_bracket_is_no_citation() {
        assert_eq!(
            rights(without_bracket("said (@ap-2019, p. 3), @ap-2019.", known)),
            ["[@ap-2019, p. 3]", "[@ap-2019]"]
        );
        assert_eq!(
            rights(without_bracket("(@ap-2019 (@ap-2019, p. 3)", known)),
            ["[@ap-2019]", "[@ap-2019, p. 3]"],
            "only what is closed is a bracket"
        );
        for text in ["a@b", "@un", "@nobody", "[see @b]", "x/@b"] {
            assert!(without_bracket(text, known).is_empty(), "{text}");
        }
    }
}
