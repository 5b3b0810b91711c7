//! The kept corpora of `fuzz/`: what fuzzing found worth keeping goes through the same functions in every test run.

use std::fs;
use std::panic;
use std::path::PathBuf;

use super::project::{repository, tree};

#[expect(unreachable_pub, reason = "it is a library of its own for the fuzzer")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// How many inputs of a target are tried. Where there are more, they are taken from all over the list.
const MOST: usize = 64;

/// Lists what is kept for a target in a folder of `fuzz/`.
fn listed(folder: &str, name: &str) -> Vec<PathBuf> {
    let folder = repository().join("fuzz").join(folder).join(name);
    let entries = fs::read_dir(&folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file is listed").path()).collect();
    paths.sort();
    paths
}

/// Runs a target with what is kept for it, and with all that once broke a promise.
fn replay(name: &str) {
    let kept = listed("corpus", name);
    assert!(kept.len() > 10, "the corpus of {name} has {} inputs", kept.len());
    let step = kept.len().div_ceil(MOST);
    let tried = kept.into_iter().step_by(step).chain(listed("regressions", name));
    let broken = tried.filter(|path| {
        let input = fs::read(path).expect("the input can be read");
        panic::catch_unwind(|| targets::run(name, &input)).is_err()
    });
    let broken: Vec<String> = broken.map(|path| path.display().to_string()).collect();
    assert!(broken.is_empty(), "promises are broken by {broken:#?}");
}

#[test]
fn no_kept_bibliography_breaks_a_promise() {
    replay("bibliography");
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

/// Returns the packages of a list of versions, as `name version`.
fn packages(lock: &str) -> Vec<String> {
    let text = fs::read_to_string(repository().join(lock)).expect("the list of versions is there");
    let value = |package: &str, key: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
        line.expect("a package has a name and a version").trim_matches('"').to_owned()
    };
    let packages = text.split("[[package]]").skip(1);
    packages.map(|package| format!("{} {}", value(package, "name"), value(package, "version"))).collect()
}

#[test]
fn the_fuzzer_tries_the_versions_that_the_program_has() {
    let ours = packages("Cargo.lock");
    let others = packages("fuzz/Cargo.lock").into_iter().filter(|package| !ours.contains(package));
    let names: Vec<String> = others.filter_map(|package| Some(package.split_once(' ')?.0.to_owned())).collect();
    let advice = "cp Cargo.lock fuzz/Cargo.lock && cargo metadata --manifest-path fuzz/Cargo.toml --format-version 1";
    assert_eq!(names, ["dateline-fuzz", "libfuzzer-sys"], "{advice}");
}

#[test]
fn what_once_broke_a_promise_is_kept_under_the_name_of_a_target() {
    let targets = tree(&repository().join("fuzz/fuzz_targets")).into_keys();
    let targets: Vec<String> = targets.map(|path| path.trim_end_matches(".rs").to_owned()).collect();
    let found: usize = targets.iter().map(|target| listed("regressions", target).len()).sum();
    assert!(found >= 26, "of 26 inputs that once broke a promise, {found} are left");
    let all = tree(&repository().join("fuzz/regressions")).len();
    assert_eq!(found, all, "an input lies where no target looks for it: {targets:?}");
}
