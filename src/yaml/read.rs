//! From text to a type, with every mistake told.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::input::Input;
use super::node::{Node, Value};
use super::scan::scan_input;
use super::shape::Shape;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, floor};

/// What was read.
#[derive(Debug)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// The tree, for the places of values. What was wrong is not in it.
    pub node: Node,
    /// Whether nothing was wrong; otherwise something that was typed is missing here, and it was told.
    pub sound: bool,
}

/// Reads YAML into a type, and gives the tree along, for the places of its values.
///
/// `text` is the YAML, `base` where it starts in `file`, in bytes; `shape` is that of the type. All that is wrong goes
/// to `diagnostics`; what is right is read all the same, and `None` comes only where nothing could be made of it. An
/// empty text has no fields. Texts are read exactly as typed, whatever YAML would make of them.
pub fn read<T: DeserializeOwned>(
    file: &Arc<str>,
    text: &str,
    base: usize,
    shape: &Shape,
    diagnostics: &mut Diagnostics,
) -> Option<Read<T>> {
    let input = Input { file, text, base };
    let mut told = Diagnostics::default();
    let read = read_input(input, shape, &mut told);
    diagnostics.extend(told);
    read
}

fn read_input<T: DeserializeOwned>(input: Input<'_>, shape: &Shape, told: &mut Diagnostics) -> Option<Read<T>> {
    let mut node = match scan_input(input, told) {
        Some(Node { value: Value::Null, span }) => Node { value: Value::Map(Vec::new()), span },
        Some(node) => node,
        None if told.iter().next().is_none() => Node { value: Value::Map(Vec::new()), span: input.outer(0..0) },
        None => return None,
    };
    let sound = shape.check(input, &node, told) && told.iter().next().is_none();
    if !sound {
        shape.prune(&mut node);
    }
    match serde_yaml::from_value(shape.convert(&node)) {
        Ok(value) => Some(Read { value, node, sound }),
        Err(error) => {
            if sound {
                told.push(unfit::<T>(input, &error));
            }
            None
        }
    }
}

/// What serde refuses although it has the shape: a type's own rules.
fn unfit<T: DeserializeOwned>(input: Input<'_>, error: &serde_yaml::Error) -> Diagnostic {
    // A tree has no places for serde; reading the text again finds one, in most cases.
    let again = serde_yaml::from_str::<T>(input.text).err();
    let at = again.and_then(|error| error.location()).map_or(0, |location| location.index());
    Diagnostic::new(Code::BadYaml, format!("this cannot be read: {error}"))
        .at(input.span(line_from(input.text, at)), "here")
        .help("compare it with the guide's description of the field")
}

fn line_from(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let length = text[at..].lines().next().map_or(0, str::len);
    at..at + length
}

#[cfg(test)]
mod tests;
