//! What a folder is like after runs, whole and broken ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::past::LOCK;
use super::*;
use crate::output::{Shelf as _, Stage};

mod broken;
#[cfg(unix)]
mod links;
mod others;
mod whole;

fn site(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (path, text) in files {
        let stage = match path.rsplit_once('.') {
            Some((_, "html")) => Stage::Page,
            Some((_, "xml")) => Stage::Index,
            _ => Stage::Asset,
        };
        let bytes = text.as_bytes().to_vec();
        output.insert((*path).to_owned(), stage, bytes).expect("a test names each path once");
    }
    output
}

fn small() -> Output {
    site(&[("index.html", "home"), ("event/fire.html", "fire"), ("style.css", "a{}"), ("feed.xml", "<feed/>")])
}

/// A folder that does not exist yet, in one that goes with the test.
struct Place {
    holder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { holder: TempDir::new().expect("a temporary folder") }
    }

    fn built(output: &Output) -> Self {
        let place = Self::new();
        place.write(output);
        place
    }

    fn dir(&self) -> PathBuf {
        self.holder.path().join("public")
    }

    fn put(&self, path: &str, text: &str) {
        let target = self.dir().join(path);
        fs::create_dir_all(target.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(target, text).expect("a file");
    }

    fn try_write(&self, output: &Output) -> Result<Written, Error> {
        write(output, &self.dir(), &WriteOptions::default())
    }

    fn write(&self, output: &Output) -> Written {
        self.try_write(output).expect("the folder takes the output")
    }

    fn adopt(&self, output: &Output) -> Result<Written, Error> {
        write(output, &self.dir(), &WriteOptions { adopt: true, ..WriteOptions::default() })
    }

    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        walk(&self.dir(), "", &mut tree);
        tree
    }

    fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.dir().join(path)).is_ok()
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.dir().join(path)).expect("a file")
    }
}

/// Reads a folder into paths and texts; a folder ends with a slash, so that empty ones are seen.
fn walk(dir: &Path, prefix: &str, tree: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().display());
        if entry.file_type().expect("a kind").is_dir() {
            tree.insert(format!("{path}/"), String::new());
            walk(&entry.path(), &format!("{path}/"), tree);
        } else {
            let text = fs::read(entry.path()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            tree.insert(path, text.expect("a file"));
        }
    }
}

fn age(path: &Path) -> SystemTime {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    File::open(path).and_then(|file| file.set_modified(old)).expect("a time that can be set");
    old
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|data| data.modified()).expect("a time")
}

fn refusal(result: Result<Written, Error>) -> String {
    let error = result.expect_err("the write is refused");
    format!("{error}; {}", error.help().unwrap_or("no help"))
}
