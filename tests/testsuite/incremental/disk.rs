//! The same through the command line: with the cache and the records of `.dateline/`, and with what an earlier build left in
//! `public/`. All files of a site bear the same time, so that a build that went by times would be found out.

use std::cell::Cell;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use proptest::test_runner::{TestRunner, contextualize_config};

use super::super::project::{Folder, Project, Run, assert_same};
use super::super::world::figure;
use super::edits::{Edit, apply, edit, whole};

/// What comes before a build.
#[derive(Clone, Debug)]
struct Step {
    /// Goes back, first, from a site with a mistake to the last one without.
    mends: bool,
    edits: Vec<Edit>,
    drafts: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let parts = (prop::bool::weighted(0.8), prop::collection::vec(edit(), 1..4), prop::bool::weighted(0.2));
    parts.prop_map(|(mends, edits, drafts)| Step { mends, edits, drafts })
}

/// How many builds there were after edits, and how many of them found no mistake.
#[derive(Default)]
struct Tally {
    builds: Cell<usize>,
    sound: Cell<usize>,
}

#[test]
fn a_build_on_disk_after_edits_equals_a_build_afresh_and_one_with_a_mistake_leaves_the_output() {
    let config = ProptestConfig { cases: 6, max_shrink_iters: 60, failure_persistence: None, ..Default::default() };
    let tally = Tally::default();
    let ran = TestRunner::new(contextualize_config(config)).run(&prop::collection::vec(step(), 1..6), |steps| {
        let folder = on_disk(&whole());
        build(&folder, false).succeeds();
        let mut past = vec![whole()];
        let mut last_sound = 0;
        for step in &steps {
            let start = if step.mends { last_sound } else { past.len() - 1 };
            let mut project = past[start].clone();
            for edit in &step.edits {
                project = apply(edit, project, &past);
                past.push(project.clone());
            }
            bring(&folder, &project);
            if is_built_as_afresh(&folder, &project, step.drafts, &tally) {
                last_sound = past.len() - 1;
            }
        }
        Ok(())
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
    let (builds, sound) = (tally.builds.get(), tally.sound.get());
    figure(&format!("edits on disk: {builds} builds after edits, {sound} of them without a mistake"));
}

/// Builds a site where it was built before and in a new folder, and fails where these differ. Tells whether it has no mistake.
fn is_built_as_afresh(folder: &Folder, project: &Project, drafts: bool, tally: &Tally) -> bool {
    let before = folder.tree("public");
    let fresh = on_disk(project);
    let (again, afresh) = (build(folder, drafts), build(&fresh, drafts));
    assert_eq!((again.code, &again.err), (afresh.code, &afresh.err));
    let is_sound = afresh.code == Some(0);
    let wanted = if is_sound { fresh.tree("public") } else { before };
    assert!(is_sound || (afresh.code == Some(1) && !fresh.has("public")), "{afresh:?}");
    assert_same(&wanted, &folder.tree("public"), if is_sound { "after edits" } else { "after a mistake" });
    // The record of the build tells the same, and all stands as it is.
    let known = build(folder, drafts);
    assert_eq!((known.code, &known.err), (again.code, &again.err));
    assert_same(&wanted, &folder.tree("public"), "built once more");
    tally.builds.set(tally.builds.get() + 1);
    tally.sound.set(tally.sound.get() + usize::from(is_sound));
    is_sound
}

fn build(folder: &Folder, drafts: bool) -> Run {
    let with: &[&str] = if drafts { &["--drafts"] } else { &[] };
    folder.run(&[&["build", "--quiet", "--today", "2026-11-21"][..], with].concat())
}

/// The time that every file of a site bears.
fn moment() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000)
}

fn set_time(path: &Path, time: SystemTime) {
    let file = File::options().write(true).open(path);
    file.and_then(|file| file.set_modified(time)).expect("the time of a file can be set");
}

fn on_disk(project: &Project) -> Folder {
    let folder = project.on_disk();
    project.files().keys().for_each(|path| set_time(&folder.path().join(path), moment()));
    folder
}

/// Makes the files of a folder those of a project. What is the same is not touched, and folders stay when they are empty.
fn bring(folder: &Folder, project: &Project) {
    let mut there = folder.tree("");
    there.retain(|path, _| ["content/", "evidence/", "themes/"].iter().any(|start| path.starts_with(start)));
    let gone = there.keys().filter(|path| !project.files().contains_key(*path));
    gone.for_each(|path| folder.delete(path));
    for (path, bytes) in project.files().iter().filter(|(path, bytes)| there.get(*path) != Some(*bytes)) {
        folder.put(path, bytes);
        set_time(&folder.path().join(path), moment());
    }
}

/// A change in each kind of file, of as many letters as stood there.
const CHANGES: [(&str, &str, &str); 10] = [
    ("content/site.yaml", "A site", "B site"),
    ("content/index.md", "Hello", "Hallo"),
    ("content/timeline/1950-before.md", "Before it", "Before he"),
    ("content/sources.yaml", "A report", "B report"),
    ("content/questions.yaml", "How much", "How many"),
    ("content/media/flood.svg", "width=\"4\"", "width=\"5\""),
    ("content/media/notes.txt", "take", "have"),
    ("evidence/panel.txt", "They", "Them"),
    ("themes/broadsheet/static/extra.css", "red", "tan"),
    ("themes/broadsheet/templates/event.html", "name=\"a\"", "name=\"b\""),
];

#[test]
fn an_edit_that_keeps_the_size_and_the_time_of_a_file_is_built() {
    let mut project = whole();
    let folder = on_disk(&project);
    build(&folder, false).succeeds();
    for (path, old, new) in CHANGES {
        let before = folder.tree("public");
        let text = String::from_utf8(project.files()[path].clone()).expect("it is a text");
        assert!(text.contains(old) && old.len() == new.len(), "{path}");
        project = project.file(path, text.replacen(old, new, 1));
        bring(&folder, &project);
        assert!(is_built_as_afresh(&folder, &project, false, &Tally::default()), "{path}");
        assert_ne!(before, folder.tree("public"), "{path} makes no difference, and so shows nothing");
    }
}

#[test]
fn an_output_that_was_changed_and_kept_its_size_and_its_time_is_mended() {
    let folder = on_disk(&whole());
    build(&folder, false).succeeds();
    let whole = folder.tree("public");
    for (path, old, new) in [("index.html", "Hello", "Hallo"), ("media/notes.txt", "Notes", "Votes")] {
        let file = folder.path().join("public").join(path);
        let time = file.metadata().and_then(|about| about.modified()).expect("a file has a time");
        folder.edit(&format!("public/{path}"), old, new);
        set_time(&file, time);
        build(&folder, false).succeeds();
        assert_same(&whole, &folder.tree("public"), path);
    }
}
