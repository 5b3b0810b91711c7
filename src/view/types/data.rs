//! The files of `data/`, as `data.html` explains them.

use schemars::JsonSchema;
use serde::Serialize;

/// A file of `data/`: what `data.html` gets in `files`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DataFile {
    /// `claims`, `timeline`, `sources` or `question`: what it holds.
    pub holds: &'static str,
    /// What it holds, in a few words; the question itself for the claims of one.
    pub title: String,
    /// Where it is, relative to the root of the output.
    pub path: String,
    /// Its format: `CSV`, `JSON`, `TimelineJS 3`, `CSL-JSON`, `BibLaTeX`.
    pub format: &'static str,
    /// Its media type: `text/csv`.
    pub media_type: &'static str,
    /// How large it is: `12 kB`.
    pub size: String,
    /// How many claims, events or sources it has.
    pub rows: usize,
    /// Its fields; empty where another file of the list has the same and says them.
    pub fields: Vec<DataField>,
}

/// A field of a file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DataField {
    /// Its name.
    pub name: String,
    /// What it holds, in English, from the program's own description of the format.
    pub description_html: String,
}
