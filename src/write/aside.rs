//! What is made and not yet to be written, out of memory: pages of a large site until the last of them is known to be
//! without a mistake.
//!
//! It lies in one file without a name, in `.dateline/cache/`, that goes when the program ends, however it ends. Small
//! sites never come to it. Where there is no such file, or the disk is full, the bytes stay in memory: nothing fails here.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use sha2::{Digest as _, Sha256};

use crate::cache::make;
use crate::output::{Content, Shelf};

/// So many bytes stay in memory: 16 MB.
const HELD: u64 = 16 << 20;

/// Sets bytes aside where there are many.
#[derive(Debug)]
pub struct Aside {
    /// `None` where everything stays in memory.
    folder: Option<PathBuf>,
    most: u64,
    held: AtomicU64,
    file: OnceLock<Option<Arc<Nameless>>>,
}

/// A file without a name.
#[derive(Debug)]
struct Nameless {
    file: Mutex<File>,
}

/// Bytes that are kept for [`write()`](super::write()): in memory, or set aside.
#[derive(Clone, Debug)]
pub struct Kept(Place);

#[derive(Clone, Debug)]
enum Place {
    Memory(Arc<[u8]>, OnceLock<[u8; 32]>),
    Aside { file: Arc<Nameless>, start: u64, length: usize, sum: [u8; 32] },
}

impl Aside {
    /// Makes a shelf that sets aside into a folder, which is made when there is much to keep; without one, nothing is.
    pub fn into_folder(folder: Option<&Path>) -> Self {
        Self { folder: folder.map(Path::to_owned), most: HELD, held: AtomicU64::new(0), file: OnceLock::new() }
    }

    /// Makes one that holds fewer bytes in memory, for tests.
    #[cfg(test)]
    pub(super) fn sparing(folder: &Path, most: u64) -> Self {
        Self { most, ..Self::into_folder(Some(folder)) }
    }

    fn file(&self) -> Option<&Arc<Nameless>> {
        let make = || {
            let folder = self.folder.as_ref()?;
            make(folder).ok()?;
            let file = tempfile::tempfile_in(folder).ok()?;
            Some(Arc::new(Nameless { file: Mutex::new(file) }))
        };
        self.file.get_or_init(make).as_ref()
    }

    fn set_aside(&self, bytes: &[u8]) -> Option<Kept> {
        let file = self.file()?;
        let start = file.append(bytes).ok()?;
        let sum = Sha256::digest(bytes).into();
        Some(Kept(Place::Aside { file: Arc::clone(file), start, length: bytes.len(), sum }))
    }
}

impl Shelf for Aside {
    type Content = Kept;

    fn keep(&self, bytes: Vec<u8>) -> Kept {
        let length = bytes.len() as u64;
        if self.held.fetch_add(length, Ordering::Relaxed) + length > self.most
            && let Some(kept) = self.set_aside(&bytes)
        {
            self.held.fetch_sub(length, Ordering::Relaxed);
            return kept;
        }
        Arc::<[u8]>::from(bytes).into()
    }
}

impl Nameless {
    /// Writes bytes behind those that are there, and returns where they begin.
    fn append(&self, bytes: &[u8]) -> io::Result<u64> {
        let mut file = self.file.lock().expect("no thread panics while it holds this");
        let start = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(start)
    }

    fn read(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let mut file = self.file.lock().expect("no thread panics while it holds this");
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl From<Arc<[u8]>> for Kept {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self(Place::Memory(bytes, OnceLock::new()))
    }
}

impl Content for Kept {
    fn length(&self) -> u64 {
        match &self.0 {
            Place::Memory(bytes, _) => bytes.length(),
            Place::Aside { length, .. } => *length as u64,
        }
    }

    fn sum(&self) -> [u8; 32] {
        match &self.0 {
            Place::Memory(bytes, sum) => *sum.get_or_init(|| bytes.sum()),
            Place::Aside { sum, .. } => *sum,
        }
    }

    fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        match &self.0 {
            Place::Memory(bytes, _) => bytes.read(),
            Place::Aside { file, start, length, .. } => file.read(*start, *length).map(Cow::Owned),
        }
    }

    fn is(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Place::Memory(bytes, _), Place::Memory(others, _)) => bytes.is(others),
            (Place::Aside { file, start, .. }, Place::Aside { file: other, start: there, .. }) => {
                Arc::ptr_eq(file, other) && start == there
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rayon::prelude::*;
    use tempfile::TempDir;

    use super::*;

    fn shelf(most: u64) -> (TempDir, Aside) {
        let root = TempDir::new().expect("a temporary folder");
        let shelf = Aside::sparing(&root.path().join("cache"), most);
        (root, shelf)
    }

    #[test]
    fn what_is_set_aside_comes_back_whole_and_leaves_no_name() {
        let (root, shelf) = shelf(1_000);
        let texts: Vec<Vec<u8>> = (0_u8..200).map(|n| vec![n; 7 * usize::from(n)]).collect();
        let kept: Vec<Kept> = texts.par_iter().map(|text| shelf.keep(text.clone())).collect();
        let aside = kept.iter().filter(|kept| matches!(kept.0, Place::Aside { .. })).count();
        assert!(aside > 150 && aside < 200, "{aside} of 200");
        for (text, kept) in texts.iter().zip(&kept) {
            assert_eq!(&*kept.read().expect("it is there"), &text[..]);
            assert_eq!(kept.length(), text.len() as u64);
            assert_eq!(kept.sum()[..], Sha256::digest(text)[..]);
        }
        let names = fs::read_dir(root.path().join("cache")).expect("the folder").count();
        assert_eq!(names, 0);
    }

    #[test]
    fn a_small_site_touches_no_disk() {
        let (root, shelf) = shelf(HELD);
        shelf.keep(vec![1; 1_000]);
        assert!(!root.path().join("cache").exists());
    }

    #[test]
    fn without_a_folder_everything_stays_in_memory() {
        let (root, _) = shelf(0);
        fs::write(root.path().join("cache"), "a file is in the way").expect("a file");
        for folder in [None, Some(root.path().join("cache"))] {
            let shelf = Aside { most: 0, ..Aside::into_folder(folder.as_deref()) };
            let kept = shelf.keep(b"text".to_vec());
            assert!(matches!(kept.0, Place::Memory(..)));
            assert_eq!(&*kept.read().expect("it is there"), b"text");
        }
    }
}
