//! Events, pages and the home page.

use crate::model::{Kind, Page};

use super::prose::Numbering;
use super::types::{
    ArticleView, CorrectionView, DateView, EntryView, HeadingView, HomeView, Link, Neighbour, PageMeta, Ready,
};
use super::{Place, Views};

impl Views<'_> {
    /// Returns the place of a page made from a file.
    pub fn place(&self, page: &Page) -> Place {
        Place::new(&page.path, page.file.strip_prefix("content/").unwrap_or(&page.file))
    }

    /// Makes what every template gets as `page`, for a page made from a file.
    pub fn page_meta(&self, page: &Page, place: &Place) -> PageMeta {
        PageMeta {
            kind: match page.kind {
                Kind::Home => "home",
                Kind::Event => "event",
                Kind::Page => "page",
            },
            path: place.shown_path(),
            root: place.root.clone(),
            level: place.level(),
            prefix: place.prefix().to_owned(),
            id: Some(page.id.value.to_string()),
            title: page.title.value.clone(),
            summary_html: page.summary.as_ref().map(|summary| self.line(summary, place)),
            description: page.summary.as_ref().map(crate::markdown::Document::plain),
            published: page.published.map(|date| self.full_date(date)),
            updated: page.updated.map(|date| self.full_date(date)),
            draft: page.draft,
            extra: page.extra.clone(),
            canonical: self.whole(&page.path),
            json_ld: Some(self.json_ld(page, place)),
            card: self.cards.get(&place.path).cloned(),
        }
    }

    /// Makes what `event.html` and `page.html` get as `article`.
    pub fn article(&self, page: &Page, neighbours: (Option<&Page>, Option<&Page>), place: &Place) -> ArticleView {
        let mut numbering = Numbering { pictures: usize::from(page.media.is_some()), ..Numbering::default() };
        let body = self.body(&page.body, place, &mut numbering);
        let footnotes = self.footnotes(&page.body, place, &mut numbering);
        ArticleView {
            date: page.date.as_ref().map(|date| self.date(&date.value)),
            key: page.key,
            groups: self.shown_groups(page, place),
            body,
            headings: headings(page, place),
            lead: if page.kind == Kind::Event { self.lead(page, place) } else { None },
            claims: page.claims.iter().map(|claim| self.claim(page, claim, place)).collect(),
            sources: self.cited(page, numbering, place),
            footnotes,
            corrections: self.corrections_of(page, place),
            media: page.media.as_ref().map(|media| self.media(media, place)),
            previous: neighbours.0.and_then(|page| self.neighbour(page, place)),
            next: neighbours.1.and_then(|page| self.neighbour(page, place)),
        }
    }

    /// Makes what `home.html` gets as `home`.
    pub fn home(&self, page: &Page, place: &Place) -> HomeView {
        let mut numbering = Numbering::default();
        let body = self.body(&page.body, place, &mut numbering);
        let footnotes = self.footnotes(&page.body, place, &mut numbering);
        let mut keys = Vec::new();
        let entries = self.entries(self.site.events(), place).map(|entry| {
            let is_key = entry.key;
            let entry = Ready::<EntryView>::from(entry);
            keys.extend(is_key.then(|| entry.clone()));
            entry
        });
        let timeline = entries.collect();
        HomeView {
            body,
            sources: self.cited(page, numbering, place),
            footnotes,
            claims: page.claims.iter().map(|claim| self.claim(page, claim, place)).collect(),
            keys,
            timeline,
            strips: self.strips(),
        }
    }

    /// Returns the date of a page, written out.
    pub fn date_of(&self, page: &Page) -> Option<DateView> {
        page.date.as_ref().map(|date| self.date(&date.value))
    }

    /// Makes the corrections of a page, newest first.
    pub(super) fn corrections_of(&self, page: &Page, place: &Place) -> Vec<CorrectionView> {
        let from = place.typed_in(page.file.strip_prefix("content/").unwrap_or(&page.file));
        let mut corrections: Vec<_> = page.corrections.iter().collect();
        corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date));
        let views = corrections.into_iter().map(|correction| CorrectionView {
            date: self.full_date(correction.date),
            kind: correction.kind.name(),
            kind_text: self.words.correction(correction.kind.name()),
            note_html: self.line(&correction.note, &from),
            page: Link { title: page.title.value.clone(), path: place.to_page(page, None) },
        });
        views.collect()
    }

    fn neighbour(&self, page: &Page, place: &Place) -> Option<Neighbour> {
        let date = page.date.as_ref()?;
        Some(Neighbour {
            title: page.title.value.clone(),
            path: place.to_page(page, None),
            date: self.date(&date.value),
        })
    }
}

fn headings(page: &Page, place: &Place) -> Vec<HeadingView> {
    let headings = page.body.headings.iter().map(|heading| HeadingView {
        level: (heading.level + place.level() - 1).min(6),
        anchor: format!("{}{}", place.prefix(), heading.id),
        text: heading.text.clone(),
    });
    headings.collect()
}
