//! Numbers in words: `seven`, `twenty-one`, `a dozen`, `half a billion`, `two thousand three hundred`.

use super::number::Scale;
use super::token::Tokens;

/// A number as it stands in a text, before its value is known to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// All digits, without the point.
    pub(super) digits: i128,
    /// How many of them stand after the point.
    pub(super) decimals: u32,
    /// The scale, where one of the words was one.
    pub(super) scale: Option<Scale>,
    /// The index after its last token.
    pub(super) end: usize,
}

impl Written {
    fn new(digits: i128, decimals: u32, scale: Option<Scale>, end: usize) -> Self {
        Self { digits, decimals, scale, end }
    }
}

/// Reads a number in words that starts at a token.
pub(super) fn words(tokens: &Tokens<'_>, index: usize) -> Option<Written> {
    let first = tokens.word(index)?;
    match first {
        "half" => half(tokens, index + 1),
        "a" | "an" => article(tokens, index).or_else(|| grouped(tokens, index)),
        _ => three_quarters(tokens, index).or_else(|| grouped(tokens, index)),
    }
}

/// The value of a word from zero to ninety.
pub(super) fn small(word: &str) -> Option<i128> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Whether a word, in lower case, is one without which no number in words is written: `a` and `from` need another.
pub(super) fn tells_of_number(word: &str) -> bool {
    matches!(word, "hundred" | "dozen" | "half" | "quarter") || small(word).is_some() || scale_word(word).is_some()
}

/// Whether a number in words may begin with a word in lower case.
pub(super) fn begins_number(word: &str) -> bool {
    matches!(word, "a" | "an" | "half") || small(word).is_some()
}

/// The scale that a whole word names.
pub(super) fn scale_word(word: &str) -> Option<Scale> {
    Scale::ALL.into_iter().find(|scale| !word.is_empty() && scale.word() == word)
}

/// `half a billion`, `half a dozen`, `half a per cent`.
fn half(tokens: &Tokens<'_>, index: usize) -> Option<Written> {
    let at = tokens.after_word(index, &["a", "an"])?;
    if let Some(end) = tokens.after_word(at, &["dozen"]) {
        return Some(Written::new(6, 0, None, end));
    }
    if let Some((scale, end)) = scale_at(tokens, at) {
        return Some(Written::new(5, 1, Some(scale), end));
    }
    tokens.after_word(at, &["percent", "per", "percentage"]).map(|_| Written::new(5, 1, None, at))
}

/// `a dozen`, `a million`, `a half million`, `a quarter of a billion`.
fn article(tokens: &Tokens<'_>, index: usize) -> Option<Written> {
    let at = index + 1;
    if let Some(end) = tokens.after_word(at, &["dozen"]) {
        return Some(Written::new(12, 0, None, end));
    }
    if let Some(half) = tokens.after_word(at, &["half"]) {
        return scale_at(tokens, half).map(|(scale, end)| Written::new(5, 1, Some(scale), end));
    }
    if let Some(of) = tokens.phrase(at, "quarter of a") {
        return scale_at(tokens, of).map(|(scale, end)| Written::new(25, 2, Some(scale), end));
    }
    scale_at(tokens, at).map(|(scale, end)| Written::new(1, 0, Some(scale), end))
}

/// `three quarters of a million`.
fn three_quarters(tokens: &Tokens<'_>, index: usize) -> Option<Written> {
    let of = (tokens.word(index) == Some("three")).then(|| tokens.phrase(index + 1, "quarters of a"))??;
    scale_at(tokens, of).map(|(scale, end)| Written::new(75, 2, Some(scale), end))
}

/// Groups below a thousand with falling scales: `seven`, `two hundred million`, `two thousand three hundred`.
fn grouped(tokens: &Tokens<'_>, index: usize) -> Option<Written> {
    let (value, end) = group(tokens, index)?;
    if let Some(end) = tokens.after_word(end, &["dozen"]) {
        return Some(Written::new(value * 12, 0, None, end));
    }
    if let Some((scale, end)) = tokens.phrase(end, "and a half").and_then(|half| scale_at(tokens, half)) {
        return Some(Written::new(value * 10 + 5, 1, Some(scale), end));
    }
    let Some((mut scale, mut end)) = scale_at(tokens, end) else {
        return Some(Written::new(value, 0, None, end));
    };
    let mut total = value * 10_i128.pow(scale.exponent());
    let mut alone = true;
    while let Some((value, next_scale, next)) = lower_group(tokens, end, scale) {
        total += value * 10_i128.pow(next_scale.exponent());
        (scale, end, alone) = (next_scale, next, false);
    }
    Some(if alone { Written::new(value, 0, Some(scale), end) } else { Written::new(total, 0, None, end) })
}

/// A group that goes on with a number, of a smaller scale than what came before it: `three hundred` after `two thousand`.
fn lower_group(tokens: &Tokens<'_>, index: usize, scale: Scale) -> Option<(i128, Scale, usize)> {
    let and = tokens.after_word(index, &["and"]).filter(|_| scale == Scale::Thousand);
    let start = tokens.following(and.unwrap_or(index)).filter(|at| !matches!(tokens.word(*at), Some("a" | "an")))?;
    let (value, end) = group(tokens, start).filter(|(value, _)| and.is_none() || *value < 100)?;
    match scale_at(tokens, end) {
        Some((next, end)) => (next < scale && and.is_none()).then_some((value, next, end)),
        None => (scale > Scale::One).then_some((value, Scale::One, end)),
    }
}

/// A number below a thousand: `seven`, `twenty-one`, `a hundred`, `two hundred and six`.
fn group(tokens: &Tokens<'_>, index: usize) -> Option<(i128, usize)> {
    let hundred = |at: usize| tokens.after_word(at, &["hundred"]);
    let (hundreds, after) = match tokens.word(index)? {
        "a" | "an" => (1, hundred(index + 1)?),
        _ => {
            let (value, end) = below_hundred(tokens, index)?;
            let Some(after) = hundred(end).filter(|_| value > 0) else { return Some((value, end)) };
            (value, after)
        }
    };
    let rest = tokens.after_word(after, &["and"]).unwrap_or(after);
    let rest = tokens.following(rest).and_then(|at| below_hundred(tokens, at));
    Some(rest.map_or((hundreds * 100, after), |(value, end)| (hundreds * 100 + value, end)))
}

fn below_hundred(tokens: &Tokens<'_>, index: usize) -> Option<(i128, usize)> {
    let value = small(tokens.word(index)?)?;
    let ones = || {
        let at = tokens.following(index + 1)?;
        small(tokens.word(at)?).filter(|ones| (1..10).contains(ones)).map(|ones| (value + ones, at + 1))
    };
    let tens = value >= 20;
    Some(tens.then(ones).flatten().unwrap_or((value, index + 1)))
}

fn scale_at(tokens: &Tokens<'_>, index: usize) -> Option<(Scale, usize)> {
    let at = tokens.following(index)?;
    Some((scale_word(tokens.word(at)?)?, at + 1))
}
