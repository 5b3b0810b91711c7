//! Machines that give little: closed streams, few open files, results that nobody takes, folders that are gone.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::process::Command;

use super::super::project::{Folder, Project, Run, Tree, assert_same, program};
use super::super::world::figure;
use super::clear;

/// Runs a line of a shell in a folder, in which `$0` is the program.
fn shell(folder: &Folder, line: &str) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", line]).arg(program().get_program()).current_dir(folder.path());
    Run::of(&mut command)
}

#[test]
fn closed_streams_change_nothing() {
    let folder = Project::started().on_disk();
    folder.run(&["build"]).succeeds();
    let first = folder.tree("public");
    for how in [">&-", "2>&-", "<&-", ">&- 2>&- <&-", "</dev/null | true", "2>/dev/full", ">/dev/null 2>&1 &\nwait $!"]
    {
        clear(&folder);
        let run = shell(&folder, &format!("\"$0\" build {how}")).succeeds();
        assert!(!run.err.contains("panicked"), "{how}: {}", run.err);
        assert_same(&first, &folder.tree("public"), how);
    }
}

#[test]
fn few_open_files_end_in_the_whole_site_or_in_what_was_there() {
    let folder = Project::started().on_disk();
    folder.run(&["build"]).succeeds();
    let first = folder.tree("public");
    let older = Project::started().page("more", "A page that has gone since.").on_disk();
    older.run(&["build"]).succeeds();
    let (mut tried, mut refused) = (0, 0);
    for files in [4, 5, 6, 8, 16, 24, 64] {
        for (before, over) in [(Tree::new(), "nothing"), (older.tree("public"), "an older output")] {
            clear(&folder);
            before.iter().for_each(|(path, bytes)| folder.put(&format!("public/{path}"), bytes));
            let run = shell(&folder, &format!("ulimit -n {files}; exec \"$0\" build"));
            let case = format!("over {over}, with at most {files} files open");
            let left = if folder.has("public") { folder.tree("public") } else { Tree::new() };
            match run.code {
                Some(0) => assert_same(&first, &left, &case),
                Some(2) => assert_same(&before, &left, &case),
                _ => panic!("{case}: {run:?}"),
            }
            assert!(!run.err.contains("panicked"), "{case}: {}", run.err);
            (tried, refused) = (tried + 1, refused + u32::from(run.code == Some(2)));
        }
    }
    figure(&format!("few open files: {tried} builds anew, refused {refused} times"));
}

#[test]
fn results_that_cannot_be_written_are_no_success() {
    let folder = Project::started().on_disk();
    folder.run(&["build"]).succeeds();
    let before = folder.tree("");
    for command in [
        "schema event",
        "explain dropped-hedge",
        "completions bash",
        "completions zsh",
        "man",
        "theme list",
        "check --format json",
        "check --format sarif",
        "verify public",
        "build",
    ] {
        let run = shell(&folder, &format!("\"$0\" {command} >/dev/full"));
        assert_eq!(run.code, Some(2), "{command}: {}", run.err);
        assert_eq!(run.err, "error: cannot write to `standard output`: no space left on device\n", "{command}");
        let piped = shell(&folder, &format!("\"$0\" {command} | true")).succeeds();
        assert_eq!(piped.err, "", "{command}: a reader that goes is no failure");
    }
    assert_same(&before, &folder.tree(""), "after results that could not be written");
}

#[test]
fn folders_that_are_gone_or_have_odd_names_are_no_reason_to_panic() {
    let holder = Folder::empty();
    let gone = shell(&holder, "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" build").ends_with(2);
    assert!(gone.err.starts_with("error: "), "{}", gone.err);
    for name in [b"caf\xe9".to_vec(), "북한 'x' \"y\"".into(), b"-x".to_vec(), b"a\nb".to_vec(), [b'n'; 255].to_vec()]
    {
        let root = holder.path().join(OsString::from_vec(name));
        for (path, bytes) in Project::new().files() {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            std::fs::write(path, bytes).expect("it can be written");
        }
        for inside in [true, false] {
            let mut command = program();
            command.arg("build");
            if inside {
                command.current_dir(&root)
            } else {
                command.arg("--root").arg(&root)
            };
            let output = command.output().expect("it can be started");
            assert_eq!(output.status.code(), Some(0), "{}: {output:?}", root.display());
        }
        assert!(root.join("public/index.html").exists());
    }
}
