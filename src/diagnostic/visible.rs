//! Characters that a terminal obeys, made visible: a name or a word of the content is shown and never done.

use std::borrow::Cow;

/// Writes a text in one line in which no character moves the cursor, colours, rings, or turns the line around.
///
/// Control characters become their pictures (`␛`), and those that set the direction of a text become `�`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| picture(letter).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| picture(letter).unwrap_or(letter)).collect())
}

/// Does the same, and leaves line breaks and tabs as they are.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    let is_kept = |letter| matches!(letter, '\n' | '\t');
    if text.chars().all(|letter| is_kept(letter) || picture(letter).is_none()) {
        return Cow::Borrowed(text);
    }
    let shown = |letter| if is_kept(letter) { letter } else { picture(letter).unwrap_or(letter) };
    Cow::Owned(text.chars().map(shown).collect())
}

fn picture(letter: char) -> Option<char> {
    match letter {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(letter)),
        '\x7f' => Some('␡'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown_instead() {
        assert_eq!(visible("a\x1b[31mb\r\n\u{9b}2J\u{202e}\x7f"), "a␛[31mb␍␊\u{fffd}2J\u{fffd}␡");
        assert_eq!(visible_lines("a\tb\n\x1b]0;c\x07\r"), "a\tb\n␛]0;c␇␍");
        assert!(matches!(visible("größe 북한 \u{200f}عربي"), Cow::Borrowed(_)));
    }
}
