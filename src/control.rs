//! Control characters and what Unicode calls no character: no text should have them. They come along where a text is
//! copied from a PDF or a spreadsheet, cannot be seen, and are no valid HTML or XML.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span};

/// Tells whether a character is one: those below a space but for tab and line breaks, DEL, U+0080 to U+009F, and the
/// noncharacters of Unicode (U+FDD0 to U+FDEF, and the last two of each plane).
pub(crate) fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') || is_noncharacter(letter)
}

fn is_noncharacter(letter: char) -> bool {
    matches!(letter, '\u{fdd0}'..='\u{fdef}') || u32::from(letter) & 0xfffe == 0xfffe
}

/// Finds the control characters of a text, each with where it stands, in bytes.
pub(crate) fn characters(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    // Nearly every text has none; bytes are quicker to look through than characters.
    let may_begin_one = |byte: u8| matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 0x7f | 0xc2 | 0xef..);
    let text = if text.bytes().any(may_begin_one) { text } else { "" };
    let found = text.char_indices().filter(|(_, letter)| is_control(*letter));
    found.map(|(at, letter)| (at..at + letter.len_utf8(), letter))
}

/// Returns a text without them: those that part words (vertical tab, form feed, next line) become spaces.
pub(crate) fn cleared(text: &str) -> Cow<'_, str> {
    if characters(text).next().is_none() {
        return Cow::Borrowed(text);
    }
    let clear = |letter: char| match is_control(letter) {
        true => letter.is_whitespace().then_some(' '),
        false => Some(letter),
    };
    Cow::Owned(text.chars().filter_map(clear).collect())
}

/// Says of one that it is there. `place` is where it, or what it is a part of, stands in the file.
pub(crate) fn told(code: Code, letter: char, file: &Arc<str>, place: Range<usize>) -> Diagnostic {
    let number = u32::from(letter);
    let message = match is_noncharacter(letter) {
        true => format!("the text holds U+{number:04X}, which is no character"),
        false => format!("the text holds a control character, U+{number:04X}"),
    };
    Diagnostic::new(code, message)
        .at(Span::new(file, place), "it cannot be seen")
        .help("delete it, and type the characters around it anew")
}

#[cfg(test)]
mod tests {
    use super::{characters, cleared, is_control};

    #[test]
    fn each_control_character_is_found_and_nothing_else() {
        for letter in (0..=0x110_000).filter_map(char::from_u32) {
            let text = format!("ä{letter}b");
            let found: Vec<_> = characters(&text).collect();
            let meant: Vec<_> = is_control(letter).then(|| (2..2 + letter.len_utf8(), letter)).into_iter().collect();
            assert_eq!(found, meant, "U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn words_stay_apart_without_them() {
        assert_eq!(cleared("one\u{b}two\u{85}three\u{1}\tfo\u{7f}ur\r\n"), "one two three\tfour\r\n");
    }
}
