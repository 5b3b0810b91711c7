//! The front matter of events and pages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::text_or_map;

/// The front matter of an event or a page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Dateline page")]
pub struct RawPage {
    /// The title, in plain text. A figure in it must match a claim of the page.
    pub title: String,
    /// A shorter title, for the overview strip, where the title has no room.
    pub title_short: Option<String>,
    /// When it happened, as an EDTF date: `2019-08-05`, `2019-08`, `2019`, `2019~` (about), `2020/2021-06` (from, to),
    /// `../2021-12` (until). Events must have one.
    #[schemars(extend("format" = "edtf"))]
    #[schemars(example = &"2019-08-05")]
    #[schemars(example = &"2019~")]
    #[schemars(example = &"2020/2021-06")]
    pub date: Option<String>,
    /// One or two sentences of Markdown, for the timeline and for lists. Write it as a block (`>-`).
    pub summary: Option<String>,
    /// The id, if it should not be the file's name without `.md`. Links and anchors hang on it.
    pub id: Option<String>,
    /// The day on which the page came out, as `2026-11-20`: for feeds and search engines.
    #[schemars(extend("format" = "edtf"))]
    #[schemars(example = &"2026-11-20")]
    pub published: Option<String>,
    /// The day on which it was last changed.
    #[schemars(extend("format" = "edtf"))]
    pub updated: Option<String>,
    /// `key` for the events that carry the story, `context` (as if left out) for the others.
    pub importance: Option<RawImportance>,
    /// The groups that the event belongs to, by id.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What the page as a whole rests on: ids of sources.yaml, or `{id: …, locator: …}`.
    #[serde(default)]
    pub sources: Vec<RawSourceRef>,
    /// Who said what, how surely, and where.
    #[serde(default)]
    pub claims: Vec<RawClaim>,
    /// A picture, shown above the text.
    pub media: Option<RawMedia>,
    /// What was put right, and when.
    #[serde(default)]
    pub corrections: Vec<RawCorrection>,
    /// `true` keeps the page out of a build without `--drafts`.
    #[serde(default)]
    pub draft: bool,
    /// Other addresses that lead here, such as `old/address.html`.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Fields of your own, as you like. No page shows them; templates find them as `page.extra`. `dateline import` keeps here
    /// what has no other place.
    #[serde(default)]
    pub extra: BTreeMap<String, Value>,
}

/// How much an event carries of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawImportance {
    /// It carries the story.
    Key,
    /// It stands around it.
    Context,
}

/// A claim.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawClaim {
    /// The id, unique over the site; texts link to it with `[up to $2bn](claim:ID)`.
    pub id: String,
    /// The question of questions.yaml that it answers.
    pub question: Option<String>,
    /// Hedge, number and unit: `up to 2 billion USD`, `at least 7 attacks`, `40 %`.
    #[schemars(example = &"up to 2 billion USD")]
    #[schemars(example = &"at least 7 attacks")]
    #[schemars(example = &"40 %")]
    pub figure: Option<String>,
    /// What is claimed, where it is not a figure. A line of Markdown.
    pub statement: Option<String>,
    /// The time that the claim is about, as an EDTF date: `2015-12/2019-05`.
    #[schemars(extend("format" = "edtf"))]
    #[schemars(example = &"2015-12/2019-05")]
    pub period: Option<String>,
    /// Who said it, spelt the same everywhere.
    #[schemars(example = &"UN Panel of Experts")]
    pub said_by: Option<String>,
    /// How it stands.
    pub status: Option<RawStatus>,
    /// Where it is found: ids of sources.yaml, or `{id: …, locator: …}`.
    #[serde(default)]
    pub sources: Vec<RawSourceRef>,
    /// A caveat. A line of Markdown.
    pub note: Option<String>,
    /// The id of the claim that this one disputes.
    pub disputes: Option<String>,
}

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawStatus {
    /// Somebody counted or computed it.
    Estimate,
    /// Somebody accuses somebody.
    Allegation,
    /// It is established.
    Confirmed,
    /// Somebody with standing says otherwise.
    Disputed,
}

/// The picture of a page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawMedia {
    /// The file, relative to `content/`: `media/chamber.jpg`.
    pub file: String,
    /// Where the picture leads, such as a video elsewhere of which it is a still: `https://example.org/video`. Nothing of
    /// that place is shown or asked for.
    pub url: Option<String>,
    /// What the picture shows, for those who cannot see it. `""` for a picture that only decorates.
    pub alt: Option<String>,
    /// The caption. A line of Markdown.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Under which licence: `CC BY 4.0`.
    pub licence: Option<String>,
}

/// A correction.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawCorrection {
    /// When it was made, as `2026-11-20`.
    #[schemars(extend("format" = "edtf"))]
    pub date: String,
    /// What kind of change it was.
    #[serde(default)]
    pub kind: RawCorrectionKind,
    /// What was wrong, and what it says now. A line of Markdown.
    pub note: String,
}

/// The kinds of change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawCorrectionKind {
    /// Something was wrong.
    #[default]
    Correction,
    /// Something could be misread.
    Clarification,
    /// Something new was added.
    Update,
    /// Something is taken back.
    Retraction,
}

/// A source that is cited: its id, or its id and where in it.
#[derive(Debug)]
pub struct RawSourceRef {
    /// The id, of sources.yaml.
    pub id: String,
    /// Where in the source: `para. 3`.
    pub locator: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "SourceWithLocator")]
struct SourceRefMap {
    /// The id, of sources.yaml.
    id: String,
    /// Where in the source: `para. 3`.
    locator: Option<String>,
}

impl From<SourceRefMap> for RawSourceRef {
    fn from(map: SourceRefMap) -> Self {
        Self { id: map.id, locator: map.locator }
    }
}

text_or_map!(RawSourceRef, SourceRefMap, "the id of a source, or `{id: …, locator: …}`", |id| RawSourceRef {
    id,
    locator: None
});
