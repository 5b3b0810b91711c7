//! The addresses outside that a site names: of sources and their kept copies, in texts, in the navigation.
//!
//! An address that stands in many places is one [`Address`]. `mailto:` and `tel:` are not asked, and neither are links in
//! raw HTML, which have no place of their own.

use std::collections::BTreeMap;

use url::Url;

use crate::diagnostic::Span;
use crate::file::Files;
use crate::markdown::{Document, Hole, Target};
use crate::model::date::FullDate;
use crate::model::{NavigationTarget, Site, Source, Spanned};

/// An address outside, with every place that names it.
#[derive(Clone, Debug)]
pub struct Address {
    /// As it is asked: normalised, without its fragment.
    pub url: String,
    /// Its host; empty where the address is none.
    pub host: String,
    /// Where it stands, at least one place.
    pub places: Vec<Place>,
}

/// A place that names an address.
#[derive(Clone, Debug)]
pub struct Place {
    /// The address in the file, or the whole link where it is written otherwise.
    pub span: Span,
    /// As typed.
    pub typed: String,
    /// What the address is there.
    pub role: Role,
}

/// What an address is at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The `URL` of a source.
    Source {
        /// Its kept copy.
        archive: Option<String>,
        /// The day on which an editor last read it there.
        accessed: Option<FullDate>,
    },
    /// The kept copy of a source.
    Archive,
    /// A link in a text or at the top.
    Link,
}

/// Gathers the addresses of a site, sorted.
pub fn addresses(site: &Site, files: &Files) -> Vec<Address> {
    let mut gathered = Gathered { files, addresses: BTreeMap::new() };
    for source in site.sources.values() {
        gathered.source(source);
    }
    let pages = site.pages.iter().flat_map(|page| page.documents().map(|(_, document)| document));
    let questions = site.questions.iter().filter_map(|question| question.note.as_ref());
    let groups = site.config.groups.iter().flatten().filter_map(|group| group.summary.as_ref());
    pages.chain(questions).chain(groups).for_each(|document| gathered.document(document));
    for item in &site.config.navigation {
        if let NavigationTarget::Url(url) = &item.target {
            gathered.spanned(url, Role::Link);
        }
    }
    gathered.addresses.into_values().collect()
}

struct Gathered<'a> {
    files: &'a Files,
    addresses: BTreeMap<String, Address>,
}

impl Gathered<'_> {
    fn source(&mut self, source: &Source) {
        let archive = source.archive.as_ref();
        if let Some(url) = &source.url {
            let archive = archive.map(|archive| archive.value.clone());
            self.spanned(url, Role::Source { archive, accessed: source.accessed });
        }
        archive.into_iter().for_each(|archive| self.spanned(archive, Role::Archive));
        source.note.iter().for_each(|note| self.document(note));
    }

    fn document(&mut self, document: &Document) {
        for hole in document.holes() {
            if let Hole::Link(link) = hole
                && let Target::External(address) = &link.target
            {
                self.add(address, &link.span, Role::Link);
            }
        }
    }

    fn spanned(&mut self, address: &Spanned<String>, role: Role) {
        if matches!(Target::of(&address.value), Target::External(_)) {
            self.add(&address.value, &address.span, role);
        }
    }

    fn add(&mut self, typed: &str, span: &Span, role: Role) {
        let parsed = Url::parse(typed).ok();
        if parsed.as_ref().is_some_and(|url| !is_web(url)) {
            return;
        }
        let (url, host) = match parsed {
            Some(mut url) => {
                url.set_fragment(None);
                let host = url.host_str().unwrap_or_default().to_owned();
                (url.to_string(), host)
            }
            None => (typed.to_owned(), String::new()),
        };
        let place = Place { span: self.narrowed(typed, span), typed: typed.to_owned(), role };
        let address = self.addresses.entry(url.clone()).or_insert_with(|| Address { url, host, places: Vec::new() });
        address.places.push(place);
    }

    /// Returns the place of the address itself within a link, where it is written there letter by letter.
    fn narrowed(&self, typed: &str, span: &Span) -> Span {
        let text = self.files.text(&span.file).and_then(|text| text.get(span.start..span.end));
        match text.and_then(|text| text.rfind(typed)) {
            Some(at) => Span::new(&span.file, span.start + at..span.start + at + typed.len()),
            None => span.clone(),
        }
    }
}

/// Tells whether an address is one of the web.
pub(super) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}
