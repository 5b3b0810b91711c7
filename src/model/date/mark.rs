//! How a date is drawn on the rail and the overview: a dot, a bar or a range, and what its ends do.
//!
//! It says what kind of mark, never where: places come from [`Date::earliest`](super::Date::earliest) and
//! [`Date::latest`](super::Date::latest).

use super::form::{End, Extent, Form, Qualification, Simple};

/// A date's mark on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What is drawn.
    pub shape: Shape,
    /// The start fades out: it is approximate, uncertain or unknown.
    pub fades_start: bool,
    /// The end fades out: it is approximate, uncertain or unknown.
    pub fades_end: bool,
    /// The start runs off with an arrow.
    pub open_start: bool,
    /// The end runs off with an arrow.
    pub open_end: bool,
}

/// What is drawn for a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A dot: an exact day, with or without a time.
    Point,
    /// A short bar: somewhere within a month, season, year or longer, or a day that is approximate or uncertain.
    Bar,
    /// A bar from a start to an end.
    Range,
}

impl Mark {
    pub(super) fn of(form: &Form) -> Self {
        match form {
            Form::Date(date) => Self::of_date(date),
            Form::DateTime { .. } => Self::plain(Shape::Point),
            Form::Interval { start, end } => Self {
                shape: Shape::Range,
                fades_start: fades(start),
                fades_end: fades(end),
                open_start: *start == End::Open,
                open_end: *end == End::Open,
            },
        }
    }

    fn of_date(date: &Simple) -> Self {
        let fades = date.qualification().is_some();
        let shape = match date.extent() {
            Extent::Day(_) if !fades => Shape::Point,
            _ => Shape::Bar,
        };
        Self { fades_start: fades, fades_end: fades, ..Self::plain(shape) }
    }

    fn plain(shape: Shape) -> Self {
        Self { shape, fades_start: false, fades_end: false, open_start: false, open_end: false }
    }
}

fn fades(end: &End) -> bool {
    match end {
        End::Date(date) => Qualification::is_some(date.qualification()),
        End::Open => false,
        End::Unknown => true,
    }
}
