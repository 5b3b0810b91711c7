//! A store in a folder of the site, `.dateline/cache/`: one file for each entry, safe to delete at any time.
//!
//! A file begins with a digest of its bytes under its key, so that one that was cut off, changed or renamed is not
//! believed. Nothing that goes wrong here is told: a build without the folder gives the same bytes, only later.

#![expect(clippy::disallowed_methods, reason = "it keeps what was computed on the disk, in a folder of its own")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::home::{NAME, make};
use super::{Key, Store};

/// From this size on, entries that the last build did not use are removed: 256 MB.
const BOUND: u64 = 256 << 20;

/// How long the digest is that a file begins with.
const DIGEST: usize = 32;

/// What the names of unfinished files begin with.
const UNFINISHED: &str = "unfinished-";

/// Keeps entries in a folder.
#[derive(Debug)]
pub struct Folder {
    /// `None` where the folder is not to be used.
    place: Option<PathBuf>,
    bound: u64,
    used: Mutex<BTreeSet<PathBuf>>,
    count: AtomicUsize,
}

impl Folder {
    /// Makes a store in `.dateline/cache/` under the folder of a site. Nothing is written before the first entry.
    ///
    /// Where the site is not there, or a part of the path is a link to another place, nothing is kept.
    pub fn under(root: &Path) -> Self {
        let place = root.join(NAME).join("cache");
        let own = |path: &Path| fs::symlink_metadata(path).map_or(true, |data| data.is_dir());
        let usable = root.join("content").is_dir() && own(&root.join(NAME)) && own(&place);
        Self {
            place: usable.then_some(place),
            bound: BOUND,
            used: Mutex::new(BTreeSet::new()),
            count: AtomicUsize::new(0),
        }
    }

    /// Returns the folder, which need not be there yet; `None` where it is not to be used.
    pub fn place(&self) -> Option<&Path> {
        self.place.as_deref()
    }

    fn path(&self, kind: &'static str, key: Key) -> Option<PathBuf> {
        Some(self.place.as_ref()?.join(kind).join(key.to_string()))
    }

    fn is_used(&self, path: PathBuf) {
        self.used.lock().expect("no thread panics while it holds this").insert(path);
    }

    /// Writes a file beside its place and moves it there, so that no other run reads half of it.
    fn write(&self, path: &Path, key: Key, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().expect("an entry lies in the folder of its kind");
        make(folder)?;
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!("{UNFINISHED}{}-{number}", std::process::id()));
        let whole = [&digest(key, bytes)[..], bytes].concat();
        fs::write(&beside, whole).and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
            fs::remove_file(&beside).ok();
        })
    }

    /// Lists the files of the store that are its own, with their sizes; links and whatever else lies there are left alone.
    fn entries(&self) -> io::Result<Vec<(PathBuf, u64)>> {
        let mut entries = Vec::new();
        let Some(place) = &self.place else { return Ok(entries) };
        for kind in fs::read_dir(place)? {
            let kind = kind?;
            if !kind.file_type()?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(kind.path())? {
                let entry = entry?;
                let name = entry.file_name();
                let own = name.to_str().is_some_and(|name| is_key(name) || name.starts_with(UNFINISHED));
                if own && entry.file_type()?.is_file() {
                    entries.push((entry.path(), entry.metadata()?.len()));
                }
            }
        }
        Ok(entries)
    }
}

impl Store for Folder {
    fn get(&self, kind: &'static str, key: Key) -> Option<Vec<u8>> {
        let path = self.path(kind, key)?;
        let mut bytes = fs::read(&path).ok()?;
        if bytes.len() < DIGEST {
            return None;
        }
        let rest = bytes.split_off(DIGEST);
        (bytes == digest(key, &rest)).then(|| {
            self.is_used(path);
            rest
        })
    }

    fn put(&self, kind: &'static str, key: Key, bytes: &[u8]) {
        let Some(path) = self.path(kind, key) else { return };
        if self.write(&path, key, bytes).is_ok() {
            self.is_used(path);
        }
    }

