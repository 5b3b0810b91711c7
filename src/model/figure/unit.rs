//! Units: currencies, per cent, and whatever is counted.

use std::fmt;

use super::currency::Currency;
use super::noun::Noun;

/// What a number is a number of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Money.
    Currency(Currency),
    /// Hundredths of a whole.
    Percent,
    /// The difference between two percentages.
    PercentagePoints,
    /// Things: attacks, exchanges, countries.
    Noun(Noun),
}

impl Unit {
    /// Whether two units are the same; nouns are where [`Noun::same`] says so. Nothing is converted.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Noun(one), Self::Noun(other)) => one.same(other),
            _ => self == other,
        }
    }

    /// Returns texts of which two units that are the same share one, for tables.
    pub fn keys(&self) -> Vec<String> {
        match self {
            Self::Noun(noun) => noun.keys(),
            other => vec![format!("={other}")],
        }
    }
}

impl fmt::Display for Unit {
    /// As in front matter: `USD`, `%`, `percentage points`, `attacks`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency(currency) => currency.fmt(f),
            Self::Percent => f.write_str("%"),
            Self::PercentagePoints => f.write_str("percentage points"),
            Self::Noun(noun) => noun.fmt(f),
        }
    }
}
