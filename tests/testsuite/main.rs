//! The tests that see the program from outside: one binary, a module for each feature.
//!
//! [`project`] makes the small sites that they build, in memory or on disk.

#![expect(clippy::disallowed_methods, reason = "tests make folders, look into them and measure")]

mod architecture;
mod claims;
mod cli;
mod determinism;
mod diagnostics;
mod hostile;
mod incremental;
mod output;
mod project;
mod public;
mod reading;
#[cfg(feature = "serve")]
mod serve;
mod theme;
mod write;
