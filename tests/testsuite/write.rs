//! Writing through the program itself: killed at any moment, refused, adopted, cleaned up, two at once.
//!
//! The room has its own tests for each state that a kill can leave; these hold the whole program to the promise.

use std::cell::Cell;
use std::fs::File;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use super::project::{Folder, Project, Run, Tree, assert_same};
use super::reachable::assert_reachable;
use super::world::{Dice, kill_again_and_again, times, whole_run};

/// A site of many pages that lead to each other and to files, so that there is something to kill. Versions differ in every
/// page and in which pages there are.
fn large(version: usize) -> Project {
    let pages: Vec<usize> = (0..150).filter(|page| page % 3 != version % 3).collect();
    let links: String = pages.iter().map(|page| format!("- [{page}](pages/p{page}.md)\n")).collect();
    let home = format!("---\ntitle: Home\n---\n{links}");
    pages.iter().enumerate().fold(Project::new().file("content/index.md", home), |project, (at, page)| {
        let (next, file) = (pages[(at + 1) % pages.len()], format!("media/v{version}/{page}.txt"));
        let text = format!("## Version {version}\n\n{}", "A paragraph of this version. ".repeat(20 + version));
        project
            .page(&format!("p{page}"), &format!("{text}\n\nTo [the next](p{next}.md) and [a file](../{file})."))
            .file(&format!("content/{file}"), text)
    })
}

/// Puts a version's content into place of another's.
fn lay(folder: &Folder, version: usize) {
    let content = folder.path().join("content");
    if content.exists() {
        std::fs::remove_dir_all(&content).expect("the content can be replaced");
    }
    large(version).files().iter().for_each(|(path, bytes)| folder.put(path, bytes));
}

#[test]
fn a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_finishes() {
    let fresh: Vec<Tree> = (0..3)
        .map(|version| {
            let folder = large(version).on_disk();
            folder.run(&["build"]).succeeds();
            folder.tree("public")
        })
        .collect();
    let folder = large(0).on_disk();
    let whole = whole_run(folder.command(&["build", "--quiet"]));
    let journal = folder.path().join("public/.dateline-journal");
    let (mut dice, mut kills, version) = (Dice(20_261_121), 0, Cell::new(0));
    let mut ready = || {
        // A build with nothing to do writes nothing: the version is another one each time.
        version.set((version.get() + 1 + usize::try_from(dice.below(2)).expect("it is small")) % 3);
        lay(&folder, version.get());
        folder.command(&["build"])
    };
    kill_again_and_again("build over an older output", times(30), (whole, &journal), &mut ready, &mut |kill| {
        let left = folder.tree("public");
        for (path, bytes) in left.iter().filter(|(path, _)| !path.contains(".dateline-")) {
            let whole = fresh.iter().any(|tree| tree.get(path) == Some(bytes));
            assert!(whole, "after {kill} `{path}` is in no version of the site");
        }
        assert_reachable(&left, 200, &format!("after {kill}"));
        kills += 1;
        if kills % 3 == 0 {
            folder.run(&["build"]).succeeds();
            assert_same(&fresh[version.get()], &folder.tree("public"), &format!("built after {kill}, and fresh"));
        }
    });
}

#[test]
fn a_killed_first_build_is_taken_up_by_the_next() {
    let folder = large(1).on_disk();
    for micros in [2_000, 8_000, 20_000, 40_000] {
        let mut child =
            folder.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        sleep(Duration::from_micros(micros));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }
    folder.run(&["build"]).succeeds();
    let fresh = large(1).on_disk();
    fresh.run(&["build"]).succeeds();
    assert_same(&fresh.tree("public"), &folder.tree("public"), "killed at first, and fresh");
}

#[test]
fn a_folder_of_somebody_else_is_refused_until_it_is_adopted() {
    let folder = Project::new().on_disk();
    folder.put("public/thesis.txt", "years of work");
    let run = folder.run(&["build"]).ends_with(2);
    assert!(run.err.contains("--adopt"), "{}", run.err);
    assert_eq!(folder.tree("public").len(), 1);
    folder.run(&["build", "--adopt"]).succeeds();
    folder.run(&["build"]).succeeds();
    assert_eq!(folder.text("public/thesis.txt"), "years of work");
    assert!(folder.has("public/index.html"));
}

