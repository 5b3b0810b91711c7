//! Publishing to a branch.

use std::fs;
use std::path::Path;

use super::super::project::{Folder, Run, Tree, assert_same};
use super::{commit, git, site};

/// A site whose folder is a repository, with a bare one beside it as its remote.
fn with_remote(target: &str) -> (Folder, Folder) {
    let remote = Folder::empty();
    git(&remote, &["init", "--quiet", "--bare"]);
    let folder = site(target).on_disk();
    commit(&folder);
    git(&folder, &["remote", "add", "origin", &remote.path().to_string_lossy()]);
    (folder, remote)
}

/// Returns what a branch holds.
fn branch(remote: &Folder, name: &str) -> Tree {
    let paths = git(remote, &["ls-tree", "-r", "-z", "--name-only", name]);
    let show = |path: &str| git(remote, &["show", &format!("{name}:{path}")]).into_bytes();
    let text = |path: &&str| !path.ends_with(".woff2") && !path.ends_with(".png") && !path.ends_with(".webp");
    paths.split_terminator('\0').filter(text).map(|path| (path.to_owned(), show(path))).collect()
}

fn text_files(tree: Tree) -> Tree {
    tree.into_iter().filter(|(_, bytes)| str::from_utf8(bytes).is_ok()).collect()
}

/// Everything in a repository that a reader of it would notice: references, index, configuration, working tree.
fn state(folder: &Folder) -> (String, String, Tree) {
    let references = git(folder, &["for-each-ref"]) + &git(folder, &["rev-parse", "HEAD"]);
    let files = folder.tree("").into_iter().filter(|(path, _)| !path.starts_with("public/")).collect();
    (references, git(folder, &["status", "--porcelain"]), files)
}

#[test]
fn a_branch_gets_the_site_and_the_repository_stays_as_it_was() {
    let (folder, remote) = with_remote("{kind: git, cname: example.org}");
    let before = state(&folder);
    let dry = folder.run(&["publish", "--dry-run", "--verbose"]).succeeds();
    assert!(dry.out.contains("+ index.html") && dry.out.contains("branch gh-pages of origin"), "{}", dry.out);
    assert_eq!(git(&remote, &["for-each-ref"]), "");
    folder.run(&["publish"]).succeeds();
    assert!(state(&folder) == before, "the repository of the content was touched");
    folder.run(&["build"]).succeeds();
    let mut published = branch(&remote, "gh-pages");
    assert_eq!(published.remove("CNAME").expect("it is there"), b"example.org\n");
    let mut built = text_files(folder.tree("public"));
    built.entry(".nojekyll".to_owned()).or_default();
    assert_same(&built, &published, "built and published");
    assert!(folder.run(&["publish"]).succeeds().out.contains("nothing to do"));
    let log = git(&remote, &["log", "--format=%s", "gh-pages"]);
    assert!(log.starts_with("Publish A site (content at "), "{log}");
}

#[test]
fn history_is_kept_or_squashed_and_what_others_put_there_stays() {
    for (history, commits) in [("keep", 3), ("squash", 1)] {
        let (folder, remote) = with_remote(&format!("{{kind: git, history: {history}}}"));
        folder.run(&["publish"]).succeeds();
        put_on_branch(&remote, "theirs.txt", "theirs");
        folder.delete("content/pages/two.md");
        folder.put("content/index.md", "---\ntitle: Home\n---\nTo [one](pages/one.md).\n");
        let run = folder.run(&["publish", "--allow-dirty", "--yes"]).succeeds();
        assert!(run.out.contains("- pages/two.html"), "{}", run.out);
        let there = branch(&remote, "gh-pages");
        assert_eq!(there.get("theirs.txt").map(Vec::as_slice), Some(b"theirs".as_slice()));
        assert!(!there.contains_key("pages/two.html"));
        assert_eq!(git(&remote, &["rev-list", "--count", "gh-pages"]).trim(), commits.to_string(), "{history}");
    }
}

/// Somebody else's commit on the branch.
fn put_on_branch(remote: &Folder, path: &str, text: &str) {
    let clone = Folder::empty();
    git(&clone, &["clone", "--quiet", "--branch", "gh-pages", &remote.path().to_string_lossy(), "."]);
    clone.put(path, text);
    git(&clone, &["add", "--all"]);
    git(&clone, &["commit", "--quiet", "--message", "theirs"]);
    git(&clone, &["push", "--quiet", "origin", "gh-pages"]);
}

#[test]
fn a_shallow_clone_publishes_as_well() {
    let (folder, remote) = with_remote("{kind: git}");
    folder.run(&["publish"]).succeeds();
    git(&folder, &["push", "--quiet", "origin", "main"]);
    let shallow = Folder::empty();
    let address = format!("file://{}", remote.path().display());
    git(&shallow, &["clone", "--quiet", "--depth=1", "--branch", "main", &address, "."]);
    shallow.edit("content/pages/one.md", "One.", "One, from a shallow clone.");
    shallow.run(&["publish", "--allow-dirty"]).succeeds();
    let there = branch(&remote, "gh-pages");
    assert!(String::from_utf8_lossy(&there["pages/one.html"]).contains("from a shallow clone"));
    assert_eq!(git(&remote, &["rev-list", "--count", "gh-pages"]).trim(), "2");
    assert_eq!(git(&shallow, &["rev-list", "--count", "HEAD"]).trim(), "1", "the clone has become deep");
}

