//! Figures in texts: each stands under a claim, and says what the claim says.
//!
//! A text is held against its claim as the reader sees it, so that a hedge directly before or behind a link counts. One report
//! per place: the unit before the number before the hedge. How figures are compared is told in `model::figure`.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markdown::{Block, Document, Mark};
use crate::model::figure::tongue::Language;
use crate::model::figure::{
    Context, Figure, Found, HedgeClass, Unit, UnitNames, Verdict, compare, find, hedge_after, hedge_before, parse,
    tongue,
};
use crate::model::{Change, Claim, Page, Site, Spanned};

use super::said::Said;
use super::titles::Titles;

/// Holds every text against the rules; `pages` is what was found in each page of the last site, and then of this one.
pub(super) fn check(site: &Site, change: &Change, pages: &mut Vec<Diagnostics>, diagnostics: &mut Diagnostics) {
    let mut units = UnitNames::new();
    site.claims().filter_map(|(_, claim)| claim.figure.as_ref()).for_each(|figure| units.add(&figure.value));
    let (context, language) = (site.config.figures(), Language::of(&site.config.language));
    pages.resize(site.pages.len(), Diagnostics::default());
    {
        let said = OnceLock::new();
        pages.par_iter_mut().zip(&site.pages).enumerate().for_each(|(at, (found, page))| {
            if change.touches(at) {
                *found = Diagnostics::default();
                if !page.file.strip_prefix("content/").is_some_and(|file| site.unread.contains(file)) {
                    Figures { site, units: &units, context, language, said: &said, diagnostics: found }.page(page);
                }
            }
        });
    }
    pages.iter().for_each(|found| diagnostics.extend(found.clone()));
    let said = OnceLock::new();
    let mut rule = Figures { site, units: &units, context, language, said: &said, diagnostics };
    rule.of_site();
    let texts = site.questions.iter().map(|question| ("content/questions.yaml", question.note.as_ref()));
    let texts =
        texts.chain(site.config.groups.iter().flatten().map(|group| ("content/site.yaml", group.summary.as_ref())));
    for (file, document) in texts {
        for block in document.iter().flat_map(|document| &document.blocks) {
            rule.claim_links(&Text::new(block, &file.into()));
        }
    }
}

/// The rules for figures, with what they need to know of the site.
pub(super) struct Figures<'a> {
    pub(super) site: &'a Site,
    pub(super) units: &'a UnitNames,
    pub(super) context: Context,
    pub(super) language: Language,
    /// The claims of the whole site by their numbers, made when first asked for.
    said: &'a OnceLock<Said<'a>>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// A block with the figures in it, which are looked for once.
struct Text<'a> {
    block: &'a Block,
    file: &'a Arc<str>,
    found: OnceCell<Vec<Found>>,
}

impl<'a> Text<'a> {
    fn new(block: &'a Block, file: &'a Arc<str>) -> Self {
        Self { block, file, found: OnceCell::new() }
    }
}

/// What figures without a claim are held against, made when the first is found.
struct OfPage<'a> {
    titles: Titles<'a>,
    said: Said<'a>,
}

impl<'a> Figures<'a> {
    fn page(&mut self, page: &'a Page) {
        self.headlines(page);
        let of_page = OnceCell::new();
        for (field, document) in page.documents() {
            let prose = matches!(field, "body" | "summary" | "caption");
            self.document(document, page, prose, &of_page);
        }
    }

    fn document(&mut self, document: &Document, page: &'a Page, prose: bool, of_page: &OnceCell<OfPage<'a>>) {
        for block in &document.blocks {
            let text = Text::new(block, &page.file);
            self.claim_links(&text);
            if prose {
                self.unsourced(&text, page, of_page);
            }
        }
    }

    fn found<'t>(&self, text: &'t Text<'_>) -> &'t [Found] {
        text.found.get_or_init(|| find(&text.block.text, self.context, self.units))
    }

    /// Holds the text of each claim link against its claim.
    fn claim_links(&mut self, text: &Text<'_>) {
        let Text { block, file, .. } = text;
        for (range, mark) in &block.marks {
            let Mark::Claim(id) = mark else { continue };
            let Some(at) = self.site.index.claim(id) else { continue };
            let (_, claim) = self.site.claim_at(at);
            let Some(figure) = &claim.figure else { continue };
            let mut stated = self.stated(text, range);
            if stated.is_empty() {
                stated.extend(self.bare_number(block, range, &figure.value));
            }
            for (place, stated) in stated {
                let verdict = self.verdict(&figure.value, &stated);
                if verdict != Verdict::Same {
                    let span = block.span(file, place.clone());
                    self.report(verdict, &block.text[place], &stated, figure, claim, span);
                    break;
                }
            }
        }
    }

