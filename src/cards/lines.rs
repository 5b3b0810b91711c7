//! Parts a text into lines by the widths of its letters: the largest size that has room, lines of even length.
//!
//! Lines break at spaces, and between the letters of scripts that write none (Chinese, Japanese). It shapes nothing:
//! letters that join or kern come out a little narrower than they are taken for here, so that nothing runs over.

#![cfg_attr(not(feature = "cards"), expect(dead_code, reason = "only cards are parted into lines"))]

use super::{Fitted, Slot};

/// How many steps there are between the largest and the smallest size.
const STEPS: usize = 12;

/// Parts a text into the lines of a slot; `width` measures a text at size 1.
pub(super) fn fit(text: &str, slot: &Slot, width: impl Fn(&str) -> f32) -> Fitted {
    let pieces = pieces(text);
    for step in 0..=STEPS {
        let size = (slot.from - (slot.from - slot.to) * step as f32 / STEPS as f32).round();
        let room = slot.width / size;
        let lines = fill(&pieces, room, &width);
        if lines.len() <= slot.lines(size) && lines.iter().all(|line| width(line) <= room) {
            return Fitted { size, lines: even(&pieces, room, lines, &width) };
        }
    }
    Fitted { size: slot.to, lines: cut(&pieces, slot, &width) }
}

/// A piece that is not broken, and whether a space stands before it.
#[derive(Clone)]
struct Piece {
    text: String,
    spaced: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut spaced = false;
    let mut joined = false;
    for letter in text.chars() {
        if letter.is_whitespace() && !matches!(letter, '\u{A0}' | '\u{202F}') {
            (spaced, joined) = (!pieces.is_empty(), false);
            continue;
        }
        match pieces.last_mut() {
            Some(last) if joined && !breaks_before(letter, &last.text) => last.text.push(letter),
            _ => pieces.push(Piece { text: letter.to_string(), spaced }),
        }
        (spaced, joined) = (false, true);
    }
    pieces
}

/// Tells whether a line may begin with a letter without a space before it.
fn breaks_before(letter: char, before: &str) -> bool {
    let open = |c: char| matches!(c, '「' | '『' | '（' | '《' | '〈');
    let ideograph = |c: char| {
        matches!(c, '\u{3041}'..='\u{30FA}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
            || open(c)
    };
    ideograph(letter) && !before.ends_with(open)
}

/// Fills lines from the first to the last.
fn fill(pieces: &[Piece], room: f32, width: &impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        let longer = lines.last().map(|line| format!("{line}{}{}", if piece.spaced { " " } else { "" }, piece.text));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) if width(&longer) <= room => *line = longer,
            _ => lines.push(piece.text.clone()),
        }
    }
    lines
}

/// Makes lines of even length: the narrowest room that gives no more of them.
fn even(pieces: &[Piece], room: f32, lines: Vec<String>, width: &impl Fn(&str) -> f32) -> Vec<String> {
    let (mut low, mut high, mut best) = (room / 2.0, room, lines);
    for _ in 0..8 {
        let middle = f32::midpoint(low, high);
        let tried = fill(pieces, middle, width);
        if tried.len() <= best.len() && tried.iter().all(|line| width(line) <= middle) {
            (high, best) = (middle, tried);
        } else {
            low = middle;
        }
    }
    best
}

/// Cuts a text that has no room at all: as many lines as there are, of which the last ends with `…`.
fn cut(pieces: &[Piece], slot: &Slot, width: &impl Fn(&str) -> f32) -> Vec<String> {
    let room = slot.width / slot.to;
    let letters = pieces.iter().flat_map(|piece| {
        let whole = width(&piece.text) <= room;
        let letters: Vec<Piece> = piece
            .text
            .chars()
            .enumerate()
            .map(|(at, letter)| Piece { text: letter.to_string(), spaced: piece.spaced && at == 0 })
            .collect();
        if whole { vec![piece.clone()] } else { letters }
    });
    let letters: Vec<Piece> = letters.collect();
    let mut lines = fill(&letters, room, width);
    let most = slot.lines(slot.to);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width(&format!("{last}…")) > room {
                last.pop();
            }
            *last = format!("{}…", last.trim_end_matches([' ', ',', ':', '.']));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Fitted, Slot, fit};

    /// Fits into ten letters of width 1 at size 10, five at size 20.
    fn fitted(text: &str, lines: u8) -> Fitted {
        let height = f32::from(lines) * 10.0;
        let slot = Slot { font: String::new(), weight: 400, width: 100.0, height, leading: 1.0, from: 20.0, to: 10.0 };
        fit(text, &slot, |text| text.chars().count() as f32)
    }

    #[test]
    fn a_short_text_is_large_and_a_longer_one_smaller() {
        assert_eq!(fitted("four", 1), Fitted { size: 20.0, lines: vec!["four".to_owned()] });
        assert_eq!(fitted("ten letter", 1), Fitted { size: 10.0, lines: vec!["ten letter".to_owned()] });
    }

    #[test]
    fn lines_are_even() {
        assert_eq!(fitted("aa bb cc dd", 2).lines, ["aa bb", "cc dd"]);
    }

    #[test]
    fn what_has_no_room_is_cut_at_the_end_and_a_long_word_anywhere() {
        assert_eq!(fitted("one two three four five", 2).lines, ["one two", "three fou…"]);
        assert_eq!(fitted("incomprehensibilities", 3).lines, ["incomprehe", "nsibilitie", "s"]);
    }

    #[test]
    fn scripts_without_spaces_break_between_letters_and_hard_spaces_hold() {
        assert_eq!(fitted("国連専門家報告書国連専門家報告書", 2).lines, ["国連専門家報告書", "国連専門家報告書"]);
        assert_eq!(fitted("a\u{A0}b c", 1).lines, ["a\u{A0}b c"]);
        assert_eq!(fitted("", 1).lines, Vec::<String>::new());
    }
}
