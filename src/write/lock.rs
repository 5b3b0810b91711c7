//! One build at a time in a folder.
//!
//! The folder itself is locked, which leaves nothing behind, whatever ends the program. Where folders cannot
//! be locked (Windows, some network disks) a file in it is, and goes at the end.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::whole::is_linked;

use super::past::LOCK;

/// A hold on a folder that ends with the value.
#[derive(Debug)]
pub(super) struct Lock {
    _held: File,
    file: Option<PathBuf>,
}

impl Lock {
    /// Takes hold of a folder, or says who has it.
    pub(super) fn take(dir: &Path) -> Result<Self, Error> {
        let Ok(folder) = File::open(dir) else {
            return Self::by_file(dir);
        };
        match folder.try_lock() {
            Ok(()) => Ok(Self { _held: folder, file: None }),
            Err(TryLockError::WouldBlock) => Err(in_use(dir, dir)),
            Err(TryLockError::Error(_)) => Self::by_file(dir),
        }
    }

    /// Takes hold of a folder by a file in it.
    pub(super) fn by_file(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(LOCK);
        let fail = |cause| Error::io("lock the folder", dir, cause);
        loop {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(fail)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(in_use(dir, &path)),
                Err(TryLockError::Error(cause)) if cause.kind() != ErrorKind::Unsupported => return Err(fail(cause)),
                // A disk that knows no locks at all must not make building impossible.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // The last holder may have removed the file between the two calls; then the lock would hold nobody off.
            if is_linked(&file).map_err(fail)? {
                return Ok(Self { _held: file, file: Some(path) });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(path) = &self.file {
            fs::remove_file(path).ok();
        }
    }
}

fn in_use(dir: &Path, locked: &Path) -> Error {
    let who = holder(locked).map_or(String::new(), |process| format!(" (process {process})"));
    Error::refused(format!("another build{who} is writing to `{}`", dir.display()))
        .with_help("wait until it is done, or choose another folder with `--out`")
}

/// Finds the process that holds a lock, where the system tells.
#[cfg(target_os = "linux")]
fn holder(locked: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    let inode = format!(":{}", fs::metadata(locked).ok()?.ino());
    // `1: FLOCK  ADVISORY  WRITE 4711 fe:00:1234 0 EOF`
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let mut lines = locks.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let line = lines.find(|line| matches!(line[..], [_, "FLOCK", _, _, _, file, ..] if file.ends_with(&inode)))?;
    line[4].parse().ok().filter(|&process| process > 0)
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &Path) -> Option<u32> {
    None
}
