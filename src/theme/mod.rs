//! Themes: templates, static files, words and variables.
//!
//! The program carries its own themes. A folder `themes/NAME/` in the site replaces files of a carried theme one by one,
//! or is a theme of its own. A replaced template is still there under the theme's name, so that `base.html` of the site
//! may say `{% extends "broadsheet/base.html" %}`.

mod date_words;
mod embedded;
mod figure_words;
mod filters;
mod mistake;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use tera::{Context, Tera};

use crate::cards::Fonts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::file::Files;
use crate::model::Config;
use crate::yaml::{self, Shape};

pub use date_words::DateWords;
pub use embedded::{carried, carried_file, carried_files};
pub use figure_words::{FigureWords, Forms};
pub use words::{Prose, Words};

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    /// Files that are published under `static/`, by path within it.
    pub statics: BTreeMap<String, Arc<[u8]>>,
    /// The variables with their values: the theme's own, over which site.yaml's are laid.
    pub variables: BTreeMap<String, String>,
    /// Whether its pages search the site, and so need `static/search-index.js`.
    pub search: bool,
    /// The interface words in the site's language.
    pub words: Words,
    /// The fonts that social cards are drawn with.
    pub fonts: Arc<Fonts>,
    /// How wide the theme shows pictures, for `sizes` of `img`.
    pub picture_sizes: String,
    /// Where each template is, for messages.
    paths: BTreeMap<String, Arc<str>>,
}

/// theme.yaml.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(dead_code, reason = "the name, title and description are for people; the folder's name is what counts")]
struct Manifest {
    /// The theme's name: that of its folder.
    name: String,
    /// The name as people write it.
    title: Option<String>,
    /// What it is like, in a sentence.
    description: Option<String>,
    /// A carried theme that gives what this one does not have.
    extends: Option<String>,
    /// Whether a build writes `static/search-index.js`, a script that holds what a search of the site finds.
    #[serde(default)]
    search: bool,
    /// What site.yaml may change, with its value: CSS custom properties. One with an empty value is not written.
    #[serde(default)]
    variables: BTreeMap<String, String>,
    /// How wide pictures are shown, as `sizes` of HTML's `img` has it: `(min-width: 40rem) 38rem, 100vw`.
    #[serde(default = "whole_width")]
    picture_sizes: String,
}

fn whole_width() -> String {
    "100vw".to_owned()
}

/// The files of a theme, those of the site over those that the program carries.
struct Parts {
    /// By path within the theme: where it is, for messages, and its bytes.
    files: BTreeMap<String, (Arc<str>, Arc<[u8]>)>,
    /// Templates of carried themes under the theme's name: `broadsheet/base.html`.
    carried: BTreeMap<String, (Arc<str>, Arc<[u8]>)>,
}

impl Theme {
    /// Loads the theme that site.yaml names. `None` where it cannot be used, which is reported.
    pub fn load(config: &Config, files: &Files, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut parts = Parts::of(&config.theme, files);
        let manifest = manifest(&parts, config, files, diagnostics)?;
        let mut bases = vec![config.theme.clone()];
        if let Some(base) = &manifest.extends {
            if !carried().any(|theme| theme == base) {
                let themes: Vec<&str> = carried().collect();
                let diagnostic = Diagnostic::new(
                    Code::UnknownTheme,
                    format!("the theme `{}` extends `{base}`, which the program does not carry", config.theme),
                );
                diagnostics
                    .push(diagnostic.help(format!("`extends` in theme.yaml names one of: {}", themes.join(", "))));
                return None;
            }
            parts.add_base(base);
            bases.push(base.clone());
        }
        let mut variables = manifest.extends.as_deref().map(carried_variables).unwrap_or_default();
        variables.extend(manifest.variables);
        let own: Vec<String> = variables.keys().cloned().collect();
        for (name, value) in &config.variables {
            if !own.contains(name) {
                let help = match nearest(name, own.iter().map(String::as_str)) {
                    Some(near) => format!("write `{near}`"),
                    None => format!("the theme has: {}", own.join(", ")),
                };
                let message = format!("the theme `{}` has no variable `{name}`", config.theme);
                diagnostics.push(
                    Diagnostic::new(Code::UnknownField, message)
                        .at(value.span.clone(), "it changes nothing")
                        .help(help),
                );
            }
            if is_no_value(&value.value) {
                let message = format!("`{}` cannot be the value of `{name}`", value.value);
                let diagnostic = Diagnostic::new(Code::BadValue, message)
                    .at(
                        value.span.clone(),
                        "a colour, a length or a name of CSS stands here, without `;`, quotes or braces",
                    )
                    .help("write a value such as `'#a3231a'` or `38rem`");
                diagnostics.push(diagnostic);
                continue;
            }
            variables.insert(name.clone(), value.value.clone());
        }
        // An empty value says that there is none: the style sheet has its own.
        variables.retain(|_, value| !value.is_empty());
        let words = words::load(&config.language, |path| parts.text(path), diagnostics)?;
        let fonts = Arc::new(fonts(&parts, diagnostics));
        let (tera, paths) = templates(&parts, &bases, &config.language, &fonts, diagnostics)?;
        let statics = parts
            .files
            .iter()
            .filter_map(|(path, (_, bytes))| Some((path.strip_prefix("static/")?.to_owned(), Arc::clone(bytes))));
        Some(Self {
            tera,
            statics: statics.collect(),
            variables,
            search: manifest.search,
            words,
            fonts,
            picture_sizes: manifest.picture_sizes,
            paths,
        })
    }

