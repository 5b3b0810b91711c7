//! Two numbers that belong together: `300 to 500 million`, `$1.4–1.46bn`, `between 7 and 31 million dollars`.

use super::number::{Amount, Number};
use super::read::{Place, Problem, Quantity, Reader};
use super::token::is_dash;
use super::unit::Unit;

/// A number or a range, with the unit that stands with it, as far as it is no noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) first: Quantity,
    pub(super) second: Option<Second>,
    /// Currency or per cent.
    pub(super) unit: Option<Unit>,
    pub(super) from: usize,
    pub(super) end: usize,
}

/// The second number of two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Second {
    pub(super) quantity: Quantity,
    pub(super) joint: Joint,
}

/// What joins two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `7–31`, without spaces.
    Dash,
    /// `7 to 31`.
    To,
    /// `from 7 to 31`: often a change, and no range.
    FromTo,
    /// `between 7 and 31`.
    And,
    /// `two or three`.
    Or,
}

/// Words before `from` that make a range of what follows.
const RANGING: &[&str] = &["range", "ranges", "ranged", "ranging", "anywhere", "anything", "vary", "varies", "varied"];

impl Measured {
    /// Returns the amount; `None` where the second number is not the larger.
    pub(super) fn amount(&self) -> Option<Amount> {
        let first = self.first.number;
        match &self.second {
            None => Some(Amount::Number(first)),
            Some(second) => {
                let high = second.quantity.number;
                (first.value() < high.value()).then_some(Amount::Range(first, high))
            }
        }
    }
}

impl Reader<'_> {
    /// Reads the number or range that starts at a token; `None` where none does.
    pub(super) fn measured(&self, from: usize) -> Result<Option<Measured>, Problem> {
        let opener = self.tokens.word(from).filter(|word| matches!(*word, "between" | "from"));
        let start = if opener.is_some() { from + 1 } else { from };
        if self.tokens.glued(start) && opener.is_some() {
            return Ok(None);
        }
        let Some(first) = self.quantity(start)? else { return Ok(None) };
        let pair = self.second(&first, opener).and_then(|second| self.join(&first, second));
        let paired = pair.map(|(first, second, unit)| {
            let end = second.quantity.end;
            Measured { first, second: Some(second), unit, from, end }
        });
        match opener {
            Some(_) => Ok(paired),
            None => Ok(Some(paired.unwrap_or_else(|| {
                let (unit, end) = (first.unit.clone().map(|(unit, _)| unit), first.end);
                Measured { first, second: None, unit, from, end }
            }))),
        }
    }

    /// Reads what joins a second quantity to the first, and that quantity.
    fn second(&self, first: &Quantity, opener: Option<&str>) -> Option<Second> {
        let tokens = self.tokens;
        let at = first.end;
        let joint = match (tokens.mark(at), tokens.word(at)) {
            (Some(mark), _) if is_dash(mark) && tokens.glued(at) && tokens.glued(at + 1) => Joint::Dash,
            _ if tokens.glued(at) || tokens.glued(at + 1) => return None,
            (_, Some("to")) if opener == Some("from") => self.joint_of_from(first.from),
            (_, Some("to")) => Joint::To,
            (_, Some("and")) if opener == Some("between") => Joint::And,
            (_, Some("or")) => Joint::Or,
            _ => return None,
        };
        let fits = match opener {
            Some("between") => joint == Joint::And,
            Some(_) => matches!(joint, Joint::To | Joint::FromTo),
            None => true,
        };
        let quantity = self.quantity(at + 1).ok().flatten().filter(|_| fits)?;
        Some(Second { quantity, joint })
    }

    fn joint_of_from(&self, number: usize) -> Joint {
        let verb = number.checked_sub(2).and_then(|at| self.tokens.word(at));
        let ranging = !self.prose || verb.is_some_and(|verb| RANGING.contains(&verb));
        if ranging { Joint::To } else { Joint::FromTo }
    }

    /// Gives two quantities the unit and the scale that they share; `None` where they do not belong together.
    fn join(&self, first: &Quantity, second: Second) -> Option<(Quantity, Second, Option<Unit>)> {
        let other = &second.quantity;
        let unit = match (&first.unit, &other.unit) {
            (None, None) => None,
            (Some((one, _)), Some((other, _))) => (one == other).then(|| Some(one.clone()))?,
            (None, Some((unit, Place::After))) => Some(unit.clone()),
            (Some((unit, Place::Before)), None) => self.shares_sign(first, &second).then(|| Some(unit.clone()))?,
            (None, Some((_, Place::Before))) | (Some((_, Place::After)), None) => return None,
        };
        let whole = |quantity: &Quantity| !quantity.has_scale && quantity.number.decimals() == 0;
        if second.joint == Joint::Or && !(unit.is_none() && whole(first) && whole(other)) {
            return None;
        }
        let rises = first.number.value() < other.number.value();
        if self.prose && self.is_date(first) && (!rises || unit == Some(Unit::Percent)) {
            return None;
        }
        let mut first = first.clone();
        if let Some(number) = inherited(&first, other) {
            first.number = number;
            first.has_scale = true;
        }
        Some((first, second, unit))
    }

    /// Whether a number ends a date: `in June 2023 to 50%`, `on August 5 to 17 countries`.
    fn is_date(&self, number: &Quantity) -> bool {
        let bare = number.unit.is_none() && !number.has_scale;
        bare && (number.like_year || super::prose::is_label(self.tokens, number.from))
    }

    /// Whether a number without a sign is in the currency of the number before it: in `$1.4–1.46bn` and `$3 to 5
    /// million` it is, in `$50m to 17 countries` it is not.
    fn shares_sign(&self, first: &Quantity, second: &Second) -> bool {
        if second.joint == Joint::Dash {
            return second.quantity.has_scale || !first.has_scale;
        }
        let counted = self.counts_something(second.quantity.end);
        second.quantity.has_scale && !counted
    }

    /// Whether what follows a number looks like the thing that it counts.
    fn counts_something(&self, index: usize) -> bool {
        let at = self.tokens.following(index);
        at.and_then(|at| self.tokens.word(at)).is_some_and(|word| !super::prose::is_function_word(word))
    }
}

/// The first number with the scale of the second: `300` in `300 to 500 million`.
///
/// Not where the first has its own unit behind it (`300 USD to 2 million USD`), nor where it is too large to have lost
/// a scale (`700,000 to 1.5 million`).
fn inherited(first: &Quantity, second: &Quantity) -> Option<Number> {
    let unit_behind = matches!(first.unit, Some((_, Place::After)));
    let small = first.number.value().abs() < 1000.into();
    let inherits = second.has_scale && !first.has_scale && !unit_behind && small;
    inherits.then(|| first.number.scaled(second.number.scale()).ok()).flatten()
}
