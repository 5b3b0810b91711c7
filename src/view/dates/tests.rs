//! EDTF in, written dates out, in several languages.

use super::*;

pub(super) fn writer(language: &str) -> DateWriter {
    let writer = DateWriter::new(language);
    assert_eq!(writer.fallback(), None);
    writer
}

pub(super) fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn assert_written(language: &str, words: &DateWords, table: &[(&str, &str)]) {
    let writer = writer(language);
    for (text, written) in table {
        assert_eq!(writer.write(&date(text), words), *written, "{text} in {language}");
    }
}

fn german() -> DateWords {
    DateWords {
        circa: "um {date}".to_owned(),
        uncertain: "{date} (unsicher)".to_owned(),
        interval: "{start} bis {end}".to_owned(),
        since: "seit {start}".to_owned(),
        until: "bis {end}".to_owned(),
        spring: "Frühjahr".to_owned(),
        decade: "{digits}er-Jahre".to_owned(),
        ..DateWords::default()
    }
}

fn korean() -> DateWords {
    DateWords {
        circa: "{date}경".to_owned(),
        interval: "{start}부터 {end}까지".to_owned(),
        span: "{start}~{end}".to_owned(),
        since: "{start}부터".to_owned(),
        until: "{end}까지".to_owned(),
        season_of_year: "{year} {season}".to_owned(),
        spring: "봄".to_owned(),
        decade: "{digits}년대".to_owned(),
        ..DateWords::default()
    }
}

fn arabic() -> DateWords {
    DateWords {
        circa: "نحو {date}".to_owned(),
        interval: "من {start} إلى {end}".to_owned(),
        since: "منذ {start}".to_owned(),
        until: "حتى {end}".to_owned(),
        ..DateWords::default()
    }
}

#[test]
fn english_dates_are_written_as_a_newspaper_writes_them() {
    assert_written(
        "en",
        &DateWords::default(),
        &[
            ("2019-08-05", "5 August 2019"),
            ("2019-08", "August 2019"),
            ("2016-02", "February 2016"),
            ("2019", "2019"),
            ("2019-08~", "c. August 2019"),
            ("2019~", "c. 2019"),
            ("2019?", "2019 (uncertain)"),
            ("2019-08-05%", "c. 5 August 2019 (uncertain)"),
            ("2019-21", "spring 2019"),
            ("2019-24~", "c. winter 2019"),
            ("199X", "1990s"),
            ("199X~", "c. 1990s"),
            ("19XX", "between 1900 and 1999"),
            ("2019-08-XX", "August 2019 (day not given)"),
            ("2019-XX", "2019 (month not given)"),
            ("2019-XX-XX", "2019 (month and day not given)"),
            ("2019-08-05T14:05:00", "5 August 2019, 14:05"),
            ("2019-08-05T14:05:30Z", "5 August 2019, 14:05:30 UTC"),
            ("2019-08-05T14:05:00+02", "5 August 2019, 14:05 UTC+2"),
            ("2019-08-05T00:00:00-05:30", "5 August 2019, 00:00 UTC−5:30"),
            ("2016-12-31T23:59:60Z", "31 December 2016, 23:59:60 UTC"),
            ("-0043-03-15", "15 March 44 BC"),
            ("-0043", "44 BC"),
            ("0000", "1 BC"),
            ("Y170000002", "170000002"),
            ("Y-170000002", "170000003 BC"),
            ("-0043-03-15T12:00:00", "15 March 44 BC, 12:00"),
            ("-004X~", "c. between 50 BC and 41 BC"),
            ("-00XX", "between 100 BC and 1 BC"),
        ],
    );
}

#[test]
fn english_intervals_say_what_their_ends_share_once() {
    assert_written(
        "en",
        &DateWords::default(),
        &[
            ("2019-08-05/2019-08-07", "5–7 August 2019"),
            ("2019-08-05/2019-09-07", "5 August to 7 September 2019"),
            ("2019-05-05/2019-08-05", "5 May to 5 August 2019"),
            ("2019-08-05/2020-09-07", "5 August 2019 to 7 September 2020"),
            ("2019-08-05/2019-08-05", "5 August 2019 to 5 August 2019"),
            ("2019-08/2019-10", "August–October 2019"),
            ("2019-08/2020-03", "August 2019 to March 2020"),
            ("2017/2019", "2017–2019"),
            ("-0043/-0030", "44 BC to 31 BC"),
            ("2020/2021-06~", "2020 to c. June 2021"),
            ("2019-08-05~/2019-08-07", "c. 5 August 2019 to 7 August 2019"),
            ("2017~/2019?", "c. 2017 to 2019 (uncertain)"),
            ("2019-21/2020-23", "spring 2019 to autumn 2020"),
            ("2019-08/2019-08-20", "August 2019 to 20 August 2019"),
            ("2019-08-05/..", "since 5 August 2019"),
            ("../2021-12", "until December 2021"),
            ("../2021~", "until c. 2021"),
            ("2019/", "2019 to an unknown date"),
            ("/2021", "from an unknown date to 2021"),
        ],
    );
}

#[test]
fn american_english_has_its_own_order() {
    assert_written(
        "en-US",
        &DateWords::default(),
        &[
            ("2019-08-05", "August 5, 2019"),
            ("2019-08-05/2019-08-07", "August 5–7, 2019"),
            ("2019-08-05/2019-09-07", "August 5 to September 7, 2019"),
            ("2019-08-05T14:05:00Z", "August 5, 2019, 2:05\u{202f}PM UTC"),
        ],
    );
}

