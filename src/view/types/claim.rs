//! Claims, figures and questions.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ChartView, DateView, Downloads, Link, Ready};

/// A figure, in the parts that typography sets apart: hedge, number, unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FigureView {
    /// What stands before the number: `up to`, `at least`, `almost`.
    pub hedge: Option<String>,
    /// What stands after the unit, in languages that hedge there: `초과` in `20억 달러 초과`. Print it as you print `hedge`.
    pub hedge_after: Option<String>,
    /// What stands before the number: `$`.
    pub before: String,
    /// The number, or both with an en dash: `400`, `1.4–1.46`.
    pub number: String,
    /// What multiplies it, with the space before it where there is one: `m`, `bn`, ` Milliarden`; empty for none.
    pub scale: String,
    /// The unit after it, with the space before it where there is one: ` attacks`, `%`; empty for none.
    pub after: String,
    /// All of it in a line: `up to $2bn`.
    pub text: String,
}

/// A claim: who said what, how surely, and where.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimView {
    /// Its id.
    pub id: String,
    /// `claim-ID`, its anchor on its own page and in the ledger.
    pub anchor: String,
    /// The figure, for a claim that has one.
    pub figure: Option<FigureView>,
    /// The statement, for a claim without a figure.
    pub statement_html: Option<String>,
    /// The time it is about.
    pub period: Option<DateView>,
    /// Who said it.
    pub said_by: String,
    /// `estimate`, `allegation`, `confirmed` or `disputed`.
    pub status: Option<&'static str>,
    /// The status in the site's language.
    pub status_text: Option<String>,
    /// What it rests on.
    pub sources: Vec<ClaimSource>,
    /// How many sources only report what one other source says, where that is so of all of them and they are several:
    /// two reports of one statement are not two confirmations.
    pub reports: Option<usize>,
    /// The source that they all lead to.
    pub origin: Option<Link>,
    /// A caveat.
    pub note_html: Option<String>,
    /// The question it answers, leading to the ledger.
    pub question: Option<Link>,
    /// The claim it disputes.
    pub disputes: Option<Link>,
    /// The claims that dispute it.
    pub disputed_by: Vec<Link>,
    /// The page that makes it, leading to the claim there.
    pub page: Link,
    /// Its place in the ledger.
    pub ledger_path: String,
}

/// A source of a claim, named in a few words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimSource {
    /// Its name in a few words: `Associated Press, 5 August 2019`.
    pub short: String,
    /// Where in it: `para. 3`.
    pub locator: Option<String>,
    /// Its place on the page of sources.
    pub path: String,
}

/// A claim in a few words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimRef {
    /// The figure in a line, or the statement.
    pub text: String,
    /// Who said it.
    pub said_by: String,
    /// Its place in the ledger.
    pub path: String,
}

/// A question with its claims side by side: what `ledger.html` gets in `questions`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuestionView {
    /// Its id; empty for the claims without a question.
    pub id: String,
    /// `question-ID`.
    pub anchor: String,
    /// The question.
    pub title: String,
    /// Why the answers differ.
    pub note_html: Option<String>,
    /// The claims: those of events in the order of the timeline, then those of other pages.
    pub claims: Vec<Ready<ClaimView>>,
    /// The same claims page by page, where they answer no question and only their pages order them.
    pub by_page: Vec<PageClaims>,
    /// A picture for each unit with at least two figures.
    pub charts: Vec<ChartView>,
    /// Its place in the ledger.
    pub path: String,
    /// The same rows as CSV and as JSON, relative to the root of the output, where `outputs` has `data` on.
    pub downloads: Option<Downloads>,
}

/// The claims that one page makes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PageClaims {
    /// The page.
    pub page: Link,
    /// Its claims.
    pub claims: Vec<Ready<ClaimView>>,
}
