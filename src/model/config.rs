//! What site.yaml says.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Severity, Span};
use crate::markdown::{Block, Document, Html};

use super::figure::{Context, Currency};
use super::{Id, Spanned, Target};

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Plain text.
    pub title: String,
    /// What the site is about, in a sentence; plain text.
    pub description: String,
    /// The description as a block, with its place, for its figures.
    pub description_block: Block,
    /// The address it will have, without a trailing slash.
    pub url: Option<String>,
    /// What the ids of feed entries hang on: the `id` of site.yaml, or one made of the title.
    pub id: Id,
    /// BCP 47 tag.
    pub language: String,
    /// What a bare `$` means.
    pub currency: Option<Currency>,
    /// Who writes it.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The licence of the texts.
    pub licence: Option<String>,
    /// The theme's name, with its place where it is typed.
    pub theme: String,
    /// Where the theme's name is typed.
    pub theme_span: Option<Span>,
    /// Values for the theme's variables.
    pub variables: BTreeMap<String, Spanned<String>>,
    /// The links at the top.
    pub navigation: Vec<NavigationItem>,
    /// The groups in their order; `None` where site.yaml does not list them, so that any id is allowed.
    pub groups: Option<Vec<Group>>,
    /// The levels of rules, by code.
    pub rules: BTreeMap<Code, Level>,
    /// What becomes of raw HTML.
    pub html: Html,
    /// Whether stored copies of sources are published.
    pub publish_evidence: bool,
    /// What a build writes beside the pages.
    pub outputs: Outputs,
    /// Where `dateline publish` can put the site, in the order of site.yaml.
    pub targets: Vec<Target>,
    /// The editions that a build makes, each once.
    pub editions: Vec<Edition>,
}

impl Config {
    /// Returns the site's name for files: its title as a slug, cut after a word where it is long.
    pub fn file_name(&self) -> String {
        const LONGEST: usize = 60;
        let slug = crate::markdown::slug(&self.title);
        let short = match slug.char_indices().nth(LONGEST) {
            Some((end, _)) => slug[..end].rsplit_once('-').map_or(&slug[..end], |(words, _)| words),
            None => &slug,
        };
        Id::parse(short).map_or_else(|| "site".to_owned(), |id| id.to_string())
    }

    /// Returns where a build puts an edition, relative to the root of the output.
    pub fn edition_path(&self, edition: Edition) -> String {
        format!("editions/{}.{}", self.file_name(), edition.extension())
    }

    /// Returns what the site says once for all its figures.
    pub fn figures(&self) -> Context {
        Context { currency: self.currency }
    }
}

/// A form of the whole site that can be handed on as one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// One HTML file that opens by itself.
    Single,
    /// The built site, packed.
    Zip,
    /// A book for e-readers.
    Epub,
}

impl Edition {
    /// Every edition.
    pub const ALL: [Self; 3] = [Self::Single, Self::Zip, Self::Epub];

    /// Returns the word used in site.yaml and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Zip => "zip",
            Self::Epub => "epub",
        }
    }

    /// Returns what the name of its file ends with.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Single => "html",
            Self::Zip => "zip",
            Self::Epub => "epub",
        }
    }
}

/// The level of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Said with this severity.
    Say(Severity),
    /// Not said.
    Off,
}

/// What a build writes beside the pages. Everything is on unless switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outputs {
    /// `all.html`, the whole site on one page.
    pub all: bool,
    /// A social card for each page.
    pub cards: bool,
    /// The service worker and the web app manifest.
    pub offline: bool,
    /// `data/`.
    pub data: bool,
    /// Feeds.
    pub feeds: bool,
}

/// A link at the top of every page.
#[derive(Clone, Debug)]
pub struct NavigationItem {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub target: NavigationTarget,
}

/// Where a link of the navigation leads.
#[derive(Clone, Debug)]
pub enum NavigationTarget {
    /// A file of the content, or a page that the program makes: relative to `content/`, with an anchor at will.
    File(Spanned<String>),
    /// An address outside.
    Url(Spanned<String>),
}

/// A group of events.
#[derive(Clone, Debug)]
pub struct Group {
    /// Unique over the groups.
    pub id: Spanned<Id>,
    /// What it is called.
    pub title: String,
    /// What it is.
    pub summary: Option<Document>,
}
