//! Brackets: texts that start with one, lists and fields that are not closed, colons and signs within.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::input::Input;
use super::lines::{Line, is_name, quoted};
use super::scan::Cover;
use super::traps::{self, Mistake, Trouble, bad};

/// Explains a mistake in or after a list `[…]` or fields `{…}` that start at `open`.
pub(super) fn explain(input: Input<'_>, trouble: &Trouble, open: usize) -> Mistake {
    let text = input.text;
    let line = Line::at(text, open);
    let reach = line.extent(text, open);
    let mismatched = matches!(trouble.kind, ErrorKind::MismatchedFlowCollectionEnd { .. });
    match matching(&text[reach.clone()]).map(|length| open + length) {
        Some(close) if close <= trouble.at || goes_on(text, close) => after(input, &line, open..close),
        Some(close) if !mismatched => within(input, trouble, open..close),
        _ => unclosed(input, trouble, &line, open),
    }
}

/// Returns the length from an opening bracket to the end of its closing one.
pub(super) fn matching(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        match letter {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' if open.pop() != Some(letter) => return None,
            ']' | '}' if open.is_empty() => return Some(at + 1),
            '"' | '\'' if matches!(before, ' ' | ',' | '[' | '{' | ':') => {
                letters.by_ref().find(|(_, inner)| *inner == letter)?;
            }
            _ => {}
        }
        before = letter;
    }
    None
}

fn goes_on(text: &str, close: usize) -> bool {
    let line = Line::at(text, close);
    let rest = text[close..line.end].trim_start();
    !rest.is_empty() && !rest.starts_with('#')
}

/// `[text](claim:x) …` in the place of a value.
fn after(input: Input<'_>, line: &Line, brackets: Range<usize>) -> Mistake {
    let text = input.text;
    let rest = text[brackets.end..].trim_start();
    let cover = Some(traps::cover(input, line));
    if let Some(stray) = rest.chars().next().filter(|next| matches!(next, ']' | '}')) {
        let at = text.len() - rest.len();
        let diagnostic = bad(format!("`{stray}` closes nothing"))
            .at(input.span(at..at + 1), "one too many")
            .help(format!("remove this `{stray}`"));
        return Mistake { diagnostic, cover };
    }
    let (what, open) = if text[brackets.start..].starts_with('[') { ("a list", '[') } else { ("fields", '{') };
    let words = &text[line.extent(text, brackets.start)];
    let diagnostic = bad(format!("YAML reads a text that starts with `{open}` as {what}"))
        .at(input.span(brackets), format!("read as {what}"))
        .help(line.advice(text, words));
    Mistake { diagnostic, cover }
}

fn unclosed(input: Input<'_>, trouble: &Trouble, line: &Line, open: usize) -> Mistake {
    let cover = Some(Cover::Value(line.extent(input.text, open)));
    let (sign, what) = if input.text[open..].starts_with('[') { (']', "list ends") } else { ('}', "fields end") };
    let diagnostic = match trouble.kind {
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            let right = if open == '[' { ']' } else { '}' };
            let at = input.text[trouble.at..].find(close).map_or(trouble.at, |found| trouble.at + found);
            bad(format!("`{open}` is closed by `{close}`"))
                .at(input.span(at..at + 1), "the wrong bracket")
                .help(format!("write `{right}` here"))
        }
        _ => bad(format!("`{}` is never closed", &input.text[open..=open]))
            .at(input.span(open..open + 1), "opened here")
            .help(format!("write `{sign}` where the {what}, or put the value in quotes if it is text")),
    };
    Mistake { diagnostic, cover }
}

/// A mistake between the brackets.
fn within(input: Input<'_>, trouble: &Trouble, brackets: Range<usize>) -> Mistake {
    let text = input.text;
    let piece = piece(text, trouble, &brackets);
    let words = &text[piece.clone()];
    let lead = lead(text, &brackets, piece.start);
    let letter = text[trouble.at..].chars().next().unwrap_or_default();
    let diagnostic = match letter {
        '@' if is_name(&words[1..]) => bad("an id has no `@` here").help(format!("write `{lead}{}`", &words[1..])),
        ':' => bad("a colon in the text is read as the start of a field")
            .help(format!("put the text in quotes: `{lead}{}`", quoted(words))),
        '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | '?' => {
            bad(traps::cannot_start(letter)).help(format!("put the text in quotes: `{lead}{}`", quoted(words)))
        }
        _ => bad("what stands between these brackets cannot be read")
            .help("put each text between them in quotes, and a comma after each but the last"),
    };
    let end = trouble.at + letter.len_utf8();
    let diagnostic = diagnostic.at(input.span(trouble.at..end.min(text.len())), "YAML stops here");
    let cover = if piece.is_empty() { brackets } else { piece };
    Mistake { diagnostic, cover: Some(Cover::Value(cover)) }
}

/// Returns the text around the mistake: from the last comma, bracket or key to the next comma or bracket.
fn piece(text: &str, trouble: &Trouble, brackets: &Range<usize>) -> Range<usize> {
    let inner = brackets.start + 1..brackets.end - 1;
    let at = trouble.at.clamp(inner.start, inner.end);
    let from = if text[at..].starts_with(':') && inner.contains(&trouble.text_start) { trouble.text_start } else { at };
    let end = text[at..inner.end].find([',', ']', '}']).map_or(inner.end, |found| at + found);
    from..from + text[from..end].trim_end().len()
}

/// Returns the key before a piece, with its colon and a space.
fn lead(text: &str, brackets: &Range<usize>, start: usize) -> String {
    let before = text[brackets.start + 1..start].trim_end();
    match before.strip_suffix(':') {
        Some(before) => {
            let from = before.rfind([',', '{', '[', ' ']).map_or(0, |found| found + 1);
            format!("{}: ", &before[from..])
        }
        None => String::new(),
    }
}
