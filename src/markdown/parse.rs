//! The parser: pulldown-cmark's events, turned into HTML with holes.
//!
//! Links, citations, pictures, headings, tables and footnotes are taken out of pulldown-cmark's hands, because they
//! depend on the site or because its writer leaves them to us (footnotes stand where they are defined; an aligned cell
//! gets a `style`, which the Content-Security-Policy forbids). Everything else is its HTML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

use super::citation::{self, brackets_with_ids};
use super::sanitise::harmless;
use super::slug::Slugs;
use super::split::{marker, pieces, without_markers};
use super::{
    Block, Citation, Cited, Document, Footnote, Heading, Hole, Html, Image, LinkHole, Mark, Piece, Reference, Target,
};

/// A text to parse.
pub struct Input<'a> {
    /// The Markdown.
    pub text: &'a str,
    /// The file it stands in.
    pub file: &'a Arc<str>,
    /// Gives the place in the file of a range of bytes of the text.
    pub place: &'a dyn Fn(Range<usize>) -> Range<usize>,
    /// A body or a line.
    pub layout: Layout,
    /// What becomes of raw HTML.
    pub html: Html,
}

/// What a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Paragraphs, headings, lists: a body.
    Blocks,
    /// One line, such as a summary or a caption: block markup is dropped, its text stays.
    Line,
}

/// What the address of a citation is while pulldown-cmark carries it.
const CITATION: &str = "dateline-citation:";

type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Parses a text. Footnote marks without a footnote, footnotes without a mark, brackets that look like citations and
/// raw HTML that is denied are reported.
pub fn parse(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Document {
    let text = without_markers(input.text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SMART_PUNCTUATION;
    let cite = |link: BrokenLink<'_>| {
        let short = matches!(link.link_type, LinkType::Shortcut | LinkType::Collapsed);
        (short && citation::items(&link.reference).is_some()).then(|| (CowStr::from(CITATION), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(&text, options, Some(cite)).into_offset_iter();
    let (body, notes) = part_footnotes(parser);
    let shift =
        body.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })));
    let mut writer = Writer {
        input,
        text: &text,
        diagnostics,
        holes: Vec::new(),
        slugs: Slugs::default(),
        shift: u8::from(shift),
        marks: Vec::new(),
        defined: &notes,
        block: Block::default(),
        ends: Vec::new(),
        raw: false,
        verbatim: false,
        quotes: 0,
        document: Document::default(),
    };
    let body = writer.pieces(&body);
    writer.document.pieces = body;
    writer.footnotes();
    writer.document
}

/// Takes the footnotes out of the text; they are written where the page wants them.
fn part_footnotes<'a>(
    parser: impl Iterator<Item = (Event<'a>, Range<usize>)>,
) -> (Events<'a>, BTreeMap<String, (Events<'a>, Range<usize>)>) {
    let mut notes = BTreeMap::new();
    let mut open: Vec<(String, Range<usize>, Events<'a>)> = Vec::new();
    let mut body = Vec::new();
    for (event, range) in parser {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((label.to_string(), range, Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, range, events)) = open.pop() {
                    notes.entry(label).or_insert((events, range));
                }
            }
            event => open.last_mut().map_or(&mut body, |(_, _, events)| events).push((event, range)),
        }
    }
    (body, notes)
}

struct Writer<'i, 'a> {
    input: &'i Input<'i>,
    text: &'a str,
    diagnostics: &'i mut Diagnostics,
    holes: Vec<Hole>,
    slugs: Slugs,
    /// 1 where the text uses level 1, which is the page's title.
    shift: u8,
    /// The labels referred to, in order, with how often.
    marks: Vec<(String, usize)>,
    defined: &'i BTreeMap<String, (Events<'a>, Range<usize>)>,
    block: Block,
    /// What the open links end with, and where their text began in the block.
    ends: Vec<(Hole, Option<Mark>, usize)>,
    raw: bool,
    /// Inside of a code block.
    verbatim: bool,
    /// How many block quotations are open.
    quotes: usize,
    document: Document,
}

