//! Rows as CSV (RFC 4180), safe to open in a spreadsheet.

use crate::view::ClaimRow;

/// The columns: the fields of a row, in their order.
pub(super) const COLUMNS: [&str; 15] = [
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

/// Writes rows, under a line of names.
pub(super) fn write(rows: &[ClaimRow]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("a vector takes everything");
    for row in rows {
        let row = serde_json::to_value(row).expect("a row of text is JSON");
        let cells = COLUMNS.iter().map(|column| cell(row[*column].as_str().unwrap_or_default()));
        writer.write_record(cells).expect("a vector takes everything");
    }
    writer.into_inner().expect("a vector takes everything")
}

/// Keeps a spreadsheet from taking a text for a formula: an apostrophe goes before `=`, `+`, `-`, `@`, their full-width
/// forms and white space that a program may skip, as OWASP advises, except where the cell is a number. Control
/// characters other than tabs and line ends are left out: some readers end the file there.
fn cell(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let number = text.parse::<rust_decimal::Decimal>().is_ok();
    if formula && !number { format!("'{text}") } else { text }
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
        assert_eq!(cell("\0=1+1"), "'=1+1");
        assert_eq!(cell("＝1+1"), "'＝1+1");
        assert_eq!(cell("-80.7"), "-80.7");
        assert_eq!(cell("up to $2bn"), "up to $2bn");
    }
}
