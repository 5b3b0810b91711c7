//! Which claim says what a figure says: looked up by the number, so that a page of thousands of figures and claims is not
//! held together each with each.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::Claim;
use crate::model::figure::{Figure, Verdict, compare, reach};

/// Some claims by their number: the lower one of a range.
pub(super) struct Said<'a> {
    by_number: BTreeMap<Decimal, Vec<(usize, &'a Claim)>>,
}

impl<'a> Said<'a> {
    pub(super) fn new(claims: impl Iterator<Item = &'a Claim>) -> Self {
        let mut by_number: BTreeMap<Decimal, Vec<_>> = BTreeMap::new();
        for (place, claim) in claims.enumerate() {
            if let Some(figure) = &claim.figure {
                by_number.entry(figure.value.amount.low().value()).or_default().push((place, claim));
            }
        }
        Self { by_number }
    }

    /// Returns the first of the claims that a figure in a text states best, of those that are not about another number.
    pub(super) fn best(&self, text: &Figure) -> Option<(Verdict, &'a Claim)> {
        let near = self.by_number.range(reach(text)).flat_map(|(_, claims)| claims);
        let judged = near.filter_map(|(place, claim)| {
            let verdict = compare(&claim.figure.as_ref()?.value, text);
            Some(((verdict, *place), *claim))
        });
        judged.min_by_key(|(key, _)| *key).map(|((verdict, _), claim)| (verdict, claim))
    }

    /// Returns the first claim of which a figure in a text gives some verdict: one that is not about another number.
    pub(super) fn first(&self, text: &Figure, verdict: Verdict) -> Option<&'a Claim> {
        let near = self.by_number.range(reach(text)).flat_map(|(_, claims)| claims);
        let fits = near
            .filter(|(_, claim)| claim.figure.as_ref().is_some_and(|figure| compare(&figure.value, text) == verdict));
        fits.min_by_key(|(place, _)| *place).map(|(_, claim)| *claim)
    }
}
