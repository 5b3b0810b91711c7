//! Quotes: not closed, closed too early, with escapes that mean nothing.

use super::input::Input;
use super::lines::{Line, quoted};
use super::scan::Cover;
use super::traps::{Mistake, Trouble, bad};

/// Text after a closing quote: `"Up to" is`, `'it's'`.
pub(super) fn trailing(input: Input<'_>, trouble: &Trouble, quote: char) -> Mistake {
    let text = input.text;
    let start = opening(text, trouble, quote);
    let line = Line::at(text, start);
    if Line::at(text, trouble.at).start != line.start {
        return unclosed(input, trouble);
    }
    let whole = line.extent(text, start);
    let rest = trouble.at.max(start)..line.value.end.max(trouble.at);
    let is_apostrophe = quote == '\''
        && text[..trouble.at].ends_with('\'')
        && text[..trouble.at - 1].ends_with(char::is_alphanumeric)
        && text[trouble.at..].starts_with(char::is_alphanumeric);
    let diagnostic = if is_apostrophe {
        let words = text[whole.clone()].trim_matches('\'');
        bad("an apostrophe ends a text in single quotes")
            .at(input.span(trouble.at - 1..trouble.at), "read as the closing quote")
            .help(format!("put the text in double quotes: `{}{}`", lead(text, &line, start), quoted(words)))
    } else {
        let help = if line.value.start == start {
            line.advice(text, &text[whole.clone()]).replace("the text in quotes", "the whole text in quotes")
        } else {
            "put the whole text in quotes of the other kind".to_owned()
        };
        bad("the text goes on after its closing quote").at(input.span(rest), "YAML stops before this").help(help)
    };
    let cover = if line.value.start == start { whole } else { start..line.end };
    Mistake { diagnostic, cover: Some(Cover::Value(cover)) }
}

/// A quote that is opened and not closed, or whose text goes on without indentation.
pub(super) fn unclosed(input: Input<'_>, trouble: &Trouble) -> Mistake {
    let text = input.text;
    let start = text[trouble.end..].find(['"', '\'']).map_or(trouble.at, |found| trouble.end + found);
    let Some(quote) = text[start..].chars().next() else {
        let diagnostic = bad("a quote is never closed").at(input.span(start..start), "").help("close it");
        return Mistake { diagnostic, cover: None };
    };
    let line = Line::at(text, start);
    if let Some(close) = text[start + 1..].find(quote).map(|found| start + 1 + found)
        && let Some(next) = line.below(text).filter(|next| next.start <= close && continues(text, next, close))
    {
        let diagnostic = bad("a text in quotes goes on without indentation")
            .at(input.span(next.indent..next.end), "part of the text above")
            .help("put two spaces more before each further line than before the first");
        return Mistake { diagnostic, cover: Some(Cover::Value(start..close + 1)) };
    }
    let diagnostic = bad(format!("the quote `{quote}` is never closed"))
        .at(input.span(start..start + 1), "opened here")
        .help(format!("write `{quote}` at the end of the text, or remove this one"));
    Mistake { diagnostic, cover: Some(Cover::Value(start..line.end)) }
}

/// Tells whether the lines from `line` to the one with the closing quote look like text, not like fields.
fn continues(text: &str, line: &Line, close: usize) -> bool {
    let mut line = line.clone();
    loop {
        if line.key.is_some() || line.has_dash() || text[line.start..].starts_with("---") {
            return false;
        }
        match line.below(text) {
            Some(next) if next.start <= close => line = next,
            _ => return true,
        }
    }
}

/// `\q` in double quotes.
pub(super) fn escape(input: Input<'_>, trouble: &Trouble) -> Mistake {
    let text = input.text;
    let start = opening(text, trouble, '"');
    let line = Line::at(text, start);
    let at = bad_escape(&text[start..]).map_or(start, |found| start + found);
    let length = text[at..].chars().take(2).map(char::len_utf8).sum::<usize>();
    let diagnostic = bad(format!("`{}` means nothing in double quotes", &text[at..at + length]))
        .at(input.span(at..at + length), "a backslash starts a code here")
        .help("write two backslashes for one, or put the text in single quotes");
    Mistake { diagnostic, cover: Some(Cover::Value(line.extent(text, start))) }
}

fn bad_escape(text: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        if letter != '\\' {
            continue;
        }
        let (_, next) = letters.next()?;
        let digits = match next {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ if "0abtnvfre \"/\\N_LP\t\n\r".contains(next) => continue,
            _ => return Some(at),
        };
        let code = text.get(at + 2..at + 2 + digits);
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if letter.is_none() {
            return Some(at);
        }
    }
    None
}

/// Finds the opening quote of the text that the parser was in.
fn opening(text: &str, trouble: &Trouble, quote: char) -> usize {
    let line = Line::at(text, trouble.at);
    if text[line.value.start..].starts_with(quote) && line.value.start <= trouble.at && trouble.end <= line.value.start
    {
        return line.value.start;
    }
    text[trouble.end..].find(quote).map_or(trouble.at, |found| trouble.end + found)
}

fn lead<'a>(text: &'a str, line: &Line, start: usize) -> &'a str {
    match text.get(line.content..start) {
        Some(lead) if line.value.start == start => lead,
        _ => "",
    }
}
