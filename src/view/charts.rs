//! The picture of a question: its figures on one axis, a row for each claim.
//!
//! Nothing is added up, averaged or converted; figures of another unit get a picture of their own.

use std::collections::HashMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::figure::{Amount, Figure, HedgeClass, Number, Scale as Magnitude, Unit};
use crate::model::{Claim, ClaimPlace, Status};

use super::scale::{Scale, round_powers, round_values, tenth};
use super::types::{ChartRow, ChartView, Tick};
use super::{Place, Views};

/// The width of a drawing, and of the part in which numbers stand.
const WIDTH: f64 = 640.0;
/// The height of a row.
const ROW: f64 = 46.0;
/// Where the numbers of one axis are this many times apart, its steps are factors.
const WIDE_SPREAD: f64 = 40.0;

impl Views<'_> {
    /// Makes the pictures of some claims: one for each unit that has at least two figures.
    pub(super) fn charts(&self, claims: &[ClaimPlace], place: &Place) -> Vec<ChartView> {
        let figures = claims.iter().filter_map(|at| {
            let (_, claim) = self.site.claim_at(*at);
            claim.figure.as_ref().map(|figure| (claim, &figure.value))
        });
        let units = by_unit(figures);
        units.iter().filter(|unit| unit.len() > 1).map(|unit| self.chart(unit, place)).collect()
    }

    fn chart(&self, claims: &[(&Claim, &Figure)], place: &Place) -> ChartView {
        let numbers = claims.iter().flat_map(|(_, figure)| ends(figure));
        let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), n| (low.min(n), high.max(n)));
        let logarithmic = low > 0.0 && high / low > WIDE_SPREAD;
        let whole = numbers_of(claims).all(|number| number.fract() == 0.0) && matches!(claims[0].1.unit, Unit::Noun(_));
        let least_step = if whole { 1.0 } else { 0.0 };
        let lines = if logarithmic {
            round_powers(low * 0.95, high * 1.05)
        } else {
            // Room at both ends, so that no mark stands on the edge; nothing is drawn below zero that is not there.
            let (from, room) = (spread_floor(low, high), (high - low) * 0.05);
            let from = if from > 0.0 { (from - room).max(0.0) } else { from };
            round_values(from, high + room, 4.0, least_step)
        };
        let scale = Scale { from: lines[0], to: lines[lines.len() - 1], start: 0.0, end: WIDTH, logarithmic };
        let rows: Vec<ChartRow> = claims
            .iter()
            .enumerate()
            .map(|(row, (claim, figure))| self.row(row, claim, figure, &scale, place))
            .collect();
        let said: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.said_by, row.text)).collect();
        ChartView {
            description: said.join("; "),
            unit: self.unit_name(claims[0].1),
            logarithmic,
            from_zero: !logarithmic && lines[0] <= 0.0,
            ticks: lines
                .iter()
                .map(|value| Tick { x: scale.place(*value), label: self.tick_label(*value, claims[0].1) })
                .collect(),
            height: ROW * f64::from(u16::try_from(rows.len()).unwrap_or(u16::MAX)),
            rows,
            width: WIDTH,
        }
    }

    /// Names the unit of a figure, as it stands in the labels of the axis.
    fn unit_name(&self, figure: &Figure) -> String {
        match self.words.figures {
            None => figure.unit.to_string(),
            Some(_) => self.figure_on_axis(figure).after.trim().to_owned(),
        }
    }

    /// Writes a value of the axis as the figures of the chart are written.
    fn tick_label(&self, value: f64, like: &Figure) -> String {
        let exact = Decimal::from_f64_retain(value).and_then(|value| value.round_sf(6)).map(|value| value.normalize());
        let number = exact.and_then(|exact| Number::new(exact.mantissa(), exact.scale(), Magnitude::One).ok());
        let figure =
            number.map(|number| Figure { hedge: None, amount: Amount::Number(number), unit: like.unit.clone() });
        figure.map(|figure| self.figure_on_axis(&figure).text).unwrap_or_default()
    }

    fn row(&self, row: usize, claim: &Claim, figure: &Figure, scale: &Scale, place: &Place) -> ChartRow {
        let [from, to] = ends(figure);
        let (x, range_end) = (scale.place(from), scale.place(to));
        let (shape, end) = match (&figure.amount, figure.hedge.as_ref().map(|hedge| hedge.class)) {
            (Amount::Range(..), _) => ("range", range_end),
            (_, Some(HedgeClass::Lower)) => ("lower", tenth((x + 48.0).min(WIDTH))),
            (_, Some(HedgeClass::Upper)) => ("upper", tenth((x - 48.0).max(0.0))),
            (_, Some(HedgeClass::Approximate | HedgeClass::SlightlyUnder)) => ("about", x),
            (_, None) => ("point", x),
        };
        let right = x.max(end);
        let after = right < WIDTH * 0.66;
        ChartRow {
            id: claim.id.value.to_string(),
            said_by: claim.said_by.as_ref().map(|by| by.value.clone()).unwrap_or_default(),
            period: claim.period.as_ref().map(|date| self.date(&date.value).text),
            text: self.figure(figure).text,
            y: ROW * (f64::from(u16::try_from(row).unwrap_or(u16::MAX)) + 0.5),
            shape,
            x,
            end,
            label_x: tenth(if after { right + 12.0 } else { x.min(end) - 12.0 }),
            label_align: if after { "start" } else { "end" },
            disputed: claim.status == Some(Status::Disputed),
            path: place.to_made(&format!("ledger.html#claim-{}", claim.id.value)),
        }
    }
}

