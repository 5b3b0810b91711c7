//! What is there and never used: claims without a link, sources without a citation, questions without an answer.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::{Document, Hole};
use crate::model::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    // What could not be read may be what uses it.
    if !site.unread.is_empty() {
        return;
    }
    let used = Used::of(site);
    for claim in site.pages.iter().flat_map(|page| &page.claims) {
        let id = claim.id.value.as_str();
        let answers = claim.question.is_some() || claim.disputes.is_some();
        if !used.claims.contains(id) && !answers {
            let help = format!("link a text to it: `[…](claim:{id})`, give it a `question`, or delete it");
            say(Code::UnusedClaim, format!("no text links to the claim `{id}`"), &claim.id.span, help, diagnostics);
        }
    }
    for source in site.sources.values() {
        let id = source.id.value.as_str();
        if !used.sources.contains(id) {
            let help = format!("cite it: `[@{id}]`, name it in `sources`, or delete it");
            say(Code::UnusedSource, format!("nothing cites the source `{id}`"), &source.id.span, help, diagnostics);
        }
    }
    for question in &site.questions {
        let id = question.id.value.as_str();
        // Where a text leads to it, that is the mistake, and told there.
        if site.index.answers(id).is_empty() && !used.questions.contains(id) {
            let help = format!("give a claim `question: {id}`, or delete the question");
            say(
                Code::UnusedQuestion,
                format!("no claim answers the question `{id}`"),
                &question.id.span,
                help,
                diagnostics,
            );
        }
    }
}

fn say(code: Code, message: String, span: &Span, help: String, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::new(code, message).at(span.clone(), "never used").help(help));
}

/// The ids that something refers to.
struct Used<'a> {
    claims: BTreeSet<&'a str>,
    questions: BTreeSet<&'a str>,
    sources: BTreeSet<&'a str>,
}

impl<'a> Used<'a> {
    fn of(site: &'a Site) -> Self {
        let mut used = Self { claims: BTreeSet::new(), questions: BTreeSet::new(), sources: BTreeSet::new() };
        for page in &site.pages {
            used.sources.extend(page.cited_ids());
            used.sources
                .extend(page.claims.iter().flat_map(|claim| &claim.sources).map(|source| source.id.value.as_str()));
            page.documents().for_each(|(_, document)| used.holes_of(document));
        }
        let notes = site.questions.iter().filter_map(|question| question.note.as_ref());
        let notes = notes.chain(site.sources.values().filter_map(|source| source.note.as_ref()));
        let summaries = site.config.groups.iter().flatten().filter_map(|group| group.summary.as_ref());
        notes.chain(summaries).for_each(|document| used.holes_of(document));
        used.sources.extend(
            site.sources.values().filter_map(|source| source.origin.as_ref()).map(|origin| origin.value.as_str()),
        );
        used
    }

    fn holes_of(&mut self, document: &'a Document) {
        for hole in document.holes() {
            match hole {
                Hole::Claim(claim) => {
                    self.claims.insert(claim.id.as_str());
                }
                Hole::Question(question) | Hole::QuestionBlock(question) => {
                    self.questions.insert(question.id.as_str());
                }
                _ => {}
            }
        }
    }
}
