//! Fills the holes of a parsed text: links, citations, claims, pictures.

use std::collections::{BTreeSet, HashMap};
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
    /// The number of each id.
    pub(super) numbers: HashMap<String, usize>,
    /// The claims whose card was shown.
    pub(super) claims: BTreeSet<String>,
    /// How many pictures were shown.
    pub(super) pictures: usize,
}

impl Numbering {
    /// Returns the number of a source and whether it is new.
    pub(super) fn number(&mut self, id: &str) -> (usize, bool) {
        if let Some(number) = self.numbers.get(id) {
            return (*number, false);
        }
        self.cited.push((id.to_owned(), Vec::new()));
        self.numbers.insert(id.to_owned(), self.cited.len());
        (self.cited.len(), true)
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
        self.parts(document, self.filler(place, Margin::Notes, Some(numbering)))
    }

    /// Fills a body for another place than its page, such as a feed: without a margin, and without the links that
    /// headings have to themselves.
    pub(super) fn bare_body(&self, document: &Document, place: &Place, numbering: &mut Numbering) -> Vec<BodyPart> {
        self.parts(document, self.filler(place, Margin::Empty, Some(numbering)))
    }

    /// A question is set in at the first place that asks for it. Its table and its drawing a thousand times on one page would
    /// make gigabytes of nothing new, and its anchor would not be one.
    fn parts(&self, document: &Document, mut filler: Filler<'_>) -> Vec<BodyPart> {
        let place = filler.place;
        let mut shown = BTreeSet::new();
        let mut parts = Vec::new();
        let mut below = false;
        for piece in &document.pieces {
            if let Piece::Hole(Hole::QuestionBlock(question)) = piece
                && shown.insert(&question.id)
            {
                filler.place_notes();
                below |= filler.out.contains("<h2");
                parts.extend(html_part(&mut filler.out));
                let question = self.question_by_id(&question.id, place);
                let level = if below { 3 } else { 2 };
                parts.extend(question.map(|question| BodyPart { html: None, question: Some(question), level }));
            } else {
                filler.piece(piece);
            }
        }
        filler.place_notes();
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
                anchor: format!("{}fn-{}", place.prefix(), note.letter),
                html: filler.out,
                backlinks: (1..=note.references)
                    .map(|count| format!("{}fnref-{}-{count}", place.prefix(), note.letter))
                    .collect(),
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
        Filler {
            views: self,
            place,
            margin,
            numbering,
            out: String::new(),
            open: Vec::new(),
            notes: String::new(),
            table: None,
        }
    }

