//! Control characters, which no text should have. They come along where a text is copied from a PDF or a spreadsheet, cannot be
//! seen, and are no valid HTML or XML.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span};

/// Tells whether a character is one: those below a space but for tab and line breaks, DEL, and U+0080 to U+009F.
pub(crate) fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')
}

/// Finds the control characters of a text: where each stands, in bytes.
pub(crate) fn characters(text: &str) -> impl Iterator<Item = Range<usize>> {
    // Nearly every text has none; bytes are quicker to look through than characters.
    let bytes = text.as_bytes();
    let suspicious = |(at, byte): (usize, &u8)| match byte {
        b'\t' | b'\n' | b'\r' => false,
        0..b' ' | 0x7f => true,
        0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x9f)),
        _ => false,
    };
    let found = bytes.iter().enumerate().filter(move |item| suspicious(*item));
    found.map(|(at, byte)| at..at + if byte.is_ascii() { 1 } else { 2 })
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
    Diagnostic::new(code, format!("the text holds a control character, U+{:04X}", u32::from(letter)))
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
            let found: Vec<_> = characters(&text).map(|place| text[place].to_owned()).collect();
            let meant: Vec<_> = is_control(letter).then(|| letter.to_string()).into_iter().collect();
            assert_eq!(found, meant, "U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn words_stay_apart_without_them() {
        assert_eq!(cleared("one\u{b}two\u{85}three\u{1}\tfo\u{7f}ur\r\n"), "one two three\tfour\r\n");
    }
}
