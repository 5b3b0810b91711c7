//! Puts an [`Output`] where readers are: into a folder, onto a branch, into a bucket. Plan first, then act.
//!
//! [`prepare`] asks the target what is there and makes a [`Plan`]; nothing is changed until [`Prepared::apply`]. What the
//! program owns at a target is what the `SHA256SUMS` there lists; everything else stays for ever.
//!
//! At every moment, also when it is killed, each page that a reader can reach from the home page is whole and leads only
//! to what exists. For that, what is new goes first, then what changed, then `SHA256SUMS`, and deletions last (see
//! [`crate::output::turn`]); a branch changes in one step. What a killed run may have touched stands in a journal, so that
//! the next run sends it again and leaves nothing behind, and ends as if nothing had happened.
//!
//! What it deliberately does not do: it makes no site (it takes an output), knows no clock and no environment (it is
//! given both), and keeps no secret: object stores read theirs themselves, git asks its own helpers.

#[cfg(feature = "s3")]
mod bucket;
mod folder;
mod git;
mod plan;

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::model::{Target, TargetKind};
use crate::output::Output;

pub use plan::{Act, Change, Plan};

/// What a caller decides and knows.
#[derive(Clone)]
pub struct Options<'a> {
    /// The site's folder, to which the path of a target is relative.
    pub root: &'a Path,
    /// Takes on a place that holds files of others. They stay, unless the output has a file of the same path.
    pub adopt: bool,
    /// Compares what is really there, instead of believing its `SHA256SUMS`.
    pub thorough: bool,
    /// Goes on although another publisher seems to be at work.
    pub take_over: bool,
    /// Folders that a target must not be, hold or lie in: content, themes.
    pub protected: Vec<PathBuf>,
    /// Folders that may hold a target, and that it must not be or hold: the root, the home folder.
    pub enclosing: Vec<PathBuf>,
    /// What the publication is called, in one line: the message of a commit.
    pub message: String,
    /// The clock, in seconds since 1970: for how long a publisher keeps others off.
    pub now: fn() -> u64,
    /// What tells this publisher from others; no two runs have the same.
    pub token: String,
    /// Texts that must never be printed, such as keys from the environment.
    pub secrets: Vec<String>,
}

/// Something that has been done; for progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A file is in its place.
    Sent {
        /// What was sent for it.
        bytes: u64,
    },
    /// A file is gone.
    Deleted,
}

/// Takes steps as they are done, from several threads.
pub type Progress<'a> = &'a (dyn Fn(Step) + Sync);

/// A publication that is planned and not begun.
pub struct Prepared<'o> {
    plan: Plan,
    work: Work<'o>,
}

enum Work<'o> {
    Folder(folder::Work<'o>),
    Git(Box<git::Work<'o>>),
    #[cfg(feature = "s3")]
    Bucket(Box<bucket::Work<'o>>),
}

/// Asks a target what is there, and plans what to do.
///
/// # Errors
///
/// Where the target cannot be reached, belongs to others, or would be lost by it.
pub fn prepare<'o>(output: &'o Output, target: &Target, options: &Options<'_>) -> Result<Prepared<'o>, Error> {
    let (plan, work) = match &target.kind {
        TargetKind::Folder { path } => {
            let (plan, work) = folder::prepare(output, path, options)?;
            (plan, Work::Folder(work))
        }
        TargetKind::Git(git) => {
            let (plan, work) = git::prepare(output, git, options)?;
            (plan, Work::Git(Box::new(work)))
        }
        #[cfg(feature = "s3")]
        TargetKind::Bucket(bucket) => {
            let (plan, work) = bucket::prepare(output, bucket, options)?;
            (plan, Work::Bucket(Box::new(work)))
        }
        #[cfg(not(feature = "s3"))]
        TargetKind::Bucket(_) => {
            return Err(Error::refused("this program was built without buckets").with_help(
                "install it with them: `cargo install --locked --path . --features s3` in a clone of the program",
            ));
        }
    };
    Ok(Prepared { plan, work })
}

impl Prepared<'_> {
    /// Returns what will be done.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Does what is planned.
    ///
    /// # Errors
    ///
    /// Where the target refuses, or is not any more as it was when this was planned. What is there then works, and the
    /// next run goes on.
    pub fn apply(&self, progress: Progress<'_>) -> Result<(), Error> {
        match &self.work {
            Work::Folder(work) => work.apply(&self.plan, progress),
            Work::Git(work) => work.apply(&self.plan, progress),
            #[cfg(feature = "s3")]
            Work::Bucket(work) => work.apply(&self.plan, progress),
        }
    }
}
