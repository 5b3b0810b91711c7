//! Dates: what is read keeps its text and its bounds; what is not is explained; every date can be written out.

use std::sync::LazyLock;

use dateline::model::date::{Date, FullDate};
use dateline::theme::DateWords;
use dateline::view::dates::DateWriter;

static WRITERS: LazyLock<Vec<(DateWriter, DateWords)>> = LazyLock::new(|| {
    let languages = ["en", "en-US", "ar", "de", "ko", "fr", "th"];
    languages.map(|language| (DateWriter::new(language), super::in_language(language).1.dates)).into()
});

pub(crate) fn edtf(data: &[u8]) {
    let text = super::text(data);
    let read = Date::parse(text);
    match &read {
        Ok(date) => {
            assert_eq!(date.as_str(), text);
            assert_sound(date);
        }
        Err(error) => {
            assert!(!error.message.is_empty(), "nothing is said");
            assert!(text.get(error.offset.clone()).is_some(), "the place of the mistake is not in the text: {error:?}");
        }
    }
    for date in Date::meant(text) {
        assert_eq!(Date::parse(date.as_str()).as_ref(), Ok(&date), "what a text may mean is a date");
        assert_sound(&date);
    }
    match FullDate::parse(text) {
        Ok(day) => assert_eq!(read.ok().and_then(|date| date.as_full_date()), Some(day), "a day is a date"),
        Err(error) => assert!(text.get(error.offset.clone()).is_some(), "the place is not in the text: {error:?}"),
    }
}

fn assert_sound(date: &Date) {
    let (earliest, latest) = (date.earliest(), date.latest());
    if let (Some(earliest), Some(latest)) = (earliest, latest) {
        assert!(earliest <= latest, "{date:?} ends before it begins");
    }
    assert!(Some(date.sort_day()) == earliest || Some(date.sort_day()) == latest, "{date:?} sorts by a day of its own");
    assert_eq!(date.year(), date.sort_day().year());
    assert_eq!(date.sort_key(), date.sort_key());
    assert_eq!(date.is_full_day(), date.as_full_date().is_some());
    date.mark();
    if let Some(stamp) = date.datetime_attr() {
        // A shift from UTC is written out, which says nothing more: `+02` as `+02:00`.
        let shift_in_hours = date.as_str().contains('T') && matches!(date.as_str().as_bytes(), [.., b'+' | b'-', _, _]);
        let longest = date.as_str().len() + if shift_in_hours { ":00".len() } else { 0 };
        assert!(stamp.len() <= longest, "{date:?} gains precision as `{stamp}`");
        assert_eq!(Date::parse(&stamp).map(|stamp| stamp.sort_key()), Ok(date.sort_key()), "`{stamp}` is another time");
        assert_eq!(Date::parse(&stamp).ok().and_then(|stamp| stamp.earliest()), earliest, "`{stamp}` is another time");
    }
    for (writer, words) in WRITERS.iter() {
        assert!(!writer.write(date, words).trim().is_empty() && !writer.write_short(date, words).trim().is_empty());
    }
}
