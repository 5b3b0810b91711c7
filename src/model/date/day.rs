//! A day of the proleptic Gregorian calendar as a number, for order and distance.
//!
//! Not a date that anyone typed: it knows neither precision nor qualification.

use std::fmt;

/// A day, counted from 1 January 1970 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

/// The largest year, and with a minus the smallest, that [`Day`] reckons with.
pub(super) const LAST_YEAR: i64 = 99_999_999_999;

impl Day {
    /// Makes a day from an astronomical year, a month from 1 and a day from 1.
    ///
    /// `None` where the calendar has no such day, or the year lies beyond ±99,999,999,999.
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let exists = (-LAST_YEAR..=LAST_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then(|| Self(days_from_civil(year, month, day)))
    }

    /// Days since 1 January 1970; negative before.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The astronomical year: 0 is 1 BC.
    pub fn year(self) -> i64 {
        self.civil().0
    }

    /// The month, from 1 to 12.
    pub fn month(self) -> u8 {
        self.civil().1
    }

    /// The day of the month, from 1 to 31.
    pub fn day(self) -> u8 {
        self.civil().2
    }

    /// Year, month and day at once, by Howard Hinnant's `civil_from_days`.
    pub fn civil(self) -> (i64, u8, u8) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, small(month), small(day))
    }
}

impl fmt::Display for Day {
    /// Writes `2019-08-05`; a year before 0 carries a minus, and one beyond 9999 all its digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        let sign = if year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{month:02}-{day:02}", year.abs())
    }
}

/// The number of days of a month from 1 to 12.
pub(super) fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Howard Hinnant's `days_from_civil`: the year begins in March, so that the leap day comes last.
fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let month = i64::from(month);
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn small(number: i64) -> u8 {
    u8::try_from(number).expect("months and days of months are below 32")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_count_from_1970() {
        for (year, month, day, number) in
            [(1970, 1, 1, 0), (2000, 3, 1, 11_017), (1969, 12, 31, -1), (0, 3, 1, -719_468), (-1, 12, 31, -719_529)]
        {
            assert_eq!(Day::new(year, month, day).map(Day::number), Some(number));
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_none() {
        for (year, month, day) in
            [(2019, 2, 29), (1900, 2, 29), (2019, 13, 1), (2019, 0, 1), (2019, 4, 31), (2019, 1, 0)]
        {
            assert_eq!(Day::new(year, month, day), None, "{year} {month} {day}");
        }
        assert!(Day::new(2000, 2, 29).is_some());
    }

    #[test]
    fn days_are_written_as_in_iso_8601() {
        let written = |year, month, day| Day::new(year, month, day).map(|day| day.to_string());
        assert_eq!(written(2019, 8, 5).as_deref(), Some("2019-08-05"));
        assert_eq!(written(-43, 3, 15).as_deref(), Some("-0043-03-15"));
    }

    proptest! {
        #[test]
        fn a_day_gives_back_its_year_month_and_day(number in -40_000_000_000_000i64..40_000_000_000_000) {
            let (year, month, day) = Day(number).civil();
            if year.abs() <= LAST_YEAR {
                prop_assert_eq!(Day::new(year, month, day), Some(Day(number)));
            }
        }
    }
}
