//! The list that came with a copy, read as a stranger's word: every line must be one, none may lead out of the copy, and no
//! two may speak of one file: `sha256sum` holds it against both, and whoever reads the list could go by either.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::error::Error;
use crate::sums::{self, Entry, SUMS};

/// The most bytes that a list may have: one of half a million files has as many.
pub(super) const LONGEST: u64 = 64 * 1024 * 1024;

/// Reads the text of a list from a copy at a path, and no more of it than a list may have.
///
/// # Errors
///
/// When it cannot be read, is no text, or is longer than that of any site.
pub(super) fn text(list: impl Read, copy: &Path) -> Result<String, Error> {
    let mut text = String::new();
    list.take(LONGEST + 1).read_to_string(&mut text).map_err(|cause| Error::io("read", copy, cause))?;
    if text.len() as u64 > LONGEST {
        return Err(Error::refused(format!("{SUMS} in `{}` is longer than that of any site", copy.display())));
    }
    Ok(text)
}

/// Reads a list: hashes by path.
///
/// # Errors
///
/// When it lists nothing, when a line is no line of such a list, when a path leaves the folder that the list lies in, and
/// when one is listed twice.
pub(super) fn read(text: &str) -> Result<BTreeMap<String, String>, Error> {
    let mut list = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some(Entry { hash, path, .. }) = sums::entry(line) else {
            let message = format!("line {} of {SUMS} is no line of such a list", number + 1);
            return Err(
                Error::refused(message).with_help("it may have been cut or edited on its way: fetch the copy again")
            );
        };
        if !stays_inside(&path) {
            let message = format!("{SUMS} names `{}`, which is outside of the copy", path.escape_debug());
            return Err(Error::refused(message).with_help("no build writes such a list: do not use this copy"));
        }
        // The letters of a path are all there is to compare: `stays_inside` has refused what has two spellings.
        if list.contains_key(&*path) {
            let message = format!("{SUMS} lists `{}` twice", path.escape_debug());
            return Err(Error::refused(message).with_help("no build writes such a list: do not use this copy"));
        }
        list.insert(path.into_owned(), hash.to_ascii_lowercase());
    }
    if list.is_empty() {
        return Err(Error::refused(format!("{SUMS} lists no file")));
    }
    Ok(list)
}

/// Tells whether a path stays in the folder, on every system.
fn stays_inside(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    !drive && !path.contains(['\\', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::read;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const OTHER: &str = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    #[test]
    fn a_list_is_read_as_sha256sum_reads_it() {
        let list = read(&format!("{HASH}  a b.html\n{HASH} *media/북한.png\r\n\\{HASH}  line\\nbreak\n"))
            .expect("it is a list");
        assert_eq!(list.keys().collect::<Vec<_>>(), ["a b.html", "line\nbreak", "media/북한.png"]);
    }

    #[test]
    fn a_path_that_leaves_the_copy_is_refused() {
        for path in ["../a", "a/../../b", "/etc/passwd", "C:/a", "a\\b", "a//b", "./a"] {
            let error = read(&format!("{HASH}  {path}\n")).expect_err(path);
            assert!(error.to_string().contains("outside of the copy"), "{error}");
        }
    }

    #[test]
    fn a_path_that_is_listed_twice_is_refused_however_its_lines_are_written() {
        for again in [
            format!("{OTHER}  a/b.html"),
            format!("{HASH}  a/b.html"),
            format!("{OTHER} *a/b.html"),
            format!("\\{OTHER}  a/b.html"),
            format!("{}  a/b.html\r", OTHER.to_uppercase()),
        ] {
            let error = read(&format!("{HASH}  a/b.html\n{HASH}  c\n{again}\n")).expect_err(&again);
            assert_eq!(error.to_string(), "SHA256SUMS lists `a/b.html` twice", "{again}");
        }
        // Two paths for one file would have to leave the list's own form.
        for path in ["a/./b.html", "a//b.html", "a/../a/b.html", "a\\b.html"] {
            assert!(read(&format!("{HASH}  a/b.html\n{OTHER}  {path}\n")).is_err(), "{path}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["", "\n", "hello\n", "e3b0  a\n", &format!("{HASH} a\n"), &format!("{HASH}  \n")] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
