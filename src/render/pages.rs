//! Which pages there are, which template each has, and what it gets.

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Value};

use crate::model::{Change, Id, Kind, Site, group_path};
use crate::output::Shelf;
use crate::view::{PageMeta, Place, made_anchor, page_anchor};

use super::Renderer;

/// A page to render.
pub(super) enum Job {
    /// The home page: its place in `Site::pages`.
    Home(usize),
    /// An event: its place on the timeline.
    Event(usize),
    /// Another page made from a file: its place in `Site::pages`.
    Page(usize),
    /// A group: its place in the index's groups.
    Group(usize),
    /// Every question with its claims.
    Ledger,
    /// Every source.
    Sources,
    /// Every correction.
    Corrections,
    /// What the files of `data/` hold.
    Data,
    /// What a host shows for an address that is not there.
    NotFound,
}

/// Lists the pages of a site.
pub(super) fn jobs(site: &Site, data: bool) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (at, page) in site.pages.iter().enumerate() {
        match page.kind {
            Kind::Home => jobs.push(Job::Home(at)),
            Kind::Page => jobs.push(Job::Page(at)),
            Kind::Event => {}
        }
    }
    jobs.extend((0..site.timeline.len()).map(Job::Event));
    jobs.extend((0..site.index.groups().len()).map(Job::Group));
    jobs.extend([Job::Ledger, Job::Sources, Job::Corrections, Job::NotFound]);
    jobs.extend(data.then_some(Job::Data));
    jobs
}

impl Job {
    /// Returns the template's name.
    pub(super) fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Event(_) => "event.html",
            Self::Page(_) => "page.html",
            Self::Group(_) => "group.html",
            Self::Ledger => "ledger.html",
            Self::Sources => "sources.html",
            Self::Corrections => "corrections.html",
            Self::Data => "data.html",
            Self::NotFound => "404.html",
        }
    }

    /// Returns its turn: what takes long comes first.
    pub(super) fn turn(&self) -> u8 {
        match self {
            Self::Sources => 0,
            Self::Home(_) => 1,
            Self::Ledger => 2,
            Self::Group(_) | Self::Corrections => 3,
            Self::Page(_) | Self::Event(_) | Self::Data | Self::NotFound => 4,
        }
    }

    /// Returns where it is written.
    pub(super) fn path(&self, site: &Site) -> String {
        match self {
            Self::Home(at) | Self::Page(at) => site.pages[*at].path.clone(),
            Self::Event(at) => site.pages[site.timeline[*at]].path.clone(),
            Self::Group(at) => group_path(self.group(site, *at)),
            Self::Ledger | Self::Sources | Self::Corrections | Self::Data | Self::NotFound => {
                self.template().to_owned()
            }
        }
    }

    /// Returns what a message calls it: its file, or where it is written.
    pub(super) fn name(&self, site: &Site) -> String {
        match self {
            Self::Home(at) | Self::Page(at) => site.pages[*at].file.to_string(),
            Self::Event(at) => site.pages[site.timeline[*at]].file.to_string(),
            _ => self.path(site),
        }
    }

    /// Returns the anchor that it has as a section of a document; `None` where such a document does not hold it.
    pub(super) fn anchor(&self, site: &Site) -> Option<String> {
        match self {
            Self::Home(at) | Self::Page(at) => Some(page_anchor(&site.pages[*at])),
            Self::Event(at) => Some(page_anchor(&site.pages[site.timeline[*at]])),
            _ => made_anchor(&self.path(site)),
        }
    }

    /// Tells whether it may show something new: its own text, or anything where anything may be.
    pub(super) fn shows(&self, change: &Change, site: &Site) -> bool {
        match self {
            Self::Home(at) | Self::Page(at) => change.touches(*at),
            Self::Event(at) => change.touches(site.timeline[*at]),
            _ => *change == Change::Everything,
        }
    }

    /// Has the bytes kept; those that the making of other files asks for stay at hand.
    pub(super) fn kept<S: Shelf>(&self, bytes: Vec<u8>, shelf: &S) -> S::Content {
        match self {
            Self::NotFound => Arc::<[u8]>::from(bytes).into(),
            _ => shelf.keep(bytes),
        }
    }

    fn group<'s>(&self, site: &'s Site, at: usize) -> &'s Id {
        &site.index.groups()[at].0
    }
}

