//! Claims as rows of a table: what a reader downloads from the ledger, and what stands in `data/`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::figure::Amount;
use crate::model::{Claim, Page, Site};

use super::Views;

/// A claim, flat: the same fields in CSV and in JSON.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimRow {
    /// The claim's id.
    pub id: String,
    /// The id of the question that it answers.
    pub question: Option<String>,
    /// The figure as an editor typed it: `up to 2 billion USD`.
    pub figure: Option<String>,
    /// The hedge, in its words.
    pub hedge: Option<String>,
    /// The number, or the lower end of a range: exact decimal digits, multiplied out.
    pub number: Option<String>,
    /// The upper end of a range.
    pub number_high: Option<String>,
    /// An ISO 4217 code, `%`, or what is counted.
    pub unit: Option<String>,
    /// What is claimed, where it is not a figure; plain text.
    pub statement: Option<String>,
    /// The time that it is about, as EDTF.
    pub period: Option<String>,
    /// Who said it.
    pub said_by: Option<String>,
    /// `estimate`, `allegation`, `confirmed` or `disputed`.
    pub status: Option<String>,
    /// The ids of its sources, divided by spaces.
    pub sources: String,
    /// The id of the claim that it disputes.
    pub disputes: Option<String>,
    /// The caveat; plain text.
    pub note: Option<String>,
    /// The page that makes it, relative to the root of the site.
    pub page: String,
}

impl Views<'_> {
    /// Makes the rows of every claim, in the order of the timeline.
    pub fn rows(&self) -> Vec<ClaimRow> {
        self.site.claims().map(|(page, claim)| row(page, claim)).collect()
    }

    /// Makes the rows of each question that has claims: its id, and its rows.
    pub fn question_rows(&self) -> Vec<(String, Vec<ClaimRow>)> {
        let questions = self.site.questions.iter().map(|question| question.id.value.as_str());
        let rows = questions.map(|id| (id.to_owned(), answers(self.site, id)));
        rows.filter(|(_, rows)| !rows.is_empty()).collect()
    }
}

fn answers(site: &Site, question: &str) -> Vec<ClaimRow> {
    let claims = site.index.answers(question).iter().map(|at| site.claim_at(*at));
    claims.map(|(page, claim)| row(page, claim)).collect()
}

fn row(page: &Page, claim: &Claim) -> ClaimRow {
    let figure = claim.figure.as_ref().map(|figure| &figure.value);
    let (number, number_high) = match figure.map(|figure| &figure.amount) {
        Some(Amount::Number(number)) => (Some(number.value().to_string()), None),
        Some(Amount::Range(low, high)) => (Some(low.value().to_string()), Some(high.value().to_string())),
        None => (None, None),
    };
    let sources: Vec<&str> = claim.sources.iter().map(|source| source.id.value.as_str()).collect();
    ClaimRow {
        id: claim.id.value.to_string(),
        question: claim.question.as_ref().map(|id| id.value.to_string()),
        figure: figure.map(ToString::to_string),
        hedge: figure.and_then(|figure| figure.hedge.as_ref()).map(ToString::to_string),
        number,
        number_high,
        unit: figure.map(|figure| figure.unit.to_string()),
        statement: claim.statement.as_ref().map(crate::markdown::Document::plain),
        period: claim.period.as_ref().map(|date| date.value.as_str().to_owned()),
        said_by: claim.said_by.as_ref().map(|by| by.value.clone()),
        status: claim.status.map(|status| status.name().to_owned()),
        sources: sources.join(" "),
        disputes: claim.disputes.as_ref().map(|id| id.value.to_string()),
        note: claim.note.as_ref().map(crate::markdown::Document::plain),
        page: format!("{}#claim-{}", page.path, claim.id.value),
    }
}
