//! Brings bytes to a place on the disk, so that at every moment the old file is there whole, or the new one.
//!
//! The bytes go beside the place at first, under a name that follows from it, and are then renamed. A run that was killed
//! leaves its file under that name, and the next one for the same place takes it away: it knows by a lock that nobody is
//! writing it any more. What this deliberately does not do: it makes no folder, asks nobody whether the old file may go, and
//! keeps no list; whole folders are what `write` is for.

#![expect(clippy::disallowed_methods, reason = "putting a file into place is writing to the disk")]

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// What the names of files beside their places begin with.
const BESIDE: &str = ".dateline-tmp-";

/// Puts a file into its place. One that is there keeps its mode, and is on the disk before it is replaced.
///
/// A symbolic link is replaced, not followed.
///
/// # Errors
///
/// When the path names no file, when another run is writing to the same place, and when the disk refuses. The old file is as
/// it was then, and nothing lies beside it.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path)?;
    let mut file = begin(&beside)?;
    let written =
        file.write_all(bytes).and_then(|()| like_the_old(path, &file)).and_then(|()| fs::rename(&beside, path));
    written.inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Names the file beside a place; short, because the place's own name may be as long as names can be.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it names no file"))?;
    let digest = blake3::hash(name.as_encoded_bytes()).to_hex();
    Ok(path.with_file_name(format!("{BESIDE}{}", &digest[..16])))
}

/// Tells whether a name is one of a file that a run is bringing to its place, or was when it was killed.
pub(crate) fn is_unfinished(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(BESIDE.as_bytes())
}

/// Makes the file beside, and holds it. One of a run that was killed is taken away before.
fn begin(beside: &Path) -> io::Result<File> {
    loop {
        match File::create_new(beside) {
            // Another run may have taken the new file for a left one, before it was held.
            Ok(file) => match file.try_lock() {
                Ok(()) if !is_linked(&file)? => {}
                Err(TryLockError::WouldBlock) => {}
                // A disk that knows no locks must not make writing impossible.
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
            },
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => take_away(beside)?,
            Err(cause) => return Err(cause),
        }
    }
}

/// Takes away what a run that was killed has left.
fn take_away(beside: &Path) -> io::Result<()> {
    let gone = |result: io::Result<()>| match result {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    };
    let is_file = fs::symlink_metadata(beside).is_ok_and(|about| about.is_file());
    let held = if is_file { File::open(beside).ok() } else { None };
    if let Some(Err(TryLockError::WouldBlock)) = held.as_ref().map(File::try_lock) {
        return Err(io::Error::new(ErrorKind::ResourceBusy, "another run is writing it"));
    }
    gone(fs::remove_file(beside))
}

/// Gives the new file the mode of the old one, and waits for the disk, because only then something can be lost. An old file
/// that may not be written to may not be replaced either.
fn like_the_old(path: &Path, file: &File) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(old) if old.is_file() => {
            File::options().append(true).open(path)?;
            file.set_permissions(old.permissions()).and_then(|()| file.sync_all())
        }
        _ => Ok(()),
    }
}

/// Tells whether an open file still has a name: another run may have removed it since it was opened.
///
/// # Errors
///
/// Those of the system.
#[cfg(unix)]
pub(crate) fn is_linked(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(file.metadata()?.nlink() > 0)
}

#[cfg(not(unix))]
pub(crate) fn is_linked(_: &File) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn what_a_killed_run_left_goes_with_the_next_one() {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let path = folder.path().join("site.zip");
        fs::write(&path, "old").expect("a file");
        fs::write(beside(&path).expect("it has a name"), "ha").expect("a file");
        put(&path, b"new").expect("it can be written");
        assert_eq!(fs::read(&path).expect("a file"), b"new");
        assert_eq!(names(folder.path()), ["site.zip"]);
    }

    #[test]
    fn while_another_run_writes_it_is_refused() {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let path = folder.path().join("site.zip");
        let other = begin(&beside(&path).expect("it has a name")).expect("nobody else writes");
        let cause = put(&path, b"new").expect_err("another run is writing");
        assert_eq!(cause.kind(), ErrorKind::ResourceBusy);
        assert!(!path.exists());
        drop(other);
        put(&path, b"new").expect("nobody writes any more");
        assert_eq!(names(folder.path()), ["site.zip"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_file_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let path = folder.path().join("sources.yaml");
        fs::write(&path, "old").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).expect("its owner may");
        put(&path, b"new").expect("it can be written");
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o604);
    }
}
