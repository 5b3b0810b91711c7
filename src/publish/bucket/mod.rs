//! Publishing into a bucket of an object store: S3 and what speaks it, Google's, Microsoft's.
//!
//! A bucket can put one object in place in one step and no more than one, so the order does what a rename does on a disk.
//! What is there is listed, never guessed from entity tags, which services make as they please; what it should be is
//! told by our own `SHA256SUMS` there. Before the first file a journal is put, after the last deletion it goes: what it
//! lists may be half done, so the next run sends it again.

mod connect;
mod headers;
mod lease;
mod survey;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::path::Path;
use tokio::runtime::Runtime;

use crate::error::Error;
use crate::model::{BucketTarget, Service};
use crate::output::Output;
use crate::sums::{SUMS, checksums};
use crate::write::read_checksums;

use self::survey::Survey;
use super::Options;
use super::plan::{Act, Plan};

pub(super) use self::work::Work;

const JOURNAL: &str = ".dateline-journal";
const LOCK: &str = ".dateline-lock";

/// A place in a bucket, and how to speak of it.
pub(super) struct Place {
    store: Arc<dyn ObjectStore>,
    target: BucketTarget,
    runtime: Runtime,
    secrets: Vec<String>,
}

impl Place {
    /// Returns the key of a file.
    fn key(&self, path: &str) -> Path {
        let whole =
            if self.target.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.target.prefix) };
        Path::parse(&whole).unwrap_or_else(|_| Path::from(whole))
    }

    /// Says where it is.
    fn name(&self) -> String {
        let scheme = match self.target.service {
            Service::S3 => "s3",
            Service::Gcs => "gs",
            Service::Azure => "azure",
        };
        format!("{scheme}://{}/{}", self.target.bucket, self.target.prefix)
    }

    fn told(&self, act: &str, error: &object_store::Error) -> Error {
        connect::told(act, &self.name(), error, self.target.service, &self.secrets)
    }
}

pub(super) fn prepare<'o>(
    output: &'o Output,
    target: &BucketTarget,
    options: &Options<'_>,
) -> Result<(Plan, Work<'o>), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|cause| Error::io("start", std::path::Path::new("the network"), cause))?;
    let store = connect::connect(target)?;
    let place = Place { store, target: target.clone(), runtime, secrets: options.secrets.clone() };
    let survey = Survey::make(&place, output, options.thorough)?;
    let owned = owned(&survey, output);
    if !options.adopt {
        guard(&place, &survey, &owned, output)?;
    }
    let plan = plan(&place, &survey, &owned, output);
    Ok((plan, Work::new(output, place, survey, options)))
}

/// Lists what earlier runs put there: what the `SHA256SUMS` lists, where it is of this site, and what a killed run wrote.
fn owned(survey: &Survey, output: &Output) -> BTreeSet<String> {
    let mut owned: BTreeSet<String> = read_checksums(&survey.sums).into_keys().collect();
    if !owned.iter().any(|path| output.get(path).is_some()) {
        owned.clear();
    }
    owned.extend(survey.journal.iter().flat_map(|journal| journal.owned().cloned()));
    owned
}

/// Refuses a place that holds what others put there, or a file of theirs that would be overwritten.
fn guard(place: &Place, survey: &Survey, owned: &BTreeSet<String>, output: &Output) -> Result<(), Error> {
    let adopt = "take the place on with `--adopt`, which deletes nothing and replaces files of the same path";
    let doubtful = |path: &str| survey.journal.as_ref().is_some_and(|journal| journal.changed.contains(path));
    let mut strangers = survey.there.keys().filter(|path| ![SUMS, JOURNAL, LOCK].contains(&path.as_str()));
    if owned.is_empty() && survey.journal.is_none() {
        let count = strangers.count();
        return if count == 0 {
            Ok(())
        } else {
            let files = if count == 1 { "file" } else { "files" };
            let message = format!("{} holds {count} {files} that this program did not publish", place.name());
            Err(Error::refused(message).with_help(format!("set a `prefix` of its own in site.yaml, or {adopt}")))
        };
    }
    match strangers.find(|path| output.get(path).is_some() && !owned.contains(*path) && !doubtful(path)) {
        None => Ok(()),
        Some(path) => {
            let message =
                format!("`{path}` in {} was not published by this program and would be overwritten", place.name());
            Err(Error::refused(message).with_help(format!("move it away, or {adopt}")))
        }
    }
}

fn plan(place: &Place, survey: &Survey, owned: &BTreeSet<String>, output: &Output) -> Plan {
    let sums = checksums(output);
    let (now, then): (BTreeMap<_, _>, BTreeMap<_, _>) = (read_checksums(sums.as_bytes()), read_checksums(&survey.sums));
    let in_doubt: BTreeSet<&str> = survey
        .journal
        .iter()
        .flat_map(|journal| journal.new.iter().chain(&journal.changed))
        .map(String::as_str)
        .collect();
    let same =
        |path: &str| now.get(path) == then.get(path) && !in_doubt.contains(path) && !survey.differing.contains(path);
    let mut plan = Plan { place: place.name(), ..Plan::default() };
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for (path, _) in output.files() {
        match survey.there.contains_key(path) {
            false => new.push(path.to_owned()),
            true if same(path) => plan.unchanged += 1,
            true => changed.push(path.to_owned()),
        }
    }
    let stale = owned.iter().filter(|path| output.get(path).is_none() && survey.there.contains_key(*path)).cloned();
    plan.add(Act::New, new, output);
    plan.add(Act::Changed, changed, output);
    plan.add(Act::Deleted, stale, output);
    plan.idle = plan.changes.is_empty() && survey.sums == sums.as_bytes() && survey.journal.is_none();
    plan
}

#[cfg(test)]
mod tests {
    use super::survey::Journal;
    use super::*;
    use crate::output::Stage;

    #[test]
    fn what_a_killed_run_had_still_to_delete_is_deleted_by_the_next_one() {
        let mut output = Output::default();
        output.insert("index.html".into(), Stage::Page, b"new".to_vec()).expect("the path is free");
        let mut planned = Plan::default();
        planned.add(Act::Changed, ["index.html".to_owned()], &output);
        planned.add(Act::Deleted, ["old.html".to_owned()], &output);
        let journal = Journal::of(&planned, None);
        // It was killed behind its new list, and before the deletion. Somebody else's file stays.
        let there = ["index.html", "old.html", "theirs.html"].map(|path| (path.to_owned(), 3)).into();
        let sums = checksums(&output).into_bytes();
        let survey = Survey { there, sums, journal: Some(journal), differing: BTreeSet::new() };
        let owned: Vec<String> = owned(&survey, &output).into_iter().collect();
        assert_eq!(owned, ["index.html", "old.html"]);
    }
}
