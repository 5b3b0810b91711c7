//! What was learnt of addresses, kept between runs in a file beside the content. It is safe to delete.
//!
//! Kept is what is certain, each for its time: a page that is there is asked again after a week, one that has moved or gone
//! after a day. Whoever was slow, or turned us away, is asked each time. The file is written anew as answers come in, beside
//! its place and then moved into it, so that it is whole whenever the program is ended.

#![expect(clippy::disallowed_methods, reason = "it is the one file of this room, and no part of a build")]

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cache::make;
use crate::error::Error;
use crate::whole;

use super::{Answer, Death, Told};

/// Where the file is, relative to the site's folder.
pub const PATH: &str = ".dateline/links.json";

const ABOUT: &str = "what `dateline check --external` has learnt; safe to delete";
const VERSION: u8 = 1;
const DAY: u64 = 24 * 60 * 60;

/// What was learnt of addresses.
#[derive(Clone, Debug)]
pub struct Cache {
    file: PathBuf,
    entries: BTreeMap<String, Entry>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Kept {
    about: String,
    version: u8,
    answers: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    answer: Kind,
    /// The new address of one that has moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// The status of one that is dead; without one, its host is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// Who gave the answer.
    host: String,
    /// When, in seconds since 1970.
    asked: u64,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Fine,
    Moved,
    Dead,
}

impl Cache {
    /// Reads what earlier runs learnt in a site's folder. What cannot be read is ignored; then a remark says so.
    pub fn read(root: &Path) -> (Self, Option<String>) {
        let file = root.join(PATH);
        let (entries, remark) = match fs::read_to_string(&file) {
            Ok(text) => match serde_json::from_str::<Kept>(&text) {
                Ok(kept) if kept.version == VERSION => (kept.answers, None),
                _ => (BTreeMap::new(), Some(format!("`{PATH}` cannot be read and is made anew"))),
            },
            Err(cause) if cause.kind() == ErrorKind::NotFound => (BTreeMap::new(), None),
            Err(_) => (BTreeMap::new(), Some(format!("`{PATH}` cannot be read and is not used"))),
        };
        (Self { file, entries }, remark)
    }

    /// Returns what is known of an address and young enough.
    pub(super) fn answer(&self, url: &str, now: u64) -> Option<Told> {
        let entry = self.entries.get(url).filter(|entry| entry.is_young(now))?;
        Some(Told { answer: entry.answer()?, host: entry.host.clone() })
    }

    /// Notes an answer, where it is one to keep; else forgets what was known.
    pub(super) fn note(&mut self, url: &str, told: &Told, now: u64) {
        let (answer, to, status) = match &told.answer {
            Answer::Fine => (Kind::Fine, None, None),
            Answer::Moved { to } => (Kind::Moved, Some(to.clone()), None),
            Answer::Dead(Death::Status(status)) => (Kind::Dead, None, Some(*status)),
            Answer::Dead(Death::NoHost) => (Kind::Dead, None, None),
            Answer::Blocked(_) | Answer::Slow | Answer::Unclear(_) => {
                self.entries.remove(url);
                return;
            }
        };
        self.entries.insert(url.to_owned(), Entry { answer, to, status, host: told.host.clone(), asked: now });
    }

    /// Writes the file, without what is too old.
    ///
    /// # Errors
    ///
    /// Where the disk refuses, or the folder is a link to elsewhere.
    pub(super) fn write(&self, now: u64) -> Result<(), Error> {
        let folder = self.file.parent().expect("the file's path has a folder");
        make(folder).map_err(|cause| Error::io("make the folder", folder, cause))?;
        if fs::symlink_metadata(folder).is_ok_and(|data| data.is_symlink()) {
            return Err(Error::refused(format!("`{}` is a link to another place", folder.display())));
        }
        let young = self.entries.iter().filter(|(_, entry)| entry.is_young(now));
        let answers = young.map(|(url, entry)| (url.clone(), entry.clone())).collect();
        let kept = Kept { about: ABOUT.to_owned(), version: VERSION, answers };
        let text = serde_json::to_string_pretty(&kept).expect("texts and numbers are JSON") + "\n";
        match whole::put(&self.file, text.as_bytes()) {
            // Two runs at once: then the file is that of the other one.
            Err(cause) if cause.kind() == ErrorKind::ResourceBusy => Ok(()),
            written => written.map_err(|cause| Error::io("write", &self.file, cause)),
        }
    }
}

impl Entry {
    /// Tells whether an answer still counts. One from the future does not: a clock was wrong.
    fn is_young(&self, now: u64) -> bool {
        let most = match self.answer {
            Kind::Fine => 7 * DAY,
            Kind::Moved | Kind::Dead => DAY,
        };
        now.checked_sub(self.asked).is_some_and(|age| age < most)
    }

    fn answer(&self) -> Option<Answer> {
        Some(match self.answer {
            Kind::Fine => Answer::Fine,
            Kind::Moved => Answer::Moved { to: self.to.clone()? },
            Kind::Dead => Answer::Dead(self.status.map_or(Death::NoHost, Death::Status)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Cache {
        Cache { file: PathBuf::new(), entries: BTreeMap::new() }
    }

    fn told(answer: Answer) -> Told {
        Told { answer, host: "a.example".into() }
    }

    #[test]
    fn what_is_certain_is_kept_for_its_time_and_nothing_else_is() {
        let mut cache = empty();
        let dead = Answer::Dead(Death::Status(404));
        let kept = [(Answer::Fine, 7 * DAY), (Answer::Moved { to: "b".into() }, DAY), (dead, DAY)];
        for (answer, days) in kept {
            cache.note("a", &told(answer.clone()), 1000);
            assert_eq!(cache.answer("a", 1000 + days - 1), Some(told(answer)));
            assert_eq!(cache.answer("a", 1000 + days), None);
            assert_eq!(cache.answer("a", 999), None, "it comes from the future");
        }
        for answer in [Answer::Blocked(403), Answer::Slow, Answer::Unclear(super::super::Fault::Broken)] {
            cache.note("a", &told(Answer::Fine), 1000);
            cache.note("a", &told(answer), 1000);
            assert_eq!(cache.answer("a", 1000), None);
        }
    }
}
