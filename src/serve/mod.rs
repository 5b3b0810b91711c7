//! `dateline serve`: a site in memory, watched, and told to the browser as it changes.
//!
//! A sink like `write`: it is handed a [`Maker`] and never sees the builder, so that there is one path for building. It
//! keeps the last good output and answers from it alone; no request ever reaches the disk. `rounds` builds again when
//! `watch` tells of a change, `listen` bounds connections, `guard` turns away what another site may send, `answer` looks
//! paths up, `events` tells browsers, and `client/` is the script that changes their page in place.
//!
//! Deliberately absent: a way to listen on anything but the loopback, and anything of this in a built site.

mod address;
mod answer;
mod editor;
mod end;
mod events;
mod guard;
mod listen;
mod page;
mod paint;
mod quiet;
mod rounds;
mod state;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use tokio::sync::{oneshot, watch as latest};

use crate::diagnostic::Severity;
use crate::error::Error;
use crate::output::Output;

use answer::Door;
use editor::Editor;
use end::End;
use rounds::Rounds;
use state::State;
use watch::{Signal, Watch};

/// What makes the site, and is told what became of it.
pub trait Maker: Send + 'static {
    /// Makes the site anew; `None` where no file has changed since the last time.
    ///
    /// # Errors
    ///
    /// Where the site's files cannot be read. The server goes on with the last good output and tries again.
    fn make(&mut self, touched: &Touched) -> Result<Option<Made>, Error>;

    /// Hears what is going on. What was made is served already when this is called.
    fn tell(&mut self, news: &News<'_>);
}

/// The files that may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Any file: at the beginning, and where the watcher has lost count.
    Any,
    /// These files and folders, which may be gone by now: relative to the root, with forward slashes.
    Only(BTreeSet<String>),
}

/// What came of a build.
#[derive(Debug)]
pub struct Made {
    /// The output; `None` where there is an error among the mistakes.
    pub output: Option<Output>,
    /// What was found, in the order in which it is shown.
    pub mistakes: Vec<Mistake>,
    /// The pages that a reader does not see yet, by path in the output.
    pub marks: BTreeMap<String, Mark>,
    /// The page that was edited last, where one was: its path in the output.
    pub edited: Option<String>,
}

/// A mistake, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// How grave it is.
    pub severity: Severity,
    /// The name of its kind.
    pub code: &'static str,
    /// The first line, without kind and place.
    pub message: String,
    /// The whole message as a terminal shows it, colours included.
    pub drawn: String,
    /// Where it is.
    pub place: Option<Place>,
}

/// A place that an editor can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Relative to the root of the site, with forward slashes.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalars.
    pub column: usize,
}

/// Why a reader does not see a page yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `draft: true`.
    Draft,
    /// `published` lies in the future: the day, as `2026-11-20`.
    Future(String),
}

/// What is told while the server runs.
#[derive(Debug)]
pub enum News<'a> {
    /// Requests are answered at this address, which ends with a slash.
    Serving(&'a str),
    /// The browser could not be opened.
    NoBrowser(&'a io::Error),
    /// A build went well; these files of the output changed, those that are gone included.
    Built(&'a [String]),
    /// The content has mistakes; the last good output is still served.
    Broken,
    /// The site's files could not be read; the last good output is still served.
    Unreadable(&'a Error),
    /// Folders cannot be watched, so that they are looked at every two seconds: why, and a way out where there is one.
    Looking(&'a str, Option<&'a str>),
}

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the site.
    pub root: PathBuf,
    /// The port that must be had, 0 for any; without one, the first free port from 4004.
    pub port: Option<u16>,
    /// Whether to open the site in the browser.
    pub open: bool,
    /// Whether browsers go to the page that was edited.
    pub follow: bool,
    /// Whether to look at the files every two seconds instead of being told of changes, as folders of a network need it.
    pub look: bool,
    /// The command that opens a place, as `code --goto {file}:{line}:{column}`; without one, links for VS Code are made.
    pub editor: Option<String>,
}

/// How often folders are looked at that cannot be watched.
const LOOK: Duration = Duration::from_secs(2);

/// Serves a site until Ctrl-C. What is being built then is given up; it lies in memory only.
///
/// # Errors
///
/// Where there is no folder, no port, or the system gives no threads.
pub fn serve(options: Options, maker: impl Maker) -> Result<(), Error> {
    let root = canonical(&options.root)?;
    let editor = Editor::new(options.editor.as_deref(), &root)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|cause| Error::io("start a server in", &root, cause))?;
    // From here on, who asks the program to end is heard: before anybody can know that it runs.
    let mut end = {
        let _inside = runtime.enter();
        End::new().map_err(|cause| Error::io("start a server in", &root, cause))?
    };
    let listeners = listen::bind(options.port)?;
    let port = listeners.port;
    let (sender, receiver) = latest::channel(Arc::new(State::default()));
    let (signals, heard) = mpsc::channel();
    let door = Arc::new(Door::new(port, receiver, editor, options.follow));
    let (ready, is_ready) = oneshot::channel();
    let (alive, has_died) = oneshot::channel::<()>();
    let rounds = {
        let signals = signals.clone();
        let (open, look) = (options.open, options.look);
        std::thread::Builder::new().name("rounds".into()).spawn(move || {
            let mut rounds = Rounds::new(maker, sender);
            let mut watch = Watch::new(root, signals, look);
            rounds.watched(&watch);
            rounds.make(&Touched::Any);
            rounds.open(&listen::address(port), open);
            let _ = ready.send(());
            rounds.go(&heard, &mut watch);
            drop(alive);
        })
    };
    rounds.map_err(|cause| Error::io("start a server in", &options.root, cause))?;
    let ended = runtime.block_on(async {
        // The first answers wait for the first build; until then, connections stand in the system's queue.
        tokio::select! {
            () = end.asked() => return Ok(()),
            ready = is_ready => ready.map_err(|_| died())?,
        }
        listen::start(listeners, &door)?;
        tokio::select! {
            () = end.asked() => Ok(()),
            _ = has_died => Err(died()),
        }
    });
    let _ = signals.send(Signal::Stop);
    runtime.shutdown_timeout(Duration::from_millis(100));
    ended
}

/// Tells of a fault of the program: the thread that builds is gone, and old pages would be served for ever.
fn died() -> Error {
    Error::refused("the build broke off by a fault of dateline")
        .with_help("please report what stands above, with the site where you can")
}

fn canonical(root: &Path) -> Result<PathBuf, Error> {
    root.canonicalize().map_err(|cause| Error::io("find the folder", root, cause))
}
