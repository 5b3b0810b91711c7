//! What is said of a text that is no date, and what is suggested instead.

use proptest::prelude::*;

use super::*;

fn help(text: &str) -> String {
    let error = Date::parse(text).expect_err(text);
    error.help.unwrap_or_default()
}

#[test]
fn a_field_for_full_dates_suggests_full_dates() {
    for (text, expected) in [
        ("2019-8-5", "write `2019-08-05`"),
        ("5 August 2019", "write `2019-08-05`"),
        ("2019-08-05T14:05:00Z", "write `2019-08-05`"),
        ("2019-08-05~", "write `2019-08-05` if that is the day"),
        ("2019-08", "write the day too, as in `2019-08-05`"),
        ("August 2019", "write a day like `2019-08-05`"),
        ("1990s", "write a day like `2019-08-05`"),
        ("", "write a day like `2019-08-05`"),
    ] {
        let error = FullDate::parse(text).expect_err(text);
        assert_eq!(error.help.as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn common_ways_of_writing_a_date_are_answered_with_the_text_to_type() {
    for (text, instead) in [
        ("5 August 2019", "2019-08-05"),
        ("5. August 2019", "2019-08-05"),
        ("5th of August, 2019", "2019-08-05"),
        ("August 5, 2019", "2019-08-05"),
        ("Monday, 5 Aug. 2019", "2019-08-05"),
        ("August 2019", "2019-08"),
        ("Sept 2019", "2019-09"),
        ("März 2019", "2019-03"),
        ("2019-8-5", "2019-08-05"),
        ("2019-8", "2019-08"),
        ("2019.08.05", "2019-08-05"),
        ("2019/08/05", "2019-08-05"),
        ("2019/08", "2019-08"),
        ("08/2019", "2019-08"),
        ("25/08/2019", "2019-08-25"),
        ("08/25/2019", "2019-08-25"),
        ("05.05.2019", "2019-05-05"),
        ("20190805", "2019-08-05"),
        ("2019년 8월 5일", "2019-08-05"),
        ("2019년 8월", "2019-08"),
        ("2019년", "2019"),
        ("٢٠١٩-٠٨-٠٥", "2019-08-05"),
        ("2019-08-05 14:05", "2019-08-05T14:05:00"),
        ("2019-08-05T14:05", "2019-08-05T14:05:00"),
        ("2019-08-05T14:05Z", "2019-08-05T14:05:00Z"),
        ("2019-08-05T14:05:00.123Z", "2019-08-05T14:05:00Z"),
        (" 2019", "2019"),
        ("c. 2019", "2019~"),
        ("c.2019", "2019~"),
        ("ca 2019", "2019~"),
        ("circa 2019", "2019~"),
        ("about August 2019", "2019-08~"),
        ("~2019", "2019~"),
        ("possibly 2019", "2019?"),
        ("2019 ?", "2019?"),
        ("2019~?", "2019%"),
        ("Spring 2019", "2019-21"),
        ("fall 2019", "2019-23"),
        ("2019 winter", "2019-24"),
        ("summer of 2019", "2019-22"),
        ("Q1 2019", "2019-01/2019-03"),
        ("1990s", "199X"),
        ("the 1990's", "199X"),
        ("199x", "199X"),
        ("20th century", "19XX"),
        ("44 BC", "-0043"),
    ] {
        assert_eq!(help(text), format!("write `{instead}`"), "{text}");
        assert!(Date::parse(instead).is_ok(), "{instead}");
    }
}

#[test]
fn common_ways_of_writing_an_interval_are_answered_with_the_text_to_type() {
    for (text, instead) in [
        ("2019-2021", "2019/2021"),
        ("2019 - 2021", "2019/2021"),
        ("2019–2021", "2019/2021"),
        ("2019 to 2021", "2019/2021"),
        ("from 2019 to 2021", "2019/2021"),
        ("between 2019 and 2021", "2019/2021"),
        ("2019..2021", "2019/2021"),
        ("2019-20", "2019/2020"),
        ("2019/20", "2019/2020"),
        ("until 2021", "../2021"),
        ("until August 2021", "../2021-08"),
        ("since 2019", "2019/.."),
        ("from 5 August 2019", "2019-08-05/.."),
        ("2019-present", "2019/.."),
        ("2019 - present", "2019/.."),
        ("2019-", "2019/.."),
        ("2019 onwards", "2019/.."),
        ("2019/now", "2019/.."),
        ("c. 2019 to August 2021", "2019~/2021-08"),
        ("5 to 7 August 2019", "2019-08-05/2019-08-07"),
        ("5-7 August 2019", "2019-08-05/2019-08-07"),
        ("5–7 August 2019", "2019-08-05/2019-08-07"),
        ("May to August 2019", "2019-05/2019-08"),
        ("2019-8/2019-9", "2019-08/2019-09"),
        ("2018-01-15/02-20", "2018-01-15/2018-02-20"),
        ("2004/2003", "2003/2004"),
        ("2019-08-05/2019-08-01~", "2019-08-01~/2019-08-05"),
    ] {
        assert_eq!(help(text), format!("write `{instead}`"), "{text}");
        assert!(Date::parse(instead).is_ok(), "{instead}");
    }
}

#[test]
fn a_text_with_two_readings_gets_both() {
    assert_eq!(help("05/08/2019"), "write `2019-08-05` if the day stands first, or `2019-05-08` if the month does");
    assert_eq!(help("1900s"), "write `190X` for the ten years, or `19XX` for the hundred");
}

#[test]
fn days_and_months_that_do_not_exist_are_named() {
    for (text, message, help, offset) in [
        (
            "2019-02-30",
            "there is no 30 February 2019: the month has 28 days",
            "write the right day, or `2019-02` if it is not known",
            8..10,
        ),
        (
            "2019-08/2019-09-31~",
            "there is no 31 September 2019: the month has 30 days",
            "write the right day, or `2019-09` if it is not known",
            16..18,
        ),
        (
            "2019-08-00",
            "there is no 0 August 2019: the month has 31 days",
            "write `2019-08` if the day is not known",
            8..10,
        ),
        (
            "2019-13",
            "there is no month 13",
            "months run from `01` to `12`; `21` to `24` are spring, summer, autumn and winter",
            5..7,
        ),
        ("2019-00-00", "there is no month 00", "write `2019` if the month is not known", 5..7),
        ("2019-13-08", "there is no month 13", "write `2019-08-13` if the day stands first", 5..7),
        ("2019-20", "there is no month 20", "write `2019/2020`", 5..7),
    ] {
        let error = Date::parse(text).expect_err(text);
        assert_eq!(error.message, message);
        assert_eq!(error.help.as_deref(), Some(help), "{text}");
        assert_eq!(error.offset, offset, "{text}");
    }
}

#[test]
fn an_interval_that_ends_before_it_starts_is_a_mistake() {
    let error = Date::parse("2019-08/2019-07").expect_err("it ends before it starts");
    assert_eq!(error.message, "the interval ends before it starts: `2019-07` lies before `2019-08`");
    assert_eq!(error.offset, 8..15);
}

#[test]
fn a_number_after_the_year_may_be_a_second_year() {
    assert_eq!(help("2019-25"), "write `2019-21`, or `2019/2025` if years are meant");
    assert_eq!(help("2019-33"), "write `2019-01/2019-03`, or `2019/2033` if years are meant");
}

#[test]
fn an_interval_with_times_of_day_is_told_to_lose_them() {
    let error = Date::parse("2019-08-05T14:05:00/..").expect_err("EDTF has no such interval");
    assert_eq!(error.message, "an interval in EDTF has no times of day");
    assert_eq!(error.help.as_deref(), Some("write `2019-08-05/..`"));
}

#[test]
fn words_that_move_with_the_clock_are_refused_with_the_reason() {
    for text in ["today", "Now", "ongoing"] {
        let error = Date::parse(text).expect_err(text);
        assert_eq!(error.message, format!("`{text}` moves with the clock, and a page must say the same tomorrow"));
    }
}

#[test]
fn an_empty_date_and_nonsense_are_answered_with_examples() {
    assert_eq!(Date::parse("  ").expect_err("empty").message, "the date is empty");
    assert_eq!(Date::parse("soon").expect_err("soon").message, "`soon` is not a date in EDTF");
    assert!(help("soon").starts_with("write a date like `2019-08-05`"));
    let error = Date::parse("2019-08-05T25:00:00").expect_err("there is no hour 25");
    assert_eq!(error.offset, 11..19);
    assert!(error.message.ends_with("hour must be 00-23 (24 is not allowed)"), "{}", error.message);
}

#[test]
fn a_year_too_large_is_refused() {
    let error = Date::parse("Y100000000000").expect_err("the year is too large");
    assert_eq!(error.message, "the year of `Y100000000000` lies beyond 99999999999");
    assert!(Date::parse("Y-99999999999").is_ok());
}

/// Texts near to dates, so that random ones reach far into the parser.
pub(super) fn nearly_a_date() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9XY~?%/.TZ:+ -]{0,24}",
        "(-?[0-9]{4}(-[0-9X]{2}(-[0-9X]{2})?)?[~?%]?/?){1,2}",
        "(c\\.|circa|until|from|since)? ?[0-9]{1,2} (May|August|Sept) [0-9]{4}( ?[-–] ?[0-9]{0,4})?",
        "[0-9]{1,4}[-/.–년월][0-9]{1,2}[-/.–월일][0-9]{1,4}",
        "\\PC{0,20}",
    ]
}

proptest! {
    #[test]
    fn parsing_and_explaining_never_panic(text in nearly_a_date()) {
        let _ = FullDate::parse(&text);
        if let Err(error) = Date::parse(&text) {
            prop_assert!(error.offset.end <= text.len() && error.offset.start <= error.offset.end);
            prop_assert!(text.is_char_boundary(error.offset.start) && text.is_char_boundary(error.offset.end));
        }
    }

    #[test]
    fn a_guess_is_always_a_date(text in nearly_a_date()) {
        for guess in guess::guesses(&text) {
            prop_assert!(Date::parse(&guess.text).is_ok(), "{} from {}", guess.text, text);
        }
    }
}
