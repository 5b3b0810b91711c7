//! Figures in running text: money, percentages, and counts of what claims count, each with the hedge before it.
//!
//! Where a reader would not take a number for a figure, none is found: dates, years, ordinals, clock times, versions,
//! names and labels. The text is what the reader sees, without its markup.

use std::ops::Range;

use super::hedge::{Hedge, HedgeClass, hedge_ending};
use super::noun::{MOST_ADJECTIVES, Noun, UnitNames};
use super::number::Amount;
use super::prose::{adjective, is_label, is_name, is_pronoun, is_share, starts_clean};
use super::range::{Joint, Measured};
use super::read::{Quantity, Reader};
use super::token::{Tokens, is_dash};
use super::unit::Unit;
use super::words::{begins_number, scale_word, tells_of_number};
use super::{Context, Figure};

/// A figure in a text, with its bytes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// All of it: hedge, number and unit.
    pub range: Range<usize>,
    /// The hedge, where it has one.
    pub hedge_range: Option<Range<usize>>,
    /// The number with its sign, scale and currency, without the hedge and without what is counted.
    pub number_range: Range<usize>,
    /// The figure.
    pub figure: Figure,
}

/// Finds the figures of a text, in order and without overlaps, in time linear in its length.
///
/// A count is found where its noun is one of `units`, at most two adjectives after the number.
pub fn find(text: &str, context: Context, units: &UnitNames) -> Vec<Found> {
    if may_hold_number(text) { find_thoroughly(text, context, units) } else { Vec::new() }
}

/// Whether a text has a digit, or a word that stands for a number. Most paragraphs have neither, and need no cutting.
fn may_hold_number(text: &str) -> bool {
    // The longest such word is `seventeen`.
    let mut lower = [0; 9];
    let number = |word: &[u8]| {
        let Some(lower) = lower.get_mut(..word.len()).filter(|_| word.len() > 2) else { return false };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        str::from_utf8(lower).is_ok_and(tells_of_number)
    };
    text.bytes().any(|byte| byte.is_ascii_digit())
        || text.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).any(number)
}

/// Looks for figures token by token.
pub(super) fn find_thoroughly(text: &str, context: Context, units: &UnitNames) -> Vec<Found> {
    let tokens = Tokens::new(text);
    let finder = Finder { reader: Reader { tokens: &tokens, context, prose: true }, tokens: &tokens, units };
    let mut found = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let next = finder.at(index, &mut found);
        index = next.max(index + 1);
    }
    found
}

/// The most tokens between a number and its noun.
const LONGEST_NOUN: usize = 12;

struct Finder<'a> {
    reader: Reader<'a>,
    tokens: &'a Tokens<'a>,
    units: &'a UnitNames,
}

/// The unit of a figure, and the index after it.
struct Counted {
    unit: Unit,
    end: usize,
    /// The hedge behind the number, and its bytes.
    hedge: Option<(Hedge, Range<usize>)>,
}

