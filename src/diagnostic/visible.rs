//! Characters that a terminal obeys, made visible: a name or a word of the content is shown and never done.

use std::borrow::Cow;
use std::fmt::Write as _;

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

/// Writes out, in a text that is JSON, the characters that turn a line around or that a terminal obeys: as `\u202e`. To a
/// program they mean the same, and somebody who looks at the text sees what it holds.
///
/// In JSON such characters stand in texts only, so that nothing else changes.
pub(super) fn escaped(json: String) -> String {
    if !json.chars().any(is_hidden) {
        return json;
    }
    let mut text = String::with_capacity(json.len() + 64);
    for letter in json.chars() {
        if is_hidden(letter) {
            write!(text, "\\u{:04x}", u32::from(letter)).expect("a text takes it");
        } else {
            text.push(letter);
        }
    }
    text
}

/// Tells whether a character sets the direction of a text or is a control character that JSON allows unescaped.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns what is shown in place of a character.
///
/// U+061C, U+200E and U+200F stay: Arabic and Hebrew are typed with them, and they only stand for a letter of their direction.
/// They turn no more than any letter of these scripts does, which is shown too.
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
    fn in_json_what_turns_a_line_around_is_written_out_and_means_the_same() {
        let text = "a\u{202e}b\u{2066}\u{200f}\u{200e}\u{61c}\u{9b}\u{7f} größe\n\u{2028}";
        let json = escaped(serde_json::to_string_pretty(&[text]).expect("a text is JSON"));
        assert_eq!(json, "[\n  \"a\\u202eb\\u2066\\u200f\\u200e\\u061c\\u009b\\u007f größe\\n\u{2028}\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).expect("it is JSON"), [text]);
    }

    #[test]
    fn what_a_terminal_obeys_is_shown_instead() {
        assert_eq!(visible("a\x1b[31mb\r\n\u{9b}2J\u{202e}\x7f"), "a␛[31mb␍␊\u{fffd}2J\u{fffd}␡");
        assert_eq!(visible_lines("a\tb\n\x1b]0;c\x07\r"), "a\tb\n␛]0;c␇␍");
    }

    #[test]
    fn what_turns_a_text_is_shown_and_what_arabic_and_hebrew_are_typed_with_stays() {
        for mark in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
            assert_eq!(visible(&format!("a{mark}b")), "a\u{fffd}b", "U+{:04X}", u32::from(mark));
            assert_eq!(visible_lines(&format!("a{mark}\nb")), "a\u{fffd}\nb", "U+{:04X}", u32::from(mark));
        }
        for text in ["größe 북한", "\u{200f}عربي", "עברית\u{200e}!", "\u{61c}(عربي)"] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text:?}");
            assert!(matches!(visible_lines(text), Cow::Borrowed(_)), "{text:?}");
        }
    }
}
