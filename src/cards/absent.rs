//! Stands in for what draws cards in a program that was built without it: refuses everything.

use std::sync::Arc;

use super::{Fault, Fitted, Slot};

/// The fonts of a theme, which this program does not read.
#[derive(Debug, Default)]
pub struct Fonts;

impl Fonts {
    /// Reads nothing.
    pub fn new(_: impl Iterator<Item = (String, Arc<[u8]>)>) -> (Self, Vec<String>) {
        (Self, Vec::new())
    }

    /// Refuses.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn fit(&self, _: &str, _: &Slot) -> Result<Fitted, Fault> {
        Err(Fault::NotBuilt)
    }

    /// Returns the digest of no fonts.
    pub fn digest(&self) -> &[u8; 32] {
        &[0; 32]
    }

    /// Refuses.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn must_cover(&self, _: &str) -> Result<(), Fault> {
        Err(Fault::NotBuilt)
    }

    /// Refuses.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn draw(&self, _: &str) -> Result<Vec<u8>, Fault> {
        Err(Fault::NotBuilt)
    }
}
