//! Footnotes, and what the parser left in plain text that was meant as something: marks, brackets.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::diagnostic::{Code, Diagnostic, Span};

use super::citation::{brackets_with_ids, meant};
use super::writer::Writer;
use super::{Footnote, Hole};

impl<'a> Writer<'_, 'a> {
    pub(super) fn footnote_mark(&mut self, label: &str, out: &mut Vec<Event<'a>>) {
        let index = self.marked.get(label).copied().unwrap_or_else(|| {
            self.marks.push((label.to_owned(), 0));
            self.marked.insert(label.to_owned(), self.marks.len() - 1);
            self.marks.len() - 1
        });
        self.marks[index].1 += 1;
        let (letter, count) = (letter(index), self.marks[index].1);
        let prefix = self.mark(Hole::Prefix);
        let link = format!("<a href=\"#{prefix}fn-{letter}\" id=\"{prefix}fnref-{letter}-{count}\">{letter}</a>");
        out.push(Event::Html(format!("<sup class=\"fnref\">{link}</sup>").into()));
    }

    /// Writes the footnotes referred to, which may refer to more, and reports the others.
    pub(super) fn footnotes(&mut self) {
        let mut done = 0;
        while done < self.marks.len() {
            let label = self.marks[done].0.clone();
            let pieces = self.defined.get(&label).map(|(events, _)| self.pieces(events)).unwrap_or_default();
            self.document.footnotes.push(Footnote { letter: letter(done), references: 0, pieces });
            done += 1;
        }
        for (note, (_, count)) in self.document.footnotes.iter_mut().zip(&self.marks) {
            note.references = *count;
        }
        for (label, (_, range)) in self.defined {
            if !self.marked.contains_key(label) {
                let head = range.start..(range.start + label.len() + 4).min(range.end);
                let diagnostic =
                    Diagnostic::new(Code::UnusedFootnote, format!("nothing refers to the footnote `[^{label}]`"))
                        .at(self.span(&head), "this footnote is not shown")
                        .help(format!("put `[^{label}]` into the text where it belongs, or delete it"));
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// Ends a block of plain text, and looks for what the parser left in it as text.
    pub(super) fn end_block(&mut self) {
        if self.block.text.is_empty() {
            return;
        }
        let mut block = std::mem::take(&mut self.block);
        block.quoted = self.quotes > 0;
        block.shrink();
        for range in undefined_marks(&block.text) {
            let span = block.span(self.input.file, range.clone());
            let mark = &block.text[range];
            if self.is_escaped(&span) {
                continue;
            }
            let diagnostic = Diagnostic::new(Code::UndefinedFootnote, format!("there is no footnote for `{mark}`"))
                .at(span, "this mark leads nowhere")
                .help(format!("add a line `{mark}: …` below, or delete the mark"));
            self.diagnostics.push(diagnostic);
        }
        for range in brackets_with_ids(&block.text) {
            let span = block.span(self.input.file, range.clone());
            if self.is_escaped(&span) {
                continue;
            }
            let bracket = &block.text[range];
            let help = match meant(bracket) {
                Some(meant) => format!("write `{meant}`; `\\[` starts a bracket that is only text"),
                None => "write `[@id]`, `[@id, p. 3]` or `[@one; @two]`, with nothing else in the bracket; `\\[` starts a bracket that is only text".to_owned(),
            };
            let diagnostic =
                Diagnostic::new(Code::BadCitation, format!("`{bracket}` holds `@` and cannot be read as a citation"))
                    .at(span, "this is not a citation")
                    .help(help);
            self.diagnostics.push(diagnostic);
        }
        for range in failed_links(&block.text) {
            let span = block.span(self.input.file, range.clone());
            if self.is_escaped(&span) {
                continue;
            }
            let diagnostic = Diagnostic::new(
                Code::BrokenLink,
                format!("`{}` is not read as a link", &block.text[range]),
            )
            .at(span, "it would be shown as it is typed")
            .help(
                "write no space between `]` and `(`, and none in the address; a file name with a space goes into `<…>`",
            );
            self.diagnostics.push(diagnostic);
        }
        self.document.blocks.push(block);
    }

    /// Tells whether the bracket at a place is typed with a backslash. In a value of YAML, escapes and folded lines stand
    /// between a place in the file and the one in the text, which is looked for.
    fn is_escaped(&self, span: &Span) -> bool {
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = low.midpoint(high);
            if (self.input.place)(middle..middle).start < span.start {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.checked_sub(1).and_then(|before| self.text.as_bytes().get(before)) == Some(&b'\\')
    }
}

/// Finds what was meant as a link and is left in plain text: `[text](two words.md)`, `[text] (file.md)`.
fn failed_links(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, bracket) in text.match_indices(['[', ']']) {
        if bracket == "[" {
            open = Some(at);
            continue;
        }
        let after = &text[at + 1..];
        let Some(inside) = after.trim_start_matches(' ').strip_prefix('(') else { continue };
        // An address holds no bracket that was not typed as a link: so no part of the text is looked through twice.
        let Some(length) = inside.find([')', ']']).filter(|end| inside[*end..].starts_with(')')) else { continue };
        let Some(start) = open else { continue };
        let address = inside[..length].trim_start();
        let is_address = address.starts_with("claim:") || address.starts_with("question:") || address.contains("://");
        if is_address || address.split('#').next().is_some_and(|path| path.ends_with(".md")) {
            found.push(start..text.len() - inside.len() + length + 1);
        }
    }
    found
}

/// Finds `[^label]` left in plain text.
fn undefined_marks(text: &str) -> Vec<Range<usize>> {
    let ends = |c: char| matches!(c, '[' | ']') || c.is_whitespace();
    let marks = text.match_indices("[^").filter_map(|(at, _)| {
        let start = at + "[^".len();
        let end = start + text[start..].find(ends)?;
        (end > start && text[end..].starts_with(']')).then_some(at..end + 1)
    });
    marks.collect()
}

/// Returns the name of a footnote: `a` to `z`, then `aa`, `ab`, …
fn letter(index: usize) -> String {
    let last = char::from(b'a' + u8::try_from(index % 26).expect("a remainder of 26 is small"));
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::{failed_links, letter, undefined_marks};

    fn parts(text: &str, found: Vec<std::ops::Range<usize>>) -> Vec<&str> {
        found.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_was_meant_as_a_link_is_found() {
        let failed = |text| parts(text, failed_links(text)).join("; ");
        assert_eq!(failed("so [a](two words.md) and [b] (file.md#x) it"), "[a](two words.md); [b] (file.md#x)");
        assert_eq!(failed("[a](b [c](claim: d)"), "[c](claim: d)");
        assert_eq!(failed("a](b.md) [c] (see d) [e](f.md"), "");
    }

    #[test]
    fn a_mark_is_a_bracket_without_a_space() {
        let marks = |text| parts(text, undefined_marks(text)).join("; ");
        assert_eq!(marks("a[^1] b[^größe]"), "[^1]; [^größe]");
        assert_eq!(marks("a[^] b[^c d] [^e [^f] [^g"), "[^f]");
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([letter(0), letter(25), letter(26), letter(51), letter(52)], ["a", "z", "aa", "az", "ba"]);
    }
}
