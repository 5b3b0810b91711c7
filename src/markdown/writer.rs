//! Turns events into HTML with holes, one after the other.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd, html};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

use super::citation;
use super::parse::{CITATION, Events, Input, Layout};
use super::sanitise::{DEEPEST, harmless, is_too_deep};
use super::slug::Slugs;
use super::split::{marker, pieces};
use super::table::Table;
use super::unclosed::never_closed;
use super::{Block, Citation, Cited, Document, Heading, Hole, Html, Image, LinkHole, Mark, Piece, Reference, Target};

pub(super) struct Writer<'i, 'a> {
    pub(super) input: &'i Input<'i>,
    pub(super) text: &'a str,
    pub(super) diagnostics: &'i mut Diagnostics,
    pub(super) holes: Vec<Hole>,
    pub(super) slugs: Slugs,
    /// 1 where the text uses level 1, which is the page's title.
    pub(super) shift: u8,
    /// The labels referred to, in order, with how often.
    pub(super) marks: Vec<(String, usize)>,
    /// Where each label stands in `marks`.
    pub(super) marked: HashMap<String, usize>,
    pub(super) defined: &'i BTreeMap<String, (Events<'a>, Range<usize>)>,
    pub(super) block: Block,
    /// What the open links end with, and where their text began in the block.
    pub(super) ends: Vec<(Hole, Option<Mark>, usize)>,
    /// The first HTML that was typed.
    pub(super) raw: Option<Range<usize>>,
    /// Inside of a code block.
    pub(super) verbatim: bool,
    /// How many block quotations are open.
    pub(super) quotes: usize,
    pub(super) document: Document,
}

impl<'a> Writer<'_, 'a> {
    /// Writes events and cuts the result at its holes.
    pub(super) fn pieces(&mut self, events: &[(Event<'a>, Range<usize>)]) -> Vec<Piece> {
        self.raw = None;
        let mut out = Vec::with_capacity(events.len());
        let mut table = Table::default();
        let mut at = 0;
        while at < events.len() {
            at += self.event(&events[at..], &mut table, &mut out);
        }
        self.end_block();
        let typed =
            events.first().zip(events.last()).map_or(0, |((_, first), (_, last))| last.end - first.start.min(last.end));
        let mut written = String::with_capacity(typed * 3 / 2);
        html::push_html(&mut written, out.into_iter());
        let raw = self.raw.take().filter(|_| self.input.html == Html::Sanitize);
        let cleaned = raw.is_some();
        if let Some(raw) = raw {
            written = self.cleaned(&written, &raw);
        }
        pieces(&written, &self.holes, cleaned)
    }

    /// Keeps what is harmless of HTML, the first of which was typed at a place; nothing, where it cannot be gone through.
    fn cleaned(&mut self, html: &str, raw: &Range<usize>) -> String {
        if !is_too_deep(html) {
            return harmless(html);
        }
        let message = format!("HTML lies in HTML more than {DEEPEST} times in each other");
        let diagnostic = Diagnostic::new(Code::RawHtml, message)
            .at(self.span(raw), "the first of it stands here")
            .help("close each tag where its text ends: `<div>…</div>`");
        self.diagnostics.push(diagnostic);
        String::new()
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
            Event::Start(Tag::HtmlBlock) => {
                let place = |line| self.span(&(range.start..range.start + line));
                let told = never_closed(&self.text[range.clone()], place);
                told.into_iter().for_each(|told| self.diagnostics.push(told));
                self.block_tag(event, out);
            }
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
            // A line is a value of YAML, which may escape and fold it.
            let escaped = self.input.layout == Layout::Line && self.text.get(range.clone()) == Some(&**text);
            if escaped {
                self.block.push_letters(text, range.start, self.input.place);
            } else {
                self.block.push(text, self.file_range(range));
            }
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
            (Hole::Link(Box::new(link)), Hole::LinkEnd, Mark::Link)
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
        out.push(self.hole(Hole::Image(Box::new(image))));
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
            self.raw.get_or_insert_with(|| range.clone());
            out.push(event.clone());
        }
    }

    fn reference(&self, id: &str, range: &Range<usize>) -> Reference {
        Reference { id: id.to_owned(), span: self.span(range) }
    }

    fn hole(&mut self, hole: Hole) -> Event<'a> {
        Event::InlineHtml(self.mark(hole).into())
    }

    pub(super) fn mark(&mut self, hole: Hole) -> String {
        self.holes.push(hole);
        marker(self.holes.len() - 1)
    }

    pub(super) fn file_range(&self, range: &Range<usize>) -> Range<usize> {
        (self.input.place)(range.clone())
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.input.file, self.file_range(range))
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