    /// Tells whether there is a template of this name, in the theme or in one that it extends.
    pub fn has(&self, name: &str) -> bool {
        self.paths.contains_key(name) || carried().any(|theme| self.paths.contains_key(&format!("{theme}/{name}")))
    }

    /// Returns the names of the templates, its own and those that it inherits: `base.html`.
    pub fn names(&self) -> BTreeSet<&str> {
        let inherited =
            |name: &'_ String| carried().find_map(|theme| Some(name.strip_prefix(theme)?.strip_prefix('/')?.len()));
        self.paths.keys().map(|name| &name[inherited(name).map_or(0, |length| name.len() - length)..]).collect()
    }

    /// Returns where a template is, for messages.
    pub fn path_of(&self, template: &str) -> Option<&Arc<str>> {
        self.paths.get(template).or_else(|| {
            self.paths.iter().find(|(name, _)| name.ends_with(&format!("/{template}"))).map(|(_, path)| path)
        })
    }

    /// Renders a template for a page.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the template, its line, and the page.
    pub fn render(&self, template: &str, context: &Context, page: &str) -> Result<String, Box<Diagnostic>> {
        self.tera
            .render(template, context)
            .map_err(|error| Box::new(mistake::diagnostic(&error, &self.paths, Some(page))))
    }
}

impl Parts {
    fn of(theme: &str, files: &Files) -> Self {
        let prefix = format!("themes/{theme}/");
        let mut parts = Self { files: BTreeMap::new(), carried: BTreeMap::new() };
        parts.add_base(theme);
        let texts = files.texts().map(|(path, text)| (path, Arc::from(text.as_bytes())));
        let assets = files.assets().map(|(path, bytes)| (path, Arc::clone(bytes)));
        for (path, bytes) in texts.chain(assets) {
            if let Some(within) = path.strip_prefix(&prefix) {
                parts.files.insert(within.to_owned(), (Arc::clone(path), bytes));
            }
        }
        parts
    }

    /// Adds what a carried theme has: its templates under its name, everything else where it is not there yet.
    fn add_base(&mut self, theme: &str) {
        for (within, bytes) in carried_files(theme) {
            let path: Arc<str> = format!("themes/{theme}/{within}").into();
            if let Some(template) = within.strip_prefix("templates/") {
                self.carried.insert(format!("{theme}/{template}"), (path, bytes));
            } else {
                self.files.entry(within).or_insert((path, bytes));
            }
        }
    }

    fn text(&self, path: &str) -> Option<(Arc<str>, String)> {
        let (file, bytes) = self.files.get(path)?;
        Some((Arc::clone(file), String::from_utf8_lossy(bytes).into_owned()))
    }
}

/// Reads theme.yaml. `None` where it is missing or cannot be read, which is reported.
fn manifest(parts: &Parts, config: &Config, files: &Files, diagnostics: &mut Diagnostics) -> Option<Manifest> {
    let Some((path, text)) = parts.text("theme.yaml") else {
        diagnostics.push(unknown_theme(config, files));
        return None;
    };
    yaml::read::<Manifest>(&path, &text, 0, &Shape::of::<Manifest>(), diagnostics).map(|read| read.value)
}

