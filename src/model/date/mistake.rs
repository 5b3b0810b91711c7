//! What is wrong with a text that is no date, in an editor's words, with the text to type instead.
//!
//! Messages are lowercase, without a full stop, with the user's words in backticks. They say what is wrong and what to
//! do; which field it is and where in the file, the caller knows.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use edtf_core::Edtf;

use super::Date;
use super::day::days_in_month;
use super::guess::{self, Guess};
use super::level;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Why a text is not read as a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// Where in the text, in bytes.
    pub offset: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for DateError {}

/// Explains why a text is not read as a date.
pub(super) fn explain(text: &str) -> DateError {
    if text.trim().is_empty() {
        return error(0..text.len(), "the date is empty", "write a date like `2019-08-05`, `2019-08` or `2019`");
    }
    if text.starts_with(['{', '[']) {
        return level::refuse_set(text);
    }
    let failure = match Edtf::parse(text) {
        Ok(parsed) => return level::refuse(text, &parsed),
        Err(failure) => failure,
    };
    level::refuse_before_year_0(text)
        .or_else(|| moving(text))
        .or_else(|| impossible(text))
        .or_else(|| backwards(text))
        .or_else(|| timed_interval(text))
        .unwrap_or_else(|| unreadable(text, failure))
}

fn error(offset: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> DateError {
    DateError { offset, message: message.into(), help: Some(help.into()) }
}

/// A word whose meaning moves with the clock.
fn moving(text: &str) -> Option<DateError> {
    let word = text.trim().to_lowercase();
    let moves = ["today", "now", "yesterday", "tomorrow", "present", "ongoing", "current"].contains(&word.as_str());
    moves.then(|| {
        error(
            0..text.len(),
            format!("`{text}` moves with the clock, and a page must say the same tomorrow"),
            "write the day itself, as in `2019-08-05`, or an interval with an open end, as in `2019-08-05/..`",
        )
    })
}

/// A month or a day that no calendar has, in a text that has the shape of EDTF.
fn impossible(text: &str) -> Option<DateError> {
    let mut start = 0;
    for side in text.split('/') {
        if let Some(found) = impossible_side(text, side, start) {
            return Some(found);
        }
        start += side.len() + 1;
    }
    None
}

fn impossible_side(text: &str, side: &str, start: usize) -> Option<DateError> {
    let date = side.split('T').next().unwrap_or(side);
    let date = date.strip_suffix(['?', '~', '%']).unwrap_or(date);
    let parts: Vec<&str> = date.split('-').collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month] => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return None,
    };
    let (year, month) = (digits::<4>(year)?, digits::<2>(month)?);
    let day = day.map(|day| digits::<2>(day).ok_or(())).transpose().ok()?;
    match (month, day) {
        (1..=12, Some(day)) => no_such_day(side, start, [year, month, day]),
        (1..=12 | 21..=41, None) => None,
        _ => Some(no_such_month(text, start, [year, month], day)),
    }
}

/// Reads exactly `N` ASCII digits.
fn digits<const N: usize>(text: &str) -> Option<u32> {
    let fits = text.len() == N && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

fn no_such_day(side: &str, start: usize, [year, month, day]: [u32; 3]) -> Option<DateError> {
    let last = u32::from(days_in_month(i64::from(year), u8::try_from(month).ok()?));
    if (1..=last).contains(&day) {
        return None;
    }
    let name = MONTHS[usize::try_from(month).ok()? - 1];
    let help = match day {
        0 => format!("write `{}` if the day is not known", &side[..7]),
        _ => format!("write the right day, or `{}` if it is not known", &side[..7]),
    };
    let message = format!("there is no {day} {name} {year}: the month has {last} days");
    Some(error(start + 8..start + 10, message, help))
}

fn no_such_month(text: &str, start: usize, [year, month]: [u32; 2], day: Option<u32>) -> DateError {
    let message = match (month, day) {
        (21..=24, Some(_)) => format!("`{month}` is a season, and a season has no days"),
        _ => format!("there is no month {month:02}"),
    };
    let help = match (month, day) {
        (0, _) => format!("write `{year:04}` if the month is not known"),
        (13..=31, Some(day @ 1..=12)) => format!("write `{year:04}-{day:02}-{month:02}` if the day stands first"),
        (21..=24, Some(_)) => format!("write `{year:04}-{month}` for the season, or a month from `01` to `12`"),
        _ => match guess::guesses(text).as_slice() {
            [only] => format!("write `{}`", only.text),
            _ => "months run from `01` to `12`; `21` to `24` are spring, summer, autumn and winter".to_owned(),
        },
    };
    let offset = start + 5..start + 7;
    error(offset, message, help)
}

/// An interval that ends before it starts.
fn backwards(text: &str) -> Option<DateError> {
    let (start, end) = text.split_once('/')?;
    if Date::read(start).is_none() || Date::read(end).is_none() {
        return None;
    }
    let swapped = format!("{end}/{start}");
    Date::read(&swapped)?;
    Some(error(
        start.len() + 1..text.len(),
        format!("the interval ends before it starts: `{end}` lies before `{start}`"),
        format!("write `{swapped}`"),
    ))
}

/// An interval with times of day, which EDTF does not have.
fn timed_interval(text: &str) -> Option<DateError> {
    let sides: Vec<&str> = text.split('/').map(|side| side.split('T').next().unwrap_or(side)).collect();
    let days = sides.join("/");
    let timed = sides.len() == 2 && days != text && Date::read(&days).is_some();
    timed.then(|| error(0..text.len(), "an interval in EDTF has no times of day", format!("write `{days}`")))
}

/// Everything else: says what was probably meant, or what a date looks like.
fn unreadable(text: &str, failure: edtf_core::ParseError) -> DateError {
    let whole = 0..text.len();
    let message = format!("`{text}` is not a date in EDTF");
    match guess::guesses(text).as_slice() {
        [] if has_the_look(text) => {
            let offset = failure.offset.min(text.len())..text.len();
            error(offset, format!("{message}: {}", failure.message), example(text))
        }
        [] => error(whole, message, example(text)),
        [only] => error(whole, message, format!("write `{}`", only.text)),
        several => {
            let choices: Vec<String> = several.iter().map(choice).collect();
            error(whole, message, format!("write {}", choices.join(", or ")))
        }
    }
}

fn example(text: &str) -> &'static str {
    if text.contains('T') && has_the_look(text) {
        "write a time of day as in `2019-08-05T14:05:00`, `2019-08-05T14:05:00Z` or `2019-08-05T14:05:00+02:00`"
    } else {
        "write a date like `2019-08-05`, `2019-08`, `2019`, `2019~` or `2019/2021`"
    }
}

fn choice(guess: &Guess) -> String {
    format!("`{}` {}", guess.text, guess.reading)
}

/// Whether a text is so near to EDTF that the grammar's own complaint helps.
fn has_the_look(text: &str) -> bool {
    let foreign = |c: char| !(c.is_ascii_digit() || "XYZT-/.?~%:+".contains(c));
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(foreign)
}
