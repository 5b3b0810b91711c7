//! The rail: events one below the other, with what the space between them says.

use crate::model::date::{Mark, Shape};
use crate::model::{Page, Site, Status, group_path};

use super::types::{EntryView, GroupLink, MarkView, Ready};
use super::{Place, Views};

impl Views<'_> {
    /// Makes the entries of some events, which are in the order of the timeline, for a page that shows them.
    pub(super) fn entries<'p>(
        &self,
        events: impl Iterator<Item = &'p Page>,
        place: &Place,
    ) -> impl Iterator<Item = EntryView> {
        let mut before: Option<(i64, i64)> = None;
        events.filter_map(move |page| {
            let date = page.date.as_ref().map(|date| &date.value)?;
            let (day, year) = (date.sort_day().number(), date.year());
            let new_year = before.is_none_or(|(_, earlier)| earlier != year);
            let gap = before.map_or(0, |(earlier, _)| gap(day - earlier));
            before = Some((day, year));
            let from = place.typed_in(page.file.strip_prefix("content/").unwrap_or(&page.file));
            let id = page.id.value.as_str();
            Some(EntryView {
                id: id.to_owned(),
                anchor: format!("event-{id}"),
                path: place.to_page(page, None),
                title: page.title.value.clone(),
                summary_html: page.summary.as_ref().map(|summary| self.line(summary, &from)),
                year: new_year.then(|| self.dates.write_year(year)),
                when: self.dates.write_short(date, &self.words.dates),
                date: self.date(date),
                mark: mark_view(date.mark()),
                gap,
                key: page.key,
                groups: self.shown_groups(page, place),
                lead: self.lead(page, place),
                disputed: page.claims.iter().any(|claim| claim.status == Some(Status::Disputed)),
                draft: page.draft,
            })
        })
    }

    /// Returns the groups of a page, in the order typed.
    pub(super) fn groups_of(&self, page: &Page) -> impl Iterator<Item = &GroupLink> {
        self.places_of_groups(page).map(|at| &self.groups[at])
    }

    /// Returns the groups of a page as a place shows them, in the order typed.
    pub(super) fn shown_groups(&self, page: &Page, place: &Place) -> Vec<Ready<GroupLink>> {
        if !place.is_section() {
            return self.places_of_groups(page).map(|at| self.ready_groups[at].clone()).collect();
        }
        let links = self.groups_of(page).cloned();
        links.map(|group| Ready::from(GroupLink { path: place.to_made(&group.path), ..group })).collect()
    }

    fn places_of_groups(&self, page: &Page) -> impl Iterator<Item = usize> {
        page.groups.iter().filter_map(|group| self.group_places.get(group.value.as_str()).copied())
    }
}

/// Makes the links to the groups that have events.
pub(super) fn group_links(site: &Site) -> Vec<GroupLink> {
    let groups = site.index.groups().iter().map(|(id, events)| {
        let listed = site.group(id);
        GroupLink {
            id: id.to_string(),
            title: listed.map_or_else(|| id.to_string(), |group| group.title.clone()),
            path: group_path(id),
            events: events.len(),
        }
    });
    groups.collect()
}

/// Turns the days since the event before into a step of space: weeks, months, half a year, a year, more.
fn gap(days: i64) -> u8 {
    match days {
        ..=31 => 0,
        32..=120 => 1,
        121..=365 => 2,
        366..=730 => 3,
        _ => 4,
    }
}

pub(super) fn mark_view(mark: Mark) -> MarkView {
    MarkView {
        shape: match mark.shape {
            Shape::Point => "dot",
            Shape::Bar => "bar",
            Shape::Range => "range",
        },
        fade_start: mark.fades_start,
        fade_end: mark.fades_end,
        open_start: mark.open_start,
        open_end: mark.open_end,
    }
}
