//! What an editor meant where YAML breaks off: the parser's mistakes in the words of somebody who writes text.
//!
//! The parser says where it stopped and why in terms of its grammar. What was typed on that line says more, so the line
//! is looked at first.

use granit_parser::ErrorKind;

use super::input::Input;
use super::lines::{Line, is_name, short};
use super::scan::{Cover, DEEPEST};
use super::{brackets, indentation, keys, quotes};
use crate::diagnostic::{Code, Diagnostic};

/// Where and why the reading broke off. All places count from the start of the text.
pub(super) struct Trouble {
    /// The parser's reason.
    pub(super) kind: ErrorKind,
    /// Where it stopped.
    pub(super) at: usize,
    /// The end of the last thing that could be read.
    pub(super) end: usize,
    /// The start of the last text that could be read.
    pub(super) text_start: usize,
    /// The outermost bracket that is open.
    pub(super) flow: Option<usize>,
}

/// A mistake in words, and what to cover so that the rest can be read.
pub(super) struct Mistake {
    pub(super) diagnostic: Diagnostic,
    pub(super) cover: Option<Cover>,
}

/// Starts a mistake.
pub(super) fn bad(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::BadYaml, message)
}

/// Explains why the reading broke off.
pub(super) fn explain(input: Input<'_>, trouble: &Trouble) -> Mistake {
    use ErrorKind as Kind;
    if let Some(mistake) = keys::too_long(input, trouble) {
        return mistake;
    }
    match &trouble.kind {
        Kind::RecursionLimitExceeded => too_deep(input, trouble),
        Kind::MultipleDocumentsUnsupported => second_document(input, trouble),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar
        | Kind::TabAtBlockScalarStart
        | Kind::InvalidBlockEntryWhitespace
        | Kind::InvalidMappingValueWhitespace => tabs(input, trouble).unwrap_or_else(|| by_line(input, trouble)),
        Kind::UnclosedQuotedScalar | Kind::InvalidQuotedScalarIndent | Kind::DocumentIndicatorInQuotedScalar => {
            quotes::unclosed(input, trouble)
        }
        Kind::InvalidTrailingSingleQuotedScalar => quotes::trailing(input, trouble, '\''),
        Kind::InvalidTrailingDoubleQuotedScalar => quotes::trailing(input, trouble, '"'),
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => quotes::escape(input, trouble),
        Kind::CommentInterceptedScalar => comment_within(input, trouble),
        _ => by_line(input, trouble),
    }
}

fn by_line(input: Input<'_>, trouble: &Trouble) -> Mistake {
    let text = input.text;
    let line = Line::at(text, trouble.at);
    let value = &text[line.value.clone()];
    let reached = trouble.at >= line.value.start;
    match value.chars().next().filter(|_| reached) {
        Some('[' | '{') => brackets::explain(input, trouble, line.value.start),
        _ if trouble.flow.is_some() => brackets::explain(input, trouble, trouble.flow.unwrap_or_default()),
        Some('-') if line.key.is_some() && value[1..].starts_with([' ', '\n']) || value == "-" => {
            item_on_the_line(input, &line)
        }
        Some(first @ ('@' | '`' | '%' | ',' | ']' | '}' | '*' | '&' | '!' | '|' | '>' | '?')) => {
            first_letter(input, &line, first)
        }
        Some(_) if is_inner_colon(trouble, &line) => colon(input, &line, trouble.at),
        _ => indentation::explain(input, trouble, &line),
    }
}

fn is_inner_colon(trouble: &Trouble, line: &Line) -> bool {
    let behind_key = line.key.as_ref().is_some_and(|key| trouble.at > key.colon);
    trouble.kind == ErrorKind::MappingValueNotAllowed && behind_key
}

/// Covers the value of a line, or the line where it has neither key nor dash.
pub(super) fn cover(input: Input<'_>, line: &Line) -> Cover {
    let is_value = line.key.is_some() || line.has_dash();
    if is_value && !line.value.is_empty() {
        return Cover::Value(line.extent(input.text, line.value.start));
    }
    Cover::Lines(line.extent(input.text, line.indent))
}

/// `title: What: why`.
pub(super) fn colon(input: Input<'_>, line: &Line, at: usize) -> Mistake {
    let words = &input.text[line.extent(input.text, line.value.start)];
    let message = match line.name(input.text) {
        Some(name) => format!("a colon in the text of `{name}` is read as the start of a field"),
        None => "a colon in the text is read as the start of a field".to_owned(),
    };
    let end = at + input.text[at..].chars().next().map_or(0, char::len_utf8);
    let diagnostic = bad(message).at(input.span(at..end), "this colon").help(line.advice(input.text, words));
    Mistake { diagnostic, cover: Some(cover(input, line)) }
}

