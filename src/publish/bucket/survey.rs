//! What is in the bucket now: which files, what they should be, and what a killed run left.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use object_store::path::Path;
use object_store::{Attribute, Error as Failure, ObjectStore, ObjectStoreExt as _};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_stream::StreamExt as _;

use crate::error::Error;
use crate::output::Output;
use crate::publish::plan::{Act, Plan};

use super::{JOURNAL, Place, SUMS, headers};

/// How many requests are under way at once.
pub(super) const AT_ONCE: usize = 16;

/// The files that a run is about to touch; there only during a run, or after one that was killed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Files that were not there, and are the program's if they are now.
    pub(super) new: BTreeSet<String>,
    /// Files that were there.
    pub(super) changed: BTreeSet<String>,
    /// Files that the new `SHA256SUMS` does not list, and that are the program's until they are deleted.
    #[serde(default)]
    pub(super) deleted: BTreeSet<String>,
}

impl Journal {
    /// Lists what a run touches, and what an earlier one that was killed did.
    pub(super) fn of(plan: &Plan, earlier: Option<&Self>) -> Self {
        let mut journal = earlier.cloned().unwrap_or_default();
        let paths = |act| plan.of(act).map(|change| change.path.clone());
        journal.new.extend(paths(Act::New));
        journal.changed.extend(paths(Act::Changed));
        journal.deleted.extend(paths(Act::Deleted));
        let Self { new, changed, .. } = &mut journal;
        changed.retain(|path| !new.contains(path));
        journal
    }

    /// The files that are the program's if they are there, whatever `SHA256SUMS` lists.
    pub(super) fn owned(&self) -> impl Iterator<Item = &String> {
        self.new.iter().chain(&self.deleted)
    }
}

/// What is in a place of a bucket.
pub(super) struct Survey {
    /// Sizes in bytes, as stored, by path.
    pub(super) there: BTreeMap<String, u64>,
    /// The bytes of `SHA256SUMS`; empty where there is none.
    pub(super) sums: Vec<u8>,
    pub(super) journal: Option<Journal>,
    /// Files that are not what the site has, found by reading them.
    pub(super) differing: BTreeSet<String>,
}

impl Survey {
    /// Looks; with `thorough` also into every file that should be there already.
    pub(super) fn make(place: &Place, output: &Output, thorough: bool) -> Result<Self, Error> {
        place.runtime.block_on(async {
            let there = list(place).await.map_err(|error| place.told("list", &error))?;
            let read = async |path: &str| match there.contains_key(path) {
                true => fetch(&place.store, &place.key(path)).await.map_err(|error| place.told("read", &error)),
                false => Ok(None),
            };
            let sums = read(SUMS).await?.unwrap_or_default();
            // A journal that cannot be read was cut off before anything else was done.
            let journal = read(JOURNAL).await?.map(|bytes| serde_json::from_slice(&bytes).unwrap_or_default());
            let mut survey = Self { there, sums, journal, differing: BTreeSet::new() };
            if thorough {
                survey.differing = differing(place, &survey.there, output).await?;
            }
            Ok(survey)
        })
    }
}

async fn list(place: &Place) -> object_store::Result<BTreeMap<String, u64>> {
    let prefix = (!place.target.prefix.is_empty()).then(|| place.key("").clone());
    let mut listed = place.store.list(prefix.as_ref());
    let mut there = BTreeMap::new();
    while let Some(object) = listed.next().await {
        let object = object?;
        let key = object.location.as_ref();
        let path = match &prefix {
            Some(prefix) => key.strip_prefix(prefix.as_ref()).and_then(|rest| rest.strip_prefix('/')),
            None => Some(key),
        };
        if let Some(path) = path {
            there.insert(path.to_owned(), object.size);
        }
    }
    Ok(there)
}

/// Returns the bytes of a file as stored, or nothing where there is none.
pub(super) async fn fetch(store: &Arc<dyn ObjectStore>, key: &Path) -> object_store::Result<Option<Vec<u8>>> {
    match store.get(key).await {
        Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
        Err(Failure::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads every file of the output that is there, and names those that have other bytes.
async fn differing(place: &Place, there: &BTreeMap<String, u64>, output: &Output) -> Result<BTreeSet<String>, Error> {
    let (mut tasks, turnstile) = (JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
    for (path, file) in output.files().filter(|(path, _)| there.contains_key(*path)) {
        let (store, key, turnstile) = (Arc::clone(&place.store), place.key(path), Arc::clone(&turnstile));
        let (path, expected) = (path.to_owned(), file.bytes.clone());
        tasks.spawn(async move {
            let _turn = turnstile.acquire().await.expect("it is never closed");
            let found = store.get(&key).await?;
            let encoding = found.attributes.get(&Attribute::ContentEncoding).map(|value| value.to_string());
            let bytes = found.bytes().await?.to_vec();
            let whole = headers::decoded(bytes, encoding.as_deref(), expected.len() as u64);
            Ok::<_, Failure>((whole.as_deref() != Some(&*expected)).then_some(path))
        });
    }
    let mut differing = BTreeSet::new();
    while let Some(done) = tasks.join_next().await {
        let found = done.expect("reading does not panic").map_err(|error| place.told("read", &error))?;
        differing.extend(found);
    }
    Ok(differing)
}