#[test]
fn what_the_content_has_no_more_goes_from_the_output_and_nothing_else() {
    let folder = Project::new().page("old", "Old.").file("content/media/old.txt", "old").on_disk();
    folder.run(&["build"]).succeeds();
    folder.put("public/CNAME", "example.org");
    folder.delete("content/pages/old.md");
    folder.delete("content/media/old.txt");
    let run = folder.run(&["build"]).succeeds();
    assert!(run.out.contains("2 removed"), "{}", run.out);
    assert!(!folder.has("public/pages") && !folder.has("public/media"));
    assert!(folder.has("public/CNAME"));
}

#[test]
fn a_build_that_changes_nothing_touches_nothing() {
    let folder = Project::new().page("a", "A.").on_disk();
    folder.run(&["build"]).succeeds();
    let times = |folder: &Folder| -> Vec<_> {
        let names = folder.tree("public").into_keys();
        names
            .map(|path| {
                (
                    folder
                        .path()
                        .join("public")
                        .join(&path)
                        .metadata()
                        .and_then(|file| file.modified())
                        .expect("a time"),
                    path,
                )
            })
            .collect()
    };
    let before = times(&folder);
    folder.run(&["build"]).succeeds();
    assert_eq!(times(&folder), before);
    folder.edit("content/pages/a.md", "A.", "B.");
    let run = folder.run(&["build"]).succeeds();
    // The page, the whole site on one page, and the list of what is kept for offline reading.
    assert!(run.out.contains("(3 changed)"), "{}", run.out);
}

#[test]
#[cfg(target_os = "linux")]
fn a_second_build_at_the_same_time_is_refused_and_told_who_is_first() {
    let folder = Project::new().on_disk();
    folder.run(&["build"]).succeeds();
    let before = folder.tree("public");
    let held = File::open(folder.path().join("public")).expect("the output can be opened");
    held.try_lock().expect("nobody holds it");
    folder.edit("content/index.md", "Hello.", "Changed.");
    let run = folder.run(&["build"]).ends_with(2);
    assert!(run.err.contains(&format!("another build (process {})", std::process::id())), "{}", run.err);
    assert_same(&before, &folder.tree("public"), "while another build is running");
    drop(held);
    folder.run(&["build"]).succeeds();
}

#[test]
fn the_content_the_themes_and_the_root_are_never_the_output() {
    let folder = Project::new().file("themes/mine/theme.yaml", "name: mine\n").on_disk();
    let before = folder.tree("");
    for out in ["content", "content/new", "themes", "themes/mine", ".", "content/../themes/new", ".."] {
        let run = folder.run(&["build", "--adopt", "--out", out]).ends_with(2);
        assert!(run.err.starts_with("error: "), "{}", run.err);
    }
    assert_same(&before, &folder.tree(""), "after refused builds");
}

#[test]
#[cfg(unix)]
fn the_home_folder_and_what_holds_it_are_never_the_output_of_a_build_or_a_publication() {
    let others = Folder::empty();
    others.put("home/me/letters/1.txt", "years of work");
    others.put("home/you/letters/2.txt", "years of work of another");
    let before = others.tree("");
    let (home, above) = (others.path().join("home/me"), others.path().join("home"));
    for (out, relation) in [(&home, "is the same as"), (&above, "holds")] {
        let out = out.to_str().expect("a name in UTF-8");
        let target = format!("title: A site\ntargets:\n  there: {{kind: folder, path: {out}}}\n");
        let folder = Project::new().file("content/site.yaml", target).on_disk();
        for arguments in [&["build", "--adopt", "--out", out][..], &["publish", "--adopt", "--yes"]] {
            let run = Run::of(folder.command(arguments).env("HOME", &home)).ends_with(2);
            let said = format!("error: the output folder `{out}` {relation} `{}`", home.display());
            assert!(run.err.starts_with(&said), "{arguments:?}: {}", run.err);
            assert_same(
                &before,
                &others.tree(""),
                &format!("after {arguments:?} into what {relation} the home folder"),
            );
        }
    }
    // A site is at home in it.
    let inner = home.join("site");
    let arguments = ["build", "--out", inner.to_str().expect("a name in UTF-8")];
    Run::of(Project::new().on_disk().command(&arguments).env("HOME", &home)).succeeds();
    assert!(others.has("home/me/site/index.html"));
}

/// What stands in a folder with the times of its files.
fn with_times(folder: &Folder, path: &str) -> Vec<(String, std::time::SystemTime, Vec<u8>)> {
    let files = folder.tree(path).into_iter();
    let time = |name: &str| folder.path().join(path).join(name).metadata().and_then(|file| file.modified());
    files.map(|(name, bytes)| (name.clone(), time(&name).expect("a time"), bytes)).collect()
}

