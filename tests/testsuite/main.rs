//! The tests that see the program from outside: one binary, a module for each feature.
//!
//! [`project`] makes the small sites that they build, in memory or on disk.

#![expect(clippy::disallowed_methods, reason = "tests make folders, look into them and measure")]

mod alike;
mod architecture;
mod bad_input;
mod bibtex_bounds;
#[cfg(feature = "cards")]
mod cards;
mod claims;
mod cli;
mod commonmark;
mod determinism;
mod diagnostics;
mod edtf;
mod export;
#[cfg(feature = "web")]
mod external;
mod faults;
mod feeds;
mod formats;
mod fuzzed;
mod hostile;
mod import;
mod incremental;
mod kills;
mod languages;
mod many;
mod margin;
mod obeyed;
mod output;
mod outside;
#[cfg(feature = "images")]
mod pictures;
mod plain;
mod policy;
mod project;
mod promises;
mod public;
mod publish;
mod reachable;
mod reading;
mod reference;
mod roundtrip;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod start;
mod surroundings;
mod theme;
#[cfg(not(all(feature = "cards", feature = "images")))]
mod unfeatured;
mod verify;
mod world;
mod write;
