//! Social cards: the theme's `card.svg` for each page, drawn as PNG, in parallel.
//!
//! A card whose letters no font of the theme has is not drawn, rather than with empty boxes, and that is said once.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use tera::{Context, Value};

use crate::cache::{Key, Store};
use crate::cards::{AVAILABLE, Fault, HEIGHT, WIDTH};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Change, Page, card_path, group_path};
use crate::output::Shelf;
use crate::view::{CardLink, PageMeta, Place};

use super::pages::Job;
use super::{Renderer, Stores};

/// The template.
const TEMPLATE: &str = "card.svg";

/// What a card depends on beside its drawing and its fonts: to be changed with anything that changes its pixels.
const SETTINGS: &[u8] = b"1: resvg 0.49";

/// What came of each card in the last build, by the path of its page, for the next one, which draws none anew where only
/// texts differ: cards show front matter. The card, or the letter that no font has.
pub(super) type Kept<C> = HashMap<String, Result<Arc<Card<C>>, char>>;

/// A card, drawn.
#[derive(Debug)]
pub(super) struct Card<C> {
    /// The path of its page.
    pub(super) page: String,
    /// What the page says of it.
    pub(super) link: CardLink,
    /// PNG.
    pub(super) bytes: C,
}

impl Renderer<'_> {
    /// Draws the cards of a site; none where site.yaml or the theme wants none.
    pub(super) fn cards<S: Shelf>(
        &self,
        jobs: &[Job],
        stores: Stores<'_, S>,
        change: &Change,
        kept: &mut Kept<S::Content>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Arc<Card<S::Content>>> {
        let last = std::mem::take(kept);
        if !self.site.config.outputs.cards || !self.theme.has(TEMPLATE) {
            return Vec::new();
        }
        if !AVAILABLE {
            let message = "this program was built without social cards, which this site asks for";
            diagnostics.push(Diagnostic::new(Code::MissingFeature, message).help(
                "install the program with its feature `cards`, which is on unless switched off, or write `outputs: {cards: false}` into content/site.yaml",
            ));
            return Vec::new();
        }
        let drawn = jobs.par_iter().filter_map(|job| {
            let path = job.path(self.site);
            let result = match last.get(&path).filter(|_| *change != Change::Everything) {
                Some(Ok(card)) => Ok(Arc::clone(card)),
                Some(Err(letter)) => Err(Failure::Letter(*letter)),
                None => self.draw(&self.subject(job)?, stores).map(Arc::new),
            };
            Some((job, path, result))
        });
        let mut cards = Vec::new();
        let mut unlettered = Vec::new();
        for (job, path, result) in drawn.collect::<Vec<_>>() {
            match result {
                Ok(card) => {
                    kept.insert(path, Ok(Arc::clone(&card)));
                    cards.push(card);
                }
                Err(Failure::Letter(letter)) => {
                    kept.insert(path, Err(letter));
                    unlettered.extend(self.subject(job).map(|subject| (subject, letter)));
                }
                Err(Failure::Template(diagnostic)) => diagnostics.push(*diagnostic),
            }
        }
        diagnostics.extend(self.unlettered(&unlettered));
        cards
    }

    fn draw<S: Shelf>(&self, subject: &Subject<'_>, stores: Stores<'_, S>) -> Result<Card<S::Content>, Failure> {
        let place = &subject.place;
        let view = self.views.card(subject.page, place, &self.theme.variables);
        let alt = self.views.card_alt(&subject.meta, &view);
        let mut context = Context::new();
        context.insert_value("site", self.whole.clone());
        context.insert_value("t", self.words.clone());
        context.insert_value("page", Value::from_serializable(&subject.meta));
        context.insert_value("card", Value::from_serializable(&view));
        let svg = self.theme.render(TEMPLATE, &context, &subject.name()).map_err(Failure::Template)?;
        // A title may hold characters that HTML can show and XML cannot have.
        let svg = super::xml::legal(&svg);
        let path = card_path(&place.path);
        let link = CardLink { path, width: WIDTH, height: HEIGHT, alt };
        let bytes = self.png(&svg, stores.store).map_err(|fault| self.failure(&fault, subject))?;
        Ok(Card { page: place.path.clone(), link, bytes: stores.shelf.keep(bytes) })
    }

    fn png(&self, svg: &str, store: &dyn Store) -> Result<Vec<u8>, Fault> {
        let fonts = &self.theme.fonts;
        let key = Key::of(&[SETTINGS, fonts.digest(), svg.as_bytes()]);
        if let Some(bytes) = store.get("card", key) {
            return Ok(bytes);
        }
        fonts.must_cover(svg)?;
        let bytes = fonts.draw(svg)?;
        store.put("card", key, &bytes);
        Ok(bytes)
    }

    fn failure(&self, fault: &Fault, subject: &Subject<'_>) -> Failure {
        if let Fault::NoGlyph(letter) = fault {
            return Failure::Letter(*letter);
        }
        let message = format!("the social card of `{}` cannot be drawn: {fault}", subject.name());
        let diagnostic = Diagnostic::new(Code::BadTemplate, message)
            .help("`card.svg` must make an SVG of 1200 × 630 with fonts of `card-fonts/`; docs/themes.md tells more");
        Failure::Template(Box::new(match self.theme.path_of(TEMPLATE) {
            Some(file) => diagnostic.at(Span::new(file, 0..0), "this template draws it"),
            None => diagnostic,
        }))
    }

    /// Tells in one message which pages have no card for want of letters.
    fn unlettered(&self, pages: &[(Subject<'_>, char)]) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        if let Some((subject, letter)) = pages.first() {
            let others = match pages.len() - 1 {
                0 => String::new(),
                1 => " and one other page".to_owned(),
                more => format!(" and {more} other pages"),
            };
            let message = format!("there is no social card for `{}`{others}", subject.name());
            let help = format!(
                "put a font that has it, as TTF or OTF, into `themes/{}/card-fonts/`, or write `outputs: {{cards: false}}` into content/site.yaml",
                self.site.config.theme
            );
            let label = format!("no font of the theme's cards has `{letter}`");
            let diagnostic = Diagnostic::new(Code::NoCard, message).help(help);
            diagnostics.push(match subject.page {
                Some(page) => diagnostic.at(page.title.span.clone(), label),
                None => diagnostic,
            });
        }
        diagnostics
    }

    /// Returns what a page's card is about; `None` for pages that have none.
    fn subject(&self, job: &Job) -> Option<Subject<'_>> {
        let page = match job {
            Job::Home(at) | Job::Page(at) => Some(*at),
            Job::Event(at) => Some(self.site.timeline[*at]),
            _ => None,
        };
        if let Some(page) = page.map(|at| &self.site.pages[at]) {
            let place = self.views.place(page);
            return Some(Subject { page: Some(page), meta: self.views.page_meta(page, &place), place });
        }
        let made = |kind: &'static str, path: &str, title: &str| {
            let place = Place::new(path, "site.yaml");
            Subject { page: None, meta: self.made(kind, title, &place), place }
        };
        let listed = |kind: &'static str| made(kind, &format!("{kind}.html"), &self.title(kind));
        match job {
            Job::Group(at) => {
                let (id, _) = &self.site.index.groups()[*at];
                let path = group_path(id);
                let title = self.views.group(id, &Place::new(&path, "site.yaml")).title;
                Some(made("group", &path, &title))
            }
            Job::Ledger => Some(listed("ledger")),
            Job::Sources => Some(listed("sources")),
            Job::Corrections => Some(listed("corrections")),
            _ => None,
        }
    }
}

/// What a card is about.
struct Subject<'s> {
    /// The page, where a file makes it.
    page: Option<&'s Page>,
    meta: PageMeta,
    place: Place,
}

impl Subject<'_> {
    fn name(&self) -> String {
        self.page.map_or_else(|| self.place.path.clone(), |page| page.file.to_string())
    }
}

/// Why there is no card.
enum Failure {
    Letter(char),
    Template(Box<Diagnostic>),
}
