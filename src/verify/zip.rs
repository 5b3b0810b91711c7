//! A copy in a zip, which is read and never unpacked.
//!
//! Whoever unpacks it must get what was held against the list. So an archive is refused that has two files for one place, of
//! which the last one unpacked would stay, one whose files have another name where they begin, which a program that unpacks
//! while it reads takes, and one whose files share bytes, with which little becomes very much.

#![expect(clippy::disallowed_methods, reason = "a copy on the disk is read from the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::alike::folded;
use crate::error::Error;

use super::{Found, Progress, Report, SUMS, hash, list};

/// What the files of an archive may have together, unpacked: a bomb is recognised before it has cost much.
const MOST: u64 = 8 * 1024 * 1024 * 1024;
/// The bytes that stand before each file at the least (APPNOTE.TXT, 4.3.7).
const HEADER: usize = 30;

type Archive = ZipArchive<BufReader<File>>;

/// Holds an archive against the list in it, which lies at its root or in its one folder.
///
/// # Errors
///
/// When the archive or its list cannot be read, when the list is none, and when two files are one in the archive.
pub fn zip(path: &Path, progress: Progress<'_>) -> Result<Report, Error> {
    let file = File::open(path).map_err(|cause| Error::io("read", path, cause))?;
    let broken = |error: ZipError| Error::refused(format!("`{}` cannot be read as a zip: {error}", path.display()));
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    let unlike = |why: String| {
        Error::refused(format!("`{}` {why}", path.display()))
            .with_help("`dateline export zip` makes no such archive: do not use this copy")
    };
    let places = places(&archive).map_err(unlike)?;
    let again = File::open(path).and_then(|file| named_otherwise(&archive, BufReader::new(file)));
    if let Some(why) = again.map_err(|cause| Error::io("read", path, cause))? {
        return Err(unlike(why));
    }
    let lists: Vec<&String> = places.keys().filter(|name| is_list(name)).collect();
    let [sums] = lists[..] else {
        let message = format!("`{}` has {} at its root or in its folder", path.display(), count(lists.len()));
        return Err(Error::refused(message).with_help("`dateline export zip` makes an archive that can be verified"));
    };
    let root = sums.strip_suffix(SUMS).unwrap_or_default();
    let text = list::text(archive.by_index(places[sums]).map_err(broken)?, path)?;
    let list = list::read(&text)?;
    let mut report = Report::default();
    let mut left = MOST;
    for (number, (path, sum)) in list.iter().enumerate() {
        let found = match places.get(&format!("{root}{path}")) {
            Some(at) => held(&mut archive, *at, sum, &mut left),
            None => Found::Missing,
        };
        report.take(path, found);
        progress(number + 1, list.len());
    }
    let is_added =
        |name: &str| name.strip_prefix(root).is_none_or(|path| !list.contains_key(path)) && !name.ends_with('/');
    let added = places.keys().filter(|name| *name != sums && is_added(name));
    report.added = Some(added.cloned().collect());
    Ok(report)
}

/// Finds the place in the archive of each name; or tells what makes two of its files one.
fn places(archive: &Archive) -> Result<BTreeMap<String, usize>, String> {
    // Of names that are the same to the last byte, the archive as it was read has only the last.
    if archive.has_duplicate_names() {
        return Err("has two files of one name".to_owned());
    }
    let mut places = BTreeMap::new();
    let mut known = BTreeSet::new();
    for (at, name) in archive.file_names().enumerate() {
        let name = name.map_err(|error| format!("has a name that cannot be read: {error}"))?.into_owned();
        if !known.insert(unpacked(&name)) {
            return Err(format!("has two files that unpack to one: the second is `{}`", name.escape_debug()));
        }
        places.insert(name, at);
    }
    if shares_bytes(archive) { Err("has files that share their bytes".to_owned()) } else { Ok(places) }
}

/// Finds a file whose name where it begins is not that of the directory, which stands at the end (APPNOTE.TXT, 4.3.7).
fn named_otherwise(archive: &Archive, mut bytes: impl Read + Seek) -> io::Result<Option<String>> {
    for entry in (0..archive.len()).filter_map(|at| archive.by_index_data(at).ok()) {
        let mut header = [0; HEADER];
        bytes.seek(SeekFrom::Start(entry.header_start()))?;
        bytes.read_exact(&mut header)?;
        let mut name = vec![0; usize::from(u16::from_le_bytes([header[26], header[27]]))];
        bytes.read_exact(&mut name)?;
        if name != entry.name_raw() {
            let (one, other) = (name.escape_ascii(), entry.name_raw().escape_ascii());
            return Ok(Some(format!(
                "has a file with two names: `{one}` where it begins, and `{other}` in the directory"
            )));
        }
    }
    Ok(None)
}

/// Returns where a name leads on systems that hold the most names for one, as programs that unpack read it.
fn unpacked(name: &str) -> String {
    let folded = folded(name.split('\0').next().unwrap_or(name));
    let parts = folded.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// Tells whether two files, or a file and the directory behind all of them, share bytes. One packed block could otherwise
/// stand for a thousand files of twenty megabytes; without that, deflate makes a thousandfold of the archive at the most.
fn shares_bytes(archive: &Archive) -> bool {
    let entries = (0..archive.len()).filter_map(|at| archive.by_index_data(at).ok());
    let mut ranges: Vec<(u64, u64)> = entries
        .map(|entry| {
            (
                entry.header_start(),
                entry.header_start().saturating_add(entry.compressed_size()).saturating_add(HEADER as u64),
            )
        })
        .collect();
    ranges.push((archive.central_directory_start(), u64::MAX));
    ranges.sort_unstable();
    ranges.windows(2).any(|two| two[0].1 > two[1].0)
}

fn held(archive: &mut Archive, at: usize, sum: &str, left: &mut u64) -> Found {
    match archive.by_index(at) {
        // A link is not followed, as in a folder: what it leads to is not a part of the copy.
        Ok(entry) if !entry.is_file() => Found::Changed,
        Ok(entry) => {
            let size = entry.size();
            let found = hash(entry, size.min(*left));
            *left = left.saturating_sub(size);
            match found {
                Ok(found) if found == *sum => Found::Same,
                Ok(_) => Found::Changed,
                Err(error) => Found::Unread(error.to_string()),
            }
        }
        Err(error) => Found::Unread(error.to_string()),
    }
}

fn is_list(name: &str) -> bool {
    name == SUMS || name.split_once('/').is_some_and(|(_, rest)| rest == SUMS)
}

fn count(lists: usize) -> String {
    if lists == 0 { format!("no {SUMS}") } else { format!("{lists} lists {SUMS}") }
}
