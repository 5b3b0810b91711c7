//! Publishing to a branch: GitHub, GitLab, Codeberg Pages, or any repository that a host serves.
//!
//! A branch changes in one step, so readers never meet a half-published site. The push says what it believes the branch
//! to be (`--force-with-lease`), so that two publishers cannot undo each other.

mod repository;
mod tree;

use std::collections::BTreeSet;

use crate::error::Error;
use crate::model::GitTarget;
use crate::output::Output;
use crate::sums::{SUMS, checksums};
use crate::write::read_checksums;

use self::repository::{Repository, text};
use self::tree::{Entry, Tree};
use super::plan::{Act, Plan};
use super::{Options, Progress, Step};

pub(super) struct Work<'o> {
    output: &'o Output,
    repository: Repository,
    target: GitTarget,
    /// The address of the remote.
    address: String,
    /// The commit that the branch was at.
    tip: Option<String>,
    /// What it held.
    before: Tree,
    /// Files of the site that it is to hold no more.
    stale: BTreeSet<String>,
    message: String,
}

pub(super) fn prepare<'o>(
    output: &'o Output,
    target: &GitTarget,
    options: &Options<'_>,
) -> Result<(Plan, Work<'o>), Error> {
    let repository = Repository::open(options.root)?;
    let address = address(&repository, &target.remote)?;
    let tip = tip(&repository, &address, target)?;
    let before = match &tip {
        Some(tip) => {
            fetch(&repository, &address, tip, target)?;
            tree::read(&repository, tip)?
        }
        None => Tree::new(),
    };
    let owned = owned(&repository, &before, output)?;
    guard(&before, &owned, output, target, options.adopt)?;
    let stale: BTreeSet<String> =
        owned.into_iter().filter(|path| before.contains_key(path.as_bytes()) && output.get(path).is_none()).collect();
    let mut work = Work {
        output,
        repository,
        target: target.clone(),
        address,
        tip,
        before,
        stale,
        message: options.message.clone(),
    };
    let plan = work.plan()?;
    Ok((plan, work))
}

/// Finds the address of a remote, so that nothing that follows it in the repository moves.
fn address(repository: &Repository, remote: &str) -> Result<String, Error> {
    let named = repository.run(&["remote", "get-url", "--push", "--", remote])?;
    if named.well {
        return Ok(text(&named.out));
    }
    if remote.contains(['/', ':', '\\']) {
        return Ok(remote.to_owned());
    }
    Err(Error::refused(format!("there is no git remote `{remote}` here"))
        .with_help("set it up with `git remote add`, or write its address as `remote` of the target in site.yaml"))
}

/// Asks the remote where the branch is.
fn tip(repository: &Repository, address: &str, target: &GitTarget) -> Result<Option<String>, Error> {
    let reference = format!("refs/heads/{}", target.branch);
    let said = repository.run(&["ls-remote", "--", address, &reference])?;
    if !said.well {
        return Err(Error::refused(format!("the remote `{}` cannot be reached: {}", target.remote, said.complaint()))
            .with_help("look at the network and at who you are there; `git ls-remote` must work first"));
    }
    let lines = text(&said.out);
    let mut found = lines.lines().filter_map(|line| line.split_once('\t')).filter(|(_, name)| *name == reference);
    Ok(found.next().map(|(id, _)| id.to_owned()))
}

/// Brings what the branch holds, without touching a reference.
fn fetch(repository: &Repository, address: &str, tip: &str, target: &GitTarget) -> Result<(), Error> {
    let reference = format!("refs/heads/{}", target.branch);
    let quiet = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--refmap="];
    let fetched = repository.run(&[&quiet[..], &["--", address, &reference]].concat())?;
    fetched.or_refuse(&format!("bring the branch `{}`", target.branch))?;
    let there = repository.run(&["cat-file", "-e", &format!("{tip}^{{commit}}")])?;
    if there.well { Ok(()) } else { Err(moved(target)) }
}

/// Lists what the last publication put there: its `SHA256SUMS`, where that is of this site.
fn owned(repository: &Repository, before: &Tree, output: &Output) -> Result<BTreeSet<String>, Error> {
    let Some(entry) = before.get(SUMS.as_bytes()) else { return Ok(BTreeSet::new()) };
    let sums = repository.run(&["cat-file", "blob", &entry.id])?.or_refuse("read SHA256SUMS of the branch")?;
    let listed: BTreeSet<String> = read_checksums(&sums).into_keys().collect();
    let ours = listed.iter().any(|path| output.get(path).is_some());
    Ok(if ours { listed } else { BTreeSet::new() })
}

/// Refuses a branch that is somebody's work.
fn guard(
    before: &Tree,
    owned: &BTreeSet<String>,
    output: &Output,
    target: &GitTarget,
    adopt: bool,
) -> Result<(), Error> {
    let branch = &target.branch;
    if before.contains_key(b"content/site.yaml".as_slice()) {
        return Err(Error::refused(format!("the branch `{branch}` holds a site's content, not a built site"))
            .with_help("name a branch of its own in site.yaml: `branch: gh-pages`"));
    }
    if let Some(path) = tree::in_the_way(before, output, owned) {
        return Err(Error::refused(format!(
            "`{path}` on the branch `{branch}` is in the way and was not published by this program"
        ))
        .with_help("remove it from the branch, or name another branch"));
    }
    if !before.is_empty() && owned.is_empty() && !adopt {
        return Err(Error::refused(format!("the branch `{branch}` was not published by this program"))
            .with_help("name another branch, or take this one on with `--adopt`, which keeps every file that the site does not have"));
    }
    Ok(())
}

