//! What a date answers: its form, bounds, order, mark and machine value.

use proptest::prelude::*;

use super::mistake_tests::nearly_a_date;
use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn bounds(text: &str) -> (Option<String>, Option<String>) {
    let date = date(text);
    (date.earliest().map(|day| day.to_string()), date.latest().map(|day| day.to_string()))
}

fn extent(text: &str) -> Extent {
    match date(text).form() {
        Form::Date(simple) => simple.extent(),
        other => panic!("{text} is {other:?}"),
    }
}

#[test]
fn a_date_keeps_its_text_as_typed() {
    for text in ["2019-08", "2020/2021-06~", "199X", "2019-08-05T14:05:00+02"] {
        assert_eq!(date(text).as_str(), text);
    }
}

#[test]
fn every_form_is_told_apart() {
    let day = Day::new(2019, 8, 5).expect("the day exists");
    assert_eq!(extent("2019-08-05"), Extent::Day(day));
    assert_eq!(extent("2019-08"), Extent::Month { year: 2019, month: 8 });
    assert_eq!(extent("2016-02"), Extent::Month { year: 2016, month: 2 });
    assert_eq!(extent("2019-23"), Extent::Season { year: 2019, season: Season::Autumn });
    assert_eq!(extent("2019"), Extent::Year(2019));
    assert_eq!(extent("-0043"), Extent::Year(-43));
    assert_eq!(extent("199X"), Extent::Decade(1990));
    assert_eq!(extent("19XX"), Extent::Century(1900));
    assert_eq!(extent("2019-08-XX"), Extent::UnspecifiedDay { year: 2019, month: 8 });
    assert_eq!(extent("2019-XX"), Extent::UnspecifiedMonth(2019));
    assert_eq!(extent("2019-XX-XX"), Extent::UnspecifiedMonthAndDay(2019));
    assert_eq!(extent("Y170000002"), Extent::Year(170_000_002));
}

#[test]
fn each_end_of_an_interval_has_its_own_qualification() {
    let date = date("2020?/2021-06%");
    let Form::Interval { start, end } = date.form() else { panic!("{date:?}") };
    let qualification = |end: &End| end.date().map(Simple::qualification);
    assert_eq!(qualification(start), Some(Qualification { uncertain: true, approximate: false }));
    assert_eq!(qualification(end), Some(Qualification { uncertain: true, approximate: true }));
}

