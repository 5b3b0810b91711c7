//! What templates see: one typed struct for each kind of page, made from the model, ready to print.
//!
//! A view holds text and HTML, never a model type, so that a theme cannot break when the model moves. Paths are
//! relative to the root of the output; a template puts `page.root` before them. Nothing here decides whether content
//! is right: that is `check`'s room, and an output is made only where it found no error.

mod address;
mod articles;
mod cards;
mod charts;
mod claims;
pub mod dates;
mod escape;
mod exchange;
mod feed;
mod feed_content;
mod figures;
mod linked;
mod lists;
mod pictures;
mod place;
mod prose;
mod rows;
mod scale;
mod search;
mod sources;
mod strip;
mod timeline;
mod types;
mod whole;

use std::collections::{BTreeMap, HashMap};

use crate::model::Site;
use crate::theme::Words;

use dates::DateWriter;

pub use escape::{html as escape_html, path as path_address};
pub use exchange::*;
pub use place::{Place, made_anchor, page_anchor};
pub use rows::ClaimRow;
pub use sources::evidence_path;
pub use types::*;
pub use whole::direction;

/// Makes views of a site.
pub struct Views<'a> {
    site: &'a Site,
    words: &'a Words,
    dates: DateWriter,
    /// Every group that has events, made once.
    groups: Vec<GroupLink>,
    /// The same, as pages that are files of their own show them.
    ready_groups: Vec<Ready<GroupLink>>,
    /// Where each stands in `groups`.
    group_places: HashMap<&'a str, usize>,
    /// How wide the theme shows pictures.
    picture_sizes: &'a str,
    /// The social cards, by the path of their page.
    cards: BTreeMap<String, CardLink>,
}

impl<'a> Views<'a> {
    /// Prepares to make views, in the language of the site and with the words of the theme.
    pub fn new(site: &'a Site, words: &'a Words) -> Self {
        let groups = timeline::group_links(site);
        let dates = DateWriter::new(&site.config.language);
        let ids = site.index.groups().iter().enumerate();
        let group_places = ids.map(|(place, (id, _))| (id.as_str(), place)).collect();
        let ready_groups = groups.iter().cloned().map(Ready::from).collect();
        Self { site, words, dates, groups, ready_groups, group_places, picture_sizes: "100vw", cards: BTreeMap::new() }
    }

    /// Says how wide the theme shows pictures, for `sizes` of `img`.
    #[must_use]
    pub fn with_picture_sizes(self, picture_sizes: &'a str) -> Self {
        Self { picture_sizes, ..self }
    }
}
