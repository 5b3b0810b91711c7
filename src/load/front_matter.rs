//! Parts a Markdown file into its front matter and its body.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// The parts of a file, as ranges of its bytes.
pub(super) struct Parts {
    /// Between the two lines of `---`.
    pub(super) front: Range<usize>,
    /// After them.
    pub(super) body: Range<usize>,
}

/// Parts a file. `None` where its front matter is missing or does not end, which is reported.
pub(super) fn part(file: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> Option<Parts> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: start };
    let first = lines.next().unwrap_or(start..start);
    if !is_fence(&text[first.clone()]) {
        let diagnostic = Diagnostic::new(Code::BadFrontMatter, "the file does not begin with `---`")
            .at(Span::new(file, first), "front matter begins here, on the first line")
            .help("begin the file with a line `---`, then `title: …`, then another line `---`");
        diagnostics.push(diagnostic);
        return None;
    }
    let front = lines.at;
    while let Some(line) = lines.next() {
        if is_fence(&text[line.clone()]) {
            return Some(Parts { front: front..line.start, body: lines.at..text.len() });
        }
    }
    let diagnostic = Diagnostic::new(Code::BadFrontMatter, "the front matter does not end")
        .at(Span::new(file, first), "it begins here, and no second line of `---` follows")
        .help("write a line `---` between the last field and the text");
    diagnostics.push(diagnostic);
    None
}

/// Tells whether a line ends or begins front matter: three hyphens, and spaces after them at most.
fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Lines<'_> {
    /// Returns the next line, without its end.
    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |length| start + length);
        self.at = (end + 1).min(self.text.len());
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(String, String), String> {
        let mut diagnostics = Diagnostics::default();
        let file = "content/a.md".into();
        match part(&file, text, &mut diagnostics) {
            Some(parts) => Ok((text[parts.front].to_owned(), text[parts.body].to_owned())),
            None => Err(diagnostics.iter().map(|d| d.message.clone()).collect()),
        }
    }

    #[test]
    fn a_file_is_parted_at_its_fences() {
        assert_eq!(parts("---\ntitle: A\n---\nText"), Ok(("title: A\n".into(), "Text".into())));
        assert_eq!(parts("\u{FEFF}---\r\ntitle: A\r\n---\r\nText"), Ok(("title: A\r\n".into(), "Text".into())));
        assert_eq!(parts("---\n---"), Ok((String::new(), String::new())));
    }

    #[test]
    fn missing_fences_are_told_apart() {
        assert_eq!(parts("title: A"), Err("the file does not begin with `---`".into()));
        assert_eq!(parts("---\ntitle: A\n"), Err("the front matter does not end".into()));
        assert_eq!(parts(""), Err("the file does not begin with `---`".into()));
    }
}
