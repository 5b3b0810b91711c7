//! What feeds are made of, and what refers to them.

use schemars::JsonSchema;
use serde::Serialize;

/// The feeds of a site: paths relative to the root of the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FeedLinks {
    /// Atom.
    pub atom: String,
    /// JSON Feed.
    pub json: String,
}

/// The newest entries of a site. Addresses are whole where site.yaml has `url`, and relative to the root otherwise.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FeedView {
    /// `urn:uuid:…`, made of the site's id.
    pub id: String,
    /// When the newest entry was changed: RFC 3339, at midnight UTC of the day in the front matter.
    pub updated: String,
    /// The home page.
    pub home: String,
    /// What stands before `feed.xml` in its own whole address; `None` without `url`.
    pub base: Option<String>,
    /// At most [`FeedView::LONGEST`], the newest first.
    pub entries: Vec<FeedEntry>,
}

/// A page, or a correction of one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FeedEntry {
    /// `urn:uuid:…`, made of the ids of site and page; of a correction also of its day, its kind and its number.
    pub id: String,
    /// Its title, plain.
    pub title: String,
    /// The page.
    pub address: String,
    /// The summary, plain.
    pub summary: Option<String>,
    /// The whole text, with its notes and sources, sanitised.
    pub content_html: String,
    /// RFC 3339.
    pub published: String,
    /// RFC 3339.
    pub updated: String,
    /// Ids and titles of groups; of a correction its kind.
    pub categories: Vec<FeedCategory>,
}

/// What an entry is filed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FeedCategory {
    /// The group's id, or `correction`, `clarification`, `update`, `retraction`.
    pub term: String,
    /// Its title, or the kind in the site's language.
    pub label: String,
}

impl FeedView {
    /// The most entries that a feed has. Feeds are fetched again and again; all events are in `data/timeline.json`.
    pub const LONGEST: usize = 50;
}
