//! The rules: what a site must hold to be built.
//!
//! One file for each family. A rule is a function from the site to diagnostics; it changes nothing and reads no disk, so
//! that the rules run on files in memory as well as on a folder. The levels of site.yaml are applied at the end.

mod attribution;
mod changes;
mod citations;
mod dates;
mod figures;
mod ids;
mod links;
mod outputs;
mod quotes;
mod references;
mod unused;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::date::FullDate;
use crate::model::{Level, Site};
use crate::theme::Theme;

pub use changes::changes;

/// Holds a site against every rule; what depends on the day is only looked at where one is given.
pub fn check(site: &Site, today: Option<FullDate>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    ids::check(site, &mut diagnostics);
    references::check(site, &mut diagnostics);
    citations::check(site, &mut diagnostics);
    links::check(site, &mut diagnostics);
    outputs::check(site, &mut diagnostics);
    figures::check(site, &mut diagnostics);
    attribution::check(site, &mut diagnostics);
    quotes::check(site, &mut diagnostics);
    unused::check(site, &mut diagnostics);
    if let Some(today) = today {
        dates::check(site, today, &mut diagnostics);
    }
    diagnostics
}

/// Holds what a site writes against the files of its theme: `static/` is the theme's.
pub fn check_theme(site: &Site, theme: &Theme) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    outputs::statics(site, theme, &mut diagnostics);
    diagnostics
}

/// Gives each diagnostic the level that site.yaml sets for its code.
pub fn apply_levels(site: &Site, diagnostics: &mut Diagnostics) {
    diagnostics.relevel(|diagnostic| level(site, diagnostic));
}

fn level(site: &Site, diagnostic: &Diagnostic) -> Option<Severity> {
    match site.config.rules.get(&diagnostic.code) {
        Some(Level::Say(severity)) => Some(*severity),
        Some(Level::Off) => None,
        None => Some(diagnostic.severity),
    }
}
