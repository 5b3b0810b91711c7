//! Markers: how holes travel through an HTML writer and a sanitiser.
//!
//! A hole is put into the text as its number between two noncharacters of Unicode, which no text may hold for
//! interchange, and cut out again when the HTML is made. Both take three bytes in UTF-8, as U+FFFD does, so that
//! replacing them in a text typed by somebody moves no place.

use super::{Hole, Piece};

const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// Returns the marker of a hole.
pub(super) fn marker(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// Returns a text without the characters that markers are made of.
pub(super) fn without_markers(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) { text.replace([OPEN, CLOSE], "\u{FFFD}").into() } else { text.into() }
}

/// Cuts HTML at its markers.
pub(super) fn pieces(html: &str, holes: &[Hole]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (number, after) = after.split_once(CLOSE).expect("a marker is written whole");
        if !before.is_empty() {
            pieces.push(Piece::Html(before.to_owned()));
        }
        if let Some(hole) = number.parse().ok().and_then(|number: usize| holes.get(number)) {
            pieces.push(Piece::Hole(hole.clone()));
        }
        rest = after;
    }
    if !rest.trim().is_empty() {
        pieces.push(Piece::Html(rest.to_owned()));
    }
    pieces.shrink_to_fit();
    pieces
}
