//! What an editor probably meant by a text that is no EDTF: `5 August 2019`, `c. 2019`, `2019-2021`, `1990s`.
//!
//! A guess is only ever suggested in a message, never taken: the text that is published is the text that was typed.
//! Every guess is itself a valid date. Words are known in English, month names in German too, and years, months and
//! days marked as in Korean, Chinese and Japanese.

mod number;
mod range;
mod word;

use super::Date;

/// A text to type instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    /// The EDTF.
    pub(super) text: String,
    /// On what reading, where there are several: "if the day stands first"; else empty.
    pub(super) reading: &'static str,
}

impl Guess {
    fn sure(text: String) -> Self {
        Self { text, reading: "" }
    }
}

/// Gives the dates that a text may mean: none, one, or one for each reading.
pub(super) fn guesses(text: &str) -> Vec<Guess> {
    let tidy = tidied(text);
    let mut guesses = single(&tidy);
    if guesses.is_empty() {
        guesses.extend(range::interval(&tidy).map(Guess::sure));
    }
    guesses.retain(|guess| guess.text != text && Date::read(&guess.text).is_some());
    guesses.dedup();
    guesses
}

/// Lowercases, trims, makes every blank one space and every digit ASCII.
fn tidied(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().map(plain_char).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain_char(c: char) -> char {
    let digit = |zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    match c {
        '٠'..='٩' => digit('٠'),
        '۰'..='۹' => digit('۰'),
        '０'..='９' => digit('０'),
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '’' => '\'',
        _ => c,
    }
}

/// Guesses one date, without an interval; its qualification goes to the end.
fn single(text: &str) -> Vec<Guess> {
    let (core, mark) = qualified(text);
    let mut guesses = plain(core);
    for guess in &mut guesses {
        guess.text.push_str(mark);
    }
    guesses.retain(|guess| Date::read(&guess.text).is_some());
    guesses
}

/// Guesses one date where it can be only one.
fn only(text: &str) -> Option<String> {
    match single(text).as_slice() {
        [guess] => Some(guess.text.clone()),
        _ => None,
    }
}

fn plain(text: &str) -> Vec<Guess> {
    let as_edtf = text.to_uppercase().replace(' ', "");
    if !as_edtf.contains('/') && Date::read(&as_edtf).is_some() {
        return vec![Guess::sure(as_edtf)];
    }
    let numbers = number::numeric(text);
    if !numbers.is_empty() {
        return numbers;
    }
    let centuries = word::hundred(text);
    if !centuries.is_empty() {
        return centuries;
    }
    number::date_time(text)
        .or_else(|| number::marked(text))
        .or_else(|| word::written_out(text))
        .or_else(|| word::period(text))
        .map(Guess::sure)
        .into_iter()
        .collect()
}

/// Takes "circa", "possibly", a question mark and the like off a text, and gives the EDTF qualifier for them.
fn qualified(text: &str) -> (&str, &'static str) {
    let (text, about_before) = without_prefix(
        text,
        &[
            "circa ",
            "approximately ",
            "approx. ",
            "approx ",
            "around ",
            "about ",
            "ca. ",
            "ca.",
            "ca ",
            "c. ",
            "c.",
            "c ",
            "~",
        ],
    );
    let (text, doubt_before) = without_prefix(text, &["possibly ", "probably ", "perhaps ", "maybe ", "?"]);
    let (text, doubt_after) = without_suffix(text, &["(uncertain)", "(?)", "?"]);
    let (text, about_after) = without_suffix(text, &["(approx.)", "(circa)", "~"]);
    let (text, both) = without_suffix(text, &["%"]);
    let mark = match (both || about_before || about_after, both || doubt_before || doubt_after) {
        (false, false) => "",
        (true, false) => "~",
        (false, true) => "?",
        (true, true) => "%",
    };
    (text, mark)
}

fn without_prefix<'a>(text: &'a str, prefixes: &[&str]) -> (&'a str, bool) {
    match prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)) {
        Some(rest) => (rest.trim_start(), true),
        None => (text, false),
    }
}

fn without_suffix<'a>(text: &'a str, suffixes: &[&str]) -> (&'a str, bool) {
    match suffixes.iter().find_map(|suffix| text.strip_suffix(suffix)) {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    }
}
