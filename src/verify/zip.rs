//! A copy in a zip, which is read and never unpacked.

#![expect(clippy::disallowed_methods, reason = "a copy on the disk is read from the disk")]

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::Error;

use super::{Found, Progress, Report, SUMS, hash, list};

/// What the files of an archive may have together, unpacked: a bomb is recognised before it has cost much.
const MOST: u64 = 8 * 1024 * 1024 * 1024;
/// What a list may have.
const LONGEST_LIST: u64 = 64 * 1024 * 1024;

/// Holds an archive against the list in it, which lies at its root or in its one folder.
///
/// # Errors
///
/// When the archive or its list cannot be read, or the list is none.
pub fn zip(path: &Path, progress: Progress<'_>) -> Result<Report, Error> {
    let file = File::open(path).map_err(|cause| Error::io("read", path, cause))?;
    let broken = |error: ZipError| Error::refused(format!("`{}` cannot be read as a zip: {error}", path.display()));
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let lists: Vec<&String> = names.iter().filter(|name| is_list(name)).collect();
    let [sums] = lists[..] else {
        let message = format!("`{}` has {} at its root or in its folder", path.display(), count(lists.len()));
        return Err(Error::refused(message).with_help("`dateline export zip` makes an archive that can be verified"));
    };
    let root = sums.strip_suffix(SUMS).unwrap_or_default().to_owned();
    let mut text = String::new();
    let entry = archive.by_name(sums).map_err(broken)?;
    entry.take(LONGEST_LIST).read_to_string(&mut text).map_err(|cause| Error::io("read", path, cause))?;
    let list = list::read(&text)?;
    let mut report = Report::default();
    let mut left = MOST;
    for (number, (path, sum)) in list.iter().enumerate() {
        let found = match archive.by_name(&format!("{root}{path}")) {
            Ok(entry) => {
                let size = entry.size();
                let found = hash(entry, size.min(left));
                left = left.saturating_sub(size);
                match found {
                    Ok(found) if found == *sum => Found::Same,
                    Ok(_) => Found::Changed,
                    Err(error) => Found::Unread(error.to_string()),
                }
            }
            Err(ZipError::FileNotFound) => Found::Missing,
            Err(error) => Found::Unread(error.to_string()),
        };
        report.take(path, found);
        progress(number + 1, list.len());
    }
    let mut added: Vec<String> = names.iter().filter(|name| !name.ends_with('/') && *name != sums).cloned().collect();
    added.retain(|name| name.strip_prefix(&root).is_none_or(|path| !list.contains_key(path)));
    added.sort();
    report.added = Some(added);
    Ok(report)
}

fn is_list(name: &str) -> bool {
    name == SUMS || name.split_once('/').is_some_and(|(_, rest)| rest == SUMS)
}

fn count(lists: usize) -> String {
    if lists == 0 { format!("no {SUMS}") } else { format!("{lists} lists {SUMS}") }
}