impl Finder<'_> {
    /// Looks for a figure that starts at a token; the index to go on from.
    fn at(&self, index: usize, found: &mut Vec<Found>) -> usize {
        if !self.may_begin(index) || !starts_clean(self.tokens, index) {
            return index + 1;
        }
        let measured = match self.reader.measured(index) {
            Err(problem) => return problem.end,
            Ok(None) => return index + 1,
            Ok(Some(measured)) => measured,
        };
        if self.is_no_number(&measured) {
            return measured.end;
        }
        let Some(counted) = self.counted(&measured) else { return measured.end };
        let change = measured.second.as_ref().is_some_and(|second| second.joint == Joint::FromTo);
        match measured.amount() {
            Some(amount) if !change => {
                let whole = Part { from: measured.from, end: measured.end, amount, years: years(&measured) };
                self.push(&whole, &counted, found);
            }
            _ => self.push_both(&measured, &counted, found),
        }
        counted.end
    }

    /// Whether a figure can begin with a token: with anything but a plain word that is no number.
    fn may_begin(&self, index: usize) -> bool {
        let Some(word) = self.tokens.word(index) else { return true };
        let code = self.tokens.typed(index).starts_with(|first: char| first.is_ascii_uppercase());
        code || matches!(word, "between" | "from") || begins_number(word)
    }

    /// Whether what was read as a number is a part of something else.
    fn is_no_number(&self, measured: &Measured) -> bool {
        let tokens = self.tokens;
        let (from, end) = (measured.from, measured.end);
        let dash = |at: usize| tokens.glued(at) && tokens.mark(at).is_some_and(is_dash) && tokens.glued(at + 1);
        if tokens.word(from).is_some() {
            // `twenty nineteen`, from either end; `a million-dollar question`.
            let after_number = !tokens.glued(from) && from > 0 && self.reader.is_small_number(from - 1);
            let before_number = !tokens.glued(end) && self.reader.is_small_number(end);
            let scale = tokens.word(from + 1).is_some_and(|word| scale_word(word).is_some());
            let idiom = tokens.word(from) == Some("a") && scale && dash(from + 2);
            return after_number || before_number || idiom;
        }
        // `978-3-16`, and the score of `a 13-1 vote`.
        let goes_on = dash(end) && tokens.digits(end + 1).is_some();
        let falls =
            measured.second.as_ref().is_some_and(|second| second.joint == Joint::Dash) && measured.amount().is_none();
        measured.unit.is_none() && (goes_on || falls)
    }

    /// Finds the unit of a number: the one that stands with it, or the noun that it counts.
    fn counted(&self, measured: &Measured) -> Option<Counted> {
        let (hedge, end) = self.hedge_behind(measured.end);
        if let Some(unit) = &measured.unit {
            return (!self.is_constant_money(measured)).then(|| Counted { unit: unit.clone(), end, hedge });
        }
        let one = measured.amount().is_some_and(|amount| amount.is_one());
        let (from, last) = self.noun(end, one)?;
        let (tokens, number) = (self.tokens, measured.from);
        let name = is_label(tokens, number) || is_name(tokens, number, last - 1);
        if name || is_pronoun(tokens, number) || is_share(tokens, number) {
            return None;
        }
        let unit = Unit::Noun(Noun::new(&self.tokens.text(from, last)));
        let (after, end) = self.hedge_behind(last);
        Some(Counted { unit, end, hedge: hedge.or(after) })
    }

    fn hedge_behind(&self, index: usize) -> (Option<(Hedge, Range<usize>)>, usize) {
        let (hedge, end) = trailing_hedge(self.tokens, index);
        (hedge.map(|hedge| (hedge, self.tokens.range(index, end))), end)
    }

    /// Finds the noun that a number counts, with the adjectives before it: its first token and the one after it.
    fn noun(&self, index: usize, one: bool) -> Option<(usize, usize)> {
        let hyphen = self.tokens.glued(index);
        let from = self.tokens.following(index)?;
        let mut at = if hyphen { index } else { from };
        let mut adjectives = 0;
        loop {
            if let Some(end) = self.units.at(self.tokens, at, one || hyphen) {
                let possessive = self.tokens.glued(end) && matches!(self.tokens.mark(end), Some('\'' | '’'));
                return (!(one && possessive)).then_some((from, end));
            }
            // A compound with hyphens is one adjective.
            adjectives += usize::from(!self.tokens.glued(at));
            // `one large exchange` tells of an exchange; `a seven-nation attack` counts no attacks.
            let done = hyphen || one || adjectives > MOST_ADJECTIVES || at > from + LONGEST_NOUN;
            at = if done { None } else { adjective(self.tokens, at) }?;
        }
    }

    /// Whether the number is the year of a currency: `in 2021 dollars`.
    fn is_constant_money(&self, measured: &Measured) -> bool {
        let before = measured.from.checked_sub(1).and_then(|at| self.tokens.word(at));
        measured.first.like_year && matches!(before, Some("in" | "constant"))
    }

    /// Adds the two numbers of a change, `from four to seven attacks`, as two figures.
    fn push_both(&self, measured: &Measured, counted: &Counted, found: &mut Vec<Found>) {
        let Some(second) = &measured.second else { return };
        let part = |quantity: &Quantity| Part {
            from: quantity.from,
            end: quantity.end,
            amount: Amount::Number(quantity.number),
            years: quantity.like_year,
        };
        let first = part(&measured.first);
        let alone = Counted { unit: counted.unit.clone(), end: first.end, hedge: None };
        self.push(&first, &alone, found);
        self.push(&part(&second.quantity), counted, found);
    }

    fn push(&self, part: &Part, counted: &Counted, found: &mut Vec<Found>) {
        let tokens = self.tokens;
        let before = hedge_ending(tokens, part.from);
        let counts = matches!(counted.unit, Unit::Noun(_));
        if counts && part.years && before.is_none() && counted.hedge.is_none() {
            return;
        }
        let from = before.as_ref().map_or(part.from, |(_, from)| *from);
        let behind = counted.hedge.clone();
        let hedge_range = before
            .as_ref()
            .map(|(_, from)| tokens.range(*from, part.from))
            .or(behind.as_ref().map(|(_, range)| range.clone()));
        let hedge = before.map(|(hedge, _)| hedge).or(behind.map(|(hedge, _)| hedge));
        found.push(Found {
            range: tokens.range(from, counted.end),
            hedge_range,
            number_range: tokens.range(part.from, part.end),
            figure: Figure { hedge, amount: part.amount, unit: counted.unit.clone() },
        });
    }
}

