//! Puts an [`Output`] into a folder, and loses nothing that is not the program's own.
//!
//! The last `SHA256SUMS` of the folder lists what the program owns; every other file there stays for ever.
//! Only files that differ are written: all of them beside their places at first, so that a full disk leaves the
//! old output as it was, and then each is renamed into its place, so that a reader meets whole files. They come in
//! the turns of [`crate::output::turn`], then `SHA256SUMS`, and deletions last. A journal, written
//! before all of them and removed after all of them, lets the next build tell its own files from others after
//! this one was killed at any moment.
//!
//! What it deliberately does not do: it knows no clock and no content, flushes no disk caches (after a
//! loss of power the next build compares bytes and repairs), and does not defend against someone who
//! swaps folders for symbolic links while it runs.

#![expect(clippy::disallowed_methods, reason = "putting a site into place is writing to the disk")]

mod aside;
mod folders;
mod guard;
mod lock;
mod past;
mod place;
mod plan;
mod stands;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::Error;
use crate::output::{Content, Output, TURNS, turn};
use crate::sums::{SUMS, checksums};

use self::folders::Folders;
use self::lock::Lock;
use self::past::{JOURNAL, Past, journal};
use self::place::{make_folder, move_in, place, remove, remove_empty, temporary, write_beside};
use self::plan::{Plan, Write};

pub use self::aside::{Aside, Kept};
pub use self::past::read_checksums;
pub use self::stands::stands;

/// What a caller decides about the folder that takes an output.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// Takes on a folder that holds files of others. They stay, unless the output has a file of the same path.
    pub adopt: bool,
    /// Folders that the output folder must not be, hold or lie in: content, themes.
    pub protected: Vec<PathBuf>,
    /// Folders that may hold the output folder, and that it must not be or hold: the root, the home folder.
    pub enclosing: Vec<PathBuf>,
}

/// What a run did to the folder; `SHA256SUMS` is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there.
    pub new: usize,
    /// Files that were there with other bytes.
    pub changed: usize,
    /// Files that were left alone, with their times.
    pub unchanged: usize,
    /// Files of an earlier output that have gone.
    pub removed: usize,
    /// Bytes of the new and the changed files.
    pub bytes: u64,
}

/// Puts an output into a folder, which is made if it is not there.
///
/// When nothing differs, nothing is written at all. When a disk is full or a folder may not be written to, the
/// old output stays as it was. After a failure while files are renamed, the folder holds whole files, old or
/// new, and a journal; the next run goes on from there.
///
/// # Errors
///
/// When the folder is protected, in use by another build, or holds what is not the program's and would be
/// lost; and when the disk refuses.
pub fn write<C: Content>(output: &Output<C>, dir: &Path, options: &WriteOptions) -> Result<Written, Error> {
    guard::check_paths(output)?;
    guard::check_folder(dir, options)?;
    fs::create_dir_all(dir).map_err(|cause| Error::io("create the folder", dir, cause))?;
    let _lock = Lock::take(dir)?;
    let sums = checksums(output);
    let past = Past::read(dir, output, options.adopt)?;
    sweep(dir, &past)?;
    let plan = Plan::new(dir, output, &sums, &past, options.adopt)?;
    if plan.is_idle() {
        finish(dir, &past, &plan)?;
    } else {
        carry_out(dir, &sums, &past, &plan)?;
    }
    Ok(plan.written())
}

/// What [`write()`] would do to a folder; paths relative to it, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Files that are not there.
    pub new: Vec<String>,
    /// Files that are there with other bytes.
    pub changed: Vec<String>,
    /// Files of an earlier output that would go.
    pub removed: Vec<String>,
    /// How many files would be left alone.
    pub unchanged: usize,
    /// Whether `SHA256SUMS` would be written.
    pub sums_differ: bool,
}

/// Tells what [`write()`] would do, and changes nothing.
///
/// # Errors
///
/// As [`write()`], where it would refuse before it begins.
pub fn preview(output: &Output, dir: &Path, options: &WriteOptions) -> Result<Preview, Error> {
    guard::check_paths(output)?;
    guard::check_folder(dir, options)?;
    if !dir.exists() {
        let new = output.files().map(|(path, _)| path.to_owned()).collect();
        return Ok(Preview { new, sums_differ: true, ..Preview::default() });
    }
    let past = Past::read(dir, output, options.adopt)?;
    Ok(Plan::new(dir, output, &checksums(output), &past, options.adopt)?.preview())
}

