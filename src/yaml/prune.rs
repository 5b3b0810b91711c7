//! Takes out of a tree what does not have its shape, after it was told, so that the rest can still be read.
//!
//! Without this, one misspelt field would lose a whole page, and every link to it would be reported as broken.

use super::check::accepts;
use super::node::{Node, Value};
use super::shape::{Fields, Kind, Shape};

impl Shape {
    /// Takes out what is wrong. What is left has the shape, except that required fields may be missing at the top.
    pub(super) fn prune(&self, node: &mut Node) {
        self.keep(self.root(), node);
    }

    /// Tells whether a node is worth keeping, with what is wrong inside of it taken out.
    fn keep(&self, kind: &Kind, node: &mut Node) -> bool {
        match (self.resolve(kind), &mut node.value) {
            (Kind::Any, value) => !matches!(value, Value::Unreadable | Value::Null),
            (kind, Value::Scalar { text, style }) => match kind {
                Kind::Either(kinds) => kinds.iter().any(|kind| accepts(self.resolve(kind), text, *style)),
                kind => accepts(kind, text, *style),
            },
            (Kind::List(item), Value::Seq(items)) => {
                items.retain_mut(|node| self.keep(item, node));
                true
            }
            (Kind::Fields(fields), Value::Map(_)) => self.keep_fields(fields, node),
            (Kind::Either(kinds), Value::Map(_) | Value::Seq(_)) => kinds.iter().any(|kind| self.keep(kind, node)),
            _ => false,
        }
    }

    fn keep_fields(&self, fields: &Fields, node: &mut Node) -> bool {
        let Value::Map(entries) = &mut node.value else { return false };
        entries.retain_mut(|entry| {
            let kind = fields.known.get(&entry.key).or(fields.others.as_deref());
            kind.is_some_and(|kind| self.keep(kind, &mut entry.node))
        });
        fields.required.iter().all(|name| entries.iter().any(|entry| entry.key == *name))
    }
}
