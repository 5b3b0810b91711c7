//! Who draws on whom in BibTeX, by `@string`, `crossref` and `xdata`, and who draws on itself.
//!
//! The crate follows them without looking back: through a circle without end, and through a long row until its stack is full.
//! So both are found here before it does. Nothing here calls itself.

use std::collections::{BTreeMap, BTreeSet};

use biblatex::{Bibliography, Entry, RawBibliography};

use crate::diagnostic::Diagnostic;
use crate::import::{Input, bad};

use super::bounds::{DRAWN, short};

/// How many may draw on each other in a row.
pub(super) const ROW: usize = 32;

/// How many entries one entry may draw on, directly or through others.
const TANGLED: u64 = 1000;

/// Weighs each of some things by what it draws on; `None` is the weight of what draws on itself, through too long a row, or on
/// such. `refs` has the places of what each draws on, and `weigh` looks up weights by place.
pub(super) fn weighed<W>(refs: &[Vec<usize>], weigh: impl Fn(usize, &dyn Fn(usize) -> Option<W>) -> W) -> Vec<Option<W>>
where
    W: Copy,
{
    let mut known: Vec<Option<W>> = vec![None; refs.len()];
    for _ in 0..ROW {
        let is_next = |at: &usize| known[*at].is_none() && refs[*at].iter().all(|to| known[*to].is_some());
        let next: Vec<usize> = (0..refs.len()).filter(is_next).collect();
        let found: Vec<W> = next.iter().map(|at| weigh(*at, &|to| known[to])).collect();
        if next.is_empty() {
            break;
        }
        next.into_iter().zip(found).for_each(|(at, weight)| known[at] = Some(weight));
    }
    known
}

/// What cannot be followed to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Knot {
    /// These draw on each other, each on the next, and the last on the first.
    Circle(Vec<usize>),
    /// These begin too long a row, each drawing on the next.
    Row(Vec<usize>),
}

/// Finds knots among those for which `is_known` is false, one for each way that leads there.
pub(super) fn knots(refs: &[Vec<usize>], is_known: impl Fn(usize) -> bool) -> Vec<Knot> {
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for start in (0..refs.len()).filter(|at| !is_known(*at)) {
        let (mut way, mut at) = (Vec::new(), start);
        while seen.insert(at) {
            way.push(at);
            match refs[at].iter().find(|to| !is_known(**to)) {
                Some(to) => at = *to,
                None => {
                    found.push(Knot::Row(std::mem::take(&mut way)));
                    break;
                }
            }
        }
        if let Some(first) = way.iter().position(|known| *known == at) {
            found.push(Knot::Circle(way.split_off(first)));
        }
    }
    found
}

/// Finds entries that draw on themselves by `crossref` and `xdata`, or on more than anybody types, each with where it begins.
///
/// `entries` are those of `raw`, and know nothing of each other: as [`alone`] makes them.
pub(super) fn tangled(
    input: &Input<'_>,
    raw: &RawBibliography<'_>,
    entries: &Bibliography,
) -> Vec<(usize, Diagnostic)> {
    let places: BTreeMap<&str, usize> = entries.keys().enumerate().map(|(at, key)| (key, at)).collect();
    let refs: Vec<Vec<usize>> = entries.iter().map(|entry| drawn_on(entry, entries, &places)).collect();
    let sizes: Vec<u64> = entries.iter().map(size).collect();
    let weights = weighed(&refs, |at, known| {
        let drawn = refs[at].iter().map(|to| (known(*to).unwrap_or_default(), sizes[*to]));
        drawn.fold((0_u64, 0_u64), |(count, bytes), ((more, inside), size)| {
            (count.saturating_add(more + 1), bytes.saturating_add(inside).saturating_add(size))
        })
    });
    let tell = |at: usize, why: String, help: &str| {
        let entry = &raw.entries[at];
        let message = format!("the entry `{}` cannot be read", short(entry.v.key.v));
        (entry.span.start, bad(message).at(input.span(entry.v.key.span.clone()), why).help(help))
    };
    let mut told: Vec<(usize, Diagnostic)> = Vec::new();
    for knot in knots(&refs, |at| weights[at].is_some()) {
        match knot {
            Knot::Circle(way) => {
                told.push(tell(way[0], "it draws on itself".to_owned(), "take out a `crossref` or `xdata`"))
            }
            Knot::Row(way) => {
                let why = format!("it draws on more than {ROW} others in a row");
                told.extend(way.into_iter().map(|at| tell(at, why.clone(), "write in it what the last of them says")));
            }
        }
    }
    let mut all = 0_u64;
    for (at, (count, bytes)) in weights.iter().enumerate().filter_map(|(at, weight)| Some((at, (*weight)?))) {
        if count > TANGLED {
            let help = "take out a `crossref` or `xdata`";
            told.push(tell(at, format!("it draws on more than {TANGLED} others"), help));
        } else if all.saturating_add(bytes) > DRAWN {
            let why = format!("with it, entries draw more than {} MB from others", DRAWN >> 20);
            told.push(tell(at, why, "import it as a file of its own, or shorten what it draws on"));
        } else {
            all += bytes;
        }
    }
    told
}

