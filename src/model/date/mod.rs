//! Dates as editors type them: EDTF (ISO 8601-2:2019, Annex A) at levels 0 and 1, times of day included.
//!
//! A [`Date`] keeps the text as typed beside what it means, and answers what the floors above ask: which days it
//! touches, where it sorts, how the rail draws it, what HTML may say of it. It never adds precision: a month stays a
//! month, and an approximate day is not an exact one.
//!
//! The room does not write dates out in a language (that is `view::dates`), does not read the clock, and does not
//! convert time zones. The grammar is that of the crate edtf-core; level 2 is refused by name.

mod convert;
mod day;
mod form;
mod full;
mod guess;
mod level;
mod mark;
mod mistake;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod mistake_tests;
#[cfg(test)]
mod tests;

pub use day::Day;
pub use form::{End, Extent, Form, Qualification, Season, Simple, TimeOfDay, Zone};
pub use full::FullDate;
pub use mark::{Mark, Shape};
pub use mistake::DateError;

/// A date, a date with a time of day, or an interval, with its text as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    text: Box<str>,
    form: Form,
}

/// Where a [`Date`] stands in the order of time.
///
/// Two dates may share a key (`2019` and `2019-01-01`); the caller breaks the tie, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    day: Day,
    /// Seconds since midnight, less the shift from UTC; a date without a time of day comes first.
    second: Option<i32>,
}

impl Date {
    /// Reads EDTF at level 0 or 1, exactly as typed: no blanks around it.
    ///
    /// Years reach from −99,999,999,999 to 99,999,999,999, counted astronomically (`0000` is 1 BC).
    ///
    /// # Errors
    ///
    /// What is not EDTF, level 2, a day that no calendar has, and an interval that ends before it starts. The error
    /// says what to type instead where that can be told.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        Self::read(text).ok_or_else(|| mistake::explain(text))
    }

    /// Gives the dates that a text in words may mean: `c. 1890`, `5 August 2019`. None, one, or one for each reading.
    ///
    /// They are for people to choose from, never to be taken unseen.
    pub fn meant(text: &str) -> Vec<Self> {
        match Self::read(text) {
            Some(date) => vec![date],
            None => guess::guesses(text).iter().filter_map(|guess| Self::read(&guess.text)).collect(),
        }
    }

    /// Reads a date without explaining what is wrong with it, so that an explanation can try its own suggestions.
    fn read(text: &str) -> Option<Self> {
        let form = Form::read(text).filter(|_| !level::qualifies_one_part(text))?;
        Some(Self { text: text.into(), form })
    }

    /// The text as typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the text means.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The first day that the date can touch; `None` where the start is open or unknown.
    ///
    /// Qualification moves no bound: `2019~` begins on 1 January 2019. Seasons are those of the northern
    /// hemisphere in whole months, and winter begins in the December of its year.
    pub fn earliest(&self) -> Option<Day> {
        match &self.form {
            Form::Date(date) => Some(date.earliest()),
            Form::DateTime { day, .. } => Some(*day),
            Form::Interval { start, .. } => start.date().map(Simple::earliest),
        }
    }

    /// The last day that the date can touch; `None` where the end is open or unknown.
    pub fn latest(&self) -> Option<Day> {
        match &self.form {
            Form::Date(date) => Some(date.latest()),
            Form::DateTime { day, .. } => Some(*day),
            Form::Interval { end, .. } => end.date().map(Simple::latest),
        }
    }

    /// The day that the date sorts by: its earliest, or the last day of its known end where the start is open or
    /// unknown.
    pub fn sort_day(&self) -> Day {
        self.earliest()
            .or_else(|| self.latest())
            .expect("an interval has at least one dated end: edtf-core refuses `../..` and `/`")
    }

    /// The year of [`Date::sort_day`], counted astronomically: the heading that the date stands under.
    pub fn year(&self) -> i64 {
        self.sort_day().year()
    }

    /// The place in the order of time. A time of day refines the order within its day, as written.
    pub fn sort_key(&self) -> SortKey {
        let second = match &self.form {
            Form::DateTime { time, .. } => Some(time.utc_second()),
            Form::Date(_) | Form::Interval { .. } => None,
        };
        SortKey { day: self.sort_day(), second }
    }

    /// How the rail and the overview draw the date.
    pub fn mark(&self) -> Mark {
        Mark::of(&self.form)
    }

    /// Whether [`Date::as_full_date`] gives one.
    pub fn is_full_day(&self) -> bool {
        self.as_full_date().is_some()
    }

    /// The date as a [`FullDate`], where it is one exact day of the years 1 to 9999: no time, no qualification, no
    /// unspecified digit.
    pub fn as_full_date(&self) -> Option<FullDate> {
        FullDate::read(&self.text)
    }

    /// The value for `datetime` in HTML's `<time>`, where HTML has one that says neither more nor less.
    ///
    /// That is a full date, a month, a year from 1 to 9999, or a date with a time (HTML Living Standard, 4.5.14).
    /// `None` for everything else; a qualified date too, because HTML cannot say "about".
    pub fn datetime_attr(&self) -> Option<String> {
        if !(1..=9999).contains(&self.year()) {
            return None;
        }
        match &self.form {
            Form::Date(date) if date.qualification().is_some() => None,
            Form::Date(date) => match date.extent() {
                Extent::Day(_) | Extent::Month { .. } | Extent::Year(_) => Some(self.text.to_string()),
                _ => None,
            },
            Form::DateTime { day, time } => time.html().map(|time| format!("{day}T{time}")),
            Form::Interval { .. } => None,
        }
    }
}
