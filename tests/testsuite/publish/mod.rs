//! `dateline publish`: plans, refusals, and what a target holds after each run.
//!
//! Buckets are tested against real servers on this machine, which `tests/run` installs and names by the environment.

mod bucket;
mod folder;
mod git;
mod proxy;
mod reach;
mod secrets;

use std::process::Command;

use super::project::{Folder, Project, Run};

/// What is written beside pages costs time here and shows nothing.
const LEAN: &str = "outputs: {all: false, cards: false, data: false, offline: false}\n";

/// A site with three pages, an address, and a target.
pub(super) fn site(target: &str) -> Project {
    Project::new()
        .file(
            "content/site.yaml",
            format!("title: A site\nurl: https://example.org/site\n{LEAN}targets:\n  there: {target}\n"),
        )
        .file("content/index.md", "---\ntitle: Home\n---\nTo [one](pages/one.md) and [two](pages/two.md).\n")
        .page("one", "One.")
        .page("two", "Two.")
}

/// Makes a repository of a folder, with everything committed.
pub(super) fn commit(folder: &Folder) {
    folder.put(".gitignore", "/public/\n/there/\n");
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "content"]);
}

/// Runs git in a folder, as somebody, and returns what it prints.
#[track_caller]
pub(super) fn git(folder: &Folder, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder.path()).args(["-c", "user.name=Someone", "-c", "user.email=someone@example.org"]);
    Run::of(command.args(arguments)).succeeds().out
}

#[test]
fn without_a_target_it_says_how_to_add_one() {
    let folder = Project::new().on_disk();
    let run = folder.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("names no target") && run.err.contains("targets: {"), "{}", run.err);
}

#[test]
fn a_target_is_named_where_there_are_several_and_a_misspelt_one_is_told() {
    let targets = "title: A site\ntargets:\n  a: {kind: folder, path: x}\n  b: {kind: folder, path: y}\n";
    let folder = Project::new().file("content/site.yaml", targets).on_disk();
    assert!(folder.run(&["publish"]).ends_with(2).err.contains("name one of them: `a`, `b`"));
    assert!(folder.run(&["publish", "c"]).ends_with(2).err.contains("there is no target `c`"));
}

#[test]
fn mistakes_and_denied_warnings_publish_nothing() {
    let unused = "a: {type: book, title: Unused}\n";
    let folder = site("{kind: folder, path: there, deny: warnings}").file("content/sources.yaml", unused).on_disk();
    let run = folder.run(&["publish"]).ends_with(1);
    assert!(run.err.contains("warning[unused-source]") && run.err.contains("takes no warnings"), "{}", run.err);
    folder.put("content/pages/three.md", "---\ntitle: Three\n---\n[gone](four.md)\n");
    let run = folder.run(&["publish"]).ends_with(1);
    assert!(run.err.contains("nothing was published") && !folder.has("there"), "{}", run.err);
}

#[test]
fn content_that_is_not_committed_is_published_only_when_told() {
    let folder = site("{kind: folder, path: there}").on_disk();
    commit(&folder);
    folder.edit("content/pages/one.md", "One.", "One more.");
    folder.put("content/pages/new.md", "---\ntitle: New\n---\n");
    let run = folder.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("`content/pages/one.md` and 1 more"), "{}", run.err);
    folder.run(&["publish", "--allow-dirty"]).succeeds();
    assert!(folder.text("there/pages/one.html").contains("One more."));
}

#[test]
fn feeds_without_an_address_are_not_published_to_the_web() {
    let yaml = "title: A site\ntargets: {there: {kind: git, remote: ./there}}\n";
    let folder = Project::new().file("content/site.yaml", yaml).on_disk();
    let run = folder.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("at which address") && run.err.contains("feeds: false"), "{}", run.err);
}

#[test]
fn a_target_with_a_password_or_a_foreign_field_is_a_mistake() {
    let yaml = "title: A site\ntargets:\n  a: {kind: git, remote: 'https://me:hunter2@example.org/x.git'}\n  b: {kind: folder, path: x, bucket: y}\n  c: {kind: s3}\n";
    let folder = Project::new().file("content/site.yaml", yaml).on_disk();
    let run = folder.run(&["check"]).ends_with(1);
    let titles = run.titles();
    assert_eq!(titles.len(), 3, "{}", run.err);
    assert!(titles[0].contains("cannot be the `remote`"), "{titles:?}");
    assert!(titles[1].contains("has a field `bucket`") && titles[2].contains("has no `bucket`"), "{titles:?}");
}

#[test]
fn a_new_site_has_what_its_host_reads_and_builds() {
    for (host, file) in [
        ("github-pages", ".github/workflows/publish.yml"),
        ("gitlab-pages", ".gitlab-ci.yml"),
        ("netlify", "netlify.toml"),
        ("cloudflare-pages", "wrangler.toml"),
    ] {
        let folder = Folder::empty();
        folder.run(&["new", "site", "demo", "--host", host]).succeeds();
        let text = folder.text(&format!("demo/{file}"));
        assert!(text.contains("public") && text.contains("dateline build"), "{text}");
        if file.ends_with(".yml") {
            serde_yaml::from_str::<serde_yaml::Value>(&text).expect("the workflow is YAML");
        }
        folder.run(&["--root", "demo", "build"]).succeeds();
    }
}
