//! The parser: pulldown-cmark's events, turned into HTML with holes.
//!
//! Links, citations, pictures, headings, tables and footnotes are taken out of pulldown-cmark's hands, because they
//! depend on the site or because its writer leaves them to us (footnotes stand where they are defined; an aligned cell
//! gets a `style`, which the Content-Security-Policy forbids). Everything else is its HTML.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::control;
use crate::diagnostic::{Code, Diagnostics};

use super::citation;
use super::slug::Slugs;
use super::split::without_markers;
use super::writer::Writer;
use super::{Block, Document, Html};

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
pub(super) const CITATION: &str = "dateline-citation:";

/// Events with their places in the text.
pub(super) type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// The most control characters of a text that are told; a text with more is none.
const MOST_CONTROL: usize = 10;

/// Parses a text. Control characters, footnote marks without a footnote, footnotes without a mark, brackets that look like citations and
/// raw HTML that is denied are reported.
pub fn parse(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Document {
    for (at, letter) in control::characters(input.text).take(MOST_CONTROL) {
        diagnostics.push(control::told(Code::NotText, letter, input.file, (input.place)(at)));
    }
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
    let (body, notes) = part_footnotes(shallow(parser.map(|(event, range)| (unmarked(event), range))));
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
        marked: HashMap::new(),
        defined: &notes,
        block: Block::default(),
        ends: Vec::new(),
        raw: None,
        verbatim: false,
        quotes: 0,
        document: Document::default(),
    };
    let body = writer.pieces(&body);
    writer.document.pieces = body;
    writer.footnotes();
    writer.document.blocks.shrink_to_fit();
    writer.document
}

/// How deep lists, quotations and emphasis may lie in each other. No page can show as much, and what reads HTML takes a time that
/// grows with the square of the depth.
const DEEPEST: usize = 64;

/// Leaves out what lies deeper than [`DEEPEST`]: the text in it stays, as a part of what it lies in.
fn shallow<'a>(
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    // Whether each that is open was kept, and how many of them were.
    let (mut open, mut depth): (Vec<bool>, usize) = (Vec::new(), 0);
    events.filter_map(move |(event, range)| {
        let keep = match &event {
            // An item goes the way of its list.
            Event::Start(Tag::Item) => open.last().copied().unwrap_or(true),
            Event::Start(tag) if nests(&tag.to_end()) => depth < DEEPEST,
            Event::End(tag) if nests(tag) => {
                let kept = open.pop().unwrap_or(true);
                depth = depth.saturating_sub(usize::from(kept));
                return kept.then_some((event, range));
            }
            _ => return Some((event, range)),
        };
        open.push(keep);
        depth += usize::from(keep);
        match event {
            Event::Start(Tag::Item) if !keep => Some((Event::SoftBreak, range.start..range.start)),
            event => keep.then_some((event, range)),
        }
    })
}

/// Tells whether something may lie in others of its kind without end.
fn nests(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
    )
}

/// Takes the characters that markers are made of, and control characters, out of what was typed as a reference, such as
/// `&#xFDD0;`.
fn unmarked(event: Event<'_>) -> Event<'_> {
    // What is borrowed stands in the text as it is, and there they are no more, or were told.
    fn unmarked(text: CowStr<'_>) -> CowStr<'_> {
        match text {
            CowStr::Borrowed(_) => text,
            _ => CowStr::from(control::cleared(&without_markers(&text)).into_owned()),
        }
    }
    match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url, title: unmarked(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url, title: unmarked(title), id })
        }
        Event::Text(text) => Event::Text(unmarked(text)),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(unmarked(info))))
        }
        event => event,
    }
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

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
