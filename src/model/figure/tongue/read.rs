//! Reads a text that is a figure as a whole, with the words of a tongue.

use super::super::hedge::{Hedge, HedgeClass};
use super::super::{Amount, Context, Currency, Figure, Number, Scale, Unit, parse};
use super::{Phrase, Tongue};

/// Reads a figure; `None` where the text is not one, or not in words that are known.
pub fn read(tongue: &Tongue, text: &str, context: Context) -> Option<Figure> {
    let text = plain(text);
    let (rest, before) = hedges_starting(tongue.before, &text);
    let (amount, rest) = amount(tongue, rest)?;
    let (unit, rest) = unit(tongue, rest.trim_start(), context)?;
    let (rest, after) = hedges_starting(tongue.after, rest);
    let hedge = joined(before.into_iter().chain(after));
    rest.trim().is_empty().then_some(Figure { hedge, amount, unit })
}

/// Takes the hedges off the front of a text.
pub(super) fn hedges_starting<'t>(phrases: &[Phrase], text: &'t str) -> (&'t str, Vec<Phrase>) {
    let (mut rest, mut found) = (text.trim_start(), Vec::new());
    while let Some((phrase, after)) = phrases.iter().find_map(|phrase| Some((phrase, after_word(rest, phrase.0)?))) {
        found.push(*phrase);
        rest = after.trim_start();
    }
    (rest, found)
}

/// Takes the hedges off the end of a text; letters that a language joins to the front of a word may stand before one.
pub(super) fn hedges_ending<'t>(tongue: &Tongue, text: &'t str) -> (&'t str, Vec<Phrase>) {
    let (mut rest, mut found) = (text.trim_end(), Vec::new());
    let ends = |text: &'t str, phrase: &Phrase| {
        let before = text.strip_suffix(phrase.0)?;
        let free = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() || tongue.clitics.contains(&c));
        free.then_some(before)
    };
    while let Some((phrase, before)) = tongue.before.iter().find_map(|phrase| Some((phrase, ends(rest, phrase)?))) {
        found.push(*phrase);
        rest = before.trim_end();
    }
    (rest, found)
}

/// Makes one hedge of several: a bound before an approximation, and that before an estimate.
pub(super) fn joined(phrases: impl Iterator<Item = Phrase>) -> Option<Hedge> {
    let phrases: Vec<Phrase> = phrases.collect();
    let strength = |phrase: &&Phrase| match (phrase.1, phrase.3) {
        (HedgeClass::Lower | HedgeClass::Upper, _) => 3,
        (HedgeClass::SlightlyUnder, _) => 2,
        (HedgeClass::Approximate, false) => 1,
        (HedgeClass::Approximate, true) => 0,
    };
    let (_, class, strict, _) = *phrases.iter().max_by_key(strength)?;
    let words: Vec<&str> = phrases.iter().map(|phrase| phrase.0).collect();
    Some(Hedge { class, words: words.join(" "), strict, estimated: phrases.iter().any(|phrase| phrase.3) })
}

/// Spaces of all kinds become one, digits become ASCII, and signs of Arabic those of Latin scripts.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10).unwrap_or(c),
        '\u{66b}' => '.',
        '\u{66c}' => ',',
        c => c,
    };
    let text: String = text.chars().map(one).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what follows a word, where the text begins with it and the word ends there.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(word)?;
    // Prefixes such as the Arabic `ب` are joined to what follows; digits may always follow.
    let ends = rest.starts_with(|c: char| !c.is_alphabetic()) || rest.is_empty() || word.ends_with(" ب");
    ends.then_some(rest)
}

fn amount<'t>(tongue: &Tongue, text: &'t str) -> Option<(Amount, &'t str)> {
    let (low, rest) = number(tongue, text, u32::MAX)?;
    let after = tongue.to.iter().find_map(|to| rest.trim_start().strip_prefix(to));
    let Some((high, end)) = after.and_then(|after| number(tongue, after.trim_start(), u32::MAX)) else {
        return Some((Amount::Number(low.number()?), rest));
    };
    // `7–31 Millionen`: the scale is said once. `700.000 bis 1,5 Millionen`: the first is too large to have lost one.
    let low = if low.exponent == 0 && low.is_small() { Typed { exponent: high.exponent, ..low } } else { low };
    let (low, high) = (low.number()?, high.number()?);
    (low.value() < high.value()).then_some((Amount::Range(low, high), end))
}

/// A number as typed: digits × 10^-decimals × 10^exponent.
#[derive(Clone, Copy)]
struct Typed {
    digits: i128,
    decimals: u32,
    exponent: u32,
}

impl Typed {
    /// Whether the digits are below a thousand.
    fn is_small(self) -> bool {
        10_i128.checked_pow(self.decimals).is_none_or(|one| self.digits / one < 1000)
    }

    fn number(self) -> Option<Number> {
        let scales = [(0, Scale::One), (3, Scale::Thousand), (6, Scale::Million), (9, Scale::Billion)];
        let known = scales.iter().chain(&[(12, Scale::Trillion)]).find(|(exponent, _)| *exponent == self.exponent);
        if let Some((_, scale)) = known {
            return Number::new(self.digits, self.decimals, *scale).ok();
        }
        let digits = self.digits.checked_mul(10_i128.checked_pow(self.exponent)?)?;
        let (digits, decimals) = (0..self.decimals).fold((digits, self.decimals), |(digits, left), _| {
            if digits % 10 == 0 && left > 0 { (digits / 10, left - 1) } else { (digits, left) }
        });
        Number::new(digits, decimals, Scale::One).ok()
    }
}

