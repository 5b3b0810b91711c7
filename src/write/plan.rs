//! What a run is going to do, settled before it does anything: a refusal comes here, or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::alike::folded;
use crate::error::Error;
use crate::output::{Content, Output, OutputFile};
use crate::sums::SUMS;

use super::folders::{Folders, Way};
use super::guard::is_same;
use super::past::Past;
use super::place::is_there;
use super::{Preview, Written};

/// A file to write.
#[derive(Debug)]
pub(super) struct Write<'o, C> {
    pub(super) path: &'o str,
    pub(super) file: &'o OutputFile<C>,
    /// Whether it must wait until what is in the way of its folder is gone.
    pub(super) late: bool,
    pub(super) new: bool,
}

/// What a run is going to do.
#[derive(Debug)]
pub(super) struct Plan<'o, C> {
    /// Files of the program that stand where others must go, removed before anything is written.
    pub(super) in_the_way: BTreeSet<String>,
    /// Folders that hold nothing but those, and stand where a file must go.
    pub(super) folders_in_the_way: BTreeSet<String>,
    /// Folders to make, the outer ones first.
    pub(super) missing_folders: BTreeSet<String>,
    /// Folders to make when what is in their way is gone, the outer ones first.
    pub(super) late_folders: BTreeSet<String>,
    /// Files that differ.
    pub(super) writes: Vec<Write<'o, C>>,
    /// Whether `SHA256SUMS` differs.
    pub(super) sums_differ: bool,
    /// Files of the program that the output has no more.
    pub(super) stale: BTreeSet<String>,
    /// Folders that may be empty at the end, because files of the program were in them.
    pub(super) perhaps_empty: BTreeSet<String>,
    unchanged: usize,
}

/// What is at a path now, beside the bytes that should be.
#[derive(Clone, Copy, Debug)]
enum Found {
    Nothing,
    Same,
    Other,
    Folder,
}

impl<'o, C: Content> Plan<'o, C> {
    /// Compares an output with a folder.
    ///
    /// # Errors
    ///
    /// When something that is not the program's is in the way.
    pub(super) fn new(dir: &Path, output: &'o Output<C>, sums: &str, past: &Past, adopt: bool) -> Result<Self, Error> {
        let mut folders = Folders::new(dir);
        folders.learn(output.files().map(|(path, _)| path))?;
        folders.learn(past.owned.iter().map(String::as_str))?;
        let mut plan = Self::empty();
        plan.find_stale(output, past, &folders);
        plan.settle(output, past, adopt, &folders)?;
        plan.settle_sums(sums, dir)?;
        plan.stale.retain(|path| !plan.in_the_way.contains(path));
        plan.perhaps_empty.retain(|folder| !plan.folders_in_the_way.contains(folder));
        Ok(plan)
    }

    fn empty() -> Self {
        Self {
            in_the_way: BTreeSet::new(),
            folders_in_the_way: BTreeSet::new(),
            missing_folders: BTreeSet::new(),
            late_folders: BTreeSet::new(),
            writes: Vec::new(),
            sums_differ: false,
            stale: BTreeSet::new(),
            perhaps_empty: BTreeSet::new(),
            unchanged: 0,
        }
    }

    /// Finds the program's files that the output has no more, and their folders, also of those that are gone already.
    fn find_stale(&mut self, output: &Output<C>, past: &Past, folders: &Folders<'_>) {
        for path in past.owned.iter().filter(|path| output.get(path).is_none()) {
            if folders.reaches(path) && is_there(&folders.dir.join(path)) {
                self.stale.insert(path.clone());
            }
            self.perhaps_empty.extend(folders.open_above(path).map(str::to_owned));
        }
    }

    /// Settles every file of the output.
    fn settle(&mut self, output: &'o Output<C>, past: &Past, adopt: bool, folders: &Folders<'_>) -> Result<(), Error> {
        let files: Vec<_> = output.files().collect();
        let found = files.par_iter().map(|(path, file)| match folders.way(path) {
            Way::Open => look(&folders.dir.join(path), &file.bytes),
            Way::Missing | Way::Blocked(_) => Ok(Found::Nothing),
        });
        let found: Vec<Found> = found.collect::<Result<_, _>>()?;
        let twins = self.twins(output, folders.dir);
        let mut strangers = Vec::new();
        for ((path, file), found) in files.into_iter().zip(found) {
            let new = match found {
                _ if twins.contains_key(path) => true,
                Found::Same => {
                    self.unchanged += 1;
                    continue;
                }
                Found::Nothing => true,
                Found::Folder => self.clear_folder(path, folders.dir).map(|()| true)?,
                Found::Other => {
                    if !adopt && !past.owned.contains(path) {
                        strangers.push(path);
                    }
                    false
                }
            };
            let late = self.open_way(path, folders)?;
            self.writes.push(Write { path, file, late, new });
        }
        self.in_the_way.extend(twins.into_values());
        strangers.first().map_or(Ok(()), |first| Err(overwritten(&folders.dir.join(first), strangers.len() - 1)))
    }

