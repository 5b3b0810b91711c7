//! Dates in parts to EDTF, with exactly the precision that they have.
//!
//! TimelineJS counts −1 as 1 BC; EDTF counts astronomically, with 0 for 1 BC. A time of day needs a minute: an hour alone
//! cannot be said in EDTF. Seconds that are not given stand as `:00`, because EDTF has no time without them.

use serde_json::{Map, Value};

use crate::model::date::Date;

/// A date in parts. What is not given is not invented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Astronomical: 0 is 1 BC.
    pub(super) year: i64,
    month: Option<u8>,
    day: Option<u8>,
    hour: Option<u8>,
    minute: Option<u8>,
    second: Option<u8>,
    millisecond: Option<u16>,
}

/// A part that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// `month`; empty for the date as a whole.
    pub(super) part: &'static str,
    /// What is wrong with it.
    pub(super) message: String,
}

/// The years that JavaScript's dates hold; what lies beyond is on TimelineJS's cosmological scale.
const HUMAN: std::ops::RangeInclusive<i64> = -271_820..=275_759;

/// What a date became.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// The date, as far as it could be read.
    pub(super) parts: Option<Parts>,
    pub(super) fault: Option<Fault>,
}

/// Reads the parts. Where one is wrong, what stands before it is kept.
pub(super) fn read(value: &Value) -> Read {
    let fields = match value {
        Value::Object(fields) => fields,
        Value::String(text) => return written(text),
        Value::Number(number) => return written(&number.to_string()),
        _ => return fault(None, "", "it is not a date"),
    };
    let number = |part: &'static str| match fields.get(part) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => whole(value).map_err(|text| Fault { part, message: format!("`{text}` is not a {part}") }),
    };
    let year = match number("year") {
        Ok(Some(0)) => return fault(None, "year", "there is no year 0: 1 BC is `-1`"),
        Ok(Some(year)) if !HUMAN.contains(&year) => {
            return fault(None, "year", "a year of the cosmological scale would say more than anybody knows");
        }
        Ok(Some(year)) => {
            if year < 0 {
                year + 1
            } else {
                year
            }
        }
        Ok(None) => return fault(None, "year", "it has no year"),
        Err(fault) => return Read { parts: None, fault: Some(fault) },
    };
    let mut parts = Parts { year, ..Parts::default() };
    match parts.fill(number) {
        Ok(()) => Read { parts: Some(parts), fault: None },
        Err(fault) => Read { parts: Some(parts), fault: Some(fault) },
    }
}

fn fault(parts: Option<Parts>, part: &'static str, message: impl Into<String>) -> Read {
    Read { parts, fault: Some(Fault { part, message: message.into() }) }
}

/// Reads a whole number, typed as a number or as text with commas; empty is none.
fn whole(value: &Value) -> Result<Option<i64>, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            _ => number.to_string(),
        },
        other => return Err(other.to_string()),
    };
    let tidy: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let tidy = tidy.replace('−', "-");
    let tidy = tidy.strip_suffix(".0").unwrap_or(&tidy);
    if tidy.is_empty() { Ok(None) } else { tidy.parse().map(Some).map_err(|_| text.trim().to_owned()) }
}

impl Parts {
    fn fill(&mut self, number: impl Fn(&'static str) -> Result<Option<i64>, Fault>) -> Result<(), Fault> {
        let within = |part: &'static str, most: i64, least: i64| match number(part)? {
            Some(value) if (least..=most).contains(&value) => Ok(u16::try_from(value).ok()),
            Some(value) => Err(Fault { part, message: format!("there is no {part} {value}") }),
            None => Ok(None),
        };
        let small = |value: Option<u16>| value.and_then(|value| u8::try_from(value).ok());
        let (month, day) = (small(within("month", 12, 1)?), within("day", 31, 1));
        self.month = month;
        let day = small(day?);
        if day.is_some() && month.is_none() {
            return Err(Fault { part: "day", message: "a day without a month".to_owned() });
        }
        if let Some(day) = day {
            let with_day = Self { day: Some(day), ..*self };
            if Date::parse(&with_day.day_text()).is_err() {
                return Err(Fault { part: "day", message: format!("the month has no day {day}") });
            }
        }
        self.day = day;
        let hour = small(within("hour", 23, 0)?);
        let minute = small(within("minute", 59, 0)?);
        let second = small(within("second", 60, 0)?);
        let millisecond = within("millisecond", 999, 0)?.filter(|millisecond| *millisecond > 0);
        if hour.is_some_and(|hour| hour > 0) && day.is_none() {
            return Err(Fault { part: "hour", message: "a time of day without a day".to_owned() });
        }
        (self.hour, self.minute, self.second, self.millisecond) =
            if day.is_some() { (hour, minute, second, millisecond) } else { (None, None, None, None) };
        Ok(())
    }

