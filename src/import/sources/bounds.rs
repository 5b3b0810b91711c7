//! Bounds for BibTeX: what would become more than anybody types is told with its place, and left out before it is read.
//!
//! The crate unfolds each `@string` wherever it is used, reads a command within a command by calling itself, once more from
//! the beginning, and joins the parts of a value by moving all those behind them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use biblatex::{Pair, RawBibliography, RawChunk};

use crate::diagnostic::Diagnostic;
use crate::import::{Input, LARGEST, bad};

use super::draws::{Knot, ROW, knots, weighed};

/// How deep braces may stand in each other, and so commands.
const DEEPEST: usize = 100;

/// How many bytes `@string`s may make of a value.
const LONGEST: u64 = 1 << 20;

/// How many bytes a file may become by its `@string`s, and how many its entries may draw from each other.
pub(super) const DRAWN: u64 = 4 * LARGEST;

/// How many steps reading the values of a file may take, in bytes read again and parts moved: a few seconds.
const STEPS: u64 = 200_000_000;

/// Takes out of a file what is beyond the bounds, and what draws on it.
pub(super) fn keep(input: &Input<'_>, raw: &mut RawBibliography<'_>, told: &mut Vec<Diagnostic>) {
    let strings = Strings::read(input, raw, told);
    let mut spent = Spent::default();
    raw.entries.retain(|entry| {
        let weighed = entry.v.fields.iter().try_fold(spent, |spent, field| strings.spend(spent, field));
        match weighed {
            Ok(sum) => spent = sum,
            Err((place, why, help)) => {
                let message = format!("the entry `{}` cannot be read", short(entry.v.key.v));
                told.push(bad(message).at(input.span(place), why).help(help));
                return false;
            }
        }
        true
    });
    raw.abbreviations.retain(|pair| strings.weight(pair.key.v).is_some());
}

/// Returns as much of a name as a message has room for.
pub(super) fn short(name: &str) -> String {
    name.chars().take(60).collect()
}

/// What reading a value takes, with all `@string`s that it draws on.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    bytes: u64,
    parts: u64,
    /// How many bytes are read again, and how many parts moved.
    steps: u64,
}

/// What the values of a file have taken so far.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    /// How many bytes came from `@string`s.
    drawn: u64,
    steps: u64,
}

/// Where a value is beyond a bound, why, and what to do.
type Beyond = (Range<usize>, String, &'static str);

/// The `@string`s of a file with what each weighs; `None` where one cannot be used.
struct Strings<'t>(BTreeMap<&'t str, Option<Weight>>);

