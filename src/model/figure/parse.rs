//! A figure that is the whole of a text: `figure:` in front matter, and the text of a link that is nothing else.

use std::fmt;
use std::ops::Range;

use super::currency::Currency;
use super::find::trailing_hedge;
use super::hedge::{Hedge, hedge_ending};
use super::noun::Noun;
use super::number::Amount;
use super::prose::is_function_word;
use super::range::Measured;
use super::read::{Problem, ProblemKind, Reader};
use super::token::{Kind, Tokens, is_hyphen};
use super::unit::Unit;
use super::{Context, Figure, Verdict, compare};

/// Why a text is no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureError {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for FigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FigureError {}

/// Further than any hedge reaches, in tokens.
const LONGEST_HEDGE: usize = 24;

/// The most words that a noun may have.
const LONGEST_NOUN: usize = 5;

/// Codes that are typed in small letters by mistake, and are never nouns.
const COMMON_CODES: &[&str] =
    &["aud", "cad", "chf", "cny", "eur", "gbp", "hkd", "inr", "jpy", "krw", "nzd", "rub", "sgd", "usd"];

/// Reads a figure: an optional hedge, a number or a range, and a unit, with nothing before or after.
///
/// # Errors
///
/// Anything else: no number, a number that could be read in two ways (`1,5`), one of more than 28 digits, words that
/// are no hedge, no unit, a range that does not rise, or text that goes on.
pub fn parse(text: &str, context: Context) -> Result<Figure, FigureError> {
    let figure = read_once(text, context)?;
    // A noun may hide a currency or a scale (`1+ naira`): what is written out must be read back as it was.
    let again = |text: String| read_once(&text, context).ok();
    let same = |text: Figure| text.unit == figure.unit && compare(&figure, &text) == Verdict::Same;
    let doubtful = matches!(figure.unit, Unit::Noun(_))
        && (again(figure.to_string()).as_ref() != Some(&figure) || !again(figure.as_text(context)).is_some_and(same));
    if doubtful {
        return Err(FigureError {
            range: 0..text.len(),
            message: format!("`{}` can be read in more than one way", text.trim()),
            help: "write the hedge first, then the number, then the unit: `at least 7 attacks`".to_owned(),
        });
    }
    Ok(figure)
}

fn read_once(text: &str, context: Context) -> Result<Figure, FigureError> {
    let tokens = Tokens::new(text);
    let parser = Parser { reader: Reader { tokens: &tokens, context, prose: false }, tokens: &tokens };
    parser.figure()
}

/// Abbreviations of scales and of per cent that are not read, and would pass for nouns.
const NO_NOUNS: &[&str] =
    &["mil", "mill", "mio", "mrd", "bil", "bill", "bln", "trl", "pct", "percents", "thirds", "quarters", "halves"];

/// Finds a word in a noun that was meant as a scale, as per cent or as a currency.
fn no_noun(text: &str) -> Option<&str> {
    let code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut words = text.split(|c: char| c.is_whitespace() || is_hyphen(c));
    words.find(|word| {
        NO_NOUNS.contains(&word.to_ascii_lowercase().as_str())
            || (code(word) && (*word == text || Currency::from_code(word).is_some()))
    })
}

struct Parser<'a> {
    reader: Reader<'a>,
    tokens: &'a Tokens<'a>,
}

