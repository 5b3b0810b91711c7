//! The check of a tree against a shape: every mistake, where it stands, in one pass.

use std::ops::Range;

use super::input::Input;
use super::lines::{quoted, short};
use super::node::{Entry, Node, Style, Value};
use super::shape::{Fields, Kind, Shape};
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, nearest};

/// How many names are listed in a help; more are no help.
const MOST_NAMES: usize = 12;

impl Shape {
    /// Checks a tree. Tells whether it has the shape; if not, the reasons are in `diagnostics`.
    pub(super) fn check(&self, input: Input<'_>, node: &Node, diagnostics: &mut Diagnostics) -> bool {
        let mut check = Check { shape: self, input, diagnostics, sound: true };
        check.node(self.root(), node, &Place { name: "", is_item: false, is_required: false, key: None });
        check.sound
    }
}

/// Where a node stands, to speak of it.
pub(super) struct Place<'a> {
    /// The field, or the field whose item it is; empty for the whole file.
    pub(super) name: &'a str,
    pub(super) is_item: bool,
    is_required: bool,
    /// The key of the field.
    key: Option<&'a Range<usize>>,
}

struct Check<'a> {
    shape: &'a Shape,
    input: Input<'a>,
    diagnostics: &'a mut Diagnostics,
    sound: bool,
}

