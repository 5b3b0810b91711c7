//! Other people's machines: their languages, variables, masks, limits and closed streams change nothing that is written.

#![cfg(target_os = "linux")]

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::process::Command;

use super::project::{Folder, Project, Run, Tree, assert_same, program};
#[cfg(feature = "serve")]
use super::serve::server::Server;
use super::world::{Nobody, figure, skipped};

/// Variables that a build may meet, and what they hold.
const VARIABLES: &[(&str, &[&str])] = &[
    ("LC_ALL", &["C", "POSIX", "tr_TR.UTF-8", "ar_SA.UTF-8", "ja_JP.EUC-JP", "de_DE", "nonsense", "../../etc"]),
    ("LANG", &["C", "az_AZ.UTF-8", ""]),
    ("TZ", &["Pacific/Kiritimati", "America/St_Johns", "Not/A/Zone", ":/etc/passwd", ""]),
    ("HOME", &["", "/nonexistent", "relative"]),
    ("TMPDIR", &["/nonexistent", ""]),
    ("PATH", &[""]),
    ("TERM", &["", "dumb", "nonsense"]),
    ("COLUMNS", &["0", "-1", "many"]),
    ("RAYON_NUM_THREADS", &["0", "1", "2", "8", "many"]),
    ("SOURCE_DATE_EPOCH", &["0", "-1", "99999999999999999999", "yesterday"]),
    ("RUST_BACKTRACE", &["full"]),
    ("CLICOLOR_FORCE", &["1"]),
    ("XDG_CACHE_HOME", &["/nonexistent"]),
];

