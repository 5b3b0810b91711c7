//! Markdown to HTML with holes.
//!
//! A [`Document`] is parsed once, when its file is loaded. What depends on the rest of the site (where a link leads,
//! which number a citation has, what a claim says) stays a hole: a typed [`Piece`] with its place in the file. `check`
//! looks at the holes, `view` fills them. This room knows nothing of sites, pages or claims; it sees ids as text.

mod blocks;
mod citation;
mod document;
mod notes;
mod parse;
mod sanitise;
mod slug;
mod split;
mod table;
mod target;
mod unclosed;
mod writer;

pub use blocks::{Block, Mark};
pub use citation::{Citation, Cited};
pub use document::{Document, Footnote, Heading, Hole, Image, LinkHole, Piece, Reference};
pub use parse::{Input, Layout, parse};
pub use sanitise::{Html, is_too_deep, without_tags};
pub use slug::slug;
pub use target::Target;
