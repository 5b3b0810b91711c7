//! What a terminal or a CI obeys, made visible: a name or a word of the content is shown and never done.
//!
//! Terminals obey control characters. The runners of CI services read what programs print, and obey `::error::` at the
//! beginning of a line (GitHub) and `##[error]`, `##vso[…]` or `##teamcity[…]` anywhere in it (GitHub, Azure, TeamCity).

use std::borrow::Cow;
use std::fmt::Write as _;

/// Stands for a `#` that a runner would obey: as wide, and read as one.
const SHARP: char = '♯';
/// Stands for a `:` that a runner would obey.
const RATIO: char = '∶';

/// Writes a text in one line in which no character moves the cursor, colours, rings, or turns the line around, and no word
/// is a command to a runner.
///
/// Control characters become their pictures (`␛`), those that set the direction of a text become `�`, and in `##[` the second
/// `#` becomes `♯`. The text keeps its number of characters, and its width.
pub fn visible(text: &str) -> Cow<'_, str> {
    unobeyed(pictured(text, |_| false))
}

/// Does the same, and leaves line breaks and tabs as they are: of a line that begins with `::` the first `:` becomes `∶`.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    let text = unobeyed(pictured(text, |letter| matches!(letter, '\n' | '\t')));
    let begins = |line: &str| {
        let mut seen =
            line.chars().filter(|letter| !is_without_width(*letter)).skip_while(|letter| letter.is_whitespace());
        seen.next() == Some(':') && seen.next() == Some(':')
    };
    if !text.lines().any(begins) {
        return text;
    }
    let shown =
        |line: &str| if begins(line) { line.replacen(':', RATIO.encode_utf8(&mut [0; 4]), 1) } else { line.to_owned() };
    Cow::Owned(text.split_inclusive('\n').map(shown).collect())
}

fn pictured(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(|letter| is_kept(letter) || picture(letter).is_none()) {
        return Cow::Borrowed(text);
    }
    let shown = |letter| if is_kept(letter) { letter } else { picture(letter).unwrap_or(letter) };
    Cow::Owned(text.chars().map(shown).collect())
}

/// Breaks what a runner obeys wherever it stands in a line. Every place stays the same number of characters from the start.
pub(super) fn unobeyed(text: Cow<'_, str>) -> Cow<'_, str> {
    let signs = obeyed(&text);
    if signs.is_empty() { text } else { Cow::Owned(replaced(&text, &signs, SHARP.encode_utf8(&mut [0; 4]))) }
}

/// Finds `##[` and `##word[`, and returns where the last `#` of each stands.
///
/// Runners may compare texts as people would, to whom characters without width are not there.
fn obeyed(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut signs, mut last, mut in_word) = (0, 0, false);
    for (at, letter) in text.char_indices().filter(|(_, letter)| !is_without_width(*letter)) {
        match letter {
            '#' => {
                signs = if in_word { 1 } else { signs + 1 };
                (last, in_word) = (at, false);
            }
            '[' if signs > 1 => {
                found.push(last);
                signs = 0;
            }
            letter if signs > 1 && letter.is_ascii_alphabetic() => in_word = true,
            _ => (signs, in_word) = (0, false),
        }
    }
    found
}

fn is_without_width(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Puts another text in place of each of some signs of one byte.
fn replaced(text: &str, signs: &[usize], other: &str) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len() + signs.len() * other.len()), 0);
    for at in signs {
        out.push_str(&text[from..*at]);
        out.push_str(other);
        from = at + 1;
    }
    out + &text[from..]
}

/// Writes out, in a text that is JSON, the characters that turn a line around or that a terminal obeys, as `\u202e`, and a
/// `#` that a runner would obey. To a program they mean the same, and somebody who looks at the text sees what it holds.
///
/// In JSON such characters stand in texts only, so that nothing else changes.
pub(super) fn escaped(json: String) -> String {
    let signs = obeyed(&json);
    let json = if signs.is_empty() { json } else { replaced(&json, &signs, "\\u0023") };
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
    fn what_a_runner_obeys_is_broken_and_keeps_its_width() {
        for (text, shown) in [
            ("a ##[stop-commands]t", "a #♯[stop-commands]t"),
            ("###[x]##vso[y] ##VSO[z]##teamcity[w", "##♯[x]#♯vso[y] #♯VSO[z]#♯teamcity[w"),
            ("##\u{200b}v\u{ad}so\u{feff}[a", "#♯\u{200b}v\u{ad}so\u{feff}[a"),
            ("#\u{200d}#[a", "#\u{200d}♯[a"),
            ("\n::error::a", "␊::error::a"),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(visible(text).chars().count(), text.chars().count());
        }
        assert_eq!(
            visible_lines("a\n \t::error::b::\n\u{200b}::c\nd ::e##[f"),
            "a\n \t∶:error::b::\n\u{200b}∶:c\nd ::e#♯[f"
        );
        for text in ["## A heading", "#[a](b)", "a # # [b]", "## [a]", "##1[a]", "a::b", "##"] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text:?}");
            assert!(matches!(visible_lines(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn in_json_what_a_runner_obeys_is_written_out_and_means_the_same() {
        let text = "a\\##[set-output name=a]##vso[b]";
        let json = escaped(serde_json::to_string(&[text]).expect("a text is JSON"));
        assert_eq!(json, r#"["a\\#\u0023[set-output name=a]#\u0023vso[b]"]"#);
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
