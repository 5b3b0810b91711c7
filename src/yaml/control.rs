//! Characters that cannot be seen and that no text should have.

use super::input::Input;
use super::scan::Cover;
use crate::control;
use crate::diagnostic::{Code, Diagnostic};

/// Characters that look like a space, or like nothing, and are no indentation to YAML.
const LIKE_SPACES: [char; 7] = ['\u{A0}', '\u{2007}', '\u{202F}', '\u{3000}', '\u{200B}', '\u{2060}', '\u{FEFF}'];

/// Finds lines that begin with a character that only looks like a space. Texts from web pages and word processors have them.
pub(super) fn indentation(input: Input<'_>) -> impl Iterator<Item = Found> {
    // In most texts no line begins with a letter outside of ASCII.
    let mut start = 0;
    let lines = input.text.split_inclusive('\n').map(move |line| {
        start += line.len();
        (start - line.len(), line.trim_end_matches(['\n', '\r']))
    });
    let found = lines.filter(|(at, line)| {
        // A file may begin with a byte order mark.
        let is_mark = *at == 0 && line.starts_with('\u{FEFF}');
        !is_mark && line.starts_with(LIKE_SPACES) && !line.trim_matches(LIKE_SPACES).trim().is_empty()
    });
    found.take(MOST).map(move |(at, line)| {
        let hidden = line.chars().next().unwrap_or_default();
        let indent = line.len() - line.trim_start_matches(|c| c == ' ' || LIKE_SPACES.contains(&c)).len();
        let message =
            format!("the line is indented by invisible characters (U+{:04X}), not by spaces", u32::from(hidden));
        let diagnostic = Diagnostic::new(Code::BadYaml, message)
            .at(input.span(at..at + indent), "they look like spaces and are none")
            .help("delete everything before the first word of the line, and type spaces");
        Found { diagnostic, cover: Some(Cover::Lines(at..at + line.len())) }
    })
}

/// The most that are told; a file with more is no text.
const MOST: usize = 10;

/// A control character and the cover under which the text can be read.
pub(super) struct Found {
    pub(super) diagnostic: Diagnostic,
    pub(super) cover: Option<Cover>,
}

/// Finds the control characters of a text.
pub(super) fn characters(input: Input<'_>) -> impl Iterator<Item = Found> {
    control::characters(input.text).take(MOST).map(move |(range, letter)| {
        let diagnostic = control::told(Code::BadYaml, letter, input.file, input.outer(range.clone()));
        Found { diagnostic, cover: Some(Cover::Value(range)) }
    })
}
