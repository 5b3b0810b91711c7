//! YAML, read so that every mistake can be pointed at and explained to somebody who does not know YAML.
//!
//! [`scan`] reads a text into a tree of [`Node`]s, each with its place in the file. What YAML refuses, and what it loses
//! without a word, is explained in the words of somebody who types text, with the text to type instead; the mistake is
//! covered and the rest read on, so that one run tells all. A [`Shape`], made of the type that reads a file, says which
//! fields the file has; [`read`] holds the tree against it and gives the typed value with the tree. [`Node::map`] leads
//! from a piece of a text back to its bytes, through quotes, escapes and folded lines.
//!
//! What is not done, on purpose: anchors, aliases, merge keys, types and several documents are refused, nothing is
//! resolved, and no value is guessed to be a number, a date or a switch unless the shape asks for one. Whether an id
//! exists or a date is a date is for others to say.

mod brackets;
mod build;
mod check;
mod control;
mod convert;
mod indentation;
mod input;
mod keys;
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