/// Removes the temporary files that a killed run left, and the folders that it made for nothing.
fn sweep(dir: &Path, past: &Past) -> Result<(), Error> {
    let mut folders = Folders::new(dir);
    folders.learn(past.touched.iter().map(String::as_str))?;
    let reached = past.touched.iter().filter(|path| folders.reaches(path));
    reached.map(|path| temporary(path)).try_for_each(|path| remove(dir, &path))?;
    remove_empty(dir, &past.touched.iter().flat_map(|path| folders.open_above(path)).map(str::to_owned).collect())
}

/// Does what is planned: at first everything that a full disk or a locked folder can refuse, which is undone
/// without a trace when it is, and only then what a reader can see.
fn carry_out<C: Content>(dir: &Path, sums: &str, past: &Past, plan: &Plan<'_, C>) -> Result<(), Error> {
    place(dir, JOURNAL, journal(sums, &past.owned).as_bytes())?;
    if let Err(error) = prepare(dir, sums, plan) {
        let undone = withdraw(dir, plan) && remove_empty(dir, &plan.missing_folders).is_ok();
        if undone && !past.interrupted {
            remove(dir, JOURNAL).ok();
        }
        return Err(error);
    }
    if let Err(error) = commit(dir, plan) {
        withdraw(dir, plan);
        return Err(error);
    }
    finish(dir, past, plan)
}

/// Writes the bytes of every file beside its place.
fn prepare<C: Content>(dir: &Path, sums: &str, plan: &Plan<'_, C>) -> Result<(), Error> {
    plan.missing_folders.iter().try_for_each(|path| make_folder(&dir.join(path)))?;
    let writes = plan.writes.par_iter().filter(|write| !write.late);
    writes.try_for_each(|write| write_beside(dir, write.path, &content(dir, write)?))?;
    if plan.sums_differ { write_beside(dir, SUMS, sums.as_bytes()) } else { Ok(()) }
}

/// Returns the bytes of a file to write.
fn content<'o, C: Content>(dir: &Path, write: &Write<'o, C>) -> Result<Cow<'o, [u8]>, Error> {
    write.file.bytes.read().map_err(|cause| Error::io("read again what was made for", &dir.join(write.path), cause))
}

/// Puts the files into their places, stage by stage, and removes what is stale.
fn commit<C: Content>(dir: &Path, plan: &Plan<'_, C>) -> Result<(), Error> {
    plan.in_the_way.iter().try_for_each(|path| remove(dir, path))?;
    remove_empty(dir, &plan.folders_in_the_way)?;
    plan.late_folders.iter().try_for_each(|path| make_folder(&dir.join(path)))?;
    for now in 0..TURNS {
        let writes = plan.writes.par_iter().filter(|write| turn(write.path, write.file.stage, write.new) == now);
        writes.try_for_each(|write| {
            if write.late { place(dir, write.path, &content(dir, write)?) } else { move_in(dir, write.path) }
        })?;
    }
    if plan.sums_differ {
        move_in(dir, SUMS)?;
    }
    plan.stale.par_iter().try_for_each(|path| remove(dir, path))
}

/// Removes what was written beside the places and did not come into them; tells whether all of it is gone.
fn withdraw<C: Content>(dir: &Path, plan: &Plan<'_, C>) -> bool {
    let paths = plan.writes.iter().filter(|write| !write.late).map(|write| write.path);
    paths.chain([SUMS]).filter(|path| remove(dir, &temporary(path)).is_err()).count() == 0
}

/// Removes folders left empty, and with the journal the last trace of a run.
fn finish<C: Content>(dir: &Path, past: &Past, plan: &Plan<'_, C>) -> Result<(), Error> {
    remove_empty(dir, &plan.perhaps_empty)?;
    if plan.is_idle() && !past.interrupted { Ok(()) } else { remove(dir, JOURNAL) }
}