impl<'t> Strings<'t> {
    fn read(input: &Input<'_>, raw: &RawBibliography<'t>, told: &mut Vec<Diagnostic>) -> Self {
        // Of two with one name the last counts.
        let last: BTreeMap<&'t str, &Pair<'t>> = raw.abbreviations.iter().map(|pair| (pair.key.v, pair)).collect();
        let pairs: Vec<&Pair<'t>> = last.values().copied().collect();
        let places: BTreeMap<&str, usize> = last.keys().enumerate().map(|(at, name)| (*name, at)).collect();
        let drawn_on = |pair: &&Pair<'t>| names(pair).filter_map(|name| places.get(name).copied()).collect();
        let mut refs: Vec<Vec<usize>> = pairs.iter().map(drawn_on).collect();
        let mut tell = |pair: &Pair<'_>, (place, why, help): Beyond| {
            let message = format!("the `@string` `{}` cannot be read", short(pair.key.v));
            told.push(bad(message).at(input.span(place), why).help(help));
        };
        let mut deep = BTreeSet::new();
        for (at, pair) in pairs.iter().enumerate() {
            if let Some(beyond) = too_deep(pair) {
                tell(pair, beyond);
                deep.insert(at);
                // It waits for itself, and so does all that draws on it.
                refs[at] = vec![at];
            }
        }
        let weights = weighed(&refs, |at, known| {
            weight(pairs[at], &|name| places.get(name).and_then(|at| known(*at)).unwrap_or_default())
        });
        for knot in knots(&refs, |at| weights[at].is_some()) {
            let (at, why) = match knot {
                Knot::Circle(way) if deep.contains(&way[0]) => continue,
                Knot::Circle(way) => {
                    let way: Vec<&Pair<'t>> = way.iter().chain(&way[..1]).map(|at| pairs[*at]).collect();
                    let names: Vec<String> =
                        way.iter().take(8).map(|pair| format!("`{}`", short(pair.key.v))).collect();
                    tell(
                        way[0],
                        (way[0].key.span.clone(), format!("it draws on itself: {}", names.join(" → ")), WRITE_OUT),
                    );
                    continue;
                }
                Knot::Row(way) => (way[way.len() - 1], format!("it draws on more than {ROW} others in a row")),
            };
            tell(pairs[at], (pairs[at].key.span.clone(), why, WRITE_OUT));
        }
        Self(last.into_keys().zip(weights).collect())
    }

    /// Returns what an `@string` weighs; what is none is told by the crate, or the name of a month.
    fn weight(&self, name: &str) -> Option<Weight> {
        self.0.get(name).copied().unwrap_or(Some(Weight::default()))
    }

    /// Adds a field to what was spent, or says what is beyond a bound in it.
    fn spend(&self, spent: Spent, field: &Pair<'_>) -> Result<Spent, Beyond> {
        if let Some(beyond) = too_deep(field) {
            return Err(beyond);
        }
        let mut drawn = 0_u64;
        for chunk in &field.value.v {
            let RawChunk::Abbreviation(name) = chunk.v else { continue };
            let Some(weight) = self.weight(name) else {
                let why = format!("it draws on the `@string` `{}`, which cannot be read", short(name));
                return Err((chunk.span.clone(), why, "mend the `@string`, and import again"));
            };
            drawn = drawn.saturating_add(weight.bytes);
        }
        let Weight { steps, .. } = weight(field, &|name| self.weight(name).unwrap_or_default());
        let place = field.key.span.clone();
        if drawn > LONGEST {
            return Err((place, format!("`@string`s make more than {} MB of it", LONGEST >> 20), WRITE_OUT));
        }
        let all = Spent { drawn: spent.drawn.saturating_add(drawn), steps: spent.steps.saturating_add(steps) };
        if all.drawn > DRAWN {
            let why = format!("with it, `@string`s make more than {} MB of the file", DRAWN >> 20);
            return Err((place, why, "import a part of the file at a time"));
        }
        if all.steps > STEPS {
            let why = "there are too many parts, and braces in braces, up to here".to_owned();
            return Err((
                place,
                why,
                "take out braces and commands that do nothing, or import a part of the file at a time",
            ));
        }
        Ok(all)
    }
}

const WRITE_OUT: &str = "write out what it is to say";

/// Returns the names that a value draws on.
fn names<'p>(pair: &'p Pair<'_>) -> impl Iterator<Item = &'p str> {
    pair.value.v.iter().filter_map(|chunk| match chunk.v {
        RawChunk::Abbreviation(name) => Some(name),
        RawChunk::Normal(_) => None,
    })
}

/// Finds the brace that stands too deep, counted as the crate counts where it reads commands: without regard to backslashes.
fn too_deep(pair: &Pair<'_>) -> Option<Beyond> {
    pair.value.v.iter().find_map(|chunk| {
        let RawChunk::Normal(text) = chunk.v else { return None };
        let at = chunk.span.start + depths(text).position(|(_, depth)| depth > DEEPEST)?;
        let why = format!("braces stand more than {DEEPEST} deep in each other");
        Some((at..at + 1, why, "take out braces and commands that do nothing"))
    })
}

/// Returns the bytes of a text, each with how deep in braces it stands.
fn depths(text: &str) -> impl Iterator<Item = (u8, usize)> {
    text.bytes().scan(0_usize, |depth, byte| {
        match byte {
            b'{' => *depth += 1,
            b'}' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some((byte, *depth))
    })
}

/// Weighs a value; `of` has the weights of `@string`s.
fn weight(pair: &Pair<'_>, of: &dyn Fn(&str) -> Weight) -> Weight {
    let (mut all, mut joined) = (Weight::default(), 0_u64);
    for chunk in &pair.value.v {
        let more = match chunk.v {
            RawChunk::Abbreviation(name) => of(name),
            RawChunk::Normal(text) => {
                let mut more = Weight { bytes: text.len() as u64, ..Weight::default() };
                for (byte, depth) in depths(text) {
                    more.steps += depth as u64;
                    more.parts += u64::from(matches!(byte, b'{' | b'}' | b'$'));
                    // Braces in braces make parts of one kind, which are joined again.
                    joined += u64::from(byte == b'{' && depth > 1 || byte == b'}' && depth > 0);
                }
                more
            }
        };
        joined += 1;
        all.bytes = all.bytes.saturating_add(more.bytes).saturating_add(1);
        all.parts = all.parts.saturating_add(more.parts).saturating_add(1);
        all.steps = all.steps.saturating_add(more.steps);
    }
    all.steps = all.steps.saturating_add(joined.saturating_sub(1).saturating_mul(all.parts) / 2);
    all
}