/// What a page is rendered as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A file of its own.
    File,
    /// A section of a document that holds the whole site.
    Section,
}

impl Form {
    fn of(self, place: Place, id: Option<&str>) -> Place {
        match self {
            Self::File => place,
            Self::Section => place.in_document(id),
        }
    }
}

impl Renderer<'_> {
    /// Puts into a context what the template of a page gets.
    pub(super) fn fill(&self, job: &Job, form: Form, context: &mut Context) {
        match job {
            Job::Home(at) => {
                let page = &self.site.pages[*at];
                let place = form.of(self.views.place(page), Some(page.id.value.as_str()));
                put(context, "page", &self.views.page_meta(page, &place));
                put(context, "home", &self.views.home(page, &place));
            }
            Job::Event(at) => self.article(self.site.timeline[*at], Some(*at), form, context),
            Job::Page(at) => self.article(*at, None, form, context),
            Job::Group(at) => {
                let (id, events) = &self.site.index.groups()[*at];
                let place = form.of(Place::new(&group_path(id), "site.yaml"), None);
                let group = self.views.group(id, &place);
                put(context, "page", &self.made("group", &group.title, &place));
                put(context, "group", &group);
                put(context, "timeline", &self.views.group_timeline(events, &place));
            }
            Job::Ledger => self.list("ledger", "questions", form, context, |place| {
                Value::from_serializable(&self.views.ledger(place))
            }),
            Job::Sources => self
                .list("sources", "list", form, context, |place| Value::from_serializable(&self.views.sources(place))),
            Job::Corrections => {
                self.list("corrections", "corrections", form, context, |place| {
                    Value::from_serializable(&self.views.corrections(place))
                });
            }
            Job::Data => {
                self.list("data", "files", form, context, |_| {
                    let files: Vec<_> = self.data().iter().map(|made| &made.file).collect();
                    Value::from_serializable(&files)
                });
            }
            Job::NotFound => {
                let place = Place::new("404.html", "site.yaml");
                put(context, "page", &self.made("not-found", &self.title("not-found"), &place));
            }
        }
    }

    fn article(&self, at: usize, event: Option<usize>, form: Form, context: &mut Context) {
        let page = &self.site.pages[at];
        let place = form.of(self.views.place(page), Some(page.id.value.as_str()));
        let neighbours = event.map_or((None, None), |event| self.views.neighbours(event));
        put(context, "page", &self.views.page_meta(page, &place));
        put(context, "article", &self.views.article(page, neighbours, &place));
    }

    /// Fills a page that lists what the whole site holds.
    fn list(
        &self,
        kind: &'static str,
        name: &'static str,
        form: Form,
        context: &mut Context,
        view: impl Fn(&Place) -> Value,
    ) {
        let place = form.of(Place::new(&format!("{kind}.html"), "site.yaml"), None);
        put(context, "page", &self.made(kind, &self.title(kind), &place));
        context.insert_value(name, view(&place));
    }

    pub(super) fn made(&self, kind: &'static str, title: &str, place: &Place) -> PageMeta {
        self.views.made_meta(kind, title, place)
    }

    /// Returns the theme's title for a page that the program makes: the interface word `KIND_title`, or `KIND`.
    pub(super) fn title(&self, kind: &str) -> String {
        let words = &self.theme.words.interface;
        let name = kind.replace('-', "_");
        let word = words.get(&format!("{name}_title")).or_else(|| words.get(&name)).and_then(serde_json::Value::as_str);
        word.unwrap_or(kind).to_owned()
    }
}

pub(super) fn put<T: Serialize>(context: &mut Context, name: &'static str, value: &T) {
    context.insert_value(name, Value::from_serializable(value));
}
