//! Lines that stand wrong: too far in, not far enough, without a colon, without a space after it.

use granit_parser::ErrorKind;

use super::input::Input;
use super::lines::{Line, is_name};
use super::scan::Cover;
use super::silent::spaces;
use super::traps::{self, Mistake, Trouble, bad, without_space};
use crate::diagnostic::Diagnostic;

/// Explains a line that does not fit where it stands.
pub(super) fn explain(input: Input<'_>, trouble: &Trouble, line: &Line) -> Mistake {
    let text = input.text;
    if trouble.kind == ErrorKind::MappingValueNotAllowed {
        let first = Line::at(text, trouble.text_start);
        if first.start < line.start {
            return sunk(input, trouble, line, &first);
        }
    }
    let diagnostic = match (&line.key, line.has_dash()) {
        (_, true) => item(input, line),
        (Some(_), false) => key(input, line),
        (None, false) => no_key(input, line),
    };
    Mistake { diagnostic, cover: Some(Cover::Lines(line.extent(text, line.indent))) }
}

/// A line with a key that YAML has made part of the text that began at `first`.
fn sunk(input: Input<'_>, trouble: &Trouble, line: &Line, first: &Line) -> Mistake {
    let text = input.text;
    let name = line.name(text).unwrap_or_default();
    if first.key.is_none() && !first.has_dash() {
        let diagnostic = no_key(input, first);
        return Mistake { diagnostic, cover: Some(Cover::Lines(first.indent..first.end)) };
    }
    if !is_name(name) {
        return traps::colon(input, first, trouble.at);
    }
    let diagnostic = under_text(input, line, first);
    Mistake { diagnostic, cover: Some(Cover::Lines(line.extent(text, line.indent))) }
}

/// A field that is indented under something that is a text already.
fn under_text(input: Input<'_>, line: &Line, first: &Line) -> Diagnostic {
    let text = input.text;
    let name = line.name(text).unwrap_or_default();
    let span = input.span(line.indent..line.content.max(line.key.as_ref().map_or(line.indent, |key| key.span.end)));
    match first.name(text) {
        Some(above) => bad(format!("`{name}` is indented under `{above}`, which has a value already"))
            .at(span, "too far in")
            .help(format!(
                "put {} before `{name}`, so that it stands under `{above}`",
                spaces(first.content - first.start)
            )),
        None => bad(format!("`{name}` stands under an item that is a text"))
            .at(span, "the item above has no fields")
            .help(format!("give the text above the name of its field too: `- …: {}`", &text[first.value.clone()])),
    }
}

/// An item of a list that is not in line.
fn item(input: Input<'_>, line: &Line) -> Diagnostic {
    let text = input.text;
    let span = input.span(line.indent..line.indent + 1);
    let mut above = line.above(text);
    if let Some(above) = above.as_ref().filter(|above| above.key.is_some() && !above.value.is_empty())
        && !above.has_dash()
        && above.depth() <= line.depth()
    {
        let name = above.name(text).unwrap_or_default();
        return bad(format!("a list follows `{name}`, which has a value already"))
            .at(span, "this item has no place")
            .help(format!("remove the value after `{name}:`, or the list"));
    }
    while let Some(other) = above.filter(|other| other.depth() > line.depth()) {
        if other.has_dash() {
            return bad("this item is not in line with the one above")
                .at(span, "not far enough in")
                .help(format!("put {} before its `-`, so that it stands under the `-` above", spaces(other.depth())));
        }
        above = other.above(text);
    }
    bad("no list can have an item here")
        .at(span, "YAML expects no `-`")
        .help("put the `-` in line with the others of its list, or the text in quotes")
}

/// A field that is not in line.
fn key(input: Input<'_>, line: &Line) -> Diagnostic {
    let text = input.text;
    let name = line.name(text).unwrap_or_default();
    let span = input.span(line.key.as_ref().map_or(line.indent..line.end, |key| key.span.clone()));
    let column = line.depth();
    if let Some(bare) = name.strip_prefix('-').filter(|bare| is_name(bare)) {
        return bad(format!("a space is missing between `-` and `{bare}`"))
            .at(input.span(line.indent..line.indent + 1), "no space after this")
            .help(format!("write `- {bare}: …`"));
    }
    let mut above = line.above(text);
    if let Some(above) = above.as_ref().filter(|above| !above.value.is_empty() && above.content - above.start < column)
    {
        return under_text(input, line, above);
    }
    while let Some(other) = above {
        let inside = other.content - other.start;
        if other.has_dash() && other.depth() <= column && column < inside {
            return bad(format!("`{name}` is not part of the item above it")).at(span, "not far enough in").help(
                format!("put {} before `{name}`, so that it stands under the first word of the item", spaces(inside)),
            );
        }
        if other.depth() < column || (other.depth() == column && !other.has_dash()) {
            break;
        }
        above = other.above(text);
    }
    bad(format!("`{name}` is not in line with the fields around it"))
        .at(span, "wrong indentation")
        .help(format!("put as many spaces before `{name}` as before the fields that it belongs to"))
}

/// A line that is neither a field nor an item.
fn no_key(input: Input<'_>, line: &Line) -> Diagnostic {
    let text = input.text;
    if let Some((name, rest)) = without_space(text, line) {
        let colon = line.content + name.len();
        if let Some(hidden) = rest.chars().next().filter(|first| first.is_whitespace() || *first == '\u{200B}') {
            return bad(format!("an invisible character (U+{:04X}) stands where a space should be", u32::from(hidden)))
                .at(input.span(colon..colon + 1 + hidden.len_utf8()), "it looks like a space and is none")
                .help(format!("type `{name}: {}` anew", rest.trim_start_matches(hidden)));
        }
        return bad(format!("a space is missing after the colon of `{name}`"))
            .at(input.span(colon..colon + 1), "no space after this")
            .help(format!("write `{name}: {rest}`"));
    }
    let span = input.span(line.indent..line.end);
    let above = line.above(text);
    let header = above.as_ref().filter(|above| text[above.value.clone()].starts_with(['>', '|']));
    if let Some(name) = header.and_then(|above| above.name(text)) {
        return bad(format!("the text of `{name}` is not indented"))
            .at(span, "meant as its text")
            .help("put two spaces more before each line of the text than before its name");
    }
    bad("this line has no field name")
        .at(span, "neither `name: value` nor part of the text above")
        .help("write `name: value`; a text over several lines is indented by two spaces from the second on")
}
