//! Rows as CSV (RFC 4180), safe to open in a spreadsheet, also in one that parts cells at another sign than a comma.

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

/// Where a spreadsheet may see the end of a cell, by its country and by what a reader has chosen, and the end of a row. A
/// quotation mark that stands within what it takes for one cell does not keep it from that.
const ENDS: [char; 5] = [';', '\t', '|', '\n', '\r'];

/// What a formula begins with, also in full width, which East Asian spreadsheets take for the same.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Writes rows, under a line of names.
pub(super) fn write(rows: &[ClaimRow]) -> Vec<u8> {
    let mut text = line(COLUMNS.iter().map(|column| (*column).to_owned()));
    for row in rows {
        let row = serde_json::to_value(row).expect("a row of text is JSON");
        text += &line(COLUMNS.iter().map(|column| cell(row[*column].as_str().unwrap_or_default())));
    }
    text.into_bytes()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(quoted).collect();
    cells.join(",") + "\r\n"
}

/// Puts a cell into quotation marks, also where it holds what ends a cell elsewhere: a spreadsheet that knows several such
/// signs at once keeps its columns.
fn quoted(cell: String) -> String {
    let is_bare = !cell.contains(|letter: char| matches!(letter, ',' | '"') || ENDS.contains(&letter));
    if is_bare { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

/// Keeps a spreadsheet from taking a text for a formula, as OWASP advises: an apostrophe goes before each sign that would
/// be the first one of a cell, at the beginning and wherever a cell may end, past white space and quotation marks that a
/// program may skip; except where the whole is a number. Control characters other than tabs and line ends are left out:
/// some readers end the file there.
fn cell(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    if text.parse::<rust_decimal::Decimal>().is_ok() {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\n', '\r']) {
        safe.push('\'');
    }
    let mut is_first = true;
    for letter in text.chars() {
        if is_first && SIGNS.contains(&letter) {
            safe.push('\'');
        }
        is_first =
            ENDS.contains(&letter) || (is_first && (letter.is_whitespace() || matches!(letter, '"' | '\u{feff}')));
        safe.push(letter);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, cell, line};
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
        assert_eq!(cell(" \u{a0}=1+1"), " \u{a0}'=1+1");
        assert_eq!(cell("\t=1+1"), "'\t'=1+1");
        assert_eq!(cell("\rx"), "'\rx");
        assert_eq!(cell("\"=1+1"), "\"'=1+1");
        assert_eq!(cell("-80.7"), "-80.7");
        assert_eq!(cell("up to $2bn"), "up to $2bn");
        assert_eq!(cell("north-west = 3 + 4, a@b"), "north-west = 3 + 4, a@b");
    }

    #[test]
    fn a_formula_behind_any_sign_that_may_end_a_cell_is_made_text() {
        for end in [";", "\t", "|", "\n", "\r\n", ";;", "; \"", "|\t "] {
            assert_eq!(cell(&format!("x{end}=1+1")), format!("x{end}'=1+1"), "{end:?}");
            assert_eq!(cell(&format!("x{end}y=1+1")), format!("x{end}y=1+1"), "{end:?}");
        }
        assert_eq!(cell("1;-2"), "1;'-2");
    }

    #[test]
    fn a_cell_with_any_sign_that_may_end_it_stands_in_quotation_marks() {
        let cells = ["a b", "a;b", "a\tb", "a|b", "a,b", "a\nb", "a\"b", ""].map(str::to_owned);
        let text = line(cells.clone().into_iter());
        assert_eq!(text, "a b,\"a;b\",\"a\tb\",\"a|b\",\"a,b\",\"a\nb\",\"a\"\"b\",\r\n");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let read = reader.records().next().expect("a row").expect("it is CSV");
        assert!(read.iter().eq(cells.iter().map(String::as_str)));
    }
}
