//! Publications that are killed: what a reader can reach is whole, and every file is one of an edition.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::super::project::{Folder, Project, Run, Tree, assert_same};
use super::super::reachable::assert_reachable;
use super::super::world::{Met, Moments, figure, is_unfinished, kill_again_and_again, killed, times};
use super::{commit, site};

/// Returns how many times a publication is killed.
pub(super) fn kills() -> u32 {
    times(12)
}

/// A site of 500 files whose every page leads to the next and to some others.
pub(super) fn large_site(target: &str) -> Project {
    let mut project = site(target).file("content/index.md", home(0..490));
    for at in 0..490 {
        project = project.page(&format!("p{at}"), &body(at, "first"));
    }
    project
}

fn home(pages: std::ops::Range<usize>) -> String {
    let links: String = pages.map(|at| format!("- [{at}](pages/p{at}.md)\n")).collect();
    format!("---\ntitle: Home\n---\n[one](pages/one.md) [two](pages/two.md)\n\n{links}")
}

fn body(at: usize, edition: &str) -> String {
    format!("The {edition} edition, page {at}.")
}

/// Gives the folder another edition: every page changed, some gone, some new and led to by old ones.
fn lay(folder: &Folder, edition: u32) {
    let pages = if edition.is_multiple_of(2) { 0..490 } else { 20..510 };
    for at in (0..510).filter(|at| !pages.contains(at)) {
        let path = format!("content/pages/p{at}.md");
        if folder.has(&path) {
            folder.delete(&path);
        }
    }
    for at in pages.clone() {
        let next = (at - pages.start + 1) % 490 + pages.start;
        let body = body(at, &format!("{edition}th"));
        folder
            .put(&format!("content/pages/p{at}.md"), format!("---\ntitle: A page\n---\n{body}\n\n[on](p{next}.md)\n"));
    }
    folder.put("content/index.md", home(pages));
}

/// How many editions come after the first, again and again.
const EDITIONS: u32 = 3;

/// Builds every edition of a site whose folder holds the first.
fn built_editions(folder: &Folder) -> Vec<Tree> {
    let scratch = Folder::empty();
    folder.tree("content").iter().for_each(|(path, bytes)| scratch.put(&format!("content/{path}"), bytes));
    let built = |edition| {
        if edition > 0 {
            lay(&scratch, edition);
        }
        scratch.run(&["build", "--quiet"]).succeeds();
        scratch.tree("public")
    };
    (0..=EDITIONS).map(built).collect()
}

/// Fails unless what is there can be reached from the home page, and every file of it has the bytes that it has in one of the
/// editions.
#[track_caller]
fn assert_whole(there: &Tree, editions: &[Tree], when: &str) {
    assert_reachable(there, 400, when);
    for (path, bytes) in there.iter().filter(|(path, _)| !path.starts_with(".dateline") && !is_unfinished(path)) {
        assert!(editions.iter().any(|tree| tree.get(path) == Some(bytes)), "{when}: `{path}` is of no edition");
    }
}

/// Publishes a first edition whole, then others, killed `kills` times; looks after each kill at what `there` shows. What was
/// killed goes on with the next run, and where one came to its end another edition follows. In a folder, whose journal tells
/// when it is written to, every second kill comes then.
pub(super) fn survives_kills(
    folder: &Folder,
    kills: u32,
    environment: &[(&str, &str)],
    there: &dyn Fn() -> Option<Tree>,
    journal: Option<&Path>,
) {
    let command = || {
        let mut command = folder.command(&["publish", "--yes", "--quiet", "--allow-dirty", "--take-over"]);
        command.envs(environment.iter().copied());
        command
    };
    let editions = built_editions(folder);
    let started = Instant::now();
    Run::of(&mut command()).succeeds();
    let whole = started.elapsed();
    assert_whole(&there().expect("it was published"), &editions[..1], "after the first edition");
    let mut edition = 0;
    let mut another = || {
        edition = edition % EDITIONS + 1;
        lay(folder, edition);
    };
    let look = |kill: &str| {
        if let Some(there) = there() {
            assert_whole(&there, &editions, &format!("after {kill}"));
        }
    };
    match journal {
        Some(journal) => {
            let mut ready = || {
                if !journal.exists() {
                    another();
                }
                command()
            };
            let times = (whole, journal);
            kill_again_and_again("publish to a folder", kills, times, &mut ready, &mut |kill| look(kill));
        }
        None => killed_over_its_length(kills, whole, &command, &mut another, &look),
    }
    Run::of(&mut command()).succeeds();
    folder.run(&["build", "--quiet"]).succeeds();
    let there = there().expect("it was published");
    let site: Tree = there.into_iter().filter(|(path, _)| !path.starts_with(".dateline")).collect();
    assert_same(&folder.tree("public"), &site, "built, and published after kills");
}

/// Kills a publication that cannot be looked at from outside: at moments behind its build, which writes nothing.
fn killed_over_its_length(
    kills: u32,
    whole: Duration,
    command: &dyn Fn() -> Command,
    another: &mut dyn FnMut(),
    look: &dyn Fn(&str),
) {
    another();
    let mut moments = Moments::new(3, kills, whole.mul_f64(0.6));
    let (mut builds, mut running) = (whole.mul_f64(0.4), 0);
    for kill in 0..kills {
        let moment = moments.next();
        let met = killed(command(), &|| true, builds + moment);
        look(&format!("kill {kill}, {moment:?} after it was built"));
        match met {
            Met::Running => running += 1,
            Met::Ended(after) => {
                builds = after.mul_f64(0.4);
                moments.learn(Met::Ended(after.mul_f64(0.6)));
                another();
            }
        }
    }
    figure(&format!("publish to a bucket: {kills} kills, {running} while it ran"));
}

#[test]
fn the_large_site_has_five_hundred_files() {
    let folder = large_site("{kind: folder, path: there}").on_disk();
    commit(&folder);
    folder.run(&["build", "--quiet"]).succeeds();
    let files = folder.tree("public").len();
    assert!(files >= 500, "{files}");
}
