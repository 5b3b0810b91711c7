//! Dates in words: `5 August 2019`, `Spring 2019`, `1990s`, `20th century`, `Q1 2019`, `44 BC`.

use super::Guess;
use super::number::{joined, valid};

const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner"],
    &["february", "februar"],
    &["march", "märz", "mrz"],
    &["april"],
    &["may", "mai"],
    &["june", "juni"],
    &["july", "juli"],
    &["august"],
    &["september"],
    &["october", "oktober"],
    &["november"],
    &["december", "dezember"],
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads a month by name with a year and perhaps a day, in any order.
pub(super) fn written_out(text: &str) -> Option<String> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in words(text) {
        if is_ignored(word) {
            continue;
        }
        let (slot, value) = if is_year(word) {
            (&mut year, word.to_owned())
        } else if let Some(number) = month_number(word) {
            (&mut month, number.to_string())
        } else {
            (&mut day, ordinal(word)?.to_owned())
        };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    match (year?, month?, day) {
        (year, month, None) => joined(&[&year, &month]),
        (year, month, Some(day)) => joined(&[&year, &month, &day]),
    }
}

/// Reads a season, a quarter, a decade, a century, or a year with an era.
pub(super) fn period(text: &str) -> Option<String> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    with_year(text, season)
        .map(|(year, code)| format!("{year}-{code}"))
        .or_else(|| with_year(text, quarter).map(|(year, (first, last))| format!("{year}-{first}/{year}-{last}")))
        .or_else(|| decade(text))
        .or_else(|| century(text))
        .or_else(|| before_christ(text))
        .and_then(valid)
}

/// Reads `1900s`, which is a decade to some and a century to others.
pub(super) fn hundred(text: &str) -> Vec<Guess> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    match plural(text).and_then(|year| year.strip_suffix("00")) {
        Some(hundred) if hundred.len() == 2 => vec![
            Guess { text: format!("{hundred}0X"), reading: "for the ten years" },
            Guess { text: format!("{hundred}XX"), reading: "for the hundred" },
        ],
        _ => Vec::new(),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', '.', '-', '/']).filter(|word| !word.is_empty())
}

fn is_ignored(word: &str) -> bool {
    ["of", "the", "in", "on", "de"].contains(&word) || WEEKDAYS.contains(&word)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Knows a month by its name or by its first three letters and more.
fn month_number(word: &str) -> Option<usize> {
    let abbreviates = |name: &&str| word.chars().count() >= 3 && name.starts_with(word);
    MONTHS.iter().position(|names| names.iter().any(abbreviates)).map(|index| index + 1)
}

/// Takes the ending off `5th`.
fn ordinal(word: &str) -> Option<&str> {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let fits = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    (fits && ["", "st", "nd", "rd", "th"].contains(&&word[number.len()..])).then_some(number)
}

/// Splits a text into a year and one other word that `read` understands.
fn with_year<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(&str, T)> {
    let parts: Vec<&str> = words(text).filter(|word| !is_ignored(word)).collect();
    let &[first, second] = parts.as_slice() else {
        return None;
    };
    let (year, other) = if is_year(first) { (first, second) } else { (second, first) };
    Some((year, read(other)?)).filter(|_| is_year(year))
}

fn season(word: &str) -> Option<&'static str> {
    match word {
        "spring" => Some("21"),
        "summer" => Some("22"),
        "autumn" | "fall" => Some("23"),
        "winter" => Some("24"),
        _ => None,
    }
}

fn quarter(word: &str) -> Option<(&'static str, &'static str)> {
    match word {
        "q1" => Some(("01", "03")),
        "q2" => Some(("04", "06")),
        "q3" => Some(("07", "09")),
        "q4" => Some(("10", "12")),
        _ => None,
    }
}

fn decade(text: &str) -> Option<String> {
    plural(text)?.strip_suffix('0').map(|ten| format!("{ten}X"))
}

/// Takes the ending off `1990s` and `1990's`.
fn plural(text: &str) -> Option<&str> {
    let year = text.strip_suffix('s')?;
    Some(year.strip_suffix('\'').unwrap_or(year)).filter(|year| is_year(year))
}

fn century(text: &str) -> Option<String> {
    let number: u32 = ordinal(text.strip_suffix(" century")?)?.parse().ok()?;
    Some(format!("{:02}XX", number.checked_sub(1)?))
}

/// Counts years BC astronomically: 44 BC is `-0043`.
fn before_christ(text: &str) -> Option<String> {
    let year = ["bce", "bc", "b.c.", "b.c.e."].iter().find_map(|era| text.strip_suffix(era))?.trim_end();
    let years: i64 = year.parse().ok().filter(|year| (1..=9999).contains(year))?;
    Some(if years == 1 { "0000".to_owned() } else { format!("-{:04}", years - 1) })
}
