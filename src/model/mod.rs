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
mod question;
mod site;
mod source;

pub use change::Change;
pub use claim::{Claim, SourceRef, Status};
pub use config::{Config, Group, Level, NavigationItem, NavigationTarget, Outputs};
pub use id::{Id, Spanned};
pub use index::{ClaimPlace, Destination, Index, group_path};
pub use page::{Correction, CorrectionKind, Kind, Media, Page};
pub use question::Question;
pub use site::{Asset, Site};
pub use source::{Name, Source};
