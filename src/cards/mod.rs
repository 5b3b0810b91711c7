//! Social cards: drawings in SVG made into PNG, with the fonts of a theme and no others.
//!
//! A card is drawn by the theme, as SVG. Here its texts are measured and parted into lines before that, and its pixels
//! are made after it. No font of the machine is used, and no file is read, so that a card is the same everywhere. What
//! stands on a card is decided elsewhere.

#[cfg(not(feature = "cards"))]
mod absent;
#[cfg(feature = "cards")]
mod draw;
#[cfg(feature = "cards")]
mod fonts;
mod lines;

use std::fmt;

#[cfg(not(feature = "cards"))]
pub use absent::Fonts;
#[cfg(feature = "cards")]
pub use fonts::Fonts;

/// Pixels across, as social networks show a large picture.
pub const WIDTH: u32 = 1200;

/// Pixels down.
pub const HEIGHT: u32 = 630;

/// Whether this program can draw cards.
pub const AVAILABLE: bool = cfg!(feature = "cards");

/// The room that a text has.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The font's family.
    pub font: String,
    /// Its weight, from 100 to 900.
    pub weight: u16,
    /// Pixels across.
    pub width: f32,
    /// The largest size, in pixels.
    pub from: f32,
    /// The smallest size.
    pub to: f32,
    /// Pixels down; a text that has less than a line has one line.
    pub height: f32,
    /// From line to line, in parts of the size.
    pub leading: f32,
}

impl Slot {
    /// Returns how many lines there may be in a size.
    fn lines(&self, size: f32) -> usize {
        // A hair's breadth more, so that a room made for two lines has two.
        ((self.height / (size * self.leading) + 0.01) as usize).max(1)
    }
}

/// A text in its room.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The size of the font, in pixels.
    pub size: f32,
    /// The lines, of even length. A text that has no room even in the smallest size ends with `…`.
    pub lines: Vec<String>,
}

/// Why a card cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The drawing is no SVG of the right size, and why.
    Drawing(String),
    /// The theme has no font of this family.
    NoFont(String),
    /// No font of the theme has this letter.
    NoGlyph(char),
    /// The program was built without cards.
    NotBuilt,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drawing(why) => f.write_str(why),
            Self::NoFont(name) => write!(f, "there is no font `{name}` in `card-fonts/`"),
            Self::NoGlyph(letter) => write!(f, "no font in `card-fonts/` has the letter `{letter}`"),
            Self::NotBuilt => f.write_str("the program was built without the feature `cards`"),
        }
    }
}
