//! What must hold for diagnostics: each place lies in a file that is there, and each way to print them prints it.

use dateline::diagnostic::{Diagnostics, Style, draw, github, json, sarif};
use dateline::file::Files;

/// Draws diagnostics in every way that the program has.
///
/// # Panics
///
/// Where one points at nothing, or cannot be printed.
pub(crate) fn assert_drawn(found: &Diagnostics, files: &Files) {
    let text = |path: &str| files.text(path).map(|text| &**text);
    for diagnostic in found.iter() {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let span = &label.span;
            match files.text(&span.file) {
                Some(text) => {
                    assert!(
                        text.get(span.start..span.end).is_some(),
                        "points beside letters: {diagnostic:?} in {text:?}"
                    )
                }
                None => assert!(
                    files.asset(&span.file).is_some() && span.start == 0 && span.end == 0,
                    "points into a file that is not there: {diagnostic:?}"
                ),
            }
        }
        assert!(!diagnostic.message.is_empty(), "says nothing: {diagnostic:?}");
        for style in [Style::Plain, Style::Color] {
            assert!(!draw(diagnostic, style, &text).is_empty(), "is drawn as nothing: {diagnostic:?}");
        }
    }
    for report in [json(found, &text), sarif(found, "a/b", &text)] {
        serde_json::from_str::<serde_json::Value>(&report).expect("a report is JSON");
    }
    let lines = github(found, "a/b", &text);
    assert_eq!(lines.lines().count(), found.iter().count(), "each diagnostic is one line for GitHub: {lines}");
}
