//! What is committed in `public/` is what a build of `content/` gives, byte for byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

use sha2::{Digest, Sha256};

use super::project::{Folder, Run, Tree, assert_same, repository, tree};

fn committed() -> Tree {
    tree(&repository().join("public"))
}

#[test]
fn public_equals_a_fresh_build_of_the_content() {
    let folder = Folder::empty();
    let root = repository();
    let root = root.to_str().expect("a name in UTF-8");
    let run = folder.run(&["build", "--root", root, "--out", "fresh", "--today", "2026-11-20"]).succeeds();
    assert_eq!(run.err, "", "the first site is built without a warning");
    assert_same(
        &committed(),
        &folder.tree("fresh"),
        "public/ and a fresh build; `cargo run --release -- build` makes it anew",
    );
}

#[test]
fn the_sums_list_every_file_but_themselves_and_hold() {
    let files = committed();
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).expect("the sums are text");
    let mut listed = BTreeSet::new();
    for line in sums.lines() {
        let (sum, path) = line.split_once("  ").expect("a sum, two spaces, a path");
        let bytes = files.get(path).unwrap_or_else(|| panic!("`{path}` is listed and not there"));
        let hex = Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a text takes it");
            hex
        });
        assert_eq!(sum, hex, "{path}");
        listed.insert(path);
    }
    let there: BTreeSet<&str> = files.keys().map(String::as_str).filter(|path| *path != "SHA256SUMS").collect();
    assert_eq!(listed, there);
}

#[test]
#[cfg(target_os = "linux")]
fn the_ordinary_sha256sum_checks_the_sums() {
    let mut command = Command::new("sha256sum");
    command.args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(repository().join("public"));
    Run::of(&mut command).succeeds();
}

#[test]
fn every_page_of_the_content_has_its_file() {
    let files = committed();
    for path in tree(&repository().join("content")).keys() {
        if let Some(stem) = path.strip_suffix(".md") {
            assert!(files.contains_key(&format!("{stem}.html")), "content/{path} has no page");
        }
    }
    for made in ["ledger.html", "sources.html", "corrections.html", "404.html"] {
        assert!(files.contains_key(made), "there is no {made}");
    }
}
