//! What a search of the site finds.

use schemars::JsonSchema;
use serde::Serialize;

/// One thing that a search finds: a line of `static/search-index.js`. What is not there is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SearchEntry {
    /// `event`, `page`, `claim`, `question` or `source`.
    pub kind: &'static str,
    /// Its title; for a claim with a figure the question that it answers, or the page that makes it; for a claim without
    /// one its statement.
    pub title: String,
    /// The hedge of a claim's figure: `up to`. It is shown wherever the figure is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hedge: Option<String>,
    /// The figure of a claim without its hedge: `$2bn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
    /// Who said a claim, or who wrote and published a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The date, or the time that a claim is about, written out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The status of a claim, in the site's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Its summary or note, plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What is searched and not shown: the headings of a page, the figure of a claim in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
    /// Its address, relative to the root of the output.
    pub path: String,
}
