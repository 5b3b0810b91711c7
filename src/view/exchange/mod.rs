//! What other programs read: the timeline in TimelineJS's format, and the sources in that of the Citation Style Language.
//!
//! Neither format can say all that EDTF can. Where a date does not fit, its precision is taken back, never added, and
//! the date is written out beside it.

mod csl;
mod timeline;

pub use csl::{CslDate, CslItem, CslName};
pub use timeline::{TimelineDate, TimelineEvent, TimelineFile, TimelineMedia, TimelineText, TimelineTitle};
