//! Lines of YAML as an editor sees them: indentation, dashes, a key, a value.
//!
//! This does not read YAML; it finds the words to talk about a line that could not be read, and the text to type instead.

use std::ops::Range;

/// A line, cut into its parts. All places count from the start of the text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The first byte of the line.
    pub(super) start: usize,
    /// The first byte that is not blank.
    pub(super) indent: usize,
    /// What comes after the dashes; equal to `indent` where there are none.
    pub(super) content: usize,
    /// The key with its colon, if the line has one.
    pub(super) key: Option<Key>,
    /// What comes after key and dashes, without a comment; may be empty.
    pub(super) value: Range<usize>,
    /// The end of the line, without its break.
    pub(super) end: usize,
}

/// The key of a line.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The name.
    pub(super) span: Range<usize>,
    /// Its colon.
    pub(super) colon: usize,
}

impl Line {
    /// Cuts the line in which `at` stands.
    pub(super) fn at(text: &str, at: usize) -> Self {
        let at = at.min(text.len());
        let bytes = text.as_bytes();
        let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |found| found + 1);
        let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |found| at + found);
        let end = start + text[start..end].trim_end_matches('\r').len();
        let indent = end - text[start..end].trim_start_matches([' ', '\t']).len();
        let content = skip_dashes(text, indent, end);
        let key = find_key(text, content, end);
        let value = key.as_ref().map_or(content, |key| key.colon + 1);
        let value = trim(text, value..without_comment(text, value, end));
        Self { start, indent, content, key, value, end }
    }

    /// Returns the line above; blank lines and comments are passed over.
    pub(super) fn above(&self, text: &str) -> Option<Self> {
        let mut line = self.clone();
        while line.start > 0 {
            line = Self::at(text, line.start - 1);
            if !line.is_blank(text) {
                return Some(line);
            }
        }
        None
    }

    /// Returns the line below, blank or not.
    pub(super) fn below(&self, text: &str) -> Option<Self> {
        let next = text[self.end..].find('\n').map(|found| self.end + found + 1)?;
        (next < text.len()).then(|| Self::at(text, next))
    }

    /// Tells whether the line has nothing but blanks or a comment.
    pub(super) fn is_blank(&self, text: &str) -> bool {
        self.indent == self.end || text[self.indent..].starts_with('#')
    }

    /// Tells whether the line starts with a dash.
    pub(super) fn has_dash(&self) -> bool {
        self.content > self.indent
    }

    /// Returns how far the line is indented.
    pub(super) fn depth(&self) -> usize {
        self.indent - self.start
    }

    /// Returns the name of the key.
    pub(super) fn name<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.key.as_ref().map(|key| &text[key.span.clone()])
    }

    /// Returns the place from `start` to the end of what belongs to it: the lines below that are indented further than
    /// the key if `start` is in its value, else than the line.
    pub(super) fn extent(&self, text: &str, start: usize) -> Range<usize> {
        let is_value = self.key.is_some() && start > self.content;
        let depth = if is_value { self.content - self.start } else { self.depth() };
        let end = if is_value { self.value.end } else { self.end };
        let mut end = start + text[start..end.max(start)].trim_end().len();
        let mut line = self.clone();
        while let Some(next) = line.below(text) {
            if next.indent < next.end {
                if next.depth() <= depth {
                    break;
                }
                end = start + text[start..next.end].trim_end().len();
            }
            line = next;
        }
        start..end
    }

    /// Says how to type `words` as the value of this line, so that YAML leaves them alone.
    pub(super) fn advice(&self, text: &str, words: &str) -> String {
        let lead = &text[self.content..self.value.start.max(self.content)];
        let lead = match (lead.trim_end(), self.has_dash()) {
            ("", true) => "-",
            (lead, _) => lead,
        };
        let space = if lead.is_empty() { "" } else { " " };
        if words.chars().count() <= 72 {
            return format!("put the text in quotes: `{lead}{space}{}`", quoted(words));
        }
        format!("write `{lead}{space}>-` and put the text on the next line, two spaces further in")
    }
}

