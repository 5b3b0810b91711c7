//! `SHA256SUMS` as GNU `sha256sum` writes it: a hash, two spaces or a space and an asterisk, a path.

use std::collections::BTreeMap;

use crate::error::Error;

use super::SUMS;

/// Reads a list: hashes by path.
///
/// # Errors
///
/// When it lists nothing, when a line is no line of such a list, and when a path leaves the folder that the list lies in.
pub(super) fn read(text: &str) -> Result<BTreeMap<String, String>, Error> {
    let mut list = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some((hash, path)) = entry(line) else {
            let message = format!("line {} of {SUMS} is no line of such a list", number + 1);
            return Err(
                Error::refused(message).with_help("it may have been cut or edited on its way: fetch the copy again")
            );
        };
        if !stays_inside(&path) {
            let message = format!("{SUMS} names `{}`, which is outside of the copy", path.escape_debug());
            return Err(Error::refused(message).with_help("no build writes such a list: do not use this copy"));
        }
        list.insert(path, hash);
    }
    if list.is_empty() {
        return Err(Error::refused(format!("{SUMS} lists no file")));
    }
    Ok(list)
}

fn entry(line: &str) -> Option<(String, String)> {
    let (escaped, line) = match line.strip_prefix('\\') {
        Some(line) => (true, line),
        None => (false, line),
    };
    let (hash, path) = line.split_at_checked(64)?;
    let path = path.strip_prefix("  ").or_else(|| path.strip_prefix(" *"))?;
    let good = hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && !path.is_empty();
    let path = if escaped { unescaped(path)? } else { path.to_owned() };
    good.then(|| (hash.to_ascii_lowercase(), path))
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
