//! Figures in plain texts that can have no links: titles, descriptions of pictures and of the site, questions.

use std::cell::OnceCell;
use std::sync::Arc;

use super::figures::Figures;
use super::said::Said;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Block;
use crate::model::figure::tongue::Language;
use crate::model::figure::{Figure, Verdict, find};
use crate::model::{Claim, Page};

/// Words for a plain text in messages.
struct Headline {
    /// `this page`.
    whose: &'static str,
    /// `a title`.
    place: &'static str,
    /// `the title`.
    there: &'static str,
    /// From which verdict on the nearest claim is not the one that was meant.
    gravest: Verdict,
}

/// The claims that a plain text may state.
struct Claims<'a> {
    list: Vec<&'a Claim>,
    /// The same by their numbers, made when the first figure is found.
    said: OnceCell<Said<'a>>,
}

impl<'a> Claims<'a> {
    fn new(claims: impl Iterator<Item = &'a Claim>) -> Self {
        Self { list: claims.collect(), said: OnceCell::new() }
    }
}

impl Figures<'_> {
    /// Looks at the titles of a page and the description of its picture.
    pub(super) fn headlines(&mut self, page: &Page) {
        let claims = Claims::new(page.claims.iter());
        let title =
            Headline { whose: "this page", place: "a title", there: "the title", gravest: Verdict::UnitMismatch };
        self.headline(&page.title_block, &page.file, &claims, &title);
        if let Some(block) = &page.title_short_block {
            self.headline(block, &page.file, &claims, &title);
        }
        if let Some(block) = page.media.as_ref().and_then(|media| media.alt_block.as_ref()) {
            let alt = Headline {
                whose: "this page",
                place: "the description of a picture",
                there: "the description",
                gravest: Verdict::UnitMismatch,
            };
            self.headline(block, &page.file, &claims, &alt);
        }
    }

    /// Looks at the description of the site and the titles of questions, where the claims of the whole site count.
    pub(super) fn of_site(&mut self) {
        let site = self.site;
        if site.has_unread_pages() {
            return;
        }
        let claims = Claims::new(site.claims().map(|(_, claim)| claim));
        let description = Headline {
            whose: "this site",
            place: "its description",
            there: "the description",
            gravest: Verdict::FigureMismatch,
        };
        self.headline(&site.config.description_block, &"content/site.yaml".into(), &claims, &description);
        for question in &site.questions {
            let title = Headline {
                whose: "this site",
                place: "the title of a question",
                there: "the title",
                gravest: Verdict::FigureMismatch,
            };
            self.headline(&question.title_block, &"content/questions.yaml".into(), &claims, &title);
        }
    }

    /// Returns the first of the claims that a figure states best, with how it states it. What is as grave as `gravest` may be
    /// passed over.
    fn best<'c>(&self, text: &Figure, claims: &Claims<'c>, gravest: Verdict) -> (Verdict, Option<&'c Claim>) {
        // In other languages what is about another number may count as the same.
        if matches!(self.language, Language::English) {
            let said = claims.said.get_or_init(|| Said::new(claims.list.iter().copied()));
            let near = said.best(text).filter(|(verdict, _)| *verdict < Verdict::FigureMismatch);
            if let Some((verdict, claim)) = near {
                return (verdict, Some(claim));
            }
            if gravest <= Verdict::FigureMismatch {
                return (gravest, None);
            }
        }
        let figures = claims.list.iter().filter_map(|claim| claim.figure.as_ref().map(|figure| (*claim, figure)));
        let judged = figures.map(|(claim, figure)| (self.verdict(&figure.value, text), claim));
        judged
            .min_by_key(|(verdict, _)| *verdict)
            .map_or((Verdict::UnitMismatch, None), |(verdict, claim)| (verdict, Some(claim)))
    }

    /// Holds the figures of a plain text, such as a title, against some claims: it can have no links.
    fn headline(&mut self, block: &Block, file: &Arc<str>, claims: &Claims<'_>, what: &Headline) {
        for mut found in find(&block.text, self.context, self.units) {
            if let (Language::Known(tongue), None) = (self.language, &found.figure.hedge) {
                let text = &block.text;
                found.figure.hedge = tongue.hedge_around(&text[..found.range.start], &text[found.range.end..]);
            }
            let (verdict, best) = self.best(&found.figure, claims, what.gravest);
            if verdict == Verdict::Same {
                continue;
            }
            let meant = best.filter(|_| verdict < what.gravest);
            let span = block.span(file, found.range.clone());
            let text = &block.text[found.range.clone()];
            match meant.and_then(|claim| Some((claim, claim.figure.as_ref()?))) {
                Some((claim, figure)) => self.report(verdict, text, &found.figure, figure, claim, span),
                None => {
                    let diagnostic =
                        Diagnostic::new(Code::UnsourcedFigure, format!("no claim of {} says `{text}`", what.whose))
                            .at(span, format!("a figure in {} must be one of {}'s claims", what.place, what.whose))
                            .help(format!("add the claim to `claims`, or take the figure out of {}", what.there));
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }
}
