//! The grammar's middle: a number with its scale, sign and currency, and two of them that make a range.
//!
//! Strict text and prose are read by the same functions; they differ only where a reader would not be sure. What is
//! counted, and the hedge, are not read here.

use super::Context;
use super::currency::{Currency, names_from};
use super::digits::digits;
use super::number::{Number, Scale, TooLarge};
use super::token::{Kind, Tokens, is_dash, is_hyphen};
use super::unit::Unit;
use super::words::{Written, scale_word, small, words};

/// Text that begins like a number and is none, or one too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The first token of it.
    pub(super) from: usize,
    /// The index after the last.
    pub(super) end: usize,
    pub(super) kind: ProblemKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProblemKind {
    /// `1,5`, `1.2.3`, `7th`, `10:30`.
    Malformed,
    /// More digits than an exact decimal holds.
    TooLarge,
}

impl Problem {
    pub(super) const fn malformed(from: usize, end: usize) -> Self {
        Self { from, end, kind: ProblemKind::Malformed }
    }
}

/// Where a unit stands that belongs to the number itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `$2bn`, `USD 2bn`.
    Before,
    /// `2bn USD`, `40%`.
    After,
}

/// A number with the scale and unit that stand with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) number: Number,
    /// Currency or per cent, and its place.
    pub(super) unit: Option<(Unit, Place)>,
    /// Whether the text says a scale.
    pub(super) has_scale: bool,
    /// Whether it is four bare digits, as a year is written.
    pub(super) like_year: bool,
    pub(super) from: usize,
    pub(super) end: usize,
}

/// What is known of a quantity when its digits have been read.
#[derive(Clone, Copy, Debug)]
struct Start {
    from: usize,
    before: Option<Currency>,
    negative: bool,
    in_words: bool,
}

/// Reads quantities of one text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) context: Context,
    /// Whether the text is prose, where a doubtful reading is none.
    pub(super) prose: bool,
}

