//! The tables of promises in docs/quality.md name tests that exist, so that no promise rests on one that is gone.

use std::fs;

use super::project::{repository, tree};

/// Returns the rows of the tables in a section: their cells.
fn rows<'t>(text: &'t str, section: &str) -> Vec<Vec<&'t str>> {
    let from =
        text.split(&format!("\n## {section}\n")).nth(1).unwrap_or_else(|| panic!("there is no section {section}"));
    let section = from.split("\n## ").next().unwrap_or(from);
    let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise "));
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

#[test]
fn every_test_that_a_promise_names_is_there() {
    let root = repository();
    let text = fs::read_to_string(root.join("docs/quality.md")).expect("docs/quality.md is there");
    let mut tests = String::new();
    for folder in ["src", "tests/testsuite", "fuzz/fuzz_targets"] {
        for (path, bytes) in tree(&root.join(folder)) {
            if path.ends_with(".rs") {
                tests.push_str(&format!("\n// in {folder}/{path}\n{}", String::from_utf8_lossy(&bytes)));
            }
        }
    }
    for (section, least) in [("Nothing lost", 12), ("Nobody in, nothing out", 12)] {
        let rows = rows(&text, section);
        assert!(rows.len() >= least, "{section} has {} promises", rows.len());
        for row in rows {
            let [promise, held, measured] = row[..] else { panic!("a row has three cells: {row:?}") };
            assert!(!measured.is_empty(), "{promise}: nothing is measured");
            let names: Vec<&str> = held.split('`').skip(1).step_by(2).collect();
            assert!(!names.is_empty(), "{promise}: no test is named");
            for name in names {
                let is_there = match name.rsplit_once("::") {
                    Some((room, test)) => tests.contains(&format!("fn {test}(")) && tests.contains(room),
                    None => root.join(name).is_file(),
                };
                assert!(is_there, "{promise}: there is no `{name}`");
            }
        }
    }
}