fn sites() -> [(&'static str, Project); 2] {
    [("the first site", Project::first_site()), ("everything", Project::of_case("everything"))]
}

fn built(folder: &Folder, command: &mut Command) -> Tree {
    Run::of(command).succeeds();
    folder.tree("public")
}

/// Fails where two trees differ, and shows how, where a program for that is installed.
#[track_caller]
fn assert_equal(left: &Tree, right: &Tree, what: &str) {
    if left != right {
        let folders = [left, right].map(|tree| {
            let folder = Folder::empty();
            tree.iter().for_each(|(path, bytes)| folder.put(path, bytes));
            folder
        });
        let shows = |program: &str, arguments: &[&str]| {
            let shown = Command::new(program).args(arguments).arg(folders[0].path()).arg(folders[1].path()).status();
            shown.is_ok()
        };
        let _ = shows("diffoscope", &["--max-report-size", "20000"]) || shows("diff", &["-r"]);
    }
    assert_same(left, right, what);
}

#[test]
fn no_variable_of_the_machine_changes_a_byte() {
    let mut tried = 0;
    let project = Project::of_case("everything");
    let folder = project.on_disk();
    let first = built(&folder, &mut folder.command(&["build", "--quiet"]));
    for (name, values) in VARIABLES {
        for value in *values {
            let out = format!("out-{tried}");
            let mut command = folder.command(&["build", "--quiet", "--out", &out]);
            Run::of(command.env(name, value)).succeeds();
            assert_same(&first, &folder.tree(&out), &format!("{name}={value}"));
            tried += 1;
        }
        let bytes = OsString::from_vec(b"\xff\xfe".to_vec());
        Run::of(folder.command(&["build", "--quiet"]).env(name, bytes)).succeeds();
        Run::of(folder.command(&["build", "--quiet"]).env_remove(name)).succeeds();
        assert_same(&first, &folder.tree("public"), &format!("{name} in no known letters, and unset"));
        tried += 2;
    }
    Run::of(folder.command(&["build", "--quiet", "--out", "bare"]).env_clear()).succeeds();
    assert_same(&first, &folder.tree("bare"), "no variable at all");
    figure(&format!("variables of the machine: {tried} values, the same bytes"));
}

#[test]
#[cfg(feature = "serve")]
fn a_number_of_threads_that_no_machine_can_bear_is_bounded_and_nonsense_says_nothing() {
    let folder = Project::new().on_disk();
    let processors = std::thread::available_parallelism().map_or(1, |processors| processors.get() as u64);
    let threads = |asked: &str| Server::under(&folder, "RAYON_NUM_THREADS", asked).figure("Threads:");
    let others = threads("1");
    let bound = (4 * processors).max(16);
    // Threads of the server itself come and go.
    let is_about = |count: u64, wanted: u64| count.abs_diff(others + wanted - 1) <= 8;
    let (many, few) = (threads(&(bound + 300).to_string()), threads("12"));
    assert!(is_about(many, bound), "{many} threads where {bound} may be");
    assert!(is_about(few, 12), "{few} threads where 12 were asked for");
    for nonsense in ["0", "abc", "-5", "99999999999999999999999"] {
        let count = threads(nonsense);
        assert!(is_about(count, processors), "{nonsense}: {count} threads for {processors} processors");
    }
}

#[test]
fn another_user_mask_zone_language_clock_order_and_number_of_threads_give_the_same_bytes() {
    let nobody = Nobody::find();
    let clock = Command::new("faketime").args(["2001-02-03", "true"]).status().is_ok_and(|status| status.success());
    if !clock {
        skipped("no `faketime` to set the clock by");
    }
    let mut machines = 0;
    for (name, project) in sites() {
        let folder = project.on_disk();
        let first = built(&folder, &mut folder.command(&["build", "--quiet"]));
        for (at, threads) in ["1", "2", "8"].into_iter().enumerate() {
            let folder = Folder::empty();
            let files = project.files();
            // Each machine makes the files in an order of its own.
            files.iter().skip(at * 7).chain(files.iter().rev()).for_each(|(path, bytes)| folder.put(path, bytes));
            let mask = ["000", "077", "027"][at];
            let day = ["1980-01-01 00:00:00", "2038-01-20 03:14:08", "2150-12-31 23:59:59"][at];
            let faked: &[&str] = if clock { &["faketime", day] } else { &[] };
            let run = match &nobody {
                Some(nobody) => nobody.command(&folder, &["build", "--quiet"]),
                None => folder.command(&["build", "--quiet"]),
            };
            let mut command = Command::new("sh");
            command
                .args(["-c", "umask \"$0\"; exec \"$@\"", mask])
                .args(faked)
                .arg(run.get_program())
                .args(run.get_args());
            command.current_dir(folder.path()).env("RAYON_NUM_THREADS", threads).env("HOME", "/nonexistent");
            command.env("TZ", ["Pacific/Kiritimati", "", "America/St_Johns"][at]);
            command.env("LC_ALL", ["tr_TR.UTF-8", "ar_SA.UTF-8", "C"][at]);
            command.env("SOURCE_DATE_EPOCH", ["0", "4102444800", "1"][at]);
            assert_equal(
                &first,
                &built(&folder, &mut command),
                &format!("{name} with {threads} threads, umask {mask}, in {day}"),
            );
            machines += 1;
        }
    }
    figure(&format!(
        "other machines: {machines} builds, clock {}, the same bytes",
        if clock { "faked" } else { "not faked" }
    ));
}

/// Runs a line of a shell in a folder, in which `$0` is the program.
fn shell(folder: &Folder, line: &str) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", line]).arg(program().get_program()).current_dir(folder.path());
    Run::of(&mut command)
}

#[test]
fn closed_streams_and_few_open_files_change_nothing() {
    let folder = Project::started().on_disk();
    folder.run(&["build"]).succeeds();
    let first = folder.tree("public");
    for how in [">&-", "2>&-", "<&-", ">&- 2>&- <&-", "</dev/null | true", "2>/dev/full", ">/dev/null 2>&1 &\nwait $!"]
    {
        std::fs::remove_dir_all(folder.path().join("public")).expect("it is there");
        let run = shell(&folder, &format!("\"$0\" build {how}")).succeeds();
        assert!(!run.err.contains("panicked"), "{how}: {}", run.err);
        assert_same(&first, &folder.tree("public"), how);
    }
    for files in [16, 24, 64] {
        let run = shell(&folder, &format!("ulimit -n {files}; exec \"$0\" build"));
        assert!(matches!(run.code, Some(0 | 2)) && !run.err.contains("panicked"), "{files} files: {run:?}");
        assert_same(&first, &folder.tree("public"), &format!("with at most {files} files open"));
    }
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
