//! What earlier runs left in the folder: `SHA256SUMS`, and a journal if one of them was killed.
//!
//! Both are read as hints from a stranger. A line that is not exactly as the program writes it counts for
//! nothing, so that a damaged file can make the program forget what it owns, and never claim what it does not.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::output::Output;
use crate::sums::{self, Entry, SUMS, hex, line};

use super::folders::Folders;
use super::guard::is_plain;
use super::place::temporary;

/// The list of what a run is about to write; there only during a run, or after one that was killed.
pub(super) const JOURNAL: &str = ".dateline-journal";
/// The file that is locked where a folder cannot be.
pub(super) const LOCK: &str = ".dateline-lock";

/// What stands in the journal instead of a hash for a file that was the program's before.
const OWNED: &str = "owned";

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Makes the journal of a run: every file that is the program's now, and every one that is going to be.
///
/// The latter carry the hash of what they become, because one that a stranger has until the run reaches it
/// (`--adopt`) is the stranger's until then.
pub(super) fn journal(sums: &str, owned: &BTreeSet<String>) -> String {
    let mut text = String::new();
    for path in owned {
        text += &line(OWNED, path);
    }
    let new = sums.split_inclusive('\n').filter(|line| split(line).is_none_or(|(_, path)| !owned.contains(path)));
    text.extend(new);
    text
}

/// What the program can know of the folder's past.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Files that the program owns, there or not.
    pub(super) owned: BTreeSet<String>,
    /// Paths that a killed run may have begun, and beside which its temporary files may lie.
    pub(super) touched: BTreeSet<String>,
    /// Whether the last run was killed, or failed, on its way.
    pub(super) interrupted: bool,
}

impl Past {
    /// Reads what earlier runs left.
    ///
    /// # Errors
    ///
    /// When the folder belongs to others, unless it is to be adopted. It is the program's if it is empty, or
    /// has a journal, or has a `SHA256SUMS` that lists at least one file of this output: a site keeps its home
    /// page, and a folder of downloads with checksums of its own has none.
    pub(super) fn read<C>(dir: &Path, output: &Output<C>, adopt: bool) -> Result<Self, Error> {
        let names = names(dir)?;
        let listed: BTreeSet<String> = read_checksums(&bytes(&dir.join(SUMS))).into_keys().collect();
        let ours = listed.iter().any(|path| output.get(path).is_some());
        let interrupted = names.contains(JOURNAL);
        let strangers = names.iter().any(|name| ![JOURNAL, LOCK, &temporary(JOURNAL)].contains(&name.as_str()));
        if strangers && !ours && !interrupted && !adopt {
            return Err(foreign(dir, names.contains(SUMS)));
        }
        let mut past = Self { interrupted, ..Self::default() };
        if ours {
            past.owned = listed;
        }
        if names.contains(&temporary(JOURNAL)) {
            past.touched.insert(JOURNAL.to_owned());
        }
        if interrupted {
            past.touched.insert(SUMS.to_owned());
            past.recall(dir)?;
        }
        Ok(past)
    }

    /// Takes from the journal of a killed run what it owned, and what it wrote.
    fn recall(&mut self, dir: &Path) -> Result<(), Error> {
        let (owned, new): (Vec<_>, Vec<_>) = lines(&dir.join(JOURNAL)).into_iter().partition(|(sum, _)| sum == OWNED);
        self.touched.extend(owned.iter().chain(&new).map(|(_, path)| path.clone()));
        let mut folders = Folders::new(dir);
        folders.learn(new.iter().map(|(_, path)| path.as_str()))?;
        let written = new.into_par_iter().filter(|(sum, path)| folders.reaches(path) && holds(&dir.join(path), sum));
        self.owned.par_extend(written.map(|(_, path)| path));
        self.owned.extend(owned.into_iter().map(|(_, path)| path));
        Ok(())
    }
}

/// Names what is in the folder; a name that is not Unicode is a stranger's all the same.
fn names(dir: &Path) -> Result<BTreeSet<String>, Error> {
    let fail = |cause| Error::io("read the folder", dir, cause);
    let entries = fs::read_dir(dir).map_err(fail)?;
    entries.map(|entry| Ok(entry.map_err(fail)?.file_name().to_string_lossy().into_owned())).collect()
}

/// Reads the well-formed lines of a list, as pairs of a hash and a path that stays in the folder.
fn lines(file: &Path) -> Vec<(String, String)> {
    let bytes = bytes(file);
    let texts = bytes.split(|&byte| byte == b'\n').filter_map(|line| str::from_utf8(line).ok());
    texts.filter_map(noted).map(|(sum, path)| (sum.to_owned(), path.to_owned())).collect()
}

/// Returns the bytes of a file, or none where it cannot be read.
pub(super) fn bytes(file: &Path) -> Vec<u8> {
    if is_file(file) { fs::read(file).unwrap_or_default() } else { Vec::new() }
}

/// Reads a list of checksums: SHA-256 in lower-case hexadecimal, by path. A line that is not exactly as
/// [`checksums`](crate::sums::checksums) writes it, or whose path would leave the folder, counts for nothing.
pub fn read_checksums(bytes: &[u8]) -> BTreeMap<String, String> {
    let texts = bytes.split(|&byte| byte == b'\n').filter_map(|line| str::from_utf8(line).ok());
    texts.filter_map(split).map(|(sum, path)| (path.to_owned(), sum.to_owned())).collect()
}

/// Reads a line of a list that is exactly as the program writes it, and whose path stays in the folder.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    match sums::entry(line)? {
        Entry { hash, path: Cow::Borrowed(path), is_ours: true } => is_plain(path).then_some((hash, path)),
        _ => None,
    }
}

/// Reads a line of a journal.
fn noted(line: &str) -> Option<(&str, &str)> {
    match line.split_once("  ") {
        Some((OWNED, path)) => is_plain(path).then_some((OWNED, path)),
        _ => split(line),
    }
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| data.is_file())
}

pub(super) fn holds(path: &Path, sum: &str) -> bool {
    is_file(path) && fs::read(path).is_ok_and(|bytes| hash(&bytes) == sum)
}

fn foreign(dir: &Path, has_sums: bool) -> Error {
    let why =
        if has_sums { "its SHA256SUMS lists no file of this site" } else { "it is not empty and has no SHA256SUMS" };
    Error::refused(format!("the folder `{}` was not made by this program: {why}", dir.display())).with_help(
        "choose another folder with `--out`, or take this one on with `--adopt`, \
         which deletes nothing and replaces files of the same path",
    )
}