impl Reader<'_> {
    /// Reads the quantity that starts at a token; `None` where none does.
    pub(super) fn quantity(&self, from: usize) -> Result<Option<Quantity>, Problem> {
        let tokens = self.tokens;
        let minus = |at: usize| tokens.mark(at).is_some_and(is_minus) && tokens.glued(at + 1);
        let mut at = from;
        let mut negative = minus(at);
        at += usize::from(negative);
        let before = self.currency_before(at);
        if let Some((_, next)) = before {
            at = next;
            if minus(at) && !negative {
                negative = true;
                at += 1;
            }
        }
        let in_words = tokens.word(at).is_some() && before.is_none() && !negative;
        // After a sign, ordinary spaces separate thousands in prose too: `$1 000 000`.
        let doubtful = self.prose && before.is_none();
        let written = if in_words { words(tokens, at) } else { digits(tokens, at, doubtful)? };
        let Some(written) = written else { return Ok(None) };
        let start = Start { from, before: before.map(|(currency, _)| currency), negative, in_words };
        self.complete(&start, written)
    }

    /// Reads what follows a number: scale, currency or per cent.
    fn complete(&self, start: &Start, written: Written) -> Result<Option<Quantity>, Problem> {
        let Start { from, before, negative, in_words } = *start;
        let (scale, mut end) = match written.scale {
            Some(scale) => (Some(scale), written.end),
            None if !in_words => self.scale(written.end, before.is_some()),
            None => (None, written.end),
        };
        let number = Number::new(written.digits, written.decimals, scale.unwrap_or(Scale::One));
        let number = number.map_err(|TooLarge| Problem { from, end, kind: ProblemKind::TooLarge })?;
        let number = if negative { number.negated() } else { number };
        let mut unit = before.map(|currency| (Unit::Currency(currency), Place::Before));
        let large = scale.is_some() || written.decimals > 0;
        if let Some((after, next)) = self.unit_after(end, &number, large)
            && let Some(agreed) = agree(unit.as_ref(), after)
        {
            (unit, end) = (Some(agreed), next);
        }
        let runs_on = |kind| self.tokens.glued(end) && self.tokens.get(end).is_some_and(|token| token.kind == kind);
        if runs_on(Kind::Word) || runs_on(Kind::Digits) {
            return Err(Problem::malformed(from, end + 1));
        }
        let alone = !in_words && !negative && scale.is_none() && written.decimals == 0 && written.end == from + 1;
        let like_year = alone && (1000..=2100).contains(&written.digits);
        Ok(Some(Quantity { number, unit, has_scale: scale.is_some(), like_year, from, end }))
    }

    /// Reads a scale after digits; the index after it.
    fn scale(&self, index: usize, money: bool) -> (Option<Scale>, usize) {
        let tokens = self.tokens;
        let glued = tokens.glued(index);
        let Some(at) = (if glued && tokens.word(index).is_some() { Some(index) } else { tokens.following(index) })
        else {
            return (None, index);
        };
        let word = tokens.word(at).unwrap_or_default();
        let scale = match word {
            "bn" => Some(Scale::Billion),
            "mn" | "mln" => Some(Scale::Million),
            "tn" | "trn" => Some(Scale::Trillion),
            "k" | "m" | "b" => {
                let money = money || self.currency_after(at + 1).is_some();
                let fits = money || (glued && word != "b");
                fits.then_some(match word {
                    "k" => Scale::Thousand,
                    "m" => Scale::Million,
                    _ => Scale::Billion,
                })
            }
            word => scale_word(word),
        };
        (scale, if scale.is_some() { at + 1 } else { index })
    }

    fn unit_after(&self, index: usize, number: &Number, large: bool) -> Option<(Unit, usize)> {
        if let Some(percent) = self.percent(index) {
            return Some(percent);
        }
        let (currency, end) = self.currency_after(index)?;
        let name = self.tokens.word(end - 1).unwrap_or_default();
        let doubtful = match name {
            _ if !self.prose || large => false,
            // `8 won by`, `20 pounds of`.
            "won" => number.value() < 100.into(),
            "pound" | "pounds" => self.tokens.word(end) == Some("of"),
            _ => self.tokens.typed(end - 1) == currency.code() && currency.is_also_word(),
        };
        (!doubtful).then_some((Unit::Currency(currency), end))
    }

    fn percent(&self, index: usize) -> Option<(Unit, usize)> {
        let tokens = self.tokens;
        if tokens.mark(index) == Some('%') {
            let escape = tokens.glued(index + 1) && tokens.digits(index + 1).is_some();
            return (!escape).then_some((Unit::Percent, index + 1));
        }
        let points = ["percentage point", "percentage points"].iter().find_map(|words| tokens.phrase(index, words));
        let points = points.or_else(|| (tokens.word(index) == Some("pp")).then_some(index + 1));
        let percent = || tokens.phrase(index, "per cent").or_else(|| tokens.after_word(index, &["percent", "pct"]));
        points.map(|end| (Unit::PercentagePoints, end)).or_else(|| percent().map(|end| (Unit::Percent, end)))
    }

    /// Reads a sign or a code before a number; the index after it.
    fn currency_before(&self, index: usize) -> Option<(Currency, usize)> {
        let tokens = self.tokens;
        if let Some(sign) = tokens.mark(index) {
            let currency = Currency::from_sign(sign, self.context.currency)?;
            return Some((currency, index + 1));
        }
        let word = tokens.word(index).map(|_| tokens.typed(index))?;
        let dollar = tokens.mark(index + 1) == Some('$') && (tokens.glued(index + 1) || word == "US");
        if dollar {
            return Some((Currency::from_prefix(word)?, index + 2));
        }
        let currency = Currency::from_code(word)?;
        let sign = tokens.mark(index + 1).and_then(|sign| Currency::from_sign(sign, Some(currency)));
        let end = if sign == Some(currency) { index + 2 } else { index + 1 };
        let doubtful = self.prose && currency.is_also_word() && !self.is_large(end);
        (!doubtful).then_some((currency, end))
    }

    /// Whether the digits at an index have a scale or a point, as sums have and the `TOP 10` has not.
    fn is_large(&self, index: usize) -> bool {
        let written = digits(self.tokens, index, self.prose).ok().flatten();
        written.is_some_and(|written| written.decimals > 0 || self.scale(written.end, true).0.is_some())
    }

    /// Reads a sign, a code or a name after a number; the index after it.
    fn currency_after(&self, index: usize) -> Option<(Currency, usize)> {
        let tokens = self.tokens;
        let free = |end: usize| tokens.digits(end).is_none() || !tokens.glued(end);
        if let Some(currency) = tokens.mark(index).and_then(|sign| Currency::from_sign(sign, self.context.currency)) {
            let spaced_sign_of_next = !tokens.glued(index) && tokens.digits(index + 1).is_some();
            return (free(index + 1) && !spaced_sign_of_next).then_some((currency, index + 1));
        }
        let at = if tokens.word(index).is_some() { index } else { tokens.following(index)? };
        if tokens.mark(at + 1) == Some('$') && tokens.glued(at + 1) && free(at + 2) {
            return Some((Currency::from_prefix(tokens.typed(at))?, at + 2));
        }
        if let Some(currency) = Currency::from_code(tokens.typed(at)) {
            // In `2020 EUR 5m` the code belongs to what follows.
            return (at == index && tokens.digits(at + 1).is_none()).then_some((currency, at + 1));
        }
        let end = us(tokens, at).and_then(|end| tokens.after_word(end, &["dollar", "dollars"]));
        end.map(|end| (Currency::USD, end)).or_else(|| self.currency_name(index))
    }

    fn currency_name(&self, index: usize) -> Option<(Currency, usize)> {
        let tokens = self.tokens;
        let first = tokens.word(tokens.following(index)?)?;
        let (end, code) = names_from(first).iter().find_map(|name| {
            let at = if name.before.is_empty() { Some(index) } else { tokens.phrase(index, name.before) };
            let last_at = tokens.following(at?)?;
            let word = tokens.word(last_at)?;
            let plural = word.strip_suffix('s').is_some_and(|word| word == name.last);
            // `pounds sterling` has its plural in the middle.
            let sterling =
                name.last == "pound" && name.before.is_empty() && tokens.word(last_at + 1) == Some("sterling");
            (word == name.last || plural).then_some((last_at + 1 + usize::from(sterling), name.code))
        })?;
        Some((Currency::from_name(code, self.context.currency), end))
    }

    /// Whether a word is a number below a hundred.
    pub(super) fn is_small_number(&self, index: usize) -> bool {
        self.tokens.word(index).is_some_and(|word| small(word).is_some())
    }
}

/// `US`, `U.S.`: the index after it.
fn us(tokens: &Tokens<'_>, index: usize) -> Option<usize> {
    if tokens.typed(index) == "US" {
        return Some(index + 1);
    }
    let point = |at: usize| tokens.mark(at) == Some('.') && tokens.glued(at);
    let pointed = tokens.typed(index) == "U" && tokens.typed(index + 2) == "S" && point(index + 1) && point(index + 3);
    pointed.then_some(index + 4)
}

/// What a number's unit is, where one may stand before it and one after: `$50m AUD` is in Australian dollars.
fn agree(before: Option<&(Unit, Place)>, after: Unit) -> Option<(Unit, Place)> {
    match (before.map(|(unit, _)| unit), &after) {
        (None, _) => Some((after, Place::After)),
        (Some(unit), _) if *unit == after => Some((after, Place::Before)),
        (Some(Unit::Currency(one)), Unit::Currency(other)) if one.is_dollar() && other.is_dollar() => {
            Some((after, Place::Before))
        }
        _ => None,
    }
}

fn is_minus(mark: char) -> bool {
    mark == '\u{2212}' || (is_hyphen(mark) && is_dash(mark))
}
