//! The entries of feeds: every page that has `published`, and every correction, the last changed first.
//!
//! Days come from front matter alone, never from the clock or from the event: when something happened is not when it
//! was published. Ids are made of ids (RFC 9562, version 5), so that neither a new title nor the `url` of the site makes
//! old entries new.

use std::cmp::Reverse;

use uuid::{Uuid, uuid};

use crate::model::date::FullDate;
use crate::model::{Correction, Kind, Page};

use super::types::{FeedCategory, FeedEntry, FeedLinks, FeedView};
use super::{Views, escape};

/// The name space of all sites: made at random, once, for this program.
const SITES: Uuid = uuid!("6f0a3a6e-5d0c-4c39-9a5e-2f6b7c1d84e7");

/// What becomes an entry.
enum Item<'a> {
    Page(&'a Page),
    /// With its number among the corrections of its page that have the same day and kind.
    Correction(&'a Page, &'a Correction, usize),
}

impl Views<'_> {
    /// Tells which feeds there are: none where nothing has a day to go by, or `outputs` has them off.
    pub fn feed_links(&self) -> Option<FeedLinks> {
        let any = self.site.config.outputs.feeds && self.site.pages.iter().any(|page| items_of(page).next().is_some());
        any.then(|| FeedLinks { atom: "feed.xml".to_owned(), json: "feed.json".to_owned() })
    }

    /// Makes the feed, where there is one.
    pub fn feed(&self) -> Option<FeedView> {
        self.feed_links()?;
        let others = self.site.pages.iter().map(|page| &**page).filter(|page| page.kind != Kind::Event);
        let pages = self.site.events().rev().chain(others);
        let mut items: Vec<Item<'_>> = pages.flat_map(items_of).collect();
        // The sort is stable: on one day, later events come before earlier ones, and events before pages.
        items.sort_by_key(|item| Reverse((item.updated(), item.published())));
        let updated = items.first()?.updated();
        items.truncate(FeedView::LONGEST);
        Some(FeedView {
            id: urn(self.site_uuid()),
            updated: moment(updated),
            home: self.from_afar("index.html"),
            base: self.whole("index.html"),
            entries: items.into_iter().map(|item| self.entry(&item)).collect(),
        })
    }

    fn site_uuid(&self) -> Uuid {
        Uuid::new_v5(&SITES, self.site.config.id.as_str().as_bytes())
    }

    fn entry(&self, item: &Item<'_>) -> FeedEntry {
        let page = item.page();
        let mut entry = FeedEntry {
            id: urn(Uuid::new_v5(&self.site_uuid(), item.name().as_bytes())),
            title: page.title.value.clone(),
            address: self.from_afar(&page.path),
            summary: None,
            content_html: String::new(),
            published: moment(item.published()),
            updated: moment(item.updated()),
            categories: Vec::new(),
        };
        match item {
            Item::Page(page) => {
                entry.summary = page.summary.as_ref().map(crate::markdown::Document::plain);
                entry.content_html = self.feed_content(page);
                let groups = self.groups_of(page).cloned();
                entry.categories = groups.map(|group| FeedCategory { term: group.id, label: group.title }).collect();
            }
            Item::Correction(page, correction, _) => {
                let kind = correction.kind.name();
                let label = self.words.correction(kind);
                entry.title = format!("{label}: {}", entry.title);
                entry.summary = Some(correction.note.plain());
                entry.content_html = self.correction_content(page, correction);
                entry.categories = vec![FeedCategory { term: kind.to_owned(), label }];
            }
        }
        entry
    }

    fn correction_content(&self, page: &Page, correction: &Correction) -> String {
        let place = self.place(page);
        let note = self.line(&correction.note, &place);
        let link = escape::html(&escape::path(page.path.rsplit('/').next().unwrap_or(&page.path)));
        let title = escape::html(&page.title.value);
        self.for_feed(page, &format!("<p>{note}</p>\n<p><a href=\"{link}\">{title}</a></p>"))
    }
}

fn items_of(page: &Page) -> impl Iterator<Item = Item<'_>> {
    let itself = (page.published.is_some() && page.kind != Kind::Home && !page.draft).then_some(Item::Page(page));
    let corrections = page.corrections.iter().enumerate().filter(|_| !page.draft).map(|(at, correction)| {
        let same = |other: &&Correction| other.date == correction.date && other.kind == correction.kind;
        Item::Correction(page, correction, page.corrections[..at].iter().filter(same).count() + 1)
    });
    itself.into_iter().chain(corrections)
}

impl Item<'_> {
    fn page(&self) -> &Page {
        match self {
            Self::Page(page) | Self::Correction(page, ..) => page,
        }
    }

    fn published(&self) -> FullDate {
        match self {
            Self::Page(page) => page.published.expect("only a page with this day is an entry"),
            Self::Correction(_, correction, _) => correction.date,
        }
    }

    fn updated(&self) -> FullDate {
        match self {
            Self::Page(page) => page.last_changed().unwrap_or_else(|| self.published()),
            Self::Correction(_, correction, _) => correction.date,
        }
    }

    /// What is unique to it in the site, and stays the same when texts are edited.
    fn name(&self) -> String {
        match self {
            Self::Page(page) => format!("page {}", page.id.value),
            Self::Correction(page, correction, number) => {
                format!("{} {} {} {number}", correction.kind.name(), page.id.value, correction.date)
            }
        }
    }
}

fn urn(id: Uuid) -> String {
    id.urn().to_string()
}

/// Returns a day as RFC 3339 wants it: with a time, which is midnight UTC.
fn moment(day: FullDate) -> String {
    format!("{day}T00:00:00Z")
}
