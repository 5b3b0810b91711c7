//! Numbers in languages that count by ten thousands: `4억 2880만`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Writes a number in groups of four digits, each but the last with its word: `4억 2880`, and the word of the last, `만`.
///
/// Groups of nothing are left out, so that nothing is rounded and nothing is shown that is not there. A fraction stands
/// with the units: `1만 2345.5`. What is larger than the words reach keeps its digits before the last word.
pub(super) fn write(value: Decimal, words: &[String]) -> (String, &str) {
    let value = value.normalize();
    let sign = if value.is_sign_negative() && !value.is_zero() { "\u{2212}" } else { "" };
    let (mut rest, fraction) = (value.abs().trunc(), value.abs().fract());
    let myriad = Decimal::from(10_000);
    let mut groups: Vec<(String, &str)> = Vec::new();
    for place in 0..=words.len() {
        let word = place.checked_sub(1).map_or("", |at| words[at].as_str());
        let group = if place == words.len() { rest } else { rest % myriad };
        let with_fraction = if place == 0 { group + fraction } else { group };
        if !with_fraction.is_zero() {
            groups.push((with_fraction.normalize().to_string(), word));
        }
        rest = ((rest - group) / myriad).trunc();
        if rest.to_u8() == Some(0) {
            break;
        }
    }
    let Some((last, before)) = groups.split_first() else { return ("0".to_owned(), "") };
    let mut text: String = before.iter().rev().map(|(digits, word)| format!("{digits}{word} ")).collect();
    text.push_str(&last.0);
    (format!("{sign}{text}"), last.1)
}

#[cfg(test)]
mod tests {
    use super::write;

    fn written(value: &str) -> String {
        let words = ["만", "억", "조"].map(str::to_owned);
        let (number, word) = write(value.parse().expect("it is a decimal"), &words);
        format!("{number}{word}")
    }

    #[test]
    fn a_number_is_written_by_ten_thousands() {
        for (value, text) in [
            ("0", "0"),
            ("7", "7"),
            ("9999", "9999"),
            ("10000", "1만"),
            ("428800000", "4억 2880만"),
            ("2000000000", "20억"),
            ("308400000", "3억 840만"),
            ("1650500001", "16억 5050만 1"),
            ("12345.50", "1만 2345.5"),
            ("0.25", "0.25"),
            ("-5000000", "\u{2212}500만"),
            ("123456000000000000000", "123456000조"),
        ] {
            assert_eq!(written(value), text, "{value}");
        }
    }
}
