//! Precision is never added and a hedge never lost, whatever the date.

use proptest::prelude::*;

use super::DateWords;
use super::tests::{date, writer};
use crate::model::date::Date;

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

fn numbers(written: &str) -> Vec<&str> {
    written.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect()
}

proptest! {
    #[test]
    fn a_year_is_never_written_with_a_month_or_a_day(year in 1000i64..9999, mark in "[?~%]?") {
        let (writer, words) = (writer("en"), DateWords::default());
        for text in [format!("{year}{mark}"), format!("{year}-XX"), format!("{year}-23{mark}"), format!("{year}-XX-XX")] {
            let written = writer.write(&date(&text), &words);
            let short = writer.write_short(&date(&text), &words);
            prop_assert!(MONTHS.iter().all(|month| !written.contains(month) && !short.contains(month)), "{}", written);
            prop_assert_eq!(numbers(&written), [year.to_string()]);
        }
    }

    #[test]
    fn a_month_is_never_written_with_a_day(year in 1000i64..9999, month in 1usize..=12, mark in "[?~%]?") {
        let (writer, words) = (writer("en"), DateWords::default());
        let text = format!("{year}-{month:02}{mark}");
        let written = writer.write(&date(&text), &words);
        prop_assert!(written.contains(MONTHS[month - 1]));
        prop_assert_eq!(numbers(&written), [year.to_string()]);
        let short = writer.write_short(&date(&text), &words);
        prop_assert_eq!(numbers(&short), Vec::<&str>::new());
    }

    #[test]
    fn a_qualification_is_never_lost(text in "(-?[0-9]{4}(-[0-1][0-9](-[0-2][0-9])?)?[~%]/?){1,2}") {
        if let Ok(date) = Date::parse(&text) {
            let (writer, words) = (writer("en"), DateWords::default());
            for written in [writer.write(&date, &words), writer.write_short(&date, &words)] {
                prop_assert_eq!(written.matches("c. ").count(), text.matches(['~', '%']).count(), "{}", written);
                prop_assert_eq!(written.matches("(uncertain)").count(), text.matches('%').count(), "{}", written);
            }
        }
    }

    #[test]
    fn writing_never_panics(text in "(Y-?[1-9][0-9]{4,10}|-?[0-9]{2}[0-9X]{2})(-[0-9X]{2}(-[0-9X]{2})?)?[?~%]?(/(\\.\\.|[0-9]{4}(-[0-9]{2})?))?") {
        if let Ok(date) = Date::parse(&text) {
            let words = DateWords::default();
            let writer = writer("ar-EG");
            prop_assert!(!writer.write(&date, &words).is_empty());
            prop_assert!(!writer.write_short(&date, &words).is_empty());
        }
    }
}
