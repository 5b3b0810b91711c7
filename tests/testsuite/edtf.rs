//! Dates are EDTF as others read it: what two other readers make of two thousand texts, and the clause of the specification
//! that decides where they differ, stands in `tests/edtf/`.
//!
//! `tests/formats/test_edtf.py` holds that it is what those readers say, and the whole program against it.

use std::collections::{BTreeMap, BTreeSet};

use dateline::model::date::{Date, Day};
use serde::Deserialize;

use super::project::repository;
use super::world::figure;

#[derive(Deserialize)]
struct Recorded {
    /// The clauses that decide, by a short name.
    differences: BTreeMap<String, String>,
    vectors: Vec<Vector>,
}

/// A text with the levels that others give it; they refuse it where they give none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    text: String,
    #[serde(rename = "edtf-validate")]
    validate: Option<u8>,
    #[serde(rename = "edtf.js")]
    edtf_js: Option<u8>,
    read: bool,
    /// Which clause decides, where not both say so.
    by: Option<String>,
    first: Option<String>,
    last: Option<String>,
}

/// Level 2 to both, and not even that: four digits have no fifth that could be significant.
const NO_LEVEL: &str = "-1859S5";

impl Vector {
    fn levels(&self) -> [Option<u8>; 2] {
        [self.validate, self.edtf_js]
    }
}

fn recorded() -> Recorded {
    let text = std::fs::read_to_string(repository().join("tests/edtf/vectors.json")).expect("it is there");
    serde_json::from_str(&text).expect("it has these fields")
}

#[test]
fn every_text_is_read_or_refused_as_its_level_says() {
    let recorded = recorded();
    let other: Vec<&str> = recorded
        .vectors
        .iter()
        .filter(|vector| Date::parse(&vector.text).is_ok() != vector.read)
        .map(|vector| &*vector.text)
        .collect();
    assert!(other.is_empty(), "{} of {}: {other:?}", other.len(), recorded.vectors.len());
    let read = recorded.vectors.iter().filter(|vector| vector.read).count();
    let differing = recorded.vectors.iter().filter(|vector| vector.by.is_some()).count();
    assert!(recorded.vectors.len() > 2000 && read > 600, "the record is cut short");
    figure(&format!(
        "EDTF: {} texts, {read} of them dates of levels 0 and 1; a clause decides about {differing}",
        recorded.vectors.len()
    ));
}

#[test]
fn a_clause_decides_where_other_readers_say_otherwise_and_nowhere_else() {
    let Recorded { differences, vectors } = recorded();
    let mut used = BTreeSet::new();
    for vector in &vectors {
        let agreed = vector.levels().iter().all(|level| level.is_some_and(|level| level < 2) == vector.read);
        assert_eq!(agreed, vector.by.is_none(), "{}", vector.text);
        used.extend(&vector.by);
    }
    assert_eq!(used, differences.keys().collect(), "each clause has its texts, and each name its clause");
}

#[test]
fn level_2_is_refused_by_name_wherever_others_find_it() {
    let mut named = 0;
    let is_level_2 = |vector: &&Vector| vector.levels() == [Some(2); 2] && vector.text != NO_LEVEL;
    for vector in recorded().vectors.iter().filter(is_level_2) {
        let error = Date::parse(&vector.text).expect_err("it is of level 2");
        assert!(error.message.contains("level 2"), "{}: {}", vector.text, error.message);
        assert!(error.help.is_some(), "{}", vector.text);
        named += 1;
    }
    assert!(named > 150, "{named}");
}

#[test]
fn the_first_and_last_days_are_those_that_others_find() {
    let written = |day: Option<Day>| day.map(|day| day.to_string());
    let mut compared = 0;
    for vector in recorded().vectors.iter().filter(|vector| vector.read) {
        let date = Date::parse(&vector.text).expect("it is read");
        for (theirs, ours) in [(&vector.first, date.earliest()), (&vector.last, date.latest())] {
            if theirs.is_some() {
                assert_eq!(&written(ours), theirs, "{}", vector.text);
                compared += 1;
            }
        }
    }
    assert!(compared > 600, "{compared}");
}