impl<'a> Writer<'_, 'a> {
    /// Writes events and cuts the result at its holes.
    fn pieces(&mut self, events: &[(Event<'a>, Range<usize>)]) -> Vec<Piece> {
        self.raw = false;
        let mut out = Vec::with_capacity(events.len());
        let mut table = Table::default();
        let mut at = 0;
        while at < events.len() {
            at += self.event(&events[at..], &mut table, &mut out);
        }
        self.end_block();
        let mut written = String::with_capacity(self.text.len() * 3 / 2);
        html::push_html(&mut written, out.into_iter());
        if self.raw && self.input.html == Html::Sanitize {
            written = harmless(&written);
        }
        pieces(&written, &self.holes)
    }

    /// Writes the first of some events; returns how many it took.
    fn event(&mut self, events: &[(Event<'a>, Range<usize>)], table: &mut Table, out: &mut Vec<Event<'a>>) -> usize {
        let (event, range) = &events[0];
        match event {
            Event::Start(Tag::Paragraph) => {
                if let Some(taken) = self.alone(events, out) {
                    return taken;
                }
                self.block_tag(event, out);
            }
            Event::Start(Tag::Heading { level, .. }) => self.start_heading(*level, events, out),
            Event::End(TagEnd::Heading(level)) => self.end_heading(*level, out),
            Event::Start(Tag::Link { dest_url, title, .. }) if dest_url.as_ref() == CITATION => {
                debug_assert!(title.is_empty(), "the callback gives no title");
                self.citation(range, out);
                return length(events);
            }
            Event::Start(Tag::Link { dest_url, title, .. }) => self.start_link(dest_url, title, range, out),
            Event::End(TagEnd::Link) => self.end_link(out),
            Event::Start(Tag::Image { .. }) => {
                self.image(events, false, out);
                return length(events);
            }
            Event::FootnoteReference(label) => self.footnote_mark(label, out),
            Event::Text(text) => self.words(text, range, out),
            Event::Code(_) => {
                self.block.push("\u{FFFC}", self.file_range(range));
                out.push(event.clone());
            }
            Event::SoftBreak | Event::HardBreak => {
                self.block.push(" ", self.file_range(range));
                out.push(event.clone());
            }
            Event::Html(_) | Event::InlineHtml(_) => self.raw_html(event, range, out),
            Event::Start(Tag::CodeBlock(_)) => {
                self.verbatim = true;
                self.block_tag(event, out);
            }
            Event::End(TagEnd::CodeBlock) => {
                self.verbatim = false;
                self.block_tag(event, out);
            }
            Event::Start(Tag::BlockQuote(_)) => {
                self.block_tag(event, out);
                self.quotes += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                self.block_tag(event, out);
                self.quotes = self.quotes.saturating_sub(1);
            }
            event if self.input.layout == Layout::Blocks && table.takes(event) => {
                self.end_block();
                self.table(event, table, out);
            }
            Event::Start(tag) if is_inline(&tag.to_end()) => out.push(event.clone()),
            Event::End(tag) if is_inline(tag) => out.push(event.clone()),
            event => self.block_tag(event, out),
        }
        1
    }

    /// Writes the start or end of a block; in a line, only a space.
    fn block_tag(&mut self, event: &Event<'a>, out: &mut Vec<Event<'a>>) {
        self.end_block();
        match self.input.layout {
            Layout::Blocks => out.push(event.clone()),
            Layout::Line if !out.is_empty() && matches!(event, Event::Start(_)) => out.push(Event::SoftBreak),
            Layout::Line => {}
        }
    }

    fn words(&mut self, text: &CowStr<'a>, range: &Range<usize>, out: &mut Vec<Event<'a>>) {
        if !self.verbatim {
            self.block.push(text, self.file_range(range));
        }
        out.push(Event::Text(text.clone()));
    }

    /// Writes a paragraph that is only a link to a question, or only a picture.
    fn alone(&mut self, events: &[(Event<'a>, Range<usize>)], out: &mut Vec<Event<'a>>) -> Option<usize> {
        if self.input.layout == Layout::Line {
            return None;
        }
        let inside = length(&events[1..]);
        if !matches!(events.get(1 + inside), Some((Event::End(TagEnd::Paragraph), _))) {
            return None;
        }
        match &events[1] {
            (Event::Start(Tag::Link { dest_url, .. }), range) => {
                let id = dest_url.strip_prefix("question:")?;
                let reference = self.reference(id, range);
                out.push(self.hole(Hole::QuestionBlock(reference)));
            }
            (Event::Start(Tag::Image { .. }), _) => self.image(&events[1..], true, out),
            _ => return None,
        }
        Some(inside + 2)
    }

    fn start_heading(&mut self, level: HeadingLevel, events: &[(Event<'a>, Range<usize>)], out: &mut Vec<Event<'a>>) {
        self.end_block();
        if self.input.layout == Layout::Line {
            return;
        }
        let text = plain(&events[..length(events)]);
        let id = self.slugs.take(&text);
        let level = self.level(level);
        let prefix = self.mark(Hole::Prefix);
        out.push(Event::Html(format!("<h{level} id=\"{prefix}{id}\">").into()));
        self.document.headings.push(Heading { level, id, text });
    }

    fn end_heading(&mut self, level: HeadingLevel, out: &mut Vec<Event<'a>>) {
        self.end_block();
        if self.input.layout == Layout::Line {
            return;
        }
        let id = self.document.headings.last().map(|heading| heading.id.clone()).unwrap_or_default();
        let anchor = self.mark(Hole::HeadingAnchor(id));
        let level = self.level(level);
        out.push(Event::Html(format!("{anchor}</h{level}>\n").into()));
    }

    fn level(&self, level: HeadingLevel) -> u8 {
        (level as u8 + self.shift).min(6)
    }

    fn start_link(&mut self, address: &str, title: &str, range: &Range<usize>, out: &mut Vec<Event<'a>>) {
        let (start, end, mark) = if let Some(id) = address.strip_prefix("claim:") {
            (Hole::Claim(self.reference(id, range)), Hole::ClaimEnd, Mark::Claim(id.to_owned()))
        } else if let Some(id) = address.strip_prefix("question:") {
            (Hole::Question(self.reference(id, range)), Hole::LinkEnd, Mark::Link)
        } else {
            let link = LinkHole { target: Target::of(address), title: title.to_owned(), span: self.span(range) };
            (Hole::Link(link), Hole::LinkEnd, Mark::Link)
        };
        self.ends.push((end, Some(mark), self.block.text.len()));
        out.push(self.hole(start));
    }

    fn end_link(&mut self, out: &mut Vec<Event<'a>>) {
        let Some((end, mark, start)) = self.ends.pop() else { return };
        if let Some(mark) = mark {
            self.block.marks.push((start..self.block.text.len(), mark));
        }
        out.push(self.hole(end));
    }

    fn citation(&mut self, range: &Range<usize>, out: &mut Vec<Event<'a>>) {
        let bracket = &self.text[range.clone()];
        let inside = bracket.trim_end_matches("[]").trim_start_matches('[').trim_end_matches(']');
        let start = range.start + 1;
        let cited = citation::items(inside).unwrap_or_default().into_iter();
        let cited = cited.map(|item| Cited {
            id: item.id.to_owned(),
            locator: item.locator.map(str::to_owned),
            span: self.span(&(start + item.range.start..start + item.range.end)),
        });
        let citation = Citation { cited: cited.collect(), span: self.span(range) };
        // The space before a citation belongs to it: `up to $2bn [@ap]` is set as `up to $2bn¹`.
        if let Some(Event::Text(text)) = out.last_mut() {
            *text = text.trim_end().to_owned().into();
        } else if matches!(out.last(), Some(Event::SoftBreak)) {
            out.pop();
        }
        let start = self.block.text.len();
        self.block.push("\u{FFFC}", self.file_range(range));
        let ids = citation.cited.iter().map(|cited| cited.id.clone()).collect();
        self.block.marks.push((start..self.block.text.len(), Mark::Citation(ids)));
        out.push(self.hole(Hole::Citation(citation)));
    }

    fn image(&mut self, events: &[(Event<'a>, Range<usize>)], alone: bool, out: &mut Vec<Event<'a>>) {
        let (Event::Start(Tag::Image { dest_url, title, .. }), range) = &events[0] else { return };
        let image = Image {
            target: Target::of(dest_url),
            alt: plain(&events[..length(events)]),
            title: title.to_string(),
            alone,
            span: self.span(range),
        };
        out.push(self.hole(Hole::Image(image)));
    }

    fn raw_html(&mut self, event: &Event<'a>, range: &Range<usize>, out: &mut Vec<Event<'a>>) {
        let comment = self.text[range.clone()].trim_start().starts_with("<!--");
        if self.input.html == Html::Deny && !comment {
            let diagnostic = Diagnostic::new(Code::RawHtml, "HTML is not allowed in this site's texts")
                .at(self.span(range), "this is HTML")
                .help("write it as Markdown, or set `html: sanitize` in site.yaml");
            self.diagnostics.push(diagnostic);
        }
        if self.input.html != Html::Deny {
            self.raw = true;
            out.push(event.clone());
        }
    }

    fn footnote_mark(&mut self, label: &str, out: &mut Vec<Event<'a>>) {
        let index = self.marks.iter().position(|(known, _)| known == label).unwrap_or_else(|| {
            self.marks.push((label.to_owned(), 0));
            self.marks.len() - 1
        });
        self.marks[index].1 += 1;
        let (letter, count) = (letter(index), self.marks[index].1);
        let prefix = self.mark(Hole::Prefix);
        let link = format!("<a href=\"#{prefix}fn-{letter}\" id=\"{prefix}fnref-{letter}-{count}\">{letter}</a>");
        out.push(Event::Html(format!("<sup class=\"fnref\">{link}</sup>").into()));
    }

    /// Writes the footnotes referred to, which may refer to more, and reports the others.
    fn footnotes(&mut self) {
        let mut done = 0;
        while done < self.marks.len() {
            let label = self.marks[done].0.clone();
            let pieces = self.defined.get(&label).map(|(events, _)| self.pieces(events)).unwrap_or_default();
            self.document.footnotes.push(Footnote { letter: letter(done), references: 0, pieces });
            done += 1;
        }
        for (note, (_, count)) in self.document.footnotes.iter_mut().zip(&self.marks) {
            note.references = *count;
        }
        for (label, (_, range)) in self.defined {
            if !self.marks.iter().any(|(known, _)| known == label) {
                let head = range.start..(range.start + label.len() + 4).min(range.end);
                let diagnostic =
                    Diagnostic::new(Code::UnusedFootnote, format!("nothing refers to the footnote `[^{label}]`"))
                        .at(self.span(&head), "this footnote is not shown")
                        .help(format!("put `[^{label}]` into the text where it belongs, or delete it"));
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// Ends a block of plain text, and looks for what the parser left in it as text.
    fn end_block(&mut self) {
        if self.block.text.is_empty() {
            return;
        }
        let mut block = std::mem::take(&mut self.block);
        block.quoted = self.quotes > 0;
        for range in undefined_marks(&block.text) {
            let span = block.span(self.input.file, range.clone());
            let mark = &block.text[range];
            if self.is_escaped(&span) {
                continue;
            }
            let diagnostic = Diagnostic::new(Code::UndefinedFootnote, format!("there is no footnote for `{mark}`"))
                .at(span, "this mark leads nowhere")
                .help(format!("add a line `{mark}: …` below, or delete the mark"));
            self.diagnostics.push(diagnostic);
        }
        for range in brackets_with_ids(&block.text) {
            let span = block.span(self.input.file, range.clone());
            if self.is_escaped(&span) {
                continue;
            }
            let bracket = &block.text[range];
            let diagnostic = Diagnostic::new(Code::BadCitation, format!("`{bracket}` holds `@` and cannot be read as a citation"))
                .at(span, "this is not a citation")
                .help("write `[@id]`, `[@id, p. 3]` or `[@one; @two]`, with nothing else in the bracket; `\\[` starts a bracket that is only text");
            self.diagnostics.push(diagnostic);
        }
        self.document.blocks.push(block);
    }

    /// Tells whether the bracket at a place is typed with a backslash.
    fn is_escaped(&self, span: &Span) -> bool {
        let offset = (self.input.place)(0..0).start;
        let at = span.start.checked_sub(offset).filter(|at| *at > 0);
        at.and_then(|at| self.text.as_bytes().get(at - 1)) == Some(&b'\\')
    }

    fn table(&mut self, event: &Event<'a>, table: &mut Table, out: &mut Vec<Event<'a>>) {
        let html = match event {
            Event::Start(Tag::Table(alignments)) => {
                table.alignments.clone_from(alignments);
                format!("{}<table>", self.mark(Hole::Table(false)))
            }
            Event::End(TagEnd::Table) => format!("</tbody></table>{}\n", self.mark(Hole::Table(true))),
            Event::Start(Tag::TableHead) => {
                table.start_row(true);
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => "</tr></thead><tbody>\n".to_owned(),
            Event::Start(Tag::TableRow) => {
                table.start_row(false);
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(_) => table.start_cell(),
            _ => table.end_cell().to_owned(),
        };
        out.push(Event::Html(html.into()));
    }

    fn reference(&self, id: &str, range: &Range<usize>) -> Reference {
        Reference { id: id.to_owned(), span: self.span(range) }
    }

    fn hole(&mut self, hole: Hole) -> Event<'a> {
        Event::InlineHtml(self.mark(hole).into())
    }

    fn mark(&mut self, hole: Hole) -> String {
        self.holes.push(hole);
        marker(self.holes.len() - 1)
    }

    fn file_range(&self, range: &Range<usize>) -> Range<usize> {
        (self.input.place)(range.clone())
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.input.file, self.file_range(range))
    }
}

/// What a table is at.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    head: bool,
    cell: usize,
}

impl Table {
    fn takes(&self, event: &Event<'_>) -> bool {
        matches!(
            event,
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
                | Event::End(TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell)
        )
    }

    fn start_row(&mut self, head: bool) {
        self.head = head;
        self.cell = 0;
    }

    fn start_cell(&mut self) -> String {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.cell += 1;
        if self.head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }
    }

    fn end_cell(&self) -> &'static str {
        if self.head { "</th>" } else { "</td>" }
    }
}

/// Returns how many events the first one spans, its end included.
fn length(events: &[(Event<'_>, Range<usize>)]) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    events.len()
}

/// Returns the text of some events.
fn plain(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript)
}

/// Finds `[^label]` left in plain text.
fn undefined_marks(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices("[^").map(|(at, _)| at);
    let ends = starts.filter_map(|at| text[at..].find(']').map(|length| at..at + length + 1));
    ends.filter(|range| range.len() > 3 && !text[range.clone()].contains(char::is_whitespace)).collect()
}

/// Returns the name of a footnote: `a` to `z`, then `aa`, `ab`, …
fn letter(index: usize) -> String {
    let last = char::from(b'a' + u8::try_from(index % 26).expect("a remainder of 26 is small"));
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
