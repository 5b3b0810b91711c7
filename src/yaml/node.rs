//! The tree that YAML is read into: every value and every key with its place in the file.
//!
//! Scalars stay text, exactly as typed: what is a date, a figure or a switch is for the shape and for `normalise` to
//! say. The places count from the start of the file, front matter included.

use std::ops::Range;

use super::locate::ValueMap;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The bytes in the file, quotes and brackets included; for a block scalar (`>-`) the text under the header, for
    /// an empty value its key.
    pub span: Range<usize>,
    /// What stands there.
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: an empty place, `~` or `null`.
    Null,
    /// Something that could not be read, and has been reported. It fits everywhere.
    Unreadable,
    /// A text.
    Scalar {
        /// What it says, without quotes, escapes and indentation.
        text: String,
        /// How it was typed.
        style: Style,
    },
    /// A list.
    Seq(Vec<Node>),
    /// Fields. A key that stands twice is here twice; one that could not be read is empty.
    Map(Vec<Entry>),
}

/// How a text was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The bytes of the key in the file.
    pub key_span: Range<usize>,
    /// The value.
    pub node: Node,
}

impl Entry {
    /// Tells whether this stands for something that could not be read, so that its map may have more keys than it shows.
    pub fn is_hole(&self) -> bool {
        self.key.is_empty() && self.node.value == Value::Unreadable
    }
}

/// A step from a node to one below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an item of a list, from 0.
    Item(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Self::Item(index)
    }
}

impl Node {
    /// Returns the value of a key; the first where the key stands twice.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Returns an item of a list, from 0.
    pub fn item(&self, index: usize) -> Option<&Self> {
        self.items().get(index)
    }

    /// Returns the place of a key.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.entry(key).map(|entry| entry.key_span.clone())
    }

    /// Returns a key with its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// Returns the fields; none if this is something else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the items; none if this is something else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Seq(items) => items,
            _ => &[],
        }
    }

    /// Returns the text, if this is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Follows a path: `node.path(&["claims".into(), 0.into(), "figure".into()])`.
    pub fn path(&self, steps: &[Step<'_>]) -> Option<&Self> {
        steps.iter().try_fold(self, |node, step| node.step(*step))
    }

    /// Returns the place of what a path leads to, or of the last node on the way that is there.
    pub fn span_at(&self, steps: &[Step<'_>]) -> Range<usize> {
        let mut node = self;
        for step in steps {
            match node.step(*step) {
                Some(next) => node = next,
                None => break,
            }
        }
        node.span.clone()
    }

    fn step(&self, step: Step<'_>) -> Option<&Self> {
        match step {
            Step::Key(key) => self.get(key),
            Step::Item(index) => self.item(index),
        }
    }

    /// Returns where in the file a piece of this text stands. `file_text` is the whole file, `range` counts bytes in the
    /// text as read. Where it cannot be said, it is the whole node.
    pub fn locate(&self, file_text: &str, range: Range<usize>) -> Range<usize> {
        self.map(file_text).locate(range)
    }

    /// Returns the way from the text as read back to the file, for several calls of [`ValueMap::locate`].
    pub fn map(&self, file_text: &str) -> ValueMap {
        ValueMap::new(self, file_text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::scanned;

    const TEXT: &str = "title: Ä\nclaims:\n  - id: one\n  - {id: two, sources: [a, b]}\n";

    #[test]
    fn a_path_leads_to_a_value_and_its_place() {
        let node = scanned(TEXT);
        let steps = ["claims".into(), 1.into(), "sources".into(), 1.into()];
        let found = node.path(&steps).expect("the path is there");
        assert_eq!(found.text(), Some("b"));
        assert_eq!(&TEXT[found.span.clone()], "b");
        assert_eq!(&TEXT[node.key_span("claims").expect("the key is there")], "claims");
        assert_eq!(node.get("claims").and_then(|claims| claims.item(0)?.get("id")?.text()), Some("one"));
    }

    #[test]
    fn a_path_that_breaks_off_points_at_the_last_node_on_it() {
        let node = scanned(TEXT);
        let steps = ["claims".into(), 0.into(), "figure".into()];
        assert_eq!(node.path(&steps), None);
        assert_eq!(&TEXT[node.span_at(&steps)], "id: one");
        assert_eq!(node.get("title").and_then(|title| title.get("x")), None);
    }
}