#[test]
fn open_and_unknown_ends_are_told_apart() {
    let ends = |text: &str| match date(text).form() {
        Form::Interval { start, end } => (start.date().is_some(), end.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(ends("2019/.."), (true, End::Open));
    assert_eq!(ends("2019/"), (true, End::Unknown));
    assert!(!ends("../2019").0);
}

#[test]
fn bounds_cover_all_that_a_date_can_mean() {
    let some = |first: &str, last: &str| (Some(first.to_owned()), Some(last.to_owned()));
    for (text, first, last) in [
        ("2019-08-05", "2019-08-05", "2019-08-05"),
        ("2019-08-05T23:00:00-05:00", "2019-08-05", "2019-08-05"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2019~", "2019-01-01", "2019-12-31"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2020/2021-06~", "2020-01-01", "2021-06-30"),
        ("2004-XX-XX", "2004-01-01", "2004-12-31"),
        ("-201X", "-2019-01-01", "-2010-12-31"),
        ("-20XX?", "-2099-01-01", "-2000-12-31"),
        ("-000X", "-0009-01-01", "0000-12-31"),
        ("-0043-03-15T12:00:00Z", "-0043-03-15", "-0043-03-15"),
        ("-0004-02-29T12:00:00", "-0004-02-29", "-0004-02-29"),
    ] {
        assert_eq!(bounds(text), some(first, last), "{text}");
    }
    assert_eq!(bounds("../2021"), (None, Some("2021-12-31".to_owned())));
    assert_eq!(bounds("2021/"), (Some("2021-01-01".to_owned()), None));
}

#[test]
fn dates_sort_by_their_earliest_day_and_open_starts_by_their_end() {
    let sorted = [
        "Y-170000002",
        "-0043-03-15",
        "199X",
        "2016-02",
        "../2018",
        "2019-08-05",
        "2019-08-05T09:00:00+09:00",
        "2019-08-05T14:05:00",
        "2019-08-05T14:05:01Z",
        "2019-08-05T23:00:00-05:00",
        "2019-08-06",
        "2020/2021-06~",
        "/2021-06",
        "Y170000002",
    ];
    let mut shuffled: Vec<&str> = sorted.iter().rev().copied().collect();
    shuffled.sort_by_key(|text| date(text).sort_key());
    assert_eq!(shuffled, sorted);
}

#[test]
fn equal_starts_leave_the_tie_to_the_caller() {
    assert_eq!(date("2019").sort_key(), date("2019-01-01").sort_key());
}

#[test]
fn the_year_is_that_of_the_sort_day() {
    for (text, year) in [("2019-08", 2019), ("2020/2021", 2020), ("../2021-12", 2021), ("199X", 1990), ("-0043", -43)] {
        assert_eq!(date(text).year(), year, "{text}");
    }
}

#[test]
fn only_an_exact_day_is_a_point() {
    for (text, shape) in [
        ("2019-08-05", Shape::Point),
        ("2019-08-05T14:05:00Z", Shape::Point),
        ("2019-08-05~", Shape::Bar),
        ("2019-08", Shape::Bar),
        ("2019-21", Shape::Bar),
        ("2019", Shape::Bar),
        ("199X", Shape::Bar),
        ("2019-08-XX", Shape::Bar),
        ("2019-08-05/2019-08-07", Shape::Range),
        ("2019/..", Shape::Range),
    ] {
        assert_eq!(date(text).mark().shape, shape, "{text}");
    }
}

#[test]
fn vague_ends_fade_and_open_ends_run_off() {
    let ends = |text: &str| {
        let mark = date(text).mark();
        [mark.open_start, mark.fades_start, mark.fades_end, mark.open_end].map(u8::from)
    };
    for (text, expected) in [
        ("2019", [0, 0, 0, 0]),
        ("2019~", [0, 1, 1, 0]),
        ("2020/2021-06~", [0, 0, 1, 0]),
        ("2020?/2021", [0, 1, 0, 0]),
        ("../2021", [1, 0, 0, 0]),
        ("2021/..", [0, 0, 0, 1]),
        ("2021/", [0, 0, 1, 0]),
        ("/2021~", [0, 1, 1, 0]),
    ] {
        assert_eq!(ends(text), expected, "{text}");
    }
}

#[test]
fn html_is_told_only_what_it_can_say() {
    for (text, value) in [
        ("2019-08-05", Some("2019-08-05")),
        ("2019-08", Some("2019-08")),
        ("2019", Some("2019")),
        ("0001", Some("0001")),
        ("2019-08-05T14:05:00", Some("2019-08-05T14:05:00")),
        ("2019-08-05T14:05:00Z", Some("2019-08-05T14:05:00Z")),
        ("2019-08-05T14:05:00-05", Some("2019-08-05T14:05:00-05:00")),
        ("2019-08-05T14:05:00+05:30", Some("2019-08-05T14:05:00+05:30")),
        ("2016-12-31T23:59:60Z", None),
        ("2019~", None),
        ("2019-08-05?", None),
        ("2019-21", None),
        ("199X", None),
        ("2019-XX", None),
        ("2019/2020", None),
        ("0000", None),
        ("-0043", None),
        ("Y12019", None),
    ] {
        assert_eq!(date(text).datetime_attr().as_deref(), value, "{text}");
    }
}

#[test]
fn only_a_plain_day_is_a_full_date() {
    assert!(date("2019-08-05").is_full_day());
    for text in ["2019-08", "2019-08-05~", "2019-08-05T14:05:00", "2019-08-05/2019-08-05", "-0043-03-15", "2019-08-XX"]
    {
        assert!(!date(text).is_full_day(), "{text}");
        assert!(FullDate::parse(text).is_err(), "{text}");
    }
    let written = FullDate::parse("2019-08-05").map(|date| date.to_string());
    assert_eq!(written.as_deref(), Ok("2019-08-05"));
}

proptest! {
    #[test]
    fn every_date_has_a_place_in_order_and_its_bounds_in_order(text in nearly_a_date()) {
        if let Ok(date) = Date::parse(&text) {
            let _ = date.sort_key();
            let _ = date.mark();
            let _ = date.datetime_attr();
            if let (Form::Date(_), Some(first), Some(last)) = (date.form(), date.earliest(), date.latest()) {
                prop_assert!(first <= last);
            }
        }
    }
}