    /// Returns the figures that the text of a link states, each with its place: the link's whole text where it is one
    /// figure, with a hedge before it; otherwise those found in it.
    fn stated(&self, whole: &Text<'_>, range: &Range<usize>) -> Vec<(Range<usize>, Figure)> {
        let block = whole.block;
        let text = &block.text[range.clone()];
        if let Language::Known(tongue) = self.language
            && let Some(mut figure) = tongue::read(tongue, text, self.context)
        {
            if figure.hedge.is_none() {
                figure.hedge = tongue.hedge_around(&block.text[..range.start], &block.text[range.end..]);
            }
            return vec![(range.clone(), figure)];
        }
        if let Ok(mut figure) = parse(text.trim(), self.context) {
            let mut place = range.clone();
            if figure.hedge.is_none()
                && let Some((hedge, before)) = hedge_before(&block.text[..range.start])
            {
                figure.hedge = Some(hedge);
                place.start = before.start;
            }
            if figure.hedge.is_none()
                && let Some((hedge, after)) = hedge_after(&block.text[range.end..])
            {
                figure.hedge = Some(hedge);
                place.end = range.end + after.end;
            }
            return vec![(place, figure)];
        }
        if !matches!(self.language, Language::English) {
            return Vec::new();
        }
        // They are in the order of the text, and do not overlap.
        let found = self.found(whole);
        let first = found.partition_point(|found| found.number_range.start < range.start);
        let inside = found[first..].iter().take_while(|found| found.number_range.end <= range.end);
        inside.map(|found| (found.range.clone(), found.figure.clone())).collect()
    }

    /// Holds a figure against a claim. In other languages than English less is known, and what is not known is not judged:
    /// whether a number with a noun is a count of something else (`2019년 보고서`), and the hedges of most languages.
    pub(super) fn verdict(&self, claim: &Figure, text: &Figure) -> Verdict {
        let verdict = compare(claim, text);
        let judged = match (self.language, verdict) {
            (Language::English, _) => true,
            (_, Verdict::UnitMismatch) => !matches!(text.unit, Unit::Noun(_)),
            (Language::Other, _) => verdict == Verdict::FigureMismatch,
            (Language::Known(_), _) => true,
        };
        if judged { verdict } else { Verdict::Same }
    }

    /// Returns what the text of a link states where it is a number without a unit: the claim's unit is meant.
    fn bare_number(&self, block: &Block, range: &Range<usize>, claimed: &Figure) -> Option<(Range<usize>, Figure)> {
        let with_unit = format!("{} {}", block.text[range.clone()].trim(), claimed.unit);
        let mut figure = parse(&with_unit, self.context).ok()?;
        if figure.hedge.is_none() {
            let before = hedge_before(&block.text[..range.start]);
            figure.hedge = before.or_else(|| hedge_after(&block.text[range.end..])).map(|(hedge, _)| hedge);
        }
        Some((range.clone(), figure))
    }

