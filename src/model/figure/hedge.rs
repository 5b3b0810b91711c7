//! Hedges: the words before a number that say how surely, and from which side, it is meant.
//!
//! They are read backwards from the number, because that is where a hedge has to be: directly before it.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use super::token::{Tokens, is_hyphen};

/// From which side a hedge bounds a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HedgeClass {
    /// `at least`, `more than`: the number is the least it can be.
    Lower,
    /// `up to`, `less than`: the number is the most it can be.
    Upper,
    /// `about`, `an estimated`: near the number, on either side.
    Approximate,
    /// `almost`, `nearly`: near the number and below it; a kind of approximate.
    SlightlyUnder,
}

impl HedgeClass {
    /// Returns what an editor calls it: `lower bound`, `upper bound`, `approximation`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lower => "lower bound",
            Self::Upper => "upper bound",
            Self::Approximate | Self::SlightlyUnder => "approximation",
        }
    }

    /// Whether it is a bound.
    pub const fn is_bound(self) -> bool {
        matches!(self, Self::Lower | Self::Upper)
    }
}

/// A hedge, as typed and as understood.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hedge {
    /// What it does to the number.
    pub class: HedgeClass,
    /// The words as typed, in lower case with single spaces: `an estimated total of up to`.
    pub words: String,
    /// Whether a bound leaves its own number out: `more than`, not `at least`.
    pub strict: bool,
    /// Whether `estimated` is one of the words; a bound absorbs it.
    pub estimated: bool,
}

impl fmt::Display for Hedge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Finds the hedge that ends a text, as `up to` does in `The panel put it at up to `.
///
/// For a caller that has the text before a number and not the number; [`find`](super::find) looks by itself. The range
/// is in bytes of `before`.
pub fn hedge_before(before: &str) -> Option<(Hedge, Range<usize>)> {
    let mut start = before.len().saturating_sub(LONGEST);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    // The first token may be half a word, so it does not count.
    let first = usize::from(start > 0);
    let tokens = Tokens::new(&before[start..]);
    let (hedge, from) = hedge_ending(&tokens, tokens.len())?;
    let range = tokens.range(from, tokens.len());
    (from >= first).then_some((hedge, range.start + start..range.end + start))
}

/// More bytes than any hedge has.
const LONGEST: usize = 160;

