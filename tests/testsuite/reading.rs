//! Reading again what has changed gives what reading everything gives.

use std::fs;
use std::path::PathBuf;

use dateline::file::Files;
use dateline::load::{read, read_again};

use super::project::{Folder, Project};

type Contents = Vec<(String, Vec<u8>)>;

fn contents(files: &Files) -> Contents {
    let texts = files.texts().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec()));
    texts.chain(files.assets().map(|(path, bytes)| (path.to_string(), bytes.to_vec()))).collect()
}

/// Reads a folder, changes it, and reads it again by the paths that changed and afresh; the two must be the same.
fn held_against_fresh(change: impl Fn(&Folder), changed: &[&str]) {
    let folder = Project::of_case("everything").file("evidence/copy.txt", "kept").on_disk();
    let (mut files, mut found) = read(folder.path()).expect("the folder can be read");
    change(&folder);
    let paths: Vec<PathBuf> = changed.iter().map(|path| folder.path().join(path)).collect();
    read_again(folder.path(), &mut files, &mut found, &paths).expect("the folder can be read again");
    let (fresh, fresh_found) = read(folder.path()).expect("the folder can be read");
    assert_eq!(contents(&files), contents(&fresh), "{changed:?}");
    assert_eq!(found.iter().collect::<Vec<_>>(), fresh_found.iter().collect::<Vec<_>>(), "{changed:?}");
}

#[test]
fn files_that_were_written_or_came_are_read() {
    held_against_fresh(|folder| folder.put("content/index.md", "---\ntitle: New\n---\n"), &["content/index.md"]);
    held_against_fresh(
        |folder| folder.put("content/media/new/a.png", "x"),
        &["content/media/new", "content/media/new/a.png"],
    );
    held_against_fresh(|folder| folder.put("content/pages/x.md", b"\xff\xfe"), &["content/pages/x.md"]);
    held_against_fresh(|folder| folder.put("content/pages/.x.md.swp", "x"), &["content/pages/.x.md.swp"]);
    held_against_fresh(|folder| folder.put("notes.md", "x"), &["notes.md"]);
}

#[test]
fn files_and_folders_that_went_are_gone() {
    held_against_fresh(|folder| folder.delete("content/pages/notes.md"), &["content/pages/notes.md"]);
    held_against_fresh(|folder| folder.delete("evidence/copy.txt"), &["evidence/copy.txt", "content/never.md"]);
    let gone = |folder: &Folder| fs::remove_dir_all(folder.path().join("content/timeline")).expect("it was there");
    held_against_fresh(gone, &["content/timeline"]);
    let moved = |folder: &Folder| {
        fs::rename(folder.path().join("content/timeline"), folder.path().join("content/events")).expect("it was there");
    };
    held_against_fresh(moved, &["content/timeline", "content/events"]);
}

#[test]
fn names_whose_letters_are_put_together_in_another_way_are_read_as_typed_and_never_twice() {
    let (whole, pieces) = ("content/pages/größe.md", "content/pages/gro\u{308}ße.md");
    held_against_fresh(|folder| folder.put(pieces, "---\ntitle: A\n---\n"), &[pieces]);
    held_against_fresh(|folder| folder.put(whole, "---\ntitle: A\n---\n"), &[whole]);
    for last in [pieces, whole] {
        let both = |folder: &Folder| [whole, pieces].iter().for_each(|path| folder.put(path, *path));
        held_against_fresh(both, &[last]);
        held_against_fresh(both, &[whole, pieces]);
    }
}

#[cfg(unix)]
#[test]
fn links_are_reported_and_not_followed() {
    let linked = |folder: &Folder| {
        std::os::unix::fs::symlink("notes.md", folder.path().join("content/pages/link.md")).expect("it is made");
    };
    held_against_fresh(linked, &["content/pages/link.md"]);
}
