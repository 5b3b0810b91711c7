//! Brings an edition to the disk: whole or not at all, and never over what somebody else made.

#![expect(clippy::disallowed_methods, reason = "it looks what is in the place of a file")]

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::model::Edition;
use crate::whole;

use super::is_ours;

/// Writes an edition to a file: beside its place at first, then renamed into it.
///
/// # Errors
///
/// When something else than an earlier edition of this kind is in the place, unless `force`; and when the disk refuses,
/// in which case whatever was there stays.
pub fn put(path: &Path, edition: Edition, bytes: &[u8], force: bool) -> Result<(), Error> {
    check(path, edition, force)?;
    if path.file_name().is_none() {
        return Err(Error::refused(format!("`{}` names no file", path.display())));
    }
    whole::put(path, bytes).map_err(|cause| Error::io("write", path, cause))
}

/// Refuses a place that holds what is not an earlier edition of this kind.
///
/// # Errors
///
/// As [`put`]. Asked before the work, so that nobody waits for a refusal.
pub fn check(path: &Path, edition: Edition, force: bool) -> Result<(), Error> {
    let Ok(found) = fs::symlink_metadata(path) else { return Ok(()) };
    if found.is_dir() {
        return Err(Error::refused(format!("`{}` is a folder", path.display()))
            .with_help(format!("name a file: `{}`", path.join(format!("site.{}", edition.extension())).display())));
    }
    if !found.is_file() && !found.is_symlink() {
        return Err(Error::refused(format!("`{}` is no ordinary file, but a pipe or a device", path.display()))
            .with_help("name a file: it is written beside its place and then moved there"));
    }
    if force || (found.is_file() && fs::read(path).is_ok_and(|bytes| is_ours(edition, &bytes))) {
        return Ok(());
    }
    let message = format!("`{}` is there and is no edition that `export {}` made", path.display(), edition.name());
    Err(Error::refused(message).with_help("choose another name, or replace it with `--force`"))
}
