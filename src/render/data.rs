//! `data/`: the claims as CSV and JSON, all of them and question by question.

use crate::view::{ClaimRow, Views};

/// The columns of CSV: the fields of a row, in their order.
const COLUMNS: [&str; 15] = [
    "id",
    "question",
    "figure",
    "hedge",
    "number",
    "number_high",
    "unit",
    "statement",
    "period",
    "said_by",
    "status",
    "sources",
    "disputes",
    "note",
    "page",
];

/// Makes the files: paths relative to the root of the output, and bytes.
pub(super) fn files(views: &Views<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let rows = views.rows();
    if rows.is_empty() {
        return files;
    }
    add(&mut files, "data/claims", &rows);
    for (question, rows) in views.question_rows() {
        add(&mut files, &format!("data/questions/{question}"), &rows);
    }
    files
}

fn add(files: &mut Vec<(String, Vec<u8>)>, stem: &str, rows: &[ClaimRow]) {
    files.push((format!("{stem}.csv"), csv(rows)));
    let mut json = serde_json::to_vec_pretty(rows).expect("rows of text are JSON");
    json.push(b'\n');
    files.push((format!("{stem}.json"), json));
}

/// Writes rows as CSV (RFC 4180), with a line of names.
fn csv(rows: &[ClaimRow]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("a vector takes everything");
    for row in rows {
        let row = serde_json::to_value(row).expect("a row of text is JSON");
        let cells = COLUMNS.iter().map(|column| cell(row[*column].as_str().unwrap_or_default()));
        writer.write_record(cells).expect("a vector takes everything");
    }
    writer.into_inner().expect("a vector takes everything")
}

/// Keeps a spreadsheet from taking a text for a formula: an apostrophe goes before `=`, `+`, `-`, `@` and control
/// characters, as OWASP advises, except where the cell is a number.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = text.parse::<rust_decimal::Decimal>().is_ok();
    if formula && !number { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, cell};
    use crate::view::ClaimRow;

    #[test]
    fn every_field_of_a_row_has_its_column() {
        let schema = serde_json::to_value(schemars::schema_for!(ClaimRow)).expect("a schema is JSON");
        let fields = schema["properties"].as_object().expect("a row has fields");
        assert_eq!(fields.len(), COLUMNS.len());
        assert!(COLUMNS.iter().all(|column| fields.contains_key(*column)));
    }

    #[test]
    fn a_formula_is_made_text_and_a_number_stays() {
        assert_eq!(cell("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(cell("-80.7"), "-80.7");
        assert_eq!(cell("up to $2bn"), "up to $2bn");
    }
}
