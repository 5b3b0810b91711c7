//! Figures: a hedge, a number or a range, and a unit, read from front matter and from running text, and held against
//! each other.
//!
//! ```text
//! figure  = [hedge] amount unit | [hedge] sign amount          up to 2 billion USD · up to $2bn · at least seven attacks
//! hedge   = at least … | up to … | about … | almost …          with `estimated` before or after it, and `a total of`
//! amount  = number | number (to | –) number | between number and number
//! number  = digits [scale] | words                             1,234,567 · 1.5bn · twenty-one · half a billion
//! scale   = k | thousand | m | mn | mln | million | bn | billion | tn | trn | trillion      (b with money only)
//! unit    = sign | ISO 4217 code | name of a currency | % | per cent | percentage points | noun
//! ```
//!
//! [`parse`] reads a text that is a figure as a whole, [`find`] the figures in prose, and [`compare`] says how a text
//! stands to its claim. Numbers are exact decimals; nothing is converted, added up or averaged. Words are English, but
//! for whole figures in the languages of [`tongue`].
//!
//! What a reader would not be sure of is no figure in prose: years (`the 2021 attacks`), dates, ordinals, clock times,
//! versions, labels (`resolution 1718`), names (`G7 countries`, `the Big Four exchanges`), scores (`a 13-1 vote`), and
//! `one` where it counts nothing. A figure without a number (`dozens of attacks`, `millions of dollars`) is none.

mod compare;
mod currency;
mod digits;
mod display;
mod find;
mod hedge;
mod noun;
mod number;
mod parse;
mod prose;
mod range;
mod read;
#[cfg(test)]
mod tests;
mod token;
pub mod tongue;
mod unit;
mod words;

pub use compare::{Verdict, compare, reach};
pub use currency::Currency;
pub use display::Parts;
pub use find::{Found, find, hedge_after};
pub use hedge::{Hedge, HedgeClass, hedge_before};
pub use noun::{Noun, UnitNames};
pub use number::{Amount, Number, Scale, TooLarge};
pub use parse::{FigureError, parse};
pub use unit::Unit;

/// A figure: `up to 2 billion USD`.
///
/// Two figures are equal where they were typed alike, but for abbreviations and separators; [`compare`] tells whether
/// they say the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// How surely, and from which side, the number is meant.
    pub hedge: Option<Hedge>,
    /// The number or the range.
    pub amount: Amount,
    /// What it is a number of.
    pub unit: Unit,
}

/// What a site says once for all its figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The site's currency. A bare `$` means it where its sign is `$`, and the US dollar elsewhere; so with `¥`, `₩`.
    pub currency: Option<Currency>,
}

impl Context {
    /// Makes the context of a site whose `currency` is this code; an unknown code counts as none.
    pub fn new(currency: Option<&str>) -> Self {
        Self { currency: currency.and_then(Currency::from_code) }
    }
}
