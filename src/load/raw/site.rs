//! site.yaml.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawTarget, text_or_map};

/// The settings of a site.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Dateline site")]
pub struct RawSite {
    /// The title, in plain text.
    pub title: String,
    /// What the site is about, in a sentence.
    #[serde(default)]
    pub description: String,
    /// The address that the site will have: `https://example.org/explainer`. Without it what needs whole addresses (site
    /// map, canonical links) is left out.
    #[schemars(example = &"https://example.org/explainer")]
    pub url: Option<String>,
    /// The id of the site, if it should not be made of its title. The ids of feed entries hang on it: write it down before
    /// you change the title, and readers see no entry twice.
    pub id: Option<String>,
    /// The language of the texts, as a BCP 47 tag: `en`, `en-US`, `ko`.
    #[serde(default = "english")]
    #[schemars(example = &"en")]
    #[schemars(example = &"en-US")]
    #[schemars(example = &"ko")]
    pub language: String,
    /// What a bare `$` means, as an ISO 4217 code: `USD`.
    #[schemars(example = &"USD")]
    pub currency: Option<String>,
    /// Who writes the site.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The licence of the texts: `CC BY 4.0`.
    #[schemars(example = &"CC BY 4.0")]
    pub licence: Option<String>,
    /// The theme: the name of a folder of `themes/`, or of one that the program carries.
    pub theme: Option<String>,
    /// Values for the theme's variables: colours, measures.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// The links at the top of every page.
    #[serde(default)]
    pub navigation: Vec<RawNavigation>,
    /// The groups, in their order: `thefts: Thefts`. Where they are listed, an event can only use these.
    pub groups: Option<BTreeMap<String, RawGroup>>,
    /// The levels of rules, by code: `unsourced-figure: warn`.
    #[serde(default)]
    pub rules: BTreeMap<String, RawLevel>,
    /// What becomes of HTML in texts.
    #[serde(default)]
    pub html: RawHtml,
    /// `true` publishes the stored copies in `evidence/`, linked from their sources. Mind their licences.
    #[serde(default)]
    pub publish_evidence: bool,
    /// What a build writes beside the pages.
    #[serde(default)]
    pub outputs: RawOutputs,
    /// Where `dateline publish` puts the site, by a name of your choice. Secrets never stand here: they come from the
    /// environment.
    #[serde(default)]
    pub targets: BTreeMap<String, RawTarget>,
    /// Files to hand on, put into `editions/` and linked from every page: `single`, one HTML file; `zip`, the built site,
    /// packed; `epub`, a book for e-readers.
    #[serde(default)]
    pub editions: Vec<RawEdition>,
}

/// A form of the whole site that can be handed on as one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawEdition {
    /// One HTML file that opens by itself.
    Single,
    /// The built site, packed.
    Zip,
    /// A book for e-readers.
    Epub,
}

fn english() -> String {
    "en".to_owned()
}

/// A link at the top: a file of the content or a page that the program makes, or an address outside.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawNavigation {
    /// What it says.
    pub title: String,
    /// The file, relative to `content/` (`pages/numbers.md`), or a page that the program makes (`ledger.html`).
    pub file: Option<String>,
    /// An address outside.
    pub url: Option<String>,
}

/// A group of events: its title, or its title and a summary.
#[derive(Debug)]
pub struct RawGroup {
    /// What it is called.
    pub title: String,
    /// What it is. A line of Markdown.
    pub summary: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "GroupWithSummary")]
struct GroupMap {
    /// What it is called.
    title: String,
    /// What it is. A line of Markdown.
    summary: Option<String>,
}

impl From<GroupMap> for RawGroup {
    fn from(map: GroupMap) -> Self {
        Self { title: map.title, summary: map.summary }
    }
}

text_or_map!(RawGroup, GroupMap, "the title of a group, or `{title: …, summary: …}`", |title| RawGroup {
    title,
    summary: None
});

/// The level of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawLevel {
    /// The site is not built.
    Error,
    /// It is said, and the site is built.
    Warn,
    /// It is not said.
    Off,
}

/// What becomes of HTML in texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawHtml {
    /// What is harmless stays.
    #[default]
    Sanitize,
    /// Everything stays.
    Allow,
    /// It is a mistake.
    Deny,
}

/// What a build writes beside the pages. Everything is on unless switched off.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in site.yaml")]
pub struct RawOutputs {
    /// `all.html`: the whole site on one page, for printing.
    pub all: bool,
    /// A social card, a picture, for each page. If left out, cards are made where the site has a `url`, without which no
    /// network can find them.
    pub cards: Option<bool>,
    /// What keeps the site for reading without a network.
    pub offline: bool,
    /// The folder `data/`.
    pub data: bool,
    /// The feeds.
    pub feeds: bool,
}

impl Default for RawOutputs {
    fn default() -> Self {
        Self { all: true, cards: None, offline: true, data: true, feeds: true }
    }
}
