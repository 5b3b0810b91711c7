//! The tree, built from the parser's events.
//!
//! Nothing is resolved here: anchors, aliases, merge keys and types are refused, which also keeps a small file from
//! growing into a large tree.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, ScalarStyle, Span, StructureStyle};

use super::input::Input;
use super::node::{Entry, Node, Style, Value};
use super::scan::{Covers, DEEPEST};
use super::traps::Trouble;
use super::{keys, silent};
use crate::control;
use crate::diagnostic::{Code, Diagnostic};

/// The most mistakes that are told of a file besides those at which the reading breaks off.
const MOST_FOUND: usize = 100;

/// A tree under construction. Its places count from the start of the file once a node is made.
pub(super) struct Builder<'a> {
    input: Input<'a>,
    covers: &'a Covers,
    found: Vec<Diagnostic>,
    stack: Vec<Frame>,
    root: Option<Node>,
    documents: usize,
    /// The end of the last event, and where the last text began.
    end: usize,
    text_start: usize,
    has_tabs: bool,
}

/// A list or a map that is not closed yet.
struct Frame {
    start: usize,
    /// The end of the last value or key before it.
    after: usize,
    flow: bool,
    content: Content,
}

enum Content {
    Seq(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<Key> },
}

/// A key that waits for its value; empty for one that could not be read.
struct Key {
    text: String,
    span: Range<usize>,
}

type Step = Result<(), ErrorKind>;

impl<'a> Builder<'a> {
    pub(super) fn new(input: Input<'a>, covers: &'a Covers) -> Self {
        Self {
            input,
            covers,
            found: Vec::new(),
            stack: Vec::new(),
            root: None,
            documents: 0,
            end: 0,
            text_start: 0,
            has_tabs: !covers.has_tabs() && input.text.as_bytes().contains(&b'\t'),
        }
    }

    /// Returns the tree and what was found on the way.
    pub(super) fn finish(self) -> (Option<Node>, Vec<Diagnostic>) {
        (self.root, self.found)
    }

