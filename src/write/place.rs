//! The acts on single files and folders, each of which leaves a whole file or none.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::sums::hex;

use super::folders::parent;

/// Names the file beside a path that its bytes go to first; short, because the path's own name may be as long as
/// names can be.
pub(super) fn temporary(path: &str) -> String {
    let name = format!(".dateline-tmp-{}", hex(&Sha256::digest(path)[..8]));
    match parent(path) {
        "" => name,
        folder => format!("{folder}/{name}"),
    }
}

/// Writes a file, so that at every moment the old or the new one is whole.
pub(super) fn place(dir: &Path, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let written = write_beside(dir, path, bytes).and_then(|()| move_in(dir, path));
    written.inspect_err(|_| drop(fs::remove_file(dir.join(temporary(path)))))
}

/// Writes the bytes of a file beside its place.
pub(super) fn write_beside(dir: &Path, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let written = create(&dir.join(temporary(path))).and_then(|mut file| file.write_all(bytes));
    written.map_err(|cause| Error::io("write", &dir.join(path), cause))
}

/// Renames a file that was written beside its place into it.
pub(super) fn move_in(dir: &Path, path: &str) -> Result<(), Error> {
    let target = dir.join(path);
    fs::rename(dir.join(temporary(path)), &target).map_err(|cause| Error::io("write", &target, cause))
}

/// Creates a file that was not there: whatever has the name is removed, never followed.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        result => result,
    }
}

/// Makes a folder, unless it is there.
pub(super) fn make_folder(path: &Path) -> Result<(), Error> {
    match fs::create_dir(path) {
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => Err(Error::io("create the folder", path, cause)),
        _ => Ok(()),
    }
}

/// Removes a file, or a symbolic link instead of what it leads to. Where none is, or a folder, there is nothing to do.
pub(super) fn remove(dir: &Path, path: &str) -> Result<(), Error> {
    let target = dir.join(path);
    match fs::remove_file(&target) {
        Err(cause) if cause.kind() != ErrorKind::NotFound && is_there(&target) => {
            Err(Error::io("remove", &target, cause))
        }
        _ => Ok(()),
    }
}

/// Tells whether anything but a folder is at a place.
pub(super) fn is_there(place: &Path) -> bool {
    fs::symlink_metadata(place).is_ok_and(|data| !data.is_dir())
}

/// Removes those of the folders that are empty, the inner ones first: `a` sorts before `a/b`.
pub(super) fn remove_empty(dir: &Path, folders: &BTreeSet<String>) -> Result<(), Error> {
    for folder in folders.iter().rev() {
        let target = dir.join(folder);
        match fs::remove_dir(&target) {
            Ok(()) => {}
            Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => {}
            Err(cause) => return Err(Error::io("remove the folder", &target, cause)),
        }
    }
    Ok(())
}