/// Tells what would end a value of CSS and begin something else, or load something from elsewhere.
fn is_no_value(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let loads = ["url(", "src(", "image(", "image-set(", "expression("];
    value.contains([';', '{', '}', '<', '\\', '\n', '"', '\''])
        || value.contains("/*")
        || loads.iter().any(|function| lower.contains(function))
}

/// Returns the variables of a carried theme: what a theme that extends it has, unless it says otherwise.
fn carried_variables(theme: &str) -> BTreeMap<String, String> {
    let path = format!("themes/{theme}/theme.yaml");
    let text = carried_file(&path).expect("a carried theme has a theme.yaml");
    let read = yaml::read::<Manifest>(&path.into(), &text, 0, &Shape::of::<Manifest>(), &mut Diagnostics::default());
    read.map(|read| read.value.variables).expect("a test reads the theme.yaml of every carried theme")
}

fn unknown_theme(config: &Config, files: &Files) -> Diagnostic {
    let mut known: Vec<String> = carried().map(str::to_owned).collect();
    let folders = files
        .texts()
        .filter_map(|(path, _)| path.strip_prefix("themes/")?.strip_suffix("/theme.yaml").map(str::to_owned));
    known.extend(folders);
    known.sort();
    known.dedup();
    let help = match nearest(&config.theme, known.iter().map(String::as_str)) {
        Some(near) => format!("write `{near}`"),
        None => format!(
            "the themes are: {}; a theme of your own is a folder `themes/NAME/` with a theme.yaml",
            known.join(", ")
        ),
    };
    let diagnostic = Diagnostic::new(Code::UnknownTheme, format!("there is no theme `{}`", config.theme)).help(help);
    match &config.theme_span {
        Some(span) => diagnostic.at(span.clone(), "no such theme"),
        None => diagnostic,
    }
}

/// Reads the fonts in `card-fonts/`. One that cannot be read is reported.
fn fonts(parts: &Parts, diagnostics: &mut Diagnostics) -> Fonts {
    let files = parts.files.iter().filter(|(path, _)| path.starts_with("card-fonts/"));
    let files = files.filter(|(path, _)| [".ttf", ".otf"].iter().any(|end| path.ends_with(end)));
    let (fonts, unread) = Fonts::new(files.map(|(_, (file, bytes))| (file.to_string(), Arc::clone(bytes))));
    for file in unread {
        diagnostics.push(
            Diagnostic::new(Code::BadTheme, format!("`{file}` is not a font that cards can be drawn with")).help(
                "cards need TrueType or OpenType fonts, not packed as WOFF or WOFF2; take the file away, or unpack it",
            ),
        );
    }
    fonts
}

type Paths = BTreeMap<String, Arc<str>>;

/// Reads the templates: the site's own by their names, those of carried themes under the theme's name as fallback.
fn templates(
    parts: &Parts,
    bases: &[String],
    language: &str,
    fonts: &Arc<Fonts>,
    diagnostics: &mut Diagnostics,
) -> Option<(Tera, Paths)> {
    let own = parts.files.iter().filter_map(|(path, file)| Some((path.strip_prefix("templates/")?.to_owned(), file)));
    let all = own.chain(parts.carried.iter().map(|(name, file)| (name.clone(), file)));
    let mut paths = BTreeMap::new();
    let mut texts = Vec::new();
    for (name, (path, bytes)) in all {
        paths.insert(name.clone(), Arc::clone(path));
        texts.push((name, String::from_utf8_lossy(bytes).into_owned()));
    }
    let mut tera = Tera::default();
    // Drawings are XML: a title with `&` must not break them.
    tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
    let prefixes: Vec<String> = bases.iter().map(|base| format!("{base}/")).collect();
    tera.set_fallback_prefixes(prefixes).expect("no template was added yet");
    filters::register(&mut tera, language);
    filters::register_fit(&mut tera, Arc::clone(fonts));
    match tera.add_raw_templates(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
        Ok(()) => Some((tera, paths)),
        Err(error) => {
            let diagnostic = mistake::diagnostic(&error, &paths, None);
            diagnostics.push(mistake::located(diagnostic, &error, &texts, &paths));
            None
        }
    }
}
