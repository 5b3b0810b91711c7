//! Chooses the locale for a language tag, and finds out what ICU has for it.
//!
//! ICU falls back to a language of no words (`2019 M08 5`) without a sound; here that is noticed and told.

use std::fmt;

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::M;
use icu_locale::{Locale, locale};

/// The English that dates fall back to, and that `en` alone means: British, as newspapers of most of the world write.
pub(super) const ENGLISH: Locale = locale!("en-GB");

/// That dates are written in English, because the language asked for is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    language: String,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    NoTag,
    NoData,
}

impl Fallback {
    pub(super) fn no_data(language: &str) -> Self {
        Self { language: language.to_owned(), reason: Reason::NoData }
    }
}

impl fmt::Display for Fallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = &self.language;
        match self.reason {
            Reason::NoTag => write!(f, "`{language}` is not a language tag (BCP 47), so dates are written in English"),
            Reason::NoData => write!(f, "there are no month names for `{language}`, so dates are written in English"),
        }
    }
}

/// Takes a language tag, or English with the reason.
pub(super) fn choose(language: &str) -> (Locale, Option<Fallback>) {
    match language.parse::<Locale>() {
        Ok(locale) if locale == locale!("en") => (ENGLISH, None),
        Ok(locale) if has_month_names(&locale) => (locale, None),
        Ok(_) => (ENGLISH, Some(Fallback::no_data(language))),
        Err(_) => {
            let fallback = Fallback { language: language.to_owned(), reason: Reason::NoTag };
            (ENGLISH, Some(fallback))
        }
    }
}

/// Whether ICU writes January otherwise than `M01`, its name in no language.
fn has_month_names(locale: &Locale) -> bool {
    let Ok(formatter) = FixedCalendarDateTimeFormatter::<Gregorian, M>::try_new(locale.into(), M::long()) else {
        return false;
    };
    Date::try_new_gregorian(2000, 1, 1).is_ok_and(|january| formatter.format(&january).to_string() != "M01")
}

/// The digit for 0 in the year 2000 as a language writes it.
pub(super) fn zero_digit(year_2000: &str) -> char {
    year_2000.chars().rfind(|c| c.is_numeric()).unwrap_or('0')
}