/// Words, their class, and whether they leave the number itself out.
type Phrase = (&'static str, HedgeClass, bool);

/// Hedges of one piece, in no order.
const PHRASES: &[Phrase] = {
    use HedgeClass::{Approximate, Lower, SlightlyUnder, Upper};
    &[
        ("at least", Lower, false),
        ("at the least", Lower, false),
        ("no fewer than", Lower, false),
        ("no less than", Lower, false),
        ("not fewer than", Lower, false),
        ("not less than", Lower, false),
        ("a minimum of", Lower, false),
        ("minimum of", Lower, false),
        ("more than", Lower, true),
        ("well more than", Lower, true),
        ("far more than", Lower, true),
        ("much more than", Lower, true),
        ("slightly more than", Lower, true),
        ("a little more than", Lower, true),
        ("greater than", Lower, true),
        ("over", Lower, true),
        ("well over", Lower, true),
        ("just over", Lower, true),
        ("slightly over", Lower, true),
        ("a little over", Lower, true),
        ("above", Lower, true),
        ("well above", Lower, true),
        ("just above", Lower, true),
        ("exceeding", Lower, true),
        ("in excess of", Lower, true),
        ("upwards of", Lower, true),
        ("upward of", Lower, true),
        ("north of", Lower, true),
        ("up to", Upper, false),
        ("as much as", Upper, false),
        ("as many as", Upper, false),
        ("at most", Upper, false),
        ("at the most", Upper, false),
        ("no more than", Upper, false),
        ("not more than", Upper, false),
        ("not exceeding", Upper, false),
        ("a maximum of", Upper, false),
        ("maximum of", Upper, false),
        ("less than", Upper, true),
        ("fewer than", Upper, true),
        ("under", Upper, true),
        ("well under", Upper, true),
        ("below", Upper, true),
        ("well below", Upper, true),
        ("about", Approximate, false),
        ("just about", Approximate, false),
        ("around", Approximate, false),
        ("roughly", Approximate, false),
        ("some", Approximate, false),
        ("approximately", Approximate, false),
        ("approx", Approximate, false),
        ("circa", Approximate, false),
        ("ca", Approximate, false),
        ("perhaps", Approximate, false),
        ("possibly", Approximate, false),
        ("maybe", Approximate, false),
        ("something like", Approximate, false),
        ("more or less", Approximate, false),
        ("in the region of", Approximate, false),
        ("in the order of", Approximate, false),
        ("on the order of", Approximate, false),
        ("almost", SlightlyUnder, false),
        ("nearly", SlightlyUnder, false),
        ("very nearly", SlightlyUnder, false),
        ("close to", SlightlyUnder, false),
        ("just under", SlightlyUnder, false),
        ("slightly under", SlightlyUnder, false),
        ("a little under", SlightlyUnder, false),
        ("just below", SlightlyUnder, false),
        ("slightly less than", SlightlyUnder, false),
        ("a little less than", SlightlyUnder, false),
        ("just short of", SlightlyUnder, false),
        ("approaching", SlightlyUnder, false),
        ("nearing", SlightlyUnder, false),
    ]
};

/// The phrases by their last word: before most numbers stands a word that ends none.
static PHRASES_BY_END: LazyLock<HashMap<&str, Vec<&Phrase>>> = LazyLock::new(|| {
    let mut by_end: HashMap<&str, Vec<&Phrase>> = HashMap::new();
    for phrase in PHRASES {
        by_end.entry(phrase.0.rsplit(' ').next().unwrap_or_default()).or_default().push(phrase);
    }
    by_end
});

/// Signs, which need no space.
const MARKS: &[(char, HedgeClass, bool)] = &[
    ('~', HedgeClass::Approximate, false),
    ('≈', HedgeClass::Approximate, false),
    ('>', HedgeClass::Lower, true),
    ('≥', HedgeClass::Lower, false),
    ('<', HedgeClass::Upper, true),
    ('≤', HedgeClass::Upper, false),
];

/// Abbreviations that need their point.
const POINTED: &[&str] = &["c", "ca", "approx"];

/// Ways to say `estimated`, between an article and the number; the class is approximate.
const ESTIMATES: &[&str] =
    &["estimated", "estimated at", "estimated to be", "estimated to be worth", "estimates of", "estimate of"];

/// What `an estimated` may be said of before the number comes: `an estimated total of`.
const ESTIMATED: &[&str] = &["total", "sum", "value", "amount", "figure", "number", "loss", "haul"];

/// What may stand between a hedge and its number without parting them.
const FILLERS: &[&str] = &[
    "a total of",
    "a combined",
    "a reported",
    "a record",
    "a further",
    "a whopping",
    "an additional",
    "another",
    "the equivalent of",
];

/// Words after which `as much as` compares instead of bounding: `three times as many as seven attacks`.
const MULTIPLES: &[&str] = &["times", "twice", "half", "not", "almost", "nearly"];

/// A part of a hedge, and the index of its first token.
struct Piece {
    class: HedgeClass,
    strict: bool,
    estimated: bool,
    from: usize,
}

/// Finds the hedge that ends directly before a token; the index of its first token.
pub(super) fn hedge_ending(tokens: &Tokens<'_>, end: usize) -> Option<(Hedge, usize)> {
    let inner = piece_past_fillers(tokens, end)?;
    let outer = piece_past_fillers(tokens, inner.from).filter(|outer| joins(outer, &inner));
    let whole = match outer {
        Some(outer) => Piece { estimated: outer.estimated || inner.estimated, ..stronger(outer, inner) },
        None => inner,
    };
    let words = tokens.text(whole.from, end).to_lowercase();
    Some((Hedge { class: whole.class, words, strict: whole.strict, estimated: whole.estimated }, whole.from))
}

/// Whether two pieces make one hedge: `estimated at` + `up to`, `up to` + `about`; not `took over` + `about`.
fn joins(outer: &Piece, inner: &Piece) -> bool {
    let room_for_bound = !inner.class.is_bound() || !outer.class.is_bound();
    let several_words = outer.from + 1 < inner.from;
    room_for_bound && (outer.estimated || several_words)
}

/// The piece whose class counts, reaching over both.
fn stronger(outer: Piece, inner: Piece) -> Piece {
    let inner_counts = inner.class.is_bound() || (!outer.class.is_bound() && outer.estimated);
    let from = outer.from;
    if inner_counts { Piece { from, ..inner } } else { outer }
}

fn piece_past_fillers(tokens: &Tokens<'_>, end: usize) -> Option<Piece> {
    let direct = piece_ending(tokens, end);
    direct.or_else(|| {
        let fillers = FILLERS.iter().filter_map(|filler| phrase_ending(tokens, end, filler));
        fillers.filter_map(|at| piece_ending(tokens, at)).min_by_key(|piece| piece.from)
    })
}

/// Finds the longest hedge of one piece that ends directly before a token.
fn piece_ending(tokens: &Tokens<'_>, end: usize) -> Option<Piece> {
    let pieces = [marked(tokens, end), pointed(tokens, end), estimated(tokens, end), phrased(tokens, end)];
    pieces.into_iter().flatten().min_by_key(|piece| piece.from)
}

fn marked(tokens: &Tokens<'_>, end: usize) -> Option<Piece> {
    let from = end.checked_sub(1)?;
    let mark = tokens.mark(from)?;
    let (_, class, strict) = *MARKS.iter().find(|(known, ..)| *known == mark)?;
    Some(Piece { class, strict, estimated: false, from })
}

fn pointed(tokens: &Tokens<'_>, end: usize) -> Option<Piece> {
    let from = end.checked_sub(2)?;
    let pointed = tokens.mark(end - 1) == Some('.') && tokens.glued(end - 1);
    let known = pointed && tokens.word(from).is_some_and(|word| POINTED.contains(&word)) && starts_word(tokens, from);
    known.then_some(Piece { class: HedgeClass::Approximate, strict: false, estimated: false, from })
}

fn estimated(tokens: &Tokens<'_>, end: usize) -> Option<Piece> {
    let of = phrase_ending(tokens, end, "of").and_then(|of| {
        let noun = of.checked_sub(1)?;
        let known = tokens.word(noun).is_some_and(|word| ESTIMATED.contains(&word));
        phrase_ending(tokens, noun, "estimated").filter(|_| known && !tokens.glued(noun))
    });
    let plain = ESTIMATES.iter().filter_map(|phrase| phrase_ending(tokens, end, phrase)).min();
    let from = of.or(plain)?;
    let article = ["a", "an"].iter().find_map(|article| phrase_ending(tokens, from, article));
    let from = article.filter(|_| !tokens.glued(from)).unwrap_or(from);
    Some(Piece { class: HedgeClass::Approximate, strict: false, estimated: true, from })
}

fn phrased(tokens: &Tokens<'_>, end: usize) -> Option<Piece> {
    let known = PHRASES_BY_END.get(tokens.word(end.checked_sub(1)?)?)?;
    let phrases = known.iter().filter_map(|(phrase, class, strict)| {
        let from = phrase_ending(tokens, end, phrase)?;
        Some(Piece { class: *class, strict: *strict, estimated: false, from })
    });
    let piece = phrases.min_by_key(|piece| piece.from)?;
    let compared = tokens.word(piece.from) == Some("as")
        && piece.from.checked_sub(1).and_then(|at| tokens.word(at)).is_some_and(|word| MULTIPLES.contains(&word));
    (!compared).then_some(piece)
}

/// The index at which a phrase starts that ends directly before a token, with spaces (or hyphens) between its words.
fn phrase_ending(tokens: &Tokens<'_>, end: usize, phrase: &str) -> Option<usize> {
    let last = tokens.word(end.checked_sub(1)?)?;
    if !phrase.ends_with(last) {
        return None;
    }
    let mut at = end;
    for word in phrase.rsplit(' ') {
        if at < end && tokens.glued(at) {
            return None;
        }
        at = at.checked_sub(1)?;
        (tokens.word(at) == Some(word)).then_some(())?;
    }
    starts_word(tokens, at).then_some(at)
}

/// Whether a word is not the end of another: `voice-over $2bn` has no hedge, `“over $2bn”` has.
fn starts_word(tokens: &Tokens<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).filter(|_| tokens.glued(index));
    before.is_none_or(|at| tokens.mark(at).is_some_and(|mark| !is_hyphen(mark) && mark != '.'))
}
