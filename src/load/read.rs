//! Reads a folder: `content/`, `themes/` and `evidence/`, sorted, without following links.
//!
//! A [`Folder`] is read again and again, and takes only from the disk what has changed since. Which files are there is
//! looked at anew each time. Nothing here is told to it by others but names of files that must be read again.

#![expect(clippy::disallowed_methods, reason = "it is the one room that reads the content")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::error::Error;
use crate::file::{FOLDERS, Files, is_passed_over};

/// The size from which a text is refused: no person typed it, and reading it would take seconds.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// Reads the files of a site. What is no text where text is wanted is reported and left out.
///
/// # Errors
///
/// Where there is no `content/`, where a folder or file cannot be read, and at what is neither file nor folder.
pub fn read(root: &Path) -> Result<(Files, Diagnostics), Error> {
    Folder::new(root).read(None)
}

/// The folder of a site, with what was read of it.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    known: BTreeMap<Arc<str>, Known>,
}

/// What was read of a file.
#[derive(Clone, Debug)]
struct Known {
    stamp: Stamp,
    content: Content,
    /// What is wrong with it.
    found: Option<Diagnostic>,
}

#[derive(Clone, Debug)]
enum Content {
    Text(Arc<str>),
    Asset(Arc<[u8]>),
    Refused,
}

/// What tells that a file is another one, or has another content. Two saves of one length within the clock of a file
/// system have the same stamp; so a stamp that is among the newest is not relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    /// Since 1970; `None` where the file system does not tell.
    modified: Option<Duration>,
    length: u64,
    node: u64,
}

/// How much older than the newest file one must be, so that its stamp is relied on. Some file systems count in two seconds.
const SETTLED: Duration = Duration::from_secs(3);

impl Folder {
    /// Names a folder, without looking at it.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), known: BTreeMap::new() }
    }

    /// Reads the files of a site as [`read`] does. With `touched`, only these files are read again, and those in folders
    /// that are named, and what is new; without it, every file of which the stamp differs.
    ///
    /// # Errors
    ///
    /// Those of [`read`]. Then everything is read again the next time.
    pub fn read(&mut self, touched: Option<&BTreeSet<String>>) -> Result<(Files, Diagnostics), Error> {
        let content = self.root.join("content");
        let known = std::mem::take(&mut self.known);
        if !content.is_dir() {
            return Err(Error::refused(format!("there is no site in `{}`: it has no folder `content`", self.root.display()))
                .with_help("go to the folder that holds `content/`, name it with `--root DIR`, or start a site with `dateline new site DIR`"));
        }
        let newest = known.values().filter_map(|known| known.stamp.modified).max();
        let settled = newest.and_then(|newest| newest.checked_sub(SETTLED));
        let mut reader = Reader {
            root: &self.root,
            touched,
            settled,
            known,
            now: BTreeMap::new(),
            diagnostics: Diagnostics::default(),
        };
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                reader.folder(&folder)?;
            }
        }
        let (now, mut diagnostics) = (reader.now, reader.diagnostics);
        let mut files = Files::default();
        for (name, known) in &now {
            match &known.content {
                Content::Text(text) => files.insert_text(Arc::clone(name), Arc::clone(text)),
                Content::Asset(bytes) => files.insert_asset(Arc::clone(name), Arc::clone(bytes)),
                Content::Refused => {}
            }
            known.found.iter().for_each(|found| diagnostics.push(found.clone()));
        }
        self.known = now;
        Ok((files, diagnostics))
    }
}

