//! Many hosts at once, each by one of the crew: so that one slow host keeps nobody waiting, and none is asked twice at once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::visit::Visitor;
use super::{Address, Answer, Clock, Death, Fault, Told};

/// How many hosts are asked at once.
const MOST: usize = 12;
/// After how many addresses in a row that got no answer the rest of a host is not asked.
const STRIKES: usize = 3;

/// Answers that came in together, with their addresses.
pub(super) type Batch<'a> = &'a [(String, Told)];

/// Asks addresses, until `until` at most, and hands over each answer as it comes. What was not asked gets none.
pub(super) fn crew(
    addresses: &[&Address],
    visitor: &Visitor<'_>,
    now: Clock<'_>,
    until: u64,
    heard: &mut dyn FnMut(Batch<'_>),
) {
    let mut hosts: BTreeMap<&str, Vec<&Address>> = BTreeMap::new();
    for address in addresses {
        hosts.entry(&address.host).or_default().push(address);
    }
    let mut jobs: Vec<Vec<&Address>> = hosts.into_values().collect();
    // The longest first, so that at the end nobody waits for one that was begun last.
    jobs.sort_by_key(|job| std::cmp::Reverse(job.len()));
    let many = jobs.len().min(MOST);
    let jobs = Mutex::new(VecDeque::from(jobs));
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let (sender, answers) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..many {
            let sender = sender.clone();
            scope.spawn(move || {
                while let Some(job) = next() {
                    host(&job, visitor, &|| now() >= until, &sender);
                }
            });
        }
        drop(sender);
        while let Ok(first) = answers.recv() {
            let batch: Vec<_> = std::iter::once(first).chain(answers.try_iter()).collect();
            heard(&batch);
        }
    });
}

/// Asks the addresses of one host, one after the other.
fn host(job: &[&Address], visitor: &Visitor<'_>, over: &dyn Fn() -> bool, sender: &Sender<(String, Told)>) {
    let mut strikes = 0;
    let mut known: Option<Told> = None;
    for address in job {
        if over() {
            return;
        }
        let told = known.clone().unwrap_or_else(|| visitor.visit(&address.url));
        // What another host said, to which this one led on, says nothing of the next address.
        let own = told.host == address.host;
        strikes = if own && is_strike(&told.answer) { strikes + 1 } else { 0 };
        if own && (strikes >= STRIKES || matches!(told.answer, Answer::Dead(Death::NoHost) | Answer::Blocked(429))) {
            known = Some(told.clone());
        }
        if sender.send((address.url.clone(), told)).is_err() {
            return;
        }
    }
}

fn is_strike(answer: &Answer) -> bool {
    matches!(
        answer,
        Answer::Slow | Answer::Unclear(Fault::Lookup | Fault::Unreachable | Fault::Refused | Fault::Broken)
    )
}
