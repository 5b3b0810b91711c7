//! Watches `content/`, `themes/` and `evidence/`, and the root only to learn when one of them goes or comes back.
//!
//! Reading is no change, and what `load` passes over is not heard of. Where the system refuses to watch, or loses the
//! folder, the rounds look at the files from time to time instead.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::file::{FOLDERS, is_passed_over};

use super::Touched;
use super::quiet::Burst;

/// What the rounds hear.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Something happened to a file or folder: its name below the root, empty for the root itself.
    Changed(String, Act),
    /// More happened than could be told.
    Lost,
    /// The system watches no more folders.
    Full,
    /// The program is asked to end.
    Stop,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A file was made or written, and may still be open.
    Written,
    /// A file was closed, renamed or removed, or its mode changed.
    Done,
    /// A folder came.
    NewFolder,
}

/// The folders under watch.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    /// Whether the root is under watch: without it, nobody tells that a folder came back.
    whole: bool,
    trouble: Option<(String, Option<&'static str>)>,
}

const FULL: &str = "the system watches no more folders for this user";
#[cfg(target_os = "linux")]
const WAY_OUT: Option<&str> = Some(
    "allow more with `sudo sysctl fs.inotify.max_user_watches=1048576 fs.inotify.max_user_instances=1024`, then start again",
);
#[cfg(not(target_os = "linux"))]
const WAY_OUT: Option<&str> = None;

impl Watch {
    /// Begins to watch a folder, named as the system names it; with `look`, only says that nothing is watched.
    pub(super) fn new(root: PathBuf, signals: Sender<Signal>, look: bool) -> Self {
        let mut watch = Self { root: root.clone(), watcher: None, whole: false, trouble: None };
        if look {
            watch.trouble = Some(("as asked for".to_owned(), None));
            return watch;
        }
        let hear = move |event: notify::Result<Event>| {
            // Who does not listen any more is about to end.
            signals_of(&root, event).into_iter().for_each(|signal| drop(signals.send(signal)));
        };
        match RecommendedWatcher::new(hear, Config::default().with_follow_symlinks(false)) {
            Ok(watcher) => {
                watch.watcher = Some(watcher);
                watch.arm();
            }
            Err(error) => watch.give_up(&error),
        }
        watch
    }

    /// Tells whether every change is heard of.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Returns why folders are looked at from time to time instead, and what helps.
    pub(super) fn trouble(&self) -> Option<(&str, Option<&str>)> {
        self.trouble.as_ref().map(|(why, help)| (why.as_str(), *help))
    }

    /// Keeps up with a burst: a folder that went and came back is watched anew. Tells whether changes may have gone unheard.
    pub(super) fn keep(&mut self, burst: &Burst) -> bool {
        if burst.full {
            self.give_up(&notify::Error::new(ErrorKind::MaxFilesWatch));
            return true;
        }
        let moved = match &burst.touched {
            Touched::Any => false,
            Touched::Only(names) => names.iter().any(|name| !name.contains('/')),
        };
        if self.watcher.is_some() && (moved || !self.whole) {
            self.arm();
            return true;
        }
        self.watcher.is_none()
    }

    /// Watches what is there now, and forgets what was watched under the same names.
    fn arm(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let _ = watcher.unwatch(&self.root);
        self.whole = false;
        let mut watched = watcher.watch(&self.root, RecursiveMode::NonRecursive);
        self.whole = watched.is_ok();
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            let _ = watcher.unwatch(&folder);
            if folder.is_dir() {
                // A folder that goes just now is no trouble: its going is heard of.
                watched = watched.and(
                    watcher
                        .watch(&folder, RecursiveMode::Recursive)
                        .or_else(|error| if folder.is_dir() { Err(error) } else { Ok(()) }),
                );
            }
        }
        match watched {
            Err(error) if self.root.is_dir() => self.give_up(&error),
            _ => {}
        }
    }

    fn give_up(&mut self, error: &notify::Error) {
        self.watcher = None;
        self.whole = false;
        self.trouble = Some(match &error.kind {
            ErrorKind::MaxFilesWatch => (FULL.to_owned(), WAY_OUT),
            ErrorKind::Io(cause) => {
                let text = cause.to_string();
                let help = if text.contains("Too many open files") { WAY_OUT } else { None };
                (text.split(" (os error").next().unwrap_or(&text).to_lowercase(), help)
            }
            _ => (error.to_string().to_lowercase(), None),
        });
    }
}

