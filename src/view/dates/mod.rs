//! Writes dates out in a language, with ICU4X's names and orders and the theme's own words.
//!
//! A date is never written more precisely than it was typed: a month gets no day, an approximate year keeps its "c.",
//! an unknown end says that it is unknown. Calendars are Gregorian only and months are not inflected to fit a
//! sentence. What comes out is plain text, not HTML.

mod collapse;
mod fill;
mod locale;
mod names;

#[cfg(test)]
mod precision_tests;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::model::date::{Date, End, Extent, Form, FullDate, Qualification, Season, Simple, TimeOfDay, Zone};
use collapse::{Collapsed, around, collapse};
use fill::fill;
use names::Names;

use crate::theme::DateWords;
pub use locale::Fallback;

/// Writes dates in one language.
///
/// Made once and shared: it is `Send` and `Sync` (by the feature `sync` of the crate icu_provider), and a date costs
/// about a microsecond. `en` alone is written the British way, `5 August 2019`; `en-US` is `August 5, 2019`.
pub struct DateWriter {
    names: Names,
    fallback: Option<Fallback>,
}

impl DateWriter {
    /// Makes a writer for a language tag (BCP 47), or for English where there is no data for it.
    pub fn new(language: &str) -> Self {
        let (locale, fallback) = locale::choose(language);
        if let Ok(names) = Names::new(&locale) {
            return Self { names, fallback };
        }
        Self {
            names: Names::new(&locale::ENGLISH).expect("English is among the compiled data"),
            fallback: Some(Fallback::no_data(language)),
        }
    }

    /// Why dates are written in English instead of the language asked for; `None` where they are not.
    pub fn fallback(&self) -> Option<&Fallback> {
        self.fallback.as_ref()
    }

    /// Writes a date in full: `5 August 2019`, `c. 2019`, `August 2019 to March 2020`.
    pub fn write(&self, date: &Date, words: &DateWords) -> String {
        match date.form() {
            Form::Date(date) => self.simple(date, words),
            Form::DateTime { day, time } => self.moment(&self.names.day(*day), *time, words),
            Form::Interval { start, end } => self.interval(start, end, words),
        }
    }

    /// Writes a date to stand beside its year ([`Date::year`]): `5 August`, `August`, `since 5 August`.
    ///
    /// A plain year becomes "during the year". What cannot lose the year without losing sense, such as `c. 2019` or
    /// `2017–2019`, is written in full.
    pub fn write_short(&self, date: &Date, words: &DateWords) -> String {
        let short = match date.form() {
            Form::Date(simple) => match (simple.extent(), simple.qualification().is_some()) {
                (Extent::Year(_), false) => Some(words.during_year.clone()),
                _ => self.short(simple, words),
            },
            Form::DateTime { day, time } => Some(self.moment(&self.names.day_without_year(*day), *time, words)),
            Form::Interval { start, end } => self.short_interval(start, end, date.year(), words),
        };
        short.unwrap_or_else(|| self.write(date, words))
    }

    /// Writes a full date: `5 August 2019`.
    pub fn write_full_date(&self, date: FullDate) -> String {
        self.names.day(date.day())
    }

    /// Writes an astronomical year as the language does: `2019`, `2019년`, and `44 BC` for −43.
    pub fn write_year(&self, year: i64) -> String {
        self.names.year(year)
    }

    /// Writes ASCII digits as the language writes digits.
    pub fn digits(&self, ascii: &str) -> String {
        self.names.in_digits(ascii)
    }

    fn simple(&self, date: &Simple, words: &DateWords) -> String {
        qualify(self.extent(date.extent(), words), date.qualification(), words)
    }

    fn extent(&self, extent: Extent, words: &DateWords) -> String {
        match extent {
            Extent::Day(day) => self.names.day(day),
            Extent::Month { year, month } => self.names.month(year, month),
            Extent::Season { year, season } => {
                fill(&words.season_of_year, &[("season", season_name(season, words)), ("year", &self.names.year(year))])
            }
            Extent::Year(year) => self.names.year(year),
            // Digits without their era would name another decade.
            Extent::Decade(first) if first < 0 => self.years(first, first + 9, words),
            Extent::Decade(first) => {
                fill(&words.decade, &[("digits", &self.names.digits(first)), ("year", &self.names.year(first))])
            }
            Extent::Century(first) => self.years(first, first + 99, words),
            Extent::UnspecifiedDay { year, month } => with_date(&words.day_not_given, &self.names.month(year, month)),
            Extent::UnspecifiedMonth(year) => with_date(&words.month_not_given, &self.names.year(year)),
            Extent::UnspecifiedMonthAndDay(year) => with_date(&words.month_and_day_not_given, &self.names.year(year)),
        }
    }

    fn years(&self, first: i64, last: i64, words: &DateWords) -> String {
        fill(&words.century, &[("start", &self.names.year(first)), ("end", &self.names.year(last))])
    }

    fn interval(&self, start: &End, end: &End, words: &DateWords) -> String {
        match (start, end) {
            (End::Date(start), End::Date(end)) => self
                .collapsed(start, end, words)
                .unwrap_or_else(|| from_to(&words.interval, &self.simple(start, words), &self.simple(end, words))),
            (End::Date(start), End::Open) => from_to(&words.since, &self.simple(start, words), ""),
            (End::Date(start), End::Unknown) => from_to(&words.unknown_end, &self.simple(start, words), ""),
            (End::Unknown, End::Date(end)) => from_to(&words.unknown_start, "", &self.simple(end, words)),
            (_, End::Date(end)) => from_to(&words.until, "", &self.simple(end, words)),
            (End::Open | End::Unknown, End::Open | End::Unknown) => {
                unreachable!("an interval has at least one dated end: edtf-core refuses `../..` and `/`")
            }
        }
    }

