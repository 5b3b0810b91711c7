//! Editions: the whole site in one document, and the files to hand on.

use schemars::JsonSchema;
use serde::Serialize;

use super::DateView;

/// A page as a section of the whole site on one page: what `all.html` gets in `sections`, in reading order.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SectionView {
    /// The id that its element must have, because links lead to it: `home`, `event-ID`, `page-ID`, `group-ID`, `ledger`,
    /// `sources` or `corrections`.
    pub anchor: String,
    /// The kind of page, as in `page.kind`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The date of an event.
    pub date: Option<DateView>,
    /// What `section.html` made of it. Its own heading is of the second level.
    pub html: String,
}

/// A file to hand on: an item of `site.editions`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionLink {
    /// `single`, `zip` or `epub`.
    pub kind: &'static str,
    /// The file, relative to the root of the output.
    pub path: String,
}
