//! Dates as tags have them, to EDTF at their precision: a year stays a year, and a time of day is left away.

use crate::model::date::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date; `None` where it is none, or could be two.
pub(super) fn edtf(text: &str) -> Option<String> {
    let text = text.trim();
    let found = by_numbers(text).or_else(|| by_words(text))?;
    Date::parse(&found).is_ok().then_some(found)
}

/// `2019`, `2019-08`, `2019/8/5`, `2019-08-05T10:00:00+02:00`, `20190805`.
fn by_numbers(text: &str) -> Option<String> {
    let date = text.split(['T', ' ', 't']).next()?;
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]));
    }
    let parts: Vec<&str> = date.trim_end_matches(['Z', 'z']).split(['-', '/', '.']).collect();
    let numbers =
        parts.iter().map(|part| part.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit())));
    let numbers: Vec<u32> = numbers.collect::<Option<_>>()?;
    if parts.first()?.len() != 4 || parts[1..].iter().any(|part| part.len() > 2) {
        return None;
    }
    written(&numbers)
}

/// `5 August 2019`, `August 5, 2019`, `Mon, 05 Aug 2019 10:00:00 GMT`, `August 2019`.
fn by_words(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', ',', '.', '-']).filter(|word| !word.is_empty()).take(6).collect();
    let month = words.iter().position(|word| month(word).is_some())?;
    let number =
        |at: Option<usize>| at.and_then(|at| words.get(at)?.trim_end_matches(char::is_alphabetic).parse::<u32>().ok());
    let (before, after, then) = (number(month.checked_sub(1)), number(Some(month + 1)), number(Some(month + 2)));
    let named = self::month(words[month])?;
    match (before, after, then) {
        (Some(day @ 1..=31), Some(year @ 1000..), _) | (_, Some(day @ 1..=31), Some(year @ 1000..)) => {
            written(&[year, named, day])
        }
        (_, Some(year @ 1000..), _) => written(&[year, named]),
        _ => None,
    }
}

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    let whole = word.len() <= 4
        || matches!(
            word.as_str(),
            "january" | "february" | "march" | "april" | "august" | "september" | "october" | "november" | "december"
        );
    whole.then_some(at as u32 + 1)
}

fn written(numbers: &[u32]) -> Option<String> {
    match numbers {
        [year] => Some(format!("{year:04}")),
        [year, month] => Some(format!("{year:04}-{month:02}")),
        [year, month, day] => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::edtf;

    #[test]
    fn a_date_keeps_its_precision() {
        for (text, date) in [
            ("2019", "2019"),
            ("2019/8", "2019-08"),
            ("2019-08-05T10:00:00+02:00", "2019-08-05"),
            ("2019-08-05 10:00", "2019-08-05"),
            ("20190805", "2019-08-05"),
            ("2019/08/05", "2019-08-05"),
            ("5 August 2019", "2019-08-05"),
            ("August 5, 2019", "2019-08-05"),
            ("Aug. 5th, 2019", "2019-08-05"),
            ("Mon, 05 Aug 2019 10:00:00 GMT", "2019-08-05"),
            ("August 2019", "2019-08"),
        ] {
            assert_eq!(edtf(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_none() {
        for text in ["05/08/2019", "yesterday", "", "2019-13-45", "1565000000", "Mayor of 2019", "T", "-"] {
            assert_eq!(edtf(text), None, "{text}");
        }
    }
}
