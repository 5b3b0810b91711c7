//! Social cards.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::ClaimView;

/// A page's social card, as a file: what pages get as `page.card`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CardLink {
    /// Where it is, relative to the root of the output. Networks want a whole address: put `site.url` before it.
    pub path: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What it says, for those who cannot see it.
    pub alt: String,
}

/// What `card.svg` gets as `card`, beside `site`, `page` and `t`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CardView {
    /// The date of an event, written out.
    pub date: Option<String>,
    /// The claim that stands for an event: the first with a figure.
    pub claim: Option<ClaimView>,
    /// The theme's variables that are colours, as they are on light screens: `paper`, `ink`, `accent`. A value that only
    /// browsers understand (`oklch(…)`, `color-mix(…)`) is left out.
    pub colours: BTreeMap<String, String>,
}
