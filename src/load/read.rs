//! Reads a folder: `content/`, `themes/` and `evidence/`, sorted, without following links.
//!
//! The names are walked first and the files read in parallel. [`read_again`] reads only what is said to have changed,
//! where that is plain files; it keeps no clock and trusts no times of files.

#![expect(clippy::disallowed_methods, reason = "it is the one room that reads the content")]

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::alike::{composed, in_pieces};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::error::Error;
use crate::file::{FOLDERS, Files, is_passed_over};

/// The size from which a text is refused, in bytes: no person typed it, and reading it would take seconds.
const LARGEST_TEXT: u64 = 16 << 20;

/// The size from which sources.yaml is refused, which cannot be divided: a quarter of a million sources have 40 MB.
const LARGEST_SOURCES: u64 = 64 << 20;

/// The size from which any other file is refused, in bytes: it is held in memory, and few hosts take one as large.
const LARGEST_ASSET: u64 = 1 << 30;

/// Reads the files of a site. What is no text where text is wanted is reported and left out.
///
/// # Errors
///
/// Where there is no `content/`, where a folder or file cannot be read, and at what is neither file nor folder.
pub fn read(root: &Path) -> Result<(Files, Diagnostics), Error> {
    let content = root.join("content");
    if !content.is_dir() {
        return Err(Error::refused(format!("there is no site in `{}`: it has no folder `content`", root.display()))
            .with_help("go to the folder that holds `content/`, name it with `--root DIR`, or start a site with `dateline new site DIR`"));
    }
    let mut reader = Reader { root, paths: Vec::new(), diagnostics: Diagnostics::default() };
    reader.folder(&content)?;
    for folder in FOLDERS.iter().skip(1).map(|folder| root.join(folder)) {
        if folder.is_dir() {
            reader.folder(&folder)?;
        }
    }
    let (paths, mut diagnostics) = (reader.paths, reader.diagnostics);
    let read: Vec<_> = paths.par_iter().map(|(path, name)| file(path, name)).collect::<Result<_, _>>()?;
    let mut files = Files::default();
    for ((_, name), what) in paths.into_iter().zip(read) {
        put(&mut files, name, what, &mut diagnostics);
    }
    Ok((files, diagnostics))
}

/// Reads again what may have changed since the files were read: `changed` are paths under `root`, of files that were
/// written, came or went. Everything is read again where that is not plain, as with folders, links, or files that could
/// not be read before.
///
/// # Errors
///
/// As [`read`].
pub fn read_again(root: &Path, files: &mut Files, found: &mut Diagnostics, changed: &[PathBuf]) -> Result<(), Error> {
    let plain = found.iter().next().is_none() && changed.iter().all(|path| one_again(root, files, found, path));
    if !plain || found.iter().next().is_some() {
        (*files, *found) = read(root)?;
    }
    Ok(())
}

/// Reads a file again; tells whether that was all there was to do.
fn one_again(root: &Path, files: &mut Files, found: &mut Diagnostics, path: &Path) -> bool {
    let Ok(relative) = path.strip_prefix(root) else { return false };
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    let Some(parts) = parts else { return false };
    if !parts.first().is_some_and(|first| FOLDERS.contains(first)) || parts.iter().any(|part| is_passed_over(part)) {
        return true;
    }
    let name = parts.join("/");
    // Where a name could be that of another file too, all names have to be looked at.
    if composed(&name) != name || in_pieces(&name).is_some_and(|twin| root.join(twin).symlink_metadata().is_ok()) {
        return false;
    }
    let folders = (1..parts.len()).map(|length| root.join(parts[..length].join("/")));
    let mut kinds = folders.map(|folder| fs::symlink_metadata(folder).map(|data| data.is_dir()));
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() && kinds.all(|kind| kind.is_ok_and(|is_folder| is_folder)) => {
            let name: Arc<str> = name.into();
            let Ok(what) = file(path, &name) else { return false };
            files.remove(&name);
            put(files, name, what, found);
            true
        }
        Err(cause) if cause.kind() == ErrorKind::NotFound => files.remove(&name) || !files.has_folder(&name),
        _ => false,
    }
}

/// Reads a file of another tool, whole. `largest` is in bytes.
///
/// # Errors
///
/// Where it cannot be read, is no ordinary file, is larger than `largest`, or is not UTF-8.
pub fn import_text(path: &Path, largest: u64) -> Result<String, Error> {
    let about = fs::metadata(path).map_err(|cause| Error::io("read", path, cause))?;
    if !about.is_file() {
        return Err(Error::refused(format!("`{}` is not a file", path.display())).with_help("name the file to import"));
    }
    let bytes = match bounded(path, largest).map_err(|cause| Error::io("read", path, cause))? {
        Ok(bytes) => bytes,
        Err(size) => {
            let (size, most) = (size.div_ceil(1 << 20), largest >> 20);
            let message = format!("`{}` has {size} MB; at most {most} MB are imported", path.display());
            return Err(Error::refused(message).with_help("divide it, and import one part after the other"));
        }
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::refused(format!(
            "`{}` is not UTF-8: line {line} holds a byte that is not part of any letter",
            path.display()
        ))
        .with_help("save it again as UTF-8; in a spreadsheet, choose `CSV UTF-8`")
    })
}

