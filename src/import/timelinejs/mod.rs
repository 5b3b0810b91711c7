//! TimelineJS 3: its JSON, and the columns of its spreadsheet, to events.
//!
//! Rows of a spreadsheet become the same slides that the JSON has, so that there is one way from a slide to a file. An
//! event whose date cannot be read becomes a draft; what is no event (the title slide, eras, settings) goes to one page,
//! a draft too.

mod csv;
mod date;
mod event;
mod media;
mod slide;
mod title;

use crate::diagnostic::Diagnostic;

use super::site::{self, Existing};
use super::{Imported, Input, bad, json};
use event::Importer;
use slide::Timeline;

/// The most slides of a timeline.
const MOST: usize = 50_000;

/// Imports a timeline: JSON, or a spreadsheet saved as CSV.
pub fn timelinejs(input: &Input<'_>) -> Imported {
    let starts_as_json = input.text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let mut imported = Imported::default();
    let read = if starts_as_json { from_json(input) } else { csv::read(input, &mut imported) };
    let timeline = match read {
        Ok(timeline) => timeline,
        Err(diagnostic) => return Imported::failed(*diagnostic),
    };
    let slides = timeline.events.len() + timeline.eras.len();
    if slides > MOST {
        return Imported::failed(
            bad(format!("this has {slides} slides")).help(format!("divide it: at most {MOST} are read")),
        );
    }
    imported.report.read = counted(&timeline);
    let existing = Existing::of(input);
    let mut importer = Importer::new(input, &existing, imported);
    let stem = input.name.rsplit(['/', '\\']).next().and_then(|name| name.split('.').next()).unwrap_or_default();
    let Timeline { title, events, eras, rest } = timeline;
    for slide in events {
        importer.event(slide);
    }
    importer.title_page(stem, title, eras, rest);
    let (pages, groups, mut imported) = importer.end();
    imported.diagnostics.sort();
    imported.files = pages.iter().map(|page| (page.path.clone(), page.text())).collect();
    site::add_groups(input, &groups, &mut imported);
    site::make_drafts(input, pages, &mut imported);
    site::keep_what_is_there(input, &mut imported);
    imported
}

fn from_json(input: &Input<'_>) -> Result<Timeline, Box<Diagnostic>> {
    slide::timeline(input, json::read(input)?)
}

fn counted(timeline: &Timeline) -> Vec<String> {
    let counted = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        count => Some(format!("{count} {noun}s")),
    };
    let events = counted(timeline.events.len(), "event").unwrap_or_else(|| "no events".to_owned());
    let title = timeline.title.as_ref().map(|_| "1 title slide".to_owned());
    [Some(events), title, counted(timeline.eras.len(), "era")].into_iter().flatten().collect()
}
