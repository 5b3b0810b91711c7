//! What the fuzz targets do with the bytes that they are given.
//!
//! Each target is a function from bytes that panics where a promise is broken. The binaries in `fuzz_targets/` call them
//! with what libFuzzer makes up; `tests/testsuite/fuzzed.rs` calls the same functions with the kept corpora.

mod addresses;
mod bibliography;
mod dates;
mod drawn;
mod figures;
mod harmless;
mod imported;
mod markdown;
mod site;
mod timelinejs;
mod yaml;

use dateline::file::Files;
use dateline::model::Config;
use dateline::theme::{Theme, Words};

/// A target: what it is called, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name.
pub const TARGETS: [Target; 7] = [
    ("bibliography", bibliography::bibliography),
    ("edtf", dates::edtf),
    ("figures", figures::figures),
    ("front_matter", yaml::front_matter),
    ("markdown", markdown::markdown),
    ("site", site::site),
    ("timelinejs", timelinejs::timelinejs),
];

/// Runs a target.
///
/// # Panics
///
/// Where a promise is broken, and where there is no such target.
pub fn run(name: &str, data: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(target, _)| *target == name).expect("the target has this name");
    target(data);
}

/// Returns what is UTF-8 at the beginning of some bytes.
fn text(data: &[u8]) -> &str {
    match str::from_utf8(data) {
        Ok(text) => text,
        Err(error) => str::from_utf8(&data[..error.valid_up_to()]).expect("it is UTF-8 up to there"),
    }
}

/// Returns the settings of a site in a language, and the words of its theme.
fn in_language(language: &str) -> (Config, Words) {
    let mut files = Files::default();
    files.insert_text("content/site.yaml", format!("title: A site\nlanguage: {language}\n"));
    files.insert_text("content/index.md", "---\ntitle: Home\n---\n");
    let mut found = dateline::diagnostic::Diagnostics::default();
    let site = dateline::load::site(&files, false, &mut found).expect("the settings are read");
    let theme = Theme::load(&site.config, &files, &mut found).expect("the program carries its theme");
    (site.config, theme.words)
}
