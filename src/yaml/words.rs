//! What a place takes and what stands there, in the words of somebody who writes text.

use super::check::{Place, list};
use super::input::Input;
use super::lines::quoted;
use super::node::{Node, Style, Value};
use super::shape::{Fields, Kind, Shape};

/// Finds the words for kinds and nodes.
pub(super) struct Words<'a> {
    pub(super) shape: &'a Shape,
    pub(super) input: Input<'a>,
}

impl Words<'_> {
    /// Says what a kind takes.
    pub(super) fn wanted(&self, kind: &Kind) -> String {
        match self.shape.resolve(kind) {
            Kind::Any | Kind::Named(_) => "a value".to_owned(),
            Kind::Text => "a line of text".to_owned(),
            Kind::Date => "a date".to_owned(),
            Kind::Switch => "`true` or `false`".to_owned(),
            Kind::Number { whole: true } => "a whole number".to_owned(),
            Kind::Number { whole: false } => "a number".to_owned(),
            Kind::Choice(words) if words.len() <= 5 => list(words.iter().map(String::as_str), "or"),
            Kind::Choice(_) => "one word".to_owned(),
            Kind::List(_) => "a list".to_owned(),
            Kind::Fields(fields) => wanted_fields(fields),
            Kind::Either(kinds) => kinds.iter().map(|kind| self.wanted(kind)).collect::<Vec<_>>().join(" or "),
        }
    }

    /// Says what stands there in the place of a kind.
    pub(super) fn there(&self, kind: &Kind, node: &Node) -> String {
        match (self.shape.resolve(kind), &node.value) {
            (Kind::Switch | Kind::Number { .. }, Value::Scalar { text, style: Style::Plain }) => format!("`{text}`"),
            (Kind::Switch | Kind::Number { .. }, Value::Scalar { .. }) => "a text in quotes".to_owned(),
            (_, Value::Scalar { style: Style::Literal | Style::Folded, .. }) => "a block of text".to_owned(),
            (_, Value::Scalar { .. }) => "a line of text".to_owned(),
            (_, Value::Seq(_)) => "a list".to_owned(),
            (_, Value::Map(_)) => "fields".to_owned(),
            (_, Value::Null | Value::Unreadable) => "nothing".to_owned(),
        }
    }

    /// Says what to type.
    pub(super) fn remedy(&self, kind: &Kind, node: &Node, place: &Place<'_>) -> String {
        let lead = if place.is_item || place.name.is_empty() { "- ".to_owned() } else { format!("{}: ", place.name) };
        match (self.shape.resolve(kind), &node.value) {
            (Kind::Switch, Value::Scalar { text, .. }) => switch(text),
            (Kind::List(item), _) => self.as_list(item, node, &lead),
            (Kind::Fields(fields), Value::Scalar { .. }) => as_fields(fields, place),
            (Kind::Fields(fields), _) if self.input.slice(&node.span).starts_with('[') => as_fields(fields, place),
            (Kind::Fields(_), _) => "write the fields without the `-` before them".to_owned(),
            (Kind::Text | Kind::Date, _) => self.as_text(node, &lead),
            (Kind::Either(kinds), _) => {
                match kinds.iter().map(|kind| self.shape.resolve(kind)).find(|kind| is_text(kind)) {
                    Some(kind) => self.remedy(kind, node, place),
                    None => format!("write {}", self.wanted(kind)),
                }
            }
            _ => format!("write {}", self.wanted(kind)),
        }
    }

    fn as_list(&self, item: &Kind, node: &Node, lead: &str) -> String {
        let typed = self.input.slice(&node.span);
        match (&node.value, self.shape.resolve(item)) {
            (Value::Map(_), _) if typed.starts_with('{') && is_short(typed) => {
                format!("put square brackets around it: `{lead}[{typed}]`")
            }
            (Value::Map(_), _) => "write `- ` before the first field, and two spaces more before the others".to_owned(),
            (Value::Scalar { text, .. }, _) if text.starts_with('-') && text[1..].starts_with(char::is_alphabetic) => {
                "write a space after each `-`".to_owned()
            }
            (Value::Scalar { text, .. }, Kind::Text | Kind::Date | Kind::Choice(_) | Kind::Either(_))
                if is_short(text) =>
            {
                format!("write `{lead}[{text}]`")
            }
            _ => "write each item on a line of its own, with `- ` before it".to_owned(),
        }
    }

    fn as_text(&self, node: &Node, lead: &str) -> String {
        let typed = self.input.slice(&node.span);
        if typed.starts_with(['[', '{']) && is_short(typed) {
            return format!("put the text in quotes: `{lead}{}`", quoted(typed));
        }
        match node.value {
            Value::Map(_) => format!("write the text after `{lead}`, in quotes if it has a colon in it"),
            _ => format!("write one value after `{lead}`"),
        }
    }
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Date)
}

fn is_short(text: &str) -> bool {
    text.len() <= 72 && !text.contains('\n')
}

fn wanted_fields(fields: &Fields) -> String {
    let names: Vec<_> =
        fields.required.iter().chain(fields.known.keys().filter(|name| !fields.required.contains(name))).collect();
    match names.len() {
        0 => "fields".to_owned(),
        1..=3 => format!("fields ({})", join(&names)),
        _ => format!("fields ({}, …)", join(&names[..3])),
    }
}

fn join(names: &[&String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn as_fields(fields: &Fields, place: &Place<'_>) -> String {
    let name = fields.required.first().or(fields.known.keys().next()).map_or("name", String::as_str);
    if place.name.is_empty() {
        return format!("write each field on a line of its own: `{name}: …`");
    }
    format!("write its fields on the lines below, two spaces further in: `{name}: …`")
}

fn switch(text: &str) -> String {
    let word = match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" => "write `true`",
        "false" | "no" | "n" | "off" | "0" => "write `false`",
        _ => return "write `true` or `false`".to_owned(),
    };
    format!("{word}, without quotes")
}
