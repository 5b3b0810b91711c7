//! The fonts of a theme: which letters they have, and how wide those are.

use std::fmt;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, ID, Source};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::draw::draw;
use super::lines::fit;
use super::{Fault, Fitted, Slot};

/// How wide a letter is taken to be that no font has, in parts of the size: such a card is not drawn in the end.
const UNKNOWN: f32 = 0.6;

/// The fonts of a theme.
pub struct Fonts {
    database: Arc<Database>,
    digest: [u8; 32],
}

impl Fonts {
    /// Reads fonts (TrueType or OpenType, not packed), in the order of their names, and returns the names of those that
    /// cannot be read.
    pub fn new(files: impl Iterator<Item = (String, Arc<[u8]>)>) -> (Self, Vec<String>) {
        let mut database = Database::new();
        let mut digest = blake3::Hasher::new();
        let mut unread = Vec::new();
        for (name, bytes) in files {
            digest.update(blake3::hash(&bytes).as_bytes());
            if database.load_font_source(Source::Binary(Arc::new(bytes))).is_empty() {
                unread.push(name);
            }
        }
        (Self { database: Arc::new(database), digest: digest.finalize().into() }, unread)
    }

    /// Returns the digest of all fonts.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Parts a text into lines, in the largest size in which it has room.
    ///
    /// # Errors
    ///
    /// Where there is no font of the family.
    pub fn fit(&self, text: &str, slot: &Slot) -> Result<Fitted, Fault> {
        let face = self.face(&slot.font, slot.weight).ok_or_else(|| Fault::NoFont(slot.font.clone()))?;
        Ok(fit(text, slot, |text| text.chars().map(|letter| self.advance(face, letter)).sum()))
    }

    /// Makes sure that every letter that a drawing shows is in one of the fonts.
    ///
    /// # Errors
    ///
    /// The first letter that is in none, or what is wrong with the drawing.
    pub fn must_cover(&self, svg: &str) -> Result<(), Fault> {
        let drawing =
            resvg::usvg::roxmltree::Document::parse(svg).map_err(|error| Fault::Drawing(error.to_string()))?;
        let shown = drawing.descendants().filter(|node| {
            node.is_text() && node.ancestors().any(|node| node.has_tag_name("text") || node.tag_name().name() == "text")
        });
        let mut letters = shown.flat_map(|node| node.text().unwrap_or_default().chars());
        match letters
            .find(|letter| !is_mark_of_order(*letter) && self.faces().all(|face| self.glyph(face, *letter).is_none()))
        {
            None => Ok(()),
            Some(letter) => Err(Fault::NoGlyph(letter)),
        }
    }

    /// Draws a card: SVG to PNG.
    ///
    /// # Errors
    ///
    /// Where it is no SVG of 1200 × 630.
    pub fn draw(&self, svg: &str) -> Result<Vec<u8>, Fault> {
        draw(svg, &self.database)
    }

    fn faces(&self) -> impl Iterator<Item = ID> {
        self.database.faces().map(|face| face.id)
    }

    /// Returns the face of a family whose weight is nearest.
    fn face(&self, family: &str, weight: u16) -> Option<ID> {
        let of_family = self.database.faces().filter(|face| face.families.iter().any(|(name, _)| name == family));
        of_family.min_by_key(|face| face.weight.0.abs_diff(weight)).map(|face| face.id)
    }

    /// Returns how wide a letter is, in parts of the size: in this face, else in the first that has it.
    fn advance(&self, face: ID, letter: char) -> f32 {
        let mut faces = std::iter::once(face).chain(self.faces());
        faces.find_map(|face| self.glyph(face, letter)).unwrap_or(UNKNOWN)
    }

    /// Returns how wide a letter is in a face; `None` where it has no such letter.
    fn glyph(&self, face: ID, letter: char) -> Option<f32> {
        let width = |data: &[u8], index: u32| {
            let font = FontRef::from_index(data, index).ok()?;
            let glyph = font.charmap().map(letter)?;
            font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph)
        };
        self.database.with_face_data(face, width).flatten()
    }
}

/// Tells whether a character has no form of its own: space, and marks of joining and direction.
fn is_mark_of_order(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").field("faces", &self.database.len()).finish_non_exhaustive()
    }
}
