//! What the world does to a program: it is killed, its disk is full, another user runs it.
//!
//! How often a test tries is what `DATELINE_KILLS` says, for the long runs of `tests/soak`; without it, a few times. What a
//! test did is told in lines that begin with `figure:`, which `tests/soak` gathers.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::project::{Folder, Tree};

/// Returns how many moments a test tries: `quick`, or what `DATELINE_KILLS` says.
pub(crate) fn times(quick: u32) -> u32 {
    std::env::var("DATELINE_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(quick)
}

/// Tells what was done, for `tests/soak`.
pub(crate) fn figure(text: &str) {
    let _ = writeln!(std::io::stderr(), "figure: {text}");
}

/// Says that something was not tested here, and why. Where `DATELINE_SKIP_NOTHING` is set, as `tests/run` and `tests/soak` set
/// it where everything can be tested, that is a failure: nobody reads what a run of thousands of tests says.
#[track_caller]
pub(crate) fn skipped(why: &str) {
    assert!(std::env::var_os("DATELINE_SKIP_NOTHING").is_none(), "not tested, and nothing is to be left out: {why}");
    let _ = writeln!(std::io::stderr(), "not tested: {why}");
}

/// Sets a flag when it goes, also where a test fails: threads that go on until then would go on for ever.
pub(crate) struct SetAtEnd<'a>(pub(crate) &'a AtomicBool);

impl Drop for SetAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Numbers that look random and are the same in every run: the failing one can be tried again.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Moments at which to kill a command, spread over the whole of its run: one at random in each of so many equal parts.
pub(crate) struct Moments {
    dice: Dice,
    count: u32,
    next: u32,
    /// How long the run is taken to last.
    whole: Duration,
}

impl Moments {
    pub(crate) fn new(seed: u64, count: u32, whole: Duration) -> Self {
        Self { dice: Dice(seed), count, next: 0, whole }
    }

    /// Returns the next moment; after the last one it begins again.
    pub(crate) fn next(&mut self) -> Duration {
        let part = u64::try_from(self.whole.as_micros()).expect("a run is short") / u64::from(self.count);
        let moment = part * u64::from(self.next % self.count) + self.dice.below(part.max(1));
        self.next += 1;
        Duration::from_micros(moment)
    }

    /// Learns from a kill that came too late how long a run lasts just now. Tells whether the kill came while it ran.
    pub(crate) fn learn(&mut self, met: Met) -> bool {
        match met {
            Met::Running => true,
            Met::Ended(after) => {
                self.whole = after;
                false
            }
        }
    }
}

/// What a kill met.
pub(crate) enum Met {
    Running,
    /// The run was at its end before, so long after it had begun.
    Ended(Duration),
}

/// Runs a command to its end; returns how long it took.
#[track_caller]
pub(crate) fn whole_run(mut command: Command) -> Duration {
    let started = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("the program can be started");
    assert!(status.success(), "the run that shows how long it takes failed: {status}");
    started.elapsed()
}

/// Starts a command, waits until it has begun something, and kills it a time after that.
pub(crate) fn killed(mut command: Command, has_begun: &dyn Fn() -> bool, after: Duration) -> Met {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program can be started");
    let mut begun = Instant::now();
    let mut has_not_begun = true;
    let met = loop {
        if has_not_begun {
            begun = Instant::now();
            has_not_begun = !has_begun();
        }
        if child.try_wait().expect("it can be asked").is_some() {
            break Met::Ended(begun.elapsed());
        }
        if !has_not_begun && begun.elapsed() >= after {
            break Met::Running;
        }
        sleep(Duration::from_micros(100));
    };
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    met
}

/// Kills a command at so many moments: every second one at any moment of its run, the others while it writes, which is when
/// its journal lies in a folder. `ready` makes everything ready for a kill, and `look` looks at what it left. Tells what was done.
pub(crate) fn kill_again_and_again(
    what: &str,
    count: u32,
    (whole, journal): (Duration, &Path),
    ready: &mut dyn FnMut() -> Command,
    look: &mut dyn FnMut(&str),
) {
    let mut anywhere = Moments::new(1, count.div_ceil(2), whole);
    // How long the writing takes is learnt from the first that ends.
    let mut writing = Moments::new(2, count / 2, whole / 8);
    let (mut running, mut while_writing) = (0, 0);
    // A run that was killed leaves its journal; the next one puts its own into that place.
    let state = || std::fs::metadata(journal).and_then(|about| about.modified()).ok();
    let mut kill = 0;
    // On a machine that others use, all kills can come before or behind the writing: then there are more of them.
    while kill < count || (while_writing == 0 && kill < 10 * count) {
        let command = ready();
        let before = state();
        let writes = || state().is_some_and(|now| Some(now) != before);
        let (moments, has_begun): (_, &dyn Fn() -> bool) =
            if kill % 2 == 0 { (&mut anywhere, &|| true) } else { (&mut writing, &writes) };
        let moment = moments.next();
        running += u32::from(moments.learn(killed(command, has_begun, moment)));
        while_writing += u32::from(writes());
        look(&format!("kill {kill}, at {moment:?}{}", if kill % 2 == 0 { "" } else { " of its writing" }));
        kill += 1;
    }
    figure(&format!("{what}: {kill} kills, {running} while it ran, {while_writing} while it wrote"));
    assert!(while_writing > 0, "no kill came in the middle of the writing; the test shows nothing");
}