/// Builds the content of a folder in another one.
fn afresh(folder: &Folder) -> Tree {
    let fresh = Folder::empty();
    folder.tree("content").iter().for_each(|(path, bytes)| fresh.put(&format!("content/{path}"), bytes));
    fresh.run(&["build"]).succeeds();
    fresh.tree("public")
}

#[test]
fn a_build_of_the_same_files_tells_the_same_and_writes_neither_output_nor_cache() {
    let folder = Project::new().page("a", "It cost $7m, they say.").on_disk();
    let first = folder.run(&["build", "--today", "2026-11-21"]).succeeds();
    assert!(first.err.contains("unsourced-figure"), "{}", first.err);
    let before = (with_times(&folder, "public"), with_times(&folder, ".dateline"));
    assert!(before.1.iter().any(|(path, _, _)| path.starts_with("cache/build/")));
    let second = folder.run(&["build", "--today", "2026-11-21", "--timings"]).succeeds();
    assert_eq!(second.err, first.err);
    assert!(second.out.contains("nothing changed") && !second.out.contains("render"), "{}", second.out);
    let counted = |out: &str| out.lines().last().and_then(|line| line.split(" (").next()).map(str::to_owned);
    assert_eq!(counted(&second.out), counted(&first.out));
    assert_eq!((with_times(&folder, "public"), with_times(&folder, ".dateline")), before);
}

#[test]
fn an_output_that_was_touched_is_mended_although_the_files_are_the_same() {
    let folder = Project::new().page("a", "A.").on_disk();
    folder.run(&["build"]).succeeds();
    let whole = folder.tree("public");
    for harm in 0..4 {
        match harm {
            0 => folder.edit("public/index.html", "Hello.", "Hallo!"),
            1 => folder.delete("public/pages/a.html"),
            2 => folder.put("public/SHA256SUMS", "damaged"),
            _ => std::fs::remove_dir_all(folder.path().join("public")).expect("a folder"),
        }
        if harm == 2 {
            folder.run(&["build"]).ends_with(2);
            folder.run(&["build", "--adopt"]).succeeds();
        } else {
            folder.run(&["build"]).succeeds();
        }
        assert_same(&whole, &folder.tree("public"), &format!("after harm {harm}"));
    }
}

#[test]
fn a_cache_that_was_damaged_or_is_of_another_site_changes_no_output() {
    let (one, other) = (Project::new().page("a", "A.").on_disk(), Project::new().page("b", "B.").on_disk());
    one.run(&["build"]).succeeds();
    other.run(&["build"]).succeeds();
    let (kept, foreign) = (one.tree(".dateline/cache/build"), other.tree(".dateline/cache/build"));
    let (name, bytes) = kept.first_key_value().expect("a record");
    let flipped =
        |at: usize| bytes.iter().enumerate().map(|(n, b)| if n == at { b ^ 1 } else { *b }).collect::<Vec<u8>>();
    let mut damaged = vec![Vec::new(), bytes[..bytes.len() / 2].to_vec(), foreign[name].clone()];
    damaged.extend([0, 40, 70, bytes.len() - 1].map(flipped));
    for bytes in damaged {
        one.edit("content/pages/a.md", "A.", "A.A.");
        one.put(&format!(".dateline/cache/build/{name}"), &bytes);
        one.run(&["build"]).succeeds();
        assert_same(&afresh(&one), &one.tree("public"), "with a damaged cache");
        let unchanged = one.run(&["build", "--timings"]).succeeds();
        assert!(!unchanged.out.contains("render"), "the cache is mended:\n{}", unchanged.out);
    }
}

#[test]
fn states_that_come_back_are_built_as_afresh_with_and_without_drafts() {
    let draft = "---\ntitle: A draft\ndraft: true\n---\nNot yet.\n";
    let folder = Project::new().page("a", "A.").file("content/pages/d.md", draft).on_disk();
    let text = folder.text("content/pages/a.md");
    for (round, body) in ["A.", "B.", "A.", "A.", "B."].iter().enumerate() {
        folder.put("content/pages/a.md", text.replace("A.", body));
        folder.run(&["build"]).succeeds();
        assert_same(&afresh(&folder), &folder.tree("public"), &format!("round {round}"));
        folder.run(&["build", "--drafts", "--out", "drafts"]).succeeds();
        assert!(folder.has("drafts/pages/d.html") && !folder.has("public/pages/d.html"));
    }
}
