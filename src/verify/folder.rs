//! A copy in a folder.

#![expect(clippy::disallowed_methods, reason = "a copy on the disk is read from the disk")]

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::error::Error;

use super::{Found, Progress, Report, SUMS, hash, list};

/// Holds a folder against its list.
///
/// # Errors
///
/// When the folder or its list cannot be read, or the list is none.
pub fn folder(dir: &Path, progress: Progress<'_>) -> Result<Report, Error> {
    let sums = dir.join(SUMS);
    // A link is not followed here either, and a pipe would be waited for.
    if !fs::symlink_metadata(&sums).is_ok_and(|there| there.is_file()) {
        return Err(Error::refused(format!("there is no {SUMS} in `{}`", dir.display()))
            .with_help("name the folder that a build wrote or an archive was unpacked to: the one with index.html"));
    }
    let file = File::open(&sums).map_err(|cause| Error::io("read", &sums, cause))?;
    let list = list::read(&list::text(file, &sums)?)?;
    let done = AtomicUsize::new(0);
    let found: Vec<(&String, Found)> = list
        .par_iter()
        .map(|(path, sum)| {
            let found = held(&dir.join(path), sum);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, list.len());
            (path, found)
        })
        .collect();
    let mut report = Report::default();
    found.into_iter().for_each(|(path, found)| report.take(path, found));
    let mut added = Vec::new();
    for entry in WalkDir::new(dir).sort_by_file_name().into_iter().filter_entry(|entry| !is_of_tools(entry)) {
        let entry = entry.map_err(|error| Error::io("read the folder", dir, error.into()))?;
        let within = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let path = within.to_string_lossy().replace('\\', "/");
        if !entry.file_type().is_dir() && path != SUMS && !list.contains_key(&path) {
            added.push(path);
        }
    }
    report.added = Some(added);
    Ok(report)
}

fn held(path: &Path, sum: &str) -> Found {
    // A link is not followed: what it leads to is not a part of the copy.
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => {}
        Ok(_) => return Found::Changed,
        Err(_) => return Found::Missing,
    }
    match File::open(path).and_then(|file| hash(file, u64::MAX)) {
        Ok(found) if found == sum => Found::Same,
        Ok(_) => Found::Changed,
        Err(error) => Found::Unread(error.to_string()),
    }
}

/// Tells whether an entry is what git or this program keeps beside the files of a site.
fn is_of_tools(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 1 && (name == ".git" || name.starts_with(".dateline-"))
}
