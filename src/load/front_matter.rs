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
        diagnostics.push(no_beginning(file, text, first));
        return None;
    }
    let front = lines.at;
    let mut almost = None;
    while let Some(line) = lines.next() {
        if is_fence(&text[line.clone()]) {
            return Some(Parts { front: front..line.start, body: lines.at..text.len() });
        }
        if almost.is_none() && is_almost_fence(&text[line.clone()]) {
            almost = Some(line);
        }
    }
    if let Some(line) = almost {
        let diagnostic = Diagnostic::new(Code::BadFrontMatter, "the front matter does not end")
            .at(Span::new(file, line), "this is almost its end: it takes three hyphens and nothing else")
            .help("write `---` on this line");
        diagnostics.push(diagnostic);
        return None;
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

/// Tells whether a line was probably meant as a fence: other marks, more or fewer of them, or dashes that a word processor
/// has made of hyphens.
fn is_almost_fence(line: &str) -> bool {
    let line = line.trim();
    let marks = |some: &[char]| line.chars().all(|c| some.contains(&c));
    let hyphens = marks(&['-', '–', '—', '−', '‐', '‑']);
    line == "—"
        || (line.chars().count() >= 2 && (hyphens || line == "..." || line == "+++" || marks(&['_']) || marks(&['*'])))
}

/// Says why a file does not begin with front matter.
fn no_beginning(file: &Arc<str>, text: &str, first: Range<usize>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::BadFrontMatter, "the file does not begin with `---`");
    let line = &text[first.clone()];
    let rest = text[first.start..].trim_start();
    if rest.starts_with("---\n") || rest.starts_with("---\r") {
        let diagnostic =
            diagnostic.at(Span::new(file, first), "nothing may stand before it, not even a space or an empty line");
        return diagnostic.help("remove what stands before the first `---`");
    }
    if text.contains('\r') && !text.contains('\n') {
        let diagnostic = diagnostic.at(
            Span::new(file, first.start..first.start),
            "the whole file is one line: its lines end as on very old Macs",
        );
        return diagnostic.help("save it again in your editor, with line endings \"LF\" or \"CRLF\"");
    }
    if is_almost_fence(line) {
        let diagnostic =
            diagnostic.at(Span::new(file, first), "this is almost it: it takes three hyphens and nothing else");
        return diagnostic.help("write `---` on the first line");
    }
    diagnostic
        .at(Span::new(file, first), "front matter begins here, on the first line")
        .help("begin the file with a line `---`, then `title: …`, then another line `---`")
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