/// Tells whether a name is one that the program gives to what it has not finished.
pub(crate) fn is_unfinished(path: &str) -> bool {
    path.split('/')
        .any(|name| name.starts_with(".dateline-") || name.starts_with("unfinished-") || name.ends_with(".tmp"))
}

/// Fails where anything unfinished lies below a folder.
#[track_caller]
pub(crate) fn assert_nothing_unfinished(tree: &Tree, when: &str) {
    let left: Vec<&String> = tree.keys().filter(|path| is_unfinished(path)).collect();
    assert!(left.is_empty(), "{when} these are left: {left:#?}");
}

/// A disk of its own that is full soon; it goes with the value. `None` where this machine gives none, which is said.
pub(crate) struct Disk(PathBuf);

impl Disk {
    /// Makes a disk at a path of the folder, with options of tmpfs: `size=512k`.
    pub(crate) fn small(folder: &Folder, at: &str, options: &str) -> Option<Self> {
        let at = folder.path().join(at);
        std::fs::create_dir_all(&at).expect("the folder can be made");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&at).stderr(Stdio::null());
        let mounted = mount.status().is_ok_and(|status| status.success());
        if !mounted {
            skipped("only an administrator of Linux can make a small disk");
        }
        mounted.then_some(Self(at))
    }

    /// Leaves this many kilobytes free, and not more.
    pub(crate) fn leave(&self, kilobytes: usize) {
        let ballast = self.0.join("ballast");
        let mut file = std::fs::File::create(&ballast).expect("a file can be made");
        // What was removed a moment ago is not free at once on every disk: it is full when it stays so.
        for _ in 0..4 {
            while file.write_all(&[0; 1024]).is_ok() {}
            sleep(Duration::from_millis(10));
        }
        let full = file.metadata().expect("it is there").len();
        file.set_len(full.saturating_sub(kilobytes as u64 * 1024)).expect("it can be cut");
    }

    pub(crate) fn free(&self) {
        std::fs::remove_file(self.0.join("ballast")).expect("it is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("--lazy").arg(&self.0).status().ok();
    }
}

/// Somebody who is no administrator: to them, modes of files mean something. `None` where nobody can be that, which is said.
pub(crate) struct Nobody(PathBuf);

const NOBODY: u32 = 65_534;

impl Nobody {
    /// Finds how to run the program as somebody else: with a copy of it that everybody may read.
    pub(crate) fn find() -> Option<Self> {
        static COPY: OnceLock<Option<(TempDir, PathBuf)>> = OnceLock::new();
        let copy = COPY.get_or_init(|| {
            use std::os::unix::fs::PermissionsExt as _;
            let folder = TempDir::new().expect("a temporary folder");
            let program = folder.path().join("dateline");
            std::fs::copy(env!("CARGO_BIN_EXE_dateline"), &program).expect("the program can be copied");
            for path in [folder.path(), &program] {
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
            }
            let mut trial = as_nobody(&program);
            let works = trial.arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
            works.then_some((folder, program))
        });
        if copy.is_none() {
            skipped("only an administrator with `setpriv` can run the program as somebody else");
        }
        copy.as_ref().map(|(_, program)| Self(program.clone()))
    }

    /// Gives a folder to them, and returns the program as run by them in it.
    pub(crate) fn command(&self, folder: &Folder, arguments: &[&str]) -> Command {
        give(folder.path());
        let mut command = as_nobody(&self.0);
        command.args(arguments).current_dir(folder.path()).env("HOME", "/nonexistent").stdin(Stdio::null());
        command
    }
}

fn as_nobody(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    let id = NOBODY.to_string();
    command.args(["--reuid", &id, "--regid", &id, "--clear-groups"]).arg(program);
    command
}

/// Makes somebody the owner of a folder and all that is in it. Who is no administrator leaves that to `setpriv` to find out.
fn give(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        std::os::unix::fs::lchown(entry.path(), Some(NOBODY), Some(NOBODY)).ok();
    }
}