/// Puts words in quotes: double ones if nothing in them minds, else single ones.
pub(super) fn quoted(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if !words.contains(['"', '\\']) {
        return format!("\"{words}\"");
    }
    format!("'{}'", words.replace('\'', "''"))
}

/// Returns words as a message can hold them: their first line, and not all of a long one.
pub(super) fn short(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_owned(),
    }
}

/// Tells whether a word could be the name of a field.
pub(super) fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn skip_dashes(text: &str, mut at: usize, end: usize) -> usize {
    while text[at..end].starts_with("- ") || &text[at..end] == "-" {
        at = trim(text, at + 1..end).start;
    }
    at
}

/// Finds the key: what stands before the first colon that is followed by a blank. Brackets, and what YAML keeps for
/// itself, start no key.
fn find_key(text: &str, start: usize, end: usize) -> Option<Key> {
    let line = &text[start..end];
    let from = match line.chars().next()? {
        '[' | '{' | '*' | '&' | '!' | '|' | '>' | '%' | '@' | '`' | '#' => return None,
        quote @ ('"' | '\'') => line[1..].find(quote)? + 2,
        _ => 0,
    };
    let limit = without_comment(text, start, end);
    let colon = text[..limit]
        .bytes()
        .enumerate()
        .skip(start + from)
        .find(|(at, byte)| {
            *byte == b':' && text[at + 1..end].bytes().next().is_none_or(|next| matches!(next, b' ' | b'\t'))
        })
        .map(|(at, _)| at)?;
    (from == 0 || text[start + from..colon].trim().is_empty())
        .then(|| Key { span: trim(text, start..colon), colon })
        .filter(|key| !key.span.is_empty())
}

fn without_comment(text: &str, start: usize, end: usize) -> usize {
    let line = text[start..end].trim_start_matches([' ', '\t']);
    // What looks like a comment within quotes is none.
    let quoted = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => line[1..].find(quote).map_or(line.len(), |found| found + 2),
        _ => 0,
    };
    line[quoted..].find(" # ").map_or(end, |found| end - line.len() + quoted + found)
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let range = range.start.min(range.end)..range.end;
    let words = text[range.clone()].trim_start_matches([' ', '\t']);
    let start = range.end - words.len();
    start..start + words.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_into_its_parts() {
        let text = "a:\n  - said-by: The Panel # a word\n";
        let line = Line::at(text, 12);
        assert_eq!(line.name(text), Some("said-by"));
        assert_eq!(&text[line.value.clone()], "The Panel");
        assert_eq!((line.depth(), line.has_dash()), (2, true));
        assert_eq!(line.above(text).and_then(|above| above.name(text)), Some("a"));
        assert!(line.below(text).is_none());
    }

    #[test]
    fn a_line_may_have_no_key() {
        for text in ["words", "- words", "-", "", "http://a.b", "[x](y): z", "\"a: b\""] {
            assert_eq!(Line::at(text, 0).name(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_indented_further_belongs_to_a_line() {
        let text = "a: one\n  two\n\n  three\nb: 1\n";
        assert_eq!(&text[Line::at(text, 0).extent(text, 3)], "one\n  two\n\n  three");
        let text = "a: one\r\nb: 1\r\n";
        assert_eq!(&text[Line::at(text, 0).extent(text, 3)], "one");
    }

    #[test]
    fn words_are_quoted_with_what_they_do_not_hold() {
        assert_eq!(quoted("it's"), "\"it's\"");
        assert_eq!(quoted("\"Up to\" is"), "'\"Up to\" is'");
        assert_eq!(quoted("\"it's\""), "'\"it''s\"'");
    }

    #[test]
    fn a_message_does_not_hold_a_whole_page() {
        assert_eq!(short("one\ntwo"), "one");
        assert_eq!(short(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
    }

    #[test]
    fn long_words_are_better_put_in_a_block() {
        let text = format!("summary: {}", "word ".repeat(20));
        let line = Line::at(&text, 0);
        let advice = line.advice(&text, &text[line.value.clone()]);
        assert_eq!(advice, "write `summary: >-` and put the text on the next line, two spaces further in");
    }
}