/// Reads a number whose scale is below a power of ten, or several that add up: `4억 2880만`.
fn number<'t>(tongue: &Tongue, text: &'t str, below: u32) -> Option<(Typed, &'t str)> {
    if let Some((value, rest)) =
        tongue.numerals.iter().find_map(|(word, value)| Some((*value, after_word(text, word)?)))
    {
        let (exponent, rest) = scale(tongue, rest).unwrap_or((0, rest));
        return (exponent < below).then_some((Typed { digits: value, decimals: 0, exponent }, rest));
    }
    let (digits, decimals, rest) = with_thousand(tongue, digits(tongue.decimal, text)?);
    let Some((exponent, rest)) = scale(tongue, rest) else {
        return Some((Typed { digits, decimals, exponent: 0 }, rest));
    };
    if exponent >= below {
        return None;
    }
    let first = Typed { digits, decimals, exponent };
    let adds_up = exponent % 4 == 0;
    match adds_up.then(|| number(tongue, rest.trim_start(), exponent)).flatten() {
        Some((next, rest)) if decimals == 0 && next.decimals == 0 => {
            let shift = 10_i128.checked_pow(exponent - next.exponent)?;
            let digits = digits.checked_mul(shift)?.checked_add(next.digits)?;
            Some((Typed { digits, decimals: 0, exponent: next.exponent }, rest))
        }
        _ => Some((first, rest)),
    }
}

/// Adds what follows a thousand within a number: `2천880` is 2880.
fn with_thousand<'t>(tongue: &Tongue, (number, decimals, rest): (i128, u32, &'t str)) -> (i128, u32, &'t str) {
    let Some(after) = tongue.thousand.filter(|_| decimals == 0).and_then(|word| rest.strip_prefix(word)) else {
        return (number, decimals, rest);
    };
    let thousands = number.saturating_mul(1000);
    match digits(tongue.decimal, after) {
        Some((more, 0, rest)) if more < 1000 => (thousands.saturating_add(more), 0, rest),
        _ => (thousands, 0, after),
    }
}

fn scale<'t>(tongue: &Tongue, text: &'t str) -> Option<(u32, &'t str)> {
    let text = text.trim_start();
    // `20억달러` and `천만`: in Korean a scale may touch what follows.
    let glued = |word: &str| word.chars().all(|c| ('가'..='힣').contains(&c));
    tongue.scales.iter().find_map(|(word, exponent)| {
        let rest = if glued(word) { text.strip_prefix(word) } else { after_word(text, word) };
        Some((*exponent, rest?))
    })
}

/// Reads digits with their separators; `None` where these do not stand where they should.
fn digits(decimal: char, text: &str) -> Option<(i128, u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let typed = text[..end].trim_end_matches(['.', ',']);
    let (whole, fraction) = typed.split_once(decimal).unwrap_or((typed, ""));
    let mut groups = whole.split(['.', ',']);
    let first = groups.next()?;
    let grouped = groups.clone().next().is_some();
    let sound = !first.is_empty() && (!grouped || first.len() <= 3) && groups.all(|group| group.len() == 3);
    if !sound || fraction.contains(['.', ',']) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    Some((digits.parse().ok()?, u32::try_from(fraction.len()).ok()?, &text[typed.len()..]))
}

fn unit<'t>(tongue: &Tongue, text: &'t str, context: Context) -> Option<(Unit, &'t str)> {
    let of = |words: &[&'static str]| words.iter().find_map(|word| text.strip_prefix(word));
    if let Some(rest) = of(tongue.points) {
        return Some((Unit::PercentagePoints, rest));
    }
    if let Some(rest) = of(tongue.percent) {
        return Some((Unit::Percent, rest));
    }
    let words = tongue.currencies.iter().find_map(|(word, code)| Some((*code, text.strip_prefix(word)?)));
    let code = || text.get(..3).and_then(Currency::from_code).map(|currency| (currency, &text[3..]));
    let sign = || {
        let first = text.chars().next()?;
        Some((Currency::from_sign(first, context.currency)?, &text[first.len_utf8()..]))
    };
    let money = words.and_then(|(code, rest)| Some((Currency::from_code(code)?, rest))).or_else(code).or_else(sign);
    if let Some((currency, rest)) = money {
        return Some((Unit::Currency(currency), rest));
    }
    // What is left is what is counted, up to a hedge behind it.
    let ends = tongue.after.iter().filter_map(|phrase| text.find(&format!(" {}", phrase.0)));
    let (noun, rest) = text.split_at(ends.min().unwrap_or(text.len()));
    // It has to be what the claim could count. `yen` is a currency here, too; in `billion yen` and `vote%` something before
    // the noun was not understood.
    let counted = parse(&format!("7 {}", noun.trim()), context).ok()?;
    let alone = counted.hedge.is_none() && counted.amount == Amount::Number(Number::whole(7));
    alone.then_some((counted.unit, rest))
}
