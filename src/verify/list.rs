//! The list that came with a copy, read as a stranger's word: every line must be one, and none may lead out of the copy.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::sums::{self, Entry, SUMS};

/// Reads a list: hashes by path.
///
/// # Errors
///
/// When it lists nothing, when a line is no line of such a list, and when a path leaves the folder that the list lies in.
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
    fn what_is_no_list_is_refused() {
        for text in ["", "\n", "hello\n", "e3b0  a\n", &format!("{HASH} a\n"), &format!("{HASH}  \n")] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