    /// Settles `SHA256SUMS`, which is the program's in a folder that is.
    fn settle_sums(&mut self, sums: &str, dir: &Path) -> Result<(), Error> {
        match look(&dir.join(SUMS), &Arc::<[u8]>::from(sums.as_bytes()))? {
            Found::Folder => Err(kept_folder(&dir.join(SUMS))),
            found => {
                self.sums_differ = !matches!(found, Found::Same);
                Ok(())
            }
        }
    }

    /// Finds files of the output that the disk holds for a stale one, because it does not tell letter case or
    /// the pieces of letters apart: removing `About.html` last would remove the new `about.html`, so it goes first.
    fn twins(&self, output: &'o Output<C>, dir: &Path) -> BTreeMap<&'o str, String> {
        if self.stale.is_empty() {
            return BTreeMap::new();
        }
        let stale: BTreeMap<String, &String> = self.stale.iter().map(|path| (folded(path), path)).collect();
        let pairs = output.files().filter_map(|(path, _)| Some((path, *stale.get(&folded(path))?)));
        let same = pairs.filter(|(path, stale)| is_same(&dir.join(path), &dir.join(stale)));
        same.map(|(path, stale)| (path, stale.clone())).collect()
    }

    /// Plans the folders above a file, and the removal of a stale file that stands in their place; tells whether
    /// the file must wait for that.
    fn open_way(&mut self, path: &str, folders: &Folders<'_>) -> Result<bool, Error> {
        let missing = folders.closed_above(path).map(str::to_owned);
        match folders.way(path) {
            Way::Open => Ok(false),
            Way::Missing => {
                self.missing_folders.extend(missing);
                Ok(false)
            }
            Way::Blocked(at) if self.stale.contains(at) => {
                self.in_the_way.insert(at.clone());
                self.late_folders.extend(missing);
                Ok(true)
            }
            Way::Blocked(at) => Err(blocked(&folders.dir.join(at))),
        }
    }

    /// Plans the removal of a folder that stands where a file must go and holds nothing but stale files.
    fn clear_folder(&mut self, path: &str, dir: &Path) -> Result<(), Error> {
        let place = dir.join(path);
        self.folders_in_the_way.insert(path.to_owned());
        for entry in fs::read_dir(&place).map_err(|cause| Error::io("read the folder", &place, cause))? {
            let entry = entry.map_err(|cause| Error::io("read the folder", &place, cause))?;
            let inner = entry.file_name().to_str().map(|name| format!("{path}/{name}"));
            match inner {
                Some(inner) if entry.file_type().is_ok_and(|kind| kind.is_dir()) => self.clear_folder(&inner, dir)?,
                Some(inner) if self.stale.contains(&inner) => {
                    self.in_the_way.insert(inner);
                }
                _ => return Err(kept_folder(&place)),
            }
        }
        Ok(())
    }

    /// Tells whether no file is going to be written or removed.
    pub(super) fn is_idle(&self) -> bool {
        self.writes.is_empty() && self.in_the_way.is_empty() && self.stale.is_empty() && !self.sums_differ
    }

    /// Counts what the plan does.
    pub(super) fn written(&self) -> Written {
        let new = self.writes.iter().filter(|write| write.new).count();
        Written {
            new,
            changed: self.writes.len() - new,
            unchanged: self.unchanged,
            removed: self.stale.len() + self.in_the_way.len(),
            bytes: self.writes.iter().map(|write| write.file.bytes.length()).sum(),
        }
    }

    /// Names what the plan does.
    pub(super) fn preview(&self) -> Preview {
        let paths =
            |new| self.writes.iter().filter(|write| write.new == new).map(|write| write.path.to_owned()).collect();
        let removed = self.stale.union(&self.in_the_way).cloned().collect();
        Preview {
            new: paths(true),
            changed: paths(false),
            removed,
            unchanged: self.unchanged,
            sums_differ: self.sums_differ,
        }
    }
}

/// Compares a file with the bytes that it should have; one that cannot be read has others.
fn look<C: Content>(place: &Path, bytes: &C) -> Result<Found, Error> {
    match fs::symlink_metadata(place) {
        Ok(data) if data.is_dir() => Ok(Found::Folder),
        Ok(data) => {
            let has = |old: &[u8]| bytes.read().is_ok_and(|new| old == &*new);
            let same = data.is_file() && data.len() == bytes.length() && fs::read(place).is_ok_and(|old| has(&old));
            Ok(if same { Found::Same } else { Found::Other })
        }
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(cause) => Err(Error::io("read", place, cause)),
    }
}

fn overwritten(first: &Path, others: usize) -> Error {
    let more = if others == 0 { String::new() } else { format!(" (and {others} more)") };
    Error::refused(format!("`{}`{more} was not made by this program and would be overwritten", first.display()))
        .with_help("move it away, or let the build replace it with `--adopt`")
}

fn blocked(at: &Path) -> Error {
    let what = if at.is_symlink() { "a symbolic link" } else { "a file that this program did not make" };
    Error::refused(format!("`{}` is {what}, and the site needs a folder there", at.display()))
        .with_help("move it away, or choose another folder with `--out`")
}

fn kept_folder(at: &Path) -> Error {
    Error::refused(format!(
        "`{}` is a folder that holds what this program did not make, and the site needs a file there",
        at.display()
    ))
    .with_help("move it away, or choose another folder with `--out`")
}
