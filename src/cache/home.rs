//! `.dateline/`, the folder beside the content in which everything lies that can be made again.
//!
//! It keeps itself out of git: the first thing in it is a `.gitignore` that names all of it, so that a site need not know of
//! the folder. Whoever deletes that file is let have his way: it comes back only with a new folder.

#![expect(clippy::disallowed_methods, reason = "it makes a folder for what is kept on the disk")]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::whole;

/// The folder's name, in the folder of a site.
pub(super) const NAME: &str = ".dateline";

/// Makes a folder in `.dateline/`, or that folder itself, unless it is there.
///
/// # Errors
///
/// Those of the system, for the folder; without its `.gitignore` it is as good.
pub(crate) fn make(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(home) = folder.ancestors().find(|outer| outer.ends_with(NAME))
        && is_new(home)
        && fs::create_dir_all(home).is_ok()
    {
        whole::put(&home.join(".gitignore"), b"*\n").ok();
    }
    fs::create_dir_all(folder)
}

/// Tells whether nothing was kept in a folder yet: it is not there, or a run was killed that had just made it.
fn is_new(home: &Path) -> bool {
    match fs::symlink_metadata(home) {
        Err(cause) => cause.kind() == ErrorKind::NotFound,
        Ok(about) if about.is_dir() => fs::read_dir(home).is_ok_and(|mut entries| {
            entries.all(|entry| entry.is_ok_and(|entry| whole::is_unfinished(&entry.file_name())))
        }),
        Ok(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    fn site() -> (TempDir, PathBuf, PathBuf) {
        let root = TempDir::new().expect("a temporary folder");
        let (cards, ignored) = (root.path().join(".dateline/cache/card"), root.path().join(".dateline/.gitignore"));
        (root, cards, ignored)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_folder_keeps_itself_out_of_git() {
        let (root, cards, ignored) = site();
        make(&cards).expect("it can be made");
        assert!(cards.is_dir());
        assert_eq!(fs::read_to_string(ignored).expect("a file"), "*\n");
        assert_eq!(names(&root.path().join(".dateline")), [".gitignore", "cache"], "nothing unfinished is left");
        assert_eq!(names(root.path()), [".dateline"], "the site's own folder is left alone");
    }

    #[test]
    fn what_a_run_that_was_killed_had_just_made_is_finished() {
        for left in [None, Some(".dateline-tmp-0123456789abcdef")] {
            let (root, cards, ignored) = site();
            fs::create_dir(root.path().join(".dateline")).expect("a folder");
            left.iter().for_each(|name| fs::write(root.path().join(".dateline").join(name), "").expect("a file"));
            make(&cards).expect("it can be made");
            assert!(ignored.is_file() && cards.is_dir(), "{left:?}");
        }
    }

    #[test]
    fn what_somebody_deleted_or_wrote_stays_so() {
        let (root, cards, ignored) = site();
        make(&cards).expect("it can be made");
        fs::remove_file(&ignored).expect("a file");
        make(&root.path().join(".dateline/cache/build")).expect("it can be made");
        assert!(!ignored.exists());
        fs::write(&ignored, "/cache\n").expect("a file");
        make(&root.path().join(".dateline/other")).expect("it can be made");
        assert_eq!(fs::read_to_string(ignored).expect("a file"), "/cache\n");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_another_place_gets_no_file() {
        let (root, cards, _) = site();
        let elsewhere = TempDir::new().expect("a temporary folder");
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join(".dateline")).expect("a link");
        make(&cards).expect("it can be made");
        assert_eq!(names(elsewhere.path()), ["cache"]);
    }
}