struct Reader<'a> {
    root: &'a Path,
    touched: Option<&'a BTreeSet<String>>,
    /// From when on a stamp is not relied on.
    settled: Option<Duration>,
    known: BTreeMap<Arc<str>, Known>,
    now: BTreeMap<Arc<str>, Known>,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    fn folder(&mut self, folder: &Path) -> Result<(), Error> {
        let walk = WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy()));
        for entry in walk {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(folder).to_owned();
                Error::io("read", &path, error.into())
            })?;
            let Some(path) = self.name(entry.path()) else { continue };
            let kind = entry.file_type();
            if kind.is_symlink() {
                let message = format!("`{path}` is a link to another place");
                let diagnostic = Diagnostic::new(Code::BadFileName, message)
                    .help("copy the file itself into the folder: links do not survive a stick, an archive or a clone");
                self.diagnostics.push(diagnostic);
            } else if kind.is_file() {
                self.file(entry.path(), path)?;
            } else if !kind.is_dir() {
                return Err(Error::refused(format!("`{path}` is neither a file nor a folder"))
                    .with_help("move it away: a pipe, a socket or a device cannot be published"));
            }
        }
        Ok(())
    }

    /// Returns a path as messages and links have it: relative to the root, with forward slashes.
    fn name(&mut self, path: &Path) -> Option<Arc<str>> {
        let relative = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        if let Some(parts) = parts {
            return Some(parts.join("/").into());
        }
        let message = format!("the name of `{}` is not UTF-8", relative.display());
        self.diagnostics.push(Diagnostic::new(Code::BadFileName, message).help("rename the file"));
        None
    }

    fn file(&mut self, path: &Path, name: Arc<str>) -> Result<(), Error> {
        let known = self.known.remove(&name);
        let stamp = match (self.touched, &known) {
            (Some(touched), Some(_)) if !is_touched(touched, &name) => None,
            _ => Some(Stamp::of(path)?),
        };
        let known =
            known.filter(|known| stamp.is_none_or(|stamp| self.touched.is_none() && self.is_same(known, stamp)));
        let known = match (known, stamp) {
            (None, Some(stamp)) => {
                let bytes = fs::read(path).map_err(|cause| Error::io("read", path, cause))?;
                let (content, found) = content(&name, bytes);
                Known { stamp, content, found }
            }
            (known, _) => known.expect("what is not read again is known"),
        };
        self.now.insert(name, known);
        Ok(())
    }

    fn is_same(&self, known: &Known, stamp: Stamp) -> bool {
        known.stamp == stamp && stamp.modified.is_some() && stamp.modified < self.settled
    }
}

impl Stamp {
    fn of(path: &Path) -> Result<Self, Error> {
        let metadata = fs::metadata(path).map_err(|cause| Error::io("read", path, cause))?;
        #[cfg(unix)]
        let node = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let node = 0;
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok(Self { modified, length: metadata.len(), node })
    }
}

/// Tells whether a file, or a folder that it lies in, is among those that were touched.
fn is_touched(touched: &BTreeSet<String>, name: &str) -> bool {
    let folders = name.match_indices('/').map(|(at, _)| &name[..at]);
    folders.chain([name]).any(|path| touched.contains(path))
}

/// Makes a text of bytes where text is wanted, with what is wrong with it.
fn content(name: &Arc<str>, bytes: Vec<u8>) -> (Content, Option<Diagnostic>) {
    let is_text = match name.rsplit('/').next().and_then(|last| last.rsplit_once('.')) {
        Some((stem, "md" | "yaml")) => !stem.is_empty(),
        Some((stem, "html" | "htm" | "txt" | "xml")) => !stem.is_empty() && !name.starts_with("content/"),
        _ => false,
    };
    if !is_text {
        return (Content::Asset(bytes.into()), None);
    }
    if bytes.len() as u64 > LARGEST_TEXT {
        let message =
            format!("`{name}` has {} MB; at most {} MB of text are read", bytes.len() >> 20, LARGEST_TEXT >> 20);
        let diagnostic = Diagnostic::new(Code::TooLarge, message)
            .help("split the file, or move what is not text into `content/media/`");
        return (Content::Refused, Some(diagnostic));
    }
    match String::from_utf8(bytes) {
        Ok(text) => without_nul(name, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("`{name}` is not UTF-8: line {line} holds a byte that is not part of any letter");
            let diagnostic = Diagnostic::new(Code::NotText, message).help("save the file as UTF-8 in your editor");
            (Content::Refused, Some(diagnostic))
        }
    }
}

fn without_nul(name: &Arc<str>, text: String) -> (Content, Option<Diagnostic>) {
    let Some(at) = text.find('\0') else { return (Content::Text(text.into()), None) };
    let diagnostic = Diagnostic::new(Code::NotText, "the file holds a NUL, which no text has")
        .at(Span::new(name, at..at + 1), "here")
        .help("save the file as plain text, in UTF-8");
    (Content::Text(text.replace('\0', " ").into()), Some(diagnostic))
}
