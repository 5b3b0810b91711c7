//! What a request's path names in the output. Paths are looked up in a map, so that none leads to the disk.

use crate::output::Output;

/// What is at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file of the output.
    File(String),
    /// A folder with an index.html, named without the slash at its end: where it is.
    Folder(String),
    /// Nothing.
    Nothing,
    /// A path that no browser makes.
    Malformed,
}

/// Finds what a path, percent-encoded and beginning with a slash, names.
pub(super) fn find(path: &str, output: &Output) -> Found {
    let Some(rest) = path.strip_prefix('/') else { return Found::Malformed };
    let Some(parts) = rest.split('/').map(decode).collect::<Option<Vec<_>>>() else { return Found::Malformed };
    // A slash that was encoded is part of a name, and no file of an output has such a name.
    if parts.iter().any(|part| part.contains(['/', '\\', '\0']) || part == "." || part == "..") {
        return Found::Nothing;
    }
    let name = parts.join("/");
    let index = if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name.clone() };
    if output.get(&index).is_some() {
        return Found::File(index);
    }
    if !index.ends_with("/index.html") && output.get(&format!("{name}/index.html")).is_some() {
        return Found::Folder(format!("/{}/", encode(&name)));
    }
    Found::Nothing
}

/// Encodes a path for an address: everything but the unreserved characters of RFC 3986 and the slash.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => encoded.push(byte.into()),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Decodes a part of a path; `None` where `%` is not followed by two digits, or where it is not UTF-8.
fn decode(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits make a byte"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Stage;

    fn output() -> Output {
        let mut output = Output::default();
        for path in ["index.html", "timeline/größe 1.html", "old/index.html", "static/style.css"] {
            output.insert(path.to_owned(), Stage::Page, Vec::new()).expect("each path stands once");
        }
        output
    }

    #[test]
    fn a_path_names_a_file_or_the_index_of_a_folder() {
        let file = |path: &str| Found::File(path.to_owned());
        assert_eq!(find("/", &output()), file("index.html"));
        assert_eq!(find("/old/", &output()), file("old/index.html"));
        assert_eq!(find("/old", &output()), Found::Folder("/old/".to_owned()));
        assert_eq!(find("/timeline/gr%C3%B6%c3%9fe%201.html", &output()), file("timeline/größe 1.html"));
        assert_eq!(find("/static", &output()), Found::Nothing);
        assert_eq!(find("/index.html/", &output()), Found::Nothing);
    }

    #[test]
    fn no_way_of_writing_a_path_leads_out() {
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/%2e%2e%2fCargo.toml",
            "/static/../index.html",
            "/static/./style.css",
            "/..%5cCargo.toml",
            "/%252e%252e/Cargo.toml",
            "//etc/passwd",
            "/static%2fstyle.css",
            "/index.html%00.css",
            "/C:/Windows/win.ini",
        ] {
            assert_eq!(find(path, &output()), Found::Nothing, "{path}");
        }
        for path in ["", "*", "index.html", "/%", "/%g0", "/%2", "/%ff", "/%c0%ae%c0%ae/Cargo.toml"] {
            assert_eq!(find(path, &output()), Found::Malformed, "{path}");
        }
    }

    #[test]
    fn an_address_is_encoded_so_that_it_is_read_back() {
        let path = "timeline/größe 1?#&\"'.html";
        assert_eq!(decode(&encode(path)).as_deref(), Some(path));
        assert!(encode(path).is_ascii());
    }
}
