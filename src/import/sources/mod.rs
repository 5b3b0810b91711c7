//! Sources.
use super::{Imported, Input};
/// CSL
pub fn csl(_input: &Input<'_>) -> Imported { Imported::default() }
/// Bib
pub fn bibtex(_input: &Input<'_>) -> Imported { Imported::default() }