/// Puts figures of the same unit together: each to the first one before it that counts the same.
fn by_unit<'a, T>(figures: impl Iterator<Item = (T, &'a Figure)>) -> Vec<Vec<(T, &'a Figure)>> {
    let mut units: Vec<Vec<(T, &Figure)>> = Vec::new();
    // The places in `units` of those that may be the same.
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    for (claim, figure) in figures {
        let keys = figure.unit.keys();
        let near = keys.iter().filter_map(|key| known.get(key)).flatten();
        match near.copied().filter(|at| units[*at][0].1.unit.same(&figure.unit)).min() {
            Some(at) => units[at].push((claim, figure)),
            None => {
                for key in keys {
                    known.entry(key).or_default().push(units.len());
                }
                units.push(vec![(claim, figure)]);
            }
        }
    }
    units
}

fn numbers_of(claims: &[(&Claim, &Figure)]) -> impl Iterator<Item = f64> {
    claims.iter().flat_map(|(_, figure)| ends(figure))
}

/// Returns where an axis begins: at zero, unless the figures lie so near to each other that zero would hide what differs.
fn spread_floor(low: f64, high: f64) -> f64 {
    if low >= 0.0 && high - low > low * 0.25 { 0.0 } else { low }
}

/// Returns the ends of a figure's amount; both the same for a single number.
fn ends(figure: &Figure) -> [f64; 2] {
    let number = |value: Decimal| value.to_f64().unwrap_or(0.0);
    match &figure.amount {
        Amount::Number(only) => [number(only.value()); 2],
        Amount::Range(from, to) => [number(from.value()), number(to.value())],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Figure, by_unit};
    use crate::model::figure::{Context, parse};

    proptest! {
        #[test]
        fn the_table_puts_together_what_going_through_all_units_does(
            units in proptest::collection::vec("(wolf|wolves|grey wolf|old grey wolves|party|parties|USD|KRW|%)", 0..9),
        ) {
            let figure = |unit: &String| parse(&format!("3 {unit}"), Context::default()).expect("it is a figure");
            let figures: Vec<Figure> = units.iter().map(figure).collect();
            let mut long: Vec<Vec<(usize, &Figure)>> = Vec::new();
            for (at, figure) in figures.iter().enumerate() {
                match long.iter_mut().find(|unit| unit[0].1.unit.same(&figure.unit)) {
                    Some(unit) => unit.push((at, figure)),
                    None => long.push(vec![(at, figure)]),
                }
            }
            prop_assert_eq!(by_unit(figures.iter().enumerate()), long);
        }
    }
}
