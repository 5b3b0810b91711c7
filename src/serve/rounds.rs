//! Builds again and again: waits for a change and for its end, has the site made, puts it into place, tells of it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::watch as latest;

use crate::diagnostic::Severity;
use crate::error::Error;

use super::quiet::{self, Burst};
use super::state::{State, changes};
use super::watch::{Signal, Watch};
use super::{LOOK, Made, Maker, Mistake, News, Touched};

/// How long after a new folder everything is looked at again: what was put into it before it was watched told nobody.
const SECOND_LOOK: Duration = Duration::from_millis(100);

/// How long to wait before files are read once more that could not be read.
const BREATH: Duration = Duration::from_millis(50);

pub(super) struct Rounds<M> {
    maker: M,
    state: latest::Sender<Arc<State>>,
}

impl<M: Maker> Rounds<M> {
    pub(super) fn new(maker: M, state: latest::Sender<Arc<State>>) -> Self {
        Self { maker, state }
    }

    /// Says so where folders cannot be watched.
    pub(super) fn watched(&mut self, watch: &Watch) {
        if let Some((why, help)) = watch.trouble() {
            self.maker.tell(&News::Looking(why, help));
        }
    }

    /// Says where the site is served, and opens it where that is asked for.
    pub(super) fn open(&mut self, address: &str, browser: bool) {
        self.maker.tell(&News::Serving(address));
        if let (true, Err(cause)) = (browser, open::that_detached(address)) {
            self.maker.tell(&News::NoBrowser(&cause));
        }
    }

    /// Builds at each change, until told to stop.
    pub(super) fn go(&mut self, heard: &Receiver<Signal>, watch: &mut Watch) {
        let mut again = false;
        loop {
            let wait = if again { Some(SECOND_LOOK) } else { (!watch.is_whole()).then_some(LOOK) };
            let signal = match wait {
                Some(wait) => heard.recv_timeout(wait),
                None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let burst = match signal {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(signal) => quiet::wait(signal, heard),
                Err(RecvTimeoutError::Timeout) => Burst::of_any(),
            };
            if burst.stop {
                return;
            }
            let told = watch.trouble().is_some();
            let lost = watch.keep(&burst);
            if !told {
                self.watched(watch);
            }
            // Elsewhere names are told in another spelling than the folder's, or folders for all that lies in them.
            let known = !lost && cfg!(target_os = "linux");
            self.make(if known { &burst.touched } else { &Touched::Any });
            again = burst.new_folder && !again;
        }
    }

    /// Has the site made, where anything changed, and puts it into place.
    pub(super) fn make(&mut self, touched: &Touched) {
        // A file that goes while it is read is a failure now, and is simply gone a moment later.
        let made = self.maker.make(touched).or_else(|_| {
            std::thread::sleep(BREATH);
            self.maker.make(&Touched::Any)
        });
        match made {
            Ok(None) => {}
            Ok(Some(made)) => self.put(made),
            Err(error) => self.unreadable(&error),
        }
    }

    fn put(&mut self, made: Made) {
        let before = Arc::clone(&self.state.borrow());
        let Made { output, mistakes, marks, edited } = made;
        let broken = output.is_none();
        let mut state = State { moment: before.moment + 1, mistakes, broken, ..State::default() };
        match output.map(Arc::new) {
            Some(output) => {
                state.changed = before.output.as_ref().map(|old| changes(old, &output)).unwrap_or_default();
                state.output = Some(output);
                state.marks = marks;
                state.edited = edited;
            }
            None => {
                state.output.clone_from(&before.output);
                state.marks.clone_from(&before.marks);
            }
        }
        let state = Arc::new(state);
        self.state.send_replace(Arc::clone(&state));
        self.maker.tell(&if broken { News::Broken } else { News::Built(&state.changed) });
    }

    /// Keeps what was served, and shows the failure where mistakes are shown; the same failure is told once.
    fn unreadable(&mut self, error: &Error) {
        let before = Arc::clone(&self.state.borrow());
        let help = error.help().map(|help| format!("\n\nhelp: {help}")).unwrap_or_default();
        let message = error.to_string();
        let drawn = format!("error: {message}{help}");
        let mistake = Mistake { severity: Severity::Error, code: "", message, drawn, place: None };
        if before.mistakes == [mistake.clone()] {
            return;
        }
        self.state.send_replace(Arc::new(State {
            moment: before.moment + 1,
            output: before.output.clone(),
            marks: before.marks.clone(),
            mistakes: vec![mistake],
            broken: true,
            ..State::default()
        }));
        self.maker.tell(&News::Unreadable(error));
    }
}