    fn settle(&self) {
        let used = std::mem::take(&mut *self.used.lock().expect("no thread panics while it holds this"));
        let Ok(entries) = self.entries() else { return };
        // What a killed run left goes. Where another run is writing one of them just now, it is made again some day.
        let (unfinished, entries): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(path, _)| is_unfinished(path));
        unfinished.iter().for_each(|(path, _)| drop(fs::remove_file(path)));
        if entries.iter().map(|(_, size)| size).sum::<u64>() > self.bound {
            for (path, _) in entries.iter().filter(|(path, _)| !used.contains(path)) {
                fs::remove_file(path).ok();
            }
        }
    }
}

/// Returns the digest that a file begins with: of its bytes, under its key.
fn digest(key: Key, bytes: &[u8]) -> [u8; DIGEST] {
    blake3::keyed_hash(key.as_bytes(), bytes).into()
}

fn is_unfinished(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(UNFINISHED))
}

fn is_key(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Folder) {
        let root = tempfile::TempDir::new().expect("a temporary folder");
        fs::create_dir(root.path().join("content")).expect("a folder");
        let folder = Folder::under(root.path());
        (root, folder)
    }

    fn file(root: &Path, key: Key) -> PathBuf {
        root.join(".dateline/cache/card").join(key.to_string())
    }

    #[test]
    fn what_is_kept_comes_back() {
        let (root, folder) = store();
        let key = Key::of(&[b"a"]);
        assert_eq!(folder.get("card", key), None);
        folder.put("card", key, b"bytes");
        assert_eq!(Folder::under(root.path()).get("card", key).as_deref(), Some(&b"bytes"[..]));
    }

    #[test]
    fn a_file_that_was_changed_cut_off_or_renamed_is_not_believed() {
        let (root, folder) = store();
        let (key, other) = (Key::of(&[b"a"]), Key::of(&[b"b"]));
        folder.put("card", key, b"bytes");
        let whole = fs::read(file(root.path(), key)).expect("the entry");
        fs::write(file(root.path(), other), &whole).expect("a file");
        assert_eq!(folder.get("card", other), None);
        for wrong in [&whole[..whole.len() - 1], &whole[..10], b"", &[&whole[..], b"x"].concat()] {
            fs::write(file(root.path(), key), wrong).expect("a file");
            assert_eq!(folder.get("card", key), None);
        }
    }

    #[test]
    fn beyond_its_bound_it_lets_go_of_what_was_not_used_and_of_nothing_else() {
        let (root, mut folder) = store();
        folder.bound = 100;
        let (old, new) = (Key::of(&[b"old"]), Key::of(&[b"new"]));
        folder.put("card", old, &[1; 60]);
        folder.settle();
        assert!(file(root.path(), old).exists(), "within the bound everything stays");
        let foreign = root.path().join(".dateline/cache/card/notes.txt");
        fs::write(&foreign, "mine").expect("a file");
        folder.put("card", new, &[2; 60]);
        folder.settle();
        assert!(!file(root.path(), old).exists());
        assert!(file(root.path(), new).exists() && foreign.exists());
    }

    #[test]
    fn what_a_killed_run_left_goes_at_the_end_of_the_next_one() {
        let (root, folder) = store();
        folder.put("card", Key::of(&[b"a"]), b"bytes");
        let left = root.path().join(".dateline/cache/card/unfinished-1-0");
        fs::write(&left, "ha").expect("a file");
        folder.settle();
        assert!(!left.exists() && file(root.path(), Key::of(&[b"a"])).exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_another_place_is_not_followed() {
        let (root, _) = store();
        let elsewhere = tempfile::TempDir::new().expect("a temporary folder");
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join(".dateline")).expect("a link");
        let folder = Folder::under(root.path());
        folder.put("card", Key::of(&[b"a"]), b"bytes");
        assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
    }
}
