//! What a branch holds, and what it is to hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::output::Output;

use super::repository::{Repository, text};

/// The entries of a tree: mode and object id, by path. A path that is not UTF-8 is a stranger's and is kept as git gives
/// it, so keys are bytes.
pub(super) type Tree = BTreeMap<Vec<u8>, Entry>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) mode: String,
    pub(super) id: String,
}

/// Lists every file of a commit.
pub(super) fn read(repository: &Repository, commit: &str) -> Result<Tree, Error> {
    let listed = repository.run(&["ls-tree", "-r", "-z", "--full-tree", commit])?.or_refuse("list the branch")?;
    // `100644 blob 3f…<TAB>path`
    let entries = listed.split(|&byte| byte == 0).filter_map(|line| {
        let tab = line.iter().position(|&byte| byte == b'\t')?;
        let head = str::from_utf8(&line[..tab]).ok()?;
        let mut words = head.split(' ');
        let (mode, id) = (words.next()?.to_owned(), words.nth(1)?.to_owned());
        Some((line[tab + 1..].to_vec(), Entry { mode, id }))
    });
    Ok(entries.collect())
}

/// Stores files as objects, and returns their ids in the same order.
pub(super) fn store(repository: &Repository, files: &[(&str, &[u8])]) -> Result<Vec<String>, Error> {
    let said = repository.feed(&["fast-import", "--quiet", "--done"], |stdin| {
        for (at, (_, bytes)) in files.iter().enumerate() {
            writeln!(stdin, "blob\nmark :{}\ndata {}", at + 1, bytes.len())?;
            stdin.write_all(bytes)?;
            writeln!(stdin, "\nget-mark :{}", at + 1)?;
        }
        writeln!(stdin, "done")
    })?;
    let ids: Vec<String> = text(&said.or_refuse("store the files")?).lines().map(str::to_owned).collect();
    if ids.len() == files.len() { Ok(ids) } else { Err(Error::refused("git did not store every file")) }
}

/// Writes a tree, and returns its id.
pub(super) fn write(repository: &Repository, tree: &Tree) -> Result<String, Error> {
    repository.run(&["read-tree", "--empty"])?.or_refuse("begin a tree")?;
    let fed = repository.feed(&["update-index", "-z", "--add", "--replace", "--index-info"], |stdin| {
        for (path, entry) in tree {
            write!(stdin, "{} {}\t", entry.mode, entry.id)?;
            stdin.write_all(path)?;
            stdin.write_all(b"\0")?;
        }
        Ok(())
    })?;
    fed.or_refuse("list the files")?;
    Ok(text(&repository.run(&["write-tree"])?.or_refuse("write the tree")?))
}

/// Finds a file of others that stands where a folder of the site must be, or the reverse.
pub(super) fn in_the_way(tree: &Tree, output: &Output, owned: &BTreeSet<String>) -> Option<String> {
    let strangers: BTreeSet<&[u8]> = tree
        .keys()
        .map(Vec::as_slice)
        .filter(|path| str::from_utf8(path).map_or(true, |path| !owned.contains(path) && output.get(path).is_none()))
        .collect();
    let above = output.files().flat_map(|(path, _)| path.match_indices('/').map(move |(at, _)| &path[..at]));
    let below = output.files().find(|(path, _)| {
        let start = format!("{path}/").into_bytes();
        strangers.range(start.as_slice()..).next().is_some_and(|next| next.starts_with(&start))
    });
    let mut above = above.filter(|folder| strangers.contains(folder.as_bytes()));
    above.next().or(below.map(|(path, _)| path)).map(str::to_owned)
}
