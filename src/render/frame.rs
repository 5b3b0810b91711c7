//! What stands around pages and is the same on many of them: the theme's templates in `frame/`.
//!
//! A foot that lists forty groups costs more than the page above it, and ten thousand events have the same. So these
//! templates get of their page only what many pages share, its [`Seat`], and are rendered once for each.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{PoisonError, RwLock};

use serde::Serialize;
use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::theme::Theme;
use crate::view::SiteView;

/// What the templates in `frame/` get as `page`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
struct Seat {
    kind: String,
    root: String,
    /// The page's path where the navigation or the list of groups leads to it, which may say so; otherwise empty.
    path: String,
}

/// The frames of a site's pages, each rendered when the first page asks for it.
pub(super) struct Frames {
    /// The templates, by the names that pages know their HTML by: `masthead` of `frame/masthead.html`.
    templates: BTreeMap<String, String>,
    /// The paths to which what stands around pages leads by name.
    linked: BTreeSet<String>,
    made: RwLock<HashMap<Seat, Value>>,
}

impl Frames {
    pub(super) fn new(theme: &Theme, site: &SiteView) -> Self {
        let name = |template: &str| Some(template.strip_prefix("frame/")?.strip_suffix(".html")?.to_owned());
        let templates = theme.names().into_iter().filter_map(|template| Some((name(template)?, template.to_owned())));
        let linked = site.navigation.iter().map(|item| item.path.clone());
        let linked = linked.chain(site.groups.iter().map(|group| group.path.clone())).collect();
        Self { templates: templates.collect(), linked, made: RwLock::default() }
    }

    /// Adds to the context of a page, which has its `page` already, what stands around it as `frame`.
    ///
    /// # Errors
    ///
    /// The fault of a template, told of this page.
    pub(super) fn put(&self, context: &mut Context, theme: &Theme, page: &str) -> Result<(), Box<Diagnostic>> {
        if self.templates.is_empty() {
            return Ok(());
        }
        let seat = self.seat(context);
        let known = self.made.read().unwrap_or_else(PoisonError::into_inner).get(&seat).cloned();
        let frame = match known {
            Some(frame) => frame,
            None => {
                let frame = self.render(&seat, context, theme, page)?;
                self.made.write().unwrap_or_else(PoisonError::into_inner).insert(seat, frame.clone());
                frame
            }
        };
        context.insert_value("frame", frame);
        Ok(())
    }

    fn seat(&self, context: &Context) -> Seat {
        let of_page = |field: &str| {
            let page = context.get("page").and_then(|page| page.get_from_path(field));
            page.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let path = of_page("path");
        let path = if self.linked.contains(&path) { path } else { String::new() };
        Seat { kind: of_page("kind"), root: of_page("root"), path }
    }

    fn render(&self, seat: &Seat, of_page: &Context, theme: &Theme, page: &str) -> Result<Value, Box<Diagnostic>> {
        let mut context = Context::new();
        for name in ["site", "t"] {
            context.insert_value(name, of_page.get(name).cloned().unwrap_or_else(Value::none));
        }
        context.insert_value("page", Value::from_serializable(seat));
        let mut frame = BTreeMap::new();
        for (name, template) in &self.templates {
            frame.insert(name, theme.render(template, &context, page)?.trim().to_owned());
        }
        Ok(Value::from_serializable(&frame))
    }
}
