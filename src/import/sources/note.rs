//! Notes of CSL: some are remarks for readers, and in some a program keeps what CSL has no variable for.

use serde_json::{Map, Value};

use crate::import::html;
use crate::import::json::take_text;

use super::Source;

/// A note is shown; what programs keep in it (`key: value`) is not for readers.
pub(super) fn note(source: &mut Source, map: &mut Map<String, Value>) {
    let Some(note) = take_text(map, "note") else { return };
    let is_data = note.lines().any(|line| line.split_once(':').is_some_and(|(key, value)| is_key(key, value)));
    if is_data || note.contains('\n') {
        source.keep("note", note);
    } else {
        source.set("note", Some(html::escaped(&note)));
    }
}

/// Whether programs keep a value under this word, as in `PMID: 123`, `tex.x: y` or `Publisher: P`. A sentence may begin with a
/// word and a colon too: `Update: the page is gone`.
fn is_key(key: &str, value: &str) -> bool {
    const FIELDS: [&str; 27] = [
        "accessed",
        "archive",
        "author",
        "company",
        "date",
        "edition",
        "editor",
        "event",
        "genre",
        "institution",
        "issue",
        "issued",
        "language",
        "medium",
        "number",
        "page",
        "pages",
        "place",
        "publisher",
        "section",
        "series",
        "source",
        "status",
        "title",
        "type",
        "version",
        "volume",
    ];
    let key = key.trim();
    let is_name = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let begins_a_sentence = key.starts_with(|c: char| c.is_ascii_uppercase())
        && key.chars().skip(1).all(|c| c.is_ascii_lowercase())
        && !FIELDS.contains(&&*key.to_lowercase());
    is_name && !begins_a_sentence && !value.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn a_note_that_begins_with_a_word_and_a_colon_is_a_note() {
        for (key, value, is) in [
            ("PMID", " 123", true),
            ("tex.x", " y", true),
            ("original-date", " 1890", true),
            ("arXiv", " 1", true),
            ("type", "dance", true),
            ("Update", " the page is gone", false),
            ("Publisher", " P", true),
            ("https", "//a.example is gone", false),
            ("The address", " gone", false),
            ("", " x", false),
        ] {
            assert_eq!(is_key(key, value), is, "{key}:{value}");
        }
    }
}
