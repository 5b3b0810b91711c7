//! The whole site in one document: its sections, the page `all.html`, and the editions made of both.
//!
//! Every section is a page of the site, rendered by `section.html` from the view that its own page has, with links that
//! lead within the document. Sections are rendered in parallel, and a view is dropped when its section is written, so
//! that a large site takes no more memory here than its text. What an edition looks like inside is `export`'s room.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::Value;
use uuid::Uuid;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::export::{self, Book, Imprint};
use crate::model::date::FullDate;
use crate::model::{Change, Edition, NavigationTarget, Page, Site};
use crate::output::Output;
use crate::theme::Theme;
use crate::view::{DateView, Place, SectionView, direction};

use super::Renderer;
use super::pages::{Form, Job, jobs, put};

/// Where the whole site stands on one page.
pub(super) const PATH: &str = "all.html";

impl Renderer<'_> {
    /// Renders every page as a section, in reading order.
    ///
    /// # Errors
    ///
    /// The first template's fault, in the order of the sections.
    pub(super) fn sections(&self) -> Result<Vec<SectionView>, Box<Diagnostic>> {
        let jobs = reading_order(self.site);
        let sections: Vec<_> = jobs.par_iter().filter_map(|job| self.section(job)).collect();
        sections.into_iter().collect()
    }

    /// Renders the page that holds the sections, with those of the last build that show nothing new.
    ///
    /// # Errors
    ///
    /// The first template's fault.
    pub(super) fn all_again(
        &self,
        change: &Change,
        kept: &mut Option<Vec<SectionView>>,
    ) -> Result<String, Box<Diagnostic>> {
        let sections = match kept.take().filter(|_| *change != Change::Everything) {
            None => self.sections()?,
            Some(mut sections) => {
                let jobs = reading_order(self.site).into_iter().filter(|job| job.anchor(self.site).is_some());
                for (job, section) in jobs.zip(&mut sections).filter(|(job, _)| job.shows(change, self.site)) {
                    if let Some(again) = self.section(&job) {
                        *section = again?;
                    }
                }
                sections
            }
        };
        let html = self.all(&sections)?;
        *kept = Some(sections);
        Ok(html)
    }

    fn section(&self, job: &Job) -> Option<Result<SectionView, Box<Diagnostic>>> {
        let anchor = job.anchor(self.site)?;
        let mut context = self.context();
        self.fill(job, Form::Section, &mut context);
        let title = context.get("page").and_then(|page| page.get_from_path("title")).and_then(Value::as_str);
        let title = title.unwrap_or_default().to_owned();
        let (kind, date) = self.kind_and_date(job);
        let html = match self.theme.render("section.html", &context, &job.name(self.site)) {
            Ok(html) => html,
            Err(diagnostic) => return Some(Err(diagnostic)),
        };
        Some(Ok(SectionView { anchor, kind, title, date, html }))
    }

    fn kind_and_date(&self, job: &Job) -> (&'static str, Option<DateView>) {
        match job {
            Job::Home(_) => ("home", None),
            Job::Event(at) => ("event", self.views.date_of(&self.site.pages[self.site.timeline[*at]])),
            Job::Page(_) => ("page", None),
            Job::Group(_) => ("group", None),
            Job::Ledger => ("ledger", None),
            Job::Sources => ("sources", None),
            Job::Corrections => ("corrections", None),
            Job::Data => ("data", None),
            Job::NotFound => ("not-found", None),
        }
    }

    /// Renders the page that holds the sections.
    ///
    /// # Errors
    ///
    /// The template's fault.
    pub(super) fn all(&self, sections: &[SectionView]) -> Result<String, Box<Diagnostic>> {
        let mut context = self.context();
        let place = Place::new(PATH, "site.yaml");
        put(&mut context, "page", &self.made("all", &self.title("all"), &place));
        put(&mut context, "sections", &sections);
        self.frames.put(&mut context, self.theme, PATH)?;
        self.theme.render(PATH, &context, PATH)
    }
}