#[test]
fn german_dates_are_written_out() {
    assert_written(
        "de",
        &german(),
        &[
            ("2019-08-05", "5. August 2019"),
            ("2019-03~", "um März 2019"),
            ("2019-21", "Frühjahr 2019"),
            ("199X", "1990er-Jahre"),
            ("2019-08-05/2019-08-07", "5.–7. August 2019"),
            ("2019-08-05/2019-09-07", "5. August bis 7. September 2019"),
            ("2019-08/2019-10", "August–Oktober 2019"),
            ("2020/2021-06~", "2020 bis um Juni 2021"),
            ("2019-08-05T14:05:00Z", "5. August 2019, 14:05 UTC"),
        ],
    );
}

#[test]
fn korean_dates_are_written_out() {
    assert_written(
        "ko",
        &korean(),
        &[
            ("2019-08-05", "2019년 8월 5일"),
            ("2019-08", "2019년 8월"),
            ("2019~", "2019년경"),
            ("2019-21", "2019년 봄"),
            ("199X", "1990년대"),
            ("2019-08-05/2019-08-07", "2019년 8월 5일~7일"),
            ("2019-08-05/2019-09-07", "2019년 8월 5일부터 9월 7일까지"),
            ("2019-08/2019-10", "2019년 8월~10월"),
            ("2017/2019", "2017년~2019년"),
            ("../2021-12", "2021년 12월까지"),
        ],
    );
}

#[test]
fn arabic_dates_are_written_out_in_the_digits_of_the_region() {
    assert_written(
        "ar",
        &arabic(),
        &[
            ("2019-08-05", "5 أغسطس 2019"),
            ("2019~", "نحو 2019"),
            ("2019-08/2020-03", "من أغسطس 2019 إلى مارس 2020"),
            ("2019-08-05/2019-08-07", "5–7 أغسطس 2019"),
        ],
    );
    assert_written(
        "ar-EG",
        &DateWords::default(),
        &[
            ("2019-08-05", "٥ أغسطس ٢٠١٩"),
            ("199X", "١٩٩٠s"),
            ("2019-08-05T14:05:00+05:30", "٥ أغسطس ٢٠١٩, ٢:٠٥ م UTC+٥:٣٠"),
            ("Y170000002", "١٧٠٠٠٠٠٠٢"),
        ],
    );
}

#[test]
fn beside_its_year_a_date_leaves_the_year_out() {
    let (writer, words) = (writer("en"), DateWords::default());
    for (text, written) in [
        ("2019-08-05", "5 August"),
        ("2019-08-05~", "c. 5 August"),
        ("2019-08", "August"),
        ("2019-21", "spring"),
        ("2019", "during the year"),
        ("2019~", "c. 2019"),
        ("199X", "1990s"),
        ("2019-08-XX", "August (day not given)"),
        ("2019-XX", "2019 (month not given)"),
        ("2019-08-05T14:05:00Z", "5 August, 14:05 UTC"),
        ("2019-08-05/2019-08-07", "5–7 August"),
        ("2019-08-05/2019-09-07", "5 August to 7 September"),
        ("2019-05-05/2019-08-05", "5 May to 5 August"),
        ("2019-08/2019-10", "August–October"),
        ("2019-08~/2019-10", "c. August to October"),
        ("2019-08/2020-03", "August 2019 to March 2020"),
        ("2017/2019", "2017–2019"),
        ("2019/2019-06", "2019 to June 2019"),
        ("2019-08-05/..", "since 5 August"),
        ("2019/..", "since 2019"),
        ("../2021-12", "until December"),
        ("2019-08/", "August to an unknown date"),
        ("/2019-08", "from an unknown date to August"),
        ("2019-22/2019-24", "summer 2019 to winter 2019"),
    ] {
        assert_eq!(writer.write_short(&date(text), &words), written, "{text}");
    }
}

#[test]
fn full_dates_and_years_are_written_without_words() {
    let day = FullDate::parse("2019-08-05").expect("it is a full date");
    assert_eq!(writer("en").write_full_date(day), "5 August 2019");
    assert_eq!(writer("ko").write_full_date(day), "2019년 8월 5일");
    assert_eq!(writer("ko").write_year(2019), "2019년");
    assert_eq!(writer("en").write_year(-43), "44 BC");
}

#[test]
fn a_language_without_data_falls_back_to_english_and_says_so() {
    for (language, note) in [
        ("tlh", "there are no month names for `tlh`, so dates are written in English"),
        ("en_US", "`en_US` is not a language tag (BCP 47), so dates are written in English"),
        ("", "`` is not a language tag (BCP 47), so dates are written in English"),
    ] {
        let writer = DateWriter::new(language);
        assert_eq!(writer.fallback().map(Fallback::to_string).as_deref(), Some(note));
        assert_eq!(writer.write(&date("2019-08-05"), &DateWords::default()), "5 August 2019");
    }
}

#[test]
fn a_writer_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<DateWriter>();
}

#[test]
fn every_language_of_the_theme_collapses_without_losing_a_day() {
    let words = DateWords::default();
    for language in
        ["en", "en-US", "de", "ko", "ar", "fr", "es", "ja", "zh", "ru", "he", "fa", "hi", "pt", "it", "lt", "sr"]
    {
        let writer = writer(language);
        for (first, last) in [(5, 7), (1, 31), (10, 11), (8, 18), (19, 20)] {
            let text = format!("2019-08-{first:02}/2019-08-{last:02}");
            let written = writer.write(&date(&text), &words);
            for number in [first, last, 2019] {
                assert!(written.contains(&writer.names.digits(number)), "{text} in {language}: {written}");
            }
        }
    }
}
