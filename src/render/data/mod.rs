//! `data/`: the claims as CSV and JSON, all of them and question by question; the timeline for TimelineJS; the sources as
//! CSL-JSON and BibLaTeX. And what `data.html` says of each.

mod bibtex;
mod csv;

use std::sync::Arc;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Site;
use crate::view::{ClaimRow, CslItem, DataField, DataFile, TimelineEvent, TimelineFile, Views, escape_html};

/// A file of `data/` with its bytes.
pub(super) struct Made {
    pub(super) file: DataFile,
    pub(super) bytes: Arc<[u8]>,
}

/// Makes the files: of claims, events and sources as far as there are any.
pub(super) fn files(site: &Site, views: &Views<'_>) -> Vec<Made> {
    let mut files = Vec::new();
    if !site.config.outputs.data {
        return files;
    }
    let rows = views.rows();
    if !rows.is_empty() {
        let title = views.interface("data_claims", "Claims");
        let fields = fields::<ClaimRow>(&csv::COLUMNS);
        files.extend(claims("claims", &title, "data/claims", &rows, &fields));
    }
    if !site.timeline.is_empty() {
        files.push(timeline(site, views));
    }
    if !site.sources.is_empty() {
        files.extend(sources(site, views));
    }
    for (question, rows) in views.question_rows() {
        let title = site.index.question(&question).map(|at| site.questions[at].title.as_str()).unwrap_or_default();
        files.extend(claims("question", title, &format!("data/questions/{question}"), &rows, &[]));
    }
    files
}

fn claims(holds: &'static str, title: &str, stem: &str, rows: &[ClaimRow], fields: &[DataField]) -> [Made; 2] {
    let file = |format, media_type, end: &str, fields: &[DataField]| DataFile {
        holds,
        title: title.to_owned(),
        path: format!("{stem}.{end}"),
        format,
        media_type,
        size: String::new(),
        rows: rows.len(),
        fields: fields.to_vec(),
    };
    [
        Made::new(file("CSV", "text/csv", "csv", fields), csv::write(rows)),
        Made::new(file("JSON", "application/json", "json", &[]), json(rows)),
    ]
}

fn timeline(site: &Site, views: &Views<'_>) -> Made {
    let events: Vec<TimelineEvent> =
        site.timeline.par_iter().filter_map(|at| views.timeline_event(&site.pages[*at])).collect();
    let file = DataFile {
        holds: "timeline",
        title: views.interface("data_timeline", "Timeline"),
        path: "data/timeline.json".to_owned(),
        format: "TimelineJS 3",
        media_type: "application/json",
        size: String::new(),
        rows: events.len(),
        fields: fields::<TimelineEvent>(&TimelineEvent::FIELDS),
    };
    Made::new(file, json(&TimelineFile::new(views.timeline_title(), events)))
}

fn sources(site: &Site, views: &Views<'_>) -> [Made; 2] {
    let file = |path: &str, format, media_type, fields| DataFile {
        holds: "sources",
        title: views.interface("data_sources", "Sources"),
        path: path.to_owned(),
        format,
        media_type,
        size: String::new(),
        rows: site.sources.len(),
        fields,
    };
    let csl_fields = fields::<CslItem>(&CslItem::FIELDS);
    let bib_fields = bibtex::FIELDS.iter().map(|(name, text)| field(name, text)).collect();
    [
        Made::new(
            file("data/sources.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_fields),
            json(&views.csl()),
        ),
        Made::new(
            file("data/sources.bib", "BibLaTeX", "application/x-bibtex", bib_fields),
            bibtex::write(site.sources.values()),
        ),
    ]
}

impl Made {
    fn new(file: DataFile, bytes: Vec<u8>) -> Self {
        Self { file: DataFile { size: size(bytes.len()), ..file }, bytes: bytes.into() }
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("rows of text are JSON");
    bytes.push(b'\n');
    bytes
}

/// Returns a number of bytes in the unit that a reader knows, rounded up: what has bytes has at least one kilobyte.
fn size(bytes: usize) -> String {
    match bytes.div_ceil(1000) {
        kilobytes @ ..1000 => format!("{kilobytes}\u{a0}kB"),
        kilobytes => format!("{}\u{a0}MB", kilobytes.div_ceil(1000)),
    }
}

/// Returns what the documentation of a type says of its fields, so that the page cannot say something else.
fn fields<T: JsonSchema>(names: &[&str]) -> Vec<DataField> {
    let schema = serde_json::to_value(schemars::schema_for!(T)).expect("a schema is JSON");
    let text = |name: &str| schema["properties"][name]["description"].as_str().unwrap_or_default().to_owned();
    names.iter().map(|name| field(name, &text(name))).collect()
}

fn field(name: &str, text: &str) -> DataField {
    let mut html = String::new();
    for (part, text) in text.split('`').enumerate() {
        html.push_str(&match part % 2 {
            1 => format!("<code>{}</code>", escape_html(text)),
            _ => escape_html(&text.replace('\'', "’")),
        });
    }
    DataField { name: name.to_owned(), description_html: html.replace('\n', " ") }
}

#[cfg(test)]
mod tests {
    use super::{fields, size};
    use crate::view::{ClaimRow, CslItem, TimelineEvent};

    #[test]
    fn every_field_is_explained() {
        let all = [
            fields::<ClaimRow>(&super::csv::COLUMNS),
            fields::<TimelineEvent>(&TimelineEvent::FIELDS),
            fields::<CslItem>(&CslItem::FIELDS),
        ];
        for field in all.concat() {
            assert!(!field.description_html.is_empty(), "nothing is said of {}", field.name);
            assert!(!field.description_html.contains(['`', '\'']), "{}", field.description_html);
            assert!(!field.description_html.contains("&#39;"), "{}", field.description_html);
        }
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(
            [size(1), size(1000), size(1001), size(1_000_001)],
            ["1\u{a0}kB", "1\u{a0}kB", "2\u{a0}kB", "2\u{a0}MB"]
        );
    }
}
