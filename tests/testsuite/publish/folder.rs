//! Publishing into a folder.

use super::super::project::assert_same;
use super::super::world::{Disk, assert_nothing_unfinished};
use super::{commit, reach, site};

#[test]
fn a_folder_gets_what_a_build_writes_and_again_nothing() {
    let folder = site("{kind: folder, path: there}").on_disk();
    folder.run(&["build"]).succeeds();
    let planned = folder.run(&["publish", "--dry-run", "--verbose"]).succeeds();
    assert!(planned.out.contains("+ pages/one.html") && !folder.has("there"), "{}", planned.out);
    folder.run(&["publish"]).succeeds();
    assert_same(&folder.tree("public"), &folder.tree("there"), "built and published");
    let again = folder.run(&["publish"]).succeeds();
    assert!(again.out.contains("nothing to do"), "{}", again.out);
}

#[test]
fn deletions_are_asked_for_and_touch_nothing_of_others() {
    let folder = site("{kind: folder, path: there}").on_disk();
    folder.run(&["publish"]).succeeds();
    folder.put("there/notes.txt", "mine");
    folder.delete("content/pages/two.md");
    folder.put("content/index.md", "---\ntitle: Home\n---\nTo [one](pages/one.md).\n");
    let refused = folder.run(&["publish"]).ends_with(2);
    assert!(refused.err.contains("1 file would be deleted") && refused.err.contains("--yes"), "{}", refused.err);
    assert!(folder.has("there/pages/two.html"));
    let run = folder.run(&["publish", "--yes"]).succeeds();
    assert!(run.out.contains("- pages/two.html") && run.out.contains("1 to delete"), "{}", run.out);
    assert!(!folder.has("there/pages/two.html"));
    assert_eq!(folder.text("there/notes.txt"), "mine");
}

#[test]
fn a_folder_of_others_and_a_stick_that_is_not_there_are_refused() {
    let folder = site("{kind: folder, path: there}").on_disk();
    folder.put("there/index.html", "somebody's");
    assert!(folder.run(&["publish"]).ends_with(2).err.contains("was not made by this program"));
    folder.run(&["publish", "--adopt"]).succeeds();
    let away = site("{kind: folder, path: stick/site}").on_disk();
    let run = away.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("plug in the stick") && !away.has("stick"), "{}", run.err);
    let own = site("{kind: folder, path: content/there}").on_disk();
    assert!(own.run(&["publish"]).ends_with(2).err.contains("lies in"));
}

/// Kills a publication of 500 files at many moments: what can be reached is whole and leads only to what is there, and
/// the next run ends equal to the build.
#[test]
fn killed_at_any_moment_what_readers_reach_is_whole() {
    let folder = reach::large_site("{kind: folder, path: there}").on_disk();
    commit(&folder);
    let journal = folder.path().join("there/.dateline-journal");
    reach::survives_kills(&folder, reach::kills(), &[], &|| Some(folder.tree("there")), Some(&journal));
    assert_nothing_unfinished(&folder.tree("there"), "published after kills,");
}

#[test]
fn a_full_disk_leaves_what_was_published() {
    let folder = site("{kind: folder, path: disk/site}").on_disk();
    let Some(_disk) = Disk::small(&folder, "disk", "size=512k") else { return };
    folder.run(&["publish"]).succeeds();
    let before = folder.tree("disk/site");
    folder.put("content/media/large.bin", vec![7; 400_000]);
    folder.edit("content/pages/one.md", "One.", "One, with a large file.");
    let run = folder.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("no space left on device"), "{}", run.err);
    assert_same(&before, &folder.tree("disk/site"), "before and after a full disk");
    folder.delete("content/media/large.bin");
    folder.run(&["publish"]).succeeds();
    assert!(folder.text("disk/site/pages/one.html").contains("One, with a large file."));
}
