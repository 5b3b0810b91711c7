//! The whole run: what is known is taken from the cache, the rest is asked, what is learnt is kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;

use super::crew::crew;
use super::visit::Visitor;
use super::{Address, Answer, Cache, Clock, Fault, Options, Told};

/// What came of a run.
#[derive(Debug, Default)]
pub struct Heard {
    /// The answers, by address.
    pub answers: BTreeMap<String, Told>,
    /// How many of them are from an earlier run.
    pub known: usize,
    /// How many addresses were not asked, because time was over.
    pub left: usize,
    /// Whether nothing could be reached at all; then no answer of this run is among `answers`.
    pub offline: bool,
    /// Why what was learnt could not be kept.
    pub not_kept: Option<Error>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// How many addresses have their answer.
    pub done: usize,
    /// How many are asked in this run.
    pub of: usize,
    /// On how many hosts they are.
    pub hosts: usize,
}

/// Asks addresses, each once, and tells how far it is: at the beginning, and as answers come in.
pub fn ask(
    addresses: &[Address],
    cache: &mut Cache,
    options: &Options,
    now: Clock<'_>,
    told: &mut dyn FnMut(Step),
) -> Heard {
    let begun = now();
    let mut heard = Heard::default();
    if !options.fresh {
        let known = addresses.iter().filter_map(|address| {
            let told = cache.answer(&address.url, begun)?;
            Some((address.url.clone(), told))
        });
        heard.answers = known.collect();
        heard.known = heard.answers.len();
    }
    let open: Vec<&Address> = addresses.iter().filter(|address| !heard.answers.contains_key(&address.url)).collect();
    let hosts = open.iter().map(|address| &address.host).collect::<BTreeSet<_>>().len();
    let mut step = Step { done: 0, of: open.len(), hosts };
    told(step);

    let visitor = Visitor::new(options, now);
    let mut fresh: BTreeMap<String, Told> = BTreeMap::new();
    let mut reached = false;
    crew(&open, &visitor, now, begun.saturating_add(options.at_most.as_secs()), &mut |batch| {
        step.done += batch.len();
        fresh.extend(batch.iter().cloned());
        let silent = |told: &Told| told.answer.is_silence() || told.answer == Answer::Unclear(Fault::NoAddress);
        // Before anybody answered, a name that is not found may only mean that there is no network.
        let kept = if reached { batch.to_vec() } else { fresh.clone().into_iter().collect() };
        reached |= batch.iter().any(|(_, told)| !silent(told));
        if reached {
            kept.iter().for_each(|(url, told)| cache.note(url, told, now()));
            heard.not_kept = cache.write(now()).err();
        }
        told(step);
    });

    heard.left = open.len() - fresh.len();
    heard.offline = !reached && is_offline(&fresh);
    if !heard.offline {
        heard.answers.extend(fresh);
    }
    heard
}

/// Tells whether silence on all sides means that there is no network: a lone name that is surely not there does not.
fn is_offline(fresh: &BTreeMap<String, Told>) -> bool {
    let silent: Vec<&Told> = fresh.values().filter(|told| told.answer.is_silence()).collect();
    let hosts: BTreeSet<&str> = silent.iter().map(|told| told.host.as_str()).collect();
    let failed = silent.iter().any(|told| matches!(told.answer, Answer::Unclear(_)));
    hosts.len() > 1 || failed
}