    /// The date without its time of day, as EDTF.
    pub(super) fn day_text(&self) -> String {
        let year = match self.year {
            year @ 0..=9999 => format!("{year:04}"),
            year @ -9999..0 => format!("-{:04}", -year),
            year => return format!("Y{year}"),
        };
        let parts = [self.month, self.day].into_iter().flatten();
        parts.fold(year, |text, part| format!("{text}-{part:02}"))
    }

    /// The date with its time of day, where it has one that EDTF can say.
    pub(super) fn text(&self) -> String {
        let day = self.day_text();
        match (self.hour, self.minute) {
            (Some(hour), Some(minute)) if self.day.is_some() => {
                let text = format!("{day}T{hour:02}:{minute:02}:{:02}", self.second.unwrap_or_default());
                if Date::parse(&text).is_ok() { text } else { day }
            }
            _ => day,
        }
    }

    /// Whether a part of the time of day does not stand in `text`.
    pub(super) fn loses(&self) -> bool {
        self.millisecond.is_some() || self.hour.is_some() && !self.text().contains('T')
    }

    /// Whether there is a time of day.
    pub(super) fn has_time(&self) -> bool {
        self.hour.is_some()
    }
}

/// What start and end give together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The date, as EDTF.
    pub(super) text: String,
    /// Whether all of it stands in the text.
    pub(super) whole: bool,
    /// Whether the end comes before the start; the text then says the start only.
    pub(super) backwards: bool,
}

/// Puts start and end together. An interval has days at most: EDTF knows none with times.
pub(super) fn span(start: Parts, end: Option<Parts>) -> Span {
    let alone = Span { text: start.text(), whole: !start.loses(), backwards: false };
    let Some(end) = end.filter(|end| *end != start) else { return alone };
    if start.day_text() == end.day_text() {
        let time = |parts: &Parts| (parts.hour, parts.minute, parts.second);
        let backwards = end.has_time() && time(&end) < time(&start);
        return Span { whole: alone.whole && !end.has_time(), backwards, ..alone };
    }
    let text = format!("{}/{}", start.day_text(), end.day_text());
    match Date::parse(&text) {
        Ok(_) => Span { text, whole: !start.has_time() && !end.has_time(), backwards: false },
        Err(_) => Span { backwards: true, ..alone },
    }
}

/// Reads a date written as one text: `2019-08-05`, or month, day and year as the first spreadsheets had them.
fn written(text: &str) -> Read {
    let text = text.trim();
    if text.is_empty() {
        return fault(None, "year", "it has no year");
    }
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, Some(time.trim())),
        None => (text, None),
    };
    let numbers: Vec<&str> = day.split('/').collect();
    let names: &[&str] = match numbers.len() {
        3 => &["month", "day", "year"],
        2 => &["month", "year"],
        _ => &[],
    };
    let mut fields: Map<String, Value> = if names.is_empty() {
        let (sign, unsigned) = day.strip_prefix('-').map_or(("", day), |rest| ("-", rest));
        let parts = ["year", "month", "day"]
            .iter()
            .zip(unsigned.split('-'))
            .map(|(name, part)| ((*name).to_owned(), Value::from(part)));
        let mut fields: Map<String, Value> = parts.collect();
        if unsigned.split('-').count() > 3 {
            return fault(None, "", format!("`{text}` is not a date"));
        }
        fields.insert(
            "year".to_owned(),
            Value::from(format!("{sign}{}", unsigned.split('-').next().unwrap_or_default())),
        );
        fields
    } else {
        names.iter().zip(numbers).map(|(name, part)| ((*name).to_owned(), Value::from(part))).collect()
    };
    if let Some(time) = time {
        match time_of_day(time) {
            Some(parts) => fields.extend(parts),
            None => return fault(None, "", format!("`{text}` is not a date")),
        }
    }
    read(&Value::Object(fields))
}

