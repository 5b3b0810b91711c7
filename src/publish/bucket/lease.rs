//! One publisher at a time in a bucket: an object that says who is at work and until when.
//!
//! It is created only where there is none, which object stores can promise. A publisher renews it while it works; one
//! that was killed does not, and after a minute the next may go on.

use std::sync::Arc;

use object_store::path::Path;
use object_store::{Error as Failure, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};
use serde::{Deserialize, Serialize};

/// For how many seconds a publisher keeps others off without saying anything.
pub(super) const SECONDS: u64 = 60;

#[derive(Serialize, Deserialize)]
struct Note {
    publisher: String,
    /// Seconds since 1970.
    until: u64,
}

/// A hold on a place in a bucket.
pub(super) struct Lease {
    store: Arc<dyn ObjectStore>,
    path: Path,
    publisher: String,
}

/// How an attempt to take hold ended.
pub(super) enum Taken {
    Ours(Lease),
    /// Somebody else is at work, and has said so within this many seconds from running out.
    Theirs(u64),
}

impl Lease {
    /// Takes hold, unless another publisher has.
    pub(super) async fn take(
        store: &Arc<dyn ObjectStore>,
        path: Path,
        publisher: &str,
        now: u64,
        take_over: bool,
    ) -> object_store::Result<Taken> {
        let lease = Self { store: Arc::clone(store), path, publisher: publisher.to_owned() };
        match lease.put(now, PutMode::Create).await {
            Ok(()) => return Ok(Taken::Ours(lease)),
            Err(Failure::AlreadyExists { .. } | Failure::Precondition { .. }) => {}
            // A service that knows no conditions: the last line of defence is that the plan is looked at again.
            Err(Failure::NotImplemented { .. } | Failure::NotSupported { .. }) => {
                if let Some(left) = lease.other(now).await?.filter(|_| !take_over) {
                    return Ok(Taken::Theirs(left));
                }
                lease.put(now, PutMode::Overwrite).await?;
                return Ok(Taken::Ours(lease));
            }
            Err(error) => return Err(error),
        }
        match lease.other(now).await?.filter(|_| !take_over) {
            Some(left) => Ok(Taken::Theirs(left)),
            None => {
                lease.put(now, PutMode::Overwrite).await?;
                Ok(Taken::Ours(lease))
            }
        }
    }

    /// Returns for how long another publisher's hold lasts, where it does.
    async fn other(&self, now: u64) -> object_store::Result<Option<u64>> {
        let bytes = match self.store.get(&self.path).await {
            Ok(found) => found.bytes().await?,
            Err(Failure::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        // One that cannot be read is none: it would keep everybody off for ever.
        let note = serde_json::from_slice::<Note>(&bytes).ok();
        // A clock that is far ahead somewhere must not do so either.
        Ok(note.and_then(|note| note.until.checked_sub(now)).map(|left| left.min(SECONDS)).filter(|left| *left > 0))
    }

    /// Says that the work goes on.
    pub(super) async fn renew(&self, now: u64) -> object_store::Result<()> {
        self.put(now, PutMode::Overwrite).await
    }

    async fn put(&self, now: u64, mode: PutMode) -> object_store::Result<()> {
        let note = Note { publisher: self.publisher.clone(), until: now + SECONDS };
        let bytes = serde_json::to_vec(&note).expect("it has no map with odd keys");
        let options = PutOptions { mode, ..PutOptions::default() };
        self.store.put_opts(&self.path, PutPayload::from(bytes), options).await.map(|_| ())
    }

    /// Lets others in.
    pub(super) async fn release(self) -> object_store::Result<()> {
        self.store.delete(&self.path).await
    }
}
