//! Finds what two written dates share, so that an interval says it once: `5–7 August 2019`.
//!
//! It compares texts, not dates, and so works in every language that ICU writes; the caller makes sure that only one
//! field differs, or names the part that does. Where no clean cut is found, nothing is collapsed.

/// Two texts with their shared beginning and end taken off.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Collapsed<'a> {
    /// What both begin with.
    pub(super) before: &'a str,
    /// What only the first says.
    pub(super) start: &'a str,
    /// What only the second says.
    pub(super) end: &'a str,
    /// What both end with.
    pub(super) after: &'a str,
}

/// Takes off the words that both texts begin and end with.
///
/// A sign that follows the differing part directly stays with it: `5.` in German, `5일` in Korean.
pub(super) fn collapse<'a>(first: &'a str, second: &'a str) -> Option<Collapsed<'a>> {
    let (words, others) = (split(first), split(second));
    let pairs = || words.iter().zip(&others);
    let before: usize = pairs().take_while(|(a, b)| a == b).map(|(word, _)| word.len()).sum();
    let shared = words.iter().rev().zip(others.iter().rev());
    let mut after: usize = shared.take_while(|(a, b)| a == b).map(|(word, _)| word.len()).sum();
    if before + after >= first.len().min(second.len()) {
        return None;
    }
    let tail = &first[first.len() - after..];
    after -= tail.find(is_cut).unwrap_or(tail.len());
    let part = |text: &'a str| &text[before..text.len() - after];
    let found = Collapsed {
        before: &first[..before],
        start: part(first),
        end: part(second),
        after: &first[first.len() - after..],
    };
    let clean = !found.start.contains(char::is_whitespace) && !found.end.contains(char::is_whitespace);
    clean.then_some(found)
}

/// Takes off what stands around a given part of each text, where that is the same in both.
pub(super) fn around<'a>(first: (&'a str, &'a str), second: (&'a str, &'a str)) -> Option<Collapsed<'a>> {
    let (before, after) = first.0.split_once(first.1)?;
    let same = second.0.split_once(second.1)? == (before, after);
    same.then_some(Collapsed { before, start: first.1, end: second.1, after })
}

#[derive(PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Other,
}

/// Splits a text where digits, letters and other signs meet.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for ((_, c), (index, next)) in text.char_indices().zip(text.char_indices().skip(1)) {
        if class(c) == Class::Other || class(c) != class(next) {
            words.push(&text[start..index]);
            start = index;
        }
    }
    words.push(&text[start..]);
    words
}

fn class(c: char) -> Class {
    if c.is_numeric() {
        Class::Digit
    } else if c.is_whitespace() || c.is_ascii_punctuation() || is_cut(c) {
        Class::Other
    } else {
        Class::Letter
    }
}

/// Where a shared end may begin.
fn is_cut(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '،' | '、')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collapsed(first: &str, second: &str) -> Option<String> {
        collapse(first, second).map(|parts| format!("{}{}–{}{}", parts.before, parts.start, parts.end, parts.after))
    }

    #[test]
    fn what_two_dates_share_is_said_once() {
        for (first, second, joined) in [
            ("5 August 2019", "7 August 2019", "5–7 August 2019"),
            ("August 5, 2019", "August 7, 2019", "August 5–7, 2019"),
            ("20 August 2020", "21 August 2020", "20–21 August 2020"),
            ("5. August 2019", "7. August 2019", "5.–7. August 2019"),
            ("2019년 8월 5일", "2019년 8월 7일", "2019년 8월 5일–7일"),
            ("2019年8月5日", "2019年8月15日", "2019年8月5日–15日"),
            ("agosto de 2019", "octubre de 2019", "agosto–octubre de 2019"),
            ("August", "October", "August–October"),
        ] {
            assert_eq!(collapsed(first, second).as_deref(), Some(joined));
        }
    }

    #[test]
    fn nothing_is_collapsed_without_a_clean_cut() {
        assert_eq!(collapsed("5 August 2019", "5 August 2019"), None);
        assert_eq!(collapsed("5 May 2019", "7 June 2019"), None);
        assert_eq!(collapsed("", ""), None);
    }

    #[test]
    fn the_same_part_in_two_texts_is_found() {
        let parts = around(("2019년 8월 5일", "8월 5일"), ("2019년 9월 7일", "9월 7일"));
        let expected = Collapsed { before: "2019년 ", start: "8월 5일", end: "9월 7일", after: "" };
        assert_eq!(parts, Some(expected));
        assert_eq!(around(("5 May 2019", "5 May"), ("7 June 2020", "7 June")), None);
    }
}
