//! A picture that a page shows, measured and in several sizes.

use std::sync::Arc;

/// What is known of a picture file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across, as it is shown: an orientation in the file's metadata is taken into account.
    pub width: u32,
    /// Pixels down, likewise.
    pub height: u32,
    /// Smaller and lighter forms in WebP, by width; none where they would save nothing.
    pub sizes: Vec<PictureSize>,
}

/// A picture in one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureSize {
    /// Where it is written, relative to the root of the output.
    pub path: String,
    /// Pixels across.
    pub width: u32,
    /// Its file; `None` where that is the original.
    pub bytes: Option<Arc<[u8]>>,
}
