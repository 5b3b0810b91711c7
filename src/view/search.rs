//! What a search of the site finds: pages, questions, claims and sources, as plain text.
//!
//! The texts of pages are not in it: titles, summaries and headings lead to a page, and claims to its figures.

use crate::markdown::Document;
use crate::model::{Claim, Kind, Page, Question, Source};

use super::types::SearchEntry;
use super::{Views, escape};

impl Views<'_> {
    /// Lists what a search finds beside pages: questions, claims, sources.
    pub fn search(&self) -> Vec<SearchEntry> {
        let answered = |question: &&Question| !self.site.index.answers(question.id.value.as_str()).is_empty();
        let mut entries: Vec<SearchEntry> =
            self.site.questions.iter().filter(answered).map(searched_question).collect();
        entries.extend(self.site.claims().map(|(page, claim)| self.searched_claim(page, claim)));
        entries.extend(self.site.sources.values().map(|source| self.searched_source(source)));
        entries
    }

    /// Makes what a search finds of a page.
    pub fn searched_page(&self, page: &Page) -> SearchEntry {
        let headings: Vec<&str> = page.body.headings.iter().map(|heading| heading.text.as_str()).collect();
        SearchEntry {
            kind: if page.kind == Kind::Event { "event" } else { "page" },
            title: page.title.value.clone(),
            when: page.date.as_ref().map(|date| self.date(&date.value).text),
            text: page.summary.as_ref().and_then(plain),
            more: (!headings.is_empty()).then(|| headings.join(". ")),
            path: escape::path(&page.path),
            ..SearchEntry::default()
        }
    }

    fn searched_claim(&self, page: &Page, claim: &Claim) -> SearchEntry {
        let mut parts = claim.figure.as_ref().map(|figure| figure.value.parts(self.site.config.figures()));
        let hedge = parts.as_mut().and_then(|parts| parts.hedge.take());
        let question = claim.question.as_ref().and_then(|id| self.site.index.question(id.value.as_str()));
        let subject = question.map_or(&page.title.value, |at| &self.site.questions[at].title);
        SearchEntry {
            kind: "claim",
            title: claim.statement.as_ref().and_then(plain).unwrap_or_else(|| subject.clone()),
            hedge,
            figure: parts.map(|parts| parts.to_string()),
            by: claim.said_by.as_ref().map(|by| by.value.clone()),
            when: claim.period.as_ref().map(|date| self.date(&date.value).text),
            status: claim.status.map(|status| self.words.status(status.name())),
            text: claim.note.as_ref().and_then(plain),
            // In words: who looks for "2 billion" or "USD" finds "$2bn".
            more: claim.figure.as_ref().map(|figure| figure.value.to_string()),
            path: format!("ledger.html#claim-{}", claim.id.value),
        }
    }

    fn searched_source(&self, source: &Source) -> SearchEntry {
        let names = [source.container_title.clone(), source.publisher.clone(), self.names(&source.authors)];
        let mut by: Vec<String> = names.into_iter().flatten().chain(source.number.clone()).collect();
        by.dedup();
        SearchEntry {
            kind: "source",
            title: source.title.clone(),
            by: (!by.is_empty()).then(|| by.join(", ")),
            when: source.issued.as_ref().map(|date| self.date(&date.value).text),
            text: source.note.as_ref().and_then(plain),
            path: format!("sources.html#source-{}", source.id.value),
            ..SearchEntry::default()
        }
    }
}

fn searched_question(question: &Question) -> SearchEntry {
    SearchEntry {
        kind: "question",
        title: question.title.clone(),
        text: question.note.as_ref().and_then(plain),
        path: format!("ledger.html#question-{}", question.id.value),
        ..SearchEntry::default()
    }
}

/// Returns the words of a text; `None` where there are none.
fn plain(text: &Document) -> Option<String> {
    Some(text.plain()).filter(|text| !text.is_empty())
}
