//! Renders a site to its output: every page through its template, in parallel.
//!
//! Views are made here and handed to the theme at once; nothing is kept. A template that fails is a diagnostic, and the
//! other pages are still rendered, so that one run tells all.

mod cards;
mod data;
mod pages;
mod redirects;

use std::collections::BTreeSet;

use rayon::prelude::*;
use tera::{Context, Value};

use crate::cache::Store;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Site;
use crate::output::{Output, Stage};
use crate::theme::Theme;
use crate::view::{Variable, Views, evidence_path};

use pages::Job;

/// Renders a site. With an error in the diagnostics the output is not whole and must not be used.
pub fn render(site: &Site, theme: &Theme, store: &dyn Store, diagnostics: &mut Diagnostics) -> Output {
    let mut renderer = Renderer::new(site, theme);
    let jobs = pages::jobs(site);
    let cards = renderer.cards(&jobs, store, diagnostics);
    renderer.views.show_cards(cards.iter().map(|card| (card.page.clone(), card.link.clone())).collect());
    let rendered: Vec<_> = jobs.par_iter().map(|job| (job, renderer.page(job))).collect();
    let mut output = Output::default();
    for (job, page) in rendered {
        match page {
            Ok(html) => insert(&mut output, job.path(site), Stage::Page, html.into_bytes(), diagnostics),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    for (path, html) in redirects::pages(site) {
        insert(&mut output, path, Stage::Page, html.into_bytes(), diagnostics);
    }
    for (path, asset) in &site.assets {
        insert(&mut output, path.clone(), Stage::Asset, asset.bytes.to_vec(), diagnostics);
    }
    for card in cards {
        insert(&mut output, card.link.path, Stage::Asset, card.bytes, diagnostics);
    }
    for size in site.pictures.values().flat_map(|picture| &picture.sizes) {
        if let Some(bytes) = &size.bytes {
            insert(&mut output, size.path.clone(), Stage::Asset, bytes.to_vec(), diagnostics);
        }
    }
    for (path, bytes) in &theme.statics {
        insert(&mut output, format!("static/{path}"), Stage::Asset, bytes.to_vec(), diagnostics);
    }
    if site.config.publish_evidence {
        let files: BTreeSet<&str> =
            site.sources.values().filter_map(|source| source.evidence.as_ref()).map(|file| &*file.value).collect();
        for file in files {
            if let Some(text) = site.evidence.get(file) {
                insert(&mut output, evidence_path(file), Stage::Asset, text.as_bytes().to_vec(), diagnostics);
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

fn insert(output: &mut Output, path: String, stage: Stage, bytes: Vec<u8>, diagnostics: &mut Diagnostics) {
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
        let views = Views::new(site, &theme.words).with_picture_sizes(&theme.picture_sizes);
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
