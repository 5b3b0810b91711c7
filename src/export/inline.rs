//! Files put into the page that refers to them, as `data:` addresses (RFC 2397).

use sha2::{Digest as _, Sha256};

use crate::media_type;
use crate::output::Output;

/// Names a style or script that stands in a page, as `style-src` and `script-src` of a Content-Security-Policy (Level 3)
/// want it: `sha256-…`. The text is all that stands between the tags, to the last space.
///
/// A browser hashes what it has read, not what was written: to HTML, every line break is a line feed.
pub fn csp_hash(text: &str) -> String {
    let read = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
    format!("sha256-{}", base64(&Sha256::digest(read)))
}

/// Writes bytes in base64 (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Writes a file as an address that holds it.
pub(super) fn data_address(path: &str, bytes: &[u8]) -> String {
    format!("data:{};base64,{}", media_type::of(path), base64(bytes))
}

/// Finds the path in the output that an address on a page at the root leads to; `None` for what leads elsewhere.
pub(super) fn local(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let outside = path.is_empty() || path.starts_with('/') || path.split('/').next()?.contains(':');
    if outside { None } else { join("", &decoded(path)) }
}

/// Joins a folder of the output and a relative path.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Undoes percent-encoding; what is not UTF-8 then is left as it stands.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Replaces the files that a style sheet names by what `of` makes of their paths; the rest of it stays as it is.
///
/// `folder` is where the sheet lies. A name that `of` knows nothing of stays.
pub(super) fn style_files(css: &str, folder: &str, of: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, tail) = rest.split_at(at + 4);
        out.push_str(before);
        let end = tail.find(')').unwrap_or(tail.len());
        let named = tail[..end].trim().trim_matches(['"', '\'']);
        let address =
            local(named).map(|_| decoded(named)).and_then(|path| join(folder, &path)).and_then(|path| of(&path));
        match address {
            Some(address) => out.push_str(&format!("\"{address}\"")),
            None => out.push_str(&tail[..end]),
        }
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

/// Returns a style sheet of the output with the files that it names put into it.
pub(super) fn style(path: &str, output: &Output) -> Option<String> {
    let css = String::from_utf8_lossy(&output.get(path)?.bytes).into_owned();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut of = |file: &str| output.get(file).map(|found| data_address(file, &found.bytes));
    Some(style_files(&css, folder, &mut of))
}

#[cfg(test)]
mod tests {
    use super::{base64, csp_hash, join, local, style_files};

    #[test]
    fn a_hash_is_written_as_a_policy_wants_it() {
        // The example of the specification, CSP Level 3, section 8.3.
        assert_eq!(csp_hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn the_hash_of_a_text_is_that_of_what_a_browser_reads() {
        for written in ["a{}\r\nb{}\r\n", "a{}\rb{}\r", "a{}\nb{}\r\n"] {
            assert_eq!(csp_hash(written), csp_hash("a{}\nb{}\n"), "{written:?}");
        }
        assert_eq!(csp_hash("a\0"), csp_hash("a\u{fffd}"));
    }

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, expected) in vectors {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn an_address_on_a_page_leads_to_a_file_or_elsewhere() {
        assert_eq!(local("media/a%20b.jpg?x#y").as_deref(), Some("media/a b.jpg"));
        for elsewhere in ["#a", "https://a.example/b", "mailto:a@b.example", "data:,", "//a/b", "../a"] {
            assert_eq!(local(elsewhere), None, "{elsewhere}");
        }
        assert_eq!(join("static", "../media/a.png").as_deref(), Some("media/a.png"));
    }

    #[test]
    fn a_style_sheet_gets_its_files() {
        let css = "a{src:url(fonts/x.woff2) format(\"woff2\")}b{background:url('data:,')}";
        let changed = style_files(css, "static", &mut |path| Some(format!("<{path}>")));
        assert_eq!(changed, "a{src:url(\"<static/fonts/x.woff2>\") format(\"woff2\")}b{background:url('data:,')}");
    }
}
