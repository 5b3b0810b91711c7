//! Holds a copy of a site against the `SHA256SUMS` that came with it: what is missing, what is changed, what was added.
//!
//! The list is read as a stranger's: a path that leaves the copy is refused before anything is opened. Files are hashed as
//! they are read and never held. Whether the list itself is the publisher's, no list can tell; who has to know compares it
//! with one from elsewhere.

mod folder;
mod list;
#[cfg(feature = "web")]
mod web;
mod zip;

use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

use crate::sums::SUMS;

pub use self::folder::folder;
#[cfg(feature = "web")]
pub use self::web::web;
pub use self::zip::zip;

/// Told after each file: how many are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// How a copy stands to its list. Paths are relative to the copy, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many files were held against the list.
    pub checked: usize,
    /// Listed, and not there.
    pub missing: Vec<String>,
    /// There, and not what is listed.
    pub changed: Vec<String>,
    /// There, and not listed; `None` where it cannot be known, as with a copy on the web.
    pub added: Option<Vec<String>>,
    /// Could not be read, with the reason.
    pub unread: Vec<(String, String)>,
    /// Listed, and not asked for: what hosts read and do not serve.
    pub passed_over: Vec<String>,
}

impl Report {
    /// Tells whether every listed file is there as it is listed.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.unread.is_empty()
    }

    fn take(&mut self, path: &str, found: Found) {
        self.checked += 1;
        match found {
            Found::Same => {}
            Found::Missing => self.missing.push(path.to_owned()),
            Found::Changed => self.changed.push(path.to_owned()),
            Found::Unread(why) => self.unread.push((path.to_owned(), why)),
        }
    }
}

/// How one file stands to its line.
enum Found {
    Same,
    Missing,
    Changed,
    Unread(String),
}

/// Hashes what a reader gives, at most so many bytes.
///
/// # Errors
///
/// Those of the reader, and one where there is more.
fn hash(mut reader: impl Read, most: u64) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0u64;
    loop {
        let count = reader.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        total += count as u64;
        if total > most {
            return Err(io::Error::other("it is larger than anything a site holds"));
        }
        hasher.update(&buffer[..count]);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
