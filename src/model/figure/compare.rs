//! A figure in a text held against the claim that it appears under.
//!
//! One verdict, the gravest: the unit before the number before the hedge. The rules, with claims on the left:
//!
//! | the claim | the text | verdict |
//! |---|---|---|
//! | `up to 2 billion USD` | `up to US$2 billion`, `as much as 2 billion dollars`, `an estimated up to $2bn` | same |
//! | | `£2bn`, `up to £3bn` | unit |
//! | | `up to $3bn`, `$1–2bn` | figure |
//! | | `$2bn`, `about $2bn`, `at least $2bn` | dropped hedge |
//! | | `up to $2.0bn` | false precision: a decimal that the claim does not have |
//! | | `less than $2bn` | added hedge: the claim does not leave its own number out |
//! | `more than 2 billion USD` | `at least $2bn` | dropped hedge |
//! | `up to 1.95 billion USD` | `up to $2bn` | same: a bound is rounded outwards |
//! | | `up to $1.9bn` | false precision: rounded inwards |
//! | | `$2bn`, `at least $2bn` | false precision |
//! | | `about $2bn` | dropped hedge: a rounding, but no longer a bound |
//! | `at least 37 attacks` | `at least 30 attacks` | same |
//! | | `at least 40 attacks` | false precision |
//! | | `at least 35 attacks` | figure: no rounding |
//! | `428.8 million USD` | `$428.8m`, `$428,800,000` | same |
//! | | `about $429m`, `almost $429m`, `about $430m` | same: zeros at the end may be rounding |
//! | | `$429m`, `almost $400m`, `more than $429m` | false precision: not hedged, or to the wrong side |
//! | | `more than $400m` | added hedge: true, but no longer the claim |
//! | | `about $428.8m`, `at least $428.8m` | added hedge |
//! | | `about $425m` | figure |
//! | `almost 400 million USD` | `nearly $400m`, `about $400m` | same |
//! | | `$399.6m` | figure |
//! | | `less than $400m`, `$400m` | dropped hedge |
//! | `about 400 million USD` | `around $400m`, `an estimated $400m` | same |
//! | | `almost $400m`, `an estimated up to $400m` | added hedge |
//! | `7 to 31 million USD` | `$7m to $31m`, `$7–31m`, `between 7 and 31 million dollars` | same |

use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::Figure;
use super::hedge::{Hedge, HedgeClass};
use super::number::{Amount, Number};

/// How a text stands to its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The text says what the claim says.
    Same,
    /// The text is sure of more, or of something else, than the claim.
    AddedHedge,
    /// The claim's hedge is lost, or has become another.
    DroppedHedge,
    /// A rounding without the hedge that it needs, or digits that the claim does not have.
    FalsePrecision,
    /// Another number.
    FigureMismatch,
    /// Another unit.
    UnitMismatch,
}

/// Holds the figure of a text against its claim. The table of this module gives the rules.
pub fn compare(claim: &Figure, text: &Figure) -> Verdict {
    if !claim.unit.same(&text.unit) {
        return Verdict::UnitMismatch;
    }
    let side = Side::of(claim.hedge.as_ref(), text.hedge.as_ref());
    match relation(&claim.amount, &text.amount, side) {
        Relation::Equal => equal(claim.hedge.as_ref(), text.hedge.as_ref()),
        Relation::Rounded(direction) => rounded(claim.hedge.as_ref(), text.hedge.as_ref(), direction),
        Relation::Padded => Verdict::FalsePrecision,
        Relation::Other => Verdict::FigureMismatch,
    }
}

/// Returns the numbers that a claim can have of which a text says a rounding, or the same: [`compare`] finds another number
/// in every claim whose number, or the lower one of its range, lies outside.
pub fn reach(text: &Figure) -> RangeInclusive<Decimal> {
    let low = text.amount.low();
    let step = low.roundings().filter_map(power_of_ten).max().unwrap_or_default();
    let shown = low.value();
    shown.saturating_sub(step)..=shown.saturating_add(step)
}

/// How one number stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Equal,
    /// Equal, with decimals that are shown and were not there.
    Padded,
    Rounded(Direction),
    Other,
}

/// Where a rounding lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Below,
    Above,
    /// The ends of a range, each its own way.
    Both,
}

/// To which side a bound may be rounded, besides to the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Nearest,
    Down,
    Up,
}

impl Side {
    /// The side of the bound, where claim and text have the same.
    fn of(claim: Option<&Hedge>, text: Option<&Hedge>) -> Self {
        match (claim.map(|hedge| hedge.class), text.map(|hedge| hedge.class)) {
            (Some(HedgeClass::Lower), Some(HedgeClass::Lower)) => Self::Down,
            (Some(HedgeClass::Upper), Some(HedgeClass::Upper)) => Self::Up,
            _ => Self::Nearest,
        }
    }
}

fn relation(claim: &Amount, text: &Amount, side: Side) -> Relation {
    match (claim, text) {
        (Amount::Number(claim), Amount::Number(text)) => numbers(claim, text, side),
        (Amount::Range(low, high), Amount::Range(text_low, text_high)) => {
            both(numbers(low, text_low, side), numbers(high, text_high, side))
        }
        _ => Relation::Other,
    }
}