/// A number or a range in the text.
struct Part {
    from: usize,
    end: usize,
    amount: Amount,
    /// Whether it is written as a year, or two.
    years: bool,
}

fn years(measured: &Measured) -> bool {
    measured.first.like_year || measured.second.as_ref().is_some_and(|second| second.quantity.like_year)
}

/// Finds the hedge that begins a text, as `or more` does in ` or more, it said`.
///
/// For a caller that has the text behind a figure and not the figure; [`find`] looks by itself. The range is in bytes of
/// `after`.
pub fn hedge_after(after: &str) -> Option<(Hedge, Range<usize>)> {
    let most = after.char_indices().nth(LONGEST_BEHIND).map_or(after.len(), |(at, _)| at);
    let tokens = Tokens::new(&after[..most]);
    let (hedge, end) = trailing_hedge(&tokens, 0);
    Some((hedge?, tokens.range(0, end)))
}

/// More letters than any hedge behind a figure has, with what tells where it ends.
const LONGEST_BEHIND: usize = 40;

/// Reads a hedge that follows its number: `150+`, `$50m or more`, `$50m at most`; the index after it.
pub(super) fn trailing_hedge(tokens: &Tokens<'_>, index: usize) -> (Option<Hedge>, usize) {
    let hedge = |class, words: &str| Some(Hedge { class, words: words.to_owned(), strict: false, estimated: false });
    let plus = tokens.mark(index) == Some('+')
        && tokens.glued(index)
        && !(tokens.glued(index + 1) && tokens.mark(index + 1).is_none());
    if plus {
        return (hedge(HedgeClass::Lower, "at least"), index + 1);
    }
    let phrase = |words: &str| tokens.phrase(index, words);
    let known = [
        ("plus", HedgeClass::Lower, "at least"),
        ("or more", HedgeClass::Lower, "at least"),
        ("or so", HedgeClass::Approximate, "about"),
        ("or less", HedgeClass::Upper, "at most"),
        ("or fewer", HedgeClass::Upper, "at most"),
    ];
    let read = known.iter().find_map(|(words, class, meaning)| Some((phrase(words)?, hedge(*class, meaning))));
    // `$50m plus interest` has no hedge, `$50m-plus` has.
    let read = read.filter(|_| tokens.word(index) != Some("plus"));
    let read = read.map(|(end, hedge)| (hedge, end));
    read.or_else(|| closing_hedge(tokens, index)).unwrap_or((None, index))
}

/// Reads `at most` and `at least` behind a number, where the sentence or a part of it ends after them: in `$50m at least 7
/// times` they belong to what follows.
fn closing_hedge(tokens: &Tokens<'_>, index: usize) -> Option<(Option<Hedge>, usize)> {
    let known = [
        ("at most", HedgeClass::Upper),
        ("at the most", HedgeClass::Upper),
        ("at least", HedgeClass::Lower),
        ("at the least", HedgeClass::Lower),
        ("at the very least", HedgeClass::Lower),
    ];
    let (words, class, end) =
        known.iter().find_map(|(words, class)| Some((*words, *class, tokens.phrase(index, words)?)))?;
    let ends = end >= tokens.len() || tokens.mark(end).is_some_and(|mark| ".,;:!?)]–—…”’\"'".contains(mark));
    ends.then(|| (Some(Hedge { class, words: words.to_owned(), strict: false, estimated: false }), end))
}
