//! The rules: what a site must hold to be built.
//!
//! One file for each family. A rule is a function from the site to diagnostics; it changes nothing and reads no disk, so
//! that the rules run on files in memory as well as on a folder. The levels of site.yaml are applied at the end.

mod active;
mod anchors;
mod attribution;
mod changes;
mod citations;
mod dates;
mod figures;
mod headlines;
mod ids;
mod links;
mod names;
mod outputs;
mod placeholders;
mod publication;
mod quotes;
mod references;
mod said;
mod titles;
mod unused;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::date::FullDate;
use crate::model::{Change, Level, Site};
use crate::theme::Theme;

pub use changes::changes;

/// What was found in the last build, for the next one.
#[derive(Debug, Default)]
pub struct Cache {
    /// By the rules that look at one page after the other: by place in `Site::pages`.
    pages: Vec<Diagnostics>,
    /// By the rules that look at the texts of one page after the other and at nothing else: by place in `Site::pages`.
    texts: Vec<Diagnostics>,
    /// By the rules that look at what pages show each other.
    faces: Diagnostics,
    /// By the rules that go by the day, and that day.
    dates: Option<(FullDate, Diagnostics)>,
}

/// Holds a site against every rule; what depends on the day is only looked at where one is given.
pub fn check(site: &Site, today: Option<FullDate>) -> Diagnostics {
    check_again(site, today, &Change::Everything, &mut Cache::default())
}

/// Holds a site against every rule, with the help of what was found in the last one.
pub fn check_again(site: &Site, today: Option<FullDate>, change: &Change, cache: &mut Cache) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    figures::check(site, change, &mut cache.pages, &mut diagnostics);
    if *change == Change::Everything || points_into_changed(&cache.faces, site, change) {
        cache.faces = faces(site);
    }
    diagnostics.extend(cache.faces.clone());
    texts(site, change, &mut cache.texts);
    cache.texts.iter().for_each(|found| diagnostics.extend(found.clone()));
    if *change == Change::Everything || cache.dates.as_ref().map(|(day, _)| *day) != today {
        cache.dates = today.map(|today| (today, Diagnostics::default()));
        if let Some((today, found)) = &mut cache.dates {
            dates::check(site, *today, found);
        }
    }
    diagnostics.extend(cache.dates.as_ref().map(|(_, found)| found.clone()).unwrap_or_default());
    diagnostics
}

/// Holds the texts of pages against the rules that need no other page; `pages` is what was found in each page of the last
/// site, and then of this one.
fn texts(site: &Site, change: &Change, pages: &mut Vec<Diagnostics>) {
    let copies = quotes::Copies::of(site);
    pages.resize(site.pages.len(), Diagnostics::default());
    pages.par_iter_mut().zip(&site.pages).enumerate().filter(|(at, _)| change.touches(*at)).for_each(
        |(_, (found, page))| {
            *found = Diagnostics::default();
            citations::check(site, page, found);
            copies.check(page, found);
            placeholders::check(page, found);
        },
    );
}

/// Holds what pages show each other against the rules: front matter, headings, and what in their texts leads elsewhere.
fn faces(site: &Site) -> Diagnostics {
    type Rule = fn(&Site, &mut Diagnostics);
    let rules: [Rule; 9] = [
        ids::check,
        references::check,
        links::check,
        outputs::check,
        active::check,
        attribution::check,
        unused::check,
        publication::check,
        quotes::missing,
    ];
    let found = rules.par_iter().map(|rule| {
        let mut found = Diagnostics::default();
        rule(site, &mut found);
        found
    });
    found.collect::<Vec<_>>().into_iter().fold(Diagnostics::default(), |mut all, found| {
        all.extend(found);
        all
    })
}

/// Tells whether something that was found stands in a text that differs now, where its bytes have moved.
fn points_into_changed(found: &Diagnostics, site: &Site, change: &Change) -> bool {
    let Change::Texts(pages) = change else { return true };
    let mut labels = found.iter().flat_map(|found| found.primary.iter().chain(&found.secondary));
    labels.any(|label| pages.iter().any(|page| site.pages[*page].file == label.span.file))
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