/// Reads a time as people type it: `14:30`, `2:30 pm`, `1430`, `14.30`, `14:30:05.5`.
pub(super) fn time_of_day(text: &str) -> Option<Map<String, Value>> {
    let lower = text.trim().trim_end_matches(['Z', 'z']).to_lowercase().replace(['.', ','], ":");
    let (clock, half) = match lower.trim_end_matches([':', ' ']) {
        clock if clock.ends_with("am") || clock.ends_with("a:m") => (clock, Some(0)),
        clock if clock.ends_with("pm") || clock.ends_with("p:m") => (clock, Some(12)),
        clock => (clock, None),
    };
    let clock = clock.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts: Vec<&str> = clock.split(':').map(str::trim).collect();
    if let [joined] = parts[..]
        && joined.is_ascii()
        && matches!(joined.len(), 3 | 4)
    {
        parts = vec![&joined[..joined.len() - 2], &joined[joined.len() - 2..]];
    }
    if parts.len() > 4 || !parts.iter().all(is_number) {
        return None;
    }
    let mut numbers: Vec<i64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    match (half, numbers.first_mut()) {
        (Some(_), Some(hour)) if !(1..=12).contains(hour) => return None,
        (Some(half), Some(hour)) => *hour = *hour % 12 + half,
        _ => {}
    }
    if let (Some(part), Some(number)) = (parts.get(3), numbers.get_mut(3)) {
        *number *= 10_i64.pow(3 - u32::try_from(part.len()).ok()?);
    }
    let names = ["hour", "minute", "second", "millisecond"];
    Some(names.iter().zip(numbers).map(|(name, number)| ((*name).to_owned(), Value::from(number))).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{read, span, time_of_day};

    fn text(value: &Value) -> String {
        let read = read(value);
        let text = read.parts.map(|parts| parts.text()).unwrap_or_default();
        read.fault.map_or(text.clone(), |fault| format!("{text} ({})", fault.message))
    }

    #[test]
    fn a_date_keeps_its_precision_and_gains_none() {
        for (value, edtf) in [
            (json!({"year": 2019, "month": 8, "day": 5}), "2019-08-05"),
            (json!({"year": "2019", "month": "8", "day": ""}), "2019-08"),
            (json!({"year": 2019}), "2019"),
            (json!({"year": "-44", "month": 3, "day": 15}), "-0043-03-15"),
            (json!({"year": -1}), "0000"),
            (json!({"year": "-12,000"}), "Y-11999"),
            (json!({"year": 794}), "0794"),
            (json!({"year": 2019, "month": 8, "day": 5, "hour": 14, "minute": 30}), "2019-08-05T14:30:00"),
            (json!({"year": 2019, "month": 8, "day": 5, "hour": 14}), "2019-08-05"),
            (json!("2019-08"), "2019-08"),
            (json!("-44"), "-0043"),
            (json!("8/5/2019 14:30"), "2019-08-05T14:30:00"),
            (json!("8/2019"), "2019-08"),
            (json!({"year": 2019.0}), "2019"),
        ] {
            assert_eq!(text(&value), edtf, "{value}");
        }
    }

    #[test]
    fn a_wrong_part_is_told_and_what_stands_before_it_kept() {
        for (value, told) in [
            (json!({"year": 2019, "month": 13}), "2019 (there is no month 13)"),
            (json!({"year": 2019, "month": 2, "day": 30}), "2019-02 (the month has no day 30)"),
            (json!({"year": 2019, "day": 3}), "2019 (a day without a month)"),
            (json!({"year": 0}), " (there is no year 0: 1 BC is `-1`)"),
            (json!({"year": "c. 1890"}), " (`c. 1890` is not a year)"),
            (json!({"month": 3}), " (it has no year)"),
            (json!({"year": 2019, "month": 1, "day": 1, "hour": 25}), "2019-01-01 (there is no hour 25)"),
            (
                json!({"year": -13_800_000_000_i64}),
                " (a year of the cosmological scale would say more than anybody knows)",
            ),
            (json!([]), " (it is not a date)"),
        ] {
            assert_eq!(text(&value), told, "{value}");
        }
    }

    #[test]
    fn an_interval_has_days_at_most_and_never_runs_backwards() {
        let parts = |text: &str| read(&json!(text)).parts.expect("it is a date");
        let both = |start: &str, end: &str| {
            let span = span(parts(start), Some(parts(end)));
            (span.text, span.whole, span.backwards)
        };
        assert_eq!(both("2019", "2021-06"), ("2019/2021-06".into(), true, false));
        assert_eq!(both("2019", "2019"), ("2019".into(), true, false));
        assert_eq!(both("2019-08-05 10:00", "2019-08-06 11:00"), ("2019-08-05/2019-08-06".into(), false, false));
        assert_eq!(both("2019-08-05 10:00", "2019-08-05 11:00"), ("2019-08-05T10:00:00".into(), false, false));
        assert_eq!(both("2021", "2019"), ("2021".into(), true, true));
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for (text, hour, minute) in [
            ("14:30", 14, 30),
            ("2:30 pm", 14, 30),
            ("2:30 p.m.", 14, 30),
            ("12:05 AM", 0, 5),
            ("1430", 14, 30),
            ("14.30", 14, 30),
        ] {
            let parts = time_of_day(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&parts["hour"], &parts["minute"]), (&json!(hour), &json!(minute)), "{text}");
        }
        for text in ["noon", "", "13:00 pm", "1:2:3:4:5"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
