//! YAML, read so that every mistake can be pointed at and explained to somebody who does not know YAML.

mod brackets;
mod build;
mod check;
mod control;
mod convert;
mod indentation;
mod input;
mod lines;
mod locate;
mod node;
mod prune;
mod quotes;
mod read;
mod scan;
mod shape;
mod silent;
#[cfg(test)]
mod testing;
mod traps;
mod words;

pub use locate::ValueMap;
pub use node::{Entry, Node, Step, Style, Value};
pub use read::{Read, read};
pub use scan::{LARGEST, scan};
pub use shape::Shape;
