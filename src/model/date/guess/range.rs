//! Intervals in words: `2019-2021`, `from May 2019 to June 2020`, `until 2021`, `since 2019`, `2019-present`.

use super::number::valid;
use super::only;

const BETWEEN: [&str; 11] = [" to ", " until ", " till ", " through ", " bis ", " - ", "–", "—", "..", "/", "-"];

/// Reads an interval.
pub(super) fn interval(text: &str) -> Option<String> {
    let found = open_start(text).or_else(|| open_end(text)).or_else(|| years(text)).or_else(|| both_ends(text))?;
    valid(found)
}

fn open_start(text: &str) -> Option<String> {
    let end = ["until ", "till ", "up to ", "to ", "bis "].iter().find_map(|word| text.strip_prefix(word))?;
    Some(format!("../{}", only(end)?))
}

fn open_end(text: &str) -> Option<String> {
    let after = text.strip_suffix('+').or_else(|| text.strip_suffix('-'));
    let start = ["onwards", "onward", "and after"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .or(after)
        .or_else(|| text.strip_prefix("since ").filter(|rest| only(rest).is_some()))
        .or_else(|| text.strip_prefix("from ").filter(|rest| only(rest).is_some()))?;
    let start = start.trim().strip_prefix("from ").unwrap_or(start.trim());
    Some(format!("{}/..", only(start)?))
}

/// Reads two years with a hyphen or a slash between them, the second perhaps shortened to two digits.
fn years(text: &str) -> Option<String> {
    let (start, end) = text.split_once(['-', '/', '–'])?;
    let (start, end) = (start.trim(), end.trim());
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if start.len() != 4 || !is_number(start) {
        return None;
    }
    match end.len() {
        4 if is_number(end) => Some(format!("{start}/{end}")),
        2 if is_number(end) && end > &start[2..] => Some(format!("{start}/{}{end}", &start[..2])),
        _ if is_present(end) => Some(format!("{start}/..")),
        _ => None,
    }
}

fn both_ends(text: &str) -> Option<String> {
    let text = match text.strip_prefix("between ") {
        Some(rest) => rest.replacen(" and ", " to ", 1),
        None => text.strip_prefix("from ").unwrap_or(text).to_owned(),
    };
    BETWEEN.iter().find_map(|between| {
        let (start, end) = text.split_once(between)?;
        let (start, end) = (start.trim(), end.trim());
        let end = match end {
            _ if is_present(end) => "..".to_owned(),
            "?" | "unknown" => String::new(),
            _ => with_what_the_start_says(start, end).or_else(|| only(end))?,
        };
        let start = match start {
            "?" | "unknown" => String::new(),
            ".." => "..".to_owned(),
            _ => with_what_the_end_says(start, &end).or_else(|| only(start))?,
        };
        valid(format!("{start}/{end}"))
    })
}

/// Completes `2018-01-15/02-20`, as ISO 8601-1 allows it and EDTF does not.
fn with_what_the_start_says(start: &str, end: &str) -> Option<String> {
    let shape = |text: &str| text.split('-').map(str::len).collect::<Vec<_>>();
    let missing = match (shape(start).as_slice(), shape(end).as_slice()) {
        ([4, 2, 2], [2, 2]) => &start[..5],
        ([4, 2, 2], [2]) => &start[..8],
        ([4, 2], [2]) => &start[..5],
        _ => return None,
    };
    valid(format!("{missing}{end}"))
}

/// Completes the start of `5 to 7 August 2019` and of `May to August 2019` from its end.
fn with_what_the_end_says(start: &str, end: &str) -> Option<String> {
    let month_and_year = end.get(..7).filter(|_| end.len() == 10);
    if let (1..=2, Some(known)) = (start.len(), month_and_year) {
        return only(&format!("{known}-{start:0>2}"));
    }
    let year = end.get(..4)?;
    let has_year = start.split(' ').any(|word| word.len() >= 4 && word.starts_with(|c: char| c.is_ascii_digit()));
    if has_year { None } else { only(&format!("{start} {year}")) }
}

fn is_present(word: &str) -> bool {
    ["", "present", "the present", "now", "today", "ongoing", "current", "date"].contains(&word)
}
