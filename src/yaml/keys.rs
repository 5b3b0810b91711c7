//! Keys: those that stand twice, those that are too long, and what is no key.

use std::collections::HashMap;
use std::ops::Range;

use super::brackets;
use super::input::Input;
use super::lines::Line;
use super::node::Entry;
use super::scan::Cover;
use super::traps::{Mistake, Trouble, bad};
use crate::diagnostic::{Code, Diagnostic};

/// The most characters that YAML takes as the name of a field (YAML 1.2.2, 7.4).
const LONGEST: usize = 1024;

/// Finds keys that stand twice in a map.
pub(super) fn duplicates(input: Input<'_>, entries: &[Entry]) -> Vec<Diagnostic> {
    if let Some(diagnostic) = second_item(input, entries) {
        return vec![diagnostic];
    }
    let again = |first: &Entry, again: &Entry| {
        Diagnostic::new(Code::DuplicateKey, format!("`{}` stands here twice", again.key))
            .at(input.place(&again.key_span), "again here")
            .and(input.place(&first.key_span), "first here")
            .help(format!("keep one `{}`, and put what belongs to both there", again.key))
    };
    let mut found = Vec::new();
    let keys = || entries.iter().enumerate().filter(|(_, entry)| !entry.key.is_empty());
    // Front matter has few keys, which are compared quicker than hashed; sources.yaml may have thousands.
    if entries.len() <= 16 {
        for (index, entry) in keys() {
            let earlier = entries[..index].iter().find(|earlier| earlier.key == entry.key);
            found.extend(earlier.map(|first| again(first, entry)));
        }
        return found;
    }
    let mut seen: HashMap<&str, &Entry> = HashMap::with_capacity(entries.len());
    for (_, entry) in keys() {
        match seen.get(entry.key.as_str()) {
            Some(first) => found.push(again(first, entry)),
            None => drop(seen.insert(&entry.key, entry)),
        }
    }
    found
}

/// Tells of an item of a list that has lost its `-`, so that its fields come twice in the item above: one mistake, not one
/// for each field.
fn second_item(input: Input<'_>, entries: &[Entry]) -> Option<Diagnostic> {
    let first = entries.first()?;
    let is_item = Line::at(input.text, first.key_span.start.checked_sub(input.base)?).has_dash();
    let again = entries[1..].iter().find(|entry| entry.key == first.key)?;
    let stands = |line: Line| line.indent == line.content;
    if !is_item || !stands(Line::at(input.text, again.key_span.start.checked_sub(input.base)?)) {
        return None;
    }
    let diagnostic = Diagnostic::new(Code::DuplicateKey, format!("`{}` stands here twice", again.key))
        .at(input.place(&again.key_span), "a second item seems to begin here, without its `-`")
        .and(input.place(&first.key_span), "first here")
        .help(format!(
            "write `- {}: …`, with the `-` under the one above; or keep only one `{}`",
            again.key, again.key
        ));
    Some(diagnostic)
}

/// Tells of a merge key.
pub(super) fn merge(input: Input<'_>, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(Code::BadYaml, "`<<` cannot take fields over from another place")
        .at(input.span(range), "not supported")
        .help("write the fields out here")
}

/// Tells of something in the place of a key that is none.
pub(super) fn none(input: Input<'_>, range: Range<usize>) -> Diagnostic {
    let words = input.text[range.clone()].lines().next().unwrap_or_default();
    let line = Line::at(input.text, range.start);
    let value = &input.text[line.value.clone()];
    if value.starts_with("{{") && line.value.contains(&range.start) {
        return Diagnostic::new(Code::BadYaml, "YAML reads a text that starts with `{` as fields")
            .at(input.span(line.value.clone()), "read as fields")
            .help(line.advice(input.text, value));
    }
    let diagnostic = match words.chars().next() {
        Some(open @ ('[' | '{')) => {
            let help = "if this is text, put it in quotes; a field is written `name: value`";
            Diagnostic::new(Code::BadYaml, format!("`{open}` cannot start the name of a field")).help(help)
        }
        _ => Diagnostic::new(Code::BadYaml, "a field has no name").help("write the name before the colon"),
    };
    diagnostic.at(input.span(range), "a name should stand here")
}

/// Explains a key that YAML gives up on, so that the reading breaks off at its colon or somewhere behind it.
pub(super) fn too_long(input: Input<'_>, trouble: &Trouble) -> Option<Mistake> {
    let text = input.text;
    let length = |line: &Line| line.name(text).map_or(0, |name| name.chars().count());
    let lines = [trouble.at, trouble.text_start].map(|at| Line::at(text, at));
    let line = lines.into_iter().find(|line| length(line) > LONGEST)?;
    let name = line.key.as_ref()?.span.clone();
    let diagnostic = bad(format!("the name of a field has {} characters", length(&line)))
        .at(input.span(name), format!("YAML reads at most {LONGEST}"))
        .help("shorten the name; a long text stands behind the colon");
    Some(Mistake { diagnostic, cover: with_value(text, &line).map(Cover::Lines) })
}

/// Returns the place of a key with its value, if nothing else stands on their lines.
fn with_value(text: &str, line: &Line) -> Option<Range<usize>> {
    let extent = line.extent(text, line.indent);
    if !text[line.value.clone()].starts_with(['{', '[']) {
        return Some(extent);
    }
    let end = line.value.start + brackets::matching(&text[line.value.start..])?;
    let rest = text[end..Line::at(text, end).end].trim();
    (rest.is_empty() || rest == ",").then_some(line.indent..end)
}
