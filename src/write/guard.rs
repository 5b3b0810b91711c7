//! What must never be written: paths that leave the folder, and folders that are someone's work.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::Error;
use crate::output::Output;
use crate::sums::SUMS;

use super::WriteOptions;

/// Names that begin so are the program's, and only while it runs.
pub(super) const OURS: &str = ".dateline-";

/// Refuses an output whose paths do not fit into a folder. The rules for content let none of them come this
/// far; this is the last line, because a path that leaves the folder would cost files elsewhere.
pub(super) fn check_paths<C>(output: &Output<C>) -> Result<(), Error> {
    for (path, _) in output.files() {
        if !is_plain(path) {
            return Err(Error::refused(format!(
                "the output has a path that must not be written: `{}`",
                path.escape_debug()
            )));
        }
        let mut holders = path.match_indices('/').map(|(at, _)| &path[..at]);
        if let Some(holder) = holders.find(|holder| output.get(holder).is_some()) {
            return Err(Error::refused(format!("the output has a file `{holder}` and a folder of the same name")));
        }
    }
    Ok(())
}

/// Tells whether a path stays in the folder, means the same on every system, and is not kept by the program or
/// by git.
pub(super) fn is_plain(path: &str) -> bool {
    let ordinary = |name: &str| !matches!(name, "" | "." | "..") && !name.starts_with(OURS);
    let kept = |name: &str| name.eq_ignore_ascii_case(".git");
    path.split('/').all(|name| ordinary(name) && !kept(name))
        && !path.contains(['\\', '\n', '\r', '\0'])
        && !path.eq_ignore_ascii_case(SUMS)
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Refuses an output folder that is, holds or lies in a protected one, however the paths are spelt.
pub(super) fn check_folder(dir: &Path, options: &WriteOptions) -> Result<(), Error> {
    let real = resolve(dir)?;
    let refuse = |relation: &str, other: &Path| {
        let message = format!(
            "the output folder `{}` {relation} `{}`, which a build must never overwrite",
            dir.display(),
            other.display()
        );
        Err(Error::refused(message).with_help("choose a folder of its own with `--out`"))
    };
    for other in options.enclosing.iter().chain(&options.protected) {
        let theirs = resolve(other)?;
        if is_same(&real, &theirs) {
            return refuse("is the same as", other);
        }
        if theirs.ancestors().any(|outer| is_same(outer, &real)) {
            return refuse("holds", other);
        }
    }
    for other in &options.protected {
        let theirs = resolve(other)?;
        if real.ancestors().any(|outer| is_same(outer, &theirs)) {
            return refuse("lies in", other);
        }
    }
    Ok(())
}

/// Finds where a path leads: links followed and `..` taken, also where its end is not there yet.
fn resolve(path: &Path) -> Result<PathBuf, Error> {
    let whole = std::path::absolute(path).map_err(|cause| Error::io("find", path, cause))?;
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => {
                real.push(name);
                real = real.canonicalize().unwrap_or(real);
            }
            other => real.push(other),
        }
    }
    Ok(real)
}

/// Tells whether two paths lead to the same file or folder, links not followed at their end: by identity,
/// because letter case, normal forms and mounts give one thing several names.
#[cfg(unix)]
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |path| fs::symlink_metadata(path).map(|data| (data.dev(), data.ino())).ok();
    one == other || identity(one).is_some_and(|known| identity(other) == Some(known))
}

/// Tells whether two paths lead to the same file or folder.
#[cfg(not(unix))]
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let identity = |path| fs::canonicalize(path).ok();
    one == other || identity(one).is_some_and(|known| identity(other) == Some(known))
}
