//! A timeline in parts: title slide, events, eras and the rest, each slide as the fields that it has.

use std::ops::Range;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
use crate::import::{Input, bad, json};

/// A timeline.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    pub(super) title: Option<Slide>,
    pub(super) events: Vec<Slide>,
    pub(super) eras: Vec<Slide>,
    /// The other fields of the file.
    pub(super) rest: Map<String, Value>,
}

/// A slide: its fields in TimelineJS's terms, and where it stands.
#[derive(Debug)]
pub(super) struct Slide {
    pub(super) fields: Map<String, Value>,
    /// What people call the place: `event 3`, `row 5`.
    pub(super) place: String,
    /// Its bytes in the file.
    pub(super) range: Range<usize>,
    /// Whether the file is JSON, in which the place of each field can be found.
    pub(super) is_json: bool,
}

impl Slide {
    /// Returns the bytes of a field in the file, or of the whole slide's beginning.
    pub(super) fn place_of(&self, text: &str, keys: &[&str]) -> Range<usize> {
        if self.is_json { json::place(text, self.range.clone(), keys) } else { self.range.clone() }
    }
}

/// Parts the JSON of a timeline.
pub(super) fn timeline(input: &Input<'_>, value: Value) -> Result<Timeline, Box<Diagnostic>> {
    let start = input.text.find(['{', '[']).unwrap_or_default();
    let strange =
        |range: Range<usize>, label: &str| {
            Box::new(bad("this is not a timeline of TimelineJS").at(input.span(range), label).help(
                "a timeline is `{\"events\": [{\"start_date\": {\"year\": 2019}, \"text\": {\"headline\": …}}, …]}`",
            ))
        };
    let Value::Object(mut fields) = value else {
        return Err(strange(start..start + 1, "a list where a timeline begins"));
    };
    if !matches!(fields.get("events"), Some(Value::Array(_))) {
        return Err(strange(start..start + 1, "it has no list `events`"));
    }
    let parts = json::parts(input.text, start);
    let part = |key: &str| parts.iter().rfind(|(name, _)| name.as_deref() == Some(key)).map(|(_, range)| range.clone());
    let mut list = |key: &str, noun: &str| {
        let (Some(Value::Array(items)), Some(range)) = (fields.get(key), part(key)) else { return Vec::new() };
        let ranges = json::parts(input.text, range.start);
        let slides = items.iter().zip(ranges).enumerate().map(|(at, (item, (_, range)))| Slide {
            fields: as_fields(item),
            place: format!("{noun} {}", at + 1),
            range,
            is_json: true,
        });
        let slides = slides.collect();
        fields.remove(key);
        slides
    };
    let (events, eras) = (list("events", "event"), list("eras", "era"));
    let title = match (fields.remove("title"), part("title")) {
        (Some(Value::Object(title)), Some(range)) if !title.is_empty() => {
            Some(Slide { fields: title, place: "title slide".to_owned(), range, is_json: true })
        }
        (Some(other), _) => {
            fields.insert("title".to_owned(), other);
            None
        }
        (None, _) => None,
    };
    Ok(Timeline { title, events, eras, rest: fields })
}

/// Returns the fields of a slide; what is none is kept as it is.
fn as_fields(value: &Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields.clone(),
        other => [("value".to_owned(), other.clone())].into_iter().collect(),
    }
}
