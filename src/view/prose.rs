//! Fills the holes of a parsed text: links, citations, claims, pictures.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::markdown::{Citation, Document, Hole, Image, LinkHole, Piece, Target};
use crate::model::Destination;

use super::escape;
use super::types::{Backlink, BodyPart, FootnoteView};
use super::{Place, Views};

/// What a page has cited so far: numbers are given in the order of the text.
#[derive(Default)]
pub(super) struct Numbering {
    /// The ids of the sources cited, in the order of their numbers, with the places that cite them.
    pub(super) cited: Vec<(String, Vec<Backlink>)>,
    /// The claims whose card was shown.
    pub(super) claims: BTreeSet<String>,
    /// How many pictures were shown.
    pub(super) pictures: usize,
}

impl Numbering {
    /// Returns the number of a source and whether it is new.
    pub(super) fn number(&mut self, id: &str) -> (usize, bool) {
        match self.cited.iter().position(|(known, _)| known == id) {
            Some(index) => (index + 1, false),
            None => {
                self.cited.push((id.to_owned(), Vec::new()));
                (self.cited.len(), true)
            }
        }
    }
}

/// What is filled in beside the text itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Margin {
    /// Notes with sources and claims stand in the margin.
    Notes,
    /// Nothing does: in footnotes and lines.
    Empty,
}

impl Views<'_> {
    /// Fills a body. Questions that are set into it part it.
    pub(super) fn body(&self, document: &Document, place: &Place, numbering: &mut Numbering) -> Vec<BodyPart> {
        let mut filler = self.filler(place, Margin::Notes, Some(numbering));
        let mut parts = Vec::new();
        for piece in &document.pieces {
            if let Piece::Hole(Hole::QuestionBlock(question)) = piece {
                parts.extend(html_part(&mut filler.out));
                let question = self.question_by_id(&question.id, place);
                parts.extend(question.map(|question| BodyPart { html: None, question: Some(question) }));
            } else {
                filler.piece(piece);
            }
        }
        parts.extend(html_part(&mut filler.out));
        parts
    }

    /// Fills the footnotes of a body, after it.
    pub(super) fn footnotes(&self, document: &Document, place: &Place, numbering: &mut Numbering) -> Vec<FootnoteView> {
        let notes = document.footnotes.iter().map(|note| {
            let mut filler = self.filler(place, Margin::Empty, Some(numbering));
            note.pieces.iter().for_each(|piece| filler.piece(piece));
            FootnoteView {
                letter: note.letter.clone(),
                anchor: format!("fn-{}", note.letter),
                html: filler.out,
                backlinks: (1..=note.references).map(|count| format!("fnref-{}-{count}", note.letter)).collect(),
            }
        });
        notes.collect()
    }

    /// Fills a line that stands where there is no list of sources: its citations are left out.
    pub(super) fn line(&self, document: &Document, place: &Place) -> String {
        let mut filler = self.filler(place, Margin::Empty, None);
        document.pieces.iter().for_each(|piece| filler.piece(piece));
        filler.out.trim().to_owned()
    }

    fn filler<'f>(&'f self, place: &'f Place, margin: Margin, numbering: Option<&'f mut Numbering>) -> Filler<'f> {
        Filler { views: self, place, margin, numbering, out: String::new(), open: Vec::new(), tables: 0 }
    }

    /// Returns the address of a link, from a page; `None` where it leads nowhere, which `check` has reported.
    pub(super) fn address(&self, target: &Target, place: &Place) -> Option<String> {
        match target {
            Target::External(address) => Some(escape::href(address)),
            Target::Anchor(anchor) => Some(format!("#{}", escape::href(anchor))),
            Target::Unsafe { .. } => None,
            Target::File { path, anchor } => {
                let path = match self.site.index.resolve(&place.from, path) {
                    Destination::Page(page) => self.site.pages[page].path.clone(),
                    Destination::Made(path) | Destination::Other(path) => path,
                    Destination::Outside => return None,
                };
                let anchor = anchor.as_ref().map(|anchor| format!("#{}", escape::href(anchor)));
                Some(format!("{}{}{}", place.root, escape::html(&escape::path(&path)), anchor.unwrap_or_default()))
            }
        }
    }
}

fn html_part(out: &mut String) -> Option<BodyPart> {
    let html = std::mem::take(out);
    (!html.trim().is_empty()).then_some(BodyPart { html: Some(html), question: None })
}

