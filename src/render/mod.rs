//! Renders a site to its output: every page through its template, in parallel.
//!
//! Views are made here and handed to the theme at once; nothing is kept. A template that fails is a diagnostic, and the
//! other pages are still rendered, so that one run tells all.

mod cards;
mod data;
mod edition;
mod feeds;
mod frame;
mod host;
mod kept;
mod offline;
mod pages;
mod redirects;
mod search;
mod sitemap;
mod xml;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::{Context, Value};

use crate::cache::Store;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Change, Edition, Site};
use crate::output::{Content, InMemory, Output, Shelf, Stage};
use crate::theme::Theme;
use crate::view::{Variable, Views, evidence_path};

use frame::Frames;
use kept::Kept;
use pages::{Form, Job};

/// Rendered pages of the last build, by path, for the next one. A page is taken again only where [`Change`] says that
/// nothing it shows can be new, and only with the same theme.
#[derive(Debug)]
pub struct Cache<C = Arc<[u8]>> {
    pages: HashMap<String, C>,
    kept: Kept<C>,
}

impl<C> Default for Cache<C> {
    fn default() -> Self {
        Self { pages: HashMap::new(), kept: Kept::default() }
    }
}

/// Renders a site. With an error in the diagnostics the output is not whole and must not be used.
pub fn render(site: &Site, theme: &Theme, store: &dyn Store, diagnostics: &mut Diagnostics) -> Output {
    render_again(
        site,
        theme,
        Stores { store, shelf: &InMemory },
        &Change::Everything,
        &mut Cache::default(),
        diagnostics,
    )
}

/// Where a build takes from and puts to what is made on the way.
pub struct Stores<'a, S> {
    /// What earlier builds computed.
    pub store: &'a dyn Store,
    /// What keeps the bytes of the output.
    pub shelf: &'a S,
}

impl<S> Clone for Stores<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Stores<'_, S> {}

/// Renders a site with the same theme as the last one, with the help of what is left of that.
pub fn render_again<S: Shelf>(
    site: &Site,
    theme: &Theme,
    stores: Stores<'_, S>,
    change: &Change,
    cache: &mut Cache<S::Content>,
    diagnostics: &mut Diagnostics,
) -> Output<S::Content> {
    let wanted = &site.config.editions;
    let known = Known { change, cache: &mut *cache };
    let mut output = pages(site, theme, wanted, stores, known, diagnostics);
    if !wanted.is_empty() && !diagnostics.has_errors() {
        // What is handed on holds no link to what it does not hold: it is made of the site as it is without editions.
        let plain = plain(site, theme, stores.store, diagnostics);
        for edition in wanted {
            if let Some(bytes) = edition::make(*edition, site, theme, &plain, diagnostics) {
                insert(
                    &mut output,
                    site.config.edition_path(*edition),
                    Stage::Asset,
                    Arc::<[u8]>::from(bytes),
                    diagnostics,
                );
            }
        }
    }
    finished(output, site, theme, &mut cache.kept.hashes, diagnostics)
}

/// Makes one edition of a site, whether site.yaml asks for it or not. `None` where it cannot be made, which is reported.
pub fn edition(
    edition: Edition,
    site: &Site,
    theme: &Theme,
    store: &dyn Store,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let plain = plain(site, theme, store, diagnostics);
    if diagnostics.has_errors() { None } else { edition::make(edition, site, theme, &plain, diagnostics) }
}

/// Adds what depends on every other file: what hosts read, and the list of what is kept for offline reading.
fn finished<C: Content + From<Arc<[u8]>>>(
    mut output: Output<C>,
    site: &Site,
    theme: &Theme,
    hashes: &mut offline::Hashes<C>,
    diagnostics: &mut Diagnostics,
) -> Output<C> {
    for (path, bytes) in host::files(&output) {
        insert(&mut output, path, Stage::Index, Arc::<[u8]>::from(bytes), diagnostics);
    }
    if site.config.outputs.offline {
        for (path, stage, bytes) in offline::files(&output, site, theme, hashes) {
            insert(&mut output, path, stage, Arc::<[u8]>::from(bytes), diagnostics);
        }
    }
    output
}

/// Makes the site as it is without editions.
fn plain(site: &Site, theme: &Theme, store: &dyn Store, diagnostics: &mut Diagnostics) -> Output {
    let known = Known { change: &Change::Everything, cache: &mut Cache::default() };
    let stores = Stores { store, shelf: &InMemory };
    let hashes = &mut offline::Hashes::default();
    finished(pages(site, theme, &[], stores, known, diagnostics), site, theme, hashes, diagnostics)
}

/// What is known of the last build.
struct Known<'a, C> {
    change: &'a Change,
    cache: &'a mut Cache<C>,
}

