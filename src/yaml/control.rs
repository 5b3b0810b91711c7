//! Characters that cannot be seen and that no text should have.

use super::input::Input;
use super::scan::Cover;
use crate::diagnostic::{Code, Diagnostic};

/// The most that are told; a file with more is no text.
const MOST: usize = 10;

/// A control character and the cover under which the text can be read.
pub(super) struct Found {
    pub(super) diagnostic: Diagnostic,
    pub(super) cover: Option<Cover>,
}

/// Finds the control characters of a text: those below a space but for tab and line breaks, DEL, and U+0080 to U+009F
/// but for NEL.
pub(super) fn characters(input: Input<'_>) -> impl Iterator<Item = Found> {
    // Nearly every text has none; bytes are quicker to look through than characters.
    let bytes = input.text.as_bytes();
    let suspicious = |(at, byte): (usize, &u8)| match byte {
        b'\t' | b'\n' | b'\r' => false,
        0..b' ' | 0x7f => true,
        0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x84 | 0x86..=0x9f)),
        _ => false,
    };
    let found = bytes.iter().enumerate().filter(move |item| suspicious(*item)).take(MOST);
    found.map(move |(at, _)| report(input, at))
}

fn report(input: Input<'_>, at: usize) -> Found {
    let letter = input.text[at..].chars().next().unwrap_or_default();
    let range = at..at + letter.len_utf8();
    let message = format!("the text holds a control character, U+{:04X}", u32::from(letter));
    let diagnostic = Diagnostic::new(Code::BadYaml, message)
        .at(input.span(range.clone()), "it cannot be seen")
        .help("delete it, and type the characters around it anew");
    Found { diagnostic, cover: Some(Cover::Value(range)) }
}
