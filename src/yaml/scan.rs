//! From text to a tree, telling every mistake on the way.
//!
//! YAML's own rules stop at the first mistake. To tell all of them in one run, what could not be read is explained,
//! covered, and the text read again: the covered part is an [`Unreadable`](super::Value::Unreadable) in the tree, the
//! rest keeps its place byte for byte.

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Options, Parser};

use super::build::Builder;
use super::control;
use super::input::Input;
use super::node::Node;
use super::traps::{self, Trouble};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The most bytes of YAML that are read.
pub const LARGEST: usize = 64 << 20;

/// The most levels of lists and fields within each other.
pub(super) const DEEPEST: usize = 64;

/// How many mistakes are covered before the rest is left for the next run.
const MOST_COVERS: usize = 32;

/// How many bytes are read again in all; large files are not read again as often.
const MOST_AGAIN: usize = 16 << 20;

/// Reads YAML into a tree in which everything has its place.
///
/// `text` is the YAML, `base` where it starts in `file`, in bytes; the tree counts from the start of the file. Mistakes
/// are pushed into `diagnostics`. The tree is the best that could be read in spite of them; `None` if there is none,
/// because the text is empty or too large, or has mistakes that cannot be read around.
pub fn scan(file: &Arc<str>, text: &str, base: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    scan_input(Input { file, text, base }, diagnostics)
}

pub(super) fn scan_input(input: Input<'_>, diagnostics: &mut Diagnostics) -> Option<Node> {
    if input.text.len() > LARGEST {
        let message = format!("this has {} MB of YAML", input.text.len() >> 20);
        let help = format!("divide it: at most {} MB are read", LARGEST >> 20);
        diagnostics.push(Diagnostic::new(Code::TooLarge, message).at(input.span(0..0), "too large").help(help));
        return None;
    }
    let mut covers = Covers { room: (MOST_AGAIN / input.text.len().max(1)).clamp(1, MOST_COVERS), ..Covers::default() };
    for found in control::characters(input).chain(control::indentation(input)) {
        diagnostics.push(found.diagnostic);
        covers.add(found.cover);
    }
    loop {
        let covered = covers.apply(input.text);
        let mut builder = Builder::new(input, &covers);
        let trouble = drive(&mut builder, covered.as_deref().unwrap_or(input.text));
        let (node, found) = builder.finish();
        let mistake = trouble.map(|trouble| traps::explain(input, &trouble));
        let Some(mistake) = mistake else {
            push_all(found, diagnostics);
            return node;
        };
        // Spaces in the place of tabs may not be as many as were meant: what stands wrong by them is not told.
        if covers.tabs.is_empty() || matches!(mistake.cover, Some(Cover::Value(_))) {
            diagnostics.push(mistake.diagnostic);
        }
        if !covers.add(mistake.cover) {
            push_all(found, diagnostics);
            return None;
        }
    }
}

fn push_all(found: Vec<Diagnostic>, diagnostics: &mut Diagnostics) {
    for diagnostic in found {
        diagnostics.push(diagnostic);
    }
}

fn drive(builder: &mut Builder<'_>, text: &str) -> Option<Trouble> {
    for event in Parser::new_from_str_with_options(text, options()) {
        let (kind, at) = match event {
            Ok((Event::StreamEnd, _)) => return None,
            Ok((event, span)) => match builder.event(event, &span) {
                Ok(()) => continue,
                Err(kind) => (kind, span.start.byte_offset()),
            },
            Err(error) => (error.kind().clone(), error.marker().byte_offset()),
        };
        return Some(builder.trouble(kind, at.unwrap_or_default()));
    }
    None
}

fn options() -> Options {
    granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    }
}

/// A part of the text that is covered, so that the rest can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// A value: it becomes one word.
    Value(Range<usize>),
    /// Whole lines: they become a comment.
    Lines(Range<usize>),
    /// Tabs that indent: they become spaces.
    Tabs(Vec<usize>),
}

/// What is covered so far.
#[derive(Debug, Default)]
pub(super) struct Covers {
    values: Vec<Range<usize>>,
    lines: Vec<Range<usize>>,
    tabs: Vec<usize>,
    /// How many values and lines may be covered.
    room: usize,
}

impl Covers {
    /// Adds a cover. Tells whether it changes anything, and another reading is worth while.
    fn add(&mut self, cover: Option<Cover>) -> bool {
        let known = self.values.len() + self.lines.len();
        match cover {
            None => return false,
            Some(Cover::Tabs(tabs)) if tabs.is_empty() || !self.tabs.is_empty() => return false,
            Some(Cover::Tabs(tabs)) => self.tabs = tabs,
            Some(Cover::Value(range) | Cover::Lines(range))
                if range.is_empty() || known >= self.room || self.has(&range) =>
            {
                return false;
            }
            Some(Cover::Value(range)) => self.values.push(range),
            Some(Cover::Lines(range)) => self.lines.push(range),
        }
        true
    }

    fn has(&self, range: &Range<usize>) -> bool {
        let within = |known: &Range<usize>| known.start <= range.start && range.end <= known.end;
        self.values.iter().chain(&self.lines).any(within)
    }

    /// Tells whether a value that starts here is covered.
    pub(super) fn hides(&self, at: usize) -> bool {
        self.values.iter().any(|range| range.contains(&at))
    }

    /// Tells whether tabs are covered.
    pub(super) fn has_tabs(&self) -> bool {
        !self.tabs.is_empty()
    }

    /// Tells whether a range has covered lines in it.
    pub(super) fn has_hole(&self, range: &Range<usize>) -> bool {
        self.lines.iter().any(|lines| lines.start < range.end && range.start < lines.end)
    }

    /// Covers a text, byte for byte; `None` where nothing is to cover.
    fn apply(&self, text: &str) -> Option<String> {
        if self.values.is_empty() && self.lines.is_empty() && self.tabs.is_empty() {
            return None;
        }
        let mut bytes = text.as_bytes().to_vec();
        for tab in &self.tabs {
            bytes[*tab] = b' ';
        }
        for range in self.values.iter().chain(&self.lines) {
            bytes[range.clone()].fill(b'x');
        }
        for range in &self.lines {
            bytes[range.start] = b'#';
        }
        Some(String::from_utf8(bytes).expect("covers lie between characters"))
    }
}
