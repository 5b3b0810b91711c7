//! Sources, and notes that lead back to the text.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ClaimRef, DateView, Link};

/// A source in full.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceView {
    /// Its id.
    pub id: String,
    /// `source-ID`.
    pub anchor: String,
    /// Its place on the page of sources.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Who wrote it: `Edith M. Lederer`, `A and B`.
    pub authors: Option<String>,
    /// The newspaper, site or series it stands in.
    pub container: Option<String>,
    /// Its number, where it stands in no container: `S/2019/691`.
    pub number: Option<String>,
    /// Who publishes it, where that says more than the container.
    pub publisher: Option<String>,
    /// When it came out.
    pub issued: Option<DateView>,
    /// Where it is.
    pub url: Option<String>,
    /// A kept copy.
    pub archive: Option<String>,
    /// The stored copy, relative to the root of the output, where the site publishes it.
    pub evidence: Option<String>,
    /// When it was last read.
    pub accessed: Option<DateView>,
    /// The source it reports on.
    pub origin: Option<Link>,
    /// A remark.
    pub note_html: Option<String>,
    /// Its name in a few words: `Associated Press, 5 August 2019`.
    pub short: String,
}

/// A source as one page cites it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CitedView {
    /// Its number on the page, from 1.
    pub number: usize,
    /// `cite-N`, its anchor in the page's list.
    pub anchor: String,
    /// The source.
    pub source: SourceView,
    /// Where in it the page as a whole looked (from `sources` in front matter).
    pub locator: Option<String>,
    /// The places that cite it, to lead back to: anchors on the same page.
    pub backlinks: Vec<Backlink>,
}

/// A way back from a note to the text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Backlink {
    /// The anchor in the text.
    pub anchor: String,
    /// Where in the source this place points: `para. 3`.
    pub locator: Option<String>,
}

/// A footnote.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FootnoteView {
    /// Its letter: `a`, `b`, … `z`, `aa`.
    pub letter: String,
    /// Its anchor in the page's list.
    pub anchor: String,
    /// Its text.
    pub html: String,
    /// The anchors in the text that refer to it.
    pub backlinks: Vec<String>,
}

/// What `sources.html` gets as `list`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListedSource {
    /// The source.
    pub source: SourceView,
    /// The claims that rest on it.
    pub claims: Vec<ClaimRef>,
    /// The pages that cite it.
    pub pages: Vec<Link>,
    /// The sources that report on it.
    pub reported_by: Vec<Link>,
}
