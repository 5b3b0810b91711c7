//! The spreadsheet of TimelineJS, saved as CSV: rows to slides.
//!
//! Takes what spreadsheets write: a byte order mark, any line ends, line breaks in cells, commas, semicolons or tabs
//! between them; and the columns of the first template, with its dates in one cell.

use std::ops::Range;

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use serde_json::{Map, Value, json};

use crate::control::cleared;
use crate::diagnostic::Diagnostic;
use crate::import::{Imported, Input, Kind, bad};

use super::date::time_of_day;
use super::slide::{Slide, Timeline};

/// Where each column goes, in TimelineJS's terms.
const COLUMNS: [(&str, &[&str]); 26] = [
    ("year", &["start_date", "year"]),
    ("month", &["start_date", "month"]),
    ("day", &["start_date", "day"]),
    ("time", &["start_date", "time"]),
    ("end year", &["end_date", "year"]),
    ("end month", &["end_date", "month"]),
    ("end day", &["end_date", "day"]),
    ("end time", &["end_date", "time"]),
    ("start date", &["start_date"]),
    ("end date", &["end_date"]),
    ("display date", &["display_date"]),
    ("headline", &["text", "headline"]),
    ("text", &["text", "text"]),
    ("media", &["media", "url"]),
    ("media url", &["media", "url"]),
    ("media credit", &["media", "credit"]),
    ("media caption", &["media", "caption"]),
    ("media thumbnail", &["media", "thumbnail"]),
    ("alt text", &["media", "alt"]),
    ("link", &["media", "link"]),
    ("media link", &["media", "link"]),
    ("type", &["type"]),
    ("group", &["group"]),
    ("tag", &["group"]),
    ("background", &["background"]),
    ("unique id", &["unique_id"]),
];

/// Reads a spreadsheet. What is wrong with a row goes to `imported`, and the rest is read all the same.
pub(super) fn read(input: &Input<'_>, imported: &mut Imported) -> Result<Timeline, Box<Diagnostic>> {
    let text = input.text.trim_start_matches('\u{feff}');
    let skipped = input.text.len() - text.len();
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut timeline = Timeline::default();
    let mut columns: Option<Vec<String>> = None;
    let mut empty = 0;
    // A reader of bytes in memory fails at nothing: rows may have any length, and the text is UTF-8.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let at = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let row = Row::new(input, skipped + at.min(text.len()), StringRecord::from_byte_record_lossy(record.clone()));
        let Some(columns) = &columns else {
            if row.is_empty() {
                continue;
            }
            columns = Some(row.columns(input)?);
            continue;
        };
        if row.is_empty() {
            empty += 1;
            continue;
        }
        add(&mut timeline, row.slide(columns, input, imported));
    }
    if columns.is_none() {
        return Err(Box::new(
            bad("the file is empty")
                .at(input.span(0..0), "")
                .help("save the spreadsheet as CSV again, with its first row"),
        ));
    }
    if empty > 0 {
        imported.report.note(Kind::Changed, "empty rows", format!("{empty} left out"));
    }
    Ok(timeline)
}

/// Puts a slide where its type says.
fn add(timeline: &mut Timeline, mut slide: Slide) {
    let kind = slide.fields.get("type").and_then(Value::as_str).unwrap_or_default().trim().to_lowercase();
    if matches!(&*kind, "title" | "era" | "event") {
        slide.fields.remove("type");
    }
    match &*kind {
        "title" if timeline.title.is_none() => timeline.title = Some(slide),
        "era" => timeline.eras.push(slide),
        _ => timeline.events.push(slide),
    }
}

/// Returns what stands between the cells of the first row.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

struct Row {
    cells: Vec<String>,
    number: usize,
    range: Range<usize>,
}

impl Row {
    fn new(input: &Input<'_>, at: usize, record: StringRecord) -> Self {
        // The reader's place may be that of the line break before the row.
        let at = at + input.text[at..].len() - input.text[at..].trim_start_matches(['\r', '\n']).len();
        let line = input.text[at..].lines().next().unwrap_or_default();
        let number = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default());
        let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
        Self { cells, number, range: at..at + line.len() }
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// Reads the row as the names of the columns.
    fn columns(self, input: &Input<'_>) -> Result<Vec<String>, Box<Diagnostic>> {
        let names: Vec<String> = self.cells.iter().map(|cell| tidy(cell)).collect();
        if names.iter().any(|name| name == "headline" || name == "year" || name == "start date") {
            return Ok(names);
        }
        Err(Box::new(
            bad("the first row does not name the columns of TimelineJS's spreadsheet")
                .at(input.span(self.range), "`Year`, `Month`, `Day`, `Headline`, `Text` are missed here")
                .help("keep the first row of the template; a timeline in JSON begins with `{`"),
        ))
    }

    fn slide(self, columns: &[String], input: &Input<'_>, imported: &mut Imported) -> Slide {
        let place = format!("line {}", self.number);
        let mut fields = Map::new();
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let name = columns.get(at).map_or("", String::as_str);
            match COLUMNS.iter().find(|(known, _)| *known == name) {
                Some((_, [key])) => insert(&mut fields, key, cell),
                Some((_, [outer, key])) => match fields.entry(*outer).or_insert_with(|| json!({})) {
                    Value::Object(inner) => insert(inner, key, cell),
                    // `Start Date` and `Year` in one row: the whole date counts.
                    _ => insert(&mut fields, &format!("{outer}-{key}"), cell),
                },
                _ if name.is_empty() => insert(&mut fields, &format!("column-{}", at + 1), cell),
                _ => insert(&mut fields, &name.replace(' ', "-"), cell),
            }
        }
        for key in ["start_date", "end_date"] {
            if let Some(Value::Object(date)) = fields.get_mut(key)
                && let Some(fault) = with_time(date)
            {
                let column = if key == "start_date" { "Time" } else { "End Time" };
                let diagnostic = bad(format!("`{fault}` is not a time of day"))
                    .at(input.span(self.range.clone()), format!("in the column `{column}`"))
                    .help("write `14:30` or `2:30 pm`");
                imported.diagnostics.push(diagnostic);
                fields.insert(tidy(column).replace(' ', "-"), Value::from(fault));
            }
        }
        if let Some(Value::String(background)) = fields.get("background") {
            let key = if background.contains('/') { "url" } else { "color" };
            let background = json!({ key: background });
            fields.insert("background".to_owned(), background);
        }
        Slide { fields, place, range: self.range, is_json: false }
    }
}

/// Makes the parts of a time of day of its text; gives the text back where it is none.
fn with_time(date: &mut Map<String, Value>) -> Option<String> {
    let text = date.remove("time")?.as_str()?.to_owned();
    match time_of_day(&text) {
        Some(parts) => {
            date.extend(parts);
            None
        }
        None => Some(text),
    }
}

fn insert(fields: &mut Map<String, Value>, key: &str, cell: &str) {
    fields.entry(key).or_insert_with(|| Value::from(cell));
}

/// Lowercases, and makes one space of blanks, `_` and `-`.
fn tidy(name: &str) -> String {
    cleared(name).to_lowercase().replace(['_', '-'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