    /// Adds what is found, unless enough has been: a file with so many mistakes has one that explains the others.
    fn tell<I: IntoIterator<Item = Diagnostic>>(&mut self, find: impl FnOnce(Input<'a>) -> I) {
        let room = MOST_FOUND.saturating_sub(self.found.len());
        if room > 0 {
            self.found.extend(find(self.input).into_iter().take(room));
        }
    }

    /// Describes where the reading broke off.
    pub(super) fn trouble(&self, kind: ErrorKind, at: usize) -> Trouble {
        let flow = self.stack.iter().find(|frame| frame.flow).map(|frame| frame.start);
        Trouble { kind, at: at.min(self.input.text.len()), end: self.end, text_start: self.text_start, flow }
    }

    /// Takes the next event.
    ///
    /// # Errors
    ///
    /// Returns what ends the reading: too many levels, a second document.
    pub(super) fn event(&mut self, event: Event<'_>, span: &Span) -> Step {
        let range = span.byte_range().unwrap_or_default();
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            self.tell(|input| Some(silent::vanished(input, tag, "a type")));
        }
        let is_comment = matches!(event, Event::Comment(..));
        match event {
            Event::Scalar(text, style, _, tag) => self.scalar(&text, style, range.clone(), tag.is_some())?,
            Event::SequenceStart(style, ..) => self.open(&range, style, Content::Seq(Vec::new()))?,
            Event::MappingStart(style, ..) => {
                self.open(&range, style, Content::Map { entries: Vec::new(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&range)?,
            Event::Anchor(..) => self.tell(|input| Some(silent::vanished(input, range.clone(), "a name"))),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(range.clone())?,
            Event::Comment(..) => self.comment(&range),
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(ErrorKind::MultipleDocumentsUnsupported);
                }
            }
            _ => {}
        }
        if !range.is_empty() && !is_comment {
            self.end = self.end.max(range.end);
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, range: Range<usize>, tagged: bool) -> Step {
        self.text_start = range.start;
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let is_plain = style == ScalarStyle::Plain;
        let value = if self.covers.hides(range.start) || (tagged && text.is_empty()) {
            Value::Unreadable
        } else if is_plain && (range.is_empty() || matches!(text, "~" | "null" | "Null" | "NULL")) {
            Value::Null
        } else if is_block && text.trim().is_empty() {
            self.empty_block(range.start)
        } else {
            Value::Scalar { text: self.without_control(text, &range), style: convert(style) }
        };
        if is_plain && matches!(value, Value::Scalar { .. }) && !self.in_flow() {
            let in_list = matches!(self.stack.last(), Some(Frame { content: Content::Seq(_), .. }));
            self.tell(|input| silent::swallowed_item(input, range.clone(), in_list));
        }
        let trimmed = if is_block { self.input.text[range.clone()].trim_end().len() } else { range.len() };
        self.attach(Node { span: range.start..range.start + trimmed, value })
    }

    /// Takes control characters out that were written as `"\x01"`; what is typed is told before.
    fn without_control(&mut self, text: &str, range: &Range<usize>) -> String {
        let cleared = control::cleared(text);
        if matches!(cleared, Cow::Owned(_))
            && let Some((_, letter)) = control::characters(text).next()
        {
            let place = self.input.outer(range.clone());
            let told = control::told(Code::BadYaml, letter, self.input.file, place);
            self.found.push(told.help("take its `\\x…` or `\\u…` out of the text"));
        }
        cleared.into_owned()
    }

    /// A block without text: empty, unless its header was meant as text (`>5`).
    fn empty_block(&mut self, start: usize) -> Value {
        match silent::header_as_text(self.input, self.end..start) {
            Some(diagnostic) => {
                self.found.push(diagnostic);
                Value::Unreadable
            }
            None => Value::Null,
        }
    }

    fn awaits_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { content: Content::Map { key: None, .. }, .. }))
    }

    fn in_flow(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.flow)
    }

    fn open(&mut self, range: &Range<usize>, style: StructureStyle, content: Content) -> Step {
        if self.stack.len() >= DEEPEST {
            return Err(ErrorKind::RecursionLimitExceeded);
        }
        let flow = style == StructureStyle::Flow;
        // A list that is not indented further than its key is said to start after its first dash.
        let before = self.input.text[..range.start].trim_end_matches([' ', '\t']);
        let is_late = !flow && matches!(content, Content::Seq(_)) && !self.input.text[range.start..].starts_with('-');
        let start = if is_late && before.ends_with('-') { before.len() - 1 } else { range.start };
        self.stack.push(Frame { start, after: self.end, flow, content });
        Ok(())
    }

    fn close(&mut self, range: &Range<usize>) -> Step {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        // What ends a block has its place at what follows, beyond blank lines and comments.
        let reach = if frame.flow { range.end } else { range.start.max(frame.start) };
        let end = if frame.flow { reach } else { frame.last_end().map_or(frame.start, |end| end - self.input.base) };
        let value = match frame.content {
            Content::Seq(items) => Value::Seq(items),
            Content::Map { mut entries, .. } => {
                // Fields in the place of a key are no fields: that is told when the key is read.
                if frame.flow && !self.awaits_key() {
                    let cut = silent::commas(self.input, &mut entries);
                    self.tell(|_| cut);
                }
                self.tell(|input| keys::duplicates(input, &entries));
                if self.covers.has_hole(&(frame.after..reach)) {
                    entries.push(hole(self.input.outer(end..end)));
                }
                Value::Map(entries)
            }
        };
        self.attach(Node { span: frame.start..end, value })
    }

    fn alias(&mut self, range: Range<usize>) -> Step {
        let merges = match self.stack.last() {
            Some(Frame { content: Content::Map { key: Some(key), .. }, .. }) => key.text.is_empty(),
            _ => false,
        };
        if !merges {
            self.tell(|input| Some(silent::reference(input, range.clone())));
        }
        self.attach(Node { span: range, value: Value::Unreadable })
    }

    fn comment(&mut self, range: &Range<usize>) {
        let leaf = self.stack.last_mut().and_then(Frame::last_mut).or(self.root.as_mut());
        let Some(leaf) = leaf.map(last_leaf) else { return };
        if let Some(diagnostic) = silent::lost_comment(self.input, range, leaf) {
            leaf.value = Value::Unreadable;
            self.tell(|_| Some(diagnostic));
        }
    }

    /// Puts a finished node, whose place still counts from the start of the text, where it belongs.
    fn attach(&mut self, mut node: Node) -> Step {
        let local = node.span.clone();
        node.span = self.input.outer(local.clone());
        let is_nothing = node.value == Value::Null && local.is_empty();
        match self.stack.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Content::Seq(items)) => {
                if is_nothing && self.input.text[..local.start].ends_with('-') {
                    node.span.start -= 1;
                }
                items.push(node);
            }
            Some(Content::Map { entries, key: waiting @ Some(_) }) => {
                entries.extend(waiting.take().map(|key| key.with(node, is_nothing)));
            }
            Some(Content::Map { .. }) => {
                let text = self.key(node.value, local)?;
                if let Some(Frame { content: Content::Map { key, .. }, .. }) = self.stack.last_mut() {
                    *key = Some(Key { text, span: node.span });
                }
            }
        }
        Ok(())
    }

    /// Reads a key; one that is none becomes empty.
    fn key(&mut self, value: Value, range: Range<usize>) -> Result<String, ErrorKind> {
        let is_flow = self.in_flow();
        if self.has_tabs && !is_flow && indented_by_tab(self.input.text, range.start) {
            return Err(ErrorKind::TabInIndentation);
        }
        match value {
            Value::Scalar { text, style: Style::Plain } if text == "<<" => {
                self.tell(|input| Some(keys::merge(input, range)));
            }
            Value::Scalar { text, .. } if !text.is_empty() => return Ok(text),
            Value::Unreadable => {}
            // A key is read as typed: a source may be called `null`.
            Value::Null if !range.is_empty() => return Ok(self.input.text[range].to_owned()),
            _ => self.tell(|input| Some(keys::none(input, range))),
        }
        Ok(String::new())
    }
}

