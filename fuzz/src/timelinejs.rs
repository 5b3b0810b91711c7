//! Imports of timelines: no file leaves the site's folder, and what is written is read back without an error.

use dateline::import::timelinejs as import;

use super::imported::imported;

pub(crate) fn timelinejs(data: &[u8]) {
    let may = |path: &str| path.starts_with("content/") && !path.contains("..") && !path.contains('\\');
    let (built, site) = imported(import, super::text(data), may);
    super::site::assert_sound(&built, &site);
}