impl Parser<'_> {
    fn figure(&self) -> Result<Figure, FigureError> {
        let measured = self.first_number()?;
        let before = self.hedge(measured.from)?;
        let amount = self.amount(&measured)?;
        let (after, end) = trailing_hedge(self.tokens, measured.end);
        let (unit, end) = match &measured.unit {
            Some(unit) => (unit.clone(), end),
            None => self.noun(end, &measured)?,
        };
        let (last, end) = if after.is_some() { (None, end) } else { trailing_hedge(self.tokens, end) };
        if end < self.tokens.len() {
            return Err(self.goes_on(end));
        }
        Ok(Figure { hedge: before.or(after).or(last), amount, unit })
    }

    fn first_number(&self) -> Result<Measured, FigureError> {
        let mut problem = None;
        for index in 0..self.tokens.len().min(LONGEST_HEDGE) {
            match self.reader.measured(index) {
                Ok(Some(measured)) => return Ok(measured),
                Ok(None) => {}
                Err(found) => {
                    problem = Some(found);
                    break;
                }
            }
        }
        Err(problem.map_or_else(|| self.no_number(), |problem| self.malformed(problem)))
    }

    fn no_number(&self) -> FigureError {
        let range = self.tokens.range(0, self.tokens.len());
        let message =
            if range.is_empty() { "the figure is empty".to_owned() } else { self.says("has no number", range.clone()) };
        let help = "write a hedge, a number and a unit, such as `up to 2 billion USD`, `40%` or `at least 7 attacks`";
        FigureError { range, message, help: help.to_owned() }
    }

    fn malformed(&self, problem: Problem) -> FigureError {
        let range = self.tokens.range(problem.from, problem.end);
        match problem.kind {
            ProblemKind::Malformed => FigureError {
                message: self.says("is not a number", range.clone()),
                help:
                    "write a point before decimals, commas between thousands and a unit after a space: `1.5`, `1,500`, \
                       `1.5 billion USD`"
                        .to_owned(),
                range,
            },
            ProblemKind::TooLarge => FigureError {
                message: self.says("has too many digits", range.clone()),
                help: "write a number of at most 28 digits".to_owned(),
                range,
            },
        }
    }

    /// Reads what stands before the number, which has to be a hedge as a whole.
    fn hedge(&self, number: usize) -> Result<Option<Hedge>, FigureError> {
        if number == 0 {
            return Ok(None);
        }
        match hedge_ending(self.tokens, number) {
            Some((hedge, 0)) => Ok(Some(hedge)),
            known => {
                let range = self.tokens.range(0, known.map_or(number, |(_, from)| from));
                Err(FigureError {
                    message: self.says("is not a hedge", range.clone()),
                    help: "begin with the number, or with a hedge such as `at least`, `more than`, `up to`, `about`, `almost` \
                           or `an estimated`"
                        .to_owned(),
                    range,
                })
            }
        }
    }

    fn amount(&self, measured: &Measured) -> Result<Amount, FigureError> {
        measured.amount().ok_or_else(|| {
            let range = self.tokens.range(measured.from, measured.end);
            FigureError {
                message: self.says("is a range that does not rise", range.clone()),
                help: "write the smaller number first, and a single number where both are the same".to_owned(),
                range,
            }
        })
    }

    /// Reads the noun that begins at a token; the index after it.
    fn noun(&self, index: usize, measured: &Measured) -> Result<(Unit, usize), FigureError> {
        let from = self.tokens.following(index).unwrap_or(index);
        let end = (from..self.tokens.len()).find(|at| !self.is_of_noun(*at, from)).unwrap_or(self.tokens.len());
        let end = end.min(from + 2 * LONGEST_NOUN);
        let text = self.tokens.text(from, end);
        if COMMON_CODES.contains(&text.to_ascii_lowercase().as_str()) {
            return Err(FigureError {
                range: self.tokens.range(from, end),
                message: format!("`{text}` is not a currency"),
                help: format!("write the code in capitals: `{}`", text.to_ascii_uppercase()),
            });
        }
        if let Some(word) = no_noun(&text) {
            return Err(FigureError {
                range: self.tokens.range(from, end),
                message: format!("`{word}` is neither a unit nor a scale"),
                help: "scales are `thousand`, `million`, `billion` and `trillion`, currencies are codes such as `USD`, and \
                       per cent is `%`"
                    .to_owned(),
            });
        }
        if from == end && end < self.tokens.len() {
            return Err(self.goes_on(end));
        }
        if from == end {
            let range = self.tokens.range(measured.from, measured.end);
            return Err(FigureError {
                message: self.says("has no unit", range.clone()),
                help: "say what it is a number of, such as `USD`, `%` or `attacks`".to_owned(),
                range,
            });
        }
        Ok((Unit::Noun(Noun::new(&text)), end))
    }

    fn is_of_noun(&self, index: usize, from: usize) -> bool {
        let tokens = self.tokens;
        let Some(token) = tokens.get(index) else { return false };
        match token.kind {
            Kind::Word => !tokens.word(index).is_some_and(is_function_word) || self.is_in_compound(index, from),
            Kind::Digits => false,
            Kind::Mark(mark) => {
                let inside = index > from && tokens.glued(index) && tokens.glued(index + 1);
                inside && (is_hyphen(mark) || matches!(mark, '\'' | '’')) && tokens.word(index + 1).is_some()
            }
        }
    }

    /// Whether a word stands in a compound with hyphens, in which any word may: `by-elections`, `state-of-the-art attacks`.
    fn is_in_compound(&self, index: usize, from: usize) -> bool {
        let tokens = self.tokens;
        let joined = |at: usize| tokens.glued(at) && tokens.mark(at).is_some_and(is_hyphen) && tokens.glued(at + 1);
        index > from && joined(index - 1) || joined(index + 1) && tokens.word(index + 2).is_some()
    }

    fn goes_on(&self, index: usize) -> FigureError {
        let range = self.tokens.range(index, self.tokens.len());
        FigureError {
            message: self.says("is not part of a figure", range.clone()),
            help: "keep to a hedge, a number and a unit; what else there is to say belongs beside the figure"
                .to_owned(),
            range,
        }
    }

    fn says(&self, what: &str, range: Range<usize>) -> String {
        format!("`{}` {what}", self.tokens.typed_range(range))
    }
}

impl std::str::FromStr for Figure {
    type Err = FigureError;

    /// Reads a figure where `$` is the US dollar.
    fn from_str(text: &str) -> Result<Self, FigureError> {
        parse(text, Context { currency: Some(Currency::USD) })
    }
}