impl Key {
    /// Joins a key with its value; nothing stands where its key stands.
    fn with(self, node: Node, is_nothing: bool) -> Entry {
        let span = if is_nothing { self.span.clone() } else { node.span };
        let value = if self.text.is_empty() { Value::Unreadable } else { node.value };
        Entry { key: self.text, key_span: self.span, node: Node { span, value } }
    }
}

impl Frame {
    fn last_end(&self) -> Option<usize> {
        match &self.content {
            Content::Seq(items) => items.last().map(|item| item.span.end),
            Content::Map { entries, .. } => entries.last().map(|entry| entry.node.span.end.max(entry.key_span.end)),
        }
    }

    fn last_mut(&mut self) -> Option<&mut Node> {
        match &mut self.content {
            Content::Seq(items) => items.last_mut(),
            Content::Map { key: Some(_), .. } => None,
            Content::Map { entries, .. } => entries.last_mut().map(|entry| &mut entry.node),
        }
    }
}

fn last_leaf(mut node: &mut Node) -> &mut Node {
    while last_child(node).is_some() {
        node = last_child(node).expect("it has just been there");
    }
    node
}

fn last_child(node: &mut Node) -> Option<&mut Node> {
    match &mut node.value {
        Value::Seq(items) => items.last_mut(),
        Value::Map(entries) => entries.last_mut().map(|entry| &mut entry.node),
        _ => None,
    }
}

fn convert(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn indented_by_tab(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t' | b'-')).any(|byte| *byte == b'\t')
}

/// Stands in a map for lines that could not be read.
fn hole(span: Range<usize>) -> Entry {
    let node = Node { span: span.clone(), value: Value::Unreadable };
    Entry { key: String::new(), key_span: span, node }
}
