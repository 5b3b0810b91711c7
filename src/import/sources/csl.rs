//! CSL-JSON (schema 1.0.2), as Zotero, Pandoc and this program write it: one source, or a list.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
use crate::import::json::{self, take_text, without_empty};
use crate::import::report::Kind;
use crate::import::{Imported, Input, bad, html};
use crate::load::raw::RawSourceKind;
use crate::model::Id;
use crate::model::date::Date;

use super::note::note;
use super::{Ids, Source, add, address, is_address, names};

/// Imports CSL-JSON into `content/sources.yaml`.
pub fn csl(input: &Input<'_>) -> Imported {
    let value = match json::read(input) {
        Ok(value) => value,
        Err(diagnostic) => return Imported::failed(*diagnostic),
    };
    let start = input.text.find(['[', '{']).unwrap_or_default();
    let (items, ranges) = match value {
        Value::Array(items) => {
            let ranges = json::parts(input.text, start).into_iter().map(|(_, range)| range).collect();
            (items, ranges)
        }
        // Better BibTeX wraps its list.
        Value::Object(mut map) if matches!(map.get("items"), Some(Value::Array(_))) => {
            let place = json::place(input.text, start..input.text.len(), &["items"]);
            let ranges = json::parts(input.text, place.start).into_iter().map(|(_, range)| range).collect();
            match map.remove("items") {
                Some(Value::Array(items)) => (items, ranges),
                _ => (Vec::new(), Vec::new()),
            }
        }
        one => (vec![one], Vec::from([Range { start, end: input.text.len() }])),
    };
    let given = items.iter().filter_map(|item| item.get("id").and_then(Value::as_str));
    let keys: BTreeSet<String> = given.map(str::to_owned).collect();
    let mut imported = Imported::default();
    let mut ids = Ids::default();
    let mut sources = Vec::new();
    for (item, range) in items.into_iter().zip::<Vec<Range<usize>>>(ranges) {
        let Value::Object(map) = item else {
            let range = range.start..range.end.min(range.start + 80);
            imported.diagnostics.push(no_source(input, range, "a source is an object with a `type` and a `title`"));
            continue;
        };
        if !["type", "title", "author", "issued", "URL", "id"].iter().any(|key| map.contains_key(*key)) {
            imported.diagnostics.push(no_source(input, range.start..range.start + 1, "it has no field of CSL"));
            continue;
        }
        sources.extend(source(map, &keys, &mut ids, &mut imported));
    }
    add(input, sources, imported)
}

fn no_source(input: &Input<'_>, range: Range<usize>, label: &str) -> Diagnostic {
    bad("this is not a source in CSL-JSON")
        .at(input.span(range), label)
        .help("export it again as CSL-JSON; BibTeX is imported with `dateline import bibtex`")
}

fn source(
    mut map: Map<String, Value>,
    keys: &BTreeSet<String>,
    ids: &mut Ids,
    imported: &mut Imported,
) -> Option<Source> {
    let mut source = Source::default();
    let ours = Ours::take(&mut map, keys);
    let keys = [take_text(&mut map, "citation-key"), take_text(&mut map, "id")];
    // Until it has its own, messages name it as its file does.
    let given = keys.into_iter().flatten().next().unwrap_or_default();
    source.id.clone_from(&given);
    let title = take_text(&mut map, "title").map(|title| tidy(&title));
    let kind = take_text(&mut map, "type").unwrap_or_default();
    source.kind = kind_of(&kind);
    if !kind.is_empty() && source.kind != kind {
        source.keep("type", kind);
    }
    if let Some(Value::Array(authors)) = map.get("author") {
        source.author = authors.iter().filter_map(names::of_csl).collect();
        map.remove("author");
    }
    source.set("container-title", take_text(&mut map, "container-title").map(|title| tidy(&title)));
    source.set("publisher", take_text(&mut map, "publisher"));
    source.set("number", take_text(&mut map, "number"));
    let issued = map.remove("issued");
    date(&mut source, "issued", ours.issued.map(Value::from).or(issued), imported);
    let url = take_text(&mut map, "URL");
    let doi = map.get("DOI").and_then(Value::as_str).map(|doi| format!("https://doi.org/{}", doi.trim()));
    source.set_url(url.or(doi));
    date(&mut source, "accessed", map.remove("accessed"), imported);
    match take_text(&mut map, "archive") {
        Some(archive) if is_address(&archive) && ours.archive.is_none() => {
            source.set("archive", Some(address(&archive)));
        }
        Some(archive) => source.keep("archive", archive),
        None => {}
    }
    source.set("archive", ours.archive.as_deref().map(address));
    source.set("origin", ours.origin);
    note(&mut source, &mut map);
    for (key, value) in map {
        if let Some(value) = without_empty(value) {
            source.extra.insert(key, value);
        }
    }
    source.title = title.unwrap_or_default();
    source.id = ids.take(&given, &source, imported)?;
    if source.title.is_empty() {
        source.title.clone_from(&source.id);
        imported.report.note(Kind::Changed, &source.id, "it has no title: its id stands there");
    }
    Some(source)
}