#[test]
fn a_branch_that_moves_between_plan_and_push_is_not_overwritten() {
    let (folder, remote) = with_remote("{kind: git, history: squash}");
    folder.run(&["publish"]).succeeds();
    folder.edit("content/pages/one.md", "One.", "Ours.");
    // The remote moves its own branch when it is asked to receive, which is after the plan was made.
    let hook = "#!/bin/sh\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n\
                c=$(git -c user.name=a -c user.email=a@b commit-tree gh-pages^{tree} -m moved)\n\
                git update-ref refs/heads/gh-pages \"$c\"\n";
    put_hook(&remote, "pre-receive", hook);
    let run = folder.run(&["publish", "--allow-dirty"]).ends_with(2);
    assert!(run.err.contains("moved while") && run.err.contains("run the command again"), "{}", run.err);
    assert_eq!(git(&remote, &["log", "--format=%s", "gh-pages"]).trim(), "moved");
}

#[test]
fn a_hook_that_refuses_is_repeated_in_its_own_words() {
    let (folder, remote) = with_remote("{kind: git}");
    put_hook(&remote, "pre-receive", "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n");
    let run = folder.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("did not take the branch") && run.err.contains("not on a Friday"), "{}", run.err);
    assert_eq!(git(&remote, &["for-each-ref"]), "");
}

#[test]
fn what_a_remote_refused_is_published_by_the_next_run_that_it_takes() {
    for history in ["keep", "squash"] {
        let (folder, remote) = with_remote(&format!("{{kind: git, history: {history}}}"));
        // The first publication of all, and then one that changes, adds and deletes.
        for round in 0..2 {
            if round == 1 {
                folder.edit("content/site.yaml", "title: A site", "title: Another site");
                folder.delete("content/pages/two.md");
                folder.put("content/pages/three.md", "---\ntitle: Three\n---\n");
                let home = "---\ntitle: Home\n---\nTo [one](pages/one.md) and [three](pages/three.md).\n";
                folder.put("content/index.md", home);
            }
            let before = (state(&folder), git(&remote, &["for-each-ref"]));
            put_hook(&remote, "pre-receive", "#!/bin/sh\nexit 1\n");
            for _ in 0..2 {
                folder.run(&["publish", "--allow-dirty", "--yes"]).ends_with(2);
                assert!((state(&folder), git(&remote, &["for-each-ref"])) == before, "a refused run changed something");
            }
            remote.delete("hooks/pre-receive");
            folder.run(&["publish", "--allow-dirty", "--yes"]).succeeds();
            folder.run(&["build", "--quiet"]).succeeds();
            let mut built = text_files(folder.tree("public"));
            built.entry(".nojekyll".to_owned()).or_default();
            assert_same(&built, &branch(&remote, "gh-pages"), "built, and published after refusals");
            assert!(folder.run(&["publish", "--allow-dirty"]).succeeds().out.contains("nothing to do"));
            let commits = if history == "keep" { round + 1 } else { 1 };
            assert_eq!(git(&remote, &["rev-list", "--count", "gh-pages"]).trim(), commits.to_string(), "{history}");
        }
    }
}

fn put_hook(remote: &Folder, name: &str, script: &str) {
    remote.put(&format!("hooks/{name}"), script);
    make_executable(&remote.path().join("hooks").join(name));
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[test]
fn branches_of_others_and_branches_of_content_are_refused() {
    let (folder, _remote) = with_remote("{kind: git, branch: main}");
    git(&folder, &["push", "--quiet", "origin", "main"]);
    let run = folder.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("holds a site's content"), "{}", run.err);
    let (folder, remote) = with_remote("{kind: git}");
    git(&folder, &["checkout", "--quiet", "--orphan", "gh-pages"]);
    git(&folder, &["rm", "--quiet", "-r", "--cached", "."]);
    folder.put("readme.txt", "by hand");
    git(&folder, &["add", "readme.txt"]);
    git(&folder, &["commit", "--quiet", "--message", "by hand"]);
    git(&folder, &["push", "--quiet", "origin", "gh-pages"]);
    assert!(folder.run(&["publish", "--allow-dirty"]).ends_with(2).err.contains("--adopt"));
    folder.run(&["publish", "--allow-dirty", "--adopt"]).succeeds();
    assert!(branch(&remote, "gh-pages").contains_key("readme.txt"));
}

#[test]
fn a_site_that_is_in_no_repository_publishes_to_an_address() {
    let remote = Folder::empty();
    git(&remote, &["init", "--quiet", "--bare"]);
    let folder = site(&format!("{{kind: git, remote: '{}'}}", remote.path().display())).on_disk();
    let mut command = folder.command(&["publish"]);
    let run = Run::of(command.env("GIT_CEILING_DIRECTORIES", "/").env("HOME", folder.path())).succeeds();
    assert!(run.out.contains("published to"), "{}", run.out);
    assert!(branch(&remote, "gh-pages").contains_key("index.html"));
    let nowhere = site("{kind: git, remote: /nowhere/at/all.git}").on_disk();
    let run = nowhere.run(&["publish"]).ends_with(2);
    assert!(run.err.contains("cannot be reached"), "{}", run.err);
}