/// Returns what an event means for the site.
fn signals_of(root: &Path, event: notify::Result<Event>) -> Vec<Signal> {
    let event = match event {
        Ok(event) => event,
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return vec![Signal::Full],
        Err(_) => return vec![Signal::Lost],
    };
    if event.need_rescan() {
        return vec![Signal::Lost];
    }
    let act = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Act::Done,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(CreateKind::Folder) => Act::NewFolder,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => Act::Written,
        // Both ends are told one by one as well.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return Vec::new(),
        _ => Act::Done,
    };
    let moved_here = matches!(event.kind, EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Any)));
    let names = event.paths.iter().filter_map(|path| Some((path, name(root, path)?)));
    names
        .map(|(path, name)| {
            let act = if moved_here && path.is_dir() { Act::NewFolder } else { act };
            Signal::Changed(name, act)
        })
        .collect()
}

/// Names what can be part of the site: the root itself, a folder that is read, or something in it.
fn name(root: &Path, path: &Path) -> Option<String> {
    let within = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = within.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let matters = match parts.split_first() {
        None => true,
        Some((first, rest)) => FOLDERS.contains(&&**first) && !rest.iter().any(|part| is_passed_over(part)),
    };
    matters.then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_part_of_the_site_matters() {
        let root = Path::new("/site");
        for path in ["", "content", "content/timeline/a.md", "themes/mine", "evidence/a.txt", "content/media/a b.png"] {
            assert_eq!(name(root, &root.join(path)).as_deref(), Some(path));
        }
        for path in [
            "public/index.html",
            ".git/index",
            "README.md",
            "content/.a.md.swp",
            "content/a.md~",
            "content/.#a.md",
            "content/#a.md#",
            "content/4913",
            "content/.git/HEAD",
            "../elsewhere/content/a.md",
        ] {
            assert_eq!(name(root, &root.join(path)), None, "{path}");
        }
    }

    #[test]
    fn reading_is_no_change_and_closing_after_writing_is() {
        let event = |kind| Ok(Event::new(kind).add_path("/site/content/a.md".into()));
        let heard = |kind| signals_of(Path::new("/site"), event(kind));
        let changed = |act| vec![Signal::Changed("content/a.md".into(), act)];
        assert_eq!(heard(EventKind::Access(AccessKind::Open(AccessMode::Any))), []);
        assert_eq!(heard(EventKind::Access(AccessKind::Close(AccessMode::Read))), []);
        assert_eq!(heard(EventKind::Access(AccessKind::Close(AccessMode::Write))), changed(Act::Done));
        assert_eq!(heard(EventKind::Create(CreateKind::File)), changed(Act::Written));
        assert_eq!(heard(EventKind::Create(CreateKind::Folder)), changed(Act::NewFolder));
        assert_eq!(heard(EventKind::Modify(ModifyKind::Name(RenameMode::From))), changed(Act::Done));
        assert_eq!(heard(EventKind::Any), changed(Act::Done));
    }

    #[test]
    fn where_the_system_loses_count_everything_may_have_changed() {
        let root = Path::new("/site");
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert_eq!(signals_of(root, Ok(lost)), [Signal::Lost]);
        assert_eq!(signals_of(root, Err(notify::Error::generic("odd"))), [Signal::Lost]);
        assert_eq!(signals_of(root, Err(notify::Error::new(ErrorKind::MaxFilesWatch))), [Signal::Full]);
    }
}