    /// Reports figures that stand under no claim.
    fn unsourced(&mut self, text: &Text<'_>, page: &'a Page, of_page: &OnceCell<OfPage<'a>>) {
        let Text { block, file, .. } = text;
        for found in self.found(text) {
            if in_address(block, found) || block.claim_around(&found.number_range).is_some() {
                continue;
            }
            let of_page = of_page
                .get_or_init(|| OfPage { titles: Titles::of(page, self.site), said: Said::new(page.claims.iter()) });
            if of_page.titles.hold(&block.text, &(found.range.start..found.number_range.end)) {
                continue;
            }
            let text = &block.text[found.range.clone()];
            let hedged = of_page.said.first(&found.figure, Verdict::DroppedHedge);
            let hedged =
                hedged.and_then(|claim| Some((claim, claim.figure.as_ref()?.value.as_text(self.context).to_string())));
            let help = match (self.nearest_claim(&found.figure, of_page), hedged) {
                (Some(claim), _) => format!("link it to its claim: `[{text}](claim:{})`", claim.id.value),
                (None, Some((claim, hedged))) => {
                    format!(
                        "link it to its claim, and say it as the claim does: `[{hedged}](claim:{})`",
                        claim.id.value
                    )
                }
                (None, None) => format!(
                    "add a claim with `figure: {}` to the front matter and link it: `[{text}](claim:ID)`; `[{text}](claim:none)` says openly that it is none",
                    found.figure
                ),
            };
            let diagnostic = Diagnostic::new(Code::UnsourcedFigure, format!("the figure `{text}` leads to no claim"))
                .at(block.span(file, found.range.clone()), "nothing says who said it, and where")
                .help(help);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Returns a claim that says what a figure says: of the page, or of the site.
    fn nearest_claim(&self, figure: &Figure, of_page: &OfPage<'a>) -> Option<&'a Claim> {
        let site = || {
            let said = self.said.get_or_init(|| Said::new(self.site.pages.iter().flat_map(|page| &page.claims)));
            said.first(figure, Verdict::Same)
        };
        of_page.said.first(figure, Verdict::Same).or_else(site)
    }

    /// Reports how a text differs from the claim that it states.
    pub(super) fn report(
        &mut self,
        verdict: Verdict,
        typed: &str,
        text: &Figure,
        claimed: &Spanned<Figure>,
        claim: &Claim,
        span: Span,
    ) {
        let (code, label) = match verdict {
            Verdict::Same => return,
            Verdict::UnitMismatch => (Code::UnitMismatch, format!("the claim counts in {}", claimed.value.unit)),
            Verdict::FigureMismatch => (Code::FigureMismatch, "another number".to_owned()),
            Verdict::FalsePrecision => (Code::FalsePrecision, precision_label(text, &claimed.value)),
            Verdict::DroppedHedge => (Code::DroppedHedge, dropped_label(text, &claimed.value)),
            Verdict::AddedHedge => (Code::AddedHedge, "the claim is not hedged like this".to_owned()),
        };
        let diagnostic = Diagnostic::new(code, format!("the text says `{typed}`, the claim says `{}`", claimed.value))
            .at(span, label)
            .and(claimed.span.clone(), format!("the claim `{}`", claim.id.value))
            .help(self.way_out(verdict, &claimed.value));
        self.diagnostics.push(diagnostic);
    }
}

impl Figures<'_> {
    /// Says what to write instead, in the language of the site as far as it is known.
    fn way_out(&self, verdict: Verdict, claim: &Figure) -> String {
        let or = "or change the claim if its source says otherwise";
        let words = match (self.language, &claim.hedge) {
            (Language::Known(tongue), Some(hedge)) => tongue.words_for(hedge),
            _ => Vec::new(),
        };
        match (self.language, verdict) {
            (Language::English, _) => format!("write `{}`, {or}", claim.as_text(self.context)),
            (_, Verdict::DroppedHedge) if !words.is_empty() => {
                format!(
                    "say it beside the number, in one of the words that are read here: `{}`; {or}",
                    words.join("`, `")
                )
            }
            _ => format!("say in the text what the claim says, {or}"),
        }
    }
}

/// The most bytes that an address has. What is longer is text, however many figures stand in it.
const LONGEST_ADDRESS: usize = 2_000;

/// Tells whether a figure is a part of an address that stands in the text as it is.
fn in_address(block: &Block, found: &Found) -> bool {
    block.mark_around(&found.range).is_some_and(|(range, mark)| {
        *mark == Mark::Link && range.len() <= LONGEST_ADDRESS && block.text[range.clone()].contains("://")
    })
}

fn precision_label(text: &Figure, claim: &Figure) -> String {
    let bound = claim.hedge.as_ref().filter(|hedge| hedge.class.is_bound());
    if compare(claim, &Figure { hedge: claim.hedge.clone(), ..text.clone() }) == Verdict::FalsePrecision
        && text.amount.low().value() == claim.amount.low().value()
    {
        return "more digits than the claim has".to_owned();
    }
    match (&text.hedge, bound) {
        (None, Some(_)) => "rounded, and the claim's bound is lost".to_owned(),
        (_, Some(hedge)) => match hedge.class {
            HedgeClass::Lower => "rounded up, and the claim says `at least`: it can only be rounded down".to_owned(),
            _ => "rounded down, and the claim says `up to`: it can only be rounded up".to_owned(),
        },
        (None, None) => "rounded, and not said to be: `about` is missing".to_owned(),
        (Some(_), None) => "this is not a rounding of the claim's number".to_owned(),
    }
}

fn dropped_label(text: &Figure, claim: &Figure) -> String {
    let was = claim.hedge.as_ref().map_or("hedge", |hedge| hedge.class.name());
    match &text.hedge {
        None => format!("the claim's {was} has become a plain number"),
        Some(hedge) => format!("the claim's {was} has become `{hedge}`"),
    }
}
