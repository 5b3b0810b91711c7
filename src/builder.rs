//! The pipeline, written once: files to site to diagnostics, and to output where there is no error.
//!
//! `build`, `check`, `serve`, `export` and `publish` all go this way; there is no second one. Where a [`Cache`] is handed on
//! from build to build, each stage takes from it what cannot have changed; a single build goes the same way with an empty
//! one.

mod record;

use std::sync::Arc;

use crate::cache::{Nothing, Store};
use crate::check::{self, apply_levels, changes, check_again, check_theme};
use crate::diagnostic::Diagnostics;
use crate::file::Files;
use crate::load;
use crate::model::date::FullDate;
use crate::model::{Change, Edition, Site};
use crate::output::{InMemory, Output, Shelf};
use crate::pictures;
use crate::render::{self, render_again};
use crate::theme::Theme;

pub use crate::render::Stores;
pub use record::{Recall, Record, digest_of_list};

/// What a build is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The day that diagnostics go by; it changes nothing that is written.
    pub today: Option<FullDate>,
    /// The edition to make instead of the site's files.
    pub edition: Option<Edition>,
}

/// What came of a build.
#[derive(Debug)]
pub struct Built<C = Arc<[u8]>> {
    /// The site, where it could be read.
    pub site: Option<Site>,
    /// What was found, sorted by file and place.
    pub diagnostics: Diagnostics,
    /// The output; `None` where there is an error.
    pub output: Option<Output<C>>,
    /// The edition that was asked for; `None` where there is an error.
    pub edition: Option<Vec<u8>>,
}

/// Holds the claims of a built site against an earlier state of its files; `since` names that state in messages.
///
/// What is wrong with the earlier state is not told again.
pub fn compare(built: &mut Built, earlier: &Files, since: &str) {
    let before = load::site(earlier, false, &mut Diagnostics::default());
    if let (Some(before), Some(now)) = (before, &built.site) {
        let mut found = changes(&before, now, since);
        apply_levels(now, &mut found);
        built.diagnostics.extend(found);
        built.diagnostics.sort();
    }
}

/// What a build leaves for the next one of the same site. It saves time and changes nothing else: a build with it gives
/// what a build without it gives, byte for byte.
pub struct Cache<C = Arc<[u8]>> {
    load: load::Cache,
    check: check::Cache,
    pictures: pictures::Cache,
    theme: Option<Theme>,
    render: render::Cache<C>,
    /// What was found in the theme.
    found: Diagnostics,
    /// What differs from the site that was rendered last: one with a mistake is not.
    unrendered: Change,
}

impl<C> Default for Cache<C> {
    fn default() -> Self {
        Self {
            load: load::Cache::default(),
            check: check::Cache::default(),
            pictures: pictures::Cache::default(),
            theme: None,
            render: render::Cache::default(),
            found: Diagnostics::default(),
            unrendered: Change::default(),
        }
    }
}

/// A stage of a build, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files to a site.
    Load,
    /// The rules.
    Check,
    /// The theme.
    Theme,
    /// Views and pages.
    Render,
}

/// Builds a site from its files. Never fails: what is wrong is in the diagnostics.
pub fn build(files: &Files, found: Diagnostics, options: Options) -> Built {
    build_with(files, found, options, &Nothing)
}

/// Builds a site as [`build`] does, and takes from a store what an earlier build computed: the output is the same.
pub fn build_with(files: &Files, found: Diagnostics, options: Options, store: &dyn Store) -> Built {
    build_again(files, found, options, store, &mut Cache::default(), &mut |_| {})
}

/// Builds a site with the help of what the last build left; `done` is called at the end of each stage.
pub fn build_again(
    files: &Files,
    found: Diagnostics,
    options: Options,
    store: &dyn Store,
    cache: &mut Cache,
    done: &mut dyn FnMut(Stage),
) -> Built {
    build_onto(files, found, options, Stores { store, shelf: &InMemory }, cache, done)
}

/// Builds a site as [`build_again`] does, and leaves it to a shelf where the bytes of the output are kept meanwhile.
pub fn build_onto<S: Shelf>(
    files: &Files,
    found: Diagnostics,
    options: Options,
    stores: Stores<'_, S>,
    cache: &mut Cache<S::Content>,
    done: &mut dyn FnMut(Stage),
) -> Built<S::Content> {
    let Stores { store, .. } = stores;
    let mut diagnostics = found;
    let loaded = load::site_again(files, options.drafts, &mut cache.load, &mut diagnostics);
    done(Stage::Load);
    let Some((mut site, change)) = loaded else {
        diagnostics.sort();
        return Built { site: None, diagnostics, output: None, edition: None };
    };
    site.pictures = pictures::prepare(&site, store, &change, &mut cache.pictures, &mut diagnostics);
    diagnostics.extend(check_again(&site, options.today, &change, &mut cache.check));
    done(Stage::Check);
    if change == Change::Everything || cache.theme.is_none() {
        cache.found = Diagnostics::default();
        cache.theme = Theme::load(&site.config, files, &mut cache.found);
        if let Some(theme) = &cache.theme {
            cache.found.extend(check_theme(&site, theme));
        }
        cache.render = render::Cache::default();
    }
    diagnostics.extend(cache.found.clone());
    apply_levels(&site, &mut diagnostics);
    done(Stage::Theme);
    let (mut output, mut edition) = (None, None);
    let change = std::mem::take(&mut cache.unrendered).and(&change);
    if let (Some(theme), false) = (&cache.theme, diagnostics.has_errors()) {
        match options.edition {
            None => {
                output = Some(render_again(&site, theme, stores, &change, &mut cache.render, &mut diagnostics));
                cache.unrendered = Change::Texts(Vec::new());
            }
            Some(wanted) => {
                edition = render::edition(wanted, &site, theme, store, &mut diagnostics);
                cache.unrendered = change;
            }
        }
    } else {
        cache.unrendered = change;
    }
    done(Stage::Render);
    diagnostics.sort();
    let output = output.filter(|_| !diagnostics.has_errors());
    let edition = edition.filter(|_| !diagnostics.has_errors());
    if output.is_some() || edition.is_some() {
        store.settle();
    }
    Built { site: Some(site), diagnostics, output, edition }
}
