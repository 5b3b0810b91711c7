//! Markers: how holes travel through an HTML writer and a sanitiser.
//!
//! A hole is put into the text as its number between two noncharacters of Unicode, which no text may hold for
//! interchange, and cut out again when the HTML is made. Both take three bytes in UTF-8, as U+FFFD does, so that
//! replacing them in a text typed by somebody moves no place.

use super::{Hole, Piece};

pub(super) const OPEN: char = '\u{FDD0}';
pub(super) const CLOSE: char = '\u{FDD1}';

/// Returns the marker of a hole.
pub(super) fn marker(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// Returns a text without the characters that markers are made of.
pub(super) fn without_markers(text: &str) -> std::borrow::Cow<'_, str> {
    // One after the other: a search for a single character goes by blocks of bytes.
    if text.contains(OPEN) || text.contains(CLOSE) {
        text.replace([OPEN, CLOSE], "\u{FFFD}").into()
    } else {
        text.into()
    }
}

/// Cuts HTML at its markers.
///
/// In HTML that was typed, and then cleaned, a tag may open before what Markdown makes and close behind it:
/// `<div title="`, a blank line, a link. There the link stands in a value, which the quotes that fill the hole would end. So
/// only what is plain text fills a hole inside of a tag; the others are left out.
pub(super) fn pieces(html: &str, holes: &[Hole], cleaned: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    let mut inside = Inside::Text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (number, after) = after.split_once(CLOSE).expect("a marker is written whole");
        if !before.is_empty() {
            pieces.push(Piece::Html(before.to_owned()));
        }
        if cleaned {
            inside = inside.after(before);
        }
        let hole = number.parse().ok().and_then(|number: usize| holes.get(number));
        if let Some(hole) = hole.filter(|hole| inside == Inside::Text || matches!(hole, Hole::Prefix)) {
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

/// What a place in HTML is inside of, as the sanitiser writes it: values between double quotes, `<` and `>` in texts escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Tag,
    Value,
}

impl Inside {
    fn after(self, html: &str) -> Self {
        html.bytes().fold(self, |inside, byte| match (inside, byte) {
            (Self::Text, b'<') | (Self::Value, b'"') => Self::Tag,
            (Self::Tag, b'>') => Self::Text,
            (Self::Tag, b'"') => Self::Value,
            _ => inside,
        })
    }
}
