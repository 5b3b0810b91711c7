//! The work itself: journal, turns, `SHA256SUMS`, deletions, under a lease.

use std::sync::Arc;
use std::time::Duration;

use object_store::{Error as Failure, ObjectStoreExt as _, PutOptions, PutPayload};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::error::Error;
use crate::model::Compression;
use crate::output::{Output, TURNS, turn};
use crate::sums::checksums;

use super::lease::{self, Lease, Taken};
use super::survey::{AT_ONCE, Journal, Survey, fetch};
use super::{JOURNAL, LOCK, Place, SUMS, headers};
use crate::publish::plan::{Act, Change, Plan};
use crate::publish::{Options, Progress, Step};

pub(in crate::publish) struct Work<'o> {
    output: &'o Output,
    place: Place,
    survey: Survey,
    take_over: bool,
    now: fn() -> u64,
    token: String,
}

impl<'o> Work<'o> {
    pub(super) fn new(output: &'o Output, place: Place, survey: Survey, options: &Options<'_>) -> Self {
        let (take_over, now, token) = (options.take_over, options.now, options.token.clone());
        Self { output, place, survey, take_over, now, token }
    }

    pub(in crate::publish) fn apply(&self, plan: &Plan, progress: Progress<'_>) -> Result<(), Error> {
        if plan.idle {
            return Ok(());
        }
        self.place.runtime.block_on(async {
            let lease = self.take_hold().await?;
            let done = tokio::select! {
                done = self.carry_out(plan, progress) => done,
                lost = self.keep(&lease) => Err(lost),
            };
            // It runs out by itself where it cannot be given back.
            lease.release().await.ok();
            done
        })
    }

    async fn take_hold(&self) -> Result<Lease, Error> {
        let key = self.place.key(LOCK);
        let taken = Lease::take(&self.place.store, key, &self.token, (self.now)(), self.take_over).await;
        match taken.map_err(|error| self.place.told("lock", &error))? {
            Taken::Ours(lease) => Ok(lease),
            Taken::Theirs(left) => Err(Error::refused(format!("another publisher is at work in {}", self.place.name()))
                .with_help(format!(
                    "wait until it is done; if it was killed, run the command again in {left} s, or at once with `--take-over`"
                ))),
        }
    }

    /// Renews the lease for as long as the work goes on; returns only when that fails.
    async fn keep(&self, lease: &Lease) -> Error {
        loop {
            tokio::time::sleep(Duration::from_secs(lease::SECONDS / 3)).await;
            if let Err(error) = lease.renew((self.now)()).await {
                return self.place.told("go on in", &error);
            }
        }
    }

    async fn carry_out(&self, plan: &Plan, progress: Progress<'_>) -> Result<(), Error> {
        self.must_be_as_planned().await?;
        let journal = Journal::of(plan, self.survey.journal.as_ref());
        let journal = serde_json::to_vec(&journal).expect("it has no map with odd keys");
        self.put(JOURNAL, &journal, None).await?;
        for now in 0..TURNS {
            let sent = plan.changes.iter().filter(|change| self.turn(change) == Some(now));
            self.send(sent, progress).await?;
        }
        self.put(SUMS, checksums(self.output).as_bytes(), None).await?;
        self.delete(plan.of(Act::Deleted), progress).await?;
        self.remove(JOURNAL).await
    }

    /// Makes sure that nobody published between the plan and the lease.
    async fn must_be_as_planned(&self) -> Result<(), Error> {
        let fetched = fetch(&self.place.store, &self.place.key(SUMS)).await;
        let sums = fetched.map_err(|error| self.place.told("read", &error))?.unwrap_or_default();
        if sums == self.survey.sums {
            return Ok(());
        }
        Err(Error::refused(format!(
            "{} was published by somebody else meanwhile; nothing was changed",
            self.place.name()
        ))
        .with_help("run the command again: it plans anew"))
    }

    fn turn(&self, change: &Change) -> Option<usize> {
        let file = self.output.get(&change.path)?;
        Some(turn(&change.path, file.stage, change.act == Act::New))
    }

    /// Sends files, some at once; the first failure ends it.
    async fn send(&self, changes: impl Iterator<Item = &Change>, progress: Progress<'_>) -> Result<(), Error> {
        let (mut tasks, turnstile) = (JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
        for change in changes {
            let file = self.output.get(&change.path).expect("it is sent because the output has it");
            let (store, key, turnstile) =
                (Arc::clone(&self.place.store), self.place.key(&change.path), Arc::clone(&turnstile));
            let (path, bytes, compress) = (change.path.clone(), file.bytes.clone(), self.place.target.compress);
            tasks.spawn(async move {
                let _turn = turnstile.acquire().await.expect("it is never closed");
                let (bytes, attributes) = headers::stored(&path, &bytes, compress);
                let sent = bytes.len() as u64;
                let options = PutOptions { attributes, ..PutOptions::default() };
                store.put_opts(&key, PutPayload::from(bytes), options).await.map(|_| sent)
            });
        }
        while let Some(done) = tasks.join_next().await {
            let sent = done.expect("sending does not panic").map_err(|error| self.place.told("write to", &error))?;
            progress(Step::Sent { bytes: sent });
        }
        Ok(())
    }

    async fn delete(&self, changes: impl Iterator<Item = &Change>, progress: Progress<'_>) -> Result<(), Error> {
        for change in changes {
            self.remove(&change.path).await?;
            progress(Step::Deleted);
        }
        Ok(())
    }

    async fn put(&self, path: &str, bytes: &[u8], compress: Option<Compression>) -> Result<(), Error> {
        let (bytes, attributes) = headers::stored(path, bytes, compress);
        let options = PutOptions { attributes, ..PutOptions::default() };
        let put = self.place.store.put_opts(&self.place.key(path), PutPayload::from(bytes), options).await;
        put.map(|_| ()).map_err(|error| self.place.told("write to", &error))
    }

    async fn remove(&self, path: &str) -> Result<(), Error> {
        match self.place.store.delete(&self.place.key(path)).await {
            Ok(()) | Err(Failure::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.place.told("delete from", &error)),
        }
    }
}
