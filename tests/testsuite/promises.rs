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

/// A test that stands somewhere: the rooms that lead to it, and the command that runs it where not every run does.
struct Place {
    rooms: Vec<String>,
    ignored: Option<String>,
}

/// Returns where tests of a name stand.
fn places(files: &[(String, String)], test: &str) -> Vec<Place> {
    let head = format!("fn {test}(");
    let found = files.iter().filter_map(|(path, text)| {
        let (before, _) = text.split_once(&head)?;
        let attributes = before.rsplit("\n\n").next().unwrap_or(before);
        assert!(attributes.contains("#[test]"), "{path}: `{test}` is no test");
        // The reason says what runs it: `tests/run publish`.
        let ignored = attributes.split_once("#[ignore").map(|(_, reason)| {
            reason.split('`').nth(1).unwrap_or_else(|| panic!("{path}: `{test}` names no command")).to_owned()
        });
        let rooms = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        Some(Place { rooms, ignored })
    });
    found.collect()
}

/// Fails where no test of a name stands in its rooms, or where the row does not tell that only some runs hold it.
fn assert_test(name: &str, row: &[&str], files: &[(String, String)]) {
    let (rooms, test) = name.rsplit_once("::").expect("a test stands in a room");
    let leads = |place: &Place| {
        let mut on_the_way = place.rooms.iter();
        rooms.split("::").all(|room| on_the_way.any(|step| step == room))
    };
    let places: Vec<Place> = places(files, test).into_iter().filter(leads).collect();
    assert!(!places.is_empty(), "{}: there is no test `{name}`", row[0]);
    for command in places.iter().filter_map(|place| place.ignored.as_ref()) {
        assert!(row.concat().contains(command.as_str()), "{}: `{name}` runs in `{command}` only", row[0]);
    }
}

#[test]
fn every_test_that_a_promise_names_is_there() {
    let root = repository();
    let text = fs::read_to_string(root.join("docs/quality.md")).expect("docs/quality.md is there");
    let sources = ["src", "tests/testsuite"].into_iter().flat_map(|folder| tree(&root.join(folder)));
    let sources = sources.filter(|(path, _)| path.ends_with(".rs"));
    let files: Vec<(String, String)> =
        sources.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("Rust is UTF-8"))).collect();
    for (section, least) in [("Nothing lost", 20), ("Nobody in, nothing out", 15)] {
        let rows = rows(&text, section);
        assert!(rows.len() >= least, "{section} has {} promises", rows.len());
        for row in rows {
            assert!(row.len() == 3 && row.iter().all(|cell| !cell.is_empty()), "a row has three cells: {row:?}");
            let names: Vec<&str> = row[1].split('`').skip(1).step_by(2).collect();
            assert!(!names.is_empty(), "{}: no test is named", row[0]);
            for name in names {
                if name.contains("::") {
                    assert_test(name, &row, &files);
                } else if !name.starts_with("tests/run ") {
                    assert!(root.join(name).is_file(), "{}: there is no `{name}`", row[0]);
                }
            }
        }
    }
}

#[test]
fn every_target_of_the_fuzzer_has_its_figures() {
    let text = fs::read_to_string(repository().join("docs/quality.md")).expect("docs/quality.md is there");
    let told: Vec<&str> = rows(&text, "Fuzzed").iter().map(|row| row[1].trim_matches('`')).collect();
    let targets = tree(&repository().join("fuzz/fuzz_targets")).into_keys();
    let targets: Vec<String> = targets.map(|path| path.trim_end_matches(".rs").to_owned()).collect();
    assert_eq!(told, targets);
}