fn first_letter(input: Input<'_>, line: &Line, first: char) -> Mistake {
    let text = input.text;
    let start = line.value.start;
    let value = &text[line.value.clone()];
    let word = start..start + value.find(char::is_whitespace).unwrap_or(value.len());
    let letter = start..start + first.len_utf8();
    let diagnostic = match first {
        '*' => bad(format!("YAML reads `{}` as a reference to another place", &text[word.clone()]))
            .at(input.span(word), "a text cannot start with `*`"),
        '>' | '|' => bad(format!("YAML reads `{first}` as the start of a block of text"))
            .at(input.span(letter), "no text may follow it on its line"),
        _ => bad(cannot_start(first)).at(input.span(letter), "YAML keeps this sign for itself"),
    };
    let block = value.strip_prefix(['>', '|']).map(|rest| rest.trim_start_matches(['-', '+']));
    let help = if let (Some(rest), Some(name)) =
        (block.filter(|rest| rest.starts_with(' ') && is_block(value)), line.name(text))
    {
        format!("begin the text (`{}`) on the line below `{name}:`, two spaces further in", short(rest.trim()))
    } else if line.key.is_none() && !line.has_dash() {
        format!("remove this line, or write `name: value` without `{first}`")
    } else {
        line.advice(text, &text[line.extent(text, start)])
    };
    Mistake { diagnostic: diagnostic.help(help), cover: Some(cover(input, line)) }
}

/// Tells whether a value begins as a block of text does: `>- Words`, `| Words`; `> 50m` is no block.
fn is_block(value: &str) -> bool {
    value[1..].starts_with(['-', '+']) || value[1..].trim_start().starts_with(char::is_alphabetic)
}

/// Says that a text cannot start with a sign.
pub(super) fn cannot_start(sign: char) -> String {
    match sign {
        '`' => "a text cannot start with a backtick".to_owned(),
        _ => format!("a text cannot start with `{sign}`"),
    }
}

/// `a: - item`.
fn item_on_the_line(input: Input<'_>, line: &Line) -> Mistake {
    let text = input.text;
    let name = line.name(text).unwrap_or("…");
    let item = &text[line.value.clone()];
    let diagnostic = bad(format!("a list cannot start on the line of `{name}:`"))
        .at(input.span(line.value.start..line.value.start + 1), "this `-` stands too high")
        .help(format!("write `{item}` on the line below `{name}:`, or put it in quotes if it is text"));
    Mistake { diagnostic, cover: Some(cover(input, line)) }
}

/// A comment between the lines of a text.
fn comment_within(input: Input<'_>, trouble: &Trouble) -> Mistake {
    let text = input.text;
    let line = Line::at(text, trouble.text_start);
    let comment = trouble.at..Line::at(text, trouble.at).end;
    let words = &text[line.extent(text, line.value.start)];
    let diagnostic = bad("a comment stands in the middle of a text").at(input.span(comment), "read as a comment").help(
        if words.contains(" # ") { "move the comment above the text".to_owned() } else { line.advice(text, words) },
    );
    Mistake { diagnostic, cover: Some(cover(input, &line)) }
}

fn too_deep(input: Input<'_>, trouble: &Trouble) -> Mistake {
    let line = Line::at(input.text, trouble.at);
    let diagnostic = bad(format!("this has more than {DEEPEST} levels of lists and fields"))
        .at(input.span(trouble.at.min(line.end)..line.end), "too deep")
        .help("nothing on a site needs this many; look for brackets that are not closed");
    Mistake { diagnostic, cover: None }
}

fn second_document(input: Input<'_>, trouble: &Trouble) -> Mistake {
    let line = Line::at(input.text, trouble.at);
    let diagnostic = bad("a second document starts here")
        .at(input.span(line.indent..line.end), "the first one ends before this")
        .help("remove this line: a file holds one document");
    Mistake { diagnostic, cover: Some(Cover::Lines(line.indent..line.end)) }
}

/// Tells of the first tab that indents, and covers all of them.
fn tabs(input: Input<'_>, trouble: &Trouble) -> Option<Mistake> {
    let text = input.text;
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        all.extend(line[..indent].match_indices('\t').map(|(at, _)| start + at));
        start += line.len();
    }
    let line = Line::at(text, trouble.at).start;
    let first = all.iter().copied().find(|at| *at >= line).or(all.first().copied())?;
    let end = first + text[first..].bytes().take_while(|byte| *byte == b'\t').count();
    let diagnostic = bad("a tab stands in the indentation")
        .at(input.span(first..end), "a tab")
        .help("use spaces, two for each step; many editors do so on request");
    Some(Mistake { diagnostic, cover: Some(Cover::Tabs(all)) })
}

/// `title:foo`: returns the name and what follows its colon.
pub(super) fn without_space<'a>(text: &'a str, line: &Line) -> Option<(&'a str, &'a str)> {
    let (name, rest) = text[line.content..line.end].split_once(':')?;
    (is_name(name) && !rest.is_empty() && !rest.starts_with("//")).then_some((name, rest.trim_end()))
}

#[cfg(test)]
mod tests;
