//! Tells whether a folder holds an output already, and changes nothing.

use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::sums::SUMS;

use super::WriteOptions;
use super::folders::Folders;
use super::guard;
use super::lock::Lock;
use super::past::{JOURNAL, bytes, holds, split};
use super::place::{is_there, temporary};

/// Tells whether [`write()`](super::write()) would find nothing to do for the output with this list of checksums, given
/// by its SHA-256: the list is in the folder, and every file of it has the bytes that it should have.
///
/// At any doubt the answer is no: at a refusal, at a run that was killed, while another build is at work.
pub fn stands(dir: &Path, options: &WriteOptions, list: &[u8; 32]) -> bool {
    dir.is_dir()
        && guard::check_folder(dir, options).is_ok()
        && Lock::take(dir).is_ok_and(|_lock| is_whole(dir, list).unwrap_or(false))
}

fn is_whole(dir: &Path, list: &[u8; 32]) -> Option<bool> {
    let sums = bytes(&dir.join(SUMS));
    let broken = [JOURNAL, &temporary(JOURNAL), &temporary(SUMS)].iter().any(|path| is_there(&dir.join(path)));
    if broken || Sha256::digest(&sums)[..] != list[..] {
        return None;
    }
    let lines = str::from_utf8(&sums).ok()?.lines();
    let files: Vec<(&str, &str)> = lines.map(split).collect::<Option<_>>()?;
    let mut folders = Folders::new(dir);
    folders.learn(files.iter().map(|(_, path)| *path)).ok()?;
    let same = |(sum, path): &(&str, &str)| folders.reaches(path) && holds(&dir.join(path), sum);
    Some(files.par_iter().all(same))
}
