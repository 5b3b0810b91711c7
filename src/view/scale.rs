//! Axes: from a value to a place, with lines at round values.

/// An axis from `from` to `to`, drawn between `start` and `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) start: f64,
    pub(super) end: f64,
    /// Whether equal steps are equal factors.
    pub(super) logarithmic: bool,
}

impl Scale {
    /// Returns the place of a value, rounded to a tenth of a unit, so that it is written the same everywhere.
    pub(super) fn place(&self, value: f64) -> f64 {
        let (value, from, to) = if self.logarithmic {
            (value.log10(), self.from.log10(), self.to.log10())
        } else {
            (value, self.from, self.to)
        };
        let share = if to > from { ((value - from) / (to - from)).clamp(0.0, 1.0) } else { 0.5 };
        tenth(self.start + share * (self.end - self.start))
    }
}

/// Rounds to a tenth.
pub(super) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Returns round values from at most `low` to at least `high`, in about `count` steps of 1, 2, 2.5 or 5 times a power of
/// ten, and of at least `least_step`. Equal ends are widened, so that there is an axis.
pub(super) fn round_values(low: f64, high: f64, count: f64, least_step: f64) -> Vec<f64> {
    let (low, high) = if high > low { (low, high) } else { widened(low) };
    let span = high - low;
    let power = 10_f64.powf((span / count).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0].map(|factor| factor * power).into_iter().find(|step| span / step <= count);
    let step = step.unwrap_or(10.0 * power).max(least_step);
    let first = (low / step).floor();
    let steps = ((high / step).ceil() - first).clamp(1.0, 4.0 * count);
    let mut values = vec![first * step];
    while values.len() as f64 <= steps {
        values.push((first + values.len() as f64) * step);
    }
    values
}

/// Returns ends around a single value.
fn widened(value: f64) -> (f64, f64) {
    if value > 0.0 { (value * 0.9, value * 1.1) } else { (value - 1.0, value + 1.0) }
}

/// Returns powers of ten, and their 2 and 5 times where there is room, from at most `low` to at least `high`.
pub(super) fn round_powers(low: f64, high: f64) -> Vec<f64> {
    let first = 10_f64.powf(low.log10().floor());
    let factors: &[f64] = if (high / low).log10() <= 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let mut values = Vec::new();
    let mut power = first;
    // A double spans 616 powers of ten.
    while values.last().is_none_or(|last| *last < high) && values.len() < 700 {
        values.extend(factors.iter().map(|factor| factor * power));
        power *= 10.0;
    }
    let below = values.iter().rposition(|value| *value <= low).unwrap_or(0);
    let above = values.iter().position(|value| *value >= high).unwrap_or(values.len() - 1);
    values[below..=above.max(below)].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_at_round_values() {
        assert_eq!(round_values(395.0, 428.8, 4.0, 0.0), [390.0, 400.0, 410.0, 420.0, 430.0]);
        assert_eq!(round_values(0.0, 7.0, 4.0, 0.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
    }

    #[test]
    fn one_value_alone_has_an_axis_around_it() {
        let values = round_values(1.7e9, 1.7e9, 4.0, 0.0);
        assert!(values.len() > 2 && values[0] < 1.7e9 && values[values.len() - 1] > 1.7e9, "{values:?}");
        assert_eq!(round_values(0.0, 0.0, 4.0, 0.0), [-1.0, -0.5, 0.0, 0.5, 1.0]);
    }

    #[test]
    fn whole_things_are_not_divided() {
        assert_eq!(round_values(2.7, 3.3, 4.0, 1.0), [2.0, 3.0, 4.0]);
    }

    #[test]
    fn powers_hold_both_ends() {
        assert_eq!(round_powers(50.0, 2000.0), [50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0]);
        assert_eq!(round_powers(3.0, 30_000.0), [1.0, 10.0, 100.0, 1000.0, 10_000.0, 100_000.0]);
    }

    #[test]
    fn places_are_kept_inside() {
        let scale = Scale { from: 0.0, to: 10.0, start: 100.0, end: 200.0, logarithmic: false };
        assert_eq!([scale.place(-5.0), scale.place(5.0), scale.place(20.0)], [100.0, 150.0, 200.0]);
    }
}
