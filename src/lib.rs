//! Dateline makes static sites of explainers that can be checked: every figure on a page leads to who said it, how
//! surely, and where.
//!
//! The way of the data: [`load`] reads files and makes a [`model::Site`] of them, [`check`] holds it against the rules,
//! [`view`] makes what templates see, [`theme`] and [`render`] make an [`output::Output`] of it, and a sink ([`mod@write`])
//! puts that into place. [`builder`] is the pipeline. Mistakes in the content are [`diagnostic::Diagnostic`]s and are
//! collected; failures of the world are [`error::Error`]s and stop the run. ARCHITECTURE.md tells more.
//!
//! ```
//! use dateline::builder::{Options, build};
//! use dateline::diagnostic::Diagnostics;
//! use dateline::file::Files;
//!
//! let mut files = Files::default();
//! files.insert_text("content/site.yaml", "title: A small site\n");
//! files.insert_text("content/index.md", "---\ntitle: Home\n---\nHello.\n");
//! let built = build(&files, Diagnostics::default(), Options::default());
//! let output = built.output.expect("the site has no mistake");
//! assert!(output.get("index.html").is_some());
//! ```

mod alike;
pub mod builder;
pub mod cache;
pub mod cards;
pub mod check;
mod control;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod file;
pub mod import;
#[cfg(feature = "web")]
pub mod links;
pub mod load;
pub mod markdown;
pub mod media_type;
pub mod metadata;
pub mod model;
pub mod output;
pub mod pictures;
pub mod publish;
pub mod render;
pub mod scaffold;
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
pub mod sums;
pub mod theme;
pub mod verify;
pub mod view;
mod whole;
pub mod write;
pub mod yaml;
