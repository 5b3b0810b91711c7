//! A world that refuses: full disks, files that may not be read, things that are no files, others at work in the same folder.
//!
//! Each fault ends in a message that says what is wrong, with code 2, and leaves the old output as it was; when it is gone, the
//! next run gives what a fresh one gives.

#![cfg(target_os = "linux")]

mod disks;

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use super::project::{Folder, Project, Run, Tree, assert_same};
use super::world::{Dice, Nobody, SetAtEnd, assert_nothing_unfinished, figure, is_unfinished, skipped, times};

/// A site of this many pages with these words.
fn site(pages: u32, words: &str) -> Project {
    (0..pages).fold(Project::new(), |project, page| project.page(&format!("p{page}"), &words.repeat(50)))
}

fn fresh(project: &Project) -> Tree {
    let folder = project.on_disk();
    folder.run(&["build"]).succeeds();
    folder.tree("public")
}

fn lay(folder: &Folder, project: &Project) {
    project.files().iter().for_each(|(path, bytes)| folder.put(path, bytes));
}

/// Runs a program that may wait for ever, and ends it after a minute, with 124.
fn bounded(command: &Command) -> Run {
    let mut bounded = Command::new("timeout");
    bounded.args(["--signal=KILL", "60"]).arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    if let Some(folder) = command.get_current_dir() {
        bounded.current_dir(folder);
    }
    Run::of(&mut bounded)
}

/// Fails unless the run ended as one that the world refused.
#[track_caller]
fn is_refused(run: Run, why: &str, case: &str) {
    assert_eq!(run.code, Some(2), "{case}: it ends with another code\n{}{}", run.out, run.err);
    assert!(run.err.starts_with("error: ") && run.err.contains(why), "{case}: {}", run.err);
}

/// A path, the mode it gets, the command, and what is said; `None` where it must work all the same.
type Locked = (&'static str, u32, &'static [&'static str], Option<&'static str>);

const LOCKED: &[Locked] = &[
    ("content/pages/p1.md", 0o000, &["build"], Some("cannot read `./content/pages/p1.md`: permission denied")),
    ("content/pages", 0o000, &["build"], Some("cannot read `./content/pages`: permission denied")),
    ("content/pages", 0o444, &["build"], Some("permission denied")),
    ("content/pages", 0o111, &["build"], Some("cannot read `./content/pages`: permission denied")),
    ("content/media/a.bin", 0o000, &["export", "zip", "there/site.zip"], Some("permission denied")),
    ("content", 0o000, &["check"], Some("cannot read `./content`: permission denied")),
    ("public", 0o555, &["build"], Some("permission denied")),
    ("public", 0o000, &["build"], Some("permission denied")),
    ("public/pages", 0o555, &["build"], Some("/pages/p2.html`: permission denied")),
    (".", 0o555, &["build", "--out", "new"], Some("permission denied")),
    (".", 0o555, &["build", "--out", "there/new"], None),
    (".dateline", 0o555, &["build", "--out", "there/new"], None),
    (".dateline", 0o000, &["build", "--out", "there/new"], None),
    ("public/index.html", 0o000, &["build"], None),
    ("there", 0o555, &["build", "--out", "there/new"], Some("permission denied")),
    ("there", 0o555, &["export", "single", "there/site.html"], Some("permission denied")),
    ("there", 0o555, &["publish"], Some("permission denied")),
    ("content/timeline", 0o555, &["new", "event", "A fire", "--date", "2019"], Some("permission denied")),
    ("content/sources.yaml", 0o444, &["import", "bibtex", "new.bib"], Some("permission denied")),
    ("content", 0o555, &["import", "bibtex", "new.bib"], Some("permission denied")),
];

#[test]
fn what_may_not_be_read_or_written_is_named_and_nothing_is_lost() {
    let Some(nobody) = Nobody::find() else { return };
    let target = "title: A site\ntargets:\n  there: {kind: folder, path: there/site}\n";
    let project = site(3, "Words. ")
        .file("content/site.yaml", target)
        .file("content/sources.yaml", "a:\n  type: book\n  title: A book\n")
        .file("content/media/a.bin", [7; 9000])
        .file("new.bib", "@book{new, title = {A new book}, year = {2019}}\n")
        .event("1889-tower", "title: A tower\ndate: 1889", "It stands [@a].");
    for &(path, mode, arguments, said) in LOCKED {
        let case = format!("`{path}` as {mode:o}, {}", arguments.join(" "));
        let folder = project.on_disk();
        for made in ["there", ".dateline"] {
            std::fs::create_dir(folder.path().join(made)).expect("it is new");
        }
        Run::of(&mut nobody.command(&folder, &["build"])).succeeds();
        folder.put("content/pages/p2.md", "---\ntitle: Changed\n---\nOther words.\n");
        let before = folder.tree("");
        let (locked, mut command) = (folder.path().join(path), nobody.command(&folder, arguments));
        let mode_before = std::fs::metadata(&locked).expect("it is there").permissions();
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).expect("we may");
        let run = Run::of(&mut command);
        std::fs::set_permissions(&locked, mode_before).expect("we may");
        match said {
            Some(said) => {
                is_refused(run, said, &case);
                assert_same(&before, &folder.tree(""), &case);
            }
            None => drop(run.succeeds()),
        }
        Run::of(&mut nobody.command(&folder, &["build"])).succeeds();
        assert!(folder.text("public/pages/p2.html").contains("Other words."), "{case}, and unlocked again");
        assert_nothing_unfinished(&folder.tree("public"), &case);
    }
    figure(&format!("permissions: {} faults as another user", LOCKED.len()));
}

