//! Killed at any moment: a first build, an edition, a file of the editor's own.
//!
//! Builds over an older output are killed in [`super::write`], publications in [`super::publish`].

use std::process::Command;

use super::project::{Folder, Project, Tree, assert_same};
use super::world::{
    Moments, assert_nothing_unfinished, figure, is_unfinished, kill_again_and_again, killed, times, whole_run,
};

/// A site of many pages, so that there is something to kill.
fn large(words: &str) -> Project {
    let pages = (0..100).fold(Project::new(), |project, page| {
        project.page(&format!("p{page}"), &format!("## A heading\n\n{}", words.repeat(30)))
    });
    pages.file("content/media/large.bin", words.repeat(40_000))
}

fn built(project: &Project) -> Tree {
    let folder = project.on_disk();
    folder.run(&["build"]).succeeds();
    folder.tree("public")
}

#[test]
fn a_first_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_equals_a_fresh_one() {
    let project = large("A text. ");
    let (fresh, folder) = (built(&project), project.on_disk());
    let afresh = || {
        for made in ["public", ".dateline"].map(|name| folder.path().join(name)) {
            if made.exists() {
                std::fs::remove_dir_all(made).expect("it can be removed");
            }
        }
        folder.command(&["build", "--quiet"])
    };
    let whole = whole_run(afresh());
    let journal = folder.path().join("public/.dateline-journal");
    kill_again_and_again("first build", times(8), (whole, &journal), &mut || afresh(), &mut |kill| {
        let left = if folder.has("public") { folder.tree("public") } else { Tree::new() };
        for (path, bytes) in left.iter().filter(|(path, _)| !is_unfinished(path)) {
            assert_eq!(Some(bytes), fresh.get(path), "after {kill}, `{path}` is not whole");
        }
        folder.run(&["build"]).succeeds();
        assert_same(&fresh, &folder.tree("public"), &format!("built again after {kill}, and fresh"));
        assert_nothing_unfinished(&folder.tree(""), &format!("built again after {kill},"));
    });
}

/// Kills a command that replaces one file, at moments over its whole run. The file is always the old one or the new one; the
/// command once more makes it the new one, and leaves nothing beside it.
fn survives_kills(what: &str, folder: &Folder, file: &str, command: &dyn Fn() -> Command, anew: &dyn Fn()) {
    anew();
    let old = folder.tree("").get(file).cloned();
    let whole = whole_run(command());
    let new = folder.tree("").get(file).cloned().expect("the command makes it");
    assert_ne!(old.as_ref(), Some(&new), "the command changes nothing");
    let (mut running, count) = (0, times(5));
    let mut moments = Moments::new(2, count, whole);
    for _ in 0..count {
        let moment = moments.next();
        anew();
        running += u32::from(moments.learn(killed(command(), &|| true, moment)));
        let found = folder.tree("").get(file).cloned();
        assert!(found == old || found.as_ref() == Some(&new), "killed at {moment:?}: `{file}` is not whole");
        if found == old {
            whole_run(command());
        }
        assert!(
            folder.tree("").get(file) == Some(&new),
            "killed at {moment:?}, and once more: `{file}` is another one"
        );
        assert_nothing_unfinished(&folder.tree(""), &format!("{what}, killed at {moment:?}, and once more:"));
    }
    figure(&format!("{what}: {count} kills, {running} while it ran"));
}

#[test]
fn an_edition_killed_at_any_moment_is_the_old_one_or_the_new_one() {
    for kind in ["single", "zip", "epub"] {
        let file = format!("there/site.{kind}");
        let (older, folder) = (large("An older text. ").on_disk(), large("A text. ").on_disk());
        std::fs::create_dir(older.path().join("there")).expect("it is new");
        older.run(&["export", kind, &file]).succeeds();
        let old = older.tree("there").into_values().next().expect("the edition");
        let command = || folder.command(&["export", "--quiet", kind, &file]);
        survives_kills(&format!("export {kind} over an older one"), &folder, &file, &command, &|| {
            folder.put(&file, &old)
        });
    }
}

#[test]
fn the_editors_own_list_of_sources_survives_a_kill() {
    let sources: String = (0..2_000).map(|n| format!("s{n}:\n  type: book\n  title: Book {n}\n")).collect();
    let folder = Project::new().file("new.bib", "@book{new, title = {A new book}, year = {2019}}\n").on_disk();
    let file = "content/sources.yaml";
    let command = || folder.command(&["import", "--quiet", "bibtex", "new.bib"]);
    survives_kills("import into sources.yaml", &folder, file, &command, &|| folder.put(file, &sources));
}
