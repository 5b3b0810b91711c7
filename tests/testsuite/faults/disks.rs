//! Disks that are full: at any point of a build, at the first one, under the cache, an edition and the editor's own files.

use super::super::project::{Folder, Project, Tree, assert_same};
use super::super::world::{Disk, assert_nothing_unfinished, figure, times};
use super::{fresh, is_refused, lay, site};

#[test]
fn a_disk_that_fills_at_any_point_of_a_build_leaves_the_old_output() {
    let (old, new) = (site(40, "Old words. "), site(40, "New and longer words, and more of them. "));
    let (old_tree, new_tree) = (fresh(&old), fresh(&new));
    let size: usize = new_tree.values().map(|bytes| bytes.len() / 1024 + 4).sum();
    let mut refused = 0;
    let count = times(8);
    for (round, options) in ["size=24m", "size=24m,nr_inodes=120"].into_iter().enumerate() {
        let folder = old.on_disk();
        let Some(disk) = Disk::small(&folder, "disk", options) else { return };
        for part in 0..count {
            let build = || folder.run(&["build", "--out", "disk/site"]);
            lay(&folder, &old);
            build().succeeds();
            lay(&folder, &new);
            disk.leave(size * part as usize / count as usize);
            let run = build();
            let case = format!("case {round}, {part} of {count} parts of the room");
            if run.code == Some(0) {
                assert_same(&new_tree, &folder.tree("disk/site"), &case);
            } else {
                is_refused(run, "no space left on device", &case);
                assert_same(&old_tree, &folder.tree("disk/site"), &case);
                refused += 1;
            }
            disk.free();
            build().succeeds();
            assert_same(&new_tree, &folder.tree("disk/site"), &format!("{case}, and with room again"));
        }
    }
    assert!(refused >= 3, "the disk was full only {refused} times");
    figure(&format!("full disk under a build: {} tries, refused {refused} times", count * 2));
}

#[test]
fn a_disk_that_is_full_at_the_first_build_is_left_empty() {
    let project = site(40, "Words. ");
    let folder = project.on_disk();
    let Some(disk) = Disk::small(&folder, "disk", "size=8m") else { return };
    for kilobytes in [0, 4, 16, 64, 256] {
        disk.leave(kilobytes);
        is_refused(folder.run(&["build", "--out", "disk/site"]), "no space left on device", &format!("{kilobytes} kB"));
        assert_same(&Tree::new(), &folder.tree("disk/site"), "a first build that the disk refused");
        disk.free();
    }
    folder.run(&["build", "--out", "disk/site"]).succeeds();
    assert_same(&fresh(&project), &folder.tree("disk/site"), "after room was made");
}

#[test]
fn a_cache_on_a_full_disk_costs_time_and_nothing_else() {
    let project = Project::of_case("everything");
    let fresh = fresh(&project);
    for options in ["size=4k", "size=40k", "size=24m,nr_inodes=3"] {
        let folder = project.on_disk();
        let Some(_disk) = Disk::small(&folder, ".dateline", options) else { return };
        for _ in 0..2 {
            folder.run(&["build"]).succeeds();
            assert_same(&fresh, &folder.tree("public"), &format!("with a cache on a disk of {options}"));
        }
        assert_nothing_unfinished(&folder.tree(".dateline"), "on the full disk");
    }
}

#[test]
fn a_full_disk_leaves_an_older_edition_and_the_editors_sources() {
    let folder = site(40, "Words. ").file("content/media/a.bin", [7; 90_000]).on_disk();
    let Some(disk) = Disk::small(&folder, "disk", "size=4m") else { return };
    let small = site(1, "Older. ").on_disk();
    for kind in ["single", "zip", "epub"] {
        let file = format!("disk/site.{kind}");
        let older = small.path().join(kind);
        small.run(&["export", kind, older.to_str().expect("a name in UTF-8")]).succeeds();
        std::fs::copy(&older, folder.path().join(&file)).expect("there is room");
        for kilobytes in [0, 16, 64] {
            disk.leave(kilobytes);
            let before = folder.tree("disk");
            is_refused(folder.run(&["export", kind, &file]), "no space left on device", &file);
            assert_same(&before, &folder.tree("disk"), "an edition on a full disk");
            disk.free();
        }
        folder.run(&["export", kind, &file]).succeeds();
    }
    // The content itself is on the disk that is full.
    lay_under(
        &folder,
        "disk/site",
        &Project::new().file("content/sources.yaml", "a:\n  type: book\n  title: A book\n"),
    );
    folder.put("disk/site/new.bib", "@book{new, title = {A new book}, year = {2019}}\n");
    disk.leave(0);
    let before = folder.tree("disk/site");
    let run = folder.run(&["import", "bibtex", "disk/site/new.bib", "--root", "disk/site"]);
    is_refused(run, "no space left on device", "import");
    assert_same(&before, &folder.tree("disk/site"), "sources on a full disk");
    disk.free();
    folder.run(&["import", "bibtex", "disk/site/new.bib", "--root", "disk/site"]).succeeds();
    assert!(folder.text("disk/site/content/sources.yaml").contains("A new book"));
}

fn lay_under(folder: &Folder, under: &str, project: &Project) {
    project.files().iter().for_each(|(path, bytes)| folder.put(&format!("{under}/{path}"), bytes));
}
