//! What ICU writes of a date: years, months, days and times of day in a language, without any word of ours.

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{M, MD, T, Y, YM, YMD};
use icu_datetime::input::Time;
use icu_datetime::{DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_locale::Locale;

use super::locale;
use crate::model::date::{Day, TimeOfDay};

type Formatter<FieldSet> = FixedCalendarDateTimeFormatter<Gregorian, FieldSet>;

/// ICU's formatters for one language.
pub(super) struct Names {
    day: Formatter<YMD>,
    month: Formatter<YM>,
    year: Formatter<Y>,
    day_without_year: Formatter<MD>,
    month_alone: Formatter<M>,
    minute: NoCalendarFormatter<T>,
    second: NoCalendarFormatter<T>,
    /// The language's digit for 0.
    zero: char,
}

impl Names {
    /// Loads the formatters from the compiled data.
    pub(super) fn new(locale: &Locale) -> Result<Self, DateTimeFormatterLoadError> {
        let mut names = Self {
            day: Formatter::try_new(locale.into(), YMD::long())?,
            month: Formatter::try_new(locale.into(), YM::long())?,
            year: Formatter::try_new(locale.into(), Y::long())?,
            day_without_year: Formatter::try_new(locale.into(), MD::long())?,
            month_alone: Formatter::try_new(locale.into(), M::long())?,
            minute: NoCalendarFormatter::try_new(locale.into(), T::hm())?,
            second: NoCalendarFormatter::try_new(locale.into(), T::hms())?,
            zero: '0',
        };
        names.zero = locale::zero_digit(&names.year(2000));
        Ok(names)
    }

    pub(super) fn day(&self, day: Day) -> String {
        let (year, month, number) = day.civil();
        self.day.format(&icu_date(year, month, number)).to_string()
    }

    pub(super) fn month(&self, year: i64, month: u8) -> String {
        self.month.format(&icu_date(year, month, 1)).to_string()
    }

    pub(super) fn day_without_year(&self, day: Day) -> String {
        let (year, month, number) = day.civil();
        self.day_without_year.format(&icu_date(year, month, number)).to_string()
    }

    pub(super) fn month_alone(&self, year: i64, month: u8) -> String {
        self.month_alone.format(&icu_date(year, month, 1)).to_string()
    }

    pub(super) fn digits(&self, number: i64) -> String {
        self.in_digits(&number.to_string())
    }

    pub(super) fn in_digits(&self, ascii: &str) -> String {
        let own = |digit: u32| char::from_u32(u32::from(self.zero) + digit);
        ascii.chars().map(|c| c.to_digit(10).and_then(own).unwrap_or(c)).collect()
    }

    /// An astronomical year, with its era where there could be a doubt.
    pub(super) fn year(&self, year: i64) -> String {
        match year {
            -9998..=9999 => self.year.format(&icu_date(year, 1, 1)).to_string(),
            // ICU reckons with four digits: let it write a year of four nines, and put the right digits there.
            10_000.. => self.year(9999).replace(&self.digits(9999), &self.digits(year)),
            _ => self.year(-9998).replace(&self.digits(9999), &self.digits(1 - year)),
        }
    }

    /// Writes the time of day; seconds of nought are left out, since EDTF makes everyone type them.
    pub(super) fn clock(&self, time: TimeOfDay) -> String {
        let input = Time::try_new(time.hour, time.minute, time.second, 0)
            .expect("EDTF's hours, minutes and seconds are within ICU's bounds");
        match time.second {
            0 => self.minute.format(&input).to_string(),
            _ => self.second.format(&input).to_string(),
        }
    }
}

/// Only years of four digits have months and days in EDTF, and ICU reckons with those.
fn icu_date(year: i64, month: u8, day: u8) -> Date<Gregorian> {
    let year = i32::try_from(year).expect("the year has four digits");
    Date::try_new_gregorian(year, month, day).expect("the calendar has the day: edtf-core has checked it")
}
