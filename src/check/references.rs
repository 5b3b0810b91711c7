//! What is referred to by id is there: sources, claims, questions, origins.
//!
//! Where a file could not be read whole, what it may hold is not reported as missing: one mistake, one message.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Names, Span};
use crate::markdown::{Document, Hole};
use crate::model::{Id, Site, Source, SourceRef, Spanned};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut rule = References { site, missing: BTreeMap::new(), diagnostics };
    for page in &site.pages {
        page.sources.iter().for_each(|source| rule.source_ref(source));
        page.documents().for_each(|(_, document)| rule.document(document));
        for claim in &page.claims {
            claim.sources.iter().for_each(|source| rule.source_ref(source));
            if let Some(question) = &claim.question {
                rule.question(question.value.as_str(), &question.span);
            }
            if let Some(disputed) = &claim.disputes {
                rule.claim(disputed.value.as_str(), &disputed.span);
                rule.dispute(&claim.id.value, disputed);
            }
        }
    }
    for source in site.sources.values() {
        if let Some(origin) = &source.origin {
            rule.source(origin.value.as_str(), &origin.span);
        }
        source.note.iter().for_each(|note| rule.document(note));
    }
    rule.cycles();
    site.questions.iter().filter_map(|question| question.note.as_ref()).for_each(|note| rule.document(note));
    let groups = site.config.groups.iter().flatten();
    groups.filter_map(|group| group.summary.as_ref()).for_each(|summary| rule.document(summary));
    rule.report_missing();
}

/// How many places are shown of an id that is not there.
const MOST_PLACES: usize = 4;

/// Points at the first place, and at the next few.
fn pointed_at(diagnostic: Diagnostic, spans: &[Span]) -> Diagnostic {
    let Some((first, others)) = spans.split_first() else { return diagnostic };
    let left = others.len().saturating_sub(MOST_PLACES - 1);
    let diagnostic = diagnostic.at(first.clone(), "no such id");
    others.iter().take(MOST_PLACES - 1).enumerate().fold(diagnostic, |diagnostic, (index, span)| {
        let last = index + 2 == MOST_PLACES && left > 0;
        let label = if last {
            format!("also here, and in {left} more {}", if left == 1 { "place" } else { "places" })
        } else {
            "also here".to_owned()
        };
        diagnostic.and(span.clone(), label)
    })
}

/// How many ids are listed where none is near; more are no help.
const MOST_LISTED: usize = 6;

/// Lists the ids that there are, where they are few.
fn listed<'a>(ids: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut ids: Vec<&str> = ids.take(MOST_LISTED + 1).collect();
    ids.sort_unstable();
    (2..=MOST_LISTED).contains(&ids.len()).then(|| format!("`{}`", ids.join("`, `")))
}

/// The ids that there are of a kind.
struct OfAKind<'a> {
    what: &'static str,
    names: Names<'a>,
    listed: Option<String>,
}

impl<'a> OfAKind<'a> {
    fn new(what: &'static str, ids: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self { what, listed: listed(ids.clone()), names: Names::new(ids) }
    }
}

struct References<'a> {
    site: &'a Site,
    /// The ids that are not there, with the places that name them.
    missing: BTreeMap<(Code, String), Vec<Span>>,
    diagnostics: &'a mut Diagnostics,
}

