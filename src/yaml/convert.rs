//! From a tree to a value: the same words for serde, with a switch where the shape has a switch.
//!
//! Plain words are texts here unless the shape asks for something else. YAML's own guesses (`2019` a number, `no` a
//! switch, `0x10` sixteen) would reach types that take a text *or* fields, and change what was typed.

use serde_yaml::{Mapping, Value as Yaml};

use super::check::accepts;
use super::node::{Node, Style, Value};
use super::shape::{Fields, Kind, Shape};

impl Shape {
    /// Makes a value of a tree that has the shape.
    pub(super) fn convert(&self, node: &Node) -> Yaml {
        self.value(self.root(), node)
    }

    fn value(&self, kind: &Kind, node: &Node) -> Yaml {
        let kind = self.resolve(kind);
        match (&node.value, kind) {
            (Value::Null | Value::Unreadable, _) => Yaml::Null,
            (_, Kind::Either(kinds)) => self.value(self.branch(kinds, node), node),
            (Value::Scalar { text, style }, kind) => scalar(kind, text, *style),
            (Value::Seq(items), kind) => {
                let item = if let Kind::List(item) = kind { item } else { &Kind::Any };
                Yaml::Sequence(items.iter().map(|node| self.value(item, node)).collect())
            }
            (Value::Map(entries), kind) => {
                let mut map = Mapping::with_capacity(entries.len());
                for entry in entries {
                    let field = if let Kind::Fields(fields) = kind { field(fields, &entry.key) } else { &Kind::Any };
                    let key = Yaml::String(entry.key.clone());
                    // Of a key that stands twice, which has been told, the first counts, as in `Node::get`.
                    if !map.contains_key(&key) {
                        map.insert(key, self.value(field, &entry.node));
                    }
                }
                Yaml::Mapping(map)
            }
        }
    }

    fn branch<'k>(&self, kinds: &'k [Kind], node: &Node) -> &'k Kind {
        let fits = |kind: &&Kind| match (&node.value, self.resolve(kind)) {
            (Value::Scalar { text, style }, kind) => accepts(kind, text, *style),
            (Value::Seq(_), kind) => matches!(kind, Kind::List(_)),
            (_, kind) => matches!(kind, Kind::Fields(_)),
        };
        kinds.iter().find(fits).unwrap_or(&Kind::Any)
    }
}

fn field<'k>(fields: &'k Fields, name: &str) -> &'k Kind {
    fields.known.get(name).or(fields.others.as_deref()).unwrap_or(&Kind::Any)
}

fn scalar(kind: &Kind, text: &str, style: Style) -> Yaml {
    let guesses = matches!(kind, Kind::Any | Kind::Switch | Kind::Number { .. }) && style == Style::Plain;
    match text {
        "true" if guesses => Yaml::Bool(true),
        "false" if guesses => Yaml::Bool(false),
        _ if guesses => number(text).unwrap_or_else(|| Yaml::String(text.to_owned())),
        _ => Yaml::String(text.to_owned()),
    }
}

fn number(text: &str) -> Option<Yaml> {
    let number = text.parse::<u64>().map(Yaml::from).or_else(|_| text.parse::<i64>().map(Yaml::from)).ok();
    number.or_else(|| text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Yaml::from))
}
