//! What a build computed and may use again: bytes by kind and key, in a folder, in memory or nowhere.
//!
//! A key is the digest of everything that the bytes were made from, so that an entry never goes stale: what changes has
//! another key. An entry is no truth: it may be missing at any time, and one that was tampered with is taken for missing.
//! Whoever uses a store must give the same result without it. It knows nothing of what it keeps.

mod folder;
mod home;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Mutex;

pub use folder::Folder;
pub(crate) use home::make;

/// Keeps bytes by kind and key.
///
/// A kind is a word of small letters, for people who look into the folder. Nothing here fails: what cannot be kept is
/// made again.
pub trait Store: Sync {
    /// Returns what was kept, exactly as it was.
    fn get(&self, kind: &'static str, key: Key) -> Option<Vec<u8>>;

    /// Keeps bytes.
    fn put(&self, kind: &'static str, key: Key, bytes: &[u8]);

    /// Ends a build: what it did not use may be let go.
    fn settle(&self) {}
}

/// The digest of everything that bytes are made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// Makes the key (BLAKE3) of parts; where one part ends and the next begins counts too.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// Returns its 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Store for Nothing {
    fn get(&self, _: &'static str, _: Key) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &'static str, _: Key, _: &[u8]) {}
}

type Entry = (&'static str, Key);

/// Keeps what the last build used, as long as the program runs.
#[derive(Debug, Default)]
pub struct Memory {
    entries: Mutex<BTreeMap<Entry, Vec<u8>>>,
    used: Mutex<BTreeSet<Entry>>,
}

impl Store for Memory {
    fn get(&self, kind: &'static str, key: Key) -> Option<Vec<u8>> {
        let bytes = self.entries.lock().expect("no thread panics while it holds this").get(&(kind, key)).cloned()?;
        self.used.lock().expect("no thread panics while it holds this").insert((kind, key));
        Some(bytes)
    }

    fn put(&self, kind: &'static str, key: Key, bytes: &[u8]) {
        self.entries.lock().expect("no thread panics while it holds this").insert((kind, key), bytes.to_vec());
        self.used.lock().expect("no thread panics while it holds this").insert((kind, key));
    }

    fn settle(&self) {
        let used = std::mem::take(&mut *self.used.lock().expect("no thread panics while it holds this"));
        self.entries.lock().expect("no thread panics while it holds this").retain(|entry, _| used.contains(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Memory, Store};

    #[test]
    fn a_key_tells_where_a_part_ends() {
        assert_ne!(Key::of(&[b"ab", b"c"]), Key::of(&[b"a", b"bc"]));
        assert_ne!(Key::of(&[b"ab"]), Key::of(&[b"ab", b""]));
        assert_eq!(Key::of(&[b"ab", b"c"]), Key::of(&[b"ab", b"c"]));
    }

    #[test]
    fn memory_keeps_what_the_last_build_used() {
        let memory = Memory::default();
        let (one, two) = (Key::of(&[b"1"]), Key::of(&[b"2"]));
        memory.put("card", one, b"one");
        memory.put("card", two, b"two");
        memory.settle();
        assert_eq!(memory.get("card", one).as_deref(), Some(&b"one"[..]));
        memory.settle();
        assert_eq!(memory.get("card", two), None);
        assert_eq!(memory.get("picture", one), None, "another kind is another entry");
    }
}
