//! Sources as templates see them, and the note of one in the margin.

use std::collections::HashMap;

use crate::model::date::{Date, FullDate};
use crate::model::{Name, Page, Source, SourceRef};

use super::escape;
use super::prose::Numbering;
use super::types::{CitedView, DateView, Link, SourceView};
use super::whole::direction;
use super::{Place, Views};

impl Views<'_> {
    /// Writes a date out.
    pub(super) fn date(&self, date: &Date) -> DateView {
        DateView { text: self.dates.write(date, &self.words.dates), iso: date.datetime_attr() }
    }

    /// Writes a full date out.
    pub(super) fn full_date(&self, date: FullDate) -> DateView {
        DateView { text: self.dates.write_full_date(date), iso: Some(date.to_string()) }
    }

    /// Makes the view of a source.
    pub(super) fn source(&self, source: &Source, place: &Place) -> SourceView {
        let id = source.id.value.as_str();
        let origin = source.origin.as_ref().and_then(|origin| self.site.sources.get(&origin.value));
        let number = source.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
        let container = source.container_title.as_ref().map(|container| format!("{container}{number}"));
        let same = source.publisher == source.container_title;
        SourceView {
            id: id.to_owned(),
            anchor: format!("source-{id}"),
            path: place.to_made(&format!("sources.html#source-{id}")),
            title: source.title.clone(),
            authors: self.names(&source.authors),
            number: source.number.clone().filter(|_| container.is_none()),
            container,
            publisher: source.publisher.clone().filter(|_| !same),
            issued: source.issued.as_ref().map(|date| self.date(&date.value)),
            url: source.url.as_ref().map(|url| url.value.clone()),
            archive: source.archive.as_ref().map(|url| url.value.clone()),
            evidence: source
                .evidence
                .as_ref()
                .filter(|_| self.site.config.publish_evidence)
                .map(|file| evidence_path(&file.value)),
            accessed: source.accessed.map(|date| self.full_date(date)),
            origin: origin.map(|origin| Link {
                title: self.source_short(origin),
                path: place.to_made(&format!("sources.html#source-{}", origin.id.value)),
            }),
            note_html: source.note.as_ref().map(|note| self.line(note, &place.typed_in("sources.yaml"))),
            short: self.source_short(source),
        }
    }

    /// Names a source in a few words: where it stands, and when it came out.
    pub(super) fn source_short(&self, source: &Source) -> String {
        let name = self.set_apart(self.source_name(source));
        match &source.issued {
            Some(date) => format!("{name}{}{}", self.words.prose.comma, self.date(&date.value).text),
            None => name,
        }
    }

    /// Keeps a name in Latin letters from drawing the digits after it to itself, where the text runs from the right: a date
    /// that follows `S/2019/691` would else lose its day to it. The signs are those of Unicode, since this is plain text.
    fn set_apart(&self, name: String) -> String {
        let mixed = direction(&self.site.config.language) == "rtl" && name.contains(|c: char| c.is_ascii_alphabetic());
        if mixed { format!("\u{2068}{name}\u{2069}") } else { name }
    }

    fn source_name(&self, source: &Source) -> String {
        let place = source.container_title.clone().or_else(|| source.publisher.clone());
        let name = place.or_else(|| self.names(&source.authors)).unwrap_or_else(|| source.title.clone());
        // A body that publishes many reports is not enough: `United Nations S/2019/691`.
        match &source.number {
            Some(number) => format!("{name} {number}"),
            None => name,
        }
    }

    pub(super) fn names(&self, names: &[Name]) -> Option<String> {
        let full: Vec<String> = names.iter().map(Name::full).collect();
        let (last, others) = full.split_last()?;
        Some(if others.is_empty() {
            last.clone()
        } else {
            self.words.prose.and.replace("{names}", &others.join(&self.words.prose.comma)).replace("{last}", last)
        })
    }

    /// Lists the sources of a page: those numbered in its text, then those that it names elsewhere.
    pub(super) fn cited(&self, page: &Page, mut numbering: Numbering, place: &Place) -> Vec<CitedView> {
        for id in page.cited_ids().filter(|id| self.site.sources.contains_key(*id)) {
            numbering.number(id);
        }
        let locators = locators(&page.sources);
        let sources = numbering.cited.into_iter().enumerate();
        let views = sources.filter_map(|(index, (id, backlinks))| {
            let source = self.site.sources.get(id.as_str())?;
            Some(CitedView {
                number: index + 1,
                anchor: format!("{}cite-{}", place.prefix(), index + 1),
                source: self.source(source, place),
                locator: locators.get(id.as_str()).map(|locator| (*locator).to_owned()),
                backlinks,
            })
        });
        views.collect()
    }

    /// Writes the note of a source that stands in the margin beside its first citation.
    pub(super) fn side_note(&self, number: usize, source: &Source, locator: Option<&str>, place: &Place) -> String {
        let view = self.source(source, place);
        let title = escape::html(&view.title);
        let title = match &view.url {
            Some(url) => format!("<a href=\"{}\">{title}</a>", escape::href(url)),
            None => format!("<i>{title}</i>"),
        };
        // Who published it, where it stands with somebody else: `The Oklahoman (Associated Press)`.
        let publisher = view.publisher.filter(|publisher| source.container_title.is_some() && !publisher.is_empty());
        let publisher = publisher.map(|publisher| format!(" ({})", escape::html(&publisher))).unwrap_or_default();
        let name = escape::html(&self.source_name(source));
        let comma = &self.words.prose.comma;
        let when = view.issued.map(|date| format!("{comma}{}", escape::html(&date.text))).unwrap_or_default();
        let locator = locator.map(|locator| format!("{comma}{}", escape::html(locator))).unwrap_or_default();
        let origin = view.origin.map(|origin| {
            let reporting = self.words.prose.reporting.replace("{source}", &origin.title);
            format!(" {}.", escape::html(&reporting))
        });
        format!(
            "<span class=\"sidenote\" role=\"note\"><b class=\"sidenote-number\">{number}</b> <b>{name}</b>{publisher}{when}{locator}. {title}.{}</span>",
            origin.unwrap_or_default()
        )
    }
}

/// Returns where a stored copy is published: always as plain text, so that a page somebody saved runs no script.
pub fn evidence_path(file: &str) -> String {
    if file.ends_with(".txt") { format!("evidence/{file}") } else { format!("evidence/{file}.txt") }
}

/// Returns the locators that a page's `sources` give; those of the first where an id stands twice.
fn locators(sources: &[SourceRef]) -> HashMap<&str, &str> {
    let mut locators = HashMap::new();
    for source in sources.iter().rev() {
        match &source.locator {
            Some(locator) => locators.insert(source.id.value.as_str(), locator.as_str()),
            None => locators.remove(source.id.value.as_str()),
        };
    }
    locators
}
