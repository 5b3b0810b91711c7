//! What a reader can reach, and whether it is whole: for publications that are killed.

use std::collections::{BTreeSet, VecDeque};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Instant;

use super::super::project::{Folder, Project, Run, Tree, assert_same};
use super::super::world::{figure, times};
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

/// Gives the folder its second edition: every page changed, some gone, some new and led to by old ones.
fn second_edition(folder: &Folder) {
    for at in 0..20 {
        folder.delete(&format!("content/pages/p{at}.md"));
    }
    for at in 20..510 {
        let text = format!("---\ntitle: A page\n---\n{}\n\n[on](p{}.md)\n", body(at, "second"), (at - 19) % 490 + 20);
        folder.put(&format!("content/pages/p{at}.md"), text);
    }
    folder.put("content/index.md", home(20..510));
}

/// Publishes the first edition whole, then the second, killed `kills` times; looks after each kill at what `there` shows.
pub(super) fn survives_kills(
    folder: &Folder,
    kills: u32,
    environment: &[(&str, &str)],
    there: &dyn Fn() -> Option<Tree>,
) {
    let command = || {
        let mut command = folder.command(&["publish", "--yes", "--quiet", "--allow-dirty", "--take-over"]);
        command.envs(environment.iter().copied());
        command
    };
    let started = Instant::now();
    Run::of(&mut command()).succeeds();
    let whole = started.elapsed();
    assert_reachable(&there().expect("it was published"), "after the first edition");
    second_edition(folder);
    for kill in 0..kills {
        let mut child = command().stderr(Stdio::null()).spawn().expect("the program can be started");
        sleep(whole.mul_f64(0.4 + 0.6 * f64::from(kill) / f64::from(kills)));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        if let Some(there) = there() {
            assert_reachable(&there, &format!("after kill {kill}"));
        }
    }
    figure(&format!("publish: {kills} kills"));
    Run::of(&mut command()).succeeds();
    folder.run(&["build", "--quiet"]).succeeds();
    let there = there().expect("it was published");
    let site: Tree = there.into_iter().filter(|(path, _)| !path.starts_with(".dateline")).collect();
    assert_same(&folder.tree("public"), &site, "built, and published after kills");
}

/// Follows every link from the home page: each leads to a file that is whole.
#[track_caller]
fn assert_reachable(there: &Tree, when: &str) {
    let (mut seen, mut waiting) = (BTreeSet::new(), VecDeque::from(["index.html".to_owned()]));
    while let Some(path) = waiting.pop_front() {
        let bytes = there.get(&path).unwrap_or_else(|| panic!("{when}: `{path}` is led to and not there"));
        if path.ends_with(".html") {
            let text = str::from_utf8(bytes).expect("a page is UTF-8");
            assert!(text.trim_end().ends_with("</html>"), "{when}: `{path}` is not whole");
            for link in links(text) {
                let target = resolved(&path, &link);
                if seen.insert(target.clone()) {
                    waiting.push_back(target);
                }
            }
        }
    }
    assert!(seen.len() > 400, "{when}: only {} files can be reached", seen.len());
}

/// Lists the relative addresses of a page.
fn links(text: &str) -> Vec<String> {
    let values = text.split("href=\"").chain(text.split("src=\"")).skip(1).filter_map(|rest| rest.split('"').next());
    let relative =
        values.filter(|value| !value.contains(':') && !value.starts_with(['#', '<']) && !value.contains('\n'));
    relative
        .map(|value| value.split(['#', '?']).next().unwrap_or_default().to_owned())
        .filter(|v| !v.is_empty())
        .collect()
}

fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
#[should_panic(expected = "is led to and not there")]
fn a_link_to_nothing_is_seen() {
    let page = b"<a href=\"pages/gone.html\">x</a></html>".to_vec();
    assert_reachable(&Tree::from([("index.html".to_owned(), page)]), "now");
}

#[test]
fn the_large_site_has_five_hundred_files() {
    let folder = large_site("{kind: folder, path: there}").on_disk();
    commit(&folder);
    folder.run(&["build", "--quiet"]).succeeds();
    let files = folder.tree("public").len();
    assert!(files >= 500, "{files}");
}