    /// Says what two plain ends share only once: `5–7 August 2019`, `5 August to 7 September 2019`, `2017–2019`.
    fn collapsed(&self, start: &Simple, end: &Simple, words: &DateWords) -> Option<String> {
        if start.qualification().is_some() || end.qualification().is_some() {
            return None;
        }
        match (start.extent(), end.extent()) {
            (Extent::Day(start), Extent::Day(end)) if start.year() == end.year() => {
                let (first, last) = (self.names.day(start), self.names.day(end));
                if start.month() == end.month() {
                    collapse(&first, &last).map(|parts| join(&parts, &words.span))
                } else {
                    let (first_day, last_day) = (self.names.day_without_year(start), self.names.day_without_year(end));
                    around((&first, &first_day), (&last, &last_day)).map(|parts| join(&parts, &words.interval))
                }
            }
            (Extent::Month { year, month }, Extent::Month { year: other, month: last }) if year == other => {
                collapse(&self.names.month(year, month), &self.names.month(year, last))
                    .map(|parts| join(&parts, &words.span))
            }
            (Extent::Year(first), Extent::Year(last)) if first > 0 => {
                Some(from_to(&words.span, &self.names.year(first), &self.names.year(last)))
            }
            _ => None,
        }
    }

    /// Writes a date without its year; `None` where nothing would be left to say.
    fn short(&self, date: &Simple, words: &DateWords) -> Option<String> {
        let text = match date.extent() {
            Extent::Day(day) => self.names.day_without_year(day),
            Extent::Month { year, month } => self.names.month_alone(year, month),
            Extent::Season { season, .. } => season_name(season, words).to_owned(),
            Extent::UnspecifiedDay { year, month } => {
                with_date(&words.day_not_given, &self.names.month_alone(year, month))
            }
            _ => return None,
        };
        Some(qualify(text, date.qualification(), words))
    }

    /// Writes an interval beside its year; `None` where it leaves that year.
    fn short_interval(&self, start: &End, end: &End, year: i64, words: &DateWords) -> Option<String> {
        let short = |date: &Simple| {
            let within = date.earliest().year() == year && date.latest().year() == year;
            within.then(|| self.short(date, words)).flatten()
        };
        Some(match (start, end) {
            (End::Date(start), End::Date(end)) => {
                let (first, last) = (short(start)?, short(end)?);
                match collapse(&first, &last).filter(|_| collapses(start, end)) {
                    Some(parts) => join(&parts, &words.span),
                    None => from_to(&words.interval, &first, &last),
                }
            }
            (End::Date(start), End::Open) => from_to(&words.since, &short(start)?, ""),
            (End::Date(start), End::Unknown) => from_to(&words.unknown_end, &short(start)?, ""),
            (End::Unknown, End::Date(end)) => from_to(&words.unknown_start, "", &short(end)?),
            (_, End::Date(end)) => from_to(&words.until, "", &short(end)?),
            _ => return None,
        })
    }

    fn moment(&self, date: &str, time: TimeOfDay, words: &DateWords) -> String {
        let clock = self.names.clock(time);
        let time = match time.zone {
            None => clock,
            Some(zone) => fill(&words.time_with_zone, &[("time", &clock), ("zone", &self.zone(zone, words))]),
        };
        fill(&words.date_with_time, &[("date", date), ("time", &time)])
    }

    /// Writes `UTC`, `UTC+2` or `UTC−5:30`.
    fn zone(&self, zone: Zone, words: &DateWords) -> String {
        let (Zone::Offset(minutes), utc) = (zone, &words.utc) else {
            return words.utc.clone();
        };
        let sign = if minutes < 0 { '\u{2212}' } else { '+' };
        let (hours, minutes) = (i64::from(minutes.abs() / 60), minutes.abs() % 60);
        match minutes {
            0 => format!("{utc}{sign}{}", self.names.digits(hours)),
            _ => format!("{utc}{sign}{}:{}", self.names.digits(hours), self.names.in_digits(&format!("{minutes:02}"))),
        }
    }
}

impl fmt::Debug for DateWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DateWriter").finish_non_exhaustive()
    }
}

/// Whether two ends of one year are plain days of one month, or plain months.
fn collapses(start: &Simple, end: &Simple) -> bool {
    let plain = !start.qualification().is_some() && !end.qualification().is_some();
    plain
        && match (start.extent(), end.extent()) {
            (Extent::Day(start), Extent::Day(end)) => start.month() == end.month(),
            (Extent::Month { .. }, Extent::Month { .. }) => true,
            _ => false,
        }
}

fn qualify(text: String, qualification: Qualification, words: &DateWords) -> String {
    let text = if qualification.approximate { with_date(&words.circa, &text) } else { text };
    if qualification.uncertain { with_date(&words.uncertain, &text) } else { text }
}

fn season_name(season: Season, words: &DateWords) -> &str {
    match season {
        Season::Spring => &words.spring,
        Season::Summer => &words.summer,
        Season::Autumn => &words.autumn,
        Season::Winter => &words.winter,
    }
}

fn with_date(pattern: &str, date: &str) -> String {
    fill(pattern, &[("date", date)])
}

fn from_to(pattern: &str, start: &str, end: &str) -> String {
    fill(pattern, &[("start", start), ("end", end)])
}

fn join(parts: &Collapsed<'_>, pattern: &str) -> String {
    let between = from_to(pattern, parts.start, parts.end);
    format!("{}{between}{}", parts.before, parts.after)
}
