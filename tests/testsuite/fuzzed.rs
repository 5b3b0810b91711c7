//! The kept corpora of `fuzz/`: what fuzzing found worth keeping goes through the same functions in every test run.

use std::fs;

use super::project::repository;

#[expect(unreachable_pub, reason = "it is a library of its own for the fuzzer")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

#[test]
fn no_kept_input_breaks_a_promise() {
    for (name, _) in targets::TARGETS {
        let folder = repository().join("fuzz/corpus").join(name);
        let mut inputs = 0;
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("cannot read `{}`: {error}", folder.display()))
        {
            targets::run(name, &fs::read(entry.expect("a file is listed").path()).expect("the input can be read"));
            inputs += 1;
        }
        assert!(inputs > 10, "the corpus of {name} has {inputs} inputs");
    }
}