/// Returns a copy in which no entry draws on another; [`drawn_on`] finds where each would.
pub(super) fn alone<'t>(raw: &RawBibliography<'t>) -> RawBibliography<'t> {
    let mut alone = raw.clone();
    for field in alone.entries.iter_mut().flat_map(|entry| &mut entry.v.fields) {
        if let Some((_, apart)) = REFERENCES.into_iter().find(|(name, _)| field.key.v.eq_ignore_ascii_case(name)) {
            field.key.v = apart;
        }
    }
    alone
}

/// Fields that draw on entries, and names for them that no field can have.
const REFERENCES: [(&str, &str); 2] = [("crossref", "crossref="), ("xdata", "xdata=")];

fn drawn_on(entry: &Entry, entries: &Bibliography, places: &BTreeMap<&str, usize>) -> Vec<usize> {
    let one: Option<String> = entry.get_as(REFERENCES[0].1).ok();
    let several: Vec<String> = entry.get_as(REFERENCES[1].1).unwrap_or_default();
    // An entry may have further names.
    let found = one.into_iter().chain(several).filter_map(|key| entries.get(&key));
    found.filter_map(|entry| places.get(&*entry.key).copied()).collect()
}

/// Returns about how many bytes an entry takes, which is what each that draws on it takes on its way.
fn size(entry: &Entry) -> u64 {
    let fields = entry.fields.values().map(|chunks| chunks.iter().map(|chunk| chunk.v.get().len() + 64).sum::<usize>());
    fields.sum::<usize>() as u64 + 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_and_rows_are_found_wherever_somebody_comes_in() {
        // 3 leads to a circle of 1 and 2, 4 draws on itself, 0 on nothing.
        let refs = vec![vec![], vec![2], vec![0, 1], vec![1, 0], vec![4], vec![0, 0]];
        let counted = weighed(&refs, |at, known| refs[at].iter().map(|to| known(*to).unwrap_or(0) + 1).sum::<u64>());
        assert_eq!(counted, [Some(0), None, None, None, None, Some(2)]);
        let found = knots(&refs, |at| counted[at].is_some());
        assert_eq!(found, [Knot::Circle(vec![1, 2]), Knot::Circle(vec![4])]);
    }

    #[test]
    fn a_row_is_followed_so_far_and_no_further_in_either_order() {
        let up: Vec<Vec<usize>> = (0..100_000_usize).map(|at| at.checked_sub(1).into_iter().collect()).collect();
        let down: Vec<Vec<usize>> =
            (1..=100_000).map(|at| Some(at).filter(|at| *at < 100_000).into_iter().collect()).collect();
        let count = |refs: &[Vec<usize>]| weighed(refs, |_, _| ());
        let (one, other) = (count(&up), count(&down));
        assert_eq!(one.iter().flatten().count(), ROW);
        assert!(one.iter().eq(other.iter().rev()));
        assert_eq!(knots(&up, |at| one[at].is_some()), [Knot::Row(vec![ROW])]);
        assert_eq!(knots(&down, |at| other[at].is_some()), [Knot::Row((0..100_000 - ROW).collect())]);
    }
}
