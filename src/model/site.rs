//! A whole site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Span;

use super::date::Date;
use super::{Claim, ClaimPlace, Config, Group, Id, Index, Kind, Page, Picture, Question, Source};

/// A site, read and normalised.
#[derive(Clone, Debug)]
pub struct Site {
    /// What site.yaml says.
    pub config: Config,
    /// Every page, by file; shared with the next site that is made of the same file.
    pub pages: Vec<Arc<Page>>,
    /// The events, as places in `pages`, in the order of the timeline.
    pub timeline: Vec<usize>,
    /// The sources, by id.
    pub sources: Arc<BTreeMap<Id, Source>>,
    /// The questions, in the order of questions.yaml.
    pub questions: Vec<Question>,
    /// The files that are published as they are, by path relative to `content/`.
    pub assets: BTreeMap<String, Asset>,
    /// The pictures that pages show, measured, by path relative to `content/`; empty until they are prepared.
    pub pictures: BTreeMap<String, Picture>,
    /// Stored copies of sources: their text, by path relative to `evidence/`.
    pub evidence: BTreeMap<String, Arc<str>>,
    /// The files, relative to `content/`, of which something could not be read: what seems to be missing may be there.
    pub unread: BTreeSet<String>,
    /// The places of what should be an id and is none, which was told.
    pub misnamed: BTreeSet<Span>,
    /// All of it by id and by path.
    pub index: Arc<Index>,
}

/// A file that is published as it is.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Site {
    /// Puts events in their order: by the earliest day a date may mean, then by id.
    pub fn order(pages: &[Arc<Page>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..pages.len()).filter(|index| pages[*index].kind == Kind::Event).collect();
        order.sort_by(|a, b| {
            let key =
                |index: usize| (pages[index].date.as_ref().map(|date| date.value.sort_key()), &pages[index].id.value);
            key(*a).cmp(&key(*b))
        });
        order
    }

    /// Returns the events, in the order of the timeline.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Page> + ExactSizeIterator {
        self.timeline.iter().map(|index| &*self.pages[*index])
    }

    /// Returns an event with its date, which every event that was built has.
    pub fn dated_events(&self) -> impl Iterator<Item = (&Page, &Date)> {
        self.events().filter_map(|page| page.date.as_ref().map(|date| (page, &date.value)))
    }

    /// Returns every claim with its page: events in their order, then the other pages by file.
    pub fn claims(&self) -> impl Iterator<Item = (&Page, &Claim)> {
        let others = self.pages.iter().map(|page| &**page).filter(|page| page.kind != Kind::Event);
        self.events().chain(others).flat_map(|page| page.claims.iter().map(move |claim| (page, claim)))
    }

    /// Returns what site.yaml says of a group.
    pub fn group(&self, id: &Id) -> Option<&Group> {
        self.index.listed_group(id.as_str()).and_then(|place| self.config.groups.as_ref()?.get(place))
    }

    /// Tells whether something in a page could not be read.
    pub fn has_unread_pages(&self) -> bool {
        self.unread.iter().any(|file| file.ends_with(".md"))
    }

    /// Returns the source that all sources of a claim lead to, where they are several: reports of one statement.
    pub fn one_origin(&self, claim: &Claim) -> Option<&Source> {
        if claim.sources.len() < 2 || self.reports(claim) < 2 {
            return None;
        }
        let mut firsts = claim.sources.iter().map(|source| self.first_source(&source.id.value));
        let first = firsts.next()??;
        firsts.all(|other| other.is_some_and(|other| other.id.value == first.id.value)).then_some(first)
    }

    /// Counts the sources of a claim that report on another source, each once.
    pub fn reports(&self, claim: &Claim) -> usize {
        let ids: BTreeSet<&Id> = claim.sources.iter().map(|source| &source.id.value).collect();
        ids.into_iter().filter(|id| self.sources.get(*id).is_some_and(|source| source.origin.is_some())).count()
    }

    /// Returns the source that one leads back to through its origins: itself, where it reports on none that is known.
    pub fn first_source(&self, id: &Id) -> Option<&Source> {
        self.sources.get(self.index.first_source(id.as_str()).unwrap_or(id))
    }

    /// Returns the claim at a place, with its page.
    pub fn claim_at(&self, (page, claim): ClaimPlace) -> (&Page, &Claim) {
        (&self.pages[page], &self.pages[page].claims[claim])
    }
}
