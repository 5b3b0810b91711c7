//! The folders inside the output folder, and whether the way to a file leads through real ones.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::error::Error;

/// Returns the folder that holds a path, or nothing for the output folder itself.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Lists the folders above a path, the outermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// What is on the way to a folder.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// Folders, all of them real.
    Open,
    /// Folders that are not there.
    Missing,
    /// A file or a symbolic link that stands where a folder should.
    Blocked(String),
}

/// The folders in the output folder, each looked at once and never through a symbolic link.
#[derive(Debug)]
pub(super) struct Folders<'d> {
    /// The output folder.
    pub(super) dir: &'d Path,
    ways: BTreeMap<String, Way>,
}

impl<'d> Folders<'d> {
    /// Begins with the output folder, which may itself be reached by a link: the user chose it.
    pub(super) fn new(dir: &'d Path) -> Self {
        Self { dir, ways: BTreeMap::from([(String::new(), Way::Open)]) }
    }

    /// Looks at the folders above the paths.
    pub(super) fn learn<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Result<(), Error> {
        for path in paths {
            if self.ways.contains_key(parent(path)) {
                continue;
            }
            for folder in above(path) {
                if !self.ways.contains_key(folder) {
                    let way = self.look(folder)?;
                    self.ways.insert(folder.to_owned(), way);
                }
            }
        }
        Ok(())
    }

    fn look(&self, folder: &str) -> Result<Way, Error> {
        match self.way(folder) {
            Way::Open => {}
            closed => return Ok(closed.clone()),
        }
        let place = self.dir.join(folder);
        match fs::symlink_metadata(&place) {
            Ok(data) if data.is_dir() => Ok(Way::Open),
            Ok(_) => Ok(Way::Blocked(folder.to_owned())),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Way::Missing),
            Err(cause) => Err(Error::io("read", &place, cause)),
        }
    }

    /// Tells what is on the way to a path.
    pub(super) fn way(&self, path: &str) -> &Way {
        self.ways.get(parent(path)).expect("the folders above every path were learnt first")
    }

    /// Lists those folders above a path that are there.
    pub(super) fn open_above<'p>(&self, path: &'p str) -> impl Iterator<Item = &'p str> {
        above(path).filter(|folder| matches!(self.ways[*folder], Way::Open))
    }

    /// Lists those folders above a path that are not.
    pub(super) fn closed_above<'p>(&self, path: &'p str) -> impl Iterator<Item = &'p str> {
        above(path).filter(|folder| !matches!(self.ways[*folder], Way::Open))
    }

    /// Tells whether a path can be reached through real folders only.
    pub(super) fn reaches(&self, path: &str) -> bool {
        matches!(self.way(path), Way::Open)
    }
}
