//! Sources in schema.org's words: what a page cites, and where a claim appears and was first made.

use std::collections::BTreeSet;

use crate::model::{Claim, Id, Name, Page, Source};
use crate::view::Views;

use super::types::{Named, Reference, Work};

impl Views<'_> {
    /// Makes every source that a page cites, or that a claim of it rests on or leads back to, each once.
    pub(super) fn works(&self, page: &Page) -> Vec<Work> {
        let of_claims = page.claims.iter().flat_map(|claim| {
            let listed = claim.sources.iter().map(|source| source.id.value.as_str());
            listed.chain(self.first_source(claim).map(|source| source.id.value.as_str()))
        });
        let mut seen = BTreeSet::new();
        let ids = page.cited_ids().chain(of_claims).filter(|id| seen.insert(*id));
        ids.filter_map(|id| self.site.sources.get(id)).map(|source| self.work(source)).collect()
    }

    fn work(&self, source: &Source) -> Work {
        let container = source.container_title.as_ref();
        let publisher = source.publisher.as_ref();
        let origin = source.origin.as_ref().filter(|origin| self.site.sources.contains_key(&origin.value));
        Work {
            kind: kind(&source.kind),
            id: self.source_id(&source.id.value),
            name: source.title.clone(),
            author: source.authors.iter().map(author).collect(),
            publisher: publisher.map(|name| Named { kind: Some("Organization"), ..Named::new(name) }),
            is_part_of: container.map(|name| Named { kind: Some("CreativeWork"), ..Named::new(name) }),
            date_published: source.issued.as_ref().and_then(|date| date.value.datetime_attr()),
            url: source.url.as_ref().map(|url| url.value.clone()),
            archived_at: source.archive.as_ref().map(|url| url.value.clone()),
            is_based_on: origin.map(|origin| Reference { id: self.source_id(&origin.value) }),
        }
    }

    /// Returns where a claim is found.
    pub(super) fn appearances(&self, claim: &Claim) -> Vec<Reference> {
        let known = claim.sources.iter().filter(|source| self.site.sources.contains_key(&source.id.value));
        known.map(|source| Reference { id: self.source_id(&source.id.value) }).collect()
    }

    /// Returns where a claim was first made, where the sources say so.
    pub(super) fn first_appearance(&self, claim: &Claim) -> Option<Reference> {
        self.first_source(claim).map(|source| Reference { id: self.source_id(&source.id.value) })
    }

    /// Finds the one source that all sources of a claim report on, or are. A source that reports on nothing and stands
    /// alone is not known to be the first.
    fn first_source(&self, claim: &Claim) -> Option<&Source> {
        let mut firsts = claim.sources.iter().map(|source| self.site.first_source(&source.id.value));
        let first = firsts.next()??;
        let same = |other: Option<&Source>| other.is_some_and(|other| other.id.value == first.id.value);
        let reports = |id: &Id| self.site.index.first_source(id.as_str()).is_some();
        let reported = claim.sources.iter().any(|source| reports(&source.id.value));
        (reported && firsts.all(same)).then_some(first)
    }

    fn source_id(&self, id: &Id) -> String {
        let anchor = format!("source-{id}");
        self.whole_anchor("sources.html", &anchor).unwrap_or_else(|| format!("_:{anchor}"))
    }
}

fn author(name: &Name) -> Named {
    match name {
        Name::Person { family, given } => Named {
            kind: Some("Person"),
            name: name.full(),
            given_name: given.clone(),
            family_name: Some(family.clone()),
        },
        Name::Literal(name) => Named::new(name),
    }
}

/// Returns schema.org's type for one of CSL's, where it has one that says as much.
fn kind(csl: &str) -> &'static str {
    match csl {
        "article-newspaper" => "NewsArticle",
        "article-journal" => "ScholarlyArticle",
        "article" | "article-magazine" => "Article",
        "report" => "Report",
        "webpage" => "WebPage",
        "post-weblog" => "BlogPosting",
        "post" => "SocialMediaPosting",
        "book" => "Book",
        "chapter" => "Chapter",
        "dataset" => "Dataset",
        "legislation" | "treaty" | "regulation" => "Legislation",
        "map" => "Map",
        "motion_picture" => "Movie",
        "periodical" => "Periodical",
        "review" | "review-book" => "Review",
        "software" => "SoftwareApplication",
        "thesis" => "Thesis",
        _ => "CreativeWork",
    }
}
