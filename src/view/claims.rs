//! Claims as templates see them: figure, hedge, who, how surely, where.

use crate::model::figure::Figure;
use crate::model::{Claim, ClaimPlace, Page, SourceRef};

use super::escape;
use super::figures::FigureWriter;
use super::types::{ClaimSource, ClaimView, FigureView, Link};
use super::{Place, Views};

impl Views<'_> {
    /// Makes the view of a claim that stands on a page, for a place that shows it.
    pub(super) fn claim(&self, page: &Page, claim: &Claim, place: &Place) -> ClaimView {
        let id = claim.id.value.as_str();
        let from = place.typed_in(page.file.strip_prefix("content/").unwrap_or(&page.file));
        let question = claim.question.as_ref().and_then(|id| self.site.index.question(id.value.as_str()));
        let question = question.map(|at| &self.site.questions[at]);
        let origin = self.site.one_origin(claim);
        ClaimView {
            id: id.to_owned(),
            anchor: format!("{}claim-{id}", place.prefix()),
            figure: claim.figure.as_ref().map(|figure| self.figure(&figure.value)),
            statement_html: claim.statement.as_ref().map(|text| self.line(text, &from)),
            period: claim.period.as_ref().map(|date| self.date(&date.value)),
            said_by: claim.said_by.as_ref().map(|by| by.value.clone()).unwrap_or_default(),
            status: claim.status.map(crate::model::Status::name),
            status_text: claim.status.map(|status| self.words.status(status.name())),
            sources: claim.sources.iter().filter_map(|source| self.claim_source(source, place)).collect(),
            reports: origin.map(|_| self.site.reports(claim)),
            origin: origin.map(|origin| Link {
                title: self.source_short(origin),
                path: place.to_made(&format!("sources.html#source-{}", origin.id.value)),
            }),
            note_html: claim.note.as_ref().map(|text| self.line(text, &from)),
            question: question.map(|question| Link {
                title: question.title.clone(),
                path: place.to_made(&format!("ledger.html#question-{}", question.id.value)),
            }),
            disputes: claim
                .disputes
                .as_ref()
                .and_then(|id| self.site.index.claim(id.value.as_str()))
                .map(|at| self.claim_link(at, place)),
            disputed_by: self.site.index.disputed_by(id).iter().map(|at| self.claim_link(*at, place)).collect(),
            page: Link { title: page.title.value.clone(), path: place.to_page(page, Some(&format!("claim-{id}"))) },
            ledger_path: place.to_made(&format!("ledger.html#claim-{id}")),
        }
    }

    /// Makes the view of the claim at a place of the site.
    pub(super) fn claim_at(&self, at: ClaimPlace, place: &Place) -> ClaimView {
        let (page, claim) = self.site.claim_at(at);
        self.claim(page, claim, place)
    }

    /// Returns the claim that stands for a page: the first with a figure.
    pub(super) fn lead(&self, page: &Page, place: &Place) -> Option<ClaimView> {
        page.claims.iter().find(|claim| claim.figure.is_some()).map(|claim| self.claim(page, claim, place))
    }

    /// Names a claim in a few words: its figure, or its statement, and who said it.
    pub(super) fn claim_words(&self, claim: &Claim) -> String {
        match (&claim.figure, &claim.statement) {
            (Some(figure), _) => self.figure(&figure.value).text,
            (None, Some(statement)) => statement.plain().trim_end_matches('.').to_owned(),
            (None, None) => claim.id.value.to_string(),
        }
    }

    /// Makes the view of a figure: its parts, as typography sets them apart, in the language of the site.
    pub(super) fn figure(&self, figure: &Figure) -> FigureView {
        self.figure_written(figure, false)
    }

    /// Makes the view of a figure for the axis of a picture, where there is little room.
    pub(super) fn figure_on_axis(&self, figure: &Figure) -> FigureView {
        self.figure_written(figure, true)
    }

    fn figure_written(&self, figure: &Figure, brief: bool) -> FigureView {
        if let Some(words) = &self.words.figures {
            let digits = |ascii: &str| self.dates.digits(ascii);
            return FigureWriter::new(&self.site.config.language, words, &digits).write(figure, brief);
        }
        let parts = figure.parts(self.site.config.figures());
        let spaced = |part: &str, space: &str| {
            let space = if part.starts_with(char::is_alphabetic) { space } else { "" };
            format!("{space}{part}")
        };
        FigureView {
            text: parts.to_string(),
            scale: spaced(&parts.scale, if parts.before.is_empty() { "\u{a0}" } else { "" }),
            hedge: parts.hedge,
            hedge_after: None,
            before: parts.before,
            number: parts.number,
            after: spaced(&parts.after, " "),
        }
    }

    fn claim_link(&self, at: ClaimPlace, place: &Place) -> Link {
        let (_, claim) = self.site.claim_at(at);
        let by = claim.said_by.as_ref().map(|by| format!(" ({})", by.value)).unwrap_or_default();
        Link {
            title: format!("{}{by}", self.claim_words(claim)),
            path: place.to_made(&format!("ledger.html#claim-{}", claim.id.value)),
        }
    }

    fn claim_source(&self, source: &SourceRef, place: &Place) -> Option<ClaimSource> {
        let cited = self.site.sources.get(&source.id.value)?;
        Some(ClaimSource {
            short: self.source_short(cited),
            locator: source.locator.clone(),
            path: place.to_made(&format!("sources.html#source-{}", source.id.value)),
        })
    }

    /// Writes the card of a claim that stands in the margin beside its first mention.
    pub(super) fn claim_card(&self, at: ClaimPlace) -> String {
        let (_, claim) = self.site.claim_at(at);
        let Some(figure) = &claim.figure else { return String::new() };
        let figure = self.figure(&figure.value);
        let number = number_html(&figure);
        let hedge_html = |hedge: String| format!("<span class=\"hedge\">{}</span>", escape::html(&hedge));
        let hedge = figure.hedge.map(|hedge| hedge_html(hedge) + " ").unwrap_or_default();
        let after = figure.hedge_after.map(|hedge| " ".to_owned() + &hedge_html(hedge)).unwrap_or_default();
        let mut who: Vec<String> = Vec::new();
        who.extend(claim.period.as_ref().map(|date| escape::html(&self.date(&date.value).text)));
        who.extend(claim.said_by.as_ref().map(|by| format!("<b>{}</b>", escape::html(&by.value))));
        let status = claim.status.map(|status| {
            let word = escape::html(&self.words.status(status.name()));
            format!(" <span class=\"status status-{}\">{word}</span>", status.name())
        });
        format!(
            "<span class=\"sidenote claim-card\" role=\"note\">{hedge}<span class=\"num\">{number}</span>{after} <span class=\"who\">{}{}</span></span>",
            who.join(" · "),
            status.unwrap_or_default()
        )
    }
}

fn number_html(figure: &FigureView) -> String {
    let small = format!("{}{}", figure.scale, figure.after.replace(' ', "\u{a0}"));
    let small = if small.is_empty() { String::new() } else { format!("<small>{}</small>", escape::html(&small)) };
    format!("{}{}{small}", escape::html(&figure.before), escape::html(&figure.number))
}
