//! What every page gets: the site, and the page itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{CardLink, EditionLink, FeedLinks};

/// What every template gets as `site`: the same on every page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SiteView {
    /// The site's title.
    pub title: String,
    /// What the site is about, in a sentence.
    pub description: String,
    /// BCP 47 language tag, for `lang`.
    pub language: String,
    /// `ltr` or `rtl`, for `dir`.
    pub dir: &'static str,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The licence of the texts.
    pub licence: Option<String>,
    /// The address it will have, without a trailing slash, where site.yaml gives one.
    pub url: Option<String>,
    /// The links at the top.
    pub navigation: Vec<NavigationView>,
    /// The groups, in the order of site.yaml, that have at least one event.
    pub groups: Vec<GroupLink>,
    /// How much there is.
    pub counts: Counts,
    /// The `variables` of site.yaml over those of theme.yaml, as CSS custom properties.
    pub variables: Vec<Variable>,
    /// Whether the site has a ledger (any claim), and so a link to it.
    pub has_ledger: bool,
    /// Whether `static/search-index.js` is there: theme.yaml asks for it.
    pub search: bool,
    /// Every claim as CSV and as JSON, where there are claims and `outputs` has `data` on.
    pub downloads: Option<Downloads>,
    /// Whether there is `all.html`, the whole site on one page.
    pub has_all: bool,
    /// Whether the site is kept for reading without a network: pages then load `static/offline.js`.
    pub offline: bool,
    /// The editions to hand on.
    pub editions: Vec<EditionLink>,
    /// The feeds, where there are any.
    pub feeds: Option<FeedLinks>,
    /// The page that explains the files of `data/`, where `outputs` has `data` on and the theme has `data.html`.
    pub data_page: Option<String>,
}

/// A theme variable: `--name: value`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Variable {
    /// Its name, without the dashes.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// How much a site holds.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Counts {
    /// Events on the timeline.
    pub events: usize,
    /// Claims on all pages.
    pub claims: usize,
    /// Sources listed.
    pub sources: usize,
    /// Corrections made.
    pub corrections: usize,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NavigationView {
    /// What it says.
    pub title: String,
    /// Where it leads, relative to the root of the output; a whole address where `external`.
    pub path: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// What every template gets as `page`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PageMeta {
    /// `home`, `event`, `page`, `ledger`, `sources`, `group`, `corrections`, `data` or `not-found`.
    pub kind: &'static str,
    /// Where it stands, relative to the root of the output; as a section of an edition, what addresses of its parts
    /// begin with: `#2021-thefts/`.
    pub path: String,
    /// What leads from it to the root of the output: empty, `../`, `../../`.
    pub root: String,
    /// The level of its own heading: 1; as a section of an edition that is one document, 2.
    pub level: u8,
    /// What its anchors begin with: nothing; as a section of an edition, its id and a slash.
    pub prefix: String,
    /// Its id, for pages made from a file of the content.
    pub id: Option<String>,
    /// Its title, as plain text.
    pub title: String,
    /// Its summary, as HTML for one paragraph.
    pub summary_html: Option<String>,
    /// Its summary as plain text, for `meta description`.
    pub description: Option<String>,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// Whether it is a draft, shown with `--drafts`.
    pub draft: bool,
    /// The fields under `extra:` in its front matter, as they were typed; not HTML, so a template escapes them.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Its whole address, where site.yaml has `url`: for `rel=canonical` and Open Graph.
    pub canonical: Option<String>,
    /// What it says as JSON-LD in schema.org's words, escaped to stand in a `<script>` of that type with `| safe`.
    pub json_ld: Option<String>,
    /// Its social card, where it has one.
    pub card: Option<CardLink>,
}

/// What `group.html` gets as `group`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is, where site.yaml says so.
    pub summary_html: Option<String>,
}

/// A link to a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GroupLink {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub path: String,
    /// How many events it has.
    pub events: usize,
}

/// A link to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// What it says.
    pub title: String,
    /// Where it leads, relative to the root of the output.
    pub path: String,
}

/// A date, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DateView {
    /// As a reader of the site's language writes it, never more precise than it is: `c. June 2021`.
    pub text: String,
    /// For `<time datetime>`, where HTML has a form for it.
    pub iso: Option<String>,
}

/// Files to download.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Downloads {
    /// Comma-separated values.
    pub csv: String,
    /// JSON.
    pub json: String,
}
