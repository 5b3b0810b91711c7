//! JSON with places: reads a text, and finds where in it a value stands.
//!
//! serde_json reads and gives the place of what it cannot read. Where a value that was read stands is looked for only
//! when a message needs it.

use std::ops::Range;

use serde_json::{Map, Value};

use crate::control::cleared;
use crate::diagnostic::{Diagnostic, floor};

use super::{Input, bad};

/// Reads JSON. A byte order mark is passed over; nesting beyond 128 levels is refused.
pub(super) fn read(input: &Input<'_>) -> Result<Value, Box<Diagnostic>> {
    let text = input.text.trim_start_matches('\u{feff}');
    let skipped = input.text.len() - text.len();
    serde_json::from_str(text).map_err(|error| {
        let at = skipped + offset(text, error.line(), error.column());
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or(&words).to_owned();
        let end = input.text[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
        Box::new(
            bad("this is not JSON")
                .at(input.span(at..end), words)
                .help("mend it here, or export it again; a file from a spreadsheet ends in `.csv`"),
        )
    })
}

/// serde_json counts lines from 1 and columns in bytes, to the byte that it stopped at.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    floor(text, start + column.saturating_sub(1))
}

/// Returns the places of the items of a list, or of the values of a map with their keys: what stands directly in the
/// value that begins at `at`. `text` is JSON that was read before.
pub(super) fn parts(text: &str, at: usize) -> Vec<(Option<String>, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut depth, mut start, mut key) = (0_usize, None, None);
    let mut at = at;
    while at < bytes.len() {
        let from = at;
        match bytes[at] {
            b'"' => {
                at = string_end(bytes, at);
                if depth == 1 {
                    start.get_or_insert(from);
                }
                continue;
            }
            b'{' | b'[' => {
                if depth == 1 {
                    start.get_or_insert(from);
                }
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    found.extend(start.take().map(|start: usize| (key.take(), trimmed(text, start..from))));
                    break;
                }
            }
            b':' if depth == 1 => {
                key = start.take().and_then(|start: usize| serde_json::from_str(text[start..from].trim()).ok());
            }
            b',' if depth == 1 => {
                found.extend(start.take().map(|start: usize| (key.take(), trimmed(text, start..from))));
            }
            byte if depth == 1 && !byte.is_ascii_whitespace() => {
                start.get_or_insert(from);
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Follows keys from the value that begins at `at`; where one is not there, the place of the last that is.
pub(super) fn place(text: &str, whole: Range<usize>, keys: &[&str]) -> Range<usize> {
    let mut place = whole;
    for key in keys {
        match parts(text, place.start).into_iter().find(|(name, _)| name.as_deref() == Some(key)) {
            Some((_, found)) => place = found,
            None => break,
        }
    }
    place
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

/// Takes a text out of a map: trimmed, without control characters; numbers are texts too. Empty is nothing.
pub(super) fn take_text(map: &mut Map<String, Value>, key: &str) -> Option<String> {
    let text = match map.get(key)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    map.remove(key);
    let text = cleared(&text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Takes a map out of a map; anything else stays.
pub(super) fn take_map(map: &mut Map<String, Value>, key: &str) -> Option<Map<String, Value>> {
    match map.remove(key)? {
        Value::Object(inner) => Some(inner),
        other => {
            if !other.is_null() {
                map.insert(key.to_owned(), other);
            }
            None
        }
    }
}

/// Takes out what says nothing: empty texts, lists, maps and nulls.
pub(super) fn without_empty(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(items) => {
            let items: Vec<Value> = items.into_iter().filter_map(without_empty).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(map) => {
            let map: Map<String, Value> =
                map.into_iter().filter_map(|(key, value)| Some((key, without_empty(value)?))).collect();
            (!map.is_empty()).then_some(Value::Object(map))
        }
        value => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{parts, place};

    #[test]
    fn values_are_found_where_they_stand() {
        let text = r#" {"a": [1, {"b" : "x, }]\" "}, "y" ], "c": {"d": -2.5e3 }}"#;
        let found: Vec<_> = parts(text, 1).into_iter().map(|(key, range)| (key, &text[range])).collect();
        assert_eq!(found[1], (Some("c".to_owned()), "{\"d\": -2.5e3 }"));
        let list = place(text, 1..text.len(), &["a"]);
        let items: Vec<_> = parts(text, list.start).into_iter().map(|(_, range)| &text[range]).collect();
        assert_eq!(items, ["1", "{\"b\" : \"x, }]\\\" \"}", "\"y\""]);
        assert_eq!(&text[place(text, 1..text.len(), &["c", "d"])], "-2.5e3");
        assert_eq!(&text[place(text, 1..text.len(), &["c", "e"])], "{\"d\": -2.5e3 }");
    }
}