/// Lists the pages in reading order: home, events, pages as the navigation has them and then by file, groups, ledger,
/// sources, corrections.
fn reading_order(site: &Site) -> Vec<Job> {
    let listed: BTreeMap<String, usize> = site
        .config
        .navigation
        .iter()
        .enumerate()
        .filter_map(|(at, item)| match &item.target {
            NavigationTarget::File(file) => Some((format!("content/{}", file.value), at)),
            NavigationTarget::Url(_) => None,
        })
        .collect();
    let last = listed.len() + site.config.navigation.len();
    let mut jobs = jobs(site, false);
    jobs.sort_by_key(|job| match job {
        Job::Home(_) => (0, 0),
        Job::Event(_) => (1, 0),
        Job::Page(at) => (2, listed.get(&*site.pages[*at].file).copied().unwrap_or(last)),
        Job::Group(_) => (3, 0),
        Job::Ledger | Job::Sources | Job::Corrections | Job::Data | Job::NotFound => (4, 0),
    });
    jobs
}

/// Makes an edition of a site whose files are there.
pub(super) fn make(
    edition: Edition,
    site: &Site,
    theme: &Theme,
    plain: &Output,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    if edition == Edition::Zip {
        return Some(export::zip(plain, &site.config.file_name()));
    }
    if let Some(missing) = ["all.html", "section.html"].into_iter().find(|name| !theme.has(name)) {
        let message = format!("the theme `{}` has no `{missing}`, of which this edition is made", site.config.theme);
        let help = "copy `all.html` and `section.html` from the theme broadsheet: `dateline theme eject` brings them";
        diagnostics.push(Diagnostic::new(Code::BadTheme, message).help(help));
        return None;
    }
    match book(edition, site, theme, plain) {
        Ok(bytes) => Some(bytes),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}

fn book(edition: Edition, site: &Site, theme: &Theme, plain: &Output) -> Result<Vec<u8>, Box<Diagnostic>> {
    let renderer = Renderer::new(site, theme, &[]);
    let sections = renderer.sections()?;
    let imprint = imprint(site, &renderer);
    if edition == Edition::Single {
        let all = renderer.all(&sections)?;
        return Ok(export::single(&all, plain, &pages(site), &imprint).into_bytes());
    }
    let optional = |name: &str| match theme.has(name) {
        true => theme.render(name, &renderer.context(), name).map(Some),
        false => Ok(None),
    };
    let style = optional("epub.css")?;
    let cover = match theme.has("cover.svg") {
        true => Some(renderer.cover()?),
        false => None,
    };
    let chapters = sections.iter().map(|section| export::Section {
        anchor: &section.anchor,
        kind: section.kind,
        title: &section.title,
        html: &section.html,
    });
    Ok(export::epub(&Book { imprint, sections: chapters.collect(), style, cover, files: plain }))
}

impl Renderer<'_> {
    fn cover(&self) -> Result<String, Box<Diagnostic>> {
        let mut context = self.context();
        put(&mut context, "lines", &lines(&self.site.config.title, 16));
        self.theme.render("cover.svg", &context, "cover.svg")
    }
}

/// Breaks a title into lines of about so many letters, at spaces.
fn lines(title: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Tells where in a document each page of the site went, by path.
fn pages(site: &Site) -> BTreeMap<String, String> {
    let held = jobs(site, false).into_iter().filter_map(|job| Some((job.path(site), job.anchor(site)?)));
    held.chain([(PATH.to_owned(), "contents-of-all".to_owned())]).collect()
}

fn imprint(site: &Site, renderer: &Renderer<'_>) -> Imprint {
    let config = &site.config;
    let word = |name: &str| {
        let word = renderer.theme.words.interface.get(name).and_then(serde_json::Value::as_str);
        word.unwrap_or(name).to_owned()
    };
    // The site's address, or its title where it has none, names the book in every later edition too.
    let name = config.url.as_deref().unwrap_or(&config.title);
    Imprint {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        dir: direction(&config.language),
        authors: config.authors.clone(),
        publisher: config.publisher.clone(),
        licence: config.licence.clone(),
        url: config.url.clone(),
        id: Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string(),
        modified: modified(&site.pages),
        contents: word("contents"),
        accessibility: word("epub_accessibility"),
    }
}

/// Returns the latest day of which the content tells: published, updated or corrected. A site that tells of none keeps
/// to the day from which computers count, so that the same content gives the same bytes.
fn modified(pages: &[Arc<Page>]) -> String {
    let days = pages.iter().flat_map(|page| {
        let corrected = page.corrections.iter().map(|correction| correction.date);
        page.published.into_iter().chain(page.updated).chain(corrected)
    });
    days.max().map_or_else(|| "1970-01-01".to_owned(), |day: FullDate| day.to_string())
}