fn moved(target: &GitTarget) -> Error {
    Error::refused(format!("the branch `{}` moved while this was published; nothing was changed", target.branch))
        .with_help("run the command again: it plans anew")
}

impl Work<'_> {
    fn plan(&mut self) -> Result<Plan, Error> {
        let after = self.after()?;
        let mut plan =
            Plan { place: format!("the branch {} of {}", self.target.branch, self.target.remote), ..Plan::default() };
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for (path, _) in self.output.files() {
            match self.before.get(path.as_bytes()) {
                None => new.push(path.to_owned()),
                Some(entry) if Some(entry) == after.get(path.as_bytes()) => plan.unchanged += 1,
                Some(_) => changed.push(path.to_owned()),
            }
        }
        plan.add(Act::New, new, self.output);
        plan.add(Act::Changed, changed, self.output);
        plan.add(Act::Deleted, self.stale.iter().cloned(), self.output);
        plan.idle = after == self.before;
        Ok(plan)
    }

    /// Makes the tree that the branch is to have, with its objects stored.
    fn after(&self) -> Result<Tree, Error> {
        let sums = checksums(self.output);
        let cname = self.target.cname.as_ref().map(|domain| format!("{domain}\n"));
        let mut files: Vec<(&str, &[u8])> = self.output.files().map(|(path, file)| (path, &*file.bytes)).collect();
        files.push((SUMS, sums.as_bytes()));
        if let Some(cname) = &cname {
            files.push(("CNAME", cname.as_bytes()));
        }
        if self.output.get(".nojekyll").is_none() {
            files.push((".nojekyll", b""));
        }
        let ids = tree::store(&self.repository, &files)?;
        let mut after = self.before.clone();
        after.retain(|path, _| str::from_utf8(path).map_or(true, |path| !self.stale.contains(path)));
        for ((path, _), id) in files.into_iter().zip(ids) {
            after.insert(path.as_bytes().to_vec(), Entry { mode: "100644".to_owned(), id });
        }
        Ok(after)
    }

    pub(super) fn apply(&self, plan: &Plan, progress: Progress<'_>) -> Result<(), Error> {
        if !plan.idle {
            let tree = tree::write(&self.repository, &self.after()?)?;
            self.push(&self.commit(&tree)?)?;
        }
        for change in &plan.changes {
            progress(if change.act == Act::Deleted { Step::Deleted } else { Step::Sent { bytes: change.bytes } });
        }
        Ok(())
    }

    fn commit(&self, tree: &str) -> Result<String, Error> {
        let named = self.repository.run(&["var", "GIT_COMMITTER_IDENT"])?.well;
        let anonymous = ["-c", "user.name=Dateline", "-c", "user.email=dateline@localhost"];
        let mut arguments = if named { Vec::new() } else { anonymous.to_vec() };
        arguments.extend(["commit-tree", tree, "-m", &self.message]);
        if let (Some(tip), true) = (&self.tip, self.target.keep_history) {
            arguments.extend(["-p", tip]);
        }
        Ok(text(&self.repository.run(&arguments)?.or_refuse("make a commit")?))
    }

    fn push(&self, commit: &str) -> Result<(), Error> {
        let reference = format!("refs/heads/{}", self.target.branch);
        let lease = format!("--force-with-lease={reference}:{}", self.tip.as_deref().unwrap_or_default());
        let refspec = format!("{commit}:{reference}");
        let pushed = self.repository.run(&[
            "push",
            "--quiet",
            "--no-verify",
            "--porcelain",
            &lease,
            "--",
            &self.address,
            &refspec,
        ])?;
        if pushed.well {
            return Ok(());
        }
        // `!	3f…:refs/heads/gh-pages	[rejected] (stale info)`
        let out = text(&pushed.out);
        if out.contains("(stale info)") || out.contains("(fetch first)") || out.contains("failed to update ref") {
            return Err(moved(&self.target));
        }
        let why = out.lines().find_map(|line| line.strip_prefix('!')).and_then(|line| line.split('\t').nth(2));
        let remote: Vec<&str> =
            pushed.err.lines().filter_map(|line| line.strip_prefix("remote: ")).map(str::trim).collect();
        let why = [why.map(str::to_owned), Some(remote.join(" ")).filter(|said| !said.is_empty())];
        let why: Vec<String> = why.into_iter().flatten().collect();
        let why = if why.is_empty() { pushed.complaint() } else { why.join(": ") };
        Err(Error::refused(format!("the remote `{}` did not take the branch: {why}", self.target.remote))
            .with_help("nothing was changed there; mend the cause and run the command again"))
    }
}
