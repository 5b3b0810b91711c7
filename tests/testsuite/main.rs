//! The tests that see the program from outside: one binary, a module for each feature.
//!
//! [`project`] makes the small sites that they build, in memory or on disk.

#![expect(clippy::disallowed_methods, reason = "tests make folders, look into them and measure")]

mod architecture;
mod claims;
mod cli;
mod determinism;
mod diagnostics;
#[cfg(feature = "web")]
mod external;
mod formats;
mod hostile;
mod margin;
mod output;
mod project;
mod public;
mod publish;
mod schema;
mod start;
mod theme;
mod write;
