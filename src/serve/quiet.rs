//! Waits for the end of a burst of changes: a save is several events, and a checkout thousands.
//!
//! A file that is written in place is open until its writer has closed it, and Linux tells both; so a save that takes its
//! time is not read half-written, and no save waits longer than it must.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::Touched;
use super::watch::{Act, Signal};

/// How long nothing must happen. Editors that write a new file and rename it do so within a millisecond.
const QUIET: Duration = Duration::from_millis(3);
/// How many times that is waited for a file that is still open: 60 ms, for some programs keep theirs open for long.
const PATIENCE: usize = 20;
/// After how many events it is built in any case, so that one who changes files without end sees something.
const MOST: usize = 4096;

/// Changes that came together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Burst {
    /// What may have changed.
    pub(super) touched: Touched,
    /// Whether a folder came: what lies in it may have come before it was watched.
    pub(super) new_folder: bool,
    /// Whether the system watches no more folders.
    pub(super) full: bool,
    /// Whether the program is asked to end.
    pub(super) stop: bool,
    /// The files that were written and not closed yet.
    open: BTreeSet<String>,
}

impl Burst {
    /// A burst in which anything may have changed.
    pub(super) fn of_any() -> Self {
        Self { touched: Touched::Any, ..Self::empty() }
    }

    fn empty() -> Self {
        let touched = Touched::Only(BTreeSet::new());
        Self { touched, new_folder: false, full: false, stop: false, open: BTreeSet::new() }
    }

    fn add(&mut self, signal: Signal) {
        match signal {
            Signal::Stop => self.stop = true,
            Signal::Full => self.full = true,
            Signal::Lost => self.touched = Touched::Any,
            Signal::Changed(path, act) => {
                match act {
                    Act::Written if cfg!(target_os = "linux") => {
                        self.open.insert(path.clone());
                    }
                    Act::Written => {}
                    Act::Done => {
                        self.open.remove(&path);
                    }
                    Act::NewFolder => self.new_folder = true,
                }
                if let Touched::Only(paths) = &mut self.touched {
                    paths.insert(path);
                }
            }
        }
    }
}

/// Gathers what comes after a first signal, until nothing comes.
pub(super) fn wait(first: Signal, heard: &Receiver<Signal>) -> Burst {
    let mut burst = Burst::empty();
    burst.add(first);
    let (mut count, mut patience) = (1, PATIENCE);
    while !burst.stop && count < MOST {
        match heard.recv_timeout(QUIET) {
            Ok(signal) => {
                burst.add(signal);
                count += 1;
            }
            Err(RecvTimeoutError::Timeout) if !burst.open.is_empty() && patience > 0 => patience -= 1,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => burst.stop = true,
        }
    }
    burst
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn changed(path: &str, act: Act) -> Signal {
        Signal::Changed(path.into(), act)
    }

    #[test]
    fn what_comes_together_is_one_burst() {
        let (sender, heard) = channel();
        for name in ["b", "a", "b"] {
            sender.send(changed(name, Act::Done)).expect("somebody listens");
        }
        let burst = wait(changed("new", Act::NewFolder), &heard);
        assert_eq!(burst.touched, Touched::Only(["a", "b", "new"].map(String::from).into()));
        assert!(burst.new_folder && !burst.stop && !burst.full);
    }

    #[test]
    fn who_asks_to_stop_is_heard_in_the_middle_of_a_burst() {
        let (sender, heard) = channel();
        sender.send(Signal::Stop).expect("somebody listens");
        sender.send(changed("a", Act::Done)).expect("somebody listens");
        assert!(wait(changed("b", Act::Done), &heard).stop);
    }

    #[test]
    fn where_events_were_lost_anything_may_have_changed() {
        let (sender, heard) = channel();
        sender.send(Signal::Lost).expect("somebody listens");
        sender.send(changed("a", Act::Done)).expect("somebody listens");
        assert_eq!(wait(changed("b", Act::Done), &heard).touched, Touched::Any);
    }

    #[test]
    fn a_file_that_stays_open_does_not_hold_up_the_others_for_ever() {
        let (_sender, heard) = channel();
        let burst = wait(changed("a", Act::Written), &heard);
        assert_eq!(burst.touched, Touched::Only(["a".to_owned()].into()));
    }
}
