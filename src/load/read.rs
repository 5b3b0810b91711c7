//! Reads a folder: `content/`, `themes/` and `evidence/`, sorted, without following links.

#![expect(clippy::disallowed_methods, reason = "it is the one room that reads the content")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::error::Error;
use crate::file::Files;

/// The size from which a text is refused: no person typed it, and reading it would take seconds.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

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
    let mut reader = Reader { root, files: Files::default(), diagnostics: Diagnostics::default() };
    reader.folder(&content)?;
    for folder in ["themes", "evidence"] {
        let folder = root.join(folder);
        if folder.is_dir() {
            reader.folder(&folder)?;
        }
    }
    Ok((reader.files, reader.diagnostics))
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
    if about.len() > largest {
        let message =
            format!("`{}` has {} MB; at most {} MB are imported", path.display(), about.len() >> 20, largest >> 20);
        return Err(Error::refused(message).with_help("divide it, and import one part after the other"));
    }
    let bytes = fs::read(path).map_err(|cause| Error::io("read", path, cause))?;
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
    files: Files,
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
        let is_text = match path.extension().and_then(|end| end.to_str()) {
            Some("md" | "yaml") => true,
            Some("html" | "htm" | "txt" | "xml") => !name.starts_with("content/"),
            _ => false,
        };
        let bytes = fs::read(path).map_err(|cause| Error::io("read", path, cause))?;
        if !is_text {
            self.files.insert_asset(name, bytes);
            return Ok(());
        }
        if bytes.len() as u64 > LARGEST_TEXT {
            let message =
                format!("`{name}` has {} MB; at most {} MB of text are read", bytes.len() >> 20, LARGEST_TEXT >> 20);
            self.diagnostics.push(
                Diagnostic::new(Code::TooLarge, message)
                    .help("split the file, or move what is not text into `content/media/`"),
            );
            return Ok(());
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.text(name, text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                let message = format!("`{name}` is not UTF-8: line {line} holds a byte that is not part of any letter");
                self.diagnostics
                    .push(Diagnostic::new(Code::NotText, message).help("save the file as UTF-8 in your editor"));
            }
        }
        Ok(())
    }

    fn text(&mut self, name: Arc<str>, text: String) {
        if let Some(at) = text.find('\0') {
            let diagnostic = Diagnostic::new(Code::NotText, "the file holds a NUL, which no text has")
                .at(Span::new(&name, at..at + 1), "here")
                .help("save the file as plain text, in UTF-8");
            self.diagnostics.push(diagnostic);
            let text = text.replace('\0', " ");
            self.files.insert_text(name, text);
        } else {
            self.files.insert_text(name, text);
        }
    }
}

/// Tells whether a file or folder is hidden, or one that an editor or a system leaves behind.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || matches!(&*name, "Thumbs.db" | "desktop.ini")
}
