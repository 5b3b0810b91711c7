//! The pipeline, written once: files to site to diagnostics, and to output where there is no error.
//!
//! `build`, `check`, `serve`, `export` and `publish` all go this way; there is no second one.

use crate::check::{apply_levels, changes, check, check_theme};
use crate::diagnostic::Diagnostics;
use crate::file::Files;
use crate::load;
use crate::model::Site;
use crate::model::date::FullDate;
use crate::output::Output;
use crate::render::render;
use crate::theme::Theme;

/// What a build is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The day that diagnostics go by; it changes nothing that is written.
    pub today: Option<FullDate>,
}

/// What came of a build.
#[derive(Debug)]
pub struct Built {
    /// The site, where it could be read.
    pub site: Option<Site>,
    /// What was found, sorted by file and place.
    pub diagnostics: Diagnostics,
    /// The output; `None` where there is an error.
    pub output: Option<Output>,
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

/// Builds a site from its files. Never fails: what is wrong is in the diagnostics.
pub fn build(files: &Files, found: Diagnostics, options: Options) -> Built {
    let mut diagnostics = found;
    let site = load::site(files, options.drafts, &mut diagnostics);
    let mut output = None;
    if let Some(site) = &site {
        diagnostics.extend(check(site, options.today));
        let theme = Theme::load(&site.config, files, &mut diagnostics);
        if let Some(theme) = &theme {
            diagnostics.extend(check_theme(site, theme));
        }
        apply_levels(site, &mut diagnostics);
        if let (Some(theme), false) = (&theme, diagnostics.has_errors()) {
            output = Some(render(site, theme, &mut diagnostics));
        }
    }
    diagnostics.sort();
    let output = output.filter(|_| !diagnostics.has_errors());
    Built { site, diagnostics, output }
}