/// The worse of the relations of two ends.
fn both(low: Relation, high: Relation) -> Relation {
    match (low, high) {
        (Relation::Other, _) | (_, Relation::Other) => Relation::Other,
        (Relation::Padded, _) | (_, Relation::Padded) => Relation::Padded,
        (Relation::Equal, other) | (other, Relation::Equal) => other,
        (Relation::Rounded(one), Relation::Rounded(other)) if one == other => Relation::Rounded(one),
        _ => Relation::Rounded(Direction::Both),
    }
}

fn numbers(claim: &Number, text: &Number, side: Side) -> Relation {
    let (exact, shown) = (claim.value(), text.value());
    if exact == shown {
        let padded = text.decimals() > 0 && text.last_digit() < claim.last_digit() && ends_in_zero(text);
        return if padded { Relation::Padded } else { Relation::Equal };
    }
    let direction = if shown < exact { Direction::Below } else { Direction::Above };
    // At least one digit of the claim has to be left: 51 million is not about 100 million.
    let leading = leading_digit(exact);
    let fits = |power: i32| power <= leading && is_rounding(exact, shown, power, side);
    if text.roundings().any(fits) { Relation::Rounded(direction) } else { Relation::Other }
}

/// Whether a value, rounded to a power of ten, is the one shown: to the nearest, or to the side of a bound.
fn is_rounding(exact: Decimal, shown: Decimal, power: i32, side: Side) -> bool {
    let (Some(step), Some(error)) = (power_of_ten(power), exact.checked_sub(shown)) else { return false };
    let nearest = error.abs().checked_mul(Decimal::TWO).is_some_and(|double| double <= step);
    match side {
        Side::Nearest => nearest,
        Side::Down => nearest || (error > Decimal::ZERO && error < step),
        Side::Up => nearest || (error < Decimal::ZERO && -error < step),
    }
}

fn power_of_ten(power: i32) -> Option<Decimal> {
    match u32::try_from(power) {
        Ok(zeros) => Decimal::try_from_i128_with_scale(10_i128.checked_pow(zeros)?, 0).ok(),
        Err(_) => Decimal::try_from_i128_with_scale(1, power.unsigned_abs()).ok(),
    }
}

/// The power of ten of the first digit; of a zero, lower than any.
fn leading_digit(value: Decimal) -> i32 {
    let digits = value.mantissa().unsigned_abs().checked_ilog10();
    let scale = i32::try_from(value.scale()).expect("at most 28");
    digits.map_or(i32::MIN, |digits| i32::try_from(digits).expect("at most 38") - scale)
}

/// Whether the last decimal that was typed is a zero.
fn ends_in_zero(number: &Number) -> bool {
    number.unscaled().ends_with('0')
}

/// The verdict on hedges where the numbers are the same.
fn equal(claim: Option<&Hedge>, text: Option<&Hedge>) -> Verdict {
    use HedgeClass::{Approximate, SlightlyUnder};
    match (claim, text) {
        (None, None) => Verdict::Same,
        (None, Some(_)) => Verdict::AddedHedge,
        (Some(_), None) => Verdict::DroppedHedge,
        (Some(claim), Some(text)) => match (claim.class, text.class) {
            // `less than` says more than `up to`, and `at least` less than `more than`.
            (one, other) if one == other && one.is_bound() && text.strict && !claim.strict => Verdict::AddedHedge,
            (one, other) if one == other && one.is_bound() && claim.strict && !text.strict => Verdict::DroppedHedge,
            (one, other) if one == other => Verdict::Same,
            (SlightlyUnder, Approximate) => Verdict::Same,
            (Approximate, SlightlyUnder) => Verdict::AddedHedge,
            // The claim's `estimated` is still there, and a bound has come to it.
            (Approximate, _) if text.estimated => Verdict::AddedHedge,
            _ => Verdict::DroppedHedge,
        },
    }
}

/// The verdict on hedges where the text rounds.
fn rounded(claim: Option<&Hedge>, text: Option<&Hedge>, direction: Direction) -> Verdict {
    use HedgeClass::{Approximate, Lower, SlightlyUnder, Upper};
    let bound = claim.map(|hedge| hedge.class).filter(|class| class.is_bound());
    match (bound, text.map(|hedge| hedge.class)) {
        (Some(_), Some(Approximate | SlightlyUnder)) => Verdict::DroppedHedge,
        (Some(Lower), Some(Lower)) if direction == Direction::Below => Verdict::Same,
        (Some(Upper), Some(Upper)) if direction == Direction::Above => Verdict::Same,
        (Some(_), _) => Verdict::FalsePrecision,
        (None, Some(Approximate)) => Verdict::Same,
        (None, Some(SlightlyUnder)) if direction == Direction::Above => Verdict::Same,
        (None, Some(Lower)) if claim.is_none() && direction == Direction::Below => Verdict::AddedHedge,
        (None, Some(Upper)) if claim.is_none() && direction == Direction::Above => Verdict::AddedHedge,
        (None, _) => Verdict::FalsePrecision,
    }
}