    /// Returns the address of a link, from a page; `None` where it leads nowhere, which `check` has reported.
    pub(super) fn address(&self, target: &Target, place: &Place) -> Option<String> {
        match target {
            Target::External(address) => Some(escape::href(address)),
            Target::Anchor(anchor) => Some(format!("#{}{}", escape::href(place.prefix()), escape::href(anchor))),
            Target::Unsafe { .. } => None,
            Target::File { path, anchor } => {
                let destination = self.site.index.resolve(&place.from, path);
                if place.is_section() {
                    match &destination {
                        Destination::Page(page) => {
                            return Some(escape::href(&place.to_page(&self.site.pages[*page], anchor.as_deref())));
                        }
                        Destination::Made(path) => {
                            let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
                            return Some(escape::href(&place.to_made(&format!("{path}{anchor}"))));
                        }
                        _ => {}
                    }
                }
                let path = match destination {
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

/// Writes HTML with each of its headings one level lower: in a document, the page's own heading stands above them.
fn lower_headings(html: &str, out: &mut String) {
    let mut rest = html;
    // In HTML that the program wrote or cleaned, `<` begins a tag and nothing else.
    while let Some(at) = rest.find('<') {
        let tag = &rest[at..];
        let name = tag.trim_start_matches(['<', '/']);
        let level = match name.as_bytes() {
            [b'h', level @ b'1'..=b'5', b' ' | b'>', ..] => Some(level + 1),
            _ => None,
        };
        let start = at + (tag.len() - name.len());
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some(level) = level {
            out.push('h');
            out.push(char::from(level));
            rest = &rest[2..];
        }
    }
    out.push_str(rest);
}

fn html_part(out: &mut String) -> Option<BodyPart> {
    let html = std::mem::take(out);
    (!html.trim().is_empty()).then_some(BodyPart { html: Some(html), question: None, level: 2 })
}

struct Filler<'a> {
    views: &'a Views<'a>,
    place: &'a Place,
    margin: Margin,
    numbering: Option<&'a mut Numbering>,
    out: String,
    /// What ends the open links: the tag, and the note that follows it.
    open: Vec<(&'static str, String)>,
    /// Notes for the margin that wait for the end of the word, so that nothing comes between a claim, its citation and
    /// the full stop.
    notes: String,
    /// Where the open table begins: its notes stand before it, because a table that is moved sideways would cut them off.
    table: Option<usize>,
}

impl Filler<'_> {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Html(html) if self.place.is_section() => {
                let mut lowered = String::with_capacity(html.len());
                lower_headings(html, &mut lowered);
                self.html(&lowered);
            }
            Piece::Html(html) => self.html(html),
            Piece::Hole(hole) => self.hole(hole),
        }
    }

    /// Writes HTML; notes that wait stand after the word that it goes on with.
    fn html(&mut self, html: &str) {
        let word = html.find(|letter: char| letter == '<' || letter.is_whitespace()).unwrap_or(html.len());
        let (word, rest) = if self.notes.is_empty() { (html, "") } else { html.split_at(word) };
        self.out.push_str(word);
        if !rest.is_empty() {
            self.place_notes();
            self.out.push_str(rest);
        }
    }

    /// Puts the notes that wait into the text; those of a table wait for its end.
    fn place_notes(&mut self) {
        if self.table.is_none() {
            self.out.push_str(&self.notes);
            self.notes.clear();
        }
    }

    /// Puts the notes of a table that has ended before it.
    fn table_notes(&mut self) {
        if let Some(start) = self.table.take()
            && !self.notes.is_empty()
        {
            let notes = std::mem::take(&mut self.notes);
            self.out.insert_str(start, &format!("<div class=\"beside\">{notes}</div>\n"));
        }
    }

    fn hole(&mut self, hole: &Hole) {
        if !matches!(hole, Hole::Citation(_) | Hole::LinkEnd | Hole::ClaimEnd) {
            self.place_notes();
        }
        let root = &self.place.root;
        match hole {
            Hole::Prefix => self.out.push_str(&escape::html(self.place.prefix())),
            Hole::HeadingAnchor(_) if self.margin == Margin::Empty => {}
            Hole::HeadingAnchor(id) => {
                let label = escape::html(&self.views.words.prose.section_link);
                let prefix = escape::html(self.place.prefix());
                self.push(format_args!(" <a class=\"anchor\" href=\"#{prefix}{id}\" aria-label=\"{label}\">#</a>"));
            }
            Hole::Link(link) => self.link(link),
            Hole::Question(question) => {
                let path = self.place.to_made(&format!("ledger.html#question-{}", question.id));
                self.push(format_args!("<a href=\"{root}{}\">", escape::html(&path)));
                self.open.push(("</a>", String::new()));
            }
            Hole::Claim(claim) => self.claim(&claim.id),
            Hole::LinkEnd | Hole::ClaimEnd => {
                let (end, note) = self.open.pop().unwrap_or_default();
                self.out.push_str(end);
                self.notes.push_str(&note);
            }
            Hole::QuestionBlock(question) => self.question_elsewhere(&question.id),
            Hole::Citation(citation) => self.citation(citation),
            Hole::Image(image) => self.image(image),
            Hole::Table(false) => {
                self.table = Some(self.out.len());
                let label = escape::html(&self.views.words.prose.table);
                self.push(format_args!("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">"));
            }
            Hole::Table(true) => {
                self.out.push_str("</div>");
                self.table_notes();
            }
        }
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("a string takes everything");
    }

    fn link(&mut self, link: &LinkHole) {
        let Some(address) = self.views.address(&link.target, self.place) else {
            self.open.push(("", String::new()));
            return;
        };
        let title =
            if link.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape::html(&link.title)) };
        self.push(format_args!("<a href=\"{address}\"{title}>"));
        self.open.push(("</a>", String::new()));
    }

    /// Leads to a question that cannot be set in here: it stands on the page already, or this is a footnote.
    fn question_elsewhere(&mut self, id: &str) {
        let Some(at) = self.views.site.index.question(id) else { return };
        let title = escape::html(&self.views.site.questions[at].title);
        let root = &self.place.root;
        let path = self.place.to_made(&format!("ledger.html#question-{id}"));
        self.push(format_args!("<p><a href=\"{root}{}\">{title}</a></p>\n", escape::html(&path)));
    }

    /// Opens the link of a claim; its card follows the first link of a page.
    fn claim(&mut self, id: &str) {
        let Some(at) = self.views.site.index.claim(id) else {
            self.open.push(("", String::new()));
            return;
        };
        let new = self.numbering.as_mut().is_some_and(|numbering| numbering.claims.insert(id.to_owned()));
        let card = new && self.margin == Margin::Notes && self.table.is_none();
        let card = if card { self.views.claim_card(at) } else { String::new() };
        let root = &self.place.root;
        let path = self.place.to_made(&format!("ledger.html#claim-{id}"));
        self.push(format_args!("<a class=\"claim\" href=\"{root}{}\">", escape::html(&path)));
        self.open.push(("</a>", card));
    }

    fn citation(&mut self, citation: &Citation) {
        let Some(numbering) = self.numbering.as_deref_mut() else { return };
        let mut links = Vec::new();
        for cited in &citation.cited {
            let Some(source) = self.views.site.sources.get(cited.id.as_str()) else { continue };
            let (number, new) = numbering.number(&cited.id);
            let places = &mut numbering.cited[number - 1].1;
            let prefix = self.place.prefix();
            let anchor = format!("{prefix}ref-{number}-{}", places.len() + 1);
            places.push(Backlink { anchor: anchor.clone(), locator: cited.locator.clone() });
            let (to, at) = (escape::html(prefix), escape::html(&anchor));
            links.push(format!("<a href=\"#{to}cite-{number}\" id=\"{at}\">{number}</a>"));
            if new && self.margin == Margin::Notes {
                self.notes.push_str(&self.views.side_note(number, source, cited.locator.as_deref(), self.place));
            }
        }
        if !links.is_empty() {
            self.push(format_args!("<sup class=\"cite\">{}</sup>", links.join("<span>, </span>")));
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
