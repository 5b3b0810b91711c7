//! Numbers as they were typed: an exact decimal, with how much of it was shown.

use std::fmt;

use rust_decimal::Decimal;

/// The most digits that a number may have, those after the point included.
const MOST_DIGITS: u32 = 28;

/// The word or letter that multiplies a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// None.
    One,
    /// `k`, `thousand`: 10³.
    Thousand,
    /// `m`, `mn`, `mln`, `million`: 10⁶.
    Million,
    /// `bn`, `b`, `billion`: 10⁹.
    Billion,
    /// `tn`, `trn`, `trillion`: 10¹².
    Trillion,
}

impl Scale {
    /// Every scale, the smallest first.
    pub const ALL: [Self; 5] = [Self::One, Self::Thousand, Self::Million, Self::Billion, Self::Trillion];

    /// Returns the power of ten.
    pub const fn exponent(self) -> u32 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::Million => 6,
            Self::Billion => 9,
            Self::Trillion => 12,
        }
    }

    /// Returns the word, empty for one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Thousand => "thousand",
            Self::Million => "million",
            Self::Billion => "billion",
            Self::Trillion => "trillion",
        }
    }

    /// Returns the abbreviation that stands with money, empty for one.
    pub const fn short(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Thousand => "k",
            Self::Million => "m",
            Self::Billion => "bn",
            Self::Trillion => "tn",
        }
    }
}

/// A number that has more digits than an exact decimal holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number has too many digits")
    }
}

impl std::error::Error for TooLarge {}

/// An exact number that remembers how it was typed: `1.7 billion` is 1700000000, shown with one decimal, in billions.
///
/// Two numbers are equal where they were typed alike; to ask whether they mean the same, compare their [values]. The
/// first has to be so for what is written out to be what was read; the second makes `0.5 billion` and `500 million` one.
///
/// [values]: Self::value
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    value: Decimal,
    decimals: u32,
    scale: Scale,
}

impl Number {
    /// Makes the number `digits` × 10^-`decimals` × scale.
    ///
    /// # Errors
    ///
    /// More than 28 digits, as it was typed or without its scale. The zero before a point is one of them.
    pub fn new(digits: i128, decimals: u32, scale: Scale) -> Result<Self, TooLarge> {
        if decimals >= MOST_DIGITS || digits.unsigned_abs() >= 10_u128.pow(MOST_DIGITS) {
            return Err(TooLarge);
        }
        let exponent = scale.exponent();
        let (mantissa, places) = match exponent.checked_sub(decimals) {
            Some(zeros) => (digits.checked_mul(10_i128.pow(zeros)).ok_or(TooLarge)?, 0),
            None => (digits, decimals - exponent),
        };
        if mantissa.unsigned_abs() >= 10_u128.pow(MOST_DIGITS) {
            return Err(TooLarge);
        }
        let value = Decimal::try_from_i128_with_scale(mantissa, places).map_err(|_| TooLarge)?.normalize();
        Ok(Self { value, decimals, scale })
    }

    /// Makes a whole number without a scale.
    pub fn whole(value: u32) -> Self {
        Self { value: Decimal::from(value), decimals: 0, scale: Scale::One }
    }

    /// Returns the value, multiplied out: 1700000000.
    pub const fn value(&self) -> Decimal {
        self.value
    }

    /// Returns how many digits were typed after the point.
    pub const fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Returns the scale that was typed.
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// Returns the power of ten of the last digit typed: 8 for `1.7 billion`, 6 for `400 million`, -2 for `0.25`.
    pub fn last_digit(&self) -> i32 {
        let exponent = i32::try_from(self.scale.exponent()).expect("a scale is at most 12");
        exponent - i32::try_from(self.decimals).expect("a number has less than 28 decimals")
    }

    /// Returns the powers of ten to which the number may have been rounded, the finest first.
    ///
    /// Digits after a point are all meant, so that `1.50 billion` is rounded to 10 million and to nothing else. Zeros
    /// that end a whole number may be meant or not: `400 million` is rounded to 1, 10 or 100 million.
    pub fn roundings(&self) -> std::ops::RangeInclusive<i32> {
        let finest = self.last_digit();
        if self.decimals > 0 || self.value.is_zero() {
            return finest..=finest;
        }
        let mut coarsest = 0;
        let mut rest = self.value.mantissa();
        while rest % 10 == 0 {
            rest /= 10;
            coarsest += 1;
        }
        finest..=coarsest.max(finest)
    }

    /// Returns the number with another sign.
    pub(super) fn negated(self) -> Self {
        Self { value: -self.value, ..self }
    }

    /// Returns the number with a scale, where it was typed without one.
    pub(super) fn scaled(self, scale: Scale) -> Result<Self, TooLarge> {
        let digits = self.value.mantissa();
        let missing = self.decimals.saturating_sub(self.value.scale());
        let digits = digits.checked_mul(10_i128.checked_pow(missing).ok_or(TooLarge)?).ok_or(TooLarge)?;
        Self::new(digits, self.decimals, scale)
    }

    /// Returns the number as typed but for its scale: 1.7 for `1.7 billion`.
    pub(super) fn unscaled(&self) -> String {
        plain(self.value, self.scale, self.decimals)
    }
}

/// Writes a value in units of a scale, with separators of thousands and at least as many decimals as are asked for.
pub(super) fn plain(value: Decimal, scale: Scale, decimals: u32) -> String {
    let value = value.normalize();
    let digits = value.mantissa().unsigned_abs().to_string();
    let places = usize::try_from(value.scale() + scale.exponent()).expect("at most 40");
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = fraction.trim_end_matches('0');
    let decimals = usize::try_from(decimals).expect("at most 28");
    let sign = if value.is_sign_negative() && !value.is_zero() { "-" } else { "" };
    let point = if fraction.is_empty() && decimals == 0 { "" } else { "." };
    format!("{sign}{}{point}{fraction:0<decimals$}", separated(whole))
}

fn separated(whole: &str) -> String {
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One number, or the two ends of a range, the lower first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// `2 billion`.
    Number(Number),
    /// `7 to 31 million`.
    Range(Number, Number),
}

impl Amount {
    /// Returns the lower end, which is the number where there is but one.
    pub const fn low(&self) -> Number {
        match self {
            Self::Number(number) | Self::Range(number, _) => *number,
        }
    }

    /// Returns the upper end, which is the number where there is but one.
    pub const fn high(&self) -> Number {
        match self {
            Self::Number(number) | Self::Range(_, number) => *number,
        }
    }

    /// Whether the amount is exactly one: what is counted then stands in the singular.
    pub(super) fn is_one(&self) -> bool {
        matches!(self, Self::Number(number) if number.value().abs() == Decimal::ONE)
    }
}
