//! `SHA256SUMS`, as GNU `sha256sum` writes it: the list of the files of an output, with which anybody can check a copy.
//!
//! Here are the form of its lines and how they are written and read. Who may believe what a line says is for others to
//! settle: [`mod@crate::write`] takes a list for a hint, [`mod@crate::verify`] for a stranger's word.

use std::borrow::Cow;
use std::fmt::Write as _;

use rayon::prelude::*;

use crate::output::{Content, Output};

/// The name of the list.
pub(crate) const SUMS: &str = "SHA256SUMS";

/// Lists an output, sorted by path; the list itself is not in it.
///
/// A path with a backslash or a line break is escaped as GNU does, although no output should have one.
pub fn checksums<C: Content>(output: &Output<C>) -> String {
    let files: Vec<_> = output.files().collect();
    let lines: Vec<_> = files.par_iter().map(|(path, file)| line(&hex(&file.bytes.sum()), path)).collect();
    lines.concat()
}

/// Writes a line, with its end.
pub(crate) fn line(hash: &str, path: &str) -> String {
    if !path.contains(['\\', '\n', '\r']) {
        return format!("{hash}  {path}\n");
    }
    let escaped = path.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r");
    format!("\\{hash}  {escaped}\n")
}

/// Spells bytes as the sums are: in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes every text");
        text
    })
}

/// A line of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry<'t> {
    /// The sum, as it is typed: in letters of either case.
    pub(crate) hash: &'t str,
    /// The path, which may lead anywhere.
    pub(crate) path: Cow<'t, str>,
    /// Whether the line is exactly as [`checksums`] writes one for a path that an output may have.
    pub(crate) is_ours: bool,
}

/// Reads a line, with or without its end: a sum, two spaces or a space and an asterisk, a path. `None` where it is none.
pub(crate) fn entry(line: &str) -> Option<Entry<'_>> {
    let line = line.trim_end_matches(['\r', '\n']);
    let bare = line.strip_prefix('\\');
    let (hash, rest) = bare.unwrap_or(line).split_at_checked(64)?;
    let (plain, path) = match rest.strip_prefix("  ") {
        Some(path) => (true, path),
        None => (false, rest.strip_prefix(" *")?),
    };
    let is_hash = hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && !path.is_empty();
    let path = if bare.is_some() { Cow::Owned(unescaped(path)?) } else { Cow::Borrowed(path) };
    let is_ours = plain && bare.is_none() && !hash.bytes().any(|byte| byte.is_ascii_uppercase());
    is_hash.then_some(Entry { hash, path, is_ours })
}

/// Undoes what `sha256sum` does to names with a backslash or a line break.
fn unescaped(path: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            letter => letter,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn what_is_written_is_read_back() {
        for path in ["a b.html", "media/북한.png", "back\\slash", "line\nbreak\r"] {
            let line = line(HASH, path);
            let entry = entry(&line).expect("it is a line");
            assert_eq!((entry.hash, &*entry.path), (HASH, path));
            assert_eq!(entry.is_ours, !line.starts_with('\\'), "{path:?}");
        }
    }

    #[test]
    fn what_others_write_is_read_and_told_from_ours() {
        for line in [format!("{HASH} *a"), format!("{}  a", HASH.to_uppercase()), format!("\\{HASH}  a")] {
            assert!(entry(&line).is_some_and(|entry| entry.path == "a" && !entry.is_ours), "{line}");
        }
        for line in ["", "hello", "e3b0  a", &format!("{HASH} a"), &format!("{HASH}  "), &format!("\\{HASH}  a\\x")] {
            assert_eq!(entry(line), None, "{line}");
        }
    }
}