struct Filler<'a> {
    views: &'a Views<'a>,
    place: &'a Place,
    margin: Margin,
    numbering: Option<&'a mut Numbering>,
    out: String,
    /// What ends the open links: the tag, and what follows it.
    open: Vec<String>,
    tables: usize,
}

impl Filler<'_> {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Html(html) => self.out.push_str(html),
            Piece::Hole(hole) => self.hole(hole),
        }
    }

    fn hole(&mut self, hole: &Hole) {
        let root = &self.place.root;
        match hole {
            Hole::Prefix => {}
            Hole::HeadingAnchor(id) => {
                let label = escape::html(&self.views.words.prose.section_link);
                self.push(format_args!(" <a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\">#</a>"));
            }
            Hole::Link(link) => self.link(link),
            Hole::Question(question) => {
                self.push(format_args!("<a href=\"{root}ledger.html#question-{}\">", escape::html(&question.id)));
                self.open.push("</a>".into());
            }
            Hole::Claim(claim) => self.claim(&claim.id),
            Hole::LinkEnd | Hole::ClaimEnd => {
                let end = self.open.pop().unwrap_or_default();
                self.out.push_str(&end);
            }
            Hole::QuestionBlock(_) => {}
            Hole::Citation(citation) => self.citation(citation),
            Hole::Image(image) => self.image(image),
            Hole::Table(false) => {
                self.tables += 1;
                let label = escape::html(&self.views.words.prose.table);
                self.push(format_args!("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">"));
            }
            Hole::Table(true) => {
                self.tables = self.tables.saturating_sub(1);
                self.out.push_str("</div>");
            }
        }
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("a string takes everything");
    }

    fn link(&mut self, link: &LinkHole) {
        let Some(address) = self.views.address(&link.target, self.place) else {
            self.open.push(String::new());
            return;
        };
        let title =
            if link.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape::html(&link.title)) };
        self.push(format_args!("<a href=\"{address}\"{title}>"));
        self.open.push("</a>".into());
    }

    /// Opens the link of a claim; its card follows the first link of a page.
    fn claim(&mut self, id: &str) {
        let Some(at) = self.views.site.index.claim(id) else {
            self.open.push(String::new());
            return;
        };
        let new = self.numbering.as_mut().is_some_and(|numbering| numbering.claims.insert(id.to_owned()));
        let card = new && self.margin == Margin::Notes && self.tables == 0;
        let card = if card { self.views.claim_card(at) } else { String::new() };
        let root = &self.place.root;
        self.push(format_args!("<a class=\"claim\" href=\"{root}ledger.html#claim-{}\">", escape::html(id)));
        self.open.push(format!("</a>{card}"));
    }

    fn citation(&mut self, citation: &Citation) {
        let Some(numbering) = self.numbering.as_deref_mut() else { return };
        let mut links = Vec::new();
        let mut notes = String::new();
        for cited in &citation.cited {
            let Some(source) = self.views.site.sources.get(cited.id.as_str()) else { continue };
            let (number, new) = numbering.number(&cited.id);
            let places = &mut numbering.cited[number - 1].1;
            let anchor = format!("ref-{number}-{}", places.len() + 1);
            places.push(Backlink { anchor: anchor.clone(), locator: cited.locator.clone() });
            links.push(format!("<a href=\"#cite-{number}\" id=\"{anchor}\">{number}</a>"));
            if new && self.margin == Margin::Notes && self.tables == 0 {
                notes.push_str(&self.views.side_note(number, source, cited.locator.as_deref(), self.place));
            }
        }
        if !links.is_empty() {
            self.push(format_args!("<sup class=\"cite\">{}</sup>{notes}", links.join("<span>, </span>")));
        }
    }

    fn image(&mut self, image: &Image) {
        let first = self.numbering.as_mut().is_some_and(|numbering| {
            numbering.pictures += 1;
            numbering.pictures == 1
        });
        let Some(picture) = self.views.image(image, self.place, first) else { return };
        match (image.alone, image.title.is_empty()) {
            (false, _) => self.out.push_str(&picture),
            (true, true) => self.push(format_args!("<figure>{picture}</figure>\n")),
            (true, false) => {
                let caption = escape::html(&image.title);
                self.push(format_args!("<figure>{picture}<figcaption>{caption}</figcaption></figure>\n"));
            }
        }
    }
}
