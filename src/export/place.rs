//! Brings an edition to the disk: whole or not at all, and never over what somebody else made.

#![expect(clippy::disallowed_methods, reason = "handing an edition on is writing a file")]

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::model::Edition;

use super::is_ours;

/// Writes an edition to a file: beside its place at first, then renamed into it.
///
/// # Errors
///
/// When something else than an earlier edition of this kind is in the place, unless `force`; and when the disk refuses,
/// in which case whatever was there stays.
pub fn put(path: &Path, edition: Edition, bytes: &[u8], force: bool) -> Result<(), Error> {
    check(path, edition, force)?;
    let beside = beside(path)?;
    let written = File::create_new(&beside).and_then(|mut file| file.write_all(bytes));
    let placed = written.and_then(|()| fs::rename(&beside, path));
    placed.map_err(|cause| {
        if cause.kind() != ErrorKind::AlreadyExists {
            fs::remove_file(&beside).ok();
        }
        Error::io("write", path, cause)
    })
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
    if force || (found.is_file() && fs::read(path).is_ok_and(|bytes| is_ours(edition, &bytes))) {
        return Ok(());
    }
    let message = format!("`{}` is there and is no edition that `export {}` made", path.display(), edition.name());
    Err(Error::refused(message).with_help("choose another name, or replace it with `--force`"))
}

fn beside(path: &Path) -> Result<PathBuf, Error> {
    let Some(name) = path.file_name() else {
        return Err(Error::refused(format!("`{}` names no file", path.display())));
    };
    let mut short: String = name.to_string_lossy().chars().take(40).collect();
    short = format!(".dateline-tmp-{}-{short}", std::process::id());
    Ok(path.with_file_name(short))
}
