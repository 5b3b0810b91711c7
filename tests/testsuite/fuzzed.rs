//! The kept corpora of `fuzz/`: what fuzzing found worth keeping goes through the same functions in every test run.

use std::fs;
use std::panic;
use std::path::PathBuf;

use super::project::repository;

#[expect(unreachable_pub, reason = "it is a library of its own for the fuzzer")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// How many inputs of a target are tried. Where there are more, they are taken from all over the list.
const MOST: usize = 64;

/// Runs a target with what is kept for it, and with all that once broke a promise.
fn replay(name: &str) {
    let listed = |folder: &str| -> Vec<PathBuf> {
        let folder = repository().join("fuzz").join(folder).join(name);
        let entries = fs::read_dir(&folder).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file is listed").path()).collect();
        paths.sort();
        paths
    };
    let kept = listed("corpus");
    assert!(kept.len() > 10, "the corpus of {name} has {} inputs", kept.len());
    let step = kept.len().div_ceil(MOST);
    let tried = kept.into_iter().step_by(step).chain(listed("regressions"));
    let broken = tried.filter(|path| {
        let input = fs::read(path).expect("the input can be read");
        panic::catch_unwind(|| targets::run(name, &input)).is_err()
    });
    let broken: Vec<String> = broken.map(|path| path.display().to_string()).collect();
    assert!(broken.is_empty(), "promises are broken by {broken:#?}");
}

#[test]
fn no_kept_date_breaks_a_promise() {
    replay("edtf");
}

#[test]
fn no_kept_figure_breaks_a_promise() {
    replay("figures");
}

#[test]
fn no_kept_front_matter_breaks_a_promise() {
    replay("front_matter");
}

#[test]
fn no_kept_markdown_breaks_a_promise() {
    replay("markdown");
}

#[test]
fn no_kept_site_breaks_a_promise() {
    replay("site");
}

#[test]
fn no_kept_timeline_breaks_a_promise() {
    replay("timelinejs");
}
