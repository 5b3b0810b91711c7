//! What a build leaves for the next one beside its pages: files whose parts it does not make again.
//!
//! Nothing here is another way of making a file. Each room keeps what it made and makes again what [`Change`] says can
//! be new; a build with nothing kept makes all of it.
//!
//! [`Change`]: crate::model::Change

use std::sync::Arc;

use crate::view::SectionView;

use super::pages::Job;
use super::{Renderer, cards, feeds, offline, search, sitemap};

/// What is kept, room by room.
#[derive(Debug)]
pub(super) struct Kept<C> {
    /// Data and site maps, which show what pages show each other and none of their texts.
    pub(super) indexes: Option<Vec<(String, Arc<[u8]>)>>,
    pub(super) cards: cards::Kept<C>,
    pub(super) feeds: Option<feeds::Kept>,
    pub(super) search: search::Cache,
    /// The sections of `all.html`, in their order.
    pub(super) sections: Option<Vec<SectionView>>,
    pub(super) hashes: offline::Hashes<C>,
}

impl<C> Default for Kept<C> {
    fn default() -> Self {
        Self {
            indexes: None,
            cards: cards::Kept::default(),
            feeds: None,
            search: search::Cache::default(),
            sections: None,
            hashes: offline::Hashes::default(),
        }
    }
}

impl Renderer<'_> {
    /// Makes the files of `data/`, robots.txt and the site maps.
    pub(super) fn indexes(&self, jobs: &[Job]) -> Vec<(String, Arc<[u8]>)> {
        let data = self.data().iter().map(|made| (made.file.path.clone(), Arc::clone(&made.bytes)));
        let maps = sitemap::files(self.site, &self.views, jobs).into_iter();
        data.chain(maps.map(|(path, bytes)| (path, bytes.into()))).collect()
    }
}
