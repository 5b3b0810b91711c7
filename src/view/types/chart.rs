//! The picture of a question.

use schemars::JsonSchema;
use serde::Serialize;

use super::Tick;

/// The picture of a question: a row for each claim, one axis. Lengths are units of the view box.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChartView {
    /// What it shows, in words, for those who cannot see it.
    pub description: String,
    /// The name of the unit.
    pub unit: String,
    /// Whether the axis is logarithmic.
    pub logarithmic: bool,
    /// Whether the axis begins at zero: where it does not, lengths must not be compared.
    pub from_zero: bool,
    /// The lines of the axis.
    pub ticks: Vec<Tick>,
    /// One for each claim.
    pub rows: Vec<ChartRow>,
    /// The width of the drawing.
    pub width: f64,
    /// The height of the drawing.
    pub height: f64,
}

/// A claim in the picture.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChartRow {
    /// The claim's id.
    pub id: String,
    /// Who said it.
    pub said_by: String,
    /// The time it is about, or when it was said.
    pub period: Option<String>,
    /// The figure in a line.
    pub text: String,
    /// Where the row lies.
    pub y: f64,
    /// `point`, `range`, `lower` (at least: an arrow to the right), `upper` (up to: an arrow to the left) or `about`.
    pub shape: &'static str,
    /// The number's place, or the range's start.
    pub x: f64,
    /// The range's end, or the arrow's; the same as `x` for a point.
    pub end: f64,
    /// Where the text of the figure is anchored.
    pub label_x: f64,
    /// `start` or `end`.
    pub label_align: &'static str,
    /// Whether the claim is disputed.
    pub disputed: bool,
    /// Its place in the ledger.
    pub path: String,
}