/// Renders the pages with links to some editions, and what goes with them.
fn pages<S: Shelf>(
    site: &Site,
    theme: &Theme,
    editions: &[Edition],
    Stores { store, shelf }: Stores<'_, S>,
    Known { change, cache }: Known<'_, S::Content>,
    diagnostics: &mut Diagnostics,
) -> Output<S::Content> {
    let mut renderer = Renderer::new(site, theme, editions);
    let jobs = pages::jobs(site, renderer.has_data_page);
    let cards = renderer.cards(&jobs, Stores { store, shelf }, change, &mut cache.kept.cards, diagnostics);
    let indexes = cache.kept.indexes.take().filter(|_| *change != Change::Everything);
    let indexes = indexes.unwrap_or_else(|| renderer.indexes(&jobs));
    renderer.views.show_cards(cards.iter().map(|card| (card.page.clone(), card.link.clone())).collect());
    let known = std::mem::take(&mut cache.pages);
    // The pages that list the whole site take long: they come first, so that no thread is left with one at the end.
    let mut turns: Vec<&Job> = jobs.iter().collect();
    turns.sort_by_key(|job| job.turn());
    let rendered = turns.par_iter().with_max_len(1).map(|job| {
        let path = job.path(site);
        let page = match known.get(&path).filter(|_| !job.shows(change, site)) {
            Some(page) => Ok(page.clone()),
            None => renderer.page(job).map(|html| job.kept(html.into_bytes(), shelf)),
        };
        (path, page)
    });
    let mut output = Output::default();
    for (path, page) in rendered.collect::<Vec<_>>() {
        match page {
            Ok(html) => {
                cache.pages.insert(path.clone(), html.clone());
                insert(&mut output, path, Stage::Page, html, diagnostics);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    if site.config.outputs.all && theme.has("all.html") {
        match renderer.all_again(change, &mut cache.kept.sections) {
            Ok(html) => {
                insert(&mut output, edition::PATH.into(), Stage::Page, shelf.keep(html.into_bytes()), diagnostics)
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    for (path, html) in redirects::pages(site) {
        insert(&mut output, path, Stage::Page, shelf.keep(html.into_bytes()), diagnostics);
    }
    for (path, asset) in &site.assets {
        insert(&mut output, path.clone(), Stage::Asset, Arc::clone(&asset.bytes), diagnostics);
    }
    for card in cards {
        insert(&mut output, card.link.path.clone(), Stage::Asset, card.bytes.clone(), diagnostics);
    }
    for size in site.pictures.values().flat_map(|picture| &picture.sizes) {
        if let Some(bytes) = &size.bytes {
            insert(&mut output, size.path.clone(), Stage::Asset, Arc::clone(bytes), diagnostics);
        }
    }
    for (path, bytes) in &theme.statics {
        insert(&mut output, format!("static/{path}"), Stage::Asset, Arc::clone(bytes), diagnostics);
    }
    if site.config.publish_evidence {
        let files: BTreeSet<&str> =
            site.sources.values().filter_map(|source| source.evidence.as_ref()).map(|file| &*file.value).collect();
        for file in files {
            if let Some(text) = site.evidence.get(file) {
                insert(&mut output, evidence_path(file), Stage::Asset, Arc::<[u8]>::from(text.as_bytes()), diagnostics);
            }
        }
    }
    let feeds = feeds::files(site, &renderer.views, change, &mut cache.kept.feeds);
    for (path, bytes) in indexes.iter().cloned().chain(feeds) {
        insert(&mut output, path, Stage::Index, bytes, diagnostics);
    }
    cache.kept.indexes = Some(indexes);
    if theme.search {
        let script = search::script(site, &renderer.views, change, &mut cache.kept.search);
        insert(&mut output, search::PATH.into(), Stage::Index, script, diagnostics);
    }
    if let Some(css) = variables(theme) {
        insert(
            &mut output,
            "static/variables.css".into(),
            Stage::Asset,
            Arc::<[u8]>::from(css.into_bytes()),
            diagnostics,
        );
    }
    output
}

fn insert<C>(output: &mut Output<C>, path: String, stage: Stage, bytes: impl Into<C>, diagnostics: &mut Diagnostics) {
    if let Err(path) = output.insert(path, stage, bytes) {
        let message = format!("`{path}` would be written twice: by the content and by the theme");
        diagnostics.push(
            Diagnostic::new(Code::SameOutput, message)
                .help("rename the file in `content/`; `static/` belongs to the theme"),
        );
    }
}

/// Writes the theme's variables as CSS custom properties, where there are any.
fn variables(theme: &Theme) -> Option<String> {
    let lines: Vec<String> = theme.variables.iter().map(|(name, value)| format!("  --{name}: {value};\n")).collect();
    (!lines.is_empty()).then(|| format!(":root {{\n{}}}\n", lines.concat()))
}

/// What is shared by all pages: the views' maker, and the values that every template gets.
struct Renderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    views: Views<'a>,
    whole: Value,
    words: Value,
    /// What stands around pages.
    frames: Frames,
    data: OnceLock<Vec<data::Made>>,
    /// Whether the theme explains the files of `data/`.
    has_data_page: bool,
}

impl<'a> Renderer<'a> {
    fn new(site: &'a Site, theme: &'a Theme, editions: &[Edition]) -> Self {
        let views = Views::new(site, &theme.words).with_picture_sizes(&theme.picture_sizes);
        let variables =
            theme.variables.iter().map(|(name, value)| Variable { name: name.clone(), value: value.clone() });
        let has_all = site.config.outputs.all && theme.has("all.html");
        let has_data_page = site.config.outputs.data && theme.has("data.html");
        let of_site = views.of_site(variables.collect(), theme.search, has_all, has_data_page, editions);
        let whole = Value::from_serializable(&of_site);
        let words = Value::from_serializable(&theme.words.interface);
        let frames = Frames::new(theme, &of_site);
        Self { site, theme, views, whole, words, frames, data: OnceLock::new(), has_data_page }
    }

    /// Returns the files of `data/`, which are made when they are first asked for.
    fn data(&self) -> &[data::Made] {
        self.data.get_or_init(|| data::files(self.site, &self.views))
    }

    /// Makes what every template gets.
    fn context(&self) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.whole.clone());
        context.insert_value("t", self.words.clone());
        context
    }

    fn page(&self, job: &Job) -> Result<String, Box<Diagnostic>> {
        let mut context = self.context();
        self.fill(job, Form::File, &mut context);
        let name = job.name(self.site);
        self.frames.put(&mut context, self.theme, &name)?;
        self.theme.render(job.template(), &context, &name)
    }
}
