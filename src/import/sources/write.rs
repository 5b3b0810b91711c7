//! Writes sources as lines of sources.yaml, and puts them into the editor's text.

use std::ops::Range;

use serde_json::Value;

use crate::import::yaml;

use super::Source;

/// Writes a source, from its id to its last field.
pub(super) fn source(source: &Source, indent: usize) -> String {
    let mut out = format!("{}{}:\n", " ".repeat(indent), key(&source.id));
    let inner = indent + 2;
    let mut text = |name: &str, value: &str| yaml::field(&mut out, inner, name, &Value::from(value));
    text("type", &source.kind);
    text("title", &source.title);
    if !source.author.is_empty() {
        yaml::field(&mut out, inner, "author", &Value::Array(source.author.clone()));
    }
    for (name, value) in &source.fields {
        if matches!(*name, "issued" | "accessed") {
            out.push_str(&format!("{}{name}: {value}\n", " ".repeat(inner)));
        } else {
            yaml::field(&mut out, inner, name, &Value::from(value.as_str()));
        }
    }
    if !source.extra.is_empty() {
        yaml::field(&mut out, inner, "extra", &Value::Object(source.extra.clone()));
    }
    out
}

/// An id needs quotes only where it is a word or a number to YAML.
fn key(id: &str) -> String {
    if id.contains('-') && id.starts_with(char::is_alphanumeric) && id.contains(char::is_alphabetic) {
        id.to_owned()
    } else {
        yaml::scalar(id)
    }
}

/// Puts sources after the last one, each after an empty line.
pub(super) fn append(text: &mut String, sources: &[String]) {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    for source in sources {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(line_end);
        }
        if !text.is_empty() {
            text.push_str(line_end);
        }
        text.push_str(&source.replace('\n', line_end));
    }
}

/// Returns the lines of a source from its key to its end; `None` where something else stands on them.
pub(super) fn lines_of(text: &str, key: usize, end: usize) -> Option<Range<usize>> {
    let start = text[..key].rfind('\n').map_or(0, |at| at + 1);
    let last = text[..end].trim_end().len().max(start);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    let after = text[last..end].trim();
    let alone =
        text[start..key].chars().all(|c| matches!(c, ' ' | '"' | '\'')) && (after.is_empty() || after.starts_with('#'));
    alone.then_some(start..end)
}

/// Replaces the lines of sources, which are in the order of the text.
pub(super) fn replace(text: &str, sources: &[(Range<usize>, String)]) -> String {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (lines, source) in sources {
        out.push_str(&text[at..lines.start]);
        out.push_str(&source.replace('\n', line_end));
        at = lines.end;
    }
    out + &text[at..]
}
