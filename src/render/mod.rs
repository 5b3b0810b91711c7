//! Renders a site to its output: every page through its template, in parallel.
//!
//! Views are made here and handed to the theme at once; nothing is kept. A template that fails is a diagnostic, and the
//! other pages are still rendered, so that one run tells all.

mod data;
mod pages;
mod redirects;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Context, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Change, Site};
use crate::output::{Output, Stage};
use crate::theme::Theme;
use crate::view::{Variable, Views, evidence_path};

use pages::Job;

/// Rendered pages of the last build, by path, for the next one. A page is taken again only where [`Change`] says that
/// nothing it shows can be new, and only with the same theme.
#[derive(Debug, Default)]
pub struct Cache {
    pages: HashMap<String, Arc<[u8]>>,
}

/// Renders a site. With an error in the diagnostics the output is not whole and must not be used.
pub fn render(site: &Site, theme: &Theme, diagnostics: &mut Diagnostics) -> Output {
    render_again(site, theme, &Change::Everything, &mut Cache::default(), diagnostics)
}

/// Renders a site with the same theme as the last one, with the help of what is left of that.
pub fn render_again(
    site: &Site,
    theme: &Theme,
    change: &Change,
    cache: &mut Cache,
    diagnostics: &mut Diagnostics,
) -> Output {
    let renderer = Renderer::new(site, theme);
    let jobs = pages::jobs(site);
    let known = std::mem::take(&mut cache.pages);
    let rendered = jobs.par_iter().map(|job| {
        let path = job.path(site);
        let page = match known.get(&path).filter(|_| !job.shows(change, site)) {
            Some(page) => Ok(Arc::clone(page)),
            None => renderer.page(job).map(|html| Arc::from(html.into_bytes())),
        };
        (path, page)
    });
    let mut output = Output::default();
    for (path, page) in rendered.collect::<Vec<_>>() {
        match page {
            Ok(html) => {
                cache.pages.insert(path.clone(), Arc::clone(&html));
                insert(&mut output, path, Stage::Page, html, diagnostics);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    for (path, html) in redirects::pages(site) {
        insert(&mut output, path, Stage::Page, html.into_bytes(), diagnostics);
    }
    for (path, asset) in &site.assets {
        insert(&mut output, path.clone(), Stage::Asset, Arc::clone(&asset.bytes), diagnostics);
    }
    for (path, bytes) in &theme.statics {
        insert(&mut output, format!("static/{path}"), Stage::Asset, Arc::clone(bytes), diagnostics);
    }
    if site.config.publish_evidence {
        let files: BTreeSet<&str> =
            site.sources.values().filter_map(|source| source.evidence.as_ref()).map(|file| &*file.value).collect();
        for file in files {
            if let Some(text) = site.evidence.get(file) {
                insert(&mut output, evidence_path(file), Stage::Asset, text.as_bytes(), diagnostics);
            }
        }
    }
    if site.config.outputs.data {
        for (path, bytes) in data::files(&renderer.views) {
            insert(&mut output, path, Stage::Index, bytes, diagnostics);
        }
    }
    if let Some(css) = variables(theme) {
        insert(&mut output, "static/variables.css".into(), Stage::Asset, css.into_bytes(), diagnostics);
    }
    output
}

fn insert(output: &mut Output, path: String, stage: Stage, bytes: impl Into<Arc<[u8]>>, diagnostics: &mut Diagnostics) {
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
}

impl<'a> Renderer<'a> {
    fn new(site: &'a Site, theme: &'a Theme) -> Self {
        let views = Views::new(site, &theme.words);
        let variables =
            theme.variables.iter().map(|(name, value)| Variable { name: name.clone(), value: value.clone() });
        let whole = Value::from_serializable(&views.whole(variables.collect()));
        let words = Value::from_serializable(&theme.words.interface);
        Self { site, theme, views, whole, words }
    }

    fn page(&self, job: &Job) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("site", self.whole.clone());
        context.insert_value("t", self.words.clone());
        self.fill(job, &mut context);
        self.theme.render(job.template(), &context, &job.name(self.site))
    }
}