impl References<'_> {
    fn document(&mut self, document: &Document) {
        for hole in document.holes() {
            match hole {
                Hole::Claim(claim) if claim.id != "none" => self.claim(&claim.id, &claim.span),
                Hole::Question(question) | Hole::QuestionBlock(question) => {
                    self.question(&question.id, &question.span);
                    self.answered(&question.id, &question.span);
                }
                Hole::Citation(citation) => {
                    citation.cited.iter().for_each(|cited| self.source(&cited.id, &cited.span));
                }
                _ => {}
            }
        }
    }

    /// Reports a claim that disputes itself.
    fn dispute(&mut self, claim: &Id, disputed: &Spanned<Id>) {
        if disputed.value == *claim {
            let diagnostic = Diagnostic::new(Code::BadValue, format!("the claim `{claim}` disputes itself"))
                .at(disputed.span.clone(), "this is its own id")
                .help("write the id of the claim that it disputes");
            self.diagnostics.push(diagnostic);
        }
    }

    fn source_ref(&mut self, source: &SourceRef) {
        self.source(source.id.value.as_str(), &source.id.span);
    }

    fn source(&mut self, id: &str, span: &Span) {
        if !self.site.sources.contains_key(id) && !self.site.unread.contains("sources.yaml") {
            self.missing.entry((Code::UnknownSource, id.to_owned())).or_default().push(span.clone());
        }
    }

    fn claim(&mut self, id: &str, span: &Span) {
        if self.site.index.claim(id).is_none() && !self.site.has_unread_pages() {
            self.missing.entry((Code::UnknownClaim, id.to_owned())).or_default().push(span.clone());
        }
    }

    fn question(&mut self, id: &str, span: &Span) {
        if self.site.index.question(id).is_none() && !self.site.unread.contains("questions.yaml") {
            self.missing.entry((Code::UnknownQuestion, id.to_owned())).or_default().push(span.clone());
        }
    }

    /// Reports a text that leads to a question which the ledger does not show, because it has no answers.
    fn answered(&mut self, id: &str, span: &Span) {
        let index = &self.site.index;
        if index.question(id).is_some() && index.answers(id).is_empty() && self.site.unread.is_empty() {
            let diagnostic = Diagnostic::new(Code::BrokenAnchor, format!("no claim answers the question `{id}`"))
                .at(span.clone(), "the ledger does not show it, and this leads to the top of the page")
                .help(format!("give a claim `question: {id}`, or write the text without a link"));
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports each id that is not there, once, with the places that name it.
    fn report_missing(&mut self) {
        if self.missing.is_empty() {
            return;
        }
        let site = self.site;
        let sources = OfAKind::new("source", site.sources.keys().map(Id::as_str));
        let claims = OfAKind::new("claim", site.index.claim_ids());
        let questions = OfAKind::new("question", site.index.question_ids());
        for ((code, id), mut spans) in std::mem::take(&mut self.missing) {
            spans.sort();
            spans.dedup();
            spans.retain(|span| !site.misnamed.contains(span));
            if spans.is_empty() {
                continue;
            }
            let (kind, other) = match code {
                Code::UnknownSource => (&sources, format!("add `{id}` to content/sources.yaml")),
                Code::UnknownClaim => {
                    (&claims, format!("add a claim with `id: {id}` to the front matter of the page that it belongs to"))
                }
                _ => (&questions, format!("add `{id}` to content/questions.yaml")),
            };
            let help = match (kind.names.nearest(&id), &kind.listed) {
                (Some(near), _) => format!("write `{near}`, or {other}"),
                (None, Some(known)) => format!("{other}; there are {known}"),
                (None, None) => other,
            };
            let diagnostic = Diagnostic::new(code, format!("there is no {} `{id}`", kind.what)).help(help);
            self.diagnostics.push(pointed_at(diagnostic, &spans));
        }
    }

    /// Reports the circles of sources that lead back to themselves through their origins, each once, at the first of it by
    /// id. No source is walked over twice, so that a long chain takes no longer than as many short ones.
    fn cycles(&mut self) {
        let mut seen = HashSet::new();
        for start in self.site.sources.values() {
            let (mut way, mut places) = (Vec::new(), HashMap::new());
            let mut next = Some(start);
            while let Some(source) = next {
                if let Some(place) = places.get(&source.id.value) {
                    self.cycle(&way[*place..]);
                    break;
                }
                if !seen.insert(&source.id.value) {
                    break;
                }
                places.insert(&source.id.value, way.len());
                way.push(source);
                next = source.origin.as_ref().and_then(|origin| self.site.sources.get(&origin.value));
            }
        }
    }

    fn cycle(&mut self, circle: &[&Source]) {
        let places = circle.iter().enumerate();
        let Some((at, first)) = places.min_by(|(_, a), (_, b)| a.id.value.cmp(&b.id.value)) else { return };
        let ring = circle[at..].iter().chain(&circle[..=at]);
        let names: Vec<&str> = ring.map(|source| source.id.value.as_str()).collect();
        self.report_cycle(first, &names.join("` → `"));
    }

    fn report_cycle(&mut self, source: &Source, way: &str) {
        let Some(origin) = &source.origin else { return };
        let diagnostic =
            Diagnostic::new(Code::OriginCycle, format!("sources report on each other in a circle: `{way}`"))
                .at(origin.span.clone(), "this leads back to itself")
                .help("take the `origin` away from the source that was first");
        self.diagnostics.push(diagnostic);
    }
}
