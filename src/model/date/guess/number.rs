//! Dates in numbers: `2019-8-5`, `05/08/2019`, `20190805`, `2019년 8월 5일`, `2019-08-05 14:05`.

use super::Guess;
use crate::model::date::Date;

/// Reads numbers with `-`, `/`, `.` or an en dash between them; two readings where day and month can change places.
pub(super) fn numeric(text: &str) -> Vec<Guess> {
    let text = text.trim_end_matches('.').replace(['/', '.', '–'], "-").replace(' ', "");
    let parts: Vec<&str> = text.split('-').collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return Vec::new();
    }
    match parts.as_slice() {
        [all] if all.len() == 8 => sure([&all[..4], &all[4..6], &all[6..]]),
        [year, month] | [month, year] if year.len() == 4 && month.len() <= 2 => sure([year, month]),
        [year, month, day] if year.len() == 4 => sure([year, month, day]),
        [day, month, year] if year.len() == 4 => either_way(year, day, month),
        _ => Vec::new(),
    }
}

/// Takes years, months and days by their Korean, Chinese or Japanese signs.
pub(super) fn marked(text: &str) -> Option<String> {
    if !text.contains(['년', '年']) {
        return None;
    }
    let plain = text.replace(' ', "").replace(['년', '年', '월', '月'], "-").replace(['일', '日'], "");
    match numeric(plain.trim_end_matches('-')).as_slice() {
        [guess] => Some(guess.text.clone()),
        _ if plain.len() == 5 => valid(plain.trim_end_matches('-').to_owned()),
        _ => None,
    }
}

/// Gives a time of day its `T` and its seconds, and takes away fractions of them.
pub(super) fn date_time(text: &str) -> Option<String> {
    let (date, time) = text.split_once(['t', ' ']).filter(|(date, _)| date.len() == 10)?;
    let time = time.trim().to_uppercase().replace(' ', "");
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let clock = clock.split('.').next().unwrap_or(clock);
    let clock = match clock.len() {
        4 if clock.contains(':') => format!("0{clock}:00"),
        5 => format!("{clock}:00"),
        _ => clock.to_owned(),
    };
    valid(format!("{date}T{clock}{zone}"))
}

/// Pads the parts and joins them, where that makes a date.
pub(super) fn joined(parts: &[&str]) -> Option<String> {
    let parts: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
    valid(parts.join("-"))
}

pub(super) fn valid(text: String) -> Option<String> {
    Date::read(&text).map(|_| text)
}

fn sure<const N: usize>(parts: [&str; N]) -> Vec<Guess> {
    joined(&parts).map(Guess::sure).into_iter().collect()
}

fn either_way(year: &str, first: &str, second: &str) -> Vec<Guess> {
    let day_first = joined(&[year, second, first]);
    let month_first = joined(&[year, first, second]);
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => vec![
            Guess { text: one, reading: "if the day stands first" },
            Guess { text: other, reading: "if the month does" },
        ],
        (Some(text), _) | (None, Some(text)) => vec![Guess::sure(text)],
        (None, None) => Vec::new(),
    }
}
