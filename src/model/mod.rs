//! The domain: a site with its events, claims and sources, read and normalised.
//!
//! A value here is already what it says: dates are dates, figures are figures, texts are parsed, and everything knows
//! where it was typed. It may still refer to what is not there; `check` finds that. No I/O, no HTML of pages, nothing
//! that a template sees.

mod change;
mod claim;
mod config;
pub mod date;
pub mod figure;
mod id;
mod index;
mod page;
mod picture;
mod question;
mod site;
mod source;
mod target;

pub use change::Change;
pub use claim::{Claim, SourceRef, Status};
pub use config::{Config, Edition, Group, Level, NavigationItem, NavigationTarget, Outputs};
pub use id::{Id, Spanned};
pub use index::{ClaimPlace, Destination, Index, card_path, group_path};
pub use page::{Correction, CorrectionKind, Kind, Media, Page};
pub use picture::{Picture, PictureSize};
pub use question::Question;
pub use site::{Asset, Site};
pub use source::{Name, Source};
pub use target::{BucketTarget, Compression, GitTarget, Service, Target, TargetKind};
