//! The words around dates that no locale library has: "c.", "until", seasons, unknown ends.
//!
//! They come from the theme's `i18n/LANG.yaml`, laid over English, so that a new word is never missing. This file knows
//! nothing of dates and fills no pattern; it only tells which patterns would lose something.

use serde::Deserialize;

/// DateWords and patterns for dates in one language.
///
/// `{date}`, `{start}`, `{end}` and the like are replaced; everything else stands as it is. Years come as the
/// language writes them (`2019년`), except `{digits}`, which is digits alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct DateWords {
    /// An approximate `{date}`.
    pub circa: String,
    /// An uncertain `{date}`.
    pub uncertain: String,
    /// From `{start}` to `{end}`, where these are of several words.
    pub interval: String,
    /// From `{start}` to `{end}`, where these are of one word: `5–7`, `2017–2019`.
    pub span: String,
    /// From `{start}` on, with an open end.
    pub since: String,
    /// Up to `{end}`, with an open start.
    pub until: String,
    /// Up to `{end}`, from a start that is not known.
    pub unknown_start: String,
    /// From `{start}`, to an end that is not known.
    pub unknown_end: String,
    /// A `{season}` of a `{year}`.
    pub season_of_year: String,
    /// Spring.
    pub spring: String,
    /// Summer.
    pub summer: String,
    /// Autumn.
    pub autumn: String,
    /// Winter.
    pub winter: String,
    /// An unspecified year of the decade that begins with `{digits}` or `{year}`.
    pub decade: String,
    /// An unspecified year from `{start}` to `{end}`: of a century, or of a decade before the year 0.
    pub century: String,
    /// A `{date}`, a month, of which the day is not given.
    pub day_not_given: String,
    /// A `{date}`, a year, of which the month is not given.
    pub month_not_given: String,
    /// A `{date}`, a year, of which neither month nor day is given.
    pub month_and_day_not_given: String,
    /// A whole year, where the year itself stands beside.
    pub during_year: String,
    /// A `{date}` with a `{time}` of day.
    pub date_with_time: String,
    /// A `{time}` of day with its `{zone}`.
    pub time_with_zone: String,
    /// Coordinated universal time; an offset follows directly (`UTC+2`).
    pub utc: String,
}

impl Default for DateWords {
    fn default() -> Self {
        Self {
            circa: "c. {date}".to_owned(),
            uncertain: "{date} (uncertain)".to_owned(),
            interval: "{start} to {end}".to_owned(),
            span: "{start}–{end}".to_owned(),
            since: "since {start}".to_owned(),
            until: "until {end}".to_owned(),
            unknown_start: "from an unknown date to {end}".to_owned(),
            unknown_end: "{start} to an unknown date".to_owned(),
            season_of_year: "{season} {year}".to_owned(),
            spring: "spring".to_owned(),
            summer: "summer".to_owned(),
            autumn: "autumn".to_owned(),
            winter: "winter".to_owned(),
            decade: "{digits}s".to_owned(),
            century: "between {start} and {end}".to_owned(),
            day_not_given: "{date} (day not given)".to_owned(),
            month_not_given: "{date} (month not given)".to_owned(),
            month_and_day_not_given: "{date} (month and day not given)".to_owned(),
            during_year: "during the year".to_owned(),
            date_with_time: "{date}, {time}".to_owned(),
            time_with_zone: "{time} {zone}".to_owned(),
            utc: "UTC".to_owned(),
        }
    }
}

impl DateWords {
    /// Tells which patterns lose what they are to hold, one message each; empty when all is well.
    ///
    /// A pattern without its `{date}` would print a page without the date, so a theme's words are checked before use.
    pub fn faults(&self) -> Vec<String> {
        let needed = self.patterns().into_iter().flat_map(|(name, pattern, names)| {
            let missing = names.iter().filter(move |wanted| !pattern.contains(&format!("{{{wanted}}}")));
            missing.map(move |wanted| format!("the pattern `{name}` lacks `{{{wanted}}}`"))
        });
        let decade = !self.decade.contains("{digits}") && !self.decade.contains("{year}");
        let decade = decade.then(|| "the pattern `decade` lacks `{digits}` or `{year}`".to_owned());
        let empty = self.plain().into_iter().filter(|(_, word)| word.trim().is_empty());
        needed.chain(decade).chain(empty.map(|(name, _)| format!("the word `{name}` is empty"))).collect()
    }

    fn patterns(&self) -> [(&'static str, &str, &'static [&'static str]); 15] {
        [
            ("circa", &self.circa, &["date"]),
            ("uncertain", &self.uncertain, &["date"]),
            ("interval", &self.interval, &["start", "end"]),
            ("span", &self.span, &["start", "end"]),
            ("since", &self.since, &["start"]),
            ("until", &self.until, &["end"]),
            ("unknown-start", &self.unknown_start, &["end"]),
            ("unknown-end", &self.unknown_end, &["start"]),
            ("season-of-year", &self.season_of_year, &["season", "year"]),
            ("century", &self.century, &["start", "end"]),
            ("day-not-given", &self.day_not_given, &["date"]),
            ("month-not-given", &self.month_not_given, &["date"]),
            ("month-and-day-not-given", &self.month_and_day_not_given, &["date"]),
            ("date-with-time", &self.date_with_time, &["date", "time"]),
            ("time-with-zone", &self.time_with_zone, &["time", "zone"]),
        ]
    }

    fn plain(&self) -> [(&'static str, &str); 6] {
        [
            ("spring", &self.spring),
            ("summer", &self.summer),
            ("autumn", &self.autumn),
            ("winter", &self.winter),
            ("during-year", &self.during_year),
            ("utc", &self.utc),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_has_no_faults() {
        assert_eq!(DateWords::default().faults(), Vec::<String>::new());
    }

    #[test]
    fn a_file_may_give_some_words_and_no_unknown_ones() {
        let read = |json| serde_json::from_str::<DateWords>(json).map_err(|error| error.to_string());
        let words = read(r#"{"season-of-year": "{year} {season}"}"#).expect("the word is known");
        assert_eq!((words.season_of_year.as_str(), words.circa.as_str()), ("{year} {season}", "c. {date}"));
        assert!(read(r#"{"cirka": "um {date}"}"#).is_err_and(|error| error.contains("unknown field `cirka`")));
    }

    #[test]
    fn a_pattern_that_loses_its_date_is_told() {
        let words = DateWords {
            circa: "c. {dat}".to_owned(),
            winter: " ".to_owned(),
            decade: "the nineties".to_owned(),
            ..DateWords::default()
        };
        let faults = [
            "the pattern `circa` lacks `{date}`",
            "the pattern `decade` lacks `{digits}` or `{year}`",
            "the word `winter` is empty",
        ];
        assert_eq!(words.faults(), faults);
    }
}