/// What this program writes under `custom`, because CSL has no variable for it.
struct Ours {
    archive: Option<String>,
    origin: Option<String>,
    issued: Option<String>,
}

impl Ours {
    /// Takes it out of a source, as far as it can stand in sources.yaml; anything else under `custom` stays there.
    fn take(map: &mut Map<String, Value>, keys: &BTreeSet<String>) -> Self {
        let Some(Value::Object(custom)) = map.get_mut("custom") else {
            return Self { archive: None, origin: None, issued: None };
        };
        let mut take = |key: &str, fits: &dyn Fn(&str) -> bool| {
            let text = custom.get(key).and_then(Value::as_str).filter(|text| fits(text)).map(str::to_owned);
            if text.is_some() {
                custom.remove(key);
            }
            text
        };
        Self {
            archive: take("archive", &is_address),
            origin: take("origin", &|id| keys.contains(id) && Id::parse(id).is_some()),
            issued: take("issued", &|date| Date::parse(date).is_ok()),
        }
    }
}

fn kind_of(kind: &str) -> String {
    let known: Option<RawSourceKind> = serde_json::from_value(Value::from(kind)).ok();
    known.unwrap_or_default().name()
}

/// Titles may carry `<i>` and the like.
fn tidy(text: &str) -> String {
    if text.contains("</") { html::plain(text) } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

fn date(source: &mut Source, field: &'static str, value: Option<Value>, imported: &mut Imported) {
    let Some(value) = value.and_then(without_empty) else { return };
    match text(&value) {
        Some(text) => source.set_date(field, &text, imported),
        None => {
            imported.report.note(Kind::Date, &source.id, format!("`{field}` cannot be read"));
            source.keep(field, value);
        }
    }
}

/// Writes a date of CSL as EDTF, or as the words that it has.
fn text(value: &Value) -> Option<String> {
    if let Some(text) = value.as_str() {
        return Some(text.trim().to_owned());
    }
    let words = ["raw", "literal", "edtf"].iter().find_map(|key| value.get(key)?.as_str());
    let Some(parts) = value.get("date-parts").and_then(Value::as_array) else {
        return words.map(|words| words.trim().to_owned());
    };
    let circa =
        value.get("circa").is_some_and(|circa| !matches!(circa, Value::Bool(false)) && circa.as_i64() != Some(0));
    let mark = if circa { "~" } else { "" };
    let season = value.get("season").and_then(number).filter(|season| (1..=4).contains(season));
    let ends: Option<Vec<String>> =
        parts.iter().take(2).map(|part| one(part, season).map(|text| text + mark)).collect();
    match ends?.as_slice() {
        [one] => Some(one.clone()),
        [start, end] if start == end => Some(start.clone()),
        [start, end] => Some(format!("{start}/{end}")),
        _ => None,
    }
}

/// Writes year, month and day. CSL has −1 for 1 BC, and months from 13 or 21 for seasons.
fn one(parts: &Value, season: Option<i64>) -> Option<String> {
    let numbers: Vec<i64> = parts.as_array()?.iter().map_while(number).collect();
    let year = match *numbers.first()? {
        0 => return None,
        year if year < 0 => year + 1,
        year => year,
    };
    let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
    let month = match (numbers.get(1), season) {
        (Some(month @ 13..=16), _) => Some(month + 8),
        (Some(0), _) => None,
        (Some(month), _) => Some(*month),
        (None, season) => season.map(|season| season + 20),
    };
    let day = numbers.get(2).filter(|day| **day > 0 && month.is_some_and(|month| month <= 12));
    let parts = [month, day.copied()];
    Some(parts.into_iter().flatten().fold(year, |text, part| format!("{text}-{part:02}")))
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::text;

    #[test]
    fn a_date_of_csl_becomes_edtf() {
        for (csl, edtf) in [
            (json!({"date-parts": [[2019, 8, 5]]}), Some("2019-08-05")),
            (json!({"date-parts": [["2019", "8"]]}), Some("2019-08")),
            (json!({"date-parts": [[2019]], "circa": true}), Some("2019~")),
            (json!({"date-parts": [[2019]], "season": 2}), Some("2019-22")),
            (json!({"date-parts": [[2019, 13]]}), Some("2019-21")),
            (json!({"date-parts": [[2019], [2021, 6]]}), Some("2019/2021-06")),
            (json!({"date-parts": [[-44, 3, 15]]}), Some("-0043-03-15")),
            (json!({"raw": "2019-08"}), Some("2019-08")),
            (json!({"literal": "c. 1890"}), Some("c. 1890")),
            (json!("2019"), Some("2019")),
            (json!({"date-parts": [[]]}), None),
            (json!({}), None),
        ] {
            assert_eq!(text(&csl).as_deref(), edtf, "{csl}");
        }
        assert_eq!(text(&Value::Null), None);
    }
}
