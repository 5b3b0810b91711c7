//! The home page: the rail and the overview strip.

use schemars::JsonSchema;
use serde::Serialize;

use super::{BodyPart, CitedView, ClaimView, DateView, FootnoteView, GroupLink, Ready};

/// What `home.html` gets as `home`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HomeView {
    /// The text of index.md, in parts.
    pub body: Vec<BodyPart>,
    /// The sources that the text cites.
    pub sources: Vec<CitedView>,
    /// The footnotes of the text.
    pub footnotes: Vec<FootnoteView>,
    /// The key events, in the order of the timeline.
    pub keys: Vec<Ready<EntryView>>,
    /// The claims of index.md.
    pub claims: Vec<ClaimView>,
    /// Every event.
    pub timeline: Vec<Ready<EntryView>>,
    /// The overview, for wide screens and for narrow ones; `None` with fewer than two dated events.
    pub strips: Option<Strips>,
}

/// One event on the rail: what `home.html` and `group.html` get in `timeline`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntryView {
    /// Its id.
    pub id: String,
    /// `event-ID`.
    pub anchor: String,
    /// Its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its summary, with links that lead from this page.
    pub summary_html: Option<String>,
    /// The year that begins with this event on the rail, where it does.
    pub year: Option<String>,
    /// The date beside the rail, without the year: `5 August`, `all year`.
    pub when: String,
    /// The whole date.
    pub date: DateView,
    /// How it is drawn.
    pub mark: MarkView,
    /// How much time passed since the event before, in steps from 0 (weeks) to 4 (years).
    pub gap: u8,
    /// Whether it is a key event.
    pub key: bool,
    /// Its groups.
    pub groups: Vec<Ready<GroupLink>>,
    /// The claim that stands for it.
    pub lead: Option<ClaimView>,
    /// Whether a claim of it is disputed.
    pub disputed: bool,
    /// Whether it is a draft.
    pub draft: bool,
}

/// How a date is drawn on the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MarkView {
    /// `dot` for an exact day, `bar` for a month, season or year, `range` for an interval.
    pub shape: &'static str,
    /// Whether the start is approximate or uncertain.
    pub fade_start: bool,
    /// Whether the end is.
    pub fade_end: bool,
    /// Whether it has no known start.
    pub open_start: bool,
    /// Whether it has no known end.
    pub open_end: bool,
}

/// The overview strip, drawn twice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Strips {
    /// For screens from 768 px.
    pub wide: StripView,
    /// For narrower ones.
    pub narrow: StripView,
    /// The period it covers, written out.
    pub period: String,
}

/// One drawing of the overview strip. Lengths are units of its view box, from the left; marks lie on the axis, or in lanes
/// above it. On a site whose script runs from right to left, time does too.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StripView {
    /// The width of the view box.
    pub width: f64,
    /// The height of the view box.
    pub height: f64,
    /// Where the axis lies.
    pub axis: f64,
    /// The years (or decades) with their places.
    pub ticks: Vec<Tick>,
    /// The events.
    pub marks: Vec<StripMark>,
}

/// An event on the strip.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StripMark {
    /// The event's title.
    pub title: String,
    /// The event's date.
    pub date: String,
    /// The event's page.
    pub path: String,
    /// Where it starts.
    pub x: f64,
    /// How long it is; 0 for a dot.
    pub width: f64,
    /// Where its middle lies: on the axis, or above it where marks before it took the room.
    pub y: f64,
    /// How it is drawn. The start is the left end; where the script runs from the right, time does too, and the start of
    /// the drawing is the end of the event.
    pub mark: MarkView,
    /// Whether it is a key event.
    pub key: bool,
    /// The label of a key event, where it has room.
    pub label: Option<StripLabel>,
}

/// The label of a key event.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StripLabel {
    /// What it says.
    pub text: String,
    /// Where the text is anchored.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// `start`, `middle` or `end`.
    pub align: &'static str,
    /// Where its leader line begins on the mark.
    pub from: f64,
}

/// A year on the strip.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tick {
    /// Its place.
    pub x: f64,
    /// Its label; empty where there is no room.
    pub label: String,
}
