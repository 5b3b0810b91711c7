//! Figures that stand in the title of a source are quoted, and not claimed: which part of a text is such a title.
//!
//! A page may cite thousands of sources. Their titles are sorted, so that a place in a text finds the title that begins
//! there by halving, and not by trying each.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Page, Site};

/// The titles of the sources that a page cites.
pub(super) struct Titles<'a> {
    /// Sorted by their bytes, each once.
    sorted: Vec<&'a str>,
    /// For each, the place of the longest other that it begins with.
    shorter: Vec<Option<usize>>,
    /// The length of the longest, in bytes.
    longest: usize,
}

impl<'a> Titles<'a> {
    pub(super) fn of(page: &Page, site: &'a Site) -> Self {
        let cited: BTreeSet<&str> = page.cited_ids().collect();
        let sources = cited.into_iter().filter_map(|id| site.sources.get(id));
        Self::new(sources.map(|source| source.title.as_str()).collect())
    }

    fn new(titles: BTreeSet<&'a str>) -> Self {
        let sorted: Vec<&str> = titles.into_iter().filter(|title| !title.is_empty()).collect();
        let mut shorter: Vec<Option<usize>> = Vec::with_capacity(sorted.len());
        for (place, title) in sorted.iter().enumerate() {
            let mut before = place.checked_sub(1);
            while let Some(at) = before.filter(|at| !title.starts_with(sorted[*at])) {
                before = shorter[at];
            }
            shorter.push(before);
        }
        let longest = sorted.iter().map(|title| title.len()).max().unwrap_or_default();
        Self { sorted, shorter, longest }
    }

    /// Tells whether a part of a text stands in a title that the text has there.
    pub(super) fn hold(&self, text: &str, part: &Range<usize>) -> bool {
        let earliest = part.end.saturating_sub(self.longest);
        let starts = (earliest..=part.start).filter(|start| text.is_char_boundary(*start));
        starts.rev().any(|start| self.longest_at(&text[start..]).is_some_and(|title| start + title.len() >= part.end))
    }

    /// Returns the longest title that a text begins with: the last one that is not behind it in the order, or one that
    /// this one begins with.
    fn longest_at(&self, text: &str) -> Option<&'a str> {
        let mut place = self.sorted.partition_point(|title| *title <= text).checked_sub(1);
        while let Some(at) = place.filter(|at| !text.starts_with(self.sorted[*at])) {
            place = self.shorter[at];
        }
        place.map(|at| self.sorted[at])
    }
}

#[cfg(test)]
mod tests {
    use super::Titles;
    use proptest::prelude::*;

    #[test]
    fn a_part_of_a_title_is_held_and_what_stands_outside_is_not() {
        let titles = Titles::new(["40 ships", "40 ships lost", "Ten facts"].into());
        let text = "In “40 ships lost” it says 40 ships sank, and 50 boats";
        let range = |part: &str| text.find(part).map(|at| at..at + part.len()).expect("it is there");
        assert!(titles.hold(text, &range("40 ships lost")));
        let sank = range("40 ships sank");
        assert!(titles.hold(text, &(sank.start..sank.start + "40 ships".len())));
        assert!(!titles.hold(text, &sank));
        assert!(!titles.hold(text, &range("50 boats")));
    }

    proptest! {
        #[test]
        fn the_short_way_finds_what_the_long_one_finds(
            titles in proptest::collection::btree_set("[ab]{0,4}", 0..6),
            text in "[abc]{0,12}",
            ends in (0_usize..12, 0_usize..4),
        ) {
            let part = ends.0.min(text.len())..(ends.0 + ends.1).min(text.len());
            let long = titles.iter().filter(|title| !title.is_empty()).any(|title| {
                (0..=part.start).any(|at| text[at..].starts_with(title.as_str()) && part.end <= at + title.len())
            });
            prop_assert_eq!(Titles::new(titles.iter().map(String::as_str).collect()).hold(&text, &part), long);
        }
    }
}