impl Check<'_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.sound = false;
        self.diagnostics.push(diagnostic);
    }

    fn node(&mut self, kind: &Kind, node: &Node, place: &Place<'_>) {
        match (self.shape.resolve(kind), &node.value) {
            (_, Value::Unreadable) | (Kind::Any, _) | (Kind::Text | Kind::Date, Value::Scalar { .. }) => {}
            (_, Value::Null) => self.empty(node, place),
            (Kind::Choice(words), Value::Scalar { text, .. }) => self.choice(words, text, node, place),
            (kind @ (Kind::Switch | Kind::Number { .. }), Value::Scalar { text, style })
                if accepts(kind, text, *style) => {}
            (Kind::List(item), Value::Seq(items)) => {
                let place = Place { is_item: true, is_required: true, key: None, ..*place };
                for node in items {
                    self.node(item, node, &place);
                }
            }
            (Kind::Fields(fields), Value::Map(entries)) => self.fields(fields, entries, node, place),
            (kind @ Kind::Either(kinds), _) => match self.choose(kinds, node) {
                Some(kind) => self.node(kind, node, place),
                None => self.wrong_type(kind, node, place),
            },
            (kind, _) => self.wrong_type(kind, node, place),
        }
    }

    /// Chooses the kind that a node is meant as: by what it is, and among kinds of text by what it says.
    fn choose<'k>(&self, kinds: &'k [Kind], node: &Node) -> Option<&'k Kind> {
        let fits = |kind: &&Kind| match (self.shape.resolve(kind), &node.value) {
            (Kind::Any, _) | (Kind::List(_), Value::Seq(_)) | (Kind::Fields(_), Value::Map(_)) => true,
            (Kind::List(_) | Kind::Fields(_), _) => false,
            (_, Value::Scalar { .. }) => true,
            _ => false,
        };
        let says = |kind: &&Kind| match &node.value {
            Value::Scalar { text, style } => accepts(self.shape.resolve(kind), text, *style),
            _ => false,
        };
        let mut fitting = kinds.iter().filter(fits);
        let first = fitting.next()?;
        Some(std::iter::once(first).chain(fitting).find(says).unwrap_or(first))
    }

    fn fields(&mut self, fields: &Fields, entries: &[Entry], node: &Node, place: &Place<'_>) {
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.is_hole()) {
            // The line below, which could not be read, was probably meant as its value.
            if entry.node.value == Value::Null && entries.get(at + 1).is_some_and(Entry::is_hole) {
                continue;
            }
            let is_required = fields.required.contains(&entry.key);
            let key = Some(&entry.key_span);
            let place = Place { name: &entry.key, is_item: false, is_required, key };
            match (fields.known.get(&entry.key), &fields.others) {
                (Some(kind), _) => self.node(kind, &entry.node, &place),
                (None, Some(others)) => self.node(others, &entry.node, &place),
                (None, None) => self.unknown(fields, entries, entry),
            }
        }
        // Lines that could not be read may have held what seems to be missing.
        if entries.iter().any(Entry::is_hole) {
            return;
        }
        for name in &fields.required {
            if !entries.iter().any(|entry| entry.key == *name) {
                self.missing(name, entries, node, place);
            }
        }
    }

    fn unknown(&mut self, fields: &Fields, entries: &[Entry], entry: &Entry) {
        let known = fields.known.keys().map(String::as_str);
        let help = match nearest(&entry.key, known.clone()) {
            Some(near) if entries.iter().any(|entry| entry.key == near) => {
                format!("`{near}` stands here already: put the value there, and remove `{}`", entry.key)
            }
            Some(near) => format!("write `{near}`"),
            None if fields.known.len() <= MOST_NAMES => format!("the fields here are {}", list(known, "and")),
            None => "remove it; `dateline schema` prints the fields that there are".to_owned(),
        };
        let message = format!("there is no field `{}` here", entry.key);
        let label = "not a field";
        self.push(Diagnostic::new(Code::UnknownField, message).at(self.input.place(&entry.key_span), label).help(help));
    }

    fn missing(&mut self, name: &str, entries: &[Entry], node: &Node, place: &Place<'_>) {
        let first = entries.first().map(|entry| &entry.key_span);
        let span = place.key.or(first).unwrap_or(&node.span);
        let label = if place.name.is_empty() { "the fields start here" } else { "this needs it" };
        let diagnostic = Diagnostic::new(Code::MissingField, format!("the field `{name}` is missing"))
            .at(self.input.place(span), label)
            .help(format!("add a line `{name}: …`"));
        self.push(diagnostic);
    }

    fn empty(&mut self, node: &Node, place: &Place<'_>) {
        let (message, help) = match (place.is_item, place.name) {
            (true, "") => ("an item is empty".to_owned(), "write a value after the `-`, or remove the line"),
            (true, name) => {
                (format!("an item of `{name}` is empty"), "write a value after the `-`, or remove the line")
            }
            (_, name) if place.is_required => (format!("`{name}` is empty"), "write a value after the colon"),
            (_, name) => (format!("`{name}` is empty"), "write a value after the colon, or remove the line"),
        };
        let words = self.input.slice(&node.span);
        let label = match words {
            "~" | "null" | "Null" | "NULL" => {
                format!("YAML reads `{words}` as nothing; put it in quotes if it is a text")
            }
            _ => "nothing follows".to_owned(),
        };
        if let Some((words, remark)) = self.remark(place) {
            let diagnostic =
                Diagnostic::new(Code::MissingField, message).at(remark, "YAML takes all behind `#` for a remark");
            self.push(diagnostic.help(format!(
                "write the value before the `#`; or, if this is the value, put it in quotes: `{}: {}`",
                place.name,
                quoted(words)
            )));
            return;
        }
        let code = if place.is_required && !place.is_item { Code::MissingField } else { Code::WrongType };
        self.push(Diagnostic::new(code, message).at(self.input.place(&node.span), label).help(help));
    }

    /// Returns the remark that stands in the place of a value that must be there: `title: # 1`.
    fn remark(&self, place: &Place<'_>) -> Option<(&str, Span)> {
        let after = place.key.filter(|_| place.is_required && !place.is_item)?.end.checked_sub(self.input.base)?;
        let rest = self.input.text.get(after..)?.lines().next()?;
        let words = rest.trim_start().strip_prefix(':')?.trim();
        let start = after + rest.find('#')?;
        (words.starts_with('#') && words.len() > 1).then(|| (words, self.input.span(start..start + words.len())))
    }

    fn choice(&mut self, words: &[String], text: &str, node: &Node, place: &Place<'_>) {
        if words.iter().any(|word| word == text) {
            return;
        }
        let known = words.iter().map(String::as_str);
        let help = match nearest(text, known.clone()) {
            Some(near) => format!("write `{near}`"),
            None if words.len() <= MOST_NAMES => format!("write {}", list(known, "or")),
            None => "`dateline schema` prints the values that it can have".to_owned(),
        };
        let message = format!("{} cannot be `{}`", place.subject(), short(text));
        let diagnostic = Diagnostic::new(Code::BadValue, message);
        self.push(diagnostic.at(self.input.place(&node.span), "not one of its values").help(help));
    }

    fn wrong_type(&mut self, kind: &Kind, node: &Node, place: &Place<'_>) {
        let words = Words { shape: self.shape, input: self.input };
        let wanted = words.wanted(kind);
        let there = words.there(kind, node);
        let message = match place.name {
            "" if !place.is_item => format!("here must be {wanted}, not {there}"),
            _ => format!("{} takes {wanted}, not {there}", place.subject()),
        };
        // A block may go on for a page; its first line is enough to see it.
        let first = self.input.slice(&node.span).lines().next().map_or(0, str::len);
        let span = node.span.start..node.span.start + first;
        let label = if matches!(node.value, Value::Map(_)) {
            "these are fields".to_owned()
        } else {
            format!("this is {there}")
        };
        let diagnostic = Diagnostic::new(Code::WrongType, message)
            .at(self.input.place(&span), label)
            .help(words.remedy(kind, node, place));
        self.push(diagnostic);
    }
}

impl Place<'_> {
    /// Says what is spoken of.
    pub(super) fn subject(&self) -> String {
        match (self.is_item, self.name) {
            (true, "") => "an item".to_owned(),
            (true, name) => format!("an item of `{name}`"),
            (false, name) => format!("`{name}`"),
        }
    }
}

/// Tells whether a kind takes a text.
pub(super) fn accepts(kind: &Kind, text: &str, style: Style) -> bool {
    match kind {
        Kind::Any | Kind::Text | Kind::Date => true,
        Kind::Switch => style == Style::Plain && matches!(text, "true" | "false"),
        Kind::Number { whole: true } => style == Style::Plain && text.parse::<i128>().is_ok(),
        Kind::Number { whole: false } => style == Style::Plain && text.parse::<f64>().is_ok_and(f64::is_finite),
        Kind::Choice(words) => words.iter().any(|word| word == text),
        Kind::List(_) | Kind::Fields(_) | Kind::Either(_) | Kind::Named(_) => false,
    }
}

/// Lists names: "`a`, `b` and `c`".
pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>, last: &str) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((name, [])) => name.clone(),
        Some((name, before)) => format!("{} {last} {name}", before.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
