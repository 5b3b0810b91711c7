//! Editions to hand on: the whole site as one HTML file, as a zip, as an EPUB.
//!
//! Each is a function from what was rendered to bytes, the same for the same site. What an edition says comes from the
//! theme; here it is only made to stand alone: files are put into it, and links that would lead out of it are led to where
//! the page went. [`put`] brings one to the disk.

mod book;
mod chapter;
mod inline;
mod package;
mod place;
mod single;
mod tree;
mod zip;

use crate::model::Edition;

pub use self::book::{Book, Imprint, Section, epub};
pub use self::inline::csp_hash;
pub use self::place::{check, put};
pub use self::single::single;
pub use self::zip::zip;

/// Tells whether bytes are an edition that this program made: what may be replaced by the next one.
pub fn is_ours(edition: Edition, bytes: &[u8]) -> bool {
    match edition {
        Edition::Single => bytes.windows(single::MARK.len()).take(2048).any(|window| window == single::MARK.as_bytes()),
        Edition::Zip => zip::holds(bytes, "SHA256SUMS"),
        Edition::Epub => zip::holds(bytes, package::OURS),
    }
}
