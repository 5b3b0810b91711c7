//! Figures written out: in words for front matter, and in the parts that typography sets apart.

use std::fmt;

use rust_decimal::Decimal;

use super::number::{Amount, Number, Scale, plain};
use super::unit::Unit;
use super::{Context, Figure};

/// The most digits that a number keeps when it is shortened to millions or more: `$1.6505bn`.
const MOST_DIGITS: usize = 5;

/// The minus sign of typography.
const MINUS: char = '\u{2212}';

/// A figure for the eye: `up to`, `$`, `2`, `bn`.
///
/// [`Display`](fmt::Display) joins them to a line, with spaces that do not break inside of the number and its unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The hedge: `up to`, `at least`.
    pub hedge: Option<String>,
    /// What stands before the number: `$`, `US$`, or a code and a space that does not break.
    pub before: String,
    /// The number, or both with an en dash: `400`, `1.4–1.46`.
    pub number: String,
    /// What multiplies it: `m`, `bn` with money, `million` elsewhere; empty for none.
    pub scale: String,
    /// The unit after it: `%`, `attacks`; empty for none.
    pub after: String,
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(hedge) = &self.hedge {
            write!(f, "{hedge} ")?;
        }
        let spaced = |part: &str| if part.starts_with(char::is_alphabetic) { "\u{a0}" } else { "" };
        let scale_space = if self.before.is_empty() { spaced(&self.scale) } else { "" };
        let (scale, after) = (&self.scale, &self.after);
        write!(f, "{}{}{scale_space}{scale}{}{after}", self.before, self.number, spaced(after))
    }
}

impl Figure {
    /// Takes the figure apart for typography, on a site whose currency is that of the context.
    pub fn parts(&self, context: Context) -> Parts {
        let money = matches!(self.unit, Unit::Currency(_));
        let (mut number, scale) = short_amount(&self.amount);
        let negative_range = matches!(self.amount, Amount::Range(low, _) if low.value().is_sign_negative());
        let (mut before, after) = match &self.unit {
            // A sign would stand with the lower end alone.
            Unit::Currency(currency) if negative_range => (String::new(), currency.to_string()),
            Unit::Currency(currency) => {
                let sign = currency.sign(context.currency).unwrap_or_else(|| format!("{currency}\u{a0}"));
                (sign, String::new())
            }
            unit => (String::new(), unit.to_string()),
        };
        if let Some(digits) = number.strip_prefix(MINUS).filter(|_| money && !negative_range) {
            before.insert(0, MINUS);
            number = digits.to_owned();
        }
        let scale = if money { scale.short() } else { scale.word() };
        let hedge = self.hedge.as_ref().map(|hedge| hedge.words.clone());
        Parts { hedge, before, number, scale: scale.to_owned(), after }
    }

    /// Writes the figure as an editor would type it in a text: `up to $2bn`, `at least 7 attacks`.
    ///
    /// With the same context it [parses](super::parse) to a figure that [compares](super::compare) as the same.
    pub fn as_text(&self, context: Context) -> String {
        self.parts(context).to_string().replace('\u{a0}', " ")
    }
}

impl Amount {
    /// Returns the number, or both ends, in the largest scale that leaves them short, and that scale: for who writes it in
    /// another language. Digits are ASCII, grouped by commas, with a point and the minus sign of typography.
    pub fn shortened(&self) -> (String, Option<String>, Scale) {
        let scale = short_scale(self);
        let high = matches!(self, Self::Range(..)).then(|| shortened(&self.high(), scale));
        (shortened(&self.low(), scale), high, scale)
    }
}

fn shortened(number: &Number, scale: Scale) -> String {
    let typed_so = number.scale() == scale;
    plain(number.value(), scale, if typed_so { number.decimals() } else { 0 }).replace('-', &MINUS.to_string())
}

impl fmt::Display for Figure {
    /// Writes the figure as in front matter, `up to 2 billion USD`, from which it is read back as it was.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(hedge) = &self.hedge {
            write!(f, "{hedge} ")?;
        }
        let unit = match &self.unit {
            Unit::Percent => "%".to_owned(),
            unit => format!(" {unit}"),
        };
        match &self.amount {
            Amount::Number(number) => write!(f, "{}{unit}", in_words(number)),
            Amount::Range(low, high) => match range_style(low, high, &self.unit) {
                RangeStyle::Shared => write!(f, "{} to {}{unit}", low.unscaled(), in_words(high)),
                RangeStyle::Apart => write!(f, "{} to {}{unit}", in_words(low), in_words(high)),
                RangeStyle::UnitTwice => write!(f, "{}{unit} to {}{unit}", in_words(low), in_words(high)),
                RangeStyle::InFull => write!(f, "{} to {}{unit}", in_words(low), plain(high.value(), Scale::One, 0)),
            },
        }
    }
}

/// How the two ends of a range are written so that they are read back as they are.
enum RangeStyle {
    /// One scale for both: `300 to 500 million`.
    Shared,
    /// A scale for each: `900 thousand to 1.2 million`.
    Apart,
    /// A unit for each, since the first would take the scale of the second: `5 USD to 2 million USD`.
    UnitTwice,
    /// The same for nouns, which stand only once: `5 to 2,000,000 attacks`.
    InFull,
}

fn range_style(low: &Number, high: &Number, unit: &Unit) -> RangeStyle {
    let below_thousand = |value: Decimal| value.abs() < 1000.into();
    if low.scale() == high.scale() {
        let written = low.unscaled();
        let separated = written.contains(',');
        return if low.scale() == Scale::One || separated { RangeStyle::Apart } else { RangeStyle::Shared };
    }
    match unit {
        _ if low.scale() != Scale::One || !below_thousand(low.value()) => RangeStyle::Apart,
        Unit::Noun(_) => RangeStyle::InFull,
        _ => RangeStyle::UnitTwice,
    }
}

/// `1.65 billion`, as it was typed but for its separators.
fn in_words(number: &Number) -> String {
    let written = number.unscaled();
    let scale = number.scale().word();
    if scale.is_empty() { written } else { format!("{written} {scale}") }
}

/// The number or the range in the largest scale that leaves it short, and that scale.
fn short_amount(amount: &Amount) -> (String, Scale) {
    let (low, high, scale) = amount.shortened();
    let text = match high {
        None => low,
        Some(high) if low.starts_with(MINUS) => format!("{low} to {high}"),
        Some(high) => format!("{low}–{high}"),
    };
    (text, scale)
}

fn short_scale(amount: &Amount) -> Scale {
    let (low, high) = (amount.low().value(), amount.high().value());
    let fits = |value: Decimal, scale: Scale| {
        let digits = plain(value, scale, 0).trim_start_matches(['-', '0', '.', ',']).replace(['.', ','], "");
        digits.len() <= MOST_DIGITS
    };
    let large = |scale: &Scale| {
        let unit = Number::new(1, 0, *scale).expect("a scale alone is small enough").value();
        let tenth = low.abs().checked_mul(Decimal::TEN).is_none_or(|tenfold| tenfold >= unit);
        high.abs() >= unit && tenth && low.abs() < unit * Decimal::ONE_THOUSAND
    };
    let mut scales = [Scale::Trillion, Scale::Billion, Scale::Million].into_iter();
    let scale = scales.find(|scale| large(scale) && fits(low, *scale) && fits(high, *scale));
    scale.unwrap_or(Scale::One)
}
