//! The pages that the program makes: sources, ledger, groups, corrections.

use std::collections::HashMap;

use crate::model::{Id, Page, Question, Source};

use super::types::{
    ClaimRef, ClaimView, CorrectionView, Downloads, EntryView, GroupView, Link, ListedSource, PageClaims, QuestionView,
    Ready,
};
use super::{Place, Views};

impl Views<'_> {
    /// Lists every source by name, with what rests on it.
    pub fn sources(&self, place: &Place) -> Vec<Ready<ListedSource>> {
        let mut uses = Uses::of(self, place);
        let mut sources: Vec<&Source> = self.site.sources.values().collect();
        sources.sort_by_cached_key(|source| (self.source_short(source).to_lowercase(), &source.id.value));
        let listed = sources.into_iter().map(|source| ListedSource {
            source: self.source(source, place),
            claims: uses.claims.remove(&source.id.value).unwrap_or_default(),
            pages: uses.pages.remove(source.id.value.as_str()).unwrap_or_default(),
            reported_by: uses.reports.remove(&source.id.value).unwrap_or_default(),
        });
        listed.map(Ready::from).collect()
    }

    /// Makes every question that has claims, in the order of questions.yaml, and last the claims without a question.
    pub fn ledger(&self, place: &Place) -> Vec<QuestionView> {
        let mut questions: Vec<QuestionView> =
            self.site.questions.iter().map(|question| self.question(question, place)).collect();
        questions.retain(|question| !question.claims.is_empty());
        questions.extend(self.other_claims(place));
        questions
    }

    /// Makes the claims that answer no question; `None` where every claim does.
    fn other_claims(&self, place: &Place) -> Option<QuestionView> {
        let mut by_page: Vec<PageClaims> = Vec::new();
        for (page, claim) in self.site.claims().filter(|(_, claim)| claim.question.is_none()) {
            let view = Ready::from(self.claim(page, claim, place));
            match by_page.last_mut().filter(|last| last.page.path == page.path) {
                Some(last) => last.claims.push(view),
                None => by_page.push(PageClaims {
                    page: Link { title: page.title.value.clone(), path: page.path.clone() },
                    claims: vec![view],
                }),
            }
        }
        let claims: Vec<_> = by_page.iter().flat_map(|page| page.claims.iter().cloned()).collect();
        (!claims.is_empty()).then(|| QuestionView {
            id: String::new(),
            anchor: "other-claims".to_owned(),
            title: self.words.prose.other_claims.clone(),
            note_html: None,
            claims,
            by_page,
            charts: Vec::new(),
            path: "ledger.html#other-claims".to_owned(),
            downloads: None,
        })
    }

    /// Makes a question by its id.
    pub(super) fn question_by_id(&self, id: &str, place: &Place) -> Option<QuestionView> {
        self.site.index.question(id).map(|at| self.question(&self.site.questions[at], place))
    }

    /// Makes the claims that answer a question.
    pub(super) fn answers(&self, id: &str, place: &Place) -> impl Iterator<Item = ClaimView> {
        self.site.index.answers(id).iter().map(|at| self.claim_at(*at, place))
    }

    fn question(&self, question: &Question, place: &Place) -> QuestionView {
        let id = question.id.value.as_str();
        let answers = self.site.index.answers(id);
        QuestionView {
            id: id.to_owned(),
            anchor: format!("question-{id}"),
            title: question.title.clone(),
            note_html: question.note.as_ref().map(|note| self.line(note, &place.typed_in("questions.yaml"))),
            claims: self.answers(id, place).map(Ready::from).collect(),
            by_page: Vec::new(),
            charts: self.charts(answers, place),
            path: place.to_made(&format!("ledger.html#question-{id}")),
            downloads: (self.site.config.outputs.data && !place.is_section() && !answers.is_empty()).then(|| {
                Downloads { csv: format!("data/questions/{id}.csv"), json: format!("data/questions/{id}.json") }
            }),
        }
    }

    /// Makes what `group.html` gets as `group`.
    pub fn group(&self, id: &Id, place: &Place) -> GroupView {
        let listed = self.site.group(id);
        let summary = listed.and_then(|group| group.summary.as_ref());
        GroupView {
            id: id.to_string(),
            title: listed.map_or_else(|| id.to_string(), |group| group.title.clone()),
            summary_html: summary.map(|summary| self.line(summary, &place.typed_in("site.yaml"))),
        }
    }

    /// Makes the events of a group.
    pub fn group_timeline(&self, events: &[usize], place: &Place) -> Vec<Ready<EntryView>> {
        self.entries(events.iter().map(|at| &*self.site.pages[*at]), place).map(Ready::from).collect()
    }

    /// Makes every correction, newest first.
    pub fn corrections(&self, place: &Place) -> Vec<CorrectionView> {
        let pages = self.site.pages.iter();
        let mut all: Vec<CorrectionView> = pages.flat_map(|page| self.corrections_of(page, place)).collect();
        all.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
        all
    }
}

/// What rests on each source.
struct Uses<'a> {
    claims: HashMap<&'a Id, Vec<ClaimRef>>,
    pages: HashMap<&'a str, Vec<Link>>,
    reports: HashMap<&'a Id, Vec<Link>>,
}

impl<'a> Uses<'a> {
    fn of(views: &'a Views<'_>, place: &Place) -> Self {
        let mut uses = Self { claims: HashMap::new(), pages: HashMap::new(), reports: HashMap::new() };
        for (_, claim) in views.site.claims() {
            for source in &claim.sources {
                let claim_ref = ClaimRef {
                    text: views.claim_words(claim),
                    said_by: claim.said_by.as_ref().map(|by| by.value.clone()).unwrap_or_default(),
                    path: place.to_made(&format!("ledger.html#claim-{}", claim.id.value)),
                };
                uses.claims.entry(&source.id.value).or_default().push(claim_ref);
            }
        }
        let others = views.site.pages.iter().map(|page| &**page).filter(|page| page.kind != crate::model::Kind::Event);
        for page in views.site.events().chain(others) {
            uses.add_page(page, place);
        }
        for source in views.site.sources.values() {
            uses.add_report(views, source, place);
        }
        uses
    }

    fn add_page(&mut self, page: &'a Page, place: &Place) {
        let link = || Link { title: page.title.value.clone(), path: place.to_page(page, None) };
        for id in page.cited_ids() {
            let links = self.pages.entry(id).or_default();
            if links.last().is_none_or(|last| last.path != place.to_page(page, None)) {
                links.push(link());
            }
        }
    }

    fn add_report(&mut self, views: &Views<'_>, source: &'a Source, place: &Place) {
        if let Some(origin) = &source.origin {
            let path = place.to_made(&format!("sources.html#source-{}", source.id.value));
            let link = Link { title: views.source_short(source), path };
            self.reports.entry(&origin.value).or_default().push(link);
        }
    }
}