/// Makes what is no file at a path; `false` where this machine does not let us.
fn odd(kind: &str, at: &std::path::Path) -> bool {
    let shell =
        |command: &mut Command| command.arg(at).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    match kind {
        "pipe" => shell(&mut Command::new("mkfifo")),
        "socket" => UnixListener::bind(at).is_ok(),
        "device" => Command::new("mknod")
            .arg(at)
            .args(["c", "1", "5"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success()),
        "loop" => symlink(at, at).is_ok(),
        _ => symlink("/nonexistent/place", at).is_ok(),
    }
}

#[test]
fn what_is_no_file_is_never_waited_for_read_or_replaced() {
    let places: [(&str, &[&str]); 8] = [
        ("content/media/odd.png", &["build"]),
        ("content/pages/odd.md", &["build"]),
        ("evidence/odd.txt", &["build"]),
        ("themes/mine/templates/odd.html", &["check"]),
        ("public", &["build"]),
        ("there.zip", &["export", "zip", "there.zip"]),
        ("there.zip", &["export", "zip", "there.zip", "--force"]),
        ("new.json", &["import", "timelinejs", "new.json"]),
    ];
    let older = site(2, "Words. ").on_disk();
    older.run(&["build"]).succeeds();
    let older = older.tree("");
    let mut tried = 0;
    for (path, arguments) in places {
        for kind in ["pipe", "socket", "device", "loop", "dangling"] {
            let folder = Folder::empty();
            let is_kept = |name: &str| path != "public" || !name.starts_with("public/");
            older.iter().filter(|(name, _)| is_kept(name)).for_each(|(name, bytes)| folder.put(name, bytes));
            // A build that went on would change the output.
            folder.put("content/pages/p1.md", "---\ntitle: A page\n---\nOther words.\n");
            let at = folder.path().join(path);
            std::fs::create_dir_all(at.parent().expect("it lies in a folder")).expect("it can be made");
            if !odd(kind, &at) {
                skipped(&format!("no {kind} can be made here"));
                continue;
            }
            let case = format!("a {kind} as `{path}`, {}", arguments.join(" "));
            let link = ["loop", "dangling"].contains(&kind);
            let run = bounded(&folder.command(arguments));
            // Links in the content are mistakes of the content; one in the place of an edition is replaced where that is asked for.
            let code =
                if link && !path.contains("there") && !path.contains("new.") && path != "public" { 1 } else { 2 };
            if link && arguments.contains(&"--force") {
                run.succeeds();
            } else {
                assert_eq!(run.code, Some(code), "{case}: {}{}", run.out, run.err);
                assert!(run.err.starts_with("error"), "{case}: {}", run.err);
                assert!(at.symlink_metadata().is_ok_and(|about| !about.is_file()), "{case}: it was replaced");
            }
            assert!(!leaves_something(&folder), "{case}: something unfinished is left");
            if path != "public" {
                let old = older.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("public/")?, bytes)));
                let old: Tree = old.map(|(name, bytes)| (name.to_owned(), bytes.clone())).collect();
                assert_same(&old, &folder.tree("public"), &format!("{case}: the old output"));
            }
            tried += 1;
        }
    }
    figure(&format!("things that are no files: {tried} tried"));
}

