//! Asks git: what the content was at a revision, and whether it is committed now.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::alike::composed;
use crate::error::Error;
use crate::file::Files;

/// Reads the texts of `content/` at a revision: a branch, a tag, a commit.
///
/// # Errors
///
/// Where `git` is not there, the folder is not in a repository, or the revision does not exist.
pub fn at_revision(root: &Path, revision: &str) -> Result<Files, Error> {
    if revision.starts_with('-') {
        return Err(
            Error::refused(format!("`{revision}` is not a revision")).with_help("name a branch, a tag or a commit")
        );
    }
    let list = run(root, &["ls-tree", "-r", "-z", "--name-only", revision, "--", "content"], revision)?;
    let paths: Vec<&str> = list.split('\0').filter(|path| path.ends_with(".md") || path.ends_with(".yaml")).collect();
    let mut files = Files::default();
    for (path, text) in paths.iter().zip(texts(root, revision, &paths)?) {
        files.insert_text(composed(path), text);
    }
    Ok(files)
}

/// Names the commit that is checked out, in short; `None` outside of a repository, or without `git`.
pub fn revision(root: &Path) -> Option<String> {
    let output = git(root).args(["rev-parse", "--short", "HEAD"]).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Lists the files of a site that differ from what is committed; `None` where nothing can be committed, because the
/// folder is not in a repository.
///
/// # Errors
///
/// Where the folder is in a repository and `git` cannot tell.
pub fn uncommitted(root: &Path) -> Result<Option<Vec<String>>, Error> {
    if revision(root).is_none() {
        return Ok(None);
    }
    let arguments = ["status", "--porcelain", "-z", "--untracked-files=all", "--", "content", "themes", "evidence"];
    let list = run(root, &arguments, "HEAD")?;
    // ` M content/site.yaml`, and after a renaming, on its own, what the file was called.
    let paths = list.split('\0').filter_map(|entry| entry.get(3..).filter(|_| entry.as_bytes()[2] == b' '));
    Ok(Some(paths.map(str::to_owned).collect()))
}

fn run(root: &Path, arguments: &[&str], revision: &str) -> Result<String, Error> {
    let output = git(root)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| Error::io("run", Path::new("git"), cause))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Err(Error::refused(format!("git cannot tell what the content was at `{revision}`: {said}"))
        .with_help("name a branch, a tag or a commit of the repository that holds `content/`"))
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).env("LC_ALL", "C");
    command
}

/// Reads many files of a revision by one process. What is not UTF-8 is read as well as it can be.
fn texts(root: &Path, revision: &str, paths: &[&str]) -> Result<Vec<String>, Error> {
    let failed = |cause| Error::io("run", Path::new("git"), cause);
    let mut child =
        git(root).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut stdin = child.stdin.take().expect("it is piped");
    let names: String = paths.iter().map(|path| format!("{revision}:./{path}\n")).collect();
    // Written beside the reading: git answers while it reads, and a full pipe on both sides would wait for ever.
    let writer = std::thread::spawn(move || stdin.write_all(names.as_bytes()));
    let mut answer = Vec::new();
    child.stdout.take().expect("it is piped").read_to_end(&mut answer).map_err(failed)?;
    child.wait().map_err(failed)?;
    writer.join().expect("writing does not panic").map_err(failed)?;
    Ok(contents(&answer, paths.len()))
}

/// Parts git's answer: for each file a line `ID blob SIZE`, its bytes, and a line break.
fn contents(answer: &[u8], count: usize) -> Vec<String> {
    let mut rest = answer;
    let mut texts = Vec::with_capacity(count);
    while texts.len() < count {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else { break };
        let head = String::from_utf8_lossy(&rest[..end]);
        let size: usize = head.rsplit(' ').next().and_then(|size| size.parse().ok()).unwrap_or(0);
        let body = rest.get(end + 1..end + 1 + size).unwrap_or_default();
        texts.push(String::from_utf8_lossy(body).into_owned());
        rest = rest.get(end + 2 + size..).unwrap_or_default();
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::contents;

    #[test]
    fn an_answer_is_parted_by_its_sizes() {
        assert_eq!(contents(b"1f blob 3\nab\n\n2f blob 0\n\n3f blob 1\nc\n", 3), ["ab\n", "", "c"]);
    }
}
