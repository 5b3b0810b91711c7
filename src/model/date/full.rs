//! A full date, for the fields that admit nothing vaguer: `published`, `updated`, `accessed`, corrections.

use std::fmt;

use super::day::Day;
use super::form::{Extent, Form};
use super::mistake::{self, DateError};
use super::{Date, guess};

/// An exact day of the years 1 to 9999, written `YYYY-MM-DD` (RFC 3339, `full-date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FullDate(Day);

impl FullDate {
    /// Reads `YYYY-MM-DD`, exactly as typed: no blanks around it.
    ///
    /// # Errors
    ///
    /// Everything else, with the day to type where the text names one.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        Self::read(text).ok_or_else(|| explain(text))
    }

    /// The day.
    pub fn day(self) -> Day {
        self.0
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let date = Date::read(text)?;
        match date.form() {
            Form::Date(simple) if !simple.qualification().is_some() => match simple.extent() {
                Extent::Day(day) if (1..=9999).contains(&day.year()) => Some(Self(day)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for FullDate {
    /// Writes `2019-08-05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn explain(text: &str) -> DateError {
    let Some(date) = Date::read(text) else {
        return for_a_full_date(text);
    };
    let (problem, help) = match date.form() {
        Form::DateTime { day, .. } => ("has a time of day", format!("write `{day}`")),
        Form::Interval { .. } => ("is an interval", "write one day, as in `2019-08-05`".to_owned()),
        Form::Date(simple) => match simple.extent() {
            Extent::Day(day) if simple.qualification().is_some() => {
                ("is not sure to the day", format!("write `{day}` if that is the day"))
            }
            Extent::Day(_) => ("lies outside the years 1 to 9999", "write a day like `2019-08-05`".to_owned()),
            _ => ("names no day", "write the day too, as in `2019-08-05`".to_owned()),
        },
    };
    DateError {
        offset: 0..text.len(),
        message: format!("`{text}` {problem}, and this field needs a full date"),
        help: Some(help),
    }
}

/// Explains a text that is no date at all; only full dates are suggested.
fn for_a_full_date(text: &str) -> DateError {
    let error = mistake::explain(text);
    let guesses = guess::guesses(text);
    if guesses.iter().any(|guess| FullDate::read(&guess.text).is_some()) {
        return error;
    }
    DateError { help: Some("write a day like `2019-08-05`".to_owned()), ..error }
}