/// Tells whether something unfinished lies in the folder itself.
fn leaves_something(folder: &Folder) -> bool {
    let names = std::fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok);
    names.map(|entry| entry.file_name().to_string_lossy().into_owned()).any(|name| is_unfinished(&name))
}

#[test]
fn files_that_come_go_and_change_while_they_are_read_end_in_a_site_or_in_a_message() {
    let folder = site(60, "Words. ").on_disk();
    folder.run(&["build"]).succeeds();
    let mut last = folder.tree("public");
    let pages = folder.path().join("content/pages");
    let done = AtomicBool::new(false);
    let pause = |milliseconds| std::thread::sleep(std::time::Duration::from_millis(milliseconds));
    let count = times(10);
    let mut ended = [0; 3];
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut dice = Dice(3);
            while !done.load(Ordering::Relaxed) {
                let page = |number: u64| pages.join(format!("p{number}.md"));
                let (one, other) = (page(dice.below(60)), page(dice.below(60)));
                // Some builds come through, and some meet a change.
                pause(dice.below(100));
                // Whatever is not there any more is none of ours.
                let _ = match dice.below(7) {
                    0 => std::fs::remove_file(&one),
                    1 => std::fs::rename(&one, &other),
                    2 => {
                        let away = std::fs::rename(&pages, pages.with_extension("away"));
                        pause(dice.below(20));
                        away.and_then(|()| std::fs::rename(pages.with_extension("away"), &pages))
                    }
                    3..6 => {
                        let half = std::fs::write(&one, "---\ntitle: A");
                        pause(dice.below(100));
                        half.and_then(|()| std::fs::write(&one, "---\ntitle: A page\n---\nWords.\n"))
                    }
                    _ => std::fs::write(&one, "---\ntitle: Another\n---\nWords that are new.\n"),
                };
            }
        });
        let _end = SetAtEnd(&done);
        for _ in 0..count {
            let run = folder.run(&["build"]);
            let code = run.code.and_then(|code| usize::try_from(code).ok()).filter(|code| *code < 3);
            ended[code.unwrap_or_else(|| panic!("{run:?}"))] += 1;
            assert!(code != Some(2) || run.err.starts_with("error: "), "{}", run.err);
            assert!(!run.err.contains("panicked"), "{}", run.err);
            if code == Some(0) {
                folder.run(&["verify", "public"]).succeeds();
                last = folder.tree("public");
            } else {
                assert_same(&last, &folder.tree("public"), "after a build that met a change, and before it");
            }
        }
    });
    let met = ended[1] + ended[2];
    assert!(count < 40 || (met > 0 && ended[0] > 0), "of {count} builds {met} met a change; the test shows nothing");
    let still = site(60, "Words. ");
    lay(&folder, &still);
    folder.run(&["build"]).succeeds();
    assert_same(&fresh(&still), &folder.tree("public"), "after the changes, and fresh");
    figure(&format!("changes while reading: {count} builds, ended with 0, 1, 2: {ended:?}"));
}

/// Starts the same command several times at once; each does its work or says that another one is at it.
fn at_once(folder: &Folder, arguments: &[&str], said: &str) -> usize {
    let start = |_| -> Child {
        folder
            .command(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started")
    };
    let children: Vec<Child> = (0..4).map(start).collect();
    let mut well = 0;
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => well += 1,
            code => assert!(code == Some(2) && err.contains(said), "{code:?}: {err}"),
        }
    }
    assert!(well > 0, "none did its work");
    well
}

#[test]
fn several_at_once_each_do_their_work_or_say_who_is_at_it() {
    let rounds = times(3);
    let folder = site(30, "Words 0. ").on_disk();
    let mut well = 0;
    for round in 0..rounds {
        let project = site(30, &format!("Words {round}. "));
        lay(&folder, &project);
        well += at_once(&folder, &["build"], "another build");
        assert_same(&fresh(&project), &folder.tree("public"), "built four times at once, and fresh");
        well += at_once(&folder, &["export", "zip", "site.zip"], "another run is writing it");
        folder.run(&["verify", "site.zip"]).succeeds();
        assert!(!leaves_something(&folder), "something unfinished is left");
    }
    figure(&format!("four at once: {} runs of build and export, {well} of them did the work", rounds * 8));
}
