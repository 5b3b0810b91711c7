//! Other people's machines: their languages, variables, masks, limits and closed streams change nothing that is written.
//!
//! Every build here starts from nothing: one that finds its output or its cache would be compared with itself.

#![cfg(target_os = "linux")]

mod limits;

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::process::Command;

use super::project::{Folder, Project, Run, Tree, assert_same};
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

/// Has a site make what could take something of a machine into it: cards with their fonts, and editions with their times.
const EDITIONS: &str = "editions: [single, zip, epub]\n";
const ADDRESS: &str = "url: https://example.org/site\n";

/// Adds lines to the settings of a site.
fn with(project: Project, lines: &str) -> Project {
    let settings = String::from_utf8(project.files()["content/site.yaml"].clone()).expect("settings are UTF-8");
    project.file("content/site.yaml", settings + lines)
}

/// The sites that other machines build. Cards of the first one would cost most of the time and show nothing more.
fn sites() -> [(&'static str, Project); 2] {
    [
        ("the first site", with(Project::first_site(), EDITIONS)),
        ("everything", with(with(Project::of_case("everything"), EDITIONS), ADDRESS)),
    ]
}

/// A site that is built in no time, with cards and editions.
fn small() -> Project {
    with(with(Project::new(), EDITIONS), ADDRESS)
        .file("content/sources.yaml", "s: {type: book, title: A book, issued: 1953}\n")
        .event(
            "flood",
            "title: A flood\ndate: 1953-02~\nclaims:\n  - {id: c, figure: up to 2 billion USD, said-by: Flood Panel, sources: [s]}",
            "It cost [up to $2bn](claim:c) [@s].",
        )
}

/// Removes the output and the cache, so that the next build makes everything anew.
fn clear(folder: &Folder) {
    for made in ["public", ".dateline"].map(|name| folder.path().join(name)) {
        if made.exists() {
            std::fs::remove_dir_all(made).expect("it can be removed");
        }
    }
}

/// How every site is built here: what it says shows whether anything was rendered.
const BUILD: &[&str] = &["build", "--quiet", "--timings"];

/// Builds a site anew, by a command that says [`BUILD`], and returns what was written.
#[track_caller]
fn built(folder: &Folder, command: &mut Command) -> Tree {
    clear(folder);
    let run = Run::of(command).succeeds();
    assert!(run.out.contains("render "), "nothing was rendered, so that nothing is compared:\n{}", run.out);
    folder.tree("public")
}

/// Fails unless there are the parts of an output that the machine could get into.
#[track_caller]
fn assert_has_editions(tree: &Tree) {
    for ending in [".epub", ".zip", ".html"] {
        let is_there = tree.keys().any(|path| path.starts_with("editions/") && path.ends_with(ending));
        assert!(is_there, "there is no edition {ending} among {:?}", tree.keys());
    }
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
    let folder = small().on_disk();
    let first = built(&folder, &mut folder.command(BUILD));
    assert_has_editions(&first);
    assert!(!cfg!(feature = "cards") || first.contains_key("cards/timeline/flood.png"), "there are no cards");
    let mut tried = 0;
    let mut same = |command: &mut Command, case: &str| {
        assert_same(&first, &built(&folder, command), case);
        tried += 1;
    };
    for (name, values) in VARIABLES {
        for value in *values {
            same(folder.command(BUILD).env(name, value), &format!("{name}={value}"));
        }
        let bytes = OsString::from_vec(b"\xff\xfe".to_vec());
        same(folder.command(BUILD).env(name, bytes), &format!("{name} in no known letters"));
        same(folder.command(BUILD).env_remove(name), &format!("without {name}"));
    }
    same(folder.command(BUILD).env_clear(), "no variable at all");
    figure(&format!("variables of the machine: {tried} values, each built anew, the same bytes"));
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

/// Another machine, as far as it can be put on.
struct Machine {
    mask: &'static str,
    threads: &'static str,
    zone: &'static str,
    language: &'static str,
    epoch: &'static str,
    /// The year that its clock shows, in the middle of it: zones do not change it.
    year: &'static str,
}

const MACHINES: [Machine; 3] = [
    Machine {
        mask: "000",
        threads: "1",
        zone: "Pacific/Kiritimati",
        language: "tr_TR.UTF-8",
        epoch: "0",
        year: "1980",
    },
    Machine { mask: "077", threads: "2", zone: "", language: "ar_SA.UTF-8", epoch: "4102444800", year: "2038" },
    Machine { mask: "027", threads: "8", zone: "America/St_Johns", language: "C", epoch: "1", year: "2150" },
];

impl Machine {
    /// Makes a run of the program one on this machine; its clock is set where there is a program for it.
    fn runs(&self, run: &Command, has_clock: bool) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "umask \"$0\"; exec \"$@\"", self.mask]);
        if has_clock {
            command.args(["faketime", &format!("{}-07-01 03:14:08", self.year)]);
        }
        command.arg(run.get_program()).args(run.get_args());
        command.current_dir(run.get_current_dir().expect("it is set")).env("HOME", "/nonexistent");
        command.env("RAYON_NUM_THREADS", self.threads).env("TZ", self.zone).env("LC_ALL", self.language);
        command.env("SOURCE_DATE_EPOCH", self.epoch);
        command
    }
}

#[test]
fn another_user_mask_zone_language_clock_order_and_number_of_threads_give_the_same_bytes() {
    let nobody = Nobody::find();
    let mut trial = Command::new("faketime");
    let has_clock = trial.args(["2001-02-03", "true"]).status().is_ok_and(|status| status.success());
    if !has_clock {
        skipped("no `faketime` to set the clock by");
    }
    let run = |folder: &Folder, arguments: &[&str]| match &nobody {
        Some(nobody) => nobody.command(folder, arguments),
        None => folder.command(arguments),
    };
    let sites = sites().map(|(name, project)| {
        let folder = project.on_disk();
        let first = built(&folder, &mut folder.command(BUILD));
        assert_has_editions(&first);
        (name, project, first)
    });
    let future = Project::new().file("content/sources.yaml", "s: {type: book, title: A book, issued: 2999}\n");
    for (at, machine) in MACHINES.iter().enumerate() {
        if has_clock {
            let folder = future.on_disk();
            let told = Run::of(&mut machine.runs(&run(&folder, &["check"]), true)).succeeds().err;
            assert!(told.contains(&format!("today is {}-", machine.year)), "its clock is not the one meant: {told}");
        }
        for (name, project, first) in &sites {
            let (folder, files) = (Folder::empty(), project.files());
            // Each machine makes the files in an order of its own.
            files.iter().skip(at * 7).chain(files.iter().rev()).for_each(|(path, bytes)| folder.put(path, bytes));
            let mut command = machine.runs(&run(&folder, BUILD), has_clock);
            assert_equal(first, &built(&folder, &mut command), &format!("{name} on the machine of {}", machine.year));
        }
    }
    figure(&format!(
        "other machines: {} builds, clock {}, the same bytes",
        MACHINES.len() * sites.len(),
        if has_clock { "faked" } else { "not faked" }
    ));
}