struct Reader<'a> {
    root: &'a Path,
    paths: Vec<(PathBuf, Arc<str>)>,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    fn folder(&mut self, folder: &Path) -> Result<(), Error> {
        let walk = WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
        for entry in walk {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(folder).to_owned();
                // The walk's own words repeat the path; a loop, which has no other cause, needs links to be followed.
                let cause = error.into_io_error().unwrap_or_else(|| ErrorKind::InvalidInput.into());
                Error::io("read", &path, cause)
            })?;
            let Some(path) = self.name(entry.path()) else { continue };
            let kind = entry.file_type();
            if kind.is_symlink() {
                let message = format!("`{path}` is a link to another place");
                let diagnostic = Diagnostic::new(Code::BadFileName, message)
                    .help("copy the file itself into the folder: links do not survive a stick, an archive or a clone");
                self.diagnostics.push(diagnostic);
            } else if kind.is_file() {
                self.paths.push((entry.into_path(), path));
            } else if !kind.is_dir() {
                return Err(Error::refused(format!("`{path}` is neither a file nor a folder"))
                    .with_help("move it away: a pipe, a socket or a device cannot be published"));
            }
        }
        Ok(())
    }

    /// Returns a path as messages and links have it: relative to the root, with forward slashes and composed letters.
    fn name(&mut self, path: &Path) -> Option<Arc<str>> {
        let relative = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        if let Some(parts) = parts {
            return Some(composed(&parts.join("/")).into());
        }
        let message = format!("the name of `{}` is not UTF-8", relative.display());
        self.diagnostics.push(Diagnostic::new(Code::BadFileName, message).help("rename the file"));
        None
    }
}

/// What a file is read as.
enum Read {
    Text(String),
    Asset(Vec<u8>),
    /// A text that cannot be read as one.
    Fault(Diagnostic),
}

fn file(path: &Path, name: &str) -> Result<Read, Error> {
    let is_text = match path.extension().and_then(|end| end.to_str()) {
        Some("md" | "yaml") => true,
        Some("html" | "htm" | "txt" | "xml") => !name.starts_with("content/"),
        Some("svg") => name.starts_with("themes/") && name.contains("/templates/"),
        _ => false,
    };
    let (largest, help) = match name {
        _ if !is_text => (LARGEST_ASSET, "keep it where large files are kept, and link to it there"),
        "content/sources.yaml" => {
            (LARGEST_SOURCES, "take out the sources that nothing uses, and put what is no source into `content/media/`")
        }
        _ => (LARGEST_TEXT, "split the file, or move what is not text into `content/media/`"),
    };
    let bytes = match bounded(path, largest).map_err(|cause| Error::io("read", path, cause))? {
        Ok(bytes) if is_text => bytes,
        Ok(bytes) => return Ok(Read::Asset(bytes)),
        Err(size) => {
            let what = if is_text { " of text" } else { "" };
            let (size, most) = (size.div_ceil(1 << 20), largest >> 20);
            let message = format!("`{name}` has {size} MB; at most {most} MB{what} are read");
            return Ok(Read::Fault(Diagnostic::new(Code::TooLarge, message).help(help)));
        }
    };
    Ok(String::from_utf8(bytes).map_or_else(
        |error| {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("`{name}` is not saved as UTF-8: line {line} has a letter that cannot be read");
            let help = "save the file again in your editor, with the encoding UTF-8";
            Read::Fault(Diagnostic::new(Code::NotText, message).help(help))
        },
        Read::Text,
    ))
}

/// Reads a file of at most so many bytes; of a larger one nothing but its size, which is the error.
fn bounded(path: &Path, largest: u64) -> io::Result<Result<Vec<u8>, u64>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > largest {
        return Ok(Err(size));
    }
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(size).unwrap_or_default())?;
    // It may be larger than it says: it grows while it is read, or is a device.
    let read = file.take(largest + 1).read_to_end(&mut bytes)? as u64;
    Ok(if read > largest { Err(read) } else { Ok(bytes) })
}

/// Puts what was read among the files.
///
/// A NUL is told here and not with other control characters, where texts are parsed: templates and stored copies may not
/// have one either, and a file that has one has many and needs another way out.
fn put(files: &mut Files, name: Arc<str>, what: Read, diagnostics: &mut Diagnostics) {
    if files.text(&name).is_some() || files.asset(&name).is_some() {
        let message =
            format!("`{name}` is there twice: the letters of two names are the same, put together differently");
        let help = "rename one of them: macOS holds them for one file, and nobody can tell them apart";
        diagnostics.push(Diagnostic::new(Code::BadFileName, message).help(help));
        return;
    }
    match what {
        Read::Text(text) => match text.find('\0') {
            None => files.insert_text(name, text),
            Some(at) => {
                let diagnostic = Diagnostic::new(Code::NotText, "the file holds a NUL, which no text has")
                    .at(Span::new(&name, at..at + 1), "here")
                    .help("save the file as plain text, in UTF-8");
                diagnostics.push(diagnostic);
                files.insert_text(name, text.replace('\0', " "));
            }
        },
        Read::Asset(bytes) => files.insert_asset(name, bytes),
        Read::Fault(diagnostic) => diagnostics.push(diagnostic),
    }
}

/// Tells whether a file or folder is hidden, or one that an editor or a system leaves behind.
fn is_hidden(entry: &DirEntry) -> bool {
    is_passed_over(&entry.file_name().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::bounded;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_not_a_byte_further() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        std::fs::write(&path, [b'a'; 5]).expect("the file can be written");
        assert_eq!(bounded(&path, 5).expect("it can be read"), Ok(vec![b'a'; 5]));
        assert_eq!(bounded(&path, 4).expect("it can be asked"), Err(5));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_is_larger_than_it_says_is_read_no_further_than_its_bound() {
        let endless = std::path::Path::new("/dev/zero");
        assert_eq!(bounded(endless, 4096).expect("it can be read"), Err(4097));
    }
}
